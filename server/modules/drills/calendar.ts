import type { dutyFrequencies, ReadinessState } from '../../../contract/drills.ts';

/**
 * What is owed in peace, by the calendar of the group's zone. Pure: days are numbers of local days since 1970-01-01, as in
 * `clocks/zone.ts`, and what was done is a list of them.
 */
export type Frequency = (typeof dutyFrequencies)[number];

/** One month, quarter or year of the calendar: first day, and the first day after it. */
export interface Period {
  key: string;
  from: number;
  to: number;
}

const dayOf = (year: number, month: number): number => Date.UTC(year, month, 1) / 86_400_000;
const monthsOf: Record<Frequency, number> = { monthly: 1, quarterly: 3, yearly: 12 };

/** The period of that frequency this local day lies in: 2026-11, 2026Q4, 2026. */
export function periodOf(frequency: Frequency, day: number): Period {
  const date = new Date(day * 86_400_000);
  const year = date.getUTCFullYear();
  const length = monthsOf[frequency];
  const first = Math.floor(date.getUTCMonth() / length) * length;
  const key =
    frequency === 'monthly'
      ? `${year}-${String(first + 1).padStart(2, '0')}`
      : frequency === 'quarterly'
        ? `${year}Q${first / 3 + 1}`
        : String(year);
  return { key, from: dayOf(year, first), to: dayOf(year, first + length) };
}

/** This period and those before it, newest first. */
export function periodsBack(frequency: Frequency, today: number, count: number): Period[] {
  const periods = [periodOf(frequency, today)];
  while (periods.length < count) periods.push(periodOf(frequency, periods.at(-1)!.from - 1));
  return periods;
}

/** A period asks for the duty where the unit stood a sixth of it in a stage of readiness: a wave is not held against it. */
export const owedShare = 1 / 6;

/**
 * How one period stands. Owed and never done in it is `overdue` once it is over, and stays so through a wave until
 * something is done: then `late`. While a wave is on, nothing is red.
 * @param stood days of the period so far on which the duty was owed
 * @param acts days on which it was done, in any order
 * @param resting the unit is in a stage in which the duty is not owed
 */
export function standing(
  period: Period,
  given: { today: number; stood: number; acts: readonly number[]; resting: boolean },
): { state: ReadinessState; doneOn: number | null } {
  const { today, stood, acts, resting } = given;
  const inside = acts.filter((day) => day >= period.from && day < period.to);
  if (inside.length > 0) return { state: 'done', doneOn: Math.min(...inside) };
  if (today < period.to) return { state: resting ? 'idle' : 'due', doneOn: null };
  if (stood < (period.to - period.from) * owedShare) return { state: 'idle', doneOn: null };
  const after = acts.filter((day) => day >= period.to);
  if (after.length > 0) return { state: 'late', doneOn: Math.min(...after) };
  return { state: resting ? 'idle' : 'overdue', doneOn: null };
}
