import { probabilitiesOf, steepnessOf } from './calibration.ts';
import {
  blocksOf,
  characterBuckets,
  type Message,
  rowOf,
  runsOf,
  usualLimits,
  type Vector,
  type Vocabulary,
  type VocabularyLimits,
  vectorOf,
  vocabularyOf,
  wordBucket,
} from './features.ts';
import { type Example, fitLinear, type Linear, learnOne, scoresOf } from './linear.ts';

/** What the classifier has learnt: what a message is about, how sure that is, and by which words. Pure. */
export interface Model {
  /** Codes, in the order of the scores. */
  labels: readonly string[];
  vocabulary: Vocabulary;
  linear: Linear;
  /** From score to probability. */
  steepness: number;
  /** Messages it was fitted on, without what the group wrote itself. */
  messages: number;
  /** Shares of held-out messages that were right at first, and among three; null without messages. */
  heldOut: { first: number; three: number } | null;
}

export interface Lesson extends Message {
  label: string;
  weight?: number;
  /** The group's own writing (a keyword, an example) and not a message of somebody. */
  written?: boolean;
}

export interface Training {
  /** Price of a mistake; the best of these on held-out thirds is taken. */
  prices?: readonly number[];
  limits?: VocabularyLimits;
  /**
   * What a lesson counts as one with: copies of one message stand on the same side when thirds are held out.
   * Its own place by default.
   */
  groupOf?: (index: number) => number;
}

export const usualPrices = [1] as const;
const thirds = 3;
const enoughMessages = 200;

/** Fits a model; thirds are held out to choose the price and to learn how sure it may say it is. */
export function train(lessons: readonly Lesson[], training: Training = {}): Model {
  const { prices = usualPrices, limits = usualLimits, groupOf = (index: number) => index } = training;
  const labels = [...new Set(lessons.map((lesson) => lesson.label))].sort();
  const blocks = lessons.map(blocksOf);
  const label = lessons.map((lesson) => labels.indexOf(lesson.label));
  const fitOn = (chosen: number[], price: number): { vocabulary: Vocabulary; linear: Linear } => {
    const vocabulary = vocabularyOf(
      chosen.map((i) => blocks[i]!),
      labels.length,
      limits,
      (at) => lessons[chosen[at]!]!.written === true,
    );
    const examples = chosen.map(
      (i): Example => ({
        vector: vectorOf(blocks[i]!, vocabulary),
        label: label[i]!,
        weight: lessons[i]!.weight,
      }),
    );
    return { vocabulary, linear: fitLinear(examples, labels.length, vocabulary.buckets.length, { price }) };
  };
  const all = lessons.map((_, i) => i);
  let best = { price: prices[0]!, steepness: 4, right: -1, heldOut: null as Model['heldOut'] };
  const messages = lessons.filter((lesson) => !lesson.written).length;
  for (const price of prices) {
    const held: { scores: Float64Array; label: number; written: boolean }[] = [];
    for (let third = 0; third < thirds; third++) {
      const inThird = (i: number): boolean => (Math.imul(groupOf(i) + 1, 0x9e3779b1) >>> 8) % thirds === third;
      const fitted = fitOn(
        all.filter((i) => !inThird(i)),
        price,
      );
      for (const i of all.filter(inThird))
        held.push({
          scores: scoresOf(fitted.linear, vectorOf(blocks[i]!, fitted.vocabulary)),
          label: label[i]!,
          written: lessons[i]!.written === true,
        });
    }
    // Once there are messages, they tell how sure one may be; keywords are shorter and surer than people.
    const people = held.filter((one) => !one.written);
    const judged = people.length >= enoughMessages ? people : held;
    const right = judged.filter((one) => rankOf(one.scores, one.label) < 1).length;
    if (right > best.right) {
      const among = (most: number): number =>
        people.filter((one) => rankOf(one.scores, one.label) < most).length / people.length;
      const heldOut = people.length > 0 ? { first: among(1), three: among(3) } : null;
      best = { price, steepness: steepnessOf(judged), right, heldOut };
    }
  }
  return { labels, ...fitOn(all, best.price), steepness: best.steepness, messages, heldOut: best.heldOut };
}

/** How many labels score higher. */
function rankOf(scores: ArrayLike<number>, label: number): number {
  let above = 0;
  for (let i = 0; i < scores.length; i++) if (scores[i]! > scores[label]!) above++;
  return above;
}

export interface Guess {
  label: string;
  /** Between 0 and 1; all labels together are 1. */
  p: number;
}

/** All labels, the likeliest first. */
export function guess(model: Model, message: Message): Guess[] {
  return fromVector(model, vectorOf(blocksOf(message), model.vocabulary));
}

