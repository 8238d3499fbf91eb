import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HoursCode } from '../../../contract/duty.ts';
import { api, day, type House, hour, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  // 08:00 of Monday 2026-03-02 in the group's zone; the group is in S2 throughout.
  house = await openHouse({ at: '2026-03-02T00:00:00Z' });
  await house.sql(`delete from stages.period`);
  await house.sql(
    `insert into stages.period (id, node_id, stage_code, from_at, basis) select gen_random_uuid(), id, 'S2', '2026-01-01', 'test' from organization.node where kind = 'group'`,
  );
});
afterAll(() => house.stop());

const accountOf = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>(`select id from access.account where login = $1`, [login]))[0]!.id;

async function post(nodeId: number, zh: string, hours: HoursCode[], by: string, stages: string[]): Promise<string> {
  const id = randomUUID();
  await (await house.as(by)).do(api.duty.savePost, {
    id,
    version: null,
    nodeId,
    lineId: null,
    zh,
    en: zh,
    hours,
    standby: hours.includes('H'),
    stages,
    phone: '8100',
  });
  return id;
}
const dayOf = (n: number): string => new Date(Date.parse('2026-03-02') + n * day).toISOString().slice(0, 10);
/** Names these people in turn, day after day. */
async function planned(postId: string, hours: HoursCode[], logins: string[], days: number[], by: string) {
  const entries = [];
  for (const n of days)
    for (const code of hours)
      entries.push({
        id: randomUUID(),
        postId,
        day: dayOf(n),
        hours: code,
        accountId: await accountOf(logins[entries.length % logins.length]!),
      });
  await (await house.as(by)).do(api.duty.plan, { entries });
}
const group = () => house.dir.groupNode.id;

describe('one leadership, one coordination (row 23)', () => {
  test('one list names an officer for every hour at head office, in the unit and at the site, each with a number', async () => {
    const levels = [group(), house.unit('U04'), house.site('U04-01')];
    const all = ['S0', 'S1', 'S2', 'S3', 'S4'];
    const command = await post(group(), '指挥值班', ['N', 'D', 'E'], 'sup01', all);
    const unit = await post(house.unit('U04'), '行政值班', ['H'], 'lead04', all);
    const site = await post(house.site('U04-01'), '工地值班', ['H'], 'liai04', all);
    const team = ['disp01', 'disp00', 'hand10', 'hand11', 'sup01', 'sup02'];
    await planned(command, ['N', 'D', 'E'], team, [1, 2, 3], 'sup01');
    await planned(unit, ['H'], ['lead04', 'u04-deputy'], [0, 1, 2, 3], 'lead04');
    await planned(site, ['H'], ['site01'], [0, 1, 2, 3], 'liai04');
    const reader = await house.as('disp01');
    for (let h = 0; h < 48; h++) {
      house.clock.set(new Date(Date.parse('2026-03-02T16:00:00Z') + h * hour));
      const { posts } = await reader.do(api.duty.now, {});
      expect(
        posts.filter((one) => one.now !== null && one.phone !== null).map((one) => one.nodeId),
        `hour ${h}`,
      ).toEqual(levels);
    }
    house.clock.set('2026-03-02T16:00:00Z');
    expect(await reader.do(api.duty.gaps, { from: dayOf(1), days: 3 })).toEqual({
      gaps: [],
      asked: 3 * 3 * 24,
      named: 3 * 3 * 24,
    });
    // Taken out at one level, the hour is missing from the same list.
    const [shift] = await house.sql<{ id: string; version: number }>(
      `select id, version from duty.shift where post_id = $1 and from_at > $2 order by from_at limit 1`,
      [site, house.clock.now()],
    );
    await (await house.as('liai04')).do(api.duty.withdraw, shift!);
    const { gaps, named } = await reader.do(api.duty.gaps, { from: dayOf(1), days: 3 });
    expect(gaps).toMatchObject([{ nodeId: house.site('U04-01'), zh: '工地值班' }]);
    expect(named).toBe(3 * 3 * 24 - 24);
  });
});

describe('before a stage and at it', () => {
  const look = async (toCode: string) =>
    (await (await house.as('sup01')).do(api.stages.preview, { nodeId: group(), toCode })).look;
  const missingOf = async (toCode: string, unit: string) =>
    (await look(toCode)).units
      .find((one) => one.unitId === house.unit(unit))!
      .missing.filter((one) => one.key === 'duty');
  test('a unit without a post for a stage in which head office is on watch is not ready, with whom to ask', async () => {
    house.clock.set('2026-03-02T16:00:00Z');
    const [missing] = await missingOf('S3', 'U07');
    expect(missing).toMatchObject({
      label: { en: 'No duty post is set up for that stage' },
      route: `/duty?node=${house.unit('U07')}`,
    });
    expect(missing!.people).toBeGreaterThan(0);
  });
  test('posts without names make it unready hour by hour, a week of names makes it ready', async () => {
    const nights = await post(house.unit('U07'), '夜间值守', ['N'], 'liai07', ['S3']);
    const open = await missingOf('S3', 'U07');
    // Of seven nights five are told by name; the rest stands in the count.
    expect(open.map((one) => one.label.zh)[0]).toMatch(/^夜间值守 03-03 00:00–03-03 08:00 没有人$/);
    expect(open).toHaveLength(5);
    await planned(nights, ['N'], ['liai07', 'u07-deputy'], [1, 2, 3, 4, 5, 6, 7], 'liai07');
    expect(await missingOf('S3', 'U07')).toEqual([]);
  });
  test('the switch says which posts begin and end, and how many hours of the first week would name nobody', async () => {
    const { effects } = await look('S3');
    const rows = effects.find((one) => one.key === 'duty')!.rows;
    expect(rows.find((row) => row.item.en === '夜间值守')).toMatchObject({
      before: { en: 'not manned' },
      after: { en: 'manned at 1 place' },
      consequence: { en: 'Somebody is named for every hour of the first seven days' },
      changed: true,
    });
    const watch = rows.find((row) => row.item.en === '工地值班')!;
    expect(watch).toMatchObject({ before: { en: 'manned at 1 place' }, after: { en: 'manned at 1 place' } });
    expect(watch.consequence.en).toMatch(/^\d+ hours of the first seven days name nobody: /);
  });
});
