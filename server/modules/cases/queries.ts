import type { Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('cases');

export type CaseRecord = Selectable<DB['case_file']>;
export type AskRecord = Selectable<DB['ask']>;

export const lockCase = (tx: Tx, id: string) =>
  db(tx).selectFrom('case_file').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
/** A case and what is asked for it, in one statement: every reading of a thread asks it. */
export const caseWithAsk = preparedStatement<
  Pick<CaseRecord, 'state' | 'arbitrated' | 'returns' | 'extended'> & {
    ask_id: string | null;
    ask_kind: string;
    asked_by: string;
    asked_by_label: string;
    asked_at: Date;
    until_at: Date;
    ask_text: string;
    /** Minutes granted for suspensions, all together. */
    suspended: number;
  }
>(
  'cases',
  'with_ask',
  `select c.state, c.arbitrated, c.returns, c.extended, a.id as ask_id, a.kind as ask_kind, a.asked_by, a.asked_by_label, a.asked_at,
     a.until_at, a.text as ask_text,
     (select coalesce(round(extract(epoch from sum(s.until_at - s.decided_at)) / 60), 0)::int from cases.ask s
       where s.case_id = c.id and s.kind = 'suspension' and s.approved) as suspended
   from cases.case_file c left join cases.ask a on a.case_id = c.id and a.decided_at is null where c.id = $1`,
);

export interface NewCase {
  id: string;
  state: string;
  line_id: number;
  lead_unit_id: number | null;
  priority: string;
  arbitrated: boolean;
  returns: number;
  dispatched_at: Date;
  created_at: Date;
}
export const insertCase = (tx: Tx, row: NewCase) => db(tx).insertInto('case_file').values(row).execute();
export type CasePatch = Partial<Omit<CaseRecord, 'id' | 'version' | 'created_at'>>;
export const patchCase = (tx: Tx, id: string, patch: CasePatch) =>
  db(tx)
    .updateTable('case_file')
    .set({ ...patch, version: sql`version + 1` })
    .where('id', '=', id)
    .execute();

export const insertHand = (
  tx: Tx,
  row: {
    case_id: string;
    account_id: string;
    did: string;
    line_id: number | null;
    home_node_id: number | null;
    at: Date;
  },
) =>
  db(tx)
    .insertInto('hand')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
export const handsOf = (tx: Tx, caseId: string) =>
  db(tx).selectFrom('hand').selectAll().where('case_id', '=', caseId).execute();

export const insertAssignment = (
  tx: Tx,
  row: {
    id: string;
    case_id: string;
    line_id: number;
    lead_unit_id: number | null;
    assigned_by: string | null;
    at: Date;
  },
) => db(tx).insertInto('assignment').values(row).execute();
export const endAssignment = (tx: Tx, caseId: string, at: Date, reason: string) =>
  db(tx)
    .updateTable('assignment')
    .set({ ended_at: at, return_reason: reason })
    .where('case_id', '=', caseId)
    .where('ended_at', 'is', null)
    .execute();
export const assignmentsOf = (tx: Tx, caseId: string) =>
  db(tx).selectFrom('assignment').selectAll().where('case_id', '=', caseId).orderBy('at').execute();

export const insertAsk = (
  tx: Tx,
  row: {
    id: string;
    case_id: string;
    kind: string;
    asked_by: string;
    asked_by_label: string;
    asked_at: Date;
    until_at: Date;
    reason_code: string;
    text: string;
  },
) => db(tx).insertInto('ask').values(row).execute();
export const pendingAsk = (tx: Tx, caseId: string) =>
  db(tx).selectFrom('ask').selectAll().where('case_id', '=', caseId).where('decided_at', 'is', null).executeTakeFirst();
/** Milliseconds for which suspensions of this case were granted, all together. */
export const suspendedSoFar = async (tx: Tx, caseId: string): Promise<number> => {
  const rows = await db(tx)
    .selectFrom('ask')
    .select(['decided_at', 'until_at'])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'suspension')
    .where('approved', '=', true)
    .execute();
  return rows.reduce((sum, row) => sum + row.until_at.getTime() - row.decided_at!.getTime(), 0);
};
export const caseOfAsk = async (tx: Tx, id: string): Promise<string | undefined> =>
  (await db(tx).selectFrom('ask').select('case_id').where('id', '=', id).executeTakeFirst())?.case_id;
