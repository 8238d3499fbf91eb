import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Holiday } from '../modules/clocks/index.ts';
import type { StaffWorld } from './people.ts';

interface Named {
  code: string;
  zh: string;
  en: string;
}

/** The fictional group of `world.yaml`; only the blocks the program loads today are typed. */
export interface World extends StaffWorld {
  group: Named & {
    zh_short: string;
    timezone: string;
    hotline_ext: string;
    care_line_ext: string;
    clue_line_ext: string;
  };
  sectors: Named[];
  lines: (Named & { class: string; ext: string })[];
  line_backups: { line: string; backup: string }[];
  units: (Named & { sector: string; zh_short: string; own_staff: number })[];
  sites: (Named & {
    unit: string;
    kind: string;
    heads: number;
    x: number;
    y: number;
    district: string;
    own: number;
    lifeline: boolean;
  })[];
  sla: { priority: string; ack_min: number; resolve_h: number; followup_h: number }[];
  category_level1: Named[];
  categories: (Named & {
    parent: string;
    priority: string;
    line: string;
    co_lines: string[];
    seal: string | null;
    relapse_d: number;
  })[];
  stages: (Named & { order: number; trigger_zh: string })[];
  stage_transitions: { from: string; to: string }[];
  /** What every stage starts from. phase: before, during, after; nature: political, business, service. */
  measures: (Named & {
    stage: string;
    phase: 'B' | 'D' | 'A';
    nature: 'P' | 'B' | 'S';
    line: string;
    level: 'group' | 'unit' | 'site';
    freq: string;
    ev: string;
    red: boolean;
  })[];
  /** Of `holidays.yaml`. */
  holidays: Holiday[];
  accounts: { login: string; role: string; label: string; unit: string | null; site: string | null }[];
  accounts_more: { login: string; role: string; label: string; unit: string | null; site: string | null }[];
  generator: {
    timeline: { from: number; stage: string }[];
    requests_per_1000_heads_per_day: Record<string, number>;
    hour_weights: number[];
    channel_mix: Record<string, number>;
    category_mix_S2: Record<string, number>;
    category_mix_S3: Record<string, number>;
    handling_hours_lognormal: { median_fraction_of_sla: number; sigma: number };
    unit_speed_factor: Record<string, number>;
    followup_reach: number;
    true_resolution: number;
    satisfaction_if_resolved: number[];
    satisfaction_if_not: number[];
    overrides: Record<string, Record<string, number | string>>;
    random_seed: number;
  };
  kb_articles: (Named & { category: string | null; keywords: string; body_zh: string; body_en: string })[];
  sample_requests: {
    category: string;
    /** Name of its topic among the sentences of the category; none where the category is sealed. */
    topic?: string;
    site: string;
    zh: string;
    requester_role: string;
    channel: string;
  }[];
}

/** Setting of a database that is being loaded, `loading`; once everything is there, `loaded`. */
export const demoSetting = 'demo_history';

export async function readWorld(rootFolder: string): Promise<World> {
  // Only whoever loads the demo reads it: the program that serves knows its logins alone.
  const { parse } = await import('yaml');
  const file = async (name: string): Promise<unknown> =>
    parse(await readFile(join(rootFolder, 'server', 'demo', name), 'utf8'));
  return { ...((await file('world.yaml')) as World), holidays: (await file('holidays.yaml')) as Holiday[] };
}

/** The named people of the story, in the order a newcomer meets them. */
export const demoLogins: readonly string[] = [
  'worker01',
  'worker02',
  'worker03',
  'op01',
  'op02',
  'site01',
  'site02',
  'site03',
  'disp01',
  'disp02',
  'disp00',
  'hand10',
  'hand11',
  'hand15',
  'u04-l11',
  'fu00',
  'fu01',
  'fu02',
  'fu03',
  'sup01',
  'sup02',
  'pan01',
  'pan02',
  'pan03',
  'liai04',
  'liai07',
  'lead04',
  'lead00',
  'lead01',
  'sys01',
  'sec01',
  'aud01',
];
