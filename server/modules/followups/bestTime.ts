/**
 * When to ring somebody, and how that is known (domain 3.2). Pure; hours of the group's day. Two hours at most, so that
 * "now" means something; nobody is rung outside 7 to 21 o'clock unless they asked for it.
 */
export interface Known {
  /** Local time of the appointment, as HH:MM. */
  appointment: string | null;
  /** Hours at which this very person answered before, the latest first. */
  answered: readonly number[];
  /** By hour, how often the telephone was answered at this site, and how often not: its shifts, as they show. */
  site: readonly { hour: number; answered: number; failed: number }[];
  /** Hour at which the person wrote or rang themselves; null where somebody registered it for them. */
  wroteAt: number | null;
}

export interface BestTime {
  from: string;
  to: string;
  why: 'appointment' | 'answered_before' | 'site_pattern' | 'wrote_then' | 'usual';
  n: number;
  now: boolean;
}

const earliest = 7;
const latest = 21;
/** Calls of a site below which its hours say nothing. */
const leastOfSite = 20;
const leastOfWindow = 8;

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const windows = Array.from({ length: latest - earliest - 1 }, (_, i) => earliest + i);

/** @param now local time as HH:MM */
export function bestTime(known: Known, now: string): BestTime {
  const between = (from: string, to: string): boolean => from <= now && now < to;
  if (known.appointment !== null)
    return { from: known.appointment, to: known.appointment, why: 'appointment', n: 0, now: now >= known.appointment };
  const at = (from: number, why: BestTime['why'], n: number, length = 2): BestTime => {
    const to = Math.min(from + length, latest);
    return { from: clock(from), to: clock(to), why, n, now: between(clock(from), clock(to)) };
  };
  const own = bestWindow((from) => known.answered.filter((hour) => hour === from || hour === from + 1).length);
  if (own !== null) return at(own, 'answered_before', known.answered.length);
  const tried = known.site.reduce((sum, row) => sum + row.answered + row.failed, 0);
  if (tried >= leastOfSite) {
    const site = bestWindow((from) => {
      const rows = known.site.filter(({ hour }) => hour === from || hour === from + 1);
      const answered = rows.reduce((sum, row) => sum + row.answered, 0);
      const calls = answered + rows.reduce((sum, row) => sum + row.failed, 0);
      // One lucky call is no pattern: each window is thought to begin with one answered of two.
      return calls < leastOfWindow ? 0 : (answered + 1) / (calls + 2);
    });
    if (site !== null) return at(site, 'site_pattern', tried);
  }
  if (known.wroteAt === null) return at(9, 'usual', 0, 11);
  // Who writes in the night works then and sleeps in the morning.
  if (known.wroteAt < earliest - 1 || known.wroteAt >= latest) return at(15, 'wrote_then', 0, 3);
  return at(Math.min(Math.max(known.wroteAt, earliest), latest - 2), 'wrote_then', 0);
}

/** The first window with the most; null where none has any. */
function bestWindow(worth: (from: number) => number): number | null {
  let best: number | null = null;
  let most = 0;
  for (const from of windows) {
    const value = worth(from);
    if (value > most) [best, most] = [from, value];
  }
  return best;
}
