import type { ChaseLine } from '../../../contract/stages.ts';
import { badField, conflict, forbidden, notFound } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { labelsOf } from '../access/index.ts';
import { tellingsAbout } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { tellUnready } from './announcing.ts';
import { abilitiesOf, mayChase } from './policy.ts';
import { allPeriods, chasedSince, lockOrder } from './queries.ts';
import { checkUnits } from './readiness.ts';
import { note } from './record.ts';
import { hourOf, reachOf } from './scope.ts';

const minute = 60_000;
/** Two who chase the same unit, or one who presses twice, chase it once. */
const betweenChasesMs = 60 * minute;

/**
 * Tells by name everybody who can mend what a unit lacks, and asks them to confirm within the hour: who does not is asked
 * again on the next channel, as with every message that must be confirmed.
 * @returns how many were told
 */
export async function chase(context: Context, input: { id: string; unitId: number }): Promise<number> {
  const { tx, now } = context;
  const order = await lockOrder(tx, input.id);
  if (!order) throw notFound();
  const dir = await directory(tx);
  if (!abilitiesOf(context.actor, dir, order).can.chase) throw forbidden();
  const at = hourOf(order, now);
  const { asked } = reachOf(await allPeriods(tx), dir, order.node_id, at);
  if (!asked.unitIds.includes(input.unitId)) throw badField('unitId', 'bad_choice');
  if (!mayChase(context.actor, dir, input.unitId)) throw forbidden();
  if (await chasedSince(tx, order.id, input.unitId, new Date(now.getTime() - betweenChasesMs)))
    throw conflict('chased_just_now');
  const [unit] = await checkUnits(tx, { ...asked, unitIds: [input.unitId] }, order.to_code, at);
  const missing = [...unit!.by.values()].flatMap((one) => one.missing);
  if (unit!.ready || missing.length === 0) throw conflict('unit_is_ready');
  const told = await tellUnready(context, dir, order, {
    unitId: input.unitId,
    missing: missing.length,
    accountIds: [...new Set(missing.flatMap(({ accountIds }) => accountIds))],
    within: betweenChasesMs / minute,
  });
  await note(context, dir, order, {
    kind: 'chased',
    permission: 'messages.chase',
    unitId: input.unitId,
    figures: { missing: missing.length, people: told },
  });
  return told;
}

/** What was sent about whom, and what came of it. */
export async function chasesOf(tx: Tx, orderId: string): Promise<ChaseLine[]> {
  const sent = await tellingsAbout(tx, 'stage.unready', orderId);
  const senders = new Map(
    (await labelsOf(tx, [...new Set(sent.map((one) => one.sender_id).filter((one) => one !== null))])).map((row) => [
      row.id,
      row.label,
    ]),
  );
  return sent.map((one) => ({
    unitId: Number((one.figures as { unitId: number }).unitId),
    at: one.sent_at.toISOString(),
    by: senders.get(one.sender_id ?? '') ?? '',
    people: one.people,
    opened: one.opened,
    confirmed: Number(one.confirmed),
    messageId: one.id,
  }));
}
