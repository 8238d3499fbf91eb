/**
 * A switch of stage over 1,000 sites whose sets of 100 measures are in force, with 500 open pages: an emergency order by
 * three people over HTTP, the last signature of which applies everything. How long until it is committed, and until the
 * last page was told and has the new stage. The floor is the barest SQL a switch cannot do without.
 *
 * `npm run bench -- stage-switch [sites] [pages]`; anything but 1,000 and 500 is named in every line.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { request } from 'undici';
import { makeNextDay } from '../server/modules/measures/index.ts';
import { system } from '../server/platform/actor.ts';
import { openPool } from '../server/platform/database.ts';
import { inTransaction } from '../server/platform/transaction.ts';
import { addPlans, growGroup, linesOfSet, openSessions } from './campaign.ts';
import type { PagesOrder, PagesResult } from './pages.ts';
import { watchOthers } from './processes.ts';
import {
  asOwner,
  makeDataFolder,
  ownerUrl,
  removeFolder,
  root,
  type SignedIn,
  signIn,
  startProgram,
} from './program.ts';
import { note, quantile, report } from './report.ts';

const sites = Number(process.argv[2] ?? 1_000);
const pages = Number(process.argv[3] ?? 500);
const whole = sites === 1_000 && pages === 500;
const label = `${whole ? '' : 'SHORT: '}${sites} sites × ${linesOfSet} measures, ${pages} open pages`;
const [from, to] = ['S4', 'S2'];
const mostCommitMs = 5_000;
const mostShownMs = 2_000;

const folder = await makeDataFolder();
const server = await startProgram(folder);
try {
  const began = performance.now();
  const figure = (
    metric: string,
    value: number,
    unit: string,
    more: Partial<Parameters<typeof report>[0]> = {},
  ): void => report({ bench: 'stage-switch', case: label, metric, value, unit, ...more });
  const people = await asOwner(folder, async (client) => {
    await growGroup(client, sites);
    await addPlans(client, from, 'in_force');
    await addPlans(client, to, 'approved');
    // Who has a page open in the middle of a campaign: of every role some, and of the officers as many as it takes.
    const { rows } = await client.query<{ id: string; role: string }>(
      `select id, role from (
         select a.id, g.role, row_number() over (partition by g.role order by a.login) as i from access.account a join access.grant_ g on g.account_id = a.id
         where g.revoked_at is null and g.role in ('support_group', 'group_leader', 'dispatcher', 'unit_liaison', 'unit_leader', 'handler', 'site_officer')) as p
       order by i, role limit $1`,
      [pages],
    );
    if (rows.length < pages) throw new Error(`Only ${rows.length} people have an account.`);
    return openSessions(
      client,
      rows.map((row) => row.id),
    );
  });
  note(`${sites} sites with plans after ${((performance.now() - began) / 1000).toFixed(0)} s`);

  // What every evening does: the measures are work that falls due today and tomorrow.
  const pool = openPool(await ownerUrl(folder), { max: 1 });
  const evening = performance.now();
  await inTransaction(pool, (tx) => makeNextDay({ tx, actor: system, now: new Date() }));
  figure('measures of the next day made', (performance.now() - evening) / 1000, 's');
  await pool.end();

  const floor = await asOwner(folder, async (client) => {
    await client.query('begin');
    const before = performance.now();
    await client.query(`update plans.plan set state = 'to_be_renewed', version = version + 1 where state = 'in_force'`);
    await client.query(`update stages.period set to_at = now() where to_at is null`);
    const ms = performance.now() - before;
    await client.query('rollback');
    await client.query('vacuum (analyze) plans.plan');
    return ms;
  });

  const call = async <T>(by: SignedIn, method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
    const answer = await request(`${server.address}${path}`, {
      method,
      headers: { ...by, ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }) },
      body: body && JSON.stringify(body),
    });
    const said = await answer.body.json();
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(said)}`);
    return said as T;
  };
  const [drafter, leader, second] = [
    await signIn(server.address, 'sup01'),
    await signIn(server.address, 'lead00'),
    await signIn(server.address, 'lead01'),
  ];
  const order: PagesOrder = { addresses: [server.address], people, coverageEvery: 10, stage: to, waitMs: 60_000 };
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'bench', 'pages.ts')], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGTERM'));
  child.stdin.end(JSON.stringify(order));
  const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await said.next();
  note(`${pages} pages are open`);

  const id = randomUUID();
  const group = await asOwner(
    folder,
    async (client) =>
      (await client.query<{ id: number }>(`select id from organization.node where kind = 'group'`)).rows[0]!.id,
  );
  await call(drafter, 'POST', '/api/stages/orders', {
    id,
    nodeId: group,
    toCode: to,
    basisNumber: '汀澜综保〔2026〕99号',
    basisTitle: '关于立即实施封闭管理的通知',
    basisDay: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    effectiveAt: null,
    trigger: '属地实施封控',
    emergency: true,
  });
  interface Seen {
    version: number;
    look: { units: { unitId: number; ready: boolean }[] };
  }
  const looked: number[] = [];
  const sign = async (by: SignedIn): Promise<{ ms: number; state: string }> => {
    const looking = performance.now();
    const seen = await call<Seen>(by, 'GET', `/api/stages/orders/${id}`);
    looked.push(performance.now() - looking);
    const signing = performance.now();
    const { state } = await call<{ state: string }>(by, 'POST', `/api/stages/orders/${id}/sign`, {
      id,
      version: seen.version,
      unreadyUnitIds: seen.look.units.filter((unit) => !unit.ready).map((unit) => unit.unitId),
      seenUnready: true,
      seenConsequences: true,
    });
    return { ms: performance.now() - signing, state };
  };
  const first = await sign(leader);
  const others = watchOthers();
  const last = await sign(second);
  const committed = Date.now();
  if (last.state !== 'in_force') throw new Error(`the order is ${last.state}`);
  const result = JSON.parse((await said.next()).value as string) as PagesResult;
  const disturbed = others();

  const touched = await asOwner(
    folder,
    async (client) =>
      (
        await client.query<{ renewed: number; lines: number; told: number }>(
          `select count(*)::int as renewed, coalesce(sum((select count(*) from plans.line l where l.plan_id = p.id)), 0)::int as lines,
           (select count(*)::int from journal.entry where at > now() - interval '10 minutes') as told
         from plans.plan p where state = 'to_be_renewed'`,
        )
      ).rows[0]!,
  );
  if (touched.renewed < sites) throw new Error(`only ${touched.renewed} plans are to be renewed`);
  note(
    `${touched.renewed} plans with ${touched.lines} measures are to be renewed; ${touched.told} entries in the journal`,
  );
  figure('last signature until it is committed', last.ms / 1000, 's', {
    floor: floor / 1000,
    aim: `< ${mostCommitMs / 1000} s`,
    met: last.ms < mostCommitMs,
    others: disturbed,
  });
  figure('first signature', first.ms / 1000, 's');
  figure('the order looked at, with who is ready and what changes: worst', Math.max(...looked) / 1000, 's');
  const after = (times: (number | null)[]): number[] =>
    times.map((at) => (at === null ? Number.POSITIVE_INFINITY : at - committed));
  const never = result.shown.filter((at) => at === null).length;
  const worst = Math.max(0, ...after(result.shown).filter(Number.isFinite));
  figure(
    'committed until the last page was told',
    Math.max(0, ...after(result.told).filter(Number.isFinite)) / 1000,
    's',
  );
  figure('committed until half the pages show it', Math.max(0, quantile(after(result.shown), 0.5)) / 1000, 's');
  figure('committed until the last page shows it', worst / 1000, 's', {
    aim: `< ${mostShownMs / 1000} s`,
    met: never === 0 && worst < mostShownMs,
    others: disturbed,
  });
  figure('pages that never showed it', never, 'pages', { aim: '0', met: never === 0 });
  figure('pages dropped', result.dropped, 'pages', { aim: '0', met: result.dropped === 0 });
  figure('events told', result.events, 'events');
  figure('matrix asked for by pages that heard: worst', Math.max(0, ...result.matrices), 'ms');
  figure('matrix asked for by pages that heard', result.matrices.length, 'times');
  for (const why of new Set(result.failed)) note(why);
} finally {
  await server.stop();
  await removeFolder(folder);
}
