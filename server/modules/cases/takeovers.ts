import { uuidv7 } from 'uuidv7';
import { type Actor, sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { forgetLoad, type Load, lineLoads, postsNow } from '../catalogue/index.ts';
import type { Directory } from '../organization/index.ts';
import { dispatchesOutside, inHand, mayHandle, patchRequest, type RequestRecord, trace } from '../requests/index.ts';
import { type CaseState, mayMove, move } from './lifecycle.ts';
import { lockWork } from './locking.ts';
import {
  type CaseRecord,
  endAssignment,
  endTakeover,
  insertAssignment,
  insertHand,
  insertTakeover,
  lapseAsk,
  openTakeover,
  type PostPair,
  patchCase,
} from './queries.ts';

/**
 * The backup line of an overloaded line takes a case over (条线互补): one act, no clock changes, and both lines are counted.
 * It ends when the work is handled, handed back or returned.
 */

/** Where this person would do the work of an overloaded post as its backup; null where they are not its backup. */
export function backupPost(actor: Actor, load: Pick<Load, 'lineId' | 'unitId' | 'backupLineId'>): PostPair | null {
  if (load.backupLineId === null) return null;
  const here = (unitId: number | null): boolean =>
    mayHandle(actor, { line_id: load.backupLineId, lead_unit_id: unitId });
  if (here(load.unitId)) return { lineId: load.backupLineId, unitId: load.unitId };
  return here(null) ? { lineId: load.backupLineId, unitId: null } : null;
}

/** Posts whose cases this person may take over now. */
export async function helpable(tx: Tx, dir: Directory, actor: Actor, now: Date): Promise<Load[]> {
  return (await lineLoads(tx, dir, now)).filter((load) => load.overloaded && backupPost(actor, load) !== null);
}

/**
 * Whether a need may change hands with its case: its words are for one line only where it is about health (rules 5), and it
 * never goes to whom it complains about (rules 6).
 */
export const mayChangeHands = (r: RequestRecord, to: PostPair): boolean =>
  r.class !== 'health' && dispatchesOutside(r, to);

/** @throws not_found, not_overloaded, names_this_line, own_request, not_in_this_state */
export async function takeOver(context: Context, dir: Directory, caseId: string): Promise<void> {
  const { tx, now, actor } = context;
  const found = await lockWork(tx, caseId);
  if (!found) throw notFound();
  const { file, requests } = found;
  const touched = requests.filter(inHand);
  const load = (await lineLoads(tx, dir, now)).find(
    (one) => one.lineId === file.line_id && one.unitId === file.lead_unit_id,
  );
  const to = load && backupPost(actor, load);
  // Who is no backup of this line learns nothing of the case, not even that it is there.
  if (!to || touched.length === 0) throw notFound();
  if (!load.overloaded) throw conflict('not_overloaded');
  if (requests.some((one) => sameHand(actor, one.requester_id))) throw forbidden('own_request');
  if (requests.some((one) => one.class === 'health')) throw notFound();
  if (!requests.every((one) => mayChangeHands(one, to))) throw conflict('names_this_line');
  if (await openTakeoverOf(tx, file.id)) throw conflict('taken_over');
  const state = move('takeOver', file.state as 'accepted');
  await insertTakeover(tx, {
    id: uuidv7(),
    case_id: file.id,
    from_line_id: file.line_id,
    from_unit_id: file.lead_unit_id,
    to_line_id: to.lineId,
    to_unit_id: to.unitId,
    at: now,
    by: actor.accountId,
    by_label: actor.label,
  });
  await lapseAsk(tx, file.id, now);
  await giveTo(context, file, touched, to, state, 'taken_over');
  await insertHand(tx, {
    case_id: file.id,
    account_id: actor.accountId!,
    did: 'accepted',
    line_id: to.lineId,
    home_node_id: actor.homeNodeId,
    at: now,
  });
  await trace(context, touched, {
    kind: 'taken_over',
    action: 'cases.taken_over',
    side: 'staff',
    permission: 'cases.handle',
    lineId: to.lineId,
    from: file.state,
    to: state,
    data: { line: dir.lines.get(to.lineId)!.code, unit: to.unitId === null ? null : dir.nodes.get(to.unitId)!.code },
    figures: {
      case: file.id,
      relieved: dir.lines.get(file.line_id)!.code,
      open: load.open,
      handlers: load.handlers,
      overdue: load.overdue,
    },
  });
}

const openTakeoverOf = async (tx: Tx, caseId: string) => (await openTakeover(tx, [caseId]))[0];

async function giveTo(
  context: Context,
  file: CaseRecord,
  touched: RequestRecord[],
  to: PostPair,
  state: CaseState,
  why: 'taken_over' | 'handed_back',
): Promise<void> {
  const { tx, now, actor } = context;
  forgetLoad();
  const begun = state !== 'dispatched';
  const handler = begun
    ? { handler_id: actor.accountId, handler_label: actor.label }
    : { handler_id: null, handler_label: null };
  await endAssignment(tx, file.id, now, why);
  await insertAssignment(tx, {
    id: uuidv7(),
    case_id: file.id,
    line_id: to.lineId,
    lead_unit_id: to.unitId,
    assigned_by: actor.accountId,
    at: now,
  });
  await patchCase(tx, file.id, {
    state,
    line_id: to.lineId,
    lead_unit_id: to.unitId,
    accepted_at: begun ? now : null,
    // Offered anew: the 30 minutes of its acceptance run from here, every other clock from the submission (rules 4).
    ...(begun ? {} : { dispatched_at: now }),
    silently_accepted: false,
    ...handler,
  });
  for (const one of touched)
    await patchRequest(tx, one.id, {
      work: state,
      line_id: to.lineId,
      lead_unit_id: to.unitId,
      silently_accepted: false,
      asked: false,
      ...handler,
    });
}

/** Back to the line it was taken from. Not a return: nobody said that it is not theirs. */
export async function handBack(
  context: Context,
  dir: Directory,
  file: CaseRecord,
  requests: RequestRecord[],
  why: string,
): Promise<void> {
  const { tx, now } = context;
  const taken = await openTakeoverOf(tx, file.id);
  if (!taken) throw conflict('not_taken_over');
  const touched = requests.filter(inHand);
  if (!mayMove('handBack', file.state as 'accepted') || touched.length === 0)
    throw new Refusal(409, 'not_in_this_state', { values: { state: file.state } });
  if ((await postsNow(tx)).handlers(taken.from_line_id, taken.from_unit_id) === 0) throw badField('id', 'nobody_there');
  await lapseAsk(tx, file.id, now);
  await endTakeover(tx, file.id, now, 'handed_back');
  const to = { lineId: taken.from_line_id, unitId: taken.from_unit_id };
  await giveTo(context, file, touched, to, move('handBack', file.state as 'accepted'), 'handed_back');
  await trace(context, touched, {
    kind: 'handed_back',
    action: 'cases.handed_back',
    side: 'staff',
    permission: 'cases.handle',
    lineId: to.lineId,
    text: why,
    from: file.state,
    to: 'dispatched',
    data: { line: dir.lines.get(to.lineId)!.code, unit: to.unitId === null ? null : dir.nodes.get(to.unitId)!.code },
    figures: { case: file.id, helped: dir.lines.get(file.line_id)!.code },
  });
}
