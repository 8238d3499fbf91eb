import type { TouchKind } from '../../../contract/outreach.ts';

/**
 * When a place is due to be touched again. Pure; days are group-local, written as `YYYY-MM-DD`, and count as days of the
 * calendar: people live on site on Sundays too.
 */
export interface Rhythm {
  nodeId: number | null;
  kind: TouchKind;
  everyDays: number | null;
  topics: readonly number[];
  /** From this day on. */
  setDay: string;
}

const dayMs = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const dayAfter = (day: string, days: number): string =>
  new Date(at(day) + days * dayMs).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number => Math.round((at(to) - at(from)) / dayMs);

/** The Monday on or after a day. */
export const mondayFrom = (day: string): string => dayAfter(day, (8 - new Date(at(day)).getUTCDay()) % 7);

/** The rhythm that speaks for a place: the nearest node's, the whole group's last. */
export function rhythmOf(
  rhythms: readonly Rhythm[],
  /** The place and everything above it, nearest first. */
  chain: readonly number[],
  kind: TouchKind,
): Rhythm | null {
  for (const nodeId of [...chain, null]) {
    const found = rhythms.find((one) => one.nodeId === nodeId && one.kind === kind);
    if (found) return found.everyDays === null ? null : found;
  }
  return null;
}

export interface Due {
  dueDay: string;
  state: 'overdue' | 'today' | 'coming';
  /** 0 unless overdue. */
  daysLate: number;
}

/**
 * @param everyDays calendar days from one touch to the next
 * @param lastDay null where nobody has been there for this; it is due on the day the rhythm was set
 * @param coarse to the Monday after, so that nobody reads off it on which day a small site was touched (rules 6)
 */
export function dueOf(everyDays: number, setDay: string, lastDay: string | null, today: string, coarse = false): Due {
  const exact = lastDay === null ? setDay : dayAfter(lastDay, everyDays);
  const dueDay = coarse ? mondayFrom(exact) : exact;
  const daysLate = Math.max(0, daysBetween(dueDay, today));
  return { dueDay, state: daysLate > 0 ? 'overdue' : dueDay === today ? 'today' : 'coming', daysLate };
}
