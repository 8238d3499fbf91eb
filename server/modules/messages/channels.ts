import { randomUUID } from 'node:crypto';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type {
  Channel,
  ChannelKind,
  ChannelSettings,
  Delivery,
  MessageLevel,
  messageEndpoints,
} from '../../../contract/messages.ts';
import { roleFor } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField, conflict, type FieldFault, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { faultOfAddress } from '../../platform/outward.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { labelsOf } from '../access/index.ts';
import { outletOf } from './courier.ts';
import { testLetter } from './letters.ts';
import {
  allChannels,
  type ChannelRecord,
  channelById,
  deliveryLog,
  healthOfChannels,
  insertChannel,
  lockChannel,
  reviveDeliveries,
  updateChannel,
} from './queries.ts';
import { ways } from './ways/index.ts';
import type { Outcome, Secrets } from './ways/way.ts';

const dayMs = 86_400_000;
type Given = ParsedOf<(typeof messageEndpoints)['saveChannel']>;
type Health = Awaited<ReturnType<typeof healthOfChannels>>[number];

const hostOf = (url: string | undefined): string | null => (url && URL.canParse(url) ? new URL(url).host : null);

function channelView(keys: Keys, row: ChannelRecord, health: Health | undefined): Channel {
  // The secrets never leave: whether there are any, and the host of the address, is all that is told.
  const secrets = outletOf(keys, row)?.secrets ?? {};
  return {
    id: row.id,
    kind: row.kind as ChannelKind,
    name: row.name,
    enabled: row.enabled,
    settings: row.settings as ChannelSettings,
    host: hostOf(secrets.url),
    has: { password: Boolean(secrets.password), url: Boolean(secrets.url), signingKey: Boolean(secrets.signingKey) },
    perMinute: row.per_minute,
    leastLevel: row.least_level as MessageLevel,
    nodeId: row.node_id,
    lineId: row.line_id,
    fromEnvironment: row.from_environment,
    version: row.version,
    waiting: Number(health?.waiting ?? 0),
    sent: Number(health?.sent ?? 0),
    dead: Number(health?.dead ?? 0),
    lastSentAt: health?.last_sent_at?.toISOString() ?? null,
  };
}

export async function listChannels({ tx, now }: Context, keys: Keys): Promise<Channel[]> {
  const health = new Map(
    (await healthOfChannels(tx, new Date(now.getTime() - dayMs))).map((row) => [row.channel_id, row]),
  );
  return (await allChannels(tx)).map((row) => channelView(keys, row, health.get(row.id)));
}

/** Only what belongs to the kind is kept. */
const fieldsOf: Record<ChannelKind, readonly (keyof ChannelSettings)[]> = {
  email: ['host', 'port', 'encryption', 'user', 'from', 'ca'],
  sms: ['bodyKind', 'bodyTemplate', 'acceptedWhen', 'requesters', 'allowPrivate', 'ca'],
  wecom: ['allowPrivate', 'ca', 'locale'],
  dingtalk: ['allowPrivate', 'ca', 'locale'],
  feishu: ['allowPrivate', 'ca', 'locale'],
};

/** Where a secret is sent to, or what would let another read it on the way. */
const bound: readonly (keyof ChannelSettings)[] = ['host', 'port', 'encryption', 'user', 'ca'];

/**
 * What is kept of the secrets that are not typed again. They were given for one server: whoever turns the channel to another,
 * or lets others listen on the way, has to know them. @throws bad_input, naming every secret that must be entered again
 */
function keptSecrets(before: ChannelRecord, settings: ChannelSettings, given: Given, keys: Keys): Secrets {
  const kept = outletOf(keys, before)?.secrets ?? {};
  const was = before.settings as ChannelSettings;
  const elsewhere =
    before.kind === 'email'
      ? bound.some((name) => (was[name] ?? null) !== (settings[name] ?? null))
      : given.url !== undefined && given.url !== '' && hostOf(given.url) !== hostOf(kept.url);
  if (!elsewhere) return kept;
  const needed: (keyof Secrets)[] = before.kind === 'email' ? (settings.user ? ['password'] : []) : ['signingKey'];
  const fields = needed
    .filter((name) => kept[name] && !given[name])
    .map((field): FieldFault => ({ field, code: 'secret_again' }));
  if (fields.length > 0) throw new Refusal(422, 'bad_input', { fields });
  return {};
}

