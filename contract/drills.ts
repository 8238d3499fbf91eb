import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';

export const severities = ['red', 'amber'] as const;
export const contingencyStates = ['draft', 'in_review', 'approved', 'superseded', 'refused'] as const;
export const drillStates = ['planned', 'running', 'held', 'assessed', 'closed', 'cancelled'] as const;
export type DrillState = (typeof drillStates)[number];
export const stepVerdicts = ['in_time', 'late', 'not_reached'] as const;
export const nearMissOutcomes = ['risk', 'task', 'lesson', 'none'] as const;
export const dutyFrequencies = ['monthly', 'quarterly', 'yearly'] as const;
/** `done` within its period, `late` after it, `overdue` (red): over and not done since; `idle`: nothing is owed. */
export const readinessStates = ['done', 'due', 'late', 'overdue', 'idle'] as const;
export type ReadinessState = (typeof readinessStates)[number];

/** Group-local day. */
const day = z.iso.date();
/** As it was written, and in English where somebody put it so. */
const said = (most: number) =>
  z.object({
    zh: z.string().trim().min(1).max(most),
    en: z
      .string()
      .trim()
      .max(most * 2)
      .default(''),
  });
const perhaps = (most: number) =>
  z.object({
    zh: z.string().trim().max(most),
    en: z
      .string()
      .trim()
      .max(most * 2)
      .default(''),
  });

/** The first thirty minutes: by which minute, what, who, with what. */
export const contingencyStep = z.object({
  within: z.number().int().min(0).max(30),
  what: said(200),
  who: said(60),
  with: perhaps(120),
});
export const contingencyPlan = z.object({
  trigger: said(300),
  steps: z.array(contingencyStep).min(1).max(15),
  /** Whom to ring, with the number. */
  ring: said(300),
  resources: perhaps(300),
  standDown: said(300),
});
export type ContingencyPlan = z.infer<typeof contingencyPlan>;

const person = z.object({ id, label: z.string() });

export const riskRow = z.object({
  id,
  number: z.string(),
  nodeId: z.number(),
  zh: z.string(),
  en: z.string(),
  severity: z.enum(severities),
  owner: person,
  nextDrillOn: day.nullable(),
  /** Number of the approved version. */
  approved: z.number().nullable(),
  /** A version that is being written or waits for approval. */
  open: z.enum(['draft', 'in_review']).nullable(),
  /** What a red risk lacks; an amber one lacks nothing. */
  lacks: z.array(z.enum(['contingency', 'drill_date'])),
  lastDrillAt: instant.nullable(),
  nearMisses: z.number(),
  retired: z.boolean(),
  version: z.number(),
});
export type RiskRow = z.infer<typeof riskRow>;

export const drillRow = z.object({
  id,
  number: z.string(),
  state: z.enum(drillStates),
  riskId: id,
  riskNumber: z.string(),
  zh: z.string(),
  en: z.string(),
  unitId: z.number(),
  siteId: z.number().nullable(),
  plannedFor: instant,
  /** Past its hour and not begun. */
  late: z.boolean(),
  announced: z.boolean(),
  leader: person,
  observers: z.array(person),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  heads: z.number().nullable(),
  steps: z.number(),
  inTime: z.number().nullable(),
  findings: z.number(),
  version: z.number(),
});
export type DrillRow = z.infer<typeof drillRow>;

export const drillFile = drillRow.extend({
  plan: contingencyPlan,
  contingencyNo: z.number(),
  marks: z.array(
    z.object({
      n: z.number(),
      within: z.number(),
      reachedAt: instant.nullable(),
      verdict: z.enum(stepVerdicts).nullable(),
      remark: z.string().nullable(),
    }),
  ),
  assessment: z.string().nullable(),
  assessedBy: z.string().nullable(),
  assessedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  closedAt: instant.nullable(),
  cancelledWhy: z.string().nullable(),
  found: z.array(z.object({ id, text: z.string(), taskId: id, taskNumber: z.string(), settled: z.boolean() })),
  can: z.object({
    start: z.boolean(),
    mark: z.boolean(),
    end: z.boolean(),
    assess: z.boolean(),
    close: z.boolean(),
    cancel: z.boolean(),
  }),
});
export type DrillFile = z.infer<typeof drillFile>;

