import { uuidv7 } from 'uuidv7';
import { roleFor } from '../../platform/actor.ts';
import { badField, conflict, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { tell } from '../messages/index.ts';
import type { Directory } from '../organization/index.ts';
import { checkItems, overlap } from './checking.ts';
import { changesBetween } from './differences.ts';
import { forgetEditions, groundNow } from './held.ts';
import {
  allEditions,
  decideEdition,
  deleteItems,
  dropEdition,
  type EditionRecord,
  insertEdition,
  insertItems,
  itemsOf,
  lockCatalogue,
  updateItem,
} from './queries.ts';
import { type Item, inForceAt } from './resolving.ts';

export const isDraft = (edition: EditionRecord): boolean => edition.number === null && edition.dropped_at === null;

export const draftOf = (editions: readonly EditionRecord[]): EditionRecord | undefined => editions.find(isDraft);

function note(
  { tx, actor, now }: Context,
  action: string,
  editionId: string,
  figures: Record<string, string | number | null> = {},
  more: { lineId?: number; categoryId?: number } = {},
): Promise<void> {
  return append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, 'catalogue.manage'),
    action,
    recordKind: 'catalogue',
    recordId: editionId,
    class: 'normal',
    figures,
    ...more,
  });
}

/** There is one draft; who begins another is given the one that is there. */
export async function beginDraft(context: Context, from: string | undefined): Promise<string> {
  const { tx, actor, now } = context;
  await lockCatalogue(tx);
  const editions = await allEditions(tx, []);
  const there = draftOf(editions);
  if (there) return there.id;
  const base = from ? editions.find((one) => one.id === from) : inForceAt(editions, now);
  if (from && !base) throw notFound();
  const id = uuidv7();
  await insertEdition(tx, {
    id,
    based_on: base?.id ?? null,
    begun_by: actor.accountId,
    begun_by_label: actor.label,
    begun_at: now,
  });
  const items = base ? await itemsOf(tx, base.id) : [];
  await insertItems(
    tx,
    id,
    items.map((item) => ({ ...item, id: uuidv7(), revision: 0 })),
  );
  await note(context, 'catalogue.draft_begun', id, { items: items.length, from: base?.number ?? null });
  forgetEditions();
  return id;
}

/** The draft, locked against other changes. @throws no_draft */
export async function lockDraft(tx: Tx): Promise<EditionRecord> {
  await lockCatalogue(tx);
  const draft = draftOf(await allEditions(tx, []));
  if (!draft) throw conflict('no_draft');
  return draft;
}

/** @throws bad_input naming the field */
export function checkReferences(dir: Directory, item: Item): void {
  if (!dir.categories.has(item.categoryId)) throw badField('categoryId', 'unknown_category');
  if (!dir.nodes.has(item.nodeId)) throw badField('nodeId', 'unknown_place');
  if (!dir.lines.has(item.lineId)) throw badField('lineId', 'unknown_line');
  for (const lineId of item.coLineIds) if (!dir.lines.has(lineId)) throw badField('coLineIds', 'unknown_line');
  if (item.lead === 'unit' && dir.nodes.get(item.leadUnitId ?? 0)?.kind !== 'unit')
    throw badField('leadUnitId', 'unknown_unit');
  if (item.validFrom && item.validTo && item.validTo <= item.validFrom) throw badField('validTo', 'not_after_from');
}

export type Wished = Omit<Item, 'revision'> & { revision: number | null };

/**
 * Adds or changes one line of the draft. @returns its new revision
 * @throws no_draft, stale with the line as it stands, bad_input naming the field
 */
export async function saveItem(context: Context, dir: Directory, wished: Wished): Promise<number> {
  const { tx } = context;
  const draft = await lockDraft(tx);
  const items = await itemsOf(tx, draft.id);
  const there = items.find((one) => one.id === wished.id);
  if ((there?.revision ?? null) !== wished.revision) throw conflict('stale', there ?? null);
  const item: Item = {
    ...wished,
    leadUnitId: wished.lead === 'unit' ? wished.leadUnitId : null,
    coLineIds: [...new Set(wished.coLineIds)],
    revision: there ? there.revision + 1 : 0,
  };
  checkReferences(dir, item);
  if (items.some((other) => overlap(item, other))) throw badField('nodeId', 'item_overlaps');
  if (there) await updateItem(tx, item);
  else await insertItems(tx, draft.id, [item]);
  await note(
    context,
    there ? 'catalogue.item_changed' : 'catalogue.item_added',
    draft.id,
    { item: item.id, node: dir.nodes.get(item.nodeId)!.code, line: dir.lines.get(item.lineId)!.code },
    { lineId: item.lineId, categoryId: item.categoryId },
  );
  return item.revision;
}

