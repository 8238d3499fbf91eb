import { useState } from 'react';
import { useMe } from '../../app/session.tsx';
import type { Filters } from './filters.ts';

export interface SavedView {
  name: string;
  filters: Filters;
}

/** Views a person named for themselves, on this computer. */
export function useSavedViews(): {
  saved: readonly SavedView[];
  save: (view: SavedView) => void;
  drop: (name: string) => void;
} {
  const { id } = useMe();
  const place = `lastmetre.views.${id}`;
  const [saved, setSaved] = useState<readonly SavedView[]>(() => {
    try {
      return JSON.parse(localStorage.getItem(place) ?? '[]') as SavedView[];
    } catch {
      return [];
    }
  });
  const keep = (next: readonly SavedView[]) => {
    localStorage.setItem(place, JSON.stringify(next));
    setSaved(next);
  };
  return {
    saved,
    save: (view) => keep([...saved.filter((each) => each.name !== view.name), view]),
    drop: (name) => keep(saved.filter((each) => each.name !== name)),
  };
}
