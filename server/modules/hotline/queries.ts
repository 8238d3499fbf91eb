import type { Selectable } from 'kysely';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('hotline');

// ---- exchanges and what they tell

export const liveExchange = (tx: Tx, id: string) =>
  db(tx).selectFrom('exchange').selectAll().where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst();
export const allExchanges = (tx: Tx) =>
  db(tx)
    .selectFrom('exchange')
    .select(['id', 'name', 'made_at', 'ended_at'])
    .select((e) =>
      e
        .selectFrom('event')
        .select((f) => f.fn.max('received_at').as('at'))
        .whereRef('event.exchange_id', '=', 'exchange.id')
        .as('last_heard_at'),
    )
    .orderBy('made_at')
    .execute();
export const insertExchange = (
  tx: Tx,
  row: { id: string; name: string; secret: Buffer; made_by: string; made_at: Date },
) => db(tx).insertInto('exchange').values(row).execute();
export const patchExchange = (
  tx: Tx,
  id: string,
  set: { secret?: Buffer; secret_before?: Buffer; before_until?: Date; ended_at?: Date },
) =>
  db(tx).updateTable('exchange').set(set).where('id', '=', id).where('ended_at', 'is', null).returning('id').execute();

/** @returns false where this event was told before */
export const insertEvent = async (tx: Tx, row: Selectable<DB['event']>): Promise<boolean> => {
  const stored = await db(tx)
    .insertInto('event')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('event_id')
    .execute();
  return stored.length > 0;
};

// ---- calls

/** The call of this reference, locked; made by its first event, whichever that is. */
export const lockCallOf = async (
  tx: Tx,
  row: { id: string; exchange_id: string; call_ref: string; offered_at: Date },
) => {
  await db(tx)
    .insertInto('call')
    .values(row)
    .onConflict((c) => c.columns(['exchange_id', 'call_ref']).doNothing())
    .execute();
  return db(tx)
    .selectFrom('call')
    .selectAll()
    .where('exchange_id', '=', row.exchange_id)
    .where('call_ref', '=', row.call_ref)
    .forUpdate()
    .executeTakeFirstOrThrow();
};
export type CallRecord = Awaited<ReturnType<typeof lockCallOf>>;

export interface CallPatch {
  offered_at?: Date;
  answered_at?: Date;
  ended_at?: Date;
  seat?: string;
  operator_id?: string;
  contact_id?: string;
  caller_key?: Buffer;
  number?: Buffer | null;
  recording_ref?: string;
}
export const patchCall = (tx: Tx, id: string, set: CallPatch) =>
  Object.keys(set).length === 0
    ? Promise.resolve()
    : db(tx).updateTable('call').set(set).where('id', '=', id).execute();
export const lockCall = (tx: Tx, id: string) =>
  db(tx).selectFrom('call').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** The newest call on a seat that is not over, or was over a moment ago and still wants its outcome. */
export const callOnSeat = (tx: Tx, seat: string, since: Date) =>
  db(tx)
    .selectFrom('call')
    .select(['id', 'offered_at', 'answered_at', 'contact_id'])
    .where('seat', '=', seat)
    .where('ended_at', 'is', null)
    .where('offered_at', '>', since)
    .orderBy('offered_at', 'desc')
    .limit(1)
    .executeTakeFirst();

export const runningCalls = (tx: Tx, since: Date) =>
  db(tx)
    .selectFrom('call')
    .select((e) => e.fn.countAll<string>().as('n'))
    .where('ended_at', 'is', null)
    .where('answered_at', 'is', null)
    .where('offered_at', '>', since)
    .executeTakeFirstOrThrow();

export const rungSince = (tx: Tx, from: Date, to: Date) =>
  db(tx)
    .selectFrom('call')
    .select(['offered_at', 'answered_at', 'ended_at', 'contact_id'])
    .where('offered_at', '>=', from)
    .where('offered_at', '<', to)
    .orderBy('offered_at')
    .orderBy('id')
    .execute();

/** Over for a minute and not settled: late news of an answer has had its time to arrive. */
export const unsettledCalls = (tx: Tx, endedBefore: Date) =>
  db(tx)
    .selectFrom('call')
    .select('id')
    .where('ended_at', '<', endedBefore)
    .where('contact_id', 'is', null)
    .orderBy('ended_at')
    .limit(500)
    .execute();

/** The exchange never said that they ended: after so long they did. */
export const endForgotten = (tx: Tx, offeredBefore: Date) =>
  db(tx)
    .updateTable('call')
    .set((e) => ({ ended_at: e.fn.coalesce('answered_at', 'offered_at') }))
    .where('ended_at', 'is', null)
    .where('offered_at', '<', offeredBefore)
    .returning('id')
    .execute();

