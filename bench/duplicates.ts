/**
 * Are the same needs found, and only those? On written rewordings and look-alikes (`samples/`, never used for tuning); with
 * LASTMETRE_BENCH_DATA also on citizens' messages: near duplicates, and hot topics as four teams named them. Then the speed
 * of the check at 1 M requests.
 */
import { sameNeed, sameness } from '../server/modules/likeness/sameness.ts';
import { scoreMessages } from './messages.ts';
import { readPairs, sideOf } from './pairs.ts';
import { report } from './report.ts';

/** Needs further apart in time are not compared. */
const windowHours = 72;

async function scoreWritten(): Promise<void> {
  const found = (pair: Awaited<ReturnType<typeof readPairs>>[number]): boolean =>
    pair.a.site === pair.b.site && pair.hours <= windowHours && sameness(sideOf(pair.a), sideOf(pair.b)) >= sameNeed;
  const rewordings = await readPairs('rewordings');
  const lookAlikes = await readPairs('look-alikes');
  const right = rewordings.filter(found).length;
  const wrong = lookAlikes.filter(found).length;
  const name = `${rewordings.length} rewordings, ${lookAlikes.length} look-alikes`;
  const line = { bench: 'duplicates', case: name, unit: '', data: 'written' } as const;
  const recall = right / rewordings.length;
  const precision = right / (right + wrong);
  report({ ...line, metric: 'recall', value: recall, aim: '≥ 0.8', met: recall >= 0.8 });
  report({ ...line, metric: 'precision', value: precision, aim: '≥ 0.9', met: precision >= 0.9 });
}

await scoreWritten();
const folder = process.env.LASTMETRE_BENCH_DATA;
if (folder) await scoreMessages(folder);
