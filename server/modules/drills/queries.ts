import type { Insertable, Selectable, Updateable } from 'kysely';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('drills');

export type RiskRecord = Selectable<DB['risk']>;
export type ContingencyRecord = Selectable<DB['contingency']>;
export type DrillRecord = Selectable<DB['drill']>;
export type HandRecord = Selectable<DB['hand']>;
export type StepRecord = Selectable<DB['step']>;
export type FindingRecord = Selectable<DB['finding']>;
export type NearMissRecord = Selectable<DB['near_miss']>;
export type DutyRecord = Selectable<DB['duty']>;

/** The next number of this kind and year; the counter is held until the transaction ends, so that there are no gaps. */
export async function nextNumber(tx: Tx, kind: 'risk' | 'drill' | 'near_miss', year: number): Promise<number> {
  const { last } = await db(tx)
    .insertInto('counter')
    .values({ kind, year, last: 1 })
    .onConflict((c) => c.columns(['kind', 'year']).doUpdateSet({ last: sql<number>`counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}
export const setCounters = (tx: Tx, rows: Insertable<DB['counter']>[]) =>
  db(tx)
    .insertInto('counter')
    .values(rows)
    .onConflict((c) => c.columns(['kind', 'year']).doUpdateSet((e) => ({ last: e.ref('excluded.last') })))
    .execute();

// ---- risks and what is done then

export const insertRisks = (tx: Tx, rows: Insertable<DB['risk']>[]) => db(tx).insertInto('risk').values(rows).execute();
export const allRisks = (tx: Tx) => db(tx).selectFrom('risk').selectAll().orderBy('opened_at').execute();
export const riskById = (tx: Tx, id: string) =>
  db(tx).selectFrom('risk').selectAll().where('id', '=', id).executeTakeFirst();
export const risksByIds = (tx: Tx, ids: string[]) =>
  db(tx).selectFrom('risk').select(['id', 'node_id']).where('id', 'in', ids).execute();
export const lockRisk = (tx: Tx, id: string) =>
  db(tx).selectFrom('risk').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const patchRisk = (tx: Tx, id: string, patch: Omit<Updateable<DB['risk']>, 'id' | 'version'>) =>
  db(tx)
    .updateTable('risk')
    .set({ ...patch, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();

export const insertContingencies = (tx: Tx, rows: Insertable<DB['contingency']>[]) =>
  db(tx).insertInto('contingency').values(rows).execute();
export const contingenciesOf = (tx: Tx, riskId: string) =>
  db(tx).selectFrom('contingency').selectAll().where('risk_id', '=', riskId).orderBy('no', 'desc').execute();
export const contingencyById = (tx: Tx, id: string) =>
  db(tx).selectFrom('contingency').selectAll().where('id', '=', id).executeTakeFirst();
/** Versions that count: in force, being written or waiting. */
export const standingContingencies = (tx: Tx) =>
  db(tx)
    .selectFrom('contingency')
    .select(['risk_id', 'no', 'state'])
    .where('state', 'in', ['approved', 'draft', 'in_review'])
    .execute();
/** Versions in force, with the risk each answers. */
export const approvedContingencies = (tx: Tx) =>
  db(tx)
    .selectFrom('contingency')
    .innerJoin('risk', 'risk.id', 'contingency.risk_id')
    .select([
      'contingency.id',
      'contingency.no',
      'risk.id as risk_id',
      'risk.number',
      'risk.zh',
      'risk.en',
      'risk.node_id',
    ])
    .where('contingency.state', '=', 'approved')
    .where('risk.retired_at', 'is', null)
    .orderBy('risk.opened_at')
    .execute();
export const patchContingency = (tx: Tx, id: string, patch: Omit<Updateable<DB['contingency']>, 'id'>) =>
  db(tx).updateTable('contingency').set(patch).where('id', '=', id).execute();
export const supersede = (tx: Tx, riskId: string) =>
  db(tx)
    .updateTable('contingency')
    .set({ state: 'superseded' })
    .where('risk_id', '=', riskId)
    .where('state', '=', 'approved')
    .execute();

// ---- drills

export const insertDrills = (tx: Tx, rows: Insertable<DB['drill']>[]) =>
  db(tx).insertInto('drill').values(rows).execute();
export const allDrills = (tx: Tx) =>
  db(tx).selectFrom('drill').selectAll().orderBy('planned_for', 'desc').limit(1000).execute();
export const drillsOfRisk = (tx: Tx, riskId: string) =>
  db(tx).selectFrom('drill').selectAll().where('risk_id', '=', riskId).orderBy('planned_for', 'desc').execute();
export const drillById = (tx: Tx, id: string) =>
  db(tx).selectFrom('drill').selectAll().where('id', '=', id).executeTakeFirst();
export const drillsByIds = (tx: Tx, ids: string[]) =>
  db(tx).selectFrom('drill').select(['id', 'unit_id']).where('id', 'in', ids).execute();
export const lockDrill = (tx: Tx, id: string) =>
  db(tx).selectFrom('drill').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const patchDrill = (tx: Tx, id: string, patch: Omit<Updateable<DB['drill']>, 'id' | 'version'>) =>
  db(tx)
    .updateTable('drill')
    .set({ ...patch, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
export const drillByNumber = (tx: Tx, number: string) =>
  db(tx).selectFrom('drill').selectAll().where('number', '=', number).executeTakeFirst();
/** Drills somebody outside has assessed: what fulfils the duty, and what a risk was last drilled by. */
export const assessedDrills = (tx: Tx) =>
  db(tx)
    .selectFrom('drill')
    .select(['id', 'number', 'unit_id', 'risk_id', 'ended_at', 'assessed_label'])
    .where('state', 'in', ['assessed', 'closed'])
    .execute();

export const insertHands = (tx: Tx, rows: Insertable<DB['hand']>[]) => db(tx).insertInto('hand').values(rows).execute();
export const handsOf = (tx: Tx, drillIds: string[]): Promise<HandRecord[]> =>
  drillIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('hand').selectAll().where('drill_id', 'in', drillIds).orderBy('label').execute();
export const drillsWith = (tx: Tx, accountId: string, from: Date, to: Date) =>
  db(tx)
    .selectFrom('hand')
    .innerJoin('drill', 'drill.id', 'hand.drill_id')
    .selectAll('drill')
    .select('hand.part')
    .where('hand.account_id', '=', accountId)
    .where('drill.planned_for', '>=', from)
    .where('drill.planned_for', '<', to)
    .where('drill.state', '<>', 'cancelled')
    .execute();

export const insertSteps = (tx: Tx, rows: Insertable<DB['step']>[]) => db(tx).insertInto('step').values(rows).execute();
export const stepsOf = (tx: Tx, drillIds: string[]): Promise<StepRecord[]> =>
  drillIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('step').selectAll().where('drill_id', 'in', drillIds).orderBy('n').execute();
/** The first mark stands. */
export const markStep = (tx: Tx, drillId: string, n: number, at: Date, by: string) =>
  db(tx)
    .updateTable('step')
    .set({ reached_at: at, marked_by: by })
    .where('drill_id', '=', drillId)
    .where('n', '=', n)
    .where('reached_at', 'is', null)
    .execute();
export const judgeStep = (tx: Tx, drillId: string, n: number, verdict: string, remark: string) =>
  db(tx).updateTable('step').set({ verdict, remark }).where('drill_id', '=', drillId).where('n', '=', n).execute();

export const insertFindings = async (tx: Tx, rows: Insertable<DB['finding']>[]): Promise<void> => {
  if (rows.length > 0) await db(tx).insertInto('finding').values(rows).execute();
};
export const findingsOf = (tx: Tx, drillIds: string[]): Promise<FindingRecord[]> =>
  drillIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('finding').selectAll().where('drill_id', 'in', drillIds).orderBy('at').orderBy('id').execute();

// ---- near-misses

export const insertNearMisses = (tx: Tx, rows: Insertable<DB['near_miss']>[]) =>
  db(tx).insertInto('near_miss').values(rows).execute();
export const allNearMisses = (tx: Tx) =>
  db(tx).selectFrom('near_miss').selectAll().orderBy('happened_at', 'desc').limit(1000).execute();
export const nearMissById = (tx: Tx, id: string) =>
  db(tx).selectFrom('near_miss').selectAll().where('id', '=', id).executeTakeFirst();
export const nearMissByNumber = (tx: Tx, number: string) =>
  db(tx).selectFrom('near_miss').selectAll().where('number', '=', number).executeTakeFirst();
export const nearMissesByIds = (tx: Tx, ids: string[]) =>
  db(tx).selectFrom('near_miss').select(['id', 'unit_id']).where('id', 'in', ids).execute();
export const lockNearMiss = (tx: Tx, id: string) =>
  db(tx).selectFrom('near_miss').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const patchNearMiss = (tx: Tx, id: string, patch: Omit<Updateable<DB['near_miss']>, 'id' | 'version'>) =>
  db(tx)
    .updateTable('near_miss')
    .set({ ...patch, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();

// ---- what is owed in peace

export const insertDuties = (tx: Tx, rows: Insertable<DB['duty']>[]) =>
  db(tx)
    .insertInto('duty')
    .values(rows)
    .onConflict((c) => c.column('code').doNothing())
    .execute();
export const allDuties = (tx: Tx) => db(tx).selectFrom('duty').selectAll().orderBy('ordinal').execute();
/** A second record of the same day changes nothing. */
export const insertDone = (tx: Tx, rows: Insertable<DB['duty_done']>[]) =>
  db(tx)
    .insertInto('duty_done')
    .values(rows)
    .onConflict((c) => c.columns(['duty_code', 'unit_id', 'day']).doNothing())
    .returning('id')
    .execute();
export const doneSince = (tx: Tx, day: string) =>
  db(tx).selectFrom('duty_done').selectAll().where('day', '>=', day).orderBy('day').execute();
