import { uuidv7 } from 'uuidv7';
import { conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { noteChoice } from '../catalogue/index.ts';
import type { Directory } from '../organization/index.ts';
import {
  contentOf,
  dispatchesOutside,
  lockRequest,
  mayArbitrate,
  mayDispatch,
  mayJoin,
  moveRequest,
  notInThisState,
  patchRequest,
  type RequestRecord,
  readerOf,
  trace,
} from '../requests/index.ts';
import { dueInWork } from './due.ts';
import { move } from './lifecycle.ts';
import { lockWork } from './locking.ts';
import { mirrorOf } from './mirror.ts';
import { askParts, partPost, releaseParts } from './parts.ts';
import {
  endAssignment,
  endTakeover,
  insertAssignment,
  insertCase,
  insertHand,
  lapseAsk,
  lockCase,
  partsOf,
  patchCase,
} from './queries.ts';
import { tellLine } from './telling.ts';
import { mostUrgent, urgeCase } from './urgency.ts';

export interface Destination {
  lineId: number;
  unitId: number | null;
}

/** With the dispatcher or a line: it goes where its case goes. */
const goesAlong = (r: RequestRecord): boolean => ['received', 'in_work', 'reopened'].includes(r.state);

/**
 * For every request of the case, whichever of them the dispatcher looks at. What is done or withdrawn counts where it
 * names a line: a denial would bring it before that very line.
 */
async function checkDestination(
  context: Context,
  dir: Directory,
  requests: RequestRecord[],
  to: Destination,
): Promise<void> {
  if (!dir.lines.has(to.lineId))
    throw new Refusal(422, 'bad_input', { fields: [{ field: 'lineId', code: 'unknown_line' }] });
  if (to.unitId !== null && dir.nodes.get(to.unitId)?.kind !== 'unit')
    throw new Refusal(422, 'bad_input', { fields: [{ field: 'unitId', code: 'unknown_unit' }] });
  if (!requests.every((r) => dispatchesOutside(r, to))) throw conflict('names_this_line');
  for (const r of requests.filter(goesAlong)) {
    if (r.confidentiality !== 'confidential' || r.class === 'health') continue;
    const content = (await contentOf(context.tx, [r.id]))[0];
    if (!content?.summary)
      throw new Refusal(422, 'summary_needed', { fields: [{ field: 'summary', code: 'required' }] });
  }
}

async function assign(
  context: Context,
  dir: Directory,
  r: RequestRecord,
  to: Destination,
  how: {
    arbitrated: boolean;
    note: string | null;
    coLineIds: readonly number[];
    /** Somebody chose: what the catalogue would have said is noted beside it. */
    chosen?: boolean;
  },
): Promise<string> {
  const { tx, now, actor } = context;
  const known = r.case_id ? await lockWork(tx, r.case_id) : undefined;
  const before = known?.file;
  const requests = known?.requests ?? [r];
  await checkDestination(context, dir, requests, to);
  const choice = how.chosen ? await noteChoice(context, dir, r, { ...to, coLineIds: how.coLineIds }) : {};
  const caseId = before?.id ?? uuidv7();
  if (before) {
    await patchCase(tx, caseId, {
      state: move('assign', before.state as 'returned'),
      line_id: to.lineId,
      lead_unit_id: to.unitId,
      priority: mostUrgent(requests) ?? before.priority,
      arbitrated: how.arbitrated || before.arbitrated,
      dispatched_at: now,
      accepted_at: null,
      handler_id: null,
      handler_label: null,
      silently_accepted: false,
    });
  } else {
    await insertCase(tx, {
      id: caseId,
      state: 'dispatched',
      line_id: to.lineId,
      lead_unit_id: to.unitId,
      priority: r.priority,
      arbitrated: how.arbitrated,
      returns: 0,
      dispatched_at: now,
      created_at: now,
    });
  }
  await insertAssignment(tx, {
    id: uuidv7(),
    case_id: caseId,
    line_id: to.lineId,
    lead_unit_id: to.unitId,
    assigned_by: actor.accountId,
    at: now,
  });
  await insertHand(tx, {
    case_id: caseId,
    account_id: actor.accountId!,
    did: how.arbitrated ? 'arbitrated' : 'dispatched',
    line_id: null,
    home_node_id: actor.homeNodeId,
    at: now,
  });
  for (const one of requests.filter(goesAlong)) {
    const state = moveRequest('dispatch', one.state as 'received');
    await patchRequest(tx, one.id, {
      state,
      work: 'dispatched',
      case_id: caseId,
      line_id: to.lineId,
      lead_unit_id: to.unitId,
      dispatched_at: one.dispatched_at ?? now,
      handler_id: null,
      handler_label: null,
      silently_accepted: false,
      next_due: dueInWork(one),
    });
    await trace(context, [one], {
      kind: how.arbitrated ? 'arbitrated' : 'dispatched',
      action: how.arbitrated ? 'cases.arbitrated' : 'cases.dispatched',
      side: 'staff',
      permission: how.arbitrated ? 'cases.arbitrate' : 'cases.dispatch',
      lineId: to.lineId,
      text: how.note,
      from: one.work,
      to: 'dispatched',
      data: { line: dir.lines.get(to.lineId)!.code, unit: to.unitId === null ? null : dir.nodes.get(to.unitId)!.code },
      figures: { case: caseId, ...(one.id === r.id ? choice : {}) },
    });
  }
  await tellLine(context, dir, r, to);
  const beside = [...new Set(how.coLineIds)];
  const { file, requests: gone } = (await lockWork(tx, caseId))!;
  await askParts(
    context,
    dir,
    file,
    gone,
    await Promise.all(beside.map(async (id) => ({ ...(await partPost(tx, id, to.unitId)), task: '' }))),
    how.arbitrated ? 'cases.arbitrate' : 'cases.dispatch',
  );
  return caseId;
}

/** @throws two_returns, not_in_this_state, names_this_line, summary_needed */
export async function dispatch(
  context: Context,
  dir: Directory,
  r: RequestRecord,
  to: Destination,
  note: string | null,
  coLineIds: readonly number[] = [],
): Promise<string> {
  if (mayArbitrate(r)) throw conflict('two_returns');
  if (!mayDispatch(r)) throw notInThisState(r);
  return assign(context, dir, r, to, { arbitrated: false, note, coLineIds, chosen: true });
}

/** After two returns; what the arbiter assigns cannot be returned (rules 4). */
export async function arbitrate(
  context: Context,
  dir: Directory,
  r: RequestRecord,
  to: Destination,
  note: string,
  coLineIds: readonly number[] = [],
): Promise<string> {
  if (!mayArbitrate(r)) throw notInThisState(r);
  return assign(context, dir, r, to, { arbitrated: true, note, coLineIds, chosen: true });
}

/**
 * Puts a waiting request into the case of another. Merging joins the work, never the right to close: thread, clocks and
 * verdict stay each their own (rules 1).
 */
export async function join(context: Context, dir: Directory, r: RequestRecord, intoRequestId: string): Promise<string> {
  const { tx } = context;
  if (!mayJoin(r) || r.id === intoRequestId) throw notInThisState(r);
  const target = await lockRequest(tx, intoRequestId);
  if (!target || readerOf(context.actor, target) !== 'dispatcher') throw notFound();
  if (!target.case_id) throw new Refusal(409, 'other_case', { values: { why: '—' } });
  const into = (await lockCase(tx, target.case_id))!;
  // Only work that a line has: what is done needs reopening, what came back has no line to join.
  if (['handled', 'ended', 'returned'].includes(into.state))
    throw new Refusal(409, 'not_in_this_state', { values: { state: into.state } });
  await checkDestination(context, dir, [r], { lineId: into.line_id, unitId: into.lead_unit_id });
  await patchRequest(tx, r.id, {
    ...(await mirrorOf(tx, into)),
    state: moveRequest('dispatch', r.state as 'received'),
    case_id: into.id,
    dispatched_at: context.now,
    next_due: dueInWork(r),
  });
  await trace(context, [r], {
    kind: 'joined',
    action: 'cases.joined',
    side: 'staff',
    permission: 'cases.dispatch',
    lineId: into.line_id,
    from: r.work,
    to: into.state,
    figures: { case: into.id },
  });
  await urgeCase(context, into.id);
  return into.id;
}

/**
 * The work goes to another line that has said it takes it over (移交): all needs of the case go along, under what they are
 * due. @throws not_in_this_state, names_this_line, summary_needed
 */
export async function handOver(context: Context, dir: Directory, r: RequestRecord, to: Destination): Promise<void> {
  const { tx, now } = context;
  const found = r.case_id ? await lockWork(tx, r.case_id) : undefined;
  if (!found) throw notInThisState(r);
  await patchCase(tx, found.file.id, {
    state: move('handOver', found.file.state as 'reopened'),
    suspended_at: null,
    suspended_until: null,
  });
  await endAssignment(tx, found.file.id, now, 'handed_over');
  await lapseAsk(tx, found.file.id, now);
  await leaveLine(context, found.file.id, found.requests, 'returned');
  await assign(context, dir, r, to, { arbitrated: false, note: null, coLineIds: [] });
}

/** Before anyone accepted it. */
export async function takeBack(context: Context, caseId: string, reason: string): Promise<void> {
  const { tx, now } = context;
  const found = await lockWork(tx, caseId);
  if (!found) throw notFound();
  const { file: caseFile, requests } = found;
  if (!requests.some((request) => readerOf(context.actor, request) === 'dispatcher')) throw forbidden();
  const state = move('takeBack', caseFile.state as 'dispatched');
  await patchCase(tx, caseFile.id, { state });
  await endAssignment(tx, caseFile.id, now, 'taken_back');
  await leaveLine(context, caseFile.id, requests, 'returned');
  await backToDesk(context, requests, {
    kind: 'taken_back',
    action: 'cases.taken_back',
    text: reason,
    reason: 'taken_back',
    permission: 'cases.dispatch',
    returns: caseFile.returns,
  });
}

/** The work leaves its line: the parts of other lines end with it, and so does what a backup line took over. */
export async function leaveLine(
  context: Context,
  caseId: string,
  requests: RequestRecord[],
  why: 'returned' | 'ended',
): Promise<void> {
  await releaseParts(context, await partsOf(context.tx, [caseId]), requests, { text: null, reason: why });
  await endTakeover(context.tx, caseId, context.now, why);
}

export async function backToDesk(
  context: Context,
  requests: RequestRecord[],
  how: {
    kind: 'taken_back' | 'returned';
    action: string;
    text: string;
    reason: string;
    permission: 'cases.dispatch' | 'cases.handle';
    returns: number;
    fileIds?: string[];
    /** Codes of what was proposed. */
    evidence?: Record<string, string | number | null>;
  },
): Promise<void> {
  const active = requests.filter((request) => ['in_work', 'reopened'].includes(request.state));
  for (const one of active) {
    await patchRequest(context.tx, one.id, {
      work: 'returned',
      returns: how.returns,
      handler_id: null,
      handler_label: null,
      silently_accepted: false,
      asked: false,
      // The dispatcher's clock never stopped; it is due as it always was.
      next_due: one.triage_due,
    });
  }
  await trace(context, active, {
    kind: how.kind,
    action: how.action,
    side: 'staff',
    permission: how.permission,
    audience: 'staff',
    text: how.text,
    reason: how.reason,
    fileIds: how.fileIds,
    data: { reason: how.reason, returns: how.returns, ...how.evidence },
    to: 'returned',
    figures: { returns: how.returns, files: how.fileIds?.length ?? 0, ...how.evidence },
  });
}
