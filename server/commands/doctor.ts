import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { reckonBothSides } from '../modules/requests/index.ts';
import type { Config } from '../platform/config.ts';
import { openKeys } from '../platform/crypto.ts';
import { openPool, type Pool } from '../platform/database.ts';
import { withEntry } from '../platform/journal.ts';
import { inStatement } from '../platform/transaction.ts';
import { isEmpty, type Opened, openDatabase } from './database.ts';
import type { Terminal } from './terminal.ts';

export interface Finding {
  what: string;
  ok: boolean;
  found: string;
  /** What to do about it. */
  todo?: string;
}

const leastFree = 1024 ** 3;
const mostSkewMs = 2_000;
/** Settled at once and sealed every minute while the program runs. */
const mostUnsettledSeconds = 60;
const mostUnsealedSeconds = 300;

async function one<Row>(pool: Pool, text: string, values: unknown[] = []): Promise<Row> {
  return (await pool.query(text, values)).rows[0] as Row;
}

async function migrations(owner: Pool, config: Config): Promise<Finding> {
  const folder = join(config.rootFolder, 'server', 'migrations');
  const { rows } = await owner.query<{ name: string; sha256: string }>(
    'select name, sha256 from public.lastmetre_migration',
  );
  const what = '数据库结构 migrations';
  const known = new Map(rows.map((row) => [row.name, row.sha256]));
  const missing: string[] = [];
  const changed: string[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
    const sha256 = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
    const before = known.get(name);
    if (!before) missing.push(name);
    else if (before !== sha256) changed.push(name);
    known.delete(name);
  }
  if (changed.length > 0)
    return {
      what,
      ok: false,
      found: `改过 changed: ${changed.join(', ')}`,
      todo: '恢复原文件 · restore the files as they were',
    };
  if (known.size > 0)
    return {
      what,
      ok: false,
      found: `更新的程序建的 by a newer program: ${[...known.keys()].join(', ')}`,
      todo: '升级程序 · use the newer program',
    };
  if (missing.length > 0)
    return {
      what,
      ok: false,
      found: `未执行 not applied: ${missing.join(', ')}`,
      todo: '重启程序；程序用自己的登录运行时，用所有者的 DATABASE_URL 运行 npx lastmetre doctor --migrate · restart the program; where it runs by a login of its own, npx lastmetre doctor --migrate with the owner’s DATABASE_URL',
    };
  return { what, ok: true, found: `${rows.length}` };
}

async function journal(pool: Pool, running: boolean): Promise<Finding[]> {
  const unsettled = await one<{ n: number; oldest: number | null }>(
    pool,
    `select count(*)::int as n, extract(epoch from now() - min(at))::int as oldest from journal.entry e
     where e.seq > (select seq from journal.low_water) - 200000 and not exists (select from journal.settled s where s.seq = e.seq)`,
  );
  const unsealed = await one<{ n: number; oldest: number | null }>(
    pool,
    `select count(*)::int as n, extract(epoch from now() - min(e.at))::int as oldest from journal.settled s ${withEntry}
     where s.position > coalesce((select max(to_position) from journal.seal), 0)`,
  );
  const { n: months } = await one<{ n: number }>(
    pool,
    `select count(*)::int as n from generate_series(0, 3) as ahead
     where to_regclass('journal.entry_' || to_char(date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead), 'YYYY_MM')) is null`,
  );
  const todo = '程序在运行吗？npm start 后会自动补上 · is the program running? npm start catches up';
  const { n: gaps } = await one<{ n: number }>(
    pool,
    'select (coalesce(max(position), 0) - count(*))::int as n from journal.settled',
  );
  return [
    {
      what: '未排序条目 unsettled entries',
      ok: !running || (unsettled.oldest ?? 0) <= mostUnsettledSeconds,
      found: String(unsettled.n),
      todo,
    },
    {
      what: '未封存条目 unsealed entries',
      ok: !running || (unsealed.oldest ?? 0) <= mostUnsealedSeconds,
      found: String(unsealed.n),
      todo,
    },
    { what: '台账缺的月份 months of the journal not made', ok: !running || months === 0, found: String(months), todo },
    { what: '台账序号缺口 gaps in the journal', ok: gaps === 0, found: String(gaps), todo: 'npx lastmetre verify' },
  ];
}

