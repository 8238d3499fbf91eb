import { z } from 'zod';
import { done, endpoint, id, instant, nodeId } from './endpoint.ts';
import { createdRequest, registration, requestRow, requestStates, workStates } from './requests.ts';

/** Scheduled site call 定期问询, round 走访, needs survey 需求摸底 (domain row 55). */
export const touchKinds = ['site_call', 'round', 'survey'] as const;
export type TouchKind = (typeof touchKinds)[number];

/** What a touch brought; `unfinished`: nobody said within the day how it went. */
export const touchFindings = ['nothing', 'information', 'need', 'unfinished'] as const;

/** Group-local day. */
const day = z.iso.date();
const label = z.string().trim().min(1).max(40);
const topics = z.array(z.coerce.number().int().positive()).max(20);

export const rhythmStates = ['overdue', 'today', 'coming'] as const;

/** One place that is due, or will be, for one kind of touch. */
export const dueTouch = z.object({
  siteId: z.number(),
  kind: z.enum(touchKinds),
  everyDays: z.number(),
  /** Null: nobody has been there for this yet, or the day of a small site is not told (rules 6). */
  lastDay: day.nullable(),
  dueDay: day,
  state: z.enum(rhythmStates),
  daysLate: z.number(),
  /** Who is at it now. */
  running: z.string().nullable(),
});
export type DueTouch = z.infer<typeof dueTouch>;

/**
 * A touch as this person may read it. Whoever made it reads all. To others a touch that found a need shows its day only
 * and neither crew, point nor words; one at a site of under 30 people shows as its unit, whatever it found (rules 6).
 */
export const touch = z.object({
  id,
  kind: z.enum(touchKinds),
  siteId: z.number().nullable(),
  unitId: z.number(),
  day,
  beganAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Begun and not ended. */
  open: z.boolean(),
  /** Needs may still be registered on it. */
  takesNeeds: z.boolean(),
  /** Whole minutes from beginning to end. */
  minutes: z.number().nullable(),
  by: z.string().nullable(),
  role: z.string(),
  own: z.boolean(),
  crew: z.string().nullable(),
  point: z.string().nullable(),
  topics: z.array(z.number()),
  found: z.enum(touchFindings).nullable(),
  words: z.string().nullable(),
  /** Why something of it is not shown. */
  withheld: z.enum(['need', 'small_site']).nullable(),
});
export type Touch = z.infer<typeof touch>;

