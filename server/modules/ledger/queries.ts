import type { ExpressionBuilder, Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Scope } from '../requests/index.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('ledger');

export type EntryRecord = Selectable<DB['entry']>;
export type MeasureRecord = Selectable<DB['measure']>;
export type SeatRecord = Selectable<DB['seat']>;
export type VoteRecord = Selectable<DB['vote']>;

// ---- entries

export const lockEntry = (tx: Tx, id: string) =>
  db(tx).selectFrom('entry').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const entryById = (tx: Tx, id: string) =>
  db(tx).selectFrom('entry').selectAll().where('id', '=', id).executeTakeFirst();
/** The one that stands for this request. */
export const lockStanding = (tx: Tx, requestId: string) =>
  db(tx)
    .selectFrom('entry')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
/** The latest of a request, standing or closed: every reading of a thread asks it. */
export const latestOf = preparedStatement<Pick<EntryRecord, 'id' | 'state' | 'until_at'> & { may_object: boolean }>(
  'ledger',
  'latest_of',
  `select e.id, e.state, e.until_at, e.state = 'deferred' and exists (
     select from ledger.measure m where m.entry_id = e.id and m.kind = 'deferral' and m.state = 'in_force' and m.objected_at is null
   ) as may_object
   from ledger.entry e where e.request_id = $1 order by e.closed_at desc nulls first limit 1`,
);

export type NewEntry = Omit<
  EntryRecord,
  'voices' | 'state' | 'pending' | 'verdict' | 'deferrals' | 'until_at' | 'exit' | 'closed_at' | 'version'
>;
export const insertEntry = (tx: Tx, row: NewEntry) =>
  db(tx).insertInto('entry').values(row).returningAll().executeTakeFirstOrThrow();

