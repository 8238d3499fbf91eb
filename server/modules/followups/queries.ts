import type { Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('followups');

export type CallRecord = Selectable<DB['call']>;
export type AttemptRecord = Selectable<DB['attempt']>;

export const insertCalls = (
  tx: Tx,
  rows: {
    id: string;
    request_id: string;
    reason: string;
    site_id: number | null;
    unit_id: number | null;
    class: string;
    due_at: Date;
    created_at: Date;
  }[],
) =>
  rows.length === 0
    ? Promise.resolve([])
    : db(tx)
        .insertInto('call')
        .values(rows)
        .onConflict((c) => c.column('request_id').where('done_at', 'is', null).doNothing())
        .returning('request_id')
        .execute();

export const lockCall = (tx: Tx, id: string) =>
  db(tx).selectFrom('call').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const callById = (tx: Tx, id: string) =>
  db(tx).selectFrom('call').selectAll().where('id', '=', id).executeTakeFirst();
export const lockOpenCallOf = (tx: Tx, requestId: string) =>
  db(tx)
    .selectFrom('call')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('done_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();

/** Of these requests, those a caller rings or has rung. */
export const calledAmong = preparedStatement<{ request_id: string }>(
  'followups',
  'called_among',
  'select distinct request_id from followups.call where request_id = any($1::uuid[])',
);

export const eraseAnswers = (tx: Tx, requestId: string) =>
  sql`select followups.erase_words(${requestId})`.execute(db(tx));

export const dueCalls = (tx: Tx, after: { at: Date; id: string } | undefined, limit: number) =>
  db(tx)
    .selectFrom('call')
    .selectAll()
    .where('done_at', 'is', null)
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(due_at, id) > (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();

/** When each of these requests was last put on the call list, and whether that call is still open; cancelled ones asked nobody. */
export const lastCalls = async (tx: Tx, requestIds: string[]): Promise<Map<string, { at: Date; open: boolean }>> =>
  requestIds.length === 0
    ? new Map()
    : new Map(
        (
          await db(tx)
            .selectFrom('call')
            .select((e) => [
              'request_id',
              e.fn.max('created_at').as('at'),
              sql<boolean>`bool_or(done_at is null)`.as('open'),
            ])
            .where('request_id', 'in', requestIds)
            .where((e) => e.or([e('outcome', 'is', null), e('outcome', '!=', 'cancelled')]))
            .groupBy('request_id')
            .execute()
        ).map((row) => [row.request_id, { at: row.at, open: row.open }]),
      );

export const finishCall = (tx: Tx, id: string, set: { done_at: Date; outcome: string; caller_id: string | null }) =>
  db(tx).updateTable('call').set(set).where('id', '=', id).execute();
export const setAppointment = (tx: Tx, id: string, at: Date | null, due: Date) =>
  db(tx).updateTable('call').set({ appointment_at: at, due_at: due }).where('id', '=', id).execute();

export const insertAttempt = (
  tx: Tx,
  row: {
    id: string;
    call_id: string;
    at: Date;
    channel: string;
    outcome: string;
    caller_id: string;
    caller_label: string;
  },
) => db(tx).insertInto('attempt').values(row).execute();
export const attemptsOf = (tx: Tx, callIds: string[]) =>
  callIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('attempt').selectAll().where('call_id', 'in', callIds).orderBy('at').execute();

export const insertAnswer = (
  tx: Tx,
  row: {
    call_id: string;
    at: Date;
    caller_id: string;
    contacted: boolean;
    answer: string;
    satisfied: number | null;
    speed: number | null;
    attitude: number | null;
    words: string | null;
    script_version: string;
  },
) => db(tx).insertInto('answer').values(row).execute();

export const today = async (tx: Tx, from: Date, callerId: string): Promise<{ due: number; done: number }> => {
  const { rows } = await sql<{ due: number; done: number }>`select
    (select count(*)::int from (select 1 from followups.call where done_at is null limit 999) as counted) as due,
    (select count(*)::int from followups.call where done_at >= ${from} and caller_id = ${callerId}) as done`.execute(
    db(tx),
  );
  return rows[0]!;
};

// ---- a history made beforehand (the demo world)

export type AnswerRecord = Selectable<DB['answer']>;

const bulk = (table: string, columns: string) =>
  preparedStatement(
    'followups',
    `bulk_${table}`,
    `insert into followups.${table} (${columns}) select ${columns} from json_populate_recordset(null::followups.${table}, $1)`,
  );
const bulkCalls = bulk(
  'call',
  'id, request_id, reason, site_id, unit_id, class, due_at, appointment_at, created_at, done_at, outcome, caller_id',
);
const bulkAttempts = bulk('attempt', 'id, call_id, at, channel, outcome, caller_id, caller_label');
const bulkAnswers = bulk(
  'answer',
  'call_id, at, caller_id, contacted, answer, satisfied, speed, attitude, words, script_version',
);

/** Rows as the commands would have left them, many at once. */
export async function insertHistory(
  tx: Tx,
  rows: { calls: CallRecord[]; attempts: AttemptRecord[]; answers: AnswerRecord[] },
): Promise<void> {
  await bulkCalls(tx, [JSON.stringify(rows.calls)]);
  await bulkAttempts(tx, [JSON.stringify(rows.attempts)]);
  await bulkAnswers(tx, [JSON.stringify(rows.answers)]);
}
