import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';

export const lessonStates = ['observed', 'analysed', 'proposed', 'adopted', 'rejected', 'effect_reviewed'] as const;
export type LessonState = (typeof lessonStates)[number];
export const lessonKinds = ['good', 'bad'] as const;
/** Who decides: the unit's leader, or the support group for everybody. */
export const lessonLevels = ['unit', 'group'] as const;
export const reviewStates = ['open', 'none_asked', 'answered'] as const;
export const evidenceKinds = ['request', 'task', 'drill', 'near_miss'] as const;
export const adopterKinds = ['plan', 'measure', 'article', 'contingency'] as const;
export type AdopterKind = (typeof adopterKinds)[number];
export const effects = ['better', 'same', 'worse'] as const;
export const lessonViews = ['all', 'to_decide', 'adopted', 'effect_due', 'rejected'] as const;

const stageCode = z.string().regex(/^[A-Z]\w{0,7}$/);

export const reviewRow = z.object({
  id,
  unitId: z.number(),
  stage: stageCode,
  leftAt: instant,
  dueAt: instant,
  state: z.enum(reviewStates),
  /** Not answered in its seven days. */
  late: z.boolean(),
  lessons: z.number(),
  noneReason: z.string().nullable(),
  noneAskedBy: z.string().nullable(),
  noneSignedBy: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: instant.nullable(),
  version: z.number(),
  can: z.object({
    write: z.boolean(),
    answer: z.boolean(),
    askNone: z.boolean(),
    /** Where no lesson was written since "none" was asked for. */
    sign: z.boolean(),
    handBack: z.boolean(),
  }),
});
export type ReviewRow = z.infer<typeof reviewRow>;

export const lessonRow = z.object({
  id,
  number: z.string(),
  stage: stageCode,
  unitId: z.number().nullable(),
  lineId: z.number().nullable(),
  kind: z.enum(lessonKinds),
  level: z.enum(lessonLevels),
  state: z.enum(lessonStates),
  title: z.string(),
  titleEn: z.string(),
  author: z.string(),
  observedAt: instant,
  adoptedIn: z.number(),
  effectDue: instant.nullable(),
  effectLate: z.boolean(),
  effect: z.enum(effects).nullable(),
  version: z.number(),
});
export type LessonRow = z.infer<typeof lessonRow>;

export const adopter = z.object({
  kind: z.enum(adopterKinds),
  id: z.string(),
  zh: z.string(),
  en: z.string(),
  /** Page of the desk that shows it. */
  route: z.string(),
});
export type Adopter = z.infer<typeof adopter>;

export const lessonFile = lessonRow.extend({
  reviewId: id.nullable(),
  observed: z.string(),
  cause: z.string().nullable(),
  analysedAt: instant.nullable(),
  proposal: z.string().nullable(),
  proposedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  decision: z.string().nullable(),
  effectMeasure: z.string().nullable(),
  effectBefore: z.number().nullable(),
  effectAfter: z.number().nullable(),
  effectWords: z.string().nullable(),
  effectBy: z.string().nullable(),
  effectAt: instant.nullable(),
  evidence: z.array(z.object({ kind: z.enum(evidenceKinds), id, number: z.string(), route: z.string() })),
  adoptions: z.array(adopter),
  can: z.object({ write: z.boolean(), decide: z.boolean(), effect: z.boolean() }),
});
export type LessonFile = z.infer<typeof lessonFile>;

