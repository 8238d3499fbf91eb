import type { Insertable, Selectable } from 'kysely';
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

export const insertAsk = (tx: Tx, row: Omit<AskRecord, 'decided_by' | 'decided_at' | 'approved'>) =>
  db(tx).insertInto('ask').values(row).execute();
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

// ---- parts of the work that other lines do

export type PartRecord = Selectable<DB['part']>;
const openPart = ['asked', 'accepted', 'in_progress'] as const;

export const insertParts = (tx: Tx, rows: Insertable<DB['part']>[]) =>
  rows.length === 0 ? Promise.resolve([]) : db(tx).insertInto('part').values(rows).execute();
export const partById = (tx: Tx, id: string) =>
  db(tx).selectFrom('part').selectAll().where('id', '=', id).executeTakeFirst();
export const partsOf = preparedStatement<PartRecord>(
  'cases',
  'parts_of',
  'select * from cases.part where case_id = $1 order by asked_at, id',
);
export const patchPart = (
  tx: Tx,
  id: string,
  patch: Partial<Omit<PartRecord, 'id' | 'case_id' | 'due' | 'contact_due'>>,
) =>
  db(tx)
    .updateTable('part')
    .set({ ...patch, version: sql`version + 1` })
    .where('id', '=', id)
    .execute();
export const eraseParts = (tx: Tx, caseId: string) =>
  db(tx).updateTable('part').set({ task: '' }).where('case_id', '=', caseId).execute();

/** Posts as pairs; a null unit is head office. */
export interface PostPair {
  lineId: number;
  unitId: number | null;
}
const atPosts = (posts: readonly PostPair[]) =>
  sql<boolean>`(line_id, coalesce(unit_id, 0)) in (select * from unnest(${posts.map((one) => one.lineId)}::int[], ${posts.map((one) => one.unitId ?? 0)}::int[]))`;

export async function partsAt(
  tx: Tx,
  posts: readonly PostPair[],
  asked: { view: 'open' | 'late' | 'done'; now: Date; since: Date; after?: { at: Date; id: string }; limit: number },
): Promise<PartRecord[]> {
  if (posts.length === 0) return [];
  const done = asked.view === 'done';
  let query = db(tx).selectFrom('part').selectAll().where(atPosts(posts));
  query = done
    ? query.where('state', '=', 'done').where('done_at', '>=', asked.since)
    : query.where('state', 'in', openPart).$if(asked.view === 'late', (q) => q.where('due', '<', asked.now));
  const column = done ? 'done_at' : 'due';
  if (asked.after)
    query = query.where(
      sql<boolean>`(${sql.ref(column)}, id) ${sql.raw(done ? '<' : '>')} (${asked.after.at}::timestamptz, ${asked.after.id}::uuid)`,
    );
  const direction = done ? 'desc' : 'asc';
  return query.orderBy(column, direction).orderBy('id', direction).limit(asked.limit).execute();
}
export async function countOpenParts(
  tx: Tx,
  posts: readonly PostPair[],
  now: Date,
): Promise<{ open: number; late: number }> {
  if (posts.length === 0) return { open: 0, late: 0 };
  const { open, late } = await db(tx)
    .selectFrom('part')
    .select((e) => [
      e.fn.countAll<string>().as('open'),
      e.fn.countAll<string>().filterWhere('due', '<', now).as('late'),
    ])
    .where('state', 'in', openPart)
    .where(atPosts(posts))
    .executeTakeFirstOrThrow();
  return { open: Number(open), late: Number(late) };
}

/** Which of a line's parts a figure counts; lateness is against the due that was set once. */
const partFigure = {
  asked: sql<boolean>`true`,
  onTime: sql<boolean>`state = 'done' and done_at <= due`,
  open: sql<boolean>`state in ('asked', 'accepted', 'in_progress')`,
  released: sql<boolean>`state = 'released'`,
};
const lateAt = (now: Date) => sql<boolean>`coalesce(done_at, released_at, ${now}) > due`;
export type PartFigure = keyof typeof partFigure | 'late';

