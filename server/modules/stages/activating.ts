import { roleFor } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { type Directory, directory } from '../organization/index.ts';
import { move } from './lifecycle.ts';
import {
  allPeriods,
  lockOrder,
  lockTimeline,
  markApplied,
  type OrderRecord,
  patchOrder,
  periodEndedAt,
  periodOfOrder,
} from './queries.ts';
import { note } from './record.ts';
import { stageEffects } from './registry.ts';
import { periodAt, reachOf } from './scope.ts';
import { forgetTimeline } from './timeline.ts';

/** The hour of a signed order has come: what it changes is applied, once, and every open page hears of it. */
export async function switchOver(context: Context, order: OrderRecord): Promise<void> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const periods = await allPeriods(tx);
  const at = order.effective_at;
  const own = await periodOfOrder(tx, order.id);
  const state = move('activate', order.state);
  const { scope } = reachOf(periods, dir, order.node_id, at);
  // A unit that goes with the place above again has no period of its own.
  const periodId = own?.id ?? periodAt(periods, dir, order.node_id, at)!.id;
  await patchOrder(tx, order.id, { state, in_force_at: now });
  if (own) await markApplied(tx, own.id, now);
  for (const effect of stageEffects())
    await effect.apply?.(context, {
      periodId,
      orderId: order.id,
      scope,
      fromStage: order.from_code,
      toStage: order.to_code,
      at,
    });
  await note(context, dir, order, {
    kind: own ? 'activated' : 'rejoined',
    permission: null,
    from: order.state,
    to: state,
    figures: { units: scope.unitIds.length, sites: scope.siteIds.length, late_ms: now.getTime() - at.getTime() },
  });
  if (!own) await patchOrder(tx, order.id, { state: 'closed', closed_at: now });

  // The stage that was left is looked back upon before its order is closed.
  const left = (await periodEndedAt(tx, order.node_id, at))?.order_id;
  const before = left ? await lockOrder(tx, left) : undefined;
  if (before?.state === 'in_force') {
    await patchOrder(tx, before.id, { state: move('leave', before.state), closing_at: now });
    await note(context, dir, before, { kind: 'closing', permission: null, from: before.state, to: 'closing_review' });
  }
  await tellEveryPage(context, dir, order, periodId, 'stages.switched');
  forgetTimeline();
}

/**
 * Heard by every page that is open, a worker's too: the record is the stage of a place, not the order. Told at the signing as
 * well, so that each page knows the hour beforehand and turns by itself.
 */
export const tellEveryPage = (
  { tx, actor, now }: Context,
  dir: Directory,
  order: OrderRecord,
  periodId: string,
  action: 'stages.switched' | 'stages.scheduled' | 'stages.unscheduled',
): Promise<void> =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, null),
    action,
    recordKind: 'stage',
    recordId: periodId,
    class: 'normal',
    unitId: dir.unitOf(order.node_id),
    from: order.from_code,
    to: order.to_code,
  });

/** For the timer; an order that was withdrawn or applied meanwhile is left alone. */
export async function activate(context: Context, id: string): Promise<void> {
  await lockTimeline(context.tx);
  const order = await lockOrder(context.tx, id);
  if (order?.state !== 'signed' || order.effective_at > context.now) return;
  await switchOver(context, order);
}
