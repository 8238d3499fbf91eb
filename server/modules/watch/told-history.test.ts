import { beforeAll, describe, expect, test } from 'vitest';
import { castOf } from '../../demo/history/cast.ts';
import { paperAccounts, paperDirectory, paperTimetable } from '../../demo/history/paper.ts';
import { sceneOf, simulate } from '../../demo/history/simulate.ts';
import { readWorld, type World } from '../../demo/world.ts';
import { rootFolder } from '../../testing/database.ts';
import { type Course, courseOf } from './courses.ts';
import { type PlaceWarmth, warmthOf } from './warmth.ts';
import { lastWhole, weekOf } from './weeks.ts';

const now = new Date('2026-11-25T15:30:00+08:00');
let world: World;
beforeAll(async () => {
  world = await readWorld(rootFolder);
});

/** What the computation says of every unit of a history told by chance of its own. */
function watched(seed: number): Map<string, PlaceWarmth> {
  const dir = paperDirectory(world);
  const told = simulate({
    ...sceneOf(world, dir, paperTimetable(world), castOf(dir, paperAccounts(world, dir)), now),
    seed,
  });
  const start = new Date(told.calendar.d0);
  const units = new Map<string, Map<number, Course[]>>();
  for (const { row, calls } of told.needs) {
    if (row.state === 'withdrawn' || row.submitted_at < start) continue;
    const course = courseOf(
      { ...row, unit_id: row.unit_id!, guarded: false, off_hours: false, employment: null },
      calls
        .filter((call) => call.row.kind === 'closure' && call.row.outcome !== 'cancelled')
        .map(({ row: call, answer }) => ({
          id: call.id,
          request_id: row.id,
          due_at: call.due_at,
          done_at: call.done_at,
          answered_at: answer?.at ?? null,
          attitude: answer?.attitude ?? null,
        })),
      now,
    );
    const unit = dir.nodes.get(row.unit_id!)!.code;
    const weeks = units.get(unit) ?? new Map<number, Course[]>();
    units.set(unit, weeks);
    const week = weekOf(start, row.submitted_at);
    weeks.set(week, [...(weeks.get(week) ?? []), course]);
  }
  return new Map([...units].map(([unit, weeks]) => [unit, warmthOf(weeks, lastWhole(start, now))]));
}

// The story of the demo world: from day 10 the attitude of U09 falls week by week, and is repaired on day 35.
describe.each([20220526, 41])('told by chance %i', (seed) => {
  test('the attitude of U09 is found in the fourth or fifth week, and is back a fortnight after it was repaired', () => {
    const { drifts } = watched(seed).get('U09')!;
    const attitude = drifts.filter(({ measure, outside, byFifth }) => measure === 'attitude' && (outside || byFifth));
    expect(attitude.length).toBeGreaterThan(0);
    expect(attitude.every(({ week }) => week === 4 || week === 5 || week === 6)).toBe(true);
    expect(attitude.every(({ grey, n }) => !grey && n >= 30)).toBe(true);
    const worst = Math.min(...attitude.map(({ value }) => value));
    expect(attitude[0]!.baseValue - worst).toBeGreaterThan(0.12);
  });
});
