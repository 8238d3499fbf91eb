/** Who gets the work: as `cases/dispatching.ts`, on the rows in memory. */
import { dueInWork, moveCase } from '../../modules/cases/index.ts';
import { dispatchesOutside, moveRequest, readerOf } from '../../modules/requests/index.ts';
import { addHand, type Doing, idFor, type Need, patch, patchCase, trace, type Work } from './ledger.ts';
import { releaseParts } from './parts.ts';

export interface Destination {
  lineId: number;
  unitId: number | null;
}

/** @throws where the rules would refuse: not at the desk, two returns, named in the need, no 转办摘要 */
function check(doing: Doing, need: Need, to: Destination): void {
  if (readerOf(doing.actor, need.row) !== 'dispatcher')
    throw new Error(`${doing.actor.label} does not dispatch ${need.key}.`);
  if (!['new', 'returned'].includes(need.row.work) || need.row.state === 'handled')
    throw new Error(`${need.key} does not wait for a dispatch.`);
  if (!dispatchesOutside(need.row, to)) throw new Error(`${need.key} complains about whom it would go to.`);
  if (need.row.confidentiality === 'confidential' && need.row.class !== 'health' && !need.words?.summary)
    throw new Error(`${need.key} has no 转办摘要.`);
}

/** Dispatched by a dispatcher; after two returns assigned by the arbiter, which cannot be returned (rules 4). */
export function dispatch(
  doing: Doing,
  need: Need,
  to: Destination,
  how: { arbitrated: boolean; note: string | null },
): Work {
  const { ledger, actor, now } = doing;
  if (how.arbitrated !== need.row.returns >= 2)
    throw new Error(`${need.key}: ${need.row.returns} returns and arbitrated ${how.arbitrated}.`);
  if (how.arbitrated && !actor.permissions.has('cases.arbitrate')) throw new Error(`${actor.label} is no arbiter.`);
  check(doing, need, to);
  let work = need.work;
  if (work) {
    patchCase(work, {
      state: moveCase('assign', work.row.state as 'returned'),
      line_id: to.lineId,
      lead_unit_id: to.unitId,
      arbitrated: how.arbitrated || work.row.arbitrated,
      dispatched_at: now,
      accepted_at: null,
      handler_id: null,
      handler_label: null,
      silently_accepted: false,
    });
  } else {
    work = {
      row: {
        id: idFor(need, now),
        state: 'dispatched',
        line_id: to.lineId,
        lead_unit_id: to.unitId,
        priority: need.row.priority,
        arbitrated: how.arbitrated,
        returns: 0,
        extended: false,
        handler_id: null,
        handler_label: null,
        dispatched_at: now,
        accepted_at: null,
        silently_accepted: false,
        suspended_at: null,
        suspended_until: null,
        handled_at: null,
        solution: null,
        created_at: now,
        version: 0,
      },
      hands: new Map(),
      assignments: [],
      asks: [],
      parts: [],
      takeovers: [],
      needs: [need],
    };
    ledger.works.push(work);
    need.work = work;
  }
  work.assignments.push({
    id: idFor(need, now),
    case_id: work.row.id,
    line_id: to.lineId,
    lead_unit_id: to.unitId,
    assigned_by: actor.accountId,
    at: now,
    ended_at: null,
    return_reason: null,
  });
  addHand(doing, work, how.arbitrated ? 'arbitrated' : 'dispatched', null);
  for (const one of work.needs.filter((other) => ['received', 'in_work', 'reopened'].includes(other.row.state))) {
    const before = one.row.work;
    const due = dueInWork(one.row);
    patch(one, {
      state: moveRequest('dispatch', one.row.state as 'received'),
      work: 'dispatched',
      case_id: work.row.id,
      line_id: to.lineId,
      lead_unit_id: to.unitId,
      dispatched_at: one.row.dispatched_at ?? now,
      handler_id: null,
      handler_label: null,
      silently_accepted: false,
      next_due: due,
    });
    trace(doing, [one], {
      kind: how.arbitrated ? 'arbitrated' : 'dispatched',
      action: how.arbitrated ? 'cases.arbitrated' : 'cases.dispatched',
      side: 'staff',
      permission: how.arbitrated ? 'cases.arbitrate' : 'cases.dispatch',
      lineId: to.lineId,
      text: how.note,
      from: before,
      to: 'dispatched',
      data: {
        line: ledger.dir.lines.get(to.lineId)!.code,
        unit: to.unitId === null ? null : ledger.dir.nodes.get(to.unitId)!.code,
      },
      figures: { case: work.row.id },
    });
  }
  return work;
}

