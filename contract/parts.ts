import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId } from './endpoint.ts';
import { part, post } from './joint.ts';
import { priorities } from './organization.ts';
import { requestRow } from './requests.ts';

const text = z.string().trim().min(2).max(2000);
const fileIds = z.array(id).max(6).default([]);

/** A case of an overloaded line that its backup may take: enough to decide, nothing of what was written. */
export const offeredCase = z.object({
  caseId: id,
  requestId: id,
  number: z.string(),
  lineId: z.number(),
  leadUnitId: z.number().nullable(),
  categoryId: z.number(),
  unitId: z.number().nullable(),
  priority: z.enum(priorities),
  due: instant,
  accepted: z.boolean(),
});

export const takeoverRow = z.object({
  id,
  caseId: id,
  requestId: id.nullable(),
  number: z.string().nullable(),
  fromLineId: z.number(),
  fromUnitId: z.number().nullable(),
  toLineId: z.number(),
  toUnitId: z.number().nullable(),
  at: instant,
  by: z.string(),
  endedAt: instant.nullable(),
  ended: z.enum(['handled', 'handed_back', 'returned', 'ended']).nullable(),
});

/** Work of several lines on one case: parts of it, and a backup line that takes it over. */
export const partEndpoints = {
  askPart: endpoint({
    method: 'POST',
    path: '/api/cases/:id/parts',
    gate: 'cases.handle',
    scope: null,
    summary: 'The lead asks another line to do a part (协办), with a due time of its own',
    input: z.object({
      id,
      lineId,
      unitId: nodeId.nullable(),
      task: text,
      due: z.iso.datetime({ offset: true }).optional(),
    }),
    output: z.object({ partId: id }),
  }),
  acceptPart: endpoint({
    method: 'POST',
    path: '/api/parts/:id/acceptance',
    gate: 'cases.handle',
    scope: null,
    summary: 'Accept a part; changes no clock',
    input: z.object({ id }),
    output: done,
  }),
  progressPart: endpoint({
    method: 'POST',
    path: '/api/parts/:id/progress',
    gate: 'cases.handle',
    scope: null,
    summary: 'Write progress of a part; `contacted` = spoke with the requester, both ways',
    input: z.object({ id, text, contacted: z.boolean().default(false), fileIds }),
    output: done,
  }),
  finishPart: endpoint({
    method: 'POST',
    path: '/api/parts/:id/done',
    gate: 'cases.handle',
    scope: null,
    summary: 'My part is done. The lead says handled; nobody of either line closes',
    input: z.object({ id, text, fileIds }),
    output: done,
  }),
  releasePart: endpoint({
    method: 'POST',
    path: '/api/parts/:id/release',
    gate: 'cases.handle',
    scope: null,
    summary: 'The lead says that a part is not needed any more, and why; lateness until now stays counted',
    input: z.object({ id, why: z.string().trim().min(2).max(500) }),
    output: done,
  }),
  parts: endpoint({
    method: 'GET',
    path: '/api/parts',
    gate: 'cases.handle',
    scope: null,
    summary: 'Parts of my line here, due first; or those done in the last thirty days',
    input: z.object({
      view: z.enum(['open', 'late', 'done']).default('open'),
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    output: z.object({
      rows: z.array(z.object({ part, request: requestRow })),
      next: z.string().nullable(),
      open: z.number(),
      /** Of the open ones. */
      late: z.number(),
    }),
  }),
  partFigures: endpoint({
    method: 'GET',
    path: '/api/parts/figures',
    gate: 'catalogue.read',
    scope: null,
    summary:
      'Parts asked in the last days by co-line: done in time, late, open; and cases relieved and taken over by line',
    input: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
    output: z.object({
      since: instant,
      parts: z.array(
        z.object({
          lineId: z.number(),
          asked: z.number(),
          onTime: z.number(),
          late: z.number(),
          open: z.number(),
          released: z.number(),
        }),
      ),
      takeovers: z.array(z.object({ lineId: z.number(), relieved: z.number(), helped: z.number() })),
    }),
  }),
  partRecords: endpoint({
    method: 'GET',
    path: '/api/parts/records',
    gate: 'catalogue.read',
    scope: null,
    summary: 'The records behind a figure of parts, as far as this person may see them',
    input: z.object({
      lineId,
      which: z.enum(['asked', 'onTime', 'late', 'open', 'released']),
      days: z.coerce.number().int().min(1).max(90).default(30),
    }),
    output: z.object({ rows: z.array(z.object({ part, request: requestRow })), all: z.number() }),
  }),
  offered: endpoint({
    method: 'GET',
    path: '/api/takeovers/offered',
    gate: 'cases.handle',
    scope: null,
    summary: 'Cases of an overloaded line that this person’s line may take over as its backup',
    input: z.object({}),
    output: z.object({
      lines: z.array(
        z.object({
          ...post,
          open: z.number(),
          handlers: z.number(),
          overdue: z.number(),
          mostPerHandler: z.number(),
          mostOverdue: z.number(),
        }),
      ),
      cases: z.array(offeredCase),
    }),
  }),
  takeOver: endpoint({
    method: 'POST',
    path: '/api/cases/:id/takeover',
    gate: 'cases.handle',
    scope: null,
    summary: 'The backup line takes a case of the overloaded line; no clock changes and both lines are counted',
    input: z.object({ id }),
    output: done,
  }),
  handBack: endpoint({
    method: 'POST',
    path: '/api/cases/:id/hand-back',
    gate: 'cases.handle',
    scope: null,
    summary: 'Hand a case that was taken over back to its line; not counted as a return',
    input: z.object({ id, why: z.string().trim().min(2).max(500) }),
    output: done,
  }),
  takeovers: endpoint({
    method: 'GET',
    path: '/api/takeovers',
    gate: 'catalogue.read',
    scope: null,
    summary: 'Cases taken over, for the line that was relieved or the one that helped',
    input: z.object({
      days: z.coerce.number().int().min(1).max(90).default(30),
      lineId: lineId.optional(),
      side: z.enum(['relieved', 'helped']).optional(),
    }),
    output: z.object({ rows: z.array(takeoverRow), all: z.number() }),
  }),
};
