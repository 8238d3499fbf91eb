import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../platform/transaction.ts';
import { api, type House, openHouse } from '../testing/program.ts';
import { loadDuty } from './duty.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

test('each level names its officer now, nobody beyond a limit, and the two open nights of the week are found', async () => {
  await inTransaction(house.program.desk.pool, (tx) => loadDuty(tx, house.clock.now()));
  const reader = await house.as('sup01');
  const now = await reader.do(api.duty.now, {});
  const named = now.posts.filter((post) => post.now !== null);
  for (const kind of ['group', 'unit', 'site'])
    expect(named.filter((post) => house.dir.nodes.get(post.nodeId)!.kind === kind).length, kind).toBeGreaterThan(0);
  expect(now.posts.filter((post) => post.required && post.now === null)).toEqual([]);
  expect(now.posts.filter((post) => post.unhanded !== null)).toEqual([]);
  // Nights are asked for in the stages of closed sites alone: today nothing is open, in such a stage U06 has two holes.
  expect(now.gaps).toEqual([]);
  const { look } = await reader.do(api.stages.preview, { nodeId: house.dir.groupNode.id, toCode: 'S2' });
  const open = look.units.flatMap((unit) => unit.missing.filter((one) => one.key === 'duty').map(() => unit.unitId));
  expect(open).toEqual([house.unit('U06'), house.unit('U06')]);
  for (const nodeId of [house.dir.groupNode.id, house.unit('U04'), house.site('U04-01')])
    expect((await reader.do(api.duty.week, { nodeId })).fatigue).toEqual([]);
});
