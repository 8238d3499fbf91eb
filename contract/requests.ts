import { z } from 'zod';
import { categoryId, done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';
import { part, suggestion, takeover } from './joint.ts';
import { priorities, type recordClasses } from './organization.ts';
import { requestViews } from './views.ts';

/** Life cycle of a need (rules 2). Only the requester, or a caller who may verify, moves it past `handled`. */
export const requestStates = [
  'received',
  'in_work',
  'handled',
  'reopened',
  'resolved_confirmed',
  'closed_unreachable',
  'closed_unverified',
  'closed_explained',
  'withdrawn',
] as const;
export type RequestState = (typeof requestStates)[number];

/** Life cycle of the work (rules 2), mirrored on every request of the case so that queues read one table. */
export const workStates = [
  'new',
  'dispatched',
  'accepted',
  'in_progress',
  'suspended',
  'handled',
  'returned',
  'reopened',
] as const;

export const channels = [
  'qr_form',
  'hotline',
  'site_officer',
  'paper_or_face',
  'proactive',
  'program',
  'import',
] as const;
export const confidentialities = ['open', 'confidential', 'anonymous'] as const;
export const clockKinds = ['triage', 'contact', 'resolve'] as const;

/** Why a text is not shown to this reader: the word says which rule. */
export const withheldReasons = ['health', 'personal', 'confidential', 'sealed'] as const;

/** The clock that runs now. `originalDue` is what every statistic uses, extension or not (rules 4). */
export const clock = z.object({
  kind: z.enum(clockKinds),
  due: instant,
  originalDue: instant,
  /** The moment all clocks started. */
  from: instant,
  /** Not running while suspended. */
  paused: z.boolean(),
});

/** Query code (rules 7): 10 Crockford characters, the last a check character; made on the phone. */
export const queryCode = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/);
export const requestNumber = z
  .string()
  .trim()
  .regex(/^[A-Z]{1,6}-\d{6}-\d{5,7}$/);

export const requestRow = z.object({
  id,
  number: z.string(),
  state: z.enum(requestStates),
  work: z.enum(workStates),
  priority: z.enum(priorities),
  submittedAt: instant,
  /** True where this reader may know the day only (confidential requester, rules 6). */
  dayOnly: z.boolean(),
  /** The second-level category, or the first level only for a reader who may not know more. */
  categoryId: z.number(),
  /** Null where a small site would give the requester away (rules 6). */
  siteId: z.number().nullable(),
  unitId: z.number().nullable(),
  lineId: z.number().nullable(),
  leadUnitId: z.number().nullable(),
  clock: clock.nullable(),
  text: z.string().nullable(),
  withheld: z.enum(withheldReasons).nullable(),
  confidentiality: z.enum(confidentialities),
  channel: z.enum(channels),
  returns: z.number(),
  nudges: z.number(),
  reopens: z.number(),
  caseId: id.nullable(),
  caseSize: z.number(),
  handler: z.string().nullable(),
  silentlyAccepted: z.boolean(),
  asked: z.boolean(),
  version,
});
export type RequestRow = z.infer<typeof requestRow>;

/** What happened, one line of the thread. `data` holds codes and figures; `text` is what a person wrote. */
export const threadEntry = z.object({
  id,
  at: instant,
  kind: z.enum([
    'submitted',
    'registered',
    'dispatched',
    'arbitrated',
    'taken_back',
    'joined',
    'accepted',
    'silently_accepted',
    'contacted',
    'progress',
    'returned',
    'extension_asked',
    'suspension_asked',
    'extension_approved',
    'suspension_approved',
    'ask_refused',
    'resumed',
    'handled',
    'answered',
    'solved',
    'not_solved',
    'said_solved',
    'rated',
    'nudged',
    'message',
    'reply',
    'followup_attempt',
    'followup_answer',
    'followup_visit',
    'notice',
    'reopened',
    'closed_unreachable',
    'closed_unverified',
    'closed_explained',
    'withdrawn',
    'facts_changed',
    'summary_written',
    'sealed',
    'warned',
    'deferral_proposed',
    'deferred',
    'deferral_over',
    'objected',
    'handover_proposed',
    'handed_over',
    'explanation_proposed',
    'measure_refused',
    'panel_called',
    'panel_outcome',
    'part_asked',
    'part_accepted',
    'part_progress',
    'part_done',
    'part_released',
    'taken_over',
    'handed_back',
  ]),
  /** Label of the person, or of the line, as far as this reader may know; null = the requester or the system. */
  who: z.string().nullable(),
  /** `me` for the reader's own line. */
  side: z.enum(['requester', 'staff', 'system', 'me']),
  text: z.string().nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  files: z.array(z.object({ id, kind: z.enum(['picture', 'document']), name: z.string() })),
});
export type ThreadEntry = z.infer<typeof threadEntry>;

