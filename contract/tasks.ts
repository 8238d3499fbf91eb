import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';
import { priorities } from './organization.ts';

export const taskStates = ['issued', 'received', 'in_progress', 'submitted', 'accepted', 'returned', 'void'] as const;
export type TaskState = (typeof taskStates)[number];
export const slipColours = ['blue', 'yellow', 'red'] as const;
export type SlipColour = (typeof slipColours)[number];
export const slipReasons = ['near_due', 'milestone', 'quality', 'overdue'] as const;
export type SlipWhy = (typeof slipReasons)[number];
/** Where a task comes from; `id` of the source where the program knows it, `label` as people call it. */
export const taskSources = [
  'request',
  'case',
  'instruction',
  'resolution',
  'finding',
  'measure',
  'ledger',
  'directive',
  'problem',
] as const;
export type TaskSource = (typeof taskSources)[number];
export const lineClasses = ['party', 'business', 'oversight'] as const;
export type LineClass = (typeof lineClasses)[number];
export const memberLevels = ['head_office', 'unit', 'site'] as const;
export type MemberLevel = (typeof memberLevels)[number];
export const movementDirections = ['better', 'same', 'worse'] as const;
export type MovementDirection = (typeof movementDirections)[number];
/** What a joint team still lacks. */
export const teamFaults = ['two_levels', 'no_leader', ...lineClasses] as const;
export type TeamFault = (typeof teamFaults)[number];

/** Hours in which a task is to be received (签收); after them it counts as received without a word, and says so. */
export const receiveHours = 4;

const text = z.string().trim().min(2).max(2000);
const label = z.string().trim().min(2).max(120);
const moment = z.iso.datetime({ offset: true });
const fileIds = z.array(id).max(6).default([]);
/** Numbers of records that prove it, e.g. `TL-260914-00012` or `督办〔2026〕3号`. */
const references = z.array(z.string().trim().min(3).max(40)).max(6).default([]);

/** A person, the post of a line (`unitId` null = at head office), or the leader of a unit (only `unitId`). */
export const ownerInput = z.object({
  accountId: id.optional(),
  lineId: lineId.nullable().optional(),
  unitId: nodeId.nullable().optional(),
});

export const taskRow = z.object({
  id,
  number: z.string(),
  state: z.enum(taskStates),
  colour: z.enum(slipColours).nullable(),
  /** Null where this reader may know that it is there and no more. */
  title: z.string().nullable(),
  source: z.object({ kind: z.enum(taskSources), id: id.nullable(), label: z.string().nullable() }),
  priority: z.enum(priorities),
  unitId: z.number().nullable(),
  siteId: z.number().nullable(),
  owner: z.object({
    label: z.string().nullable(),
    lineId: z.number().nullable(),
    unitId: z.number().nullable(),
    /** Who took it in hand for a post. */
    holder: z.string().nullable(),
  }),
  issuer: z.string(),
  issuedAt: instant,
  due: instant,
  originalDue: instant,
  receiveBy: instant,
  receivedAt: instant.nullable(),
  silentlyReceived: z.boolean(),
  submittedAt: instant.nullable(),
  closedAt: instant.nullable(),
  returns: z.number(),
  /** The reader answers for it. */
  mine: z.boolean(),
  version,
});
export type TaskRow = z.infer<typeof taskRow>;

export const supervisionEntry = z.object({
  id,
  at: instant,
  kind: z.enum([
    'issued',
    'received',
    'silently_received',
    'progress',
    'submitted',
    'accepted',
    'returned',
    'extended',
    'voided',
    'slip',
    'told_upward',
    'mapped',
    'unmapped',
    'no_action',
    'entered',
    'opened',
    'joined',
    'left',
    'sent_back',
    'movement',
    'linked',
    'closed',
  ]),
  who: z.string().nullable(),
  text: z.string().nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  files: z.array(z.object({ id, kind: z.enum(['picture', 'document']), name: z.string() })),
});
export type SupervisionEntry = z.infer<typeof supervisionEntry>;

export const slip = z.object({
  no: z.number(),
  colour: z.enum(slipColours),
  why: z.enum(slipReasons),
  /** Due in force when it was written. */
  due: instant,
  occurredAt: instant,
  issuedAt: instant,
});
export type Slip = z.infer<typeof slip>;

export const taskAbilities = z.object({
  receive: z.boolean(),
  progress: z.boolean(),
  submit: z.boolean(),
  accept: z.boolean(),
  return: z.boolean(),
  extend: z.boolean(),
  void: z.boolean(),
});
export type TaskAbilities = z.infer<typeof taskAbilities>;

