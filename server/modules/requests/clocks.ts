import type { priorities } from '../../../contract/organization.ts';

/**
 * Clocks (rules 4). All start at the submission and none is ever reset: accepting, returning, nudging or extending
 * changes no original due. Pure; times are instants, zones only matter for working time.
 */
export type Priority = (typeof priorities)[number];

export interface Sla {
  contactMinutes: number;
  resolveHours: number;
}

export interface Dues {
  triage: Date;
  contact: Date;
  resolve: Date;
}

/** Working time of stages S0 and S4: Monday to Friday, 08:30–17:30 (domain 9, categories). */
export const workingDay = { startMinute: 8 * 60 + 30, endMinute: 17 * 60 + 30, weekdays: [1, 2, 3, 4, 5] };

const minute = 60_000;
const dayMinutes = 24 * 60;

const quarterHour = 15 * minute;
const zones = new Map<string, { format: Intl.DateTimeFormat; quarter: number; offset: number }>();

/** Minutes by which the zone is ahead of UTC at this instant. */
export function zoneOffset(zone: string, at: Date): number {
  let known = zones.get(zone);
  if (!known) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', hour: 'numeric' });
    known = { format, quarter: Number.NaN, offset: 0 };
    zones.set(zone, known);
  }
  // Zones change their offset on a quarter of an hour only, and a create asks for now: formatting costs ten times the rest.
  const quarter = Math.floor(at.getTime() / quarterHour);
  if (known.quarter !== quarter) {
    const name = known.format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
    known.offset = match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
    known.quarter = quarter;
  }
  return known.offset;
}

/** The instant at which `minutes` of working time have passed since `from`. */
export function addWorkingMinutes(from: Date, minutes: number, zone: string): Date {
  const offset = zoneOffset(zone, from) * minute;
  // Local minutes since 1970-01-01, a Thursday.
  let at = (from.getTime() + offset) / minute;
  let left = minutes;
  for (;;) {
    const day = Math.floor(at / dayMinutes);
    const weekday = (((day + 4) % 7) + 7) % 7;
    const start = day * dayMinutes + workingDay.startMinute;
    const end = day * dayMinutes + workingDay.endMinute;
    if (workingDay.weekdays.includes(weekday) && at < end) {
      at = Math.max(at, start);
      if (left <= end - at) return new Date((at + left) * minute - offset);
      left -= end - at;
    }
    at = (day + 1) * dayMinutes;
  }
}

const triageMinutes = (priority: Priority): number => (priority === 'urgent' ? 5 : priority === 'high' ? 15 : 30);

/**
 * The three dues of a request. Urgent and high run round the clock; the normal ones use working time in stages that say so.
 */
export function duesOf(submittedAt: Date, priority: Priority, sla: Sla, workingTime: boolean, zone: string): Dues {
  const byWork = workingTime && priority.startsWith('normal');
  const after = (minutes: number): Date =>
    byWork ? addWorkingMinutes(submittedAt, minutes, zone) : new Date(submittedAt.getTime() + minutes * minute);
  return {
    triage: after(triageMinutes(priority)),
    contact: after(sla.contactMinutes),
    resolve: after(sla.resolveHours * 60),
  };
}

/** Acceptance is silent after 30 minutes without one, 10 where urgent. */
export const silentAfterMinutes = (priority: Priority): number => (priority === 'urgent' ? 10 : 30);

/**
 * When the request counts as submitted (rules 4, 13): the device's own time if it arrived within two hours of that and
 * the device clock was within five minutes at the exchange; never later than the arrival.
 */
export function submissionTime(arrival: Date, device?: { submittedAt?: Date; sentAt?: Date }): Date {
  const { submittedAt, sentAt } = device ?? {};
  if (!submittedAt || !sentAt) return arrival;
  const drift = Math.abs(arrival.getTime() - sentAt.getTime());
  const age = arrival.getTime() - submittedAt.getTime();
  if (drift > 5 * minute || age > 120 * minute || age < 0) return arrival;
  return submittedAt;
}

export interface Running {
  state: string;
  work: string;
  triageDue: Date;
  contactDue: Date;
  resolveDue: Date;
  resolveNow: Date;
  contactedAt: Date | null;
}

/** The clock that is due next, or null when the work has nothing due (handled, closed). */
export function runningClock(
  r: Running,
): { kind: 'triage' | 'contact' | 'resolve'; due: Date; originalDue: Date; paused: boolean } | null {
  if (!['received', 'in_work', 'reopened'].includes(r.state)) return null;
  if (r.work === 'new' || r.work === 'returned') {
    return { kind: 'triage', due: r.triageDue, originalDue: r.triageDue, paused: false };
  }
  if (!r.contactedAt && r.contactDue < r.resolveNow && r.state !== 'reopened') {
    return { kind: 'contact', due: r.contactDue, originalDue: r.contactDue, paused: r.work === 'suspended' };
  }
  return { kind: 'resolve', due: r.resolveNow, originalDue: r.resolveDue, paused: r.work === 'suspended' };
}
