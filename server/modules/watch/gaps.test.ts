import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hodgesLehmann, likeMeans, likeShares, newcombe, ofMeans } from './gaps.ts';

const fromCases = (gap: { gap: number; low: number; high: number }) =>
  [gap.gap, gap.low, gap.high].map((one) => Number((one / 100).toFixed(4)));

describe('gaps with their intervals (domain row 54)', () => {
  // Newcombe 1998, Statistics in Medicine 17: 873–890, table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.6, 0.1705, 0.809],
    [5, 56, 0, 29, 0.0893, -0.0381, 0.1926],
    [10, 10, 0, 10, 1, 0.6075, 1],
  ])('shares %i of %i against %i of %i', (a, m, b, n, gap, low, high) => {
    expect(fromCases(newcombe({ k: a, n: m }, { k: b, n }))).toEqual([gap, low, high]);
  });

  test('times: the median of all differences', () => {
    // Hollander & Wolfe 1973, p. 69, as in R's wilcox.test: estimate .305; the exact interval −.15 to .76 lies within.
    const first = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const gap = hodgesLehmann(first, [1.15, 0.88, 0.9, 0.74, 1.21]);
    expect(gap.gap).toBeCloseTo(0.305, 10);
    expect(gap.low).toBeCloseTo(-0.17, 10);
    expect(gap.high).toBeCloseTo(0.76, 10);
  });

  test('times: whatever the sample, it is the median of all pairs, and a shift of one side shifts it', () => {
    const side = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 50 }), (first, other, shift) => {
        const all = first.flatMap((x) => other.map((y) => x - y)).sort((a, b) => a - b);
        const middle = (all[Math.floor((all.length - 1) / 2)]! + all[Math.ceil((all.length - 1) / 2)]!) / 2;
        const found = hodgesLehmann(first, other);
        expect(found.gap).toBeCloseTo(middle, 6);
        expect(found.low <= found.gap && found.gap <= found.high).toBe(true);
        const shifted = hodgesLehmann(
          first.map((x) => x + shift),
          other,
        );
        expect(shifted.gap).toBeCloseTo(middle + shift, 6);
      }),
    );
  });

  test('two groups that are the same have no gap, and sides changed over change its sign', () => {
    const share = fc
      .integer({ min: 1, max: 60 })
      .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));
    fc.assert(
      fc.property(share, share, (first, other) => {
        const there = newcombe(first, other);
        const back = newcombe(other, first);
        expect(there.gap).toBeCloseTo(-back.gap, 9);
        expect(there.low).toBeCloseTo(-back.high, 9);
        expect(newcombe(first, first)).toMatchObject({ gap: 0 });
        expect(there.low >= -100.000001 && there.high <= 100.000001).toBe(true);
      }),
    );
    expect(ofMeans([5, 4, 5], [5, 4, 5])).toMatchObject({ gap: 0 });
  });

  test('over like cases a gap that is only the mix goes away', () => {
    // Urgent: 90 % on both sides; ordinary: 50 % on both. The first side has mostly urgent ones.
    const strata = [
      { first: { k: 81, n: 90 }, other: { k: 9, n: 10 } },
      { first: { k: 5, n: 10 }, other: { k: 45, n: 90 } },
    ];
    expect(newcombe({ k: 86, n: 100 }, { k: 54, n: 100 }).low).toBeGreaterThan(15);
    const like = likeShares(strata)!;
    expect(like.gap).toBeCloseTo(0, 9);
    expect(like.low < 0 && like.high > 0).toBe(true);
    // One stratum alone is the plain difference with the plain variance.
    const one = likeShares([{ first: { k: 30, n: 40 }, other: { k: 20, n: 40 } }])!;
    expect(one.gap).toBeCloseTo(25, 9);
    expect(one.high - one.gap).toBeCloseTo(195.9963984540054 * Math.sqrt((0.75 * 0.25) / 40 + 0.25 / 40), 9);
    expect(likeShares([{ first: { k: 3, n: 3 }, other: { k: 0, n: 0 } }])).toBeNull();
    expect(likeMeans([{ first: [5, 4], other: [] }])).toBeNull();
    expect(
      likeMeans([
        { first: [5, 5, 4], other: [5, 5, 4] },
        { first: [2], other: [2, 2] },
      ])!.gap,
    ).toBeCloseTo(0, 9);
  });
});
