import type { Tx } from '../../platform/transaction.ts';
import type { Span } from './calendars.ts';
import { allCalendars, allDays, allLevels, allSteps, allUses, allWeeks } from './queries.ts';
import type { Priority, Timetable } from './timetable.ts';
import { dayNumber } from './zone.ts';

let held: { at: number; table: Timetable } | null = null;

/** From memory, five seconds old at most: every create asks it. */
export async function timetable(tx: Tx): Promise<Timetable> {
  if (held && Date.now() - held.at < 5_000) return held.table;
  const table = await read(tx);
  held = { at: Date.now(), table };
  return table;
}

/** Called where it changed; other programs notice within five seconds. */
export function forgetTimetable(): void {
  held = null;
}

/** As it lies in the database, read anew: for whoever is about to change it. */
export async function read(tx: Tx): Promise<Timetable> {
  const weeks = await allWeeks(tx);
  const days = await allDays(tx);
  return {
    calendars: (await allCalendars(tx)).map((calendar) => ({
      ...calendar,
      weeks: weeks
        .filter((one) => one.calendar_id === calendar.id)
        .map((one) => ({
          from: one.effective_from,
          week: (one.hours as { week: Span[][] | null }).week,
          by: one.set_by_label,
        })),
      days: days
        .filter((one) => one.calendar_id === calendar.id)
        .map((one) => ({
          id: one.id,
          day: dayNumber(one.date)!,
          working: one.working,
          spans: one.hours && (one.hours as { spans: Span[] }).spans,
          zh: one.zh,
          en: one.en,
          from: one.effective_from,
          until: one.ended_at,
        })),
    })),
    uses: (await allUses(tx)).map((one) => ({
      stage: one.stage_code,
      unitId: one.unit_id,
      calendarId: one.calendar_id,
      from: one.effective_from,
    })),
    levels: (await allLevels(tx)).map((one) => ({
      priority: one.priority as Priority,
      triageMinutes: one.triage_minutes,
      contactMinutes: one.contact_minutes,
      innerMinutes: one.inner_minutes,
      resolveMinutes: one.resolve_minutes,
      from: one.effective_from,
      by: one.set_by_label,
    })),
    steps: (await allSteps(tx)).map((one) => ({
      id: one.id,
      priority: one.priority as Priority,
      clock: one.clock as 'triage',
      afterMinutes: one.after_minutes,
      tells: one.tells as 'handler',
      from: one.effective_from,
      until: one.ended_at,
    })),
  };
}
