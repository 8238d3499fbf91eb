/**
 * Are the same needs found, and only those? On written rewordings and look-alikes (`samples/`, never used for tuning); with
 * LASTMETRE_BENCH_DATA also on citizens' messages: near duplicates, and hot topics as four teams named them. Then the speed
 * of the check at 1 M requests.
 */
import { sentences } from '../server/demo/sentences/compose.ts';
import { meaningOf } from '../server/modules/likeness/meaning.ts';
import { sameNeed, sameness } from '../server/modules/likeness/sameness.ts';
import { mostCompared } from '../server/modules/likeness/suggesting.ts';
import { firstSight, termsOf, weighedTermsOf } from '../server/modules/likeness/terms.ts';
import { addRequests } from './dataset.ts';
import { measure } from './measured.ts';
import { scoreMessages } from './messages.ts';
import { readPairs, sideOf } from './pairs.ts';
import { asOwner, makeDataFolder, removeFolder, signIn, startProgram } from './program.ts';
import { note, report } from './report.ts';
import { addWords, composeTexts, someRequests } from './texts.ts';

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

/** Of the texts of one busy site within three days so many are compared; the rewording must be among them. */
async function scoreFirstSight(): Promise<void> {
  const rewordings = await readPairs('rewordings');
  const said = await composeTexts(Object.keys(sentences), 2_200);
  const there = [...[...said.values()].flat(), ...(await readPairs('look-alikes')).map((pair) => pair.b.text)];
  const terms = there.map((text) => termsOf(meaningOf(text)));
  const kept = rewordings.filter((pair) => {
    const asked = weighedTermsOf(meaningOf(pair.a.text));
    const own = firstSight(asked, termsOf(meaningOf(pair.b.text)));
    return own > 0 && terms.filter((one) => firstSight(asked, one) >= own).length < mostCompared;
  });
  report({
    bench: 'duplicates',
    case: `rewordings among the ${mostCompared} compared of ${there.length} at one site`,
    metric: 'recall',
    value: kept.length / rewordings.length,
    unit: '',
    data: 'written',
  });
}

/** The check as the dispatcher's page asks it, of requests of the last days at sites as busy as they come. */
async function timeChecks(size: number): Promise<void> {
  const folder = await makeDataFolder();
  const server = await startProgram(folder);
  try {
    const prints = await asOwner(folder, async (client) => {
      await addRequests(client, 0, size);
      return addWords(client);
    });
    note(`${prints} prints of ${size} requests`);
    const ids = await asOwner(folder, (client) => someRequests(client, 200));
    const by = await signIn(server.address, 'disp01');
    const { p50, p99, runs, spread, others } = await measure(
      server.address,
      by,
      ids.map((id) => `/api/requests/${id}/similar`),
      { runs: 5, perRun: 200 },
    );
    const line = { bench: 'duplicates', case: `check at intake, ${size} requests, dispatcher`, unit: 'ms' };
    report({ ...line, metric: 'p50', value: p50 });
    report({ ...line, metric: 'p99', value: p99, aim: '< 20 ms', met: p99 < 20, runs, spread, others });
  } finally {
    await server.stop();
    await removeFolder(folder);
  }
}

await scoreWritten();
await scoreFirstSight();
const folder = process.env.LASTMETRE_BENCH_DATA;
if (folder) await scoreMessages(folder);
await timeChecks(Number(process.argv[2] ?? 1_000_000));