export const forgetNumbers = (tx: Tx, endedBefore: Date) =>
  db(tx)
    .updateTable('call')
    .set({ number: null })
    .where('number', 'is not', null)
    .where('ended_at', '<', endedBefore)
    .execute();

/** Numbers of those who were rung back and reached before this. */
export const forgetReached = (tx: Tx, before: Date) =>
  db(tx)
    .updateTable('callback')
    .set({ number: null })
    .where('number', 'is not', null)
    .where('done_at', '<', before)
    .execute();

/** Of a call whose matter was moved to a sealed line nothing tells any more who rang (rules 5). */
export const eraseCallerOf = async (tx: Tx, contactId: string): Promise<void> => {
  await db(tx)
    .updateTable('call')
    .set({ caller_key: null, number: null, recording_ref: null })
    .where('contact_id', '=', contactId)
    .execute();
  await db(tx)
    .updateTable('callback')
    .set({ caller_key: null, number: null })
    .where('contact_id', '=', contactId)
    .execute();
};

/** Notes between shifts have done their work after a fortnight, and may name people. */
export const forgetHandovers = (tx: Tx, before: Date) =>
  db(tx).updateTable('handover').set({ words: '' }).where('at', '<', before).where('words', '<>', '').execute();

export const callLog = (
  tx: Tx,
  wanted: {
    view: string;
    from?: Date;
    to?: Date;
    /** `offset`: minutes the group's day is ahead of UTC. */
    hour?: { at: number; offset: number };
    contactIds?: string[];
    before?: { at: Date; id: string };
    limit: number;
  },
) =>
  db(tx)
    .selectFrom('call')
    .leftJoin('callback', 'callback.call_id', 'call.id')
    .select([
      'call.id',
      'call.offered_at',
      'call.answered_at',
      'call.ended_at',
      'call.seat',
      'call.operator_id',
      'call.contact_id',
      'callback.id as callback_id',
      'callback.outcome as callback_outcome',
    ])
    .$if(wanted.from !== undefined, (q) => q.where('call.offered_at', '>=', wanted.from!))
    .$if(wanted.to !== undefined, (q) => q.where('call.offered_at', '<', wanted.to!))
    .$if(wanted.hour !== undefined, (q) =>
      q.where(
        sql<boolean>`extract(hour from (call.offered_at at time zone 'UTC') + ${wanted.hour!.offset} * interval '1 minute') = ${wanted.hour!.at}`,
      ),
    )
    .$if(wanted.contactIds !== undefined, (q) =>
      q.where('call.contact_id', '=', sql<string>`any(${wanted.contactIds!}::uuid[])`),
    )
    .$if(wanted.view === 'waiting', (q) => q.where('call.answered_at', 'is', null).where('call.ended_at', 'is', null))
    .$if(wanted.view === 'answered', (q) => q.where('call.answered_at', 'is not', null))
    .$if(wanted.view === 'in_time', (q) =>
      q.where(sql<boolean>`call.answered_at <= call.offered_at + interval '15 seconds'`),
    )
    .$if(wanted.view === 'late', (q) =>
      q.where(sql<boolean>`call.answered_at > call.offered_at + interval '15 seconds'`),
    )
    .$if(wanted.view === 'given_up', (q) =>
      q.where('call.answered_at', 'is', null).where('call.ended_at', 'is not', null),
    )
    .$if(wanted.before !== undefined, (q) =>
      q.where(sql<boolean>`(call.offered_at, call.id) < (${wanted.before!.at}, ${wanted.before!.id}::uuid)`),
    )
    .orderBy('call.offered_at', 'desc')
    .orderBy('call.id', 'desc')
    .limit(wanted.limit)
    .execute();

export const insertCalls = async (
  tx: Tx,
  rows: {
    id: string;
    caller_key: Buffer | null;
    offered_at: Date;
    answered_at: Date | null;
    ended_at: Date | null;
    operator_id: string | null;
    seat: string | null;
    contact_id: string;
  }[],
): Promise<void> => {
  for (let from = 0; from < rows.length; from += 1000)
    await db(tx)
      .insertInto('call')
      .values(rows.slice(from, from + 1000))
      .execute();
};

// ---- seats

export const seatOf = (tx: Tx, accountId: string) =>
  db(tx).selectFrom('seat').selectAll().where('account_id', '=', accountId).executeTakeFirst();
