import type { Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('likeness');

export type PrintRecord = Selectable<DB['print']>;
export type TopicRecord = Selectable<DB['topic']>;
export type MemberRecord = Selectable<DB['member']>;

// ---- prints

const storePrints = preparedStatement(
  'likeness',
  'store_prints',
  `insert into likeness.print (request_id, unit_id, site_id, category_id, at, keys, terms, asker)
   select request_id, unit_id, site_id, category_id, at, keys, terms, asker
   from json_to_recordset($1) as s(request_id uuid, unit_id integer, site_id integer, category_id integer, at timestamptz, keys integer[], terms integer[], asker bytea)
   on conflict (request_id) do update set unit_id = excluded.unit_id, site_id = excluded.site_id, category_id = excluded.category_id,
     keys = excluded.keys, terms = excluded.terms, asker = excluded.asker`,
);
export const insertPrints = async (tx: Tx, rows: PrintRecord[]): Promise<void> => {
  if (rows.length > 0) {
    const asJson = rows.map((row) => ({ ...row, asker: row.asker && `\\x${row.asker.toString('hex')}` }));
    await storePrints(tx, [JSON.stringify(asJson)]);
  }
};

export async function forget(tx: Tx, requestIds: string[]): Promise<void> {
  if (requestIds.length === 0) return;
  await db(tx).deleteFrom('print').where('request_id', 'in', requestIds).execute();
  await db(tx).deleteFrom('member').where('request_id', 'in', requestIds).execute();
  await db(tx)
    .deleteFrom('repeat')
    .where((e) => e.or([e('request_id', 'in', requestIds), e('earlier_id', 'in', requestIds)]))
    .execute();
}

/** Where and when something was asked that may be alike. */
type Near = Pick<PrintRecord, 'request_id' | 'site_id' | 'category_id' | 'at'>;

/**
 * What is worth comparing with one request, without what was said to be another need. Of the same site and time those
 * likeliest at first sight (as `firstSight` in terms.ts), and wherever they are those that share most stretches of letters.
 * $1 the request; $2 site, $3 … $4 when, $5 terms, $6 their weights, $7 how many; $8 keys, $9 around when, $10 seconds, $11 how
 * many. Seconds, not two times: by those the planner would gather all that was asked meanwhile.
 */
const likeliest = preparedStatement<Near>(
  'likeness',
  'likeliest',
  `with near as (
     select request_id, site_id, category_id, at from likeness.print
     where site_id = $2 and at between $3::timestamptz and $4::timestamptz and request_id <> $1::uuid and terms && $5::integer[]
     order by (select sum(weight) from unnest($5::integer[], $6::real[]) as asked(term, weight) where term = any(terms)) / sqrt(cardinality(terms) + 1) desc,
       at desc limit $7),
   copied as (
     select request_id, site_id, category_id, at from likeness.print
     where keys && $8::integer[] and abs(extract(epoch from at - $9::timestamptz)) <= $10::float8 and request_id <> $1::uuid
     order by (select count(*) from unnest(keys) as key where key = any($8::integer[])) desc, at desc limit $11)
   select * from (select * from near union select * from copied) as found
   where not exists (select from likeness.verdict v
     where not v.same and v.a = least($1::uuid, found.request_id) and v.b = greatest($1::uuid, found.request_id))`,
);
export const likeliestOf = (
  tx: Tx,
  id: string,
  here: { siteId: number; from: Date; until: Date; terms: ReadonlyMap<number, number>; most: number },
  copies: { keys: readonly number[]; around: Date; seconds: number; most: number },
): Promise<Near[]> =>
  likeliest(tx, [
    id,
    here.siteId,
    here.from,
    here.until,
    [...here.terms.keys()],
    [...here.terms.values()],
    here.most,
    copies.keys,
    copies.around,
    copies.seconds,
    copies.most,
  ]);

/** Of each (unit, category, from, until) what was asked there then, in its order. */
export const recentOf = preparedStatement<PrintRecord>(
  'likeness',
  'recent_of',
  `select p.* from unnest($1::integer[], $2::integer[], $3::timestamptz[], $4::timestamptz[]) as w(unit_id, category_id, since, until)
   cross join lateral
     (select * from likeness.print where unit_id = w.unit_id and category_id = w.category_id and at between w.since and w.until
      order by at limit 2000) as p
   order by p.at`,
);

// ---- what was said of two

export const insertVerdict = (
  tx: Tx,
  row: { one: string; other: string; same: boolean; likelihood: number; categoryId: number; byId: string; at: Date },
) => {
  const [a, b] = [row.one, row.other].sort() as [string, string];
  return db(tx)
    .insertInto('verdict')
    .values({
      a,
      b,
      same: row.same,
      likelihood: row.likelihood,
      category_id: row.categoryId,
      by_id: row.byId,
      at: row.at,
    })
    .onConflict((c) => c.doNothing())
    .execute();
};

/** What was said of suggestions in this category since then. */
export const verdictsOf = preparedStatement<{ same: number; apart: number }>(
  'likeness',
  'verdicts_of',
  `select count(*) filter (where same)::int as same, count(*) filter (where not same)::int as apart
   from likeness.verdict where category_id = $1 and at > $2::timestamptz`,
);

// ---- repeats

/** Of each (asker, moment, request) the newest before it of the same asker, place and category, within so many days. */
export const earlierOf = preparedStatement<{ request_id: string; earlier_id: string }>(
  'likeness',
  'earlier_of',
  `select w.request_id, e.request_id as earlier_id
   from unnest($1::bytea[], $2::timestamptz[], $3::uuid[]) as w(asker, at, request_id) cross join lateral
     (select p.request_id from likeness.print p
      where p.asker = w.asker and p.at < w.at and p.at >= w.at - make_interval(hours => 24 * $4::integer) and p.request_id <> w.request_id
      order by p.at desc limit 1) as e`,
);

export const insertRepeats = (
  tx: Tx,
  rows: { request_id: string; earlier_id: string; known_by: string; at: Date }[],
) =>
  rows.length === 0
    ? Promise.resolve()
    : db(tx)
        .insertInto('repeat')
        .values(rows)
        .onConflict((c) => c.doNothing())
        .execute();
export const repeatOf = preparedStatement<{ earlier_id: string }>(
  'likeness',
  'repeat_of',
  'select earlier_id from likeness.repeat where request_id = $1',
);

// ---- what is usual

const addTallies = preparedStatement(
  'likeness',
  'add_tallies',
  `insert into likeness.tally (unit_id, category_id, term, day, n)
   select unit_id, category_id, term, day, n from json_to_recordset($1) as s(unit_id integer, category_id integer, term integer, day integer, n integer)
   on conflict (unit_id, category_id, term, day) do update set n = likeness.tally.n + excluded.n`,
);
export interface Tally {
  unit_id: number;
  category_id: number;
  term: number;
  day: number;
  n: number;
}
export const insertTallies = async (tx: Tx, rows: Tally[]): Promise<void> => {
  if (rows.length > 0) await addTallies(tx, [JSON.stringify(rows)]);
};
export const talliesOf = preparedStatement<{ term: number; n: number }>(
  'likeness',
  'tallies_of',
  `select term, sum(n)::int as n from likeness.tally where unit_id = $1 and category_id = $2 and term = any($3::integer[])
   and day >= $4 and day < $5 group by term`,
);
export const forgetTallies = (tx: Tx, beforeDay: number) =>
  db(tx).deleteFrom('tally').where('day', '<', beforeDay).execute();

// ---- topics

/** Of each (unit, category, since) the topics of which somebody has spoken since. */
export const topicsOf = preparedStatement<TopicRecord>(
  'likeness',
  'topics_of',
  `select t.* from unnest($1::integer[], $2::integer[], $3::timestamptz[]) as w(unit_id, category_id, since)
   join likeness.topic t on t.unit_id = w.unit_id and t.category_id = w.category_id and t.last_at > w.since
   order by t.site_id nulls last, t.id`,
);
export const topicById = preparedStatement<TopicRecord>(
  'likeness',
  'topic_by_id',
  'select * from likeness.topic where id = $1',
);
export const topicOfRequest = preparedStatement<TopicRecord>(
  'likeness',
  'topic_of_request',
  `select t.* from likeness.member m join likeness.topic t on t.id = m.topic_id where m.request_id = $1 order by t.last_at desc limit 1`,
);
export const liveTopics = preparedStatement<TopicRecord>(
  'likeness',
  'live_topics',
  'select * from likeness.topic where last_at > $1::timestamptz order by last_at desc limit 300',
);
/** The newest of each; a topic of thousands is told by the last of them. */
export const membersOf = preparedStatement<MemberRecord>(
  'likeness',
  'members_of',
  `select m.* from unnest($1::uuid[]) as t(id) cross join lateral
     (select * from likeness.member where topic_id = t.id order by at desc limit 400) as m`,
);
export const insertTopic = (tx: Tx, row: TopicRecord) => db(tx).insertInto('topic').values(row).execute();
export const insertMembers = (tx: Tx, rows: MemberRecord[]) =>
  rows.length === 0
    ? Promise.resolve()
    : db(tx)
        .insertInto('member')
        .values(rows)
        .onConflict((c) => c.doNothing())
        .execute();
export const touchTopic = (tx: Tx, id: string, at: Date) =>
  db(tx)
    .updateTable('topic')
    .set({ last_at: sql<Date>`greatest(last_at, ${at}::timestamptz)` })
    .where('id', '=', id)
    .execute();