/** Whether a waiting need may now be put into the case of another. */
export const mayJoin = (need: Need, into: Need): boolean =>
  need.work === null &&
  ['new', 'returned'].includes(need.row.work) &&
  need.row.state === 'received' &&
  into.work !== null &&
  ['dispatched', 'accepted', 'in_progress'].includes(into.work.row.state) &&
  dispatchesOutside(need.row, { lineId: into.work.row.line_id, unitId: into.work.row.lead_unit_id });

/** Joins the work, never the right to close: thread, clocks and verdict stay each their own (rules 1). */
export function join(doing: Doing, need: Need, into: Need): void {
  const work = into.work!;
  check(doing, need, { lineId: work.row.line_id, unitId: work.row.lead_unit_id });
  const before = need.row.work;
  patch(need, {
    state: moveRequest('dispatch', need.row.state as 'received'),
    work: work.row.state,
    case_id: work.row.id,
    line_id: work.row.line_id,
    lead_unit_id: work.row.lead_unit_id,
    dispatched_at: doing.now,
    handler_id: work.row.handler_id,
    handler_label: work.row.handler_label,
    silently_accepted: work.row.silently_accepted,
    next_due: dueInWork(need.row),
    returns: work.row.returns,
  });
  need.work = work;
  work.needs.push(need);
  trace(doing, [need], {
    kind: 'joined',
    action: 'cases.joined',
    side: 'staff',
    permission: 'cases.dispatch',
    lineId: work.row.line_id,
    from: before,
    to: work.row.state,
    figures: { case: work.row.id },
  });
}

/** Back to the desk: returned by its handler, or taken back by the dispatcher before anyone accepted it. */
export function backToDesk(
  doing: Doing,
  work: Work,
  how: {
    kind: 'taken_back' | 'returned';
    action: string;
    text: string;
    reason: string;
    permission: 'cases.dispatch' | 'cases.handle';
    evidence?: Record<string, string | null>;
  },
): void {
  Object.assign(work.assignments.at(-1)!, { ended_at: doing.now, return_reason: how.reason });
  releaseParts(doing, work, 'returned');
  const active = work.needs.filter((need) => ['in_work', 'reopened'].includes(need.row.state));
  for (const one of active) {
    patch(one, {
      work: 'returned',
      returns: work.row.returns,
      handler_id: null,
      handler_label: null,
      silently_accepted: false,
      asked: false,
      next_due: one.row.triage_due,
    });
  }
  trace(doing, active, {
    kind: how.kind,
    action: how.action,
    side: 'staff',
    permission: how.permission,
    audience: 'staff',
    text: how.text,
    reason: how.reason,
    data: { reason: how.reason, returns: work.row.returns, ...how.evidence },
    to: 'returned',
    figures: { returns: work.row.returns, files: 0, ...how.evidence },
  });
}

export function takeBack(doing: Doing, work: Work, text: string): void {
  patchCase(work, { state: moveCase('takeBack', work.row.state as 'dispatched') });
  backToDesk(doing, work, {
    kind: 'taken_back',
    action: 'cases.taken_back',
    text,
    reason: 'taken_back',
    permission: 'cases.dispatch',
  });
}
