import type { Pool } from '../../platform/database.ts';
import { inStatement } from '../../platform/transaction.ts';
import { catchUp, type Reader } from '../journal/index.ts';
import type { Classifier } from './classifier.ts';
import { latestModel } from './queries.ts';
import { dispatchByRules } from './rules.ts';
import { followJournal } from './suggesting.ts';
import { enoughNew, trainNow } from './training.ts';

/**
 * Follows the journal: suggestions for what came, decisions for what was dispatched, and what a rule dispatches at once. A
 * long way behind (a history that was just loaded, a large import) it stops to learn whenever it knows twice as much.
 */
export function followTriage(deps: {
  pool: Pool;
  classifier: Classifier;
  now: () => Date;
  committed: () => void;
  /** False where tests drive time themselves. */
  mayTrain: boolean;
}): () => Promise<void> {
  const { pool, classifier, now, mayTrain } = deps;
  let known = 0;
  let decisions = 0;
  let suggested: string[] = [];
  const reader: Reader = {
    name: 'triage.suggestions',
    classes: ['normal', 'personal', 'health'],
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
