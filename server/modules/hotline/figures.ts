/**
 * Figures of a hotline, counted from the first ring, menus included (domain 4.2; GB/T 33358: day and night, within 15 s,
 * at least 95 % in any 24 hours). A call that was given up counts as offered whatever the reason. Pure.
 */
export interface Rung {
  offeredAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
}

export interface CallFigures {
  offered: number;
  answered: number;
  /** Answered within 15 seconds of the first ring. */
  inTime: number;
  givenUp: number;
  /** Neither answered nor over. */
  waiting: number;
  /** Seconds until answered, of those that were. */
  waitP50: number | null;
  waitP90: number | null;
}

export const inTimeMs = 15_000;
const dayMs = 86_400_000;

const quantile = (sorted: readonly number[], q: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? null;

const waitOf = (call: Rung): number | null =>
  call.answeredAt ? call.answeredAt.getTime() - call.offeredAt.getTime() : null;
export const answeredInTime = (call: Rung): boolean => (waitOf(call) ?? Number.POSITIVE_INFINITY) <= inTimeMs;
export const isGivenUp = (call: Rung): boolean => !call.answeredAt && call.endedAt !== null;

export function callFigures(calls: readonly Rung[]): CallFigures {
  const waits = calls.flatMap((call) => waitOf(call) ?? []).sort((a, b) => a - b);
  const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 100) / 10);
  return {
    offered: calls.length,
    answered: waits.length,
    inTime: calls.filter(answeredInTime).length,
    givenUp: calls.filter(isGivenUp).length,
    waiting: calls.filter((call) => !call.answeredAt && call.endedAt === null).length,
    waitP50: seconds(quantile(waits, 0.5)),
    waitP90: seconds(quantile(waits, 0.9)),
  };
}

/** Fewer calls than this make no share of a day. */
export const leastOfDay = 20;

/**
 * The 24 hours in which the smallest share was answered in time: "in any 24 hours" means whichever begins with a call.
 * @param calls in the order of their first ring
 * @returns null where no 24 hours held `leastOfDay` calls
 */
export function worstDay(calls: readonly Rung[]): { from: Date; offered: number; inTime: number } | null {
  let worst: { from: Date; offered: number; inTime: number } | null = null;
  let end = 0;
  let inTime = 0;
  for (const [begin, first] of calls.entries()) {
    while (end < calls.length && calls[end]!.offeredAt.getTime() < first.offeredAt.getTime() + dayMs)
      if (answeredInTime(calls[end++]!)) inTime++;
    const offered = end - begin;
    // Calls of one and the same moment begin one window, not one each.
    const begins = calls[begin - 1]?.offeredAt.getTime() !== first.offeredAt.getTime();
    if (begins && offered >= leastOfDay && (!worst || inTime / offered < worst.inTime / worst.offered))
      worst = { from: first.offeredAt, offered, inTime };
    if (answeredInTime(first)) inTime--;
  }
  return worst;
}

export interface SurgeRule {
  mostWaiting: number | null;
  leastAnswered: number | null;
}

/** What the last half hour says about a surge: the rule that would switch it on, or null. */
export function surgeReason(
  rule: SurgeRule,
  lastHalfHour: readonly Rung[],
  waiting: number,
): { why: 'waiting' | 'answered'; figures: Record<string, number> } | null {
  if (rule.mostWaiting !== null && waiting > rule.mostWaiting) return { why: 'waiting', figures: { waiting } };
  const { offered, inTime } = callFigures(lastHalfHour);
  if (rule.leastAnswered !== null && offered >= leastOfDay && inTime / offered < rule.leastAnswered)
    return { why: 'answered', figures: { offered, inTime } };
  return null;
}
