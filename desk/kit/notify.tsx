import { useSyncExternalStore } from 'react';
import { problemText } from '../app/problems.ts';
import { locale } from '../app/words.ts';

interface Told {
  id: number;
  text: string;
  bad: boolean;
  act: { label: string; run: () => void } | null;
}

let told: readonly Told[] = [];
let last = 0;
const watchers = new Set<() => void>();

function set(next: readonly Told[]): void {
  told = next;
  for (const watcher of watchers) watcher();
}

function tell(text: string, bad: boolean, act: Told['act'] = null): void {
  last += 1;
  const id = last;
  set([...told.slice(-2), { id, text, bad, act }]);
  setTimeout(() => set(told.filter((each) => each.id !== id)), bad || act ? 10_000 : 4_000);
}

/** A word at the foot of the page that goes away by itself; never the only place where a fault is said in a form. */
export const notify = {
  good: (text: string, act?: { label: string; run: () => void }): void => tell(text, false, act ?? null),
  problem: (error: unknown): void => tell(problemText(error, locale()), true),
};

export function Notices() {
  const now = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => told,
  );
  return (
    <div className="notices" role="status" aria-live="polite">
      {now.map((each) => (
        <div key={each.id} className="notice-toast">
          {each.text}
          {each.act && (
            <button
              type="button"
              onClick={() => {
                set(told.filter((other) => other.id !== each.id));
                each.act?.run();
              }}
            >
              {each.act.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
