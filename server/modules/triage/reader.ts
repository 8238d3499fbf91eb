import type { EventEmitter } from 'node:events';
import type { Pool } from '../../platform/database.ts';
import type { Settled } from '../../platform/live.ts';
import { inStatement } from '../../platform/transaction.ts';
import { catchUp, type Reader } from '../journal/index.ts';
import type { Classifier } from './classifier.ts';
import { latestModel } from './queries.ts';
import { dispatchByRules } from './rules.ts';
import { followJournal, sortedActions } from './suggesting.ts';
import { enoughNew, stopTraining, trainIfNeeded, trainNow } from './training.ts';

export interface SortingDeps {
  pool: Pool;
  classifier: Classifier;
  journal: EventEmitter<{ settled: [Settled] }>;
  now: () => Date;
  committed: () => void;
  log: (line: string) => void;
  /** False where tests drive time themselves. */
  mayTrain: boolean;
}

/**
 * Follows the journal: suggestions for what came, decisions for what was dispatched, and what a rule dispatches at once. A
 * long way behind (a history that was just loaded, a large import) it stops to learn whenever it knows twice as much.
 */
function following(deps: SortingDeps): () => Promise<void> {
  const { pool, classifier, now, mayTrain } = deps;
  let known = 0;
  let decisions = 0;
  let suggested: string[] = [];
  const reader: Reader = {
    name: 'triage.suggestions',
    classes: ['normal', 'personal', 'health'],
    actions: sortedActions,
    take: async (tx, entries) => {
      suggested = [];
      const followed = await followJournal(tx, classifier, entries);
      suggested = followed.suggested;
      decisions += followed.decisions;
    },
    // Rules act on each batch; and a model that knows half of what is decided is not asked for long.
    pauses: () => suggested.length > 0 || (mayTrain && decisions >= enoughNew(known)),
  };
  return async () => {
    for (;;) {
      const [model] = await inStatement(pool, (tx) => latestModel(tx, []));
      if (!model) return;
      known = model.messages;
      const before = decisions;
      suggested = [];
      await catchUp(pool, reader);
      const came = suggested;
      // A crash before this leaves them to the dispatcher, as if there were no rule.
      if ((await dispatchByRules(pool, classifier, came, now())) > 0) deps.committed();
      if (mayTrain && decisions >= enoughNew(known)) {
        await trainNow(pool, now());
        decisions = 0;
      } else if (came.length === 0 && decisions === before) return;
    }
  };
}

/** Follows the journal while the program runs; a first model is fitted where there is none, and then all is caught up. */
export function startSorting(deps: SortingDeps): { stop(): Promise<void> } {
  const { pool, journal, now, log, mayTrain } = deps;
  const run = following(deps);
  let stopping = false;
  let reading: Promise<void> | null = null;
  let more = false;
  const complain = (error: Error): void => void (stopping || log(`triage: ${error.message}`));
  const read = (): void => {
    // Told while reading: what settled after the last look must not wait for the next news.
    more = true;
    reading ??= (async () => {
      while (more && !stopping) {
        more = false;
        await run();
      }
    })()
      .catch(complain)
      .finally(() => {
        reading = null;
      });
  };
  journal.on('settled', read);
  read();
  const first = mayTrain ? trainIfNeeded(pool, now()).then(read).catch(complain) : Promise.resolve();
  return {
    async stop() {
      stopping = true;
      await stopTraining(pool);
      await first;
      await reading;
    },
  };
}
