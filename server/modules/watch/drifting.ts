import { type Duration, quantileOf, slowerThan } from './quantiles.ts';

/**
 * As warm as at the start (domain row 52): two weeks against weeks 1 and 2 of the same place. It alarms when they are worse
 * by more than a fifth, or outside the control limits that the first two weeks set (Shewhart, three standard errors of a
 * sample as large as the latest). The slowest tenth has the limits only: by chance alone it is a fifth longer every other
 * week. Pure.
 */

/** Below this a figure is hidden, and below `fewest` it is grey (domain 4.1, 5). */
export const hidden = 10;
export const fewest = 30;
const worseBy = 0.2;
const sigmas = 3;

/** What the two weeks of a place hold of one measure. */
export type Window =
  | { kind: 'times'; durations: readonly Duration[]; q: number }
  | { kind: 'marks'; marks: readonly number[] }
  | { kind: 'share'; done: number; due: number };

export interface Drift {
  baseN: number;
  baseValue: number;
  n: number;
  value: number;
  byFifth: boolean;
  /** What is held against the limit: the mean mark, the share, or the share slower than was usual; shares in per cent. */
  held: number;
  bound: number;
  outside: boolean;
  grey: boolean;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
/** Sample variance; 0 for fewer than two. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

const sizeOf = (window: Window): number =>
  window.kind === 'times' ? window.durations.length : window.kind === 'marks' ? window.marks.length : window.due;

/** The figure of a window: marks as they are, times in their unit, a share in per cent; null where none can be told. */
export function figureIn(window: Window): number | null {
  if (sizeOf(window) === 0) return null;
  if (window.kind === 'times') return quantileOf(window.durations, window.q)?.value ?? null;
  return window.kind === 'marks' ? mean(window.marks) : (100 * window.done) / window.due;
}

/** A share's standard error, never 0: seen n times without exception is not "always" (Agresti & Coull 1998). */
const errorOf = (k: number, n: number, of: number): number => {
  const p = (k + 2) / (n + 4);
  return Math.sqrt((p * (1 - p)) / of);
};

function control(base: Window, baseValue: number, latest: Window, value: number): { held: number; bound: number } {
  if (base.kind === 'marks' && latest.kind === 'marks')
    return { held: value, bound: baseValue - sigmas * Math.sqrt(variance(base.marks) / latest.marks.length) };
  if (base.kind === 'share' && latest.kind === 'share')
    return { held: value, bound: baseValue - 100 * sigmas * errorOf(base.done, base.due, latest.due) };
  if (base.kind !== 'times' || latest.kind !== 'times') throw new Error('Only windows of one measure are compared.');
  const usual = slowerThan(base.durations, baseValue);
  const now = slowerThan(latest.durations, baseValue);
  return {
    held: (100 * now.slower) / Math.max(1, now.known),
    bound:
      100 * (usual.slower / Math.max(1, usual.known) + sigmas * errorOf(usual.slower, usual.known, now.known || 1)),
  };
}

/** @returns null where either side holds fewer than ten, or its figure cannot be told yet */
export function driftOf(base: Window, latest: Window): Drift | null {
  const baseN = sizeOf(base);
  const n = sizeOf(latest);
  if (baseN < hidden || n < hidden) return null;
  const baseValue = figureIn(base);
  const value = figureIn(latest);
  if (baseValue === null || value === null) return null;
  const { held, bound } = control(base, baseValue, latest, value);
  const times = base.kind === 'times';
  return {
    baseN,
    baseValue,
    n,
    value,
    byFifth: times ? base.q <= 0.5 && value > baseValue * (1 + worseBy) : value < baseValue * (1 - worseBy),
    held,
    bound,
    outside: times ? held > bound : held < bound,
    grey: baseN < fewest || n < fewest,
  };
}

/** Weeks in which an alarm stood, joined to runs. @returns first and last week of each, in order */
export function runsOf(weeks: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const week of [...weeks].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && week <= last.to + 1) last.to = week;
    else runs.push({ from: week, to: week });
  }
  return runs;
}
