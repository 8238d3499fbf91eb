import { stored } from './stored.ts';

/** Raised when a request of the signed-in person changed: `{ id, at }`. */
export const changedRequest = stored<{ id: string; at: number } | null>(null);

const relay = 'BroadcastChannel' in globalThis ? new BroadcastChannel('live') : undefined;

function heard(id: string): void {
  changedRequest.set({ id, at: Date.now() });
}

relay?.addEventListener('message', (event) => heard(event.data));

function listen(until: AbortSignal): Promise<void> {
  return new Promise((finished) => {
    const source = new EventSource('/api/live');
    source.onmessage = (event) => {
      const { kind, id } = JSON.parse(event.data) as { kind: string; id: string };
      if (kind !== 'request') return;
      heard(id);
      relay?.postMessage(id);
    };
    until.addEventListener('abort', () => {
      source.close();
      finished();
    });
  });
}

/** One stream for all tabs: the tab that holds the lock listens and tells the others. Ends when the caller aborts. */
export function startLive(until: AbortSignal): void {
  if (!navigator.locks) void listen(until);
  else navigator.locks.request('live', { signal: until }, () => listen(until)).catch(() => {});
}
