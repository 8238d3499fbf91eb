import { useEffect, useRef, useState } from 'preact/hooks';
import { keep, recall } from '../../app/database.ts';

/**
 * What is being written in a sheet, on the phone's disk with every stroke: a cheap phone discards the page while its
 * camera is open, and does not announce it. What is sent clears its own draft.
 */
export function useWritten<T extends object>(key: string, empty: T): [T, (change: Partial<T>) => void] {
  const [value, setValue] = useState(empty);
  // Pictures are added while the person writes on, so a change is made to what stands now, not to what was drawn.
  const now = useRef(value);
  useEffect(() => {
    recall<T>(key).then(
      (kept) => {
        if (!kept || now.current !== empty) return;
        now.current = kept;
        setValue(kept);
      },
      () => {},
    );
  }, [key, empty]);
  const change = (part: Partial<T>) => {
    now.current = { ...now.current, ...part };
    setValue(now.current);
    void keep(key, now.current).catch(() => {});
  };
  return [value, change];
}
