import { addWorking, type Calendar, type Level } from '../clocks/index.ts';

export { type Priority, zoneOffset } from '../clocks/index.ts';

/**
 * Clocks (rules 4). All start at the submission and none is ever reset: accepting, returning, nudging or extending
 * changes no original due. Pure; times are instants, the calendar says when they run.
 */
export interface Dues {
  triage: Date;
  contact: Date;
  /** What the staff aims at; the requester is told `resolve`. */
  inner: Date;
  resolve: Date;
}

const minute = 60_000;

/** The dues of a request by the level and the calendar that hold at its submission. */
export function duesOf(submittedAt: Date, level: Level, calendar: Calendar): Dues {
  const after = (minutes: number): Date => addWorking(submittedAt, minutes, calendar);
  return {
    triage: after(level.triageMinutes),
    contact: after(level.contactMinutes),
    inner: after(level.innerMinutes),
    resolve: after(level.resolveMinutes),
  };
}

/** Acceptance is silent after 30 minutes without one, 10 where urgent. */
export const silentAfterMinutes = (priority: string): number => (priority === 'urgent' ? 10 : 30);

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
