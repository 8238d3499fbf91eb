import { z } from 'zod';
import { done, endpoint, id, instant, nodeId } from './endpoint.ts';

/** Group-local day. */
const day = z.iso.date();
const words = z.string().trim().min(1).max(500);
const name = z.string().trim().min(1).max(60);
const code = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_]{2,30}$/);
const key = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_]{0,30}$/);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const filedFor = ['site', 'construction', 'plant', 'unit'] as const;
export const rhythms = ['daily', 'weekly', 'monthly', 'once'] as const;
export const itemKinds = ['whole', 'decimal', 'money', 'text', 'choice', 'yes_no', 'crews', 'parts'] as const;
export const filingStates = ['open', 'submitted', 'returned', 'checked', 'approved'] as const;
/** `late` came after its time; `silent` has not come though its time is over; `waiting` has time left. */
export const timings = ['on_time', 'late', 'silent', 'waiting'] as const;

export const reportItem = z.object({
  key,
  concept: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_.]{1,40}$/),
  kind: z.enum(itemKinds),
  zh: name,
  en: name,
  helpZh: z.string().trim().max(200).default(''),
  helpEn: z.string().trim().max(200).default(''),
  groupZh: z.string().trim().max(40).default(''),
  groupEn: z.string().trim().max(40).default(''),
  unitZh: z.string().trim().max(12).default(''),
  unitEn: z.string().trim().max(12).default(''),
  least: z.number().nullable().default(null),
  most: z.number().nullable().default(null),
  stages: z.array(z.string().max(8)).max(10).default([]),
  required: z.boolean().default(true),
  carried: z.boolean().default(false),
  options: z
    .array(
      z.object({
        key,
        zh: name,
        en: name,
        unitZh: z.string().trim().max(12).default(''),
        unitEn: z.string().trim().max(12).default(''),
      }),
    )
    .max(30)
    .default([]),
  heads: z.enum(['here', 'in', 'out']).nullable().default(null),
});

export const dueRule = z.object({
  /** 1 = Monday … 7 = Sunday, of a weekly form. */
  weekday: z.number().int().min(1).max(7).nullable(),
  /** Of a monthly form. */
  monthDay: z.number().int().min(1).max(28).nullable(),
  /** Of a form that is asked once. */
  date: day.nullable(),
  /** By stage: due at that local time; null or absent: not asked in that stage. */
  times: z.record(z.string().max(8), time.nullable()),
});
export type DueRule = z.infer<typeof dueRule>;

export const formVersion = z.object({
  code,
  no: z.number(),
  zh: z.string(),
  en: z.string(),
  filedFor: z.enum(filedFor),
  rhythm: z.enum(rhythms),
  due: dueRule,
  items: z.array(reportItem),
});
export type FormVersion = z.infer<typeof formVersion>;

export const crew = z.object({ id, zh: name, planned: z.number().int().min(0).max(5000) });

export const value = z.union([
  z.number(),
  z.string().max(2_000),
  z.boolean(),
  z.record(z.string().max(60), z.number()),
  z.null(),
]);
export const values = z.record(z.string().max(40), value);

const usual = z.object({
  median: z.number(),
  spread: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number(),
});
const outlier = z.object({ key: z.string(), value: z.number(), usual, score: z.number() });
const base = z.object({ day, heads: z.number() }).nullable();

/** One place's filing of one day as it stands. */
export const filingRow = z.object({
  id: id.nullable(),
  form: z.string(),
  nodeId: z.number(),
  unitId: z.number(),
  day,
  dueAt: instant,
  locksAt: instant,
  locked: z.boolean(),
  state: z.enum(filingStates),
  timing: z.enum(timings),
  madeAt: instant.nullable(),
  receivedAt: instant.nullable(),
  offline: z.boolean(),
  amended: z.boolean(),
  versions: z.number(),
  flags: z.number(),
  heads: z.number().nullable(),
  by: z.string().nullable(),
  checkedBy: z.string().nullable(),
  chasedAt: instant.nullable(),
});
export type FilingRow = z.infer<typeof filingRow>;

