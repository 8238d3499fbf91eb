/**
 * Durable creates by HTTP: validated, permission-checked, journalled, clocks set, kept against repeats, with
 * synchronous_commit on, against the built program and its embedded PostgreSQL. The floor is two bare inserts in the same
 * database server at the same number of connections. Floor and program take turns, so that a busy machine is busy for both.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LoadOrder, LoadResult } from './load.ts';
import { watchOthers } from './processes.ts';
import {
  asOwner,
  makeDataFolder,
  ownerUrl,
  type Running,
  removeFolder,
  root,
  signIn,
  startProgram,
} from './program.ts';
import { median, note, report, spreadOf } from './report.ts';

const rounds = Number(process.argv[2] ?? 5);
const levels = [1, 8, 32];
const warmMs = 800;
const measureMs = 3_000;
const aims: Record<string, number> = { 'one server, 8': 0.35, 'two servers, 8': 0.5 };

const run = promisify(execFile);
const node = async <T>(file: string, order: object): Promise<T> => {
  const preload = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const { stdout } = await run(process.execPath, [...preload, join(root, 'bench', file), JSON.stringify(order)], {
    cwd: root,
    maxBuffer: 1e7,
  });
  return (stdout === '' ? {} : JSON.parse(stdout)) as T;
};

/** The same two inserts sent by PostgreSQL's own load generator, where it is installed. */
async function pgbench(folder: string, url: string, connections: number): Promise<number | null> {
  const program = process.env
    .PATH!.split(':')
    .map((path) => join(path, 'pgbench'))
    .find(existsSync);
  if (!program) return null;
  const script = join(folder, 'floor.sql');
  await writeFile(
    script,
    `with k as (select gen_random_uuid() as id), r as (insert into bench_floor.request (id, number, contact_id, channel, confidentiality, class, category_id,
      first_category_id, unit_id, site_id, stage_code, priority, requester_id, device_id, code_hmac, submitted_at, received_at, triage_due, contact_due, resolve_due,
      resolve_now, promise_at, next_due)
      select id, 'P-' || id, id, 'qr_form', 'open', 'normal', 12, 1, 6, 20, 'S2', 'high', id, 'device', decode(repeat('ab', 32), 'hex'), now(), now(), now(), now(), now(),
        now(), now(), now() from k)
     insert into bench_floor.content (request_id, key, text, requester_label) select id, decode(repeat('cd', 16), 'hex'), repeat('热水', 16), '一线职工' from k;\n`,
  );
  const { password, host } = { password: new URL(url).password, host: new URL(url).searchParams.get('host')! };
  const { stdout } = await run(
    program,
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(connections),
      '-j',
      String(Math.min(2, connections)),
      '-T',
      String(measureMs / 1000),
      '-f',
      script,
      '-h',
      host,
      '-U',
      'lastmetre',
      'lastmetre',
    ],
    { env: { ...process.env, PGPASSWORD: password } },
  );
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
}

/** Until what the creates left to be done behind them (order, search index) is done: it must not burden the next turn. */
async function untilSettled(folder: string): Promise<number> {
  const started = performance.now();
  await asOwner(folder, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ behind: number }>(
        `select (select count(*) from journal.entry)::int - coalesce((select position from journal.cursor where reader = 'requests.search'), 0)::int as behind`,
      );
      if (rows[0]!.behind <= 0) return;
      await sleep(50);
    }
  });
  return (performance.now() - started) / 1000;
}

