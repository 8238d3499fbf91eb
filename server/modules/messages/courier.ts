import type { ChannelKind, ChannelSettings, DeliveryReason } from '../../../contract/messages.ts';
import { system } from '../../platform/actor.ts';
import type { Now } from '../../platform/clock.ts';
import type { Keys } from '../../platform/crypto.ts';
import type { Pool } from '../../platform/database.ts';
import { type Rounds, startRounds } from '../../platform/rounds.ts';
import { sideBySide } from '../../platform/side-by-side.ts';
import { inStatement, inTransaction, type Tx } from '../../platform/transaction.ts';
import { waitAfter } from '../../platform/waiting.ts';
import { correspondents } from '../access/index.ts';
import { directory } from '../organization/index.ts';
import { followUpSilence } from './chasing.ts';
import {
  codeLetter,
  digestOf,
  type Links,
  type Locale,
  letterOf,
  lineOf,
  requesterLine,
  type Said,
} from './letters.ts';
import { planDigests, planMessages } from './planning.ts';
import {
  addressesOf,
  allChannels,
  type ChannelRecord,
  type Claimed,
  claimDeliveries,
  claimedSince,
  endDelivery,
  lockChannel,
  messageById,
  rawCopy,
  unreadByKind,
} from './queries.ts';
import { localTime } from './quiet.ts';
import { requesterNow } from './requesters.ts';
import { tell } from './telling.ts';
import { ways } from './ways/index.ts';
import type { Letter, Outcome, Outlet, Secrets } from './ways/way.ts';

const second = 1_000;
const minute = 60 * second;
/** After so long whoever took a delivery is taken to be gone, and another takes it. Longer than any time limit of a way. */
const heldMs = 2 * minute;
const mostAttempts = 8;
export const waits = { firstMs: 30 * second, mostMs: 60 * minute };
const atOnce = 4;

export interface CourierDeps {
  pool: Pool;
  keys: Keys;
  now: Now;
  links: Links;
  /** What was committed is to be settled. */
  committed(): void;
}

export function outletOf(keys: Keys, channel: ChannelRecord): Outlet | null {
  const opened = channel.sealed === null ? '{}' : keys.unseal('channel', channel.sealed);
  if (opened === null) return null;
  return {
    kind: channel.kind as ChannelKind,
    settings: channel.settings as ChannelSettings,
    secrets: JSON.parse(opened) as Secrets,
  };
}

type Prepared = { letter: Letter } | { not: DeliveryReason; dead?: true };

/** What a delivery says at this moment, and to which address; or why it need not or cannot go out any more. */
async function prepare(tx: Tx, deps: CourierDeps, channel: ChannelRecord, held: Claimed): Promise<Prepared> {
  const { keys, links, now } = deps;
  const at = now();
  const letter = (said: Said, to: string | null): Prepared => ({ letter: { key: held.id, at, to, ...said } });
  const settings = channel.settings as ChannelSettings;
  if (!channel.enabled) return { not: 'switched_off' };
  if (held.purpose === 'requester') {
    const found = await requesterNow(tx, held.request_id!);
    if (!found || !settings.requesters) return { not: 'no_address' };
    return letter({ subject: '', text: requesterLine(found.number, 'zh-CN', links) }, found.callback);
  }
  const message = held.message_id === null ? undefined : await messageById(tx, held.message_id);
  if (held.account_id === null)
    return message
      ? letter({ subject: '', text: lineOf(message, settings.locale ?? 'zh-CN') }, null)
      : { not: 'nothing_new' };
  const [person] = await correspondents(tx, [held.account_id]);
  if (!person || person.disabled) return { not: 'no_address' };
  const locale = person.locale as Locale;
  if (held.purpose === 'code') {
    const opened = held.sealed && keys.unseal('address', held.sealed);
    if (!opened) return { not: 'sealed_elsewhere', dead: true };
    const { to, code } = JSON.parse(opened) as { to: string; code: string };
    return at.getTime() - held.created_at.getTime() > 30 * minute
      ? { not: 'given_up' }
      : letter(codeLetter(code, locale), to);
  }
  const address = (await addressesOf(tx, [person.id])).find(({ kind }) => kind === channel.kind);
  if (!address?.confirmed_at) return { not: 'no_address' };
  const to = keys.unseal('address', address.sealed);
  if (to === null) return { not: 'sealed_elsewhere', dead: true };
  if (held.purpose === 'digest') {
    const unread = await unreadByKind(tx, person.id);
    const said = digestOf(
      unread.map(({ kind, n, to_confirm }) => ({ kind, n: Number(n), toConfirm: Number(to_confirm) })),
      locale,
      links,
    );
    return said ? letter(said, to) : { not: 'nothing_new' };
  }
  const copy = await rawCopy(tx, person.id, held.message_id!);
  if (!message || !copy) return { not: 'nothing_new' };
  const chased = held.purpose === 'chase';
  // Whoever has read it, or answered, is left in peace.
  if (copy.confirmed_at !== null || (!chased && copy.opened_at !== null)) return { not: 'read' };
  const said = letterOf(message, locale, links, chased);
  return letter(channel.kind === 'sms' ? { subject: '', text: lineOf(message, locale, chased) } : said, to);
}

