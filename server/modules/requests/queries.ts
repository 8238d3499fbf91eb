import type { ExpressionBuilder, Selectable } from 'kysely';
import { type JournalEntry, journalColumns, journalNames, journalRow } from '../../platform/journal.ts';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import { siteKey, unitKey } from './search/keys.ts';
import { type Candidate, candidates } from './search/queries.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('requests');

export type RequestRecord = Selectable<DB['request']>;
export type EntryRecord = Selectable<DB['entry']>;
export type ContentRecord = Selectable<DB['content']>;

/** As JSON carries it to a `bytea`. */
const bytes = (value: Buffer | null): string | null => (value === null ? null : `\\x${value.toString('hex')}`);

export interface NewRequest {
  id: string;
  contact_id: string;
  channel: string;
  confidentiality: string;
  class: string;
  category_id: number;
  first_category_id: number;
  unit_id: number | null;
  /** Null only for an imported one whose unit alone is known. */
  site_id: number | null;
  stage_code: string | null;
  priority: string;
  requester_id: string | null;
  registrar_id: string | null;
  device_id: string | null;
  code_hmac: Buffer;
  submitted_at: Date;
  received_at: Date;
  triage_due: Date;
  contact_due: Date;
  inner_due: Date;
  resolve_due: Date;
  resolve_now: Date;
  promise_at: Date;
  next_due: Date;
  warn_at: Date | null;
}

export interface NewContent {
  key: Buffer;
  text: string;
  point: string | null;
  callback: string | null;
  requester_label: string | null;
  source_ref: string | null;
}

/** Everything one new request leaves behind: contact, need, words, first line of the thread, journal, kept answer. */
export interface Creation {
  request: NewRequest;
  content: NewContent;
  /** First part of its number, e.g. `TL-221123`; the running part comes from the sequence. */
  numberDay: string;
  callerKey: Buffer | null;
  entry: {
    id: string;
    kind: string;
    actorId: string | null;
    side: string;
    who: string | null;
    fileIds: string[];
    data: Record<string, string | number | boolean | null>;
  };
  journal: JournalEntry;
  once: { sender: string; key: string; bodyHash: Buffer } | null;
  /** Kept with the number for a repeat of the command. */
  answer: Record<string, unknown>;
}

const requestTypes: Record<keyof NewRequest, string> = {
  id: 'uuid',
  contact_id: 'uuid',
  channel: 'text',
  confidentiality: 'text',
  class: 'text',
  category_id: 'integer',
  first_category_id: 'integer',
  unit_id: 'integer',
  site_id: 'integer',
  stage_code: 'text',
  priority: 'text',
  requester_id: 'uuid',
  registrar_id: 'uuid',
  device_id: 'text',
  code_hmac: 'bytea',
  submitted_at: 'timestamptz',
  received_at: 'timestamptz',
  triage_due: 'timestamptz',
  contact_due: 'timestamptz',
  inner_due: 'timestamptz',
  resolve_due: 'timestamptz',
  resolve_now: 'timestamptz',
  promise_at: 'timestamptz',
  next_due: 'timestamptz',
  warn_at: 'timestamptz',
};

// One statement whatever the number: the rows travel as one JSON text, and what PostgreSQL needs to begin and to commit
// is paid once for all of them (measured: 310 µs for one, 130 µs each for eight).
const create = (() => {
  const typed = (columns: Record<string, string>): string =>
    Object.entries(columns)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ');
  const names = Object.keys(requestTypes).join(', ');
  return preparedStatement<{ id: string; number: string }>(
    'requests',
    'create',
    `with s as materialized (
      select s.*, s.number_day || '-' || to_char(nextval('requests.number_seq'), 'FM99999999900000') as number
      from json_to_recordset($1) as s(${typed(requestTypes)}, number_day text, caller_key bytea,
        key bytea, text text, point text, callback text, requester_label text, source_ref text,
        entry_id uuid, entry_kind text, actor_id uuid, side text, who text, file_ids uuid[], entry_data jsonb,
        journal json, once_sender text, once_key text, once_hash bytea, answer jsonb)),
    c as (insert into requests.contact (id, at, channel, operator_id, caller_key, outcome)
      select contact_id, received_at, channel, registrar_id, caller_key, 'requests' from s
      on conflict (id) do update set outcome = 'requests'),
    r as (insert into requests.request (number, ${names}) select number, ${names} from s),
    t as (insert into requests.content (request_id, key, text, point, callback, requester_label, source_ref)
      select id, key, text, point, callback, requester_label, source_ref from s),
    e as (insert into requests.entry (id, request_id, at, kind, actor_id, side, who, original, text, data, file_ids)
      select entry_id, id, submitted_at, entry_kind, actor_id, side, who, true, text, entry_data, file_ids from s),
    j as (insert into journal.entry (${journalNames}) select j.* from s, json_to_record(s.journal) as j(${typed(journalColumns)})),
    i as (insert into platform.idempotency (sender, key, body_hash, status, answer)
      select once_sender, once_key, once_hash, 200, answer || jsonb_build_object('number', number) from s where once_key is not null)
    select id, number from s`,
  );
})();

// Written out: an object put together from others costs three times as much, and this is the path of a surge.
const creationRow = ({ request: r, content, entry, journal, once, ...c }: Creation) => {
  const journalled = journalRow(journal);
  return {
    id: r.id,
    contact_id: r.contact_id,
    channel: r.channel,
    confidentiality: r.confidentiality,
    class: r.class,
    category_id: r.category_id,
    first_category_id: r.first_category_id,
    unit_id: r.unit_id,
    site_id: r.site_id,
    stage_code: r.stage_code,
    priority: r.priority,
    requester_id: r.requester_id,
    registrar_id: r.registrar_id,
    device_id: r.device_id,
    code_hmac: bytes(r.code_hmac),
    submitted_at: r.submitted_at,
    received_at: r.received_at,
    triage_due: r.triage_due,
    contact_due: r.contact_due,
    inner_due: r.inner_due,
    resolve_due: r.resolve_due,
    resolve_now: r.resolve_now,
    promise_at: r.promise_at,
    next_due: r.next_due,
    warn_at: r.warn_at,
    number_day: c.numberDay,
    caller_key: bytes(c.callerKey),
    key: bytes(content.key),
    text: content.text,
    point: content.point,
    callback: content.callback,
    requester_label: content.requester_label,
    source_ref: content.source_ref,
    entry_id: entry.id,
    entry_kind: entry.kind,
    actor_id: entry.actorId,
    side: entry.side,
    who: entry.who,
    file_ids: entry.fileIds,
    entry_data: entry.data,
    journal: { ...journalled, body: bytes(journalled.body) },
    once_sender: once?.sender,
    once_key: once?.key,
    once_hash: once ? bytes(once.bodyHash) : null,
    answer: c.answer,
  };
};

