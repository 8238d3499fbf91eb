import type { Selectable } from 'kysely';
import type { DayFigure } from '../../../../contract/followup-days.ts';
import { moduleTables, preparedStatement } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { DB } from '../tables.ts';
import type { RateLine, RatePlan } from './rates.ts';

const db = moduleTables<DB>('followups');

export type DayRecord = Selectable<DB['day']>;
export type FrameRecord = Selectable<DB['frame']>;
export type RatesRecord = Selectable<DB['rates']>;

// ---- rates

export const planFrom = (row: RatesRecord): RatePlan => ({
  from: row.from_day,
  base: row.base,
  again: row.again,
  lines: row.lines as unknown as RateLine[],
});

/** The plan that holds on a day: of those that had begun, the last that was made. */
export const ratesFor = (tx: Tx, day: string): Promise<RatesRecord> =>
  db(tx)
    .selectFrom('rates')
    .selectAll()
    .where('from_day', '<=', day)
    .orderBy('from_day', 'desc')
    .orderBy('no', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
export const ratesByNo = (tx: Tx, no: number): Promise<RatesRecord | undefined> =>
  db(tx).selectFrom('rates').selectAll().where('no', '=', no).executeTakeFirst();
export const allRates = (tx: Tx): Promise<RatesRecord[]> =>
  db(tx).selectFrom('rates').selectAll().orderBy('no', 'desc').limit(100).execute();
export const insertRates = (tx: Tx, plan: RatePlan, by: { id: string | null; label: string; at: Date }) =>
  db(tx)
    .insertInto('rates')
    .values({
      from_day: plan.from,
      base: plan.base,
      again: plan.again,
      lines: JSON.stringify(plan.lines),
      made_by: by.id,
      made_by_label: by.label,
      made_at: by.at,
    })
    .returning('no')
    .executeTakeFirstOrThrow();

// ---- days

export const dayByName = (tx: Tx, day: string): Promise<DayRecord | undefined> =>
  db(tx).selectFrom('day').selectAll().where('day', '=', day).executeTakeFirst();
export const daysByName = (tx: Tx, days: string[]): Promise<DayRecord[]> =>
  days.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('day').selectAll().where('day', 'in', days).execute();
export const lastDay = (tx: Tx): Promise<DayRecord | undefined> =>
  db(tx).selectFrom('day').selectAll().orderBy('day', 'desc').limit(1).executeTakeFirst();
export const firstDay = (tx: Tx): Promise<{ day: string } | undefined> =>
  db(tx).selectFrom('day').select('day').orderBy('day').limit(1).executeTakeFirst();
/** The last day whose frame is closed. */
export const lastClosed = (tx: Tx): Promise<{ day: string } | undefined> =>
  db(tx)
    .selectFrom('day')
    .select('day')
    .where('closed_at', 'is not', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
/** Days whose frame is still open, or whose seal or anchor has not been noted yet; the earliest first. */
export const unsettledDays = (tx: Tx): Promise<DayRecord[]> =>
  db(tx)
    .selectFrom('day')
    .selectAll()
    .where('frozen_at', 'is', null)
    .where((e) => e.or([e('closed_at', 'is', null), e('seal_root', 'is', null), e('anchored_at', 'is', null)]))
    .orderBy('day')
    .execute();
export const lockDay = (tx: Tx, day: string): Promise<DayRecord | undefined> =>
  db(tx).selectFrom('day').selectAll().where('day', '=', day).forUpdate().executeTakeFirst();
export const daysBefore = (tx: Tx, before: string | null, limit: number): Promise<DayRecord[]> =>
  db(tx)
    .selectFrom('day')
    .selectAll()
    .$if(before !== null, (q) => q.where('day', '<', before!))
    .orderBy('day', 'desc')
    .limit(limit)
    .execute();

/** @returns false where another program was first. */
export async function insertDay(
  tx: Tx,
  row: { day: string; rates_no: number; committed_at: Date; commitment: Buffer; late: boolean; secret_locked: Buffer },
): Promise<boolean> {
  const made = await db(tx)
    .insertInto('day')
    .values(row)
    .onConflict((c) => c.column('day').doNothing())
    .returning('day')
    .executeTakeFirst();
  return made !== undefined;
}

export const patchDay = (
  tx: Tx,
  day: string,
  change: Partial<
    Pick<
      DayRecord,
      | 'closed_at'
      | 'framed'
      | 'frame_digest'
      | 'seal_no'
      | 'seal_root'
      | 'anchored_at'
      | 'secret'
      | 'secret_locked'
      | 'frozen_at'
    >
  >,
) => db(tx).updateTable('day').set(change).where('day', '=', day).execute();

// ---- frames

/** One line a day and request: handled again on the same day, its later moment counts. */
export const putInFrame = preparedStatement(
  'followups',
  'put_in_frame',
  `insert into followups.frame (day, request_id, at, exit, unit_id, site_id)
   select * from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::integer[], $6::integer[])
   on conflict (day, request_id) do update set at = excluded.at, exit = excluded.exit`,
);

export const frameOf = (tx: Tx, day: string): Promise<FrameRecord[]> =>
  db(tx).selectFrom('frame').selectAll().where('day', '=', day).orderBy('request_id').execute();

export const describeFrame = preparedStatement(
  'followups',
  'describe_frame',
  `update followups.frame f set category_id = g.category_id, priority = g.priority, on_time = g.on_time,
     mandatory = g.mandatory, reopens = g.reopens
   from unnest($2::uuid[], $3::integer[], $4::text[], $5::boolean[], $6::text[], $7::smallint[])
     as g(request_id, category_id, priority, on_time, mandatory, reopens)
   where f.day = $1 and f.request_id = g.request_id`,
);

/** Lines of closed and sealed days whose person has had a day of their own since. */
export const undisposed = preparedStatement<FrameRecord>(
  'followups',
  'undisposed',
  `select f.* from followups.frame f join followups.day d on d.day = f.day
   where f.disposed is null and f.at <= $1 and d.seal_root is not null order by f.at, f.request_id limit $2`,
);

export const dispose = (
  tx: Tx,
  line: { day: string; request_id: string },
  set: { disposed: string; disposed_at: Date; call_id: string | null; outcome: string | null },
) =>
  db(tx)
    .updateTable('frame')
    .set(set)
    .where('day', '=', line.day)
    .where('request_id', '=', line.request_id)
    .where('disposed', 'is', null)
    .execute();

/** For each of these requests, the moments at which it stands in a frame. */
export async function framedMoments(tx: Tx, requestIds: string[]): Promise<Map<string, number[]>> {
  const moments = new Map<string, number[]>();
  if (requestIds.length === 0) return moments;
  const rows = await db(tx)
    .selectFrom('frame')
    .select(['request_id', 'at'])
    .where('request_id', 'in', requestIds)
    .execute();
  for (const row of rows) moments.set(row.request_id, [...(moments.get(row.request_id) ?? []), row.at.getTime()]);
  return moments;
}

/** Of each day not frozen: lines without a decision, and calls still open. */
export const unfinished = preparedStatement<{ day: string; undecided: number; open: number }>(
  'followups',
  'unfinished',
  `select d.day, count(*) filter (where f.request_id is not null and f.disposed is null)::int as undecided,
     count(*) filter (where c.id is not null and c.done_at is null)::int as open
   from followups.day d left join followups.frame f on f.day = d.day left join followups.call c on c.id = f.call_id
   where d.frozen_at is null and d.seal_root is not null group by d.day order by d.day`,
);

export interface OutcomeRow {
  request_id: string;
  disposed: string;
  mandatory: string | null;
  category_id: number;
  priority: string;
  on_time: boolean | null;
  exit: string;
  outcome: string | null;
  again: boolean;
}

/** What has become of each line of a day, as it stands now. */
export const outcomesOf = preparedStatement<OutcomeRow>(
  'followups',
  'outcomes_of',
  `select f.request_id, f.disposed, f.mandatory, f.category_id, f.priority, f.on_time, f.exit,
     case when f.outcome is not null then f.outcome when c.id is null then null when c.outcome is null then 'open'
       when c.outcome = 'answered' then a.answer else c.outcome end as outcome,
     exists (select from followups.call g where g.first_call_id = c.id and g.reason = 'again') as again
   from followups.frame f left join followups.call c on c.id = f.call_id left join followups.answer a on a.call_id = c.id
   where f.day = $1 order by f.request_id`,
);

export const freezeOutcomes = preparedStatement(
  'followups',
  'freeze_outcomes',
  `update followups.frame f set outcome = g.outcome from unnest($2::uuid[], $3::text[]) as g(request_id, outcome)
   where f.day = $1 and f.request_id = g.request_id and f.disposed is not null`,
);

export interface DayTally {
  day: string;
  framed: number;
  undecided: number;
  own: number;
  own_solved: number;
  silent: number;
  drawn: number;
  mandatory: number;
  reached: number;
  solved: number;
  refused: number;
  unreachable: number;
  gone: number;
  open: number;
}

const outcomeNow = `case when f.outcome is not null then f.outcome when c.id is null then null when c.outcome is null then 'open'
  when c.outcome = 'answered' then (select a.answer from followups.answer a where a.call_id = c.id) else c.outcome end`;

/** Figures of these days, as they stand now. */
export const dayTallies = preparedStatement<DayTally>(
  'followups',
  'day_tallies',
  `select day, count(*)::int as framed, count(*) filter (where disposed is null)::int as undecided,
     count(*) filter (where disposed in ('own_solved', 'own_not'))::int as own,
     count(*) filter (where disposed = 'own_solved')::int as own_solved,
     count(*) filter (where disposed in ('drawn', 'mandatory', 'not_drawn'))::int as silent,
     count(*) filter (where disposed = 'drawn')::int as drawn,
     count(*) filter (where disposed = 'mandatory')::int as mandatory,
     count(*) filter (where outcome in ('solved', 'better', 'not_solved', 'unclear'))::int as reached,
     count(*) filter (where outcome = 'solved')::int as solved,
     count(*) filter (where outcome = 'refused')::int as refused,
     count(*) filter (where outcome = 'unreachable')::int as unreachable,
     count(*) filter (where outcome in ('gone', 'cancelled'))::int as gone,
     count(*) filter (where outcome = 'open')::int as open
   from (select f.day, f.disposed, ${outcomeNow} as outcome from followups.frame f left join followups.call c on c.id = f.call_id
         where f.day = any($1::text[])) as line
   group by day`,
);

export interface CountedLines {
  category_id: number | null;
  priority: string | null;
  on_time: boolean | null;
  exit: string;
  mandatory: string | null;
  disposed: string;
  outcome: string | null;
  n: number;
}

/** Decided lines of these days, those alike counted together: what cells are made of, however many there are. */
export const countedLines = preparedStatement<CountedLines>(
  'followups',
  'counted_lines',
  `select category_id, priority, on_time, exit, mandatory, disposed, outcome, count(*)::int as n
   from (select f.category_id, f.priority, f.on_time, f.exit, f.mandatory, f.disposed, ${outcomeNow} as outcome
         from followups.frame f left join followups.call c on c.id = f.call_id
         where f.day = any($1::text[]) and f.disposed is not null) as line
   group by category_id, priority, on_time, exit, mandatory, disposed, outcome`,
);

/** Which lines a figure counts; the same conditions as the figures themselves. */
const counts: Record<DayFigure, string> = {
  framed: 'true',
  own: `disposed in ('own_solved', 'own_not')`,
  own_solved: `disposed = 'own_solved'`,
  silent: `disposed in ('drawn', 'mandatory', 'not_drawn')`,
  drawn: `disposed = 'drawn'`,
  mandatory: `disposed = 'mandatory'`,
  to_call: `disposed in ('drawn', 'mandatory')`,
  not_drawn: `disposed = 'not_drawn'`,
  reached: `outcome in ('solved', 'better', 'not_solved', 'unclear')`,
  solved: `outcome = 'solved'`,
  refused: `outcome = 'refused'`,
  unreachable: `outcome = 'unreachable'`,
  gone: `outcome in ('gone', 'cancelled')`,
  open: `outcome = 'open'`,
};

/**
 * Lines of one day behind one figure, in the order in which they were closed: $1 day; $2 category, $3 priority, $4 timing,
 * null for all; $5 whether called for certain, null for both; after $6 and $7; $8 at most.
 */
export const linesOf = Object.fromEntries(
  Object.entries(counts).map(([figure, condition]) => [
    figure,
    preparedStatement<FrameRecord>(
      'followups',
      `lines_${figure}`,
      `select * from (select f.day, f.request_id, f.at, f.exit, f.unit_id, f.site_id, f.category_id, f.priority, f.on_time, f.mandatory,
           f.reopens, f.disposed, f.disposed_at, f.call_id, ${outcomeNow} as outcome
         from followups.frame f left join followups.call c on c.id = f.call_id where f.day = $1) as line
       where ${condition} and ($2::int is null or category_id = $2) and ($3::text is null or priority = $3)
         and ($4::text is null
           or $4 = case when exit = 'withdrawn' then 'withdrawn' when on_time then 'on_time' else 'late' end)
         and ($5::boolean is null or $5 = (mandatory is not null or disposed is not distinct from 'mandatory'))
         and ($6::timestamptz is null or (at, request_id) > ($6, $7::uuid))
       order by at, request_id limit $8`,
    ),
  ]),
) as Record<DayFigure, (tx: Tx, values: readonly unknown[]) => Promise<FrameRecord[]>>;

// ---- a history made beforehand (the demo world)

const bulk = (table: string, columns: string) =>
  preparedStatement(
    'followups',
    `bulk_${table}`,
    `insert into followups.${table} (${columns}) select ${columns} from json_populate_recordset(null::followups.${table}, $1)`,
  );
const bulkDays = bulk(
  'day',
  'day, rates_no, committed_at, commitment, late, secret_locked, secret, closed_at, framed, frame_digest, seal_no, seal_root, anchored_at, frozen_at',
);
const bulkFrames = bulk(
  'frame',
  'day, request_id, at, exit, unit_id, site_id, category_id, priority, on_time, mandatory, reopens, disposed, disposed_at, call_id, outcome',
);

const hex = (bytes: Buffer | null): string | null => bytes && `\\x${bytes.toString('hex')}`;

/** Days with their frames, after the calls they point to. */
export async function insertDays(tx: Tx, rows: { days: DayRecord[]; frames: FrameRecord[] }): Promise<void> {
  const days = rows.days.map((row) => ({
    ...row,
    commitment: hex(row.commitment),
    secret_locked: hex(row.secret_locked),
    secret: hex(row.secret),
    frame_digest: hex(row.frame_digest),
    seal_root: hex(row.seal_root),
  }));
  await bulkDays(tx, [JSON.stringify(days)]);
  for (let i = 0; i < rows.frames.length; i += 2000)
    await bulkFrames(tx, [JSON.stringify(rows.frames.slice(i, i + 2000))]);
}
