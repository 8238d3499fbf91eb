import { uuidv7 } from 'uuidv7';
import type { CtiEvent } from '../../../contract/hotline.ts';
import type { Keys } from '../../platform/crypto.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { insertContact } from '../requests/index.ts';
import {
  type CallPatch,
  type CallRecord,
  endForgotten,
  forgetHandovers,
  forgetNumbers,
  forgetReached,
  insertCallback,
  insertEvent,
  lockCall,
  lockCallOf,
  patchCall,
  patchCallback,
  seatByCode,
  surgeRule,
  unsettledCalls,
  waitingCallbackOf,
} from './queries.ts';

const minute = 60_000;
/** While somebody rings back, nobody else does; and for so long a lost answer is given once more. */
export const claimMs = 10 * minute;

/** Digits of a number that can be rung; null for a withheld one. */
export function dialled(number: string | null | undefined): string | null {
  const digits = number?.replace(/\D/g, '') ?? '';
  return digits.length >= 3 ? digits : null;
}

const journal = (context: Context, call: CallRecord, action: string, figures: Record<string, number | string> = {}) =>
  append(context.tx, {
    at: context.now,
    actorId: context.actor.accountId,
    role: 'exchange',
    action: `hotline.${action}`,
    recordKind: 'call',
    recordId: call.id,
    class: 'normal',
    figures,
  });

/**
 * Takes what an exchange tells. Told twice it is done once, and told in any order it comes to the same: the first ring is
 * the earliest time told, an answer stands even if the end was told before it.
 */
export async function hear(
  context: Context,
  keys: Keys,
  exchangeId: string,
  eventId: string,
  event: CtiEvent,
): Promise<void> {
  const { tx, now } = context;
  // A clock that runs ahead would make calls wait less than nothing.
  const at = new Date(Math.min(Date.parse(event.at), now.getTime()));
  const isNew = await insertEvent(tx, {
    exchange_id: exchangeId,
    event_id: eventId,
    call_ref: event.call,
    kind: event.kind,
    at,
    seat: event.seat ?? null,
    received_at: now,
  });
  if (!isNew) return;
  const call = await lockCallOf(tx, { id: uuidv7(), exchange_id: exchangeId, call_ref: event.call, offered_at: at });
  const set: CallPatch = {};
  if (at < call.offered_at) set.offered_at = at;
  const digits = dialled(event.number);
  if (digits && !call.caller_key) {
    set.caller_key = keys.hmac('caller', digits);
    set.number = keys.seal('caller', digits);
  }
  if (event.recording) set.recording_ref = event.recording;
  const key = set.caller_key ?? call.caller_key;
  const sealed = set.number ?? call.number;
  if (event.seat && (event.kind === 'ringing' || event.kind === 'answered') && !call.answered_at) set.seat = event.seat;
  if (event.kind === 'answered' && (!call.answered_at || at < call.answered_at)) {
    set.answered_at = at;
    const seat = event.seat ? await seatByCode(tx, event.seat) : undefined;
    if (seat && !call.contact_id) {
      set.operator_id = seat.account_id;
      set.contact_id = uuidv7();
      await insertContact(tx, {
        id: set.contact_id,
        at,
        channel: 'hotline',
        operator_id: seat.account_id,
        caller_key: key,
        outcome: null,
      });
    }
    // Who rang again and got through need not be rung back.
    const waits = key ? await waitingCallbackOf(tx, key) : undefined;
    if (waits) await patchCallback(tx, waits.id, { done_at: now, outcome: 'rang_again', number: null });
    await journal(context, call, 'call_answered', {
      waited: Math.round((at.getTime() - call.offered_at.getTime()) / 1000),
    });
  }
  if (event.kind === 'ended' && (!call.ended_at || at > call.ended_at)) set.ended_at = at;
  if (event.kind === 'callback_wanted' && key && sealed)
    await wantCallback(context, { call, key, number: sealed, why: 'asked', urgent: false });
  await patchCall(tx, call.id, set);
}

export async function wantCallback(
  context: Context,
  wanted: {
    call: CallRecord | null;
    key: Buffer;
    number: Buffer;
    why: 'asked' | 'given_up';
    urgent: boolean;
    promisedBy?: Date;
  },
): Promise<{ id: string; promisedBy: Date }> {
  const { tx, now } = context;
  const promisedBy = wanted.promisedBy ?? new Date(now.getTime() + (await surgeRule(tx)).promise_minutes * minute);
  const made = await insertCallback(tx, {
    id: uuidv7(),
    call_id: wanted.call?.id ?? null,
    caller_key: wanted.key,
    number: wanted.number,
    why: wanted.why,
    urgent: wanted.urgent,
    made_at: now,
    promised_by: promisedBy,
    next_at: now,
  });
  if (made) {
    await append(tx, {
      at: now,
      actorId: context.actor.accountId,
      role: context.actor.kind === 'account' ? 'operator' : 'exchange',
      action: 'hotline.callback_promised',
      recordKind: 'callback',
      recordId: made.id,
      class: 'normal',
      reason: wanted.why,
      figures: { urgent: wanted.urgent },
    });
    return { id: made.id, promisedBy: made.promised_by };
  }
  // They wait already: what was promised first stands, an urgent matter moves it up.
  const waits = (await waitingCallbackOf(tx, wanted.key))!;
  if (wanted.urgent && !waits.urgent) await patchCallback(tx, waits.id, { urgent: true });
  return { id: waits.id, promisedBy: waits.promised_by };
}

/** Over without anybody having taken it: a contact all the same (rules 1), and somebody to ring back. */
export async function settleCall(context: Context, id: string): Promise<void> {
  const { tx } = context;
  const call = await lockCall(tx, id);
  if (!call?.ended_at || call.contact_id) return;
  const contactId = uuidv7();
  await insertContact(tx, {
    id: contactId,
    at: call.offered_at,
    channel: 'hotline',
    operator_id: null,
    caller_key: call.caller_key,
    outcome: 'dropped',
  });
  await patchCall(tx, id, { contact_id: contactId });
  if (call.answered_at) return;
  await journal(context, call, 'call_given_up', {
    waited: Math.round((call.ended_at.getTime() - call.offered_at.getTime()) / 1000),
  });
  if (call.caller_key && call.number)
    await wantCallback(context, { call, key: call.caller_key, number: call.number, why: 'given_up', urgent: false });
}

/** Ids of calls that are over and unsettled; those whose end was never told end here, numbers no longer needed go. */
export async function callsToSettle(context: Context): Promise<{ id: string }[]> {
  const { tx, now } = context;
  await endForgotten(tx, new Date(now.getTime() - 4 * 60 * minute));
  await forgetNumbers(tx, new Date(now.getTime() - 24 * 60 * minute));
  await forgetReached(tx, new Date(now.getTime() - claimMs));
  await forgetHandovers(tx, new Date(now.getTime() - 14 * 24 * 60 * minute));
  return unsettledCalls(tx, new Date(now.getTime() - minute));
}
