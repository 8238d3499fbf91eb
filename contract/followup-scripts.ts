import { z } from 'zod';
import { categoryId, done, endpoint, instant } from './endpoint.ts';

/** What the caller says: data with versions. A version is never changed; answers store the one that was read out. */

export const scriptPurposes = ['closure', 'withdrawn', 'again', 'visit'] as const;
export type ScriptPurpose = (typeof scriptPurposes)[number];

/** The lines of each script, in the order in which they are said. `{subject}` stands for what it was about. */
export const scriptLines = {
  closure: ['opening', 'contacted', 'answer', 'satisfied', 'speed', 'attitude', 'closing'],
  withdrawn: ['opening', 'contacted', 'answer', 'satisfied', 'speed', 'attitude', 'closing'],
  again: ['opening', 'contacted', 'answer', 'satisfied', 'speed', 'attitude', 'closing'],
  visit: ['opening', 'visit', 'closing'],
} as const satisfies Record<ScriptPurpose, readonly string[]>;

const sentence = z.string().trim().min(2).max(400);
/** Chinese, English. */
export const scriptText = z.record(z.string().max(20), z.tuple([sentence, sentence]));

export const script = z.object({
  purpose: z.enum(scriptPurposes),
  /** As answers store it: V1, V2 … */
  version: z.string(),
  lines: scriptText,
  madeBy: z.string().nullable(),
  madeAt: instant,
  /** Answers given under this version. */
  answers: z.number(),
});
export type Script = z.infer<typeof script>;

/** Hours after a confirmed closing at which somebody asks whether it stayed solved. */
export const visitRule = z.object({
  categoryId,
  afterHours: z.array(z.number().int().min(1).max(720)).max(4),
});

export const followupScriptEndpoints = {
  scripts: endpoint({
    method: 'GET',
    path: '/api/followups/scripts',
    gate: 'followups.call',
    scope: null,
    summary: 'All versions of all scripts, the newest of each first',
    input: z.object({}),
    output: z.object({ scripts: z.array(script) }),
  }),
  setScript: endpoint({
    method: 'POST',
    path: '/api/followups/scripts',
    gate: 'followups.plan',
    scope: null,
    summary: 'A new version of a script; calls opened from now on read it out',
    input: z.object({ purpose: z.enum(scriptPurposes), lines: scriptText }),
    output: z.object({ version: z.string() }),
  }),
  visitRules: endpoint({
    method: 'GET',
    path: '/api/followups/visit-rules',
    gate: 'followups.call',
    scope: null,
    summary: 'Which categories are asked again after they were confirmed, and when',
    input: z.object({}),
    output: z.object({ rules: z.array(visitRule) }),
  }),
  setVisitRule: endpoint({
    method: 'POST',
    path: '/api/followups/visit-rules',
    gate: 'followups.plan',
    scope: null,
    summary: 'When a category is asked again; an empty list asks nobody',
    input: visitRule,
    output: done,
  }),
};
