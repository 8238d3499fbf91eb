import type { Insertable, Selectable, Updateable } from 'kysely';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('tasks');

export type TaskRecord = Selectable<DB['task']>;
export type NewTask = Insertable<DB['task']>;
export type TaskPatch = Omit<Updateable<DB['task']>, 'id' | 'version'>;
export type MilestoneRecord = Selectable<DB['milestone']>;
export type SlipRecord = Selectable<DB['slip']>;
export type TellingRecord = Selectable<DB['telling']>;
export type EntryRecord = Selectable<DB['entry']>;
export type ProblemRecord = Selectable<DB['problem']>;
export type MemberRecord = Selectable<DB['member']>;
export type MovementRecord = Selectable<DB['movement']>;
export type LinkRecord = Selectable<DB['link']>;
export type DirectiveRecord = Selectable<DB['directive']>;
export type ParagraphRecord = Selectable<DB['paragraph']>;

/** Takes the counter of this kind and year, and holds it until the transaction ends: numbers have no gaps. */
export async function lockCounter(tx: Tx, kind: 'task' | 'problem', year: number): Promise<number> {
  await db(tx)
    .insertInto('counter')
    .values({ kind, year, last: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
  const { last } = await db(tx)
    .selectFrom('counter')
    .select('last')
    .where('kind', '=', kind)
    .where('year', '=', year)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return last;
}
export const setCounter = (tx: Tx, kind: 'task' | 'problem', year: number, last: number) =>
  db(tx).updateTable('counter').set({ last }).where('kind', '=', kind).where('year', '=', year).execute();

// ---- tasks

export const insertTask = (tx: Tx, row: NewTask) => db(tx).insertInto('task').values(row).execute();
export const taskByOnce = (tx: Tx, onceKey: string) =>
  db(tx).selectFrom('task').selectAll().where('once_key', '=', onceKey).executeTakeFirst();
export const taskById = (tx: Tx, id: string) =>
  db(tx).selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst();
export const tasksByIds = (tx: Tx, ids: string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('task').selectAll().where('id', 'in', ids).execute();
export const taskByNumber = (tx: Tx, number: string) =>
  db(tx).selectFrom('task').selectAll().where('number', '=', number).executeTakeFirst();
export const tasksOfSource = (tx: Tx, sourceId: string) =>
  db(tx).selectFrom('task').selectAll().where('source_id', '=', sourceId).orderBy('issued_at').execute();
export const lockTask = (tx: Tx, id: string) =>
  db(tx).selectFrom('task').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const patchTask = (tx: Tx, id: string, patch: TaskPatch) =>
  db(tx)
    .updateTable('task')
    .set({ ...patch, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
/** What time has to look at now. */
export const tasksToLookAt = (tx: Tx, now: Date, limit: number) =>
  db(tx)
    .selectFrom('task')
    .select('id')
    .where('next_look_at', '<=', now)
    .orderBy('next_look_at')
    .limit(limit)
    .execute();

export const insertMilestones = async (tx: Tx, rows: Insertable<DB['milestone']>[]): Promise<void> => {
  if (rows.length > 0) await db(tx).insertInto('milestone').values(rows).execute();
};
export const milestonesOf = (tx: Tx, taskId: string) =>
  db(tx).selectFrom('milestone').selectAll().where('task_id', '=', taskId).orderBy('due_at').orderBy('id').execute();
export const meetMilestones = (tx: Tx, taskId: string, ids: string[], at: Date, by: string) =>
  db(tx)
    .updateTable('milestone')
    .set({ met_at: at, met_by: by })
    .where('task_id', '=', taskId)
    .where('id', 'in', ids)
    .where('met_at', 'is', null)
    .returning('id')
    .execute();

export const insertHand = (tx: Tx, row: Insertable<DB['hand']>) =>
  db(tx)
    .insertInto('hand')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
export const handsOf = (tx: Tx, taskId: string) =>
  db(tx).selectFrom('hand').selectAll().where('task_id', '=', taskId).execute();

export const slipsOf = (tx: Tx, taskId: string) =>
  db(tx).selectFrom('slip').selectAll().where('task_id', '=', taskId).orderBy('no').execute();
export const insertSlips = async (tx: Tx, rows: Insertable<DB['slip']>[]): Promise<void> => {
  if (rows.length > 0) await db(tx).insertInto('slip').values(rows).execute();
};
export const tellingsOf = (tx: Tx, taskId: string) =>
  db(tx).selectFrom('telling').selectAll().where('task_id', '=', taskId).orderBy('no').execute();
export const insertTelling = (tx: Tx, row: Insertable<DB['telling']>) =>
  db(tx).insertInto('telling').values(row).execute();

export const insertEntries = async (tx: Tx, rows: Insertable<DB['entry']>[]): Promise<void> => {
  if (rows.length > 0) await db(tx).insertInto('entry').values(rows).execute();
};
export const entriesOf = (tx: Tx, recordId: string) =>
  db(tx).selectFrom('entry').selectAll().where('record_id', '=', recordId).orderBy('at').orderBy('id').execute();
/** Removal to a sealed line: the thread's words go too (rules 5). */
export const eraseWords = (tx: Tx, recordId: string) => sql`select tasks.erase_words(${recordId})`.execute(db(tx));

// ---- hard problems

export const insertProblem = (tx: Tx, row: Insertable<DB['problem']>) =>
  db(tx).insertInto('problem').values(row).execute();
export const problemByOnce = (tx: Tx, onceKey: string) =>
  db(tx).selectFrom('problem').selectAll().where('once_key', '=', onceKey).executeTakeFirst();
export const insertLinks = async (tx: Tx, rows: Insertable<DB['link']>[]): Promise<void> => {
  if (rows.length > 0)
    await db(tx)
      .insertInto('link')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
};
