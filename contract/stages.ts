import { z } from 'zod';
import { done, endpoint, id, instant, nodeId, version } from './endpoint.ts';
import { type StageNamed, stageNamed } from './stage-now.ts';

export type { StageNamed };

/** Life of a stage order (阶段令): drafted, reviewed and signed by three people; then the stage itself. */
export const orderStates = [
  'draft',
  'reviewed',
  'countersigning',
  'signed',
  'in_force',
  'closing_review',
  'closed',
  'withdrawn',
] as const;
export type OrderState = (typeof orderStates)[number];
/** Not in force yet: what it would change and who is ready is looked at anew. */
export const openOrderStates: readonly OrderState[] = ['draft', 'reviewed', 'countersigning', 'signed'];

export const orderEntryKinds = [
  'drafted',
  'changed',
  'reviewed',
  'returned',
  'signed',
  'countersigned',
  'withdrawn',
  'activated',
  'rejoined',
  'chased',
  'closing',
  'closed',
] as const;

const stageCode = z.string().min(1).max(20);
const wording = z.object({ zh: z.string(), en: z.string() });

const hand = z.object({ id: id.nullable(), label: z.string(), at: instant });
export type Hand = z.infer<typeof hand>;

export const effectGroup = z.object({
  key: z.string(),
  words: wording,
  rows: z.array(
    z.object({ item: wording, before: wording, after: wording, consequence: wording, changed: z.boolean() }),
  ),
});

export const unitRow = z.object({
  unitId: z.number(),
  ready: z.boolean(),
  cells: z.array(z.object({ key: z.string(), have: z.number(), need: z.number(), ready: z.boolean() })),
  missing: z.array(
    z.object({
      key: z.string(),
      label: wording,
      route: z.string().nullable(),
      /** How many people can mend it and would be chased. */
      people: z.number(),
    }),
  ),
  /** Ready without a break since then, by the journal; null while it is not. */
  readySince: instant.nullable(),
  /** Whole days from then to the hour of the switch; 0 while it is not ready. */
  leadDays: z.number(),
});
export type UnitRow = z.infer<typeof unitRow>;

/** What a switch would change and who stands ready for it: as of now, or as the signer saw it. */
export const stageLook = z.object({
  asOf: instant,
  seenBySigner: z.boolean(),
  effects: z.array(effectGroup),
  checks: z.array(z.object({ key: z.string(), words: wording })),
  units: z.array(unitRow),
});
export type StageLook = z.infer<typeof stageLook>;

export const scopeView = z.object({
  units: z.number(),
  sites: z.number(),
  heads: z.number(),
  /** Units and sites below that keep the stage of an order of their own. */
  apart: z.array(z.object({ nodeId: z.number(), stage: stageNamed })),
});

export const orderRow = z.object({
  id,
  number: z.string().nullable(),
  nodeId: z.number(),
  from: stageNamed,
  to: stageNamed,
  basis: z.object({ number: z.string(), title: z.string(), at: instant }),
  effectiveAt: instant,
  trigger: z.string(),
  emergency: z.boolean(),
  atOnce: z.boolean(),
  state: z.enum(orderStates),
  drafted: hand,
  reviewed: hand.nullable(),
  signed: hand.nullable(),
  second: hand.nullable(),
  withdrawn: hand.nullable(),
  version,
});
export type OrderRow = z.infer<typeof orderRow>;

export const orderAbilities = z.object({
  change: z.boolean(),
  review: z.boolean(),
  return: z.boolean(),
  sign: z.boolean(),
  countersign: z.boolean(),
  withdraw: z.boolean(),
  chase: z.boolean(),
});
export type OrderAbilities = z.infer<typeof orderAbilities>;

export const chaseLine = z.object({
  unitId: z.number(),
  at: instant,
  by: z.string(),
  people: z.number(),
  opened: z.number(),
  confirmed: z.number(),
  /** Opens who has not answered, with the next channel to try. */
  messageId: id,
});
export type ChaseLine = z.infer<typeof chaseLine>;

export const orderView = orderRow.extend({
  scope: scopeView,
  look: stageLook,
  entries: z.array(
    z.object({
      id,
      at: instant,
      kind: z.enum(orderEntryKinds),
      who: z.string(),
      unitId: z.number().nullable(),
      text: z.string().nullable(),
    }),
  ),
  chases: z.array(chaseLine),
  /** Units whose people this person may chase: those of their own part of the group. */
  chaseUnits: z.array(z.number()),
  can: orderAbilities,
  /** Why an act that this role has is not open to this person now: act → code with words of the interface. */
  cannot: z.record(z.string(), z.string()),
});
export type OrderView = z.infer<typeof orderView>;

export const stageHere = stageNamed.extend({
  nodeId: z.number(),
  since: instant,
  /** Day of the stage, the first being 1. */
  day: z.number(),
  orderId: id.nullable(),
});

