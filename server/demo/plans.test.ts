import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../platform/transaction.ts';
import { rootFolder } from '../testing/database.ts';
import { api, type House, openHouse } from '../testing/program.ts';
import { loadPlans } from './plans.ts';
import { readWorld } from './world.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const world = await readWorld(rootFolder);
  await inTransaction(house.program.pool, (tx) => loadPlans(tx, world, house.clock.now()));
}, 180_000);
afterAll(() => house.stop());

test('the stage in force has a strategy, ten unit plans and 120 sets in force; nobody signed two steps', async () => {
  const support = await house.as('sup01');
  const { covered, sites, rows } = await support.do(api.plans.coverage, {});
  expect([covered, sites]).toEqual([120, 120]);
  expect(rows.every((row) => row.unitPlan === 'covered')).toBe(true);
  const [count] = await house.sql<{ n: string }>(
    `select count(*) as n from plans.plan where kind = 'strategy' and state = 'in_force'`,
  );
  expect(Number(count!.n)).toBe(1);
});

test('S2 came back within 24 hours, and the set U09-08 had copied was replaced by one of its own', async () => {
  const sets = await house.sql<{ version_no: number; copied: boolean; state: string; hours: number }>(
    `select p.version_no, p.copied, p.state, extract(epoch from p.in_force_from - s.from_at) / 3600 as hours
     from plans.plan p join stages.period s on s.stage_code = 'S2'
     where p.stage_code = 'S2' and p.site_id = $1 order by p.version_no`,
    [house.site('U09-08')],
  );
  expect(sets.map((one) => one.copied)).toEqual([true, false]);
  const [last] = await house.sql<{ hours: number }>(
    `select extract(epoch from max(p.in_force_from) - min(s.from_at)) / 3600 as hours
     from plans.plan p join stages.period s on s.stage_code = 'S2' where p.stage_code = 'S2' and p.kind = 'site_set'`,
  );
  expect(Number(last!.hours)).toBeGreaterThan(20);
  expect(Number(last!.hours)).toBeLessThan(24);
});

test('whoever a plan waits for finds it, and a change made eight days ago waits to be looked back upon', async () => {
  const leader = await house.as('lead04');
  const { rows } = await leader.do(api.plans.list, { view: 'mine' });
  expect(rows.filter((row) => row.next === 'approved').every((row) => row.waitsSince !== null)).toBe(true);
  const change = rows.find((row) => row.next === 'effect')!;
  expect(change.siteId).toBe(house.site('U04-06'));
  expect((await leader.do(api.plans.plan, { id: change.id })).aim).toMatchObject({ before: 25, target: 10 });
});

test('everybody has something to sign for the next stage, and the sets are complete', async () => {
  for (const [login, least] of [
    ['lead04', 1],
    ['lead00', 1],
  ] as const) {
    const client = await house.as(login);
    const { rows } = await client.do(api.plans.list, { stage: 'S1', view: 'mine' });
    expect([login, rows.length >= least]).toEqual([login, true]);
    for (const row of rows.slice(0, 2)) expect((await client.do(api.plans.plan, { id: row.id })).faults).toEqual([]);
  }
});