export const filingVersion = z.object({
  id,
  no: z.number(),
  formNo: z.number(),
  stands: z.boolean(),
  values,
  crews: z.array(crew),
  base,
  /** The heads it started from are not those the report before says today. */
  baseNow: z.number().nullable(),
  flags: z.array(outlier),
  /** Words of the one who filed it, by the figure they explain. */
  confirmed: z.record(z.string().max(100), z.string().max(200)),
  saidAt: instant,
  madeAt: instant,
  receivedAt: instant,
  offline: z.boolean(),
  by: z.string(),
  device: z.string().nullable(),
  reason: z.string().nullable(),
  afterLock: z.boolean(),
});

/** One thing to file, with all that is needed to fill it in without a network. */
export const toFile = z.object({
  form: formVersion,
  nodeId: z.number(),
  node: z.object({ zh: z.string(), en: z.string() }),
  day,
  stage: z.string(),
  opensAt: instant,
  dueAt: instant,
  locksAt: instant,
  state: z.enum(filingStates),
  late: z.boolean().nullable(),
  receivedAt: instant.nullable(),
  by: z.string().nullable(),
  returned: z.string().nullable(),
  versions: z.number(),
  crews: z.array(crew),
  /** The telephone of the site's office, as head office rings it; null where none is known, and of a unit. */
  office: z.string().nullable(),
  base,
  /** Values of the report before, by which an item begins. */
  last: z.object({ day, values }).nullable(),
  /** What stands for this day already. */
  current: values.nullable(),
  usual: z.record(z.string(), usual),
  /** What the system knows itself, shown and never asked. */
  known: z.array(
    z.object({ zh: z.string(), en: z.string(), value: z.number(), unitZh: z.string(), unitEn: z.string() }),
  ),
});
export type ToFile = z.infer<typeof toFile>;

const tally = z.object({
  expected: z.number(),
  received: z.number(),
  onTime: z.number(),
  late: z.number(),
  silent: z.number(),
  waiting: z.number(),
  checked: z.number(),
  flagged: z.number(),
  heads: z.number(),
});
export type Tally = z.infer<typeof tally>;

/** Why an item may not be asked. */
export const conceptRefusals = ['known', 'asked', 'similar_known', 'similar_asked'] as const;
const conceptFound = z.object({
  why: z.enum(conceptRefusals),
  concept: z.object({ key: z.string(), zh: z.string(), en: z.string() }),
  /** Where the system knows it from. */
  knownFrom: z.string().nullable(),
  form: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
  itemKey: z.string().nullable(),
  /** 0–1; 1 for the concept itself or one of its names. */
  alike: z.number(),
  /** The name it is too near to. */
  name: z.string(),
});
export type ConceptFound = z.infer<typeof conceptFound>;

const draftItem = reportItem.omit({ concept: true }).extend({ concept: z.string().trim().max(41).default('') });

