/**
 * First page of a queue, sorted by what is due, as the people who live in it see it, at 10 k, 100 k and 1 M requests. The
 * floor is the smallest signed-in answer of the same server in the same run (GET /api/session).
 */
import { addRequests } from './dataset.ts';
import { measure } from './measured.ts';
import { asOwner, makeDataFolder, removeFolder, signIn, startProgram } from './program.ts';
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
  const pages = {
    'todo by due': '/api/requests?view=todo&sort=due',
    'todo by due, high only': '/api/requests?view=todo&sort=due&priority=high',
  };
  const first = new Map<string, number>();
  let have = 0;
  for (const size of sizes) {
    const started = performance.now();
    await asOwner(folder, (client) => addRequests(client, have, size));
    have = size;
    note(`${named(size)} requests after ${((performance.now() - started) / 1000).toFixed(0)} s`);
    for (const [who, login] of Object.entries(logins)) {
      const by = await signIn(server.address, login);
      const floor = await measure(server.address, by, ['/api/session'], { runs: 3 });
      for (const [what, path] of Object.entries(pages)) {
        const found = await measure(server.address, by, [path]);
        const rows = (JSON.parse(found.body) as { rows: unknown[] }).rows.length;
        const name = `${named(size)}, ${who}, ${what}`;
        report({
          bench: 'queue',
          case: `${name} (${rows} rows)`,
          metric: 'p99',
          value: found.p99,
          unit: 'ms',
          floor: floor.p99,
          aim: `< ${mostMs} ms`,
          met: found.p99 < mostMs,
          runs: found.runs,
          spread: found.spread,
          others: found.others,
        });
        report({
          bench: 'queue',
          case: `${name} (${rows} rows)`,
          metric: 'p50',
          value: found.p50,
          unit: 'ms',
          floor: floor.p50,
        });
        const key = `${who}, ${what}`;
        const before = first.get(key);
        if (before === undefined) first.set(key, found.p99);
        else if (size === sizes.at(-1)) {
          const growth = found.p99 / before;
          report({
            bench: 'queue',
            case: `${key}, ${named(sizes[0]!)} → ${named(size)}`,
            metric: 'p99 growth',
            value: growth,
            unit: '×',
            aim: `≤ ${mostGrowth}`,
            met: growth <= mostGrowth,
          });
        }
      }
      const counts = await measure(server.address, by, ['/api/requests/counts'], { runs: 3, perRun: 60 });
      report({
        bench: 'queue',
        case: `${named(size)}, ${who}, counts`,
        metric: 'p99',
        value: counts.p99,
        unit: 'ms',
        runs: counts.runs,
        spread: counts.spread,
        others: counts.others,
      });
      report({ bench: 'queue', case: `${named(size)}, ${who}, counts`, metric: 'p50', value: counts.p50, unit: 'ms' });
    }
  }
} finally {
  await server.stop();
  await removeFolder(folder);
}
