import { z } from 'zod';
import { done, endpoint, id, instant } from './endpoint.ts';
import { followupDayEndpoints } from './followup-days.ts';
import { followupScriptEndpoints, scriptPurposes, scriptText } from './followup-scripts.ts';

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
/** An after-sales visit: whether what was confirmed stayed solved. */
export const visitResults = ['still_good', 'came_back', 'unclear'] as const;
/** closure: the verdict; again: the same questions once more by somebody else; visit: after sales. */
export const callKinds = ['closure', 'again', 'visit'] as const;
export const callReasons = [
  'silent',
  'drawn',
  'said_by_other',
  'withdrawn',
  'urgent',
  'confidential',
  'reopened',
  'complaint',
  'late',
  'again',
  'correction',
  'after_sales',
] as const;
/** What a caller may tick for themselves; nobody is measured by it. */
export const adherenceTicks = ['introduced', 'verbatim', 'no_coaching'] as const;
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
  kind: z.enum(callKinds),
  reason: z.enum(callReasons),
  /** Visits: hours after the confirmed closing. */
  afterHours: z.number().nullable(),
  /** Who is ringing now; lapses by itself. */
  claim: z.object({ label: z.string(), until: instant, mine: z.boolean() }).nullable(),
  /** Whose the appointment is. */
  keeper: z.string().nullable(),
  /** Hours of the group's day in which the person is most likely reached, and how that is known. */
  bestTime: z.object({
    from: z.string(),
    to: z.string(),
    why: z.enum(['appointment', 'answered_before', 'site_pattern', 'wrote_then', 'usual']),
    /** Answered calls it is learnt from. */
    n: z.number(),
    now: z.boolean(),
  }),
});

export const callSheet = callRow.extend({
  text: z.string().nullable(),
  withheld: z.string().nullable(),
  handledText: z.string().nullable(),
  /** What the person wrote when they withdrew; the line never reads it. */
  withdrawnText: z.string().nullable(),
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
  script: z.object({ purpose: z.enum(scriptPurposes), version: z.string(), lines: scriptText }),
  /** The call is over: its frozen answer, and whether this person may have it asked once more. */
  done: z
    .object({
      at: instant,
      outcome: z.string(),
      answer: z.enum(answers).nullable(),
      visit: z.enum(visitResults).nullable(),
      satisfied: rating,
      speed: rating,
      attitude: rating,
      words: z.string().nullable(),
      scriptVersion: z.string().nullable(),
      seconds: z.number().nullable(),
      mayAskAgain: z.boolean(),
    })
    .nullable(),
  /** May be recorded as unreachable: at least 3 attempts on at least 2 days over every channel left. */
  mayCloseUnreachable: z.boolean(),
});
/** How the call went, as far as it is known: for finding calls that were never made. */
const callTrace = {
  scriptVersion: z
    .string()
    .regex(/^V\d{1,4}$/)
    .optional(),
  /** From picking up to hanging up. */
  seconds: z.number().int().min(0).max(14_400).optional(),
  /** The telephone system's own number of the call. */
  callRef: z
    .string()
    .trim()
    .max(40)
    .regex(/^[\w.:-]*$/)
    .optional(),
  ticks: z.array(z.enum(adherenceTicks)).max(3).optional(),
};
const answerGiven = z.object({
  at: instant,
  caller: z.string(),
  answer: z.enum(answers),
  satisfied: z.number().nullable(),
  seconds: z.number().nullable(),
  callRef: z.string().nullable(),
});
/** One call that was made twice by two people. */
export const askedTwice = z.object({
  callId: id,
  requestId: id,
  number: z.string(),
  reason: z.enum(['again', 'correction']),
  first: answerGiven,
  second: answerGiven.nullable(),
  /** null until the second was answered. */
  differs: z.boolean().nullable(),
});
export type AskedTwice = z.infer<typeof askedTwice>;
export const handover = z.object({
  id,
  at: instant,
  from: z.string(),
  note: z.string().nullable(),
  takenAt: instant.nullable(),
  takenBy: z.string().nullable(),
  mine: z.boolean(),
  items: z.array(
    z.object({
      callId: id,
      number: z.string(),
      siteId: z.number().nullable(),
      unitId: z.number().nullable(),
      appointment: instant.nullable(),
      attempts: z.number(),
      note: z.string().nullable(),
      open: z.boolean(),
    }),
  ),
});
export type Handover = z.infer<typeof handover>;
export type CallRow = z.infer<typeof callRow>;
export type CallSheet = z.infer<typeof callSheet>;

