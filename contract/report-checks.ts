/**
 * What both the phone and the server check of a report, offline and on arrival: what is missing, whether the heads add up,
 * what is out of the ordinary. Pure, and without zod, so that the phone carries little. Formulas: docs/reports.md.
 */
export interface ReportItem {
  key: string;
  /** Of the registry: what it asks, whatever it is called on this form. */
  concept: string;
  kind: 'whole' | 'decimal' | 'money' | 'text' | 'choice' | 'yes_no' | 'crews' | 'parts';
  zh: string;
  en: string;
  /** Words under it; empty where none are needed. */
  helpZh: string;
  helpEn: string;
  /** Its heading on the form. */
  groupZh: string;
  groupEn: string;
  unitZh: string;
  unitEn: string;
  least: number | null;
  most: number | null;
  /** Stages in which it is asked; empty: in all. */
  stages: string[];
  /** Blank is a fault. */
  required: boolean;
  /** Begins with the value of last time; counts of isolation, fever and accidents never do. */
  carried: boolean;
  /** Of `choice`, and the things counted one by one of `parts`. */
  options: { key: string; zh: string; en: string; unitZh: string; unitEn: string }[];
  /** Takes part in head-count: who was there, came, left. */
  heads: 'here' | 'in' | 'out' | null;
}

export interface Crew {
  id: string;
  zh: string;
  planned: number;
}

export type Counts = Record<string, number>;
/** Blank is null or absent; zero is said. */
export type Value = number | string | boolean | Counts | null;
export type Values = Record<string, Value>;

/** The heads of the report before: what the new count starts from. */
export interface Base {
  day: string;
  heads: number;
}

/** The ordinary of one figure at this place, of its own last reports. */
export interface Usual {
  median: number;
  /** 1.4826 × median of the distances from the median; not yet floored. */
  spread: number;
  /** 10th and 90th percentile, shown as "usual". */
  low: number;
  high: number;
  /** Reports it is taken from. */
  n: number;
}

export interface Outlier {
  /** `item` or `item/part`. */
  key: string;
  value: number;
  usual: Usual;
  /** Distances from the median in robust standard deviations. */
  score: number;
}

export type Fault =
  | { key: string; code: 'blank'; part?: string }
  | { key: string; code: 'not_whole' | 'not_number' | 'not_choice' | 'too_long' }
  | { key: string; code: 'too_small'; least: number; part?: string }
  | { key: string; code: 'too_big'; most: number; part?: string }
  | { key: string; code: 'heads'; is: number; shouldBe: number };

/** A score from here on is shown with its reason (Iglewicz and Hoaglin 1993). */
export const outlierFrom = 3.5;
/** Fewer reports than this say nothing of the ordinary. */
export const leastForUsual = 7;
/** Last reports of the place that make the ordinary. */
export const daysOfUsual = 14;
const longest = 500;

export const isAsked = (item: Pick<ReportItem, 'stages'>, stage: string): boolean =>
  item.stages.length === 0 || item.stages.includes(stage);

export const isBlank = (value: Value | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Keys of what an item counts one by one: its crews or its parts. */
export function partsOf(item: ReportItem, crews: readonly Crew[]): string[] | null {
  if (item.kind === 'crews') return crews.map((crew) => crew.id);
  return item.kind === 'parts' ? item.options.map((option) => option.key) : null;
}

export const sum = (counts: Value | undefined, keys: readonly string[]): number =>
  keys.reduce((all, key) => all + ((counts as Counts | null | undefined)?.[key] ?? 0), 0);

function numberFault(item: ReportItem, value: unknown, part?: string): Fault | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { key: item.key, code: 'not_number' };
  const whole = item.kind === 'whole' || item.kind === 'crews';
  if (whole && !Number.isInteger(value)) return { key: item.key, code: 'not_whole' };
  const least = item.least ?? (item.kind === 'decimal' ? null : 0);
  if (least !== null && value < least) return { key: item.key, code: 'too_small', least, part };
  const most = item.most ?? 1e9;
  return value > most ? { key: item.key, code: 'too_big', most, part } : null;
}

function itemFaults(item: ReportItem, value: Value | undefined, crews: readonly Crew[]): Fault[] {
  const parts = partsOf(item, crews);
  if (parts) {
    const counts = (typeof value === 'object' && value ? value : {}) as Counts;
    return parts.flatMap((part): Fault[] => {
      if (counts[part] === undefined || counts[part] === null)
        return item.required ? [{ key: item.key, code: 'blank', part }] : [];
      const fault = numberFault(item, counts[part], part);
      return fault ? [fault] : [];
    });
  }
  if (isBlank(value)) return item.required ? [{ key: item.key, code: 'blank' }] : [];
  switch (item.kind) {
    case 'text':
      if (typeof value !== 'string') return [{ key: item.key, code: 'not_choice' }];
      return value.length > longest ? [{ key: item.key, code: 'too_long' }] : [];
    case 'choice':
      return item.options.some((option) => option.key === value) ? [] : [{ key: item.key, code: 'not_choice' }];
    case 'yes_no':
      return typeof value === 'boolean' ? [] : [{ key: item.key, code: 'not_choice' }];
    default: {
      const fault = numberFault(item, value);
      return fault ? [fault] : [];
    }
  }
}

