import type { CoverRow, CoverState } from '../../../contract/plans.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { stageAt, stageInForce, stagesInForce } from '../stages/index.ts';
import { firstInForce, type StandingPlan, standingPlans } from './queries.ts';

/** Within so long after a switch every site must be covered again. */
export const recoverMs = 24 * 3_600_000;

/** Sites whose coverage this person may read; those of a unit in the order of their codes. */
export function sitesSeen(dir: Directory, actor: Actor): { id: number; unitId: number; code: string }[] {
  const areas = areasFor(actor, 'plans.read');
  return [...dir.nodes.values()]
    .filter((node) => node.kind === 'site')
    .map((node) => ({ id: node.id, unitId: dir.unitOf(node.id)!, code: node.code }))
    .filter((site) =>
      areas.some((area) => area.everywhere || area.unitIds.includes(site.unitId) || area.siteIds.includes(site.id)),
    )
    .sort((a, b) => a.code.localeCompare(b.code));
}

/** Best first: the plan that decides what a place's cell says. */
const says = (plan: StandingPlan, stage: string): CoverState =>
  plan.state === 'in_force' && plan.stage_code === stage
    ? plan.copied
      ? 'copy'
      : 'covered'
    : plan.stage_code === stage && plan.state === 'approved'
      ? 'waiting'
      : plan.stage_code === stage && plan.state !== 'to_be_renewed'
        ? 'writing'
        : plan.state === 'to_be_renewed' || plan.state === 'in_force'
          ? 'renew'
          : 'none';
const order: CoverState[] = ['covered', 'copy', 'waiting', 'writing', 'renew', 'none'];

/** What one place's plans come to for the stage in force there. Pure. */
export function coverOf(
  plans: readonly StandingPlan[],
  stage: string,
): { state: CoverState; plan: StandingPlan | null } {
  let best: { state: CoverState; plan: StandingPlan | null } = { state: 'none', plan: null };
  for (const plan of plans) {
    const state = says(plan, stage);
    if (order.indexOf(state) < order.indexOf(best.state)) best = { state, plan };
  }
  return best;
}

/** Unit by site, read in one go; a unit's stage is that of its place, a site's may be its own. */
export async function coverageFor(tx: Tx, actor: Actor, now: Date) {
  const dir = await directory(tx);
  const sites = sitesSeen(dir, actor);
  const unitIds = [...new Set(sites.map((site) => site.unitId))];
  const all = unitIds.length === [...dir.nodes.values()].filter((node) => node.kind === 'unit').length;
  const byNode = new Map<number, StandingPlan[]>();
  for (const plan of await standingPlans(tx, all ? null : unitIds)) {
    const there = byNode.get(plan.node_id);
    if (there) there.push(plan);
    else byNode.set(plan.node_id, [plan]);
  }
  const stages = await stagesInForce(
    tx,
    unitIds.map((unitId) => dir.ancestors(unitId)),
    now,
  );
  const sitesOf = new Map<number, typeof sites>(unitIds.map((unitId) => [unitId, []]));
  for (const site of sites) sitesOf.get(site.unitId)!.push(site);
  const dueOf = (since: string): Date => new Date(new Date(since).getTime() + recoverMs);
  const codes = new Map<number, string>();
  const rows: CoverRow[] = [];
  for (const [i, unitId] of unitIds.entries()) {
    const stage = stages[i];
    if (!stage) continue;
    const cells: CoverRow['cells'] = [];
    let late = 0;
    for (const site of sitesOf.get(unitId)!) {
      // A site may have a stage by an order of its own, begun at an hour of its own.
      const code = (await stageAt(tx, dir.ancestors(site.id), now))?.code ?? stage.code;
      codes.set(site.id, code);
      const { state, plan } = coverOf(byNode.get(site.id) ?? [], code);
      const own = code === stage.code ? stage : ((await stageInForce(tx, dir.ancestors(site.id), now)) ?? stage);
      if (state !== 'covered' && now > dueOf(own.since)) late++;
      cells.push({
        siteId: site.id,
        state,
        planId: plan?.id ?? null,
        since: plan?.in_force_from?.toISOString() ?? null,
      });
    }
    const unit = coverOf(byNode.get(unitId) ?? [], stage.code);
    rows.push({
      unitId,
      stage: stage.code,
      since: stage.since,
      due: dueOf(stage.since).toISOString(),
      covered: cells.filter((cell) => cell.state === 'covered').length,
      late,
      sites: cells.length,
      unitPlan: unit.state,
      unitPlanId: unit.plan?.id ?? null,
      cells,
    });
  }
  rows.sort((a, b) => dir.nodes.get(a.unitId)!.code.localeCompare(dir.nodes.get(b.unitId)!.code));
  return {
    asOf: now.toISOString(),
    covered: rows.reduce((sum, row) => sum + row.covered, 0),
    late: rows.reduce((sum, row) => sum + row.late, 0),
    sites: rows.reduce((sum, row) => sum + row.sites, 0),
    rows,
    // Who sees one unit sees how that unit came back, in a stage of its own perhaps.
    curve: await curveOf(
      tx,
      dir.ancestors(unitIds.length === 1 ? unitIds[0]! : dir.groupNode.id),
      codes,
      all ? null : unitIds,
      now,
    ),
  };
}

/**
 * How many were covered, at each moment a site came back, since the stage of that place began.
 * @param codes the stage in force at each site; those in another one are no part of it
 * @param unitIds of these units, or of all
 */
async function curveOf(
  tx: Tx,
  lineage: number[],
  codes: ReadonlyMap<number, string>,
  unitIds: number[] | null,
  now: Date,
) {
  const stage = await stageInForce(tx, lineage, now);
  if (!stage) return [];
  const times = (await firstInForce(tx, stage.code, new Date(stage.since), unitIds))
    .filter((row) => row.at !== null && codes.get(row.site_id!) === stage.code)
    .map((row) => row.at!.getTime())
    .sort((a, b) => a - b);
  const curve = [{ at: stage.since, covered: 0 }];
  for (const [i, at] of times.entries()) {
    const point = { at: new Date(at).toISOString(), covered: i + 1 };
    if (curve.at(-1)!.at === point.at) curve[curve.length - 1] = point;
    else curve.push(point);
  }
  return curve;
}
