import { z } from 'zod';
import { categoryId, done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';
import { priorities } from './organization.ts';

/** How sure a suggestion is, as a word: at least 0.8, at least 0.5, less. */
export const surenesses = ['high', 'fair', 'low'] as const;
export type Sureness = (typeof surenesses)[number];
export const surenessOf = (p: number): Sureness => (p >= 0.8 ? 'high' : p >= 0.5 ? 'fair' : 'low');

/** Lines of content that is never stored (rules 5). */
export const sealedLines = ['care', 'oversight'] as const;
export type SealedLine = (typeof sealedLines)[number];

const probability = z.number().min(0).max(1);
const guessed = z.object({ categoryId, p: probability });

export const suggestion = z.object({
  /** The likeliest first; at most three. */
  categories: z.array(guessed),
  sureness: z.enum(surenesses),
  /** Words of the message that speak for the first one; terms of the classifier, never a name. */
  reasons: z.array(z.string()),
  priority: z.enum(priorities),
  /** Words that make it more urgent than its category usually is. */
  urgentWords: z.array(z.string()),
  lineId: lineId.nullable(),
  /** Null: at head office. */
  unitId: nodeId.nullable(),
  coLineIds: z.array(lineId),
  /** Why there: the dispatch catalogue, where like requests went in the last 90 days, or the category's own line. */
  lineBecause: z.enum(['catalogue', 'decisions', 'category']),
  /** How many of how many like requests went there. */
  lineCounts: z.object({ there: z.number(), all: z.number() }).nullable(),
  /** Whether the category the requester chose is the first suggestion. */
  agrees: z.boolean(),
});
export type Suggestion = z.infer<typeof suggestion>;

export const ruleStates = ['draft', 'in_force', 'ended'] as const;
export const ruleRow = z.object({
  id,
  categoryId,
  /** Null: in every unit. */
  unitId: nodeId.nullable(),
  leastP: z.number(),
  /** Nothing more urgent than this; urgent ones never. */
  mostPriority: z.enum(priorities),
  state: z.enum(ruleStates),
  version,
  madeAt: instant,
  madeBy: z.string(),
  simulatedAt: instant.nullable(),
  inForceAt: instant.nullable(),
  dispatched: z.number(),
});
export type RuleRow = z.infer<typeof ruleRow>;

const wordList = (most: number, longest: number) => z.array(z.string().trim().min(1).max(longest)).max(most);

export const triageEndpoints = {
  ofRequest: endpoint({
    method: 'GET',
    path: '/api/requests/:id/suggestion',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'What this request is about, with its reasons; nothing for confidential, personal, health and sealed ones',
    input: z.object({ id }),
    output: z.object({
      suggestion: suggestion.nullable(),
      /** The words may belong to a line that stores nothing here (rules 5). Computed now, kept nowhere. */
      sealed: z.enum(sealedLines).nullable(),
    }),
  }),
  accept: endpoint({
    method: 'POST',
    path: '/api/requests/:id/suggestion/acceptance',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Take the suggestion: its category and urgency, and dispatch to its line',
    input: z.object({
      id,
      version,
      /** What the person saw; a suggestion that has changed since is refused. */
      categoryId,
      priority: z.enum(priorities),
      lineId,
      unitId: nodeId.nullable(),
      coLineIds: z.array(lineId).max(6).default([]),
    }),
    output: z.object({ caseId: id }),
  }),
  ofText: endpoint({
    method: 'POST',
    path: '/api/triage/suggestions',
    gate: 'requests.register',
    scope: null,
    summary: 'What words that are being typed are about; stores nothing',
    input: z.object({ text: z.string().trim().min(2).max(2000) }),
    output: z.object({
      categories: z.array(guessed),
      sureness: z.enum(surenesses),
      reasons: z.array(z.string()),
      sealed: z.enum(sealedLines).nullable(),
    }),
  }),
  overview: endpoint({
    method: 'GET',
    path: '/api/triage',
    gate: 'triage.manage',
    scope: null,
    summary: 'How suggestions and decisions agree, what is mistaken for what, and the classifier in use',
    input: z.object({ days: z.coerce.number().int().min(1).max(365).default(30) }),
    output: z.object({
      model: z
        .object({
          version: z.number(),
          trainedAt: instant,
          /** Requests of the group it learnt from, and keywords and examples beside them. */
          messages: z.number(),
          written: z.number(),
          /** On held-out requests; null while there were none. */
          rightFirst: z.number().nullable(),
          rightThree: z.number().nullable(),
          seconds: z.number(),
          /** Decisions learnt since, one by one. */
          since: z.number(),
        })
        .nullable(),
      training: z.boolean(),
      decided: z.number(),
      accepted: z.number(),
      byCategory: z.array(
        z.object({ categoryId, decided: z.number(), accepted: z.number(), keywords: z.number(), examples: z.number() }),
      ),
      confusions: z.array(z.object({ suggestedId: categoryId, categoryId, times: z.number() })),
    }),
  }),
  decisions: endpoint({
    method: 'GET',
    path: '/api/triage/decisions',
    gate: 'triage.manage',
    scope: null,
    summary: 'The requests behind a figure of agreement',
    input: z.object({
      days: z.coerce.number().int().min(1).max(365).default(30),
      categoryId: categoryId.optional(),
      suggestedId: categoryId.optional(),
      accepted: z.enum(['yes', 'no']).optional(),
      /** What this rule dispatched, whenever; the other conditions are about people's decisions and do not count then. */
      ruleId: id.optional(),
    }),
    output: z.object({
      decisions: z.array(
        z.object({
          requestId: id,
          number: z.string(),
          at: instant,
          suggestedId: categoryId.nullable(),
          p: z.number().nullable(),
          categoryId,
          byRule: z.boolean(),
        }),
      ),
      more: z.boolean(),
    }),
  }),
  words: endpoint({
    method: 'GET',
    path: '/api/triage/categories/:categoryId',
    gate: 'triage.manage',
    scope: null,
    summary: 'Keywords and examples of a category',
    input: z.object({ categoryId }),
    output: z.object({
      keywords: z.array(z.string()),
      examples: z.array(z.string()),
      version,
      changedAt: instant.nullable(),
    }),
  }),
  setWords: endpoint({
    method: 'PUT',
    path: '/api/triage/categories/:categoryId',
    gate: 'triage.manage',
    scope: null,
    summary: 'Write the keywords and examples of a category; the classifier is trained again at once',
    input: z.object({
      categoryId,
      version,
      keywords: wordList(120, 20),
      examples: wordList(20, 200),
    }),
    output: done,
  }),
  train: endpoint({
    method: 'POST',
    path: '/api/triage/training',
    gate: 'triage.manage',
    scope: null,
    summary: 'Train the classifier now, beside the running program',
    input: z.object({}),
    output: done,
  }),
  rules: endpoint({
    method: 'GET',
    path: '/api/triage/rules',
    gate: 'triage.manage',
    scope: null,
    summary: 'Rules the group wrote: what is dispatched at once',
    input: z.object({}),
    output: z.object({ rules: z.array(ruleRow) }),
  }),
  makeRule: endpoint({
    method: 'POST',
    path: '/api/triage/rules',
    gate: 'triage.manage',
    scope: null,
    summary: 'Write a rule; it does nothing before it was tried on last week and put in force',
    input: z.object({
      categoryId,
      unitId: nodeId.nullable(),
      leastP: z.number().min(0.5).max(1),
      mostPriority: z.enum(['high', 'normal24', 'normal48', 'normal72']),
    }),
    output: z.object({ id }),
  }),
  tryRule: endpoint({
    method: 'POST',
    path: '/api/triage/rules/:id/trial',
    gate: 'triage.manage',
    scope: null,
    summary: "What the rule would have done with last week's requests",
    input: z.object({ id }),
    output: z.object({
      /** It would have dispatched so many, */
      would: z.number(),
      /** of which people decided the same category and line, */
      same: z.number(),
      /** or another. */
      other: z.array(z.object({ requestId: id, number: z.string(), categoryId, lineId: lineId.nullable() })),
      from: instant,
    }),
  }),
  putInForce: endpoint({
    method: 'POST',
    path: '/api/triage/rules/:id/force',
    gate: 'triage.manage',
    scope: null,
    summary: 'Put a rule in force that was tried within the last day',
    input: z.object({ id, version }),
    output: done,
  }),
  endRule: endpoint({
    method: 'POST',
    path: '/api/triage/rules/:id/end',
    gate: 'triage.manage',
    scope: null,
    summary: 'End a rule; what it dispatched stays as it is',
    input: z.object({ id, version }),
    output: done,
  }),
};