export interface HeadCount {
  base: Base | null;
  /** Null while it is not said. */
  cameIn: number | null;
  wentOut: number | null;
  /** Base + in − out; null while one of them is missing or there is no report before. */
  shouldBe: number | null;
  is: number;
}

/** Who should be there by the report before and the gate, and who is by the crews; null on a form without crews. */
export function headCount(
  items: readonly ReportItem[],
  values: Values,
  crews: readonly Crew[],
  base: Base | null,
): HeadCount | null {
  const here = items.find((item) => item.heads === 'here');
  if (!here) return null;
  const said = (what: 'in' | 'out'): number | null => {
    const value = values[items.find((item) => item.heads === what)?.key ?? ''];
    return typeof value === 'number' ? value : null;
  };
  const cameIn = said('in');
  const wentOut = said('out');
  return {
    base,
    cameIn,
    wentOut,
    shouldBe: base === null || cameIn === null || wentOut === null ? null : base.heads + cameIn - wentOut,
    is: sum(values[here.key], partsOf(here, crews) ?? []),
  };
}

/** Everything that keeps a report from being sent, in the order of the form; empty: it may go. */
export function reportFaults(asked: {
  items: readonly ReportItem[];
  stage: string;
  values: Values;
  crews: readonly Crew[];
  base: Base | null;
}): Fault[] {
  const items = asked.items.filter((item) => isAsked(item, asked.stage));
  const faults = items.flatMap((item) => itemFaults(item, asked.values[item.key], asked.crews));
  const heads = headCount(items, asked.values, asked.crews, asked.base);
  if (heads && heads.shouldBe !== null && heads.is !== heads.shouldBe)
    faults.push({
      key: items.find((item) => item.heads === 'here')!.key,
      code: 'heads',
      is: heads.is,
      shouldBe: heads.shouldBe,
    });
  return faults;
}

/** Figures of a report by `item` or `item/part`, crews together as `item`. */
export function figuresOf(
  items: readonly ReportItem[],
  values: Values,
  crews: readonly Crew[],
): { key: string; value: number }[] {
  return items.flatMap((item) => {
    const value = values[item.key];
    if (typeof value === 'number') return [{ key: item.key, value }];
    const parts = partsOf(item, crews);
    if (!parts || typeof value !== 'object' || !value) return [];
    const counts = value as Counts;
    const each = parts.flatMap((part) =>
      typeof counts[part] === 'number' ? [{ key: `${item.key}/${part}`, value: counts[part] }] : [],
    );
    return item.kind === 'crews' ? [{ key: item.key, value: sum(counts, parts) }, ...each] : each;
  });
}

const median = (sorted: readonly number[]): number => {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
/** Nearest rank. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;

/** @param past its values in the last reports of this place, any order; null where they are too few */
export function usualOf(past: readonly number[]): Usual | null {
  if (past.length < leastForUsual) return null;
  const sorted = [...past].sort((a, b) => a - b);
  const middle = median(sorted);
  const distances = sorted.map((value) => Math.abs(value - middle)).sort((a, b) => a - b);
  return {
    median: middle,
    spread: 1.4826 * median(distances),
    low: percentile(sorted, 0.1),
    high: percentile(sorted, 0.9),
    n: sorted.length,
  };
}

/**
 * Distance from the median in robust standard deviations. The spread is at least 1 and at least 5 % of the median: a figure
 * that never moved would otherwise make every step an outlier.
 */
export const scoreOf = (usual: Usual, value: number): number =>
  (value - usual.median) / Math.max(usual.spread, 1, 0.05 * Math.abs(usual.median));

export function outliersOf(
  items: readonly ReportItem[],
  values: Values,
  crews: readonly Crew[],
  usual: Readonly<Record<string, Usual>>,
): Outlier[] {
  return figuresOf(items, values, crews).flatMap(({ key, value }) => {
    const ordinary = usual[key];
    if (!ordinary) return [];
    const score = scoreOf(ordinary, value);
    return Math.abs(score) >= outlierFrom ? [{ key, value, usual: ordinary, score }] : [];
  });
}

/** The value an item begins with: last time's where it is carried, else blank. */
export function prefilled(items: readonly ReportItem[], last: Values | null, crews: readonly Crew[]): Values {
  const values: Values = {};
  if (!last) return values;
  for (const item of items) {
    const before = last[item.key];
    if (!item.carried || isBlank(before)) continue;
    const parts = partsOf(item, crews);
    if (!parts) values[item.key] = before!;
    else if (typeof before === 'object')
      values[item.key] = Object.fromEntries(
        parts.flatMap((part) => ((before as Counts)[part] === undefined ? [] : [[part, (before as Counts)[part]!]])),
      );
  }
  return values;
}
