import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TouchKind } from '../../../contract/outreach.ts';
import { api, day, type House, minute, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-03T01:00:00Z' });
});
afterAll(() => house.stop());

async function touched(login: string, siteId: number, kind: TouchKind): Promise<void> {
  const client = await house.as(login);
  const id = randomUUID();
  await client.do(api.outreach.begin, { id, siteId, kind });
  house.clock.forward(minute);
  await client.do(api.outreach.end, { id, topics: [house.category('A')], found: 'nothing' });
}
const told = async (login: string) =>
  (await (await house.as(login)).do(api.messages.inbox, { view: 'all' })).messages.filter(
    ({ kind }) => kind === 'outreach.late',
  );
const remind = () => house.timers.run('outreach.reminders');

test('a site officer is told once that the round of their site is late, and again after the next one is', async () => {
  const site = house.site('U04-01');
  await touched('site01', site, 'round');
  house.clock.forward(3 * day);
  await remind();
  expect(await told('site01')).toEqual([]);
  house.clock.forward(day);
  await remind();
  await remind();
  expect(await told('site01')).toMatchObject([
    { about: { kind: 'outreach', label: 'U04-01', route: '/outreach' }, values: { n: 1 }, level: 'info' },
  ]);
  house.clock.forward(day);
  await remind();
  expect(await told('site01')).toHaveLength(1);
  await touched('site01', site, 'round');
  house.clock.forward(4 * day);
  await remind();
  expect(await told('site01')).toHaveLength(2);
});

test('a liaison is told how many places of the unit are late; a small site is left out', async () => {
  const large = [...house.dir.nodes.values()].filter(
    (node) => node.kind === 'site' && house.dir.unitOf(node.id) === house.unit('U04') && (node.heads ?? 0) >= 30,
  );
  const places = large.slice(0, 2);
  for (const place of places) await touched('liai04', place.id, 'survey');
  const small = large[2]!;
  await touched('liai04', small.id, 'survey');
  small.heads = 12;
  house.clock.forward(15 * day);
  await remind();
  const counted = (await told('liai04'))[0];
  expect(counted).toMatchObject({ about: { label: 'U04' } });
  const late = await (await house.as('lead04')).do(api.outreach.late, {});
  const surveys = late.rows.filter((one) => one.kind === 'survey');
  expect(counted?.values.n).toBe(surveys.filter((one) => (house.dir.nodes.get(one.siteId)?.heads ?? 0) >= 30).length);
});
