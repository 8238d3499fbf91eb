/** The work itself, as far as *handled* and no further: as `cases/handling.ts`, on the rows in memory. */

import { dueInWork, mayMoveCase, mostSuspendedHours, moveCase } from '../../modules/cases/index.ts';
import { addWorking, workingBetween } from '../../modules/clocks/index.ts';
import { mayApprove, mayHandle, moveRequest } from '../../modules/requests/index.ts';
import { roleFor } from '../../platform/actor.ts';
import { hour } from './calendar.ts';
import { backToDesk } from './dispatching.ts';
import { addHand, type Doing, idFor, isActive, type Need, patch, patchCase, trace, type Work } from './ledger.ts';
import { releaseParts } from './parts.ts';

function asHandler(doing: Doing, work: Work): void {
  if (!mayHandle(doing.actor, work.row)) throw new Error(`${doing.actor.label} does not handle this line here.`);
}

export function accept(doing: Doing, work: Work): void {
  asHandler(doing, work);
  const { actor, now } = doing;
  const from = work.row.state;
  const state = moveCase('accept', from as 'dispatched');
  patchCase(work, { state, accepted_at: now, handler_id: actor.accountId, handler_label: actor.label });
  addHand(doing, work, 'accepted', work.row.line_id);
  const touched = work.needs.filter(isActive);
  for (const one of touched) patch(one, { work: state, handler_id: actor.accountId, handler_label: actor.label });
  trace(doing, touched, {
    kind: 'accepted',
    action: 'cases.accepted',
    side: 'staff',
    permission: 'cases.handle',
    lineId: work.row.line_id,
    from,
    to: state,
    figures: { case: work.row.id },
  });
}

/** 30 minutes (urgent 10) without acceptance is acceptance, and says so (rules 4). */
export function acceptSilently(doing: Doing, work: Work): void {
  const touched = work.needs.filter(isActive);
  patchCase(work, {
    state: moveCase('accept', work.row.state as 'dispatched'),
    accepted_at: doing.now,
    silently_accepted: true,
  });
  for (const one of touched) patch(one, { work: 'accepted', silently_accepted: true });
  trace(doing, touched, {
    kind: 'silently_accepted',
    action: 'cases.silently_accepted',
    side: 'system',
    permission: null,
    who: null,
    audience: 'staff',
    lineId: work.row.line_id,
    from: 'dispatched',
    to: 'accepted',
  });
}

export function progress(doing: Doing, work: Work, text: string, contacted: boolean): void {
  asHandler(doing, work);
  const { actor, now } = doing;
  const from = work.row.state;
  const state = moveCase('progress', from as 'accepted');
  patchCase(work, {
    state,
    accepted_at: work.row.accepted_at ?? now,
    handler_id: actor.accountId,
    handler_label: actor.label,
  });
  addHand(doing, work, 'handled', work.row.line_id);
  const touched = work.needs.filter(isActive);
  for (const one of touched) {
    const contactedAt = one.row.contacted_at ?? (contacted ? now : null);
    patch(one, {
      work: state,
      handler_id: actor.accountId,
      handler_label: actor.label,
      contacted_at: contactedAt,
      noticed_at: now,
      next_due: dueInWork({ ...one.row, contacted_at: contactedAt }),
    });
  }
  trace(doing, touched, {
    kind: contacted ? 'contacted' : 'progress',
    action: contacted ? 'cases.contacted' : 'cases.progressed',
    side: 'staff',
    permission: 'cases.handle',
    lineId: work.row.line_id,
    text,
    from,
    to: state,
    figures: { case: work.row.id, files: 0 },
  });
}