function fromVector(model: Model, vector: Vector): Guess[] {
  const p = probabilitiesOf(scoresOf(model.linear, vector), model.steepness);
  return model.labels.map((label, i) => ({ label, p: p[i]! })).sort((a, b) => b.p - a.p);
}

/**
 * The words of this message that speak for a label more than for the others, the strongest first. What a run of
 * characters weighs is shared among the words it touches. Only words the model itself knows from at least two messages:
 * a name that stands in one message is never a reason.
 */
export function reasons(model: Model, message: Message, label: string, most = 3): string[] {
  const at = model.labels.indexOf(label);
  const words = [...(message.body ?? []), ...(message.title ?? [])];
  if (at < 0) return [];
  const { labels, weights } = model.linear;
  const speaks = (bucket: number): number => {
    const row = rowOf(model.vocabulary, bucket);
    if (row < 0) return 0;
    let sum = 0;
    for (let other = 0; other < labels; other++) sum += weights[row * labels + other]!;
    return (weights[row * labels + at]! - sum / labels) * model.vocabulary.idf[row]!;
  };
  const said = new Map<string, number>();
  const owner: number[] = [];
  words.forEach((word, i) => {
    for (let c = 0; c < word.length; c++) owner.push(i);
    said.set(word, (said.get(word) ?? 0) + speaks(wordBucket(word)));
  });
  characterBuckets(words.join(''), (bucket, from, to) => {
    const share = speaks(bucket) / (to - from) / 2;
    for (let c = from; c < to; c++) {
      const word = words[owner[c]!]!;
      said.set(word, said.get(word)! + share);
    }
  });
  return [...said]
    .filter(([word, weight]) => weight > 0 && word.length > 1 && rowOf(model.vocabulary, wordBucket(word)) >= 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([word]) => word);
}

/** A correction, learnt at once. A label the model has never seen waits for the nightly fit. */
export function learn(model: Model, message: Message, label: string): void {
  const right = model.labels.indexOf(label);
  if (right >= 0) learnOne(model.linear, vectorOf(blocksOf(message), model.vocabulary), right);
}

const magic = 'LMT1';

/** Compact: weights as 16-bit steps of each label's largest. */
export function encodeModel(model: Model): Buffer {
  const { labels, weights, bias } = model.linear;
  const rows = model.vocabulary.buckets.length;
  const scale = new Float32Array(labels);
  for (let i = 0; i < weights.length; i++)
    scale[i % labels] = Math.max(scale[i % labels]!, Math.abs(weights[i]!) / 32_767);
  const steps = new Int16Array(rows * labels);
  for (let i = 0; i < weights.length; i++) steps[i] = Math.round(weights[i]! / (scale[i % labels]! || 1));
  const head = Buffer.from(
    JSON.stringify({
      labels: model.labels,
      rows,
      steepness: model.steepness,
      messages: model.messages,
      heldOut: model.heldOut,
      bias: [...bias],
      scale: [...scale],
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([
    Buffer.from(magic),
    length,
    head,
    Buffer.from(model.vocabulary.buckets.buffer, model.vocabulary.buckets.byteOffset, rows * 4),
    Buffer.from(model.vocabulary.idf.buffer, model.vocabulary.idf.byteOffset, rows * 4),
    Buffer.from(steps.buffer),
  ]);
}

/** @throws if the bytes are not a model of this program */
export function decodeModel(bytes: Buffer): Model {
  if (bytes.subarray(0, 4).toString() !== magic) throw new Error('not a triage model');
  const headLength = bytes.readUInt32LE(4);
  const head = JSON.parse(bytes.subarray(8, 8 + headLength).toString()) as {
    labels: string[];
    rows: number;
    steepness: number;
    messages: number;
    heldOut: Model['heldOut'];
    bias: number[];
    scale: number[];
  };
  // Copied where kept: the parts need not lie on the boundaries their numbers want.
  let from = 8 + headLength;
  const part = (length: number): Buffer => {
    from += length;
    return bytes.subarray(from - length, from);
  };
  const copied = (length: number): ArrayBuffer => Uint8Array.from(part(length)).buffer;
  const buckets = new Int32Array(copied(head.rows * 4));
  const idf = new Float32Array(copied(head.rows * 4));
  const steps = part(head.rows * head.labels.length * 2);
  const weights = new Float32Array(head.rows * head.labels.length);
  for (let i = 0; i < weights.length; i++) weights[i] = steps.readInt16LE(i * 2) * head.scale[i % head.labels.length]!;
  return {
    labels: head.labels,
    vocabulary: { buckets, idf, runs: runsOf(buckets) },
    linear: { labels: head.labels.length, weights, bias: Float32Array.from(head.bias) },
    steepness: head.steepness,
    messages: head.messages,
    heldOut: head.heldOut,
  };
}