/** Why this person may, or may not, accept: each rule and whether it holds. */
export const acceptanceRules = ['issuing_side', 'no_part', 'not_owner_post', 'other_line', 'not_below_owner'] as const;
export type AcceptanceRule = (typeof acceptanceRules)[number];

export const taskView = taskRow.extend({
  criterion: z.string().nullable(),
  milestones: z.array(z.object({ id, due: instant, what: z.string(), metAt: instant.nullable() })),
  slips: z.array(slip),
  /** Steps of telling upward that were taken while it was red. */
  tellings: z.array(
    z.object({ no: z.number(), role: z.string(), nodeId: z.number(), addressees: z.number(), at: instant }),
  ),
  directives: z.array(
    z.object({ directiveId: id, title: z.string(), documentNumber: z.string(), paragraph: z.number() }),
  ),
  problems: z.array(z.object({ id, number: z.string(), title: z.string() })),
  entries: z.array(supervisionEntry),
  can: taskAbilities,
  cannot: z.record(z.string(), z.string()),
  independence: z.array(z.object({ rule: z.enum(acceptanceRules), holds: z.boolean() })),
  /** Handed in no later than the original due, whatever was granted later; null while it is open. */
  onTime: z.boolean().nullable(),
});
export type TaskView = z.infer<typeof taskView>;

export const taskViews = ['mine', 'to_accept', 'issued', 'open', 'overdue', 'closed', 'all'] as const;
export type TaskListView = (typeof taskViews)[number];

