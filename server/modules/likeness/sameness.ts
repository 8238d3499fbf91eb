import { type Compared, features, numbered, slots } from './features.ts';
import { trees } from './learnt.ts';

/**
 * From here on two needs are suggested as one. Chosen on the development pairs by cross-validation (`bench/learn.ts`): the
 * lowest at which nine of ten found are right.
 */
export const sameNeed = 0.35;

/** What is left of a likelihood when numbers contradict: the development pairs hold too few of them to learn it. */
const contradicted = 0.2;

/**
 * How likely two texts of one site and three days tell of one need: 0 to 1. Pure and symmetric. Learnt from pairs; what no
 * number of shared words outweighs (another house, another meal, another size) is written here.
 */
export function sameness(a: Compared, b: Compared): number {
  const values = features(a, b);
  let sum = 0;
  for (const tree of trees) {
    let at = tree;
    while ('feature' in at) at = values[at.feature]! <= at.upTo ? at.low : at.high;
    sum += at.adds;
  }
  const likelihood = 1 / (1 + Math.exp(-sum));
  const [x, y] = [a.meaning, b.meaning];
  const against = numbered(x.places, y.places) < 0 || slots(x.meals, y.meals) < 0 || slots(x.sizes, y.sizes) < 0;
  return against ? likelihood * contradicted : likelihood;
}
