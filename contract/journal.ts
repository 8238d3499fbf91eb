import { z } from 'zod';
import { endpoint, id, instant } from './endpoint.ts';

export const journalEntry = z.object({
  position: z.number(),
  at: instant,
  actor: z.string().nullable(),
  role: z.string().nullable(),
  action: z.string(),
  recordKind: z.string(),
  recordId: z.string(),
  recordClass: z.string(),
  nodeId: z.number().nullable(),
  lineId: z.number().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
  figures: z.record(z.string(), z.unknown()),
  digest: z.string().nullable(),
});

export const journalEndpoints = {
  entries: endpoint({
    method: 'GET',
    path: '/api/journal',
    gate: 'journal.read',
    scope: null,
    summary: 'The journal in its one order; codes and figures, never personal content',
    input: z.object({
      before: z.coerce.number().int().positive().optional(),
      action: z.string().max(60).optional(),
      recordId: z.string().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    output: z.object({ entries: z.array(journalEntry), next: z.number().nullable() }),
  }),
  seals: endpoint({
    method: 'GET',
    path: '/api/journal/seals',
    gate: 'journal.read',
    scope: null,
    summary: 'Seals: each minute’s hash tree, chained and signed',
    input: z.object({ before: z.coerce.number().int().positive().optional() }),
    output: z.object({
      seals: z.array(
        z.object({
          no: z.number(),
          from: z.number(),
          to: z.number(),
          root: z.string(),
          sealedAt: instant,
          signedBy: z.string(),
        }),
      ),
      unsealed: z.number(),
    }),
  }),
  verify: endpoint({
    method: 'POST',
    path: '/api/journal/verification',
    gate: 'journal.read',
    scope: null,
    summary: 'Recompute every seal from the stored bytes and compare with the anchors',
    input: z.object({}),
    output: z.object({
      id: id.optional(),
      valid: z.boolean(),
      entries: z.number(),
      seals: z.number(),
      anchors: z.number(),
      faults: z.array(z.object({ what: z.string(), position: z.number().nullable(), seal: z.number().nullable() })),
    }),
  }),
};
