import { useCallback, useEffect, useMemo, useState } from 'react';

function touchedAt<T>(place: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '{}') as Partial<T>;
  } catch {
    return {};
  }
}

/**
 * What was typed into a form, kept in this tab until it is sent: a reload, a lost session or a fault loses nothing. Only
 * the touched parts are kept; every other part follows `empty`, which may be the record as somebody else changes it.
 */
export function useDraft<T extends object>(
  key: string,
  empty: T,
): [draft: T, change: (part: Partial<T>) => void, drop: () => void] {
  const place = `lastmetre.draft.${key}`;
  const [touched, setTouched] = useState<Partial<T>>(() => touchedAt(place));
  useEffect(() => setTouched(touchedAt(place)), [place]);
  const draft = useMemo<T>(() => ({ ...empty, ...touched }), [empty, touched]);
  const change = useCallback(
    (part: Partial<T>) => {
      const next = { ...touchedAt<T>(place), ...part };
      sessionStorage.setItem(place, JSON.stringify(next));
      setTouched(next);
    },
    [place],
  );
  const drop = useCallback(() => {
    sessionStorage.removeItem(place);
    setTouched({});
  }, [place]);
  return [draft, change, drop];
}
