import type { Words } from './words.ts';

const minute = 60_000;

function parts(at: Date, zone: string) {
  const found: Record<string, string> = {};
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  for (const part of format.formatToParts(at)) found[part.type] = part.value;
  return {
    day: Date.UTC(Number(found.year), Number(found.month) - 1, Number(found.day)) / (24 * 60 * minute),
    month: Number(found.month),
    date: Number(found.day),
    time: `${found.hour}:${found.minute}`,
  };
}

/** "今天 10:05", "昨天 07:28", "11月14日 09:00" in the group's time zone. */
export function dayTime(iso: string, now: Date, zone: string, words: Words): string {
  const at = parts(new Date(iso), zone);
  const days = at.day - parts(now, zone).day;
  const day =
    days === 0
      ? words.today
      : days === -1
        ? words.yesterday
        : days === 1
          ? words.tomorrow
          : words.monthDay(at.month, at.date);
  return `${day} ${at.time}`;
}

/** As `dayTime`, but only the clock where the day is today. */
export function shortTime(iso: string, now: Date, zone: string, words: Words): string {
  const at = parts(new Date(iso), zone);
  return at.day === parts(now, zone).day ? at.time : dayTime(iso, now, zone, words);
}

/** Two units at most: "1 天 10 小时", "1 小时 20 分", "35 分". Under a minute counts as one. */
export function span(ms: number, words: Words): string {
  const minutes = Math.max(1, Math.floor(Math.abs(ms) / minute));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  if (days > 0) return hours > 0 ? `${words.days(days)} ${words.hours(hours)}` : words.days(days);
  if (hours > 0) return rest > 0 ? `${words.hours(hours)} ${words.minutes(rest)}` : words.hours(hours);
  return words.minutes(rest);
}

export interface TimeLeft {
  text: string;
  tone: 'calm' | 'near' | 'over';
  /** Share of the time still left, 0–100, for the ring. */
  left: number;
}

/** Time left to `due` of a clock that started at `from`. The last fifth, and at most two hours, is "near". */
export function timeLeft(from: string, due: string, now: Date, words: Words): TimeLeft {
  const whole = Math.max(minute, Date.parse(due) - Date.parse(from));
  const ms = Date.parse(due) - now.getTime();
  if (ms < 0) return { text: words.over(span(ms, words)), tone: 'over', left: 100 };
  return {
    text: words.left(span(ms, words)),
    tone: ms <= Math.min(whole / 5, 120 * minute) ? 'near' : 'calm',
    left: Math.min(100, Math.round((ms / whole) * 100)),
  };
}

/** Keeps a figure and the Chinese word after it on one line: "3 号" is one thing. */
export function bound(text: string): string {
  return text.replace(/(\d) (?=\p{Script=Han})/gu, '$1\u00a0');
}
