import type { Vector } from './features.ts';

/**
 * One linear score for each label against all others: L2-regularised squared hinge, by dual coordinate descent (Hsieh,
 * Chang, Lin, Keerthi, Sundararajan: A dual coordinate descent method for large-scale linear SVM, ICML 2008). Pure and
 * deterministic.
 */
export interface Linear {
  labels: number;
  /** Row by row, a weight for each label: what one message touches lies together. */
  weights: Float32Array;
  /** One for each label. */
  bias: Float32Array;
}

export interface Example {
  vector: Vector;
  label: number;
  /** How much a mistake on it costs; 1 unless told. */
  weight?: number;
}

export interface Fitting {
  /** Price of a mistake against large weights; larger follows the examples closer. */
  price: number;
  rounds?: number;
}

export function fitLinear(examples: readonly Example[], labels: number, rows: number, fitting: Fitting): Linear {
  const weights = new Float32Array(rows * labels);
  const bias = new Float32Array(labels);
  for (let label = 0; label < labels; label++) {
    const one = separate(examples, label, rows, fitting);
    for (let row = 0; row < rows; row++) weights[row * labels + label] = one.weights[row]!;
    bias[label] = one.bias;
  }
  return { labels, weights, bias };
}

function separate(
  examples: readonly Example[],
  label: number,
  rows: number,
  { price, rounds = 20 }: Fitting,
): { weights: Float32Array; bias: number } {
  const weights = new Float32Array(rows);
  let bias = 0;
  const count = examples.length;
  const dual = new Float64Array(count);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  let random = 20_201_123;
  for (let round = 0; round < rounds; round++) {
    for (let i = count - 1; i > 0; i--) {
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
      const j = random % (i + 1);
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    let worst = 0;
    for (let o = 0; o < count; o++) {
      const i = order[o]!;
      const example = examples[i]!;
      const { rows: at, values } = example.vector;
      const side = example.label === label ? 1 : -1;
      const ridge = 0.5 / (price * (example.weight ?? 1));
      let score = bias;
      for (let p = 0; p < at.length; p++) score += weights[at[p]!]! * values[p]!;
      const before = dual[i]!;
      const gradient = side * score - 1 + before * ridge;
      const violation = before === 0 ? Math.min(gradient, 0) : gradient;
      if (Math.abs(violation) < 1e-6) continue;
      worst = Math.max(worst, Math.abs(violation));
      // A vector is of unit length, the bias a feature of 1.
      dual[i] = Math.max(before - gradient / (2 + ridge), 0);
      const step = (dual[i]! - before) * side;
      if (step === 0) continue;
      for (let p = 0; p < at.length; p++) weights[at[p]!]! += step * values[p]!;
      bias += step;
    }
    if (worst < 0.02) break;
  }
  return { weights, bias };
}

/** One score for each label. */
export function scoresOf(linear: Linear, vector: Vector): Float64Array {
  const { labels, weights } = linear;
  const scores = Float64Array.from(linear.bias);
  const { rows, values } = vector;
  for (let p = 0; p < rows.length; p++) {
    const base = rows[p]! * labels;
    const value = values[p]!;
    for (let label = 0; label < labels; label++) scores[label]! += weights[base + label]! * value;
  }
  return scores;
}

/**
 * Learns one message at once: each label's score moves just far enough to stand on its side of the margin, at most by
 * `most` (passive-aggressive, Crammer et al., JMLR 7, 2006). The nightly fit weighs it among all others again.
 */
export function learnOne(linear: Linear, vector: Vector, right: number, most = 0.6): void {
  const scores = scoresOf(linear, vector);
  for (let label = 0; label < linear.labels; label++) {
    const side = label === right ? 1 : -1;
    const lack = 1 - side * scores[label]!;
    if (lack <= 0 || (label !== right && lack < 0.5)) continue;
    const step = (Math.min(most, lack / 2) * side) as number;
    for (let p = 0; p < vector.rows.length; p++)
      linear.weights[vector.rows[p]! * linear.labels + label]! += step * vector.values[p]!;
    linear.bias[label]! += label === right ? step * 0.1 : 0;
  }
}
