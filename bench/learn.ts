/**
 * Learns `server/modules/likeness/learnt.json` from the development pairs, which were written apart from those that are
 * measured: `npx tsx bench/learn.ts` prints a cross-validation;
 * `npx tsx bench/learn.ts write`, then `npx tsx bench/learn.ts trees` counts and learns anew.
 * Boosted trees of two levels on a logistic loss. Folds are groups of pairs: the texts of one need are never on both sides.
 */
import { writeFile } from 'node:fs/promises';
import { seeded } from '../server/demo/random.ts';
import { sentences } from '../server/demo/sentences/compose.ts';
import { filler } from '../server/demo/sentences/slots.ts';
import { features, namesOf } from '../server/modules/likeness/features.ts';
import type { Learnt, Tree } from '../server/modules/likeness/learnt.ts';
import { meaningOf } from '../server/modules/likeness/meaning.ts';
import { type Pair, readPairs, sideOf } from './pairs.ts';

interface Example {
  group: number;
  kind: 'told twice' | 'look-alike' | 'told again' | 'strangers' | 'one topic' | 'two topics' | 'other crew';
  values: Record<string, number>;
  same: 0 | 1;
  weight: number;
}

const settings = { bags: 4, trees: 200, depth: 2, rate: 0.08, fewest: 5, penalty: 2, columns: 0.5, cuts: 24 };
/** A name in fewer texts is as rare as one in none. */
const fewestCounted = 3;

const target = new URL('../server/modules/likeness/learnt.json', import.meta.url);

const rewordings = await readPairs('development-rewordings');
const lookAlikes = (await readPairs('development-look-alikes')).filter((pair) => pair.a.site === pair.b.site);

/** How often words and characters stand in what people ask: the demo's sentences and the development pairs. */
function countNames(): Omit<Learnt, 'trees'> {
  const random = seeded(1);
  const asked = Object.values(sentences).flatMap((topics) =>
    Object.values(topics).flatMap(({ request }) =>
      request.flatMap(({ zh }) => [zh, zh].map((template) => filler(null, null, random)(template))),
    ),
  );
  const texts = [...asked, ...rewordings.flatMap(({ a, b }) => [a.text, b.text])];
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const name of new Set(namesOf(meaningOf(text)))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return { texts: texts.length, counts: Object.fromEntries([...counts].filter(([, n]) => n >= fewestCounted)) };
}

const exampleOf = (pair: Pair, kind: Example['kind'], weight = 1): Example => ({
  group: Number(/\d+/.exec(pair.id)![0]),
  kind,
  values: features(sideOf(pair.a), sideOf(pair.b)),
  same: kind === 'told twice' || kind === 'told again' || kind === 'one topic' ? 1 : 0,
  weight,
});

const polite = ['麻烦', '你好，', '请问，', '师傅，'];
const endings = ['，请尽快处理', '，麻烦了', '，谢谢', '，急', '，什么时候能解决'];

/** Told again with next to the same words: the written pairs are far apart on purpose, and life is not. */
function again(pair: Pair, i: number): Pair {
  const { text } = pair.b;
  const clauses = text.split('，');
  const begun = `${polite[i % polite.length]}${text}`;
  const ended = `${text}${endings[i % endings.length]}`;
  const shorter = clauses.length > 2 ? clauses.slice(0, 2).join('，') : begun;
  return { ...pair, a: pair.b, b: { ...pair.b, text: [begun, ended, shorter][i % 3]! } };
}

/** Needs that have nothing to do with each other but the category: of these there are most in life. */
const strangers = (): Pair[] =>
  rewordings.flatMap((pair, i) =>
    rewordings
      .slice(i + 1)
      .filter((other) => other.a.category === pair.a.category)
      .flatMap((other) => [
        { ...pair, b: other.a },
        { ...pair, b: other.b },
        { ...pair, a: pair.b, b: other.b },
      ]),
  );

/** Whom or what a sentence of the demo names: with another of these it is another need. */
const naming = ['crew', 'room', 'work', 'material', 'machine', 'trade'] as const;
const slotsIn = (template: string): string[] => naming.filter((name) => template.includes(`{${name}}`));