export const riskFile = riskRow.extend({
  openedBy: z.string(),
  openedAt: instant,
  retiredWhy: z.string().nullable(),
  /** Newest first. */
  contingencies: z.array(
    z.object({
      id,
      no: z.number(),
      state: z.enum(contingencyStates),
      plan: contingencyPlan,
      author: z.string(),
      writtenAt: instant,
      saves: z.number(),
      decidedBy: z.string().nullable(),
      decidedAt: instant.nullable(),
      decision: z.string().nullable(),
    }),
  ),
  drills: z.array(drillRow),
  can: z.object({
    change: z.boolean(),
    write: z.boolean(),
    submit: z.boolean(),
    decide: z.boolean(),
    drill: z.boolean(),
  }),
});
export type RiskFile = z.infer<typeof riskFile>;

export const nearMiss = z.object({
  id,
  number: z.string(),
  unitId: z.number(),
  siteId: z.number().nullable(),
  happenedAt: instant,
  what: z.string(),
  place: z.string(),
  stoppedBy: z.string(),
  /** Null for everybody but the unit's liaison, the support group and the reporter. */
  reporter: z.string().nullable(),
  recordedAt: instant,
  outcome: z.enum(nearMissOutcomes).nullable(),
  risk: z.object({ id, number: z.string(), zh: z.string(), en: z.string() }).nullable(),
  task: z.object({ id, number: z.string() }).nullable(),
  triage: z.string().nullable(),
  triagedBy: z.string().nullable(),
  triagedAt: instant.nullable(),
  version: z.number(),
  can: z.object({ triage: z.boolean() }),
});
export type NearMiss = z.infer<typeof nearMiss>;

export const readinessCell = z.object({
  code: z.string(),
  /** 2026Q3, 2026-11 or 2026. */
  period: z.string(),
  state: z.enum(readinessStates),
  /** Last moment of the period. */
  dueAt: instant,
  doneAt: instant.nullable(),
  /** What did it: the words of a record, or a drill to open. */
  words: z.string().nullable(),
  who: z.string().nullable(),
  drillId: id.nullable(),
});
export type ReadinessCell = z.infer<typeof readinessCell>;

export const readinessMatrix = z.object({
  duties: z.array(
    z.object({
      code: z.string(),
      zh: z.string(),
      en: z.string(),
      frequency: z.enum(dutyFrequencies),
      kind: z.enum(['drill', 'record']),
    }),
  ),
  units: z.array(
    z.object({
      unitId: z.number(),
      /** Code of the stage in force there. */
      stage: z.string().nullable(),
      /** One per duty: the period that speaks loudest, overdue before due before done. */
      cells: z.array(readinessCell),
      mayRecord: z.boolean(),
    }),
  ),
  figures: z.object({ overdue: z.number(), uncovered: z.number(), waiting: z.number(), toAssess: z.number() }),
});
export type ReadinessMatrix = z.infer<typeof readinessMatrix>;

const where = z.object({ nodeId: nodeId.optional() });