async function seals(database: Opened, config: Config): Promise<Finding> {
  const folder = join(config.dataFolder, 'keys');
  const what = '封存密钥 seal key';
  const last = await one<{ key_id: string } | undefined>(
    database.pool,
    'select key_id from journal.seal order by no desc limit 1',
  );
  if (!existsSync(join(folder, 'seal.pem'))) {
    return {
      what,
      ok: !last,
      found: '没有 none',
      todo: `把 keys 文件夹恢复到 ${config.dataFolder} · restore the keys folder there`,
    };
  }
  const { keyId } = await openKeys(folder);
  return {
    what,
    ok: !last || last.key_id === keyId,
    found: keyId,
    todo: `最近一次封存用的是另一把 · the last seal was made with another key: ${last?.key_id}`,
  };
}

async function jobs(owner: Pool, running: boolean): Promise<Finding> {
  const stuck = await one<{ n: number }>(
    owner,
    `select count(*)::int as n from graphile_worker.jobs where attempts >= max_attempts or locked_at < now() - interval '15 minutes' or (locked_at is null and run_at < now() - interval '15 minutes')`,
  );
  // Without a program nobody works on them, which is no fault of theirs.
  return {
    what: '卡住的后台任务 stuck jobs',
    ok: stuck.n === 0 || !running,
    found: String(stuck.n),
    todo: '看程序日志；重启会解锁 · see the log; a restart unlocks them',
  };
}

/** The reconciliations of rules 1: both differences must be 0. */
async function reconciliations(database: Opened): Promise<Finding[]> {
  const { requests, contacts } = await inStatement(database.pool, (tx) => reckonBothSides(tx, new Date()));
  const todo = '请把 doctor 的输出发给维护者 · send this output to whoever maintains it';
  return [
    {
      what: '诉求对账 requests = open + closed',
      ok: requests.difference === 0,
      found: `${requests.all} − ${requests.open} − ${requests.closed} = ${requests.difference}`,
      todo,
    },
    {
      what: '接触对账 contacts = requests + information + nudges + dropped',
      ok: contacts.difference === 0 && contacts.wrong === 0,
      found: `${contacts.all} − ${contacts.withRequest} − ${contacts.other}${contacts.running > 0 ? ` − ${contacts.running} (进行中 running)` : ''} = ${contacts.difference}${contacts.wrong > 0 ? `; ${contacts.wrong} ≠` : ''}`,
      todo,
    },
  ];
}

/** What should be on its way and is not: mail, SMS and group chats. */
async function deliveries(database: Opened, running: boolean): Promise<Finding> {
  const { late, dead, channels } = await one<{ late: number; dead: number; channels: number }>(
    database.pool,
    `select (select count(*)::int from messages.delivery where state in ('waiting', 'sending') and not_before < now() - interval '15 minutes') as late,
       (select count(*)::int from messages.delivery where state = 'dead' and done_at > now() - interval '1 day') as dead,
       (select count(*)::int from messages.channel where enabled) as channels`,
  );
  return {
    what: '通知渠道 channels',
    ok: dead === 0 && (late === 0 || !running),
    found: `${channels}, 积压 late ${late}, 一天内放弃 given up in a day ${dead}`,
    todo: '系统管理员打开 /desk/channels，看原因，测试，再发 · the system administrator opens /desk/channels: reasons, test, send again',
  };
}

async function sorting(database: Opened, running: boolean): Promise<Finding> {
  const { version, since, late } = await one<{ version: number | null; since: number; late: boolean }>(
    database.pool,
    `with model as (select * from triage.model order by version desc limit 1),
       fresh as (select count(*)::int as n from triage.decision
         where by_rule is null and at > coalesce((select learnt_until from model), '-infinity'))
     select (select version from model) as version, fresh.n as since,
       case when exists (select from model) then fresh.n > 0 and (select trained_at from model) < now() - interval '3 days'
         else exists (select from triage.category_words where changed_at < now() - interval '1 hour') end as late
     from fresh`,
  );
  return {
    what: '分拣模型 classifier',
    // Fitted within a minute of a first start; and nothing new to learn is no fault, however old the model is.
    ok: !running || !late,
    found: version === null ? '还没有 none yet' : `第 ${version} 版 version ${version}, 此后 since ${since}`,
    todo: '看程序日志里的 triage；派单仲裁可在 /desk/sorting 重新学习 · look for triage in the log; the dispatcher lead can learn again on /desk/sorting',
  };
}

