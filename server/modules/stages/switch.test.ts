/**
 * One switch of the whole group with everything that registers itself at the start of the program, and no stand-ins: plans,
 * measures, reports, duty, clocks. Plans and rosters are the demo's: stage S4 in force, S1 prepared by all but U04 and U09.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDuty } from '../../demo/duty.ts';
import { loadPlans } from '../../demo/plans.ts';
import { demoLogins, readWorld } from '../../demo/world.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { type Program, startProgram } from '../../program.ts';
import { rootFolder } from '../../testing/database.ts';
import { api, type Client, day, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { timers } from '../../timers.ts';

let house: House;
let neighbour: Program;
const zone = 8 * hour;
/** Ten in the morning in the group's zone, and the midnight that follows. */
const morning = new Date(Math.floor((Date.now() + zone) / day) * day + 10 * hour - zone);
const midnight = new Date(morning.getTime() + 14 * hour);
let id: string;

beforeAll(async () => {
  house = await openHouse({ at: morning });
  const world = await readWorld(rootFolder);
  await inTransaction(house.program.pool, async (tx) => {
    await loadPlans(tx, world, morning);
    await loadDuty(tx, morning);
  });
  // In peace the daily is due at five, in an alert an hour and a half earlier.
  await house.sql(
    `update reports.form_version set due = jsonb_set(due, '{times,S1}', '"15:30"') where form_code = 'site_daily'`,
  );
  await house.timers.run('measures.next_day');
  await house.timers.run('reports.open');
}, 180_000);
afterAll(async () => {
  await neighbour?.stop();
  await house.stop();
});

const read = async (login = 'sup01') => (await house.as(login)).do(api.stages.order, { id });
const coverage = async () => (await house.as('sup01')).do(api.plans.coverage, {});
const journalled = async (action: string): Promise<number> =>
  Number((await house.sql<{ n: string }>('select count(*) as n from journal.entry where action = $1', [action]))[0]!.n);
const daily = async () =>
  (await (await house.as('site01')).do(api.reports.mine, {})).forms.find(({ form }) => form.code === 'site_daily')!;
/** What a site's officer has to do today, by the stage whose plan asks it. */
const stagesAsked = async (login: string, at: Date): Promise<string[]> => {
  const local = new Date(at.getTime() + zone).toISOString().slice(0, 10);
  const { rows } = await (await house.as(login)).do(api.measures.mine, {});
  return [...new Set(rows.filter((one) => one.day === local && one.state === 'open').map((one) => one.stage))];
};
/** Hours a normal need has until it should be handled. */
const promised = async (): Promise<number> => {
  const { id: request } = await house.given.request({ category: 'A05' });
  const [row] = await house.sql<{ submitted_at: Date; due_at: Date }>(
    'select submitted_at, promise_at as due_at from requests.request where id = $1',
    [request],
  );
  return (row!.due_at.getTime() - row!.submitted_at.getTime()) / hour;
};
const sign = async (who: Client, planId: string, step: 'still_fits' | 'begun' | 'approved') =>
  who.try(api.plans.sign, { id: planId, step, version: (await who.do(api.plans.plan, { id: planId })).version });
const activateOn = (program: Program, dataFolder: string) =>
  timers({
    pool: program.pool,
    keys: program.keys,
    anchorsFile: program.anchorsFile,
    filesFolder: join(dataFolder, 'files'),
    rootFolder,
    now: house.clock.now,
    committed: program.desk.committed,
  })
    .find(({ name }) => name === 'stages.activate')!
    .run();

/** A second program beside the first, as on another machine, that has never heard of the order in its own memory. */
const anotherProgram = (): Promise<Program> =>
  startProgram({
    config: {
      host: '127.0.0.1',
      port: 0,
      databaseUrl: null,
      dataFolder: house.dataFolder,
      publicUrl: null,
      distFolder: join(house.dataFolder, 'dist'),
      rootFolder,
      secureCookies: false,
    },
    appUrl: house.database.appUrl,
    role: house.database.role,
    demoLogins,
    now: house.clock.now,
    log: () => {},
    withTimers: false,
    readersRestMs: 0,
  });