/** @returns the number of each, by id */
export async function createRequests(tx: Tx, creations: readonly Creation[]): Promise<Map<string, string>> {
  if (creations.length === 0) return new Map();
  const rows = await create(tx, [JSON.stringify(creations.map(creationRow))]);
  return new Map(rows.map((row) => [row.id, row.number]));
}

export const requestById = preparedStatement<RequestRecord>(
  'requests',
  'by_id',
  'select * from requests.request where id = $1',
);
export const requestByNumber = async (tx: Tx, number: string): Promise<RequestRecord | undefined> =>
  db(tx).selectFrom('request').selectAll().where('number', '=', number).executeTakeFirst();
export const lockRequest = (tx: Tx, id: string) =>
  db(tx).selectFrom('request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const lockRequestsOfCase = (tx: Tx, caseId: string) =>
  db(tx).selectFrom('request').selectAll().where('case_id', '=', caseId).orderBy('id').forUpdate().execute();
/** For whoever holds the case: what changes a request of it waits for the case and looks again. */
export const readRequestsOfCase = (tx: Tx, caseId: string) =>
  db(tx).selectFrom('request').selectAll().where('case_id', '=', caseId).execute();
export const firstInHand = preparedStatement<RequestRecord>(
  'requests',
  'first_in_hand',
  `select * from requests.request where case_id = $1 and state in ('in_work', 'reopened') order by submitted_at limit 1`,
);
export const caseSizes = async (tx: Tx, caseIds: string[]): Promise<Map<string, number>> => {
  if (caseIds.length === 0) return new Map();
  const rows = await db(tx)
    .selectFrom('request')
    .select((e) => ['case_id', e.fn.countAll<number>().as('n')])
    .where('case_id', 'in', caseIds)
    .groupBy('case_id')
    .execute();
  return new Map(rows.map((row) => [row.case_id!, Number(row.n)]));
};

export const contentOf = preparedStatement<ContentRecord>(
  'requests',
  'content_of',
  'select * from requests.content where request_id = $1',
);
export const keysOf = async (tx: Tx, ids: string[]): Promise<Map<string, Buffer>> =>
  new Map(
    (await db(tx).selectFrom('content').select(['request_id', 'key']).where('request_id', 'in', ids).execute()).map(
      (row) => [row.request_id, row.key],
    ),
  );
export const contentsOf = (tx: Tx, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('content')
        .select([
          'request_id',
          sql<string>`left(text, 120)`.as('text'),
          sql<string | null>`left(summary, 120)`.as('summary'),
        ])
        .where('request_id', 'in', ids)
        .execute();
export const entriesOf = preparedStatement<EntryRecord>(
  'requests',
  'entries_of',
  'select * from requests.entry where request_id = $1 order by at, id limit 500',
);

/** Who answered it from the desk or the telephone, without a case or beside it. */
export const answerersOf = preparedStatement<{ actor_id: string }>(
  'requests',
  'answerers_of',
  `select distinct actor_id from requests.entry where request_id = $1 and kind = 'answered' and actor_id is not null`,
);

/** When each of these persons last spoke in the thread. */
export const lastSpoken = async (tx: Tx, ids: string[]): Promise<Map<string, Date>> =>
  ids.length === 0
    ? new Map()
    : new Map(
        (
          await db(tx)
            .selectFrom('entry')
            .select((e) => ['request_id', e.fn.max('at').as('at')])
            .where('request_id', 'in', ids)
            .where('side', '=', 'requester')
            .groupBy('request_id')
            .execute()
        ).map((row) => [row.request_id, row.at]),
      );

/**
 * What the same person asked before, same category and site, and was said to be handled or had ended at most so many days
 * earlier; the latest. The same person: the account it is for, or a number of their own (short ones are extensions that
 * many share). Only open, normal requests on both sides: nothing else may be told to belong together (rules 6).
 */
export const askedBefore = preparedStatement<{ id: string; state: string; closed_at: Date | null }>(
  'requests',
  'asked_before',
  `select e.id, e.state, e.closed_at
   from requests.request r
   join requests.content rc on rc.request_id = r.id
   join requests.contact rk on rk.id = r.contact_id
   join requests.request e on e.site_id = r.site_id and e.category_id = r.category_id and e.id <> r.id
     and e.submitted_at < r.submitted_at and e.submitted_at > r.submitted_at - interval '60 days'
   join requests.content ec on ec.request_id = e.id
   join requests.contact ek on ek.id = e.contact_id
   where r.id = $1 and r.confidentiality = 'open' and e.confidentiality = 'open' and r.class = 'normal' and e.class = 'normal'
     and e.state in ('handled', 'resolved_confirmed', 'closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn')
     and coalesce(e.closed_at, e.handled_at) > r.submitted_at - make_interval(days => $2::int)
     and (e.requester_id = r.requester_id
       or (ek.caller_key = rk.caller_key and length(regexp_replace(rc.callback, '\\D', '', 'g')) >= 7))
   order by e.submitted_at desc limit 1`,
);

export type ThreadContent = Pick<ContentRecord, 'text' | 'point' | 'callback' | 'requester_label' | 'summary'>;
export type ThreadLine = Omit<EntryRecord, 'request_id' | 'actor_id'>;
export type CaseRequest = Pick<RequestRecord, 'id' | 'number' | 'state' | 'requester_id' | 'resolve_now'>;

const threadParts = preparedStatement<{
  content: ThreadContent | null;
  entries: (Omit<ThreadLine, 'at'> & { at: string })[];
  siblings: (Omit<CaseRequest, 'resolve_now'> & { resolve_now: string })[];
}>(
  'requests',
  'thread_parts',
  `select
    (select row_to_json(c) from (select text, point, callback, requester_label, summary from requests.content where request_id = $1) c) as content,
    (select coalesce(json_agg(e), '[]') from (select id, at, kind, side, who, line_id, audience, original, text, data, file_ids
      from requests.entry where request_id = $1 order by at, id limit 500) e) as entries,
    (select coalesce(json_agg(r), '[]') from (select id, number, state, requester_id, resolve_now
      from requests.request where case_id = $2 order by submitted_at limit 200) r) as siblings`,
);

/** All of a thread that lies here, in one statement: it is the page most read, and a transaction has one connection. */
export async function threadPartsOf(
  tx: Tx,
  r: RequestRecord,
): Promise<{ content: ThreadContent | undefined; entries: ThreadLine[]; siblings: CaseRequest[] }> {
  const [parts] = await threadParts(tx, [r.id, r.case_id]);
  return {
    content: parts!.content ?? undefined,
    entries: parts!.entries.map((entry) => ({ ...entry, at: new Date(entry.at) })),
    siblings: parts!.siblings.map((one) => ({ ...one, resolve_now: new Date(one.resolve_now) })),
  };
}

export type RequestPatch = Partial<
  Omit<
    RequestRecord,
    'id' | 'number' | 'open' | 'version' | 'resolve_due' | 'submitted_at' | 'received_at' | 'code_hmac'
  >
>;

/** For the warnings: whatever the clock is due at now, look at it at the next turn. */
export const lookAtOnce = new Date('2000-01-01T00:00:00Z');

/** Every change raises the version, so that a stale page is told; a new due has its warnings looked at anew. */
export const patchRequest = (tx: Tx, id: string, patch: RequestPatch) =>
  db(tx)
    .updateTable('request')
    .set({
      ...patch,
      ...(patch.next_due === undefined ? {} : { warn_at: patch.next_due && lookAtOnce }),
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute();

export const redate = (tx: Tx, id: string, dues: { triage_due: Date; contact_due: Date; resolve_due: Date }) =>
  db(tx).updateTable('request').set(dues).where('id', '=', id).execute();

export interface NewEntry {
  id: string;
  request_id: string;
  at: Date;
  kind: string;
  actor_id: string | null;
  side: 'requester' | 'staff' | 'system';
  who: string | null;
  line_id?: number | null;
  audience?: 'everyone' | 'staff' | 'verifiers';
  original?: boolean;
  text?: string | null;
  data?: Record<string, string | number | boolean | null>;
  file_ids?: string[];
}

export const insertEntries = (tx: Tx, rows: NewEntry[]) =>
  db(tx)
    .insertInto('entry')
    .values(rows.map((row) => ({ ...row, data: JSON.stringify(row.data ?? {}), file_ids: row.file_ids ?? [] })))
    .execute();

export const updateContent = (tx: Tx, id: string, set: { summary?: string | null; text?: string }) =>
  db(tx).updateTable('content').set(set).where('request_id', '=', id).execute();

export async function eraseContent(tx: Tx, id: string): Promise<void> {
  await db(tx).deleteFrom('content').where('request_id', '=', id).execute();
  await db(tx).deleteFrom('search').where('request_id', '=', id).execute();
  await sql`select requests.erase_words(${id})`.execute(db(tx));
}

/** The number somebody rang from, once nothing of that call is left. */
export const forgetCaller = (tx: Tx, contactId: string) =>
  db(tx)
    .updateTable('contact')
    .set({ caller_key: null })
    .where('id', '=', contactId)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('request')
            .innerJoin('content', 'content.request_id', 'request.id')
            .select('request.id')
            .where('request.contact_id', '=', contactId),
        ),
      ),
    )
    .execute();

// ---- lists

/** What rows of a scope do not show; `site`: that of a confidential requester at a small one. */
export type Hidden = 'site' | 'healthCategory' | 'confidentialCategory';

export type Scope = (
  | { kind: 'everywhere' }
  | { kind: 'units'; ids: number[] }
  | { kind: 'sites'; ids: number[] }
  | { kind: 'line'; lineId: number; units: number[] | 'headOffice' }
  | { kind: 'registrar'; accountId: string }
) & { hides: readonly Hidden[] };

export interface ListFilter {
  scopes: Scope[];
  view: string;
  accountId: string | null;
  now: Date;
  categoryIds?: number[];
  unitIds?: number[];
  siteIds?: number[];
  lineId?: number;
  priority?: string;
  state?: string;
  since?: { at: Date; day: Date };
  smallSites: number[];
  number?: string;
  words?: Words;
  sort: 'due' | 'newest' | 'oldest';
  after?: { at: Date; id: string };
  limit: number;
}

/** What is looked for in texts: as it is compared, and the keys every text with it has. */
export interface Words {
  folded: string;
  keys: number[];
}

type Row = ExpressionBuilder<DB, 'request'>;

/** Whom a row shows everything: the person it is for and who took it. */
const ownRow = (e: Row, accountId: string | null) =>
  accountId === null ? e.lit(false) : e.or([e('requester_id', '=', accountId), e('registrar_id', '=', accountId)]);

/** Rows of a scope, without those that would be found by what they hide: being found tells it, and so does a count. */
function scopeExpression(e: Row, scope: Scope, filter: ListFilter) {
  const { hides } = scope;
  const asked = scope.kind === 'sites' ? scope.ids : filter.siteIds;
  const small = hides.includes('site') ? filter.smallSites.filter((id) => asked?.includes(id)) : [];
  const conditions = [placeExpression(e, scope)];
  const unless = (hidden: ReturnType<typeof placeExpression>[]) =>
    conditions.push(e.or([e.not(e.and(hidden)), ownRow(e, filter.accountId)]));
  if (small.length > 0) unless([e('confidentiality', '=', 'confidential'), e('site_id', 'in', small)]);
  if (filter.categoryIds) {
    const second = e('first_category_id', 'not in', filter.categoryIds);
    if (hides.includes('healthCategory')) unless([e('class', '=', 'health'), second]);
    if (hides.includes('confidentialCategory')) unless([e('confidentiality', '=', 'confidential'), second]);
  }
  if (filter.since)
    conditions.push(
      hides.includes('site')
        ? e.or([
            e('submitted_at', '>=', filter.since.at),
            e.and([e('confidentiality', '=', 'confidential'), e('submitted_at', '>=', filter.since.day)]),
          ])
        : e('submitted_at', '>=', filter.since.at),
    );
  return e.and(conditions);
}

function placeExpression(e: Row, scope: Scope) {
  switch (scope.kind) {
    case 'everywhere':
      return e.lit(true);
    case 'units':
      return scope.ids.length === 1 ? e('unit_id', '=', scope.ids[0]!) : e('unit_id', 'in', scope.ids);
    case 'sites':
      return scope.ids.length === 1 ? e('site_id', '=', scope.ids[0]!) : e('site_id', 'in', scope.ids);
    case 'line':
      return scope.units === 'headOffice'
        ? e.and([e('line_id', '=', scope.lineId), e('lead_unit_id', 'is', null)])
        : e.and([e('line_id', '=', scope.lineId), e('lead_unit_id', 'in', scope.units)]);
    case 'registrar':
      return e('registrar_id', '=', scope.accountId);
  }
}

/** More places than this are sorted together: a page of each would cost more. */
const mostPlaces = 24;

/** One scope per place: each begins in its own stretch of an index. */
const singly = (scopes: Scope[]): Scope[] =>
  scopes.flatMap((scope): Scope[] => {
    if (scope.kind === 'units' || scope.kind === 'sites') return scope.ids.map((id) => ({ ...scope, ids: [id] }));
    if (scope.kind === 'line' && scope.units !== 'headOffice')
      return scope.units.map((unit) => ({ ...scope, units: [unit] }));
    return [scope];
  });

/** Views that read the due-ordered partial indexes: work that still has something due. */
const dueViews = new Set([
  'todo',
  'to_dispatch',
  'unaccepted',
  'returned',
  'arbitration',
  'mine',
  'open',
  'overdue',
  'reopened',
  'asks',
]);

function viewExpressions(e: Row, filter: ListFilter) {
  const running = dueViews.has(filter.view) ? [e('open', '=', true), e('next_due', 'is not', null)] : [];
  switch (filter.view) {
    case 'todo':
      // Written out, not a parameter: so the partial index `queue_triage` is known to hold them all.
      return filter.scopes.some((scope) => scope.kind === 'everywhere')
        ? [...running, sql<boolean>`work in ('new', 'returned')`]
        : running;
    case 'to_dispatch':
      return [...running, e('work', '=', 'new')];
    case 'unaccepted':
      return [...running, e('work', '=', 'dispatched')];
    case 'returned':
      return [...running, e('work', '=', 'returned')];
    case 'arbitration':
      // Written out, as in the partial index `queue_arbitration`.
      return [...running, sql<boolean>`work = 'returned' and returns >= 2`];
    case 'mine':
      return [...running, e('handler_id', '=', filter.accountId)];
    case 'overdue':
      return [...running, e('next_due', '<', filter.now)];
    case 'reopened':
      return [...running, e('state', '=', 'reopened')];
    case 'asks':
      return [...running, e('asked', '=', true)];
    case 'handled':
      return [e('state', '=', 'handled')];
    case 'closed':
      return [e('open', '=', false)];
    default:
      return running;
  }
}

function filtered(tx: Tx, filter: ListFilter) {
  let query = db(tx)
    .selectFrom('request')
    .where((e) => e.or(filter.scopes.map((scope) => scopeExpression(e as Row, scope, filter))))
    .where((e) => e.and(viewExpressions(e as Row, filter)));
  if (filter.categoryIds)
    query = query.where((e) =>
      e.or([e('category_id', 'in', filter.categoryIds!), e('first_category_id', 'in', filter.categoryIds!)]),
    );
  if (filter.unitIds) query = query.where('unit_id', 'in', filter.unitIds);
  if (filter.siteIds) query = query.where('site_id', 'in', filter.siteIds);
  if (filter.lineId) query = query.where('line_id', '=', filter.lineId);
  if (filter.priority) query = query.where('priority', '=', filter.priority);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.number) query = query.where('number', '=', filter.number);
  return query;
}

