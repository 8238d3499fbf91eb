import { z } from 'zod';
import { endpoint, instant } from './endpoint.ts';

/** A stage as it is called: codes decide, words are shown. */
export const stageNamed = z.object({ code: z.string(), zh: z.string(), en: z.string() });
export type StageNamed = z.infer<typeof stageNamed>;

/** Apart from the other endpoints of stages, for every page of the desk carries this one. */
export const stageNowEndpoints = {
  now: endpoint({
    method: 'GET',
    path: '/api/stages/now',
    gate: 'signedIn',
    scope: null,
    summary: 'The stage in force where I belong, and the next one where it is signed',
    input: z.object({}),
    output: z.object({
      stage: stageNamed
        .extend({
          since: instant,
          /** Day of the stage, the first being 1. */
          day: z.number(),
        })
        .nullable(),
      next: z.object({ stage: stageNamed, at: instant }).nullable(),
    }),
  }),
};
