import type { Selectable } from 'kysely';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('organization');

export const allNodes = (tx: Tx) =>
  db(tx).selectFrom('node').selectAll().where('closed_at', 'is', null).orderBy('code').execute();
export const allLines = (tx: Tx) => db(tx).selectFrom('line').selectAll().orderBy('code').execute();
export const allCategories = (tx: Tx) => db(tx).selectFrom('category').selectAll().orderBy('code').execute();
export const allSla = (tx: Tx) => db(tx).selectFrom('sla').selectAll().execute();
export const pointsOf = (tx: Tx, siteId: number) =>
  db(tx).selectFrom('point').selectAll().where('site_id', '=', siteId).orderBy('id').execute();
export const pointById = (tx: Tx, id: number) =>
  db(tx).selectFrom('point').selectAll().where('id', '=', id).executeTakeFirst();
export const personByStaffNo = (tx: Tx, staffNo: string) =>
  db(tx)
    .selectFrom('person')
    .selectAll()
    .where('staff_no', '=', staffNo)
    .where('left_at', 'is', null)
    .executeTakeFirst();
export const personsByStaffNo = (tx: Tx, staffNos: string[]) =>
  db(tx)
    .selectFrom('person')
    .selectAll()
    .where('staff_no', 'in', staffNos.length > 0 ? staffNos : [''])
    .execute();

export async function insertNodes(
  tx: Tx,
  rows: (Omit<Selectable<DB['node']>, 'id' | 'closed_at' | 'facts'> & { facts: string })[],
): Promise<{ id: number; code: string }[]> {
  if (rows.length === 0) return [];
  return db(tx)
    .insertInto('node')
    .values(rows)
    .onConflict((c) =>
      c.column('code').doUpdateSet((e) => ({
        zh: e.ref('excluded.zh'),
        en: e.ref('excluded.en'),
        initials: e.ref('excluded.initials'),
        parent_id: e.ref('excluded.parent_id'),
        heads: e.ref('excluded.heads'),
        closed_at: null,
      })),
    )
    .returning(['id', 'code'])
    .execute();
}

export async function insertPoints(tx: Tx, rows: { site_id: number; zh: string; en: string }[]): Promise<void> {
  if (rows.length > 0)
    await db(tx)
      .insertInto('point')
      .values(rows)
      .onConflict((c) => c.columns(['site_id', 'zh']).doNothing())
      .execute();
}

export async function insertLines(
  tx: Tx,
  rows: { code: string; zh: string; en: string; class: string; ext: string | null }[],
): Promise<{ id: number; code: string }[]> {
  return db(tx)
    .insertInto('line')
    .values(rows)
    .onConflict((c) => c.column('code').doUpdateSet((e) => ({ zh: e.ref('excluded.zh'), en: e.ref('excluded.en') })))
    .returning(['id', 'code'])
    .execute();
}

export async function setBackup(tx: Tx, lineId: number, backupId: number): Promise<void> {
  await db(tx).updateTable('line').set({ backup_id: backupId }).where('id', '=', lineId).execute();
}

export async function insertCategories(
  tx: Tx,
  rows: {
    code: string;
    zh: string;
    en: string;
    parent_id: number | null;
    priority: string | null;
    line_id: number | null;
    co_line_ids: number[];
    record_class: string;
    relapse_days: number | null;
  }[],
): Promise<{ id: number; code: string }[]> {
  if (rows.length === 0) return [];
  return db(tx)
    .insertInto('category')
    .values(rows)
    .onConflict((c) => c.column('code').doUpdateSet((e) => ({ zh: e.ref('excluded.zh'), en: e.ref('excluded.en') })))
    .returning(['id', 'code'])
    .execute();
}

export async function insertSla(
  tx: Tx,
  rows: { priority: string; contact_minutes: number; resolve_hours: number; followup_hours: number }[],
): Promise<void> {
  await db(tx)
    .insertInto('sla')
    .values(rows)
    .onConflict((c) => c.column('priority').doNothing())
    .execute();
}

export async function upsertPersons(
  tx: Tx,
  rows: { id: string; staff_no: string; label: string; node_id: number; post: string | null }[],
): Promise<{ id: string; staff_no: string }[]> {
  if (rows.length === 0) return [];
  return db(tx)
    .insertInto('person')
    .values(rows)
    .onConflict((c) =>
      c.column('staff_no').doUpdateSet((e) => ({
        label: e.ref('excluded.label'),
        node_id: e.ref('excluded.node_id'),
        post: e.ref('excluded.post'),
        left_at: null,
      })),
    )
    .returning(['id', 'staff_no'])
    .execute();
}

/** How many people stand on the register of each place, those who left aside. */
export const peopleAt = async (tx: Tx): Promise<Map<number, number>> =>
  new Map(
    (
      await db(tx)
        .selectFrom('person')
        .select((e) => ['node_id', e.fn.countAll<string>().as('n')])
        .where('left_at', 'is', null)
        .groupBy('node_id')
        .execute()
    ).map((row) => [row.node_id, Number(row.n)]),
  );

// ---- import of a whole organisation

/** Two uploads at once: the second waits and then sees what the first has done. Until the transaction ends. */
export const lockOrganization = (tx: Tx) => sql`select pg_advisory_xact_lock(7301, 5)`.execute(db(tx));

export const updateNode = (
  tx: Tx,
  code: string,
  set: { zh: string; en: string; initials: string; parent_id?: number; site_kind?: string; heads?: number | null },
) => db(tx).updateTable('node').set(set).where('code', '=', code).execute();

export const staffNumbersOf = async (tx: Tx, personIds: string[]): Promise<Map<string, string>> =>
  personIds.length === 0
    ? new Map()
    : new Map(
        (await db(tx).selectFrom('person').select(['id', 'staff_no']).where('id', 'in', personIds).execute()).map(
          (row) => [row.id, row.staff_no],
        ),
      );
