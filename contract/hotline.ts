import { z } from 'zod';
import { done, endpoint, id, instant } from './endpoint.ts';
import { requestStates } from './requests.ts';

export const contactOutcomes = ['information', 'nudge', 'dropped'] as const;
export const callKinds = ['offered', 'queued', 'ringing', 'answered', 'callback_wanted', 'ended'] as const;
export const callViews = ['waiting', 'answered', 'in_time', 'late', 'given_up', 'all'] as const;
/** How a call ended; `running` = its contact has not been settled yet. */
export const callOutcomes = ['requests', 'information', 'nudge', 'dropped', 'running'] as const;
export const callbackOutcomes = ['reached', 'not_reached', 'rang_again'] as const;

const begun = z.object({
  contactId: id,
  at: instant,
  earlier: z.array(
    z.object({
      id,
      number: z.string(),
      state: z.enum(requestStates),
      submittedAt: instant,
      categoryId: z.number(),
      siteId: z.number().nullable(),
      text: z.string().nullable(),
    }),
  ),
});

/** One call as the log shows it: times and who, never the number. */
const callRow = z.object({
  id,
  offeredAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Seconds from the first ring until answered, given up, or now. */
  waited: z.number(),
  seat: z.string().nullable(),
  operator: z.string().nullable(),
  /** The outcome of its contact; null while nobody has said it. */
  outcome: z.string().nullable(),
  callback: z.enum(['waiting', ...callbackOutcomes]).nullable(),
});

export const callFigures = z.object({
  offered: z.number(),
  answered: z.number(),
  inTime: z.number(),
  givenUp: z.number(),
  waiting: z.number(),
  waitP50: z.number().nullable(),
  waitP90: z.number().nullable(),
});

const surge = z.object({
  since: instant,
  why: z.enum(['manual', 'waiting', 'answered']),
  figures: z.record(z.string(), z.number()),
});

const callback = z.object({
  id,
  why: z.enum(['given_up', 'asked']),
  urgent: z.boolean(),
  madeAt: instant,
  promisedBy: instant,
  attempts: z.number(),
  /** Not before this time again: they did not answer a moment ago. */
  nextAt: instant,
  /** Who is at it now; null for nobody. */
  claimedBy: z.string().nullable(),
  mine: z.boolean(),
  /** Only for who has claimed it. */
  number: z.string().nullable(),
});
export type WaitingCallback = z.infer<typeof callback>;

const handover = z.object({
  id,
  at: instant,
  by: z.string(),
  own: z.boolean(),
  words: z.string(),
  figures: z.record(z.string(), z.number()),
  readAt: instant.nullable(),
  readBy: z.string().nullable(),
});
export type HandoverNote = z.infer<typeof handover>;

