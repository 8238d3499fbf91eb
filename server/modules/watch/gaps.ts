import { mean, variance } from './drifting.ts';
import { z95 } from './quantiles.ts';
import { wilson } from './warmth.ts';

/** Gaps between two groups of people with 95 % intervals: the first less the other. Pure. */
export interface Gap {
  gap: number;
  low: number;
  high: number;
}

export interface Share {
  k: number;
  n: number;
}

/** Of two shares, in points of a per cent: Newcombe's hybrid score interval (1998, method 10). Both n > 0. */
export function newcombe(first: Share, other: Share): Gap {
  const [p, q] = [(100 * first.k) / first.n, (100 * other.k) / other.n];
  const [a, b] = [wilson(first.k, first.n), wilson(other.k, other.n)];
  return {
    gap: p - q,
    low: p - q - Math.hypot(p - a.low, b.high - q),
    high: p - q + Math.hypot(a.high - p, q - b.low),
  };
}

/** The k-th smallest of all differences x − y, k from 1; both sorted ascending, whole numbers. */
function smallest(xs: readonly number[], ys: readonly number[], k: number): number {
  // How many differences are at most d: for each x the ys from x − d on.
  const upTo = (d: number): number => {
    let count = 0;
    let from = 0;
    for (const x of xs) {
      while (from < ys.length && ys[from]! < x - d) from++;
      count += ys.length - from;
    }
    return count;
  };
  let [low, high] = [xs[0]! - ys.at(-1)!, xs.at(-1)! - ys[0]!];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (upTo(middle) >= k) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Times are compared to a hundredth. */
const fineness = 100;

/**
 * By how much one group's times lie above the other's: the median of all differences (Hodges & Lehmann 1963), interval from
 * the ranks of the Mann–Whitney statistic (Moses) in its normal approximation. Both non-empty.
 */
export function hodgesLehmann(first: readonly number[], other: readonly number[]): Gap {
  const whole = (values: readonly number[]): number[] =>
    values.map((value) => Math.round(value * fineness)).sort((a, b) => a - b);
  const [xs, ys] = [whole(first), whole(other)];
  const all = xs.length * ys.length;
  const spread = z95 * Math.sqrt((all * (xs.length + ys.length + 1)) / 12);
  const rank = Math.max(1, Math.floor(all / 2 - spread));
  const at = (k: number): number => smallest(xs, ys, k) / fineness;
  return {
    gap: (at(Math.floor((all + 1) / 2)) + at(Math.ceil((all + 1) / 2))) / 2,
    low: at(rank),
    high: at(all + 1 - rank),
  };
}

/** Of two means, each side with a spread of its own (Welch); ten or more on each side. */
export function ofMeans(first: readonly number[], other: readonly number[]): Gap {
  const gap = mean(first) - mean(other);
  const half = z95 * Math.sqrt(variance(first) / first.length + variance(other) / other.length);
  return { gap, low: gap - half, high: gap + half };
}

/** One stratum of like cases, both sides. */
export interface Stratum<T> {
  first: T;
  other: T;
}

/**
 * The gap of shares over like cases: Mantel–Haenszel's common difference with the variance of Greenland & Robins (1985), in
 * points of a per cent. Strata in which one side is empty compare nothing. Null where all do.
 */
export function likeShares(strata: readonly Stratum<Share>[]): Gap | null {
  let weights = 0;
  let sum = 0;
  let spread = 0;
  for (const { first, other } of strata) {
    const n = first.n + other.n;
    if (first.n === 0 || other.n === 0) continue;
    weights += (first.n * other.n) / n;
    sum += (first.k * other.n - other.k * first.n) / n;
    spread +=
      (first.k * (first.n - first.k) * other.n ** 3 + other.k * (other.n - other.k) * first.n ** 3) /
      (first.n * other.n * n * n);
  }
  if (weights === 0) return null;
  const gap = (100 * sum) / weights;
  const half = (100 * z95 * Math.sqrt(spread)) / weights;
  return { gap, low: gap - half, high: gap + half };
}

/** The gap of means over like cases, by the same weights; one spread for all strata. Null where none has both sides. */
export function likeMeans(strata: readonly Stratum<readonly number[]>[]): Gap | null {
  const both = strata.filter(({ first, other }) => first.length > 0 && other.length > 0);
  const weightOf = ({ first, other }: Stratum<readonly number[]>): number =>
    (first.length * other.length) / (first.length + other.length);
  const weights = both.reduce((sum, one) => sum + weightOf(one), 0);
  if (weights === 0) return null;
  const gap = both.reduce((sum, one) => sum + weightOf(one) * (mean(one.first) - mean(one.other)), 0) / weights;
  const sides = both.flatMap(({ first, other }) => [first, other]);
  const squares = sides.reduce((sum, side) => sum + variance(side) * (side.length - 1), 0);
  const free = sides.reduce((sum, side) => sum + side.length - 1, 0);
  // Var(x̄ − ȳ) of a stratum is s²/w, so that of the weighted mean is s²/Σw.
  const half = z95 * Math.sqrt(squares / Math.max(1, free) / weights);
  return { gap, low: gap - half, high: gap + half };
}