/** By what a list is sorted and how; rows that run by their clock, the others by submission. */
function orderOf(filter: ListFilter): { column: 'next_due' | 'submitted_at'; direction: 'asc' | 'desc' } {
  const byDue = filter.sort === 'due' && dueViews.has(filter.view);
  return {
    column: byDue ? 'next_due' : 'submitted_at',
    direction: filter.sort === 'newest' || (filter.sort === 'due' && !byDue) ? 'desc' : 'asc',
  };
}

/** Rows of a list in its order from where the last page ended, still to be selected. */
function sorted(tx: Tx, filter: ListFilter) {
  const { column, direction } = orderOf(filter);
  const query = filtered(tx, filter).orderBy(column, direction).orderBy('id', direction).limit(filter.limit);
  if (!filter.after) return query;
  const { at, id } = filter.after;
  return query.where(
    sql<boolean>`(${sql.ref(column)}, id) ${sql.raw(direction === 'desc' ? '<' : '>')} (${at}::timestamptz, ${id}::uuid)`,
  );
}

/** The same, of several places each begun in its own index's order, and of those the first page: no queue is sorted whole. */
function inOrder(tx: Tx, filter: ListFilter) {
  const { column, direction } = orderOf(filter);
  const places = singly(filter.scopes);
  if (places.length === 1 || places.length > mostPlaces || filter.number) return sorted(tx, filter);
  const pages = sql.join(
    places.map((place) => sql`(${sorted(tx, { ...filter, scopes: [place] }).select('id')})`),
    sql` union all `,
  );
  return db(tx)
    .selectFrom('request')
    .where(sql<boolean>`id in (${pages})`)
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(filter.limit);
}

