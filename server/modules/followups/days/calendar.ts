/** Days as the group counts them. */
import { zoneOffset } from '../../requests/index.ts';

export const hour = 3_600_000;
const dayMs = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The group's calendar day of a moment, as YYYY-MM-DD. */
export function dayIn(zone: string): (at: Date) => string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
    formats.set(zone, format);
  }
  return format.format;
}

/** The moment a day begins. */
export function startOf(zone: string, day: string): Date {
  const utc = Date.parse(`${day}T00:00:00Z`);
  return new Date(utc - zoneOffset(zone, new Date(utc)) * 60_000);
}

export const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

export const endOf = (zone: string, day: string): Date => startOf(zone, dayAfter(day));

export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