const figure = z.object({
  /** Needs asked in the period, however they came; the person's own withdrawals left out (rules 1). */
  all: z.number(),
  /** Of them, found on a touch that is recorded earlier. */
  found: z.number(),
  /** Found on a touch and not counted. */
  notCounted: z.number(),
  /** Null below ten (domain 4.1(5)). */
  share: z.number().nullable(),
  /** Wilson, 95 %. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  touches: z.number(),
  nothing: z.number(),
  information: z.number(),
  need: z.number(),
  unfinished: z.number(),
});
export type ShareFigure = z.infer<typeof figure>;

/** Why a need found on a touch is not counted as found before it was asked. */
export const notCountedReasons = ['asked_before', 'not_before', 'withdrawn'] as const;

const period = { from: day.optional(), to: day.optional() };

export const outreachEndpoints = {
  mine: endpoint({
    method: 'GET',
    path: '/api/outreach/mine',
    gate: 'outreach.record',
    scope: null,
    summary: 'What this person should visit or ring, what they are at, and their latest touches',
    input: z.object({}),
    output: z.object({
      open: touch.nullable(),
      due: z.array(dueTouch),
      /** All that are due today or late, also those the list leaves out. */
      waiting: z.number(),
      doneToday: z.number(),
      recent: z.array(touch),
      /** Kinds this person is expected to make, and where they may make any. */
      kinds: z.array(z.enum(touchKinds)),
      siteIds: z.array(z.number()),
    }),
  }),
  begin: endpoint({
    method: 'POST',
    path: '/api/outreach/touches',
    gate: 'outreach.record',
    scope: null,
    summary: 'Begin a touch: recorded with the time of the server, before anything is found on it',
    input: z.object({
      id,
      siteId: nodeId,
      kind: z.enum(touchKinds),
      crew: label.optional(),
      point: label.optional(),
    }),
    output: z.object({ id, beganAt: instant }),
  }),
  touch: endpoint({
    method: 'GET',
    path: '/api/outreach/touches/:id',
    gate: 'signedIn',
    scope: null,
    summary: 'One touch with the needs found on it, as far as this person may read them',
    input: z.object({ id }),
    output: touch.extend({
      needs: z.array(
        z.object({
          requestId: id,
          number: z.string(),
          at: instant,
          categoryId: z.number(),
          state: z.enum(requestStates),
          work: z.enum(workStates),
        }),
      ),
      /** Place of its beginning in the journal; null while it is being settled. */
      position: z.number().nullable(),
      can: z.object({ need: z.boolean(), end: z.boolean(), erase: z.boolean() }),
    }),
  }),
  need: endpoint({
    method: 'POST',
    path: '/api/outreach/touches/:id/needs',
    gate: 'outreach.record',
    scope: null,
    summary: 'Register a need found on a running touch, through the intake every request passes',
    input: registration
      .omit({
        siteId: true,
        pointToken: true,
        submittedAt: true,
        sentAt: true,
        id: true,
        channel: true,
        contactId: true,
      })
      .omit({ answer: true })
      .extend({ id, requestId: id }),
    output: createdRequest,
  }),
  end: endpoint({
    method: 'POST',
    path: '/api/outreach/touches/:id/end',
    gate: 'outreach.record',
    scope: null,
    summary: 'End a touch: what was asked about and what was found, nothing included',
    input: z.object({
      id,
      topics: topics.min(1),
      found: z.enum(['nothing', 'information', 'need']),
      crew: label.optional(),
      point: label.optional(),
      words: z.string().trim().max(1000).optional(),
    }),
    output: done,
  }),
  erase: endpoint({
    method: 'POST',
    path: '/api/outreach/touches/:id/erasure',
    gate: 'signedIn',
    scope: null,
    summary: 'Erase words, crew and point of a touch: they say what belongs to a sealed line (rules 5)',
    input: z.object({ id }),
    output: done,
  }),
  touches: endpoint({
    method: 'GET',
    path: '/api/outreach/touches',
    gate: 'outreach.read',
    scope: null,
    summary: 'Touches in this person’s part of the group, newest first, also those that found nothing',
    input: z.object({
      ...period,
      unitId: nodeId.optional(),
      siteId: nodeId.optional(),
      kind: z.enum(touchKinds).optional(),
      found: z.enum(touchFindings).optional(),
      after: z.string().max(200).optional(),
    }),
    output: z.object({ touches: z.array(touch), next: z.string().nullable() }),
  }),
  share: endpoint({
    method: 'GET',
    path: '/api/outreach/share',
    gate: 'outreach.read',
    scope: null,
    summary:
      'Share of needs found before they were asked, with its interval, by unit; touches that found nothing beside',
    input: z.object(period),
    output: z.object({
      from: day,
      to: day,
      asOf: instant,
      all: figure,
      units: z.array(figure.extend({ unitId: z.number(), places: z.number(), late: z.number() })),
      places: z.number(),
      late: z.number(),
    }),
  }),
  needs: endpoint({
    method: 'GET',
    path: '/api/outreach/needs',
    gate: 'outreach.read',
    scope: null,
    summary:
      'The needs behind the share: counted, not counted and why, or all asked; as far as this person may read them',
    input: z.object({ ...period, unitId: nodeId.optional(), counted: z.enum(['yes', 'no', 'all']).default('yes') }),
    output: z.object({
      rows: z.array(
        z.object({
          request: requestRow,
          /** The touch it was found on, where that tells nobody who asked in confidence. */
          touchId: id.nullable(),
          /** Places in the journal: the touch first. Shown where the touch is. */
          touchPosition: z.number().nullable(),
          requestPosition: z.number().nullable(),
          why: z.enum(notCountedReasons).nullable(),
        }),
      ),
      total: z.number(),
      /** Counted, but this person may not read them. */
      hidden: z.number(),
    }),
  }),
  late: endpoint({
    method: 'GET',
    path: '/api/outreach/late',
    gate: 'outreach.read',
    scope: null,
    summary: 'Places nobody has touched for longer than their rhythm says, longest first; or all that have a rhythm',
    input: z.object({ unitId: nodeId.optional(), all: z.enum(['yes', 'no']).default('no') }),
    output: z.object({ rows: z.array(dueTouch), asOf: instant }),
  }),
  rhythms: endpoint({
    method: 'GET',
    path: '/api/outreach/rhythms',
    gate: 'outreach.read',
    scope: null,
    summary: 'How often places are touched, and who set it',
    input: z.object({}),
    output: z.object({
      rhythms: z.array(
        z.object({
          nodeId: z.number().nullable(),
          kind: z.enum(touchKinds),
          everyDays: z.number().nullable(),
          topics: z.array(z.number()),
          setBy: z.string().nullable(),
          setAt: instant,
          can: z.object({ change: z.boolean() }),
        }),
      ),
      /** Whether this person sets rhythms at all, and of which units; null: of the whole group. */
      can: z.object({ set: z.boolean(), unitIds: z.array(z.number()).nullable() }),
    }),
  }),
  setRhythm: endpoint({
    method: 'PUT',
    path: '/api/outreach/rhythms',
    gate: 'outreach.plan',
    scope: null,
    summary:
      'Set how often the places of a node are touched; null days leave them out, `drop` goes back to what is above',
    input: z.object({
      nodeId: nodeId.nullable(),
      kind: z.enum(touchKinds),
      everyDays: z.number().int().min(1).max(90).nullable(),
      topics: topics.default([]),
      drop: z.boolean().default(false),
    }),
    output: done,
  }),
};