async function end(deps: CourierDeps, channel: ChannelRecord, held: Claimed, outcome: Outcome): Promise<void> {
  const now = deps.now();
  await inTransaction(deps.pool, async (tx) => {
    if (outcome.sent) {
      await endDelivery(tx, held, { state: 'sent', reason: null, answer: outcome.answer, done_at: now });
      return;
    }
    if (outcome.again && held.attempts < mostAttempts) {
      const wait = Math.max(outcome.waitMs ?? 0, waitAfter(held.attempts, waits));
      await endDelivery(tx, held, {
        state: 'waiting',
        not_before: new Date(now.getTime() + wait),
        reason: outcome.reason,
        answer: outcome.answer,
        done_at: null,
      });
      return;
    }
    const { group } = await directory(tx);
    await endDelivery(tx, held, { state: 'dead', reason: outcome.reason, answer: outcome.answer, done_at: now });
    await tell(
      { tx, actor: system, now },
      {
        kind: 'channel.failing',
        to: { permission: 'messages.manage' },
        about: { kind: 'channel', id: String(channel.id), label: channel.name, route: '/channels' },
        level: 'important',
        once: `channel.failing:${channel.id}:${localTime(now, group.timezone).day}`,
      },
    );
  });
}

async function deliver(deps: CourierDeps, channel: ChannelRecord, held: Claimed): Promise<void> {
  const prepared = await inStatement(deps.pool, (tx) => prepare(tx, deps, channel, held));
  if (!('letter' in prepared)) {
    const state = prepared.dead ? 'dead' : 'dropped';
    await inTransaction(deps.pool, (tx) =>
      endDelivery(tx, held, { state, reason: prepared.not, answer: null, done_at: deps.now() }),
    );
    return;
  }
  const outlet = outletOf(deps.keys, channel);
  const outcome: Outcome = outlet
    ? await ways[outlet.kind](outlet, prepared.letter)
    : { sent: false, again: false, reason: 'sealed_elsewhere', answer: '' };
  await end(deps, channel, held, outcome);
}

/** Takes what is due on one channel, as many as its pace of a minute leaves. @returns how many were taken */
async function emptyChannel(deps: CourierDeps, id: number): Promise<number> {
  const now = deps.now();
  const taken = await inTransaction(deps.pool, async (tx) => {
    const channel = await lockChannel(tx, id);
    if (!channel) return null;
    const left = channel.per_minute - (await claimedSince(tx, id, new Date(now.getTime() - minute)));
    const held =
      left > 0 ? await claimDeliveries(tx, id, now, new Date(now.getTime() + heldMs), Math.min(left, 20)) : [];
    return { channel, held };
  });
  if (!taken) return 0;
  const { channel, held } = taken;
  await sideBySide(held, atOnce, (one) => deliver(deps, channel, one));
  return held.length;
}

/**
 * One round: decide what goes where, ask the silent again, make digests, send what is due. Every program does it; what one
 * has taken another passes over. What is taken by a program that dies is taken again after two minutes under the same key:
 * at least once, and known by its key where it arrives twice.
 */
export async function makeRound(deps: CourierDeps): Promise<number> {
  const { pool, now } = deps;
  while ((await inTransaction(pool, (tx) => planMessages(tx, now()))) > 0);
  const silence = await inTransaction(pool, (tx) => followUpSilence(tx, now()));
  if (silence > 0) await inTransaction(pool, (tx) => planMessages(tx, now()));
  await inTransaction(pool, (tx) => planDigests(tx, now()));
  const channels = await inStatement(pool, allChannels);
  const taken = await Promise.all(channels.map(({ id }) => emptyChannel(deps, id)));
  deps.committed();
  return taken.reduce((sum, n) => sum + n, 0);
}

/** Makes rounds until it is stopped. */
export const startCourier = ({ onError, ...deps }: CourierDeps & { onError(error: unknown): void }): Rounds =>
  startRounds(async () => {
    await makeRound(deps);
    // What a channel's pace left over is not yet due.
    return { more: false };
  }, onError);
