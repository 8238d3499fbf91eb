import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('clocks');

export const allCalendars = (tx: Tx) => db(tx).selectFrom('calendar').selectAll().orderBy('id').execute();
export const allWeeks = (tx: Tx) =>
  db(tx).selectFrom('week').selectAll().orderBy('effective_from').orderBy('set_at').execute();
export const allDays = (tx: Tx) => db(tx).selectFrom('dated_day').selectAll().orderBy('date').execute();
export const allUses = (tx: Tx) =>
  db(tx).selectFrom('use').selectAll().orderBy('effective_from').orderBy('set_at').execute();
export const allLevels = (tx: Tx) =>
  db(tx).selectFrom('level').selectAll().orderBy('effective_from').orderBy('set_at').execute();
export const allSteps = (tx: Tx) => db(tx).selectFrom('warning_step').selectAll().orderBy('after_minutes').execute();

/** Who set it, and when; null for what the system was delivered with. */
export interface SetBy {
  set_by: string | null;
  set_by_label: string | null;
}

/** Whoever changes the same thing waits: of two that overlap the second sees the first. Until the transaction ends. */
export const lockClocks = (tx: Tx) => sql`select pg_advisory_xact_lock(7301, 11)`.execute(db(tx));

export const insertCalendar = (tx: Tx, row: { code: string; zh: string; en: string }) =>
  db(tx).insertInto('calendar').values(row).returning('id').executeTakeFirstOrThrow();
export const insertWeek = (
  tx: Tx,
  row: SetBy & { calendar_id: number; effective_from: Date; week: unknown; set_at: Date },
) => {
  const { week, ...rest } = row;
  return db(tx)
    .insertInto('week')
    .values({ ...rest, hours: JSON.stringify({ week }) })
    .execute();
};
export interface NewDay {
  calendar_id: number;
  date: string;
  working: boolean;
  spans: unknown;
  zh: string;
  en: string;
  effective_from: Date;
}
export const insertDays = (tx: Tx, rows: (NewDay & SetBy)[]) =>
  rows.length === 0
    ? Promise.resolve([])
    : db(tx)
        .insertInto('dated_day')
        .values(rows.map(({ spans, ...row }) => ({ ...row, hours: spans === null ? null : JSON.stringify({ spans }) })))
        .execute();
export const endDays = (tx: Tx, calendarId: number, ids: string[], at: Date) =>
  db(tx)
    .updateTable('dated_day')
    .set({ ended_at: at })
    .where('calendar_id', '=', calendarId)
    .where('id', 'in', ids)
    .where('ended_at', 'is', null)
    .returning('date')
    .execute();
export const insertUse = (
  tx: Tx,
  row: SetBy & {
    stage_code: string;
    unit_id: number | null;
    calendar_id: number | null;
    effective_from: Date;
    set_at: Date;
  },
) => db(tx).insertInto('use').values(row).execute();
export const insertLevel = (
  tx: Tx,
  row: SetBy & {
    priority: string;
    triage_minutes: number;
    contact_minutes: number;
    inner_minutes: number;
    resolve_minutes: number;
    effective_from: Date;
    set_at: Date;
  },
) => db(tx).insertInto('level').values(row).execute();
export const endSteps = (tx: Tx, priority: string, clock: string, at: Date) =>
  db(tx)
    .updateTable('warning_step')
    .set({ ended_at: at })
    .where('priority', '=', priority)
    .where('clock', '=', clock)
    .where('ended_at', 'is', null)
    .execute();
export const insertSteps = (
  tx: Tx,
  rows: { priority: string; clock: string; after_minutes: number; tells: string; effective_from: Date }[],
) => (rows.length === 0 ? Promise.resolve([]) : db(tx).insertInto('warning_step').values(rows).execute());
