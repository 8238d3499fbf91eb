import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '../../../contract/endpoint.ts';
import { openOrderStates, orderStates } from '../../../contract/stages.ts';
import { inStatement } from '../../platform/transaction.ts';
import { api, day, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { checkStages, provideReadinessCheck, provideStageEffect, type StagesCheck } from './index.ts';
import { leadDays, readySince } from './lead.ts';
import { mayMove, type OrderEvent, orderTransitions } from './lifecycle.ts';
import { readinessChecks } from './registry.ts';

let house: House;
/** What the test's own check and effect say, and what they were asked. */
let unready: string[] = [];
let applied: { orderId: string; units: number; sites: number; periodId: string }[] = [];
let failing = false;

beforeAll(async () => {
  house = await openHouse();
  // Of readiness this file means the stages' own checks and one of its own; the others are tested where they are made.
  for (const { key, words, order } of readinessChecks())
    if (key !== 'register' && key !== 'posts') provideReadinessCheck({ key, words, order, check: async () => [] });
  provideReadinessCheck({
    key: 'own',
    words: { zh: '试验', en: 'Trial' },
    order: 1,
    check: async (_tx, { scope }) =>
      scope.unitIds.map((unitId) => {
        const lacks = unready.some((code) => house.unit(code) === unitId);
        return {
          unitId,
          have: lacks ? 1 : 2,
          need: 2,
          ready: !lacks,
          missing: lacks ? [{ label: { zh: '缺一样', en: 'one thing' }, accountIds: chased }] : [],
        };
      }),
  });
  provideStageEffect({
    key: 'own',
    words: { zh: '试验', en: 'Trial' },
    order: 99,
    preview: async (_tx, { toStage }) => [
      {
        item: { zh: '试验项', en: 'Trial' },
        before: { zh: '无', en: 'none' },
        after: { zh: toStage, en: toStage },
        consequence: { zh: '试', en: 'try' },
        changed: true,
      },
    ],
    async apply(_context, { orderId, scope, periodId }) {
      if (failing) throw new Error('as if it could not be applied');
      applied.push({ orderId, periodId, units: scope.unitIds.length, sites: scope.siteIds.length });
    },
  });
  for (const login of ['liai04', 'liai07', 'u09-liaison']) {
    const [row] = await house.sql<{ id: string }>('select id from access.account where login = $1', [login]);
    people.set(login, row!.id);
  }
});
afterAll(() => house.stop());
const people = new Map<string, string>();
let chased: string[] = [];

/** Every test begins as the world does: stage S4 everywhere, no order. */
beforeEach(async () => {
  unready = [];
  applied = [];
  failing = false;
  chased = [people.get('u09-liaison')!];
  house.clock.set(new Date());
  await house.sql('update stages.period set order_id = null, basis_at = null');
  await house.sql(`delete from stages.period where node_id <> $1`, [house.dir.groupNode.id]);
  await house.sql(`delete from stages.period where from_at > now() - interval '8 days'`);
  await house.sql(`update stages.period set to_at = null where from_at = (select max(from_at) from stages.period)`);
  await house.sql('delete from stages.entry');
  await house.sql('delete from stages.stage_order');
  await house.sql('delete from stages.readiness');
});

const today = (): string => new Date(house.clock.now().getTime() + 8 * hour).toISOString().slice(0, 10);
const later = (ms: number): string => new Date(house.clock.now().getTime() + ms).toISOString();

type Drafting = InputOf<typeof api.stages.draft>;
const drafting = (more: Partial<Drafting> = {}): Drafting => ({
  id: randomUUID(),
  nodeId: house.dir.groupNode.id,
  toCode: 'S1',
  basisNumber: '汀澜综保〔2026〕12号',
  basisTitle: '关于转入预警阶段的通知',
  basisDay: today(),
  effectiveAt: later(2 * hour),
  trigger: '周边出现病例',
  ...more,
});
async function drafted(more: Partial<Drafting> = {}, by = 'sup01'): Promise<string> {
  const { id } = await (await house.as(by)).do(api.stages.draft, drafting(more));
  return id;
}
const read = async (id: string, by = 'sup01') => (await house.as(by)).do(api.stages.order, { id });
const versionOf = async (id: string): Promise<number> => (await read(id)).version;
async function reviewed(more: Partial<Drafting> = {}): Promise<string> {
  const id = await drafted(more);
  await (await house.as('sup02')).do(api.stages.review, { id, version: await versionOf(id) });
  return id;
}
const signing = async (id: string, unreadyUnitIds: number[] = []) => ({
  id,
  version: await versionOf(id),
  unreadyUnitIds,
  seenUnready: true as const,
  seenConsequences: true as const,
});
const trySign = async (id: string, by = 'lead00', seen: number[] = []) =>
  (await house.as(by)).try(api.stages.sign, await signing(id, seen));
async function signed(more: Partial<Drafting> = {}): Promise<string> {
  const id = await reviewed(more);
  await (await house.as('lead00')).do(api.stages.sign, await signing(id));
  return id;
}
const stageOf = async (login: string): Promise<string | undefined> =>
  (await (await house.as(login)).do(api.stages.now, {})).stage?.code;
const journal = async (id: string): Promise<string[]> =>
  (await house.sql<{ action: string }>('select action from journal.entry where record_id = $1 order by seq', [id])).map(
    (row) => row.action,
  );

describe('the life of a stage order is one table', () => {
  const events = Object.keys(orderTransitions) as OrderEvent[];
  const open: Record<OrderEvent, readonly string[]> = {
    change: ['draft'],
    review: ['draft'],
    return: ['draft', 'reviewed', 'countersigning'],
    sign: ['reviewed'],
    sign_emergency: ['draft'],
    countersign: ['countersigning'],
    activate: ['signed'],
    withdraw: openOrderStates,
    leave: ['in_force'],
    close: ['closing_review', 'in_force'],
  };
  test.each(events.flatMap((event) => orderStates.map((state) => [event, state] as const)))(
    '%s from %s',
    (event, state) => {
      expect(mayMove(event, state)).toBe(open[event].includes(state));
    },
  );
});

describe('preparedness lead', () => {
  const at = (d: number): Date => new Date(Date.parse('2026-03-09T00:00:00+08:00') + d * day);
  test.each([
    ['twelve days before, and never since otherwise', [{ at: at(-12), ready: true }], 12],
    [
      'ready the day before (ST01: U09)',
      [
        { at: at(-13), ready: false },
        { at: at(-1), ready: true },
      ],
      1,
    ],
    [
      'ready, fallen back, ready again: since the last time',
      [
        { at: at(-12), ready: true },
        { at: at(-6), ready: false },
        { at: at(-2.5), ready: true },
      ],
      2,
    ],
    [
      'told ready twice: since the first',
      [
        { at: at(-9), ready: true },
        { at: at(-3), ready: true },
      ],
      9,
    ],
    [
      'not ready when it began',
      [
        { at: at(-9), ready: true },
        { at: at(-0.1), ready: false },
      ],
      0,
    ],
    ['ready only afterwards', [{ at: at(1), ready: true }], 0],
    ['never looked at', [], 0],
    [
      'in any order',
      [
        { at: at(-1), ready: true },
        { at: at(-13), ready: false },
      ],
      1,
    ],
  ])('%s', (_, flips, days) => {
    expect(leadDays(flips, at(0))).toBe(days);
  });
  test('readiness for an earlier turn of the stage counts from the beginning of the one before', () => {
    expect(leadDays([{ at: at(-112), ready: true }], at(0), at(-9.5))).toBe(9);
    expect(leadDays([{ at: at(-3), ready: true }], at(0), at(-9.5))).toBe(3);
  });
  test('since when says the moment itself', () => {
    expect(readySince([{ at: at(-12), ready: true }], at(0))).toEqual(at(-12));
    expect(readySince([{ at: at(-12), ready: true }], at(-13))).toBeNull();
  });
});

describe('an order has three hands and one hour', () => {
  test('drafted, reviewed and signed by three people; at its hour the stage is there, once', async () => {
    unready = ['U09'];
    const id = await reviewed();
    const shown = await read(id, 'lead00');
    expect(shown).toMatchObject({ state: 'reviewed', from: { code: 'S4' }, to: { code: 'S1' } });
    expect(shown.scope).toMatchObject({ units: 10, sites: 120 });
    expect(shown.look.units.filter(({ ready }) => !ready).map(({ unitId }) => unitId)).toEqual([house.unit('U09')]);
    expect(shown.look.effects.map(({ key }) => key)).toEqual(expect.arrayContaining(['clocks', 'own']));
    const answer = await (await house.as('lead00')).do(api.stages.sign, await signing(id, [house.unit('U09')]));
    expect(answer).toMatchObject({ state: 'signed', number: expect.stringMatching(/^阶段令〔\d{4}〕\d+号$/) });
    expect(await stageOf('liai04')).toBe('S4');
    expect((await (await house.as('liai04')).do(api.stages.now, {})).next?.stage.code).toBe('S1');

    await house.timers.run('stages.activate');
    expect(applied).toEqual([]);
    house.clock.forward(2 * hour);
    expect(await stageOf('liai04')).toBe('S1');
    await house.timers.run('stages.activate');
    await house.timers.run('stages.activate');
    expect(applied).toEqual([{ orderId: id, periodId: expect.any(String), units: 10, sites: 120 }]);
    const after = await read(id);
    expect(after).toMatchObject({ state: 'in_force', look: { seenBySigner: true } });
    // As the signer saw it, whatever has become ready since.
    unready = [];
    expect((await read(id)).look.units.filter(({ ready }) => !ready)).toHaveLength(1);
    expect(await journal(id)).toEqual(['stages.drafted', 'stages.reviewed', 'stages.signed', 'stages.activated']);
  });

  test('whoever did one step of it does no other', async () => {
    const id = await drafted();
    const reviewing = { id, version: await versionOf(id) };
    expect(await (await house.as('sup01')).try(api.stages.review, reviewing)).toMatchObject({
      status: 403,
      code: 'own_draft',
    });
    expect((await read(id, 'sup01')).cannot).toMatchObject({ review: 'own_draft' });
    expect((await read(id, 'sup02')).can).toMatchObject({ review: true, sign: false });
    expect(await trySign(id)).toMatchObject({ status: 409, code: 'not_in_this_state' });
  });

  test('who changes a draft is its drafter from then on, and no longer reviews', async () => {
    const id = await drafted();
    const { id: _id, nodeId: _node, ...said } = drafting({ trigger: '本市出现病例' });
    await (await house.as('sup02')).do(api.stages.change, { id, version: await versionOf(id), ...said });
    expect(await read(id)).toMatchObject({ drafted: { label: '综合保障组02' }, trigger: '本市出现病例' });
    const version = await versionOf(id);
    expect(await (await house.as('sup02')).try(api.stages.review, { id, version })).toMatchObject({
      code: 'own_draft',
    });
    await (await house.as('sup01')).do(api.stages.review, { id, version });
  });

  test('a leader sends it back with what to change; the review has to be done again', async () => {
    const id = await reviewed();
    await (await house.as('lead00')).do(api.stages.return, { id, version: await versionOf(id), text: '依据写全称' });
    const back = await read(id);
    expect(back).toMatchObject({ state: 'draft', reviewed: null });
    expect(back.entries.at(-1)).toMatchObject({ kind: 'returned', text: '依据写全称', who: '集团分管领导' });
  });

  test.each([
    ['hand11', 'stages.draft'],
    ['lead00', 'stages.draft'],
    ['disp00', 'stages.draft'],
  ])('%s has no right to draft', async (login) => {
    expect(await (await house.as(login)).try(api.stages.draft, drafting())).toMatchObject({ status: 403 });
  });
  test('only a leader of the group signs; a leader of a unit does not', async () => {
    const id = await reviewed({ nodeId: house.unit('U04') });
    expect(await trySign(id, 'lead04')).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await trySign(id, 'sup02')).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await trySign(id, 'lead00')).toMatchObject({ status: 200 });
  });
  test('a liaison drafts for their own unit and its sites, and for no other', async () => {
    const liaison = await house.as('liai04');
    expect(await liaison.try(api.stages.draft, drafting({ nodeId: house.site('U07-07') }))).toMatchObject({
      status: 403,
    });
    expect(await liaison.try(api.stages.draft, drafting())).toMatchObject({ status: 403 });
    expect(await liaison.try(api.stages.draft, drafting({ nodeId: house.site('U04-01') }))).toMatchObject({
      status: 200,
    });
  });
  test('a worker does not read orders, and hears which stage it is', async () => {
    const id = await drafted();
    const worker = await house.as('worker01');
    expect(await worker.try(api.stages.order, { id })).toMatchObject({ status: 403 });
    expect((await worker.do(api.stages.now, {})).stage?.code).toBe('S4');
  });

  test('two leaders sign at once: one order, one switch', async () => {
    const id = await reviewed();
    const input = await signing(id);
    const [a, b] = await Promise.all([
      (await house.as('lead00')).try(api.stages.sign, input),
      (await house.as('lead01')).try(api.stages.sign, input),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 409]);
    expect(await house.sql('select id from stages.period where order_id = $1', [id])).toHaveLength(1);
  });
  test('a second press of the same key signs once', async () => {
    const id = await reviewed();
    const input = await signing(id);
    const leader = await house.as('lead00');
    const [a, b] = await Promise.all([
      leader.try(api.stages.sign, input, { key: 'one-press-of-it' }),
      leader.try(api.stages.sign, input, { key: 'one-press-of-it' }),
    ]);
    expect([a.body, b.body]).toEqual([a.body, a.body]);
    expect(await journal(id)).toEqual(['stages.drafted', 'stages.reviewed', 'stages.signed']);
  });
  test('two draft for one place at once: one order is on its way', async () => {
    const drafts = await Promise.all([
      (await house.as('sup01')).try(api.stages.draft, drafting()),
      (await house.as('sup02')).try(api.stages.draft, drafting()),
    ]);
    expect(drafts.map(({ code }) => code).sort()).toEqual([null, 'order_open'].sort());
  });

  test('a unit that is not ready by now and was not shown is shown before the signature', async () => {
    const id = await reviewed();
    unready = ['U07'];
    expect(await trySign(id)).toMatchObject({ status: 409, code: 'readiness_changed' });
    expect(await trySign(id, 'lead00', [house.unit('U07')])).toMatchObject({ status: 200 });
  });
  test('without both ticks nothing is signed', async () => {
    const id = await reviewed();
    const reply = await (await house.as('lead00')).fetch('POST', `/api/stages/orders/${id}/sign`, {
      ...(await signing(id)),
      seenConsequences: false,
    });
    expect(reply.status).toBe(422);
    expect(((await reply.json()) as { fields: { field: string }[] }).fields[0]?.field).toBe('seenConsequences');
  });
  test('an effect that cannot be applied leaves no half of the switch', async () => {
    const id = await signed();
    house.clock.forward(2 * hour);
    failing = true;
    await expect(house.timers.run('stages.activate')).rejects.toThrow(/could not be applied/);
    expect((await read(id)).state).toBe('signed');
    failing = false;
    await house.timers.run('stages.activate');
    expect((await read(id)).state).toBe('in_force');
    expect(applied).toHaveLength(1);
  });
});