/** What this person may do now. The interface offers exactly these and never guesses. */
export const abilities = z.object({
  /** Say "not solved". */
  judge: z.boolean(),
  /** Say "solved". Only what is handled waits for it; a closing that is never satisfied stays so (rules 2). */
  confirm: z.boolean(),
  rate: z.boolean(),
  nudge: z.boolean(),
  withdraw: z.boolean(),
  message: z.boolean(),
  setFacts: z.boolean(),
  dispatch: z.boolean(),
  arbitrate: z.boolean(),
  join: z.boolean(),
  takeBack: z.boolean(),
  writeSummary: z.boolean(),
  answer: z.boolean(),
  moveToSealed: z.boolean(),
  accept: z.boolean(),
  progress: z.boolean(),
  return: z.boolean(),
  askExtension: z.boolean(),
  askSuspension: z.boolean(),
  decideAsk: z.boolean(),
  handle: z.boolean(),
  askPart: z.boolean(),
  acceptPart: z.boolean(),
  progressPart: z.boolean(),
  finishPart: z.boolean(),
  handBack: z.boolean(),
});
export type Abilities = z.infer<typeof abilities>;

export const ask = z.object({
  id,
  kind: z.enum(['extension', 'suspension']),
  askedBy: z.string(),
  askedAt: instant,
  until: instant,
  reason: z.string(),
});

export const requestThread = requestRow.extend({
  entries: z.array(threadEntry),
  can: abilities,
  /** Why an act one would expect is missing: ability → reason code. */
  cannot: z.record(z.string(), z.string()),
  requester: z.object({ label: z.string().nullable(), callback: z.string().nullable(), own: z.boolean() }).nullable(),
  point: z.string().nullable(),
  summary: z.string().nullable(),
  dues: z.object({
    triage: instant,
    contact: instant,
    /** What the staff aims at, earlier than what was promised; null for the requester. */
    inner: instant.nullable(),
    resolve: instant,
    resolveNow: instant,
    contactedAt: instant.nullable(),
    handledAt: instant.nullable(),
  }),
  aboutLineId: z.number().nullable(),
  aboutUnitId: z.number().nullable(),
  ask: ask.nullable(),
  /** Granted for suspensions of its case until now, of 72 hours in all. */
  suspendedMinutes: z.number(),
  siblings: z.array(z.object({ id, number: z.string(), state: z.enum(requestStates) })),
  rating: z
    .object({ result: z.number().nullable(), speed: z.number().nullable(), attitude: z.number().nullable() })
    .nullable(),
  promise: instant,
  /** Its entry in the ledger of dissatisfaction, while one stands. */
  dissatisfaction: z
    .object({
      /** Null for the person served: they read the outcome in the thread. */
      entryId: id.nullable(),
      state: z.enum(['open', 'deferred', 'handed_over', 'judging', 'closed']),
      until: instant.nullable(),
      /** The person served may object to its deferral. */
      mayObject: z.boolean(),
    })
    .nullable(),
  /** Line the category belongs to; a suggestion until somebody dispatches. */
  suggestedLineId: z.number().nullable(),
  /** What the dispatch catalogue proposes, where this reader dispatches; null otherwise. */
  suggestion: suggestion.nullable(),
  /** Parts that other lines do, oldest first; none for the requester. */
  parts: z.array(part),
  takeover: takeover.nullable(),
});
export type RequestThread = z.infer<typeof requestThread>;

const text = z.string().trim().min(2).max(2000);
const why = z.string().trim().min(2).max(1000);
const rating = z.number().int().min(1).max(5);

const creation = z.object({
  /** UUID made on the device: sending the same request twice creates it once. */
  id,
  queryCode,
  categoryId,
  text,
  siteId: nodeId.optional(),
  pointToken: z.string().max(80).optional(),
  point: z.string().trim().max(80).optional(),
  callback: z
    .string()
    .trim()
    .max(40)
    .regex(/^[+\d][\d\s-]{2,}$/)
    .optional(),
  confidentiality: z.enum(confidentialities),
  /** Device time of submission; counted if it arrives within 2 h and the device clock is right (rules 4, 13). */
  submittedAt: z.iso.datetime({ offset: true }).optional(),
  /** Device clock at the moment of sending, to judge `submittedAt`. */
  sentAt: z.iso.datetime({ offset: true }).optional(),
  deviceId: z.string().max(64).optional(),
  fileIds: z.array(id).max(3).default([]),
});

/**
 * A request written down for somebody else. A need found on a round is none of these: it is registered on its touch
 * (contract/outreach.ts), so that nobody calls a request proactive afterwards.
 */
