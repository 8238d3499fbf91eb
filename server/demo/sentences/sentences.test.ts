import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { roles } from '../../../contract/permissions.ts';
import { backgroundStaff, type StaffWorld } from '../people.ts';
import { between, pick, type Random } from '../random.ts';
import {
  composeLine,
  composeRequest,
  extensionReasons,
  longest,
  operatorAnswers,
  type Place,
  returnReasons,
  seeded,
  sentences,
  shortest,
  suspensionReasons,
} from './compose.ts';
import { composeDuplicate, duplicatePairs, reword } from './duplicates.ts';
import { composeHotTopic, hotTopics } from './hotTopics.ts';
import { filler } from './slots.ts';

interface World extends StaffWorld {
  sites: (StaffWorld['sites'][number] & Place)[];
  categories: { code: string; parent: string; seal: string | null }[];
  generator: { category_mix_S2: Record<string, number>; category_mix_S3: Record<string, number> };
}

const world = parse(readFileSync(new URL('../world.yaml', import.meta.url), 'utf8')) as World;
const open = world.categories.filter((c) => c.seal !== 'psych' && c.seal !== 'discipline');
const kinds = ['progress', 'handled', 'solved', 'notSolved'] as const;
const unfilled = /[{}[\]|]|undefined|NaN/;
const telephone = /\d(?:[\s-]?\d){6,}/;
const halfWidth = /[\u4e00-\u9fff][,:;?!]|[,:;?!][\u4e00-\u9fff]/;

function weighted(mix: Record<string, number>, random: Random): string {
  const parents = Object.entries(mix).filter(([parent]) => open.some((c) => c.parent === parent));
  let left = random() * parents.reduce((sum, [, share]) => sum + share, 0);
  const parent = parents.find(([, share]) => {
    left -= share;
    return left < 0;
  })?.[0];
  return pick(
    open.filter((c) => c.parent === parent),
    random,
  ).code;
}

function composeMany(count: number, seed: number): string[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => {
    const mix = i % 5 < 3 ? world.generator.category_mix_S2 : world.generator.category_mix_S3;
    const at = new Date(Date.UTC(2022, 3, 1) + between(0, 60 * 24 * 75, random) * 60_000);
    const by = random() < 0.75 ? 'worker' : 'officer';
    return composeRequest(weighted(mix, random), by, pick(world.sites, random), at, random);
  });
}

describe('request texts of the demo', () => {
  test('every unsealed category has at least 15 templates and lines of every kind', () => {
    expect(open).toHaveLength(40);
    for (const { code } of open) {
      const s = sentences[code];
      expect(s, code).toBeDefined();
      if (!s) continue;
      expect(new Set(s.request.map((t) => t.zh)).size, code).toBeGreaterThanOrEqual(15);
      expect(s.progress.length, code).toBeGreaterThanOrEqual(5);
      expect(s.handled.length, code).toBeGreaterThanOrEqual(5);
      expect(s.solved.length, code).toBeGreaterThanOrEqual(4);
      expect(s.notSolved.length, code).toBeGreaterThanOrEqual(5);
      for (const by of ['worker', 'officer'] as const)
        expect(s.request.filter((t) => !t.by || t.by === by).length, `${code} ${by}`).toBeGreaterThanOrEqual(8);
    }
  });

  test('a sealed category has no sentences, so nothing of it can enter the queue', () => {
    expect(Object.keys(sentences).sort()).toEqual(open.map((c) => c.code).sort());
    const at = new Date(Date.UTC(2022, 3, 1));
    for (const code of ['D01', 'D02', 'D03', 'D04', 'I03'])
      expect(() => composeRequest(code, 'worker', { kind: 'plant', zh: '东汀水厂' }, at, seeded(1))).toThrow();
  });

  test('of 9,000 texts weighted like the generator at least 85 percent are distinct', () => {
    const texts = composeMany(9000, 20220526);
    const share = new Set(texts).size / texts.length;
    expect(share).toBeGreaterThanOrEqual(0.85);
    for (const text of texts) {
      expect(text).not.toMatch(unfilled);
      expect(text).not.toMatch(telephone);
      expect(text).not.toMatch(halfWidth);
      expect(text.length).toBeGreaterThanOrEqual(shortest);
      expect(text.length).toBeLessThanOrEqual(longest);
    }
  });

  test('the same seed gives the same texts and another seed gives others', () => {
    expect(composeMany(300, 7)).toEqual(composeMany(300, 7));
    expect(composeMany(300, 7)).not.toEqual(composeMany(300, 8));
  });

  test('every template of every category fills completely at a site and at a plant', () => {
    const random = seeded(3);
    const at = new Date(Date.UTC(2022, 3, 9, 4));
    for (const [code, s] of Object.entries(sentences)) {
      for (const site of [pick(world.sites, random), pick(world.sites, random)]) {
        for (const t of s.request) {
          const text = filler(site, at, random)(t.zh);
          expect(text, code).not.toMatch(unfilled);
          expect(text.length, text).toBeLessThanOrEqual(longest);
        }
        for (const kind of kinds) {
          for (const line of s[kind]) expect(filler(null, null, random)(line), code).not.toMatch(unfilled);
          const line = composeLine(code, kind, random, site);
          expect(line).not.toMatch(unfilled);
          expect(line).not.toMatch(telephone);
          expect(line).not.toMatch(halfWidth);
        }
      }
    }
  });

  test('staff have at least six reasons or answers of every kind', () => {
    for (const list of [returnReasons, extensionReasons, suspensionReasons, operatorAnswers]) {
      expect(new Set(list).size).toBeGreaterThanOrEqual(6);
      for (const text of list) expect(text).not.toMatch(unfilled);
    }
  });
});