describe('bad input names its field', () => {
  test.each([
    ['an hour that is past', { effectiveAt: '2020-01-01T00:00:00Z' }, 'effectiveAt', 'hour_in_the_past'],
    ['an hour before the basis', { basisDay: '2099-01-01' }, 'effectiveAt', 'before_its_basis'],
    ['a stage that may not follow', { toCode: 'S3' }, 'toCode', 'no_such_transition'],
    ['a stage that is in force', { toCode: 'S4' }, 'toCode', 'no_such_transition'],
    ['at once without an emergency', { effectiveAt: null }, 'effectiveAt', 'only_emergency_at_once'],
    ['no basis', { basisNumber: '' }, 'basisNumber', 'too_short'],
  ] as const)('%s', async (_, more, field, code) => {
    const reply = await (await house.as('sup01')).try(api.stages.draft, drafting(more));
    expect(reply.status).toBe(422);
    expect(reply.problem.fields).toEqual([expect.objectContaining({ field, code })]);
  });
  test('a sector has no stage', async () => {
    const nodeId = house.dir.nodesByCode.get('WAT')!.id;
    const reply = await (await house.as('sup01')).try(api.stages.draft, drafting({ nodeId }));
    expect(reply.problem.fields).toEqual([expect.objectContaining({ field: 'nodeId' })]);
  });
});

