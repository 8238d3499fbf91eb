import { z } from 'zod';
import { endpoint, id, instant, lineId, nodeId } from './endpoint.ts';
import { requestStates, workStates } from './requests.ts';

/**
 * Watches over how people are served: as warm as at the start (温暖如初, domain row 52) and the same for everybody
 * (一视同仁, row 54). Figures are reckoned each night, with their number and interval, and each opens to its records.
 */

/** Weeks of the campaign: since the unit entered closed loop (S2), the first being 1. */
const week = z.coerce.number().int().min(1).max(520);

/**
 * By the week a request was made: median and slowest tenth of the time to the first two-way contact and to the last
 * `handled`, in per cent of the clock it runs against; mean mark of attitude; share of
 * the follow-up calls due in which the person was reached, in per cent.
 */
export const warmthMeasures = [
  'contact',
  'contact_slowest',
  'handling',
  'handling_slowest',
  'attitude',
  'followup',
] as const;
export type WarmthMeasure = (typeof warmthMeasures)[number];

const warmthWeek = z.object({
  week: z.number(),
  /** Null: fewer than ten, and among them some that may not be counted apart. */
  n: z.number().nullable(),
  open: z.number(),
  /** Null below ten. */
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  minutes: z.number().nullable(),
  provisional: z.boolean(),
  /** This week and the one before against weeks 1 and 2; null in the first three and below ten. */
  drift: z
    .object({
      baseN: z.number(),
      baseValue: z.number(),
      n: z.number(),
      value: z.number(),
      byFifth: z.boolean(),
      held: z.number(),
      bound: z.number(),
      outside: z.boolean(),
      grey: z.boolean(),
    })
    .nullable(),
});
export type WarmthWeek = z.infer<typeof warmthWeek>;

/** Weeks in a row in which one measure of a place stood worse than at the start. */
const alarm = z.object({
  nodeId: z.number(),
  lineId: z.number().nullable(),
  measure: z.enum(warmthMeasures),
  fromWeek: z.number(),
  toWeek: z.number(),
  /** It stands in the last week that is over. */
  standing: z.boolean(),
  byFifth: z.boolean(),
  outside: z.boolean(),
  grey: z.boolean(),
  /** At its worst. */
  baseValue: z.number(),
  value: z.number(),
});
export type WarmthAlarm = z.infer<typeof alarm>;

/** Night (20:00–08:00) or weekend against day; contractors against staff; sites under 100 people against larger ones. */
export const equityPairs = ['hours', 'employment', 'site'] as const;
export type EquityPair = (typeof equityPairs)[number];
/**
 * Contact within its clock and its time (per cent of the clock); handled in time and confirmed, of all due; confirmed, of
 * those who were heard; mean mark of attitude.
 */
export const equityMeasures = ['response', 'time', 'on_time', 'solved', 'attitude'] as const;
export type EquityMeasure = (typeof equityMeasures)[number];
export const equitySides = ['first', 'other'] as const;
export type EquitySide = (typeof equitySides)[number];

/** The four weeks to the end of `week`: first side less other side, in points of a per cent; marks for attitude. */
const gapRow = z.object({
  week: z.number(),
  pair: z.enum(equityPairs),
  measure: z.enum(equityMeasures),
  /** Null: fewer than ten, and among them some that may not be counted apart. */
  firstN: z.number().nullable(),
  otherN: z.number().nullable(),
  /** Null below ten on either side, as what follows. */
  firstValue: z.number().nullable(),
  otherValue: z.number().nullable(),
  gap: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Over like cases: first category and priority. Null for times, which run against each one's own clock. */
  like: z.object({ gap: z.number(), low: z.number(), high: z.number() }).nullable(),
});
export type GapRow = z.infer<typeof gapRow>;

/** What this person may look at. `everywhere`: the group and every unit. */
const reach = z.object({
  everywhere: z.boolean(),
  unitIds: z.array(z.number()),
  /** Only this line, where the grant is bound to one. */
  lineIds: z.array(z.number()).nullable(),
});

const campaign = z.object({ start: instant, week: z.number() });

const record = z.object({
  requestId: id,
  number: z.string(),
  /** The day only. */
  day: z.string(),
  state: z.enum(requestStates),
  work: z.enum(workStates),
  categoryId: z.number(),
  unitId: z.number().nullable(),
  siteId: z.number().nullable(),
  lineId: z.number().nullable(),
  /** In the unit of the measure; null where this reader may not know it of this one. */
  value: z.number().nullable(),
  open: z.boolean(),
  /** The request's own page opens for this reader. */
  opens: z.boolean(),
  /** The follow-up call, for whoever calls. */
  callId: id.nullable(),
});
export type WatchRecord = z.infer<typeof record>;
const records = z.object({
  rows: z.array(record),
  /** Counted and not listed for this reader; null = fewer than ten of them. */
  kept: z.number().nullable(),
  /** More than are listed at once. */
  more: z.boolean(),
});

export const watchEndpoints = {
  warmth: endpoint({
    method: 'GET',
    path: '/api/watch/warmth',
    gate: 'watch.read',
    scope: null,
    summary: 'Week by week: contact, handling, attitude and follow-up of a place, held against its first two weeks',
    input: z.object({ nodeId: nodeId.optional(), lineId: lineId.optional() }),
    output: z.object({
      asOf: instant.nullable(),
      nodeId: z.number().nullable(),
      lineId: z.number().nullable(),
      campaign: campaign.nullable(),
      series: z.array(z.object({ measure: z.enum(warmthMeasures), weeks: z.array(warmthWeek) })),
      alarms: z.array(alarm),
      reach,
    }),
  }),
  warmthRecords: endpoint({
    method: 'GET',
    path: '/api/watch/warmth/records',
    gate: 'watch.read',
    scope: null,
    summary: 'The requests behind one week of a measure, as far as this person may know them',
    input: z.object({ nodeId, lineId: lineId.optional(), week, measure: z.enum(warmthMeasures) }),
    output: records,
  }),
  equity: endpoint({
    method: 'GET',
    path: '/api/watch/equity',
    gate: 'watch.read',
    scope: null,
    summary: 'Gaps between night and day, contractors and staff, small and large sites, with intervals, week by week',
    input: z.object({ nodeId: nodeId.optional() }),
    output: z.object({
      asOf: instant.nullable(),
      nodeId: z.number().nullable(),
      campaign: campaign.nullable(),
      gaps: z.array(gapRow),
      reach,
    }),
  }),
  equityRecords: endpoint({
    method: 'GET',
    path: '/api/watch/equity/records',
    gate: 'watch.read',
    scope: null,
    summary: 'The requests of one side of a gap, as far as this person may know that they are on it',
    input: z.object({
      nodeId,
      week,
      pair: z.enum(equityPairs),
      side: z.enum(equitySides),
      measure: z.enum(equityMeasures),
    }),
    output: records,
  }),
};
