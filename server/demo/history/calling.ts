/** Follow-up calls: as `followups/module.ts`, on the rows in memory. Nobody verifies what they took part in. */
import { type CallRecord, channelsLeft, reach } from '../../modules/followups/index.ts';
import { canVerifyClosure } from '../../modules/requests/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { hour } from './calendar.ts';
import { closeWithoutVerdict, confirm, deny } from './closing.ts';
import { type Call, type Doing, idFor, type Ledger, type Need, patch, trace } from './ledger.ts';

const dayIn = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The rule itself, over the rows in memory. */
export function isIndependent(ledger: Ledger, caller: Actor, need: Need): boolean {
  const { cast, dir } = ledger;
  const hands = [...(need.work?.hands.values() ?? [])].map((row) => ({
    accountId: row.account_id,
    did: row.did,
    lineId: row.line_id,
    homeNodeId: row.home_node_id,
  }));
  if (!need.work && need.row.handler_id) {
    hands.push({
      accountId: need.row.handler_id,
      did: 'handled',
      lineId: null,
      homeNodeId: cast.byId.get(need.row.handler_id)?.homeNodeId ?? null,
    });
  }
  return canVerifyClosure(
    {
      accountId: caller.accountId!,
      joined: caller.joined,
      homeNodeId: caller.homeNodeId,
      lineIds: caller.areas.map((area) => area.lineId).filter((id) => id !== null),
      leads: cast.leads(caller.accountId!),
      officerOf: caller.areas.filter((area) => area.role === 'site_officer').flatMap((area) => area.siteIds),
    },
    {
      registrarId: need.row.registrar_id,
      requesterId: need.row.requester_id,
      siteId: need.row.site_id,
      lineIds: [...(need.work?.assignments ?? []), ...(need.work?.parts ?? [])].map((row) => row.line_id),
      hands,
      handLeads: new Map(hands.map((hand) => [hand.accountId, cast.leads(hand.accountId)])),
    },
    dir.ancestors,
  );
}

function verifying(doing: Doing, need: Need, call: Call): void {
  if (call.row.done_at) throw new Error(`The call about ${need.key} is done.`);
  if (!isIndependent(doing.ledger, doing.actor, need))
    throw new Error(`${doing.actor.label} may not verify ${need.key}.`);
}

/** On the call list; due within 24 hours. `more` tells a second call or a visit from the first. */
export function planCall(need: Need, reason: string, now: Date, more: Partial<CallRecord> = {}): Call {
  const r = need.row;
  const call: Call = {
    row: {
      id: idFor(need, now),
      request_id: r.id,
      reason,
      site_id: r.site_id,
      unit_id: r.unit_id,
      class: r.class,
      due_at: new Date(now.getTime() + 24 * hour),
      appointment_at: null,
      created_at: now,
      done_at: null,
      outcome: null,
      caller_id: null,
      kind: 'closure',
      day: null,
      opens_at: null,
      first_call_id: null,
      after_hours: null,
      keeper_id: null,
      keeper_label: null,
      claimed_by: null,
      claimed_label: null,
      claimed_until: null,
      person_id: r.requester_id,
      ...more,
    },
    attempts: [],
    answer: null,
    visit: null,
  };
  need.calls.push(call);
  return call;
}

