import type { Message } from '../../../contract/messages.ts';
import { type Actor, roleFor } from '../../platform/actor.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import {
  addresseesOf,
  type CopyRecord,
  confirmCopy,
  copyOf,
  countCopies,
  inboxOf,
  openCopies,
  type Place,
} from './queries.ts';

export const messageView = (row: CopyRecord): Message => ({
  id: row.id,
  kind: row.kind as Message['kind'],
  level: row.level as Message['level'],
  about: {
    kind: row.about_kind as Message['about']['kind'],
    id: row.about_id,
    label: row.about_label,
    route: row.about_route,
  },
  values: row.figures as Message['values'],
  sentAt: row.sent_at.toISOString(),
  openedAt: row.opened_at?.toISOString() ?? null,
  confirmBy: row.confirm_by?.toISOString() ?? null,
  confirmedAt: row.confirmed_at?.toISOString() ?? null,
  reply: row.reply,
  chasedAt: row.chased_at?.toISOString() ?? null,
});

const cursorOf = (row: CopyRecord): string => `${row.sent_at.getTime()}.${row.id}`;

function placeOf(cursor: string | undefined): Place | undefined {
  const found = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor ?? '');
  return found ? { at: new Date(Number(found[1])), id: found[2]! } : undefined;
}

export async function countsOf(tx: Tx, accountId: string) {
  const { unread, to_confirm: toConfirm, waiting } = await countCopies(tx, accountId);
  return { unread, toConfirm, waiting };
}

export async function readInbox(
  tx: Tx,
  accountId: string,
  { view, after, limit }: { view: 'unread' | 'confirm' | 'all'; after?: string | undefined; limit: number },
) {
  const rows = await inboxOf(tx, accountId, view, placeOf(after), limit + 1);
  const page = rows.slice(0, limit);
  return {
    messages: page.map(messageView),
    counts: await countsOf(tx, accountId),
    next: rows.length > limit ? cursorOf(page.at(-1)!) : null,
  };
}

export async function openMessages({ tx, actor, now }: Context, ids: string[]) {
  await openCopies(tx, actor.accountId!, ids, now);
  return countsOf(tx, actor.accountId!);
}

/** Confirmed twice is confirmed once; the first words stand. @throws not_found; nothing_to_confirm */
export async function confirmMessage({ tx, actor, now }: Context, id: string, reply: string | null): Promise<Message> {
  const accountId = actor.accountId!;
  const copy = await copyOf(tx, accountId, id);
  if (!copy) throw notFound();
  if (!copy.confirm_by) throw conflict('nothing_to_confirm');
  if (await confirmCopy(tx, accountId, id, now, reply || null)) {
    await append(tx, {
      at: now,
      actorId: accountId,
      role: roleFor(actor, null),
      action: 'messages.confirmed',
      recordKind: 'message',
      recordId: id,
      class: 'normal',
      figures: { late: now > copy.confirm_by, replied: Boolean(reply) },
    });
  }
  return messageView((await copyOf(tx, accountId, id))!);
}

/** Who hears on live pages that a message changed: its addressees and whoever sent it. */
export async function hearersOfMessages(tx: Tx, ids: string[]): Promise<(actor: Actor, id: string) => boolean> {
  const heard = new Map<string, Set<string>>();
  for (const row of await addresseesOf(tx, ids)) {
    const accounts = heard.get(row.message_id) ?? new Set<string>();
    accounts.add(row.account_id);
    if (row.sender_id) accounts.add(row.sender_id);
    heard.set(row.message_id, accounts);
  }
  return (actor, id) => actor.accountId !== null && (heard.get(id)?.has(actor.accountId) ?? false);
}