export async function removeItem(context: Context, dir: Directory, itemId: string): Promise<void> {
  const { tx } = context;
  const draft = await lockDraft(tx);
  const item = (await itemsOf(tx, draft.id)).find((one) => one.id === itemId);
  if (!item) throw notFound();
  await deleteItems(tx, [item.id]);
  await note(
    context,
    'catalogue.item_removed',
    draft.id,
    { item: item.id, node: dir.nodes.get(item.nodeId)?.code ?? null },
    { lineId: item.lineId, categoryId: item.categoryId },
  );
}

/** The lines of a file in place of those of the draft. What says the same keeps its id. @returns what changed */
export async function replaceItems(
  context: Context,
  items: readonly Item[],
): Promise<{ adds: number; changes: number; removes: number }> {
  const { tx } = context;
  const draft = await lockDraft(tx);
  const before = await itemsOf(tx, draft.id);
  const changes = changesBetween(before, items);
  const of = (kind: 'added' | 'changed' | 'removed') => changes.filter((one) => one.kind === kind);
  // Taken out first: a line may take the place and time of one that goes.
  await deleteItems(
    tx,
    [...of('removed'), ...of('changed')].map((one) => one.before!.id),
  );
  await insertItems(tx, draft.id, [
    ...of('added').map((one) => ({ ...one.after!, id: uuidv7(), revision: 0 })),
    ...of('changed').map((one) => ({ ...one.after!, id: one.before!.id, revision: one.before!.revision + 1 })),
  ]);
  const figures = { adds: of('added').length, changes: of('changed').length, removes: of('removed').length };
  await note(context, 'catalogue.table_uploaded', draft.id, figures);
  return figures;
}

export async function dropDraft(context: Context): Promise<void> {
  const draft = await lockDraft(context.tx);
  await dropEdition(context.tx, draft.id, context.now);
  await note(context, 'catalogue.draft_dropped', draft.id);
  forgetEditions();
}

/**
 * From `from` on it decides what is suggested; what was dispatched or submitted before keeps what it had.
 * @throws no_draft, draft_refused with its problems, in_the_past, nothing_changed, edition_then
 */
export async function putInForce(
  context: Context,
  from: Date | null,
  noteText: string,
): Promise<{ number: number; from: Date }> {
  const { tx, actor, now } = context;
  const draft = await lockDraft(tx);
  const editions = await allEditions(tx, []);
  const at = from ?? now;
  if (at < now) throw new Refusal(422, 'in_the_past', { fields: [{ field: 'from', code: 'bad_choice' }] });
  if (editions.some((one) => one.from_at?.getTime() === at.getTime() && !one.dropped_at))
    throw badField('from', 'edition_then');
  const items = await itemsOf(tx, draft.id);
  const problems = checkItems(await groundNow(tx), items, at).filter((one) => one.refuses);
  if (problems.length > 0)
    throw new Refusal(422, 'draft_refused', {
      current: { problems },
      values: { n: problems.length },
      fields: [{ field: 'items', code: 'bad_choice' }],
    });
  const before = inForceAt(editions, at);
  if (before && changesBetween(await itemsOf(tx, before.id), items).length === 0) throw conflict('nothing_changed');
  const number = Math.max(0, ...editions.map((one) => one.number ?? 0)) + 1;
  await decideEdition(tx, draft.id, {
    number,
    from_at: at,
    note: noteText,
    decided_by: actor.accountId,
    decided_by_label: actor.label,
    decided_at: now,
  });
  await note(context, 'catalogue.put_in_force', draft.id, { number, from: at.toISOString(), items: items.length });
  await tell(context, {
    kind: 'catalogue.changed',
    to: { permission: 'cases.dispatch' },
    about: { kind: 'catalogue', id: draft.id, label: String(number), route: '/catalogue' },
    level: 'info',
  });
  forgetEditions();
  return { number, from: at };
}

/** Before it begins; afterwards only another edition changes anything. */
export async function callOff(context: Context, id: string): Promise<void> {
  const { tx, now } = context;
  await lockCatalogue(tx);
  const edition = (await allEditions(tx, [])).find((one) => one.id === id);
  if (!edition) throw notFound();
  if (edition.number === null || edition.dropped_at || edition.from_at! <= now) throw conflict('edition_begun');
  await dropEdition(tx, id, now);
  await note(context, 'catalogue.called_off', id, { number: edition.number });
  forgetEditions();
}
