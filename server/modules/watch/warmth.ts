import { type WarmthMeasure, warmthMeasures } from '../../../contract/watch.ts';
import type { Course } from './courses.ts';
import { type Drift, driftOf, figureIn, hidden, mean, variance, type Window } from './drifting.ts';
import { quantileOf, z95 } from './quantiles.ts';
import type { WeeklyRecord } from './queries.ts';

/** Weekly figures of one place from its courses, and whether it has grown colder since its first two weeks. Pure. */
export type WarmthFigure = Omit<WeeklyRecord, 'node_id' | 'line_id'> & { measure: WarmthMeasure };

const quantiles = { contact: 0.5, contact_slowest: 0.9, handling: 0.5, handling_slowest: 0.9 } as const;
const clockOf = (measure: WarmthMeasure): 'contact' | 'handling' =>
  measure.startsWith('contact') ? 'contact' : 'handling';
const isTime = (measure: WarmthMeasure): measure is keyof typeof quantiles => measure in quantiles;

/** Whether a need is counted by a measure. */
export const countsIn = (measure: WarmthMeasure, course: Course): boolean =>
  isTime(measure) || (measure === 'attitude' ? course.attitude !== null : course.due > 0);

export function windowOf(measure: WarmthMeasure, courses: readonly Course[]): Window {
  if (isTime(measure))
    return { kind: 'times', q: quantiles[measure], durations: courses.map((one) => one[clockOf(measure)]) };
  if (measure === 'attitude') return { kind: 'marks', marks: courses.flatMap(({ attitude }) => attitude ?? []) };
  return {
    kind: 'share',
    done: courses.reduce((sum, { reached }) => sum + reached, 0),
    due: courses.reduce((sum, { due }) => sum + due, 0),
  };
}

/** Wilson's interval of a share, in per cent (domain 4.1, 4). */
export function wilson(k: number, n: number): { low: number; high: number } {
  const p = k / n;
  const wide = 1 + z95 ** 2 / n;
  const centre = (p + z95 ** 2 / (2 * n)) / wide;
  const half = (z95 / wide) * Math.sqrt((p * (1 - p)) / n + z95 ** 2 / (4 * n * n));
  return { low: 100 * Math.max(0, centre - half), high: 100 * Math.min(1, centre + half) };
}

function intervalOf(window: Window): { low: number | null; high: number | null } {
  if (window.kind === 'times') return quantileOf(window.durations, window.q) ?? { low: null, high: null };
  if (window.kind === 'share') return wilson(window.done, window.due);
  const half = z95 * Math.sqrt(variance(window.marks) / window.marks.length);
  const centre = mean(window.marks);
  return { low: Math.max(1, centre - half), high: Math.min(5, centre + half) };
}

const sizeOf = (window: Window): number =>
  window.kind === 'times' ? window.durations.length : window.kind === 'marks' ? window.marks.length : window.due;

/** @param over the week has ended */
export function figureOf(
  week: number,
  measure: WarmthMeasure,
  courses: readonly Course[],
  over: boolean,
): WarmthFigure {
  const counted = courses.filter((course) => countsIn(measure, course));
  const window = windowOf(measure, counted);
  const n = sizeOf(window);
  const tellable = n >= hidden;
  const minutes = counted.map((one) => (clockOf(measure) === 'contact' ? one.contactMinutes : one.handlingMinutes));
  const { low, high } = tellable ? intervalOf(window) : { low: null, high: null };
  return {
    week,
    measure,
    n: tellable || !counted.some(({ row }) => row.guarded) ? n : null,
    open: tellable && window.kind === 'times' ? window.durations.filter(({ open }) => open).length : 0,
    value: tellable ? figureIn(window) : null,
    low,
    high,
    minutes: tellable && isTime(measure) ? (quantileOf(minutes, quantiles[measure])?.value ?? null) : null,
    provisional: !over || courses.some(({ unfinished }) => unfinished),
  };
}

export interface PlaceWarmth {
  figures: WarmthFigure[];
  drifts: (Drift & { week: number; measure: WarmthMeasure })[];
}

/**
 * Everything about one place.
 * @param byWeek its courses by week of the campaign
 * @param whole the last week that is over: what runs is shown and not judged
 */
export function warmthOf(byWeek: ReadonlyMap<number, readonly Course[]>, whole: number): PlaceWarmth {
  const place: PlaceWarmth = { figures: [], drifts: [] };
  const of = (...weeks: number[]): Course[] => weeks.flatMap((week) => byWeek.get(week) ?? []);
  for (const measure of warmthMeasures) {
    const base = windowOf(measure, of(1, 2));
    for (let week = 1; week <= whole + 1; week++) {
      const courses = of(week);
      if (courses.length > 0) place.figures.push(figureOf(week, measure, courses, week <= whole));
      if (week < 4 || week > whole) continue;
      const drift = driftOf(base, windowOf(measure, of(week - 1, week)));
      if (drift) place.drifts.push({ ...drift, week, measure });
    }
  }
  return place;
}
