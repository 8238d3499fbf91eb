import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';

/** The stage's strategy (一阶段一对策), a unit's plan (一单位一方案), a site's measure set (一工地一措施). */
export const planKinds = ['strategy', 'unit_plan', 'site_set'] as const;
export type PlanKind = (typeof planKinds)[number];

export const planStates = [
  'draft',
  'site_feasible',
  'reviewed',
  'approved',
  'in_force',
  'to_be_renewed',
  'superseded',
  'withdrawn',
] as const;
export type PlanState = (typeof planStates)[number];

/** Round one makes a plan; `still_fits` and `begun` bring one that was prepared into force. */
export const planSteps = ['written', 'feasible', 'reviewed', 'approved', 'still_fits', 'begun'] as const;
export type PlanStep = (typeof planSteps)[number];
export const signedSteps = ['feasible', 'reviewed', 'approved', 'still_fits', 'begun'] as const;

export const planPhases = ['before', 'during', 'after'] as const;
export const planNatures = ['political', 'business', 'service'] as const;
export const planLevels = ['group', 'unit', 'site'] as const;
/** Lines for a plan's own level, and, in what is above, for those it is handed down to. */
export const levelsOf: Record<PlanKind, readonly (typeof planLevels)[number][]> = {
  strategy: ['group', 'unit'],
  unit_plan: ['unit', 'site'],
  site_set: ['site'],
};
export const evidenceKinds = ['record', 'doc', 'count', 'photo', 'sign'] as const;
export const planTriggers = ['stage', 'policy', 'data', 'requests'] as const;
/** `once+24h`: once, due so long after coming into force; the others come round. */
export const frequencyPattern = /^(daily|per_shift|per_event|weekly|monthly|quarterly|yearly|once\+[1-9]\d{0,2}[hd])$/;

const words = (most: number) => z.string().trim().max(most);

/** What of a line is written. Empty texts may be stored; a plan that has them cannot be signed. */
export const lineContent = z.object({
  level: z.enum(planLevels),
  zh: words(200).min(1),
  en: words(300),
  who: words(80),
  ownerId: id.nullable(),
  place: words(120),
  how: words(600),
  workLineId: lineId.nullable(),
  phase: z.enum(planPhases),
  nature: z.enum(planNatures),
  frequency: z.string().regex(frequencyPattern),
  evidence: z.enum(evidenceKinds),
  evidenceCount: z.number().int().min(1).max(50),
  red: z.boolean(),
  clause: words(120),
});
export type LineContent = z.infer<typeof lineContent>;

export const planLine = lineContent.extend({
  key: id,
  /** Who answers for it, by name. */
  owner: z.string().nullable(),
  templateCode: z.string().nullable(),
  inherited: z.boolean(),
  /** Added here, or changed from what was inherited. */
  own: z.boolean(),
  version,
  changedBy: z.string().nullable(),
  changedAt: instant.nullable(),
});
export type PlanLine = z.infer<typeof planLine>;

const aim = z.object({ words: words(120).min(1), before: z.number(), target: z.number() });

export const planRow = z.object({
  id,
  kind: z.enum(planKinds),
  nodeId: z.number(),
  unitId: z.number().nullable(),
  siteId: z.number().nullable(),
  stage: z.string(),
  versionNo: z.number(),
  state: z.enum(planStates),
  writtenBy: z.string(),
  approvedAt: instant.nullable(),
  inForceFrom: instant.nullable(),
  lines: z.number(),
  own: z.number(),
  copied: z.boolean(),
  effectDue: instant.nullable(),
  effectAt: instant.nullable(),
  /** What this person may do next: the step they may sign, or look whether the change did what it aimed at. */
  next: z.enum([...signedSteps, 'effect']).nullable(),
  /** Since when it waits for that; null while it is still being written. */
  waitsSince: instant.nullable(),
  version,
});
export type PlanRow = z.infer<typeof planRow>;

/** What keeps a plan from being signed: which line, and what of it. */
export const planFault = z.object({
  field: z.string(),
  code: z.string(),
  message: z.string(),
});

const change = z.object({
  id,
  lineKey: z.string().nullable(),
  at: instant,
  by: z.string(),
  kind: z.enum(['added', 'changed', 'removed', 'restored', 'sent_back', 'withdrawn', 'reason']),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
});

