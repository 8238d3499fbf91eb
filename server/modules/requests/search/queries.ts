import { preparedStatement } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { begins, periodOf, turned } from './keys.ts';

// ---- filled from the journal

const store = preparedStatement(
  'requests',
  'search_store',
  `insert into requests.search (request_id, at, keys)
   select request_id, at, keys from json_to_recordset($1) as s(request_id uuid, at timestamptz, keys integer[])
   on conflict (request_id) do update set keys = excluded.keys`,
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

export interface Candidate {
  request_id: string;
  at: Date;
}

/** Where candidates begin and how many. */
interface Portion {
  order: 'newest' | 'oldest';
  after: { at: Date; id: string } | undefined;
  most: number;
}

/** First and last period there is anything of. */
const span = preparedStatement<{ first: Date | null; last: Date | null }>(
  'requests',
  'search_span',
  'select min(submitted_at) as first, max(submitted_at) as last from requests.request',
);

/**
 * Period after period, of each only so many as are wanted: the outer loop ends with the last one that is needed, and it
 * runs in the order of the series, so the whole comes out in the order of time.
 * $1 … $2 periods, $3 keys of the words, $4 keys of places (any of them), $5 $6 where the last portion ended, $7 how many.
 */
const statement = (name: string, step: '-1' | '1', direction: 'desc' | 'asc') =>
  preparedStatement<Candidate>(
    'requests',
    name,
    `select c.request_id, c.at
     from generate_series($1::int, $2::int, ${step}) as period
     cross join lateral (
       select found.request_id, found.at
       from unnest($4::int[]) as place
       cross join lateral (select array_agg(${turned('key', 'period')}) as keys from unnest($3::int[] || place) as key) as wanted
       cross join lateral (
         select s.request_id, s.at from requests.search s
         where s.keys @> wanted.keys and s.at >= ${begins('period')} and s.at < ${begins('(period + 1)')}
           and ($5::timestamptz is null or (s.at, s.request_id) ${direction === 'desc' ? '<' : '>'} ($5, $6::uuid))
         order by s.at ${direction}, s.request_id ${direction} limit $7) as found
       order by found.at ${direction}, found.request_id ${direction} limit $7) as c
     limit $7`,
  );
const newest = statement('search_newest', '-1', 'desc');
const oldest = statement('search_oldest', '1', 'asc');

/**
 * Requests whose text has all these keys, at one of these places, in the order of time. The reader's rights and the words
 * themselves are still to be looked at.
 * @param keys of `soughtKeys`, at least one
 * @param places of `siteKey` and `unitKey`; none: everywhere
 */
export async function candidates(
  tx: Tx,
  keys: readonly number[],
  places: readonly number[],
  { order, after, most }: Portion,
): Promise<Candidate[]> {
  const [times] = await span(tx, []);
  if (!times?.first || !times.last) return [];
  const [first, last] = [periodOf(times.first), periodOf(times.last)];
  // A word again where no place narrows: it changes nothing.
  const at = places.length > 0 ? places : keys.slice(0, 1);
  const from = after && periodOf(after.at);
  return order === 'newest'
    ? newest(tx, [from ?? last, first, keys, at, after?.at, after?.id, most])
    : oldest(tx, [from ?? first, last, keys, at, after?.at, after?.id, most]);
}
