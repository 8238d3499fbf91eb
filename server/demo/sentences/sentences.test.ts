import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { roles } from '../../../contract/permissions.ts';
import { backgroundStaff, type StaffWorld } from '../people.ts';
import { between, pick, type Random } from '../random.ts';
import {
  composeAnswer,
  composeHandled,
  composeProgress,
  composeRequest,
  composeVerdict,
  longest,
  type Place,
  seeded,
  sentences,
  shortest,
  type Template,
  type Topic,
} from './compose.ts';
import { composeDuplicate, duplicatePairs, reword } from './duplicates.ts';
import { composeHotTopic, hotTopics } from './hotTopics.ts';
import { filler } from './slots.ts';
import { extensionReasons, fits, returnReasons, summaries, suspensionReasons } from './staff.ts';

interface World extends StaffWorld {
  sites: (StaffWorld['sites'][number] & Place)[];
  categories: { code: string; parent: string; seal: string | null }[];
  generator: { category_mix_S2: Record<string, number>; category_mix_S3: Record<string, number> };
}

const world = parse(readFileSync(new URL('../world.yaml', import.meta.url), 'utf8')) as World;
const open = world.categories.filter((c) => c.seal !== 'psych' && c.seal !== 'discipline');
const at = new Date(Date.UTC(2022, 3, 9, 4));
const topics = Object.entries(sentences).flatMap(([code, byName]) =>
  Object.entries(byName).map(([name, topic]) => ({ code, name, topic })),
);
const said = (lines: readonly (string | Template)[]): string[] =>
  lines.map((line) => (typeof line === 'string' ? line : line.zh));
const linesOf = (topic: Topic): string[] =>
  [topic.progress, topic.handled, topic.solved, topic.notSolved, topic.answer ?? []].flatMap(said);
/** Does this text come from this template? Slots and choices stand for anything. */
const comesFrom = (template: string, text: string): boolean =>
  new RegExp(
    `^${template
      .replace(/\[[^[\]]*\]|\{\w+\}/g, '\u0000')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('\u0000', '.*')}$`,
  ).test(text);
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
    return composeRequest(weighted(mix, random), by, pick(world.sites, random), at, random).text;
  });
}

