import { z } from 'zod';
import { endpoint, named, nodeId } from './endpoint.ts';

export const nodeKinds = ['group', 'sector', 'unit', 'site'] as const;

export const node = named.extend({
  kind: z.enum(nodeKinds),
  parentId: z.number().nullable(),
  siteKind: z.enum(['construction', 'plant']).nullable(),
  heads: z.number().nullable(),
  /** Pinyin initials of the Chinese name, for type-ahead. */
  initials: z.string(),
});
export const line = named.extend({
  class: z.enum(['party', 'business', 'oversight']),
  ext: z.string().nullable(),
  backupId: z.number().nullable(),
});
export const recordClasses = ['normal', 'personal', 'health', 'psych', 'discipline'] as const;
export const priorities = ['urgent', 'high', 'normal24', 'normal48', 'normal72'] as const;
export const category = named.extend({
  parentId: z.number().nullable(),
  parentCode: z.string().nullable(),
  priority: z.enum(priorities).nullable(),
  lineId: z.number().nullable(),
  coLineIds: z.array(z.number()),
  recordClass: z.enum(recordClasses),
  relapseDays: z.number().nullable(),
  /** Whom to ring: shown first for urgent categories, and instead of the form for sealed ones (rules 5). */
  ring: z.array(z.object({ label: z.object({ zh: z.string(), en: z.string() }), number: z.string() })),
});

/** What a visitor is told before anything is promised in person: the hours to *handled*, counted as `workingTime` says. */
export const publicCategory = category.extend({ resolveHours: z.number().nullable() });
export const publicSite = z.object({
  id: z.number(),
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  unitZh: z.string(),
  unitEn: z.string(),
  /** In the stage in force here, clocks that are neither urgent nor high run in working time (rules 4). */
  workingTime: z.boolean(),
});

export type Node = z.infer<typeof node>;
export type Line = z.infer<typeof line>;
export type Category = z.infer<typeof category>;

export const group = z.object({
  zh: z.string(),
  en: z.string(),
  short: z.string(),
  timezone: z.string(),
  hotline: z.string(),
  careLine: z.string(),
  oversightLine: z.string(),
  demo: z.boolean(),
});

const nothing = z.object({});

/** Reference data every page needs: one request at start, cached by entity tag. */
export const organizationEndpoints = {
  directory: endpoint({
    method: 'GET',
    path: '/api/directory',
    gate: 'signedIn',
    scope: 'requests:read',
    summary: 'The group, its units and sites, lines and request categories',
    input: nothing,
    output: z.object({
      group,
      nodes: z.array(node),
      lines: z.array(line),
      categories: z.array(category),
      stage: z
        .object({ code: z.string(), zh: z.string(), en: z.string(), since: z.string(), day: z.number() })
        .nullable(),
    }),
  }),
  /** What an anonymous visitor may know: category tree, group name, numbers to ring; sites only by their QR token. */
  publicDirectory: endpoint({
    method: 'GET',
    path: '/api/public/directory',
    gate: 'public',
    scope: null,
    summary: 'What a visitor without an account needs to ask for help',
    input: nothing,
    output: z.object({
      group,
      categories: z.array(publicCategory),
      sites: z.array(publicSite),
      /** As `workingTime` of a site, for the group: where the site is not known yet. */
      workingTime: z.boolean(),
    }),
  }),
  point: endpoint({
    method: 'GET',
    path: '/api/public/points/:token',
    gate: 'public',
    scope: null,
    summary: 'The site and point a QR code stands for',
    input: z.object({ token: z.string().max(80) }),
    output: z.object({
      site: publicSite,
      point: z.object({ id: z.number(), zh: z.string(), en: z.string() }).nullable(),
    }),
  }),
  points: endpoint({
    method: 'GET',
    path: '/api/sites/:siteId/points',
    gate: 'organization.read',
    scope: null,
    summary: 'Points of a site with the QR token of each',
    input: z.object({ siteId: nodeId }),
    output: z.object({
      points: z.array(z.object({ id: z.number(), zh: z.string(), en: z.string(), token: z.string(), url: z.string() })),
    }),
  }),
};