export const listRequests = (tx: Tx, filter: ListFilter): Promise<RequestRecord[]> =>
  filter.words ? listHolding(tx, { ...filter, words: filter.words }) : inOrder(tx, filter).selectAll().execute();

// ---- lists of what holds some words

type Sought = ListFilter & { words: Words };

/** Whether the text of the row `name` holds the words; only what may be searched has any (rules 6). */
const holds = (name: string, { folded }: Words) => {
  const row = sql.ref(name);
  return sql<boolean>`(${row}.class = 'normal' and ${row}.confidentiality <> 'confidential' and exists (
    select from requests.content c where c.request_id = ${row}.id and strpos(lower(normalize(c.text, NFKC)), ${folded}) > 0))`;
};

/** Candidates looked at first, for each row of the page; then four times as many. */
const lookedAtFirst = 2;
const mostLookedAt = 6_400;

/** Of a scope that is a place and of a filter by place the keys; null where the scopes are something else. */
function placeKeys({ scopes, unitIds, siteIds }: ListFilter): number[] {
  const ofScopes = scopes.flatMap((scope) =>
    scope.kind === 'sites' ? scope.ids.map(siteKey) : scope.kind === 'units' ? scope.ids.map(unitKey) : [],
  );
  const everyScope = scopes.every((scope) => scope.kind === 'sites' || scope.kind === 'units');
  const found = [siteIds?.map(siteKey), everyScope ? ofScopes : undefined, unitIds?.map(unitKey)].find(
    (keys) => keys && keys.length > 0 && keys.length <= mostPlaces,
  );
  return found ?? [];
}

/** Of all requests, by submission: candidates of the search in the order of time, until the page is filled. */
async function holdingByTime(tx: Tx, filter: Sought): Promise<RequestRecord[]> {
  const { words, limit } = filter;
  const { direction } = orderOf(filter);
  const places = placeKeys(filter);
  const rows: RequestRecord[] = [];
  let { after } = filter;
  for (let most = limit * lookedAtFirst; ; most = Math.min(most * 4, mostLookedAt)) {
    const order = direction === 'desc' ? 'newest' : 'oldest';
    const found = await candidates(tx, words.keys, places, { order, after, most });
    if (found.length > 0)
      rows.push(
        ...(await filtered(tx, filter)
          .selectAll()
          .where(sql<boolean>`id = any(${found.map((one) => one.request_id)}::uuid[])`)
          .where(holds('request', words))
          .orderBy('submitted_at', direction)
          .orderBy('id', direction)
          .limit(limit - rows.length)
          .execute()),
      );
    const last = found.at(-1);
    if (!last || found.length < most || rows.length >= limit) return rows;
    after = { at: last.at, id: last.request_id };
  }
}

/** Rows of a list that are read first. */
const walkedFirst = 400;
/** So many times what was read may still be to read before all candidates are counted instead … */
const farAhead = 4;
/** … and that many of them are as dear as one row read (measured: 2 µs each to find, 8 to read, against 8 for a row). */
const candidatesPerRow = 5;

/**
 * Of a list that is narrow or has an order of its own (what waits, a line's, one's own). Read in its order a common word
 * soon fills the page; a rare one is quicker through all that have it. Which of both it is, the rows read so far tell.
 */