export function returnCase(
  doing: Doing,
  work: Work,
  { reason, text, evidence }: { reason: string; text: string; evidence: Record<string, string | null> },
): void {
  asHandler(doing, work);
  if (work.row.arbitrated || work.row.returns >= 2)
    throw new Error('What was arbitrated or returned twice cannot be returned.');
  patchCase(work, {
    state: moveCase('return', work.row.state as 'dispatched'),
    returns: work.row.returns + 1,
    handler_id: null,
    handler_label: null,
    accepted_at: null,
  });
  addHand(doing, work, 'returned', work.row.line_id);
  const { dir } = doing.ledger;
  backToDesk(doing, work, {
    kind: 'returned',
    action: 'cases.returned',
    text,
    reason,
    permission: 'cases.handle',
    evidence: {
      ...evidence,
      byLine: dir.lines.get(work.row.line_id)!.code,
      byUnit: work.row.lead_unit_id === null ? null : dir.nodes.get(work.row.lead_unit_id)!.code,
    },
  });
}

export interface Wish {
  kind: 'extension' | 'suspension';
  until: Date;
  reasonCode: string;
  text: string;
}

const dueOf = (needs: Need[]): number => Math.max(...needs.map((one) => one.row.resolve_now.getTime()));

/** Whether the handler may ask for this now (once, before due; suspensions of at most 72 hours in all). */
export function mayAsk(work: Work, wish: Wish, now: Date): boolean {
  const touched = work.needs.filter(isActive);
  if (touched.length === 0 || !['accepted', 'in_progress', 'reopened'].includes(work.row.state)) return false;
  if (work.asks.some((ask) => ask.decided_at === null) || wish.until <= now) return false;
  if (wish.kind === 'suspension') {
    const granted = work.asks
      .filter((ask) => ask.kind === 'suspension' && ask.approved)
      .reduce((sum, ask) => sum + ask.until_at.getTime() - ask.decided_at!.getTime(), 0);
    return granted + wish.until.getTime() - now.getTime() <= mostSuspendedHours * hour;
  }
  return !work.row.extended && now.getTime() < dueOf(touched) && wish.until.getTime() > dueOf(touched);
}

export function ask(doing: Doing, work: Work, wish: Wish): void {
  asHandler(doing, work);
  if (!mayAsk(work, wish, doing.now)) throw new Error(`This ${wish.kind} may not be asked for.`);
  const { actor, now } = doing;
  const touched = work.needs.filter(isActive);
  work.asks.push({
    id: idFor(work.needs[0]!, now),
    case_id: work.row.id,
    kind: wish.kind,
    asked_by: actor.accountId!,
    asked_by_label: actor.label,
    asked_at: now,
    until_at: wish.until,
    reason_code: wish.reasonCode,
    text: wish.text,
    decided_by: null,
    decided_at: null,
    approved: null,
  });
  for (const one of touched) patch(one, { asked: true });
  trace(doing, touched, {
    kind: wish.kind === 'extension' ? 'extension_asked' : 'suspension_asked',
    action: `cases.${wish.kind}_asked`,
    side: 'staff',
    permission: 'cases.handle',
    lineId: work.row.line_id,
    audience: 'staff',
    text: wish.text,
    reason: wish.reasonCode,
    data: { until: wish.until.toISOString(), reason: wish.reasonCode },
    figures: { case: work.row.id },
  });
}

