import { z } from 'zod';
import { done, endpoint, id, instant, nodeId } from './endpoint.ts';
import { priorities } from './organization.ts';
import { clockKinds, queryCode, requestNumber } from './requests.ts';

export type ClockKind = (typeof clockKinds)[number];

/** Whom a warning tells, lowest first; after the due time each further step goes at least one level higher. */
export const tellsLevels = ['handler', 'line', 'dispatcher', 'unit_leader', 'dispatcher_lead', 'group_leader'] as const;
export type Tells = (typeof tellsLevels)[number];
/** Besides, whom only a chain of the dispatch catalogue names: the line at head office, whoever does the work. */
export type Told = Tells | 'line_head_office';

const minuteOfDay = z.number().int().min(0).max(1440);
/** Working hours of one day: from and to in minutes after midnight. */
const span = z.tuple([minuteOfDay, minuteOfDay]);
const spans = z.array(span).max(6);
/** Spans of each weekday from Sunday; null = round the clock. */
export const week = z.array(spans).length(7).nullable();
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const name = z.string().trim().min(1).max(60);
/** When it comes into force; now where nothing is said, never earlier. */
const from = z.iso.datetime({ offset: true }).optional();
const minutes = z
  .number()
  .int()
  .min(1)
  .max(90 * 1440);

/** Minutes of the calendar's time, all from the submission. */
export const level = z.object({
  triageMinutes: minutes,
  contactMinutes: minutes,
  /** What the staff aims at; not told to the requester. */
  innerMinutes: minutes,
  /** What the requester is promised. */
  resolveMinutes: minutes,
});
const levelVersion = level.extend({ from: instant, by: z.string().nullable() });
export const warningStep = z.object({
  /** Minutes after the due time; negative before it. */
  afterMinutes: z
    .number()
    .int()
    .min(-30 * 1440)
    .max(30 * 1440),
  tells: z.enum(tellsLevels),
});
const weekVersion = z.object({ week, from: instant, by: z.string().nullable() });
const datedDay = z.object({
  id,
  date,
  working: z.boolean(),
  spans: spans.nullable(),
  zh: z.string(),
  en: z.string(),
  from: instant,
});
const calendar = z.object({
  id: z.number(),
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  week,
  from: instant.nullable(),
  upcoming: z.array(weekVersion),
  days: z.array(datedDay),
});
const use = z.object({
  stage: z.string(),
  unitId: z.number().nullable(),
  calendarId: z.number().nullable(),
  from: instant,
});

const priority = z.enum(priorities);
const calendarId = z.coerce.number().int().positive();
const setLevel = level.extend({ priority });
const setWeek = z.object({ calendarId, week });
const setDays = z.object({
  calendarId,
  fromDate: date,
  toDate: date,
  working: z.boolean(),
  zh: name,
  en: name,
  spans: spans.nullable().default(null),
});
const setUse = z.object({
  stage: z.string().min(1).max(20),
  unitId: nodeId.nullable(),
  calendarId: calendarId.nullable(),
});

/** What a preview tries out on the requests of the last seven days. */
export const clockDraft = z.discriminatedUnion('kind', [
  setLevel.extend({ kind: z.literal('level') }),
  setWeek.extend({ kind: z.literal('week') }),
  setDays.extend({ kind: z.literal('days') }),
  setUse.extend({ kind: z.literal('use') }),
]);