/**
 * From the demo's own sentences (not its planted duplicates): two of one topic that name the same crew or room are one
 * need, two of different topics are not, nor is one of them said of another crew. Roughly so: they weigh less.
 */
function fromTopics(): Example[] {
  const random = seeded(2);
  const found: Example[] = [];
  const weight = 0.3;
  for (const [category, topics] of Object.entries(sentences)) {
    const templates = Object.entries(topics).flatMap(([topic, { request }]) =>
      request.filter(({ zh }) => slotsIn(zh).length > 0).map(({ zh }) => ({ topic, zh })),
    );
    for (const [i, one] of templates.entries())
      for (const other of templates.slice(i)) {
        const shared = slotsIn(one.zh).filter((name) => slotsIn(other.zh).includes(name));
        if (shared.length === 0) continue;
        const values = new Map<string, string>();
        const side = (text: string): Pair['a'] => ({ category, site: '', text });
        const pairOf = (a: string, b: string): Pair => ({ id: `W${found.length}`, a: side(a), b: side(b), hours: 1 });
        const a = filler(null, null, random, values)(one.zh);
        if (one === other) {
          const b = filler(null, null, random)(one.zh);
          const [x, y] = [sideOf(side(a)), sideOf(side(b))];
          if (x.meaning.plain !== y.meaning.plain && shared.every((name) => !b.includes(values.get(name)!)))
            found.push(exampleOf(pairOf(a, b), 'other crew', weight));
        } else
          found.push(
            exampleOf(
              pairOf(a, filler(null, null, random, values)(other.zh)),
              one.topic === other.topic ? 'one topic' : 'two topics',
              weight,
            ),
          );
      }
  }
  return found;
}

const examplesOf = (): Example[] => [
  ...rewordings.map((pair) => exampleOf(pair, 'told twice')),
  ...lookAlikes.map((pair) => exampleOf(pair, 'look-alike')),
  ...rewordings.filter((_, i) => i % 2 === 0).map((pair, i) => exampleOf(again(pair, i), 'told again')),
  ...strangers().map((pair) => exampleOf(pair, 'strangers', 0.5)),
  ...fromTopics(),
];

const grown = (tree: Tree, values: Record<string, number>): number =>
  'feature' in tree ? grown(values[tree.feature]! <= tree.upTo ? tree.low : tree.high, values) : tree.adds;

const likelihood = (trees: readonly Tree[], values: Record<string, number>): number =>
  1 / (1 + Math.exp(-trees.reduce((sum, tree) => sum + grown(tree, values), 0)));

function boostOnce(examples: Example[], seed: number): Tree[] {
  const random = seeded(seed);
  const names = Object.keys(examples[0]!.values);
  const cutsOf = new Map(
    names.map((name) => {
      const seen = [...new Set(examples.map(({ values }) => values[name]!))].sort((a, b) => a - b);
      const step = Math.max(1, Math.floor(seen.length / settings.cuts));
      return [
        name,
        seen.flatMap((value, i) => (i % step === 0 && i + 1 < seen.length ? [(value + seen[i + 1]!) / 2] : [])),
      ];
    }),
  );
  const sums = examples.map(() => 0);
  const trees: Tree[] = [];
  for (let round = 0; round < settings.trees; round++) {
    const p = sums.map((sum) => 1 / (1 + Math.exp(-sum)));
    const slope = examples.map(({ weight, same }, i) => weight * (same - p[i]!));
    const bend = examples.map(({ weight }, i) => weight * p[i]! * (1 - p[i]!));
    const total = (of: number[], rows: number[]): number => rows.reduce((sum, i) => sum + of[i]!, 0);
    const worth = (g: number, h: number): number => (g * g) / (h + settings.penalty);
    const grow = (rows: number[], depth: number): Tree => {
      const [g, h] = [total(slope, rows), total(bend, rows)];
      const leaf: Tree = { adds: Number(((settings.rate * g) / (h + settings.penalty)).toFixed(4)) };
      if (depth === 0 || rows.length < 2 * settings.fewest) return leaf;
      let best = { gain: 1e-3, feature: '', upTo: 0 };
      for (const feature of names.filter(() => random() < settings.columns))
        for (const upTo of cutsOf.get(feature)!) {
          let [gLow, hLow, low] = [0, 0, 0];
          for (const i of rows)
            if (examples[i]!.values[feature]! <= upTo) {
              gLow += slope[i]!;
              hLow += bend[i]!;
              low++;
            }
          if (low < settings.fewest || rows.length - low < settings.fewest) continue;
          const gain = worth(gLow, hLow) + worth(g - gLow, h - hLow) - worth(g, h);
          if (gain > best.gain) best = { gain, feature, upTo };
        }
      if (!best.feature) return leaf;
      const upTo = Number(best.upTo.toFixed(5));
      const isLow = (i: number): boolean => examples[i]!.values[best.feature]! <= upTo;
      return {
        feature: best.feature,
        upTo,
        low: grow(rows.filter(isLow), depth - 1),
        high: grow(
          rows.filter((i) => !isLow(i)),
          depth - 1,
        ),
      };
    };
    const tree = grow([...examples.keys()], settings.depth);
    trees.push(tree);
    for (const [i, { values }] of examples.entries()) sums[i]! += grown(tree, values);
  }
  return trees;
}

