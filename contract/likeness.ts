import { z } from 'zod';
import { categoryId, done, endpoint, id, instant, nodeId, version } from './endpoint.ts';
import { requestNumber, requestRow, requestStates } from './requests.ts';

/** Why two needs stand side by side: other words for one thing, nearly the same letters, or the same person again. */
export const likenesses = ['reworded', 'copied'] as const;
/** Why nothing is compared (rules 6). */
export const notCompared = ['confidential', 'class', 'no_site'] as const;
/** Why a request of a topic did not come along into the group case. */
export const notJoined = ['not_waiting', 'in_other_case', 'refused', 'stale'] as const;

const heat = z.number();

export const topic = z.object({
  id,
  unitId: z.number(),
  /** Null: of several sites of the unit. */
  siteId: z.number().nullable(),
  siteIds: z.array(z.number()),
  categoryId: z.number(),
  /** What it is about, as a term of the vocabulary: `things/power`. */
  term: z.string(),
  firstAt: instant,
  lastAt: instant,
  /** Requests, and people who asked. */
  requests: z.number(),
  people: z.number(),
  open: z.number(),
  /** Standard deviations above what is usual there, each person once, halved every 24 hours. */
  heat,
  /** The heat at the end of each of seven days, oldest first: the last ones, or those before it ended. */
  trend: z.array(heat),
  /** How many a day are usual there. */
  usual: z.number(),
  /** The case most of its requests are worked on in. */
  groupCaseId: id.nullable(),
});

export const similarRow = z.object({
  request: requestRow,
  likeness: z.enum(likenesses),
  /** 0 to 1. */
  likelihood: z.number(),
  /** Hours between the two. */
  hours: z.number(),
  sameSite: z.boolean(),
  /** One of the two may be put into the case of the other now. */
  joinable: z.boolean(),
});

export const likenessEndpoints = {
  of: endpoint({
    method: 'GET',
    path: '/api/requests/:id/similar',
    gate: 'requests.read',
    scope: null,
    summary: 'Requests that may be the same need, of those this reader may read; why; what topic it belongs to',
    input: z.object({ id }),
    output: z.object({
      notCompared: z.enum(notCompared).nullable(),
      rows: z.array(similarRow),
      /** At its own site, and over how many days they lie. */
      here: z.number(),
      days: z.number(),
      /** An earlier one of the same person, place and category within 14 days; only who may read it learns of it. */
      repeatOf: z.object({ id, number: requestNumber }).nullable(),
      topic: topic.nullable(),
    }),
  }),
  notSame: endpoint({
    method: 'POST',
    path: '/api/requests/:id/not-same',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Two requests are not one need: never suggested again, and learnt from',
    input: z.object({ id, otherId: id }),
    output: done,
  }),
  together: endpoint({
    method: 'POST',
    path: '/api/requests/:id/together',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Two requests are one need: the one that waits joins the case of the other; each keeps its own verdict',
    input: z.object({ id, version, otherId: id }),
    output: z.object({ caseId: id, joinedId: id }),
  }),
  ofCaller: endpoint({
    method: 'POST',
    path: '/api/hotline/contacts/:id/similar',
    gate: 'hotline.take',
    scope: null,
    summary: 'Open requests of this caller that what is being written down may repeat',
    input: z.object({
      id,
      categoryId: categoryId.optional(),
      siteId: nodeId.optional(),
      text: z.string().trim().max(2000),
    }),
    output: z.object({
      rows: z.array(z.object({ id, number: requestNumber, state: z.enum(requestStates), submittedAt: instant })),
    }),
  }),
  topics: endpoint({
    method: 'GET',
    path: '/api/topics',
    gate: 'requests.read',
    scope: null,
    summary: 'Hot topics within sight: many people, one thing, one place, one time; hottest first',
    input: z.object({ days: z.coerce.number().int().min(1).max(30).default(7) }),
    output: z.object({ topics: z.array(topic) }),
  }),
  topic: endpoint({
    method: 'GET',
    path: '/api/topics/:id',
    gate: 'requests.read',
    scope: null,
    summary: 'One hot topic with its requests, as far as this reader may read them',
    input: z.object({ id }),
    output: z.object({ topic, rows: z.array(requestRow) }),
  }),
  gather: endpoint({
    method: 'POST',
    path: '/api/topics/:id/group-case',
    gate: 'cases.dispatch',
    scope: null,
    summary: 'Work on what waits of a topic as one group case; every request keeps verdict, clock and thread',
    input: z.object({
      id,
      /** Of each the version that was looked at; what changed since is left out and named. */
      requests: z.array(z.object({ id, version })).min(1).max(200),
    }),
    output: z.object({
      caseId: id,
      joined: z.array(requestNumber),
      left: z.array(z.object({ number: requestNumber, why: z.enum(notJoined) })),
    }),
  }),
};
