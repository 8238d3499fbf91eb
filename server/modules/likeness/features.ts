import { counts, texts } from './learnt.ts';
import type { Meaning } from './meaning.ts';

/** One side of a comparison. */
export interface Compared {
  meaning: Meaning;
  categoryId: number | string;
  firstCategoryId: number | string;
}

/** How seldom a word, a character or a pair of them is: natural logarithm of texts per text that has it. */
const rarityOf = (n: number): number => Math.log((texts + 1) / (n + 0.5));
const rarities = new Map(Object.entries(counts).map(([name, n]) => [name, rarityOf(n)]));
const rarest = rarityOf(0);
/** Of a name as it was counted: `t/meal`, `p/short`, `k/早`. */
export const rarity = (name: string): number => rarities.get(name) ?? rarest;

/** Rarity at which a figure stands at about one. */
const rare = 7;

/** `thing.part` and `thing` agree; its sisters and strangers do not. */
function alike(a: string, b: string): number {
  if (a === b) return 1;
  if (!a.includes('.') && !b.includes('.')) return 0;
  if (a.startsWith(`${b}.`) || b.startsWith(`${a}.`)) return 0.7;
  const dot = a.indexOf('.');
  return dot > 0 && b.startsWith(a.slice(0, dot + 1)) ? 0.15 : 0;
}

