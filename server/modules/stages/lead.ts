/** Preparedness lead (domain 1, row 30): from the journal's flips alone. */
export interface Flip {
  at: Date;
  ready: boolean;
}

/**
 * Since when a unit stood ready without a break, as of a moment.
 * @param flips in any order; the same state told twice is one
 * @returns null where it was not ready then, or never looked at
 */
export function readySince(flips: readonly Flip[], at: Date): Date | null {
  let since: Date | null = null;
  for (const flip of [...flips].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    if (flip.at > at) break;
    since = flip.ready ? (since ?? flip.at) : null;
  }
  return since;
}

const day = 86_400_000;

/**
 * Whole days from then to the start of the stage; 0 where it was not ready when the stage began.
 * @param notBefore when the stage before it began: readiness for an earlier turn of the same stage is no lead of this one
 */
export function leadDays(flips: readonly Flip[], startsAt: Date, notBefore: Date | null = null): number {
  const since = readySince(flips, startsAt);
  if (since === null) return 0;
  return Math.floor((startsAt.getTime() - Math.max(since.getTime(), notBefore?.getTime() ?? 0)) / day);
}