describe('an emergency', () => {
  test('skips the review, needs two leaders, and takes effect with the second signature', async () => {
    unready = ['U01', 'U02'];
    const id = await drafted({ toCode: 'S2', emergency: true, effectiveAt: null });
    expect(await trySign(id, 'lead00')).toMatchObject({ body: { state: 'countersigning', number: null } });
    expect(await stageOf('site01')).toBe('S4');
    expect(await trySign(id, 'lead00')).toMatchObject({ status: 403, code: 'own_signature' });
    house.clock.forward(3 * minute);
    expect(await trySign(id, 'lead01')).toMatchObject({ body: { state: 'in_force' } });
    expect(await stageOf('site01')).toBe('S2');
    expect(applied).toHaveLength(1);
    expect((await read(id)).look.units.filter(({ ready }) => !ready)).toHaveLength(2);
  });
  test('a second leader may send it back', async () => {
    const id = await drafted({ toCode: 'S2', emergency: true, effectiveAt: null });
    await trySign(id, 'lead00');
    await (await house.as('lead01')).do(api.stages.return, { id, version: await versionOf(id), text: '先查实再发' });
    expect(await read(id)).toMatchObject({ state: 'draft', signed: null });
  });
});

describe('withdrawn before its hour', () => {
  test('the stage before goes on, and another order may be drafted', async () => {
    const id = await signed();
    expect(await (await house.as('sup01')).try(api.stages.draft, drafting())).toMatchObject({ code: 'order_open' });
    const before = await house.sql('select id from stages.period where to_at is null');
    await (await house.as('lead01')).do(api.stages.withdraw, { id, version: await versionOf(id), text: '形势有变' });
    house.clock.forward(3 * hour);
    await house.timers.run('stages.activate');
    expect(await stageOf('liai04')).toBe('S4');
    const after = await house.sql('select id from stages.period where to_at is null');
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect(applied).toEqual([]);
    expect(await drafted()).toBeTruthy();
  });
  test('not after it, and not by whoever does not sign', async () => {
    const id = await signed();
    const asked = { id, version: await versionOf(id), text: '不要了' };
    expect(await (await house.as('sup02')).try(api.stages.withdraw, asked)).toMatchObject({ status: 403 });
    house.clock.forward(2 * hour);
    expect(await (await house.as('lead00')).try(api.stages.withdraw, asked)).toMatchObject({ code: 'hour_passed' });
  });
  test('signed and taken back at the same moment: one of them is told to look again', async () => {
    const id = await reviewed();
    const input = await signing(id);
    const [a, b] = await Promise.all([
      (await house.as('lead00')).try(api.stages.sign, input),
      (await house.as('lead01')).try(api.stages.withdraw, { id, version: input.version, text: '形势有变' }),
    ]);
    expect([a.code, b.code].sort()).toEqual(['stale', null].sort());
    const periods = await house.sql('select id from stages.period where order_id = $1', [id]);
    expect(periods).toHaveLength(a.code === null ? 1 : 0);
  });
  test('an order whose hour passes while nobody signs can only be sent back', async () => {
    const id = await reviewed();
    house.clock.forward(3 * hour);
    expect(await trySign(id)).toMatchObject({ status: 409, code: 'hour_passed' });
  });
});