const folder = await makeDataFolder();
const first = await startProgram(folder);
const url = await ownerUrl(folder);
let second: Running | null = null;
try {
  await node('floor.mjs', { url, setUp: true });
  const { categoryIds, siteIds, logins } = await asOwner(folder, async (client) => ({
    categoryIds: (
      await client.query<{ id: number }>(
        `select id from organization.category where parent_id is not null and record_class in ('normal', 'personal', 'health')`,
      )
    ).rows.map((row) => row.id),
    siteIds: (await client.query<{ id: number }>(`select id from organization.node where kind = 'site'`)).rows.map(
      (row) => row.id,
    ),
    logins: (
      await client.query<{ login: string }>(
        `select a.login from access.account a join access.grant_ g on g.account_id = a.id and g.role = 'worker' order by login limit 32`,
      )
    ).rows.map((row) => row.login),
    synchronous: await client.query('show synchronous_commit').then(({ rows }) => {
      if (rows[0].synchronous_commit !== 'on') throw new Error('synchronous_commit is not on');
    }),
  }));
  const senders: LoadOrder['senders'] = [];
  for (const login of logins) senders.push(await signIn(first.address, login));

  const perSecond = new Map<string, number[]>();
  const ratios = new Map<string, number[]>();
  const p99 = new Map<string, number[]>();
  const behind = new Map<string, number[]>();
  const strangers = new Map<string, number[]>();
  const keep = (map: Map<string, number[]>, name: string, value: number): void =>
    void map.set(name, [...(map.get(name) ?? []), value]);

  /** One turn of the floor and one of the program; round 0 warms files, caches and compiled code and is not counted. */
  const turn = async (arm: string, addresses: string[], connections: number, round: number): Promise<void> => {
    const bare = await node<{ perSecond: number }>('floor.mjs', { url, connections, warmMs, measureMs });
    const others = watchOthers();
    const order: LoadOrder = { addresses, senders, connections, warmMs, measureMs, categoryIds, siteIds };
    const result = await node<LoadResult>('load.ts', order);
    if (result.refused > 0) throw new Error(`${result.refused} creates were refused`);
    const disturbed = others();
    const drained = await untilSettled(folder);
    note(
      `round ${round}: ${arm}, ${connections} connections: ${result.perSecond.toFixed(0)}/s, floor ${bare.perSecond.toFixed(0)}/s, others ${disturbed.toFixed(2)} processors`,
    );
    if (round === 0) return;
    const name = `${arm}, ${connections}`;
    keep(perSecond, `floor, ${connections}`, bare.perSecond);
    keep(perSecond, name, result.perSecond);
    keep(ratios, name, result.perSecond / bare.perSecond);
    keep(p99, name, result.latencies.p99);
    keep(behind, name, drained);
    keep(strangers, name, disturbed);
  };
  const phase = async (arm: string, addresses: string[]): Promise<void> => {
    for (let round = 0; round <= rounds; round++) {
      // What autovacuum does once a minute; a database of a day knows the sizes of its tables.
      await asOwner(folder, (client) => client.query('analyze'));
      for (const connections of round === 0 ? [8] : levels) {
        if (addresses.length > connections) continue;
        await turn(arm, addresses, connections, round);
        const bench = connections === 8 && round > 0 ? await pgbench(folder, url, connections) : null;
        if (bench !== null) keep(perSecond, `pgbench, ${connections}`, bench);
      }
    }
  };
  await phase('one server', [first.address]);
  second = await startProgram(folder, { databaseUrl: url });
  await phase('two servers', [first.address, second.address]);

  for (const [name, values] of perSecond) {
    const runs = { runs: values.length, spread: spreadOf(values) };
    const label = name.replace(/, (\d+)$/, ', $1 connections');
    if (/^(floor|pgbench)/.test(name)) {
      report({ bench: 'intake', case: label, metric: 'inserts', value: median(values), unit: '1/s', ...runs });
      continue;
    }
    // Each turn against the floor just before it: a machine that slows down slows both.
    const ratio = median(ratios.get(name)!);
    const aim = aims[name];
    report({
      bench: 'intake',
      case: label,
      metric: 'creates',
      value: median(values),
      unit: '1/s',
      floor: median(values) / ratio,
      ...(aim === undefined ? {} : { aim: `≥ ${aim} of the floor`, met: ratio >= aim }),
      ...runs,
      others: median(strangers.get(name)!),
    });
    report({
      bench: 'intake',
      case: label,
      metric: 'p99',
      value: median(p99.get(name)!),
      unit: 'ms',
      runs: values.length,
      spread: spreadOf(p99.get(name)!),
    });
    report({
      bench: 'intake',
      case: label,
      metric: 'settled and searchable after',
      value: median(behind.get(name)!),
      unit: 's',
      runs: values.length,
      spread: spreadOf(behind.get(name)!),
    });
  }
} finally {
  await second?.stop();
  await first.stop();
  await removeFolder(folder);
}