async function holdingInOrder(tx: Tx, filter: Sought): Promise<RequestRecord[]> {
  const { words, limit } = filter;
  const { column, direction } = orderOf(filter);
  const ids: string[] = [];
  let { after } = filter;
  let walked = 0;
  for (let most = walkedFirst; ; ) {
    const page = inOrder(tx, { ...filter, after, limit: most }).select([
      'id',
      'class',
      'confidentiality',
      `${column} as at`,
    ]);
    const { rows } = await sql<{ id: string; at: Date; holds: boolean }>`
      select listed.id, listed.at, ${holds('listed', words)} as holds from (${page}) as listed
      order by listed.at ${sql.raw(direction)}, listed.id ${sql.raw(direction)}`.execute(db(tx));
    ids.push(...rows.filter((row) => row.holds).map((row) => row.id));
    walked += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < most || ids.length >= limit) break;
    const ahead = ((limit - ids.length) * walked) / (ids.length || 0.5);
    if (ahead > farAhead * walked) {
      const few = walked * candidatesPerRow;
      const found = await candidates(tx, words.keys, placeKeys(filter), {
        order: 'newest',
        after: undefined,
        most: few,
      });
      if (found.length < few) return holdingAmong(tx, filter, found);
    }
    most = Math.round(Math.min(Math.max(walkedFirst, ahead * 1.3), farAhead * walked, mostLookedAt));
    after = { at: last.at, id: last.id };
  }
  return db(tx)
    .selectFrom('request')
    .selectAll()
    .where(sql<boolean>`id = any(${ids.slice(0, limit)}::uuid[])`)
    .orderBy(column, direction)
    .orderBy('id', direction)
    .execute();
}

const holdingAmong = (tx: Tx, filter: Sought, found: Candidate[]): Promise<RequestRecord[]> =>
  sorted(tx, filter)
    .selectAll()
    .where(sql<boolean>`id = any(${found.map((one) => one.request_id)}::uuid[])`)
    .where(holds('request', filter.words))
    .execute();

function listHolding(tx: Tx, filter: Sought): Promise<RequestRecord[]> {
  const wide =
    (filter.view === 'all' || filter.view === 'closed') &&
    filter.scopes.every(({ kind }) => kind === 'everywhere' || kind === 'units' || kind === 'sites');
  return wide && orderOf(filter).column === 'submitted_at' ? holdingByTime(tx, filter) : holdingInOrder(tx, filter);
}

/** One count for each filter, no further than `most`: a live count must not cost more than the page it stands on. */
export async function countRequests(tx: Tx, filters: ListFilter[], most: number): Promise<number[]> {
  const counts = filters.map((filter) =>
    filter.scopes.length === 0
      ? sql`0`
      : sql`(select count(*)::int from (${filtered(tx, filter).select(sql`1`.as('one')).limit(most)}) as counted)`,
  );
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db(tx));
  return rows[0]!.counts;
}

