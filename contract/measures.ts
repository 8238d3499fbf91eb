import { z } from 'zod';
import { endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';
import { evidenceKinds } from './measure-evidence.ts';

/** Where one stands: still to do, done with evidence, past its due, not possible (说了做不了), or over with its plan. */
export const measureStates = ['open', 'done', 'lapsed', 'cannot', 'ended'] as const;
export type MeasureState = (typeof measureStates)[number];
export const measureLevels = ['group', 'unit', 'site'] as const;

const named = z.object({ zh: z.string(), en: z.string() });
/** Group-local day. */
const day = z.iso.date();

export const measureMarkKinds = ['happened', 'done', 'more', 'cannot', 'help', 'excused', 'agreed', 'refused'] as const;

/** What somebody said or showed. */
export const measureMark = z.object({
  id,
  kind: z.enum(measureMarkKinds),
  /** The time that counts. */
  at: instant,
  /** The time of the device, where it sent one. */
  madeAt: instant.nullable(),
  receivedAt: instant,
  offline: z.boolean(),
  by: z.string(),
  role: z.string(),
  words: z.string().nullable(),
  number: z.number().nullable(),
  signer: z.string().nullable(),
  files: z.array(z.object({ id, kind: z.enum(['picture', 'document']), name: z.string() })),
});
export type MeasureMark = z.infer<typeof measureMark>;

/** One measure in one window of its rhythm, as this person sees it. */
export const measureDue = z.object({
  id,
  lineId: id,
  level: z.enum(measureLevels),
  unitId: z.number().nullable(),
  siteId: z.number().nullable(),
  stage: z.string(),
  title: named,
  where: z.string(),
  how: z.string(),
  /** Written for this place, not taken from the stage's list. */
  own: z.boolean(),
  workLineId: z.number().nullable(),
  frequency: z.string(),
  phase: z.string(),
  nature: z.string(),
  evidence: z.enum(evidenceKinds),
  evidenceCount: z.number(),
  red: z.boolean(),
  day,
  from: instant,
  due: instant,
  state: z.enum(measureStates),
  lapsedAt: instant.nullable(),
  doneAt: instant.nullable(),
  doneBy: z.string().nullable(),
  /** Done after its due: stays so for ever. */
  late: z.boolean(),
  offline: z.boolean(),
  /** The latest tick in a line: a note, a number, how many files. */
  proof: z
    .object({
      words: z.string().nullable(),
      number: z.number().nullable(),
      signer: z.string().nullable(),
      files: z.number(),
    })
    .nullable(),
  cannot: z
    .object({
      at: instant,
      by: z.string(),
      reason: z.string().nullable(),
      answer: z.enum(['help', 'excused']).nullable(),
      answeredAt: instant.nullable(),
      answeredBy: z.string().nullable(),
      words: z.string().nullable(),
      task: z.object({ id, number: z.string() }).nullable(),
    })
    .nullable(),
  verdict: z.enum(['agreed', 'refused']).nullable(),
  version: z.number(),
  can: z.object({ tick: z.boolean(), cannot: z.boolean(), answer: z.boolean(), check: z.boolean() }),
});
export type MeasureDue = z.infer<typeof measureDue>;

/** What falls due only when something happens. */
export const measureEvent = z.object({
  lineId: id,
  level: z.enum(measureLevels),
  unitId: z.number().nullable(),
  siteId: z.number().nullable(),
  stage: z.string(),
  title: named,
  where: z.string(),
  how: z.string(),
  own: z.boolean(),
  frequency: z.string(),
  phase: z.string(),
  nature: z.string(),
  workLineId: z.number().nullable(),
  evidence: z.enum(evidenceKinds),
  evidenceCount: z.number(),
  red: z.boolean(),
  /** Due so many minutes after it happened. */
  minutes: z.number(),
  fever: z.boolean(),
});
export type MeasureEvent = z.infer<typeof measureEvent>;

/** Figures of one day, each of which opens to its records (`records`). */
export const measureFigures = z.object({
  due: z.number(),
  open: z.number(),
  /** In time. */
  done: z.number(),
  late: z.number(),
  lapsed: z.number(),
  redLapsed: z.number(),
  cannot: z.number(),
  checked: z.number(),
});
export type MeasureFigures = z.infer<typeof measureFigures>;
export const shownMeasures = ['due', 'open', 'done', 'late', 'lapsed', 'redLapsed', 'cannot', 'checked'] as const;
export type ShownMeasures = (typeof shownMeasures)[number];

const ring = z.object({
  name: z.string(),
  /** Of the site's office, else the extension of the line or the hotline. */
  number: z.string().nullable(),
});

/** By the clock of the device: when it was done, and when this try left. The server judges both (rules 13). */
const made = {
  madeAt: z.iso.datetime({ offset: true }).optional(),
  sentAt: z.iso.datetime({ offset: true }).optional(),
};
const words = z.string().trim().max(1000);

export const measureEndpoints = {
  mine: endpoint({
    method: 'GET',
    path: '/api/measures/mine',
    gate: 'measures.work',
    scope: null,
    summary:
      'The measures this person answers for: of today, late ones of the last days, and tomorrow’s for a phone without signal',
    input: z.object({}),
    output: z.object({
      day,
      asOf: instant,
      siteIds: z.array(z.number()),
      rows: z.array(measureDue),
      events: z.array(measureEvent),
      /** Whom to ring when something is wrong. */
      ring: z.array(ring),
    }),
  }),
  one: endpoint({
    method: 'GET',
    path: '/api/measures/:id',
    gate: 'measures.read',
    scope: null,
    summary: 'One measure in one window, with everything that was said and shown',
    input: z.object({ id }),
    output: measureDue.extend({ marks: z.array(measureMark), ring: z.array(ring) }),
  }),
  tick: endpoint({
    method: 'POST',
    path: '/api/measures/:id/ticks',
    gate: 'measures.work',
    scope: null,
    summary: 'It is done, with its evidence; the second of two is kept as a further entry',
    input: z.object({
      id,
      /** Made by the device: the same tick sent twice is one. */
      markId: id,
      words: words.optional(),
      number: z.number().int().min(0).max(1_000_000).optional(),
      signer: z.string().trim().max(60).optional(),
      fileIds: z.array(id).max(9).default([]),
      ...made,
    }),
    output: measureDue,
  }),
  cannot: endpoint({
    method: 'POST',
    path: '/api/measures/:id/cannot',
    gate: 'measures.work',
    scope: null,
    summary: 'It cannot be done, and why; the liaison must answer',
    input: z.object({
      id,
      markId: id,
      reason: z.string().trim().min(2).max(1000),
      fileIds: z.array(id).max(3).default([]),
      ...made,
    }),
    output: measureDue,
  }),
  happened: endpoint({
    method: 'POST',
    path: '/api/measures/lines/:id/events',
    gate: 'measures.work',
    scope: null,
    summary: 'It happened: a measure that is due only then falls due from this moment',
    input: z.object({ id, occurrenceId: id, ...made }),
    output: measureDue,
  }),
  answer: endpoint({
    method: 'POST',
    path: '/api/measures/:id/answer',
    gate: 'measures.check',
    scope: null,
    summary: 'Answer who says it cannot be done: help is sent as a supervised task, or it is excused, with the reason',
    input: z.object({
      id,
      version,
      how: z.enum(['help', 'excused']),
      words: z.string().trim().min(2).max(1000),
      /** Whose task it becomes; the line of the measure unless told. */
      lineId: lineId.optional(),
    }),
    output: measureDue,
  }),
  check: endpoint({
    method: 'POST',
    path: '/api/measures/:id/check',
    gate: 'measures.check',
    scope: null,
    summary: 'Somebody outside looked at the evidence: agreed, or not agreed and why, which opens it again',
    input: z.object({ id, version, verdict: z.enum(['agreed', 'refused']), words: words.optional() }),
    output: measureDue,
  }),
  board: endpoint({
    method: 'GET',
    path: '/api/measures/board',
    gate: 'measures.read',
    scope: null,
    summary: 'Sites and units on one day: due, done, late, lapsed, cannot, checked',
    input: z.object({ day: day.optional(), unitId: nodeId.optional() }),
    output: z.object({
      day,
      today: day,
      asOf: instant,
      all: measureFigures,
      units: z.array(
        z.object({
          /** Null: the group's own. */
          unitId: z.number().nullable(),
          all: measureFigures,
          /** Of the unit itself, not of its sites. */
          own: measureFigures,
          sites: z.array(z.object({ siteId: z.number(), figures: measureFigures })),
        }),
      ),
      /** Said and not answered, whenever it was due. */
      unanswered: z.number(),
      lapsedNow: z.number(),
      toCheck: z.number(),
    }),
  }),
  records: endpoint({
    method: 'GET',
    path: '/api/measures/records',
    gate: 'measures.read',
    scope: null,
    summary: 'The records behind a figure of the board',
    input: z.object({
      day: day.optional(),
      show: z.enum(shownMeasures).default('due'),
      unitId: nodeId.optional(),
      siteId: nodeId.optional(),
      /** The group's own alone. */
      level: z.literal('group').optional(),
    }),
    output: z.object({ rows: z.array(measureDue), total: z.number() }),
  }),
  lapses: endpoint({
    method: 'GET',
    path: '/api/measures/lapses',
    gate: 'measures.read',
    scope: null,
    summary: 'What lapsed in the last three days and nobody did since: red lines first, with whom to ring',
    input: z.object({ unitId: nodeId.optional() }),
    output: z.object({
      rows: z.array(
        z.object({
          due: measureDue,
          ring: z.array(ring),
          /** Days in a row on which this measure lapsed, three at most. */
          daysRunning: z.number(),
        }),
      ),
      total: z.number(),
      asOf: instant,
    }),
  }),
  cannots: endpoint({
    method: 'GET',
    path: '/api/measures/cannots',
    gate: 'measures.read',
    scope: null,
    summary: 'Who says it cannot be done and has no answer, longest first',
    input: z.object({ unitId: nodeId.optional() }),
    output: z.object({ rows: z.array(measureDue), total: z.number(), asOf: instant }),
  }),
  sample: endpoint({
    method: 'GET',
    path: '/api/measures/sample',
    gate: 'measures.check',
    scope: null,
    summary: 'Today’s sample of what was done, to be checked with its evidence: drawn, not chosen',
    input: z.object({}),
    output: z.object({ rows: z.array(measureDue), checkedToday: z.number() }),
  }),
} as const;
