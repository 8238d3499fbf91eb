const minute = 60_000;
const quarterHour = 15 * minute;
const mostKept = 50_000;
const zones = new Map<string, { format: Intl.DateTimeFormat; offsets: Map<number, number> }>();

/** Minutes by which the zone is ahead of UTC at this instant. */
export function zoneOffset(zone: string, at: Date): number {
  let known = zones.get(zone);
  if (!known) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', hour: 'numeric' });
    known = { format, offsets: new Map() };
    zones.set(zone, known);
  }
  // Zones change their offset on a quarter of an hour only, and creates ask for the same few: formatting costs ten times
  // the rest.
  const quarter = Math.floor(at.getTime() / quarterHour);
  const kept = known.offsets.get(quarter);
  if (kept !== undefined) return kept;
  const name = known.format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  const offset = match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
  if (known.offsets.size >= mostKept) known.offsets.clear();
  known.offsets.set(quarter, offset);
  return offset;
}

/** The local day this instant falls on, counted from 1970-01-01, a Thursday. */
export const localDay = (zone: string, at: Date): number =>
  Math.floor((at.getTime() / minute + zoneOffset(zone, at)) / 1440);

/** The instant of a local day and minute; where the clocks are put forward over it, the moment of the change. */
export function instantAt(zone: string, day: number, minuteOfDay: number): Date {
  const local = (day * 1440 + minuteOfDay) * minute;
  const guess = local - zoneOffset(zone, new Date(local)) * minute;
  return new Date(local - zoneOffset(zone, new Date(guess)) * minute);
}

/** 0 = Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** `2026-10-01` as a local day; null where there is no such date. */
export function dayNumber(date: string): number | null {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? null : at / 86_400_000;
}

export const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The first moment of `2026-10-01` in a zone; null where there is no such date. */
export function zoneMidnight(zone: string, date: string): Date | null {
  const day = dayNumber(date);
  return day === null ? null : instantAt(zone, day, 0);
}
