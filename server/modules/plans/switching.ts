import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsInRoles } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { provideReadinessCheck, provideStageEffect, type StageScope, type UnitReadiness } from '../stages/index.ts';
import { coverOf } from './coverage.ts';
import { markToBeRenewed, type PlanRecord, plansOf, preparedFor, standingPlans } from './queries.ts';
import { comeIntoForce } from './signing.ts';

const ready = new Set(['approved', 'in_force']);

/** Who writes for each unit: the ones chased for what is missing. */
async function writersByUnit(tx: Tx, dir: Directory): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>();
  for (const one of await accountsInRoles(tx, ['unit_liaison'])) {
    const unit = dir.unitOf(one.node_id);
    if (unit !== null) found.set(unit, [...(found.get(unit) ?? []), one.id]);
  }
  return found;
}

async function planReadiness(tx: Tx, scope: StageScope, toStage: string): Promise<UnitReadiness[]> {
  const writers = await writersByUnit(tx, await directory(tx));
  const plans = await preparedFor(tx, toStage, scope.unitIds);
  return scope.unitIds.map((unitId) => {
    const mine = plans.filter((plan) => plan.kind === 'unit_plan' && plan.node_id === unitId);
    const done = mine.some((plan) => ready.has(plan.state));
    const begun = mine.length > 0;
    return {
      unitId,
      have: done ? 1 : 0,
      need: 1,
      ready: done,
      missing: done
        ? []
        : [
            {
              label: begun
                ? { zh: '单位方案尚未批准', en: 'the unit plan is not approved yet' }
                : { zh: '没有单位方案', en: 'no unit plan' },
              route: `/plans?stage=${toStage}`,
              accountIds: writers.get(unitId) ?? [],
            },
          ],
    };
  });
}

async function setReadiness(tx: Tx, scope: StageScope, toStage: string): Promise<UnitReadiness[]> {
  const dir = await directory(tx);
  const writers = await writersByUnit(tx, dir);
  const prepared = new Set(
    (await preparedFor(tx, toStage, scope.siteIds))
      .filter((plan) => plan.kind === 'site_set' && ready.has(plan.state))
      .map((plan) => plan.node_id),
  );
  const byUnit = new Map<number, number[]>();
  for (const site of scope.siteIds) {
    const unit = dir.unitOf(site);
    if (unit !== null) byUnit.set(unit, [...(byUnit.get(unit) ?? []), site]);
  }
  return [...byUnit].map(([unitId, sites]) => {
    const lacking = sites.filter((site) => !prepared.has(site));
    return {
      unitId,
      have: sites.length - lacking.length,
      need: sites.length,
      ready: lacking.length === 0,
      missing: lacking.map((site) => ({
        label: {
          zh: `${dir.nodes.get(site)!.code} 措施集`,
          en: `measure set of ${dir.nodes.get(site)!.code}`,
        },
        route: `/plans?stage=${toStage}`,
        accountIds: writers.get(unitId) ?? [],
      })),
    };
  });
}

/** Marks what the switch leaves behind, and puts the group's prepared strategy into force: the order is its leader's word. */
async function renew(context: Context, { scope, toStage }: { scope: StageScope; toStage: string }): Promise<void> {
  const { tx, now } = context;
  const nodes = [...new Set([scope.nodeId, ...scope.unitIds, ...scope.siteIds])];
  const marked = await markToBeRenewed(tx, nodes, toStage);
  await append(
    tx,
    ...marked.map((plan) => ({
      at: now,
      actorId: null,
      role: 'system',
      action: 'plans.to_be_renewed',
      recordKind: 'plan',
      recordId: plan.id,
      class: 'normal',
      unitId: plan.unit_id,
      siteId: plan.site_id,
      from: 'in_force',
      to: 'to_be_renewed',
      figures: { kind: plan.kind, stage: plan.stage_code, version: plan.version_no, toStage },
    })),
  );
  const strategy = (await plansOf(tx, 'strategy', scope.nodeId, toStage)).find(
    (plan: PlanRecord) => plan.state === 'approved',
  );
  if (strategy) await comeIntoForce(context, strategy);
}

/** What plans tell the stage order: what must be prepared, what a switch sets to nought, and the switch itself. */
export function provideToStages(): void {
  provideReadinessCheck({
    key: 'plans',
    words: { zh: '方案', en: 'Plan' },
    order: 10,
    check: (tx, { scope, toStage }) => planReadiness(tx, scope, toStage),
  });
  provideReadinessCheck({
    key: 'sets',
    words: { zh: '措施集', en: 'Measure sets' },
    order: 20,
    check: (tx, { scope, toStage }) => setReadiness(tx, scope, toStage),
  });
  provideStageEffect({
    key: 'plans',
    words: { zh: '方案', en: 'Plans' },
    order: 40,
    async preview(tx, { scope, fromStage, toStage }) {
      const standing = await standingPlans(tx, null);
      const covered = (nodes: readonly number[], kind: string, stage: string): number =>
        nodes.filter(
          (node) =>
            coverOf(
              standing.filter((plan) => plan.node_id === node && plan.kind === kind),
              stage,
            ).state === 'covered',
        ).length;
      const prepared = (nodes: readonly number[], kind: string): number =>
        nodes.filter((node) =>
          standing.some(
            (plan) =>
              plan.node_id === node && plan.kind === kind && plan.stage_code === toStage && plan.state === 'approved',
          ),
        ).length;
      const { siteIds: sites, unitIds: units } = scope;
      const [nowSets, thenSets] = [covered(sites, 'site_set', fromStage), covered(sites, 'site_set', toStage)];
      const [nowPlans, thenPlans] = [covered(units, 'unit_plan', fromStage), covered(units, 'unit_plan', toStage)];
      return [
        {
          item: { zh: '措施集覆盖', en: 'Coverage by measure sets' },
          before: { zh: `${nowSets}/${sites.length}`, en: `${nowSets}/${sites.length}` },
          after: { zh: `${thenSets}/${sites.length}`, en: `${thenSets}/${sites.length}` },
          consequence: {
            zh: `须 24 小时内回到 ${sites.length}，已备 ${prepared(sites, 'site_set')} 份`,
            en: `back to ${sites.length} within 24 h; ${prepared(sites, 'site_set')} prepared`,
          },
          changed: nowSets !== thenSets,
        },
        {
          item: { zh: '单位方案', en: 'Unit plans' },
          before: { zh: `${nowPlans}`, en: `${nowPlans}` },
          after: { zh: `${thenPlans}`, en: `${thenPlans}` },
          consequence: {
            zh: `已备 ${prepared(units, 'unit_plan')} 份，须本单位确认后生效`,
            en: `${prepared(units, 'unit_plan')} prepared; each takes the unit's word`,
          },
          changed: nowPlans !== thenPlans,
        },
      ];
    },
    apply: renew,
  });
}
