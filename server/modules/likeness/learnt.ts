import learnt from './learnt.json' with { type: 'json' };

/** Where the feature is no greater than `upTo` it goes on `low`, else `high`; at the end it `adds` to the log odds. */
export type Tree = { feature: string; upTo: number; low: Tree; high: Tree } | { adds: number };

/** What was counted and learnt. `npx tsx bench/learn.ts` writes the file; how, is said there. */
export interface Learnt {
  /** How many texts were counted. */
  texts: number;
  /** In how many of them a name stands; none that stands in fewer than three. */
  counts: Record<string, number>;
  trees: Tree[];
}

export const { texts, counts, trees }: Learnt = learnt;
