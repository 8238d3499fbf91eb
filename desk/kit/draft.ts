import { useCallback, useEffect, useState } from 'react';

/** What was typed into a form, kept in this tab until it is sent: a reload, a lost session or a fault loses nothing. */
export function useDraft<T extends object>(
  key: string,
  empty: T,
): [draft: T, change: (part: Partial<T>) => void, drop: () => void] {
  const place = `lastmetre.draft.${key}`;
  const read = useCallback((): T => {
    try {
      return { ...empty, ...(JSON.parse(sessionStorage.getItem(place) ?? '{}') as Partial<T>) };
    } catch {
      return empty;
    }
  }, [place, empty]);
  const [draft, setDraft] = useState<T>(read);
  useEffect(() => setDraft(read()), [read]);
  const change = useCallback(
    (part: Partial<T>) =>
      setDraft((was) => {
        const next = { ...was, ...part };
        sessionStorage.setItem(place, JSON.stringify(next));
        return next;
      }),
    [place],
  );
  const drop = useCallback(() => {
    sessionStorage.removeItem(place);
    setDraft(empty);
  }, [place, empty]);
  return [draft, change, drop];
}