export const drillEndpoints = {
  readiness: endpoint({
    method: 'GET',
    path: '/api/readiness',
    gate: 'drills.read',
    scope: null,
    summary:
      'What every unit owes while nothing happens, and what of it is overdue; figures of risks, drills and near-misses',
    input: where,
    output: readinessMatrix,
  }),
  dutyHistory: endpoint({
    method: 'GET',
    path: '/api/readiness/:code/:unitId',
    gate: 'drills.read',
    scope: null,
    summary: 'One duty of one unit over the last periods, newest first',
    input: z.object({ code: z.string().max(20), unitId: nodeId }),
    output: z.object({ cells: z.array(readinessCell) }),
  }),
  recordDuty: endpoint({
    method: 'POST',
    path: '/api/readiness/records',
    gate: 'drills.work',
    scope: null,
    summary: 'Say with words that a duty of a unit was done today; a drill is never said but assessed',
    input: z.object({ code: z.string().max(20), unitId: nodeId, words: z.string().trim().min(2).max(500) }),
    output: done,
  }),
  people: endpoint({
    method: 'GET',
    path: '/api/drills/people',
    gate: 'drills.work',
    scope: null,
    summary: 'Who may own a risk, run a drill or watch one',
    input: z.object({}),
    output: z.object({ people: z.array(z.object({ id, label: z.string(), homeNodeId: z.number().nullable() })) }),
  }),
  risks: endpoint({
    method: 'GET',
    path: '/api/risks',
    gate: 'drills.read',
    scope: null,
    summary: 'Risks with their contingency and next drill; `uncovered`: red ones that lack either',
    input: z.object({ view: z.enum(['open', 'uncovered', 'retired']).default('open'), nodeId: nodeId.optional() }),
    output: z.object({
      risks: z.array(riskRow),
      counts: z.object({ open: z.number(), uncovered: z.number(), retired: z.number() }),
    }),
  }),
  risk: endpoint({
    method: 'GET',
    path: '/api/risks/:id',
    gate: 'drills.read',
    scope: null,
    summary: 'One risk with every version of its contingency and its drills',
    input: z.object({ id }),
    output: riskFile,
  }),
  openRisk: endpoint({
    method: 'POST',
    path: '/api/risks',
    gate: 'drills.work',
    scope: null,
    summary: 'Put a risk on the register',
    input: z.object({
      nodeId,
      zh: z.string().trim().min(2).max(120),
      en: z.string().trim().max(200).default(''),
      severity: z.enum(severities),
      ownerId: id,
      nextDrillOn: day.nullable(),
    }),
    output: z.object({ id, number: z.string() }),
  }),
  changeRisk: endpoint({
    method: 'PUT',
    path: '/api/risks/:id',
    gate: 'drills.work',
    scope: null,
    summary: 'Change its words, colour, owner or next drill; a red risk is made amber with a reason only',
    input: z.object({
      id,
      version,
      zh: z.string().trim().min(2).max(120),
      en: z.string().trim().max(200).default(''),
      severity: z.enum(severities),
      ownerId: id,
      nextDrillOn: day.nullable(),
      why: z.string().trim().max(300).default(''),
    }),
    output: done,
  }),
  retireRisk: endpoint({
    method: 'POST',
    path: '/api/risks/:id/retirement',
    gate: 'drills.work',
    scope: null,
    summary: 'Take it off the register with a reason; it stays readable',
    input: z.object({ id, version, why: z.string().trim().min(2).max(300) }),
    output: done,
  }),
  writeContingency: endpoint({
    method: 'PUT',
    path: '/api/risks/:id/contingency',
    gate: 'drills.work',
    scope: null,
    summary: 'Write the next version; `saves` is what the writer had read, null to begin one',
    input: z.object({ id, saves: z.number().int().nullable(), plan: contingencyPlan }),
    output: z.object({ no: z.number(), saves: z.number() }),
  }),
  submitContingency: endpoint({
    method: 'POST',
    path: '/api/risks/:id/contingency/submission',
    gate: 'drills.work',
    scope: null,
    summary: 'Hand the draft in for approval',
    input: z.object({ id }),
    output: done,
  }),
  decideContingency: endpoint({
    method: 'POST',
    path: '/api/risks/:id/contingency/decision',
    gate: 'drills.approve',
    scope: null,
    summary: 'Approve the waiting version, or hand it back with words; never anybody who wrote on it',
    input: z.object({
      id,
      no: z.number().int(),
      saves: z.number().int(),
      approve: z.boolean(),
      words: z.string().trim().max(500).default(''),
    }),
    output: done,
  }),
  drills: endpoint({
    method: 'GET',
    path: '/api/drills',
    gate: 'drills.read',
    scope: null,
    summary: 'Drills, newest first',
    input: z.object({
      view: z.enum(['open', 'to_assess', 'closed', 'mine']).default('open'),
      nodeId: nodeId.optional(),
    }),
    output: z.object({
      drills: z.array(drillRow),
      counts: z.object({ open: z.number(), to_assess: z.number(), closed: z.number(), mine: z.number() }),
    }),
  }),
  drill: endpoint({
    method: 'GET',
    path: '/api/drills/:id',
    gate: 'drills.read',
    scope: null,
    summary: 'One drill with its steps, times and findings',
    input: z.object({ id }),
    output: drillFile,
  }),
  planDrill: endpoint({
    method: 'POST',
    path: '/api/drills',
    gate: 'drills.work',
    scope: null,
    summary: 'Plan a drill of an approved contingency: who runs it, and who from outside the unit watches',
    input: z.object({
      riskId: id,
      unitId: nodeId,
      siteId: nodeId.nullable().default(null),
      plannedFor: z.iso.datetime(),
      announced: z.boolean(),
      leaderId: id,
      observerIds: z.array(id).min(1).max(5),
    }),
    output: z.object({ id, number: z.string() }),
  }),
  startDrill: endpoint({
    method: 'POST',
    path: '/api/drills/:id/start',
    gate: 'drills.read',
    scope: null,
    summary: 'Start the stopwatch: whoever runs it',
    input: z.object({ id }),
    output: done,
  }),
  markStep: endpoint({
    method: 'POST',
    path: '/api/drills/:id/steps/:n',
    gate: 'drills.read',
    scope: null,
    summary: 'A step was reached now: whoever runs or watches it; the first mark stands',
    input: z.object({ id, n: z.coerce.number().int().positive() }),
    output: done,
  }),
  endDrill: endpoint({
    method: 'POST',
    path: '/api/drills/:id/end',
    gate: 'drills.read',
    scope: null,
    summary: 'Stop the watch, and how many took part',
    input: z.object({ id, heads: z.number().int().min(1).max(100_000) }),
    output: done,
  }),
  assessDrill: endpoint({
    method: 'POST',
    path: '/api/drills/:id/assessment',
    gate: 'drills.assess',
    scope: null,
    summary: 'What was reached and what was not, by a named observer; every finding becomes a supervised task',
    input: z.object({
      id,
      version,
      steps: z
        .array(
          z.object({
            n: z.number().int().positive(),
            verdict: z.enum(stepVerdicts),
            remark: z.string().trim().max(200).default(''),
          }),
        )
        .min(1),
      words: z.string().trim().min(2).max(1000),
      findings: z
        .array(
          z.object({
            text: z.string().trim().min(2).max(120),
            criterion: z.string().trim().min(2).max(300),
            /** A line's handler in the unit; the unit's leader where nothing is said. */
            lineId: lineId.nullable().default(null),
            dueOn: day,
          }),
        )
        .max(10),
    }),
    output: done,
  }),
  closeDrill: endpoint({
    method: 'POST',
    path: '/api/drills/:id/closing',
    gate: 'drills.work',
    scope: null,
    summary: 'Close it once every finding is settled: never whoever ran it; and when it is drilled again',
    input: z.object({ id, version, nextDrillOn: day.nullable() }),
    output: done,
  }),
  cancelDrill: endpoint({
    method: 'POST',
    path: '/api/drills/:id/cancellation',
    gate: 'drills.work',
    scope: null,
    summary: 'Call a planned drill off, with a reason',
    input: z.object({ id, version, why: z.string().trim().min(2).max(300) }),
    output: done,
  }),
  nearMisses: endpoint({
    method: 'GET',
    path: '/api/near-misses',
    gate: 'drills.read',
    scope: null,
    summary:
      'What nearly happened, newest first; whom it was told by stands only for the liaison and the support group',
    input: z.object({
      view: z.enum(['all', 'waiting']).default('all'),
      nodeId: nodeId.optional(),
      riskId: id.optional(),
    }),
    output: z.object({ nearMisses: z.array(nearMiss), counts: z.object({ all: z.number(), waiting: z.number() }) }),
  }),
  recordNearMiss: endpoint({
    method: 'POST',
    path: '/api/near-misses',
    gate: 'drills.report',
    scope: null,
    summary: 'Say what nearly happened, where, and what stopped it: anybody, of a place of theirs, without blame',
    input: z.object({
      id,
      nodeId,
      happenedAt: z.iso.datetime(),
      what: z.string().trim().min(2).max(1000),
      place: z.string().trim().max(120).default(''),
      stoppedBy: z.string().trim().min(2).max(500),
    }),
    output: z.object({ id, number: z.string() }),
  }),
  triageNearMiss: endpoint({
    method: 'POST',
    path: '/api/near-misses/:id/triage',
    gate: 'drills.work',
    scope: null,
    summary: 'What follows from it: a risk, a task, a lesson, or nothing with a reason; never by its reporter',
    input: z.object({
      id,
      version,
      outcome: z.enum(nearMissOutcomes),
      words: z.string().trim().min(2).max(500),
      riskId: id.nullable().default(null),
      task: z
        .object({
          title: z.string().trim().min(2).max(120),
          criterion: z.string().trim().min(2).max(300),
          lineId: lineId.nullable().default(null),
          dueOn: day,
        })
        .nullable()
        .default(null),
    }),
    output: done,
  }),
};
