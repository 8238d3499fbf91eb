import { moduleTables } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('stages');

export const periodsInForce = (tx: Tx, nodeIds: number[], at: Date) =>
  db(tx)
    .selectFrom('period')
    .innerJoin('stage', 'stage.code', 'period.stage_code')
    .select(['period.node_id', 'period.from_at', 'stage.code', 'stage.zh', 'stage.en', 'stage.working_time'])
    .where('period.node_id', 'in', nodeIds)
    .where('period.from_at', '<=', at)
    .where((e) => e.or([e('period.to_at', 'is', null), e('period.to_at', '>', at)]))
    .execute();

export const allPeriods = (tx: Tx) =>
  db(tx)
    .selectFrom('period')
    .innerJoin('stage', 'stage.code', 'period.stage_code')
    .select([
      'period.node_id',
      'period.from_at',
      'period.to_at',
      'stage.code',
      'stage.zh',
      'stage.en',
      'stage.working_time',
    ])
    .orderBy('period.from_at')
    .execute();

export const allStages = (tx: Tx) => db(tx).selectFrom('stage').selectAll().orderBy('ordinal').execute();

export const insertStages = (
  tx: Tx,
  rows: { code: string; zh: string; en: string; ordinal: number; working_time: boolean }[],
) =>
  db(tx)
    .insertInto('stage')
    .values(rows)
    .onConflict((c) => c.column('code').doNothing())
    .execute();

export const insertPeriods = (
  tx: Tx,
  rows: { id: string; node_id: number; stage_code: string; from_at: Date; to_at: Date | null; basis: string }[],
) => db(tx).insertInto('period').values(rows).execute();

export const insertTransitions = (tx: Tx, rows: { from_code: string; to_code: string }[]) =>
  db(tx)
    .insertInto('transition')
    .values(rows)
    .onConflict((c) => c.doNothing())
    .execute();