export type EntryPatch = Partial<Omit<EntryRecord, 'id' | 'request_id' | 'opened_at' | 'version'>>;
/** Every change raises the version, so that a stale page is told. */
export const patchEntry = (tx: Tx, id: string, patch: EntryPatch) =>
  db(tx)
    .updateTable('entry')
    .set({ ...patch, version: sql`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Of these requests those with an entry that is not closed. */
export const standingOf = preparedStatement<{ request_id: string }>(
  'ledger',
  'standing_of',
  'select distinct request_id from ledger.entry where request_id = any($1::uuid[]) and closed_at is null',
);

/** Place, line and category as the request has them now; closed entries keep those they ended with. */
export const moveEntries = (
  tx: Tx,
  requestId: string,
  place: Pick<
    EntryRecord,
    'unit_id' | 'site_id' | 'line_id' | 'lead_unit_id' | 'category_id' | 'first_category_id' | 'class'
  >,
) =>
  db(tx).updateTable('entry').set(place).where('request_id', '=', requestId).where('closed_at', 'is', null).execute();

// ---- the queue

export interface LedgerFilter {
  scopes: Scope[];
  /** Entries before panels this person sits on. */
  seatOf: string | null;
  view: string;
  /** For the view `mine`: entries of these lines and places are theirs to act on, or to decide. */
  /** `decidesUnitless`: what names no unit waits for them. */
  mine: { handles: Scope[]; decides: number[]; decidesUnitless: boolean; desk: Scope[]; votes: string | null };
  unitIds?: number[];
  siteIds?: number[];
  lineId?: number;
  categoryId?: number;
  source?: string;
  openedBefore?: Date;
  reopens?: number;
  smallSites: number[];
  after?: { at: Date; id: string };
  limit: number;
}

type Row = ExpressionBuilder<DB, 'entry'>;

function place(e: Row, scope: Scope) {
  switch (scope.kind) {
    case 'everywhere':
      return e.lit(true);
    case 'units':
      return scope.ids.length === 0 ? e.lit(false) : e('unit_id', 'in', scope.ids);
    case 'sites':
      return scope.ids.length === 0 ? e.lit(false) : e('site_id', 'in', scope.ids);
    case 'line':
      return scope.units === 'headOffice'
        ? e.and([e('line_id', '=', scope.lineId), e('lead_unit_id', 'is', null)])
        : scope.units.length === 0
          ? e.lit(false)
          : e.and([e('line_id', '=', scope.lineId), e('lead_unit_id', 'in', scope.units)]);
    case 'registrar':
      return e.lit(false);
  }
}

/** Without what would be found by what its row does not show: being found tells it, and so does a count (rules 6). */
function visible(e: Row, scope: Scope, filter: LedgerFilter) {
  const conditions = [place(e, scope)];
  const small = scope.hides.includes('site') ? filter.smallSites.filter((id) => filter.siteIds?.includes(id)) : [];
  if (small.length > 0)
    conditions.push(e.not(e.and([e('confidentiality', '=', 'confidential'), e('site_id', 'in', small)])));
  if (filter.categoryId && scope.hides.includes('healthCategory'))
    conditions.push(e.or([e('class', '!=', 'health'), e('first_category_id', '=', filter.categoryId)]));
  return e.and(conditions);
}

const seatedOn = (account: string, unvoted: boolean) =>
  sql<boolean>`exists (select from ledger.measure m join ledger.seat s on s.measure_id = m.id
    where m.entry_id = entry.id and s.account_id = ${account} and s.left_at is null
      ${
        unvoted
          ? sql`and m.state = 'proposed' and not exists (select from ledger.vote v where v.measure_id = m.id and v.account_id = ${account})`
          : sql``
      })`;

function inView(e: Row, filter: LedgerFilter) {
  const { mine } = filter;
  switch (filter.view) {
    case 'mine':
      return e.and([
        e('closed_at', 'is', null),
        e.or([
          e.and([
            e('state', '=', 'open'),
            e('pending', 'is', null),
            e.or([
              e.lit(false),
              ...mine.handles.map((s) => place(e, s)),
              // No line ever had it: the desk that answered.
              ...mine.desk.map((s) => e.and([place(e, s), e('line_id', 'is', null)])),
            ]),
          ]),
          mine.decides.length > 0
            ? e.and([e('pending', 'in', ['deferral', 'explanation']), e('unit_id', 'in', mine.decides)])
            : e.lit(false),
          mine.decidesUnitless
            ? e.and([e('pending', 'in', ['deferral', 'explanation']), e('unit_id', 'is', null)])
            : e.lit(false),
          e.and([
            e('pending', '=', 'handover'),
            e.or([
              ...mine.desk.map((s) => place(e, s)),
              mine.decides.length > 0 ? e('unit_id', 'in', mine.decides) : e.lit(false),
            ]),
          ]),
          mine.votes ? seatedOn(mine.votes, true) : e.lit(false),
        ]),
      ]);
    case 'standing':
      return e('closed_at', 'is', null);
    case 'open':
      return e('state', '=', 'open');
    case 'pending':
      return e.and([e('closed_at', 'is', null), e('pending', 'is not', null)]);
    // Also what another line of the group has taken over and works on.
    case 'handed_over':
      return e.and([
        e('closed_at', 'is', null),
        sql<boolean>`exists (select from ledger.measure m where m.entry_id = entry.id and m.kind = 'handover' and m.state = 'in_force')`,
      ]);
    case 'deferred':
    case 'judging':
      return e('state', '=', filter.view);
    case 'redone':
    case 'explained':
    case 'judged':
      return e('exit', '=', filter.view);
    case 'withdrawn':
      return e('exit', 'in', ['withdrawn', 'sealed']);
    default:
      return e.lit(true);
  }
}

/** Views of what has ended, newest first. */
export const closedViews: ReadonlySet<string> = new Set(['redone', 'explained', 'judged', 'withdrawn']);

function filtered(tx: Tx, filter: LedgerFilter) {
  let query = db(tx)
    .selectFrom('entry')
    .where((e) =>
      e.or([
        ...filter.scopes.map((scope) => visible(e as Row, scope, filter)),
        // Whoever judges reads a first-level category of what is health and the unit of a small site: no filter finds more.
        filter.seatOf && !filter.siteIds && !filter.categoryId ? seatedOn(filter.seatOf, false) : e.lit(false),
      ]),
    )
    .where((e) => inView(e as Row, filter));
  if (filter.unitIds) query = query.where('unit_id', 'in', filter.unitIds);
  if (filter.siteIds) query = query.where('site_id', 'in', filter.siteIds);
  if (filter.lineId) query = query.where('line_id', '=', filter.lineId);
  if (filter.categoryId)
    query = query.where((e) =>
      e.or([e('category_id', '=', filter.categoryId!), e('first_category_id', '=', filter.categoryId!)]),
    );
  if (filter.source)
    query = query.where((e) => e.or([e('source', '=', filter.source!), e('last_source', '=', filter.source!)]));
  if (filter.openedBefore) query = query.where('opened_at', '<=', filter.openedBefore);
  if (filter.reopens) query = query.where('reopens', '>=', filter.reopens);
  return query;
}

/** Oldest first; what has ended, newest first. */
export function listEntries(tx: Tx, filter: LedgerFilter): Promise<EntryRecord[]> {
  const closed = closedViews.has(filter.view);
  const column = closed ? 'closed_at' : 'opened_at';
  const query = filtered(tx, filter)
    .selectAll()
    .orderBy(column, closed ? 'desc' : 'asc')
    .orderBy('id', closed ? 'desc' : 'asc')
    .limit(filter.limit);
  if (!filter.after) return query.execute();
  const { at, id } = filter.after;
  return query
    .where(sql<boolean>`(${sql.ref(column)}, id) ${sql.raw(closed ? '<' : '>')} (${at}::timestamptz, ${id}::uuid)`)
    .execute();
}

/** One count for each filter, no further than `most`. */
export async function countEntries(tx: Tx, filters: LedgerFilter[], most: number): Promise<number[]> {
  const counts = filters.map((filter) =>
    filter.scopes.length === 0 && !filter.seatOf
      ? sql`0`
      : sql`(select count(*)::int from (${filtered(tx, filter).select(sql`1`.as('one')).limit(most)}) as counted)`,
  );
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}]::int[] as counts`.execute(db(tx));
  return rows[0]!.counts;
}

// ---- measures

const nextNumber = preparedStatement<{ last: number }>(
  'ledger',
  'next_number',
  `insert into ledger.counter as c (year, last) values ($1, 1)
   on conflict (year) do update set last = c.last + 1 returning last`,
);

export type NewMeasure = Pick<MeasureRecord, 'id' | 'entry_id' | 'kind' | 'state' | 'proposed_at'> &
  Partial<Omit<MeasureRecord, 'year' | 'no'>>;
/** With the next number of its year: the row of the counter is held until the transaction ends, so there are no gaps. */
export async function insertMeasure(tx: Tx, year: number, row: NewMeasure): Promise<MeasureRecord> {
  const [counter] = await nextNumber(tx, [year]);
  return db(tx)
    .insertInto('measure')
    .values({ ...row, year, no: counter!.last })
    .returningAll()
    .executeTakeFirstOrThrow();
}
export const measureById = (tx: Tx, id: string) =>
  db(tx).selectFrom('measure').selectAll().where('id', '=', id).executeTakeFirst();
export const lockMeasure = (tx: Tx, id: string) =>
  db(tx).selectFrom('measure').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const measuresOf = (tx: Tx, entryId: string) =>
  db(tx)
    .selectFrom('measure')
    .selectAll()
    .where('entry_id', '=', entryId)
    .orderBy('proposed_at')
    .orderBy('no')
    .execute();
export const patchMeasure = (tx: Tx, id: string, patch: Partial<MeasureRecord>) =>
  db(tx).updateTable('measure').set(patch).where('id', '=', id).execute();
/** What still waits or runs on an entry is over: the person has spoken, or time has. */
export const endMeasures = (tx: Tx, entryId: string, kinds: string[], at: Date) =>
  db(tx)
    .updateTable('measure')
    .set((e) => ({ state: 'ended', decided_at: e.fn.coalesce('decided_at', e.val(at)) }))
    .where('entry_id', '=', entryId)
    .where('kind', 'in', kinds)
    .where('state', 'in', ['proposed', 'in_force'])
    .execute();
/** The signed explanation of a request, on whichever of its entries. */
export const signedExplanation = (tx: Tx, requestId: string) =>
  db(tx)
    .selectFrom('measure')
    .innerJoin('entry', 'entry.id', 'measure.entry_id')
    .selectAll('measure')
    .where('entry.request_id', '=', requestId)
    .where('measure.kind', '=', 'explanation')
    .where('measure.state', '=', 'in_force')
    .orderBy('measure.decided_at', 'desc')
    .executeTakeFirst();

/** Whoever proposed or decided anything on a request's entries took part. */
export const partakers = preparedStatement<{ account_id: string }>(
  'ledger',
  'partakers',
  `select distinct x.account_id from ledger.entry e join ledger.measure m on m.entry_id = e.id
   cross join lateral (values (m.proposed_by), (m.decided_by)) x (account_id)
   where e.request_id = $1 and x.account_id is not null`,
);

/** And whoever sits, or voted, on one of its panels: they judge what was done and ask nobody how it was. */
export const judges = preparedStatement<{ account_id: string }>(
  'ledger',
  'judges',
  `select s.account_id from ledger.entry e join ledger.measure m on m.entry_id = e.id join ledger.seat s on s.measure_id = m.id
   where e.request_id = $1 and (s.left_at is null
     or exists (select from ledger.vote v where v.measure_id = s.measure_id and v.account_id = s.account_id))`,
);

// ---- panels

export const seatsOf = (tx: Tx, measureIds: string[]) =>
  measureIds.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('seat')
        .selectAll()
        .where('measure_id', 'in', measureIds)
        .orderBy('at')
        .orderBy('label')
        .execute();
export const insertSeats = (tx: Tx, rows: Omit<SeatRecord, 'left_at'>[]) =>
  rows.length === 0
    ? Promise.resolve()
    : db(tx)
        .insertInto('seat')
        .values(rows)
        .onConflict((c) => c.doNothing())
        .execute();
/** `at` null: stays after all. */
export const leaveSeat = (tx: Tx, measureId: string, accountId: string, at: Date | null) =>
  db(tx)
    .updateTable('seat')
    .set({ left_at: at })
    .where('measure_id', '=', measureId)
    .where('account_id', '=', accountId)
    .execute();
export const votesOf = (tx: Tx, measureIds: string[]) =>
  measureIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('vote').selectAll().where('measure_id', 'in', measureIds).orderBy('at').execute();
export const insertVote = (tx: Tx, row: VoteRecord) => db(tx).insertInto('vote').values(row).execute();
/** Panels that wait: with too few members, or with one who has not voted since. */
export const waitingPanels = (tx: Tx, seatedBefore: Date, limit: number) =>
  db(tx)
    .selectFrom('measure')
    .select('id')
    .where('kind', '=', 'panel')
    .where('state', '=', 'proposed')
    .where(
      sql<boolean>`((select count(*) from ledger.seat s where s.measure_id = measure.id and s.left_at is null) < 3
        or exists (select from ledger.seat s where s.measure_id = measure.id and s.left_at is null and s.at < ${seatedBefore}
          and not exists (select from ledger.vote v where v.measure_id = s.measure_id and v.account_id = s.account_id)))`,
    )
    .limit(limit)
    .execute();

// ---- time

export const deferralsOver = (tx: Tx, now: Date, limit: number) =>
  db(tx)
    .selectFrom('entry')
    .select('id')
    .where('state', '=', 'deferred')
    .where('until_at', '<=', now)
    .orderBy('until_at')
    .limit(limit)
    .execute();
/** Handed over outside the group, and the day has come on which the person is to be asked. */
export const toBeAsked = (tx: Tx, now: Date, limit: number) =>
  db(tx)
    .selectFrom('entry')
    .selectAll()
    .where('state', '=', 'handed_over')
    .where('until_at', '<=', now)
    .orderBy('until_at')
    .limit(limit)
    .execute();

// ---- repeats and escalations

export const insertRepeat = (tx: Tx, row: { request_id: string; first_request_id: string; at: Date }) =>
  db(tx)
    .insertInto('repeat')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('request_id')
    .executeTakeFirst();
export const repeatsOf = async (tx: Tx, firstIds: string[]): Promise<Map<string, number>> =>
  firstIds.length === 0
    ? new Map()
    : new Map(
        (
          await db(tx)
            .selectFrom('repeat')
            .select((e) => ['first_request_id', e.fn.countAll<number>().as('n')])
            .where('first_request_id', 'in', firstIds)
            .groupBy('first_request_id')
            .execute()
        ).map((row) => [row.first_request_id, Number(row.n)]),
      );
/** The request itself is a repeat of, and those that repeat it. */
export const relatedOf = preparedStatement<{ id: string }>(
  'ledger',
  'related_of',
  `select first_request_id as id from ledger.repeat where request_id = $1
   union select request_id from ledger.repeat where first_request_id = $1`,
);
/** The newest request that repeats this one. */
export const latestRepeat = preparedStatement<{ request_id: string }>(
  'ledger',
  'latest_repeat',
  'select request_id from ledger.repeat where first_request_id = $1 order by at desc, request_id desc limit 1',
);
export const firstOf = preparedStatement<{ first_request_id: string }>(
  'ledger',
  'first_of',
  'select first_request_id from ledger.repeat where request_id = $1',
);

/** @returns true the first time only */
export const noteEscalation = async (tx: Tx, requestId: string, step: string, at: Date): Promise<boolean> =>
  Boolean(
    await db(tx)
      .insertInto('escalation')
      .values({ request_id: requestId, step, at })
      .onConflict((c) => c.doNothing())
      .returning('step')
      .executeTakeFirst(),
  );
export const escalationsOf = (tx: Tx, requestId: string) =>
  db(tx).selectFrom('escalation').selectAll().where('request_id', '=', requestId).orderBy('at').execute();

export const eraseWords = (tx: Tx, requestId: string) => sql`select ledger.erase_words(${requestId})`.execute(db(tx));

// ---- a history made beforehand (the demo world)

const bulk = (table: string, columns: string) =>
  preparedStatement(
    'ledger',
    `bulk_${table}`,
    `insert into ledger.${table} (${columns}) select ${columns} from json_populate_recordset(null::ledger.${table}, $1)`,
  );
const bulkEntries = bulk(
  'entry',
  `id, request_id, opened_at, source, last_at, last_source, voices, reopens, state, pending, verdict, deferrals, until_at, exit, closed_at,
   unit_id, site_id, line_id, lead_unit_id, category_id, first_category_id, class, confidentiality, version`,
);
const bulkMeasures = bulk(
  'measure',
  `id, entry_id, kind, year, no, state, proposed_at, proposed_by, proposed_label, about, reason, plan, until_at, receiver, receiver_line_id,
   receiver_unit_id, received_by, received_at, clause, contact_entry_id, contact_at, objected_at, decided_at, decided_by, decided_label, decision`,
);
const bulkSeats = bulk('seat', 'measure_id, account_id, label, at, left_at');
const bulkVotes = bulk('vote', 'measure_id, account_id, at, given, reason');
const bulkEscalations = bulk('escalation', 'request_id, step, at');
const bulkRepeats = bulk('repeat', 'request_id, first_request_id, at');
const setCounter = preparedStatement(
  'ledger',
  'set_counter',
  `insert into ledger.counter as c (year, last) values ($1, $2) on conflict (year) do update set last = greatest(c.last, $2)`,
);

export interface LedgerHistory {
  entries: EntryRecord[];
  measures: MeasureRecord[];
  seats: SeatRecord[];
  votes: VoteRecord[];
  escalations: Selectable<DB['escalation']>[];
  repeats: Selectable<DB['repeat']>[];
}

/** Rows as the commands would have left them, many at once. */
export async function insertHistory(tx: Tx, rows: LedgerHistory): Promise<void> {
  await bulkEntries(tx, [JSON.stringify(rows.entries)]);
  await bulkMeasures(tx, [JSON.stringify(rows.measures)]);
  await bulkSeats(tx, [JSON.stringify(rows.seats)]);
  await bulkVotes(tx, [JSON.stringify(rows.votes)]);
  await bulkEscalations(tx, [JSON.stringify(rows.escalations)]);
  await bulkRepeats(tx, [JSON.stringify(rows.repeats)]);
  const last = new Map<number, number>();
  for (const { year, no } of rows.measures) last.set(year, Math.max(last.get(year) ?? 0, no));
  for (const [year, no] of last) await setCounter(tx, [year, no]);
}

/** Standing and ended entries by state and exit, for the reconciliation: entries = standing + ended (by exit). */
export async function tallyEntries(
  tx: Tx,
): Promise<{ all: number; standing: Map<string, number>; ended: Map<string, number> }> {
  const { rows } = await sql<{ state: string; exit: string | null; n: number }>`
    select state, exit, count(*)::int as n from ledger.entry group by state, exit`.execute(db(tx));
  const standing = new Map<string, number>();
  const ended = new Map<string, number>();
  for (const row of rows) {
    if (row.exit === null) standing.set(row.state, (standing.get(row.state) ?? 0) + row.n);
    else ended.set(row.exit, (ended.get(row.exit) ?? 0) + row.n);
  }
  return { all: rows.reduce((sum, row) => sum + row.n, 0), standing, ended };
}
