/**
 * The trial of a change to the dispatch catalogue on last week's requests, at 1 M: the demo's edition in force against the
 * one it has planned, and the requests behind one shift.
 */
import pg from 'pg';
import { request } from 'undici';
import { loadCatalogue } from '../server/demo/catalogue.ts';
import { inTransaction } from '../server/platform/transaction.ts';
import { addRequests } from './dataset.ts';
import { measureTogether } from './measured.ts';
import { asOwner, makeDataFolder, ownerUrl, removeFolder, signIn, startProgram } from './program.ts';
import { note, report } from './report.ts';

const size = Number(process.argv[2] ?? 1_000_000);
const mostMs = 1_000;

const folder = await makeDataFolder();
const server = await startProgram(folder);
try {
  const login = await asOwner(folder, async (client) => {
    await addRequests(client, 0, size);
    const { rows } = await client.query<{ login: string }>(
      `select a.login from access.account a join access.grant_ g on g.account_id = a.id and g.role = 'dispatcher_lead' order by 1 limit 1`,
    );
    return rows[0]!.login;
  });
  const pool = new pg.Pool({ connectionString: await ownerUrl(folder), max: 1 });
  await inTransaction(pool, (tx) => loadCatalogue(tx, new Date()));
  await pool.end();
  const by = await signIn(server.address, login);
  const call = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
    const answer = await request(`${server.address}${path}`, {
      method,
      headers: { ...by, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    const said = await answer.body.json();
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(said)}`);
    return said as T;
  };
  const { editions } = await call<{ editions: { id: string; state: string; items: number }[] }>(
    'GET',
    '/api/catalogue/editions',
  );
  const planned = editions.find((one) => one.state === 'planned')!;
  await call('POST', '/api/catalogue/draft', { from: planned.id });
  const trial = '/api/catalogue/draft/preview';
  const { requests, moved, shifts } = await call<{
    requests: number;
    moved: number;
    shifts: { from: { lineId: number }; to: { lineId: number } }[];
  }>('GET', trial);
  note(`${requests} requests of the last week, ${moved} would move; ${planned.items} lines of the catalogue`);
  const { from, to } = shifts[0]!;
  const [floor, preview, behind] = await measureTogether(
    [
      { address: server.address, by, paths: ['/api/session'] },
      { address: server.address, by, paths: [trial] },
      { address: server.address, by, paths: [`${trial}/requests?fromLineId=${from.lineId}&toLineId=${to.lineId}`] },
    ],
    { runs: 3, perRun: 20 },
  );
  for (const [what, found] of [
    ['trial', preview!],
    ['requests behind a shift', behind!],
  ] as const) {
    const line = { bench: 'catalogue', case: `${size} requests, ${requests} last week: ${what}`, unit: 'ms' };
    report({ ...line, metric: 'p50', value: found.p50, floor: floor!.p50 });
    const { p99, runs, spread, others } = found;
    report({ ...line, metric: 'worst', value: p99, aim: `< ${mostMs} ms`, met: p99 < mostMs, runs, spread, others });
  }
} finally {
  await server.stop();
  await removeFolder(folder);
}
