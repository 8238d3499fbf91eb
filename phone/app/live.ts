import { stored } from './stored.ts';

/** Raised when a request of the signed-in person changed: `{ id, at }`. */
export const changedRequest = stored<{ id: string; at: number } | null>(null);

/** Raised when the stage of some place changed. */
export const changedStage = stored(0);

/** Raised when a form began to be asked, or a report of this person's places was sent or looked at. */
export const changedReports = stored(0);

const relay = 'BroadcastChannel' in globalThis ? new BroadcastChannel('live') : undefined;

/** @param id of a request, or `stage` */
function heard(id: string): void {
  if (id === 'stage') changedStage.set(Date.now());
  else changedRequest.set({ id, at: Date.now() });
}

relay?.addEventListener('message', (event) => heard(event.data));

function listen(until: AbortSignal): Promise<void> {
  return new Promise((finished) => {
    const source = new EventSource('/api/live');
    source.onmessage = (event) => {
      const { kind, id } = JSON.parse(event.data) as { kind: string; id: string };
      if (kind === 'filing' || kind === 'report_form') changedReports.set(Date.now());
      if (kind !== 'request' && kind !== 'stage') return;
      const said = kind === 'stage' ? kind : id;
      heard(said);
      relay?.postMessage(said);
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
