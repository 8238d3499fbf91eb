import { z } from 'zod';
import { done, endpoint, id, instant } from './endpoint.ts';

/** The frame, the draw and the frozen result of each day (rules 9), and the published rates. */

/** A calendar day of the group, YYYY-MM-DD. */
export const dayName = z.string().regex(/^\d{4}-\d\d-\d\d$/);

const share = z.number().min(0).max(1);

/**
 * One cell of a day: what the estimate of the verified rate is computed from (rules 10). A cell is a stratum — first
 * category / priority / on_time, late or withdrawn — apart for those called for certain and those left to the draw.
 */
export const dayCell = z.object({
  stratum: z.string(),
  mandatory: z.boolean(),
  /** Answered by themselves within their own 24 hours; `yA` of them "solved". */
  A: z.number(),
  yA: z.number(),
  /** Silent; `b` of them drawn or called for certain; `r` reached with an answer; `y` of them "solved". */
  B: z.number(),
  b: z.number(),
  r: z.number(),
  y: z.number(),
  /** The rest of `b`: non-response, never satisfied. */
  refused: z.number(),
  unreachable: z.number(),
  gone: z.number(),
  open: z.number(),
});

export const dayRow = z.object({
  day: dayName,
  /** open: still running; closed: the frame is sealed and the draw is on; frozen: the result stands and the secret is told. */
  state: z.enum(['open', 'closed', 'frozen']),
  /** Committed too late: everybody silent is called. */
  late: z.boolean(),
  framed: z.number(),
  undecided: z.number(),
  own: z.number(),
  ownSolved: z.number(),
  silent: z.number(),
  drawn: z.number(),
  mandatory: z.number(),
  reached: z.number(),
  solved: z.number(),
  refused: z.number(),
  unreachable: z.number(),
  gone: z.number(),
  open: z.number(),
  frozenAt: instant.nullable(),
});
export type DayRow = z.infer<typeof dayRow>;

/** Which records stand behind a figure of a day. */
export const dayFigures = [
  'framed',
  'own',
  'own_solved',
  'silent',
  'drawn',
  'mandatory',
  'to_call',
  'not_drawn',
  'reached',
  'solved',
  'refused',
  'unreachable',
  'gone',
  'open',
] as const;
export type DayFigure = (typeof dayFigures)[number];

export const dayLine = z.object({
  requestId: id,
  number: z.string(),
  at: instant,
  stratum: z.string(),
  mandatory: z.string().nullable(),
  disposed: z.string().nullable(),
  outcome: z.string().nullable(),
  siteId: z.number().nullable(),
  unitId: z.number().nullable(),
  callId: id.nullable(),
});

export const rateLine = z.object({
  category: z.string().max(8).nullable(),
  priority: z.enum(['urgent', 'high', 'normal24', 'normal48', 'normal72']).nullable(),
  timing: z.enum(['on_time', 'late']).nullable(),
  /** Between 0.01 and 1, in steps of 0.0001. */
  share: share.min(0.01),
});
export type RateLine = z.infer<typeof rateLine>;

const ratePlan = z.object({
  /** First day it holds for; always after the day it is published on. */
  from: dayName,
  base: share.min(0.01),
  /** Share of answered calls that somebody else makes once more. */
  again: share,
  lines: z.array(rateLine).max(60),
});

export const publishedRates = ratePlan.extend({
  no: z.number(),
  madeBy: z.string().nullable(),
  madeAt: instant,
  /** Whether it holds today. */
  inForce: z.boolean(),
});
export type PublishedRates = z.infer<typeof publishedRates>;

export const dayCheck = z.object({
  day: dayName,
  state: z.enum(['none', 'open', 'sealed', 'frozen']),
  valid: z.boolean(),
  framed: z.number(),
  drawn: z.number(),
  mandatory: z.number(),
  late: z.boolean(),
  /** Hexadecimal, as in the journal. */
  commitment: z.string().nullable(),
  sealRoot: z.string().nullable(),
  secret: z.string().nullable(),
  cells: z.array(dayCell),
  differences: z.array(z.object({ what: z.string(), zh: z.string(), en: z.string(), request: z.string().nullable() })),
});
export type DayCheck = z.infer<typeof dayCheck>;

export const followupDayEndpoints = {
  days: endpoint({
    method: 'GET',
    path: '/api/followups/days',
    gate: 'signedIn',
    scope: null,
    summary: 'Days of the follow-up frame, newest first, each with its figures (callers and auditors)',
    input: z.object({ before: dayName.optional() }),
    output: z.object({ days: z.array(dayRow), next: dayName.nullable() }),
  }),
  day: endpoint({
    method: 'GET',
    path: '/api/followups/days/:day',
    gate: 'signedIn',
    scope: null,
    summary: 'One day: its cells, its rates, and how far it is',
    input: z.object({ day: z.string().max(10) }),
    output: z.object({ day: dayRow, cells: z.array(dayCell), rates: ratePlan.nullable() }),
  }),
  dayLines: endpoint({
    method: 'GET',
    path: '/api/followups/days/:day/lines',
    gate: 'followups.call',
    scope: null,
    summary: 'The records behind one figure of a day',
    input: z.object({
      day: dayName,
      figure: z.enum(dayFigures),
      /** With `certain`: one cell, those called for certain apart from those left to the draw. */
      stratum: z.string().max(40).optional(),
      certain: z.enum(['yes', 'no']).optional(),
      after: z.string().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    output: z.object({ lines: z.array(dayLine), next: z.string().nullable() }),
  }),
  verifyDay: endpoint({
    method: 'POST',
    path: '/api/followups/days/:day/verification',
    gate: 'journal.read',
    scope: null,
    summary: 'Draw the day again from the journal and the anchors, and name every difference',
    input: z.object({ day: dayName }),
    output: dayCheck,
  }),
  rates: endpoint({
    method: 'GET',
    path: '/api/followups/rates',
    gate: 'signedIn',
    scope: null,
    summary: 'Published sampling rates, the newest first (callers and auditors)',
    input: z.object({}),
    output: z.object({
      plans: z.array(publishedRates),
      today: dayName,
      /** Of the last 14 closed days, per stratum: how many were silent, so that a share can be judged by its calls a day. */
      strata: z.array(z.object({ stratum: z.string(), silent: z.number(), reached: z.number() })),
    }),
  }),
  setRates: endpoint({
    method: 'POST',
    path: '/api/followups/rates',
    gate: 'followups.plan',
    scope: null,
    summary: 'Publish rates that hold from a later day; never for a running one',
    input: ratePlan,
    output: done,
  }),
};