export const seatByCode = (tx: Tx, code: string) =>
  db(tx).selectFrom('seat').selectAll().where('code', '=', code).executeTakeFirst();
export const leaveSeat = (tx: Tx, accountId: string) =>
  db(tx).deleteFrom('seat').where('account_id', '=', accountId).execute();
/** Who sits down takes the seat over from whoever forgot to leave it. */
export const takeSeat = (tx: Tx, row: { code: string; account_id: string; home: boolean; since: Date }) =>
  db(tx)
    .insertInto('seat')
    .values(row)
    .onConflict((c) =>
      c.column('code').doUpdateSet((e) => ({
        account_id: e.ref('excluded.account_id'),
        home: e.ref('excluded.home'),
        since: e.ref('excluded.since'),
      })),
    )
    .execute();

// ---- ringing back

/** @returns null where this caller waits already */
export const insertCallback = async (
  tx: Tx,
  row: {
    id: string;
    call_id: string | null;
    caller_key: Buffer;
    number: Buffer;
    why: string;
    urgent: boolean;
    made_at: Date;
    promised_by: Date;
    next_at: Date;
  },
) =>
  (await db(tx)
    .insertInto('callback')
    .values(row)
    .onConflict((c) => c.column('caller_key').where('done_at', 'is', null).doNothing())
    .returning(['id', 'promised_by'])
    .executeTakeFirst()) ?? null;
export const waitingCallbackOf = (tx: Tx, callerKey: Buffer) =>
  db(tx)
    .selectFrom('callback')
    .selectAll()
    .where('caller_key', '=', callerKey)
    .where('done_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
export const waitingCallbacks = (tx: Tx) =>
  db(tx)
    .selectFrom('callback')
    .selectAll()
    .where('done_at', 'is', null)
    .orderBy('urgent', 'desc')
    .orderBy('promised_by')
    .limit(300)
    .execute();
export const countCallbacks = (tx: Tx, now: Date) =>
  db(tx)
    .selectFrom('callback')
    .select((e) => [
      e.fn.countAll<string>().as('waiting'),
      e.fn.countAll<string>().filterWhere('promised_by', '<', now).as('late'),
    ])
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow();
export const lockCallback = (tx: Tx, id: string) =>
  db(tx).selectFrom('callback').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export interface CallbackPatch {
  claimed_by?: string | null;
  claimed_label?: string | null;
  claimed_until?: Date | null;
  attempts?: number;
  next_at?: Date;
  done_at?: Date;
  outcome?: string;
  contact_id?: string;
  number?: null;
  urgent?: boolean;
}
export const patchCallback = (tx: Tx, id: string, set: CallbackPatch) =>
  db(tx).updateTable('callback').set(set).where('id', '=', id).execute();

// ---- surges

export const surgeNow = (tx: Tx) =>
  db(tx).selectFrom('surge').selectAll().where('to_at', 'is', null).executeTakeFirst();
export const surges = (tx: Tx) => db(tx).selectFrom('surge').selectAll().orderBy('from_at', 'desc').limit(20).execute();
export const beginSurge = async (
  tx: Tx,
  row: { id: string; from_at: Date; why: string; figures: string; by_id: string | null },
): Promise<boolean> =>
  (
    await db(tx)
      .insertInto('surge')
      .values(row)
      .onConflict((c) => c.doNothing())
      .returning('id')
      .execute()
  ).length > 0;
export const endSurge = (tx: Tx, at: Date) =>
  db(tx).updateTable('surge').set({ to_at: at }).where('to_at', 'is', null).returning('id').execute();
export const surgeRule = (tx: Tx) => db(tx).selectFrom('surge_rule').selectAll().executeTakeFirstOrThrow();
export const setSurgeRule = (
  tx: Tx,
  set: { most_waiting: number | null; least_answered: string | null; promise_minutes: number },
) => db(tx).updateTable('surge_rule').set(set).execute();

// ---- hand-over

export const insertHandover = (
  tx: Tx,
  row: { id: string; at: Date; by_id: string; by_label: string; words: string; figures: string },
) => db(tx).insertInto('handover').values(row).execute();
export const handovers = (tx: Tx, limit: number) =>
  db(tx).selectFrom('handover').selectAll().orderBy('at', 'desc').limit(limit).execute();
export type HandoverRecord = Awaited<ReturnType<typeof handovers>>[number];
export const readHandover = (tx: Tx, id: string, by: { read_at: Date; read_by: string; read_label: string }) =>
  db(tx)
    .updateTable('handover')
    .set(by)
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .where('by_id', '<>', by.read_by)
    .returning('id')
    .execute();
