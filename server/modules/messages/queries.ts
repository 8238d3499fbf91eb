import { moduleTables, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('messages');

export interface NewMessage {
  id: string;
  kind: string;
  level: string;
  about_kind: string;
  about_id: string;
  about_label: string;
  about_route: string | null;
  figures: string;
  once: string | null;
  sender_id: string | null;
  node_id: number | null;
  line_id: number | null;
  may_be_named: boolean;
  sent_at: Date;
  confirm_by: Date | null;
}

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

/** Counted to a hundred: the bell says 99+ beyond. */
export async function countCopies(tx: Tx, accountId: string): Promise<{ unread: number; to_confirm: number }> {
  const { rows } = await sql<{ unread: number; to_confirm: number }>`
    select
      (select count(*)::int from (select from messages.copy where account_id = ${accountId} and opened_at is null limit 100) u) as unread,
      (select count(*)::int from (select from messages.copy where account_id = ${accountId} and to_confirm and confirmed_at is null limit 100) c) as to_confirm`.execute(
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