function settingsFor(kind: ChannelKind, given: ChannelSettings): ChannelSettings {
  return Object.fromEntries(
    fieldsOf[kind].flatMap((name) => (given[name] === undefined || given[name] === '' ? [] : [[name, given[name]]])),
  );
}

/** @throws bad_input, naming every field at once */
function check(kind: ChannelKind, settings: ChannelSettings, secrets: Secrets): void {
  const fields: FieldFault[] = [];
  const need = (field: string, there: unknown): void => {
    if (!there) fields.push({ field, code: 'required' });
  };
  if (kind === 'email') {
    need('settings.host', settings.host);
    need('settings.port', settings.port);
    need('settings.encryption', settings.encryption);
    need('settings.from', settings.from);
    if (settings.from && !/^[^\r\n]*@[^\r\n]+$/.test(settings.from))
      fields.push({ field: 'settings.from', code: 'bad_format' });
    if (settings.user) need('password', secrets.password);
  } else {
    need('url', secrets.url);
    const fault = secrets.url ? faultOfAddress(secrets.url, settings.allowPrivate ?? false) : null;
    if (fault) fields.push({ field: 'url', code: fault });
  }
  if (kind === 'sms') {
    need('settings.bodyTemplate', settings.bodyTemplate);
    const template = settings.bodyTemplate ?? '';
    if (template && !(template.includes('{to}') && template.includes('{text}')))
      fields.push({ field: 'settings.bodyTemplate', code: 'placeholders_missing' });
  }
  if (fields.length > 0) throw new Refusal(422, 'bad_input', { fields });
}

/** The journal names records by UUID: a channel's number as the last part of one that nothing else has (version 8). */
const journalIdOf = (id: number): string => `00000000-0000-8000-8000-${String(id).padStart(12, '0')}`;

const noted = (
  { tx, actor, now }: Context,
  action: string,
  channel: { id: number; kind: string },
  figures: Record<string, string | number | boolean | null>,
) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, 'messages.manage'),
    action,
    recordKind: 'channel',
    recordId: journalIdOf(channel.id),
    class: 'normal',
    figures: { kind: channel.kind, ...figures },
  });

const isOneWay = (error: unknown): boolean => (error as { constraint?: string }).constraint === 'channel_one_way';

/** @throws not_found; stale; from_environment; bad_input; one_way_out where another one for mail or SMS is switched on */
export async function saveChannel(context: Context, keys: Keys, given: Given): Promise<Channel> {
  const { tx, now } = context;
  const before = given.id === undefined ? undefined : await lockChannel(tx, given.id);
  if (given.id !== undefined && !before) throw notFound();
  if (before?.from_environment) throw conflict('from_environment');
  if (before && before.version !== given.version) throw conflict('stale', channelView(keys, before, undefined));
  if (before && before.kind !== given.kind) throw badField('kind', 'bad_choice');
  const settings = settingsFor(given.kind, given.settings);
  const secrets: Secrets = {
    ...(before ? keptSecrets(before, settings, given, keys) : {}),
    ...(given.password ? { password: given.password } : {}),
    ...(given.url ? { url: given.url } : {}),
    ...(given.signingKey ? { signingKey: given.signingKey } : {}),
  };
  check(given.kind, settings, secrets);
  const row = {
    kind: given.kind,
    name: given.name,
    enabled: given.enabled,
    settings: JSON.stringify(settings),
    sealed: keys.seal('channel', JSON.stringify(secrets)),
    per_minute: given.perMinute,
    least_level: given.leastLevel,
    node_id: given.nodeId,
    line_id: given.lineId,
  };
  try {
    const id = before?.id ?? (await insertChannel(tx, { ...row, created_at: now }));
    if (before) await updateChannel(tx, id, row);
    await noted(
      context,
      'messages.channel_saved',
      { id, kind: given.kind },
      {
        enabled: given.enabled,
        secrets: Boolean(given.password || given.url || given.signingKey),
      },
    );
    return channelView(keys, (await channelById(tx, id))!, undefined);
  } catch (error) {
    if (isOneWay(error)) throw conflict('one_way_out');
    throw error;
  }
}

