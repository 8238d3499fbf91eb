import { uuidv7 } from 'uuidv7';
import type { Addressee, Asked } from '../../../contract/messages.ts';
import { type Actor, areasFor, covers, roleFor, system } from '../../platform/actor.ts';
import { notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsGranted, correspondents } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { reachOf } from './preferences.ts';
import {
  allChannels,
  askedMessages,
  copiesOf,
  insertDeliveries,
  lockMessage,
  type MessageRecord,
  markChased,
  messageById,
  overdueToConfirm,
  patchMessage,
  triedOn,
} from './queries.ts';
import { localTime, quietFor } from './quiet.ts';
import { tell } from './telling.ts';

const minute = 60_000;
/** Two who chase the same people, or one who presses twice, chase them once. */
const betweenChasesMs = 10 * minute;
const mostAsked = 200;

type Copy = Awaited<ReturnType<typeof copiesOf>>[number];
interface Known extends Copy {
  label: string;
  homeNodeId: number;
}

/** Whether this person may see how that addressee answered: they sent it, or look after the addressee's place. */
function sees(dir: Directory, actor: Actor, message: MessageRecord, homeNodeId: number): boolean {
  if (actor.kind === 'system' || (message.sender_id !== null && message.sender_id === actor.accountId)) return true;
  const node = dir.nodes.get(homeNodeId);
  const place = { unitId: dir.unitOf(homeNodeId), siteId: node?.kind === 'site' ? homeNodeId : null };
  // Chasing is of people, not of a line's work: a grant's line does not narrow it.
  return areasFor(actor, 'messages.chase').some((area) => covers({ ...area, lineId: null }, place));
}

async function copiesInSight(tx: Tx, actor: Actor, messages: MessageRecord[]): Promise<Map<string, Known[]>> {
  const dir = await directory(tx);
  const copies = await copiesOf(
    tx,
    messages.map(({ id }) => id),
  );
  const people = new Map(
    (await correspondents(tx, [...new Set(copies.map(({ account_id }) => account_id))])).map((row) => [row.id, row]),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  const found = new Map<string, Known[]>();
  for (const copy of copies) {
    const person = people.get(copy.account_id);
    // Somebody whose account was switched off is not waited for, unless they had answered.
    if (!person || (person.disabled && copy.confirmed_at === null)) continue;
    if (!sees(dir, actor, byId.get(copy.message_id)!, person.home_node_id)) continue;
    const known = { ...copy, label: person.label, homeNodeId: person.home_node_id };
    found.set(copy.message_id, [...(found.get(copy.message_id) ?? []), known]);
  }
  return found;
}

const askedView = (message: MessageRecord, copies: Known[]): Asked => ({
  id: message.id,
  kind: message.kind as Asked['kind'],
  level: message.level as Asked['level'],
  about: {
    kind: message.about_kind as Asked['about']['kind'],
    id: message.about_id,
    label: message.about_label,
    route: message.about_route,
  },
  values: message.figures as Asked['values'],
  sentAt: message.sent_at.toISOString(),
  confirmBy: message.confirm_by!.toISOString(),
  tally: {
    expected: copies.length,
    // Confirming is opening too.
    opened: copies.filter((copy) => copy.opened_at !== null || copy.confirmed_at !== null).length,
    confirmed: copies.filter((copy) => copy.confirmed_at !== null).length,
  },
});

/** Must-confirm messages to people within sight; the counts are of those people only. */
export async function askedInSight({ tx, actor }: Context, open: 'yes' | 'all'): Promise<Asked[]> {
  const messages = await askedMessages(tx, open === 'yes', mostAsked);
  const copies = await copiesInSight(tx, actor, messages);
  return messages
    .filter(({ id }) => copies.get(id)?.some((copy) => open === 'all' || copy.confirmed_at === null))
    .map((message) => askedView(message, copies.get(message.id)!));
}

/** The channel to try next for each: the first they can be reached on and were not; else somebody must ring. */
async function nextTry(
  tx: Tx,
  messageId: string,
  accountIds: string[],
): Promise<(id: string) => 'email' | 'sms' | 'ring'> {
  const reach = await reachOf(tx, accountIds);
  const tried = new Set((await triedOn(tx, messageId)).map(({ account_id, kind }) => `${account_id} ${kind}`));
  return (id) => reach(id).kinds.find((kind) => !tried.has(`${id} ${kind}`)) ?? 'ring';
}

/** @throws not_found where nobody in sight was told */
export async function addresseesInSight(
  { tx, actor }: Context,
  id: string,
): Promise<Asked & { addressees: Addressee[] }> {
  const message = await messageById(tx, id);
  const copies = message?.confirm_by ? ((await copiesInSight(tx, actor, [message])).get(id) ?? []) : [];
  if (!message || copies.length === 0) throw notFound();
  const next = await nextTry(
    tx,
    id,
    copies.map(({ account_id }) => account_id),
  );
  const when = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...askedView(message, copies),
    addressees: copies
      .map((copy) => ({
        accountId: copy.account_id,
        label: copy.label,
        nodeId: copy.homeNodeId,
        openedAt: when(copy.opened_at),
        confirmedAt: when(copy.confirmed_at),
        reply: copy.reply,
        chasedAt: when(copy.chased_at),
        chases: copy.chases,
        next: copy.confirmed_at === null ? next(copy.account_id) : null,
      }))
      .sort((a, b) => Number(a.confirmedAt !== null) - Number(b.confirmedAt !== null) || a.nodeId - b.nodeId),
  };
}

