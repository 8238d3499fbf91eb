/**
 * When a measure falls due. Pure: a frequency, the words of the line and the group's calendar give windows. The group's zone
 * is asked for its offset at each moment, so that a zone which changes its clocks would do too.
 */
export const rhythms = ['daily', 'per_shift', 'weekly', 'monthly', 'quarterly', 'yearly', 'once', 'per_event'] as const;
export type Rhythm = (typeof rhythms)[number];

const minute = 60_000;
const dayMs = 24 * 60 * minute;

/** Until when the day's work is shown, unless the line names an hour. */
const usualDueMinute = 20 * 60;
/** How long somebody has once it happened, unless the line says. */
const usualEventMinutes = 24 * 60;

/** Shifts of the group's day: day, evening, night. */
const shifts = [
  { code: 'N', from: 0, to: 8 * 60 },
  { code: 'D', from: 8 * 60, to: 16 * 60 },
  { code: 'E', from: 16 * 60, to: 24 * 60 },
] as const;

export interface Reading {
  rhythm: Rhythm;
  /** Minute of the day by which it is due. */
  dueMinute: number;
  /** Of `once` and `per_event` alone. */
  withinMinutes: number | null;
}

const units: Record<string, number> = { m: 1, h: 60, d: 24 * 60 };
const spokenUnits: Record<string, number> = { 分钟: 1, 分: 1, 小时: 60, 天: 24 * 60 };

/**
 * Reads a frequency (`daily`, `once+24h`, `once+15d`, `per_event`, `per_event+30m`) with the words of its line: "17:30 前"
 * and "30 分钟内" in them decide when it is due. An unknown word is taken as daily: rather too often than never.
 */
export function readFrequency(frequency: string, words: readonly string[]): Reading {
  const [, first = '', length, unit = ''] = /^([a-z_]+)(?:\+(\d+)([mhd]))?/.exec(frequency) ?? [];
  const rhythm = rhythms.find((one) => one === first) ?? 'daily';
  const text = words.join(' ');
  const hour = /(\d{1,2})[:：](\d{2})\s*前/.exec(text);
  const named = hour ? Number(hour[1]) * 60 + Number(hour[2]) : Number.NaN;
  const dueMinute = named > 0 && named <= 24 * 60 ? named : usualDueMinute;
  const said = length ? Number(length) * units[unit]! : null;
  if (rhythm === 'once') return { rhythm, dueMinute, withinMinutes: said ?? 24 * 60 };
  if (rhythm !== 'per_event') return { rhythm, dueMinute, withinMinutes: null };
  const within = /(\d+)\s*(分钟|分|小时|天)内/.exec(text);
  return {
    rhythm,
    dueMinute,
    withinMinutes: said ?? (within ? Number(within[1]) * spokenUnits[within[2]!]! : usualEventMinutes),
  };
}

/** Somebody has a fever or is not well: what is done then is red and within the hour. */
export function isFever(words: readonly string[], { rhythm, withinMinutes }: Reading): boolean {
  return rhythm === 'per_event' && (withinMinutes ?? 0) <= 60 && /发热|异常|不适|fever/i.test(words.join(' '));
}

export interface Window {
  rhythm: Rhythm;
  dueMinute: number;
  key: string;
  /** Group-local day of the due. */
  day: string;
  from: Date;
  to: Date;
  due: Date;
}

export interface Zone {
  /** Minutes by which local time is ahead of UTC at a moment. */
  offset(at: Date): number;
}

/** Group-local day of a moment. */
export const dayAt = (zone: Zone, at: Date): string =>
  new Date(at.getTime() + zone.offset(at) * minute).toISOString().slice(0, 10);

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The instant of a minute of a group-local day; 1440 is the next midnight. */
export function instantOf(zone: Zone, day: string, minutes: number): Date {
  const local = Date.parse(`${day}T00:00:00Z`) + minutes * minute;
  const guess = new Date(local - zone.offset(new Date(local)) * minute);
  return new Date(local - zone.offset(guess) * minute);
}

/** First and last day and the name of the week (Monday to Sunday), month, quarter or year a day lies in. */
function spanOf(rhythm: Rhythm, day: string): { first: string; last: string; key: string } {
  const at = new Date(`${day}T00:00:00Z`);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const monthsFrom = (start: number, months: number, key: string) => ({
    first: new Date(Date.UTC(year, start, 1)).toISOString().slice(0, 10),
    last: new Date(Date.UTC(year, start + months, 0)).toISOString().slice(0, 10),
    key,
  });
  switch (rhythm) {
    case 'weekly': {
      const first = dayAfter(day, -((at.getUTCDay() + 6) % 7));
      return { first, last: dayAfter(first, 6), key: `week ${first}` };
    }
    case 'monthly':
      return monthsFrom(month, 1, `month ${day.slice(0, 7)}`);
    case 'quarterly': {
      const quarter = Math.floor(month / 3);
      return monthsFrom(quarter * 3, 3, `quarter ${year}-${quarter + 1}`);
    }
    case 'yearly':
      return monthsFrom(0, 12, `year ${year}`);
    default:
      return { first: day, last: day, key: day };
  }
}

/**
 * The windows of a rhythm that touch these days, each once. `once` and `per_event` have none here: the one is due from the
 * moment its line comes into force, the other from the moment it happens.
 */
export function windowsOf(rhythm: Rhythm, dueMinute: number, days: readonly string[], zone: Zone): Window[] {
  if (rhythm === 'once' || rhythm === 'per_event') return [];
  const found = new Map<string, Window>();
  for (const day of days) {
    if (rhythm === 'per_shift') {
      for (const shift of shifts) {
        const key = `${day} ${shift.code}`;
        const to = instantOf(zone, day, shift.to);
        found.set(key, { rhythm, dueMinute, key, day, from: instantOf(zone, day, shift.from), to, due: to });
      }
      continue;
    }
    const { first, last, key } = spanOf(rhythm, day);
    found.set(key, {
      rhythm,
      dueMinute,
      key,
      day: last,
      from: instantOf(zone, first, 0),
      to: instantOf(zone, last, 24 * 60),
      due: instantOf(zone, last, dueMinute),
    });
  }
  return [...found.values()];
}