export const planFile = planRow.extend({
  trigger: z.enum(planTriggers),
  triggerWords: z.string(),
  tailoringReason: z.string().nullable(),
  aim: aim.nullable(),
  effect: z.object({ value: z.number(), words: z.string(), by: z.string(), at: instant }).nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
  table: z.array(planLine),
  faults: z.array(planFault),
  signatures: z.array(
    z.object({
      step: z.enum(planSteps),
      turn: z.number(),
      who: z.string(),
      role: z.string(),
      at: instant,
      words: z.string().nullable(),
    }),
  ),
  turn: z.number(),
  versions: z.array(z.object({ id, versionNo: z.number(), state: z.enum(planStates), createdAt: instant })),
  supersedes: id.nullable(),
  changes: z.array(change),
  /** The likest set approved before it, where it is held to be a copy of that or this person may read that one too. */
  like: z.object({ planId: id, siteId: z.number().nullable(), whole: z.number(), own: z.number() }).nullable(),
  /** Who a line may name as answerable: people who work at this place. */
  people: z.array(z.object({ id, label: z.string() })),
  can: z.object({
    edit: z.boolean(),
    sendBack: z.boolean(),
    withdraw: z.boolean(),
    renew: z.boolean(),
    reviewEffect: z.boolean(),
    steps: z.array(z.enum(signedSteps)),
  }),
});
export type PlanFile = z.infer<typeof planFile>;

/** What a site's cell of the matrix says; `covered` alone counts. */
export const coverStates = ['covered', 'copy', 'waiting', 'writing', 'renew', 'none'] as const;
export type CoverState = (typeof coverStates)[number];

export const coverCell = z.object({
  siteId: z.number(),
  state: z.enum(coverStates),
  /** The plan the cell opens. */
  planId: id.nullable(),
  since: instant.nullable(),
});
const coverRow = z.object({
  unitId: z.number(),
  stage: z.string(),
  /** When this stage began here, and when all must be covered again: 24 hours later. */
  since: instant,
  due: instant,
  covered: z.number(),
  /** Not covered though the 24 hours of their own stage are over. */
  late: z.number(),
  sites: z.number(),
  unitPlan: z.enum(coverStates),
  unitPlanId: id.nullable(),
  cells: z.array(coverCell),
});
export type CoverRow = z.infer<typeof coverRow>;

/** One line of a difference: of each field that differs both wordings. */
export const lineDifference = z.object({
  key: id,
  kind: z.enum(['added', 'changed', 'removed']),
  zh: z.string(),
  en: z.string(),
  fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  by: z.string().nullable(),
});

const cameBack = z.object({ siteId: nodeId, planId: id, at: instant });
/** How coverage came back after one switch, as the sets in force then say; every site with the set that covered it first. */
export const recovery = z.object({
  /** Hour of the switch; null where that stage never began there. */
  since: instant.nullable(),
  sites: z.number(),
  /** Covered in the moment before it. */
  before: z.number(),
  /** Earliest first: after the n-th, n sites were covered. */
  sets: z.array(cameBack),
  /** Sets in force that were a neighbour's, and so covered nothing. */
  copies: z.array(cameBack.extend({ likeSiteId: z.number().nullable(), own: z.number() })),
});
export type Recovery = z.infer<typeof recovery>;