export const listMine = (tx: Tx, accountId: string, after: { at: Date; id: string } | undefined, limit: number) =>
  db(tx)
    .selectFrom('request')
    .selectAll()
    .where('requester_id', '=', accountId)
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(submitted_at, id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

// ---- contacts, codes, devices

export const insertContact = (
  tx: Tx,
  row: {
    id: string;
    at: Date;
    channel: string;
    operator_id: string | null;
    caller_key: Buffer | null;
    outcome: string | null;
  },
) => db(tx).insertInto('contact').values(row).execute();
/** A call this operator took. */
export const contactOfOperator = (tx: Tx, id: string, operatorId: string) =>
  db(tx)
    .selectFrom('contact')
    .select(['id', 'caller_key'])
    .where('id', '=', id)
    .where('operator_id', '=', operatorId)
    .executeTakeFirst();
export const setContactOutcome = (tx: Tx, id: string, operatorId: string, outcome: string) =>
  db(tx)
    .updateTable('contact')
    .set({ outcome })
    .where('id', '=', id)
    .where('operator_id', '=', operatorId)
    .where('outcome', 'is', null)
    .returning('id')
    .execute();
/** How these contacts ended; null while they run. */
export const outcomesOfContacts = (tx: Tx, ids: string[]): Promise<{ id: string; outcome: string | null }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('contact')
        .select(['id', 'outcome'])
        .where('id', '=', sql<string>`any(${ids}::uuid[])`)
        .execute();
/** A call nobody ended within twelve hours was dropped: every contact has an outcome (rules 1). */
export const dropForgottenContacts = (tx: Tx, before: Date) =>
  db(tx)
    .updateTable('contact')
    .set({ outcome: 'dropped' })
    .where('outcome', 'is', null)
    .where('at', '<', before)
    .execute();
export const requestsOfCaller = (tx: Tx, callerKey: Buffer) =>
  db(tx)
    .selectFrom('request')
    .innerJoin('contact', 'contact.id', 'request.contact_id')
    // Not the stub of what was moved to a sealed line: it would say of this caller that there was something.
    .innerJoin('content', 'content.request_id', 'request.id')
    .selectAll('request')
    .where('contact.caller_key', '=', callerKey)
    .orderBy('request.submitted_at', 'desc')
    .limit(20)
    .execute();

/**
 * Of these, whose person asked about the same kind of need again within seven days: by account, or by the number rung from.
 * What was asked in confidence, or is personal or of health, is told to belong to nobody (rules 6).
 */
export const askedAgain = preparedStatement<{ id: string }>(
  'requests',
  'asked_again',
  `select r.id from requests.request r where r.id = any($1::uuid[]) and r.class = 'normal' and r.confidentiality <> 'confidential' and (
     exists (select from requests.request o where o.requester_id = r.requester_id and o.id <> r.id and o.category_id = r.category_id
       and o.submitted_at > r.submitted_at and o.submitted_at <= r.submitted_at + interval '7 days'
       and o.class = 'normal' and o.confidentiality <> 'confidential')
     or exists (select from requests.contact c join requests.contact d on d.caller_key = c.caller_key and d.id <> c.id
       join requests.request o on o.contact_id = d.id where c.id = r.contact_id and o.id <> r.id and o.category_id = r.category_id
       and o.submitted_at > r.submitted_at and o.submitted_at <= r.submitted_at + interval '7 days'
       and o.class = 'normal' and o.confidentiality <> 'confidential'))`,
);

export const noteStaffDevice = (tx: Tx, requestIds: string[], deviceHash: Buffer) =>
  requestIds.length === 0
    ? Promise.resolve()
    : db(tx)
        .insertInto('staff_device')
        .values(requestIds.map((request_id) => ({ request_id, device_hash: deviceHash })))
        .onConflict((c) => c.doNothing())
        .execute();
export const isStaffDevice = async (tx: Tx, requestId: string, deviceHash: Buffer): Promise<boolean> =>
  Boolean(
    await db(tx)
      .selectFrom('staff_device')
      .select('request_id')
      .where('request_id', '=', requestId)
      .where('device_hash', '=', deviceHash)
      .executeTakeFirst(),
  );

export async function codeFailures(
  tx: Tx,
  number: string,
  since: Date,
  minute: Date,
): Promise<{ here: number; everywhere: number }> {
  const { rows } = await sql<{ here: number; everywhere: number }>`select
    (select count(*)::int from platform.code_failure where number = ${number} and at > ${since}) as here,
    (select count(*)::int from platform.code_failure where at > ${minute}) as everywhere`.execute(db(tx));
  return rows[0]!;
}
export const noteCodeFailure = (tx: Tx, number: string, at: Date) =>
  sql`insert into platform.code_failure (number, at) values (${number}, ${at})`.execute(db(tx));

// ---- what may be searched

export const searchable = (tx: Tx, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('request')
        .innerJoin('content', 'content.request_id', 'request.id')
        .select([
          'request.id',
          'request.unit_id',
          'request.site_id',
          'request.class',
          'request.confidentiality',
          'request.submitted_at',
          'content.text',
        ])
        .where('request.id', 'in', ids)
        .execute();

// ---- what the dispatch catalogue looks at

/** What lies with each line and where: cases in hand, and those past what is due next. */
export const loadOfLines = async (
  tx: Tx,
  now: Date,
): Promise<{ lineId: number; unitId: number | null; open: number; overdue: number }[]> =>
  (
    await db(tx)
      .selectFrom('request')
      .select([
        'line_id',
        'lead_unit_id',
        sql<string>`count(distinct case_id)`.as('open'),
        sql<string>`count(distinct case_id) filter (where next_due < ${now})`.as('overdue'),
      ])
      .where('open', '=', true)
      .where('next_due', 'is not', null)
      .where('line_id', 'is not', null)
      .where('work', 'not in', ['new', 'returned'])
      .groupBy(['line_id', 'lead_unit_id'])
      .execute()
  ).map((row) => ({
    lineId: row.line_id!,
    unitId: row.lead_unit_id,
    open: Number(row.open),
    overdue: Number(row.overdue),
  }));

/** How many were asked since then, by what decides where they go. */
export const mixSince = async (tx: Tx, since: Date) =>
  (
    await db(tx)
      .selectFrom('request')
      .select((e) => [
        'category_id',
        'site_id',
        'unit_id',
        'priority',
        'about_line_id',
        'about_unit_id',
        e.fn.countAll<string>().as('n'),
      ])
      .where('submitted_at', '>=', since)
      .groupBy(['category_id', 'site_id', 'unit_id', 'priority', 'about_line_id', 'about_unit_id'])
      .execute()
  ).map((row) => ({ ...row, n: Number(row.n) }));

/** The newest of them that were asked for these categories at these places; pairs by position. */
export const recentAt = (tx: Tx, since: Date, pairs: { categoryId: number; siteId: number }[], limit: number) =>
  pairs.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('request')
        .selectAll()
        .where('submitted_at', '>=', since)
        .where(
          sql<boolean>`(category_id, site_id) in (select * from unnest(${pairs.map((one) => one.categoryId)}::int[], ${pairs.map((one) => one.siteId)}::int[]))`,
        )
        .orderBy('submitted_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();

/** How many were asked in [from, to), by unit; what the person took back is left out (rules 1). `$3` null: everywhere. */
export const askedBetween = preparedStatement<{ unit_id: number; n: number }>(
  'requests',
  'asked_between',
  `select unit_id, count(*)::int as n from requests.request
   where submitted_at >= $1 and submitted_at < $2 and state <> 'withdrawn' and unit_id is not null
     and ($3::int[] is null or unit_id = any($3)) group by unit_id`,
);

/**
 * Whether somebody had asked for this there since then and it is not closed. Only what may be compared: ordinary needs
 * that nobody told in confidence (rules 6), and none that was itself found on a touch.
 */
export const askedThere = preparedStatement<{ id: string }>(
  'requests',
  'asked_there',
  `select id from requests.request
   where site_id = $1 and category_id = $2 and submitted_at >= $3 and closed_at is null
     and channel <> 'proactive' and confidentiality <> 'confidential' and class = 'normal' limit 1`,
);

/** One request of each of these cases: the one in hand first, else the earliest. */
export const requestsOfCases = (tx: Tx, caseIds: string[]) =>
  caseIds.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('request')
        .selectAll()
        .distinctOn('case_id')
        .where('case_id', 'in', caseIds)
        .orderBy('case_id')
        .orderBy(sql`state in ('in_work', 'reopened')`, 'desc')
        .orderBy('submitted_at')
        .execute();

/** What lies open with this post, due first; what its backup may be shown before it takes it over. */
export const openAtPost = (tx: Tx, lineId: number, unitId: number | null, limit: number) =>
  db(tx)
    .selectFrom('request')
    .selectAll()
    .where('open', '=', true)
    .where('next_due', 'is not', null)
    .where('line_id', '=', lineId)
    .where('lead_unit_id', unitId === null ? 'is' : '=', unitId)
    .where('class', '<>', 'health')
    .where('state', 'in', ['in_work', 'reopened'])
    .where('work', 'in', ['dispatched', 'accepted', 'in_progress', 'reopened'])
    .orderBy('next_due')
    .orderBy('id')
    .limit(limit)
    .execute();

/**
 * Whole texts that a suggestion may be computed from: of these requests, the normal ones that nobody told in confidence
 * (rules 6).
 */
export async function openWords(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const rows = await searchable(tx, ids);
  return new Map(
    rows
      .filter((row) => row.class === 'normal' && row.confidentiality !== 'confidential')
      .map((row) => [row.id, row.text]),
  );
}

/** What needs are compared by, and who asked, as far as a machine can tell. */
export const comparable = (tx: Tx, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('request')
        .innerJoin('content', 'content.request_id', 'request.id')
        .leftJoin('contact', 'contact.id', 'request.contact_id')
        .select([
          'request.id',
          'request.unit_id',
          'request.site_id',
          'request.category_id',
          'request.first_category_id',
          'request.class',
          'request.confidentiality',
          'request.submitted_at',
          'request.channel',
          'request.requester_id',
          'request.registrar_id',
          'request.device_id',
          'contact.caller_key',
          'content.text',
        ])
        .where('request.id', 'in', ids)
        .execute();

// ---- sweeps

export const silentHandled = (tx: Tx, before: Date, limit: number, after?: { at: Date; id: string }) =>
  db(tx)
    .selectFrom('request')
    .selectAll()
    .where('state', '=', 'handled')
    .where('handled_at', '<', before)
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(handled_at, id) > (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('handled_at')
    .orderBy('id')
    .limit(limit)
    .execute();

/** What was asked since, the newest first, with what its due was reckoned from. */
export const askedSince = preparedStatement<
  Pick<RequestRecord, 'priority' | 'stage_code' | 'unit_id' | 'submitted_at' | 'resolve_due' | 'handled_at'>
>(
  'requests',
  'asked_since',
  `select priority, stage_code, unit_id, submitted_at, resolve_due, handled_at from requests.request
   where submitted_at >= $1 order by submitted_at desc, id desc limit $2`,
);

// ---- warnings

/** Another program's turn takes others: none waits for a row that is being looked at. */
export const dueWarnings = preparedStatement<RequestRecord>(
  'requests',
  'due_warnings',
  `select * from requests.request where warn_at <= $1 order by warn_at limit $2 for update skip locked`,
);
/** Ids of the steps that have spoken, by request, clock and due time. */
export async function stepsWarned(tx: Tx, requestIds: string[]): Promise<Map<string, Set<string>>> {
  const said = new Map<string, Set<string>>();
  const rows = await db(tx)
    .selectFrom('warning')
    .select(['request_id', 'clock', 'due_at', 'step_id'])
    .where('request_id', 'in', requestIds)
    .execute();
  for (const row of rows) {
    const key = `${row.request_id} ${row.clock} ${row.due_at.getTime()}`;
    said.set(key, (said.get(key) ?? new Set()).add(row.step_id));
  }
  return said;
}
export type WarningRecord = Selectable<DB['warning']>;
export const insertWarnings = (tx: Tx, rows: WarningRecord[]) => db(tx).insertInto('warning').values(rows).execute();
/** No version is raised: nothing of what a person looks at has changed. */
export const setWarnAt = (tx: Tx, id: string, at: Date | null) =>
  db(tx).updateTable('request').set({ warn_at: at }).where('id', '=', id).execute();
export const lookAgain = (tx: Tx, priority: string) =>
  db(tx)
    .updateTable('request')
    .set({ warn_at: lookAtOnce })
    .where('open', '=', true)
    .where('next_due', 'is not', null)
    .where('priority', '=', priority)
    .execute();

// ---- export and import

export const requestsByIds = (tx: Tx, ids: string[]) =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('request').selectAll().where('id', 'in', ids).execute();

/** Who asked those of these requests that were asked in confidence, from an account. */
export const askersInConfidence = preparedStatement<{ id: string; requester_id: string }>(
  'requests',
  'askers_in_confidence',
  `select id, requester_id from requests.request
   where id = any($1::uuid[]) and confidentiality = 'confidential' and requester_id is not null`,
);

/** Which of these people left a number. */
export const leftNumbers = preparedStatement<{ request_id: string }>(
  'requests',
  'left_numbers',
  'select request_id from requests.content where request_id = any($1::uuid[]) and callback is not null',
);

/** Reopened at least so often, the latest first. */
export const oftenReopened = (tx: Tx, times: number, limit: number) =>
  db(tx)
    .selectFrom('request')
    .selectAll()
    .where('reopens', '>=', times)
    .orderBy('submitted_at', 'desc')
    .limit(limit)
    .execute();

/** Whole texts; lists show beginnings only. */
export async function wholeTextsOf(
  tx: Tx,
  ids: string[],
): Promise<Map<string, { text: string; summary: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await db(tx)
    .selectFrom('content')
    .select(['request_id', 'text', 'summary'])
    .where('request_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.request_id, row]));
}

/** Bulk loads of one kind wait for each other, so that two runs of the same file never meet. Until the transaction ends. */
export const lockImports = preparedStatement('requests', 'lock_imports', 'select pg_advisory_xact_lock(7301, 4)');

/** Which of these are here already; an erased one still counts, by its id. */
export const alreadyImported = preparedStatement<{ id: string; source_ref: string | null }>(
  'requests',
  'already_imported',
  `select r.id, c.source_ref from requests.request r left join requests.content c on c.request_id = r.id where r.id = any($1::uuid[])
   union select request_id, source_ref from requests.content where source_ref = any($2::text[])`,
);

// ---- a history made beforehand (the demo world)

export type ContactRecord = Selectable<DB['contact']>;

export interface RequestHistory {
  contacts: ContactRecord[];
  /** Without their numbers: those come from the sequence, in this order. */
  requests: RequestRecord[];
  contents: ContentRecord[];
  entries: EntryRecord[];
  warnings: WarningRecord[];
}

// PostgreSQL knows the types of its own table.
const bulk = (table: string, columns: string) =>
  preparedStatement(
    'requests',
    `bulk_${table}`,
    `insert into requests.${table} (${columns}) select ${columns} from json_populate_recordset(null::requests.${table}, $1)`,
  );
const bulkContacts = bulk('contact', 'id, at, channel, operator_id, caller_key, outcome');
const bulkRequests = bulk(
  'request',
  `id, number, contact_id, channel, confidentiality, class, category_id, first_category_id, unit_id, site_id, stage_code, priority, requester_id,
   registrar_id, device_id, code_hmac, code_dies_at, submitted_at, received_at, state, verdict_by, triage_due, contact_due, inner_due, resolve_due, resolve_now,
   promise_at, next_due, warn_at, contacted_at, dispatched_at, handled_at, closed_at, noticed_at, work, case_id, line_id, lead_unit_id, handler_id,
   handler_label, silently_accepted, asked, returns, about_line_id, about_unit_id, nudges, reopens, said_by_other, objected, rating_result, rating_speed,
   rating_attitude, version, co_posts`,
);
const bulkContents = bulk('content', 'request_id, key, text, point, callback, requester_label, summary, source_ref');
const bulkEntries = bulk(
  'entry',
  'id, request_id, at, kind, actor_id, side, who, line_id, audience, original, text, data, file_ids',
);
const bulkWarnings = bulk('warning', 'request_id, clock, step_id, due_at, at, told');
const nextNumbers = preparedStatement<{ running: string }>(
  'requests',
  'next_numbers',
  `select lpad(n, greatest(5, length(n)), '0') as running from (select nextval('requests.number_seq')::text as n from generate_series(1, $1)) as drawn`,
);

/**
 * Rows as the commands would have left them, many at once; their journal entries are the caller's business.
 * @param numberDay first part of a request's number, e.g. `TL-221123`
 * @returns the numbers given, in the order of the requests
 */
export async function insertHistory(
  tx: Tx,
  rows: RequestHistory,
  numberDay: (r: RequestRecord) => string,
): Promise<string[]> {
  const running = await nextNumbers(tx, [rows.requests.length]);
  const numbers = rows.requests.map((r, i) => `${numberDay(r)}-${running[i]!.running}`);
  await bulkContacts(tx, [JSON.stringify(rows.contacts.map((row) => ({ ...row, caller_key: bytes(row.caller_key) })))]);
  await bulkRequests(tx, [
    JSON.stringify(rows.requests.map((row, i) => ({ ...row, number: numbers[i], code_hmac: bytes(row.code_hmac) }))),
  ]);
  await bulkContents(tx, [JSON.stringify(rows.contents.map((row) => ({ ...row, key: bytes(row.key) })))]);
  await bulkEntries(tx, [JSON.stringify(rows.entries)]);
  await bulkWarnings(tx, [JSON.stringify(rows.warnings)]);
  return numbers;
}

export const requestSides = preparedStatement<{ all: number; open: number; closed: number }>(
  'requests',
  'request_sides',
  `select count(*)::int as "all", (count(*) filter (where open and closed_at is null))::int as open,
     (count(*) filter (where not open and closed_at is not null and state in ('resolved_confirmed', 'closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn')))::int as closed
   from requests.request`,
);

/** `running`: begun within the thirteen hours after which a call that was forgotten is told to be dropped. */
export const contactSides = preparedStatement<{
  all: number;
  running: number;
  with_request: number;
  other: number;
  wrong: number;
}>(
  'requests',
  'contact_sides',
  `select count(*)::int as "all", (count(*) filter (where outcome is null and at > $1::timestamptz - interval '13 hours' and not has))::int as running,
     (count(*) filter (where has))::int as with_request, (count(*) filter (where not has and outcome in ('information', 'nudge', 'dropped')))::int as other,
     (count(*) filter (where has and outcome is distinct from 'requests'))::int as wrong
   from (select c.at, c.outcome, exists (select from requests.request r where r.contact_id = c.id) as has from requests.contact c) as c`,
);

/** Both reconciliations of rules 1 in figures, and how each open request mirrors its case. */
export async function tallyRequests(tx: Tx): Promise<{
  states: Map<string, number>;
  open: number;
  contacts: Map<string, number>;
  contactsWithRequests: number;
  withoutContact: number;
}> {
  const { rows: states } = await sql<{
    state: string;
    open: boolean;
    n: number;
  }>`select state, open, count(*)::int as n from requests.request group by state, open`.execute(db(tx));
  const { rows: contacts } = await sql<{
    outcome: string | null;
    n: number;
  }>`select outcome, count(*)::int as n from requests.contact group by outcome`.execute(db(tx));
  const { rows: joined } = await sql<{
    contacts: number;
    without: number;
  }>`select count(distinct contact_id)::int as contacts,
    count(*) filter (where contact_id is null)::int as without from requests.request`.execute(db(tx));
  return {
    states: new Map(states.map((row) => [row.state, row.n])),
    open: states.filter((row) => row.open).reduce((sum, row) => sum + row.n, 0),
    contacts: new Map(contacts.map((row) => [row.outcome ?? 'running', row.n])),
    contactsWithRequests: joined[0]!.contacts,
    withoutContact: joined[0]!.without,
  };
}

/** Of these, the ones whose words are still there: not moved to a sealed line. */
export const contentKept = async (tx: Tx, ids: string[]): Promise<Set<string>> =>
  new Set(
    (
      await db(tx)
        .selectFrom('content')
        .select('request_id')
        .where('request_id', '=', sql<string>`any(${ids}::uuid[])`)
        .execute()
    ).map((row) => row.request_id),
  );

export interface OutsideFilter {
  categoryIds: number[];
  numbers: string[] | null;
  /** Submitted within [from, to). */
  from: Date | null;
  to: Date | null;
  open: boolean | null;
  siteId: number | null;
  limit: number;
  offset: number;
}

/**
 * What may be told outside the house, newest first (rules 6): an ordinary need, not asked in confidence, that complains
 * about nobody and whose words were not moved to a sealed line.
 */
export const listOutside = (tx: Tx, f: OutsideFilter): Promise<RequestRecord[]> =>
  db(tx)
    .selectFrom('request')
    .selectAll()
    .where('class', '=', 'normal')
    .where('confidentiality', '!=', 'confidential')
    .where('about_line_id', 'is', null)
    .where('about_unit_id', 'is', null)
    .where('category_id', 'in', f.categoryIds.length > 0 ? f.categoryIds : [0])
    .where((e) => e.exists(e.selectFrom('content').select('request_id').whereRef('request_id', '=', 'request.id')))
    .$if(f.numbers !== null, (q) => q.where('number', 'in', f.numbers!.length > 0 ? f.numbers! : ['']))
    .$if(f.from !== null, (q) => q.where('submitted_at', '>=', f.from!))
    .$if(f.to !== null, (q) => q.where('submitted_at', '<', f.to!))
    .$if(f.open !== null, (q) => q.where('open', '=', f.open!))
    .$if(f.siteId !== null, (q) => q.where('site_id', '=', f.siteId!))
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(f.limit)
    .offset(f.offset)
    .execute();

export const mirrorsOfCases = (tx: Tx) =>
  db(tx)
    .selectFrom('request')
    .select([
      'id',
      'number',
      'state',
      'work',
      'case_id',
      'line_id',
      'lead_unit_id',
      'handler_id',
      'silently_accepted',
      'asked',
      'returns',
    ])
    .where('case_id', 'is not', null)
    .where('state', 'in', ['in_work', 'reopened'])
    .execute();

// ---- what the watches measure

/** The course of one need in moments, and by what it is told apart; nothing of who asked but how they are employed. */
export interface CourseRow {
  id: string;
  submitted_at: Date;
  unit_id: number;
  site_id: number | null;
  line_id: number | null;
  first_category_id: number;
  priority: string;
  state: string;
  reopens: number;
  contact_due: Date;
  contacted_at: Date | null;
  resolve_due: Date;
  handled_at: Date | null;
  /** Counted only among ten or more (rules 6). */
  guarded: boolean;
  /** At night or on a weekend, in the group's zone. */
  off_hours: boolean;
  employment: 'contractor' | 'staff' | null;
}

/**
 * Of one unit, submitted within [from, to); withdrawn ones are in no rate (rules 1).
 * @param contractor,staff patterns of the words by which a person was put down when the need was registered
 */
export const coursesOf = preparedStatement<CourseRow>(
  'requests',
  'courses_of',
  `select r.id, r.submitted_at, r.unit_id, r.site_id, r.line_id, r.first_category_id, r.priority, r.state, r.reopens, r.contact_due,
     r.contacted_at, r.resolve_due, r.handled_at, r.confidentiality = 'confidential' or r.class <> 'normal' as guarded,
     extract(isodow from r.submitted_at at time zone $4) > 5 or extract(hour from r.submitted_at at time zone $4) not between 8 and 19 as off_hours,
     case when c.requester_label ~* $5 then 'contractor' when c.requester_label ~* $6 then 'staff' end as employment
   from requests.request r left join requests.content c on c.request_id = r.id
   where r.unit_id = $1 and r.submitted_at >= $2 and r.submitted_at < $3 and r.state <> 'withdrawn'
   order by r.submitted_at, r.id`,
);

/** Requests of which something has been said or done since; for whoever compares figures with what stands now. */
export const movedSince = preparedStatement<{ request_id: string }>(
  'requests',
  'moved_since',
  'select distinct request_id from requests.entry where at > $1',
);