describe('request texts of the demo', () => {
  test('every unsealed category has at least 15 templates, and every topic lines of every kind', () => {
    expect(open).toHaveLength(40);
    for (const { code } of open) {
      const own = topics.filter((one) => one.code === code);
      const requests = own.flatMap((one) => one.topic.request);
      expect(new Set(requests.map((t) => t.zh)).size, code).toBeGreaterThanOrEqual(15);
      for (const by of ['worker', 'officer'] as const) {
        expect(requests.filter((t) => !t.by || t.by === by).length, `${code} ${by}`).toBeGreaterThanOrEqual(8);
        for (const { name, topic } of own) {
          if (!topic.request.some((t) => !t.by || t.by === by)) continue;
          for (const kind of ['solved', 'notSolved'] as const)
            expect(
              topic[kind].some((t) => !t.by || t.by === by),
              `${code} ${name} ${by} ${kind}`,
            ).toBe(true);
        }
      }
    }
    for (const { code, name, topic } of topics) {
      expect(topic.progress.length, `${code} ${name}`).toBeGreaterThan(0);
      expect(topic.handled.length, `${code} ${name}`).toBeGreaterThan(0);
    }
  });

  test('what is done about a need is of the topic it was told from, never of another', () => {
    const random = seeded(17);
    for (const { code } of open) {
      for (let i = 0; i < 60; i++) {
        const by = i % 3 ? 'worker' : 'officer';
        const { story } = composeRequest(code, by, pick(world.sites, random), at, random);
        const found = topics.find((one) => one.topic === story.lines);
        expect(found?.code).toBe(code);
        const handled = composeHandled(story, at, 'solved');
        expect(
          found?.topic.handled.some((line) => comesFrom(line, handled)),
          `${found?.name}: ${handled}`,
        ).toBe(true);
        const again = composeHandled(story, at, 'solved', true);
        expect(again).not.toBe(handled);
        for (const solved of [true, false]) {
          const words = composeVerdict(story, at, solved, 'solved');
          expect(said(found?.topic[solved ? 'solved' : 'notSolved'] ?? []).some((line) => comesFrom(line, words))).toBe(
            true,
          );
        }
      }
    }
  });

  test('what is said later names the count and the place the need was told with', () => {
    const random = seeded(23);
    let compared = 0;
    for (let i = 0; i < 400; i++) {
      const { text, story } = composeRequest('B04', 'officer', pick(world.sites, random), at, random);
      const box = story.values.get('box');
      if (!box || !text.includes(`${box}套`)) continue;
      compared++;
      composeHandled(story, at, 'solved');
      expect(story.values.get('box')).toBe(box);
    }
    expect(compared).toBeGreaterThan(5);
  });

  test('nobody says the same progress twice, and nobody claims to have mended what was only explained', () => {
    const random = seeded(29);
    for (const { code } of open) {
      const { story } = composeRequest(code, 'worker', pick(world.sites, random), at, random);
      const on = [false, false, false, true].map((again) => composeProgress(story, at, again));
      expect(new Set(on).size, on.join(' / ')).toBe(on.length);
      const own = [...said(story.lines.handled), ...said(story.lines.solved)];
      for (const text of [composeHandled(story, at, 'explained'), composeVerdict(story, at, true, 'explained')])
        expect(
          own.some((line) => comesFrom(line, text)),
          text,
        ).toBe(false);
    }
  });

  test('a sealed category has no sentences, so nothing of it can enter the queue', () => {
    expect(Object.keys(sentences).sort()).toEqual(open.map((c) => c.code).sort());
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
    for (const { code, name, topic } of topics) {
      for (const site of [pick(world.sites, random), pick(world.sites, random)]) {
        for (const t of topic.request) {
          const text = filler(site, at, random)(t.zh);
          expect(text, code).not.toMatch(unfilled);
          expect(text.length, text).toBeLessThanOrEqual(longest);
        }
        for (const line of linesOf(topic)) {
          const text = filler(site, at, random)(line);
          expect(text, `${code} ${name}`).not.toMatch(unfilled);
          expect(text).not.toMatch(telephone);
          expect(text).not.toMatch(halfWidth);
        }
      }
    }
  });

  test('a question an operator can settle is answered in words of its own topic, nothing else is', () => {
    const random = seeded(31);
    for (let i = 0; i < 200; i++) {
      const { story } = composeRequest(i % 2 ? 'E01' : 'A02', 'worker', pick(world.sites, random), at, random);
      expect(composeAnswer(story, at) === null).toBe(story.lines.answer === undefined);
    }
  });

  test('for every category there are reasons to ask for time or to pause, and a 转办摘要 where handlers may not read the original', () => {
    for (const { code, seal } of open) {
      expect(extensionReasons.filter((one) => fits(one, code)).length, code).toBeGreaterThan(0);
      expect(suspensionReasons.filter((one) => fits(one, code)).length, code).toBeGreaterThan(0);
      if (seal !== 'health') expect(summaries[code], code).toMatch(/。$/);
    }
    for (const { text } of [...extensionReasons, ...suspensionReasons, ...returnReasons])
      expect(text).not.toMatch(unfilled);
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
          const { text, story } = composeHotTopic(
            topic,
            i % 3 ? 'worker' : 'officer',
            site,
            new Date(Date.UTC(2022, 4, 1, i)),
            random,
          );
          expect(text).not.toMatch(unfilled);
          expect(text.length).toBeLessThanOrEqual(longest);
          expect(story.lines).toBe(topic.lines);
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
      const [original, reworded] = [made.original.text, made.reworded.text];
      expect(original).not.toBe(reworded);
      expect(`${original}${reworded}`).not.toMatch(unfilled);
      expect(reworded.length).toBeLessThanOrEqual(longest);
      expect(made.original.story.lines).toBe(made.reworded.story.lines);
      const again = reword(original, pair.category, random);
      expect(again).not.toBe(original);
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