export const reportEndpoints = {
  mine: endpoint({
    method: 'GET',
    path: '/api/reports/mine',
    gate: 'reports.file',
    scope: null,
    summary: 'What this person files now, with all that is needed to fill it in without a network',
    input: z.object({}),
    output: z.object({ asOf: instant, forms: z.array(toFile) }),
  }),
  file: endpoint({
    method: 'POST',
    path: '/api/reports/filings',
    gate: 'reports.file',
    scope: null,
    summary: 'File a report: the same id twice is one; from two phones the later-made stands and both are kept',
    input: z.object({
      /** Made by the device, for this version. */
      id,
      form: code,
      formNo: z.number().int().positive(),
      nodeId,
      day,
      values,
      base,
      stage: z.string().max(8),
      /** The crews that were counted. */
      crews: z.array(crew).max(100).default([]),
      confirmed: z.record(z.string().max(100), z.string().max(200)).default({}),
      madeAt: z.iso.datetime(),
      sentAt: z.iso.datetime().optional(),
      /** Since when the server has been answering this phone again (rules 13). */
      backAt: z.iso.datetime().optional(),
      offline: z.boolean().default(false),
      device: z.string().trim().max(60).optional(),
      /** Why it is changed after its day was locked. */
      reason: z.string().trim().max(500).optional(),
    }),
    output: z.object({
      id,
      filingId: id,
      receivedAt: instant,
      madeAt: instant,
      late: z.boolean(),
      /** False: another one, made later, stands for this day. */
      stands: z.boolean(),
      flags: z.number(),
      versions: z.number(),
    }),
  }),
  setCrews: endpoint({
    method: 'PUT',
    path: '/api/reports/crews',
    gate: 'reports.file',
    scope: null,
    summary: 'The crews of a site as its officers keep them; one left out is ended, its counts stay',
    input: z.object({ siteId: nodeId, crews: z.array(crew).min(1).max(60) }),
    output: done,
  }),
  setOffice: endpoint({
    method: 'PUT',
    path: '/api/reports/offices',
    gate: 'reports.file',
    scope: null,
    summary: 'The telephone of a site’s office, rung when nothing has come',
    input: z.object({
      siteId: nodeId,
      phone: z
        .string()
        .trim()
        .regex(/^[\d+][\d\- ]{2,19}$/),
    }),
    output: done,
  }),
  day: endpoint({
    method: 'GET',
    path: '/api/reports/day',
    gate: 'reports.read',
    scope: null,
    summary: 'One form on one day: expected, received, on time, late, silent, by unit and by place, with whom to ring',
    input: z.object({ form: code.optional(), day: day.optional() }),
    output: z.object({
      asOf: instant,
      form: formVersion,
      forms: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string(), filedFor: z.enum(filedFor) })),
      day,
      today: day,
      /** Latest due time of the day; null where nothing is due on it. */
      dueAt: instant.nullable(),
      all: tally,
      units: z.array(
        tally.extend({
          unitId: z.number(),
          approval: z
            .object({ by: z.string(), at: instant, words: z.string().nullable(), since: z.number() })
            .nullable(),
          can: z.object({ approve: z.boolean() }),
        }),
      ),
      rows: z.array(
        filingRow.extend({
          officers: z.array(z.string()),
          phone: z.string().nullable(),
          /** `office`: may say which number is rung. */
          can: z.object({ check: z.boolean(), office: z.boolean() }),
        }),
      ),
      can: z.object({ chase: z.boolean() }),
    }),
  }),
  matrix: endpoint({
    method: 'GET',
    path: '/api/reports/matrix',
    gate: 'reports.read',
    scope: null,
    summary: 'The last 14 days of a form, place by place: on time, late, silent',
    input: z.object({ form: code.optional() }),
    output: z.object({
      days: z.array(day),
      rows: z.array(
        z.object({
          nodeId: z.number(),
          unitId: z.number(),
          /** By day; null where nothing was asked. */
          cells: z.array(
            z.object({ timing: z.enum(timings), amended: z.boolean(), heads: z.number().nullable() }).nullable(),
          ),
        }),
      ),
    }),
  }),
  filing: endpoint({
    method: 'GET',
    path: '/api/reports/filings/:id',
    gate: 'signedIn',
    scope: null,
    summary: 'One place’s day with every version that was sent',
    input: z.object({ id }),
    output: filingRow.extend({
      form: formVersion,
      stage: z.string(),
      returned: z.string().nullable(),
      versions: z.array(filingVersion),
      officers: z.array(z.string()),
      phone: z.string().nullable(),
      previous: z.object({ day, values }).nullable(),
      can: z.object({ check: z.boolean(), amend: z.boolean(), office: z.boolean() }),
    }),
  }),
  check: endpoint({
    method: 'POST',
    path: '/api/reports/filings/:id/check',
    gate: 'reports.check',
    scope: null,
    summary: 'A report is checked, or returned with words; never by whoever filed it',
    input: z.object({
      id,
      /** The version that was looked at. */
      versionId: id,
      words: z.string().trim().max(500).optional(),
      outcome: z.enum(['checked', 'returned']),
    }),
    output: done,
  }),
  approve: endpoint({
    method: 'POST',
    path: '/api/reports/approvals',
    gate: 'reports.approve',
    scope: null,
    summary: 'A unit’s day is approved upward; while its time runs every place must have been checked',
    input: z.object({ form: code, unitId: nodeId, day, words: z.string().trim().max(500).optional() }),
    output: done,
  }),
  chase: endpoint({
    method: 'POST',
    path: '/api/reports/chase',
    gate: 'reports.read',
    scope: null,
    summary: 'Ask the officers of places from which nothing has come',
    input: z.object({ form: code, day, nodeIds: z.array(nodeId).min(1).max(500) }),
    output: z.object({ told: z.number() }),
  }),
  // ---- the registry of forms
  forms: endpoint({
    method: 'GET',
    path: '/api/reports/forms',
    gate: 'reports.read',
    scope: null,
    summary: 'All forms with their versions, and what the group asks or already knows',
    input: z.object({}),
    output: z.object({
      forms: z.array(
        z.object({
          code: z.string(),
          filedFor: z.enum(filedFor),
          rhythm: z.enum(rhythms),
          state: z.enum(['draft', 'in_use', 'retired']),
          /** Who says why it is asked no more. */
          retired: z.object({ by: z.string(), at: instant, words: z.string() }).nullable(),
          versions: z.array(
            formVersion.extend({
              state: z.enum(['draft', 'in_use', 'former']),
              designedBy: z.string().nullable(),
              designedAt: instant,
              startedBy: z.string().nullable(),
              startedAt: instant.nullable(),
              can: z.object({ change: z.boolean(), start: z.boolean() }),
            }),
          ),
        }),
      ),
      concepts: z.array(
        z.object({
          key: z.string(),
          zh: z.string(),
          en: z.string(),
          aliases: z.array(z.string()),
          knownFrom: z.string().nullable(),
          form: z.string().nullable(),
          itemKey: z.string().nullable(),
        }),
      ),
      stages: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
      can: z.object({ design: z.boolean() }),
    }),
  }),
  nearness: endpoint({
    method: 'GET',
    path: '/api/reports/nearness',
    gate: 'reports.design',
    scope: null,
    summary: 'Whether the group knows or asks this already, by its concept or its wording',
    input: z.object({
      form: z.string().max(31).default(''),
      itemKey: z.string().max(31).default(''),
      concept: z.string().max(41).default(''),
      zh: z.string().max(60).default(''),
      en: z.string().max(60).default(''),
    }),
    output: z.object({ found: conceptFound.nullable() }),
  }),
  saveForm: endpoint({
    method: 'POST',
    path: '/api/reports/forms',
    gate: 'reports.design',
    scope: null,
    summary: 'Save the draft of a form; an item that the system knows or another form asks is refused with where',
    input: z.object({
      code,
      zh: name,
      en: name,
      filedFor: z.enum(filedFor),
      rhythm: z.enum(rhythms),
      due: dueRule,
      items: z.array(draftItem).min(1).max(60),
      /** Number of the draft that was looked at; null for a new one. */
      draftNo: z.number().int().positive().nullable().default(null),
    }),
    output: z.object({ code, no: z.number() }),
  }),
  startForm: endpoint({
    method: 'POST',
    path: '/api/reports/forms/:code/start',
    gate: 'reports.design',
    scope: null,
    summary: 'Put the draft of a form in use, by somebody who did not design it; phones have it at once',
    input: z.object({ code, no: z.number().int().positive() }),
    output: done,
  }),
  retireForm: endpoint({
    method: 'POST',
    path: '/api/reports/forms/:code/retirement',
    gate: 'reports.design',
    scope: null,
    summary: 'A form is asked no more; what was filed stays',
    input: z.object({ code, reason: words }),
    output: done,
  }),
};
