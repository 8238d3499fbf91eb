/**
 * Storylines of the demo world as far as they are of stages and plans: each figure is read where a person reads it, and
 * reckoned from the journal, the plans and the orders that the demo holds. docs/storylines.md says where to click.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PlanFile } from '../../contract/plans.ts';
import type { OrderView, PeriodView } from '../../contract/stages.ts';
import { likenessOf, namesAt, shingled } from '../modules/plans/index.ts';
import { inTransaction } from '../platform/transaction.ts';
import { rootFolder } from '../testing/database.ts';
import { api, type Client, day, type House, hour, openHouse } from '../testing/program.ts';
import { loadPlans } from './plans.ts';
import { loadStageOrders } from './stages.ts';
import { readWorld } from './world.ts';

let house: House;
let support: Client;
let periods: PeriodView[];
beforeAll(async () => {
  house = await openHouse();
  const world = await readWorld(rootFolder);
  await inTransaction(house.program.pool, async (tx) => {
    await loadStageOrders(tx, world, house.clock.now());
    await loadPlans(tx, world, house.clock.now());
  });
  support = await house.as('sup01');
  // Leads are read from the journal, once its entries have their place in it.
  await vi.waitFor(
    async () => {
      periods = (await support.do(api.stages.history, {})).periods;
      expect(periods.map(({ leads }) => leads.length)).toEqual([0, 10, 10, 10, 10]);
    },
    { timeout: 120_000, interval: 100 },
  );
}, 180_000);
afterAll(() => house.stop());

const periodOf = (stage: string): PeriodView => periods.find((one) => one.stage.code === stage && one.order)!;
const at = (iso: string | null): number => Date.parse(iso!);
const codeOf = (nodeId: number): string => house.dir.nodes.get(nodeId)!.code;
const orderOf = (stage: string): Promise<OrderView> => support.do(api.stages.order, { id: periodOf(stage).order!.id });
/** The first plan of a place for a stage, with its signatures. */
async function plansFor(stage: string, code: string): Promise<PlanFile[]> {
  const { rows } = await support.do(api.plans.list, { stage, view: 'past' });
  const mine = rows.filter((one) => codeOf(one.nodeId) === code).sort((a, b) => a.versionNo - b.versionNo);
  return Promise.all(mine.map(({ id }) => support.do(api.plans.plan, { id })));
}

describe('ST01, day −13: after the alert, pre-positioning is finished in 48 hours, but for U09', () => {
  test('twelve days early in nine units, one day in U09, by the journal', () => {
    const leads = new Map(periodOf('S2').leads.map(({ unitId, days }) => [codeOf(unitId), days]));
    expect(leads.get('U09')).toBe(1);
    expect([...leads.values()].filter((days) => days === 12)).toHaveLength(9);
    expect(leads.size).toBe(10);
  });
  test('within 48 hours of the alert in nine units, and on its thirteenth day in U09', () => {
    const alert = at(periodOf('S1').from);
    const took = new Map(periodOf('S2').leads.map(({ unitId, since }) => [codeOf(unitId), (at(since) - alert) / hour]));
    for (const [code, hours] of took) {
      expect([code, hours]).toEqual([code, expect.any(Number)]);
      if (code === 'U09') expect(hours).toBe(13 * 24);
      else expect(hours).toBeLessThanOrEqual(48);
    }
  });
  test('the plans say the same as the journal: the last thing prepared was approved just before', async () => {
    const { rows } = await support.do(api.plans.list, { stage: 'S2', view: 'past' });
    const ready = new Map(periodOf('S2').leads.map(({ unitId, since }) => [unitId, at(since)]));
    const last = new Map<number, number>();
    for (const row of rows)
      if (row.unitId !== null && row.versionNo === 1)
        last.set(row.unitId, Math.max(last.get(row.unitId) ?? 0, at(row.approvedAt)));
    expect(last.size).toBe(10);
    for (const [unitId, approved] of last) {
      const before = ready.get(unitId)! - approved;
      expect([codeOf(unitId), before >= 0 && before < hour]).toEqual([codeOf(unitId), true]);
    }
  });
  test('the signed order shows it as its signer saw it', async () => {
    const { look, number } = await orderOf('S2');
    expect(number).toMatch(/^阶段令〔\d{4}〕2号$/);
    expect(look.seenBySigner).toBe(true);
    expect(look.units.every(({ ready }) => ready)).toBe(true);
    expect(look.units.map(({ unitId, leadDays }) => [codeOf(unitId), leadDays])).toContainEqual(['U09', 1]);
  });
});

