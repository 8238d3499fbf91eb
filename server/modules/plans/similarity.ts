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

/** A set as the comparison sees it: hashes of the three-character pieces of its words, ascending, each once. */
export interface Shingled {
  whole: Uint32Array;
  own: Uint32Array;
}

/** Above this, on both counts, a set without a reason is a copy. */
export const copyFrom = 0.95;

const pieceLength = 3;

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** FNV-1a over the UTF-16 units of a piece, then mixed, so that the least of them are a fair draw. 32 bits. */
function hash(text: string, from: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < from + pieceLength; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
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
    for (let i = 0; i + pieceLength <= text.length; i++) {
      const piece = hash(text, i);
      whole.add(piece);
      if (line.own) own.add(piece);
    }
  }
  return { whole: Uint32Array.from(whole).sort(), own: Uint32Array.from(own).sort() };
}

/**
 * Share of the pieces of both that both have (Jaccard); two that have none are the same.
 * @param above where the share cannot come to more than this any more it is not counted to the end
 * @returns 0 where it is not above
 */
export function jaccard(a: Uint32Array, b: Uint32Array, above = 0): number {
  const all = a.length + b.length;
  if (all === 0) return 1;
  // Of all pieces so many may be had by one alone: (all − alone) / (all + alone) > above.
  const most = (all * (1 - above)) / (1 + above);
  if (Math.abs(a.length - b.length) > most) return 0;
  let [i, j, alone] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i]!, b[j]!];
    if (x === y) {
      i++;
      j++;
      continue;
    }
    if (x < y) i++;
    else j++;
    if (++alone > most) return 0;
  }
  alone += a.length - i + b.length - j;
  const share = (all - alone) / (all + alone);
  return share > above ? share : 0;
}

export const likenessOf = (a: Shingled, b: Shingled): { whole: number; own: number } => ({
  whole: jaccard(a.whole, b.whole),
  own: jaccard(a.own, b.own),
});

const sketchSize = 256;

/** What a set's own words are recognised by: the least of its hashes. */
export const sketchOf = (set: Shingled): Uint32Array => set.own.slice(0, sketchSize);

/**
 * How alike the own words of two sets are, from their sketches alone: of the least hashes of both together the share that
 * both have. Off by about .03 at .5 and .015 at .95.
 */
export function guess(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 && b.length === 0) return 1;
  const most = Math.max(Math.min(sketchSize, a.length + b.length), 1);
  let [i, j, both, seen] = [0, 0, 0, 0];
  while (seen < most && (i < a.length || j < b.length)) {
    const [x, y] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    if (x === y) both++;
    if (x <= y) i++;
    if (y <= x) j++;
    seen++;
  }
  return both / seen;
}

export interface Copy {
  set: number;
  /** The set it is most like, of those before it. */
  of: number;
  whole: number;
  own: number;
}

/**
 * Which of these sets are copies of one before them, and of which most: every pair is looked at, and left as soon as it
 * cannot come above the limit any more, which of honest sets is after a few dozen pieces.
 * @param sets in the order in which they were approved
 */
export function copiesAmong(sets: readonly Shingled[]): Copy[] {
  const found: Copy[] = [];
  for (const [set, one] of sets.entries()) {
    let best: Copy | null = null;
    for (let of = 0; of < set; of++) {
      const own = jaccard(one.own, sets[of]!.own, copyFrom);
      const whole = own === 0 ? 0 : jaccard(one.whole, sets[of]!.whole, copyFrom);
      if (whole > 0 && (!best || Math.min(whole, own) > Math.min(best.whole, best.own))) best = { set, of, whole, own };
    }
    if (best) found.push(best);
  }
  return found;
}