export const periodView = z.object({
  id,
  nodeId: z.number(),
  stage: stageNamed,
  from: instant,
  to: instant.nullable(),
  basis: z.string(),
  order: orderRow.nullable(),
  /** Days each unit stood ready before it began, by the journal. */
  leads: z.array(
    z.object({
      unitId: z.number(),
      days: z.number(),
      /** Ready without a break since then; null where it was not ready when the stage began. */
      since: instant.nullable(),
    }),
  ),
});
export type PeriodView = z.infer<typeof periodView>;

const words = (most: number) => z.string().trim().min(2).max(most);
const drafting = {
  toCode: stageCode,
  basisNumber: words(60),
  basisTitle: words(200),
  /** Day of the basis document in the group's zone. */
  basisDay: z.iso.date(),
  /** Left out where it takes effect at once with the second signature. */
  effectiveAt: z.iso.datetime({ offset: true }).nullable(),
  /** What brought it about. */
  trigger: words(500),
  emergency: z.boolean().default(false),
};

export const stageEndpoints = {
  overview: endpoint({
    method: 'GET',
    path: '/api/stages',
    gate: 'stages.read',
    scope: null,
    summary: 'Which stage is in force where, which may follow, and the orders on their way',
    input: z.object({}),
    output: z.object({
      stages: z.array(stageNamed),
      transitions: z.array(z.object({ from: z.string(), to: z.string() })),
      /** The group, and every place with a stage of its own. */
      current: z.array(stageHere),
      open: z.array(orderRow),
      /** Places this person may draft for; null = the whole group. */
      mayDraft: z.array(z.number()).nullable(),
    }),
  }),
  history: endpoint({
    method: 'GET',
    path: '/api/stages/history',
    gate: 'stages.read',
    scope: null,
    summary: 'Every stage there was and will be, with its basis, its hands and how early each unit stood ready',
    input: z.object({}),
    output: z.object({
      periods: z.array(periodView),
      /** Those by which a place went with the one above it again: they began no period. */
      rejoined: z.array(orderRow),
      withdrawn: z.array(orderRow),
    }),
  }),
  preview: endpoint({
    method: 'GET',
    path: '/api/stages/preview',
    gate: 'stages.read',
    scope: null,
    summary: 'What a switch would change and who is not ready, without any order',
    input: z.object({ nodeId, toCode: stageCode }),
    output: z.object({ from: stageNamed, to: stageNamed, scope: scopeView, look: stageLook }),
  }),
  order: endpoint({
    method: 'GET',
    path: '/api/stages/orders/:id',
    gate: 'stages.read',
    scope: null,
    summary: 'One stage order: what it changes, who is ready, its hands',
    input: z.object({ id }),
    output: orderView,
  }),
  draft: endpoint({
    method: 'POST',
    path: '/api/stages/orders',
    gate: 'stages.draft',
    scope: null,
    summary: 'Draft a stage order',
    input: z.object({ id, nodeId, ...drafting }),
    output: z.object({ id }),
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/stages/orders/:id',
    gate: 'stages.draft',
    scope: null,
    summary: 'Change a draft; whoever changed it last is its drafter',
    input: z.object({ id, version, ...drafting }),
    output: z.object({ id }),
  }),
  review: endpoint({
    method: 'POST',
    path: '/api/stages/orders/:id/review',
    gate: 'stages.review',
    scope: null,
    summary: 'Pass a draft on to be signed; never the drafter',
    input: z.object({ id, version, text: z.string().trim().max(500).default('') }),
    output: done,
  }),
  return: endpoint({
    method: 'POST',
    path: '/api/stages/orders/:id/return',
    gate: 'stages.read',
    scope: null,
    summary: 'Send an order back to its drafter, saying what to change',
    input: z.object({ id, version, text: words(500) }),
    output: done,
  }),
  sign: endpoint({
    method: 'POST',
    path: '/api/stages/orders/:id/sign',
    gate: 'stages.sign',
    scope: null,
    summary: 'Sign an order: everything it changes is applied together, now or at its hour',
    input: z.object({
      id,
      version,
      /** Units that the page showed as not ready; another that is not ready by now is shown first. */
      unreadyUnitIds: z.array(nodeId).max(1000),
      seenUnready: z.literal(true),
      seenConsequences: z.literal(true),
    }),
    output: z.object({ number: z.string().nullable(), state: z.enum(orderStates) }),
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/stages/orders/:id/withdraw',
    gate: 'stages.read',
    scope: null,
    summary: 'Withdraw an order before its hour; the stage before it goes on',
    input: z.object({ id, version, text: words(500) }),
    output: done,
  }),
  chase: endpoint({
    method: 'POST',
    path: '/api/stages/orders/:id/chase',
    gate: 'messages.chase',
    scope: null,
    summary: 'Tell everybody who can mend what a unit lacks, once an hour',
    input: z.object({ id, unitId: nodeId }),
    output: z.object({ told: z.number() }),
  }),
};