export const hotlineEndpoints = {
  /** POST, so that a telephone number never stands in an address or a log. */
  caller: endpoint({
    method: 'POST',
    path: '/api/hotline/caller',
    gate: 'hotline.take',
    scope: null,
    summary: 'Begin a call: the caller’s earlier requests',
    input: z.object({ number: z.string().trim().max(40).optional() }),
    output: begun,
  }),
  close: endpoint({
    method: 'POST',
    path: '/api/hotline/contacts/:id/outcome',
    gate: 'hotline.take',
    scope: null,
    summary: 'End a call that made no request: information only, a nudge, or dropped',
    input: z.object({
      id,
      outcome: z.enum(contactOutcomes),
      requestId: id.optional(),
      /** As the caller says it: what was asked in confidence or without a name is on no list by its telephone number. */
      requestNumber: z.string().trim().min(1).max(40).optional(),
    }),
    output: done,
  }),
  state: endpoint({
    method: 'GET',
    path: '/api/hotline/state',
    gate: 'hotline.take',
    scope: null,
    summary: 'My seat, the call on it, what waits, whether there is a surge, and a hand-over nobody has read',
    input: z.object({}),
    output: z.object({
      seat: z.object({ code: z.string(), home: z.boolean() }).nullable(),
      call: z.object({ id, offeredAt: instant, answeredAt: instant.nullable(), contactId: id.nullable() }).nullable(),
      waiting: z.object({ calls: z.number(), callbacks: z.number(), late: z.number() }),
      surge: surge.nullable(),
      handover: handover.nullable(),
    }),
  }),
  sit: endpoint({
    method: 'PUT',
    path: '/api/hotline/seat',
    gate: 'hotline.take',
    scope: null,
    summary: 'Take a seat of the exchange, or leave it; at home or in the room',
    input: z.object({ code: z.string().trim().min(1).max(20).nullable(), home: z.boolean().default(false) }),
    output: done,
  }),
  takeCall: endpoint({
    method: 'POST',
    path: '/api/hotline/calls/:id/contact',
    gate: 'hotline.take',
    scope: null,
    summary: 'The call on my seat: its contact, its number and the caller’s earlier requests',
    input: z.object({ id }),
    output: begun.extend({ number: z.string().nullable() }),
  }),
  callbacks: endpoint({
    method: 'GET',
    path: '/api/hotline/callbacks',
    gate: 'hotline.take',
    scope: null,
    summary: 'Who waits to be rung back, most urgent first',
    input: z.object({}),
    output: z.object({ callbacks: z.array(callback) }),
  }),
  offerCallback: endpoint({
    method: 'POST',
    path: '/api/hotline/callbacks',
    gate: 'hotline.take',
    scope: null,
    summary: 'Promise somebody on the line to ring back',
    input: z.object({
      number: z.string().trim().min(3).max(40),
      urgent: z.boolean().default(false),
      promisedBy: z.iso.datetime({ offset: true }).optional(),
      contactId: id.optional(),
    }),
    output: z.object({ id, promisedBy: instant }),
  }),
  claimCallback: endpoint({
    method: 'POST',
    path: '/api/hotline/callbacks/:id/claim',
    gate: 'hotline.take',
    scope: null,
    summary: 'Ring this person now; for ten minutes nobody else does',
    input: z.object({ id }),
    output: z.object({ number: z.string() }),
  }),
  callbackTried: endpoint({
    method: 'POST',
    path: '/api/hotline/callbacks/:id/attempts',
    gate: 'hotline.take',
    scope: null,
    summary: 'They did not answer: again later, three times at most',
    input: z.object({ id }),
    output: z.object({ attempts: z.number(), over: z.boolean() }),
  }),
  callbackReached: endpoint({
    method: 'POST',
    path: '/api/hotline/callbacks/:id/contact',
    gate: 'hotline.take',
    scope: null,
    summary: 'They answered: a contact like any other, with their earlier requests',
    input: z.object({ id }),
    output: begun.extend({ number: z.string() }),
  }),
  calls: endpoint({
    method: 'GET',
    path: '/api/hotline/calls',
    gate: 'hotline.lead',
    scope: null,
    summary: 'The call log, newest first: times, seats and outcomes',
    input: z.object({
      view: z.enum(callViews).default('all'),
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
      /** The hour of the group's day the call first rang in. */
      hour: z.coerce.number().int().min(0).max(23).optional(),
      outcome: z.enum(callOutcomes).optional(),
      after: z.string().max(100).optional(),
    }),
    output: z.object({ calls: z.array(callRow), next: z.string().nullable() }),
  }),
  figures: endpoint({
    method: 'GET',
    path: '/api/hotline/figures',
    gate: 'hotline.lead',
    scope: null,
    summary: 'Offered, answered, within 15 s and given up, in all, by day and by hour; the worst 24 hours',
    input: z.object({ days: z.coerce.number().int().min(1).max(92).default(7) }),
    output: z.object({
      from: instant,
      to: instant,
      all: callFigures,
      byDay: z.array(callFigures.extend({ from: instant })),
      byHour: z.array(callFigures.extend({ hour: z.number() })),
      worstDay: z.object({ from: instant, offered: z.number(), inTime: z.number() }).nullable(),
      /** Of the contacts of these calls; adds up to the calls that ended. */
      outcomes: z.record(z.string(), z.number()),
      aim: z.number(),
    }),
  }),
  surge: endpoint({
    method: 'PUT',
    path: '/api/hotline/surge',
    gate: 'hotline.lead',
    scope: null,
    summary: 'Switch surge mode on or off: call-backs are offered, home seats called',
    input: z.object({ on: z.boolean() }),
    output: done,
  }),
  surgeRule: endpoint({
    method: 'GET',
    path: '/api/hotline/surge-rule',
    gate: 'hotline.lead',
    scope: null,
    summary: 'What switches surge mode on by itself, and how soon one is rung back',
    input: z.object({}),
    output: z.object({
      mostWaiting: z.number().nullable(),
      leastAnswered: z.number().nullable(),
      promiseMinutes: z.number(),
      history: z.array(surge.extend({ until: instant.nullable() })),
    }),
  }),
  setSurgeRule: endpoint({
    method: 'PUT',
    path: '/api/hotline/surge-rule',
    gate: 'hotline.lead',
    scope: null,
    summary: 'Set what switches surge mode on by itself',
    input: z.object({
      mostWaiting: z.number().int().min(1).max(999).nullable(),
      leastAnswered: z.number().min(0.05).max(1).nullable(),
      promiseMinutes: z.number().int().min(5).max(1440),
    }),
    output: done,
  }),
  handovers: endpoint({
    method: 'GET',
    path: '/api/hotline/handovers',
    gate: 'hotline.take',
    scope: null,
    summary: 'Notes between shifts, newest first',
    input: z.object({}),
    output: z.object({ notes: z.array(handover) }),
  }),
  handOver: endpoint({
    method: 'POST',
    path: '/api/hotline/handovers',
    gate: 'hotline.take',
    scope: null,
    summary: 'Leave a note for the next shift; what stands open is written down with it',
    input: z.object({ words: z.string().trim().min(2).max(2000) }),
    output: done,
  }),
  readHandover: endpoint({
    method: 'POST',
    path: '/api/hotline/handovers/:id/reading',
    gate: 'hotline.take',
    scope: null,
    summary: 'Taken over: read by somebody of the next shift',
    input: z.object({ id }),
    output: done,
  }),
  exchanges: endpoint({
    method: 'GET',
    path: '/api/hotline/exchanges',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Telephone exchanges that may tell of calls',
    input: z.object({}),
    output: z.object({
      exchanges: z.array(
        z.object({ id, name: z.string(), madeAt: instant, lastHeardAt: instant.nullable(), ended: z.boolean() }),
      ),
    }),
  }),
  addExchange: endpoint({
    method: 'POST',
    path: '/api/hotline/exchanges',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Let an exchange tell of calls; its secret is shown once',
    input: z.object({ name: z.string().trim().min(2).max(60) }),
    output: z.object({ id, address: z.string(), secret: z.string() }),
  }),
  renewExchange: endpoint({
    method: 'POST',
    path: '/api/hotline/exchanges/:id/secret',
    gate: 'integrations.manage',
    scope: null,
    summary: 'A new secret, shown once; the one before is good for another day',
    input: z.object({ id }),
    output: z.object({ id, address: z.string(), secret: z.string() }),
  }),
  endExchange: endpoint({
    method: 'POST',
    path: '/api/hotline/exchanges/:id/end',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Nothing of this exchange is believed any more',
    input: z.object({ id }),
    output: done,
  }),
};

/** What an exchange tells, one event each; the body of `POST /api/cti/:exchange`. Times are the exchange's own. */
export const ctiEvent = z.object({
  /** The exchange's id of the call. */
  call: z.string().trim().min(1).max(80),
  kind: z.enum(callKinds),
  at: z.iso.datetime({ offset: true }),
  /** The number rung from; given once is enough. */
  number: z.string().trim().max(40).optional(),
  seat: z.string().trim().max(20).optional(),
  /** The exchange's name of the recording. */
  recording: z.string().trim().max(200).optional(),
});
export type CtiEvent = z.infer<typeof ctiEvent>;
