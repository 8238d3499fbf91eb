import { uuidv7 } from 'uuidv7';
import { hotlineEndpoints as api, type HandoverNote } from '../../../contract/hotline.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField, conflict, forbidden, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Context, type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { labelsOf } from '../access/index.ts';
import { directory } from '../organization/index.ts';
import {
  insertContact,
  lockRequest,
  mayNudge,
  nudge,
  outcomesOfContacts,
  requestByNumber,
  setContactOutcome,
  whenSealed,
  zoneOffset,
} from '../requests/index.ts';
import { claimMs, dialled, wantCallback } from './calls.ts';
import { earlierOf } from './earlier.ts';
import { mountExchanges } from './exchanges.ts';
import { callFigures, type Rung, worstDay } from './figures.ts';
import {
  callLog,
  callOnSeat,
  eraseCallerOf,
  type HandoverRecord,
  handovers,
  insertHandover,
  leaveSeat,
  lockCall,
  lockCallback,
  patchCall,
  patchCallback,
  readHandover,
  rungSince,
  seatOf,
  setSurgeRule,
  surgeNow,
  surgeRule,
  surges,
  takeSeat,
  waitingCallbacks,
} from './queries.ts';
import * as surge from './surges.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const mostAttempts = 3;
/** Not a moment later again: whoever did not answer is busy. */
const pauseMs = 20 * minute;
/** GB/T 33358: of the calls of any 24 hours, answered within 15 s. */
const aim = 0.95;
const perPage = 100;
/** As far as the figures reach back. */
const mostDays = 92;

/**
 * The hotline. Each call is a contact, whether it makes a request or not, so that contacts = with a request + information +
 * nudges + dropped (rules 1). A number is kept as a keyed hash, and sealed while somebody has to ring back.
 */
