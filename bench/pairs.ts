import { readFile } from 'node:fs/promises';
import type { Compared } from '../server/modules/likeness/features.ts';
import { meaningOf } from '../server/modules/likeness/meaning.ts';

/** One line of `samples/*.jsonl`: two texts, where and about what, and how many hours lie between. */
export interface Pair {
  id: string;
  a: Told;
  b: Told;
  hours: number;
}

interface Told {
  category: string;
  site: string;
  text: string;
}

export async function readPairs(name: string): Promise<Pair[]> {
  const text = await readFile(new URL(`samples/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);
}

export const sideOf = (told: Told): Compared => ({
  meaning: meaningOf(told.text),
  categoryId: told.category,
  firstCategoryId: told.category[0]!,
});
