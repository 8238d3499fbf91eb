import { uuidv7 } from 'uuidv7';
import type { dutyEndpoints as api } from '../../../contract/duty.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { note } from './noting.ts';
import {
  type HandoverRecord,
  handoverFrom,
  insertHandovers,
  lockShift,
  patchShift,
  postById,
  receiveHandover,
  type ShiftRecord,
  takenBefore,
} from './queries.ts';

type Input<K extends keyof typeof api> = ParsedOf<(typeof api)[K]>;
const minute = 60_000;
/** So long before it begins a shift may be taken, and before it ends be handed over. */
export const earlyMs = 60 * minute;
/** A note that is this late counts as missing: the post must not stand empty for it. */
const patienceMs = 15 * minute;

/** What a shift has to receive: the note of the last one on its post by somebody else; null where nobody was on before. */
export async function before(
  tx: Tx,
  shift: ShiftRecord,
): Promise<{ shift: ShiftRecord; handover: HandoverRecord | null } | null> {
  const last = await takenBefore(tx, shift.post_id, shift.from_at);
  if (!last || last.account_id === shift.account_id || last.state === 'handed_over') return null;
  return { shift: last, handover: (await handoverFrom(tx, [last.id]))[0] ?? null };
}

/**
 * Takes over a shift. The note of the one before is received with it, and only this makes that one handed over: whoever
 * leaves a post cannot say so alone. Without a note one waits a quarter of an hour past its end, then says why, and it is told up.
 * @throws not_your_shift, too_early, shift_begun, handover_missing
 */
export async function take(context: Context, input: Input<'take'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const shift = await lockShift(tx, input.id);
  if (!shift) throw notFound();
  if (shift.account_id !== actor.accountId) throw forbidden('not_your_shift');
  if (shift.version !== input.version) throw conflict('stale');
  if (shift.state !== 'planned') throw conflict('shift_begun');
  if (now.getTime() < shift.from_at.getTime() - earlyMs) throw new Refusal(409, 'too_early');
  if (now >= shift.to_at) throw new Refusal(409, 'shift_over');
  const post = (await postById(tx, shift.post_id))!;
  const last = await before(tx, shift);
  if (last && !last.handover) {
    const late = now.getTime() >= last.shift.to_at.getTime() + patienceMs;
    if (!late || !input.without) throw new Refusal(409, 'handover_missing');
    await tell(context, {
      kind: 'duty.without_note',
      to: { permission: 'duty.plan', nodeId: post.node_id },
      about: {
        kind: 'duty',
        id: shift.id,
        label: dir.nodes.get(post.node_id)!.code,
        route: `/duty?node=${post.node_id}`,
      },
      level: 'important',
      once: `duty.without_note:${shift.id}`,
    });
  }
  if (last?.handover) {
    await receiveHandover(tx, last.handover.id, {
      to_shift: shift.id,
      received_by: actor.accountId!,
      received_label: actor.label,
      received_at: now,
    });
    await patchShift(tx, last.shift.id, { state: 'handed_over', over_at: now, version: last.shift.version + 1 });
  }
  // Who stays on for the next hours hands over to nobody: the shift before simply ends.
  const own = await takenBefore(tx, shift.post_id, shift.from_at);
  if (own && own.account_id === actor.accountId && own.state === 'taken' && own.to_at >= shift.from_at)
    await patchShift(tx, own.id, { state: 'handed_over', over_at: now, version: own.version + 1 });
  await patchShift(tx, shift.id, { state: 'taken', taken_at: now, version: shift.version + 1 });
  await note(context, dir, {
    action: 'duty.shift_taken',
    recordKind: 'shift',
    recordId: shift.id,
    nodeId: post.node_id,
    lineId: post.line_id,
    from: 'planned',
    to: 'taken',
    reason: last && !last.handover ? 'without_note' : null,
    figures: { late: Math.max(0, Math.round((now.getTime() - shift.from_at.getTime()) / minute)) },
  });
}

/** Writes the note of a shift one is on. It stands open until whoever comes next has received it. */
export async function handOver(context: Context, input: Input<'handOver'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const shift = await lockShift(tx, input.id);
  if (!shift) throw notFound();
  if (shift.account_id !== actor.accountId) throw forbidden('not_your_shift');
  if (shift.version !== input.version) throw conflict('stale');
  if (shift.state !== 'taken') throw conflict('not_on_it');
  if (now.getTime() < shift.to_at.getTime() - earlyMs) throw new Refusal(409, 'too_early');
  if ((await handoverFrom(tx, [shift.id])).length > 0) throw conflict('handed_over_already');
  const post = (await postById(tx, shift.post_id))!;
  const id = uuidv7();
  await insertHandovers(tx, [
    {
      id,
      post_id: shift.post_id,
      from_shift: shift.id,
      note: input.note,
      open_matters: input.openMatters,
      given_by: actor.accountId!,
      given_label: actor.label,
      given_at: now,
    },
  ]);
  await patchShift(tx, shift.id, { version: shift.version + 1 });
  await note(context, dir, {
    action: 'duty.handed_over',
    recordKind: 'shift',
    recordId: shift.id,
    nodeId: post.node_id,
    lineId: post.line_id,
    figures: { open: input.openMatters.length },
  });
}
