import type { Hand, OrderRow, OrderState, OrderView, StageLook, StageNamed } from '../../../contract/stages.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { chasesOf } from './chasing.ts';
import { isOpenOrder } from './lifecycle.ts';
import { abilitiesOf, mayChase } from './policy.ts';
import { allStages, entriesOf, type HeldPeriod, type OrderRecord } from './queries.ts';
import { lookAt } from './readiness.ts';
import { hourOf, named, periodAt, reachOf, scopeView } from './scope.ts';

export type StageNames = (code: string) => StageNamed;

export async function stageNames(tx: Tx): Promise<StageNames> {
  const stages = new Map((await allStages(tx)).map((stage) => [stage.code, named(stage)]));
  return (code) => stages.get(code) ?? { code, zh: code, en: code };
}

const hand = (id: string | null, label: string | null, at: Date | null): Hand | null =>
  at === null ? null : { id, label: label ?? '', at: at.toISOString() };

export const orderRowOf = (order: OrderRecord, stage: StageNames): OrderRow => ({
  id: order.id,
  number: order.number,
  nodeId: order.node_id,
  from: stage(order.from_code),
  to: stage(order.to_code),
  basis: { number: order.basis_number, title: order.basis_title, at: order.basis_at.toISOString() },
  effectiveAt: order.effective_at.toISOString(),
  trigger: order.trigger,
  emergency: order.emergency,
  atOnce: order.at_once,
  state: order.state as OrderState,
  drafted: hand(order.drafted_by, order.drafted_label, order.drafted_at)!,
  reviewed: hand(order.reviewed_by, order.reviewed_label, order.reviewed_at),
  signed: hand(order.signed_by, order.signed_label, order.signed_at),
  second: hand(order.second_by, order.second_label, order.second_at),
  withdrawn: hand(order.withdrawn_by, order.withdrawn_label, order.withdrawn_at),
  version: order.version,
});

/** As the last signer saw it; null where nobody has signed. */
function asSigned(order: OrderRecord): StageLook | null {
  if (!order.readiness_seen) return null;
  const seen = order.readiness_seen as unknown as Pick<StageLook, 'asOf' | 'checks' | 'units'>;
  const { effects } = (order.effects_seen ?? { effects: [] }) as unknown as Pick<StageLook, 'effects'>;
  return { ...seen, effects, seenBySigner: true };
}

export async function orderViewOf(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  order: OrderRecord,
  periods: readonly HeldPeriod[],
  now: Date,
): Promise<OrderView> {
  const startsAt = hourOf(order, now);
  const reach = reachOf(periods, dir, order.node_id, startsAt);
  const seen = isOpenOrder(order) ? null : asSigned(order);
  const { can, cannot } = abilitiesOf(actor, dir, order);
  return {
    ...orderRowOf(order, await stageNames(tx)),
    scope: scopeView(dir, reach),
    look:
      seen ??
      (await lookAt(tx, {
        changes: reach.scope,
        units: reach.asked,
        fromStage: order.from_code,
        toStage: order.to_code,
        at: now,
        startsAt,
        notBefore: periodAt(periods, dir, order.node_id, now)?.from_at ?? null,
      })),
    entries: (await entriesOf(tx, order.id)).map((entry) => ({
      id: entry.id,
      at: entry.at.toISOString(),
      kind: entry.kind as OrderView['entries'][number]['kind'],
      who: entry.actor_label,
      unitId: entry.unit_id,
      text: entry.text,
    })),
    chases: await chasesOf(tx, order.id),
    chaseUnits: can.chase ? reach.asked.unitIds.filter((unitId) => mayChase(actor, dir, unitId)) : [],
    can,
    cannot,
  };
}
