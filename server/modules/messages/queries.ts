import type { Selectable } from 'kysely';
import type { MessageKind } from '../../../contract/messages.ts';
import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('messages');

export type NewMessage = Omit<Selectable<DB['message']>, 'figures' | 'reminded_at' | 'escalated_at' | 'planned_at'> & {
  figures: string;
};

/** @returns whether it is new: a key that was used before tells nobody again */
export async function insertMessage(tx: Tx, row: NewMessage): Promise<boolean> {
  const inserted = await db(tx)
    .insertInto('message')
    .values(row)
    .onConflict((c) => c.column('once').doNothing())
    .returning('id')
    .execute();
  return inserted.length > 0;
}

/** One copy for each addressee, in one statement however many they are. */
export const insertCopies = (tx: Tx, messageId: string, accountIds: string[], at: Date, toConfirm: boolean) =>
  sql`insert into messages.copy (account_id, message_id, sent_at, to_confirm)
      select account_id, ${messageId}, ${at}, ${toConfirm} from unnest(${accountIds}::uuid[]) as account_id`.execute(
    db(tx),
  );

export const wasTold = async (tx: Tx, once: string): Promise<boolean> =>
  (await db(tx).selectFrom('message').select('id').where('once', '=', once).executeTakeFirst()) !== undefined;

export interface Place {
  at: Date;
  id: string;
}

const copies = (tx: Tx) =>
  db(tx)
    .selectFrom('copy')
    .innerJoin('message', 'message.id', 'copy.message_id')
    .select([
      'message.id',
      'message.kind',
      'message.level',
      'message.about_kind',
      'message.about_id',
      'message.about_label',
      'message.about_route',
      'message.figures',
      'message.confirm_by',
      'copy.sent_at',
      'copy.opened_at',
      'copy.confirmed_at',
      'copy.reply',
      'copy.chased_at',
    ]);

