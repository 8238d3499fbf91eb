import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { DirectiveRow, DirectiveView, taskEndpoints } from '../../../contract/tasks.ts';
import { type Actor, areasFor, covers } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { type Directory, directory } from '../organization/index.ts';
import { isOpenTask } from './lifecycle.ts';
import { mayReadWords, readerOfTask } from './policy.ts';
import {
  type DirectiveRecord,
  directiveByDocument,
  directiveById,
  directivesAll,
  entriesOf,
  insertDirective,
  insertMapping,
  insertParagraphs,
  insertUnmapping,
  lockParagraph,
  lockTask,
  mappingsOf,
  movedSinceMapped,
  type ParagraphRecord,
  paragraphsOf,
  signNoAction,
  type TaskRecord,
  taskById,
  tasksByIds,
} from './queries.ts';
import { note } from './record.ts';
import { entryViews, titleFor } from './view.ts';

/** A directive is for everybody at or below the place it was issued for, and for whoever leads above it. */
export function mayReadDirective(actor: Actor, dir: Directory, directive: DirectiveRecord): boolean {
  if (actor.homeNodeId !== null && dir.ancestors(actor.homeNodeId).includes(directive.node_id)) return true;
  return areasFor(actor, 'tasks.read').some(
    (area) => area.everywhere || covers(area, { unitId: dir.unitOf(directive.node_id), siteId: null }),
  );
}

/** Who leads where it was issued, or above. */
const mayMap = (actor: Actor, dir: Directory, directive: DirectiveRecord): boolean =>
  areasFor(actor, 'tasks.issue').some(
    (area) => area.lineId === null && dir.ancestors(directive.node_id).includes(area.nodeId),
  );

const recordOfDirective = (dir: Directory, directive: Pick<DirectiveRecord, 'id' | 'node_id'>) => ({
  id: directive.id,
  class: 'normal',
  unitId: dir.unitOf(directive.node_id),
  siteId: null,
  lineId: null,
});

/** Enters a document as it was issued, paragraph by paragraph. @throws bad_input where its number is there already */
export async function enterDirective(
  context: Context,
  input: ParsedOf<typeof taskEndpoints.enterDirective>,
): Promise<{ id: string }> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const before = await directiveById(tx, input.id);
  if (before) {
    if (before.entered_by !== actor.accountId) throw notFound();
    return { id: before.id };
  }
  const nodeId = areasFor(actor, 'tasks.issue').find((area) => area.lineId === null)?.nodeId;
  if (!nodeId) throw forbidden('outside_what_you_lead');
  if (new Date(input.issuedAt) > now) throw badField('issuedAt', 'not_yet');
  if (await directiveByDocument(tx, input.documentNumber, nodeId)) throw badField('documentNumber', 'already_there');
  await insertDirective(tx, {
    id: input.id,
    title: input.title,
    document_number: input.documentNumber,
    issued_by: input.issuedBy,
    issued_at: new Date(input.issuedAt),
    node_id: nodeId,
    entered_by: actor.accountId!,
    entered_at: now,
  });
  await insertParagraphs(
    tx,
    input.paragraphs.map((text, i) => ({ id: uuidv7(), directive_id: input.id, n: i + 1, text })),
  );
  await note(context, {
    recordKind: 'directive',
    record: recordOfDirective(dir, { id: input.id, node_id: nodeId }),
    kind: 'entered',
    action: 'tasks.directive_entered',
    permission: 'tasks.issue',
    data: { paragraphs: input.paragraphs.length },
    figures: { paragraphs: input.paragraphs.length },
  });
  return { id: input.id };
}

async function paragraphToMap(
  context: Context,
  id: string,
): Promise<{ paragraph: ParagraphRecord; directive: DirectiveRecord; dir: Directory }> {
  const dir = await directory(context.tx);
  const paragraph = await lockParagraph(context.tx, id);
  const directive = paragraph && (await directiveById(context.tx, paragraph.directive_id));
  if (!paragraph || !directive || !mayReadDirective(context.actor, dir, directive)) throw notFound();
  if (!mayMap(context.actor, dir, directive)) throw forbidden('outside_what_you_lead');
  return { paragraph, directive, dir };
}

