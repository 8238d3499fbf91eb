/**
 * Full-text search in Chinese over 1 M requests, through the page's own door with everybody's own sight: what people look
 * for, from rare to common, newest first.
 */
import { addRequests } from './dataset.ts';
import { measureTogether } from './measured.ts';
import { asOwner, makeDataFolder, removeFolder, signIn, startProgram } from './program.ts';
import { note, report } from './report.ts';
import { addWords } from './texts.ts';

const size = Number(process.argv[2] ?? 1_000_000);
const mostMs = 50;
/** Two to six characters, a few words, a whole phrase; some in one text of a thousand, some in one of ten. */
const sought = [
  '热水',
  '口罩',
  '停水',
  '通行证到期',
  '板房停电',
  '塔吊',
  '没有热水',
  '夜班',
  '抗原',
  '检查站',
  '沥青',
  '轮休',
  '下水道',
  '防护服',
  '三号楼',
];

const folder = await makeDataFolder();
const server = await startProgram(folder);
try {
  const people = await asOwner(folder, async (client) => {
    await addRequests(client, 0, size);
    note(`${await addWords(client)} searchable of ${size}`);
    const one = async (role: string): Promise<string> =>
      (
        await client.query<{ login: string }>(
          `select a.login from access.account a join access.grant_ g on g.account_id = a.id and g.role = $1 order by a.login limit 1`,
          [role],
        )
      ).rows[0]!.login;
    return {
      dispatcher: await one('dispatcher'),
      'unit liaison': await one('unit_liaison'),
      'site officer': await one('site_officer'),
      handler: await one('handler'),
    };
  });
  for (const [who, login] of Object.entries(people)) {
    const by = await signIn(server.address, login);
    const [floor, found] = await measureTogether(
      [
        { address: server.address, by, paths: ['/api/session'] },
        {
          address: server.address,
          by,
          paths: sought.map((text) => `/api/requests?view=all&sort=newest&limit=50&search=${encodeURIComponent(text)}`),
        },
      ],
      { runs: 5, perRun: 150 },
    );
    const line = { bench: 'search', case: `${size} requests, ${who}`, unit: 'ms', floor: floor!.p99 };
    report({ ...line, metric: 'p50', value: found!.p50 });
    const { p99, runs, spread, others } = found!;
    report({ ...line, metric: 'p99', value: p99, aim: `< ${mostMs} ms`, met: p99 < mostMs, runs, spread, others });
  }
} finally {
  await server.stop();
  await removeFolder(folder);
}