async function files(database: Opened, config: Config): Promise<Finding> {
  const { rows } = await database.pool.query<{ hash: string }>(
    `select distinct encode(sha256, 'hex') as hash from platform.file where record_id is not null`,
  );
  const missing = rows.filter(
    ({ hash }) => !existsSync(join(config.dataFolder, 'files', hash.slice(0, 2), hash)),
  ).length;
  return {
    what: '照片和附件 files',
    ok: missing === 0,
    found: `${rows.length}, 缺 missing ${missing}`,
    todo: '从备份恢复 files 文件夹 · restore the files folder from a back-up',
  };
}

export async function examine(config: Config): Promise<Finding[]> {
  const findings: Finding[] = [];
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  findings.push({
    what: 'Node',
    ok: major > 20 || (major === 20 && minor >= 19),
    found: process.versions.node,
    todo: '请用 20.19 或更新 · use 20.19 or newer',
  });
  const folder = existsSync(config.dataFolder) ? config.dataFolder : config.rootFolder;
  const disk = await statfs(folder);
  const free = disk.bavail * disk.bsize;
  findings.push({
    what: '磁盘剩余 free disk',
    ok: free > leastFree,
    found: `${(free / 1024 ** 3).toFixed(1)} GB`,
    todo: '少于 1 GB 时不收照片 · below 1 GB no pictures are taken',
  });
  let database: Opened;
  try {
    database = await openDatabase(config);
  } catch (error) {
    findings.push({
      what: '数据库 database',
      ok: false,
      found: (error as Error).message,
      todo: '看地址、密码和数据库是否在运行 · check address, password and whether it runs',
    });
    return findings;
  }
  // The list of migrations and the jobs are the owner's to read.
  const owner = openPool(database.ownerUrl, { max: 1, name: 'lastmetre-command' });
  try {
    const { version, skew } = await one<{ version: string; skew: number }>(
      database.pool,
      `select current_setting('server_version') as version, extract(epoch from clock_timestamp()) * 1000 - $1::double precision as skew`,
      [Date.now()],
    );
    const { running } = await one<{ running: boolean }>(
      owner,
      `select exists (select from pg_stat_activity where datname = current_database() and application_name = 'lastmetre') as running`,
    );
    findings.push({
      what: '数据库 database',
      ok: Number.parseInt(version, 10) >= 15,
      found: `PostgreSQL ${version}${running ? ' (程序在运行 program running)' : ''}`,
      todo: '需要 15 或更新 · 15 or newer',
    });
    findings.push({
      what: '时钟相差 clock skew',
      ok: Math.abs(skew) < mostSkewMs,
      found: `${Math.round(skew)} ms`,
      todo: '校时（NTP） · set the clock (NTP)',
    });
    if (await isEmpty(database)) {
      findings.push({
        what: '集团 group',
        ok: false,
        found: '空 empty',
        todo: 'npx lastmetre init · npx lastmetre demo',
      });
      return findings;
    }
    findings.push(
      await migrations(owner, config),
      await seals(database, config),
      ...(await journal(database.pool, running)),
      await jobs(owner, running),
    );
    findings.push(
      ...(await reconciliations(database)),
      await deliveries(database, running),
      await sorting(database, running),
      await files(database, config),
    );
  } finally {
    await owner.end();
    await database.close();
  }
  return findings;
}

export async function doctor(config: Config, terminal: Terminal): Promise<Finding[]> {
  const findings = await examine(config);
  for (const { what, ok, found, todo } of findings) {
    terminal.say(`${ok ? '✓' : '✗'} ${what}: ${found}`);
    if (!ok && todo) terminal.say(`    → ${todo}`);
  }
  return findings;
}