/** Copies of one account, newest first. */
export const inboxOf = (
  tx: Tx,
  accountId: string,
  view: 'unread' | 'confirm' | 'all',
  after: Place | undefined,
  limit: number,
) =>
  copies(tx)
    .where('copy.account_id', '=', accountId)
    .$if(view === 'unread', (q) => q.where('copy.opened_at', 'is', null))
    .$if(view === 'confirm', (q) => q.where('copy.to_confirm', '=', true).where('copy.confirmed_at', 'is', null))
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(copy.sent_at, copy.message_id) < (${after!.at}, ${after!.id}::uuid)`),
    )
    .orderBy('copy.sent_at', 'desc')
    .orderBy('copy.message_id', 'desc')
    .limit(limit)
    .execute();

export type CopyRecord = Awaited<ReturnType<typeof inboxOf>>[number];

export const copyOf = (tx: Tx, accountId: string, messageId: string) =>
  copies(tx).where('copy.account_id', '=', accountId).where('copy.message_id', '=', messageId).executeTakeFirst();

/** Counted to a hundred: the bell says 99+ beyond. `waiting` is unread or unconfirmed, each once. */
export async function countCopies(
  tx: Tx,
  accountId: string,
): Promise<{ unread: number; to_confirm: number; waiting: number }> {
  const { rows } = await sql<{ unread: number; to_confirm: number; waiting: number }>`
    select count(*) filter (where opened_at is null)::int as unread,
      count(*) filter (where to_confirm and confirmed_at is null)::int as to_confirm, count(*)::int as waiting
    from (select opened_at, to_confirm, confirmed_at from messages.copy
      where account_id = ${accountId} and (opened_at is null or (to_confirm and confirmed_at is null)) limit 100) w`.execute(
    db(tx),
  );
  return rows[0]!;
}

export const openCopies = (tx: Tx, accountId: string, ids: string[], at: Date) =>
  db(tx)
    .updateTable('copy')
    .set({ opened_at: at })
    .where('account_id', '=', accountId)
    .where('message_id', 'in', ids)
    .where('opened_at', 'is', null)
    .execute();

/**
 * For the history of a demo world: what was told before that moment has been read within the hour. What asks to be
 * confirmed is left as it is.
 * @param except kinds that stay unread, at least one
 */
export const openCopiesToldBefore = (tx: Tx, before: Date, except: MessageKind[]) =>
  db(tx)
    .updateTable('copy')
    .from('message')
    .set({ opened_at: sql<Date>`message.sent_at + interval '40 minutes'` })
    .whereRef('message.id', '=', 'copy.message_id')
    .where('message.sent_at', '<', before)
    .where('message.kind', 'not in', except)
    .where('copy.to_confirm', '=', false)
    .where('copy.opened_at', 'is', null)
    .execute();

/** @returns false where it was confirmed before, asks for nothing, or is not theirs */
export async function confirmCopy(
  tx: Tx,
  accountId: string,
  messageId: string,
  at: Date,
  reply: string | null,
): Promise<boolean> {
  const done = await db(tx)
    .updateTable('copy')
    .set((e) => ({ confirmed_at: at, reply, opened_at: e.fn.coalesce('opened_at', e.val(at)) }))
    .where('account_id', '=', accountId)
    .where('message_id', '=', messageId)
    .where('to_confirm', '=', true)
    .where('confirmed_at', 'is', null)
    .returning('message_id')
    .execute();
  return done.length > 0;
}

export const addresseesOf = (tx: Tx, messageIds: string[]) =>
  db(tx)
    .selectFrom('copy')
    .innerJoin('message', 'message.id', 'copy.message_id')
    .select(['copy.message_id', 'copy.account_id', 'message.sender_id'])
    .where('copy.message_id', 'in', messageIds.length > 0 ? messageIds : ['00000000-0000-0000-0000-000000000000'])
    .execute();

/** Messages of a kind about one record, with how many were told, have opened and have confirmed; the oldest first. */
export const tellingsAbout = (tx: Tx, kind: MessageKind, aboutId: string) =>
  db(tx)
    .selectFrom('message')
    .innerJoin('copy', 'copy.message_id', 'message.id')
    .select((e) => [
      'message.id',
      'message.sent_at',
      'message.sender_id',
      'message.figures',
      sql<number>`count(*)::int`.as('people'),
      sql<number>`count(*) filter (where copy.opened_at is not null or copy.confirmed_at is not null)::int`.as(
        'opened',
      ),
      e.fn.count<string>('copy.confirmed_at').as('confirmed'),
    ])
    .where('message.about_id', '=', aboutId)
    .where('message.kind', '=', kind)
    .groupBy(['message.id'])
    .orderBy('message.sent_at')
    .execute();

// ---- channels

export const allChannels = (tx: Tx) => db(tx).selectFrom('channel').selectAll().orderBy('id').execute();
export type ChannelRecord = Awaited<ReturnType<typeof allChannels>>[number];

export const channelById = (tx: Tx, id: number) =>
  db(tx).selectFrom('channel').selectAll().where('id', '=', id).executeTakeFirst();

/** Held until the transaction ends: two programs never claim more of a channel than its pace allows. */
export const lockChannel = (tx: Tx, id: number) =>
  db(tx).selectFrom('channel').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export interface ChannelRow {
  kind: string;
  name: string;
  enabled: boolean;
  settings: string;
  sealed: Buffer | null;
  per_minute: number;
  least_level: string;
  node_id: number | null;
  line_id: number | null;
}

export const insertChannel = async (
  tx: Tx,
  row: ChannelRow & { created_at: Date; from_environment?: boolean },
): Promise<number> => (await db(tx).insertInto('channel').values(row).returning('id').executeTakeFirstOrThrow()).id;

export const updateChannel = (tx: Tx, id: number, row: Partial<ChannelRow>) =>
  db(tx)
    .updateTable('channel')
    .set((e) => ({ ...row, version: e('version', '+', 1) }))
    .where('id', '=', id)
    .execute();

/** What waits, and what became of the last 24 hours. */
export const healthOfChannels = (tx: Tx, since: Date) =>
  db(tx)
    .selectFrom('delivery')
    .select((e) => [
      'channel_id',
      e.fn.countAll<string>().filterWhere('state', 'in', ['waiting', 'sending']).as('waiting'),
      e.fn.countAll<string>().filterWhere('state', '=', 'sent').filterWhere('done_at', '>', since).as('sent'),
      e.fn.countAll<string>().filterWhere('state', '=', 'dead').filterWhere('done_at', '>', since).as('dead'),
      e.fn.max('done_at').filterWhere('state', '=', 'sent').as('last_sent_at'),
    ])
    .groupBy('channel_id')
    .execute();

// ---- preferences and addresses

export const preferencesOf = (tx: Tx, accountIds: string[]) =>
  db(tx)
    .selectFrom('preference')
    .selectAll()
    .where('account_id', '=', sql<string>`any(${accountIds}::uuid[])`)
    .execute();
export type PreferenceRecord = Awaited<ReturnType<typeof preferencesOf>>[number];

/** @returns the new version; null where another was first */
export async function savePreference(
  tx: Tx,
  accountId: string,
  row: { quiet_from: number; quiet_to: number; digest_hour: number | null; channels: string },
  version: number,
): Promise<number | null> {
  const { rows } = await sql<{ version: number }>`
    insert into messages.preference (account_id, quiet_from, quiet_to, digest_hour, channels)
    values (${accountId}, ${row.quiet_from}, ${row.quiet_to}, ${row.digest_hour}, ${row.channels})
    on conflict (account_id) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
      digest_hour = excluded.digest_hour, channels = excluded.channels, version = messages.preference.version + 1
      where messages.preference.version = ${version}
    returning version`.execute(db(tx));
  return rows[0]?.version ?? null;
}

export const addressesOf = (tx: Tx, accountIds: string[]) =>
  db(tx)
    .selectFrom('address')
    .selectAll()
    .where('account_id', '=', sql<string>`any(${accountIds}::uuid[])`)
    .orderBy('kind')
    .execute();
export type AddressRecord = Awaited<ReturnType<typeof addressesOf>>[number];

export const lockAddress = (tx: Tx, accountId: string, kind: string) =>
  db(tx)
    .selectFrom('address')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .forUpdate()
    .executeTakeFirst();

export const putAddress = (
  tx: Tx,
  row: { account_id: string; kind: string; sealed: Buffer; code_hash: Buffer; code_dies_at: Date; asked_at: Date },
) =>
  db(tx)
    .insertInto('address')
    .values(row)
    .onConflict((c) =>
      c.columns(['account_id', 'kind']).doUpdateSet({
        sealed: row.sealed,
        code_hash: row.code_hash,
        code_dies_at: row.code_dies_at,
        asked_at: row.asked_at,
        tries: 0,
        confirmed_at: null,
      }),
    )
    .execute();

/** @returns which try this is; null without an address */
export const countTry = async (tx: Tx, accountId: string, kind: string): Promise<number | null> =>
  (
    await db(tx)
      .updateTable('address')
      .set((e) => ({ tries: e('tries', '+', 1) }))
      .where('account_id', '=', accountId)
      .where('kind', '=', kind)
      .where('tries', '<', 1_000)
      .returning('tries')
      .executeTakeFirst()
  )?.tries ?? null;

export const confirmedAddress = (tx: Tx, accountId: string, kind: string, at: Date) =>
  db(tx)
    .updateTable('address')
    .set({ confirmed_at: at, code_hash: null, code_dies_at: null })
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .execute();

export const deleteAddress = (tx: Tx, accountId: string, kind: string) =>
  db(tx).deleteFrom('address').where('account_id', '=', accountId).where('kind', '=', kind).execute();

// ---- the courier

/** Messages of which it is not decided yet where else they go; another program's are passed over. */
export const unplanned = (tx: Tx, limit: number) =>
  db(tx)
    .selectFrom('message')
    .selectAll()
    .where('planned_at', 'is', null)
    .orderBy('sent_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
export type MessageRecord = Awaited<ReturnType<typeof unplanned>>[number];

export const markPlanned = (tx: Tx, ids: string[], at: Date) =>
  db(tx).updateTable('message').set({ planned_at: at }).where('id', 'in', ids).execute();

export const copiesOf = (tx: Tx, messageIds: string[]) =>
  db(tx)
    .selectFrom('copy')
    .selectAll()
    .where('message_id', '=', sql<string>`any(${messageIds}::uuid[])`)
    .orderBy('account_id')
    .execute();

export interface NewDelivery {
  id: string;
  channel_id: number;
  purpose: string;
  account_id?: string | null;
  request_id?: string | null;
  message_id?: string | null;
  occasion?: string;
  not_before: Date;
  sealed?: Buffer | null;
  created_at: Date;
}

/** Those that are there already stay as they are. @returns how many are new */
export async function insertDeliveries(tx: Tx, rows: NewDelivery[]): Promise<number> {
  if (rows.length === 0) return 0;
  const inserted = await db(tx)
    .insertInto('delivery')
    .values(
      rows.map((row) => ({
        account_id: null,
        request_id: null,
        message_id: null,
        occasion: '',
        sealed: null,
        ...row,
      })),
    )
    .onConflict((c) => c.doNothing())
    .returning('id')
    .execute();
  return inserted.length;
}

export const claimedSince = async (tx: Tx, channelId: number, since: Date): Promise<number> =>
  Number(
    (
      await db(tx)
        .selectFrom('delivery')
        .select((e) => e.fn.countAll<string>().as('n'))
        .where('channel_id', '=', channelId)
        .where('claimed_at', '>', since)
        .executeTakeFirstOrThrow()
    ).n,
  );

/** Takes what is due, and what another program took and did not finish in time. */
export async function claimDeliveries(tx: Tx, channelId: number, at: Date, until: Date, limit: number) {
  const { rows } = await sql<{
    id: string;
    channel_id: number;
    purpose: string;
    account_id: string | null;
    request_id: string | null;
    message_id: string | null;
    occasion: string;
    attempts: number;
    sealed: Buffer | null;
    created_at: Date;
  }>`
    update messages.delivery set state = 'sending', attempts = attempts + 1, claimed_at = ${at}, claimed_until = ${until}
    where id in (
      select id from messages.delivery
      where channel_id = ${channelId} and state in ('waiting', 'sending') and not_before <= ${at}
        and (state = 'waiting' or claimed_until < ${at})
      order by not_before, id limit ${limit} for update skip locked)
    returning id, channel_id, purpose, account_id, request_id, message_id, occasion, attempts, sealed, created_at`.execute(
    db(tx),
  );
  return rows;
}
export type Claimed = Awaited<ReturnType<typeof claimDeliveries>>[number];

/** Only by whoever holds it: what was taken over meanwhile is the other's to end. */
export const endDelivery = async (
  tx: Tx,
  held: Pick<Claimed, 'id' | 'attempts'>,
  set: {
    state: 'waiting' | 'sent' | 'dead' | 'dropped';
    not_before?: Date;
    reason: string | null;
    answer: string | null;
    done_at: Date | null;
  },
): Promise<boolean> => {
  const ended = await db(tx)
    .updateTable('delivery')
    .set({ ...set, claimed_until: null, ...(set.state === 'sent' || set.state === 'dropped' ? { sealed: null } : {}) })
    .where('id', '=', held.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', held.attempts)
    .returning('id')
    .execute();
  return ended.length > 0;
};

export const messageById = (tx: Tx, id: string) =>
  db(tx).selectFrom('message').selectAll().where('id', '=', id).executeTakeFirst();

export const rawCopy = (tx: Tx, accountId: string, messageId: string) =>
  db(tx)
    .selectFrom('copy')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('message_id', '=', messageId)
    .executeTakeFirst();

/** Accounts with a confirmed mailbox, with when their last digest was made. */
export const digestReaders = (tx: Tx) =>
  db(tx)
    .selectFrom('address')
    .leftJoin('preference', 'preference.account_id', 'address.account_id')
    .select(['address.account_id', 'preference.digest_hour', 'preference.quiet_from as chosen'])
    .where('address.kind', '=', 'email')
    .where('address.confirmed_at', 'is not', null)
    .execute();

/** Unread messages of one account by kind, with how many of them wait to be confirmed. */
export const unreadByKind = (tx: Tx, accountId: string) =>
  db(tx)
    .selectFrom('copy')
    .innerJoin('message', 'message.id', 'copy.message_id')
    .select((e) => [
      'message.kind',
      e.fn.countAll<string>().as('n'),
      e.fn
        .countAll<string>()
        .filterWhere('copy.to_confirm', '=', true)
        .filterWhere('copy.confirmed_at', 'is', null)
        .as('to_confirm'),
    ])
    .where('copy.account_id', '=', accountId)
    .where('copy.opened_at', 'is', null)
    .groupBy('message.kind')
    .orderBy('message.kind')
    .execute();

// ---- chasing

/** Must-confirm messages, newest first. */
export const askedMessages = (tx: Tx, onlyOpen: boolean, limit: number) =>
  db(tx)
    .selectFrom('message')
    .selectAll()
    .where('confirm_by', 'is not', null)
    .$if(onlyOpen, (q) =>
      q.where((e) =>
        e.exists(
          e
            .selectFrom('copy')
            .whereRef('copy.message_id', '=', 'message.id')
            .where('copy.to_confirm', '=', true)
            .where('copy.confirmed_at', 'is', null)
            .select('copy.account_id'),
        ),
      ),
    )
    .orderBy('sent_at', 'desc')
    .limit(limit)
    .execute();

export const lockMessage = (tx: Tx, id: string) =>
  db(tx).selectFrom('message').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Half of the time, or all of it, is over, and nobody has seen to it yet; another program's are passed over. */
export const overdueToConfirm = (tx: Tx, at: Date, limit: number) =>
  db(tx)
    .selectFrom('message')
    .selectAll()
    .where('confirm_by', 'is not', null)
    .where('escalated_at', 'is', null)
    .where((e) =>
      e.or([
        e('confirm_by', '<=', at),
        e.and([e('reminded_at', 'is', null), sql<boolean>`${at} >= sent_at + (confirm_by - sent_at) / 2`]),
      ]),
    )
    .orderBy('confirm_by')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

export const patchMessage = (tx: Tx, id: string, set: { reminded_at?: Date; escalated_at?: Date }) =>
  db(tx).updateTable('message').set(set).where('id', '=', id).execute();

/** Asked once more. That they had opened it stays known. */
export const markChased = (tx: Tx, messageId: string, accountIds: string[], at: Date) =>
  db(tx)
    .updateTable('copy')
    .set((e) => ({ chased_at: at, chases: e('chases', '+', 1) }))
    .where('message_id', '=', messageId)
    .where('account_id', '=', sql<string>`any(${accountIds}::uuid[])`)
    .execute();

/** On which kinds of channel each addressee was tried. */
export const triedOn = (tx: Tx, messageId: string) =>
  db(tx)
    .selectFrom('delivery')
    .innerJoin('channel', 'channel.id', 'delivery.channel_id')
    .select(['delivery.account_id', 'channel.kind'])
    .distinct()
    .where('delivery.message_id', '=', messageId)
    .where('delivery.account_id', 'is not', null)
    .where('delivery.state', '!=', 'dropped')
    .execute();

// ---- delivery log

export const deliveryLog = (
  tx: Tx,
  wanted: { states: string[] | null; channelId: number | undefined; after: Place | undefined; limit: number },
) =>
  db(tx)
    .selectFrom('delivery')
    .leftJoin('message', 'message.id', 'delivery.message_id')
    .select([
      'delivery.id',
      'delivery.channel_id',
      'delivery.purpose',
      'delivery.account_id',
      'delivery.state',
      'delivery.attempts',
      'delivery.reason',
      'delivery.answer',
      'delivery.created_at',
      'delivery.not_before',
      'delivery.done_at',
      'message.kind',
    ])
    .$if(wanted.states !== null, (q) => q.where('delivery.state', 'in', wanted.states!))
    .$if(wanted.channelId !== undefined, (q) => q.where('delivery.channel_id', '=', wanted.channelId!))
    .$if(wanted.after !== undefined, (q) =>
      q.where(sql<boolean>`(delivery.created_at, delivery.id) < (${wanted.after!.at}, ${wanted.after!.id}::uuid)`),
    )
    .orderBy('delivery.created_at', 'desc')
    .orderBy('delivery.id', 'desc')
    .limit(wanted.limit)
    .execute();

export async function reviveDeliveries(tx: Tx, ids: string[], at: Date): Promise<number> {
  const revived = await db(tx)
    .updateTable('delivery')
    .set({ state: 'waiting', attempts: 0, not_before: at, reason: null, done_at: null })
    .where('id', 'in', ids)
    .where('state', '=', 'dead')
    .returning('id')
    .execute();
  return revived.length;
}

// ---- requesters without an account

export const agreedToSms = async (tx: Tx, requestId: string): Promise<boolean> =>
  (await db(tx)
    .selectFrom('requester_sms')
    .select('request_id')
    .where('request_id', '=', requestId)
    .where('stopped_at', 'is', null)
    .executeTakeFirst()) !== undefined;

export const setSmsAgreement = (tx: Tx, requestId: string, agreed: boolean, at: Date) =>
  db(tx)
    .insertInto('requester_sms')
    .values({ request_id: requestId, agreed_at: at, stopped_at: agreed ? null : at })
    .onConflict((c) =>
      c.column('request_id').doUpdateSet(agreed ? { agreed_at: at, stopped_at: null } : { stopped_at: at }),
    )
    .execute();

/** Moved to a sealed line: what somebody answered to messages about it is erased too (rules 5). */
export const eraseRepliesAbout = (tx: Tx, requestId: string) =>
  db(tx)
    .updateTable('copy')
    .set({ reply: null })
    .where('reply', 'is not', null)
    .where(
      'message_id',
      'in',
      db(tx).selectFrom('message').select('id').where('about_kind', '=', 'request').where('about_id', '=', requestId),
    )
    .execute();

// ---- forgetting

/** What was sent, given up or dropped before this; what waits is kept. @returns how many went */
export const forgetDeliveries = async (tx: Tx, before: Date, limit: number): Promise<number> =>
  Number(
    (
      await sql`delete from messages.delivery where id in (
        select id from messages.delivery where created_at < ${before} and done_at < ${before}
          and state in ('sent', 'dead', 'dropped') order by created_at limit ${limit} for update skip locked)`.execute(
        db(tx),
      )
    ).numAffectedRows ?? 0,
  );

/**
 * Copies sent before this that were read. Of what asked to be confirmed all go together, when nobody is silent any more:
 * until then who has confirmed and who has not is one list. @returns how many went
 */
export const forgetCopies = async (tx: Tx, before: Date, limit: number): Promise<number> =>
  Number(
    (
      await sql`delete from messages.copy where (account_id, message_id) in (
        select c.account_id, c.message_id from messages.copy c
        where c.sent_at < ${before} and c.opened_at < ${before}
          and not exists (select from messages.copy silent where silent.message_id = c.message_id and c.to_confirm
            and silent.to_confirm and (silent.confirmed_at is null or silent.confirmed_at >= ${before}))
        order by c.sent_at limit ${limit} for update of c skip locked)`.execute(db(tx))
    ).numAffectedRows ?? 0,
  );

/** Tellings that nobody has a copy of and nothing went out of. One with a key stays: it says that it was told. */
export const forgetTellings = async (tx: Tx, before: Date, limit: number): Promise<number> =>
  Number(
    (
      await sql`delete from messages.message where id in (
        select m.id from messages.message m where m.sent_at < ${before} and m.planned_at is not null and m.once is null
          and not exists (select from messages.copy c where c.message_id = m.id)
          and not exists (select from messages.delivery d where d.message_id = m.id)
        order by m.sent_at limit ${limit} for update of m skip locked)`.execute(db(tx))
    ).numAffectedRows ?? 0,
  );
