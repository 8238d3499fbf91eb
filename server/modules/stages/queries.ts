import type { Insertable, Selectable, Updateable } from 'kysely';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('stages');

export type OrderRecord = Selectable<DB['stage_order']>;
export type OrderPatch = Omit<Updateable<DB['stage_order']>, 'version' | 'id'>;
export type PeriodRecord = Selectable<DB['period']>;
export type EntryRecord = Selectable<DB['entry']>;

export const periodsInForce = (tx: Tx, nodeIds: number[], at: Date) =>
  db(tx)
    .selectFrom('period')
    .innerJoin('stage', 'stage.code', 'period.stage_code')
    .select([
      'period.node_id',
      'period.from_at',
      'period.order_id',
      'stage.code',
      'stage.zh',
      'stage.en',
      'stage.working_time',
    ])
    .where('period.node_id', 'in', nodeIds)
    .where('period.from_at', '<=', at)
    .where((e) => e.or([e('period.to_at', 'is', null), e('period.to_at', '>', at)]))
    .execute();

export const allPeriods = (tx: Tx) =>
  db(tx)
    .selectFrom('period')
    .innerJoin('stage', 'stage.code', 'period.stage_code')
    .select([
      'period.id',
      'period.node_id',
      'period.from_at',
      'period.to_at',
      'period.basis',
      'period.order_id',
      'stage.code',
      'stage.zh',
      'stage.en',
      'stage.working_time',
    ])
    .orderBy('period.from_at')
    .execute();
export type HeldPeriod = Awaited<ReturnType<typeof allPeriods>>[number];

export const allStages = (tx: Tx) => db(tx).selectFrom('stage').selectAll().orderBy('ordinal').execute();

export const allTransitions = (tx: Tx) =>
  db(tx).selectFrom('transition').selectAll().orderBy('from_code').orderBy('to_code').execute();

export const insertStages = (
  tx: Tx,
  rows: { code: string; zh: string; en: string; ordinal: number; working_time: boolean }[],
) =>
  db(tx)
    .insertInto('stage')
    .values(rows)
    .onConflict((c) => c.column('code').doNothing())
    .execute();

export const insertTransitions = (tx: Tx, rows: { from_code: string; to_code: string }[]) =>
  db(tx)
    .insertInto('transition')
    .values(rows)
    .onConflict((c) => c.doNothing())
    .execute();

export const insertPeriods = (
  tx: Tx,
  rows: {
    id: string;
    node_id: number;
    stage_code: string;
    from_at: Date;
    to_at: Date | null;
    basis: string;
    order_id?: string;
    basis_at?: Date;
    applied_at?: Date;
  }[],
) => db(tx).insertInto('period').values(rows).execute();

/** The place's own period that covers a moment. */
export const ownPeriodAt = (tx: Tx, nodeId: number, at: Date): Promise<PeriodRecord | undefined> =>
  db(tx)
    .selectFrom('period')
    .selectAll()
    .where('node_id', '=', nodeId)
    .where('from_at', '<=', at)
    .where((e) => e.or([e('to_at', 'is', null), e('to_at', '>', at)]))
    .forUpdate()
    .executeTakeFirst();

/** The place's own period that ended at that moment. */
export const periodEndedAt = (tx: Tx, nodeId: number, at: Date): Promise<PeriodRecord | undefined> =>
  db(tx).selectFrom('period').selectAll().where('node_id', '=', nodeId).where('to_at', '=', at).executeTakeFirst();

export const periodOfOrder = (tx: Tx, orderId: string): Promise<PeriodRecord | undefined> =>
  db(tx).selectFrom('period').selectAll().where('order_id', '=', orderId).forUpdate().executeTakeFirst();

export const endPeriod = (tx: Tx, id: string, at: Date | null) =>
  db(tx).updateTable('period').set({ to_at: at }).where('id', '=', id).execute();

export const markApplied = (tx: Tx, id: string, at: Date) =>
  db(tx).updateTable('period').set({ applied_at: at }).where('id', '=', id).execute();

export const givePeriodItsOrder = (
  tx: Tx,
  id: string,
  orderId: string,
  basis: string,
  basisAt: Date,
  appliedAt: Date,
) =>
  db(tx)
    .updateTable('period')
    .set({ order_id: orderId, basis, basis_at: basisAt, applied_at: appliedAt })
    .where('id', '=', id)
    .execute();

