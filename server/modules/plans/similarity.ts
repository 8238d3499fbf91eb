/**
 * How like two measure sets are. Lines inherited from one template are the same everywhere by design, so likeness is
 * measured twice: over everything, and over what each set calls its own. The names of a set's own place are taken out
 * first: who puts the neighbour's name into the neighbour's words has copied them. docs/plans.md has vectors.
 */
export interface ComparedLine {
  zh: string;
  who: string;
  place: string;
  how: string;
  frequency: string;
  evidence: string;
  own: boolean;
}

/** A set as the comparison sees it: hashes of the three-character pieces of its words. */
export interface Shingled {
  whole: Set<number>;
  own: Set<number>;
}

/** Above this, on both counts, a set without a reason is a copy. */
export const copyFrom = 0.95;

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** FNV-1a over UTF-16 units, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** @param names of the place and those above it, in both languages; taken out of the words wherever they stand */
export function shingled(lines: readonly ComparedLine[], names: readonly string[]): Shingled {
  const cut = names
    .map(bare)
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length);
  const whole = new Set<number>();
  const own = new Set<number>();
  for (const line of lines) {
    const parts = [line.zh, line.who, line.place, line.how].map((part) => {
      let text = bare(part);
      for (const name of cut) text = text.replaceAll(name, '');
      return text;
    });
    const text = `${parts.join(' ')} ${line.frequency} ${line.evidence}`;
    for (let i = 0; i + 3 <= text.length; i++) {
      const piece = hash(text.slice(i, i + 3));
      whole.add(piece);
      if (line.own) own.add(piece);
    }
  }
  return { whole, own };
}

/** Share of the pieces of both that both have; two that have none are the same. */
export function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  if (a.size === 0 && b.size === 0) return 1;
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  if (few.size / many.size < 0.5) return few.size / many.size;
  let both = 0;
  for (const piece of few) if (many.has(piece)) both++;
  return both / (a.size + b.size - both);
}

export const likenessOf = (a: Shingled, b: Shingled): { whole: number; own: number } => ({
  whole: jaccard(a.whole, b.whole),
  own: jaccard(a.own, b.own),
});

const hashes = 64;
const band = 8;

/** MinHash: the least of each of 64 permutations of the pieces. */
function signature(pieces: ReadonlySet<number>): Uint32Array {
  const least = new Uint32Array(hashes).fill(0xffffffff);
  for (const piece of pieces) {
    let a = piece;
    for (let i = 0; i < hashes; i++) {
      // A step of a multiplicative generator per permutation, mixed once more.
      a = (Math.imul(a, 0x9e3779b1) + 0x7f4a7c15) >>> 0;
      const mixed = (a ^ (a >>> 15)) >>> 0;
      if (mixed < least[i]!) least[i] = mixed;
    }
  }
  return least;
}

/**
 * All pairs above the limit on both counts. Candidates share a band of the MinHash of what is their own (8 bands of 8:
 * of pairs at .95 all but 2 in 10,000 are found), and are then compared exactly.
 */
export function copiesAmong(sets: readonly Shingled[]): { a: number; b: number; whole: number; own: number }[] {
  const signatures = sets.map((set) => signature(set.own));
  const seen = new Set<number>();
  const found: { a: number; b: number; whole: number; own: number }[] = [];
  for (let from = 0; from < hashes; from += band) {
    const buckets = new Map<string, number[]>();
    for (const [i, one] of signatures.entries()) {
      const key = one.subarray(from, from + band).join();
      const bucket = buckets.get(key);
      if (bucket) bucket.push(i);
      else buckets.set(key, [i]);
    }
    for (const bucket of buckets.values())
      for (let i = 0; i < bucket.length; i++)
        for (let j = i + 1; j < bucket.length; j++) {
          const [a, b] = [bucket[i]!, bucket[j]!];
          const pair = a * sets.length + b;
          if (seen.has(pair)) continue;
          seen.add(pair);
          const like = likenessOf(sets[a]!, sets[b]!);
          if (like.whole > copyFrom && like.own > copyFrom) found.push({ a, b, ...like });
        }
  }
  return found;
}
