import { uuidv7 } from 'uuidv7';
import type { caseEndpoints } from '../../../contract/cases.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { roleFor, sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { claimFiles } from '../../platform/files.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { addWorking, workingBetween } from '../clocks/index.ts';
import { tellRequester } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import {
  caseDue,
  inHand,
  mayApprove,
  mayHandle,
  moveRequest,
  patchRequest,
  type RequestRecord,
  readRequestsOfCase,
  reckonAt,
  trace,
} from '../requests/index.ts';
import { leaveLine } from './dispatching.ts';
import { dueInWork } from './due.ts';
import { isShown } from './evidence.ts';
import { mayMove, move } from './lifecycle.ts';
import { lockWork } from './locking.ts';
import { mirrorOf } from './mirror.ts';
import { isOpenPart, releaseParts } from './parts.ts';
import {
  type CaseRecord,
  caseOfAsk,
  decideAsk,
  endTakeover,
  insertAsk,
  insertHand,
  lapseAsk,
  lockAsk,
  lockCase,
  partsOf,
  patchCase,
  pendingAsk,
  suspendedSoFar,
} from './queries.ts';
import { mostUrgent, urgeCase } from './urgency.ts';

const hour = 3_600_000;
export const mostSuspendedHours = 72;

/** The case as its handler may touch it. @throws not_found, not_handler */
export async function asHandler(
  context: Context,
  caseId: string,
): Promise<{ file: CaseRecord; requests: RequestRecord[] }> {
  const found = await lockWork(context.tx, caseId);
  if (!found) throw notFound();
  const { file, requests } = found;
  if (!mayHandle(context.actor, file)) throw forbidden('not_handler');
  // Who asks does not handle: else a handler could close their own request (domain section 2).
  if (requests.some((one) => sameHand(context.actor, one.requester_id))) throw forbidden('own_request');
  return { file, requests };
}

const hand = (context: Context, file: CaseRecord, did: string): Promise<unknown> =>
  insertHand(context.tx, {
    case_id: file.id,
    account_id: context.actor.accountId!,
    did,
    line_id: file.line_id,
    home_node_id: context.actor.homeNodeId,
    at: context.now,
  });

/** Changes no clock (rules 4). */
export async function accept(context: Context, file: CaseRecord, requests: RequestRecord[]): Promise<void> {
  const { actor, now, tx } = context;
  const state = move('accept', file.state as 'dispatched');
  await patchCase(tx, file.id, { state, accepted_at: now, handler_id: actor.accountId, handler_label: actor.label });
  await hand(context, file, 'accepted');
  const touched = requests.filter(inHand);
  for (const one of touched)
    await patchRequest(tx, one.id, { work: state, handler_id: actor.accountId, handler_label: actor.label });
  await trace(context, touched, {
    kind: 'accepted',
    action: 'cases.accepted',
    side: 'staff',
    permission: 'cases.handle',
    lineId: file.line_id,
    from: file.state,
    to: state,
    figures: { case: file.id },
  });
}

export async function progress(
  context: Context,
  file: CaseRecord,
  requests: RequestRecord[],
  input: ParsedOf<typeof caseEndpoints.progress>,
): Promise<void> {
  const { actor, now, tx } = context;
  const state = move('progress', file.state as 'accepted');
  const touched = requests.filter(inHand);
  await claimFiles(tx, input.fileIds, 'request', touched[0]?.id ?? file.id, actor);
  await patchCase(tx, file.id, {
    state,
    accepted_at: file.accepted_at ?? now,
    handler_id: actor.accountId,
    handler_label: actor.label,
  });
  await hand(context, file, 'handled');
  for (const one of touched) {
    const contacted = one.contacted_at ?? (input.contacted ? now : null);
    await patchRequest(tx, one.id, {
      work: state,
      handler_id: actor.accountId,
      handler_label: actor.label,
      contacted_at: contacted,
      noticed_at: now,
      next_due: dueInWork({ ...one, contacted_at: contacted }),
    });
  }
  await trace(context, touched, {
    kind: input.contacted ? 'contacted' : 'progress',
    action: input.contacted ? 'cases.contacted' : 'cases.progressed',
    side: 'staff',
    permission: 'cases.handle',
    lineId: file.line_id,
    text: input.text,
    fileIds: input.fileIds,
    from: file.state,
    to: state,
    figures: { case: file.id, files: input.fileIds.length },
  });
}

