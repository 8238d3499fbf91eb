import { z } from 'zod';
import { categoryId, done, endpoint, id, instant, lineId, nodeId } from './endpoint.ts';
import { post } from './joint.ts';
import { requestRow } from './requests.ts';

/** Where the lead line works: at head office, in the unit the request comes from, or in one unit for all. */
export const leads = ['head_office', 'own_unit', 'unit'] as const;
/** Whom time tells when the work is late, in this order of nearness. */
export const escalationPosts = [
  'handler',
  'line_head_office',
  'unit_leader',
  'dispatcher_lead',
  'group_leader',
] as const;
export type EscalationPost = (typeof escalationPosts)[number];

export const escalation = z
  .array(z.object({ post: z.enum(escalationPosts), hours: z.number().int().min(0).max(720) }))
  .max(5);

const window = { validFrom: instant.nullable(), validTo: instant.nullable() };

/** One line of the catalogue: category × place → who does it, who helps, whom time tells, how fast. */
export const catalogueItem = z.object({
  id,
  categoryId: z.number(),
  nodeId: z.number(),
  lineId: z.number(),
  lead: z.enum(leads),
  leadUnitId: z.number().nullable(),
  coLineIds: z.array(z.number()),
  escalation,
  /** Minutes to the first human contact; null = by priority. */
  contactMinutes: z.number().nullable(),
  /** Hours to *handled*; null = by priority. */
  resolveHours: z.number().nullable(),
  ...window,
  revision: z.number(),
});
export type CatalogueItem = z.infer<typeof catalogueItem>;

