import { useEffect, useRef } from 'react';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;

interface AnswerKeys {
  onDigit: (digit: number) => void;
  onStep: (by: 1 | -1) => void;
  onFinish: () => void;
}

/**
 * Keys of the call itself: digits answer the question that is asked now, ↑ and ↓ change it, Ctrl+Enter completes from
 * everywhere, also from the field of the person's words.
 */
export function useAnswerKeys(enabled: boolean, keys: AnswerKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current.onFinish();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (/^\d$/.test(event.key)) latest.current.onDigit(Number(event.key));
      else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') latest.current.onStep(event.key === 'ArrowUp' ? -1 : 1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}
