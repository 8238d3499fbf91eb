import type { Selectable } from 'kysely';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('webhooks');

export type SubscriptionRecord = Selectable<DB['subscription']>;
export type DeliveryRecord = Selectable<DB['delivery']>;

export const allSubscriptions = (tx: Tx) =>
  db(tx).selectFrom('subscription').selectAll().where('ended_at', 'is', null).orderBy('created_at').execute();
export const subscriptionById = (tx: Tx, id: string) =>
  db(tx).selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst();
export const lockSubscription = (tx: Tx, id: string) =>
  db(tx)
    .selectFrom('subscription')
    .selectAll()
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();

export const insertSubscription = (
  tx: Tx,
  row: Pick<
    SubscriptionRecord,
    'id' | 'name' | 'url' | 'types' | 'allow_private' | 'enabled' | 'secret' | 'from_position' | 'created_at'
  >,
) => db(tx).insertInto('subscription').values(row).returningAll().executeTakeFirstOrThrow();

export type SubscriptionPatch = Partial<Omit<SubscriptionRecord, 'id' | 'version' | 'created_at'>>;
/** A person's change: the version goes up. */
export const changeSubscription = (tx: Tx, id: string, set: SubscriptionPatch) =>
  db(tx)
    .updateTable('subscription')
    .set((e) => ({ ...set, version: e('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
/** What the sending itself learns. */
export const noteOnSubscription = (tx: Tx, id: string, set: SubscriptionPatch) =>
  db(tx).updateTable('subscription').set(set).where('id', '=', id).execute();

export async function insertDeliveries(
  tx: Tx,
  rows: Pick<
    DeliveryRecord,
    'id' | 'subscription_id' | 'position' | 'type' | 'subject' | 'body' | 'not_before' | 'created_at'
  >[],
): Promise<void> {
  if (rows.length > 0)
    await db(tx)
      .insertInto('delivery')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
}

export const deliveryById = (tx: Tx, id: string) =>
  db(tx).selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst();

/** Takes what is due, in the order of the journal; what another program has taken is passed over. */
export async function claimDeliveries(tx: Tx, at: Date, until: Date, limit: number): Promise<DeliveryRecord[]> {
  const { rows } = await sql<DeliveryRecord>`
    update webhooks.delivery set state = 'sending', attempts = attempts + 1, claimed_until = ${until}
    where id in (
      select id from webhooks.delivery
      where state in ('waiting', 'sending') and not_before <= ${at} and (state = 'waiting' or claimed_until < ${at})
      order by not_before, position limit ${limit} for update skip locked)
    returning *`.execute(db(tx));
  return rows.sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
}

/** Only by whoever holds it: what was taken over meanwhile is the other's to end. */
export async function endDelivery(
  tx: Tx,
  held: Pick<DeliveryRecord, 'id' | 'attempts'>,
  set: Pick<DeliveryRecord, 'state' | 'status' | 'reason' | 'done_at'> & { not_before?: Date; attempts?: number },
): Promise<boolean> {
  const ended = await db(tx)
    .updateTable('delivery')
    .set({ ...set, claimed_until: null })
    .where('id', '=', held.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', held.attempts)
    .returning('id')
    .execute();
  return ended.length > 0;
}

/** Whatever of a subscription has not gone out will not. */
export const dropWaiting = (tx: Tx, subscriptionId: string, at: Date, reason: string) =>
  db(tx)
    .updateTable('delivery')
    .set({ state: 'dropped', reason, done_at: at, claimed_until: null })
    .where('subscription_id', '=', subscriptionId)
    .where('state', 'in', ['waiting', 'sending'])
    .execute();

/** Whatever tells of this record and has not gone out will not. */
export const dropAbout = (tx: Tx, subject: string, at: Date) =>
  db(tx)
    .updateTable('delivery')
    .set({ state: 'dropped', reason: 'withdrawn', done_at: at, claimed_until: null })
    .where('subject', '=', subject)
    .where('state', 'in', ['waiting', 'sending'])
    .execute();

export const reviveDelivery = (tx: Tx, id: string, at: Date) =>
  db(tx)
    .updateTable('delivery')
    .set({ state: 'waiting', attempts: 0, not_before: at, created_at: at, reason: null, status: null, done_at: null })
    .where('id', '=', id)
    .where('state', 'in', ['sent', 'dead', 'dropped'])
    .returningAll()
    .executeTakeFirst();

/** Ended ones from before; the database deletes no others. @returns how many */
export async function forgetDeliveries(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ n: string }>`select webhooks.forget_deliveries(${before}) as n`.execute(db(tx));
  return Number(rows[0]!.n);
}

export async function healthSince(tx: Tx, since: Date) {
  const { rows } = await sql<{
    subscription_id: string;
    waiting: number;
    sent: number;
    dead: number;
    last_sent_at: Date | null;
  }>`
    select subscription_id, count(*) filter (where state in ('waiting', 'sending')) as waiting,
      count(*) filter (where state = 'sent' and done_at >= ${since}) as sent,
      count(*) filter (where state = 'dead' and done_at >= ${since}) as dead,
      max(done_at) filter (where state = 'sent') as last_sent_at
    from webhooks.delivery group by subscription_id`.execute(db(tx));
  return new Map(rows.map((row) => [row.subscription_id, row]));
}

export const deliveryLog = (
  tx: Tx,
  wanted: {
    subscriptionId: string | undefined;
    states: string[] | null;
    after: { at: Date; id: string } | undefined;
    limit: number;
  },
) =>
  db(tx)
    .selectFrom('delivery')
    .selectAll()
    .$if(wanted.subscriptionId !== undefined, (q) => q.where('subscription_id', '=', wanted.subscriptionId!))
    .$if(wanted.states !== null, (q) => q.where('state', 'in', wanted.states!))
    .$if(wanted.after !== undefined, (q) =>
      q.where(sql<boolean>`(created_at, id) < (${wanted.after!.at}, ${wanted.after!.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(wanted.limit)
    .execute();