describe('the whole group switches at midnight, with everything registered', () => {
  let promisedBefore: number;

  test('the order shows what every part says, and names who is not ready', async () => {
    promisedBefore = await promised();
    id = randomUUID();
    await (await house.as('sup01')).do(api.stages.draft, {
      id,
      nodeId: house.dir.groupNode.id,
      toCode: 'S1',
      basisNumber: '汀澜综保〔2026〕31号',
      basisTitle: '关于转入预警阶段的通知',
      basisDay: new Date(morning.getTime() + zone).toISOString().slice(0, 10),
      effectiveAt: midnight.toISOString(),
      trigger: '周边出现病例',
      emergency: false,
    });
    await (await house.as('sup02')).do(api.stages.review, { id, version: (await read()).version });
    const { look } = await read('lead00');
    expect(look.checks.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['plans', 'sets', 'duty', 'register', 'posts']),
    );
    expect(look.effects.map(({ key }) => key)).toEqual(expect.arrayContaining(['clocks', 'reports', 'duty', 'plans']));
    const unready = look.units.filter(({ ready }) => !ready);
    expect(unready.map(({ unitId }) => house.dir.nodes.get(unitId)!.code)).toEqual(['U04', 'U09']);
    const u09 = unready[1]!;
    expect(u09.missing.map(({ label }) => label.zh)).toEqual(['单位方案尚未批准', 'U09-07 措施集', 'U09-08 措施集']);
    expect(u09.cells).toEqual(expect.arrayContaining([{ key: 'sets', have: 10, need: 12, ready: false }]));
    const row = (key: string, zh: string) =>
      look.effects.find((group) => group.key === key)!.rows.find(({ item }) => item.zh === zh);
    expect(row('plans', '措施集覆盖')).toMatchObject({
      before: { zh: '120/120' },
      after: { zh: '0/120' },
      changed: true,
    });
    expect(row('reports', '工地日报')).toMatchObject({
      before: { en: '14 items, by 17:00' },
      after: { en: '14 items, by 15:30' },
    });
    expect(row('clocks', '一般诉求计时')).toMatchObject({ after: { en: '24×7' }, changed: true });
  });

  test('one press chases by name those who can mend what is missing', async () => {
    const { told } = await (await house.as('sup01')).do(api.stages.chase, { id, unitId: house.unit('U09') });
    expect(told).toBeGreaterThan(0);
    const { messages } = await (await house.as('u09-liaison')).do(api.messages.inbox, { view: 'confirm' });
    expect(messages.find(({ about }) => about.id === id)).toMatchObject({ kind: 'stage.unready', values: { n: 3 } });
  });

  test('signed, nothing has changed yet but what everybody is told', async () => {
    const leader = await house.as('lead00');
    // The strategy of the stage comes into force with the order: by then its leader has approved it.
    const { rows } = await leader.do(api.plans.list, { stage: 'S1', view: 'mine' });
    const strategy = rows.find(({ kind }) => kind === 'strategy')!;
    expect((await sign(leader, strategy.id, 'approved')).code).toBe(null);
    const order = await read('lead00');
    const answer = await leader.do(api.stages.sign, {
      id,
      version: order.version,
      unreadyUnitIds: order.look.units.filter(({ ready }) => !ready).map(({ unitId }) => unitId),
      seenUnready: true,
      seenConsequences: true,
    });
    expect(answer.state).toBe('signed');
    expect((await coverage()).covered).toBe(120);
    expect(await daily()).toMatchObject({ stage: 'S4' });
  });

  test('at its hour two programs apply it, one of them started since: once', async () => {
    neighbour = await anotherProgram();
    await activateOn(neighbour, house.dataFolder);
    expect(await journalled('stages.activated')).toBe(0);
    house.clock.set(midnight);
    await Promise.all([
      activateOn(neighbour, house.dataFolder),
      activateOn(house.program, house.dataFolder),
      activateOn(neighbour, house.dataFolder),
    ]);
    expect(await journalled('stages.activated')).toBe(1);
    expect(await journalled('stages.switched')).toBe(1);
    // A strategy, ten unit plans, 120 sets: each set aside once; the strategy of the new stage stands in its place.
    expect(await journalled('plans.to_be_renewed')).toBe(131);
    expect(await read()).toMatchObject({ state: 'in_force' });
    const { rows } = await (await house.as('sup01')).do(api.plans.list, { stage: 'S1', view: 'standing' });
    expect(rows.find(({ kind }) => kind === 'strategy')).toMatchObject({ state: 'in_force' });
  });

  test('coverage is nought; each prepared set waits for the word of its site and its unit', async () => {
    const { covered, sites, rows } = await coverage();
    expect([covered, sites]).toEqual([0, 120]);
    const states = rows.flatMap(({ cells }) => cells.map(({ state }) => state));
    expect(states.filter((state) => state === 'waiting')).toHaveLength(112);
    expect(rows.every(({ stage, since }) => stage === 'S1' && since === midnight.toISOString())).toBe(true);
  });

  test('reports are due by the new stage from its midnight, needs by its calendar; what was promised stays', async () => {
    await house.timers.run('reports.open');
    const now = await daily();
    expect([now.stage, now.dueAt]).toEqual(['S1', new Date(midnight.getTime() + 15.5 * hour).toISOString()]);
    // Both programs: each holds the time line for a second of real time at most.
    await expect.poll(promised, { timeout: 5_000 }).toBe(24);
    expect(promisedBefore).toBeGreaterThan(24);
  });

  test('what the old plan asks is due until the new one is in force, and is asked by one of them only', async () => {
    house.clock.set(new Date(midnight.getTime() + 30 * minute));
    const now = house.clock.now();
    expect(await stagesAsked('u01-s01', now)).toEqual(['S4']);
    const liaison = await house.as('u01-liaison');
    const { rows } = await liaison.do(api.plans.list, { stage: 'S1', view: 'standing' });
    const sets = rows.filter(({ kind, state }) => kind === 'site_set' && state === 'approved');
    expect(sets).toHaveLength(12);
    const first = sets.find(({ nodeId }) => nodeId === house.site('U01-01'))!;
    expect((await sign(await house.as('u01-deputy'), first.id, 'begun')).code).toBe('plan_wrong_step');
    expect((await sign(await house.as('u01-s01'), first.id, 'still_fits')).code).toBe(null);
    expect(await stagesAsked('u01-s01', now)).toEqual(['S4']);
    expect((await sign(liaison, first.id, 'begun')).body).toMatchObject({ state: 'in_force' });
    expect(await stagesAsked('u01-s01', now)).toEqual(['S1']);
    expect((await coverage()).covered).toBe(1);

    for (const set of sets.filter((one) => one.id !== first.id)) {
      house.clock.forward(20 * minute);
      expect((await sign(await house.as('u01-deputy'), set.id, 'still_fits')).code).toBe('not_your_step');
      expect((await sign(liaison, set.id, 'still_fits')).code).toBe(null);
      expect((await sign(liaison, set.id, 'begun')).code).toBe('plan_signed_already');
      expect((await sign(await house.as('u01-deputy'), set.id, 'begun')).code).toBe(null);
    }
    const { covered, rows: units } = await coverage();
    expect([covered, units[0]!.covered]).toEqual([12, 12]);
  });

  test('the way back is read from the sets themselves, site by site, as far as one may see', async () => {
    const asked = { nodeId: house.dir.groupNode.id, stage: 'S1' };
    const all = await (await house.as('sup01')).do(api.plans.recovery, asked);
    expect(all).toMatchObject({ since: midnight.toISOString(), sites: 120, before: 120, copies: [] });
    expect(all.sets).toHaveLength(12);
    expect(all.sets[0]).toMatchObject({
      siteId: house.site('U01-01'),
      at: new Date(midnight.getTime() + 30 * minute).toISOString(),
    });
    expect(await (await house.as('liai04')).do(api.plans.recovery, asked)).toMatchObject({
      sites: 12,
      before: 12,
      sets: [],
    });
    expect(
      await (await house.as('liai04')).do(api.plans.recovery, { ...asked, nodeId: house.unit('U01') }),
    ).toMatchObject({ sites: 0 });
  });
});
