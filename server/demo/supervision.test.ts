import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, type House, openHouse } from '../testing/program.ts';
import { playSupervision } from './supervision.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await playSupervision(house.program.pool, house.clock.now());
});
afterAll(() => house.stop());

test('ST05: the crowded dormitory turned blue, then red, became a hard problem and was solved by moving 24 beds', async () => {
  const leader = await house.as('lead00');
  const { rows } = await leader.do(api.tasks.list, { view: 'closed', limit: 200 });
  const row = rows.find((one) => one.title?.includes('U09-07'))!;
  const task = await leader.do(api.tasks.task, { id: row.id });
  expect(task.slips.map((slip) => slip.colour)).toEqual(['blue', 'red']);
  expect([task.state, task.onTime, task.tellings.length > 2]).toEqual(['accepted', false, true]);
  const problem = await leader.do(api.tasks.problem, { id: task.problems[0]!.id });
  expect([problem.state, problem.closedBy]).toEqual(['closed', '集团分管领导']);
  expect(problem.weeks.map((week) => week.direction)).toContain(null);
  expect(problem.weeks.find((week) => week.direction !== null)?.direction).toBe('better');
  expect(problem.entries.at(-1)?.text).toContain('24 张床');
});

test('of two directives one paragraph leads nowhere, and every figure opens to its records', async () => {
  const { rows } = await (await house.as('lead00')).do(api.tasks.directives, {});
  expect(rows.map((row) => [row.paragraphs, row.unmapped])).toEqual([
    [3, 1],
    [3, 0],
  ]);
  expect(rows.every((row) => row.firstActionSeconds !== null)).toBe(true);
});

test('there is work for each of those who meet it: to do, to accept, blue, red and a team that lacks somebody', async () => {
  const waiting = async (login: string, view: 'mine' | 'to_accept' | 'overdue'): Promise<number> =>
    (await (await house.as(login)).do(api.tasks.list, { view })).rows.length;
  expect(await waiting('u04-l11', 'mine')).toBeGreaterThan(0);
  expect(await waiting('hand10', 'mine')).toBeGreaterThan(0);
  const { rows } = await (await house.as('lead00')).do(api.tasks.list, { view: 'open', limit: 200 });
  expect(new Set(rows.map((row) => row.colour))).toContain('blue');
  const problems = (await (await house.as('lead00')).do(api.tasks.problems, {})).rows;
  expect(problems.some((one) => one.lacks.includes('party') && one.overdueReturns === 1)).toBe(true);
});

test('numbers run without a gap through the story', async () => {
  const rows = await house.sql<{ year: string; n: number }>(
    `select substring(number from '〔(\\d+)〕') as year, substring(number from '〕(\\d+)号')::int as n from tasks.task`,
  );
  for (const year of new Set(rows.map((row) => row.year))) {
    const own = rows.filter((row) => row.year === year).map((row) => row.n);
    expect(own.sort((a, b) => a - b)).toEqual(own.map((_, i) => i + 1));
  }
});
