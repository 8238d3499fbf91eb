import { uuidv7 } from 'uuidv7';
import { followupEndpoints as api, type CallRow, type CallSheet } from '../../../contract/followups.ts';
import { type Actor, covers } from '../../platform/actor.ts';
import { conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { type Context, type Desk, type HttpContext, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { labelsOf, leadersAbove } from '../access/index.ts';
import { assignmentsOf, handsOf } from '../cases/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import {
  answerersOf,
  closeWithoutVerdict,
  confirm,
  contentOf,
  deny,
  entriesOf,
  independence,
  lockRequest,
  patchRequest,
  provideAudience,
  type RequestRecord,
  requestById,
  sightOf,
  trace,
  whenConfirmed,
  whenReopened,
  whenSealed,
  whenWithdrawn,
  zoneOffset,
} from '../requests/index.ts';
import {
  attemptsOf,
  type CallRecord,
  callById,
  calledAmong,
  dueCalls,
  eraseAnswers,
  finishCall,
  insertAnswer,
  insertAttempt,
  insertCalls,
  lockCall,
  lockOpenCallOf,
  setAppointment,
  today,
} from './queries.ts';
import { channelsLeft, reach } from './reaching.ts';

/** Version of the script the caller reads; stored with every answer. */
export const scriptVersion = 'V1';
const hour = 3_600_000;

const dayIn =
  (zone: string) =>
  (at: Date): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);

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

/** Each rule of independence for this caller and request (rules 3). */
async function independenceOf(tx: Tx, dir: Directory, actor: Actor, r: RequestRecord) {
  const hands = r.case_id ? await handsOf(tx, r.case_id) : [];
  const lines = r.case_id ? (await assignmentsOf(tx, r.case_id)).map((row) => row.line_id) : [];
  // Who answered at once, also after a return, handled it beside the case; who registered it took part too.
  const apart = await answerersOf(tx, [r.id]);
  const outside = await labelsOf(
    tx,
    [...apart.map((row) => row.actor_id), r.registrar_id].filter((id): id is string => id !== null),
  );
  const all = [
    ...hands.map((row) => ({
      accountId: row.account_id,
      did: row.did,
      lineId: row.line_id,
      homeNodeId: row.home_node_id,
    })),
    ...outside.map((row) => ({
      accountId: row.id,
      did: row.id === r.registrar_id ? 'registered' : 'handled',
      lineId: null,
      homeNodeId: row.home_node_id,
    })),
  ];
  const leads = await leadersAbove(tx, [...new Set(all.map((one) => one.accountId))]);
  const handLeads = new Map<string, number[]>();
  for (const row of leads) handLeads.set(row.account_id, [...(handLeads.get(row.account_id) ?? []), row.node_id]);
  return independence(
    {
      accountId: actor.accountId!,
      homeNodeId: actor.homeNodeId,
      lineIds: actor.areas.map((area) => area.lineId).filter((id): id is number => id !== null),
      leads: actor.areas
        .filter((area) => area.role === 'unit_leader' || area.role === 'group_leader')
        .map((area) => area.nodeId),
      // Granted over a unit, an officer is the officer of each of its sites.
      officerOf:
        r.site_id !== null &&
        actor.areas.some(
          (area) => area.role === 'site_officer' && covers(area, { unitId: r.unit_id, siteId: r.site_id }),
        )
          ? [r.site_id]
          : [],
    },
    {
      registrarId: r.registrar_id,
      requesterId: r.requester_id,
      siteId: r.site_id,
      lineIds: lines,
      hands: all,
      handLeads,
    },
    dir.ancestors,
  );
}

async function rowsFor(tx: Tx, dir: Directory, actor: Actor, calls: CallRecord[]): Promise<CallRow[]> {
  const attempts = await attemptsOf(
    tx,
    calls.map((call) => call.id),
  );
  const rows: CallRow[] = [];
  for (const call of calls) {
    const r = (await requestById(tx, [call.request_id]))[0];
    if (!r) continue;
    const content = (await contentOf(tx, [r.id]))[0];
    const channels = channelsLeft(content?.callback ?? null);
    const reached = reach(
      attempts.filter((attempt) => attempt.call_id === call.id),
      channels,
      dayIn(dir.group.timezone),
    );
    const sight = sightOf('verifier', r);
    rows.push({
      id: call.id,
      requestId: r.id,
      number: r.number,
      siteId: r.site_id,
      unitId: r.unit_id,
      categoryId: sight.detail ? r.category_id : r.first_category_id,
      due: call.due_at.toISOString(),
      appointment: call.appointment_at?.toISOString() ?? null,
      attempts: reached.attempts,
      attemptDays: reached.days,
      channelsLeft: channels,
      mine: call.caller_id === actor.accountId,
      reason: call.reason as CallRow['reason'],
    });
  }
  return rows;
}

/** The call and its request, locked, and certainly this caller's to verify. @throws not_independent, call_done */
async function verifying(
  context: HttpContext,
  callId: string,
): Promise<{ call: CallRecord; r: RequestRecord; dir: Directory }> {
  const { tx, actor } = context;
  const known = await callById(tx, callId);
  if (!known) throw notFound();
  // Request before call, everywhere: two orders of locking would meet each other.
  const r = await lockRequest(tx, known.request_id);
  const call = await lockCall(tx, callId);
  if (!r || !call) throw notFound();
  if (call.done_at) throw conflict('call_done');
  const dir = await directory(tx);
  if (!(await independenceOf(tx, dir, actor, r)).every((rule) => rule.holds)) throw forbidden('not_independent');
  return { call, r, dir };
}