export const deletePeriod = (tx: Tx, id: string) => db(tx).deleteFrom('period').where('id', '=', id).execute();

// ---- orders

/** @returns false where another order of the place is on its way */
export async function insertOrder(tx: Tx, row: Insertable<DB['stage_order']>): Promise<boolean> {
  const inserted = await db(tx)
    .insertInto('stage_order')
    .values(row)
    .onConflict((c) =>
      c.column('node_id').where(sql<boolean>`state in ('draft', 'reviewed', 'countersigning', 'signed')`).doNothing(),
    )
    .returning('id')
    .execute();
  return inserted.length > 0;
}

export const orderById = (tx: Tx, id: string): Promise<OrderRecord | undefined> =>
  db(tx).selectFrom('stage_order').selectAll().where('id', '=', id).executeTakeFirst();

export const ordersByIds = (tx: Tx, ids: string[]): Promise<OrderRecord[]> =>
  db(tx).selectFrom('stage_order').selectAll().where('id', '=', sql<string>`any(${ids}::uuid[])`).execute();

export const lockOrder = (tx: Tx, id: string): Promise<OrderRecord | undefined> =>
  db(tx).selectFrom('stage_order').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const ordersIn = (tx: Tx, states: readonly string[], limit = 200): Promise<OrderRecord[]> =>
  db(tx)
    .selectFrom('stage_order')
    .selectAll()
    .where('state', 'in', states)
    .orderBy('effective_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();

/** Signed orders whose hour has come. */
export const ordersDue = (tx: Tx, at: Date): Promise<{ id: string }[]> =>
  db(tx)
    .selectFrom('stage_order')
    .select('id')
    .where('state', '=', 'signed')
    .where('effective_at', '<=', at)
    .orderBy('effective_at')
    .execute();

/** Writes what changed, with the next version. */
export const patchOrder = (tx: Tx, id: string, patch: OrderPatch) =>
  db(tx)
    .updateTable('stage_order')
    .set((e) => ({ ...patch, version: e('version', '+', 1) }))
    .where('id', '=', id)
    .execute();

/** The next number of a year, without gaps: held until the transaction ends. */
export const nextNumber = async (tx: Tx, year: number): Promise<number> =>
  (
    await db(tx)
      .insertInto('counter')
      .values({ year, last: 1 })
      .onConflict((c) => c.column('year').doUpdateSet((e) => ({ last: e('counter.last', '+', 1) })))
      .returning('last')
      .executeTakeFirstOrThrow()
  ).last;

export const insertEntries = (tx: Tx, rows: Insertable<DB['entry']>[]) =>
  db(tx).insertInto('entry').values(rows).execute();

export const entriesOf = (tx: Tx, orderId: string): Promise<EntryRecord[]> =>
  db(tx).selectFrom('entry').selectAll().where('order_id', '=', orderId).orderBy('at').orderBy('id').execute();

/** Chased for that unit since then. */
export const chasedSince = (tx: Tx, orderId: string, unitId: number, since: Date) =>
  db(tx)
    .selectFrom('entry')
    .select('id')
    .where('order_id', '=', orderId)
    .where('kind', '=', 'chased')
    .where('unit_id', '=', unitId)
    .where('at', '>', since)
    .executeTakeFirst();

// ---- readiness as it was last looked at

export const allReadiness = (tx: Tx) => db(tx).selectFrom('readiness').selectAll().execute();
export type ReadinessRecord = Awaited<ReturnType<typeof allReadiness>>[number];

export const upsertReadiness = (tx: Tx, rows: ReadinessRecord[]) =>
  db(tx)
    .insertInto('readiness')
    .values(rows)
    .onConflict((c) =>
      c.columns(['unit_id', 'to_code']).doUpdateSet((e) => ({
        ready: e.ref('excluded.ready'),
        since: e.ref('excluded.since'),
        checked_at: e.ref('excluded.checked_at'),
      })),
    )
    .execute();

/** Two looks at once would journal one flip twice; until the transaction ends. */
export const lockReadiness = (tx: Tx) => sql`select pg_advisory_xact_lock(7301, 48)`.execute(db(tx));

/** Signing, taking back and the hour itself change one time line together, over places that lie above each other. */
export const lockTimeline = (tx: Tx) => sql`select pg_advisory_xact_lock(7301, 49)`.execute(db(tx));