/** Decided by somebody else, never of the handling line; the original due stays for every statistic (rules 4). */
export function decide(doing: Doing, work: Work, approve: boolean, text: string | null): void {
  const { actor, now } = doing;
  const asked = work.asks.at(-1)!;
  if (asked.decided_at || asked.asked_by === actor.accountId || !mayApprove(actor, { ...work.row, unit_id: null }))
    throw new Error(`${actor.label} may not decide this.`);
  Object.assign(asked, { decided_by: actor.accountId, decided_at: now, approved: approve });
  addHand(doing, work, 'approved', null);
  const touched = work.needs.filter(isActive);
  if (!approve) {
    for (const one of touched) patch(one, { asked: false });
    trace(doing, touched, {
      kind: 'ask_refused',
      action: 'cases.ask_refused',
      side: 'staff',
      permission: 'cases.approve',
      audience: 'staff',
      text,
      figures: { case: work.row.id },
    });
    return;
  }
  if (asked.kind === 'extension') {
    patchCase(work, { extended: true });
    for (const one of touched) {
      patch(one, {
        asked: false,
        resolve_now: asked.until_at,
        promise_at: asked.until_at,
        noticed_at: now,
        next_due: dueInWork({ ...one.row, resolve_now: asked.until_at }),
      });
    }
  } else {
    patchCase(work, {
      state: moveCase('suspend', work.row.state as 'accepted'),
      suspended_at: now,
      suspended_until: asked.until_at,
    });
    for (const one of touched) {
      const { calendar } = doing.ledger;
      const of = calendar.workingOf(one.row);
      const later = addWorking(one.row.resolve_now, workingBetween(now, asked.until_at, of), of);
      patch(one, {
        asked: false,
        work: 'suspended',
        resolve_now: later,
        promise_at: later,
        noticed_at: now,
        next_due: later,
      });
    }
  }
  trace(doing, touched, {
    kind: asked.kind === 'extension' ? 'extension_approved' : 'suspension_approved',
    action: `cases.${asked.kind}_approved`,
    side: 'staff',
    permission: 'cases.approve',
    lineId: null,
    text,
    data: { until: asked.until_at.toISOString(), askedBy: asked.asked_by_label, role: roleFor(actor, 'cases.approve') },
    figures: { case: work.row.id, until: asked.until_at.toISOString() },
  });
}

export function resume(doing: Doing, work: Work): void {
  patchCase(work, {
    state: moveCase('resume', work.row.state as 'suspended'),
    suspended_at: null,
    suspended_until: null,
  });
  const touched = work.needs.filter(isActive);
  for (const one of touched) patch(one, { work: 'in_progress', next_due: dueInWork(one.row) });
  trace(doing, touched, {
    kind: 'resumed',
    action: 'cases.resumed',
    side: 'system',
    permission: null,
    who: null,
    lineId: work.row.line_id,
    from: 'suspended',
    to: 'in_progress',
  });
}

export function sayHandled(doing: Doing, work: Work, solution: string, text: string): Need[] {
  asHandler(doing, work);
  const { actor, now } = doing;
  const touched = work.needs.filter(isActive);
  if (touched.length === 0) throw new Error('Nothing is open in this case.');
  patchCase(work, {
    state: moveCase('handle', work.row.state as 'accepted'),
    handled_at: now,
    solution,
    accepted_at: work.row.accepted_at ?? now,
    handler_id: actor.accountId,
    handler_label: actor.label,
  });
  releaseParts(doing, work, 'handled');
  addHand(doing, work, 'handled', work.row.line_id);
  for (const one of touched) {
    const from = one.row.state;
    const to = moveRequest('handle', from as 'in_work');
    patch(one, {
      state: to,
      work: 'handled',
      handled_at: now,
      noticed_at: now,
      next_due: null,
      handler_id: actor.accountId,
      handler_label: actor.label,
      asked: false,
    });
    const onTime = now <= one.row.resolve_due;
    trace(doing, [one], {
      kind: 'handled',
      action: 'cases.handled',
      side: 'staff',
      permission: 'cases.handle',
      lineId: work.row.line_id,
      text,
      from,
      to,
      data: { solution, onTime },
      figures: { case: work.row.id, solution, files: 0, onTime },
    });
  }
  return touched;
}

/** The need was denied: the work is open again. */
export const reopenWork = (work: Work): void =>
  patchCase(work, { state: moveCase('reopen', work.row.state as 'handled'), handled_at: null });

/** A request has left: work that is for nobody any more ends, so that nobody is asked to decide about it (decision 16). */
export function settleWork(doing: Doing, work: Work): void {
  if (work.needs.some(isActive)) return;
  const asked = work.asks.at(-1);
  if (asked && !asked.decided_at) Object.assign(asked, { decided_at: doing.now, approved: false });
  releaseParts(doing, work, 'ended');
  const event = work.needs.some((one) => one.row.state === 'handled') ? 'rest' : 'end';
  if (mayMoveCase(event, work.row.state as 'accepted'))
    patchCase(work, {
      state: moveCase(event, work.row.state as 'accepted'),
      suspended_at: null,
      suspended_until: null,
    });
}
