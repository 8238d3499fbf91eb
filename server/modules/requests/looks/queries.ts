/** What other modules look at: needs asked before, again or meanwhile, what lies where, and how they went. */
import { moduleTables, preparedStatement, sql } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { RequestRecord } from '../queries.ts';
import { searchable } from '../search/queries.ts';
import type { DB } from '../tables.ts';

const db = moduleTables<DB>('requests');

/** When an earlier need (e) may be told to be what this one (r) asks again. */
const askedAgainAs = `e.site_id = r.site_id and e.category_id = r.category_id and e.id <> r.id
  and e.submitted_at < r.submitted_at and e.submitted_at > r.submitted_at - interval '60 days'
  and e.confidentiality = 'open' and e.class = 'normal'
  and e.state in ('handled', 'resolved_confirmed', 'closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn')
  and coalesce(e.closed_at, e.handled_at) > r.submitted_at - make_interval(days => $2::int)
  and exists (select from requests.content c where c.request_id = e.id)`;

/**
 * What the person of each of these asked before, same category and site, and was said to be handled or had ended at most so
 * many days earlier; the latest. The same person: the account it is for, or a number of their own (short ones are extensions
 * that many share). Only open, normal requests on both sides: nothing else may be told to belong together (rules 6).
 */
export const askedBefore = preparedStatement<{ request_id: string; submitted_at: Date; id: string }>(
  'requests',
  'asked_before',
  `with r as (select r.*, k.caller_key from requests.request r join requests.content c on c.request_id = r.id
       left join requests.contact k on k.id = r.contact_id and length(regexp_replace(c.callback, '\\D', '', 'g')) >= 7
     where r.id = any($1::uuid[]) and r.confidentiality = 'open' and r.class = 'normal')
   select r.id as request_id, r.submitted_at, before.id from r cross join lateral (
     select e.id, e.submitted_at from requests.request e
       where e.requester_id = r.requester_id and ${askedAgainAs}
     union all
     select e.id, e.submitted_at from requests.contact k join requests.request e on e.contact_id = k.id
       where k.caller_key = r.caller_key and ${askedAgainAs}
     order by submitted_at desc limit 1) before`,
);

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

/** What was asked since, the newest first, with what its due was reckoned from. */
export const askedSince = preparedStatement<
  Pick<RequestRecord, 'priority' | 'stage_code' | 'unit_id' | 'submitted_at' | 'resolve_due' | 'handled_at'>
>(
  'requests',
  'asked_since',
  `select priority, stage_code, unit_id, submitted_at, resolve_due, handled_at from requests.request
   where submitted_at >= $1 order by submitted_at desc, id desc limit $2`,
);

/** What lies with each line and where: cases in hand, and those past what is due next. Its conditions are those of `load_of_lines`. */
export const loadOfLines = preparedStatement<{ lineId: number; unitId: number | null; open: number; overdue: number }>(
  'requests',
  'load_of_lines',
  `select line_id as "lineId", lead_unit_id as "unitId", count(distinct case_id)::int as open,
     count(distinct case_id) filter (where next_due < $1)::int as overdue
   from requests.request where open and next_due is not null and line_id is not null and work not in ('new', 'returned')
   group by line_id, lead_unit_id`,
);

/** How many needs are open at these sites, or asked of these units as such. */
export const openAt = async (tx: Tx, unitIds: number[], siteIds: number[]): Promise<number> =>
  (await countOpenAt(tx, [unitIds, siteIds]))[0]!.n;
const countOpenAt = preparedStatement<{ n: number }>(
  'requests',
  'open_at',
  `select count(*)::int as n from requests.request
   where open and (site_id = any($2::int[]) or (site_id is null and unit_id = any($1::int[])))`,
);

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

/** Whether the person served said "not solved" themselves after a moment, however long the thread is. */
export const deniedSince = preparedStatement<{ said: boolean }>(
  'requests',
  'denied_since',
  `select exists (select from requests.entry
     where request_id = $1 and at > $2 and kind = 'not_solved' and side = 'requester') as said`,
);
