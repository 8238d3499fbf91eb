import { type RefObject, useEffect, useRef } from 'react';

/**
 * Words in a row that is wider than a phone: the current one (`aria-current`) is scrolled into sight.
 * @param current what tells one current word from another
 */
export function useCurrentInSight<T extends HTMLElement>(current: unknown): RefObject<T | null> {
  const place = useRef<T>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the row stands follows from the current word
  useEffect(() => {
    const row = place.current;
    const word = row?.querySelector<HTMLElement>('[aria-current]');
    if (!row || !word || row.scrollWidth <= row.clientWidth) return;
    const offset = word.getBoundingClientRect().left - row.getBoundingClientRect().left;
    row.scrollLeft += offset - (row.clientWidth - word.clientWidth) / 2;
  }, [current]);
  return place;
}
