import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';
import { requestNumber } from './requests.ts';

/** Characters of explanation that stand in for a piece of evidence. */
export const enoughWords = 10;

export const returnReasons = ['not_our_line', 'not_our_unit', 'needs_facts', 'duplicate', 'other'] as const;
/** What a handler may find missing before work can begin. */
export const missingFacts = ['place', 'person', 'quantity', 'time', 'kind', 'other'] as const;
export const solutionClasses = ['solved', 'partly', 'explained', 'out_of_scope'] as const;
const text = z.string().trim().min(2).max(2000);
const coLineIds = z.array(lineId).max(6).default([]);
const fileIds = z.array(id).max(6).default([]);

export const caseEndpoints = {
  dispatch: endpoint({
    method: 'POST',
    path: '/api/requests/:id/dispatch',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Dispatch to a line, at head office or in a unit',
    input: z.object({
      id,
      version,
      lineId,
      unitId: nodeId.nullable(),
      note: z.string().trim().max(500).optional(),
      /** Lines that do a part of it, each with its own clock. */
      coLineIds,
    }),
    output: z.object({ caseId: id }),
  }),
  arbitrate: endpoint({
    method: 'POST',
    path: '/api/requests/:id/arbitration',
    gate: 'cases.arbitrate',
    scope: null,
    summary: 'After two returns: assign; this cannot be returned',
    input: z.object({
      id,
      version,
      lineId,
      unitId: nodeId.nullable(),
      note: z.string().trim().min(2).max(500),
      coLineIds,
    }),
    output: z.object({ caseId: id }),
  }),
  join: endpoint({
    method: 'POST',
    path: '/api/requests/:id/join',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Put this request into the case of another; each keeps its own verdict',
    input: z.object({ id, version, intoRequestId: id }),
    output: z.object({ caseId: id }),
  }),
  takeBack: endpoint({
    method: 'POST',
    path: '/api/cases/:id/take-back',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Take a dispatched case back before anyone accepted it',
    input: z.object({ id, reason: text }),
    output: done,
  }),
  accept: endpoint({
    method: 'POST',
    path: '/api/cases/:id/acceptance',
    gate: 'cases.handle',
    scope: null,
    summary: 'Accept (签收); changes no clock',
    input: z.object({ id }),
    output: done,
  }),
  progress: endpoint({
    method: 'POST',
    path: '/api/cases/:id/progress',
    gate: 'cases.handle',
    scope: null,
    summary: 'Write progress; `contacted` = spoke with the requester, both ways',
    input: z.object({ id, text, contacted: z.boolean().default(false), fileIds }),
    output: done,
  }),
  return: endpoint({
    method: 'POST',
    path: '/api/cases/:id/return',
    gate: 'cases.handle',
    scope: null,
    summary: 'Return (退单) with a reason and its evidence; two at most',
    input: z.object({
      id,
      reason: z.enum(returnReasons),
      /** At least 10 characters, or a file. */
      text,
      fileIds,
      /** With `not_our_line`: the line believed to own it. */
      lineId: lineId.optional(),
      /** With `not_our_unit`: the unit, null = head office. */
      unitId: nodeId.nullable().optional(),
      /** With `needs_facts`. */
      missing: z.array(z.enum(missingFacts)).max(6).default([]),
      /** With `duplicate`: number of the other request. */
      duplicateOf: requestNumber.optional(),
    }),
    output: done,
  }),
  ask: endpoint({
    method: 'POST',
    path: '/api/cases/:id/asks',
    gate: 'cases.handle',
    scope: null,
    summary: 'Ask for an extension (once, before due) or a suspension (72 h in all)',
    input: z.object({
      id,
      kind: z.enum(['extension', 'suspension']),
      reasonCode: z.enum(['waiting_requester', 'policy', 'force_majeure', 'parts', 'other']),
      text,
      until: z.iso.datetime({ offset: true }),
    }),
    output: z.object({ askId: id }),
  }),
  decide: endpoint({
    method: 'POST',
    path: '/api/asks/:id/decision',
    gate: 'cases.approve',
    scope: null,
    summary: 'Approve or refuse; never the one who asked, never of the handling line',
    input: z.object({ id, approve: z.boolean(), text: z.string().trim().max(500).optional() }),
    output: done,
  }),
  asks: endpoint({
    method: 'GET',
    path: '/api/asks',
    gate: 'cases.approve',
    scope: null,
    summary: 'Extensions and suspensions that wait for this person',
    input: z.object({}),
    output: z.object({
      asks: z.array(
        z.object({
          id,
          kind: z.enum(['extension', 'suspension']),
          caseId: id,
          requestId: id,
          number: z.string(),
          askedBy: z.string(),
          askedAt: instant,
          until: instant,
          due: instant,
          /** Granted for suspensions of this case until now, of 72 hours in all. */
          suspendedMinutes: z.number(),
          text: z.string(),
        }),
      ),
    }),
  }),
  handled: endpoint({
    method: 'POST',
    path: '/api/cases/:id/handled',
    gate: 'cases.handle',
    scope: null,
    summary: 'Say handled (办结) with evidence. The handler can never close',
    input: z.object({
      id,
      solution: z.enum(solutionClasses),
      text,
      fileIds,
      /** Why it is handled although parts of other lines are still open. */
      partsWhy: z.string().trim().min(2).max(500).optional(),
    }),
    output: done,
  }),
};
