import { z } from 'zod';
import { done, endpoint, id, instant } from './endpoint.ts';

export const attemptOutcomes = [
  'no_answer',
  'busy',
  'wrong_number',
  'asked_later',
  'cut_off',
  'refused',
  'notice_sent',
] as const;
export const attemptChannels = ['phone', 'thread', 'visit'] as const;
/** `better` counts as not solved: the person did not say it is solved. */
export const answers = ['solved', 'better', 'not_solved', 'unclear'] as const;
const rating = z.number().int().min(1).max(5).nullable();

export const callRow = z.object({
  id,
  requestId: id,
  number: z.string(),
  siteId: z.number().nullable(),
  unitId: z.number().nullable(),
  categoryId: z.number(),
  due: instant,
  /** When the person asked to be called. */
  appointment: instant.nullable(),
  attempts: z.number(),
  attemptDays: z.number(),
  channelsLeft: z.array(z.enum(attemptChannels)),
  mine: z.boolean(),
  reason: z.enum(['silent', 'said_by_other', 'withdrawn']),
});

export const callSheet = callRow.extend({
  text: z.string().nullable(),
  withheld: z.string().nullable(),
  handledText: z.string().nullable(),
  handledAt: instant.nullable(),
  submittedAt: instant,
  callback: z.string().nullable(),
  requesterLabel: z.string().nullable(),
  lineId: z.number().nullable(),
  handler: z.string().nullable(),
  /** `canVerifyClosure` spelt out: each independence rule and whether it holds. */
  independence: z.array(z.object({ rule: z.string(), holds: z.boolean() })),
  history: z.array(
    z.object({ at: instant, channel: z.enum(attemptChannels), outcome: z.enum(attemptOutcomes), caller: z.string() }),
  ),
  script: z.object({ version: z.string() }),
  /** May be recorded as unreachable: at least 3 attempts on at least 2 days over every channel left. */
  mayCloseUnreachable: z.boolean(),
});
export type CallRow = z.infer<typeof callRow>;
export type CallSheet = z.infer<typeof callSheet>;

export const followupEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/followups',
    gate: 'followups.call',
    scope: null,
    summary: 'The call list: what this person may verify, due first',
    input: z.object({
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(60),
    }),
    output: z.object({
      rows: z.array(callRow),
      next: z.string().nullable(),
      today: z.object({ due: z.number(), done: z.number() }),
    }),
  }),
  sheet: endpoint({
    method: 'GET',
    path: '/api/followups/:id',
    gate: 'followups.call',
    scope: null,
    summary: 'One call: what was asked, what the handler reported, the script',
    input: z.object({ id }),
    output: callSheet,
  }),
  attempt: endpoint({
    method: 'POST',
    path: '/api/followups/:id/attempts',
    gate: 'followups.call',
    scope: null,
    summary: 'Record an attempt that did not reach the person, or a refusal',
    input: z.object({
      id,
      channel: z.enum(attemptChannels),
      outcome: z.enum(attemptOutcomes),
      appointment: z.iso.datetime({ offset: true }).optional(),
    }),
    output: done,
  }),
  complete: endpoint({
    method: 'POST',
    path: '/api/followups/:id/answer',
    gate: 'followups.call',
    scope: null,
    summary: 'Record the answer in the person’s words; frozen at once',
    input: z.object({
      id,
      contacted: z.boolean(),
      answer: z.enum(answers),
      satisfied: rating,
      speed: rating,
      attitude: rating,
      words: z.string().trim().max(1000).optional(),
      channel: z.enum(attemptChannels).default('phone'),
    }),
    output: done,
  }),
  unreachable: endpoint({
    method: 'POST',
    path: '/api/followups/:id/unreachable',
    gate: 'followups.call',
    scope: null,
    summary: 'Close as unreachable; never satisfied',
    input: z.object({ id }),
    output: done,
  }),
};