export const taskFilters = z.object({
  view: z.enum(taskViews).default('open'),
  nodeId: nodeId.optional(),
  lineId: lineId.optional(),
  colour: z.enum(slipColours).optional(),
  source: z.enum(taskSources).optional(),
  /** What was drawn from this record; with its number, also what the ledger raised about it. */
  sourceId: id.optional(),
  sourceNumber: z.string().trim().max(40).optional(),
  search: z.string().trim().min(1).max(80).optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const paragraphView = z.object({
  id,
  n: z.number(),
  text: z.string(),
  tasks: z.array(
    z.object({
      id,
      number: z.string(),
      state: z.enum(taskStates),
      colour: z.enum(slipColours).nullable(),
      title: z.string().nullable(),
      due: instant,
      firstActionAt: instant.nullable(),
      /** Mapped by mistake and not moved since: this person may undo it. */
      mayUndo: z.boolean(),
    }),
  ),
  noAction: z.object({ reason: z.string(), by: z.string(), at: instant }).nullable(),
  /** Neither a task that is not void nor a signed reason. */
  unmapped: z.boolean(),
});
export const directiveRow = z.object({
  id,
  title: z.string(),
  documentNumber: z.string(),
  issuedBy: z.string(),
  issuedAt: instant,
  nodeId: z.number(),
  paragraphs: z.number(),
  unmapped: z.number(),
  /** From the issue to the first action on any of its tasks, in seconds; null = nobody has done anything yet. */
  firstActionSeconds: z.number().nullable(),
  openTasks: z.number(),
});
export type DirectiveRow = z.infer<typeof directiveRow>;
export const directiveView = directiveRow.extend({
  items: z.array(paragraphView),
  /** Task that was acted on first, so that the figure opens to its record. */
  firstAction: z.object({ taskId: id, number: z.string(), at: instant }).nullable(),
  entries: z.array(supervisionEntry),
  can: z.object({ map: z.boolean() }),
});
export type DirectiveView = z.infer<typeof directiveView>;
export type ParagraphView = z.infer<typeof paragraphView>;

export const problemRow = z.object({
  id,
  number: z.string(),
  state: z.enum(['open', 'closed']),
  title: z.string().nullable(),
  unitId: z.number().nullable(),
  siteId: z.number().nullable(),
  openedAt: instant,
  closedAt: instant.nullable(),
  members: z.number(),
  lacks: z.array(z.enum(teamFaults)),
  /** Lent people whose day of return has passed. */
  overdueReturns: z.number(),
  /** This week's movement; null = none recorded. */
  thisWeek: z.enum(movementDirections).nullable(),
  lastWeek: z.enum(movementDirections).nullable(),
  mine: z.boolean(),
  version,
});
export type ProblemRow = z.infer<typeof problemRow>;
export const memberView = z.object({
  id,
  accountId: id,
  label: z.string(),
  level: z.enum(memberLevels),
  lineId: z.number().nullable(),
  lineClass: z.enum(lineClasses).nullable(),
  leads: z.boolean(),
  returnDue: instant.nullable(),
  returnedAt: instant.nullable(),
  returnOverdue: z.boolean(),
  addedAt: instant,
  leftAt: instant.nullable(),
});
export const weekView = z.object({
  /** Monday, yyyy-mm-dd in the group's zone. */
  week: z.string(),
  /** Null = no movement recorded, which is not "the same". */
  direction: z.enum(movementDirections).nullable(),
  entries: z.array(
    z.object({ id, direction: z.enum(movementDirections), text: z.string(), by: z.string(), at: instant }),
  ),
});
export const problemView = problemRow.extend({
  matter: z.string().nullable(),
  source: z.object({ kind: z.string(), id: id.nullable(), label: z.string().nullable() }),
  requiredClasses: z.array(z.enum(lineClasses)),
  openedBy: z.string(),
  closedBy: z.string().nullable(),
  team: z.array(memberView),
  weeks: z.array(weekView),
  links: z.array(z.object({ kind: z.enum(['request', 'task', 'ledger']), id, label: z.string(), at: instant })),
  entries: z.array(supervisionEntry),
  can: z.object({ team: z.boolean(), move: z.boolean(), link: z.boolean(), close: z.boolean() }),
  cannot: z.record(z.string(), z.string()),
});
export type ProblemView = z.infer<typeof problemView>;
export type MemberView = z.infer<typeof memberView>;

export const person = z.object({
  id,
  label: z.string(),
  homeNodeId: z.number(),
  lineId: z.number().nullable(),
  role: z.string(),
});

export const taskEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/tasks',
    gate: 'tasks.read',
    scope: null,
    summary: 'Supervised tasks (督办) this person may see, due first',
    input: taskFilters,
    output: z.object({ rows: z.array(taskRow), next: z.string().nullable(), asOf: instant }),
  }),
  counts: endpoint({
    method: 'GET',
    path: '/api/tasks/counts',
    gate: 'tasks.read',
    scope: null,
    summary: 'How many are in each view, counted up to 999',
    input: z.object({}),
    output: z.object({ counts: z.record(z.string(), z.number()) }),
  }),
  people: endpoint({
    method: 'GET',
    path: '/api/tasks/people',
    gate: 'tasks.issue',
    scope: null,
    summary: 'People who can answer for a task or join a team, as far as this person issues',
    input: z.object({}),
    output: z.object({ people: z.array(person) }),
  }),
  issue: endpoint({
    method: 'POST',
    path: '/api/tasks',
    gate: 'tasks.issue',
    scope: null,
    summary:
      'Issue a supervised task: owner, criterion, due; from a request, an instruction, a resolution, a finding, a measure',
    input: z.object({
      id,
      source: z.object({ kind: z.enum(taskSources), id: id.optional(), label: z.string().trim().max(120).default('') }),
      title: label,
      criterion: z.string().trim().min(4).max(1000),
      owner: ownerInput,
      dueAt: moment,
      priority: z.enum(priorities).default('normal24'),
      nodeId: nodeId.nullable().optional(),
      milestones: z
        .array(z.object({ dueAt: moment, what: label }))
        .max(8)
        .default([]),
      paragraphIds: z.array(id).max(30).default([]),
    }),
    output: z.object({ id, number: z.string() }),
  }),
  task: endpoint({
    method: 'GET',
    path: '/api/tasks/:id',
    gate: 'tasks.read',
    scope: null,
    summary: 'One supervised task with its thread, slips and what this person may do',
    input: z.object({ id }),
    output: taskView,
  }),
  receive: endpoint({
    method: 'POST',
    path: '/api/tasks/:id/receipt',
    gate: 'tasks.read',
    scope: null,
    summary: 'Receive (签收), by the owner',
    input: z.object({ id }),
    output: done,
  }),
  progress: endpoint({
    method: 'POST',
    path: '/api/tasks/:id/progress',
    gate: 'tasks.read',
    scope: null,
    summary: 'Write progress, and say which milestones are met',
    input: z.object({ id, text, milestoneIds: z.array(id).max(8).default([]), fileIds }),
    output: done,
  }),
  submit: endpoint({
    method: 'POST',
    path: '/api/tasks/:id/submission',
    gate: 'tasks.read',
    scope: null,
    summary: 'Hand in with evidence: files or numbers of records',
    input: z.object({ id, version, text, fileIds, references }),
    output: done,
  }),
  accept: endpoint({
    method: 'POST',
    path: '/api/tasks/:id/acceptance',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Accept, by the issuing side and by nobody who had a part in it',
    input: z.object({ id, version, text }),
    output: done,
  }),
  return: endpoint({
    method: 'POST',
    path: '/api/tasks/:id/return',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Return for quality: what of the criterion is not met',
    input: z.object({ id, version, text }),
    output: done,
  }),
  extend: endpoint({
    method: 'POST',
    path: '/api/tasks/:id/extension',
    gate: 'tasks.issue',
    scope: null,
    summary: 'More time, once; the original due stays for every statistic',
    input: z.object({ id, version, until: moment, text }),
    output: done,
  }),
  void: endpoint({
    method: 'POST',
    path: '/api/tasks/:id/void',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Void with a reason; nothing is deleted',
    input: z.object({ id, version, text }),
    output: done,
  }),
  directives: endpoint({
    method: 'GET',
    path: '/api/directives',
    gate: 'tasks.read',
    scope: null,
    summary: 'Directives with what of them leads nowhere yet and the time to the first action',
    input: z.object({}),
    output: z.object({ rows: z.array(directiveRow) }),
  }),
  directive: endpoint({
    method: 'GET',
    path: '/api/directives/:id',
    gate: 'tasks.read',
    scope: null,
    summary: 'One directive, paragraph by paragraph',
    input: z.object({ id }),
    output: directiveView,
  }),
  enterDirective: endpoint({
    method: 'POST',
    path: '/api/directives',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Enter a directive, split into paragraphs',
    input: z.object({
      id,
      title: label,
      documentNumber: z.string().trim().min(2).max(60),
      issuedBy: z.string().trim().min(2).max(80),
      issuedAt: moment,
      paragraphs: z.array(z.string().trim().min(2).max(4000)).min(1).max(200),
    }),
    output: z.object({ id }),
  }),
  mapParagraph: endpoint({
    method: 'POST',
    path: '/api/paragraphs/:id/tasks',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Say that a task carries out this paragraph',
    input: z.object({ id, taskId: id }),
    output: done,
  }),
  undoMapping: endpoint({
    method: 'POST',
    path: '/api/paragraphs/:id/tasks/:taskId/undo',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Undo a mapping made by mistake, with the reason, before the task has moved',
    input: z.object({ id, taskId: id, reason: text }),
    output: done,
  }),
  noAction: endpoint({
    method: 'POST',
    path: '/api/paragraphs/:id/no-action',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Sign that this paragraph needs no action, and why',
    input: z.object({ id, reason: text }),
    output: done,
  }),
  problems: endpoint({
    method: 'GET',
    path: '/api/problems',
    gate: 'tasks.read',
    scope: null,
    summary: 'Hard problems (难点) with their weekly movement',
    input: z.object({ state: z.enum(['open', 'closed']).default('open') }),
    output: z.object({ rows: z.array(problemRow) }),
  }),
  problem: endpoint({
    method: 'GET',
    path: '/api/problems/:id',
    gate: 'tasks.read',
    scope: null,
    summary: 'One hard problem: team, weeks, links',
    input: z.object({ id }),
    output: problemView,
  }),
  openProblem: endpoint({
    method: 'POST',
    path: '/api/problems',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Put something on the hard-problem list',
    input: z.object({
      id,
      title: label,
      matter: text,
      nodeId: nodeId.nullable().optional(),
      taskId: id.optional(),
      requiredClasses: z.array(z.enum(lineClasses)).max(3).default(['party', 'business', 'oversight']),
    }),
    output: z.object({ id, number: z.string() }),
  }),
  addMember: endpoint({
    method: 'POST',
    path: '/api/problems/:id/members',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Add somebody to the joint team; lent people with the day of their return',
    input: z.object({
      id,
      accountId: id,
      lineId: lineId.nullable().optional(),
      leads: z.boolean().default(false),
      returnDue: moment.optional(),
    }),
    output: done,
  }),
  endMember: endpoint({
    method: 'POST',
    path: '/api/problems/:id/members/end',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Somebody has gone back to their unit, or leaves the team',
    input: z.object({ id, memberId: id }),
    output: done,
  }),
  move: endpoint({
    method: 'POST',
    path: '/api/problems/:id/movements',
    gate: 'tasks.read',
    scope: null,
    summary: 'What this week brought: better, the same, worse, and in words',
    input: z.object({ id, direction: z.enum(movementDirections), text }),
    output: done,
  }),
  link: endpoint({
    method: 'POST',
    path: '/api/problems/:id/links',
    gate: 'tasks.read',
    scope: null,
    summary: 'Link a request or a task by its number',
    input: z.object({ id, number: z.string().trim().min(3).max(40) }),
    output: done,
  }),
  closeProblem: endpoint({
    method: 'POST',
    path: '/api/problems/:id/closing',
    gate: 'tasks.issue',
    scope: null,
    summary: 'Close a hard problem with evidence, by somebody outside its team',
    input: z.object({ id, version, text, fileIds, references }),
    output: done,
  }),
};
