import { sameNeed } from './sameness.ts';

/** As many suggestions as a category is thought to have had when nobody has judged any. */
const prior = 6;
/** Of these so many right, as on the development pairs. */
const rightBefore = 0.85;
const leastShift = -0.7;
const mostShift = 2;

const logit = (p: number): number => Math.log(p / (1 - p));

/**
 * From what likelihood a suggestion is shown in a category, after what its dispatchers said of earlier ones: where they
 * keep saying "not the same" it must be likelier, where they keep joining it may be less so. Pure.
 * @returns between 0.18 and 0.76
 */
export function thresholdOf(same: number, apart: number): number {
  const right = (same + prior * rightBefore) / (same + apart + prior);
  const shift = Math.min(mostShift, Math.max(leastShift, logit(rightBefore) - logit(right)));
  return 1 / (1 + Math.exp(-(logit(sameNeed) + shift)));
}