export const lockAsk = (tx: Tx, id: string) =>
  db(tx).selectFrom('ask').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
/** The work it was asked for is done, gone or with somebody else: nobody decides it any more. */
export const lapseAsk = (tx: Tx, caseId: string, at: Date) =>
  db(tx)
    .updateTable('ask')
    .set({ decided_at: at, approved: false })
    .where('case_id', '=', caseId)
    .where('decided_at', 'is', null)
    .execute();
export const eraseAsks = (tx: Tx, caseId: string) =>
  db(tx).updateTable('ask').set({ text: '' }).where('case_id', '=', caseId).execute();
export const decideAsk = (tx: Tx, id: string, by: string, at: Date, approved: boolean) =>
  db(tx).updateTable('ask').set({ decided_by: by, decided_at: at, approved }).where('id', '=', id).execute();
export const pendingAsks = (tx: Tx, unitIds: number[] | null, headOffice: boolean) =>
  db(tx)
    .selectFrom('ask')
    .innerJoin('case_file', 'case_file.id', 'ask.case_id')
    .selectAll('ask')
    .select(['case_file.line_id', 'case_file.lead_unit_id'])
    .select(
      sql<number>`(select coalesce(round(extract(epoch from sum(s.until_at - s.decided_at)) / 60), 0)::int from cases.ask s
        where s.case_id = ask.case_id and s.kind = 'suspension' and s.approved)`.as('suspended'),
    )
    .where('ask.decided_at', 'is', null)
    .where((e) =>
      e.or([
        headOffice ? e.lit(true) : e.lit(false),
        ...(unitIds && unitIds.length > 0 ? [e('case_file.lead_unit_id', 'in', unitIds)] : []),
      ]),
    )
    .orderBy('ask.asked_at')
    .limit(200)
    .execute();

export const unaccepted = (tx: Tx, before: { urgent: Date; other: Date }, limit: number) =>
  db(tx)
    .selectFrom('case_file')
    .select('id')
    .where('state', '=', 'dispatched')
    .where('silently_accepted', '=', false)
    .where((e) =>
      e.or([
        e.and([e('priority', '=', 'urgent'), e('dispatched_at', '<', before.urgent)]),
        e('dispatched_at', '<', before.other),
      ]),
    )
    .orderBy('dispatched_at')
    .limit(limit)
    .execute();
export const suspensionsOver = (tx: Tx, now: Date, limit: number) =>
  db(tx)
    .selectFrom('case_file')
    .select('id')
    .where('state', '=', 'suspended')
    .where('suspended_until', '<=', now)
    .limit(limit)
    .execute();

// ---- a history made beforehand (the demo world)

export type HandRecord = Selectable<DB['hand']>;
export type AssignmentRecord = Selectable<DB['assignment']>;

const bulk = (table: string, columns: string) =>
  preparedStatement(
    'cases',
    `bulk_${table}`,
    `insert into cases.${table} (${columns}) select ${columns} from json_populate_recordset(null::cases.${table}, $1)`,
  );
const bulkCases = bulk(
  'case_file',
  `id, state, line_id, lead_unit_id, priority, arbitrated, returns, extended, handler_id, handler_label, dispatched_at, accepted_at,
   silently_accepted, suspended_at, suspended_until, handled_at, solution, created_at, version`,
);
const bulkHands = bulk('hand', 'case_id, account_id, did, line_id, home_node_id, at');
const bulkAssignments = bulk(
  'assignment',
  'id, case_id, line_id, lead_unit_id, assigned_by, at, ended_at, return_reason',
);
const bulkAsks = bulk(
  'ask',
  'id, case_id, kind, asked_by, asked_by_label, asked_at, until_at, reason_code, text, decided_by, decided_at, approved',
);

/** Rows as the commands would have left them, many at once. */
export async function insertHistory(
  tx: Tx,
  rows: { cases: CaseRecord[]; hands: HandRecord[]; assignments: AssignmentRecord[]; asks: AskRecord[] },
): Promise<void> {
  await bulkCases(tx, [JSON.stringify(rows.cases)]);
  await bulkHands(tx, [JSON.stringify(rows.hands)]);
  await bulkAssignments(tx, [JSON.stringify(rows.assignments)]);
  await bulkAsks(tx, [JSON.stringify(rows.asks)]);
}

export const casesOf = (tx: Tx, ids: string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('case_file').selectAll().where('id', 'in', ids).execute();
