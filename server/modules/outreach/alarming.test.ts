import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inStatement } from '../../platform/transaction.ts';
import { api, day, type House, minute, newCode, openHouse } from '../../testing/program.ts';
import { checkOutreach } from './index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-03T01:00:00Z' });
});
afterAll(() => house.stop());

const told = async (login: string) =>
  (await (await house.as(login)).do(api.messages.inbox, { view: 'all', limit: 100 })).messages.filter(
    (one) => one.kind === 'outreach.overdue',
  );

describe('places nobody goes to', () => {
  test('who plans is told once a week of what was passed over a whole rhythm, the group of what was passed over twice', async () => {
    await house.timers.run('outreach.overdue');
    expect(await told('lead04')).toEqual([]);
    // Rounds are every three days from the first on: on the third day nothing was passed over.
    house.clock.set('2026-03-05T01:00:00Z');
    await house.sql(`update outreach.rhythm set set_at = '2026-03-03T01:00:00Z'`);
    await house.timers.run('outreach.overdue');
    expect(await told('lead04')).toEqual([]);
    house.clock.forward(day);
    await house.timers.run('outreach.overdue');
    await house.timers.run('outreach.overdue');
    const [first, ...more] = await told('lead04');
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      level: 'important',
      about: { label: 'U04', route: `/outreach/share?show=late&unit=${house.unit('U04')}` },
      values: { days: 3 },
    });
    expect(Number(first!.values.places)).toBeGreaterThan(0);
    expect(await told('disp00')).toEqual([]);
    // A week on, and twice its rhythm: once more, and to whoever plans for all.
    house.clock.set('2026-03-11T01:00:00Z');
    await house.timers.run('outreach.overdue');
    expect(await told('lead04')).toHaveLength(2);
    expect((await told('disp00')).map((one) => one.about.label)).toContain('U04');
    // Nobody else's unit, and no site by name.
    expect((await told('lead04')).every((one) => one.about.label === 'U04')).toBe(true);
    expect(JSON.stringify(await told('lead04'))).not.toMatch(/U04-\d\d/);
  });
});

describe('touches beside the journal', () => {
  const check = async () => {
    await house.settled();
    return inStatement(house.program.pool, (tx) => checkOutreach(tx, new Date(house.clock.now().getTime() + day)));
  };
  const site = (): number => house.site('U04-01');
  let touch: string;
  const requestId = randomUUID();
  beforeAll(async () => {
    const officer = await house.as('site01');
    touch = randomUUID();
    await officer.do(api.outreach.begin, { id: touch, siteId: site(), kind: 'round' });
    house.clock.forward(minute);
    await officer.do(api.outreach.need, {
      id: touch,
      requestId,
      queryCode: newCode(),
      categoryId: house.category('A02'),
      text: '二层洗漱间早上没有热水，大家都说等了两天。',
      confidentiality: 'open',
    });
    await officer.do(api.outreach.end, { id: touch, topics: [house.category('A')], found: 'need' });
  });

  test('as they were recorded they agree', async () => {
    expect(await check()).toMatchObject({ touches: 1, needs: 1, differences: [] });
  });

  test.each([
    [
      'a touch put at another place',
      `update outreach.touch set site_id = site_id + 1 where id = $1`,
      'at another place',
    ],
    [
      'a touch put before what it found',
      `update outreach.touch set began_at = began_at - interval '2 days' where id = $1`,
      'began at another moment',
    ],
    ['another outcome', `update outreach.touch set found = 'nothing' where id = $1`, 'ended otherwise'],
    ['a find that was taken away', `delete from outreach.need where touch_id = $1`, 'is missing'],
    [
      'a request tied to it afterwards',
      `update outreach.need set request_id = gen_random_uuid() where touch_id = $1`,
      'was never told',
    ],
  ])('%s is named', async (_, change, named) => {
    const [before] = await house.sql('select * from outreach.touch where id = $1', [touch]);
    const needs = await house.sql('select * from outreach.need where touch_id = $1', [touch]);
    await house.sql(change, [touch]);
    const found = (await check()).differences.join();
    await house.sql('delete from outreach.need where touch_id = $1', [touch]);
    await house.sql(
      `update outreach.touch t set (site_id, began_at, found) = (select site_id, began_at, found from json_populate_record(null::outreach.touch, $2)) where t.id = $1`,
      [touch, JSON.stringify(before)],
    );
    await house.sql('insert into outreach.need select * from json_populate_recordset(null::outreach.need, $1)', [
      JSON.stringify(needs),
    ]);
    expect(found).toContain(named);
  });

  test('what was moved to a sealed line leaves no link and is no difference', async () => {
    await (await house.as('disp01')).do(api.requests.moveToSealed, {
      id: requestId,
      version: (await house.standing(requestId)).version,
      to: 'care',
    });
    expect(await check()).toMatchObject({ needs: 0, differences: [] });
  });
});
