import type { OutputOf } from '../../../contract/endpoint.ts';
import type { StageNamed, stageEndpoints } from '../../../contract/stages.ts';
import type { Directory } from '../organization/index.ts';
import { isOpenOrder } from './lifecycle.ts';
import type { HeldPeriod, OrderRecord } from './queries.ts';
import type { StageScope } from './registry.ts';

const covers = (period: HeldPeriod, at: Date): boolean =>
  period.from_at <= at && (period.to_at === null || period.to_at > at);

/** The period that decides at a place: the nearest node with one of its own. */
export function periodAt(periods: readonly HeldPeriod[], dir: Directory, nodeId: number, at: Date): HeldPeriod | null {
  for (const id of dir.ancestors(nodeId)) {
    const found = periods.find((period) => period.node_id === id && covers(period, at));
    if (found) return found;
  }
  return null;
}

/** When an order takes effect, or would: one at once, or whose hour has passed while it was on its way, now. */
export const hourOf = (order: Pick<OrderRecord, 'at_once' | 'effective_at' | 'state'>, now: Date): Date =>
  isOpenOrder(order) && (order.at_once || order.effective_at < now) ? now : order.effective_at;

export interface Reach {
  /** What a switch there changes. */
  scope: StageScope;
  /** Who is asked whether they are ready: the same, and for a site its unit. */
  asked: StageScope;
  /** Places below that keep the stage of their own order. */
  apart: HeldPeriod[];
}

/** What a switch at this place reaches at that moment. A place with an order of its own goes by that, and so does all below. */
export function reachOf(periods: readonly HeldPeriod[], dir: Directory, nodeId: number, at: Date): Reach {
  const own = new Map<number, HeldPeriod>();
  for (const period of periods) if (period.node_id !== nodeId && covers(period, at)) own.set(period.node_id, period);
  const unitIds: number[] = [];
  const siteIds: number[] = [];
  const apart: HeldPeriod[] = [];
  for (const node of dir.nodes.values()) {
    if (node.kind !== 'unit' && node.kind !== 'site') continue;
    const lineage = dir.ancestors(node.id);
    const here = lineage.indexOf(nodeId);
    if (here < 0) continue;
    if (here > 0 && own.has(node.id)) apart.push(own.get(node.id)!);
    if (lineage.slice(0, here).some((id) => own.has(id))) continue;
    (node.kind === 'unit' ? unitIds : siteIds).push(node.id);
  }
  const scope = { nodeId, unitIds, siteIds };
  const unit = dir.nodes.get(nodeId)?.kind === 'site' ? dir.unitOf(nodeId) : null;
  return { scope, asked: unit === null ? scope : { ...scope, unitIds: [unit] }, apart };
}

type ScopeView = OutputOf<typeof stageEndpoints.preview>['scope'];

export const named = (stage: StageNamed): StageNamed => ({ code: stage.code, zh: stage.zh, en: stage.en });

export const scopeView = (dir: Directory, { scope, apart }: Reach): ScopeView => ({
  units: scope.unitIds.length,
  sites: scope.siteIds.length,
  heads: scope.siteIds.reduce((sum, id) => sum + (dir.nodes.get(id)?.heads ?? 0), 0),
  apart: apart.map((period) => ({ nodeId: period.node_id, stage: named(period) })),
});
