import { useContext, useMemo } from 'react';
import { now } from './now.ts';
import { TimezoneContext } from './timezone.ts';
import { type Locale, useLocale } from './words.ts';

export interface Format {
  /** As short as it stays clear: 10:42 today, 昨 16:20 yesterday, 3-14 16:20 before. */
  moment(iso: string): string;
  /** The day only: 今天, 昨天, 3-14. */
  day(iso: string): string;
  /** A day of the group's calendar, `2026-03-14`, as `day` says it. */
  date(day: string): string;
  /** Hour and minute, 10:42. */
  clock(iso: string | number): string;
  clockWithSeconds(at: number): string;
  /** Full date and time, for titles and documents. */
  full(iso: string): string;
  /** A length of time in words: 1 时 28 分. */
  span(ms: number): string;
  /** Minutes of working time: hours however many, never days, for a working day is not one. */
  hours(minutes: number): string;
  count(n: number): string;
  /** A share as people of the language write it, 37.5 % or 37.5%. @param places decimal places at most */
  percent(share: number, places?: number): string;
  /** In the quotation marks of the reader's language: those of Chinese are a whole character wide. */
  quoted(text: string): string;
  /** `2026-03-15T10:42` in the group's time zone, for a date-time field. */
  local(at: number): string;
  /** The instant of a date-time field read in the group's time zone, as ISO. */
  instant(local: string): string;
}

const pad = (n: number) => String(n).padStart(2, '0');

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

function partsIn(timezone: string): (at: number) => Parts {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of formatter.formatToParts(at))
      if (type in parts) parts[type as keyof Parts] = Number(value);
    return parts;
  };
}

function spanIn(language: Locale): (ms: number) => string {
  return (ms) => {
    const minutes = Math.max(0, Math.round(ms / 60_000));
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    const left = minutes % 60;
    const [d, h, m] = language === 'en' ? ['d', 'h', 'm'] : ['天', '时', '分'];
    if (days >= 3) return `${days} ${d}`;
    if (days > 0) return hours > 0 ? `${days} ${d} ${hours} ${h}` : `${days} ${d}`;
    if (hours > 0) return left > 0 ? `${hours} ${h} ${left} ${m}` : `${hours} ${h}`;
    return `${left} ${m}`;
  };
}

function formatIn(language: Locale, timezone: string): Format {
  const parts = partsIn(timezone);
  const asUtc = (p: Parts) => Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second);
  const dayNumber = (p: Parts) => Math.floor(Date.UTC(p.year, p.month - 1, p.day) / 86_400_000);
  const en = language === 'en';
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const date = (p: Parts, today: Parts) => {
    const short = en ? `${p.day} ${months[p.month - 1]}` : `${p.month}-${p.day}`;
    if (p.year === today.year) return short;
    return en ? `${short} ${p.year}` : `${p.year}-${short}`;
  };
  const time = (p: Parts) => `${pad(p.hour)}:${pad(p.minute)}`;
  const numbers = new Intl.NumberFormat(language);
  const relative: Record<number, [long: string, short: string]> = en
    ? { 0: ['today', ''], [-1]: ['yesterday', 'yest.'], 1: ['tomorrow', 'tom.'] }
    : { 0: ['今天', ''], [-1]: ['昨天', '昨'], 1: ['明天', '明'] };
  return {
    moment(iso) {
      const p = parts(Date.parse(iso));
      const today = parts(now());
      const words = relative[dayNumber(p) - dayNumber(today)];
      if (!words) return `${date(p, today)} ${time(p)}`;
      return words[1] ? `${words[1]} ${time(p)}` : time(p);
    },
    day(iso) {
      const p = parts(Date.parse(iso));
      const today = parts(now());
      return relative[dayNumber(p) - dayNumber(today)]?.[0] ?? date(p, today);
    },
    date(day) {
      const [year = 0, month = 0, ofMonth = 0] = day.split('-').map(Number);
      const p = { year, month, day: ofMonth, hour: 0, minute: 0, second: 0 };
      const today = parts(now());
      return relative[dayNumber(p) - dayNumber(today)]?.[0] ?? date(p, today);
    },
    clock: (at) => time(parts(typeof at === 'string' ? Date.parse(at) : at)),
    clockWithSeconds(at) {
      const p = parts(at);
      return `${time(p)}:${pad(p.second)}`;
    },
    full(iso) {
      const p = parts(Date.parse(iso));
      return `${p.year}-${pad(p.month)}-${pad(p.day)} ${time(p)}`;
    },
    span: spanIn(language),
    hours(minutes) {
      const [h, m] = en ? ['h', 'm'] : ['时', '分'];
      const whole = Math.floor(minutes / 60);
      const left = Math.round(minutes % 60);
      return [whole > 0 && `${whole} ${h}`, (left > 0 || whole === 0) && `${left} ${m}`].filter(Boolean).join(' ');
    },
    count: (n) => numbers.format(n),
    percent: (share, places = 0) => `${Math.round(share * 100 * 10 ** places) / 10 ** places}${en ? '\u00a0%' : '%'}`,
    quoted: (text) => (en ? `"${text}"` : `“${text}”`),
    local(at) {
      const p = parts(at);
      return `${p.year}-${pad(p.month)}-${pad(p.day)}T${time(p)}`;
    },
    instant(local) {
      const wanted = Date.parse(`${local}:00Z`);
      const offset = asUtc(parts(wanted)) - wanted;
      // Asked once more at the result, which settles the hour in which a zone changes its clocks.
      const settled = asUtc(parts(wanted - offset)) - (wanted - offset);
      return new Date(wanted - settled).toISOString();
    },
  };
}

/** Times in the group's time zone, in the reader's language. */
export function useFormat(): Format {
  const language = useLocale();
  const timezone = useContext(TimezoneContext);
  return useMemo(() => formatIn(language, timezone), [language, timezone]);
}