export function attempt(
  doing: Doing,
  need: Need,
  call: Call,
  channel: 'phone' | 'thread',
  outcome: string,
  appointment: Date | null = null,
): void {
  verifying(doing, need, call);
  const { actor, now } = doing;
  call.attempts.push({
    id: idFor(need, now),
    call_id: call.row.id,
    at: now,
    channel,
    outcome,
    caller_id: actor.accountId!,
    caller_label: actor.label,
  });
  if (channel === 'thread') patch(need, { noticed_at: now });
  if (outcome === 'refused') Object.assign(call.row, { done_at: now, outcome: 'refused', caller_id: actor.accountId });
  else {
    Object.assign(call.row, {
      appointment_at: appointment,
      due_at: appointment ?? new Date(Math.max(call.row.due_at.getTime(), now.getTime() + 2 * hour)),
      keeper_id: actor.accountId,
      keeper_label: actor.label,
    });
  }
  trace(doing, [need], {
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
}

export interface Answer {
  contacted: boolean;
  answer: 'solved' | 'better' | 'not_solved' | 'unclear';
  satisfied: number | null;
  speed: number | null;
  attitude: number | null;
  words: string | null;
  /** From picking up to hanging up. */
  seconds: number;
}

/** What callers pass on: what was said to them stays with who verifies. */
const toldTheLine = '回访时本人说还没办好：请先与本人联系，问清还差什么再办。';

export function complete(doing: Doing, need: Need, call: Call, given: Answer): void {
  verifying(doing, need, call);
  const { actor, now } = doing;
  call.answer = {
    call_id: call.row.id,
    at: now,
    caller_id: actor.accountId!,
    script_version: 'V1',
    call_ref: null,
    ticks: [],
    ...given,
  };
  Object.assign(call.row, { done_at: now, outcome: 'answered', caller_id: actor.accountId });
  const { contacted, satisfied, speed, attitude } = given;
  trace(doing, [need], {
    kind: 'followup_answer',
    action: call.row.kind === 'again' ? 'followups.answered_again' : 'followups.answered',
    side: 'staff',
    permission: 'followups.call',
    who: null,
    audience: 'verifiers',
    text: given.words,
    data: { answer: given.answer, satisfied, speed, attitude, contacted },
    reason: given.answer,
    figures: { contacted, satisfied, speed, attitude, seconds: given.seconds },
  });
  if (call.row.kind === 'again' || need.row.state !== 'handled') return;
  if (given.answer === 'solved') confirm(doing, need, 'followup', null);
  else if (given.answer === 'not_solved' || given.answer === 'better') deny(doing, need, 'followup', toldTheLine);
}

export const triedEnough = (need: Need, call: Call): boolean =>
  reach(call.attempts, channelsLeft(need.words?.callback ?? null), (at) => dayIn.format(at)).enough;

export function closeUnreachable(doing: Doing, need: Need, call: Call): void {
  verifying(doing, need, call);
  if (!triedEnough(need, call))
    throw new Error(`${need.key}: three attempts on two days over every channel come first.`);
  Object.assign(call.row, { done_at: doing.now, outcome: 'unreachable', caller_id: doing.actor.accountId });
  if (call.row.kind === 'closure' && need.row.state === 'handled')
    closeWithoutVerdict(doing, need, 'unreachable', need.words?.callback ? 'no_answer' : 'no_channel');
}

/** After sales: whether it stayed solved. @returns whether it is open again */
export function visit(
  doing: Doing,
  need: Need,
  call: Call,
  given: { result: 'still_good' | 'came_back' | 'unclear'; words: string | null; seconds: number },
): boolean {
  verifying(doing, need, call);
  const { actor, now } = doing;
  const { row } = need;
  const window = (doing.ledger.dir.categories.get(row.category_id)?.relapseDays ?? 7) * 24 * hour;
  const back = given.result === 'came_back' && row.state === 'resolved_confirmed';
  const reopens = back && now.getTime() - row.closed_at!.getTime() <= window;
  call.visit = {
    call_id: call.row.id,
    at: now,
    caller_id: actor.accountId!,
    too_late: back && !reopens,
    script_version: 'V1',
    call_ref: null,
    ...given,
  };
  Object.assign(call.row, { done_at: now, outcome: 'answered', caller_id: actor.accountId });
  const afterHours = call.row.after_hours;
  trace(doing, [need], {
    kind: 'followup_visit',
    action: 'followups.visited',
    side: 'staff',
    permission: 'followups.call',
    who: null,
    audience: 'verifiers',
    text: given.words,
    data: { result: given.result, afterHours, tooLate: back && !reopens },
    reason: given.result,
    figures: { afterHours, tooLate: back && !reopens, seconds: given.seconds },
  });
  if (reopens) deny(doing, need, 'followup', toldTheLine);
  return reopens;
}
