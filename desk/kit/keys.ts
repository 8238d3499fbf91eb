import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One key of the open page: what it does is said in the list that `?` opens. */
interface Bound {
  key: string;
  hint: string | null;
  inFields: boolean;
  run: (event: KeyboardEvent) => void;
}

let bound: readonly Bound[] = [];
const watchers = new Set<() => void>();

function rebind(next: readonly Bound[]): void {
  bound = next;
  for (const watcher of watchers) watcher();
}

/** True while the person is typing, choosing or in a menu: then letters are letters. */
function inField(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  return Boolean(
    target?.closest(
      'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="combobox"], [role="menu"]',
    ),
  );
}

/** The key as it is bound: `j`, `Enter`, `mod+Enter` (Ctrl or ⌘), `alt+a`. */
function nameOf(event: KeyboardEvent): string {
  const letter = event.altKey && event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : event.key;
  const key = letter.length === 1 ? letter.toLowerCase() : letter;
  return `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${key}`;
}

/** Keys that walk on while they are held; any other would act on the record that came after the one it was meant for. */
const walking: ReadonlySet<string> = new Set(['j', 'k', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || document.querySelector('dialog[open]')) return;
  const pressed = nameOf(event);
  // Enter on a button or link presses it.
  if (pressed === 'Enter' && event.target instanceof HTMLElement && event.target.closest('button, a')) return;
  const typing = inField(event);
  // The last to bind a key is the innermost part of the page.
  const found = bound.findLast((each) => each.key === pressed && (each.inFields || !typing));
  // A control that used the key has it, but a combination that works while typing is meant for the form around it.
  if (!found || (event.defaultPrevented && !(found.inFields && pressed.includes('+')))) return;
  // Escape first closes what is open in the control.
  if (pressed === 'Escape' && event.target instanceof HTMLElement && event.target.closest('[aria-expanded="true"]'))
    return;
  event.preventDefault();
  if (event.repeat && !walking.has(pressed)) return;
  found.run(event);
}

interface KeyOptions {
  enabled?: boolean;
  /** What the key does, for the list that `?` opens. */
  hint?: string;
  /** Works while typing too; for combinations such as `mod+Enter`. */
  inFields?: boolean;
}

/** Binds one key while mounted and `enabled`. Letters are given in lower case. */
export function useKey(
  key: string,
  run: (event: KeyboardEvent) => void,
  { enabled = true, hint, inFields = false }: KeyOptions = {},
): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const mine: Bound = { key, hint: hint ?? null, inFields, run: (event) => latest.current(event) };
    if (bound.length === 0) document.addEventListener('keydown', onKeyDown);
    rebind([...bound, mine]);
    return () => {
      rebind(bound.filter((each) => each !== mine));
      if (bound.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [key, hint, enabled, inFields]);
}

/** The keys that work now and what they do, for the list that `?` opens. */
export function useBoundKeys(): readonly Bound[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => bound,
  );
}
