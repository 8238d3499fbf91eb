import { moduleTables, preparedStatement, sql } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import {
  dueViews,
  filtered,
  inOrder,
  type ListFilter,
  mostPlaces,
  orderOf,
  type Scope,
  sorted,
  type Words,
} from '../lists/queries.ts';
import type { RequestRecord } from '../queries.ts';
import type { DB } from '../tables.ts';
import { begins, lineKey, openKey, periodOf, periodOfMoment, registrarKey, siteKey, turned, unitKey } from './keys.ts';

const db = moduleTables<DB>('requests');

// ---- filled from the journal

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
          'request.line_id',
          'request.lead_unit_id',
          'request.registrar_id',
          'request.open',
          'request.class',
          'request.confidentiality',
          'request.submitted_at',
          'content.text',
        ])
        .where('request.id', 'in', ids)
        .execute();

const store = preparedStatement(
  'requests',
  'search_store',
  `insert into requests.search (request_id, at, keys)
   select request_id, at, keys from json_to_recordset($1) as s(request_id uuid, at timestamptz, keys integer[])
   on conflict (request_id) do update set keys = excluded.keys where search.keys <> excluded.keys`,
);
export const insertSearch = async (tx: Tx, rows: { request_id: string; at: Date; keys: number[] }[]): Promise<void> => {
  if (rows.length > 0) await store(tx, [JSON.stringify(rows)]);
};

const remove = preparedStatement(
  'requests',
  'search_remove',
  'delete from requests.search where request_id = any($1::uuid[])',
);
export const deleteSearch = async (tx: Tx, ids: string[]): Promise<void> => {
  if (ids.length > 0) await remove(tx, [ids]);
};

// ---- asked

interface Candidate {
  request_id: string;
  at: Date;
}

/** Where candidates begin and how many. */
interface Portion {
  order: 'newest' | 'oldest';
  after: { at: Date; id: string } | undefined;
  most: number;
}

/**
 * Period after period, of each only so many as are wanted: the outer loop ends with the last one that is needed, and it
 * runs in the order of the series, so the whole comes out in the order of time.
 * $1 period to begin with, null: the first in that order; $2 keys of the words, $3 keys of places (any of them), $4 $5 where the
 * last portion ended, $6 how many.
 */
const statement = (name: string, [from, to]: ['min' | 'max', 'min' | 'max'], direction: 'desc' | 'asc') =>
  preparedStatement<Candidate>(
    'requests',
    name,
    `select c.request_id, c.at
     from generate_series(coalesce($1::int, (select ${periodOfMoment(`${from}(submitted_at)`)} from requests.request)),
       (select ${periodOfMoment(`${to}(submitted_at)`)} from requests.request), ${direction === 'desc' ? '-1' : '1'}) as period
     cross join lateral (
       select found.request_id, found.at
       from unnest($3::int[]) as place
       cross join lateral (select array_agg(${turned('key', 'period')}) as keys from unnest($2::int[] || place) as key) as wanted
       cross join lateral (
         select s.request_id, s.at from requests.search s
         where s.keys @> wanted.keys and s.at >= ${begins('period')} and s.at < ${begins('(period + 1)')}
           and ($4::timestamptz is null or (s.at, s.request_id) ${direction === 'desc' ? '<' : '>'} ($4, $5::uuid))
         order by s.at ${direction}, s.request_id ${direction} limit $6) as found
       order by found.at ${direction}, found.request_id ${direction} limit $6) as c
     limit $6`,
  );
const newest = statement('search_newest', ['max', 'min'], 'desc');
const oldest = statement('search_oldest', ['min', 'max'], 'asc');

/**
 * Requests whose text has all these keys, at one of these places, in the order of time. The reader's rights and the words
 * themselves are still to be looked at.
 * @param keys of `soughtKeys`, at least one
 * @param places of `siteKey`, `unitKey`, `lineKey`, `registrarKey`; none: everywhere
 */
async function candidates(
  tx: Tx,
  keys: readonly number[],
  places: readonly number[],
  { order, after, most }: Portion,
): Promise<Candidate[]> {
  // A word again where no place narrows: it changes nothing.
  const at = places.length > 0 ? places : keys.slice(0, 1);
  const ask = order === 'newest' ? newest : oldest;
  return ask(tx, [after && periodOf(after.at), keys, at, after?.at, after?.id, most]);
}

// ---- lists of what holds some words

type Sought = ListFilter & { words: Words };