/** Asked by the handler, decided by somebody else; the original due stays for every statistic (rules 4). */
export async function ask(
  context: Context,
  file: CaseRecord,
  requests: RequestRecord[],
  input: ParsedOf<typeof caseEndpoints.ask>,
): Promise<string> {
  const { actor, now, tx } = context;
  const until = new Date(input.until);
  const touched = requests.filter(inHand);
  const due = caseDue(touched);
  if (touched.length === 0 || !['accepted', 'in_progress', 'reopened'].includes(file.state))
    throw new Refusal(409, 'not_in_this_state', { values: { state: file.state } });
  if (await pendingAsk(tx, file.id)) throw conflict('ask_pending');
  if (until <= now) throw new Refusal(422, 'in_the_past', { fields: [{ field: 'until', code: 'bad_choice' }] });
  if (input.kind === 'extension') {
    if (file.extended) throw conflict('extended_once');
    if (now >= due) throw conflict('after_due');
    if (until <= due) throw new Refusal(422, 'not_after_due', { fields: [{ field: 'until', code: 'bad_choice' }] });
  } else {
    // All suspensions of a case together: ten short ones would stop its clock as long as one that is refused.
    const left = mostSuspendedHours * hour - (await suspendedSoFar(tx, file.id));
    if (until.getTime() - now.getTime() > left) {
      const hours = Math.max(0, Math.floor(left / hour));
      throw new Refusal(422, 'too_long', { values: { hours }, fields: [{ field: 'until', code: 'bad_choice' }] });
    }
  }
  const id = uuidv7();
  await insertAsk(tx, {
    id,
    case_id: file.id,
    kind: input.kind,
    asked_by: actor.accountId!,
    asked_by_label: actor.label,
    asked_at: now,
    until_at: until,
    reason_code: input.reasonCode,
    text: input.text,
  });
  for (const one of touched) await patchRequest(tx, one.id, { asked: true });
  await trace(context, touched, {
    kind: input.kind === 'extension' ? 'extension_asked' : 'suspension_asked',
    action: `cases.${input.kind}_asked`,
    side: 'staff',
    permission: 'cases.handle',
    lineId: file.line_id,
    audience: 'staff',
    text: input.text,
    reason: input.reasonCode,
    data: { until: until.toISOString(), reason: input.reasonCode },
    figures: { case: file.id },
  });
  return id;
}

