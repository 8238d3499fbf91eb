import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { system } from '../../platform/actor.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { api, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { warnDue } from './warnings.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const warn = () => house.timers.run('requests.warnings');
const warned = async (id: string) =>
  (await house.standing(id)).entries
    .filter((entry) => entry.kind === 'warned')
    .map(({ data }) => [data.clock, data.minutes, data.tells]);
const inboxOf = async (login: string, number: string) =>
  (await (await house.as(login)).do(api.messages.inbox, {})).messages.filter((one) => one.about.label === number);

describe('warning steps before and after a clock is due', () => {
  test('each step speaks once, after the due time one level higher, and changes no clock', async () => {
    // A02 is high: 15 minutes to dispatch.
    const { id, number } = await house.given.request();
    const before = await house.standing(id);
    house.clock.forward(14 * minute);
    await warn();
    expect(await warned(id)).toEqual([]);
    house.clock.forward(2 * minute);
    await warn();
    await warn();
    expect(await warned(id)).toEqual([['triage', 0, 'dispatcher']]);
    expect((await inboxOf('disp01', number)).map((one) => one.kind)).toEqual(['clock.overdue']);
    house.clock.forward(30 * minute);
    await warn();
    expect((await warned(id)).at(-1)).toEqual(['triage', 30, 'dispatcher_lead']);
    expect((await inboxOf('disp00', number)).map((one) => one.kind)).toEqual(['clock.overdue']);
    const after = await house.standing(id);
    expect(after).toMatchObject({ dues: before.dues, clock: before.clock, version: before.version });
  });
  test('of steps that have all passed only the last speaks', async () => {
    const { id } = await house.given.request();
    house.clock.forward(5 * hour);
    await warn();
    expect(await warned(id)).toEqual([['triage', 120, 'group_leader']]);
  });
  test('two programs at once warn once', async () => {
    const { id } = await house.given.request();
    house.clock.forward(16 * minute);
    const turn = () =>
      inTransaction(house.program.pool, (tx) => warnDue({ tx, actor: system, now: house.clock.now() }));
    await Promise.all([turn(), turn(), turn(), turn()]);
    expect(await warned(id)).toEqual([['triage', 0, 'dispatcher']]);
    const entries = await house.sql(`select 1 from journal.entry where action = 'requests.warned' and record_id = $1`, [
      id,
    ]);
    expect(entries).toHaveLength(1);
  });
  test('the handler is warned before it is due, the unit’s leader after; a suspended clock warns nobody', async () => {
    const { id, number, caseId } = await house.given.request({ until: 'in_progress', unit: 'U04' });
    house.clock.forward(6.6 * hour);
    await warn();
    expect(await warned(id)).toEqual([['resolve', -90, 'handler']]);
    expect((await inboxOf('u04-l11', number)).map((one) => one.kind)).toContain('clock.near');
    house.clock.forward(3.5 * hour);
    await warn();
    expect((await warned(id)).at(-1)).toEqual(['resolve', 120, 'unit_leader']);
    expect((await inboxOf('lead04', number)).map((one) => one.kind)).toEqual(['clock.overdue']);
    const { askId } = await (await house.as('u04-l11')).do(api.cases.ask, {
      id: caseId,
      kind: 'suspension',
      reasonCode: 'policy',
      text: '封控，进不了场',
      until: new Date(house.clock.now().getTime() + 40 * hour).toISOString(),
    });
    await (await house.as('disp00')).do(api.cases.decide, { id: askId, approve: true });
    const said = (await warned(id)).length;
    house.clock.forward(30 * hour);
    await warn();
    expect(await warned(id)).toHaveLength(said);
  });
  test('of one asked in confidence they fall on full hours: no minute can be counted back to when it was asked (rules 6)', async () => {
    house.clock.set(new Date(Math.ceil(house.clock.now().getTime() / hour) * hour + 17 * minute));
    const { id, number } = await house.given.request({ confidentiality: 'confidential', until: 'dispatched' });
    for (let passed = 0; passed < 4 * 60; passed++) {
      house.clock.forward(minute);
      await warn();
    }
    const thread = await (await house.as('ho-l11')).do(api.requests.thread, { id });
    const told = [
      ...thread.entries.filter((entry) => entry.kind === 'warned' && entry.data.clock !== 'triage').map(({ at }) => at),
      ...(await inboxOf('ho-l11', number)).filter((one) => one.kind.startsWith('clock.')).map(({ sentAt }) => sentAt),
    ];
    expect(told.length).toBeGreaterThan(1);
    expect(told.filter((at) => new Date(at).getTime() % hour !== 0)).toEqual([]);
  });
  test('the requester reads nothing of it', async () => {
    const { id } = await house.given.request();
    house.clock.forward(20 * minute);
    await warn();
    const thread = await (await house.as('worker01')).do(api.requests.thread, { id });
    expect(thread.entries.map((entry) => entry.kind)).not.toContain('warned');
  });
  test('what is due is found through its index', async () => {
    const plan = await house.sql<{ 'QUERY PLAN': string }>(
      `explain select * from requests.request where warn_at <= now() order by warn_at limit 200 for update skip locked`,
    );
    // So small a table might be read whole; the index must at least be there and partial.
    const [index] = await house.sql<{ indexdef: string }>(
      `select indexdef from pg_indexes where indexname = 'request_warn'`,
    );
    expect(index!.indexdef).toContain('(warn_at) WHERE (warn_at IS NOT NULL)');
    expect(plan.length).toBeGreaterThan(0);
  });
  test('every nudge is told to the owner, the third one level up besides', async () => {
    const { id, number } = await house.given.request({ until: 'accepted' });
    const worker = await house.as('worker01');
    for (const _ of [1, 2, 3]) await worker.do(api.requests.nudge, { id });
    expect(
      (await inboxOf('ho-l11', number)).filter((one) => one.kind === 'request.nudged').map((one) => one.values.nudges),
    ).toEqual([3, 2, 1]);
    expect((await inboxOf('lead00', number)).map((one) => one.kind)).toContain('request.nudged_thrice');
  });
});