/** This task carries out that paragraph; one paragraph may need several tasks, one task may serve several paragraphs. */
export async function mapTo(context: Context, paragraphId: string, taskId: string): Promise<void> {
  const { paragraph, directive, dir } = await paragraphToMap(context, paragraphId);
  const task = await taskById(context.tx, taskId);
  if (!task || readerOfTask(context.actor, task, dir) === null)
    throw badField('taskId', 'no_such_record', { number: '' });
  if (task.state === 'void') throw badField('taskId', 'bad_choice');
  if ((await mappingsOf(context.tx, [paragraph.id])).some((one) => one.task_id === task.id)) return;
  await insertMapping(context.tx, {
    id: uuidv7(),
    paragraph_id: paragraph.id,
    task_id: task.id,
    mapped_by: context.actor.accountId!,
    mapped_at: context.now,
  });
  await note(context, {
    recordKind: 'directive',
    record: recordOfDirective(dir, directive),
    kind: 'mapped',
    action: 'tasks.paragraph_mapped',
    permission: 'tasks.issue',
    data: { n: paragraph.n, task: task.number, taskId: task.id },
    figures: { n: paragraph.n, task: task.id },
  });
}

/**
 * It was the wrong task: the paragraph leads nowhere again until it is mapped anew, and the thread of the directive says who
 * undid it and why. Once the task has moved, that movement counts for the paragraph, and nothing is undone any more.
 * @throws not_found where the two are not mapped; mapping_moved
 */
export async function undoMapping(
  context: Context,
  { id, taskId, reason }: ParsedOf<typeof taskEndpoints.undoMapping>,
): Promise<void> {
  const { tx, actor, now } = context;
  const { paragraph, directive, dir } = await paragraphToMap(context, id);
  const mapping = (await mappingsOf(tx, [paragraph.id])).find((one) => one.task_id === taskId);
  // Locked, so that nobody reports on it in this moment.
  const task = mapping && (await lockTask(tx, mapping.task_id));
  if (!mapping || !task) throw notFound();
  if ((await movedSinceMapped(tx, [mapping.id])).size > 0) throw conflict('mapping_moved');
  await insertUnmapping(tx, { mapping_id: mapping.id, reason, undone_by: actor.accountId!, undone_at: now });
  await note(context, {
    recordKind: 'directive',
    record: recordOfDirective(dir, directive),
    kind: 'unmapped',
    action: 'tasks.paragraph_unmapped',
    permission: 'tasks.issue',
    text: reason,
    data: { n: paragraph.n, task: task.number, taskId: task.id },
    figures: { n: paragraph.n, task: task.id },
  });
}

/** Signed by name: this paragraph asks for nothing, and why. @throws mapped_already */
export async function signNothing(context: Context, paragraphId: string, reason: string): Promise<void> {
  const { paragraph, directive, dir } = await paragraphToMap(context, paragraphId);
  if (paragraph.no_action !== null) throw conflict('stale');
  const live = (
    await tasksByIds(
      context.tx,
      (await mappingsOf(context.tx, [paragraph.id])).map((one) => one.task_id),
    )
  ).filter((task) => task.state !== 'void');
  if (live.length > 0) throw conflict('mapped_already');
  await signNoAction(context.tx, paragraph.id, {
    no_action: reason,
    signed_by: context.actor.accountId!,
    signed_label: context.actor.label,
    signed_at: context.now,
  });
  await note(context, {
    recordKind: 'directive',
    record: recordOfDirective(dir, directive),
    kind: 'no_action',
    action: 'tasks.paragraph_signed',
    permission: 'tasks.issue',
    text: reason,
    data: { n: paragraph.n },
    figures: { n: paragraph.n },
  });
}

interface Parts {
  paragraphs: ParagraphRecord[];
  /** Tasks of each paragraph, void ones left out. */
  tasks: Map<string, TaskRecord[]>;
  /** The mapping behind each of them, by paragraph and task. */
  mappingIds: Map<string, string>;
}

const mappingKey = (one: { paragraph_id: string; task_id: string }): string => `${one.paragraph_id} ${one.task_id}`;

