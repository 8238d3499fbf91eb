/** Scores to probabilities: softmax with one steepness, chosen on scores of messages that were not learnt from. Pure. */
export function probabilitiesOf(scores: ArrayLike<number>, steepness: number): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) most = Math.max(most, scores[i]!);
  const p = Float64Array.from(scores, (score) => Math.exp(steepness * (score - most)));
  let sum = 0;
  for (const one of p) sum += one;
  return p.map((one) => one / sum);
}

/** The steepness under which what happened was most likely; by golden section over its logarithm. */
export function steepnessOf(held: readonly { scores: ArrayLike<number>; label: number }[]): number {
  const surprise = (logarithm: number): number => {
    const steepness = Math.exp(logarithm);
    let sum = 0;
    for (const { scores, label } of held) sum -= Math.log(Math.max(1e-12, probabilitiesOf(scores, steepness)[label]!));
    return sum;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.5);
  let high = Math.log(60);
  let a = high - golden * (high - low);
  let b = low + golden * (high - low);
  let atA = surprise(a);
  let atB = surprise(b);
  while (high - low > 0.01) {
    if (atA < atB) {
      high = b;
      b = a;
      atB = atA;
      a = high - golden * (high - low);
      atA = surprise(a);
    } else {
      low = a;
      a = b;
      atA = atB;
      b = low + golden * (high - low);
      atB = surprise(b);
    }
  }
  return Math.exp((low + high) / 2);
}

export interface Sureness {
  /** Probability of the first suggestion. */
  p: number;
  right: boolean;
}

/** Mean distance between what was promised and what came true, over ten equally full groups; 0 is perfect. */
export function calibrationError(said: readonly Sureness[]): number {
  const sorted = [...said].sort((a, b) => a.p - b.p);
  const groups = Math.min(10, sorted.length);
  let sum = 0;
  for (let g = 0; g < groups; g++) {
    const group = sorted.slice(
      Math.floor((g * sorted.length) / groups),
      Math.floor(((g + 1) * sorted.length) / groups),
    );
    const promised = group.reduce((total, one) => total + one.p, 0);
    const came = group.filter((one) => one.right).length;
    sum += Math.abs(promised - came);
  }
  return sorted.length === 0 ? 0 : sum / sorted.length;
}