/** Sends one test at once. Nothing of it is kept but that it was done. @throws not_found; bad_input */
export async function testChannel(context: Context, keys: Keys, id: number, to: string | undefined): Promise<Outcome> {
  const { tx, actor, now } = context;
  const channel = await channelById(tx, id);
  if (!channel) throw notFound();
  const needsAddress = channel.kind === 'email' || channel.kind === 'sms';
  if (needsAddress && !to) throw badField('to', 'required');
  if (to && /[\r\n,;]/.test(to)) throw badField('to', 'bad_format');
  const outlet = outletOf(keys, channel);
  const letter = { key: randomUUID(), at: now, to: needsAddress ? to! : null, ...testLetter(actor.locale) };
  const outcome: Outcome = outlet
    ? await ways[outlet.kind](outlet, letter)
    : { sent: false, again: false, reason: 'sealed_elsewhere', answer: '' };
  await noted(context, 'messages.channel_tested', channel, { sent: outcome.sent });
  return outcome;
}

const states = { waiting: ['waiting', 'sending'], sent: ['sent'], dead: ['dead'], dropped: ['dropped'] };

export async function listDeliveries(
  tx: Tx,
  { state, channelId, after, limit }: ParsedOf<(typeof messageEndpoints)['deliveries']>,
): Promise<{ deliveries: Delivery[]; next: string | null }> {
  const found = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(after ?? '');
  const rows = await deliveryLog(tx, {
    states: state ? states[state] : null,
    channelId,
    after: found ? { at: new Date(Number(found[1])), id: found[2]! } : undefined,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const accounts = [...new Set(page.flatMap(({ account_id }) => (account_id === null ? [] : [account_id])))];
  const labels = new Map((await labelsOf(tx, accounts)).map(({ id, label }) => [id, label]));
  const last = page.at(-1);
  return {
    deliveries: page.map((row) => ({
      id: row.id,
      channelId: row.channel_id,
      purpose: row.purpose as Delivery['purpose'],
      kind: row.kind as Delivery['kind'],
      to: row.account_id === null ? null : (labels.get(row.account_id) ?? null),
      state: row.state as Delivery['state'],
      attempts: row.attempts,
      reason: row.reason,
      answer: row.answer,
      createdAt: row.created_at.toISOString(),
      notBefore: row.not_before.toISOString(),
      doneAt: row.done_at?.toISOString() ?? null,
    })),
    next: rows.length > limit && last ? `${last.created_at.getTime()}.${last.id}` : null,
  };
}

export async function sendAgain(context: Context, ids: string[]): Promise<number> {
  const { tx, actor, now } = context;
  const waiting = await reviveDeliveries(tx, ids, now);
  if (waiting > 0)
    await append(tx, {
      at: now,
      actorId: actor.accountId,
      role: roleFor(actor, 'messages.manage'),
      action: 'messages.sent_again',
      recordKind: 'delivery',
      recordId: ids[0]!,
      class: 'normal',
      figures: { deliveries: waiting },
    });
  return waiting;
}

/** What the environment says of the way out for mail. */
export interface MailByEnvironment {
  /** smtp(s)://user:password@host:port */
  url: string;
  from: string;
}

/**
 * The mail server named by the environment becomes the channel for mail and takes the place of one set up by hand; when the
 * environment names none any more, it is switched off.
 */
export async function takeMailFromEnvironment(
  tx: Tx,
  keys: Keys,
  mail: MailByEnvironment | null,
  now: Date,
): Promise<void> {
  const channels = await allChannels(tx);
  const before = channels.find(({ from_environment }) => from_environment);
  if (!mail) {
    if (before?.enabled) await updateChannel(tx, before.id, { enabled: false });
    return;
  }
  const url = new URL(mail.url);
  const secure = url.protocol === 'smtps:';
  const encryption = secure ? 'tls' : url.searchParams.get('encryption') === 'none' ? 'none' : 'starttls';
  const settings: ChannelSettings = {
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    encryption,
    from: mail.from,
    ...(url.username ? { user: decodeURIComponent(url.username) } : {}),
  };
  const row = {
    kind: 'email',
    name: 'SMTP',
    enabled: true,
    settings: JSON.stringify(settings),
    sealed: keys.seal('channel', JSON.stringify({ password: decodeURIComponent(url.password) } satisfies Secrets)),
    per_minute: 60,
    least_level: 'important',
    node_id: null,
    line_id: null,
  };
  for (const other of channels)
    if (other.kind === 'email' && other.enabled && other.id !== before?.id)
      await updateChannel(tx, other.id, { enabled: false });
  if (before) await updateChannel(tx, before.id, row);
  else await insertChannel(tx, { ...row, created_at: now, from_environment: true });
}