describe('a unit or a site with an order of its own', () => {
  test('switches alone, keeps its stage when the group switches, and goes with the group again when it comes to the same', async () => {
    const own = await signed({ nodeId: house.unit('U04'), toCode: 'S1' });
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    expect(applied).toEqual([expect.objectContaining({ units: 1, sites: 12 })]);
    expect([await stageOf('liai04'), await stageOf('liai07'), await stageOf('site01')]).toEqual(['S1', 'S4', 'S1']);

    const groups = await reviewed({ toCode: 'S0' });
    const shown = await read(groups);
    expect(shown.scope).toMatchObject({ units: 9, sites: 108 });
    expect(shown.scope.apart).toEqual([{ nodeId: house.unit('U04'), stage: expect.objectContaining({ code: 'S1' }) }]);
    await (await house.as('lead00')).do(api.stages.sign, await signing(groups));
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    expect([await stageOf('liai04'), await stageOf('liai07')]).toEqual(['S1', 'S0']);

    const back = await signed({ nodeId: house.unit('U04'), toCode: 'S0' });
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    expect(await stageOf('liai04')).toBe('S0');
    expect(
      await house.sql('select id from stages.period where node_id = $1 and to_at is null', [house.unit('U04')]),
    ).toEqual([]);
    expect(applied.at(-1)).toMatchObject({ orderId: back, units: 1 });
    expect([(await read(own)).state, (await read(back)).state]).toEqual(['closing_review', 'closed']);
    expect((await (await house.as('sup01')).do(api.stages.overview, {})).current).toHaveLength(1);
  });
  test('signed for a later hour, it is not made untrue by an order above it, or by taking that one back', async () => {
    const unit = await signed({ nodeId: house.unit('U04'), toCode: 'S2', effectiveAt: later(3 * day) });
    const groups = await reviewed({ effectiveAt: later(2 * day) });
    expect(await trySign(groups)).toMatchObject({ status: 409, code: 'order_depends' });
    const { number } = await read(unit);
    const refused = (await trySign(groups)).problem;
    expect([refused.title, number]).toEqual([expect.stringContaining(number!), expect.any(String)]);
    // After the unit's hour it concerns the unit no more.
    const leader = await house.as('lead00');
    await leader.do(api.stages.withdraw, { id: groups, version: await versionOf(groups), text: '改到以后' });
    const after = await signed({ effectiveAt: later(4 * day) });
    await leader.do(api.stages.withdraw, { id: after, version: await versionOf(after), text: '不转了' });
    await leader.do(api.stages.withdraw, { id: unit, version: await versionOf(unit), text: '不转了' });

    // The other way about: one that begins from the stage the group will be in.
    const first = await signed({ toCode: 'S1', effectiveAt: later(day) });
    await signed({ nodeId: house.unit('U04'), toCode: 'S2', effectiveAt: later(2 * day) });
    const taken = await leader.try(api.stages.withdraw, { id: first, version: await versionOf(first), text: '不转了' });
    expect(taken).toMatchObject({ status: 409, code: 'order_depends' });
    expect(await read(first)).toMatchObject({ state: 'signed' });
  });
  test('one that goes with the group again does not find another stage there at its hour', async () => {
    await signed({ nodeId: house.unit('U04'), toCode: 'S1' });
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    const groups = await signed({ toCode: 'S0' });
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    await signed({ nodeId: house.unit('U04'), toCode: 'S0', effectiveAt: later(2 * day) });
    const away = await reviewed({ toCode: 'S1', effectiveAt: later(day) });
    expect(await trySign(away)).toMatchObject({ status: 409, code: 'order_depends' });
    expect((await read(groups)).state).toBe('in_force');
  });
  test('the group’s order and a unit’s are signed at the same moment: both are true, or one is refused', async () => {
    const groups = await reviewed({ effectiveAt: later(2 * day) });
    const units = await reviewed({ nodeId: house.unit('U04'), toCode: 'S2', effectiveAt: later(3 * day) });
    const inputs = [await signing(groups), await signing(units)] as const;
    const [a, b] = await Promise.all([
      (await house.as('lead00')).try(api.stages.sign, inputs[0]),
      (await house.as('lead01')).try(api.stages.sign, inputs[1]),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 409]);
    expect([a.code, b.code].find((code) => code !== null)).toMatch(/^(order_depends|stage_moved)$/);
  });
  test('how a unit came back to the group’s stage stands in the history', async () => {
    await signed({ nodeId: house.unit('U04'), toCode: 'S1' });
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    await signed({ toCode: 'S0' });
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    const back = await signed({ nodeId: house.unit('U04'), toCode: 'S0' });
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    const { rejoined, periods } = await (await house.as('sup01')).do(api.stages.history, {});
    expect(rejoined.map(({ id }) => id)).toEqual([back]);
    expect(periods.some(({ order }) => order?.id === back)).toBe(false);
  });
  test('a site’s order changes the site and nothing of its unit, and asks the unit of that site alone', async () => {
    const id = await signed({ nodeId: house.site('U04-02'), toCode: 'S2' });
    expect((await read(id)).look.units.map(({ unitId }) => unitId)).toEqual([house.unit('U04')]);
    house.clock.forward(2 * hour);
    await house.timers.run('stages.activate');
    expect(applied).toEqual([expect.objectContaining({ units: 0, sites: 1 })]);
    expect([await stageOf('site01'), await stageOf('site02')]).toEqual(['S4', 'S2']);
  });
});

