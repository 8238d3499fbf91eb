import { Webhook } from 'standardwebhooks';
import { system } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import type { Pool } from '../../platform/database.ts';
import { append } from '../../platform/journal.ts';
import { OutwardFault, postOutward } from '../../platform/outward.ts';
import { type Rounds, startRounds } from '../../platform/rounds.ts';
import { sideBySide } from '../../platform/side-by-side.ts';
import { inStatement, inTransaction, type Tx } from '../../platform/transaction.ts';
import { waitAfter } from '../../platform/waiting.ts';
import { tell } from '../messages/index.ts';
import {
  claimDeliveries,
  type DeliveryRecord,
  dropWaiting,
  endDelivery,
  lockSubscription,
  noteOnSubscription,
  type SubscriptionRecord,
  subscriptionById,
} from './queries.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** After so long whoever took a delivery is taken to be gone. Longer than the time limit of a call. */
const heldMs = 2 * minute;
const timeoutMs = 15 * second;
export const waits = { firstMs: 20 * second, mostMs: 6 * hour };
/** So long one event is tried; so long without a single success, and the subscription is switched off. */
export const patienceMs = 72 * hour;
const atOnce = 4;
const perRound = 40;

export interface SendingDeps {
  pool: Pool;
  keys: Keys;
  now(): Date;
  /** What was committed is to be settled. */
  committed(): void;
}

interface Outcome {
  sent: boolean;
  status: number | null;
  reason: string | null;
  /** What the other side asked us to wait, at most a day. */
  waitMs?: number;
}

/** The headers of Standard Webhooks; while an old secret lives, both sign. */
function signed(
  keys: Keys,
  to: SubscriptionRecord,
  id: string,
  body: string,
  now: Date,
): Record<string, string> | null {
  const secrets = [
    keys.unseal('webhook', to.secret),
    to.old_secret && to.old_dies_at && to.old_dies_at > now ? keys.unseal('webhook', to.old_secret) : null,
  ].filter((one) => one !== null);
  if (secrets.length === 0) return null;
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / second)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}

function retryAfter(value: string | string[] | undefined, now: Date): number | undefined {
  const text = String(value ?? '');
  const ms = /^\d+$/.test(text) ? Number(text) * second : Date.parse(text) - now.getTime();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, 24 * hour) : undefined;
}

/** One attempt. Never throws: what went wrong is an outcome. */
async function attempt(keys: Keys, to: SubscriptionRecord, held: DeliveryRecord, now: Date): Promise<Outcome> {
  // The event's id, so that what arrives twice can be told from what is new.
  const id = held.position === null ? held.id : String(held.position);
  const headers = signed(keys, to, id, held.body, now);
  if (!headers) return { sent: false, status: null, reason: 'sealed_elsewhere' };
  try {
    const answer = await postOutward(to.url, held.body, { allowPrivate: to.allow_private, timeoutMs, headers });
    const { status } = answer;
    if (status >= 200 && status < 300) return { sent: true, status, reason: null };
    if (status === 410) return { sent: false, status, reason: 'gone' };
    if (status >= 300 && status < 400) return { sent: false, status, reason: 'redirected' };
    const later = status === 429 || status === 503;
    return {
      sent: false,
      status,
      reason: later ? 'later' : 'refused',
      waitMs: later ? retryAfter(answer.headers['retry-after'], now) : undefined,
    };
  } catch (error) {
    if (!(error instanceof OutwardFault)) throw error;
    return { sent: false, status: null, reason: error.code };
  }
}

/** Switches it off, and tells whoever looks after integrations. */
async function stop(tx: Tx, to: SubscriptionRecord, because: 'failing' | 'gone', now: Date): Promise<void> {
  await noteOnSubscription(tx, to.id, { enabled: false, stopped_because: because });
  await dropWaiting(tx, to.id, now, 'stopped');
  await append(tx, {
    at: now,
    actorId: null,
    role: 'system',
    action: 'webhooks.stopped',
    recordKind: 'webhook',
    recordId: to.id,
    class: 'audit',
    reason: because,
  });
  await tell(
    { tx, actor: system, now },
    {
      kind: 'webhook.stopped',
      to: { permission: 'integrations.manage' },
      about: { kind: 'channel', id: to.id, label: to.name, route: '/integrations' },
      level: 'important',
      once: `webhook.stopped:${to.id}:${to.version}`,
    },
  );
}

