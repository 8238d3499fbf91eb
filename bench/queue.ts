/**
 * First page of a queue, sorted by what is due, as the people who live in it see it, at 10 k, 100 k and 1 M requests. The
 * floor is the smallest signed-in answer of the same server in the same run (GET /api/session).
 */
import { addRequests } from './dataset.ts';
import { measure, measureTogether } from './measured.ts';
import { asOwner, makeDataFolder, type Running, removeFolder, signIn, startProgram } from './program.ts';
import { note, report } from './report.ts';

const sizes = (process.argv[2] ?? '10000,100000,1000000').split(',').map(Number);
const mostMs = 25;
const mostGrowth = 1.5;
const named = (size: number): string => (size >= 1e6 ? `${size / 1e6} M` : `${size / 1e3} k`);

const folder = await makeDataFolder();
const server = await startProgram(folder);
try {
  const logins = await asOwner(folder, async (client) => {
    const one = async (text: string): Promise<string> => (await client.query<{ login: string }>(text)).rows[0]!.login;
    // The busiest site and unit of the generated data.
    const busy = `with u as (select parent_id as id from organization.node where kind = 'site' group by parent_id order by count(*) desc, parent_id limit 1)`;
    const of = (role: string, more: string): string =>
      `select a.login from access.account a join access.grant_ g on g.account_id = a.id and g.role = '${role}' ${more} order by a.login limit 1`;
    return {
      'site officer': await one(
        `${busy} ${of('site_officer', `where g.node_id = (select s.id from organization.node s, u where s.parent_id = u.id order by s.heads desc limit 1)`)}`,
      ),
      'unit handler': await one(
        `${busy} ${of('handler', `join u on g.node_id = u.id join organization.line l on l.id = g.line_id and l.code = 'L11'`)}`,
      ),
      'head office handler': await one(
        of(
          'handler',
          `join organization.node n on n.id = g.node_id and n.kind = 'group' join organization.line l on l.id = g.line_id and l.code = 'L11'`,
        ),
      ),
      'unit liaison': await one(`${busy} ${of('unit_liaison', 'join u on g.node_id = u.id')}`),
      dispatcher: await one(of('dispatcher', '')),
      'group leader': await one(of('group_leader', '')),
    };
  });
  const rowsOf = (body: string): number => (JSON.parse(body) as { rows: unknown[] }).rows.length;
  const pages = {
    'todo by due': '/api/requests?view=todo&sort=due',
    'todo by due, high only': '/api/requests?view=todo&sort=due&priority=high',
  };

  const measureSize = async (size: number, address: string): Promise<void> => {
    for (const [who, login] of Object.entries(logins)) {
      const by = await signIn(address, login);
      const readings = ['/api/session', ...Object.values(pages)].map((path) => ({ address, by, paths: [path] }));
      const [floor, ...found] = await measureTogether(readings);
      for (const [i, what] of Object.keys(pages).entries()) {
        const { p50, p99, runs, spread, others, body } = found[i]!;
        const name = `${named(size)}, ${who}, ${what} (${rowsOf(body)} rows)`;
        report({
          bench: 'queue',
          case: name,
          metric: 'p99',
          value: p99,
          unit: 'ms',
          floor: floor!.p99,
          aim: `< ${mostMs} ms`,
          met: p99 < mostMs,
          runs,
          spread,
          others,
        });
        report({ bench: 'queue', case: name, metric: 'p50', value: p50, unit: 'ms', floor: floor!.p50 });
      }
      const counts = await measure(address, by, ['/api/requests/counts'], { runs: 3, perRun: 60 });
      const { p50, p99, runs, spread, others } = counts;
      report({
        bench: 'queue',
        case: `${named(size)}, ${who}, counts`,
        metric: 'p99',
        value: p99,
        unit: 'ms',
        runs,
        spread,
        others,
      });
      report({ bench: 'queue', case: `${named(size)}, ${who}, counts`, metric: 'p50', value: p50, unit: 'ms' });
    }
  };

  /** Small and large at the same time, run by run in turn: what grows is the database, not the noise of the machine. */
  const measureGrowth = async (small: Running, large: Running): Promise<void> => {
    for (const [who, login] of Object.entries(logins)) {
      const signed = [await signIn(small.address, login), await signIn(large.address, login)] as const;
      for (const [what, path] of Object.entries(pages)) {
        const [before, after] = await measureTogether([
          { address: small.address, by: signed[0], paths: [path] },
          { address: large.address, by: signed[1], paths: [path] },
        ]);
        const name = `${who}, ${what}, ${named(sizes[0]!)} → ${named(sizes.at(-1)!)} (${rowsOf(before!.body)} → ${rowsOf(after!.body)} rows)`;
        const growth = after!.p99 / before!.p99;
        report({
          bench: 'queue',
          case: name,
          metric: 'p99 growth',
          value: growth,
          unit: '×',
          aim: `≤ ${mostGrowth}`,
          met: growth <= mostGrowth,
          others: Math.max(before!.others, after!.others),
        });
        report({ bench: 'queue', case: name, metric: 'p50 growth', value: after!.p50 / before!.p50, unit: '×' });
      }
    }
  };

  let have = 0;
  for (const size of sizes) {
    const started = performance.now();
    await asOwner(folder, (client) => addRequests(client, have, size));
    have = size;
    note(`${named(size)} requests after ${((performance.now() - started) / 1000).toFixed(0)} s`);
    await measureSize(size, server.address);
  }
  if (sizes.length > 1) {
    const smallFolder = await makeDataFolder();
    const small = await startProgram(smallFolder);
    try {
      await asOwner(smallFolder, (client) => addRequests(client, 0, sizes[0]!));
      await measureGrowth(small, server);
    } finally {
      await small.stop();
      await removeFolder(smallFolder);
    }
  }
} finally {
  await server.stop();
  await removeFolder(folder);
}
