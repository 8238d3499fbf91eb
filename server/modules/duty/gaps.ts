import { dutyHours, type HoursCode } from '../../../contract/duty.ts';
import { dateOf, instantAt, localDay } from '../clocks/index.ts';

export const dayMs = 86_400_000;

/** Monday of the week this local day lies in; 1970-01-01, day 0, was a Thursday. */
export const mondayOf = (day: number): number => day - ((day + 3) % 7);

export interface Span {
  from: Date;
  to: Date;
}

/** One stretch of hours of a post on one day of the group's clock. */
export interface Cell extends Span {
  /** As `2026-11-23`. */
  day: string;
  hours: HoursCode;
}

/** The instants of these hours on a local day. */
export const spanOf = (zone: string, localDayNo: number, hours: HoursCode): Span => ({
  from: instantAt(zone, localDayNo, dutyHours[hours].from),
  to: instantAt(zone, localDayNo, dutyHours[hours].to),
});

/** All stretches of these hours that begin on one of the local days. */
export function cellsOf(zone: string, hours: readonly HoursCode[], fromDay: number, days: number): Cell[] {
  const cells: Cell[] = [];
  for (let day = fromDay; day < fromDay + days; day++)
    for (const code of hours) cells.push({ day: dateOf(day), hours: code, ...spanOf(zone, day, code) });
  return cells;
}

/** Local days whose hours may reach into [from, to): the officer of the day before is on until 08:30. */
export function daysTouching(zone: string, from: Date, to: Date): { first: number; days: number } {
  const first = localDay(zone, from) - 1;
  return { first, days: localDay(zone, to) - first + 1 };
}

/**
 * What of `asked` no `named` span covers, in order and joined where stretches meet.
 * Both may overlap among themselves and come in any order; spans are half open.
 */
export function gapsIn(asked: readonly Span[], named: readonly Span[]): Span[] {
  const cover = [...named].sort((a, b) => a.from.getTime() - b.from.getTime());
  const open: { from: number; to: number }[] = [];
  for (const span of [...asked].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    let at = span.from.getTime();
    const end = span.to.getTime();
    for (const one of cover) {
      if (one.to.getTime() <= at) continue;
      if (one.from.getTime() >= end) break;
      if (one.from.getTime() > at) open.push({ from: at, to: one.from.getTime() });
      at = Math.max(at, one.to.getTime());
      if (at >= end) break;
    }
    if (at < end) open.push({ from: at, to: end });
  }
  const joined: { from: number; to: number }[] = [];
  for (const one of open.sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && one.from <= last.to) last.to = Math.max(last.to, one.to);
    else joined.push({ ...one });
  }
  return joined.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
}

/** Hours in all, spans that overlap counted once. */
export function hoursIn(spans: readonly Span[]): number {
  return gapsIn(spans, []).reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / 3_600_000, 0);
}

/** The part of each span that lies in [from, to). */
export const clipped = (spans: readonly Span[], from: Date, to: Date): Span[] =>
  spans
    .map((span) => ({
      from: new Date(Math.max(span.from.getTime(), from.getTime())),
      to: new Date(Math.min(span.to.getTime(), to.getTime())),
    }))
    .filter((span) => span.from < span.to);
