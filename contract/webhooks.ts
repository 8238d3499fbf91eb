import { z } from 'zod';
import { done, endpoint, id, instant, version } from './endpoint.ts';

/**
 * What other systems can be told by themselves: a request came into this state, a stage was ordered, began, or was called
 * off before its hour. CloudEvents 1.0, signed by Standard Webhooks (docs/webhooks.md). `cn.lastmetre.test` is sent by hand only.
 */
export const eventTypes = [
  'cn.lastmetre.request.received',
  'cn.lastmetre.request.in_work',
  'cn.lastmetre.request.handled',
  'cn.lastmetre.request.reopened',
  'cn.lastmetre.request.resolved_confirmed',
  'cn.lastmetre.request.closed_unreachable',
  'cn.lastmetre.request.closed_unverified',
  'cn.lastmetre.request.closed_explained',
  'cn.lastmetre.request.withdrawn',
  'cn.lastmetre.stage.signed',
  'cn.lastmetre.stage.began',
  'cn.lastmetre.stage.called_off',
] as const;
export type EventType = (typeof eventTypes)[number];
export const testEventType = 'cn.lastmetre.test';

/** Codes and figures only: never what was written, a name, a number to ring or a picture (rules 6). */
export const eventData = z.object({
  number: z.string(),
  state: z.string(),
  from: z.string().nullable(),
  category: z.string(),
  priority: z.string(),
  channel: z.string(),
  unit: z.string().nullable(),
  /** Null where the site has fewer than 30 people. */
  site: z.string().nullable(),
  line: z.string().nullable(),
  reopens: z.number(),
  submittedAt: instant,
  dueAt: instant,
});

/** Of a stage order (阶段令): codes and hours, never its words. */
export const stageEventData = z.object({
  number: z.string(),
  state: z.enum(['signed', 'began', 'called_off']),
  from: z.string(),
  to: z.string(),
  /** Null where it is for the whole group. */
  unit: z.string().nullable(),
  /** Null where it is not for one site, or the site has fewer than 30 people. */
  site: z.string().nullable(),
  emergency: z.boolean(),
  effectiveAt: instant,
});

export const subscription = z.object({
  id,
  name: z.string(),
  url: z.string(),
  types: z.array(z.enum(eventTypes)),
  allowPrivate: z.boolean(),
  enabled: z.boolean(),
  /** Why it was switched off by itself. */
  stoppedBecause: z.enum(['failing', 'gone']).nullable(),
  failingSince: instant.nullable(),
  /** The secret before this one signs too until then. */
  oldSecretUntil: instant.nullable(),
  version: z.number(),
  /** Of the last 24 hours; `waiting` of now. */
  waiting: z.number(),
  sent: z.number(),
  dead: z.number(),
  lastSentAt: instant.nullable(),
});
export type Subscription = z.infer<typeof subscription>;

/** Why an attempt failed. */
export const attemptReasons = {
  refused: ['对方没有收下', 'the other side did not take it'],
  redirected: ['对方要求转到别处，不跟随', 'the other side redirects, which is not followed'],
  gone: ['对方说地址已不用（410）', 'the other side says the address is gone (410)'],
  later: ['对方说稍后再来', 'the other side said later'],
  address_refused: ['地址不允许', 'the address is not allowed'],
  not_reached: ['连不上', 'could not be reached'],
  timed_out: ['超时', 'took too long'],
  sealed_elsewhere: [
    '密钥是用另一台服务器的钥匙封存的，请更换',
    'sealed under the keys of another server; renew the secret',
  ],
  stopped: ['订阅已停用', 'the subscription was switched off'],
  withdrawn: ['这件事已转到密封线', 'the record was moved to a sealed line'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export const webhookDelivery = z.object({
  id,
  subscriptionId: id,
  /** Place in the journal, which is the event's id; null for a test. */
  position: z.number().nullable(),
  type: z.string(),
  subject: z.string(),
  state: z.enum(['waiting', 'sending', 'sent', 'dead', 'dropped']),
  attempts: z.number(),
  /** HTTP status of the last answer. */
  status: z.number().nullable(),
  reason: z.string().nullable(),
  createdAt: instant,
  nextAt: instant.nullable(),
  doneAt: instant.nullable(),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

const withSecret = z.object({
  subscription,
  /** Shown this once; null where it stays as it was. */
  secret: z.string().nullable(),
});

export const webhookEndpoints = {
  subscriptions: endpoint({
    method: 'GET',
    path: '/api/webhooks',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Systems that are told of events, and how that fares',
    input: z.object({}),
    output: z.object({ subscriptions: z.array(subscription) }),
  }),
  save: endpoint({
    method: 'POST',
    path: '/api/webhooks',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Add or change a subscription; a new one gets a signing secret, shown once',
    input: z.object({
      /** Without it a new one. */
      id: id.optional(),
      version: version.optional(),
      name: z.string().trim().min(2).max(60),
      url: z.string().trim().min(8).max(1_000),
      types: z.array(z.enum(eventTypes)).min(1),
      allowPrivate: z.boolean().default(false),
      enabled: z.boolean().default(true),
    }),
    output: withSecret,
  }),
  renewSecret: endpoint({
    method: 'POST',
    path: '/api/webhooks/:id/secret',
    gate: 'integrations.manage',
    scope: null,
    summary: 'A new signing secret, shown once; the old one signs too for 24 hours',
    input: z.object({ id, version }),
    output: withSecret,
  }),
  end: endpoint({
    method: 'DELETE',
    path: '/api/webhooks/:id',
    gate: 'integrations.manage',
    scope: null,
    summary: 'End a subscription; its log stays',
    input: z.object({ id }),
    output: done,
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/webhooks/:id/test',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Send a test event; it stands in the log',
    input: z.object({ id }),
    output: webhookDelivery,
  }),
  deliveries: endpoint({
    method: 'GET',
    path: '/api/webhooks/deliveries',
    gate: 'integrations.manage',
    scope: null,
    summary: 'The log: what went out, what waits and what was given up',
    input: z.object({
      subscriptionId: id.optional(),
      state: z.enum(['waiting', 'sent', 'dead', 'dropped']).optional(),
      /** `next` of the page before. */
      after: z.string().max(80).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ deliveries: z.array(webhookDelivery), next: z.string().nullable() }),
  }),
  resend: endpoint({
    method: 'POST',
    path: '/api/webhooks/deliveries/:id/again',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Send one again under the same id, sent or given up',
    input: z.object({ id }),
    output: webhookDelivery,
  }),
};
