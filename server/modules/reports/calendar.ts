import type { DueRule, FormVersion } from '../../../contract/reports.ts';
import { zoneOffset } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';

const dayMs = 86_400_000;

export const nextDay = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Group-local day of an instant. */
export const dayOf = (dir: Directory, at: Date): string =>
  new Date(at.getTime() + zoneOffset(dir.group.timezone, at) * 60_000).toISOString().slice(0, 10);

/** The instant of a group-local day and time. */
export function instantOf(dir: Directory, day: string, time = '00:00'): Date {
  const local = Date.parse(`${day}T${time}:00Z`);
  const guess = local - zoneOffset(dir.group.timezone, new Date(local)) * 60_000;
  return new Date(local - zoneOffset(dir.group.timezone, new Date(guess)) * 60_000);
}

/** Whether a form is due on this day, whatever the stage. */
export function isDueOn(rhythm: FormVersion['rhythm'], due: DueRule, day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  switch (rhythm) {
    case 'daily':
      return true;
    case 'weekly':
      return (at.getUTCDay() || 7) === due.weekday;
    case 'monthly':
      return at.getUTCDate() === due.monthDay;
    case 'once':
      return day === due.date;
  }
}

/** Days before the due day on which a report may already be made: a weekly one is open all its week. */
const openDays = { daily: 0, weekly: 6, monthly: 6, once: 30 } as const;

/** The due day whose report can be made on `day`: the same day or, of longer rhythms, one soon to come; null: none. */
export function dueDayFrom(rhythm: FormVersion['rhythm'], due: DueRule, day: string): string | null {
  for (let ahead = 0; ahead <= openDays[rhythm]; ahead++)
    if (isDueOn(rhythm, due, nextDay(day, ahead))) return nextDay(day, ahead);
  return null;
}

export const opensOn = (rhythm: FormVersion['rhythm'], dueDay: string): string => nextDay(dueDay, -openDays[rhythm]);

const minute = 60_000;

/**
 * When a report counts as made (rules 13): by the device if its clock was right to five minutes when it was sent and it came
 * within two hours of the network's return, as far as this phone noticed; never later than its arrival.
 */
export function filedAt(arrival: Date, device: { madeAt: Date; sentAt?: Date; backAt?: Date }): Date {
  const { madeAt, sentAt, backAt } = device;
  if (!sentAt || madeAt.getTime() > arrival.getTime()) return arrival;
  if (Math.abs(arrival.getTime() - sentAt.getTime()) > 5 * minute) return arrival;
  const since = backAt && backAt > madeAt ? backAt : madeAt;
  return sentAt.getTime() - since.getTime() <= 120 * minute ? madeAt : arrival;
}