const scaled = (tree: Tree, by: number): Tree =>
  'feature' in tree
    ? { ...tree, low: scaled(tree.low, by), high: scaled(tree.high, by) }
    : { adds: Number((tree.adds * by).toFixed(4)) };

/** The mean of a few that drew other columns: steadier than any of them. */
const boost = (examples: Example[]): Tree[] =>
  Array.from({ length: settings.bags }, (_, seed) => boostOnce(examples, seed + 1))
    .flat()
    .map((tree) => scaled(tree, 1 / settings.bags));

function crossValidate(examples: Example[]): void {
  const folds = 5;
  const scored: { p: number; kind: Example['kind'] }[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const trees = boost(examples.filter(({ group }) => group % folds !== fold));
    for (const { group, kind, values } of examples)
      if (group % folds === fold) scored.push({ p: likelihood(trees, values), kind });
  }
  const foundOf = (kind: Example['kind'], threshold: number): number =>
    scored.filter((one) => one.kind === kind && one.p >= threshold).length;
  const allOf = (kind: Example['kind']): number => scored.filter((one) => one.kind === kind).length;
  for (const threshold of [0.3, 0.35, 0.4, 0.5, 0.6, 0.7]) {
    const right = foundOf('told twice', threshold);
    const wrong = foundOf('look-alike', threshold);
    const part = (kind: Example['kind']): string => `${kind} ${(foundOf(kind, threshold) / allOf(kind)).toFixed(3)}`;
    process.stdout.write(
      `${threshold}: precision ${(right / (right + wrong)).toFixed(3)}, found of ${part('told twice')}, ${part('told again')}, ${part('strangers')}, ${part('one topic')}, ${part('two topics')}, ${part('other crew')}\n`,
    );
  }
}

/** A count and a tree a line, so that a change of a few shows as a few. */
function writeLearnt({ texts, counts, trees }: Learnt): Promise<void> {
  const lines = (each: string[]): string => each.map((line) => `\n    ${line}`).join(',');
  const counted = Object.entries(counts).map(([name, n]) => `${JSON.stringify(name)}: ${n}`);
  const grown = trees.map((tree) => JSON.stringify(tree));
  return writeFile(
    target,
    `{\n  "texts": ${texts},\n  "counts": {${lines(counted)}\n  },\n  "trees": [${lines(grown)}\n  ]\n}\n`,
  );
}

if (process.argv[2] === 'write') {
  // The features need the counts: written first, then read by the run that learns.
  const counted = countNames();
  await writeLearnt({ ...counted, trees: [{ adds: 0 }] });
  const names = Object.keys(counted.counts).length;
  process.stdout.write(`${counted.texts} texts, ${names} names counted; now: npx tsx bench/learn.ts trees\n`);
} else {
  const examples = examplesOf();
  crossValidate(examples);
  if (process.argv[2] === 'trees') await writeLearnt({ ...countNames(), trees: boost(examples) });
}
