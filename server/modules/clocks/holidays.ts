import type { Tx } from '../../platform/transaction.ts';
import { forgetTimetable, read } from './held.ts';
import { insertDays } from './queries.ts';
import { officeCode } from './timetable.ts';
import { dateOf, dayNumber } from './zone.ts';

/** A run of free days of one name, with the days worked in exchange (调休). Dates as `2026-10-01`. */
export interface Holiday {
  zh: string;
  en: string;
  from: string;
  to: string;
  makeUp: string[];
}

/** Every date from one to the other, both included. @throws for a date that does not exist */
export function datesBetween(from: string, to: string): string[] {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  if (first === null || last === null) throw new Error(`There is no date ${first === null ? from : to}.`);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => dateOf(first + i));
}

/** Public holidays into the office calendar, known from the beginning; dates that are there already stay as they are. */
export async function loadHolidays(tx: Tx, holidays: readonly Holiday[]): Promise<void> {
  const office = (await read(tx)).calendars.find((one) => one.code === officeCode)!;
  const here = new Set(office.days.filter((one) => one.until === null).map((one) => dateOf(one.day)));
  const day = (date: string, working: boolean, holiday: Holiday) => ({
    calendar_id: office.id,
    date,
    working,
    spans: null,
    zh: working ? `${holiday.zh}调休上班` : holiday.zh,
    en: working ? `Working day for ${holiday.en}` : holiday.en,
    effective_from: new Date('2000-01-01T00:00:00Z'),
    set_by: null,
    set_by_label: null,
  });
  const days = holidays.flatMap((one) => [
    ...datesBetween(one.from, one.to).map((date) => day(date, false, one)),
    ...one.makeUp.map((date) => day(date, true, one)),
  ]);
  await insertDays(
    tx,
    days.filter((one) => !here.has(one.date)),
  );
  forgetTimetable();
}
