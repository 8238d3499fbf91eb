/**
 * Everything that decides when a request is due, as it stood at any moment: calendars, which stage uses which, service
 * levels, warning steps. Versions are never changed, only followed by others, so that what was promised can be explained
 * by what held then. Pure; `held.ts` keeps it in memory.
 */
import type { ClockKind, Tells } from '../../../contract/clocks.ts';
import type { priorities } from '../../../contract/organization.ts';
import type { Calendar, DatedDay, Span } from './calendars.ts';

export type Priority = (typeof priorities)[number];

/** A version: in force from `from`, until the next one of its kind. Of two with the same `from` the later in the list. */
interface Version {
  from: Date;
}
export interface WeekVersion extends Version {
  /** Who set it; null for what the system was delivered with. */
  by: string | null;
  /** Spans of each weekday from Sunday; null = round the clock. */
  week: readonly (readonly Span[])[] | null;
}
/** One exception; known from `from`, taken back at `until`. */
export interface DayVersion extends Version, DatedDay {
  id: string;
  day: number;
  until: Date | null;
}
export interface CalendarHistory {
  id: number;
  code: string;
  zh: string;
  en: string;
  weeks: readonly WeekVersion[];
  days: readonly DayVersion[];
}
/** Which calendar a stage uses: everywhere (`unitId` null), or in one unit. */
export interface Use extends Version {
  stage: string;
  unitId: number | null;
  /** Null = as the next wider one says: the unit as everywhere, everywhere as the stage was set up. */
  calendarId: number | null;
}
/** Minutes of the calendar's time from the submission. `inner` is what the staff aims at, `resolve` what is promised. */
export interface Level {
  triageMinutes: number;
  contactMinutes: number;
  innerMinutes: number;
  resolveMinutes: number;
}
export interface LevelVersion extends Version, Level {
  priority: Priority;
  by: string | null;
}
export interface WarningStep {
  id: string;
  priority: Priority;
  clock: ClockKind;
  /** Minutes after the due time; negative before it. */
  afterMinutes: number;
  tells: Tells;
}
export interface StepVersion extends Version, WarningStep {
  until: Date | null;
}

export interface Timetable {
  calendars: readonly CalendarHistory[];
  uses: readonly Use[];
  levels: readonly LevelVersion[];
  steps: readonly StepVersion[];
}

/** The last of those in force at this moment. */
function inForce<T extends Version>(versions: readonly T[], at: Date): T | undefined {
  let found: T | undefined;
  for (const one of versions) if (one.from <= at && (!found || one.from >= found.from)) found = one;
  return found;
}

const roundTheClock = (zone: string): Calendar => ({
  code: 'always',
  zh: '全天候',
  en: 'Round the clock',
  zone,
  week: null,
  days: new Map(),
});

// A calendar as it stood between two changes is the same object for every request of that time.
const composed = new WeakMap<CalendarHistory, Map<string, Calendar>>();

function standing(history: CalendarHistory, zone: string, at: Date): Calendar {
  let kept = composed.get(history);
  if (!kept) {
    kept = new Map();
    composed.set(history, kept);
  }
  const changes = new Set<number>();
  for (const one of history.weeks) changes.add(one.from.getTime());
  for (const one of history.days) {
    changes.add(one.from.getTime());
    if (one.until) changes.add(one.until.getTime());
  }
  let last = 0;
  for (const change of changes) if (change <= at.getTime() && change > last) last = change;
  const key = `${zone} ${last}`;
  let calendar = kept.get(key);
  if (!calendar) {
    const days = new Map<number, DatedDay>();
    for (const one of history.days)
      if (one.from <= at && (one.until === null || one.until > at)) days.set(one.day, one);
    const { code, zh, en } = history;
    calendar = { code, zh, en, zone, week: inForce(history.weeks, at)?.week ?? null, days };
    kept.set(key, calendar);
  }
  return calendar;
}

/** Where and how urgently something was asked. */
export interface Circumstance {
  priority: Priority;
  /** The stage in force there, and whether it counts working time unless a calendar is set for it. */
  stage: { code: string; workingTime: boolean } | null;
  unitId: number | null;
}

/** Code of the calendar of stages that count working time where nothing else is set. */
export const officeCode = 'office';

/** The calendar by which a request's clocks run. Urgent and high run round the clock everywhere (rules 4). */
export function calendarFor(table: Timetable, zone: string, one: Circumstance, at: Date): Calendar {
  const { stage, unitId } = one;
  if (!one.priority.startsWith('normal') || !stage) return roundTheClock(zone);
  const used = (unit: number | null): number | null =>
    inForce(
      table.uses.filter((use) => use.stage === stage.code && use.unitId === unit),
      at,
    )?.calendarId ?? null;
  const id = (unitId === null ? null : used(unitId)) ?? used(null);
  const history =
    id === null
      ? stage.workingTime && table.calendars.find((each) => each.code === officeCode)
      : table.calendars.find((each) => each.id === id);
  return history ? standing(history, zone, at) : roundTheClock(zone);
}

/** Of the whole time promised, the share at which the staff aims where nobody set another. */
const innerShare = 0.8;

const firstTriage = (priority: Priority): number => (priority === 'urgent' ? 5 : priority === 'high' ? 15 : 30);

/** The level an organisation begins with, from the service levels it was set up with. */
export const firstLevel = (priority: Priority, sla: { contactMinutes: number; resolveHours: number }): Level => ({
  triageMinutes: firstTriage(priority),
  contactMinutes: sla.contactMinutes,
  innerMinutes: Math.round(sla.resolveHours * 60 * innerShare),
  resolveMinutes: sla.resolveHours * 60,
});

/** @param sla what the organisation was set up with, in force until another level is set */
export function levelAt(
  table: Timetable,
  sla: ReadonlyMap<string, { contactMinutes: number; resolveHours: number }>,
  priority: Priority,
  at: Date,
): Level {
  const set = inForce(
    table.levels.filter((one) => one.priority === priority),
    at,
  );
  if (set) return set;
  const base = sla.get(priority);
  if (!base) throw new Error(`No service level is set for priority ${priority}.`);
  return firstLevel(priority, base);
}

/** Steps of one clock in force now, the earliest first. */
export const stepsOf = (table: Timetable, priority: string, clock: ClockKind, at: Date): WarningStep[] =>
  table.steps
    .filter(
      (one) =>
        one.priority === priority && one.clock === clock && one.from <= at && (one.until === null || one.until > at),
    )
    .sort((a, b) => a.afterMinutes - b.afterMinutes);
