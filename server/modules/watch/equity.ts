import { type EquityMeasure, type EquityPair, equityMeasures, equityPairs } from '../../../contract/watch.ts';
import type { Directory } from '../organization/index.ts';
import type { Course } from './courses.ts';
import { hidden, mean } from './drifting.ts';
import { type Gap, hodgesLehmann, likeMeans, likeShares, newcombe, ofMeans, type Share } from './gaps.ts';
import { quantileOf } from './quantiles.ts';
import type { GapRecord } from './queries.ts';

/** The same for everybody (一视同仁, domain row 54): gaps between groups of people, over the four weeks to a week's end. Pure. */

export const weeksTogether = 4;
/** A site with fewer people than this is a small one. */
const smallBelow = 100;

/** `null`: in neither group, because nothing tells which. */
export function sideOf(pair: EquityPair, { row }: Course, dir: Directory): 'first' | 'other' | null {
  if (pair === 'hours') return row.off_hours ? 'first' : 'other';
  if (pair === 'employment') return row.employment && (row.employment === 'contractor' ? 'first' : 'other');
  const heads = row.site_id === null ? null : (dir.nodes.get(row.site_id)?.heads ?? null);
  return heads === null ? null : heads < smallBelow ? 'first' : 'other';
}

/** Whether a need is counted by a measure at all; only those whose clock has run out by `asOf` are due. */
export function isCounted(measure: EquityMeasure, course: Course, asOf: Date): boolean {
  if (measure === 'attitude') return course.attitude !== null;
  if (measure === 'solved') return course.heard;
  return (measure === 'on_time' ? course.row.resolve_due : course.row.contact_due) <= asOf;
}

/** Whether a need that is counted speaks for the side: answered in time, handled in time and confirmed, solved. */
export function isGood(measure: EquityMeasure, { row }: Course, asOf: Date): boolean {
  const confirmed = row.state === 'resolved_confirmed';
  if (measure === 'response') return row.contacted_at !== null && row.contacted_at <= row.contact_due;
  if (measure === 'on_time')
    return confirmed && row.handled_at !== null && row.handled_at <= row.resolve_due && row.handled_at <= asOf;
  return confirmed;
}

/** What the gaps hold of one pair and measure; the place and the week stand beside it there. */
export type EquityFigure = Omit<GapRecord, 'node_id' | 'week'> & { pair: EquityPair; measure: EquityMeasure };

interface Sides {
  first: Course[];
  other: Course[];
}

function compared(
  measure: EquityMeasure,
  sides: Sides,
  asOf: Date,
): { values: [number | null, number | null]; gap: Gap; like: Gap | null } {
  const strata = new Map<string, Sides>();
  for (const side of ['first', 'other'] as const)
    for (const course of sides[side]) {
      const key = `${course.row.first_category_id}/${course.row.priority}`;
      const stratum = strata.get(key) ?? { first: [], other: [] };
      strata.set(key, stratum);
      stratum[side].push(course);
    }
  const like = <T>(of: (courses: readonly Course[]) => T): { first: T; other: T }[] =>
    [...strata.values()].map(({ first, other }) => ({ first: of(first), other: of(other) }));
  if (measure === 'time') {
    const times = (courses: Course[]): number[] => courses.map(({ contact }) => contact.time);
    const middle = (courses: Course[]): number | null =>
      quantileOf(
        courses.map(({ contact }) => contact),
        0.5,
      )?.value ?? null;
    // Measured against each one's own clock, urgent and ordinary cases are alike already.
    return {
      values: [middle(sides.first), middle(sides.other)],
      gap: hodgesLehmann(times(sides.first), times(sides.other)),
      like: null,
    };
  }
  if (measure === 'attitude') {
    const marks = (courses: readonly Course[]): number[] => courses.flatMap(({ attitude }) => attitude ?? []);
    const [first, other] = [marks(sides.first), marks(sides.other)];
    return { values: [mean(first), mean(other)], gap: ofMeans(first, other), like: likeMeans(like(marks)) };
  }
  const share = (courses: readonly Course[]): Share => ({
    k: courses.filter((course) => isGood(measure, course, asOf)).length,
    n: courses.length,
  });
  const [first, other] = [share(sides.first), share(sides.other)];
  return {
    values: [(100 * first.k) / first.n, (100 * other.k) / other.n],
    gap: newcombe(first, other),
    like: likeShares(like(share)),
  };
}

/** Every pair and measure of one place over some weeks. */
export function equityOf(courses: readonly Course[], dir: Directory, asOf: Date): EquityFigure[] {
  return equityPairs.flatMap((pair) =>
    equityMeasures.map((measure): EquityFigure => {
      const counted = courses.filter((course) => isCounted(measure, course, asOf));
      const sides: Sides = { first: [], other: [] };
      for (const course of counted) {
        const side = sideOf(pair, course, dir);
        if (side) sides[side].push(course);
      }
      const nOf = (side: Course[]): number | null =>
        side.length >= hidden || !side.some(({ row }) => row.guarded) ? side.length : null;
      const tellable = sides.first.length >= hidden && sides.other.length >= hidden;
      const found = tellable ? compared(measure, sides, asOf) : null;
      return {
        pair,
        measure,
        first_n: nOf(sides.first),
        other_n: nOf(sides.other),
        first_value: found?.values[0] ?? null,
        other_value: found?.values[1] ?? null,
        gap: found?.gap.gap ?? null,
        low: found?.gap.low ?? null,
        high: found?.gap.high ?? null,
        like_gap: found?.like?.gap ?? null,
        like_low: found?.like?.low ?? null,
        like_high: found?.like?.high ?? null,
      };
    }),
  );
}
