import type { z } from 'zod';
import type { clockDraft } from '../../../contract/clocks.ts';
import { datesBetween } from './holidays.ts';
import type { Timetable } from './timetable.ts';
import { dayNumber } from './zone.ts';

export type ClockDraft = z.output<typeof clockDraft>;

const always = new Date(0);

/** The timetable as it would be had this change always been in force. */
export function withDraft(table: Timetable, draft: ClockDraft): Timetable {
  switch (draft.kind) {
    case 'level': {
      const { kind: _kind, ...level } = draft;
      return {
        ...table,
        levels: [
          ...table.levels.filter((one) => one.priority !== draft.priority),
          { ...level, from: always, by: null },
        ],
      };
    }
    case 'week':
      return {
        ...table,
        calendars: table.calendars.map((one) =>
          one.id === draft.calendarId ? { ...one, weeks: [{ week: draft.week, from: always, by: null }] } : one,
        ),
      };
    case 'days': {
      const dates = datesBetween(draft.fromDate, draft.toDate);
      const { working, spans, zh, en } = draft;
      return {
        ...table,
        calendars: table.calendars.map((one) =>
          one.id === draft.calendarId
            ? {
                ...one,
                days: [
                  ...one.days,
                  ...dates.map((date) => ({
                    id: date,
                    day: dayNumber(date)!,
                    working,
                    spans,
                    zh,
                    en,
                    from: always,
                    until: null,
                  })),
                ],
              }
            : one,
        ),
      };
    }
    case 'use': {
      const { stage, unitId, calendarId } = draft;
      return {
        ...table,
        uses: [
          ...table.uses.filter((one) => one.stage !== stage || one.unitId !== unitId),
          { stage, unitId, calendarId, from: always },
        ],
      };
    }
  }
}
