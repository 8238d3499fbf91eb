import {
  type LineClass,
  lineClasses,
  type MemberLevel,
  type MovementDirection,
  type TeamFault,
} from '../../../contract/tasks.ts';

/** The joint team of a hard problem and its weeks. Pure. */
export interface TeamMember {
  level: MemberLevel;
  lineClass: LineClass | null;
  leads: boolean;
}

/** What a joint team still lacks: people of at least two levels, somebody who leads, one of each required class. */
export function teamLacks(members: readonly TeamMember[], required: readonly LineClass[]): TeamFault[] {
  const classes = new Set(members.map((one) => one.lineClass));
  return [
    ...(new Set(members.map((one) => one.level)).size < 2 ? (['two_levels'] as const) : []),
    ...(members.some((one) => one.leads) ? [] : (['no_leader'] as const)),
    ...lineClasses.filter((one) => required.includes(one) && !classes.has(one)),
  ];
}

const dayMs = 86_400_000;

/** Monday of the week of this moment, as yyyy-mm-dd. @param offsetMinutes of the group's zone at that moment */
export function weekOf(at: Date, offsetMinutes: number): string {
  const local = new Date(at.getTime() + offsetMinutes * 60_000);
  const sinceMonday = (local.getUTCDay() + 6) % 7;
  return new Date(local.getTime() - sinceMonday * dayMs).toISOString().slice(0, 10);
}

export const weekAfter = (week: string, weeks: number): string =>
  new Date(Date.parse(`${week}T00:00:00Z`) + weeks * 7 * dayMs).toISOString().slice(0, 10);

export interface Week<Entry> {
  week: string;
  /** The last entry of the week counts; null = no movement recorded, never "the same". */
  direction: MovementDirection | null;
  entries: Entry[];
}

/** Every week from the first to the last, those without a word too; the latest first. */
export function weeksOf<Entry extends { week: string; direction: string }>(
  first: string,
  last: string,
  entries: readonly Entry[],
): Week<Entry>[] {
  const weeks: Week<Entry>[] = [];
  for (let week = last; week >= first; week = weekAfter(week, -1)) {
    const own = entries.filter((one) => one.week === week);
    weeks.push({ week, direction: (own.at(-1)?.direction as MovementDirection | undefined) ?? null, entries: own });
  }
  return weeks;
}