export interface Chased {
  chased: number;
  justNow: number;
  ring: number;
}

/**
 * Asks exactly those again who are silent: unread on the desk once more, and on the next channel each was not tried on. In
 * somebody's quiet hours it goes out when these end, unless it is urgent.
 */
async function chaseSilent(context: Context, message: MessageRecord): Promise<Chased> {
  const { tx, actor, now } = context;
  const copies = (await copiesInSight(tx, actor, [message])).get(message.id) ?? [];
  const silent = copies.filter((copy) => copy.confirmed_at === null);
  const isFresh = (copy: Known): boolean =>
    copy.chased_at !== null && now.getTime() - copy.chased_at.getTime() < betweenChasesMs;
  const due = silent.filter((copy) => !isFresh(copy));
  const ids = due.map(({ account_id }) => account_id);
  const result = { chased: ids.length, justNow: silent.length - due.length, ring: 0 };
  if (ids.length === 0) return result;
  const next = await nextTry(tx, message.id, ids);
  const reach = await reachOf(tx, ids);
  const channels = new Map((await allChannels(tx)).filter(({ enabled }) => enabled).map((one) => [one.kind, one.id]));
  const { minutes } = localTime(now, (await directory(tx)).group.timezone);
  const onChannel = ids.filter((id) => next(id) !== 'ring');
  result.ring = ids.length - onChannel.length;
  await insertDeliveries(
    tx,
    onChannel.map((id) => ({
      id: uuidv7(),
      channel_id: channels.get(next(id))!,
      purpose: 'chase',
      account_id: id,
      message_id: message.id,
      not_before: new Date(
        now.getTime() + (message.level === 'urgent' ? 0 : quietFor(reach(id).preference, minutes)) * minute,
      ),
      created_at: now,
    })),
  );
  await markChased(tx, message.id, ids, now);
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, 'messages.chase'),
    action: 'messages.chased',
    recordKind: 'message',
    recordId: message.id,
    class: 'normal',
    figures: { people: ids.length, ring: result.ring },
  });
  return result;
}

/** @throws not_found where nobody in sight was asked */
export async function chase(context: Context, id: string): Promise<Chased> {
  const message = await lockMessage(context.tx, id);
  if (!message?.confirm_by) throw notFound();
  if (!(await copiesInSight(context.tx, context.actor, [message])).has(id)) throw notFound();
  return chaseSilent(context, message);
}

/**
 * Whose silence it is told to: the leaders of their unit, or the group's where they have none or are it themselves; and the
 * liaison of the unit, who chases.
 * @returns the role and place to tell, by how many are silent there
 */
async function superiors(tx: Tx, dir: Directory, silent: Known[]) {
  const leaders = new Set(
    (await accountsGranted(tx, { roles: ['unit_leader'], nodeIds: null, lineId: undefined })).map(({ id }) => id),
  );
  const led = new Map<number | null, number>();
  const chased = new Map<number, number>();
  for (const { account_id, homeNodeId } of silent) {
    const unit = dir.unitOf(homeNodeId) ?? null;
    const leader = leaders.has(account_id) ? null : unit;
    led.set(leader, (led.get(leader) ?? 0) + 1);
    if (unit !== null) chased.set(unit, (chased.get(unit) ?? 0) + 1);
  }
  return [
    ...[...led].map(([unit, n]) => ({
      n,
      key: `${unit ?? 'group'}`,
      to:
        unit === null
          ? ({ role: 'group_leader', nodeId: dir.groupNode.id } as const)
          : ({ role: 'unit_leader', nodeId: unit } as const),
    })),
    ...[...chased].map(([unit, n]) => ({
      n,
      key: `${unit}:liaison`,
      to: { role: 'unit_liaison', nodeId: unit } as const,
    })),
  ];
}

/** At half of the time the silent are asked again; at the end of it their superiors are told how many are silent. */
export async function followUpSilence(tx: Tx, now: Date, limit = 20): Promise<number> {
  const context: Context = { tx, actor: system, now };
  const due = await overdueToConfirm(tx, now, limit);
  for (const message of due) {
    const silent = ((await copiesInSight(tx, system, [message])).get(message.id) ?? []).filter(
      (copy) => copy.confirmed_at === null,
    );
    if (message.reminded_at === null && silent.length > 0) await chaseSilent(context, message);
    if (message.reminded_at === null) await patchMessage(tx, message.id, { reminded_at: now });
    if (message.confirm_by! > now) continue;
    for (const { n, key, to } of await superiors(tx, await directory(tx), silent))
      await tell(context, {
        kind: 'message.silent',
        to,
        about: { kind: 'message', id: message.id, label: message.about_label, route: `/messages/asked/${message.id}` },
        values: { silent: n },
        level: 'important',
        once: `message.silent:${message.id}:${key}`,
      });
    await patchMessage(tx, message.id, { escalated_at: now });
  }
  return due.length;
}
