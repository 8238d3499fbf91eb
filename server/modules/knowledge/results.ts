import type { Measured } from '../../../contract/knowledge.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { usesOf } from './queries.ts';

/** What came of one request that was answered from an article. */
export interface Fate {
  requestId: string;
  number: string;
  state: string;
  /** The person has spoken, or can no longer be asked. */
  judged: boolean;
  solved: boolean;
  reopened: boolean;
  /** The same person, about the same kind of need, within seven days. */
  calledAgain: boolean;
  /** Whether the one who asks may read the request. */
  readable: boolean;
}

let fatesOf: (tx: Tx, actor: Actor, requestIds: string[]) => Promise<Fate[]> = async () => [];

/** `requests` says here what became of needs; articles stay below it. */
export function provideFates(provided: typeof fatesOf): void {
  fatesOf = provided;
}

/** Figures are made of this many newest answers per article: what counts is how it serves now. */
export const mostUses = 200;

export interface Used extends Fate {
  at: Date;
  version: number;
  held: boolean;
}

export async function resultsOf(tx: Tx, actor: Actor, codes: string[]): Promise<Map<string, Used[]>> {
  const uses = await usesOf(tx, codes, mostUses);
  const fates = new Map(
    (
      await fatesOf(
        tx,
        actor,
        uses.map((use) => use.request_id),
      )
    ).map((fate) => [fate.requestId, fate]),
  );
  const results = new Map<string, Used[]>(codes.map((code) => [code, []]));
  for (const use of uses) {
    const fate = fates.get(use.request_id);
    if (!fate) continue;
    results.get(use.article_code)!.push({
      ...fate,
      at: use.at,
      version: use.version_no,
      held: fate.solved && !fate.calledAgain && !fate.reopened,
    });
  }
  return results;
}

export function measure(uses: readonly Used[]): Measured {
  const count = (which: (use: Used) => boolean): number => uses.filter(which).length;
  return {
    answered: uses.length,
    judged: count((use) => use.judged),
    held: count((use) => use.held),
    calledAgain: count((use) => use.calledAgain),
    reopened: count((use) => use.reopened),
    lost: count((use) => use.judged && !use.solved && !use.reopened && !use.calledAgain),
  };
}