async function partsOf(context: Context, ids: string[]): Promise<Map<string, Parts>> {
  const paragraphs = await paragraphsOf(context.tx, ids);
  const mappings = await mappingsOf(
    context.tx,
    paragraphs.map((one) => one.id),
  );
  const tasks = new Map(
    (await tasksByIds(context.tx, [...new Set(mappings.map((one) => one.task_id))])).map((task) => [task.id, task]),
  );
  const mappingIds = new Map(mappings.map((one) => [mappingKey(one), one.id]));
  const parts = new Map<string, Parts>(ids.map((id) => [id, { paragraphs: [], tasks: new Map(), mappingIds }]));
  for (const paragraph of paragraphs) {
    const of = parts.get(paragraph.directive_id)!;
    of.paragraphs.push(paragraph);
    of.tasks.set(
      paragraph.id,
      mappings
        .filter((one) => one.paragraph_id === paragraph.id)
        .map((one) => tasks.get(one.task_id)!)
        .filter((task) => task.state !== 'void'),
    );
  }
  return parts;
}

const isUnmapped = (parts: Parts, paragraph: ParagraphRecord): boolean =>
  paragraph.no_action === null && parts.tasks.get(paragraph.id)!.length === 0;

/** The task somebody acted on first. */
function firstActed(parts: Parts): TaskRecord | null {
  const acted = [...parts.tasks.values()].flat().filter((task) => task.first_action_at !== null);
  return acted.sort((a, b) => a.first_action_at!.getTime() - b.first_action_at!.getTime())[0] ?? null;
}

/** Figures of one directive: what leads nowhere, and how long it took until somebody did something. */
function rowOf(directive: DirectiveRecord, parts: Parts): DirectiveRow {
  const first = firstActed(parts)?.first_action_at ?? null;
  const open = new Set(
    [...parts.tasks.values()]
      .flat()
      .filter(isOpenTask)
      .map((task) => task.id),
  );
  return {
    id: directive.id,
    title: directive.title,
    documentNumber: directive.document_number,
    issuedBy: directive.issued_by,
    issuedAt: directive.issued_at.toISOString(),
    nodeId: directive.node_id,
    paragraphs: parts.paragraphs.length,
    unmapped: parts.paragraphs.filter((one) => isUnmapped(parts, one)).length,
    firstActionSeconds: first
      ? Math.max(0, Math.round((first.getTime() - directive.issued_at.getTime()) / 1000))
      : null,
    openTasks: open.size,
  };
}

export async function directiveRows(context: Context): Promise<DirectiveRow[]> {
  const dir = await directory(context.tx);
  const shown = (await directivesAll(context.tx)).filter((one) => mayReadDirective(context.actor, dir, one));
  const parts = await partsOf(
    context,
    shown.map((one) => one.id),
  );
  return shown.map((one) => rowOf(one, parts.get(one.id)!));
}

/** @throws not_found */
export async function readDirective(context: Context, id: string): Promise<DirectiveView> {
  const { actor, tx } = context;
  const dir = await directory(tx);
  const directive = await directiveById(tx, id);
  if (!directive || !mayReadDirective(actor, dir, directive)) throw notFound();
  const parts = (await partsOf(context, [id])).get(id)!;
  const first = firstActed(parts);
  const maps = mayMap(actor, dir, directive);
  const moved = maps ? await movedSinceMapped(tx, [...parts.mappingIds.values()]) : new Set();
  return {
    ...rowOf(directive, parts),
    items: parts.paragraphs.map((paragraph) => ({
      id: paragraph.id,
      n: paragraph.n,
      text: paragraph.text,
      tasks: parts.tasks.get(paragraph.id)!.map((task) => {
        const reader = readerOfTask(actor, task, dir);
        return {
          id: task.id,
          number: task.number,
          state: task.state as DirectiveView['items'][number]['tasks'][number]['state'],
          colour: task.colour as 'red' | null,
          title: reader && mayReadWords(reader, task) ? titleFor(actor, task) : null,
          due: task.due_at.toISOString(),
          firstActionAt: task.first_action_at?.toISOString() ?? null,
          mayUndo:
            maps && !moved.has(parts.mappingIds.get(mappingKey({ paragraph_id: paragraph.id, task_id: task.id }))!),
        };
      }),
      noAction:
        paragraph.no_action === null
          ? null
          : { reason: paragraph.no_action, by: paragraph.signed_label!, at: paragraph.signed_at!.toISOString() },
      unmapped: isUnmapped(parts, paragraph),
    })),
    firstAction: first ? { taskId: first.id, number: first.number, at: first.first_action_at!.toISOString() } : null,
    entries: entryViews(await entriesOf(tx, id), new Map(), true),
    can: { map: maps },
  };
}
