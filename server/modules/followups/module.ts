import { uuidv7 } from 'uuidv7';
import { followupEndpoints as api, type CallSheet } from '../../../contract/followups.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { conflict, notFound, Refusal } from '../../platform/errors.ts';
import { type Context, type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import {
  closeWithoutVerdict,
  confirm,
  contentOf,
  deny,
  entriesOf,
  lockRequest,
  mayConfirm,
  mayDeny,
  patchRequest,
  provideAudience,
  type RequestRecord,
  relapseDays,
  requestById,
  sightOf,
  trace,
  whenConfirmed,
  whenReopened,
  whenSealed,
  whenWithdrawn,
} from '../requests/index.ts';
import { tellAnswered } from './answered.ts';
import { mountAskingTwice } from './askingTwice.ts';
import { isClaimed, mayVerify, rowsFor, verifying } from './calls.ts';
import { mountClaims } from './claiming.ts';
import { dayIn, startOf } from './days/calendar.ts';
import { isRungAgain } from './days/drawing.ts';
import { mountDays } from './days/endpoints.ts';
import { mountHandovers } from './handingOver.ts';
import {
  answerOf,
  attemptsOf,
  type CallRecord,
  callById,
  calledAmong,
  dueCalls,
  eraseAnswers,
  finishCall,
  insertAnswer,
  insertAttempt,
  lockOpenCallsOf,
  planAgain,
  planCalls,
  setAppointment,
  today,
  visitResultOf,
} from './queries.ts';
import { channelsLeft, reach } from './reaching.ts';
import { mountScripts, scriptFor, scriptRead } from './scripts.ts';
import { mountVisits, planVisits } from './visiting.ts';

const hour = 3_600_000;

const encode = (call: CallRecord): string =>
  Buffer.from(JSON.stringify([call.due_at.getTime(), call.id])).toString('base64url');
function decode(cursor: string | undefined): { at: Date; id: string } | undefined {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as [number, string];
    return { at: new Date(at), id };
  } catch {
    return undefined;
  }
}

/** What became of a call that is over; the words only for whoever might have asked. */
async function doneOf(tx: Tx, actor: Actor, call: CallRecord, free: boolean): Promise<CallSheet['done']> {
  if (!call.done_at || !call.outcome) return null;
  const answer = await answerOf(tx, call.id);
  const visit = await visitResultOf(tx, call.id);
  return {
    at: call.done_at.toISOString(),
    outcome: call.outcome,
    answer: (answer?.answer ?? null) as NonNullable<CallSheet['done']>['answer'],
    visit: (visit?.result ?? null) as NonNullable<CallSheet['done']>['visit'],
    satisfied: answer?.satisfied ?? null,
    speed: answer?.speed ?? null,
    attitude: answer?.attitude ?? null,
    words: free ? (answer?.words ?? visit?.words ?? null) : null,
    scriptVersion: answer?.script_version ?? visit?.script_version ?? null,
    seconds: answer?.seconds ?? visit?.seconds ?? null,
    mayAskAgain: answer !== undefined && actor.permissions.has('followups.plan'),
  };
}