/** One reason why a clock shows what it shows: a code with its values; the words are the interface's. */
export const clockLine = z.object({
  at: instant.nullable(),
  code: z.enum([
    'asked',
    'asked_offline',
    'device_refused',
    'allowed',
    'aim',
    'told_you',
    'stage',
    'calendar',
    'round_the_clock',
    'urgent_always',
    'nights',
    'rest_days',
    'holiday',
    'make_up',
    'set_otherwise',
    'facts_changed',
    'accepted',
    'silently_accepted',
    'returned',
    'taken_back',
    'nudged',
    'refused',
    'paused',
    'resumed',
    'extended',
    'reopened',
    'dispatched',
    'contacted',
    'handled',
    'closed',
  ]),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ClockLine = z.infer<typeof clockLine>;

export const explainedClocks = ['triage', 'contact', 'inner', 'resolve', 'promise'] as const;
export const explainedClock = z.object({
  kind: z.enum(explainedClocks),
  due: instant,
  /** As first set; what every statistic uses (rules 4). */
  originalDue: instant,
  stoppedAt: instant.nullable(),
  /** Against the original due; null while it is not decided. */
  met: z.boolean().nullable(),
  lines: z.array(clockLine),
});
export type ExplainedClock = z.infer<typeof explainedClock>;
export const clockLog = z.object({
  clocks: z.array(explainedClock),
  /** Minutes suspended by now, and the share of the time since the submission, 0 to 1. */
  pausedMinutes: z.number(),
  pausedShare: z.number(),
});
export type ClockLog = z.infer<typeof clockLog>;

const previewed = z.object({
  priority,
  requests: z.number(),
  earlier: z.number(),
  later: z.number(),
  /** On time by the due they were promised, and as it would have been; of those that are handled or past both. */
  decided: z.number(),
  onTimeNow: z.number(),
  onTimeThen: z.number(),
});

export const clockEndpoints = {
  overview: endpoint({
    method: 'GET',
    path: '/api/clocks',
    gate: 'clocks.manage',
    scope: null,
    summary: 'Calendars, service levels and warning steps, in force and to come',
    input: z.object({}),
    output: z.object({
      levels: z.array(
        z.object({
          priority,
          current: levelVersion.extend({ from: instant.nullable() }),
          upcoming: z.array(levelVersion),
        }),
      ),
      calendars: z.array(calendar),
      stages: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string(), workingTime: z.boolean() })),
      uses: z.array(use),
      warnings: z.array(warningStep.extend({ priority, clock: z.enum(clockKinds) })),
    }),
  }),
  setLevel: endpoint({
    method: 'PUT',
    path: '/api/clocks/levels/:priority',
    gate: 'clocks.manage',
    scope: null,
    summary: 'Set the times of a priority from a moment on; what was promised before stays',
    input: setLevel.extend({ from }),
    output: done,
  }),
  addCalendar: endpoint({
    method: 'POST',
    path: '/api/clocks/calendars',
    gate: 'clocks.manage',
    scope: null,
    summary: 'Add a calendar',
    input: z.object({ code: z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/), zh: name, en: name, week }),
    output: z.object({ id: z.number() }),
  }),
  setWeek: endpoint({
    method: 'PUT',
    path: '/api/clocks/calendars/:calendarId/week',
    gate: 'clocks.manage',
    scope: null,
    summary: 'Set the weekly hours of a calendar from a moment on',
    input: setWeek.extend({ from }),
    output: done,
  }),
  addDays: endpoint({
    method: 'POST',
    path: '/api/clocks/calendars/:calendarId/days',
    gate: 'clocks.manage',
    scope: null,
    summary: 'Add a holiday, or make-up working days, by a range of dates',
    input: setDays,
    output: z.object({ added: z.number() }),
  }),
  removeDays: endpoint({
    method: 'POST',
    path: '/api/clocks/calendars/:calendarId/days/removal',
    gate: 'clocks.manage',
    scope: null,
    summary: 'Take dated days back from now on; dues that were promised stay',
    input: z.object({ calendarId, ids: z.array(id).min(1).max(60) }),
    output: done,
  }),
  setUse: endpoint({
    method: 'PUT',
    path: '/api/clocks/uses',
    gate: 'clocks.manage',
    scope: null,
    summary: 'Say which calendar a stage uses, everywhere or in one unit',
    input: setUse.extend({ from }),
    output: done,
  }),
  setWarnings: endpoint({
    method: 'PUT',
    path: '/api/clocks/warnings/:priority/:clock',
    gate: 'clocks.manage',
    scope: null,
    summary: 'Set the warning steps of one clock of a priority',
    input: z.object({ priority, clock: z.enum(clockKinds), steps: z.array(warningStep).max(8) }),
    output: done,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/clocks/preview',
    gate: 'clocks.manage',
    scope: null,
    summary: 'What the requests of the last seven days would have been due; changes nothing',
    input: z.object({ draft: clockDraft }),
    output: z.object({ days: z.number(), rows: z.array(previewed) }),
  }),
  ofRequest: endpoint({
    method: 'GET',
    path: '/api/requests/:id/clocks',
    gate: 'signedIn',
    scope: null,
    summary: 'Why each clock of a request shows what it shows',
    input: z.object({ id }),
    output: clockLog,
  }),
  ofRequestByCode: endpoint({
    method: 'POST',
    path: '/api/public/requests/clocks',
    gate: 'public',
    scope: null,
    summary: 'Why the promised time is what it is, by number and query code',
    input: z.object({ number: requestNumber, code: queryCode, deviceId: z.string().max(64).optional() }),
    output: clockLog,
  }),
};
