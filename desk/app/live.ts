import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';

/** What the server says: this record changed. The page asks for it again through the ordinary path. */
interface LiveEvent {
  position: number;
  kind: string;
  id: string;
}

type Spoken = { said: 'event'; event: LiveEvent } | { said: 'connection'; connected: boolean };

const channelName = 'lastmetre.live';
const lockName = 'lastmetre.live.leader';
/** Lists are asked for again at most this often, however busy the queue is. */
const settleMs = 1_200;

let connected = false;
const watchers = new Set<() => void>();

function setConnected(next: boolean): void {
  if (next === connected) return;
  connected = next;
  for (const watcher of watchers) watcher();
}

/** First words of the query keys that an event of this kind makes old. */
const touched: Record<string, readonly string[]> = {
  request: ['requests', 'request', 'parts'],
  case: ['requests', 'request', 'asks', 'parts'],
  ask: ['asks', 'requests', 'request'],
  followup: ['followups', 'requests'],
  message: ['messages'],
  task: ['tasks', 'directives', 'problems'],
  problem: ['problems', 'tasks'],
  directive: ['directives'],
  stage: ['stage', 'stages'],
  stage_order: ['stages'],
  readiness: ['stages', 'drills'],
  risk: ['drills'],
  drill: ['drills'],
  near_miss: ['drills'],
  lesson: ['lessons'],
  lesson_review: ['lessons'],
  plan: ['plans'],
  filing: ['reports'],
  report_form: ['reports'],
};

/** Holds the browser's one stream until `stop`; gives every event and each change of the connection to `speak`. */
function openStream(speak: (message: Spoken) => void): () => void {
  const source = new EventSource('/api/live');
  const onData = (message: MessageEvent<string>) => {
    try {
      speak({ said: 'event', event: JSON.parse(message.data) as LiveEvent });
    } catch {
      // A keep-alive without a body is not an event.
    }
  };
  source.onopen = () => speak({ said: 'connection', connected: true });
  source.onerror = () => speak({ said: 'connection', connected: false });
  source.onmessage = onData;
  source.addEventListener('change', onData);
  return () => source.close();
}

/**
 * Joins the browser's live stream while the caller is mounted. The tab that holds the lock keeps the stream and tells
 * the others; where locks are missing (an insecure address) each tab keeps its own.
 */
export function useLiveUpdates(enabled: boolean): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const waiting = new Map<string, Set<string>>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      for (const [word, ids] of waiting) {
        void cache.invalidateQueries({
          predicate: ({ queryKey }) =>
            queryKey[0] === word && (word !== 'request' || ids.has(String(queryKey[1])) || ids.has('*')),
        });
      }
      waiting.clear();
    };
    const hear = (message: Spoken) => {
      if (message.said === 'connection') {
        // What happened while nobody listened is unknown, so everything on the page is asked for again.
        if (message.connected && !connected)
          void cache.invalidateQueries({
            predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'directory',
          });
        setConnected(message.connected);
        return;
      }
      const { kind, id } = message.event;
      for (const word of touched[kind] ?? [kind]) {
        const ids = waiting.get(word) ?? new Set();
        ids.add(word === 'request' && kind !== 'request' ? '*' : id);
        waiting.set(word, ids);
      }
      // What holds everywhere by now is shown at once.
      if (kind === 'stage') {
        clearTimeout(timer);
        refresh();
      } else timer ??= setTimeout(refresh, settleMs);
    };

    const channel = 'BroadcastChannel' in window ? new BroadcastChannel(channelName) : null;
    channel?.addEventListener('message', ({ data }: MessageEvent<Spoken | 'who leads?'>) => {
      if (data !== 'who leads?') hear(data);
    });
    const stop = new AbortController();
    const lead = () => {
      const speak = (message: Spoken) => {
        hear(message);
        channel?.postMessage(message);
      };
      channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (data === 'who leads?') channel.postMessage({ said: 'connection', connected } satisfies Spoken);
      });
      const close = openStream(speak);
      stop.signal.addEventListener('abort', close);
    };
    if ('locks' in navigator && channel) {
      channel.postMessage('who leads?');
      navigator.locks
        .request(lockName, { signal: stop.signal }, () => {
          lead();
          return new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
        })
        .catch(() => undefined);
    } else {
      lead();
    }
    return () => {
      stop.abort();
      clearTimeout(timer);
      channel?.close();
      setConnected(false);
    };
  }, [cache, enabled]);
}

export function useLiveConnection(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connected,
  );
}