describe('planted hot topics and duplicates', () => {
  test('each of three hot topics speaks of its own sites in at least 12 different texts', () => {
    expect(hotTopics).toHaveLength(3);
    const random = seeded(5);
    for (const topic of hotTopics) {
      expect(open.map((c) => c.code)).toContain(topic.category);
      expect(new Set(topic.templates.map((t) => t.zh)).size).toBeGreaterThanOrEqual(12);
      expect(topic.toDay).toBeGreaterThanOrEqual(topic.fromDay);
      for (const code of topic.sites) {
        const site = world.sites.find((s) => s.code === code);
        expect(site, code).toBeDefined();
        if (!site) continue;
        for (let i = 0; i < 40; i++) {
          const text = composeHotTopic(
            topic,
            i % 3 ? 'worker' : 'officer',
            site,
            new Date(Date.UTC(2022, 4, 1, i)),
            random,
          );
          expect(text).not.toMatch(unfilled);
          expect(text.length).toBeLessThanOrEqual(longest);
        }
      }
    }
  });

  test('forty pairs say one need in two ways, and no pair is of a protected category', () => {
    expect(duplicatePairs).toHaveLength(40);
    const random = seeded(6);
    for (const pair of duplicatePairs) {
      expect(world.categories.find((c) => c.code === pair.category)?.seal, pair.category).toBeNull();
      const made = composeDuplicate(pair, pick(world.sites, random), new Date(Date.UTC(2022, 4, 2, 1)), random);
      expect(made.original).not.toBe(made.reworded);
      expect(`${made.original}${made.reworded}`).not.toMatch(unfilled);
      expect(made.reworded.length).toBeLessThanOrEqual(longest);
      const again = reword(made.original, pair.category, random);
      expect(again).not.toBe(made.original);
      expect(again).not.toMatch(unfilled);
    }
  });

  test('any other text can be reworded too', () => {
    const random = seeded(9);
    for (const text of composeMany(300, 11)) {
      const again = reword(text, 'X99', random);
      expect(again).not.toBe(text);
      expect(again).not.toMatch(unfilled);
    }
  });
});

describe('background staff', () => {
  const staff = backgroundStaff(world);

  test('about 400 people with unique logins and staff numbers that no world account has', () => {
    expect(staff.length).toBeGreaterThanOrEqual(370);
    expect(staff.length).toBeLessThanOrEqual(430);
    const taken = [...(world.accounts ?? []), ...(world.accounts_more ?? [])].map((a) => a.login);
    expect(new Set([...taken, ...staff.map((s) => s.login)]).size).toBe(taken.length + staff.length);
    expect(new Set(staff.map((s) => s.staffNo)).size).toBe(staff.length);
    expect(new Set(staff.map((s) => s.label)).size).toBe(staff.length);
    expect(backgroundStaff(world)).toEqual(staff);
  });

  test('every site has an officer, every unit a handler for eight lines, head office one for every line', () => {
    for (const site of world.sites)
      expect(staff.some((s) => s.role === 'site_officer' && s.site === site.code)).toBe(true);
    for (const unit of world.units)
      expect(new Set(staff.filter((s) => s.role === 'handler' && s.unit === unit.code).map((s) => s.line)).size).toBe(
        8,
      );
    expect(staff.filter((s) => s.role === 'handler' && !s.unit)).toHaveLength(world.lines.length);
    for (const person of staff) {
      expect(roles).toContain(person.role);
      expect(person.login).toMatch(/^[a-z0-9-]{2,40}$/);
      expect(`${person.label}${person.staffNo}`).not.toMatch(/\d{7,}/);
    }
  });
});