describe('the database itself refuses', () => {
  const group = (): number => house.dir.groupNode.id;
  async function refuses(what: string, text: string, values: unknown[]): Promise<void> {
    await expect(house.sql(text, values)).rejects.toThrow(new RegExp(what));
  }
  const order = `insert into stages.stage_order (id, node_id, from_code, to_code, basis_number, basis_title, basis_at, effective_at, trigger, state, drafted_by, drafted_label, drafted_at)
    values (gen_random_uuid(), $1, $2, $3, 'n', 't', $4, $5, 'x', $6, $7, 'a', now())`;
  const someone = (): string => people.get('liai04')!;
  test('a stage before its basis', async () => {
    await refuses('not_before_its_basis', order, [group(), 'S4', 'S1', '2026-03-02', '2026-03-01', 'draft', someone()]);
    await refuses(
      'period_not_before_its_basis',
      `insert into stages.period (id, node_id, stage_code, from_at, basis, basis_at) values (gen_random_uuid(), $1, 'S1', '2030-03-01', 'n', '2030-03-02')`,
      [house.unit('U01')],
    );
  });
  test('a stage that overlaps another in its scope', async () => {
    await refuses(
      'one_stage_at_a_time',
      `insert into stages.period (id, node_id, stage_code, from_at, basis) values (gen_random_uuid(), $1, 'S1', '2030-03-01', 'n')`,
      [group()],
    );
  });
  test('a transition that is not listed', async () => {
    await refuses('listed_transition', order, [group(), 'S4', 'S3', '2026-03-01', '2026-03-02', 'draft', someone()]);
  });
  test('two orders on their way at one place', async () => {
    await drafted();
    await refuses('one_open_order', order, [group(), 'S4', 'S1', '2026-03-01', '2026-03-02', 'draft', someone()]);
  });
  test('two hands by one person', async () => {
    const id = await drafted();
    await refuses('different_hands', 'update stages.stage_order set reviewed_by = drafted_by where id = $1', [id]);
    await refuses('different_hands', 'update stages.stage_order set second_by = drafted_by where id = $1', [id]);
  });
  test('a signature without a review, or without both ticks', async () => {
    const id = await drafted();
    await refuses(
      'signed_in_full',
      `update stages.stage_order set state = 'signed', seen_unready = true, seen_consequences = true where id = $1`,
      [id],
    );
    const next = await (async () => {
      await house.sql('delete from stages.entry');
      await house.sql('delete from stages.stage_order');
      return reviewed();
    })();
    await refuses(
      'consequences_seen',
      `update stages.stage_order set state = 'signed', number = 'x', signed_by = $2, signed_at = now() where id = $1`,
      [next, people.get('liai07')],
    );
  });
  test('a period that is not its order’s', async () => {
    const id = await drafted();
    await refuses(
      'a period begins with its order',
      `insert into stages.period (id, node_id, stage_code, from_at, basis, order_id) values (gen_random_uuid(), $1, 'S1', '2031-03-01', 'n', $2)`,
      [house.unit('U01'), id],
    );
  });
});

