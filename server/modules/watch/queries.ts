import type { Insertable, Selectable } from 'kysely';
import { moduleTables, preparedStatement } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('watch');

export type WeeklyRecord = Selectable<DB['weekly']>;
export type DriftRecord = Selectable<DB['drift']>;
export type NewWeekly = Insertable<DB['weekly']>;
export type GapRecord = Selectable<DB['gap']>;
export type NewGap = Insertable<DB['gap']>;
export type NewDrift = Insertable<DB['drift']>;

/** One reckoning at a time, in whichever program. Until the transaction ends. */
export const lockReckoning = preparedStatement('watch', 'lock', 'select pg_advisory_xact_lock(7301, 24)');

export const lastReckoning = (tx: Tx) => db(tx).selectFrom('reckoning').selectAll().executeTakeFirst();

const bulk = (table: string, columns: string) =>
  preparedStatement(
    'watch',
    `bulk_${table}`,
    `insert into watch.${table} (${columns}) select ${columns} from json_populate_recordset(null::watch.${table}, $1)`,
  );
const bulkWeekly = bulk('weekly', 'node_id, line_id, week, measure, n, open, value, low, high, minutes, provisional');
const bulkDrift = bulk(
  'drift',
  'node_id, line_id, week, measure, base_n, base_value, n, value, by_fifth, held, bound, outside, grey',
);

const bulkGap = bulk(
  'gap',
  'node_id, week, pair, measure, first_n, other_n, first_value, other_value, gap, low, high, like_gap, like_low, like_high',
);

/** Takes the place of all that was reckoned before. */
export async function replaceAll(
  tx: Tx,
  at: Date,
  definition: number,
  rows: { weekly: NewWeekly[]; drifts: NewDrift[]; gaps: NewGap[] },
): Promise<void> {
  await db(tx)
    .insertInto('reckoning')
    .values({ at, definition })
    .onConflict((c) => c.column('single').doUpdateSet({ at, definition }))
    .execute();
  await db(tx).deleteFrom('weekly').execute();
  await db(tx).deleteFrom('drift').execute();
  await db(tx).deleteFrom('gap').execute();
  await bulkWeekly(tx, [JSON.stringify(rows.weekly)]);
  await bulkDrift(tx, [JSON.stringify(rows.drifts)]);
  await bulkGap(tx, [JSON.stringify(rows.gaps)]);
}

export const allWeekly = (tx: Tx): Promise<WeeklyRecord[]> => db(tx).selectFrom('weekly').selectAll().execute();
export const allDrifts = (tx: Tx): Promise<DriftRecord[]> => db(tx).selectFrom('drift').selectAll().execute();
export const allGaps = (tx: Tx): Promise<GapRecord[]> => db(tx).selectFrom('gap').selectAll().execute();
export const gapsAt = (tx: Tx, nodeId: number): Promise<GapRecord[]> =>
  db(tx).selectFrom('gap').selectAll().where('node_id', '=', nodeId).orderBy('week').execute();

const isLine = (lineId: number | null) => [lineId === null ? 'is' : '=', lineId] as const;
export const weeklyAt = (tx: Tx, nodeId: number, lineId: number | null): Promise<WeeklyRecord[]> =>
  db(tx)
    .selectFrom('weekly')
    .selectAll()
    .where('node_id', '=', nodeId)
    .where('line_id', ...isLine(lineId))
    .orderBy('week')
    .execute();
export const driftsAt = (tx: Tx, nodeId: number, lineId: number | null): Promise<DriftRecord[]> =>
  db(tx)
    .selectFrom('drift')
    .selectAll()
    .where('node_id', '=', nodeId)
    .where('line_id', ...isLine(lineId))
    .orderBy('week')
    .execute();

/** Weeks in which a place stood worse than at the start. */
export const alarms = (tx: Tx): Promise<DriftRecord[]> =>
  db(tx)
    .selectFrom('drift')
    .selectAll()
    .where((e) => e.or([e('by_fifth', '=', true), e('outside', '=', true)]))
    .orderBy('node_id')
    .orderBy('line_id')
    .orderBy('measure')
    .orderBy('week')
    .execute();
