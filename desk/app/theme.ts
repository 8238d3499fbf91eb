import { useSyncExternalStore } from 'react';

/** `day` is paper and ink; `wall` is the duty room's dark screen. */
export type Theme = 'day' | 'wall';

const stored = 'lastmetre.theme';
const listeners = new Set<() => void>();
let current: Theme = localStorage.getItem(stored) === 'wall' ? 'wall' : 'day';
document.documentElement.dataset.theme = current;

export function setTheme(next: Theme): void {
  current = next;
  localStorage.setItem(stored, next);
  document.documentElement.dataset.theme = next;
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