/** @throws own_ask, same_line, in_the_past */
export async function decide(context: Context, askId: string, approve: boolean, text: string | null): Promise<void> {
  const { actor, now, tx } = context;
  const caseId = await caseOfAsk(tx, askId);
  const found = caseId ? await lockWork(tx, caseId) : undefined;
  if (!found) throw notFound();
  const { file, requests } = found;
  const asked = (await lockAsk(tx, askId))!;
  if (asked.decided_at) throw conflict('stale', { approved: asked.approved });
  if (sameHand(actor, asked.asked_by, asked.asked_at)) throw forbidden('own_ask');
  if (!mayApprove(actor, { ...file, unit_id: null })) throw forbidden('same_line');
  // A time that has passed can only be refused: a pause that is over would make the due earlier.
  if (approve && asked.until_at <= now) throw new Refusal(422, 'in_the_past');
  await decideAsk(tx, askId, actor.accountId!, now, approve);
  await insertHand(tx, {
    case_id: file.id,
    account_id: actor.accountId!,
    did: 'approved',
    line_id: null,
    home_node_id: actor.homeNodeId,
    at: now,
  });
  const touched = requests.filter(inHand);
  if (!approve) {
    for (const one of touched) await patchRequest(tx, one.id, { asked: false });
    await trace(context, touched, {
      kind: 'ask_refused',
      action: 'cases.ask_refused',
      side: 'staff',
      permission: 'cases.approve',
      audience: 'staff',
      text,
      figures: { case: file.id },
    });
    return;
  }
  if (asked.kind === 'extension') {
    await patchCase(tx, file.id, { extended: true });
    for (const one of touched) {
      const extended = { ...one, resolve_now: asked.until_at };
      await patchRequest(tx, one.id, {
        asked: false,
        resolve_now: asked.until_at,
        promise_at: asked.until_at,
        noticed_at: now,
        next_due: dueInWork(extended),
      });
    }
  } else {
    await patchCase(tx, file.id, {
      state: move('suspend', file.state as 'accepted'),
      suspended_at: now,
      suspended_until: asked.until_at,
    });
    const dir = await directory(tx);
    for (const one of touched) {
      // By the time of its own calendar: a night that would not have counted is not given back.
      const { calendar } = await reckonAt(
        tx,
        dir,
        one.site_id ?? one.unit_id ?? dir.groupNode.id,
        one.priority as 'urgent',
        one.submitted_at,
      );
      const later = addWorking(one.resolve_now, workingBetween(now, asked.until_at, calendar), calendar);
      await patchRequest(tx, one.id, {
        asked: false,
        work: 'suspended',
        resolve_now: later,
        promise_at: later,
        noticed_at: now,
        next_due: later,
      });
    }
  }
  await trace(context, touched, {
    kind: asked.kind === 'extension' ? 'extension_approved' : 'suspension_approved',
    action: `cases.${asked.kind}_approved`,
    side: 'staff',
    permission: 'cases.approve',
    lineId: null,
    text,
    data: {
      until: asked.until_at.toISOString(),
      askedBy: asked.asked_by_label,
      role: roleFor(actor, 'cases.approve'),
    },
    figures: { case: file.id, until: asked.until_at.toISOString() },
  });
}

/** As far as those who work can go: the verdict belongs to the person served (rules 1). */
export async function sayHandled(
  context: Context,
  file: CaseRecord,
  requests: RequestRecord[],
  input: ParsedOf<typeof caseEndpoints.handled>,
): Promise<void> {
  const { actor, now, tx } = context;
  if (!isShown(input)) {
    throw new Refusal(422, 'evidence_needed', { fields: [{ field: 'fileIds', code: 'required' }] });
  }
  const touched = requests.filter(inHand);
  if (touched.length === 0) throw badField('id', 'bad_choice');
  const parts = await partsOf(tx, [file.id]);
  if (parts.some(isOpenPart) && !input.partsWhy)
    throw new Refusal(422, 'parts_open', { fields: [{ field: 'partsWhy', code: 'required' }] });
  const state = move('handle', file.state as 'accepted');
  await lapseAsk(tx, file.id, now);
  await claimFiles(tx, input.fileIds, 'request', touched[0]!.id, actor);
  await patchCase(tx, file.id, {
    state,
    handled_at: now,
    solution: input.solution,
    accepted_at: file.accepted_at ?? now,
    handler_id: actor.accountId,
    handler_label: actor.label,
  });
  await hand(context, file, 'handled');
  await releaseParts(context, parts, touched, { text: input.partsWhy ?? null, reason: 'handled' });
  await endTakeover(tx, file.id, now, 'handled');
  for (const one of touched) {
    const to = moveRequest('handle', one.state as 'in_work');
    await patchRequest(tx, one.id, {
      state: to,
      work: 'handled',
      handled_at: now,
      noticed_at: now,
      next_due: null,
      handler_id: actor.accountId,
      handler_label: actor.label,
      asked: false,
    });
    await trace(context, [one], {
      kind: 'handled',
      action: 'cases.handled',
      side: 'staff',
      permission: 'cases.handle',
      lineId: file.line_id,
      text: input.text,
      fileIds: one === touched[0] ? input.fileIds : [],
      from: one.state,
      to,
      data: { solution: input.solution, onTime: now <= one.resolve_due },
      figures: { case: file.id, solution: input.solution, files: input.fileIds.length, onTime: now <= one.resolve_due },
    });
    await tellRequester(context, one.id, `handled ${now.toISOString()}`);
  }
}