describe('readiness', () => {
  test('flips are journalled once, by the timer; the lead is reckoned from them alone', async () => {
    unready = ['U09'];
    const id = await drafted({ effectiveAt: later(13 * day) });
    await house.timers.run('stages.readiness');
    await house.timers.run('stages.readiness');
    house.clock.forward(12 * day);
    unready = ['U03'];
    await house.timers.run('stages.readiness');
    house.clock.forward(hour);
    await house.timers.run('stages.readiness_daily');
    unready = [];
    await house.timers.run('stages.readiness');
    await house.settled();
    const lead = (code: string, units: Awaited<ReturnType<typeof read>>['look']['units']) =>
      units.find(({ unitId }) => unitId === house.unit(code))?.leadDays;
    const { units } = (await read(id)).look;
    expect(['U01', 'U09', 'U03'].map((code) => lead(code, units))).toEqual([13, 1, 0]);
    const flips = await house.sql<{ action: string }>(
      `select action from journal.entry where record_kind = 'readiness' and unit_id = $1 and state_to = 'S1' order by seq`,
      [house.unit('U09')],
    );
    expect(flips.map(({ action }) => action)).toEqual(['stages.unready', 'stages.ready']);
    // The last look is kept in a table; without it the journal says the same.
    await house.sql('delete from stages.readiness');
    expect(lead('U09', (await read(id)).look.units)).toBe(1);
  });

  test('verify lays hands and readiness beside the journal, and names what was changed behind its back', async () => {
    const id = await signed();
    await house.timers.run('stages.readiness');
    await house.settled();
    const check = (): Promise<StagesCheck> =>
      inStatement(house.program.pool, (tx) => checkStages(tx, new Date(house.clock.now().getTime() + hour)));
    expect(await check()).toEqual({ orders: 1, units: 10, differences: [] });
    await house.sql('update stages.stage_order set reviewed_by = $2 where id = $1', [id, people.get('liai07')]);
    await house.sql('update stages.readiness set ready = false where unit_id = $1', [house.unit('U05')]);
    expect((await check()).differences).toEqual([
      `${id}: reviewed by`,
      expect.stringContaining(`unit ${house.unit('U05')} ready for S1`),
    ]);
  });

  test('what a unit lacks is chased by name, once an hour, and shows who has read it', async () => {
    unready = ['U09'];
    const id = await drafted();
    const support = await house.as('sup01');
    expect(await support.do(api.stages.chase, { id, unitId: house.unit('U09') })).toEqual({ told: 1 });
    expect(await support.try(api.stages.chase, { id, unitId: house.unit('U09') })).toMatchObject({
      code: 'chased_just_now',
    });
    expect(await support.try(api.stages.chase, { id, unitId: house.unit('U01') })).toMatchObject({
      code: 'unit_is_ready',
    });
    const liaison = await house.as('u09-liaison');
    const { messages } = await liaison.do(api.messages.inbox, { view: 'confirm' });
    const told = messages.find(({ about }) => about.id === id)!;
    expect(told).toMatchObject({
      kind: 'stage.unready',
      values: { unit: 'U09', n: 1 },
      about: { route: `/stages/orders/${id}` },
    });
    expect((await read(id)).chases).toMatchObject([{ people: 1, opened: 0, confirmed: 0, by: '综合办公01' }]);
    await liaison.do(api.messages.confirm, { id: told.id });
    expect((await read(id)).chases).toMatchObject([{ people: 1, opened: 1, confirmed: 1 }]);
    house.clock.forward(61 * minute);
    expect(await support.do(api.stages.chase, { id, unitId: house.unit('U09') })).toEqual({ told: 1 });
  });

  test('a check is asked about the hour of the order, and without an order about now', async () => {
    const asked: Date[] = [];
    provideReadinessCheck({
      key: 'hours',
      words: { zh: '时刻', en: 'Hours' },
      order: 2,
      check: async (_tx, { at }) => {
        asked.push(at);
        return [];
      },
    });
    const hourOf = new Date(later(3 * day));
    const id = await drafted({ effectiveAt: hourOf.toISOString() });
    await read(id);
    await house.timers.run('stages.readiness');
    await (await house.as('sup01')).do(api.stages.preview, { nodeId: house.dir.groupNode.id, toCode: 'S1' });
    expect(asked).toEqual([hourOf, hourOf, house.clock.now()]);
  });

  test('nobody chases the people next door', async () => {
    unready = ['U04', 'U09'];
    const id = await drafted();
    const neighbour = await house.as('liai04');
    expect((await read(id, 'liai04')).chaseUnits).toEqual([house.unit('U04')]);
    expect(await neighbour.try(api.stages.chase, { id, unitId: house.unit('U09') })).toMatchObject({ status: 403 });
    expect(await neighbour.try(api.stages.chase, { id, unitId: house.unit('U04') })).toMatchObject({ status: 200 });
    expect((await read(id, 'sup02')).chaseUnits).toHaveLength(10);
  });

  test('what if: any switch is tried without an order, and changes nothing', async () => {
    unready = ['U02'];
    const tried = await (await house.as('hand11')).do(api.stages.preview, {
      nodeId: house.dir.groupNode.id,
      toCode: 'S2',
    });
    expect(tried).toMatchObject({ from: { code: 'S4' }, to: { code: 'S2' }, scope: { units: 10, sites: 120 } });
    expect(tried.look.units.find(({ ready }) => !ready)).toMatchObject({
      unitId: house.unit('U02'),
      missing: [{ key: 'own', label: { zh: '缺一样' }, people: 1 }],
    });
    expect(await house.sql('select id from stages.stage_order')).toEqual([]);
  });
});

test('every open page hears of a switch through the live stream', async () => {
  const worker = await house.as('worker02');
  await worker.fetch('GET', '/api/session');
  const abort = new AbortController();
  const response = await fetch(`${house.program.address}/api/live`, {
    headers: { cookie: [...worker.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    signal: abort.signal,
  });
  const heard = (async () => {
    for await (const chunk of response.body!)
      for (const line of Buffer.from(chunk).toString().split('\n'))
        if (line.startsWith('data:') && JSON.parse(line.slice(5)).kind === 'stage') return true;
    return false;
  })();
  const id = await drafted({ toCode: 'S2', emergency: true, effectiveAt: null });
  await trySign(id, 'lead00');
  await trySign(id, 'lead01');
  expect(await heard).toBe(true);
  abort.abort();
  expect(
    await house.sql(`select action from journal.entry where record_kind = 'stage' order by seq desc limit 1`),
  ).toEqual([{ action: 'stages.switched' }]);
  // What was asked after it is due by the new stage at once.
  expect(await stageOf('worker02')).toBe('S2');
});
