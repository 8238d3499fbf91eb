import { type Compared, features, numbered, slots } from './features.ts';
import { type Tree, trees } from './learnt.ts';

/**
 * From here on two needs are suggested as one. Chosen on the development pairs by cross-validation (`bench/learn.ts`): the
 * lowest at which nine of ten found are right.
 */
export const sameNeed = 0.35;

/** What is left of a likelihood when numbers contradict: the development pairs hold too few of them to learn it. */
const contradicted = 0.2;

// The trees laid out flat: eight hundred of them are asked for every pair. The low branch of a node stands next to it.
const names: string[] = [];
const feature: number[] = [];
/** Up to where it goes low; at a leaf what it adds. */
const amount: number[] = [];
const high: number[] = [];

function lay(tree: Tree): number {
  const at = feature.length;
  if (!('feature' in tree)) {
    feature.push(-1);
    amount.push(tree.adds);
    high.push(-1);
    return at;
  }
  if (!names.includes(tree.feature)) names.push(tree.feature);
  feature.push(names.indexOf(tree.feature));
  amount.push(tree.upTo);
  high.push(-1);
  lay(tree.low);
  high[at] = lay(tree.high);
  return at;
}
const roots = trees.map(lay);
const inOrder = new Float64Array(names.length);

/**
 * How likely two texts of one site and three days tell of one need: 0 to 1. Pure and symmetric. Learnt from pairs; what no
 * number of shared words outweighs (another house, another meal, another size) is written here.
 */
export function sameness(a: Compared, b: Compared): number {
  const values = features(a, b);
  for (let i = 0; i < names.length; i++) inOrder[i] = values[names[i]!]!;
  let sum = 0;
  for (let root = 0; root < roots.length; root++) {
    let at = roots[root]!;
    while (feature[at]! >= 0) at = inOrder[feature[at]!]! <= amount[at]! ? at + 1 : high[at]!;
    sum += amount[at]!;
  }
  const likelihood = 1 / (1 + Math.exp(-sum));
  const [x, y] = [a.meaning, b.meaning];
  const against = numbered(x.places, y.places) < 0 || slots(x.meals, y.meals) < 0 || slots(x.sizes, y.sizes) < 0;
  return against ? likelihood * contradicted : likelihood;
}