/** The need was denied: the work is open again, in the same transaction. */
export async function reopenWork(context: Context, caseId: string, requestId: string): Promise<void> {
  const { tx, now } = context;
  const file = await lockCase(tx, caseId);
  if (!file) return;
  const again = file.accepted_at === null && mayMove('offerAgain', file.state as 'ended');
  const state = move(again ? 'offerAgain' : 'reopen', file.state as 'ended');
  const requests = await readRequestsOfCase(tx, caseId);
  await patchCase(tx, caseId, {
    state,
    handled_at: null,
    priority: mostUrgent(requests) ?? file.priority,
    ...(again ? { dispatched_at: now } : {}),
  });
  await patchRequest(tx, requestId, {
    // Its case may have gone to another line since it left.
    ...(await mirrorOf(tx, { ...file, state })),
    // Answered by the desk after a return: no line holds the case, so it is the dispatcher's again.
    ...(state === 'returned' ? { next_due: new Date(now.getTime() + 15 * 60_000) } : {}),
  });
}

/**
 * A request has left the case without a verdict. Work that is for nobody any more ends, so that no clock of a handler
 * runs for it, nobody is asked to decide about it and time accepts or resumes nothing. The thread says why.
 */
export async function settleWork(
  context: Context,
  caseId: string,
  leaving: RequestRecord,
  reason: 'withdrawn' | 'sealed' | 'explained' | 'solved_elsewhere',
): Promise<void> {
  const { tx, now, actor } = context;
  const file = await lockCase(tx, caseId);
  if (!file) return;
  const requests = await readRequestsOfCase(tx, caseId);
  if (requests.some(inHand)) return urgeCase(context, caseId);
  await lapseAsk(tx, caseId, now);
  await leaveLine(context, caseId, requests, 'ended');
  const event = requests.some((one) => one.state === 'handled') ? 'rest' : 'end';
  if (!mayMove(event, file.state as 'accepted')) return;
  const state = move(event, file.state as 'accepted');
  await patchCase(tx, caseId, { state, suspended_at: null, suspended_until: null });
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, null),
    action: 'cases.ended',
    recordKind: 'request',
    recordId: leaving.id,
    class: leaving.class,
    unitId: leaving.unit_id,
    siteId: leaving.site_id,
    lineId: file.line_id,
    categoryId: leaving.category_id,
    from: file.state,
    to: state,
    reason,
    figures: { case: caseId },
  });
}

// ---- what time does by itself

/** 30 minutes (urgent 10) without acceptance is acceptance, and says so. */
export async function acceptSilently(context: Context, caseId: string): Promise<void> {
  const found = await lockWork(context.tx, caseId);
  if (found?.file.state !== 'dispatched' || found.file.silently_accepted) return;
  const { file } = found;
  const requests = found.requests.filter(inHand);
  await patchCase(context.tx, caseId, {
    state: move('accept', 'dispatched'),
    accepted_at: context.now,
    silently_accepted: true,
  });
  for (const one of requests) await patchRequest(context.tx, one.id, { work: 'accepted', silently_accepted: true });
  await trace(context, requests, {
    kind: 'silently_accepted',
    action: 'cases.silently_accepted',
    side: 'system',
    permission: null,
    who: null,
    audience: 'staff',
    lineId: file.line_id,
    from: 'dispatched',
    to: 'accepted',
  });
}

export async function resume(context: Context, caseId: string): Promise<void> {
  const found = await lockWork(context.tx, caseId);
  if (found?.file.state !== 'suspended') return;
  const { file } = found;
  const requests = found.requests.filter(inHand);
  await patchCase(context.tx, caseId, {
    state: move('resume', 'suspended'),
    suspended_at: null,
    suspended_until: null,
  });
  for (const one of requests) await patchRequest(context.tx, one.id, { work: 'in_progress', next_due: dueInWork(one) });
  await trace(context, requests, {
    kind: 'resumed',
    action: 'cases.resumed',
    side: 'system',
    permission: null,
    who: null,
    lineId: file.line_id,
    from: 'suspended',
    to: 'in_progress',
  });
}
