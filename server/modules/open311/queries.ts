import { moduleTables } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('open311');

export const doorNow = (tx: Tx) => db(tx).selectFrom('door').selectAll().executeTakeFirst();

export const lockDoor = (tx: Tx) => db(tx).selectFrom('door').selectAll().forUpdate().executeTakeFirst();

/** @returns false where somebody else was first */
export async function writeDoor(
  tx: Tx,
  set: { enabled: boolean; jurisdiction_id: string | null; changed_at: Date },
  before: number,
): Promise<boolean> {
  const rows = await db(tx)
    .insertInto('door')
    .values({ ...set, version: 1 })
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet({ ...set, version: before + 1 })
        .where('door.version', '=', before),
    )
    .returning('version')
    .execute();
  return rows.length > 0;
}

export const allServices = (tx: Tx) => db(tx).selectFrom('service').selectAll().orderBy('category_id').execute();

export async function replaceServices(tx: Tx, rows: { category_id: number; zh: string; en: string }[]): Promise<void> {
  await db(tx).deleteFrom('service').execute();
  if (rows.length > 0) await db(tx).insertInto('service').values(rows).execute();
}

/** Degrees, by site. */
export async function allPlaces(tx: Tx): Promise<Map<number, { lat: number; long: number }>> {
  const rows = await db(tx).selectFrom('place').selectAll().execute();
  return new Map(rows.map((row) => [row.site_id, { lat: Number(row.lat), long: Number(row.long) }]));
}

export async function savePlaces(tx: Tx, rows: { site_id: number; lat: string; long: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await db(tx)
    .insertInto('place')
    .values(rows)
    .onConflict((c) =>
      c.column('site_id').doUpdateSet((e) => ({ lat: e.ref('excluded.lat'), long: e.ref('excluded.long') })),
    )
    .execute();
}