export async function mountHotline(desk: Desk, deps: { keys: Keys; publicUrl: () => string }): Promise<void> {
  const { keys } = deps;
  await mountExchanges(desk, deps);
  whenSealed('hotline', async ({ tx }, r) => {
    if (r.contact_id) await eraseCallerOf(tx, r.contact_id);
  });

  /** A contact that begins now. */
  async function begin(context: Context, key: Buffer | null) {
    const contactId = uuidv7();
    await insertContact(context.tx, {
      id: contactId,
      at: context.now,
      channel: 'hotline',
      operator_id: context.actor.accountId,
      caller_key: key,
      outcome: null,
    });
    return { contactId, at: context.now.toISOString(), earlier: await earlierOf(context, key) };
  }

  serve(
    desk,
    api.caller,
    (context, { number }) => {
      const digits = dialled(number);
      return begin(context, digits ? keys.hmac('caller', digits) : null);
    },
    { privateAnswer: true },
  );

  /** Of which request the caller says the number. One answer for all that cannot be: it tells of none how it stands. */
  async function nudgeSaid(context: Context, number: string): Promise<void> {
    const found = await requestByNumber(context.tx, number.toUpperCase());
    const r = found && (await lockRequest(context.tx, found.id));
    if (!r || !mayNudge(r)) throw badField('requestNumber', 'nothing_to_urge');
    await nudge(context, r, null);
  }

  serve(desk, api.close, async (context, { id, outcome, requestId, requestNumber }) => {
    const { tx, actor, now } = context;
    const closed = await setContactOutcome(tx, id, actor.accountId!, outcome);
    if (closed.length === 0) throw notFound();
    if (outcome === 'nudge') {
      if (requestNumber) await nudgeSaid(context, requestNumber);
      else {
        if (!requestId) throw badField('requestId', 'required');
        const r = await lockRequest(tx, requestId);
        if (!r) throw notFound();
        await nudge(context, r, null);
      }
    }
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: 'operator',
      action: 'hotline.call_ended',
      recordKind: 'contact',
      recordId: id,
      class: 'normal',
      reason: outcome,
    });
    return { done: true as const };
  });

  // ---- the operator's seat

  const noteOf = (row: HandoverRecord, accountId: string | null): HandoverNote => ({
    id: row.id,
    at: row.at.toISOString(),
    by: row.by_label,
    own: row.by_id === accountId,
    words: row.words,
    figures: row.figures as Record<string, number>,
    readAt: row.read_at?.toISOString() ?? null,
    readBy: row.read_label,
  });
  const surgeOf = (row: { from_at: Date; why: string; figures: unknown }) => ({
    since: row.from_at.toISOString(),
    why: row.why as 'manual',
    figures: row.figures as Record<string, number>,
  });

  serve(desk, api.state, async (context) => {
    const { tx, actor, now } = context;
    const seat = await seatOf(tx, actor.accountId!);
    const call = seat ? await callOnSeat(tx, seat.code, new Date(now.getTime() - 4 * hour)) : undefined;
    const current = await surgeNow(tx);
    const [last] = await handovers(tx, 1);
    const unread = last && !last.read_at && last.by_id !== actor.accountId ? last : null;
    return {
      seat: seat ? { code: seat.code, home: seat.home } : null,
      call: call
        ? {
            id: call.id,
            offeredAt: call.offered_at.toISOString(),
            answeredAt: call.answered_at?.toISOString() ?? null,
            contactId: call.contact_id,
          }
        : null,
      waiting: await surge.waitingNow(context),
      surge: current ? surgeOf(current) : null,
      handover: unread ? noteOf(unread, actor.accountId) : null,
    };
  });

  serve(desk, api.sit, async (context, { code, home }) => {
    const { tx, actor, now } = context;
    await leaveSeat(tx, actor.accountId!);
    if (code) await takeSeat(tx, { code, account_id: actor.accountId!, home, since: now });
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: 'operator',
      action: code ? 'hotline.seat_taken' : 'hotline.seat_left',
      recordKind: 'account',
      recordId: actor.accountId!,
      class: 'normal',
      figures: code ? { seat: code, home } : {},
    });
    return { done: true as const };
  });

  serve(
    desk,
    api.takeCall,
    async (context, { id }) => {
      const { tx, actor, now } = context;
      const call = await lockCall(tx, id);
      const seat = await seatOf(tx, actor.accountId!);
      if (!call || !seat || call.seat !== seat.code) throw notFound();
      if (call.operator_id && call.operator_id !== actor.accountId) throw forbidden('other_operator');
      const digits = call.number ? keys.unseal('caller', call.number) : null;
      if (!call.contact_id) {
        const begun = await begin(context, call.caller_key);
        await patchCall(tx, id, { contact_id: begun.contactId, operator_id: actor.accountId! });
        return { ...begun, number: digits };
      }
      return {
        contactId: call.contact_id,
        at: (call.answered_at ?? now).toISOString(),
        earlier: await earlierOf(context, call.caller_key),
        number: digits,
      };
    },
    { privateAnswer: true },
  );

  // ---- ringing back

  serve(desk, api.callbacks, async ({ tx, actor, now }) => ({
    callbacks: (await waitingCallbacks(tx)).map((row) => {
      const claimed = row.claimed_until !== null && row.claimed_until > now;
      const mine = claimed && row.claimed_by === actor.accountId;
      return {
        id: row.id,
        why: row.why as 'asked',
        urgent: row.urgent,
        madeAt: row.made_at.toISOString(),
        promisedBy: row.promised_by.toISOString(),
        attempts: row.attempts,
        nextAt: row.next_at.toISOString(),
        claimedBy: claimed ? row.claimed_label : null,
        mine,
        number: mine && row.number ? keys.unseal('caller', row.number) : null,
      };
    }),
  }));

  serve(
    desk,
    api.offerCallback,
    async (context, { number, urgent, promisedBy, contactId }) => {
      const digits = dialled(number);
      if (!digits) throw badField('number', 'bad_format');
      const by = promisedBy ? new Date(promisedBy) : undefined;
      if (by && by <= context.now) throw badField('promisedBy', 'bad_choice');
      const promised = await wantCallback(context, {
        call: null,
        key: keys.hmac('caller', digits),
        number: keys.seal('caller', digits),
        why: 'asked',
        urgent,
        promisedBy: by,
      });
      // The call itself was answered and led to nothing further: information only.
      if (contactId) await setContactOutcome(context.tx, contactId, context.actor.accountId!, 'information');
      return { id: promised.id, promisedBy: promised.promisedBy.toISOString() };
    },
    { privateAnswer: true },
  );

  /** Locked and this operator's to ring. @throws not_found, callback_done, callback_claimed */
  async function waitingFor(context: Context, id: string, own: boolean) {
    const row = await lockCallback(context.tx, id);
    if (!row) throw notFound();
    if (row.done_at) throw conflict('callback_done');
    const claimed = row.claimed_until !== null && row.claimed_until > context.now;
    if (claimed && row.claimed_by !== context.actor.accountId)
      throw conflict('callback_claimed', { by: row.claimed_label });
    if (own && row.claimed_by !== context.actor.accountId) throw conflict('callback_not_claimed');
    return row;
  }

  serve(
    desk,
    api.claimCallback,
    async (context, { id }) => {
      const { tx, actor, now } = context;
      const row = await waitingFor(context, id, false);
      await patchCallback(tx, id, {
        claimed_by: actor.accountId,
        claimed_label: actor.label,
        claimed_until: new Date(now.getTime() + claimMs),
      });
      return { number: (row.number && keys.unseal('caller', row.number)) ?? '' };
    },
    { privateAnswer: true },
  );

  const noteCallback = (context: Context, id: string, action: string, attempts: number): Promise<void> =>
    append(context.tx, {
      at: context.now,
      actorId: context.actor.accountId,
      role: 'operator',
      action: `hotline.callback_${action}`,
      recordKind: 'callback',
      recordId: id,
      class: 'normal',
      figures: { attempts },
    });
  const unclaimed = { claimed_by: null, claimed_label: null, claimed_until: null };

  serve(desk, api.callbackTried, async (context, { id }) => {
    const row = await waitingFor(context, id, true);
    const attempts = row.attempts + 1;
    const over = attempts >= mostAttempts;
    await patchCallback(context.tx, id, {
      ...unclaimed,
      attempts,
      next_at: new Date(context.now.getTime() + pauseMs),
      ...(over ? { done_at: context.now, outcome: 'not_reached', number: null } : {}),
    });
    await noteCallback(context, id, over ? 'not_reached' : 'tried', attempts);
    return { attempts, over };
  });

  /**
   * The same answer once more, to who reached them and lost it on the way: the call is running, and a second contact would be
   * one too many. What people said is kept in no answer, so it is put together anew.
   */
  async function reachedBefore(context: Context, id: string) {
    const row = await lockCallback(context.tx, id);
    if (row?.outcome !== 'reached' || !row.contact_id || row.claimed_by !== context.actor.accountId) return null;
    if (context.now.getTime() - row.done_at!.getTime() > claimMs) return null;
    return {
      contactId: row.contact_id,
      at: row.done_at!.toISOString(),
      earlier: await earlierOf(context, row.caller_key),
      number: (row.number && keys.unseal('caller', row.number)) ?? '',
    };
  }

  serve(
    desk,
    api.callbackReached,
    async (context, { id }) => {
      const again = await reachedBefore(context, id);
      if (again) return again;
      const row = await waitingFor(context, id, true);
      const begun = await begin(context, row.caller_key);
      await patchCallback(context.tx, id, {
        attempts: row.attempts + 1,
        done_at: context.now,
        outcome: 'reached',
        contact_id: begun.contactId,
      });
      await noteCallback(context, id, 'reached', row.attempts + 1);
      return { ...begun, number: (row.number && keys.unseal('caller', row.number)) ?? '' };
    },
    { privateAnswer: true },
  );

  // ---- log and figures

  const decode = (cursor: string | undefined): { at: Date; id: string } | undefined => {
    const [at, id] = (cursor ?? '').split('~');
    return at && id && /^[0-9a-f-]{36}$/.test(id) && Number.isFinite(Number(at))
      ? { at: new Date(Number(at)), id }
      : undefined;
  };

  /** How a contact ended is known to `requests`; of these calls, the contacts that ended so. */
  const contactsThatEnded = async (tx: Tx, outcome: string, from: Date, to: Date): Promise<string[]> => {
    const ids = (await rungSince(tx, from, to)).flatMap((row) => row.contact_id ?? []);
    return (await outcomesOfContacts(tx, ids))
      .filter((one) => (one.outcome ?? 'running') === outcome)
      .map((one) => one.id);
  };

  serve(desk, api.calls, async ({ tx, now }, { view, from, to, hour: at, outcome, after }) => {
    const since = from ? new Date(from) : undefined;
    const until = to ? new Date(to) : undefined;
    const rows = await callLog(tx, {
      view,
      from: since,
      to: until,
      hour: at === undefined ? undefined : { at, offset: zoneOffset((await directory(tx)).group.timezone, now) },
      contactIds:
        outcome &&
        (await contactsThatEnded(tx, outcome, since ?? new Date(now.getTime() - mostDays * day), until ?? now)),
      before: decode(after),
      limit: perPage + 1,
    });
    const page = rows.slice(0, perPage);
    const labels = new Map(
      (await labelsOf(tx, [...new Set(page.flatMap((row) => row.operator_id ?? []))])).map((row) => [
        row.id,
        row.label,
      ]),
    );
    const outcomes = new Map(
      (
        await outcomesOfContacts(
          tx,
          page.flatMap((row) => row.contact_id ?? []),
        )
      ).map((row) => [row.id, row.outcome]),
    );
    const last = page.at(-1);
    return {
      calls: page.map((row) => ({
        id: row.id,
        offeredAt: row.offered_at.toISOString(),
        answeredAt: row.answered_at?.toISOString() ?? null,
        endedAt: row.ended_at?.toISOString() ?? null,
        waited: Math.max(0, ((row.answered_at ?? row.ended_at ?? now).getTime() - row.offered_at.getTime()) / 1000),
        seat: row.seat,
        operator: (row.operator_id && labels.get(row.operator_id)) ?? null,
        outcome: (row.contact_id && outcomes.get(row.contact_id)) ?? null,
        callback: row.callback_id ? ((row.callback_outcome as 'reached' | null) ?? ('waiting' as const)) : null,
      })),
      next: rows.length > perPage && last ? `${last.offered_at.getTime()}~${last.id}` : null,
    };
  });

  serve(desk, api.figures, async ({ tx, now }, { days }) => {
    const zone = (await directory(tx)).group.timezone;
    const offset = zoneOffset(zone, now) * minute;
    const today = Math.floor((now.getTime() + offset) / day) * day - offset;
    const from = new Date(today - (days - 1) * day);
    const rows = await rungSince(tx, from, now);
    const rung: (Rung & { contactId: string | null })[] = rows.map((row) => ({
      offeredAt: row.offered_at,
      answeredAt: row.answered_at,
      endedAt: row.ended_at,
      contactId: row.contact_id,
    }));
    const outcomes: Record<string, number> = {};
    for (const { outcome } of await outcomesOfContacts(
      tx,
      rung.flatMap((call) => call.contactId ?? []),
    ))
      outcomes[outcome ?? 'running'] = (outcomes[outcome ?? 'running'] ?? 0) + 1;
    const worst = worstDay(rung);
    return {
      from: from.toISOString(),
      to: now.toISOString(),
      all: callFigures(rung),
      byDay: Array.from({ length: days }, (_, i) => {
        const begins = from.getTime() + i * day;
        return {
          from: new Date(begins).toISOString(),
          ...callFigures(rung.filter(({ offeredAt }) => Math.floor((offeredAt.getTime() - begins) / day) === 0)),
        };
      }),
      byHour: Array.from({ length: 24 }, (_, at) => ({
        hour: at,
        ...callFigures(
          rung.filter(({ offeredAt }) => Math.floor(((offeredAt.getTime() + offset) % day) / hour) === at),
        ),
      })),
      worstDay: worst && { ...worst, from: worst.from.toISOString() },
      outcomes,
      aim,
    };
  });

  // ---- surge mode

  serve(desk, api.surge, async (context, { on }) => {
    if (on) await surge.begin(context, 'manual');
    else await surge.end(context, 'manual');
    return { done: true as const };
  });
  serve(desk, api.surgeRule, async ({ tx }) => {
    const rule = await surgeRule(tx);
    return {
      mostWaiting: rule.most_waiting,
      leastAnswered: rule.least_answered === null ? null : Number(rule.least_answered),
      promiseMinutes: rule.promise_minutes,
      history: (await surges(tx)).map((row) => ({ ...surgeOf(row), until: row.to_at?.toISOString() ?? null })),
    };
  });
  serve(desk, api.setSurgeRule, async (context, { mostWaiting, leastAnswered, promiseMinutes }) => {
    await setSurgeRule(context.tx, {
      most_waiting: mostWaiting,
      least_answered: leastAnswered?.toString() ?? null,
      promise_minutes: promiseMinutes,
    });
    await append(context.tx, {
      at: context.now,
      actorId: context.actor.accountId,
      role: 'dispatcher_lead',
      action: 'hotline.surge_rule_set',
      recordKind: 'account',
      recordId: context.actor.accountId!,
      class: 'normal',
      figures: { mostWaiting, leastAnswered, promiseMinutes },
    });
    return { done: true as const };
  });

  // ---- between shifts

  serve(desk, api.handovers, async ({ tx, actor }) => ({
    notes: (await handovers(tx, 50)).map((row) => noteOf(row, actor.accountId)),
  }));
  serve(desk, api.handOver, async (context, { words }) => {
    const { tx, actor, now } = context;
    const id = uuidv7();
    const figures = await surge.waitingNow(context);
    await insertHandover(tx, {
      id,
      at: now,
      by_id: actor.accountId!,
      by_label: actor.label,
      words,
      figures: JSON.stringify(figures),
    });
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: 'operator',
      action: 'hotline.handed_over',
      recordKind: 'handover',
      recordId: id,
      class: 'normal',
      figures,
    });
    return { done: true as const };
  });
  serve(desk, api.readHandover, async (context, { id }) => {
    const { tx, actor, now } = context;
    const read = await readHandover(tx, id, { read_at: now, read_by: actor.accountId!, read_label: actor.label });
    if (read.length === 0) throw conflict('handover_read');
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: 'operator',
      action: 'hotline.taken_over',
      recordKind: 'handover',
      recordId: id,
      class: 'normal',
    });
    return { done: true as const };
  });
}