export const partFiguresSince = async (tx: Tx, since: Date, now: Date) =>
  (
    await db(tx)
      .selectFrom('part')
      .select((e) => [
        'line_id',
        e.fn.countAll<string>().as('asked'),
        sql<string>`count(*) filter (where ${partFigure.onTime})`.as('on_time'),
        sql<string>`count(*) filter (where ${lateAt(now)})`.as('late'),
        sql<string>`count(*) filter (where ${partFigure.open})`.as('open'),
        sql<string>`count(*) filter (where ${partFigure.released})`.as('released'),
      ])
      .where('asked_at', '>=', since)
      .groupBy('line_id')
      .orderBy('line_id')
      .execute()
  ).map((row) => ({
    lineId: row.line_id,
    asked: Number(row.asked),
    onTime: Number(row.on_time),
    late: Number(row.late),
    open: Number(row.open),
    released: Number(row.released),
  }));
export const partsBehind = (tx: Tx, lineId: number, which: PartFigure, since: Date, now: Date) =>
  db(tx)
    .selectFrom('part')
    .selectAll()
    .where('line_id', '=', lineId)
    .where('asked_at', '>=', since)
    .where(which === 'late' ? lateAt(now) : partFigure[which])
    .orderBy('asked_at', 'desc')
    .execute();

// ---- a backup line takes over

export type TakeoverRecord = Selectable<DB['takeover']>;
export const insertTakeover = (tx: Tx, row: Insertable<DB['takeover']>) =>
  db(tx).insertInto('takeover').values(row).execute();
export const openTakeover = preparedStatement<TakeoverRecord>(
  'cases',
  'open_takeover',
  'select * from cases.takeover where case_id = $1 and ended_at is null',
);
export const endTakeover = (tx: Tx, caseId: string, at: Date, how: string) =>
  db(tx)
    .updateTable('takeover')
    .set({ ended_at: at, ended: how })
    .where('case_id', '=', caseId)
    .where('ended_at', 'is', null)
    .execute();
export const takeoverCounts = async (tx: Tx, since: Date) =>
  (
    await db(tx)
      .selectFrom('takeover')
      .select((e) => ['from_line_id', 'to_line_id', e.fn.countAll<string>().as('n')])
      .where('at', '>=', since)
      .groupBy(['from_line_id', 'to_line_id'])
      .execute()
  ).map((row) => ({ from: row.from_line_id, to: row.to_line_id, n: Number(row.n) }));
export const takeoversSince = (tx: Tx, since: Date, of: { lineId?: number; side?: 'relieved' | 'helped' }) =>
  db(tx)
    .selectFrom('takeover')
    .selectAll()
    .where('at', '>=', since)
    .$if(of.lineId !== undefined, (q) =>
      q.where((e) =>
        e.or([
          ...(of.side === 'helped' ? [] : [e('from_line_id', '=', of.lineId!)]),
          ...(of.side === 'relieved' ? [] : [e('to_line_id', '=', of.lineId!)]),
        ]),
      ),
    )
    .orderBy('at', 'desc')
    .execute();

/** Lines that ever had a hand in the case: those it was dispatched to and those that did a part. */
export const linesOf = async (tx: Tx, caseId: string): Promise<number[]> => [
  ...new Set([
    ...(await assignmentsOf(tx, caseId)).map((row) => row.line_id),
    ...(await partsOf(tx, [caseId])).map((row) => row.line_id),
  ]),
];

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

const bulkParts = bulk(
  'part',
  `id, case_id, line_id, unit_id, task, state, contact_due, due, asked_by, asked_by_label, asked_at, accepted_at, contacted_at, done_at,
   released_at, handler_id, handler_label, version`,
);
const bulkTakeovers = bulk(
  'takeover',
  'id, case_id, from_line_id, from_unit_id, to_line_id, to_unit_id, at, by, by_label, ended_at, ended',
);

/** Rows as the commands would have left them, many at once. */
export async function insertHistory(
  tx: Tx,
  rows: {
    cases: CaseRecord[];
    hands: HandRecord[];
    assignments: AssignmentRecord[];
    asks: AskRecord[];
    parts: PartRecord[];
    takeovers: TakeoverRecord[];
  },
): Promise<void> {
  await bulkCases(tx, [JSON.stringify(rows.cases)]);
  await bulkHands(tx, [JSON.stringify(rows.hands)]);
  await bulkAssignments(tx, [JSON.stringify(rows.assignments)]);
  await bulkAsks(tx, [JSON.stringify(rows.asks)]);
  await bulkParts(tx, [JSON.stringify(rows.parts)]);
  await bulkTakeovers(tx, [JSON.stringify(rows.takeovers)]);
}

export const casesOf = (tx: Tx, ids: string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('case_file').selectAll().where('id', 'in', ids).execute();