/** Whether the text of the row `name` holds the words; only what may be searched has any (rules 6). */
const holds = (name: string, { folded }: Words) => {
  const row = sql.ref(name);
  // Nearly all that hold them hold them as they are: the dearer comparison is for the others.
  return sql<boolean>`(${row}.class = 'normal' and ${row}.confidentiality <> 'confidential' and exists (
    select from requests.content c where c.request_id = ${row}.id
      and (strpos(lower(c.text), ${folded}) > 0 or strpos(lower(normalize(c.text, NFKC)), ${folded}) > 0)))`;
};

/**
 * Candidates looked at first, for each row of the page; then four times as many. Two characters side by side are their key:
 * what has it holds them, and only the reader's rights are still to be looked at.
 */
const lookedAtFirst = { oneKey: 1.1, more: 2 };

const mostLookedAt = 6_400;

/** Keys one of which every row of the scope has; null where it is everywhere. */
function keysOfScope(scope: Scope): number[] | null {
  switch (scope.kind) {
    case 'everywhere':
      return null;
    case 'units':
      return scope.ids.map(unitKey);
    case 'sites':
      return scope.ids.map(siteKey);
    case 'line':
      return scope.units === 'headOffice'
        ? [lineKey(scope.lineId, null)]
        : scope.units.map((unit) => lineKey(scope.lineId, unit));
    case 'registrar':
      return [registrarKey(scope.accountId)];
  }
}

/** The same of a list: of its filter by place, or of all its scopes; none where it may be anywhere, or at too many places. */
function placeKeys({ scopes, unitIds, siteIds }: ListFilter): number[] {
  const ofScopes = scopes.map(keysOfScope);
  const found = [
    siteIds?.map(siteKey),
    ofScopes.includes(null) ? undefined : ofScopes.flatMap((keys) => keys!),
    unitIds?.map(unitKey),
  ].find((keys) => keys && keys.length > 0 && keys.length <= mostPlaces);
  return found ?? [];
}

/** Of all requests, by submission: candidates of the search in the order of time, until the page is filled. */
async function holdingByTime(tx: Tx, filter: Sought): Promise<RequestRecord[]> {
  const { words, limit } = filter;
  const { direction } = orderOf(filter);
  const places = placeKeys(filter);
  const rows: RequestRecord[] = [];
  let { after } = filter;
  const first = Math.ceil(limit * lookedAtFirst[words.keys.length === 1 ? 'oneKey' : 'more']);
  for (let most = first; ; most = Math.min(most * 4, mostLookedAt)) {
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

/** So many that have the words are simply looked at. */
const fewCandidates = 800;
/** Rows of a list that are read first. */
const walkedFirst = 400;
/** So many times what was read may still be to read before all candidates are counted instead … */
const farAhead = 4;
/** … and that many of them are as dear as one row read (measured: 2 µs each to find, 8 to read, against 8 for a row). */
const candidatesPerRow = 5;

/**
 * Of a list that has an order of its own (what waits, by its clock). A rare word is quickest through all open requests that
 * have it; of a common one the list is read in its order, and its page is soon full. Which of both it is, a few candidates
 * and the rows read so far tell.
 */
async function holdingInOrder(tx: Tx, filter: Sought): Promise<RequestRecord[]> {
  const { words, limit } = filter;
  const { column, direction } = orderOf(filter);
  const keys = dueViews.has(filter.view) || filter.view === 'handled' ? [...words.keys, openKey] : words.keys;
  const among = async (most: number): Promise<RequestRecord[] | null> => {
    const found = await candidates(tx, keys, placeKeys(filter), { order: 'newest', after: undefined, most });
    return found.length < most ? holdingAmong(tx, filter, found) : null;
  };
  const rare = await among(fewCandidates);
  if (rare) return rare;
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
    const found = ahead > farAhead * walked && (await among(walked * candidatesPerRow));
    if (found) return found;
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

/** A list in the order of submission is read straight from the search's own. */
const byTime = (filter: Sought): boolean =>
  ['all', 'closed'].includes(filter.view) && orderOf(filter).column === 'submitted_at';

export const listRequests = (tx: Tx, { words, ...filter }: ListFilter): Promise<RequestRecord[]> => {
  if (!words) return inOrder(tx, filter).selectAll().execute();
  const sought = { ...filter, words };
  return byTime(sought) ? holdingByTime(tx, sought) : holdingInOrder(tx, sought);
};
