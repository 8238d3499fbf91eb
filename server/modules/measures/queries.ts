import type { Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';
import type { Window } from './windows.ts';

const db = moduleTables<DB>('measures');

export type LineRecord = Selectable<DB['line']>;
export type OccurrenceRecord = Selectable<DB['occurrence']>;
export type MarkRecord = Selectable<DB['mark']>;
/** A measure in one window with its line, whose own times are left as text. */
export type DueRecord = OccurrenceRecord & { line: Omit<LineRecord, 'in_force_from' | 'ended_at'> };

// ---- lines

/** Takes lines as they came into force; a line that is known stays as it was, but is in force again. */
const takeLines = preparedStatement(
  'measures',
  'take_lines',
  `insert into measures.line
   select * from json_populate_recordset(null::measures.line, $1)
   on conflict (id) do update set ended_at = null where measures.line.ended_at is not null`,
);
export const insertLines = (tx: Tx, rows: LineRecord[]) => takeLines(tx, [JSON.stringify(rows)]);

export const linesById = (tx: Tx, ids: readonly string[]): Promise<LineRecord[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('line')
        .selectAll()
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .execute();

/**
 * Lines in force that nobody answers for. Asked: every account with a post; sites and units whose officer and liaison are
 * named; whether there is a support group; handlers' places and lines; sites, units and the group node that are looked at.
 */
export const linesOfNobody = preparedStatement<Pick<LineRecord, 'plan_id' | 'unit_id' | 'site_id' | 'zh' | 'en'>>(
  'measures',
  'lines_of_nobody',
  `select l.plan_id, l.unit_id, l.site_id, l.zh, l.en from measures.line l
   where l.ended_at is null
     and case when l.site_id is not null then l.site_id = any($7::int[])
              when l.unit_id is not null then l.unit_id = any($8::int[]) else $9::int is not null end
     and case when l.owner_id is not null then l.owner_id <> all($1::uuid[])
              when l.site_id is not null then l.site_id <> all($2::int[])
              else (case when l.unit_id is not null then l.unit_id <> all($3::int[]) else not $4::bool end)
                and not exists (select from unnest($5::int[], $6::int[]) as h(node_id, line_id)
                                where h.node_id = coalesce(l.unit_id, $9) and h.line_id = l.work_line_id) end
   order by l.unit_id nulls first, l.site_id nulls first, l.red desc, l.zh`,
);

const successors = preparedStatement<LineRecord>(
  'measures',
  'successor',
  `select n.* from measures.line o join measures.line n
     on n.ended_at is null and n.rhythm = o.rhythm
     and n.site_id is not distinct from o.site_id and n.unit_id is not distinct from o.unit_id
     and (n.template_code = o.template_code or n.zh = o.zh)
   where o.id = $1 order by n.template_code = o.template_code desc nulls last limit 1`,
);
/** What asks the same of the same place now. */
export const successorOf = async (tx: Tx, { id }: { id: string }): Promise<LineRecord | undefined> =>
  (await successors(tx, [id]))[0];

export const endLines = async (tx: Tx, planIds: string[], at: Date): Promise<number> =>
  Number(
    (
      await db(tx)
        .updateTable('line')
        .set({ ended_at: at })
        .where('plan_id', '=', sql<string>`any(${planIds}::uuid[])`)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
    ).numUpdatedRows,
  );

/** Lines that fall due only when something happens, of these sites and of what is above sites here. */
export const eventLines = (
  tx: Tx,
  of: { siteIds: number[]; unitIds: number[]; unitLines: [number, number][]; group: boolean; groupLines: number[] },
): Promise<LineRecord[]> =>
  preparedEvents(tx, [
    of.siteIds,
    of.unitIds,
    of.unitLines.map(([unit]) => unit),
    of.unitLines.map(([, line]) => line),
    of.group,
    of.groupLines,
  ]);
const ofMine = (from: number) => `(
     (l.level = 'unit' and (l.unit_id = any($${from}::int[])
       or (l.unit_id, l.work_line_id) in (select * from unnest($${from + 1}::int[], $${from + 2}::int[]))))
     or (l.level = 'group' and ($${from + 3}::bool or l.work_line_id = any($${from + 4}::int[]))))`;
const preparedEvents = preparedStatement<LineRecord>(
  'measures',
  'event_lines',
  `select l.* from measures.line l
   where l.ended_at is null and l.rhythm = 'per_event' and (l.site_id = any($1::int[]) or ${ofMine(2)})
   order by l.red desc, l.zh`,
);

// ---- what falls due

/**
 * What lines that ended brought on these days: a line of the same origin at the same place is not asked for it twice. Read
 * once before anything is made; asked line by line, what is being made would be walked through again for each of them.
 */
const doneBefore = `select b.id as line_id, b.template_code, o.day, o.key, coalesce(o.site_id, 0) as site_id, coalesce(o.unit_id, 0) as unit_id
     from measures.occurrence o join measures.line b on b.id = o.line_id
     where o.day = any($4::text[]) and o.state = 'done' and b.ended_at is not null and b.template_code is not null`;

const makeOfRhythms = preparedStatement<{ n: string }>(
  'measures',
  'make_of_rhythms',
  `with done as materialized (${doneBefore}),
   made as (
     insert into measures.occurrence
       (id, line_id, key, plan_id, unit_id, site_id, red, day, window_from, window_to, due_at)
     select gen_random_uuid(), l.id, w.key, l.plan_id, l.unit_id, l.site_id, l.red, w.day,
            greatest(w.from_at, l.in_force_from), w.to_at, w.due_at
     from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
          as w(rhythm, due_minute, key, day, from_at, to_at, due_at)
     join measures.line l on l.rhythm = w.rhythm and l.due_minute = w.due_minute and l.ended_at is null
     where w.due_at > l.in_force_from + interval '30 minutes'
       and ($8::uuid[] is null or l.plan_id = any($8))
       and not exists (
         select from done d
         where d.template_code = l.template_code and d.day = w.day and d.key = w.key and d.line_id <> l.id
           and d.site_id = coalesce(l.site_id, 0) and d.unit_id = coalesce(l.unit_id, 0))
     on conflict (line_id, key) do nothing
     returning 1)
   select count(*) as n from made`,
);
/** Makes these windows for every line in force, or for those of these plans; made before, they are left alone. @returns how many */
export const makeWindows = async (tx: Tx, windows: readonly Window[], planIds: string[] | null): Promise<number> =>
  Number(
    (
      await makeOfRhythms(tx, [
        windows.map((one) => one.rhythm),
        windows.map((one) => one.dueMinute),
        windows.map((one) => one.key),
        windows.map((one) => one.day),
        windows.map((one) => one.from),
        windows.map((one) => one.to),
        windows.map((one) => one.due),
        planIds,
      ])
    )[0]!.n,
  );

const makeOfOnce = preparedStatement<{ n: string }>(
  'measures',
  'make_of_once',
  `with made as (
     insert into measures.occurrence
       (id, line_id, key, plan_id, unit_id, site_id, red, day, window_from, window_to, due_at)
     select gen_random_uuid(), l.id, 'once', l.plan_id, l.unit_id, l.site_id, l.red,
            to_char((l.in_force_from + make_interval(mins => l.within_minutes)) at time zone $1, 'YYYY-MM-DD'),
            l.in_force_from, l.in_force_from + make_interval(mins => l.within_minutes),
            l.in_force_from + make_interval(mins => l.within_minutes)
     from measures.line l
     where l.rhythm = 'once' and l.ended_at is null and ($2::uuid[] is null or l.plan_id = any($2))
     on conflict (line_id, key) do nothing
     returning 1)
   select count(*) as n from made`,
);
export const makeOnce = async (tx: Tx, zone: string, planIds: string[] | null): Promise<number> =>
  Number((await makeOfOnce(tx, [zone, planIds]))[0]!.n);

/** Rhythms and hours that lines in force have: a handful. */
export const rhythmsInForce = (tx: Tx, planIds: string[] | null) =>
  db(tx)
    .selectFrom('line')
    .select(['rhythm', 'due_minute'])
    .distinct()
    .where('ended_at', 'is', null)
    .$if(planIds !== null, (q) => q.where('plan_id', '=', sql<string>`any(${planIds}::uuid[])`))
    .execute();

export const insertOccurrence = async (
  tx: Tx,
  row: Pick<
    OccurrenceRecord,
    | 'id'
    | 'line_id'
    | 'key'
    | 'plan_id'
    | 'unit_id'
    | 'site_id'
    | 'red'
    | 'day'
    | 'window_from'
    | 'window_to'
    | 'due_at'
  >,
): Promise<boolean> =>
  (
    await db(tx)
      .insertInto('occurrence')
      .values(row)
      .onConflict((c) => c.doNothing())
      .returning('id')
      .execute()
  ).length > 0;

/** What is open of these plans is over with them; what has not begun is not shown to have been owed. */
export const endOpen = async (tx: Tx, planIds: string[]): Promise<number> =>
  Number(
    (
      await db(tx)
        .updateTable('occurrence')
        .set((e) => ({ state: 'ended', version: e('version', '+', 1) }))
        .where('plan_id', '=', sql<string>`any(${planIds}::uuid[])`)
        .where('state', '=', 'open')
        .executeTakeFirst()
    ).numUpdatedRows,
  );

/** One lapsing at a time, so that what lapses at a place together is told together, whichever server's timer came first. */
export const oneLapsing = preparedStatement<{ held: boolean }>(
  'measures',
  'one_lapsing',
  'select pg_advisory_xact_lock(7350, 1) is null as held',
);

/** Past their due, oldest first, each once; a handful may be a few more, so that a place is never told in two halves. */
export const lapseDue = preparedStatement<OccurrenceRecord>(
  'measures',
  'lapse_due',
  `update measures.occurrence o set state = 'lapsed', lapsed_at = o.due_at, version = o.version + 1
   from (select id from measures.occurrence where state = 'open' and due_at <= $1
         order by due_at, unit_id, site_id fetch first ($2) rows with ties) past
   where o.id = past.id and o.state = 'open'
   returning o.*`,
);

/** What a phone without signal did in time looked lapsed until the phone was heard, and is no lapse any more. */
const wasLapse = `lapsed_at is not null and (state <> 'done' or late)`;

/** Of these lines, those that lapsed on a day and on both days before it. */
export const lapsedThreeDays = preparedStatement<{ line_id: string }>(
  'measures',
  'lapsed_three_days',
  `select line_id from measures.occurrence
   where line_id = any($1::uuid[]) and day = any($2::text[]) and ${wasLapse}
   group by line_id having count(distinct day) = cardinality($2::text[])`,
);

/** For how many of these days, latest first and without a gap, each line lapsed. */
export const daysLapsed = preparedStatement<{ line_id: string; day: string }>(
  'measures',
  'days_lapsed',
  `select distinct line_id, day from measures.occurrence
   where line_id = any($1::uuid[]) and day = any($2::text[]) and ${wasLapse}`,
);

// ---- reading

const withLine =
  'select o.*, row_to_json(l) as line from measures.occurrence o join measures.line l on l.id = o.line_id';
const byId = preparedStatement<DueRecord>('measures', 'due_by_id', `${withLine} where o.id = $1`);
export const dueById = async (tx: Tx, id: string): Promise<DueRecord | undefined> => (await byId(tx, [id]))[0];
const locking = preparedStatement<DueRecord>('measures', 'lock_due', `${withLine} where o.id = $1 for update of o`);
export const lockDue = async (tx: Tx, id: string): Promise<DueRecord | undefined> => (await locking(tx, [id]))[0];

/** Who answers for what: sites as their officer, units and lines as the office above. */
export interface Duties {
  siteIds: number[];
  unitIds: number[];
  unitLines: [unitId: number, lineId: number][];
  group: boolean;
  groupLines: number[];
}

const ofSites = preparedStatement<DueRecord>(
  'measures',
  'mine_at_sites',
  `${withLine} where o.site_id = any($1::int[]) and o.day >= $2 and o.window_from < $3 and o.state <> 'ended'
   order by o.due_at, l.red desc, l.zh`,
);
const ofAbove = preparedStatement<DueRecord>(
  'measures',
  'mine_above',
  `${withLine} where o.site_id is null and o.day >= $1 and o.window_from < $2 and o.state <> 'ended' and ${ofMine(3)}
   order by o.due_at, l.red desc, l.zh`,
);
/** What these duties bring from a day on, with windows that begin before a moment. */
export async function duesFor(tx: Tx, duties: Duties, fromDay: string, until: Date): Promise<DueRecord[]> {
  const sites = duties.siteIds.length > 0 ? await ofSites(tx, [duties.siteIds, fromDay, until]) : [];
  const above =
    duties.unitIds.length + duties.unitLines.length + duties.groupLines.length > 0 || duties.group
      ? await ofAbove(tx, [
          fromDay,
          until,
          duties.unitIds,
          duties.unitLines.map(([unit]) => unit),
          duties.unitLines.map(([, line]) => line),
          duties.group,
          duties.groupLines,
        ])
      : [];
  return [...sites, ...above];
}

/** Due in [from, to) at these sites, and of these units themselves. */
export const duesAt = preparedStatement<DueRecord>(
  'measures',
  'dues_at',
  `${withLine}
   where (o.site_id = any($1::int[]) or (o.site_id is null and o.unit_id = any($2::int[])))
     and o.due_at >= $3 and o.due_at < $4 and o.state <> 'ended'
   order by o.due_at limit 2000`,
);

/** Where a reader looks. Null: everywhere; `group`: at what is the group's own. */
export interface Seen {
  unitIds: number[];
  siteIds: number[];
  group?: boolean;
}

/**
 * A statement over the occurrences that a reader sees. Who sees a few places reads them by their index: one text for all
 * readers would read the whole day for each of them.
 * @param where of the occurrences; @param text of the statement, from which it reads as `o`
 */
function seenStatement<Row>(name: string, values: number, where: string, text: (from: string) => string) {
  const of = (place: string): string => `select o.* from measures.occurrence o where ${where} and ${place}`;
  const [units, sites] = [`o.unit_id = any($${values + 1}::int[])`, `o.site_id = any($${values + 2}::int[])`];
  const all = preparedStatement<Row>('measures', name, text(`(${of('true')})`));
  const own = preparedStatement<Row>('measures', `${name}_group`, text(`(${of('o.unit_id is null')})`));
  const placed = preparedStatement<Row>(
    'measures',
    `${name}_placed`,
    text(`(${of(units)} union all ${of(`${sites} and not ${units}`)})`),
  );
  return (tx: Tx, seen: Seen | null, asked: readonly unknown[]): Promise<Row[]> => {
    if (seen === null) return all(tx, asked);
    return seen.group ? own(tx, asked) : placed(tx, [...asked, seen.unitIds, seen.siteIds]);
  };
}

const figuresOfDay = seenStatement<{
  unit_id: number | null;
  site_id: number | null;
  due: number;
  open: number;
  done: number;
  late: number;
  lapsed: number;
  red_lapsed: number;
  cannot: number;
  checked: number;
}>(
  'figures_of_day',
  1,
  `o.day = $1 and o.state <> 'ended'`,
  (from) => `select o.unit_id, o.site_id, count(*)::int as due,
     count(*) filter (where o.state = 'open')::int as open,
     count(*) filter (where o.state = 'done' and not o.late)::int as done,
     count(*) filter (where o.state = 'done' and o.late)::int as late,
     count(*) filter (where o.state = 'lapsed')::int as lapsed,
     count(*) filter (where o.state = 'lapsed' and o.red)::int as red_lapsed,
     count(*) filter (where o.state = 'cannot')::int as cannot,
     count(*) filter (where o.verdict is not null)::int as checked
   from ${from} o
   group by o.unit_id, o.site_id`,
);
export const dayFigures = (tx: Tx, day: string, seen: Seen | null) => figuresOfDay(tx, seen, [day]);

/** The first of a list with their lines, which are read for those alone, and how many there are. */
const firstOf =
  (order: string, limit: string) =>
  (from: string): string =>
    `select o.*, row_to_json(l) as line
     from (select o.*, count(*) over () as total from ${from} o order by ${order}, o.line_id limit ${limit}) o
     join measures.line l on l.id = o.line_id
     order by ${order}, l.zh`;
const listed = (rows: (DueRecord & { total: string })[]): { rows: DueRecord[]; total: number } => ({
  rows,
  total: Number(rows[0]?.total ?? 0),
});

const shownAs: Record<string, string> = {
  due: 'true',
  open: `o.state = 'open'`,
  done: `o.state = 'done' and not o.late`,
  late: `o.state = 'done' and o.late`,
  lapsed: `o.state = 'lapsed'`,
  redLapsed: `o.state = 'lapsed' and o.red`,
  cannot: `o.state = 'cannot'`,
  checked: 'o.verdict is not null',
};
const recordsShown = Object.fromEntries(
  Object.entries(shownAs).map(([show, condition]) => [
    show,
    seenStatement<DueRecord & { total: string }>(
      `records_${show}`,
      2,
      `o.day = $1 and o.state <> 'ended' and ${condition}`,
      firstOf('o.due_at, o.red desc, o.unit_id nulls first, o.site_id nulls first', '$2'),
    ),
  ]),
);
export const recordsOfDay = async (tx: Tx, asked: { day: string; show: string; seen: Seen | null; limit: number }) =>
  listed(await recordsShown[asked.show]!(tx, asked.seen, [asked.day, asked.limit]));

const lapsedSince = seenStatement<DueRecord & { total: string }>(
  'lapsed_since',
  2,
  `o.state = 'lapsed' and o.day >= $1`,
  firstOf('o.red desc, o.due_at, o.site_id nulls first', '$2'),
);
export const lapses = async (tx: Tx, fromDay: string, seen: Seen | null, limit: number) =>
  listed(await lapsedSince(tx, seen, [fromDay, limit]));

const unansweredOnes = seenStatement<DueRecord & { total: string }>(
  'unanswered',
  1,
  `o.state = 'cannot' and o.answered_at is null`,
  firstOf('o.cannot_at', '$1'),
);
export const unanswered = async (tx: Tx, seen: Seen | null, limit: number) =>
  listed(await unansweredOnes(tx, seen, [limit]));

const inDrawnOrder = 'o.red desc, md5(o.day || o.id::text)';
/**
 * Done on these days, with evidence and not looked at yet, in an order nobody chose: that of a digest over the day and the
 * record, so that everybody's page draws the same ones and nobody knows them beforehand.
 */
const drawn = preparedStatement<DueRecord>(
  'measures',
  'drawn',
  `select o.*, row_to_json(l) as line
   from unnest($1::text[]) as asked(day)
   cross join lateral (
     select * from measures.occurrence o
     where o.day = asked.day and o.state = 'done' and o.verdict is null and o.done_by <> $2
       and ($3::bool or o.unit_id = any($4::int[]))
     order by ${inDrawnOrder} limit $5) o
   join measures.line l on l.id = o.line_id
   order by ${inDrawnOrder} limit $5`,
);
/** Of units, or of everywhere: whoever checks looks after units at least. */
export const sampleOf = (tx: Tx, days: string[], notBy: string, seen: Seen | null, limit: number) =>
  drawn(tx, [days, notBy, seen === null, seen?.unitIds ?? [], limit]);

export const checkedBy = async (tx: Tx, accountId: string, since: Date): Promise<number> =>
  Number(
    (
      await db(tx)
        .selectFrom('mark')
        .select((e) => e.fn.countAll<string>().as('n'))
        .where('by_id', '=', accountId)
        .where('kind', 'in', ['agreed', 'refused'])
        .where('received_at', '>=', since)
        .executeTakeFirstOrThrow()
    ).n,
  );

// ---- doing

export type OccurrencePatch = Partial<Omit<OccurrenceRecord, 'id' | 'line_id' | 'key' | 'version'>>;
/** Writes a locked one. @returns its new version */
export const patchOccurrence = async (tx: Tx, id: string, set: OccurrencePatch): Promise<OccurrenceRecord> =>
  db(tx)
    .updateTable('occurrence')
    .set((e) => ({ ...set, version: e('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

export const insertMark = (tx: Tx, row: MarkRecord) => db(tx).insertInto('mark').values(row).execute();
export const markById = (tx: Tx, id: string): Promise<MarkRecord | undefined> =>
  db(tx).selectFrom('mark').selectAll().where('id', '=', id).executeTakeFirst();
export const marksOf = (tx: Tx, occurrenceIds: readonly string[]): Promise<MarkRecord[]> =>
  occurrenceIds.length === 0
    ? Promise.resolve([])
    : db(tx)
        .selectFrom('mark')
        .selectAll()
        .where('occurrence_id', '=', sql<string>`any(${[...occurrenceIds]}::uuid[])`)
        .orderBy('received_at')
        // Within one moment the further ones come after the first.
        .orderBy(sql`kind = 'more'`)
        .orderBy('id')
        .execute();

/** Forgets words and files of old marks, through the one door that may. @returns whose */
export const forgetMarks = preparedStatement<{ id: string }>(
  'measures',
  'forget_marks',
  'select id from measures.forget_evidence($1, $2) as id',
);

// ---- for loaders

/** All that were made and nobody has touched, oldest due first. */
export const untouched = preparedStatement<DueRecord>(
  'measures',
  'untouched',
  `${withLine} where o.state = 'open' and o.version = 0 order by o.due_at, o.id`,
);
export const becomeMany = preparedStatement(
  'measures',
  'become_many',
  `update measures.occurrence o
   set state = n.state, lapsed_at = n.lapsed_at, done_at = n.done_at, done_by = n.done_by, done_label = n.done_label,
       late = n.late, made_offline = n.made_offline, cannot_at = n.cannot_at, cannot_by = n.cannot_by, answer = n.answer,
       answered_at = n.answered_at, verdict = n.verdict, version = 1
   from json_populate_recordset(null::measures.occurrence, $1) as n where n.id = o.id`,
);
export const insertManyMarks = preparedStatement(
  'measures',
  'insert_many_marks',
  'insert into measures.mark select * from json_populate_recordset(null::measures.mark, $1)',
);