export const registration = creation.extend({
  channel: z.enum(['hotline', 'site_officer', 'paper_or_face']),
  contactId: id.optional(),
  requesterLabel: z.string().trim().max(40).optional(),
  /** Staff number of the person the request is for, so that they can judge it from their own account. */
  requesterStaffNo: z.string().trim().max(40).optional(),
  priority: z.enum(['urgent', 'high']).optional(),
  /** Answered while the caller is on the line: counted as handled by the operator, verified by another. */
  answer: z.object({ text, articleCode: z.string().max(20).optional() }).optional(),
});

export const createdRequest = z.object({
  id,
  number: z.string(),
  promise: instant,
  resolve: instant,
  contact: instant,
});

const byCode = z.object({ number: requestNumber, code: queryCode, deviceId: z.string().max(64).optional() });

/** Filters of the queue; all optional, all combinable, all in the address bar. */
export const requestFilters = z.object({
  view: z.enum(requestViews).default('open'),
  categoryId: categoryId.optional(),
  nodeId: nodeId.optional(),
  lineId: lineId.optional(),
  priority: z.enum(priorities).optional(),
  state: z.enum(requestStates).optional(),
  search: z.string().trim().min(1).max(80).optional(),
  since: z.string().max(40).optional(),
  sort: z.enum(['due', 'newest', 'oldest']).default('due'),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `available`: the group texts requesters, and this one left a number; `agreed`: they want it. */
const newsBySms = z.object({ available: z.boolean(), agreed: z.boolean() });

export const requestEndpoints = {
  create: endpoint({
    method: 'POST',
    path: '/api/requests',
    gate: 'requests.ask',
    scope: 'requests:create',
    summary: 'Ask for help, for oneself (signed in) or as a program',
    input: creation,
    output: createdRequest,
  }),
  createPublic: endpoint({
    method: 'POST',
    path: '/api/public/requests',
    gate: 'public',
    scope: null,
    summary: 'Ask for help without an account',
    input: creation,
    output: createdRequest,
  }),
  register: endpoint({
    method: 'POST',
    path: '/api/requests/registered',
    gate: 'requests.register',
    scope: null,
    summary: 'Register a request for somebody else (hotline operator, site officer)',
    input: registration,
    output: createdRequest,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/requests',
    gate: 'requests.read',
    scope: 'requests:read',
    summary: 'Requests this person may see, filtered and sorted, by cursor',
    input: requestFilters,
    output: z.object({ rows: z.array(requestRow), next: z.string().nullable(), asOf: instant }),
  }),
  counts: endpoint({
    method: 'GET',
    path: '/api/requests/counts',
    gate: 'requests.read',
    scope: null,
    summary: 'How many are in each view, counted up to 999',
    input: z.object({}),
    output: z.object({ counts: z.record(z.string(), z.number()) }),
  }),
  mine: endpoint({
    method: 'GET',
    path: '/api/requests/mine',
    gate: 'requests.ask',
    scope: null,
    summary: 'Requests that are for me',
    input: z.object({ after: z.string().max(200).optional() }),
    output: z.object({ rows: z.array(requestRow), next: z.string().nullable() }),
  }),
  thread: endpoint({
    method: 'GET',
    path: '/api/requests/:id',
    gate: 'signedIn',
    scope: 'requests:read',
    summary: 'One request with its thread and what this person may do',
    input: z.object({ id }),
    output: requestThread,
  }),
  judge: endpoint({
    method: 'POST',
    path: '/api/requests/:id/verdict',
    gate: 'requests.judge',
    scope: null,
    summary: 'The person the request is for says solved or not solved',
    input: z.object({
      id,
      solved: z.boolean(),
      why: why.optional(),
      madeAt: z.string().optional(),
      sentAt: z.string().optional(),
    }),
    output: done,
  }),
  rate: endpoint({
    method: 'POST',
    path: '/api/requests/:id/rating',
    gate: 'requests.judge',
    scope: null,
    summary: 'Rate result, speed and attitude, 1 to 5',
    input: z.object({ id, result: rating.nullable(), speed: rating.nullable(), attitude: rating.nullable() }),
    output: done,
  }),
  nudge: endpoint({
    method: 'POST',
    path: '/api/requests/:id/nudge',
    gate: 'requests.judge',
    scope: null,
    summary: 'Urge (催办): counted, told to the owner; resets nothing',
    input: z.object({ id, text: z.string().trim().max(500).optional() }),
    output: z.object({ nudges: z.number() }),
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/requests/:id/withdrawal',
    gate: 'requests.judge',
    scope: null,
    summary: 'The requester withdraws through their own channel',
    input: z.object({ id, why: why.optional() }),
    output: done,
  }),
  object: endpoint({
    method: 'POST',
    path: '/api/requests/:id/objection',
    gate: 'requests.judge',
    scope: null,
    summary: 'The person the request is for objects to its deferral; a panel decides',
    input: z.object({ id, why }),
    output: done,
  }),
  message: endpoint({
    method: 'POST',
    path: '/api/requests/:id/messages',
    gate: 'signedIn',
    scope: null,
    summary: 'Write into the thread: requester to staff, or staff to requester without seeing who',
    input: z.object({ id, text, fileIds: z.array(id).max(3).default([]) }),
    output: done,
  }),
  follow: endpoint({
    method: 'POST',
    path: '/api/public/requests/follow',
    gate: 'public',
    scope: null,
    summary: 'See a request by number and query code',
    input: byCode,
    output: requestThread,
  }),
  judgeByCode: endpoint({
    method: 'POST',
    path: '/api/public/requests/verdict',
    gate: 'public',
    scope: null,
    summary: 'Say solved or not solved by number and query code',
    input: byCode.extend({ solved: z.boolean(), why: why.optional() }),
    output: z.object({ done: z.literal(true), counted: z.boolean() }),
  }),
  rateByCode: endpoint({
    method: 'POST',
    path: '/api/public/requests/rating',
    gate: 'public',
    scope: null,
    summary: 'Rate by number and query code',
    input: byCode.extend({ result: rating.nullable(), speed: rating.nullable(), attitude: rating.nullable() }),
    output: done,
  }),
  nudgeByCode: endpoint({
    method: 'POST',
    path: '/api/public/requests/nudge',
    gate: 'public',
    scope: null,
    summary: 'Urge by number and query code',
    input: byCode.extend({ text: z.string().trim().max(500).optional() }),
    output: z.object({ nudges: z.number() }),
  }),
  newsBySms: endpoint({
    method: 'POST',
    path: '/api/requests/:id/sms',
    gate: 'requests.judge',
    scope: null,
    summary: 'Be told by SMS of news on my request, or no longer; without a word, how it stands',
    input: z.object({ id, agree: z.boolean().optional() }),
    output: newsBySms,
  }),
  newsBySmsByCode: endpoint({
    method: 'POST',
    path: '/api/public/requests/sms',
    gate: 'public',
    scope: null,
    summary: 'The same by number and query code',
    input: byCode.extend({ agree: z.boolean().optional() }),
    output: newsBySms,
  }),
  withdrawByCode: endpoint({
    method: 'POST',
    path: '/api/public/requests/withdrawal',
    gate: 'public',
    scope: null,
    summary: 'Withdraw by number and query code',
    input: byCode.extend({ why: why.optional() }),
    output: done,
  }),
  objectByCode: endpoint({
    method: 'POST',
    path: '/api/public/requests/objection',
    gate: 'public',
    scope: null,
    summary: 'Object to a deferral by number and query code',
    input: byCode.extend({ why }),
    output: done,
  }),
  messageByCode: endpoint({
    method: 'POST',
    path: '/api/public/requests/messages',
    gate: 'public',
    scope: null,
    summary: 'Write into the thread by number and query code',
    input: byCode.extend({ text, fileIds: z.array(id).max(3).default([]) }),
    output: done,
  }),
  setFacts: endpoint({
    method: 'PUT',
    path: '/api/requests/:id/facts',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Set category, site, priority, or whom the request complains about',
    input: z.object({
      id,
      version,
      categoryId: categoryId.optional(),
      siteId: nodeId.optional(),
      priority: z.enum(priorities).optional(),
      aboutLineId: lineId.nullable().optional(),
      aboutUnitId: nodeId.nullable().optional(),
    }),
    /** `version`: of the request as it stands now, to change it back. */
    output: done.extend({ version }),
  }),
  writeSummary: endpoint({
    method: 'PUT',
    path: '/api/requests/:id/summary',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Write the 转办摘要 that handlers see instead of a confidential original',
    input: z.object({ id, version, summary: text }),
    output: done,
  }),
  answer: endpoint({
    method: 'POST',
    path: '/api/requests/:id/answer',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Answer at once from a note; it is handled, not closed',
    input: z.object({ id, version, text, articleCode: z.string().max(20).optional() }),
    output: done,
  }),
  moveToSealed: endpoint({
    method: 'POST',
    path: '/api/requests/:id/sealed',
    gate: 'signedIn',
    scope: null,
    summary: 'Erase content that belongs to a sealed line; a stub stays (rules 5)',
    input: z.object({ id, version, to: z.enum(['care', 'oversight']) }),
    output: done,
  }),
};

/** Record classes that never enter the queue (rules 5). */
export const sealedClasses: readonly (typeof recordClasses)[number][] = ['psych', 'discipline'];
