import type { Insertable, Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Item } from './resolving.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('catalogue');

export type EditionRecord = Selectable<DB['edition']>;
export type ChoiceRecord = Selectable<DB['choice']>;
export type LimitRecord = Selectable<DB['line_limit']>;
type ItemRecord = Selectable<DB['item']>;

// ---- editions

export const allEditions = preparedStatement<EditionRecord>(
  'catalogue',
  'editions',
  'select * from catalogue.edition order by from_at nulls last, begun_at',
);
export const itemCounts = async (tx: Tx): Promise<Map<string, number>> =>
  new Map(
    (
      await db(tx)
        .selectFrom('item')
        .select((e) => ['edition_id', e.fn.countAll<string>().as('n')])
        .groupBy('edition_id')
        .execute()
    ).map((row) => [row.edition_id, Number(row.n)]),
  );
/** Everything that changes the catalogue waits for each other: there is one draft and one order of editions. */
export const lockCatalogue = (tx: Tx) => sql`select pg_advisory_xact_lock(7301, 15)`.execute(db(tx));
export const insertEdition = (tx: Tx, row: Insertable<DB['edition']>) =>
  db(tx).insertInto('edition').values(row).execute();
export const decideEdition = (
  tx: Tx,
  id: string,
  set: {
    number: number;
    from_at: Date;
    note: string;
    decided_by: string | null;
    decided_by_label: string;
    decided_at: Date;
  },
) => db(tx).updateTable('edition').set(set).where('id', '=', id).execute();
export const dropEdition = (tx: Tx, id: string, at: Date) =>
  db(tx).updateTable('edition').set({ dropped_at: at }).where('id', '=', id).execute();

// ---- items

const itemOf = (row: ItemRecord): Item => ({
  id: row.id,
  categoryId: row.category_id,
  nodeId: row.node_id,
  lineId: row.line_id,
  lead: row.lead as Item['lead'],
  leadUnitId: row.lead_unit_id,
  coLineIds: row.co_line_ids,
  escalation: row.escalation as unknown as Item['escalation'],
  contactMinutes: row.contact_minutes,
  resolveHours: row.resolve_hours,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  revision: row.revision,
});
const columnsOf = (item: Item) => ({
  category_id: item.categoryId,
  node_id: item.nodeId,
  line_id: item.lineId,
  lead: item.lead,
  lead_unit_id: item.leadUnitId,
  co_line_ids: item.coLineIds,
  escalation: JSON.stringify(item.escalation),
  contact_minutes: item.contactMinutes,
  resolve_hours: item.resolveHours,
  valid_from: item.validFrom,
  valid_to: item.validTo,
  revision: item.revision,
});

const allItems = preparedStatement<ItemRecord>(
  'catalogue',
  'items',
  'select * from catalogue.item where edition_id = $1',
);
export const itemsOf = async (tx: Tx, editionId: string): Promise<Item[]> =>
  (await allItems(tx, [editionId])).map(itemOf);
export async function insertItems(tx: Tx, editionId: string, items: readonly Item[]): Promise<void> {
  for (let at = 0; at < items.length; at += 1000)
    await db(tx)
      .insertInto('item')
      .values(items.slice(at, at + 1000).map((item) => ({ id: item.id, edition_id: editionId, ...columnsOf(item) })))
      .execute();
}
export const updateItem = (tx: Tx, item: Item) =>
  db(tx).updateTable('item').set(columnsOf(item)).where('id', '=', item.id).execute();
export const deleteItems = (tx: Tx, ids: readonly string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).deleteFrom('item').where('id', 'in', ids).execute();

// ---- what dispatchers chose

export const insertChoice = (tx: Tx, row: ChoiceRecord) => db(tx).insertInto('choice').values(row).execute();
export async function insertChoices(tx: Tx, rows: readonly ChoiceRecord[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 1000)
    await db(tx)
      .insertInto('choice')
      .values(rows.slice(at, at + 1000))
      .execute();
}
export const agreementSince = async (
  tx: Tx,
  since: Date,
): Promise<{ lineId: number; dispatches: number; agreed: number; toBackup: number }[]> =>
  (
    await db(tx)
      .selectFrom('choice')
      .select((e) => [
        'suggested_line_id',
        e.fn.countAll<string>().as('dispatches'),
        sql<string>`count(*) filter (where differs = '{}')`.as('agreed'),
        sql<string>`count(*) filter (where to_backup)`.as('to_backup'),
      ])
      .where('at', '>=', since)
      .groupBy('suggested_line_id')
      .execute()
  ).map((row) => ({
    lineId: row.suggested_line_id,
    dispatches: Number(row.dispatches),
    agreed: Number(row.agreed),
    toBackup: Number(row.to_backup),
  }));
export const chosenOtherwise = (tx: Tx, since: Date, lineId: number | undefined, limit: number) =>
  db(tx)
    .selectFrom('choice')
    .selectAll()
    .where('at', '>=', since)
    .where(sql<boolean>`differs <> '{}'`)
    .$if(lineId !== undefined, (q) => q.where('suggested_line_id', '=', lineId!))
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();

// ---- when a line has too much

export const allLimits = preparedStatement<LimitRecord>('catalogue', 'limits', 'select * from catalogue.line_limit');
export const setLimit = (tx: Tx, row: LimitRecord) =>
  db(tx)
    .insertInto('line_limit')
    .values(row)
    .onConflict((c) => c.column('line_id').doUpdateSet(row))
    .execute();
