import { randomInt } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { type PersonalKind, type Preference, personalKinds, usualPreference } from '../../../contract/messages.ts';
import { roleFor } from '../../platform/actor.ts';
import { equalBytes, type Keys } from '../../platform/crypto.ts';
import { badField, conflict, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import {
  type AddressRecord,
  addressesOf,
  allChannels,
  confirmedAddress,
  countTry,
  deleteAddress,
  insertDeliveries,
  lockAddress,
  type PreferenceRecord,
  preferencesOf,
  putAddress,
  savePreference,
} from './queries.ts';

const minute = 60_000;
const codeLivesMs = 30 * minute;
const mostTries = 5;
/** Between two codes to the same person, so that nobody's mailbox is flooded by a finger on a button. */
const betweenCodesMs = minute;

export const preferenceOf = (row: PreferenceRecord | undefined): Preference =>
  row
    ? {
        quietFrom: row.quiet_from,
        quietTo: row.quiet_to,
        digestHour: row.digest_hour,
        channels: row.channels as Preference['channels'],
      }
    : usualPreference;

/** j…@example.com, 138…01: one's own is known by it, another's is not learnt from it. */
export function shortAddress(kind: string, address: string): string {
  if (kind === 'sms') return `${address.slice(0, 3)}…${address.slice(-2)}`;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}

function addressView(keys: Keys, row: AddressRecord) {
  const address = keys.unseal('address', row.sealed);
  return {
    kind: row.kind as PersonalKind,
    shown: address === null ? '—' : shortAddress(row.kind, address),
    confirmed: row.confirmed_at !== null,
    codeDiesAt: row.confirmed_at === null ? (row.code_dies_at?.toISOString() ?? null) : null,
  };
}

export async function readPreferences({ tx, actor }: Context, keys: Keys) {
  const accountId = actor.accountId!;
  const [row] = await preferencesOf(tx, [accountId]);
  const open = (await allChannels(tx)).filter(({ enabled }) => enabled).map(({ kind }) => kind);
  return {
    preference: preferenceOf(row),
    version: row?.version ?? 0,
    addresses: (await addressesOf(tx, [accountId])).map((one) => addressView(keys, one)),
    available: personalKinds.filter((kind) => open.includes(kind)),
  };
}

const noted = (
  { tx, actor, now }: Context,
  action: string,
  figures: Record<string, string | number | boolean | null>,
) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, null),
    action,
    recordKind: 'account',
    recordId: actor.accountId!,
    class: 'normal',
    figures,
  });

/** @throws stale where it was changed on another device meanwhile */
export async function writePreferences(context: Context, chosen: Preference, version: number): Promise<number> {
  const { tx, actor } = context;
  const saved = await savePreference(
    tx,
    actor.accountId!,
    {
      quiet_from: chosen.quietFrom,
      quiet_to: chosen.quietTo,
      digest_hour: chosen.digestHour,
      channels: JSON.stringify(chosen.channels),
    },
    version,
  );
  if (saved === null) throw conflict('stale');
  await noted(context, 'messages.preferences_saved', {
    quiet: chosen.quietFrom !== chosen.quietTo,
    digest: chosen.digestHour,
  });
  return saved;
}

const codeHash = (keys: Keys, accountId: string, kind: string, code: string): Buffer =>
  keys.hmac('address', `${accountId} ${kind} ${code}`);

function checked(kind: PersonalKind, address: string): string {
  if (kind === 'email') {
    // A line break would begin another header; zod's address allows none.
    if (!z.email().safeParse(address).success) throw badField('address', 'bad_format');
    return address;
  }
  const number = address.replace(/[\s-]/g, '');
  if (!/^\+?\d{6,15}$/.test(number)) throw badField('address', 'bad_format');
  return number;
}

async function channelFor(tx: Tx, kind: string) {
  return (await allChannels(tx)).find((channel) => channel.kind === kind && channel.enabled);
}

/** Keeps the address unconfirmed and sends a code there. @throws no_channel; too_soon; bad_input */
export async function giveAddress(context: Context, keys: Keys, kind: PersonalKind, typed: string) {
  const { tx, actor, now } = context;
  const accountId = actor.accountId!;
  const address = checked(kind, typed);
  const channel = await channelFor(tx, kind);
  if (!channel) throw conflict('no_channel');
  const before = await lockAddress(tx, accountId, kind);
  if (before && before.confirmed_at === null && now.getTime() - before.asked_at.getTime() < betweenCodesMs)
    throw new Refusal(429, 'too_soon');
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await putAddress(tx, {
    account_id: accountId,
    kind,
    sealed: keys.seal('address', address),
    code_hash: codeHash(keys, accountId, kind, code),
    code_dies_at: new Date(now.getTime() + codeLivesMs),
    asked_at: now,
  });
  await insertDeliveries(tx, [
    {
      id: uuidv7(),
      channel_id: channel.id,
      purpose: 'code',
      account_id: accountId,
      not_before: now,
      sealed: keys.seal('address', JSON.stringify({ to: address, code })),
      created_at: now,
    },
  ]);
  await noted(context, 'messages.address_given', { kind });
  return addressView(keys, (await lockAddress(tx, accountId, kind))!);
}

/**
 * The try is counted before the code is looked at, in a transaction that has ended by then: guesses that come together do not
 * slip by, and nobody waits for a second connection while holding one. The fifth wrong one makes the code worthless.
 * `apart` opens a transaction. @throws wrong_code; not_found
 */
export async function confirmAddress(
  { actor, now }: Omit<Context, 'tx'>,
  keys: Keys,
  kind: PersonalKind,
  code: string,
  apart: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
) {
  const accountId = actor.accountId!;
  const tries = await apart((tx) => countTry(tx, accountId, kind));
  return apart(async (tx) => {
    const row = await lockAddress(tx, accountId, kind);
    if (!row || tries === null) throw notFound();
    if (row.confirmed_at === null) {
      const alive = row.code_hash !== null && row.code_dies_at! > now && tries <= mostTries;
      if (!alive || !equalBytes(row.code_hash!, codeHash(keys, accountId, kind, code)))
        throw new Refusal(422, 'wrong_code', { fields: [{ field: 'code', code: 'bad_code' }] });
      await confirmedAddress(tx, accountId, kind, now);
      await noted({ tx, actor, now }, 'messages.address_confirmed', { kind });
    }
    return addressView(keys, (await lockAddress(tx, accountId, kind))!);
  });
}

export async function dropAddress(context: Context, kind: PersonalKind): Promise<void> {
  await deleteAddress(context.tx, context.actor.accountId!, kind);
  await noted(context, 'messages.address_dropped', { kind });
}

export interface Reach {
  preference: Preference;
  /** Confirmed addresses, on channels that are switched on. */
  kinds: PersonalKind[];
}

/** How each of these accounts can be reached outside the desk. */
export async function reachOf(tx: Tx, accountIds: string[]): Promise<(accountId: string) => Reach> {
  const open = new Set((await allChannels(tx)).filter(({ enabled }) => enabled).map(({ kind }) => kind));
  const preferences = new Map((await preferencesOf(tx, accountIds)).map((row) => [row.account_id, row]));
  const kinds = new Map<string, PersonalKind[]>();
  for (const row of await addressesOf(tx, accountIds))
    if (row.confirmed_at !== null && open.has(row.kind))
      kinds.set(row.account_id, [...(kinds.get(row.account_id) ?? []), row.kind as PersonalKind]);
  return (accountId) => ({
    preference: preferenceOf(preferences.get(accountId)),
    kinds: kinds.get(accountId) ?? [],
  });
}
