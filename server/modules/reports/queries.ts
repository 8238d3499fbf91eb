import type { Insertable, Selectable, Updateable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('reports');

export type FormRecord = Selectable<DB['form']>;
export type VersionOfForm = Selectable<DB['form_version']>;
export type ConceptRecord = Selectable<DB['concept']>;
export type CrewRecord = Selectable<DB['crew']>;
export type FilingRecord = Selectable<DB['filing']>;
export type VersionRecord = Selectable<DB['version']>;
export type ApprovalRecord = Selectable<DB['approval']>;

// ---- forms

export const allForms = (tx: Tx): Promise<FormRecord[]> =>
  db(tx).selectFrom('form').selectAll().orderBy('created_at').orderBy('code').execute();
export const allFormVersions = (tx: Tx): Promise<VersionOfForm[]> =>
  db(tx).selectFrom('form_version').selectAll().orderBy('form_code').orderBy('no').execute();
export const lockForm = (tx: Tx, code: string): Promise<FormRecord | undefined> =>
  db(tx).selectFrom('form').selectAll().where('code', '=', code).forUpdate().executeTakeFirst();
export const formByCode = (tx: Tx, code: string): Promise<FormRecord | undefined> =>
  db(tx).selectFrom('form').selectAll().where('code', '=', code).executeTakeFirst();
export const versionsOfForm = (tx: Tx, code: string): Promise<VersionOfForm[]> =>
  db(tx).selectFrom('form_version').selectAll().where('form_code', '=', code).orderBy('no').execute();
export const insertForm = (tx: Tx, row: Insertable<DB['form']>) => db(tx).insertInto('form').values(row).execute();
export const patchForm = (tx: Tx, code: string, set: Updateable<DB['form']>) =>
  db(tx).updateTable('form').set(set).where('code', '=', code).execute();
export const insertFormVersion = (tx: Tx, row: Insertable<DB['form_version']>) =>
  db(tx).insertInto('form_version').values(row).execute();
export const patchFormVersion = (tx: Tx, code: string, no: number, set: Updateable<DB['form_version']>) =>
  db(tx).updateTable('form_version').set(set).where('form_code', '=', code).where('no', '=', no).execute();

// ---- concepts

export const allConcepts = (tx: Tx): Promise<ConceptRecord[]> =>
  db(tx).selectFrom('concept').selectAll().orderBy('key').execute();
export const insertConcepts = (tx: Tx, rows: Insertable<DB['concept']>[]) =>
  db(tx)
    .insertInto('concept')
    .values(rows)
    .onConflict((c) => c.column('key').doNothing())
    .execute();
/** The form asks this from now on. @returns nothing where another form came first or the system knows it */
export const takeConcept = (tx: Tx, key: string, formCode: string, itemKey: string) =>
  db(tx)
    .updateTable('concept')
    .set({ form_code: formCode, item_key: itemKey })
    .where('key', '=', key)
    .where('known_from', 'is', null)
    .where((e) => e.or([e('form_code', 'is', null), e('form_code', '=', formCode)]))
    .returning('key')
    .executeTakeFirst();
export const freeConcepts = (tx: Tx, formCode: string) =>
  db(tx).updateTable('concept').set({ form_code: null, item_key: null }).where('form_code', '=', formCode).execute();

// ---- crews and offices

export const crewsOf = (tx: Tx, siteIds: number[]): Promise<CrewRecord[]> =>
  db(tx)
    .selectFrom('crew')
    .selectAll()
    .where('site_id', '=', sql<number>`any(${siteIds}::int[])`)
    .where('ended_at', 'is', null)
    .orderBy('site_id')
    .orderBy('ordinal')
    .execute();
/** One list of a site's crews at a time. */
export const oneCrewList = preparedStatement<{ held: boolean }>(
  'reports',
  'one_crew_list',
  'select pg_advisory_xact_lock(7351, $1) is null as held',
);
export const insertCrews = (tx: Tx, rows: Insertable<DB['crew']>[]) => db(tx).insertInto('crew').values(rows).execute();
export const endCrews = (tx: Tx, siteId: number, set: Updateable<DB['crew']>) =>
  db(tx).updateTable('crew').set(set).where('site_id', '=', siteId).where('ended_at', 'is', null).execute();
/** New ones, and those of the same site that were there before. @returns those that could be kept */
export const keepCrews = (tx: Tx, rows: Insertable<DB['crew']>[]) =>
  db(tx)
    .insertInto('crew')
    .values(rows)
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet((e) => ({
          zh: e.ref('excluded.zh'),
          planned: e.ref('excluded.planned'),
          ordinal: e.ref('excluded.ordinal'),
          ended_at: null,
          changed_by: e.ref('excluded.changed_by'),
          changed_at: e.ref('excluded.changed_at'),
        }))
        .whereRef('crew.site_id', '=', 'excluded.site_id'),
    )
    .returning('id')
    .execute();
export const officesOf = (tx: Tx, siteIds: number[]) =>
  db(tx)
    .selectFrom('office')
    .select(['site_id', 'phone'])
    .where('site_id', '=', sql<number>`any(${siteIds}::int[])`)
    .execute();
