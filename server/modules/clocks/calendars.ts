/**
 * Working time, pure. A calendar says when its clocks run: round the clock, or in spans of a week with holidays and
 * make-up working days (调休) as dated exceptions. Times are instants; the zone turns them into local days.
 */
import { instantAt, localDay, weekdayOf } from './zone.ts';

/** From and to, in minutes after local midnight; `to` is not part of it. */
export type Span = readonly [from: number, to: number];

export interface DatedDay {
  /** False on a holiday, true on a working day that would be none by the week. */
  working: boolean;
  /** Hours of that day; null = those of an ordinary working day. */
  spans: readonly Span[] | null;
  zh: string;
  en: string;
}

export interface Calendar {
  code: string;
  zh: string;
  en: string;
  zone: string;
  /** Spans of each weekday from Sunday; null = round the clock, and no date is an exception then. */
  week: readonly (readonly Span[])[] | null;
  /** Exceptions by local day since 1970-01-01. */
  days: ReadonlyMap<number, DatedDay>;
}

const minute = 60_000;
/** Further than any run of days off: a calendar without working time would never come to an end. */
const mostDays = 4_000;

/** Hours of a day that is worked though its weekday is free: those of the first weekday that has any, from Monday. */
const ordinarySpans = (week: readonly (readonly Span[])[]): readonly Span[] =>
  [1, 2, 3, 4, 5, 6, 0].map((weekday) => week[weekday]!).find((spans) => spans.length > 0) ?? [];

/** Spans in which this local day is worked, in order. */
export function spansOn(calendar: Calendar, day: number): readonly Span[] {
  if (!calendar.week) return [[0, 1440]];
  const dated = calendar.days.get(day);
  if (!dated) return calendar.week[weekdayOf(day)]!;
  return dated.working ? (dated.spans ?? ordinarySpans(calendar.week)) : [];
}

/** As instants; on a day on which clocks are put forward a span is as long as it really is. */
function* worked(calendar: Calendar, from: number): Generator<[start: number, end: number]> {
  const first = localDay(calendar.zone, new Date(from));
  for (let day = first; day < first + mostDays; day++) {
    for (const [start, end] of spansOn(calendar, day)) {
      const opens = instantAt(calendar.zone, day, start).getTime();
      const closes = instantAt(calendar.zone, day, end).getTime();
      if (closes > Math.max(opens, from)) yield [Math.max(opens, from), closes];
    }
  }
}

/**
 * The instant at which `minutes` of the calendar's time have passed since `from`; `from` itself for none.
 * @throws when the calendar has no working time within ten years
 */
export function addWorking(from: Date, minutes: number, calendar: Calendar): Date {
  if (!calendar.week || minutes <= 0) return new Date(from.getTime() + Math.max(0, minutes) * minute);
  let left = minutes * minute;
  for (const [start, end] of worked(calendar, from.getTime())) {
    if (left <= end - start) return new Date(start + left);
    left -= end - start;
  }
  throw new Error(`The calendar ${calendar.code} has no working time after ${from.toISOString()}.`);
}

/** Minutes of the calendar's time between two instants; negative where `to` is the earlier. */
export function workingBetween(from: Date, to: Date, calendar: Calendar): number {
  if (to < from) return -workingBetween(to, from, calendar);
  if (!calendar.week) return (to.getTime() - from.getTime()) / minute;
  let sum = 0;
  for (const [start, end] of worked(calendar, from.getTime())) {
    if (start >= to.getTime()) break;
    sum += Math.min(end, to.getTime()) - start;
  }
  return sum / minute;
}

/** What a clock stood still for between its start and its due. */
export interface Skipped {
  nights: number;
  /** Days free by the week, holidays not among them. */
  restDays: number;
  /** Runs of days of one name, in order; local days since 1970-01-01. */
  holidays: { zh: string; en: string; from: number; to: number }[];
  /** Days worked though their weekday is free. */
  makeUpDays: { zh: string; en: string; day: number }[];
}

export function skippedBetween(from: Date, to: Date, calendar: Calendar): Skipped {
  const skipped: Skipped = { nights: 0, restDays: 0, holidays: [], makeUpDays: [] };
  if (!calendar.week) return skipped;
  const first = localDay(calendar.zone, from);
  const last = localDay(calendar.zone, to);
  let off = 0;
  for (let day = first; day <= last; day++) {
    const dated = calendar.days.get(day);
    const free = calendar.week[weekdayOf(day)]!.length === 0;
    if (dated?.working) {
      if (free) skipped.makeUpDays.push({ zh: dated.zh, en: dated.en, day });
      continue;
    }
    if (!dated && !free) continue;
    off++;
    const run = skipped.holidays.at(-1);
    if (!dated) skipped.restDays++;
    else if (run?.zh === dated.zh && run.to === day - 1) run.to = day;
    else skipped.holidays.push({ zh: dated.zh, en: dated.en, from: day, to: day });
  }
  skipped.nights = Math.max(0, last - first - off);
  return skipped;
}
