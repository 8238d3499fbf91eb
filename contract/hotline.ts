import { z } from 'zod';
import { done, endpoint, id, instant } from './endpoint.ts';
import { requestStates } from './requests.ts';

export const contactOutcomes = ['information', 'nudge', 'dropped'] as const;

export const hotlineEndpoints = {
  /** POST, so that a telephone number never stands in an address or a log. */
  caller: endpoint({
    method: 'POST',
    path: '/api/hotline/caller',
    gate: 'hotline.take',
    scope: null,
    summary: 'Begin a call: the caller’s earlier requests',
    input: z.object({ number: z.string().trim().max(40).optional() }),
    output: z.object({
      contactId: id,
      at: instant,
      earlier: z.array(
        z.object({
          id,
          number: z.string(),
          state: z.enum(requestStates),
          submittedAt: instant,
          categoryId: z.number(),
          siteId: z.number().nullable(),
          text: z.string().nullable(),
        }),
      ),
    }),
  }),
  close: endpoint({
    method: 'POST',
    path: '/api/hotline/contacts/:id/outcome',
    gate: 'hotline.take',
    scope: null,
    summary: 'End a call that made no request: information only, a nudge, or dropped',
    input: z.object({
      id,
      outcome: z.enum(contactOutcomes),
      requestId: id.optional(),
    }),
    output: done,
  }),
};