export const saveOffices = (tx: Tx, rows: Insertable<DB['office']>[]) =>
  db(tx)
    .insertInto('office')
    .values(rows)
    .onConflict((c) =>
      c.column('site_id').doUpdateSet((e) => ({
        phone: e.ref('excluded.phone'),
        changed_by: e.ref('excluded.changed_by'),
        changed_at: e.ref('excluded.changed_at'),
      })),
    )
    .execute();

// ---- filings

/** Opens what is not open yet; several may do it at once. @returns how many were opened */
export async function openFilings(tx: Tx, rows: Insertable<DB['filing']>[]): Promise<number> {
  let opened = 0;
  for (let from = 0; from < rows.length; from += 500)
    opened += (
      await db(tx)
        .insertInto('filing')
        .values(rows.slice(from, from + 500))
        .onConflict((c) => c.columns(['form_code', 'node_id', 'day']).doNothing())
        .returning('id')
        .execute()
    ).length;
  return opened;
}
/** Of these places, or of all. */
export const filingsOn = (
  tx: Tx,
  formCode: string,
  day: string,
  nodeIds: readonly number[] | null = null,
): Promise<FilingRecord[]> =>
  db(tx)
    .selectFrom('filing')
    .selectAll()
    .where('form_code', '=', formCode)
    .where('day', '=', day)
    .$if(nodeIds !== null, (q) => q.where('node_id', '=', sql<number>`any(${nodeIds}::int[])`))
    .execute();
export const filingsBetween = (tx: Tx, formCode: string, from: string, to: string) =>
  db(tx)
    .selectFrom('filing')
    .select(['node_id', 'unit_id', 'day', 'state', 'late', 'due_at', 'amended', 'heads'])
    .where('form_code', '=', formCode)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute();
export const filingById = (tx: Tx, id: string): Promise<FilingRecord | undefined> =>
  db(tx).selectFrom('filing').selectAll().where('id', '=', id).executeTakeFirst();
export const filingsByIds = (tx: Tx, ids: string[]): Promise<FilingRecord[]> =>
  db(tx).selectFrom('filing').selectAll().where('id', '=', sql<string>`any(${ids}::uuid[])`).execute();
export const lockFiling = (tx: Tx, id: string): Promise<FilingRecord | undefined> =>
  db(tx).selectFrom('filing').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const lockFilingOf = (
  tx: Tx,
  formCode: string,
  nodeId: number,
  day: string,
): Promise<FilingRecord | undefined> =>
  db(tx)
    .selectFrom('filing')
    .selectAll()
    .where('form_code', '=', formCode)
    .where('node_id', '=', nodeId)
    .where('day', '=', day)
    .forUpdate()
    .executeTakeFirst();
/** A unit's day of a form, locked. */
export const lockFilingsOf = (tx: Tx, formCode: string, unitId: number, day: string) =>
  db(tx)
    .selectFrom('filing')
    .select('id')
    .where('form_code', '=', formCode)
    .where('unit_id', '=', unitId)
    .where('day', '=', day)
    .orderBy('id')
    .forUpdate()
    .execute();
export const filingsAt = (tx: Tx, nodeIds: number[], days: string[]): Promise<FilingRecord[]> =>
  db(tx)
    .selectFrom('filing')
    .selectAll()
    .where('node_id', '=', sql<number>`any(${nodeIds}::int[])`)
    .where('day', '=', sql<string>`any(${days}::text[])`)
    .execute();
/** Of these places, on days of a period, the latest first. */
export const filingsOfPlaces = (tx: Tx, nodeIds: number[], from: string, to: string): Promise<FilingRecord[]> =>
  db(tx)
    .selectFrom('filing')
    .selectAll()
    .where('node_id', '=', sql<number>`any(${nodeIds}::int[])`)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day', 'desc')
    .execute();
export const patchFiling = (tx: Tx, id: string, set: Updateable<DB['filing']>) =>
  db(tx).updateTable('filing').set(set).where('id', '=', id).execute();
export const patchFilings = (tx: Tx, ids: string[], set: Updateable<DB['filing']>) =>
  db(tx).updateTable('filing').set(set).where('id', '=', sql<string>`any(${ids}::uuid[])`).execute();

/** Marks it as chased now, unless that was done since `before`. @returns nothing where it was */
export const claimChase = (tx: Tx, id: string, now: Date, before: Date) =>
  db(tx)
    .updateTable('filing')
    .set({ chased_at: now })
    .where('id', '=', id)
    .where((e) => e.or([e('chased_at', 'is', null), e('chased_at', '<=', before)]))
    .returning('id')
    .executeTakeFirst();
/** What is not due yet and nobody has answered is asked no more. @returns how many */
export const withdrawOpen = async (tx: Tx, formCode: string, now: Date): Promise<number> =>
  Number(
    (
      await db(tx)
        .deleteFrom('filing')
        .where('form_code', '=', formCode)
        .where('state', '=', 'open')
        .where('due_at', '>', now)
        .executeTakeFirst()
    ).numDeletedRows,
  );