export const problemCodes = [
  'overlap',
  'co_is_lead',
  'co_twice',
  'oversight_handles',
  'sealed_category',
  'nobody_there',
  'nobody_helps',
  'contact_after_resolve',
  'escalation_order',
  'window_over',
  'looser_than_priority',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** What is wrong with a line of the draft. One that refuses keeps the whole draft from being put in force. */
export const catalogueProblem = z.object({
  itemId: id,
  code: z.enum(problemCodes),
  refuses: z.boolean(),
  lineId: z.number().nullable(),
});
export type CatalogueProblem = z.infer<typeof catalogueProblem>;

export const edition = z.object({
  id,
  /** Null while it is a draft. */
  number: z.number().nullable(),
  state: z.enum(['draft', 'planned', 'in_force', 'past', 'dropped']),
  from: instant.nullable(),
  to: instant.nullable(),
  note: z.string(),
  begunBy: z.string(),
  begunAt: instant,
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  items: z.number(),
});
export type Edition = z.infer<typeof edition>;

export const change = z.object({
  kind: z.enum(['added', 'changed', 'removed']),
  before: catalogueItem.nullable(),
  after: catalogueItem.nullable(),
});

const itemInput = z.object({
  categoryId,
  nodeId,
  lineId,
  lead: z.enum(leads),
  leadUnitId: nodeId.nullable().default(null),
  coLineIds: z.array(lineId).max(6).default([]),
  escalation: escalation.default([]),
  contactMinutes: z.number().int().min(1).max(10_080).nullable().default(null),
  resolveHours: z.number().int().min(1).max(2_160).nullable().default(null),
  validFrom: z.iso.datetime({ offset: true }).nullable().default(null),
  validTo: z.iso.datetime({ offset: true }).nullable().default(null),
});

/** A category at a place that no line of the catalogue names: it falls back to the category's own line. */
export const gap = z.object({ categoryId: z.number(), sites: z.number() });

export const shift = z.object({
  from: z.object(post),
  to: z.object(post),
  requests: z.number(),
});
export const levelShift = z.object({
  categoryId: z.number(),
  contactFrom: z.number(),
  contactTo: z.number(),
  resolveFrom: z.number(),
  resolveTo: z.number(),
  requests: z.number(),
});

const lineLoad = z.object({
  ...post,
  /** Cases this line leads here and now. */
  open: z.number(),
  overdue: z.number(),
  handlers: z.number(),
  mostPerHandler: z.number(),
  mostOverdue: z.number(),
  overloaded: z.boolean(),
  backupLineId: z.number().nullable(),
});
export type LineLoad = z.infer<typeof lineLoad>;

export const choice = z.object({
  id,
  requestId: id,
  number: z.string(),
  at: instant,
  categoryId: z.number(),
  unitId: z.number().nullable(),
  suggested: z.object({ ...post, coLineIds: z.array(z.number()) }),
  chosen: z.object({ ...post, coLineIds: z.array(z.number()) }),
  differs: z.array(z.enum(['line', 'place', 'co'])),
  toBackup: z.boolean(),
});

export const catalogueEndpoints = {
  editions: endpoint({
    method: 'GET',
    path: '/api/catalogue/editions',
    gate: 'catalogue.read',
    scope: null,
    summary: 'Editions of the dispatch catalogue: past, in force, planned, and the draft',
    input: z.object({}),
    output: z.object({ editions: z.array(edition) }),
  }),
  edition: endpoint({
    method: 'GET',
    path: '/api/catalogue/editions/:id',
    gate: 'catalogue.read',
    scope: null,
    summary:
      'One edition with its lines, what differs from the one before, its problems and gaps; `current` is the one in force',
    input: z.object({ id: z.union([id, z.literal('current')]) }),
    output: z.object({
      edition: edition.nullable(),
      items: z.array(catalogueItem),
      changes: z.array(change),
      problems: z.array(catalogueProblem),
      gaps: z.array(gap),
    }),
  }),
  beginDraft: endpoint({
    method: 'POST',
    path: '/api/catalogue/draft',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'Begin a draft from the edition in force (or an earlier one); the one that is there is given back',
    input: z.object({ from: id.optional() }),
    output: z.object({ id }),
  }),
  saveItem: endpoint({
    method: 'PUT',
    path: '/api/catalogue/draft/items/:id',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'Add or change one line of the draft; `revision` is what the person was looking at, null for a new one',
    input: itemInput.extend({ id, revision: z.number().int().min(0).nullable() }),
    output: z.object({ revision: z.number() }),
  }),
  removeItem: endpoint({
    method: 'DELETE',
    path: '/api/catalogue/draft/items/:id',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'Take one line out of the draft',
    input: z.object({ id }),
    output: done,
  }),
  dropDraft: endpoint({
    method: 'POST',
    path: '/api/catalogue/draft/drop',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'Give the draft up; it stays readable among the editions',
    input: z.object({}),
    output: done,
  }),
  putInForce: endpoint({
    method: 'POST',
    path: '/api/catalogue/draft/decision',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'Put the draft in force at an instant; what was dispatched before stays as it is',
    input: z.object({ from: z.iso.datetime({ offset: true }).nullable(), note: z.string().trim().min(2).max(300) }),
    output: z.object({ number: z.number(), from: instant }),
  }),
  callOff: endpoint({
    method: 'POST',
    path: '/api/catalogue/editions/:id/calling-off',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'Call a planned edition off before it begins',
    input: z.object({ id }),
    output: done,
  }),
  preview: endpoint({
    method: 'GET',
    path: '/api/catalogue/draft/preview',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'What the draft would have done to the requests of the last seven days',
    input: z.object({ at: z.iso.datetime({ offset: true }).optional() }),
    output: z.object({
      since: instant,
      requests: z.number(),
      moved: z.number(),
      shifts: z.array(shift),
      levels: z.array(levelShift),
      workload: z.array(
        z.object({ ...post, before: z.number(), after: z.number(), coBefore: z.number(), coAfter: z.number() }),
      ),
      gaps: z.array(gap.extend({ requests: z.number() })),
    }),
  }),
  previewRequests: endpoint({
    method: 'GET',
    path: '/api/catalogue/draft/preview/requests',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'The requests behind one figure of the preview, as far as this person may see them',
    input: z.object({
      fromLineId: lineId.optional(),
      toLineId: lineId.optional(),
      fromUnitId: nodeId.optional(),
      toUnitId: nodeId.optional(),
      categoryId: categoryId.optional(),
      at: z.iso.datetime({ offset: true }).optional(),
    }),
    output: z.object({ rows: z.array(requestRow), all: z.number() }),
  }),
  agreement: endpoint({
    method: 'GET',
    path: '/api/catalogue/agreement',
    gate: 'catalogue.read',
    scope: null,
    summary: 'How often dispatchers chose what the catalogue said in the last days, and where they did not',
    input: z.object({ days: z.coerce.number().int().min(1).max(90).default(7), lineId: lineId.optional() }),
    output: z.object({
      since: instant,
      dispatches: z.number(),
      agreed: z.number(),
      toBackup: z.number(),
      byLine: z.array(z.object({ lineId: z.number(), dispatches: z.number(), agreed: z.number() })),
      otherwise: z.array(choice),
    }),
  }),
  load: endpoint({
    method: 'GET',
    path: '/api/catalogue/load',
    gate: 'catalogue.read',
    scope: null,
    summary: 'How much each line has in hand, what is too much, and its backup',
    input: z.object({}),
    output: z.object({ asOf: instant, lines: z.array(lineLoad) }),
  }),
  setLimit: endpoint({
    method: 'PUT',
    path: '/api/catalogue/limits/:lineId',
    gate: 'catalogue.manage',
    scope: null,
    summary: 'Set when a line has too much and which line then helps',
    input: z.object({
      lineId,
      backupLineId: lineId.nullable(),
      mostPerHandler: z.number().int().min(1).max(500),
      mostOverdue: z.number().int().min(0).max(5_000),
    }),
    output: done,
  }),
};
