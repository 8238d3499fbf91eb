import { z } from 'zod';
import { categoryId, done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';
import { requestRow, requestThread } from './requests.ts';

/** What opened an entry of the ledger of dissatisfaction (不满意台账), or added to it. */
export const ledgerSources = [
  'denial',
  'followup',
  'rating',
  'relapse',
  'objection',
  'repeat',
  'cannot_solve',
] as const;
export const ledgerStates = ['open', 'deferred', 'handed_over', 'judging', 'closed'] as const;
/** How an entry ended. Only `redone` is the person's own word that it is solved. */
export const ledgerExits = ['redone', 'explained', 'judged', 'withdrawn', 'sealed'] as const;
export const measureKinds = ['redo', 'deferral', 'handover', 'panel', 'explanation'] as const;
export const measureStates = ['proposed', 'in_force', 'refused', 'ended', 'given', 'not_given'] as const;

/** At most two deferrals of at most 30 days each: then the need is before everybody again. */
export const mostDeferrals = 2;
export const mostDeferredDays = 30;
/** Members of a panel (评议组); the majority decides once all of them have voted. */
export const panelSize = 3;

export const ledgerViews = [
  'mine',
  'standing',
  'open',
  'pending',
  'deferred',
  'handed_over',
  'judging',
  'redone',
  'explained',
  'judged',
  'withdrawn',
  'all',
] as const;
export type LedgerView = (typeof ledgerViews)[number];

export const ledgerRow = z.object({
  id,
  /** The need as this reader may see it: number, words, place, line, state. */
  request: requestRow,
  state: z.enum(ledgerStates),
  exit: z.enum(ledgerExits).nullable(),
  /** Waits for a decision by somebody outside the line. */
  pending: z.enum(['deferral', 'handover', 'explanation']).nullable(),
  source: z.enum(ledgerSources),
  lastSource: z.enum(ledgerSources),
  openedAt: instant,
  lastAt: instant,
  /** How often dissatisfaction was voiced since the entry was opened. */
  voices: z.number(),
  /** Reopenings and new requests for the same need, counted together. */
  reopens: z.number(),
  repeats: z.number(),
  deferrals: z.number(),
  /** Deferred until; or when the person is asked about what was handed over. */
  until: instant.nullable(),
  verdict: z.enum(['given', 'not_given']).nullable(),
  closedAt: instant.nullable(),
  version,
});
export type LedgerRow = z.infer<typeof ledgerRow>;

/** One way out with its document. Words are null where this reader may not know them, or they were erased. */
export const measure = z.object({
  id,
  kind: z.enum(measureKinds),
  state: z.enum(measureStates),
  year: z.number(),
  no: z.number(),
  about: z.enum(['service', 'deferral', 'explanation']).nullable(),
  proposedAt: instant,
  proposedBy: z.string().nullable(),
  reason: z.string().nullable(),
  plan: z.string().nullable(),
  until: instant.nullable(),
  receiver: z.string().nullable(),
  receiverLineId: z.number().nullable(),
  receiverUnitId: z.number().nullable(),
  receivedBy: z.string().nullable(),
  receivedAt: instant.nullable(),
  clause: z.string().nullable(),
  contactAt: instant.nullable(),
  objectedAt: instant.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decision: z.string().nullable(),
  /** Of a panel: members, who has voted, and once all have, how. */
  panel: z
    .object({
      members: z.array(z.object({ label: z.string(), voted: z.boolean(), me: z.boolean() })),
      votes: z.array(z.object({ given: z.boolean(), reason: z.string().nullable() })),
    })
    .nullable(),
});
export type Measure = z.infer<typeof measure>;

export const ledgerAbilities = z.object({
  proposeDeferral: z.boolean(),
  proposeHandover: z.boolean(),
  referToPanel: z.boolean(),
  proposeExplanation: z.boolean(),
  /** Approve or refuse what the line proposes: a deferral, or the signature under an explanation. */
  decide: z.boolean(),
  /** Record that the receiving side has taken it over, or has not. */
  acknowledge: z.boolean(),
  vote: z.boolean(),
});
export type LedgerAbilities = z.infer<typeof ledgerAbilities>;

export const ledgerEntry = ledgerRow.extend({
  /** Whether this reader may open the request's own page. */
  mayOpenRequest: z.boolean(),
  /** The request with its thread, as this reader may see it; who asked is not part of it. */
  thread: requestThread,
  measures: z.array(measure),
  /** Two-way contacts on the thread an explanation may refer to. */
  contacts: z.array(z.object({ id, at: instant })),
  /** What was asked before, or again, by the same person, as far as this reader may know. */
  related: z.array(z.object({ id, number: z.string(), at: instant })),
  escalations: z.array(z.object({ step: z.enum(['task', 'hard_problem']), at: instant })),
  can: ledgerAbilities,
  /** Why an act one would expect is missing: ability → reason code. */
  cannot: z.record(z.string(), z.string()),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

const words = z.string().trim().min(10).max(2000);
const short = z.string().trim().min(2).max(200);

export const ledgerFilters = z.object({
  view: z.enum(ledgerViews).default('standing'),
  nodeId: nodeId.optional(),
  lineId: lineId.optional(),
  categoryId: categoryId.optional(),
  source: z.enum(ledgerSources).optional(),
  /** Opened at least this many days ago. */
  age: z.coerce.number().int().min(1).max(365).optional(),
  /** Reopened at least this often. */
  reopens: z.coerce.number().int().min(1).max(9).optional(),
});

export const ledgerEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/ledger',
    gate: 'ledger.read',
    scope: null,
    summary: 'Entries of the ledger of dissatisfaction this person may see, oldest first, closed ones newest first',
    input: ledgerFilters.extend({
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(60),
    }),
    output: z.object({ rows: z.array(ledgerRow), next: z.string().nullable(), asOf: instant }),
  }),
  counts: endpoint({
    method: 'GET',
    path: '/api/ledger/counts',
    gate: 'ledger.read',
    scope: null,
    summary: 'How many entries are in each view under these filters, counted up to 999',
    input: ledgerFilters.omit({ view: true }),
    output: z.object({ counts: z.record(z.string(), z.number()) }),
  }),
  entry: endpoint({
    method: 'GET',
    path: '/api/ledger/:id',
    gate: 'ledger.read',
    scope: null,
    summary: 'One entry with its thread, its measures and what this person may do',
    input: z.object({ id }),
    output: ledgerEntry,
  }),
  proposeDeferral: endpoint({
    method: 'POST',
    path: '/api/ledger/:id/deferrals',
    gate: 'ledger.read',
    scope: null,
    summary: 'The line proposes to defer (限期暂缓): why, until when, what will be done then',
    input: z.object({
      id,
      version,
      reason: words,
      plan: words,
      until: z.iso.datetime({ offset: true }),
    }),
    output: z.object({ measureId: id }),
  }),
  proposeHandover: endpoint({
    method: 'POST',
    path: '/api/ledger/:id/handovers',
    gate: 'ledger.read',
    scope: null,
    summary: 'The line proposes to hand over (移交): to another line of the group, or to a body outside it',
    input: z.object({
      id,
      version,
      reason: words,
      lineId: lineId.optional(),
      unitId: nodeId.nullable().optional(),
      /** A body outside the group. */
      receiver: short.optional(),
      /** When a caller asks the person whether it was solved there; needed for a body outside the group. */
      askAt: z.iso.datetime({ offset: true }).optional(),
    }),
    output: z.object({ measureId: id }),
  }),
  referToPanel: endpoint({
    method: 'POST',
    path: '/api/ledger/:id/panels',
    gate: 'ledger.read',
    scope: null,
    summary: 'The line asks a panel (评议) whether the service owed was given; its members are drawn',
    input: z.object({ id, version, reason: words }),
    output: z.object({ measureId: id }),
  }),
  proposeExplanation: endpoint({
    method: 'POST',
    path: '/api/requests/:id/explanation',
    gate: 'ledger.read',
    scope: null,
    summary: 'The line says it cannot be solved: the policy’s clause, and the contact in which it was explained',
    input: z.object({ id, version, clause: words, reason: words, contactEntryId: id }),
    output: z.object({ entryId: id, measureId: id }),
  }),
  decide: endpoint({
    method: 'POST',
    path: '/api/ledger/measures/:id/decision',
    gate: 'ledger.explain',
    scope: null,
    summary: 'A unit leader outside the line approves a deferral or signs an explanation, or refuses',
    input: z.object({ id, approve: z.boolean(), text: z.string().trim().max(1000).optional() }),
    output: done,
  }),
  acknowledge: endpoint({
    method: 'POST',
    path: '/api/ledger/measures/:id/acknowledgement',
    gate: 'ledger.read',
    scope: null,
    summary: 'Somebody outside the handing line records that the receiving side took it over, or did not',
    input: z.object({
      id,
      received: z.boolean(),
      receivedBy: short.optional(),
      receivedAt: z.iso.datetime({ offset: true }).optional(),
      text: z.string().trim().max(1000).optional(),
    }),
    output: done,
  }),
  vote: endpoint({
    method: 'POST',
    path: '/api/ledger/measures/:id/votes',
    gate: 'ledger.judge',
    scope: null,
    summary: 'A member of the panel votes, blind and once, with a reason the person served will read',
    input: z.object({ id, given: z.boolean(), reason: words }),
    output: done,
  }),
};
