import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { asOwner, makeDataFolder, removeFolder, root, signIn, startProgram } from './program.ts';
import { below } from './processes.ts';
const run = promisify(execFile);
const conns = Number(process.argv[2] ?? 8);
const folder = await makeDataFolder();
const prof = process.argv[3] === 'prof';
const server = await startProgram(folder, { nodeArguments: prof ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [] });
try {
  const { categoryIds, siteIds, logins } = await asOwner(folder, async (client) => ({
    categoryIds: (await client.query(`select id from organization.category where parent_id is not null and record_class in ('normal','personal','health')`)).rows.map((r) => r.id),
    siteIds: (await client.query(`select id from organization.node where kind = 'site'`)).rows.map((r) => r.id),
    logins: (await client.query(`select a.login from access.account a join access.grant_ g on g.account_id = a.id and g.role = 'worker' order by login limit 32`)).rows.map((r) => r.login),
  }));
  const senders = [];
  for (const login of logins) senders.push(await signIn(server.address, login));
  const load = async (ms: number) => JSON.parse((await run(process.execPath, ['--import', 'tsx', join(root, 'bench/load.ts'), JSON.stringify({ addresses: [server.address], senders, connections: conns, warmMs: 500, measureMs: ms, categoryIds, siteIds })], { cwd: root })).stdout);
  await load(2000);
  await asOwner(folder, (c) => c.query('analyze'));
  const before = new Map(below(process.pid).map((p) => [p.pid, p]));
  const t = performance.now();
  const result = await load(6000);
  const wall = (performance.now() - t) / 1000;
  const after = below(process.pid);
  const groups = new Map<string, number>();
  for (const p of after) {
    const used = p.seconds - (before.get(p.pid)?.seconds ?? 0);
    const name = `${p.pid} ${p.command.slice(0, 90)}`;
    groups.set(name, (groups.get(name) ?? 0) + used);
  }
  console.log(JSON.stringify(result), 'wall', wall.toFixed(1));
  const n = result.perSecond * 6.5;
  for (const [name, s] of groups) if (s > 0.05) console.log(name.padEnd(50), s.toFixed(2), 's', ((s / n) * 1e6).toFixed(0), 'µs per create');
} finally {
  await server.stop();
  await removeFolder(folder);
}
