import { z } from 'zod';
import { categoryId, endpoint, instant, version } from './endpoint.ts';

/**
 * The door for city systems (Open311 GeoReport v2) as the security administrator sees it. The door itself,
 * `/open311/v2/…`, speaks the standard's own JSON and XML and is described in docs/open311.md.
 */
export const publicService = z.object({
  categoryId: z.number(),
  /** Stands for the description of every request of the category. */
  zh: z.string(),
  en: z.string(),
});

export const open311Settings = z.object({
  enabled: z.boolean(),
  /** Asked for in calls where it is set. */
  jurisdictionId: z.string().nullable(),
  services: z.array(publicService),
  /** Categories that may be made public: class normal. */
  eligible: z.array(z.number()),
  /** Sites whose place on the earth is known, of all sites. */
  placed: z.number(),
  sites: z.number(),
  version: z.number(),
  changedAt: instant.nullable(),
});
export type Open311Settings = z.infer<typeof open311Settings>;

const words = z.string().trim().min(2).max(500);

export const open311Endpoints = {
  settings: endpoint({
    method: 'GET',
    path: '/api/open311',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Whether city systems may file and follow, and which categories are public',
    input: z.object({}),
    output: open311Settings,
  }),
  save: endpoint({
    method: 'PUT',
    path: '/api/open311',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Switch the door for city systems, and choose what is public',
    input: z.object({
      version,
      enabled: z.boolean(),
      jurisdictionId: z
        .string()
        .trim()
        .max(100)
        .regex(/^[\w.-]*$/)
        .nullable(),
      services: z.array(z.object({ categoryId, zh: words, en: words })).max(200),
    }),
    output: open311Settings,
  }),
  savePlaces: endpoint({
    method: 'PUT',
    path: '/api/open311/places',
    gate: 'integrations.manage',
    scope: null,
    summary: 'Where sites lie: one line each, site code, latitude and longitude (WGS84)',
    input: z.object({ lines: z.string().trim().min(3).max(200_000) }),
    output: open311Settings,
  }),
};
