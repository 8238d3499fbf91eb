import type { Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { RequestRecord } from '../requests/index.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('followups');

export type CallRecord = Selectable<DB['call']>;
export type AttemptRecord = Selectable<DB['attempt']>;
export type AnswerRecord = Selectable<DB['answer']>;

export interface NewCall {
  id: string;
  request_id: string;
  kind?: 'closure' | 'again' | 'visit';
  reason: string;
  site_id: number | null;
  unit_id: number | null;
  class: string;
  person_id: string | null;
  due_at: Date;
  created_at: Date;
  opens_at?: Date | null;
  day?: string | null;
  first_call_id?: string | null;
  after_hours?: number | null;
}

/** At most one of a kind is open for a request. @returns the requests newly on the list */
export const insertCalls = (tx: Tx, rows: NewCall[]) =>
  rows.length === 0
    ? Promise.resolve([])
    : db(tx)
        .insertInto('call')
        .values(rows)
        .onConflict((c) => c.doNothing())
        .returning(['id', 'request_id'])
        .execute();

const day = 24 * 3_600_000;

/** Puts requests on the call list; due within 24 hours. @returns how many were not there yet */
export async function planCalls(tx: Tx, requests: RequestRecord[], reason: string, now: Date): Promise<number> {
  const planned = await insertCalls(
    tx,
    requests.map((r) => callFor(r, reason, now)),
  );
  return planned.length;
}

const callFor = (r: RequestRecord, reason: string, now: Date): NewCall => ({
  id: uuidv7(),
  request_id: r.id,
  reason,
  site_id: r.site_id,
  unit_id: r.unit_id,
  class: r.class,
  person_id: r.requester_id,
  due_at: new Date(now.getTime() + day),
  created_at: now,
});

/** One request of a frame. @returns the call, or null where one is open already */
export async function planCall(
  tx: Tx,
  r: RequestRecord,
  plan: { reason: string; now: Date; day: string },
): Promise<string | null> {
  const [made] = await insertCalls(tx, [{ ...callFor(r, plan.reason, plan.now), day: plan.day }]);
  return made?.id ?? null;
}

/** The same questions once more, asked by somebody else some hours later. @returns null where that is on the list already */
export async function planAgain(
  tx: Tx,
  first: CallRecord,
  reason: 'again' | 'correction',
  now: Date,
): Promise<string | null> {
  const [made] = await insertCalls(tx, [
    {
      id: uuidv7(),
      request_id: first.request_id,
      kind: 'again',
      reason,
      site_id: first.site_id,
      unit_id: first.unit_id,
      class: first.class,
      person_id: first.person_id,
      first_call_id: first.id,
      due_at: new Date(now.getTime() + day),
      opens_at: reason === 'again' ? new Date(now.getTime() + day / 6) : now,
      created_at: now,
    },
  ]);
  return made?.id ?? null;
}

/** Calls about the closing of a request that were planned since it was handled; cancelled ones asked nobody. */
export const callsSince = (
  tx: Tx,
  requestId: string,
  since: Date,
): Promise<Pick<CallRecord, 'id' | 'reason' | 'outcome'>[]> =>
  db(tx)
    .selectFrom('call')
    .select(['id', 'reason', 'outcome'])
    .where('request_id', '=', requestId)
    .where('kind', '=', 'closure')
    .where('created_at', '>=', since)
    .where((e) => e.or([e('outcome', 'is', null), e('outcome', '!=', 'cancelled')]))
    .orderBy('created_at', 'desc')
    .execute();
/** The frame in whose count a call stands. */
export const setCallDay = (tx: Tx, id: string, of: string) =>
  db(tx).updateTable('call').set({ day: of }).where('id', '=', id).execute();

export const lockCall = (tx: Tx, id: string) =>
  db(tx).selectFrom('call').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const callById = (tx: Tx, id: string) =>
  db(tx).selectFrom('call').selectAll().where('id', '=', id).executeTakeFirst();
/** What is open about a request, of these kinds. */
export const lockOpenCallsOf = (tx: Tx, requestId: string, kinds: readonly string[]) =>
  db(tx)
    .selectFrom('call')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('kind', 'in', kinds)
    .where('done_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();

/** Of these requests, those a caller rings or has rung. */
export const calledAmong = preparedStatement<{ request_id: string }>(
  'followups',
  'called_among',
  'select distinct request_id from followups.call where request_id = any($1::uuid[])',
);

export const eraseAnswers = (tx: Tx, requestId: string) =>
  sql`select followups.erase_words(${requestId})`.execute(db(tx));

/** Nobody learns that their own call is made once more by somebody else. */
const forCaller = sql`not exists (select from followups.call first where first.id = call.first_call_id and first.caller_id = `;

/** What is on the list now, due first. */
export const dueCalls = (
  tx: Tx,
  caller: { id: string | null; now: Date },
  after: { at: Date; id: string } | undefined,
  limit: number,
) =>
  db(tx)
    .selectFrom('call')
    .selectAll()
    .where('done_at', 'is', null)
    .where((e) => e.or([e('opens_at', 'is', null), e('opens_at', '<=', caller.now)]))
    .where(sql<boolean>`${forCaller}${caller.id}::uuid)`)
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(due_at, id) > (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();

/** When each of these requests was last put on the call list, and whether that call is still open; cancelled ones asked nobody. */
export const lastCalls = async (tx: Tx, requestIds: string[]): Promise<Map<string, { at: Date; open: boolean }>> =>
  requestIds.length === 0
    ? new Map()
    : new Map(
        (
          await db(tx)
            .selectFrom('call')
            .select((e) => [
              'request_id',
              e.fn.max('created_at').as('at'),
              sql<boolean>`bool_or(done_at is null)`.as('open'),
            ])
            .where('request_id', 'in', requestIds)
            .where('kind', '=', 'closure')
            .where((e) => e.or([e('outcome', 'is', null), e('outcome', '!=', 'cancelled')]))
            .groupBy('request_id')
            .execute()
        ).map((row) => [row.request_id, { at: row.at, open: row.open }]),
      );

export const finishCall = (tx: Tx, id: string, set: { done_at: Date; outcome: string; caller_id: string | null }) =>
  db(tx)
    .updateTable('call')
    .set({ ...set, claimed_by: null, claimed_label: null, claimed_until: null })
    .where('id', '=', id)
    .execute();
export const setAppointment = (
  tx: Tx,
  id: string,
  set: { appointment_at: Date | null; due_at: Date; keeper_id: string | null; keeper_label: string },
) => db(tx).updateTable('call').set(set).where('id', '=', id).execute();

/** Takes the lease unless somebody else holds it. @returns false where they do */
export async function claimCall(
  tx: Tx,
  id: string,
  by: { id: string; label: string },
  now: Date,
  until: Date,
): Promise<boolean> {
  const taken = await db(tx)
    .updateTable('call')
    .set({ claimed_by: by.id, claimed_label: by.label, claimed_until: until })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .where((e) => e.or([e('claimed_by', 'is', null), e('claimed_by', '=', by.id), e('claimed_until', '<=', now)]))
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}
export const releaseCall = (tx: Tx, id: string, accountId: string) =>
  db(tx)
    .updateTable('call')
    .set({ claimed_by: null, claimed_label: null, claimed_until: null })
    .where('id', '=', id)
    .where('claimed_by', '=', accountId)
    .execute();

// ---- when people answer

/** Hours of the group's day at which these people answered before. */
export const answeredHours = preparedStatement<{ person_id: string; hour: number }>(
  'followups',
  'answered_hours',
  `select c.person_id, extract(hour from a.at at time zone $2)::int as hour
   from followups.call c join followups.answer a on a.call_id = c.id
   where c.person_id = any($1::uuid[]) and c.outcome = 'answered' order by a.at desc limit 2000`,
);

/** By site and hour of the group's day: how often the telephone was answered and how often it was not, of late. */
export const siteHours = preparedStatement<{ site_id: number; hour: number; answered: number; failed: number }>(
  'followups',
  'site_hours',
  `select site_id, hour, sum(answered)::int as answered, sum(failed)::int as failed from (
     select c.site_id, extract(hour from a.at at time zone $2)::int as hour, 1 as answered, 0 as failed
     from followups.call c join followups.answer a on a.call_id = c.id
     where c.site_id = any($1::int[]) and c.outcome = 'answered' and c.done_at > $3
     union all
     select c.site_id, extract(hour from t.at at time zone $2)::int, 0, 1
     from followups.call c join followups.attempt t on t.call_id = c.id
     where c.site_id = any($1::int[]) and c.done_at > $3 and t.channel = 'phone' and t.outcome in ('no_answer', 'busy')
   ) as tried group by site_id, hour`,
);

export const insertAttempt = (
  tx: Tx,
  row: {
    id: string;
    call_id: string;
    at: Date;
    channel: string;
    outcome: string;
    caller_id: string;
    caller_label: string;
  },
) => db(tx).insertInto('attempt').values(row).execute();
export const attemptsOf = (tx: Tx, callIds: string[]) =>
  callIds.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('attempt').selectAll().where('call_id', 'in', callIds).orderBy('at').execute();

export const insertAnswer = (tx: Tx, row: AnswerRecord) => db(tx).insertInto('answer').values(row).execute();

export const today = async (
  tx: Tx,
  from: Date,
  now: Date,
  callerId: string,
): Promise<{ due: number; done: number }> => {
  const { rows } = await sql<{ due: number; done: number }>`select
    (select count(*)::int from (select 1 from followups.call where done_at is null and (opens_at is null or opens_at <= ${now})
       and ${forCaller}${callerId}::uuid) limit 999) as counted) as due,
    (select count(*)::int from followups.call where done_at >= ${from} and caller_id = ${callerId}) as done`.execute(
    db(tx),
  );
  return rows[0]!;
};

// ---- scripts

export type ScriptRecord = Selectable<DB['script']>;

export const newestScript = (tx: Tx, purpose: string): Promise<ScriptRecord> =>
  db(tx)
    .selectFrom('script')
    .selectAll()
    .where('purpose', '=', purpose)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
export const scriptExists = async (tx: Tx, purpose: string, version: number): Promise<boolean> =>
  (await db(tx)
    .selectFrom('script')
    .select('version')
    .where('purpose', '=', purpose)
    .where('version', '=', version)
    .executeTakeFirst()) !== undefined;
export const allScripts = (tx: Tx): Promise<ScriptRecord[]> =>
  db(tx).selectFrom('script').selectAll().orderBy('purpose').orderBy('version', 'desc').execute();
/** @returns false where somebody else made this version first */
export async function insertScript(
  tx: Tx,
  row: { purpose: string; version: number; lines: object; made_by_label: string; made_at: Date },
): Promise<boolean> {
  const made = await db(tx)
    .insertInto('script')
    .values({ ...row, lines: JSON.stringify(row.lines) })
    .onConflict((c) => c.doNothing())
    .returning('version')
    .executeTakeFirst();
  return made !== undefined;
}
/** Answers by the script that was read out. */
export const answersByScript = preparedStatement<{ purpose: string; version: string; n: number }>(
  'followups',
  'answers_by_script',
  `select case when c.kind = 'again' then 'again' when c.reason = 'withdrawn' then 'withdrawn' else 'closure' end as purpose,
     a.script_version as version, count(*)::int as n
   from followups.answer a join followups.call c on c.id = a.call_id group by 1, 2
   union all select 'visit', script_version, count(*)::int from followups.visit_result group by 2`,
);

// ---- after sales

export const visitRules = (tx: Tx): Promise<Selectable<DB['visit_rule']>[]> =>
  db(tx).selectFrom('visit_rule').selectAll().orderBy('category_id').orderBy('after_hours').execute();
export async function replaceVisitRule(tx: Tx, categoryId: number, afterHours: number[]): Promise<void> {
  await db(tx).deleteFrom('visit_rule').where('category_id', '=', categoryId).execute();
  if (afterHours.length > 0)
    await db(tx)
      .insertInto('visit_rule')
      .values(afterHours.map((after_hours) => ({ category_id: categoryId, after_hours })))
      .execute();
}
export const insertVisitResult = (
  tx: Tx,
  row: {
    call_id: string;
    at: Date;
    caller_id: string;
    result: string;
    too_late: boolean;
    words: string | null;
    script_version: string;
    seconds: number | null;
    call_ref: string | null;
  },
) => db(tx).insertInto('visit_result').values(row).execute();

// ---- asked twice

export interface TwiceRow {
  second_id: string;
  request_id: string;
  reason: string;
  first_at: Date;
  first_caller: string;
  first_answer: string;
  first_satisfied: number | null;
  first_seconds: number | null;
  first_ref: string | null;
  second_at: Date | null;
  second_caller: string | null;
  second_answer: string | null;
  second_satisfied: number | null;
  second_seconds: number | null;
  second_ref: string | null;
}
export const askedTwice = preparedStatement<TwiceRow>(
  'followups',
  'asked_twice',
  `select g.id as second_id, g.request_id, g.reason, a.at as first_at, a.caller_id as first_caller, a.answer as first_answer,
     a.satisfied as first_satisfied, a.seconds as first_seconds, a.call_ref as first_ref, b.at as second_at,
     b.caller_id as second_caller, b.answer as second_answer, b.satisfied as second_satisfied, b.seconds as second_seconds,
     b.call_ref as second_ref
   from followups.call g join followups.answer a on a.call_id = g.first_call_id left join followups.answer b on b.call_id = g.id
   where g.first_call_id is not null order by g.created_at desc limit $1`,
);
/** Completed calls since a moment whose length is known, and how many of them were over within 20 seconds. */
export const shortCalls = preparedStatement<{ n: number; known: number }>(
  'followups',
  'short_calls',
  `select count(*) filter (where seconds < 20)::int as n, count(*)::int as known
   from followups.answer where at > $1 and seconds is not null`,
);
export const answerOf = (tx: Tx, callId: string) =>
  db(tx).selectFrom('answer').selectAll().where('call_id', '=', callId).executeTakeFirst();

export const visitResultOf = (tx: Tx, callId: string) =>
  db(tx).selectFrom('visit_result').selectAll().where('call_id', '=', callId).executeTakeFirst();

// ---- hand-over

export const keptCalls = (tx: Tx, keeperId: string): Promise<CallRecord[]> =>
  db(tx)
    .selectFrom('call')
    .selectAll()
    .where('done_at', 'is', null)
    .where('keeper_id', '=', keeperId)
    .where(
      sql<boolean>`not exists (select from followups.handover_item i join followups.handover h on h.id = i.handover_id
        where i.call_id = call.id and h.taken_at is null)`,
    )
    .orderBy('due_at')
    .limit(200)
    .execute();
export const callsByIds = (tx: Tx, ids: string[]): Promise<CallRecord[]> =>
  ids.length === 0 ? Promise.resolve([]) : db(tx).selectFrom('call').selectAll().where('id', 'in', ids).execute();

export type HandoverRecord = Selectable<DB['handover']>;

export async function insertHandover(
  tx: Tx,
  row: Pick<HandoverRecord, 'id' | 'at' | 'from_id' | 'from_label' | 'note'>,
  items: { call_id: string; note: string | null }[],
): Promise<void> {
  await db(tx).insertInto('handover').values(row).execute();
  if (items.length > 0)
    await db(tx)
      .insertInto('handover_item')
      .values(items.map((item) => ({ handover_id: row.id, ...item })))
      .execute();
}
export const lockHandover = (tx: Tx, id: string) =>
  db(tx).selectFrom('handover').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
/** Those waiting, and the last twenty that were taken. */
export const handovers = async (tx: Tx): Promise<HandoverRecord[]> => [
  ...(await db(tx).selectFrom('handover').selectAll().where('taken_at', 'is', null).orderBy('at').limit(50).execute()),
  ...(await db(tx)
    .selectFrom('handover')
    .selectAll()
    .where('taken_at', 'is not', null)
    .orderBy('taken_at', 'desc')
    .limit(20)
    .execute()),
];
export const handoverItems = (tx: Tx, ids: string[]): Promise<Selectable<DB['handover_item']>[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db(tx).selectFrom('handover_item').selectAll().where('handover_id', 'in', ids).execute();
export const takeHandover = (tx: Tx, id: string, by: { at: Date; id: string; label: string }) =>
  db(tx)
    .updateTable('handover')
    .set({ taken_at: by.at, taken_by: by.id, taken_label: by.label })
    .where('id', '=', id)
    .execute();
/** @returns how many were still open */
export async function moveKeeper(tx: Tx, callIds: string[], to: { id: string; label: string }): Promise<number> {
  if (callIds.length === 0) return 0;
  const moved = await db(tx)
    .updateTable('call')
    .set({ keeper_id: to.id, keeper_label: to.label })
    .where('id', 'in', callIds)
    .where('done_at', 'is', null)
    .returning('id')
    .execute();
  return moved.length;
}

// ---- a history made beforehand (the demo world)

export type VisitRecord = Selectable<DB['visit_result']>;

const bulk = (table: string, columns: string) =>
  preparedStatement(
    'followups',
    `bulk_${table}`,
    `insert into followups.${table} (${columns}) select ${columns} from json_populate_recordset(null::followups.${table}, $1)`,
  );
const bulkCalls = bulk(
  'call',
  'id, request_id, reason, site_id, unit_id, class, due_at, appointment_at, created_at, done_at, outcome, caller_id, kind, day, opens_at, first_call_id, after_hours, keeper_id, keeper_label, person_id',
);
const bulkAttempts = bulk('attempt', 'id, call_id, at, channel, outcome, caller_id, caller_label');
const bulkAnswers = bulk(
  'answer',
  'call_id, at, caller_id, contacted, answer, satisfied, speed, attitude, words, script_version, seconds, call_ref, ticks',
);

const bulkVisits = bulk(
  'visit_result',
  'call_id, at, caller_id, result, too_late, words, script_version, seconds, call_ref',
);

/** Rows as the commands would have left them, many at once. */
export async function insertHistory(
  tx: Tx,
  rows: { calls: CallRecord[]; attempts: AttemptRecord[]; answers: AnswerRecord[]; visits: VisitRecord[] },
): Promise<void> {
  await bulkCalls(tx, [JSON.stringify(rows.calls)]);
  await bulkAttempts(tx, [JSON.stringify(rows.attempts)]);
  await bulkAnswers(tx, [JSON.stringify(rows.answers)]);
  await bulkVisits(tx, [JSON.stringify(rows.visits)]);
}

/** Open calls whose agreed time has come, with whoever agreed it: the caller of the last attempt. */
export async function appointmentsDue(tx: Tx, from: Date, to: Date) {
  const { rows } = await sql<{ id: string; request_id: string; appointment_at: Date; caller_id: string }>`
    select c.id, c.request_id, c.appointment_at, a.caller_id
    from followups.call c
      join lateral (select caller_id from followups.attempt where call_id = c.id order by at desc, id desc limit 1) a on true
    where c.done_at is null and c.appointment_at > ${from} and c.appointment_at <= ${to}
    order by c.appointment_at limit 500`.execute(db(tx));
  return rows;
}

/** Calls about the closing of these requests with what was heard of attitude; cancelled ones asked nobody. */
export interface ClosureCall {
  id: string;
  request_id: string;
  due_at: Date;
  done_at: Date | null;
  answered_at: Date | null;
  /** 1 to 5. */
  attitude: number | null;
}
export const closureCallsAbout = preparedStatement<ClosureCall>(
  'followups',
  'closure_calls_about',
  `select c.id, c.request_id, c.due_at, c.done_at, a.at as answered_at, a.attitude
   from followups.call c left join followups.answer a on a.call_id = c.id
   where c.request_id = any($1::uuid[]) and c.kind = 'closure' and c.outcome is distinct from 'cancelled'
   order by c.created_at, c.id`,
);
