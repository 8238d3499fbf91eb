/**
 * The matrix of coverage over 1,000 sites of ten units, as who lives in it sees it; and the copies
 * among 1,000 measure sets of 100 lines, all pairs, in the thread that looks for them. The floor of the matrix is the smallest
 * signed-in answer of the same server (GET /api/session), that of the copies the bare reading of all their lines.
 *
 * `npm run bench -- coverage [sites]`; anything but 1,000 is named in every line.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { directory } from '../server/modules/organization/index.ts';
import { namesAt } from '../server/modules/plans/comparing.ts';
import { findCopies } from '../server/modules/plans/copy-looking.ts';
import { copyFrom, likenessOf, shingled } from '../server/modules/plans/similarity.ts';
import { openPool } from '../server/platform/database.ts';
import { inTransaction } from '../server/platform/transaction.ts';
import { addPlans, copyEvery, growGroup, linesOfSet, sitesOfGroup, wordsOfSets } from './campaign.ts';
import { measureTogether } from './measured.ts';
import { asOwner, makeDataFolder, ownerUrl, removeFolder, signIn, startProgram } from './program.ts';
import { note, report } from './report.ts';

const sites = Number(process.argv[2] ?? 1_000);
const label = `${sites === 1_000 ? '' : 'SHORT: '}${sites} sites`;
const mostMatrixMs = 50;
const mostPairsMs = 10_000;

const folder = await makeDataFolder();
const server = await startProgram(folder);
try {
  const began = performance.now();
  const logins = await asOwner(folder, async (client) => {
    await growGroup(client, sites);
    await addPlans(client, 'S4', 'in_force');
    const one = async (role: string): Promise<string> =>
      (
        await client.query<{ login: string }>(
          `select a.login from access.account a join access.grant_ g on g.account_id = a.id and g.role = $1 order by a.login limit 1`,
          [role],
        )
      ).rows[0]!.login;
    return {
      'unit liaison': await one('unit_liaison'),
      'site officer': await one('site_officer'),
      'support group': await one('support_group'),
    };
  });
  note(`${sites} sites with plans after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  for (const [who, login] of Object.entries(logins)) {
    const by = await signIn(server.address, login);
    const [floor, matrix] = await measureTogether(
      ['/api/session', '/api/plans/coverage'].map((path) => ({ address: server.address, by, paths: [path] })),
    );
    const { p50, p99, runs, spread, others, body } = matrix!;
    const shown = JSON.parse(body) as { sites: number; covered: number };
    const line = {
      bench: 'coverage',
      case: `${label}, matrix, ${who} (${shown.covered} of ${shown.sites} covered)`,
      unit: 'ms',
    };
    report({
      ...line,
      metric: 'p99',
      value: p99,
      floor: floor!.p99,
      aim: `< ${mostMatrixMs} ms`,
      met: p99 < mostMatrixMs,
      runs,
      spread,
      others,
    });
    report({ ...line, metric: 'p50', value: p50, floor: floor!.p50 });
  }

  // ---- all pairs
  const line = { bench: 'coverage', case: `${label} × ${linesOfSet} lines, copies among all pairs` };
  const [floor, dir, places] = await asOwner(folder, async (client) => {
    const before = performance.now();
    await client.query('select zh, who, place, how, frequency, evidence, own from plans.line');
    const ms = performance.now() - before;
    const pool = openPool(await ownerUrl(folder), { max: 1 });
    const found = [ms, await inTransaction(pool, directory), await sitesOfGroup(client)] as const;
    await pool.end();
    return found;
  });
  const sets = wordsOfSets(places).map((lines, i) => ({ stage: 'S4', names: namesAt(dir, places[i]!.id), lines }));
  // Truth by the plain definition, of those that were made as copies; any other that is found is counted against it.
  const pieces = (i: number) => shingled(sets[i]!.lines, sets[i]!.names);
  const made = sets.flatMap((_, i) => {
    if (i % copyEvery !== copyEvery - 1) return [];
    const like = likenessOf(pieces(i), pieces(i - 1));
    return like.whole > copyFrom && like.own > copyFrom ? [i] : [];
  });
  let longest = 0;
  async function* parts() {
    for (let from = 0; from < sets.length; from += 25) {
      const before = performance.now();
      yield sets.slice(from, from + 25);
      longest = Math.max(longest, performance.now() - before);
    }
  }
  const looking = performance.now();
  const copies = await findCopies(parts());
  const seconds = (performance.now() - looking) / 1000;
  report({
    ...line,
    metric: 'in the thread, with its start',
    value: seconds,
    unit: 's',
    floor: floor / 1000,
    aim: `< ${mostPairsMs / 1000} s`,
    met: seconds < mostPairsMs / 1000,
  });
  report({ ...line, metric: 'handing one part over: longest', value: longest, unit: 'ms' });
  const right = copies.filter((copy) => made.includes(copy.set)).length;
  report({ ...line, metric: 'recall', value: right / made.length, unit: '', aim: '1', met: right === made.length });
  report({
    ...line,
    metric: 'found that are none',
    value: copies.length - right,
    unit: 'sets',
    aim: '0',
    met: copies.length === right,
  });

  // ---- the same through the program, as the support group presses it
  const by = await signIn(server.address, logins['support group']);
  const ask = async <T>(method: 'GET' | 'POST', path: string): Promise<T> => {
    const answer = await request(`${server.address}${path}`, {
      method,
      headers: { ...by, ...(method === 'POST' && { 'content-type': 'application/json' }) },
      body: method === 'POST' ? '{}' : undefined,
    });
    const said = await answer.body.json();
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(said)}`);
    return said as T;
  };
  const pressed = performance.now();
  await ask('POST', '/api/plans/copies');
  let longestAnswer = 0;
  for (;;) {
    const before = performance.now();
    const { running, looked } = await ask<{ running: boolean; looked: { sets: number; found: number } | null }>(
      'GET',
      '/api/plans/copies',
    );
    longestAnswer = Math.max(longestAnswer, performance.now() - before);
    if (!running && looked) {
      note(`${looked.sets} sets, ${looked.found} copies marked`);
      break;
    }
    await sleep(20);
  }
  const whole = (performance.now() - pressed) / 1000;
  report({
    ...line,
    metric: 'pressed until it is done, with reading and marking',
    value: whole,
    unit: 's',
    floor: floor / 1000,
    aim: `< ${mostPairsMs / 1000} s`,
    met: whole < mostPairsMs / 1000,
  });
  report({ ...line, metric: 'longest answer of the same server meanwhile', value: longestAnswer, unit: 'ms' });
} finally {
  await server.stop();
  await removeFolder(folder);
}
