/** What was planted, so that searches for hot topics and duplicates can be scored. Follows from the seed and the day alone. */
import { duplicatePairs } from '../sentences/duplicates.ts';
import { hotTopics } from '../sentences/hotTopics.ts';
import type { Ledger } from './ledger.ts';
import { countOf, pairKey, topicKey } from './planted.ts';

export interface Truth {
  hotTopics: { code: string; category: string; sites: string[]; fromDay: number; toDay: number; requests: string[] }[];
  /** The need, and the same need told again in other words. */
  duplicates: { category: string; original: string; copy: string }[];
}

/** @param name what a need is called in the answer: its id, or its number once it has one */
export function truthOf(ledger: Ledger, name: 'id' | 'number' = 'id'): Truth {
  const nameOf = (key: string): string => {
    const need = ledger.byKey.get(key);
    if (!need) throw new Error(`${key} was planned and never asked.`);
    return need.row[name];
  };
  return {
    hotTopics: hotTopics.map(({ code, category, sites, fromDay, toDay }) => ({
      code,
      category,
      sites,
      fromDay,
      toDay,
      requests: Array.from({ length: countOf(code) }, (_, i) => nameOf(topicKey(code, i))),
    })),
    duplicates: duplicatePairs.map(({ category }, i) => ({
      category,
      original: nameOf(pairKey(i, 'a')),
      copy: nameOf(pairKey(i, 'b')),
    })),
  };
}
