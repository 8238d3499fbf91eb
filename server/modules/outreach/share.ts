import type { notCountedReasons } from '../../../contract/outreach.ts';

/** The share of needs found before they were asked (domain 4.2, proactive share). Pure. */
export type NotCounted = (typeof notCountedReasons)[number];

const z = 1.959964;
/** Fewer make no percentage (domain 4.1(5)). */
export const leastForShare = 10;

/** Wilson interval, 95 % (domain 4.1(4)). @param n at least 1 */
export function wilson(x: number, n: number): [number, number] {
  const p = x / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}

export const shareOf = (found: number, all: number): { share: number | null; interval: [number, number] | null } =>
  all < leastForShare ? { share: null, interval: null } : { share: found / all, interval: wilson(found, all) };

/** What is known of one need that was registered on a touch. Times in UTC; places are those of the journal. */
export interface FoundNeed {
  beganAt: Date;
  askedAt: Date;
  touchPosition: number | null;
  requestPosition: number | null;
  /** The journal tells of it in the transaction that registered the request. */
  toldPosition: number | null;
  askedBefore: boolean;
  withdrawn: boolean;
}

/**
 * Why it is not counted as found before it was asked; null where it is. The touch must be recorded before the request, by
 * the clock of the server and by its place in the journal, which nobody can change afterwards.
 */
export function whyNotCounted(need: FoundNeed): NotCounted | null {
  if (need.withdrawn) return 'withdrawn';
  const { touchPosition, requestPosition, toldPosition } = need;
  const before =
    need.beganAt <= need.askedAt &&
    touchPosition !== null &&
    requestPosition !== null &&
    toldPosition !== null &&
    touchPosition < requestPosition &&
    requestPosition < toldPosition;
  if (!before) return 'not_before';
  return need.askedBefore ? 'asked_before' : null;
}
