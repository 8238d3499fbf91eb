import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Part } from '../../../contract/joint.ts';
import type { partEndpoints } from '../../../contract/parts.ts';
import { type Actor, areasFor, sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { claimFiles } from '../../platform/files.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { postsNow } from '../catalogue/index.ts';
import type { Directory } from '../organization/index.ts';
import {
  calledFor,
  dispatchesOutside,
  duesAnew,
  inHand,
  mayHandle,
  patchRequest,
  postKey,
  type RequestRecord,
  trace,
} from '../requests/index.ts';
import { dueInWork } from './due.ts';
import { isShown } from './evidence.ts';
import { lockWork } from './locking.ts';
import { partDues } from './partDues.ts';
import {
  type CaseRecord,
  insertHand,
  insertParts,
  type PartRecord,
  type PostPair,
  partById,
  partsOf,
  patchPart,
} from './queries.ts';
import { tellCoLine, tellLead } from './telling.ts';

/**
 * Parts of the work that other lines do (协办). A part has its own due times and its own "done"; it never says *handled* of
 * the whole, and who did one verifies nothing (rules 3). A late part is counted to the co-line, the whole to the lead.
 */
export const isOpenPart = (part: Pick<PartRecord, 'state'>): boolean =>
  ['asked', 'accepted', 'in_progress'].includes(part.state);

/** Done, released or still open after its due. */
export const isLatePart = (part: PartRecord, now: Date): boolean =>
  (part.done_at ?? part.released_at ?? now) > part.due;

const doesPart = (actor: Actor, part: Pick<PartRecord, 'line_id' | 'unit_id'>): boolean =>
  mayHandle(actor, { line_id: part.line_id, lead_unit_id: part.unit_id });

/** Posts this person works at. */
export const postsOf = (actor: Actor): PostPair[] =>
  areasFor(actor, 'cases.handle').flatMap(({ lineId, everywhere, unitIds }) =>
    lineId === null
      ? []
      : everywhere
        ? [{ lineId, unitId: null }]
        : unitIds.map((unitId): PostPair => ({ lineId, unitId })),
  );

/** As each request of the case carries it, so that whoever does a part may read it. */
export const coPostsOf = async (tx: Tx, caseId: string): Promise<string[]> => [
  ...new Set(
    (await partsOf(tx, [caseId]))
      .filter((part) => part.state !== 'released')
      .map((part) => postKey(part.line_id, part.unit_id)),
  ),
];

async function mirrorParts(context: Context, caseId: string, requests: RequestRecord[]): Promise<void> {
  const posts = await coPostsOf(context.tx, caseId);
  for (const one of requests) await patchRequest(context.tx, one.id, { co_posts: posts });
}

export interface PartAsked extends PostPair {
  task: string;
  due?: Date;
}

/** A co-line works where the lead works if it has somebody there, otherwise at head office. */
export const partPost = async (tx: Tx, lineId: number, besideUnit: number | null): Promise<PostPair> => ({
  lineId,
  unitId: besideUnit !== null && (await postsNow(tx)).handlers(lineId, besideUnit) > 0 ? besideUnit : null,
});

function checkPart(dir: Directory, file: CaseRecord, requests: RequestRecord[], asked: PartAsked): void {
  const line = dir.lines.get(asked.lineId);
  if (!line) throw badField('lineId', 'unknown_line');
  if (asked.unitId !== null && dir.nodes.get(asked.unitId)?.kind !== 'unit') throw badField('unitId', 'unknown_unit');
  if (line.id === file.line_id) throw badField('lineId', 'co_is_lead');
  if (!requests.every((r) => dispatchesOutside(r, asked))) throw conflict('names_this_line');
  // Oversight handles nothing it inspects: it joins only where the category names it (brief, row 46).
  if (
    line.class === 'oversight' &&
    !requests.some((r) => {
      const category = dir.categories.get(r.category_id);
      return category?.lineId === line.id || category?.coLineIds.includes(line.id);
    })
  )
    throw badField('lineId', 'oversight_handles');
}

/** Asks other lines for parts of a case, at its dispatch or later by its lead. @returns the new parts, in order */
export async function askParts(
  context: Context,
  dir: Directory,
  file: CaseRecord,
  requests: RequestRecord[],
  asked: PartAsked[],
  permission: 'cases.dispatch' | 'cases.arbitrate' | 'cases.handle',
): Promise<PartRecord[]> {
  if (asked.length === 0) return [];
  const { tx, now, actor } = context;
  const touched = requests.filter((one) => ['received', 'in_work', 'reopened'].includes(one.state));
  if (touched.length === 0) throw new Refusal(409, 'not_in_this_state', { values: { state: file.state } });
  const there = (await partsOf(tx, [file.id])).filter(isOpenPart);
  const { contact } = await duesAnew(tx, dir, touched[0]!, file.priority, now);
  const wholeDue = new Date(Math.min(...touched.map((one) => one.resolve_now.getTime())));
  const latest = new Date(Math.max(...touched.map((one) => one.resolve_now.getTime())));
  const rows = asked.map((one) => {
    checkPart(dir, file, touched, one);
    if (there.some((part) => part.line_id === one.lineId && part.unit_id === one.unitId)) throw conflict('part_open');
    if (one.due && one.due <= now) throw badField('due', 'in_the_past');
    // A part is a part of the whole: it is not due after it, while the whole has time left.
    if (one.due && latest > now && one.due > latest) throw badField('due', 'after_the_whole');
    const dues = partDues(now, contact, wholeDue, one.due);
    return {
      id: uuidv7(),
      case_id: file.id,
      line_id: one.lineId,
      unit_id: one.unitId,
      task: one.task,
      state: 'asked',
      contact_due: dues.contact,
      due: dues.done,
      asked_by: actor.accountId,
      asked_by_label: actor.label,
      asked_at: now,
    };
  });
  await insertParts(tx, rows);
  await mirrorParts(context, file.id, requests);
  for (const row of rows)
    await trace(context, touched, {
      kind: 'part_asked',
      action: 'cases.part_asked',
      side: 'staff',
      permission,
      audience: 'staff',
      lineId: row.line_id,
      text: row.task || null,
      data: {
        line: dir.lines.get(row.line_id)!.code,
        unit: row.unit_id === null ? null : dir.nodes.get(row.unit_id)!.code,
        until: row.due.toISOString(),
      },
      figures: { case: file.id, part: row.id, due: row.due.toISOString() },
    });
  for (const row of rows) await tellCoLine(context, dir, touched[0]!, { lineId: row.line_id, unitId: row.unit_id });
  const all = await partsOf(tx, [file.id]);
  return rows.map((row) => all.find((part) => part.id === row.id)!);
}

/** A part as whoever does it may touch it. @throws not_found, not_handler, own_request, not_in_this_state */
export async function asCoHandler(
  context: Context,
  partId: string,
): Promise<{ part: PartRecord; file: CaseRecord; requests: RequestRecord[] }> {
  const asked = await partById(context.tx, partId);
  const found = asked && (await lockWork(context.tx, asked.case_id));
  if (!found) throw notFound();
  // Under the lock of its case: two people of one post do not both begin it.
  const part = (await partById(context.tx, partId))!;
  if (!doesPart(context.actor, part)) throw forbidden('not_handler');
  if (found.requests.some((one) => sameHand(context.actor, one.requester_id))) throw forbidden('own_request');
  if (!isOpenPart(part)) throw new Refusal(409, 'not_in_this_state', { values: { state: part.state } });
  return { part, ...found };
}

const hand = (context: Context, part: PartRecord): Promise<unknown> =>
  insertHand(context.tx, {
    case_id: part.case_id,
    account_id: context.actor.accountId!,
    did: 'co_handled',
    line_id: part.line_id,
    home_node_id: context.actor.homeNodeId,
    at: context.now,
  });

/** Changes no clock, as for the lead (rules 4). */
export async function acceptPart(context: Context, part: PartRecord, requests: RequestRecord[]): Promise<void> {
  const { tx, now, actor } = context;
  if (part.state !== 'asked') throw new Refusal(409, 'not_in_this_state', { values: { state: part.state } });
  await patchPart(tx, part.id, {
    state: 'accepted',
    accepted_at: now,
    handler_id: actor.accountId,
    handler_label: actor.label,
  });
  await hand(context, part);
  await trace(context, requests.filter(inHand), {
    kind: 'part_accepted',
    action: 'cases.part_accepted',
    side: 'staff',
    permission: 'cases.handle',
    audience: 'staff',
    lineId: part.line_id,
    from: part.state,
    to: 'accepted',
    figures: { case: part.case_id, part: part.id },
  });
}

export async function progressPart(
  context: Context,
  part: PartRecord,
  requests: RequestRecord[],
  input: ParsedOf<typeof partEndpoints.progressPart>,
): Promise<void> {
  const { tx, now, actor } = context;
  const touched = requests.filter(inHand);
  await claimFiles(tx, input.fileIds, 'request', touched[0]?.id ?? part.case_id, actor);
  await patchPart(tx, part.id, {
    state: 'in_progress',
    accepted_at: part.accepted_at ?? now,
    contacted_at: part.contacted_at ?? now,
    handler_id: actor.accountId,
    handler_label: actor.label,
  });
  await hand(context, part);
  for (const one of touched) {
    // Whoever of the staff speaks with the person both ways: the need's own contact clock has been answered.
    const contacted = one.contacted_at ?? (input.contacted ? now : null);
    if (contacted !== one.contacted_at)
      await patchRequest(tx, one.id, {
        contacted_at: contacted,
        noticed_at: now,
        ...(one.work === 'suspended' ? {} : { next_due: dueInWork({ ...one, contacted_at: contacted }) }),
      });
  }
  await trace(context, touched, {
    kind: input.contacted ? 'contacted' : 'part_progress',
    action: input.contacted ? 'cases.contacted' : 'cases.part_progressed',
    side: 'staff',
    permission: 'cases.handle',
    audience: input.contacted ? 'everyone' : 'staff',
    lineId: part.line_id,
    text: input.text,
    fileIds: input.fileIds,
    from: part.state,
    to: 'in_progress',
    figures: { case: part.case_id, part: part.id, files: input.fileIds.length },
  });
}

/** "My part is done": as far as a co-line can go. */
export async function finishPart(
  context: Context,
  { file, part, requests }: { file: CaseRecord; part: PartRecord; requests: RequestRecord[] },
  input: ParsedOf<typeof partEndpoints.finishPart>,
): Promise<void> {
  const { tx, now, actor } = context;
  if (!isShown(input)) throw new Refusal(422, 'evidence_needed', { fields: [{ field: 'fileIds', code: 'required' }] });
  const touched = requests.filter(inHand);
  await claimFiles(tx, input.fileIds, 'request', touched[0]?.id ?? part.case_id, actor);
  await patchPart(tx, part.id, {
    state: 'done',
    done_at: now,
    accepted_at: part.accepted_at ?? now,
    contacted_at: part.contacted_at ?? now,
    handler_id: actor.accountId,
    handler_label: actor.label,
  });
  await hand(context, part);
  const onTime = now <= part.due;
  await trace(context, touched, {
    kind: 'part_done',
    action: 'cases.part_done',
    side: 'staff',
    permission: 'cases.handle',
    audience: 'staff',
    lineId: part.line_id,
    text: input.text,
    fileIds: input.fileIds,
    from: part.state,
    to: 'done',
    data: { onTime },
    figures: { case: part.case_id, part: part.id, files: input.fileIds.length, onTime },
  });
  if (touched.length > 0) await tellLead(context, file, touched[0]!);
}

/** Not needed any more: said by the lead, or because the work left the line it was a part of. */
export async function releaseParts(
  context: Context,
  parts: PartRecord[],
  requests: RequestRecord[],
  why: { text: string | null; reason: 'by_lead' | 'handled' | 'returned' | 'ended' },
): Promise<void> {
  const open = parts.filter(isOpenPart);
  if (open.length === 0) return;
  for (const part of open) {
    await patchPart(context.tx, part.id, { state: 'released', released_at: context.now });
    const late = context.now > part.due;
    await trace(context, requests, {
      kind: 'part_released',
      action: 'cases.part_released',
      side: why.reason === 'by_lead' || why.reason === 'handled' ? 'staff' : 'system',
      permission: why.reason === 'by_lead' || why.reason === 'handled' ? 'cases.handle' : null,
      audience: 'staff',
      lineId: part.line_id,
      text: why.text,
      from: part.state,
      to: 'released',
      reason: why.reason,
      data: { reason: why.reason, onTime: !late },
      figures: { case: part.case_id, part: part.id, onTime: !late },
    });
  }
  await mirrorParts(context, open[0]!.case_id, requests);
}

/** A part as a reader of the request sees it. */
export const partView = (actor: Actor, part: PartRecord, detail: boolean, now: Date): Part => {
  const mine = doesPart(actor, part);
  return {
    id: part.id,
    lineId: part.line_id,
    unitId: part.unit_id,
    state: part.state as Part['state'],
    // What one line asks of another is for those two, also where the words of the need are for one of them only.
    task: detail || mine ? part.task : null,
    askedBy: calledFor(actor, part.asked_by_label),
    askedAt: part.asked_at.toISOString(),
    contactDue: part.contact_due.toISOString(),
    due: part.due.toISOString(),
    contactedAt: part.contacted_at?.toISOString() ?? null,
    acceptedAt: part.accepted_at?.toISOString() ?? null,
    doneAt: part.done_at?.toISOString() ?? null,
    handler: part.handler_label,
    late: isLatePart(part, now),
    mine,
  };
};
