import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Subscription, WebhookDelivery, webhookEndpoints } from '../../../contract/webhooks.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField, conflict, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { faultOfAddress } from '../../platform/outward.ts';
import type { Context } from '../../platform/serve.ts';
import { newestPosition } from '../journal/index.ts';
import { directory } from '../organization/index.ts';
import { testEvent } from './events.ts';
import {
  allSubscriptions,
  changeSubscription,
  type DeliveryRecord,
  deliveryById,
  deliveryLog,
  dropWaiting,
  healthSince,
  insertDeliveries,
  insertSubscription,
  lockSubscription,
  reviveDelivery,
  type SubscriptionRecord,
} from './queries.ts';

const dayMs = 86_400_000;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

type Health = Awaited<ReturnType<typeof healthSince>>;

const view = (row: SubscriptionRecord, health: Health, now: Date): Subscription => {
  const fares = health.get(row.id);
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    types: row.types as Subscription['types'],
    allowPrivate: row.allow_private,
    enabled: row.enabled,
    stoppedBecause: row.stopped_because as Subscription['stoppedBecause'],
    failingSince: iso(row.failing_since),
    oldSecretUntil: row.old_dies_at && row.old_dies_at > now ? iso(row.old_dies_at) : null,
    version: row.version,
    waiting: Number(fares?.waiting ?? 0),
    sent: Number(fares?.sent ?? 0),
    dead: Number(fares?.dead ?? 0),
    lastSentAt: iso(fares?.last_sent_at ?? null),
  };
};

const deliveryView = (row: DeliveryRecord): WebhookDelivery => ({
  id: row.id,
  subscriptionId: row.subscription_id,
  position: row.position,
  type: row.type,
  subject: row.subject,
  state: row.state as WebhookDelivery['state'],
  attempts: row.attempts,
  status: row.status,
  reason: row.reason,
  createdAt: row.created_at.toISOString(),
  nextAt: row.state === 'waiting' ? row.not_before.toISOString() : null,
  doneAt: iso(row.done_at),
});

const noted = (
  { tx, actor, now }: Context,
  action: string,
  id: string,
  figures: Record<string, string | number | boolean> = {},
) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: 'secadmin',
    action,
    recordKind: 'webhook',
    recordId: id,
    class: 'audit',
    figures,
  });

const healthNow = ({ tx, now }: Context): Promise<Health> => healthSince(tx, new Date(now.getTime() - dayMs));

export async function listSubscriptions(context: Context): Promise<Subscription[]> {
  const health = await healthNow(context);
  return (await allSubscriptions(context.tx)).map((row) => view(row, health, context.now));
}

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** @throws not_found; stale; bad_input naming url */
export async function saveSubscription(
  context: Context,
  keys: Keys,
  given: ParsedOf<(typeof webhookEndpoints)['save']>,
): Promise<{ subscription: Subscription; secret: string | null }> {
  const { tx, now } = context;
  const fault = faultOfAddress(given.url, given.allowPrivate);
  if (fault) throw badField('url', fault);
  const set = {
    name: given.name,
    url: given.url,
    types: [...new Set(given.types)],
    allow_private: given.allowPrivate,
    enabled: given.enabled,
  };
  if (given.id === undefined) {
    const secret = newSecret();
    const row = await insertSubscription(tx, {
      id: uuidv7(),
      ...set,
      secret: keys.seal('webhook', secret),
      from_position: await newestPosition(tx),
      created_at: now,
    });
    await noted(context, 'webhooks.subscribed', row.id, { types: set.types.length, host: new URL(given.url).host });
    return { subscription: view(row, new Map(), now), secret };
  }
  const before = await lockSubscription(tx, given.id);
  if (!before) throw notFound();
  if (before.version !== given.version) throw conflict('stale', view(before, await healthNow(context), now));
  // Switched on again it begins with what happens from now on: what it missed is not made up for in a rush.
  const back = given.enabled && !before.enabled;
  const row = await changeSubscription(tx, given.id, {
    ...set,
    ...(back ? { from_position: await newestPosition(tx), failing_since: null, stopped_because: null } : {}),
  });
  if (!given.enabled) await dropWaiting(tx, row.id, now, 'stopped');
  await noted(context, 'webhooks.changed', row.id, {
    types: set.types.length,
    host: new URL(given.url).host,
    enabled: given.enabled,
  });
  return { subscription: view(row, await healthNow(context), now), secret: null };
}

/** The old secret signs beside the new one for a day, so that the other side can change over without losing anything. */
export async function renewSecret(context: Context, keys: Keys, id: string, version: number) {
  const { tx, now } = context;
  const before = await lockSubscription(tx, id);
  if (!before) throw notFound();
  if (before.version !== version) throw conflict('stale', view(before, await healthNow(context), now));
  const secret = newSecret();
  const row = await changeSubscription(tx, id, {
    secret: keys.seal('webhook', secret),
    old_secret: before.secret,
    old_dies_at: new Date(now.getTime() + dayMs),
  });
  await noted(context, 'webhooks.secret_renewed', id);
  return { subscription: view(row, await healthNow(context), now), secret };
}

export async function endSubscription(context: Context, id: string): Promise<void> {
  const { tx, now } = context;
  if (!(await lockSubscription(tx, id))) throw notFound();
  await changeSubscription(tx, id, { enabled: false, ended_at: now, old_secret: null, old_dies_at: null });
  await dropWaiting(tx, id, now, 'stopped');
  await noted(context, 'webhooks.ended', id);
}

export async function sendTest(context: Context, id: string): Promise<WebhookDelivery> {
  const { tx, now } = context;
  if (!(await lockSubscription(tx, id))) throw notFound();
  const deliveryId = uuidv7();
  await insertDeliveries(tx, [
    {
      id: deliveryId,
      subscription_id: id,
      position: null,
      ...testEvent(await directory(tx), deliveryId, now),
      not_before: now,
      created_at: now,
    },
  ]);
  await noted(context, 'webhooks.tested', id);
  return deliveryView((await deliveryById(tx, deliveryId))!);
}

/** @throws not_found; webhook_off; in_sending where it has not ended yet; withdrawn_event for what was moved to a sealed line */
export async function resend(context: Context, id: string): Promise<WebhookDelivery> {
  const { tx, now } = context;
  const before = await deliveryById(tx, id);
  if (!before) throw notFound();
  const to = await lockSubscription(tx, before.subscription_id);
  if (!to?.enabled) throw conflict('webhook_off');
  if (before.reason === 'withdrawn') throw conflict('withdrawn_event');
  const again = await reviveDelivery(tx, id, now);
  if (!again) throw conflict('in_sending');
  await noted(context, 'webhooks.sent_again', to.id, { position: before.position ?? 0 });
  return deliveryView(again);
}

export async function readLog(context: Context, input: ParsedOf<(typeof webhookEndpoints)['deliveries']>) {
  const [at = '', id = ''] = input.after?.split('_') ?? [];
  if (input.after && (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)))
    throw badField('after', 'bad_format');
  const rows = await deliveryLog(context.tx, {
    subscriptionId: input.subscriptionId,
    states: input.state === undefined ? null : input.state === 'waiting' ? ['waiting', 'sending'] : [input.state],
    after: input.after ? { at: new Date(at), id } : undefined,
    limit: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    deliveries: page.map(deliveryView),
    next: rows.length > input.limit && last ? `${last.created_at.toISOString()}_${last.id}` : null,
  };
}
