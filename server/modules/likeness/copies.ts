import { fold } from './meaning.ts';

/** Characters in a row that are compared as one. */
const width = 4;
/** Of all stretches of a text those with the smallest hashes stand for it. */
export const sketchSize = 8;
/** Shared of all stretches of both: from here on one is a copy of the other (forwarded, sent again, a word changed). */
export const nearCopy = 0.55;
/** Shorter ones share stretches by chance. */
const shortest = 12;
/** Days that share their keys; with the days before, copies are looked for over one to two of these. */
export const periodDays = 16;

/** Every four characters in a row, without punctuation. */
export function stretches(text: string): Set<string> {
  const characters = [...fold(text).replaceAll(' ', '')];
  const found = new Set<string>();
  for (let i = 0; i + width <= characters.length; i++) found.add(characters.slice(i, i + width).join(''));
  return found;
}

/** Jaccard: 0 to 1. */
export function shared(a: Set<string>, b: Set<string>): number {
  let both = 0;
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const one of small) if (large.has(one)) both++;
  return both / (a.size + b.size - both || 1);
}

/** FNV-1a with a last stir, 32 bits: quick, spread well enough, of no use as a secret. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/**
 * The smallest hashes of its stretches: two texts that share a part J of all stretches have one of eight in common with
 * a probability of about 1 − (1 − J)⁸, 0.998 at 0.55. Empty for what is too short to be compared so.
 */
export function sketch(text: string): number[] {
  const all = stretches(text);
  if (all.size + width - 1 < shortest) return [];
  return [...all]
    .map(hash)
    .sort((a, b) => a - b)
    .slice(0, sketchSize);
}

/** Number of the period a moment lies in, counted from 1970. */
export const periodOf = (at: Date): number => Math.floor(at.getTime() / (periodDays * 86_400_000));

/**
 * A sketch as keys of one period: a stretch everybody writes has one posting list per period, not one that grows for ever.
 */
export const keysOf = (hashes: readonly number[], period: number): number[] =>
  hashes.map((one) => (one ^ Math.imul(period, 0x9e3779b1)) | 0);