export const lessonEndpoints = {
  reviews: endpoint({
    method: 'GET',
    path: '/api/lessons/reviews',
    gate: 'lessons.read',
    scope: null,
    summary: 'The look back of every unit upon every stage it has left, newest first',
    input: z.object({ nodeId: nodeId.optional() }),
    output: z.object({
      periods: z.array(
        z.object({ id, stage: stageCode, leftAt: instant, orderId: id.nullable(), reviews: z.array(reviewRow) }),
      ),
      open: z.number(),
      late: z.number(),
    }),
  }),
  answerReview: endpoint({
    method: 'POST',
    path: '/api/lessons/reviews/:id/answer',
    gate: 'lessons.write',
    scope: null,
    summary: 'Hand the look back in: at least one lesson of it is proposed',
    input: z.object({ id, version }),
    output: done,
  }),
  askNone: endpoint({
    method: 'POST',
    path: '/api/lessons/reviews/:id/none',
    gate: 'lessons.write',
    scope: null,
    summary: 'Say with a reason that there is no lesson; it waits for the signature of the leader of the unit',
    input: z.object({ id, version, reason: z.string().trim().min(10).max(500) }),
    output: done,
  }),
  signNone: endpoint({
    method: 'POST',
    path: '/api/lessons/reviews/:id/signature',
    gate: 'lessons.decide',
    scope: null,
    summary: 'Sign that there was no lesson, or hand it back; never whoever asked for it',
    input: z.object({ id, version, sign: z.boolean() }),
    output: done,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/lessons',
    gate: 'lessons.read',
    scope: null,
    summary: 'Lessons, newest first, found by words, stage, unit, line and kind',
    input: z.object({
      view: z.enum(lessonViews).default('all'),
      stage: stageCode.optional(),
      unitId: nodeId.optional(),
      lineId: lineId.optional(),
      kind: z.enum(lessonKinds).optional(),
      reviewId: id.optional(),
      search: z.string().trim().max(80).optional(),
    }),
    output: z.object({ lessons: z.array(lessonRow), counts: z.record(z.enum(lessonViews), z.number()) }),
  }),
  lesson: endpoint({
    method: 'GET',
    path: '/api/lessons/:id',
    gate: 'lessons.read',
    scope: null,
    summary: 'One lesson with what it rests on and where it is adopted',
    input: z.object({ id }),
    output: lessonFile,
  }),
  observe: endpoint({
    method: 'POST',
    path: '/api/lessons',
    gate: 'lessons.write',
    scope: null,
    summary: 'Write down what was observed, resting on at least one record of the house',
    input: z.object({
      reviewId: id.nullable().default(null),
      unitId: nodeId.nullable().default(null),
      stage: stageCode.optional(),
      lineId: lineId.nullable().default(null),
      kind: z.enum(lessonKinds),
      level: z.enum(lessonLevels),
      title: z.string().trim().min(2).max(80),
      titleEn: z.string().trim().max(160).default(''),
      observed: z.string().trim().min(2).max(1000),
      /** Numbers of requests, tasks, drills and near-misses. */
      evidence: z.array(z.string().trim().min(1).max(40)).min(1).max(10),
    }),
    output: z.object({ id, number: z.string() }),
  }),
  analyse: endpoint({
    method: 'POST',
    path: '/api/lessons/:id/analysis',
    gate: 'lessons.write',
    scope: null,
    summary: 'Say what it came from',
    input: z.object({ id, version, cause: z.string().trim().min(5).max(1000) }),
    output: done,
  }),
  propose: endpoint({
    method: 'POST',
    path: '/api/lessons/:id/proposal',
    gate: 'lessons.write',
    scope: null,
    summary: 'Say what is to be changed, and for whom',
    input: z.object({ id, version, proposal: z.string().trim().min(5).max(1000), level: z.enum(lessonLevels) }),
    output: done,
  }),
  adopters: endpoint({
    method: 'GET',
    path: '/api/lessons/:id/adopters',
    gate: 'lessons.decide',
    scope: null,
    summary: 'Plans, measures, articles and contingencies in force that may take it up',
    input: z.object({ id }),
    output: z.object({ adopters: z.array(adopter) }),
  }),
  decide: endpoint({
    method: 'POST',
    path: '/api/lessons/:id/decision',
    gate: 'lessons.decide',
    scope: null,
    summary: 'Adopt it somewhere, or turn it down with a reason; never anybody who wrote on it',
    input: z.object({
      id,
      version,
      adopt: z.boolean(),
      words: z.string().trim().max(500).default(''),
      adoptions: z
        .array(z.object({ kind: z.enum(adopterKinds), id: z.string().min(1).max(80) }))
        .max(10)
        .default([]),
    }),
    output: done,
  }),
  reviewEffect: endpoint({
    method: 'POST',
    path: '/api/lessons/:id/effect',
    gate: 'lessons.read',
    scope: null,
    summary: 'What it did: a number before and after, or words; never anybody who wrote on it',
    input: z.object({
      id,
      version,
      effect: z.enum(effects),
      measure: z.string().trim().max(80).default(''),
      before: z.number().nullable().default(null),
      after: z.number().nullable().default(null),
      words: z.string().trim().max(500).default(''),
    }),
    output: done,
  }),
  adoptedBy: endpoint({
    method: 'GET',
    path: '/api/lessons/adopted/:kind/:recordId',
    gate: 'lessons.read',
    scope: null,
    summary:
      'The lessons that a plan with all its versions and lines, a measure, an article or a contingency has adopted',
    input: z.object({ kind: z.enum(adopterKinds), recordId: z.string().min(1).max(80) }),
    output: z.object({ lessons: z.array(lessonRow) }),
  }),
};
