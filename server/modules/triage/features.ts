/**
 * A message as numbers: words, and pairs and triples of neighbouring characters, hashed into buckets. Words carry what a
 * segmentation knows; characters carry what it cut wrongly, new terms and typing errors. Pure.
 */
export interface Message {
  /** Words in order, as `Segmenter.words` gives them. */
  body: readonly string[];
  title?: readonly string[];
}

const bucketBits = 22;
const mask = (1 << bucketBits) - 1;

/** Words and characters of everything, then again of the title: it is written to say what it is about. */
export const shares = [1, 1, 0.5, 0.5] as const;

/** FNV-1a over UTF-16 units, finished as murmur does: neighbouring n-grams fall far apart. */
function bucket(seed: number, text: string, from: number, to: number): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) & mask;
}

const wordSeed = 0x57;
const characterSeed = 0x43;

export const wordBucket = (word: string): number => bucket(wordSeed, word, 0, word.length);

export function characterBuckets(text: string, visit: (bucket: number, from: number, to: number) => void): void {
  for (let length = 2; length <= 3; length++)
    for (let from = 0; from + length <= text.length; from++)
      visit(bucket(characterSeed, text, from, from + length), from, from + length);
}

/** Sorted buckets of one kind with how often each occurs. */
export interface Block {
  buckets: Int32Array;
  counts: Uint16Array;
}

function counted(found: number[]): Block {
  const sorted = Int32Array.from(found).sort();
  const buckets = new Int32Array(sorted.length);
  const counts = new Uint16Array(sorted.length);
  let n = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) counts[n - 1]!++;
    else {
      buckets[n] = sorted[i]!;
      counts[n++] = 1;
    }
  }
  return { buckets: buckets.subarray(0, n), counts: counts.subarray(0, n) };
}

function characters(words: readonly string[]): Block {
  const found: number[] = [];
  characterBuckets(words.join(''), (one) => found.push(one));
  return counted(found);
}

/** One block for each of `shares`. */
export function blocksOf({ body, title = [] }: Message): Block[] {
  const all = title.length > 0 ? [...body, ...title] : body;
  const blocks = [counted(all.map(wordBucket)), characters(all)];
  if (title.length > 0) blocks.push(counted(title.map(wordBucket)), characters(title));
  return blocks;
}

/** Which buckets have a row, and how much one says: rare ones more (inverse document frequency, natural logarithm). */
export interface Vocabulary {
  /** Bucket of each row, ascending. */
  buckets: Int32Array;
  idf: Float32Array;
  /** First row of each run of neighbouring buckets, and at the end the number of rows: 256 kB instead of a row for each bucket. */
  runs: Int32Array;
}

const runBits = 6;

/** @param buckets of the rows, ascending */
export function runsOf(buckets: Int32Array): Int32Array {
  const runs = new Int32Array(((mask + 1) >>> runBits) + 1);
  let row = 0;
  for (let run = 0; run < runs.length; run++) {
    while (row < buckets.length && buckets[row]! >>> runBits < run) row++;
    runs[run] = row;
  }
  return runs;
}

/** Row of a bucket, −1 where it has none. */
export function rowOf({ buckets, runs }: Vocabulary, bucket: number): number {
  const run = bucket >>> runBits;
  const end = runs[run + 1]!;
  for (let row = runs[run]!; row < end; row++) if (buckets[row] === bucket) return row;
  return -1;
}

export interface VocabularyLimits {
  /** In how many messages a bucket must occur. */
  least: number;
  /** The most frequent ones stay: as many as `most` weights of all labels together allow. */
  most: number;
}

/** 32 MB of weights. */
export const usualLimits: VocabularyLimits = { least: 2, most: 8_000_000 };

/** @param written whether a message is the group's own writing (a keyword, an example): its words stay, however rare. */
export function vocabularyOf(
  messages: readonly Block[][],
  labels: number,
  limits: VocabularyLimits = usualLimits,
  written: (index: number) => boolean = () => false,
): Vocabulary {
  const frequency = new Uint32Array(mask + 1);
  const stays = new Uint8Array(mask + 1);
  messages.forEach((blocks, i) => {
    const own = written(i);
    // The title's buckets are among those of everything.
    for (const block of blocks.slice(0, 2)) {
      for (const one of block.buckets) {
        frequency[one]!++;
        if (own) stays[one] = 1;
      }
    }
  });
  let kept: number[] = [];
  for (let one = 0; one <= mask; one++) if (stays[one] === 1 || frequency[one]! >= limits.least) kept.push(one);
  const most = Math.floor(limits.most / labels);
  if (kept.length > most) kept = kept.sort((a, b) => frequency[b]! - frequency[a]! || a - b).slice(0, most);
  const buckets = Int32Array.from(kept).sort();
  const idf = new Float32Array(buckets.length);
  buckets.forEach((one, row) => {
    idf[row] = Math.log((1 + messages.length) / (1 + frequency[one]!)) + 1;
  });
  return { buckets, idf, runs: runsOf(buckets) };
}

/** Rows and values of one message, of unit length. */
export interface Vector {
  rows: Int32Array;
  values: Float32Array;
}

/** Each block to unit length, times its share, all of it to unit length. */
export function vectorOf(blocks: readonly Block[], vocabulary: Vocabulary): Vector {
  const sum = new Map<number, number>();
  blocks.forEach(({ buckets, counts }, b) => {
    const rows: number[] = [];
    const values: number[] = [];
    let square = 0;
    for (let i = 0; i < buckets.length; i++) {
      const row = rowOf(vocabulary, buckets[i]!);
      if (row < 0) continue;
      const value = (1 + Math.log(counts[i]!)) * vocabulary.idf[row]!;
      rows.push(row);
      values.push(value);
      square += value * value;
    }
    const scale = shares[b]! / (Math.sqrt(square) || 1);
    for (let i = 0; i < rows.length; i++) sum.set(rows[i]!, (sum.get(rows[i]!) ?? 0) + values[i]! * scale);
  });
  let square = 0;
  for (const value of sum.values()) square += value * value;
  const scale = 1 / (Math.sqrt(square) || 1);
  const rows = new Int32Array(sum.size);
  const values = new Float32Array(sum.size);
  let n = 0;
  for (const [row, value] of sum) {
    rows[n] = row;
    values[n++] = value * scale;
  }
  return { rows, values };
}
