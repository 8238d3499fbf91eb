/**
 * The matrix of coverage over 1,000 sites of ten units, as who lives in it sees it. The floor is
 * the smallest signed-in answer of the same server (GET /api/session).
 *
 * `npm run bench -- coverage [sites]`; anything but 1,000 is named in every line.
 */
import { addPlans, growGroup } from './campaign.ts';
import { measureTogether } from './measured.ts';
import { asOwner, makeDataFolder, removeFolder, signIn, startProgram } from './program.ts';
import { note, report } from './report.ts';

const sites = Number(process.argv[2] ?? 1_000);
const label = `${sites === 1_000 ? '' : 'SHORT: '}${sites} sites`;
const mostMatrixMs = 50;

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
} finally {
  await server.stop();
  await removeFolder(folder);
}
