import { crews, fillers, meals, spots, things, troubles } from './vocabulary.ts';

/** What a text says, as far as words and figures tell: the material two needs are compared by. */
export interface Meaning {
  /** Names of groups in `vocabulary.ts`. */
  things: string[];
  troubles: string[];
  spots: string[];
  crews: string[];
  meals: string[];
  /** Numbered places: `building 3`, `floor 4`, `pier 12`. */
  places: string[];
  /** Counts of people or goods. */
  counts: number[];
  /** Lengths of time and hours of the clock: `day 3`, `clock 13`. */
  times: string[];
  /** Shoe and clothes sizes. */
  sizes: number[];
  /** Characters that no word explains, without fillers. */
  rest: string[];
  /** All characters, folded. */
  characters: Set<string>;
  pairs: Set<string>;
  /** Folded, without spaces; at most 400 characters. */
  plain: string;
  clauses: string[];
}

type Kind = 'things' | 'troubles' | 'spots' | 'crews' | 'meals';

interface Node {
  next: Map<string, Node>;
  groups: { kind: Kind; name: string }[];
  filler: boolean;
}

const node = (): Node => ({ next: new Map(), groups: [], filler: false });

function leaf(root: Node, word: string): Node {
  let at = root;
  for (const character of word) {
    let next = at.next.get(character);
    if (!next) {
      next = node();
      at.next.set(character, next);
    }
    at = next;
  }
  return at;
}

const dictionary = ((): Node => {
  const root = node();
  const add = (kind: Kind, text: string): void => {
    for (const line of text.trim().split('\n')) {
      const [name, words] = line.split(': ') as [string, string];
      for (const word of words.split(' ').filter(Boolean)) {
        const { groups } = leaf(root, word);
        if (!groups.some((one) => one.kind === kind && one.name === name)) groups.push({ kind, name });
      }
    }
  };
  add('things', things);
  add('troubles', troubles);
  add('spots', spots);
  add('crews', crews);
  add('meals', meals);
  for (const word of fillers.split(' ')) leaf(root, word).filler = true;
  return root;
})();

/** Lower case, full width folded, everything but letters and figures gone. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const numerals = '零一二三四五六七八九';
const numeral = '[0-9零一二三四五六七八九十百两俩]+';

/** 两 → 2, 十一 → 11, 一百五十 → 150, 23 → 23; NaN for what is no number. */
export function numberOf(text: string): number {
  if (/^[0-9]+$/.test(text)) return Number(text);
  let total = 0;
  let digit = 0;
  for (const character of text) {
    if (character === '百') total += (digit || 1) * 100;
    else if (character === '十') total += (digit || 1) * 10;
    else {
      digit = character === '两' || character === '俩' ? 2 : numerals.indexOf(character);
      if (digit < 0) return Number.NaN;
      continue;
    }
    digit = 0;
  }
  return total + digit;
}

/** Figures as they are said of places; the first that fits counts. */
const placePatterns: [string, RegExp][] = [
  ['building', new RegExp(`(${numeral})(?:号楼|号宿舍楼|号倒班楼|号宿舍|号板房|栋|幢)`, 'g')],
  ['floor', new RegExp(`(${numeral})(?:层|楼)`, 'g')],
  ['pier', new RegExp(`(${numeral})号墩`, 'g')],
  ['gate', new RegExp(`(${numeral})号门`, 'g')],
  ['row', new RegExp(`(${numeral})排`, 'g')],
  ['workshop', new RegExp(`(${numeral})(?:号)?车间`, 'g')],
  ['lot', new RegExp(`(${numeral})(?:标段|标|期|工区)`, 'g')],
];
const timePatterns: [string, RegExp][] = [
  ['clock', new RegExp(`(${numeral})点`, 'g')],
  ['day', new RegExp(`(${numeral})天`, 'g')],
  ['hour', new RegExp(`(${numeral})个?(?:小时|钟头)`, 'g')],
  ['minute', new RegExp(`(${numeral})分钟`, 'g')],
  ['week', new RegExp(`(${numeral})个?(?:周|星期|礼拜)`, 'g')],
  ['month', new RegExp(`(${numeral})个?月`, 'g')],
];
const sizePattern = new RegExp(`(${numeral})(?:码|号(?=的?(?:鞋|靴|衣|手套|劳保)))`, 'g');
const countPattern = new RegExp(
  `(${numeral})(?:来|多|几)?(?:个|名|位|人|号人|份|只|盒|箱|件|套|台|辆|张|床|条|双|支|升|公斤|斤|顶|把|袋|桶|根|块|瓶|间|处|包|卷|捆|趟|次|顿)`,
  'g',
);

function figures(text: string, patterns: [string, RegExp][]): { found: string[]; left: string } {
  const found: string[] = [];
  let left = text;
  for (const [name, pattern] of patterns) {
    left = left.replace(pattern, (whole: string, figure: string) => {
      const value = numberOf(figure);
      if (Number.isNaN(value)) return whole;
      found.push(`${name} ${value}`);
      // What follows the figure stays a word: 宿舍楼, 板房, 车间.
      return whole.slice(figure.length).replace(/^[号栋幢层楼排点天]/, ' ');
    });
  }
  return { found, left };
}

const mealHours: [string, RegExp][] = [
  ['breakfast', /早上|今早|清早|清晨/],
  ['lunch', /中午|午间/],
  ['dinner', /晚上|傍晚|今晚/],
];

/** Pure; linear in the length of the text. */
export function meaningOf(text: string): Meaning {
  const folded = fold(text);
  const place = figures(folded, placePatterns);
  const time = figures(place.left, timePatterns);
  const sizes: number[] = [];
  const counts: number[] = [];
  const left = time.left
    .replace(sizePattern, (_, figure: string) => {
      sizes.push(numberOf(figure));
      return ' ';
    })
    .replace(countPattern, (whole: string, figure: string) => {
      const value = numberOf(figure);
      // One of something is a way of speaking.
      if (value > 1) counts.push(value);
      return ` ${whole.slice(figure.length)}`;
    });

  const found: Record<Kind, Set<string>> = {
    things: new Set(),
    troubles: new Set(),
    spots: new Set(),
    crews: new Set(),
    meals: new Set(),
  };
  const rest = new Set<string>();
  const characters = [...left];
  for (let i = 0; i < characters.length; ) {
    let at: Node | undefined = dictionary;
    let length = 0;
    let hit: Node | undefined;
    for (let j = i; j < characters.length; j++) {
      at = at.next.get(characters[j]!);
      if (!at) break;
      if (at.groups.length > 0 || at.filler) {
        hit = at;
        length = j - i + 1;
      }
    }
    if (!hit) {
      if (/\p{L}/u.test(characters[i]!)) rest.add(characters[i]!);
      i++;
      continue;
    }
    for (const { kind, name } of hit.groups) found[kind].add(name);
    i += length;
  }
  // Noon says which meal, where a meal is spoken of.
  if (found.meals.size === 0 && [...found.things].some((name) => name.startsWith('meal')))
    for (const [meal, said] of mealHours) if (said.test(folded)) found.meals.add(meal);
  const plain = [...folded.replaceAll(' ', '')];
  return {
    things: [...found.things],
    troubles: [...found.troubles],
    spots: [...found.spots],
    crews: [...found.crews],
    meals: [...found.meals],
    places: place.found,
    counts,
    times: time.found,
    sizes,
    rest: [...rest],
    characters: new Set(plain),
    plain: plain.join('').slice(0, 400),
    clauses: folded.split(' ').filter((clause) => clause.length > 3),
    pairs: new Set(plain.slice(1).map((character, i) => plain[i]! + character)),
  };
}