export const planEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/plans',
    gate: 'plans.read',
    scope: null,
    summary: 'Plans of a stage: the strategy, unit plans and measure sets this person may read',
    input: z.object({
      stage: z.string().max(10).optional(),
      view: z.enum(['standing', 'mine', 'past']).default('standing'),
    }),
    output: z.object({
      stage: z.string(),
      stages: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
      now: z.string(),
      rows: z.array(planRow),
      /** Where this person may begin a plan of this stage that nobody has begun. */
      canWrite: z.array(z.object({ kind: z.enum(planKinds), nodeId: z.number() })),
    }),
  }),
  plan: endpoint({
    method: 'GET',
    path: '/api/plans/:id',
    gate: 'plans.read',
    scope: null,
    summary: 'One plan line by line, with signatures, versions, what keeps it from being signed and every change',
    input: z.object({ id }),
    output: planFile,
  }),
  write: endpoint({
    method: 'POST',
    path: '/api/plans',
    gate: 'plans.write',
    scope: null,
    summary: 'Begin a plan of a stage, or its next version: it starts from the version before, else from the templates',
    input: z.object({
      id,
      kind: z.enum(planKinds),
      nodeId,
      stage: z.string().min(1).max(10),
      trigger: z.enum(planTriggers),
      triggerWords: words(300).min(1),
      aim: aim.nullable(),
    }),
    output: z.object({ id }),
  }),
  addLine: endpoint({
    method: 'POST',
    path: '/api/plans/:id/lines',
    gate: 'plans.write',
    scope: null,
    summary: 'A line of the place itself',
    input: z.object({ id, key: id, line: lineContent }),
    output: done,
  }),
  changeLine: endpoint({
    method: 'PUT',
    path: '/api/plans/:id/lines/:key',
    gate: 'plans.write',
    scope: null,
    summary: 'Change a line; if somebody changed it meanwhile, 409 with the line as it stands, and nothing is lost',
    input: z.object({ id, key: id, version, line: lineContent }),
    output: z.object({ version }),
  }),
  removeLine: endpoint({
    method: 'DELETE',
    path: '/api/plans/:id/lines/:key',
    gate: 'plans.write',
    scope: null,
    summary: 'Leave a line out; a red line of the template stays',
    input: z.object({ id, key: id, version }),
    output: done,
  }),
  reason: endpoint({
    method: 'PUT',
    path: '/api/plans/:id/reason',
    gate: 'plans.write',
    scope: null,
    summary: 'Why nothing of the template needs changing here; empty takes the reason back',
    input: z.object({ id, version, words: words(500) }),
    output: z.object({ version }),
  }),
  sign: endpoint({
    method: 'POST',
    path: '/api/plans/:id/signatures',
    gate: 'plans.read',
    scope: null,
    summary: 'Sign the next step; never two steps of one plan by one person',
    input: z.object({ id, version, step: z.enum(signedSteps), words: words(300).optional() }),
    output: z.object({ state: z.enum(planStates), version }),
  }),
  sendBack: endpoint({
    method: 'POST',
    path: '/api/plans/:id/send-back',
    gate: 'plans.read',
    scope: null,
    summary: 'Back to those who write it, with what is missing; it is signed anew by everyone',
    input: z.object({ id, version, words: words(500).min(1) }),
    output: done,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/plans/:id/withdraw',
    gate: 'plans.write',
    scope: null,
    summary: 'A plan that never came into force is taken back by those who write it',
    input: z.object({ id, version, words: words(500).min(1) }),
    output: done,
  }),
  reviewEffect: endpoint({
    method: 'POST',
    path: '/api/plans/:id/effect',
    gate: 'plans.read',
    scope: null,
    summary: 'Seven days on: the number the change aimed at as it is now, by somebody who did not write the change',
    input: z.object({ id, version, value: z.number(), words: words(500).min(1) }),
    output: done,
  }),
  differences: endpoint({
    method: 'GET',
    path: '/api/plans/:id/differences',
    gate: 'plans.read',
    scope: null,
    summary: 'What differs from another plan, line by line; from the version before unless another is named',
    input: z.object({ id, against: id.optional() }),
    output: z.object({
      against: planRow.nullable(),
      same: z.number(),
      lines: z.array(lineDifference),
      like: z.object({ whole: z.number(), own: z.number() }).nullable(),
    }),
  }),
  copies: endpoint({
    method: 'GET',
    path: '/api/plans/copies',
    gate: 'plans.read',
    scope: null,
    summary: 'Measure sets that stand and are copies of another site’s, and when all were last held against each other',
    input: z.object({}),
    output: z.object({
      /** The last look that ended; null: there was none yet. `by` is null for the nightly one. */
      looked: z.object({ at: instant, by: z.string().nullable(), sets: z.number(), found: z.number() }).nullable(),
      running: z.boolean(),
      can: z.object({ look: z.boolean() }),
      rows: z.array(
        z.object({
          planId: id,
          siteId: z.number(),
          unitId: z.number(),
          stage: z.string(),
          approvedAt: instant,
          /** The set it is held to be a copy of, and whether this person may open it. */
          of: z.object({ planId: id, siteId: z.number(), opens: z.boolean() }),
          whole: z.number(),
          own: z.number(),
        }),
      ),
    }),
  }),
  lookForCopies: endpoint({
    method: 'POST',
    path: '/api/plans/copies',
    gate: 'plans.compare',
    scope: null,
    summary: 'Hold all measure sets of the group against each other now; open pages hear when it is done',
    input: z.object({}),
    output: z.object({ started: z.boolean() }),
  }),
  coverage: endpoint({
    method: 'GET',
    path: '/api/plans/coverage',
    gate: 'plans.read',
    scope: null,
    summary: 'Which sites have a set in force for the stage in force there: unit by site, and how it came back since',
    input: z.object({}),
    output: z.object({
      asOf: instant,
      covered: z.number(),
      late: z.number(),
      sites: z.number(),
      rows: z.array(coverRow),
      /** How many sites of those shown were covered, at each moment that changed since the stage began. */
      curve: z.array(z.object({ at: instant, covered: z.number() })),
    }),
  }),
  recovery: endpoint({
    method: 'GET',
    path: '/api/plans/coverage/recovery',
    gate: 'plans.read',
    scope: null,
    summary: 'How coverage came back after a stage last began at a place, site by site',
    input: z.object({
      nodeId,
      stage: z.string().min(1).max(20),
      /** The last beginning at or before this moment; the last there was unless told. */
      at: z.iso.datetime({ offset: true }).optional(),
    }),
    output: recovery,
  }),
};
