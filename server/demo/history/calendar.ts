/** The 135 days of the story: day −60 to day 75, counted from the day the group enters closed loop. */
import {
  addWorking,
  calendarFor,
  type Priority,
  type Timetable,
  type Calendar as WorkingCalendar,
} from '../../modules/clocks/index.ts';
import { dayZero } from '../organization.ts';
import type { World } from '../world.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const firstDay = -60;
export const lastDay = 75;

export interface Calendar {
  now: number;
  d0: number;
  zone: string;
  table: Timetable;
  /** Day of the story, with its fraction. */
  dayOf(ms: number): number;
  stageAt(ms: number): { code: string; workingTime: boolean };
  /** The moment `minutes` after `from`, counted in working time where the stage and the priority say so. */
  after(from: number, minutes: number, priority: string): number;
  /** The calendar by which the clocks of a need run. */
  workingOf(r: { priority: string; submitted_at: Date; unit_id: number | null }): WorkingCalendar;
  /** Hour of the day in Shanghai. */
  hourOf(ms: number): number;
}

export function calendarOf(world: World, table: Timetable, now: Date): Calendar {
  const d0 = dayZero(now).getTime();
  const zone = world.group.timezone;
  const timeline = world.generator.timeline;
  const dayOf = (ms: number): number => (ms - d0) / day;
  const stageAt = (ms: number): { code: string; workingTime: boolean } => {
    const stage = timeline.filter((one) => one.from <= dayOf(ms)).at(-1)!.stage;
    return { code: stage, workingTime: ['S0', 'S4'].includes(stage) };
  };
  return {
    now: now.getTime(),
    d0,
    zone,
    table,
    dayOf,
    stageAt,
    after(from, minutes, priority) {
      const one = { priority: priority as Priority, stage: stageAt(from), unitId: null };
      const at = new Date(from);
      return addWorking(at, minutes, calendarFor(table, zone, one, at)).getTime();
    },
    workingOf({ priority, submitted_at: at, unit_id: unitId }) {
      const one = { priority: priority as Priority, stage: stageAt(at.getTime()), unitId };
      return calendarFor(table, zone, one, at);
    },
    hourOf: (ms) => (((ms / hour + 8) % 24) + 24) % 24,
  };
}