/** @returns when it is due again, null where it is over */
async function end(deps: SendingDeps, held: DeliveryRecord, outcome: Outcome): Promise<Date | null> {
  const now = deps.now();
  return inTransaction(deps.pool, async (tx) => {
    const to = await lockSubscription(tx, held.subscription_id);
    const { sent, status, reason } = outcome;
    const tooLong = now.getTime() - held.created_at.getTime() >= patienceMs;
    const over = sent || tooLong || held.position === null || reason === 'gone';
    const again = new Date(now.getTime() + Math.max(outcome.waitMs ?? 0, waitAfter(held.attempts, waits)));
    const mine = await endDelivery(tx, held, {
      state: sent ? 'sent' : over ? 'dead' : 'waiting',
      status,
      reason,
      done_at: over ? now : null,
      ...(over ? {} : { not_before: again }),
    });
    // A test says how the other side is, and decides nothing.
    if (!mine || !to?.enabled || held.position === null) return null;
    if (sent) {
      if (to.failing_since) await noteOnSubscription(tx, to.id, { failing_since: null });
    } else if (reason === 'gone') await stop(tx, to, 'gone', now);
    else if (!to.failing_since) await noteOnSubscription(tx, to.id, { failing_since: now });
    else if (now.getTime() - to.failing_since.getTime() >= patienceMs) await stop(tx, to, 'failing', now);
    return over ? null : again;
  });
}

/** @returns until when nothing else need be tried there: it did not answer at all, or asked for time; null = go on */
async function deliver(deps: SendingDeps, held: DeliveryRecord): Promise<Date | null> {
  const to = await inStatement(deps.pool, (tx) => subscriptionById(tx, held.subscription_id));
  // Switched off meanwhile; a test is sent all the same.
  if (!to || to.ended_at || (!to.enabled && held.position !== null)) {
    const dropped = { state: 'dropped', status: null, reason: 'stopped', done_at: deps.now() };
    await inTransaction(deps.pool, (tx) => endDelivery(tx, held, dropped));
    return null;
  }
  const outcome = await attempt(deps.keys, to, held, deps.now());
  const again = await end(deps, held, outcome);
  return outcome.reason !== 'sealed_elsewhere' && (outcome.status === null || outcome.reason === 'later')
    ? again
    : null;
}

/** Taken and not tried: as before, and not before what was tried. */
const postpone = (deps: SendingDeps, lane: DeliveryRecord[], until: Date): Promise<void> =>
  inTransaction(deps.pool, async (tx) => {
    for (const { status, reason, ...held } of lane)
      await endDelivery(tx, held, {
        state: 'waiting',
        status,
        reason,
        done_at: null,
        not_before: until,
        attempts: held.attempts - 1,
      });
  });

/**
 * Sends what is due, once, oldest place of the journal first within a subscription; subscriptions side by side, so that a
 * slow one holds up nobody else. Every program does it; what one has taken another passes over. At least once: what is
 * taken by a program that dies is taken again after two minutes, under the same id. @returns how many were taken
 */
export async function sendDue(deps: SendingDeps): Promise<number> {
  const now = deps.now();
  const held = await inTransaction(deps.pool, (tx) =>
    claimDeliveries(tx, now, new Date(now.getTime() + heldMs), perRound),
  );
  const bySubscription = new Map<string, DeliveryRecord[]>();
  for (const one of held)
    bySubscription.set(one.subscription_id, [...(bySubscription.get(one.subscription_id) ?? []), one]);
  await sideBySide([...bySubscription.values()], atOnce, async (lane) => {
    // The rest of a lane that hangs is left to its claim rather than waited for.
    const until = Date.now() + heldMs - timeoutMs - 5 * second;
    for (let one = lane.shift(); one && Date.now() < until; one = lane.shift()) {
      const again = await deliver(deps, one);
      // Each of the others would hang as long, and everybody else's round with it: they wait with the one tried.
      if (again) await postpone(deps, lane.splice(0), again);
    }
  });
  if (held.length > 0) deps.committed();
  return held.length;
}

/** Makes rounds until it is stopped, the next at once while there is much. */
export const startSending = ({ onError, ...deps }: SendingDeps & { onError(error: unknown): void }): Rounds =>
  startRounds(async () => ({ more: (await sendDue(deps)) === perRound }), onError);