export function mountFollowups(desk: Desk, deps: { keys: Keys; anchorsFile: string }): void {
  // The person has spoken: nobody needs to ring them for it any more.
  const spoken = async (context: Context, r: RequestRecord, kinds: readonly string[]): Promise<void> => {
    for (const call of await lockOpenCallsOf(context.tx, r.id, kinds))
      await finishCall(context.tx, call.id, { done_at: context.now, outcome: 'cancelled', caller_id: null });
  };
  whenReopened('followups', (context, r) => spoken(context, r, ['closure', 'visit']));
  whenConfirmed('followups', async (context, r) => {
    await spoken(context, r, ['closure']);
    await planVisits(context, r);
  });
  // Nobody is rung about what was moved to a sealed line, and what they said before goes with the rest (rules 5).
  whenSealed('followups', async (context, r) => {
    await spoken(context, r, ['closure', 'again', 'visit']);
    await eraseAnswers(context.tx, r.id);
  });
  provideAudience({
    admits: (actor) => actor.permissions.has('followups.call'),
    among: async (tx, ids) => new Set((await calledAmong(tx, [ids])).map((row) => row.request_id)),
  });
  whenWithdrawn('followups', async (context: Context, r) => {
    await planCalls(context.tx, [r], 'withdrawn', context.now);
  });

  mountClaims(desk);
  mountVisits(desk);
  mountScripts(desk);
  mountHandovers(desk);
  mountAskingTwice(desk);
  mountDays(desk, deps);

  serve(desk, api.list, async ({ tx, actor, now }, { after, limit }) => {
    const dir = await directory(tx);
    const calls = await dueCalls(tx, { id: actor.accountId, now }, decode(after), limit + 1);
    const zone = dir.group.timezone;
    return {
      rows: await rowsFor(tx, dir, actor, calls.slice(0, limit), now),
      next: calls.length > limit ? encode(calls[limit - 1]!) : null,
      today: await today(tx, startOf(zone, dayIn(zone)(now)), now, actor.accountId!),
    };
  });

  serve(desk, api.sheet, async ({ tx, actor, now }, { id }): Promise<CallSheet> => {
    const call = await callById(tx, id);
    const r = call && (await requestById(tx, [call.request_id]))[0];
    if (!call || !r) throw notFound();
    const dir = await directory(tx);
    const [row] = await rowsFor(tx, dir, actor, [call], now);
    const content = await contentOf(tx, [r.id]);
    const entries = await entriesOf(tx, [r.id]);
    const attempts = await attemptsOf(tx, [id]);
    const sight = sightOf('verifier', r);
    const withdrawn =
      r.state === 'withdrawn' ? entries.filter((entry) => entry.kind === 'withdrawn').at(-1) : undefined;
    const report = entries.filter((entry) => entry.kind === 'handled' || entry.kind === 'answered').at(-1);
    const rules = await mayVerify(tx, dir, actor, r, call);
    const free = rules.every((rule) => rule.holds);
    // While somebody else is ringing, nobody else is given the number.
    const taken = isClaimed(call, now) && call.claimed_by !== actor.accountId;
    return {
      ...row!,
      text: sight.original && free ? (content[0]?.text ?? null) : null,
      withheld: sight.original ? (free ? null : 'not_independent') : sight.why,
      handledText: sight.detail && free ? (report?.text ?? null) : null,
      withdrawnText: sight.original && free ? (withdrawn?.text ?? null) : null,
      handledAt: r.handled_at?.toISOString() ?? null,
      submittedAt: r.submitted_at.toISOString(),
      callback: free && !taken ? (content[0]?.callback ?? null) : null,
      requesterLabel: free ? (content[0]?.requester_label ?? null) : null,
      lineId: r.line_id,
      handler: r.handler_label,
      independence: rules,
      history: attempts.map((attempt) => ({
        at: attempt.at.toISOString(),
        channel: attempt.channel as 'phone',
        outcome: attempt.outcome as 'busy',
        caller: attempt.caller_label,
      })),
      script: await scriptFor(tx, call),
      done: await doneOf(tx, actor, call, free),
      mayCloseUnreachable: reach(attempts, row!.channelsLeft, dayIn(dir.group.timezone)).enough,
    };
  });

  serve(desk, api.attempt, async (context, { id, channel, outcome, appointment }) => {
    const { tx, actor, now } = context;
    const { call, r } = await verifying(context, id);
    await insertAttempt(tx, {
      id: uuidv7(),
      call_id: call.id,
      at: now,
      channel,
      outcome,
      caller_id: actor.accountId!,
      caller_label: actor.label,
    });
    if (channel === 'thread') await patchRequest(tx, r.id, { noticed_at: now });
    if (outcome === 'refused') {
      await finishCall(tx, call.id, { done_at: now, outcome: 'refused', caller_id: actor.accountId });
    } else {
      const later = appointment ? new Date(appointment) : null;
      if (later && later <= now)
        throw new Refusal(422, 'in_the_past', { fields: [{ field: 'appointment', code: 'bad_choice' }] });
      await setAppointment(tx, call.id, {
        appointment_at: later,
        due_at: later ?? new Date(Math.max(call.due_at.getTime(), now.getTime() + 2 * hour)),
        keeper_id: actor.accountId,
        keeper_label: actor.label,
      });
    }
    await trace(context, [r], {
      kind: channel === 'thread' ? 'notice' : 'followup_attempt',
      action: 'followups.attempted',
      side: 'staff',
      permission: 'followups.call',
      who: null,
      audience: channel === 'thread' ? 'everyone' : 'verifiers',
      data: { channel, outcome },
      reason: outcome,
      figures: { channel },
    });
    return { done: true as const };
  });

  serve(desk, api.complete, async (context, { id, ...given }) => {
    const { tx, actor, now } = context;
    const { call, r, dir } = await verifying(context, id);
    if (call.kind === 'visit') throw conflict('other_kind');
    await insertAnswer(tx, {
      call_id: call.id,
      at: now,
      caller_id: actor.accountId!,
      contacted: given.contacted,
      answer: given.answer,
      satisfied: given.satisfied,
      speed: given.speed,
      attitude: given.attitude,
      words: given.words ?? null,
      script_version: await scriptRead(tx, call, given.scriptVersion),
      seconds: given.seconds ?? null,
      call_ref: given.callRef || null,
      ticks: [...new Set(given.ticks)],
    });
    await finishCall(tx, call.id, { done_at: now, outcome: 'answered', caller_id: actor.accountId });
    const { contacted, satisfied, speed, attitude } = given;
    const again = call.kind === 'again';
    await trace(context, [r], {
      kind: 'followup_answer',
      action: again ? 'followups.answered_again' : 'followups.answered',
      side: 'staff',
      permission: 'followups.call',
      who: null,
      audience: 'verifiers',
      text: given.words ?? null,
      data: { answer: given.answer, satisfied, speed, attitude, contacted, ...(again ? { again } : {}) },
      reason: given.answer,
      figures: { contacted, satisfied, speed, attitude, seconds: given.seconds ?? null },
    });
    if (!again && (await isRungAgain(tx, deps.keys, call))) await planAgain(tx, call, 'again', now);
    const standing = (await lockRequest(tx, r.id))!;
    // Whoever was pressed into withdrawing says so here, and so does whoever was never rung the first time.
    const denies = given.answer === 'not_solved' || given.answer === 'better';
    const open = again || ['handled', 'withdrawn'].includes(r.state);
    if (given.answer === 'solved' && mayConfirm(standing)) await confirm(context, standing, 'followup', null);
    else if (denies && open && mayDeny(standing, 'followup', relapseDays(dir, r.category_id), now))
      await deny(context, dir, standing, 'followup', given.forLine ?? '');
    await tellAnswered(context, (await lockRequest(tx, r.id))!, { ...given, from: r.state });
    return { done: true as const };
  });

  serve(desk, api.unreachable, async (context, { id }) => {
    const { call, r, dir } = await verifying(context, id);
    const content = (await contentOf(context.tx, [r.id]))[0];
    const channels = channelsLeft(content?.callback ?? null);
    if (!reach(await attemptsOf(context.tx, [id]), channels, dayIn(dir.group.timezone)).enough)
      throw conflict('attempts_missing');
    await finishCall(context.tx, call.id, {
      done_at: context.now,
      outcome: 'unreachable',
      caller_id: context.actor.accountId,
    });
    if (call.kind === 'closure' && r.state === 'handled')
      await closeWithoutVerdict(context, r, 'unreachable', channels.includes('phone') ? 'no_answer' : 'no_channel');
    return { done: true as const };
  });
}