/** Puts requests on the call list; due within 24 hours. */
export async function planCalls(
  tx: Tx,
  requests: RequestRecord[],
  reason: 'silent' | 'said_by_other' | 'withdrawn',
  now: Date,
): Promise<number> {
  const planned = await insertCalls(
    tx,
    requests.map((r) => ({
      id: uuidv7(),
      request_id: r.id,
      reason,
      site_id: r.site_id,
      unit_id: r.unit_id,
      class: r.class,
      due_at: new Date(now.getTime() + 24 * hour),
      created_at: now,
    })),
  );
  return planned.length;
}

export function mountFollowups(desk: Desk): void {
  // The person has spoken: nobody needs to ring them for it any more.
  const spoken = async (context: Context, r: RequestRecord): Promise<void> => {
    const call = await lockOpenCallOf(context.tx, r.id);
    if (call) await finishCall(context.tx, call.id, { done_at: context.now, outcome: 'cancelled', caller_id: null });
  };
  whenReopened('followups', spoken);
  whenConfirmed('followups', spoken);
  // Nobody is rung about what was moved to a sealed line, and what they said before goes with the rest (rules 5).
  whenSealed('followups', async (context, r) => {
    await spoken(context, r);
    await eraseAnswers(context.tx, r.id);
  });
  provideAudience({
    admits: (actor) => actor.permissions.has('followups.call'),
    among: async (tx, ids) => new Set((await calledAmong(tx, [ids])).map((row) => row.request_id)),
  });
  whenWithdrawn('followups', async (context: Context, r) => {
    await planCalls(context.tx, [r], 'withdrawn', context.now);
  });

  serve(desk, api.list, async ({ tx, actor, now }, { after, limit }) => {
    const dir = await directory(tx);
    const calls = await dueCalls(tx, decode(after), limit + 1);
    const zone = dir.group.timezone;
    const midnight = new Date(Date.parse(`${dayIn(zone)(now)}T00:00:00Z`) - zoneOffset(zone, now) * 60_000);
    return {
      rows: await rowsFor(tx, dir, actor, calls.slice(0, limit)),
      next: calls.length > limit ? encode(calls[limit - 1]!) : null,
      today: await today(tx, midnight, actor.accountId!),
    };
  });

  serve(desk, api.sheet, async ({ tx, actor }, { id }): Promise<CallSheet> => {
    const call = await callById(tx, id);
    const r = call && (await requestById(tx, [call.request_id]))[0];
    if (!call || !r) throw notFound();
    const dir = await directory(tx);
    const [row] = await rowsFor(tx, dir, actor, [call]);
    const content = await contentOf(tx, [r.id]);
    const entries = await entriesOf(tx, [r.id]);
    const attempts = await attemptsOf(tx, [id]);
    const sight = sightOf('verifier', r);
    const report = entries.filter((entry) => entry.kind === 'handled' || entry.kind === 'answered').at(-1);
    const rules = await independenceOf(tx, dir, actor, r);
    const free = rules.every((rule) => rule.holds);
    return {
      ...row!,
      text: sight.original && free ? (content[0]?.text ?? null) : null,
      withheld: sight.original ? (free ? null : 'not_independent') : sight.why,
      handledText: sight.detail && free ? (report?.text ?? null) : null,
      handledAt: r.handled_at?.toISOString() ?? null,
      submittedAt: r.submitted_at.toISOString(),
      callback: free ? (content[0]?.callback ?? null) : null,
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
      script: { version: scriptVersion },
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
      await setAppointment(
        tx,
        call.id,
        later,
        later ?? new Date(Math.max(call.due_at.getTime(), now.getTime() + 2 * hour)),
      );
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
      script_version: scriptVersion,
    });
    await finishCall(tx, call.id, { done_at: now, outcome: 'answered', caller_id: actor.accountId });
    await trace(context, [r], {
      kind: 'followup_answer',
      action: 'followups.answered',
      side: 'staff',
      permission: 'followups.call',
      who: null,
      audience: 'verifiers',
      text: given.words ?? null,
      data: {
        answer: given.answer,
        satisfied: given.satisfied,
        speed: given.speed,
        attitude: given.attitude,
        contacted: given.contacted,
      },
      reason: given.answer,
      figures: { contacted: given.contacted, satisfied: given.satisfied, speed: given.speed, attitude: given.attitude },
    });
    if (given.answer === 'solved' && r.state === 'handled')
      await confirm(context, (await lockRequest(tx, r.id))!, 'followup', null);
    // Whoever was pressed into withdrawing says so here, and the need is open again.
    else if (
      (given.answer === 'not_solved' || given.answer === 'better') &&
      ['handled', 'withdrawn'].includes(r.state)
    ) {
      await deny(context, dir, (await lockRequest(tx, r.id))!, 'followup', given.words ?? given.answer);
    }
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
    if (r.state === 'handled')
      await closeWithoutVerdict(context, r, 'unreachable', channels.includes('phone') ? 'no_answer' : 'no_channel');
    return { done: true as const };
  });
}