/** What is still missing, in the caller's own words, for whoever has to do it: told where the answer opens the request again. */
const forLine = z.string().trim().max(500).optional();

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
      /** As the person said it: read by them, by callers and by a panel, never by the line (rules 3). */
      words: z.string().trim().max(1000).optional(),
      forLine,
      channel: z.enum(attemptChannels).default('phone'),
      ...callTrace,
    }),
    output: done,
  }),
  visited: endpoint({
    method: 'POST',
    path: '/api/followups/:id/visit',
    gate: 'followups.call',
    scope: null,
    summary: 'Record an after-sales visit; "came back" reopens the request within its relapse window',
    input: z.object({
      id,
      result: z.enum(visitResults),
      words: z.string().trim().max(1000).optional(),
      forLine,
      ...callTrace,
    }),
    output: z.object({ reopened: z.boolean(), tooLate: z.boolean() }),
  }),
  claim: endpoint({
    method: 'POST',
    path: '/api/followups/:id/claim',
    gate: 'followups.call',
    scope: null,
    summary: 'Say that one is ringing now, so that nobody else does; lapses after ten minutes',
    input: z.object({ id }),
    output: z.object({ until: instant }),
  }),
  release: endpoint({
    method: 'POST',
    path: '/api/followups/:id/release',
    gate: 'followups.call',
    scope: null,
    summary: 'Leave a call to others',
    input: z.object({ id }),
    output: done,
  }),
  askAgain: endpoint({
    method: 'POST',
    path: '/api/followups/:id/again',
    gate: 'followups.plan',
    scope: null,
    summary: 'Have somebody else ask once more; the first answer stays as it is',
    input: z.object({ id }),
    output: z.object({ id }),
  }),
  askedTwice: endpoint({
    method: 'GET',
    path: '/api/followups/again',
    gate: 'followups.plan',
    scope: null,
    summary: 'Calls made twice by two people, and where the answers differ',
    input: z.object({}),
    output: z.object({
      pairs: z.array(askedTwice),
      answered: z.number(),
      differ: z.number(),
      /** Completed calls of the last 30 days that lasted under 20 seconds, of those whose length is known. */
      short: z.object({ n: z.number(), known: z.number() }),
    }),
  }),
  handovers: endpoint({
    method: 'GET',
    path: '/api/followups/handovers',
    gate: 'followups.call',
    scope: null,
    summary: 'Hand-overs between shifts, and what this person would hand over now',
    input: z.object({}),
    output: z.object({ mine: z.array(callRow), waiting: z.array(handover), taken: z.array(handover) }),
  }),
  handOver: endpoint({
    method: 'POST',
    path: '/api/followups/handovers',
    gate: 'followups.call',
    scope: null,
    summary: 'Leave one’s appointments and half-tried calls to the next shift',
    input: z.object({
      note: z.string().trim().max(1000).optional(),
      items: z.array(z.object({ callId: id, note: z.string().trim().max(300).optional() })).max(200),
    }),
    output: z.object({ id }),
  }),
  takeOver: endpoint({
    method: 'POST',
    path: '/api/followups/handovers/:id/taken',
    gate: 'followups.call',
    scope: null,
    summary: 'Take over what a colleague left',
    input: z.object({ id }),
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
  ...followupDayEndpoints,
  ...followupScriptEndpoints,
};