function closest(one: string, others: readonly string[]): number {
  let best = 0;
  for (const other of others) best = Math.max(best, alike(one, other));
  return best;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

interface Agreement {
  /** Of all that is named, how much both name: 0 to 1; 0 where one side names nothing. */
  share: number;
  /** Of what the side names that says less, how much the other names too. */
  covered: number;
  /** Both name something, and nothing in common. */
  against: number;
  /** How much one side names alone, the side that has more of it. */
  lone: number;
}

function agreement(a: readonly string[], b: readonly string[]): Agreement {
  if (a.length === 0 || b.length === 0) return { share: 0, covered: 0, against: 0, lone: Math.max(a.length, b.length) };
  const fromA = a.map((one) => closest(one, b));
  const fromB = b.map((one) => closest(one, a));
  return {
    share: (sum(fromA) + sum(fromB)) / (a.length + b.length),
    covered: Math.max(sum(fromA) / a.length, sum(fromB) / b.length),
    against: Math.max(...fromA) < 0.5 ? 1 : 0,
    lone: Math.max(a.length - sum(fromA), b.length - sum(fromB)),
  };
}

/** 1: something in common; −1: both say something, and nothing in common; 0: one is silent. */
export function slots<T>(a: readonly T[], b: readonly T[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  return a.some((one) => b.includes(one)) ? 1 : -1;
}

/** Numbers of one kind contradict each other: an hour says nothing about a number of days, a floor nothing about a house. */
export function numbered(a: readonly string[], b: readonly string[]): number {
  const kindsOf = (list: readonly string[]): Set<string> => new Set(list.map((one) => one.split(' ')[0]!));
  const common = [...kindsOf(a)].filter((kind) => kindsOf(b).has(kind));
  const of = (list: readonly string[]): string[] => list.filter((one) => common.includes(one.split(' ')[0]!));
  return slots(of(a), of(b));
}

const overlap = (a: Set<string>, b: Set<string>): number => {
  let both = 0;
  for (const one of a) if (b.has(one)) both++;
  return both / (a.size + b.size - both || 1);
};

/** Characters in the longest stretch both texts have. */
function longestRun(a: string, b: string): number {
  let longest = 0;
  // Runs that end at each character of b, for the character of a before.
  const runs = new Uint16Array(b.length + 1);
  for (let i = 0; i < a.length; i++)
    for (let j = b.length - 1; j >= 0; j--) {
      const run = a.charCodeAt(i) === b.charCodeAt(j) ? runs[j]! + 1 : 0;
      runs[j + 1] = run;
      if (run > longest) longest = run;
    }
  return longest;
}

/** Of what one text says, weighed by rarity, how much the other says too; −1 where it says nothing. */
function covering(a: readonly string[], b: readonly string[], prefix: string): number {
  let all = 0;
  let both = 0;
  for (const one of a) {
    const weight = rarity(prefix + one);
    all += weight;
    both += weight * closest(one, b);
  }
  return all === 0 ? -1 : both / all;
}

/** What one spells, by rarity: characters in every third text say nothing. Kept for as long as its meaning is. */
interface Spelled {
  weights: Map<string, number>;
  total: number;
}
const spelled = { characters: new WeakMap<Meaning, Spelled>(), pairs: new WeakMap<Meaning, Spelled>() };

function spell(m: Meaning, what: 'characters' | 'pairs'): Spelled {
  let known = spelled[what].get(m);
  if (!known) {
    const prefix = what === 'characters' ? 'k/' : 'b/';
    const weights = new Map([...m[what]].map((one) => [one, Math.max(0, rarity(prefix + one) - 1)]));
    known = { weights, total: sum([...weights.values()]) };
    spelled[what].set(m, known);
  }
  return known;
}

/** Of each text's spelling how much the other has too, the less and the more; −1 where one has none. */
function spelling(x: Meaning, y: Meaning, what: 'characters' | 'pairs'): [number, number] {
  const [a, b] = [spell(x, what), spell(y, what)];
  let both = 0;
  for (const [one, weight] of a.weights) if (b.weights.has(one)) both += weight;
  return lessAndMore(a.total === 0 ? -1 : both / a.total, b.total === 0 ? -1 : both / b.total);
}

/** The rarest character both texts have. */
function rarestCharacter(x: Meaning, y: Meaning): number {
  const other = spell(y, 'characters').weights;
  let found = 0;
  for (const one of spell(x, 'characters').weights.keys())
    if (other.has(one)) found = Math.max(found, rarity(`k/${one}`));
  return found / rare;
}

const rarestShared = (a: readonly string[], b: readonly string[], prefix: string): number =>
  Math.max(0, ...a.filter((one) => b.includes(one)).map((one) => rarity(prefix + one))) / rare;

const lessAndMore = (a: number, b: number): [number, number] => [Math.min(a, b), Math.max(a, b)];
const upTo4 = (value: number): number => Math.min(value, 4) / 4;
const yes = (holds: boolean): number => (holds ? 1 : 0);

const questions = new Set(['when', 'how', 'where', 'what', 'whether', 'why', 'who']);
const tones = ['praise', 'suggest'];

/** Names of everything a text says, as the counts know them. */
export const namesOf = (m: Meaning): string[] => [
  ...m.things.map((one) => `t/${one}`),
  ...m.troubles.map((one) => `p/${one}`),
  ...m.spots.map((one) => `s/${one}`),
  ...m.crews.map((one) => `c/${one}`),
  ...[...m.characters].map((one) => `k/${one}`),
  ...[...m.pairs].map((one) => `b/${one}`),
];

/** What speaks for and against two texts telling of one need, named. Symmetric; pure. */
export function features(a: Compared, b: Compared): Record<string, number> {
  const [x, y] = [a.meaning, b.meaning];
  const wrong = (m: Meaning): string[] => m.troubles.filter((one) => !questions.has(one) && !tones.includes(one));
  const asked = (m: Meaning): string[] => m.troubles.filter((one) => questions.has(one));
  const [xt, yt, xa, ya] = [wrong(x), wrong(y), asked(x), asked(y)];
  const thing = agreement(x.things, y.things);
  const trouble = agreement(xt, yt);
  const spot = agreement(x.spots, y.spots);
  const crew = agreement(x.crews, y.crews);
  const place = numbered(x.places, y.places);
  const count = slots(x.counts, y.counts);
  const time = numbered(x.times, y.times);
  const meal = slots(x.meals, y.meals);
  const ask = slots(xa, ya);
  const literal = overlap(x.pairs, y.pairs);
  const run = longestRun(x.plain, y.plain) / Math.max(1, Math.min(x.plain.length, y.plain.length));
  const clause = Math.max(x.clauses.length, y.clauses.length) > 1 && x.clauses.some((one) => y.clauses.includes(one));
  // Characters no word explains, and how many of them stand in the other text.
  const inY = x.rest.filter((one) => y.characters.has(one)).length;
  const inX = y.rest.filter((one) => x.characters.has(one)).length;
  const rests = x.rest.length + y.rest.length;
  const loneRest = Math.max(x.rest.length - inY, y.rest.length - inX);
  const said = [...x.things, ...xt, ...x.crews, ...x.spots, ...x.meals, ...x.places];
  const answered = [...y.things, ...yt, ...y.crews, ...y.spots, ...y.meals, ...y.places];
  // Each side says something the other does not: one thing in the place of another.
  const replaced = Math.min(
    said.filter((one) => !answered.includes(one)).length + x.rest.length - inY,
    answered.filter((one) => !said.includes(one)).length + y.rest.length - inX,
  );
  const contradicted = yes(place < 0) + yes(count < 0) + yes(meal < 0) + crew.against + thing.against;
  const things = lessAndMore(covering(x.things, y.things, 't/'), covering(y.things, x.things, 't/'));
  const troubles = lessAndMore(covering(x.troubles, y.troubles, 'p/'), covering(y.troubles, x.troubles, 'p/'));
  const characters = spelling(x, y, 'characters');
  const pairs = spelling(x, y, 'pairs');
  return {
    sameCategory: yes(a.categoryId === b.categoryId),
    sameFirstCategory: yes(a.firstCategoryId === b.firstCategoryId),
    thingsShared: thing.share,
    thingsCovered: thing.covered,
    thingsAgainst: thing.against,
    thingsAlone: upTo4(thing.lone),
    troublesShared: trouble.share,
    troublesCovered: trouble.covered,
    troublesAgainst: trouble.against,
    troublesAlone: upTo4(trouble.lone),
    spotsShared: spot.share,
    spotsAgainst: spot.against,
    crewsShared: crew.share,
    crewsAgainst: crew.against,
    oneNamesCrew: yes((x.crews.length === 0) !== (y.crews.length === 0)),
    mealsAgainst: yes(meal < 0),
    places: place,
    oneNamesPlace: yes((x.places.length === 0) !== (y.places.length === 0)),
    counts: count,
    times: time,
    sizesAgainst: yes(slots(x.sizes, y.sizes) < 0),
    restExplained: rests === 0 ? 0 : (inX + inY) / rests,
    restAlone: upTo4(loneRest),
    literal,
    literalThingsAlone: literal * upTo4(thing.lone),
    literalTroublesAlone: literal * upTo4(trouble.lone),
    literalRestAlone: literal * upTo4(loneRest),
    thingsAndTroubles: thing.share * trouble.share,
    replaced: upTo4(replaced),
    literalReplaced: literal * upTo4(replaced),
    literalContradicted: literal * upTo4(contradicted),
    nothingReplaced: yes(replaced === 0),
    asks: ask,
    oneAsks: yes((xa.length === 0) !== (ya.length === 0)),
    toneDiffers: yes(tones.some((one) => x.troubles.includes(one) !== y.troubles.includes(one))),
    longestRun: run,
    longestRunReplaced: run * upTo4(replaced),
    clauseWordByWord: yes(clause),
    clauseWordByWordReplaced: yes(clause) * upTo4(replaced),
    thingsCoveredLess: things[0],
    thingsCoveredMore: things[1],
    troublesCoveredLess: troubles[0],
    troublesCoveredMore: troubles[1],
    charactersCoveredLess: characters[0],
    charactersCoveredMore: characters[1],
    pairsCoveredLess: pairs[0],
    pairsCoveredMore: pairs[1],
    rarestThing: rarestShared(x.things, y.things, 't/'),
    rarestTrouble: rarestShared(xt, yt, 'p/'),
    rarestSpot: rarestShared(x.spots, y.spots, 's/'),
    rarestCharacter: rarestCharacter(x, y),
    lengthsApart: Math.abs(x.characters.size - y.characters.size) / Math.max(x.characters.size, y.characters.size, 1),
  };
}