/** The latest days of a place before a day, with what stood: newest first, by which of those asked it is (from 1). */
export const lastReports = preparedStatement<{
  asked: string;
  day: string;
  content: { values: Record<string, unknown> };
  crews: { id: string }[];
  heads: number | null;
}>(
  'reports',
  'last_reports',
  `select asked.i as asked, f.day, jsonb_build_object('values', v.content->'values') as content,
     v.content->'crews' as crews, f.heads
   from unnest($1::int[], $2::text[], $3::text[]) with ordinality as asked(node_id, form_code, day, i)
   cross join lateral (
     select day, current_id, heads from reports.filing x
     where x.node_id = asked.node_id and x.form_code = asked.form_code and x.day < asked.day and x.current_id is not null
     order by x.day desc limit $4
   ) f
   join reports.version v on v.id = f.current_id
   order by asked.i, f.day desc`,
);

export const versionById = (tx: Tx, id: string): Promise<VersionRecord | undefined> =>
  db(tx).selectFrom('version').selectAll().where('id', '=', id).executeTakeFirst();
export const versionsByIds = (tx: Tx, ids: string[]): Promise<VersionRecord[]> =>
  db(tx).selectFrom('version').selectAll().where('id', '=', sql<string>`any(${ids}::uuid[])`).execute();
/** Which of these versions were made without a network. */
export const madeOffline = async (tx: Tx, ids: string[]): Promise<Set<string>> =>
  new Set(
    (
      await db(tx)
        .selectFrom('version')
        .select('id')
        .where('id', '=', sql<string>`any(${ids}::uuid[])`)
        .where('offline', '=', true)
        .execute()
    ).map((one) => one.id),
  );
export const versionsOf = (tx: Tx, filingId: string): Promise<VersionRecord[]> =>
  db(tx).selectFrom('version').selectAll().where('filing_id', '=', filingId).orderBy('no').execute();
export const insertVersion = (tx: Tx, row: Insertable<DB['version']>): Promise<{ id: string } | undefined> =>
  db(tx)
    .insertInto('version')
    .values(row)
    .onConflict((c) => c.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();

/** Of which nothing has come though it was due before; not told yet, or not told to their leaders yet. */
export const silentSince = (tx: Tx, dueBefore: Date, untold: 'noticed_at' | 'escalated_at', limit: number) =>
  db(tx)
    .selectFrom('filing')
    .selectAll()
    .where('state', '=', 'open')
    .where('locked_at', 'is', null)
    .where('due_at', '<=', dueBefore)
    .where(untold, 'is', null)
    .orderBy('due_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
export const lockDays = (tx: Tx, at: Date, limit: number) =>
  db(tx)
    .updateTable('filing')
    .set({ locked_at: at })
    .where(
      'id',
      'in',
      db(tx).selectFrom('filing').select('id').where('locked_at', 'is', null).where('locks_at', '<=', at).limit(limit),
    )
    .returning(['id', 'unit_id', 'node_id', 'day', 'form_code', 'state'])
    .execute();

// ---- approvals

export const approvalsOn = (tx: Tx, formCode: string, day: string): Promise<ApprovalRecord[]> =>
  db(tx).selectFrom('approval').selectAll().where('form_code', '=', formCode).where('day', '=', day).execute();
export const insertApproval = (tx: Tx, row: Insertable<DB['approval']>) =>
  db(tx)
    .insertInto('approval')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('unit_id')
    .executeTakeFirst();

/** Versions of a unit's day made after its approval. */
export const changedSince = async (tx: Tx, formCode: string, unitId: number, day: string, at: Date): Promise<number> =>
  Number(
    (
      await db(tx)
        .selectFrom('version')
        .innerJoin('filing', 'filing.id', 'version.filing_id')
        .select((e) => e.fn.countAll<string>().as('n'))
        .where('filing.form_code', '=', formCode)
        .where('filing.unit_id', '=', unitId)
        .where('filing.day', '=', day)
        .where('version.received_at', '>', at)
        .executeTakeFirstOrThrow()
    ).n,
  );

// ---- in bulk, for whoever makes a history without commands

const filled = (table: 'filing' | 'version' | 'approval') =>
  preparedStatement<never>(
    'reports',
    `fill_${table}`,
    `insert into reports.${table} select * from jsonb_populate_recordset(null::reports.${table}, $1::jsonb)`,
  );
const fillers = { filing: filled('filing'), version: filled('version'), approval: filled('approval') };

/** Rows whole, with every column. */
export async function insertHistory(
  tx: Tx,
  filings: FilingRecord[],
  versions: VersionRecord[],
  approvals: ApprovalRecord[],
): Promise<void> {
  for (const [table, rows] of [
    ['filing', filings],
    ['version', versions],
    ['approval', approvals],
  ] as const)
    for (let from = 0; from < rows.length; from += 2_000)
      await fillers[table](tx, [JSON.stringify(rows.slice(from, from + 2_000))]);
}
