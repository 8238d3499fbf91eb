import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { driftOf, runsOf, type Window } from './drifting.ts';
import { type Duration, quantileOf, slowerThan } from './quantiles.ts';
import { wilson } from './warmth.ts';
import { beginOf, lastWhole, weekOf } from './weeks.ts';

const times = (...given: (number | string)[]): Duration[] =>
  given.map((one) => ({ time: Number.parseFloat(String(one)), open: String(one).endsWith('+') }));
const marks = (n: number, ...given: number[]): Window => ({
  kind: 'marks',
  marks: Array.from({ length: n }, (_, i) => given[i % given.length]!),
});

describe('times of which some still run', () => {
  // Miller's leukaemia data, as in R's survival::aml; checked against scipy.stats.ecdf with its linear interval.
  test('median and interval of the product-limit curve', () => {
    const maintained = times(9, 13, '13+', 18, 23, '28+', 31, 34, '45+', 48, '161+');
    expect(quantileOf(maintained, 0.5)).toEqual({ value: 31, low: 18, high: 48 });
    const others = times(5, 5, 8, 8, 12, '16+', 23, 27, 30, 33, 43, 45);
    expect(quantileOf(others, 0.5)).toEqual({ value: 23, low: 8, high: 33 });
  });
  test('where more than half still wait there is no median, and it is not invented', () => {
    expect(quantileOf(times(1, 2, '3+', '3+', '3+'), 0.5)).toBeNull();
    expect(quantileOf([], 0.5)).toBeNull();
  });
  test('one that is open and younger says nothing about a threshold', () => {
    expect(slowerThan(times(1, 5, '2+', '9+'), 4)).toEqual({ slower: 2, known: 3 });
  });
  test('with nothing open it is the ordinary quantile; what is still open never makes it shorter', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sample, fc.constantFrom(0.5, 0.9), (values, q) => {
        const closed = values.map((time) => ({ time, open: false }));
        const sorted = [...values].sort((a, b) => a - b);
        const rank = Math.ceil(q * values.length - 1e-9);
        expect(quantileOf(closed, q)!.value).toBe(sorted[rank - 1]);
        const longest = closed.map((one) => ({ ...one, open: one.time === sorted.at(-1) }));
        const again = quantileOf(longest, q);
        expect(again === null || again.value >= sorted[rank - 1]!).toBe(true);
      }),
    );
  });
});

describe('Wilson’s interval (domain 4.1, 4)', () => {
  test.each([
    [0, 5, 0, 0.4345],
    [1, 1, 0.2065, 1],
    [9, 10, 0.5958, 0.9821],
    [45, 50, 0.7864, 0.9565],
    [450, 500, 0.8706, 0.9233],
  ])('%i of %i', (k, n, low, high) => {
    expect(wilson(k, n).low / 100).toBeCloseTo(low, 4);
    expect(wilson(k, n).high / 100).toBeCloseTo(high, 4);
  });
});

describe('as warm as at the start (domain row 52)', () => {
  test('worse by more than a fifth alarms, a fifth exactly does not', () => {
    const base: Window = { kind: 'times', q: 0.5, durations: times(...Array(40).fill(50)) };
    const at = (time: number): Window => ({ kind: 'times', q: 0.5, durations: times(...Array(40).fill(time)) });
    expect(driftOf(base, at(60))!.byFifth).toBe(false);
    expect(driftOf(base, at(60.01))!.byFifth).toBe(true);
    expect(driftOf(base, at(40))).toMatchObject({ byFifth: false, outside: false });
  });
  test('a mark that falls a little in many mouths is outside the limits though it is no fifth', () => {
    // Mean 4.6, standard deviation .663; 90 marks: limit 4.6 − 3 · .663 / √90 = 4.39.
    const base = marks(90, 5, 5, 5, 5, 5, 5, 5, 4, 4, 3);
    const fallen = driftOf(base, marks(90, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4))!;
    expect(fallen).toMatchObject({ byFifth: false, outside: true, grey: false, n: 90 });
    expect(fallen.bound).toBeCloseTo(4.6 - (3 * Math.sqrt((0.44 * 90) / 89)) / Math.sqrt(90), 6);
    expect(driftOf(base, marks(90, 5, 5, 5, 4, 4, 4, 5, 4, 5, 4))!.outside).toBe(false);
  });
  test('a share: fewer reached than at the start', () => {
    const base: Window = { kind: 'share', done: 66, due: 100 };
    expect(driftOf(base, { kind: 'share', done: 41, due: 100 })).toMatchObject({ byFifth: true, outside: true });
    expect(driftOf(base, { kind: 'share', done: 62, due: 100 })).toMatchObject({ byFifth: false, outside: false });
    // Always reached is not known to be always: one who was not is no alarm.
    expect(driftOf({ kind: 'share', done: 40, due: 40 }, { kind: 'share', done: 39, due: 40 })!.outside).toBe(false);
  });
  test('fewer than ten are not judged, fewer than thirty are grey', () => {
    expect(driftOf(marks(100, 5), marks(9, 1))).toBeNull();
    expect(driftOf(marks(9, 5), marks(100, 1))).toBeNull();
    expect(driftOf(marks(100, 5, 4), marks(29, 1))).toMatchObject({ grey: true, byFifth: true });
    expect(driftOf(marks(100, 5, 4), marks(30, 1))!.grey).toBe(false);
  });
  test('the same two weeks again are never an alarm, and worse never judges better', () => {
    const given = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 10, maxLength: 80 });
    fc.assert(
      fc.property(given, given, (first, second) => {
        const base: Window = { kind: 'marks', marks: first };
        expect(driftOf(base, base)).toMatchObject({ byFifth: false, outside: false });
        const judged = driftOf(base, { kind: 'marks', marks: second })!;
        const worse = driftOf(base, { kind: 'marks', marks: second.map((mark) => Math.max(1, mark - 1)) })!;
        expect(Number(worse.outside) >= Number(judged.outside)).toBe(true);
        expect(Number(worse.byFifth) >= Number(judged.byFifth)).toBe(true);
      }),
    );
  });
  test('weeks in a row are one alarm', () => {
    expect(runsOf([7, 4, 5, 10])).toEqual([
      { from: 4, to: 5 },
      { from: 7, to: 7 },
      { from: 10, to: 10 },
    ]);
  });
  test('a week of the campaign begins with the hour of its start', () => {
    const start = new Date('2026-03-01T16:00:00Z');
    expect(weekOf(start, start)).toBe(1);
    expect(weekOf(start, new Date('2026-03-08T15:59:59Z'))).toBe(1);
    expect(weekOf(start, new Date('2026-03-08T16:00:00Z'))).toBe(2);
    expect(weekOf(start, new Date('2026-03-01T15:59:59Z'))).toBe(0);
    expect(beginOf(start, 2)).toEqual(new Date('2026-03-08T16:00:00Z'));
    expect(lastWhole(start, new Date('2026-03-15T15:00:00Z'))).toBe(1);
  });
});
