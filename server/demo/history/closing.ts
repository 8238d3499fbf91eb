/** What the person served says, and the ends that are nobody's word: as `requests/closing.ts`, on the rows in memory. */
import type { Priority } from '../../modules/clocks/index.ts';
import { moveRequest, reckon } from '../../modules/requests/index.ts';
import { day } from './calendar.ts';
import { noteOwnWord } from './frames.ts';
import { reopenWork, settleWork } from './handling.ts';
import { type Doing, type Need, patch, trace } from './ledger.ts';

const codeLivesMs = 90 * day;
const raised: Record<string, string> = {
  normal72: 'normal48',
  normal48: 'normal24',
  normal24: 'high',
  high: 'urgent',
  urgent: 'urgent',
};

export type Voice = 'requester' | 'code' | 'followup';

/** Who may speak with this voice: the account it is for, its code in nobody's name, or a caller (checked where they call). */
function checkVoice(doing: Doing, need: Need, voice: Voice): void {
  const speaker = doing.actor.accountId;
  if (voice === 'requester' && (speaker === null || speaker !== need.row.requester_id))
    throw new Error(`${need.key} is not for ${doing.actor.label}.`);
  if (voice === 'code' && (speaker !== null || need.row.confidentiality === 'anonymous'))
    throw new Error(`The code of ${need.key} is nobody's own word here.`);
}

export function confirm(doing: Doing, need: Need, voice: Voice, text: string | null): void {
  checkVoice(doing, need, voice);
  const from = need.row.state;
  const state = moveRequest('confirm', from as 'handled');
  patch(need, {
    state,
    verdict_by: voice,
    closed_at: doing.now,
    next_due: null,
    code_dies_at: new Date(doing.now.getTime() + codeLivesMs),
  });
  trace(doing, [need], {
    kind: 'solved',
    action: 'requests.confirmed',
    side: voice === 'followup' ? 'staff' : 'requester',
    permission: 'requests.judge',
    text,
    original: true,
    from,
    to: state,
    reason: voice,
    figures: { offline: false },
  });
  if (voice !== 'followup') noteOwnWord(doing.ledger, need, doing.now, 'own_solved');
}

export function deny(doing: Doing, need: Need, voice: Voice, why: string): void {
  if (need.row.confidentiality !== 'anonymous') checkVoice(doing, need, voice);
  const { dir, calendar } = doing.ledger;
  const r = need.row;
  const from = r.state;
  const relapse = from === 'resolved_confirmed';
  const relapseDays = dir.categories.get(r.category_id)?.relapseDays ?? 7;
  if (relapse && doing.now.getTime() - r.closed_at!.getTime() > relapseDays * day)
    throw new Error(`${need.key} is past its relapse window.`);
  const state = moveRequest('deny', from as 'handled');
  const priority = raised[r.priority] ?? r.priority;
  const stage = calendar.stageAt(doing.now.getTime());
  const { dues } = reckon(calendar.table, dir, { priority: priority as Priority, stage, unitId: r.unit_id }, doing.now);
  const waiting = r.case_id === null;
  patch(need, {
    state,
    priority,
    resolve_now: dues.resolve,
    next_due: waiting ? dues.triage : dues.resolve,
    closed_at: null,
    code_dies_at: null,
    verdict_by: null,
    handled_at: null,
    said_by_other: false,
    reopens: r.reopens + 1,
    work: waiting ? 'new' : 'reopened',
  });
  trace(doing, [need], {
    kind: 'not_solved',
    action: 'requests.denied',
    side: voice === 'followup' ? 'staff' : 'requester',
    permission: 'requests.judge',
    text: why,
    original: voice !== 'followup',
    from,
    to: state,
    reason: relapse ? 'relapse' : voice,
    data: { reopens: r.reopens, priority },
    figures: { reopens: r.reopens, relapse },
  });
  if (voice !== 'followup') noteOwnWord(doing.ledger, need, doing.now, 'own_not');
  if (need.work) reopenWork(need.work);
  for (const call of need.calls)
    if (call.row.done_at === null && call.row.kind !== 'again')
      Object.assign(call.row, { done_at: doing.now, outcome: 'cancelled', caller_id: null });
}

