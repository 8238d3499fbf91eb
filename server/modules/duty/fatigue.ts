import { mostDays, mostHours, standbyShare } from '../../../contract/duty.ts';
import { localDay } from '../clocks/index.ts';
import { dayMs, type Span } from './gaps.ts';

/** One shift as tiredness sees it: an hour on standby weighs a third of an hour awake. */
export interface Strain extends Span {
  standby: boolean;
}

const hourMs = 3_600_000;

/** The heaviest 24 hours that touch `about`, in hours awake; a window is heaviest where it begins or ends with a shift. */
export function heaviestHours(shifts: readonly Strain[], about: Span): number {
  const near = shifts.filter(
    (one) => one.to.getTime() > about.from.getTime() - dayMs && one.from.getTime() < about.to.getTime() + dayMs,
  );
  const starts = near.flatMap((one) => [one.from.getTime(), one.to.getTime() - dayMs]);
  let most = 0;
  for (const start of starts) {
    const end = start + dayMs;
    if (end <= about.from.getTime() || start >= about.to.getTime()) continue;
    let sum = 0;
    for (const one of near) {
      const inside = Math.min(one.to.getTime(), end) - Math.max(one.from.getTime(), start);
      if (inside > 0) sum += (inside / hourMs) * (one.standby ? standbyShare : 1);
    }
    most = Math.max(most, sum);
  }
  return Math.round(most * 10) / 10;
}

/** Days in a row, each with a shift that begins on it, around the day `about` begins on. */
export function daysInRow(zone: string, shifts: readonly Span[], about: Span): number {
  const days = new Set(shifts.map((one) => localDay(zone, one.from)));
  const day = localDay(zone, about.from);
  if (!days.has(day)) return 0;
  let first = day;
  let last = day;
  while (days.has(first - 1)) first--;
  while (days.has(last + 1)) last++;
  return last - first + 1;
}

export interface Tired {
  kind: 'hours' | 'days';
  value: number;
}

/** What stands beyond a limit around one shift, the shift itself being among `shifts`. */
export function tiredBy(zone: string, shifts: readonly Strain[], about: Span): Tired[] {
  const hours = heaviestHours(shifts, about);
  const days = daysInRow(zone, shifts, about);
  return [
    ...(hours > mostHours ? [{ kind: 'hours' as const, value: hours }] : []),
    ...(days > mostDays ? [{ kind: 'days' as const, value: days }] : []),
  ];
}
