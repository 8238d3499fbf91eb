import { useState } from 'react';
import { useKey } from '../../kit/index.ts';

/** A list one walks with J and K; what is selected stays selected while the list changes around it. */
export function useSteps(
  ids: readonly string[],
  hint: string,
): { selected: string | null; select: (id: string) => void } {
  const [chosen, select] = useState<string | null>(null);
  const selected = chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null);
  const step = (by: number) => {
    const next = ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(selected ?? '') + by))];
    if (!next) return;
    select(next);
    requestAnimationFrame(() => {
      const place = document.querySelector<HTMLElement>(`[data-row="${next}"]`);
      place?.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true });
      place?.scrollIntoView({ block: 'nearest' });
    });
  };
  useKey('j', () => step(1), { hint });
  useKey('k', () => step(-1));
  return { selected, select };
}
