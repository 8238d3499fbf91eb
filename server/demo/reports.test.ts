import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../platform/transaction.ts';
import { rootFolder } from '../testing/database.ts';
import { api, day, type House, hour, openHouse } from '../testing/program.ts';
import { loadReports } from './reports.ts';
import { readWorld } from './world.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

/** Midnight in the group's zone, some days from now. */
const midnight = (days: number): number => Math.floor((Date.now() + 8 * hour) / day) * day - 8 * hour + days * day;

test.each([
  ['before anybody is at work', 1, 5],
  ['in the morning', 2, 9.5],
  ['half an hour after it is due', 3, 17.5],
  ['late in the evening', 4, 23.5],
])('today’s reports are as far as the day is: %s', async (_, ahead, at) => {
  const now = new Date(midnight(ahead) + at * hour);
  const world = await readWorld(rootFolder);
  // The last of the 135 days alone.
  world.generator.timeline = [{ from: 75, stage: world.generator.timeline.at(-1)!.stage }];
  await inTransaction(house.program.desk.pool, (tx) => loadReports(tx, world, now));
  house.clock.set(now);
  const { all, rows } = await (await house.as('sup01')).do(api.reports.day, { form: 'site_daily' });
  expect(all.expected).toBe(120);
  expect(rows.find((row) => row.nodeId === house.site('U04-01'))!.state).toBe('open');
  if (at < 17) {
    expect([all.silent, all.late]).toEqual([0, 0]);
    expect(all.waiting).toBeGreaterThan(80);
    return;
  }
  // A handful: the newcomer's own, the unit that lags, and whoever is still on the way.
  expect(all.silent).toBeGreaterThan(0);
  expect(all.silent).toBeLessThan(at > 20 ? 12 : 24);
  expect(all.onTime).toBeGreaterThan(90);
  if (at > 20) expect(all.late).toBeGreaterThan(0);
});