describe('ST02, day 0: coverage falls to nought and comes back', () => {
  const recovery = async (by: Client = support) =>
    by.do(api.plans.recovery, { nodeId: house.dir.groupNode.id, stage: 'S2' });

  test('from 120 of 120 to none, and to 120 again at +23 hours', async () => {
    const { since, sites, before, sets } = await recovery();
    expect([before, sites, sets.length]).toEqual([120, 120, 120]);
    expect(since).toBe(periodOf('S2').from);
    expect(at(sets[0]!.at)).toBeGreaterThan(at(since));
    expect((at(sets.at(-1)!.at) - at(since)) / hour).toBe(23);
    expect(new Set(sets.map(({ siteId }) => siteId)).size).toBe(120);
  });
  test('its signer was shown the fall before signing, and ticked it', async () => {
    const { look } = await orderOf('S2');
    const row = look.effects.flatMap(({ rows }) => rows).find(({ item }) => item.zh === '措施集覆盖');
    expect(row).toMatchObject({ before: { zh: '120/120' }, after: { zh: '0/120' } });
  });
  test('U09-08 copied its neighbour, 98 percent alike, and was not covered until it had tailored the set', async () => {
    const { sets, copies, since } = await recovery();
    expect(copies.map(({ siteId, likeSiteId }) => [codeOf(siteId), codeOf(likeSiteId!)])).toEqual([
      ['U09-08', 'U09-07'],
    ]);
    const [copy, tailored] = await plansFor('S2', 'U09-08');
    expect([copy!.id, copy!.copied, tailored!.copied]).toEqual([copies[0]!.planId, true, false]);
    const covered = sets.find(({ siteId }) => codeOf(siteId) === 'U09-08')!;
    expect(covered.planId).toBe(tailored!.id);
    expect((at(covered.at) - at(since)) / hour).toBe(22.5);
    expect((at(copies[0]!.at) - at(since)) / hour).toBe(8);

    // Anybody may reckon it again from the words of the two sets.
    const neighbour = await support.do(api.plans.plan, { id: copy!.like!.planId });
    const pieces = (plan: PlanFile) => shingled(plan.table, namesAt(house.dir, plan.siteId!));
    const like = likenessOf(pieces(copy!), pieces(neighbour));
    expect(Math.round(like.own * 100)).toBe(98);
    expect(like.whole).toBeGreaterThan(0.95);
    expect(copies[0]!.own).toBe(copy!.like!.own);
    expect([copy!.like!.whole, copy!.like!.own]).toEqual([expect.closeTo(like.whole, 5), expect.closeTo(like.own, 5)]);
    expect(likenessOf(pieces(tailored!), pieces(neighbour)).own).toBeLessThan(0.95);
  });
  test('each unit sees its own way back', async () => {
    const own = await recovery(await house.as('u09-liaison'));
    expect([own.sites, own.sets.length, own.copies.length]).toEqual([12, 12, 1]);
    expect(await recovery(await house.as('liai04'))).toMatchObject({ sites: 12, copies: [] });
  });
});

describe('ST16, day 66: to normal control', () => {
  test('signed by three people on its basis, nine units nine days ready; the stage before waits for its look back', async () => {
    const [left, now] = [periodOf('S3'), periodOf('S4')];
    expect((at(now.from) - at(periodOf('S2').from)) / day).toBe(66);
    expect([left.to, now.to]).toEqual([now.from, null]);
    const order = await orderOf('S4');
    expect(order).toMatchObject({
      state: 'in_force',
      from: { code: 'S3' },
      to: { code: 'S4' },
      basis: { title: '关于转入常态化防控的通知' },
    });
    const hands = [order.drafted, order.reviewed!, order.signed!];
    expect(new Set(hands.map(({ id }) => id)).size).toBe(3);
    expect(at(order.basis.at)).toBeLessThan(at(now.from));
    expect((await orderOf('S3')).state).toBe('closing_review');
  });
  test('normal needs go by office hours again, and the daily asks less', async () => {
    const rows = (await orderOf('S4')).look.effects.flatMap((group) => group.rows);
    const row = (zh: string) => rows.find(({ item }) => item.zh === zh);
    expect(row('一般诉求计时')).toMatchObject({ before: { en: '24×7' }, after: { en: 'Office hours' }, changed: true });
    expect(row('工地日报')).toMatchObject({
      before: { en: '19 items, by 17:00' },
      after: { en: '14 items, by 17:00' },
    });
    const { stage } = await (await house.as('worker01')).do(api.stages.now, {});
    expect(stage?.code).toBe('S4');
  });
  test('every site is covered for it', async () => {
    const { covered, sites } = await support.do(api.plans.coverage, {});
    expect([covered, sites]).toEqual([120, 120]);
  });
});