/** "Solved" from somebody whose word closes nothing: recorded, and the call becomes mandatory (rules 3). */
export function noteSaidSolved(doing: Doing, need: Need, reason: 'anonymous_code' | 'proxy'): void {
  if (need.row.state !== 'handled') throw new Error(`${need.key} is not handled.`);
  patch(need, { said_by_other: true });
  trace(doing, [need], {
    kind: 'said_solved',
    action: 'requests.said_solved',
    side: 'requester',
    permission: null,
    reason,
    data: { reason },
  });
}

export function rate(
  doing: Doing,
  need: Need,
  rating: { result: number | null; speed: number | null; attitude: number | null },
): void {
  patch(need, { rating_result: rating.result, rating_speed: rating.speed, rating_attitude: rating.attitude });
  trace(doing, [need], {
    kind: 'rated',
    action: 'requests.rated',
    side: 'requester',
    permission: 'requests.judge',
    audience: 'verifiers',
    data: { ...rating },
    figures: { ...rating },
  });
}

export function nudge(doing: Doing, need: Need, text: string | null): void {
  if (!['received', 'in_work', 'reopened'].includes(need.row.state))
    throw new Error(`${need.key} cannot be urged now.`);
  const nudges = need.row.nudges + 1;
  patch(need, { nudges });
  trace(doing, [need], {
    kind: 'nudged',
    action: 'requests.nudged',
    side: 'requester',
    permission: 'requests.judge',
    text,
    original: true,
    data: { nudges, upward: nudges >= 3 },
    figures: { nudges, upward: nudges >= 3 },
  });
}

export function withdraw(doing: Doing, need: Need, why: string | null): void {
  const from = need.row.state;
  const state = moveRequest('withdraw', from as 'received');
  patch(need, {
    state,
    closed_at: doing.now,
    next_due: null,
    asked: false,
    code_dies_at: new Date(doing.now.getTime() + codeLivesMs),
  });
  trace(doing, [need], {
    kind: 'withdrawn',
    action: 'requests.withdrawn',
    side: 'requester',
    permission: 'requests.judge',
    text: why,
    original: true,
    from,
    to: state,
  });
  if (need.work) settleWork(doing, need.work);
}

export function message(doing: Doing, need: Need, side: 'requester' | 'staff', text: string): void {
  const r = need.row;
  const contacted = side === 'requester' && r.noticed_at !== null && r.contacted_at === null;
  if (side === 'staff') patch(need, { noticed_at: doing.now });
  else if (contacted) patch(need, { contacted_at: doing.now, next_due: r.state === 'handled' ? null : r.resolve_now });
  trace(doing, [need], {
    kind: side === 'staff' ? 'message' : 'reply',
    action: side === 'staff' ? 'requests.written_to' : 'requests.replied',
    side,
    permission: null,
    text,
    lineId: side === 'staff' ? r.line_id : null,
    original: side === 'requester',
    figures: { contacted },
  });
}

/** Ends that are never satisfied (rules 2). */
export function closeWithoutVerdict(
  doing: Doing,
  need: Need,
  event: 'unreachable' | 'unverified' | 'explain',
  reason: string,
): void {
  const from = need.row.state;
  const state = moveRequest(event, from as 'handled');
  patch(need, {
    state,
    closed_at: doing.now,
    next_due: null,
    code_dies_at: new Date(doing.now.getTime() + codeLivesMs),
  });
  trace(doing, [need], {
    kind: state,
    action: `requests.${state}`,
    side: 'system',
    permission: null,
    from,
    to: state,
    reason,
    data: { reason },
  });
}
