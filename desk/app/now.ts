import { useSyncExternalStore } from 'react';

/** How far this computer's clock is behind the server's, in ms; clocks on a shared desk are often wrong. */
let behind = 0;

/** Told by each answer's `Date`; one second of rounding and a slow line are no reason to move the clock. */
export function learnServerTime(date: string | null): void {
  const server = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(server)) return;
  const difference = server - Date.now();
  if (Math.abs(difference - behind) > 5_000) behind = difference;
}

export const now = (): number => Date.now() + behind;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time, moving in steps of `step` ms: a page with a hundred clocks draws them once a step, not once a second. */
export function useNow(step = 15_000): number {
  return useSyncExternalStore(listen, () => Math.floor(now() / step) * step);
}
