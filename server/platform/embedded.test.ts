import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DataFolderInUse, type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
import { findBinaries, linkLibraries } from './embedded-binaries.ts';
import { memorySettings } from './embedded-cluster.ts';
import { preparePlace } from './embedded-place.ts';
import { databaseProcesses } from './embedded-processes.ts';

const root = process.getuid?.() === 0;
const home = realpathSync(mkdtempSync(join(tmpdir(), 'lm-embedded-')));
const started: EmbeddedPostgres[] = [];
let folders = 0;

beforeAll(() => chmodSync(home, 0o755));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const stopAll = () => Promise.all(started.splice(0).map((database) => database.stop()));
afterEach(stopAll);

const newFolder = () => join(home, `data-${++folders}`);

let original: Promise<string> | undefined;
async function makeOriginal(): Promise<string> {
  const folder = newFolder();
  await (await startEmbeddedPostgres({ dataFolder: folder })).stop();
  return folder;
}
/** A folder with a database in it: making one takes longer than most tests that are about something else. */
async function madeFolder(): Promise<string> {
  original ??= makeOriginal();
  const copy = newFolder();
  cpSync(await original, copy, { recursive: true });
  // Node 24 copies folders without their modes, and PostgreSQL will have no other.
  if (process.platform !== 'win32') chmodSync(join(copy, 'pg'), 0o700);
  return copy;
}

async function start(dataFolder: string, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({ dataFolder, ...more });
  started.push(database);
  return database;
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, T>>(sql)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

const installedNative = () => join(findBinaries(undefined, home).postgres, '..', '..');
const postmasterOf = (dataFolder: string) =>
  Number(readFileSync(join(dataFolder, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
const written = (url: string) => ask<number>(url, 'select n from written');

/** Waits as long as a test may take. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

/** Writes one commit after another through the pool and notes which were confirmed, whatever happens to the database. */
function writeOn(pool: pg.Pool) {
  const confirmed: number[] = [];
  let going = true;
  let n = 0;
  const writer = async () => {
    while (going) {
      const mine = ++n;
      await pool.query('insert into written values ($1)', [mine]).then(
        () => confirmed.push(mine),
        () => sleep(5),
      );
    }
  };
  const writers = Promise.all([writer(), writer(), writer(), writer()]);
  return {
    confirmed,
    async end() {
      going = false;
      await writers;
    },
  };
}

interface Program {
  child: ChildProcessByStdio<null, Readable, Readable>;
  confirmed: () => number[];
  complaint: () => string;
  exit: Promise<number | null>;
}

/** Another Last Metre. Node itself is started, not npx, so that kill -9 hits the program and not its wrapper. */
function runProgram(dataFolder: string): Program {
  const fixture = fileURLToPath(new URL('./embedded-fixture.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', fixture, dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  // The last line may be cut off by the kill.
  const confirmed = () => out.split('\n').slice(1, -1).map(Number);
  return { child, confirmed, complaint: () => complaint, exit };
}

describe('the database that comes with the program', () => {
  const folder = newFolder();

  it('the first start makes it, the second makes nothing anew, and rows stay', async () => {
    const identity = 'select system_identifier::text from pg_control_system()';
    const first = await start(folder);
    const made = await ask(first.ownerUrl, identity);
    await ask(first.ownerUrl, 'create table kept as select 7 as n');
    await first.stop();
    const second = await start(folder);
    expect(await ask(second.ownerUrl, identity)).toEqual(made);
    expect(await ask(second.ownerUrl, 'select n from kept')).toEqual([7]);
  });

  it('keeps every confirmed commit: no setting trades it for speed', async () => {
    const { ownerUrl } = await start(folder);
    const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'];
    expect(await ask(ownerUrl, `select ${names.map((name) => `current_setting('${name}') as ${name}`)}`)).toEqual(
      names.map(() => 'on'),
    );
  });

  it('orders text the same on every machine and keeps it as UTF-8', async () => {
    const { ownerUrl } = await start(folder);
    const sql = `select datlocprovider::text || ' ' || datlocale || ' ' || pg_encoding_to_char(encoding) as l
                 from pg_database where datname = 'lastmetre'`;
    expect(await ask(ownerUrl, sql)).toEqual(['b C.UTF-8 UTF8']);
  });

  it('sorts Chinese names by sound where asked to', async () => {
    const { appUrl } = await start(folder);
    const sql = `select n from (values ('张'), ('李'), ('安')) as v (n) order by n collate "zh-x-icu"`;
    expect(await ask(appUrl, sql)).toEqual(['安', '李', '张']);
  });

  it.skipIf(process.platform === 'win32')('listens on no network port', async () => {
    const { ownerUrl } = await start(folder);
    expect(await ask(ownerUrl, 'show listen_addresses')).toEqual(['']);
  });

  it('a setting that is given wins over ours', async () => {
    const { ownerUrl } = await start(folder, { settings: { work_mem: '23MB' } });
    expect(await ask(ownerUrl, 'show work_mem')).toEqual(['23MB']);
  });

  it('begins empty when asked for a fresh one', async () => {
    const fresh = await madeFolder();
    const first = await start(fresh);
    await ask(first.ownerUrl, 'create table kept ()');
    await first.stop();
    const second = await start(fresh, { fresh: true });
    expect(await ask(second.ownerUrl, `select to_regclass('kept') as t`)).toEqual([null]);
  });

  it('a setting that PostgreSQL refuses is told with the end of its log, and the folder is free again', async () => {
    await expect(start(folder, { settings: { no_such_setting: '1' } })).rejects.toThrow(
      /did not start[\s\S]*no_such_setting/,
    );
    await start(folder);
  });
});

it.each([
  [1, '128MB', '512MB'],
  [8, '1024MB', '4096MB'],
  [24, '2048MB', '12288MB'],
  [256, '2048MB', '131072MB'],
])('of a machine with %i GiB the database takes its part', (gibibytes, own, cache) => {
  expect(memorySettings(gibibytes * 2 ** 30)).toEqual({ shared_buffers: own, effective_cache_size: cache });
});

describe('who may come in', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await madeFolder();
  });

  it('passwords are needed: a wrong one is refused, for the owner and for the application', async () => {
    const { ownerUrl, appUrl } = await start(folder);
    for (const url of [ownerUrl, appUrl]) {
      await expect(ask(url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
        /password authentication failed/,
      );
    }
  });

  it('the application may log in and create neither roles nor databases nor anything as a superuser', async () => {
    const { appUrl } = await start(folder);
    const sql = 'select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user';
    expect(await ask(appUrl, sql)).toEqual([false, false, false, false]);
    await expect(ask(appUrl, 'create role sneaky')).rejects.toThrow(/permission denied/);
  });

  it.skipIf(process.platform === 'win32')(
    'the socket folder is 0700, and so is the cluster; passwords are 0600',
    async () => {
      await start(folder);
      const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
      expect(['socket', 'pg', 'secrets.json', 'pg.log'].map(mode)).toEqual(['700', '700', '600', '600']);
    },
  );

  it('lost passwords are told, not replaced', async () => {
    const lost = await madeFolder();
    rmSync(join(lost, 'secrets.json'));
    await expect(start(lost)).rejects.toThrow(/secrets\.json is missing/);
  });
});

describe('where it may lie', () => {
  it('a folder with spaces, commas, quotes and Chinese in its name serves', async () => {
    const { appUrl } = await start(join(home, `最后 "一米", 50% + 'x'`));
    expect(await ask(appUrl, 'select 1 as one')).toEqual([1]);
  });

  it.skipIf(process.platform === 'win32')(
    'a folder too deep for a socket path gets a short 0700 folder for it',
    async () => {
      const deep = join(home, 'd'.repeat(60), 'e'.repeat(60));
      const { appUrl } = await start(deep);
      expect(await ask(appUrl, 'select 1 as one')).toEqual([1]);
      const { socketFolder } = await preparePlace(deep);
      expect(socketFolder).toMatch(/^\/tmp\/lastmetre-[0-9a-f]+$/);
      expect(statSync(socketFolder!).mode & 0o777).toBe(0o700);
      await expect(startEmbeddedPostgres({ dataFolder: deep })).rejects.toThrow(DataFolderInUse);
      await stopAll();
      rmSync(socketFolder!, { recursive: true });
    },
  );

  it.runIf(root && process.platform === 'linux')('for root, a folder only root can walk to serves too', async () => {
    const closed = join(home, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const first = await start(join(closed, 'data'));
    await ask(first.ownerUrl, 'create table kept as select 7 as n');
    await first.stop();
    const second = await start(join(closed, 'data'));
    process.kill(postmasterOf(join(closed, 'data')), 'SIGKILL');
    await until(() =>
      ask(second.ownerUrl, 'select n from kept').then(
        (rows) => rows[0] === 7,
        () => false,
      ),
    );
    await stopAll();
    rmSync((await preparePlace(join(closed, 'data'))).socketFolder!, { recursive: true });
  });

  it.runIf(root)('for root, programs that only root can read are copied to where the database can', () => {
    const nobody = { uid: 65534, gid: 65534 };
    const closed = join(home, 'closed-package');
    mkdirSync(closed, { mode: 0o700 });
    cpSync(installedNative(), join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
    const data = newFolder();
    mkdirSync(data, { mode: 0o711 });
    const { postgres } = findBinaries(nobody, data, { native: join(closed, 'native'), version: '18.0.0' });
    expect(postgres).toContain(data);
    expect(execFileSync(postgres, ['--version'], { encoding: 'utf8', ...nobody })).toMatch(/ 18\./);
  });

  it('libraries that an install without scripts left unlinked are linked', () => {
    const native = join(home, 'package', 'native');
    cpSync(installedNative(), native, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    for (const { target } of links) rmSync(join(native, '..', target));
    expect(() => execFileSync(join(native, 'bin', 'postgres'), ['--version'], { stdio: 'pipe' })).toThrow();
    expect(linkLibraries(native)).toBe(true);
    expect(execFileSync(join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })).toMatch(/ 18\./);
  });
});

describe('when something is killed', () => {
  it('survives kill -9 of the database in mid-write and loses no acknowledged commit', async () => {
    const folder = await madeFolder();
    const { ownerUrl } = await start(folder);
    await ask(ownerUrl, 'create table written (n int primary key)');
    const pool = new pg.Pool({ connectionString: ownerUrl, max: 4 });
    pool.on('error', () => {});
    const writing = writeOn(pool);
    for (let kill = 0; kill < 3; kill++) {
      const before = writing.confirmed.length;
      await until(() => writing.confirmed.length > before + 100);
      process.kill(postmasterOf(folder), 'SIGKILL');
    }
    const before = writing.confirmed.length;
    await until(() => writing.confirmed.length > before + 100);
    await writing.end();
    await pool.end();
    const kept = new Set(await written(ownerUrl));
    expect(writing.confirmed.filter((n) => !kept.has(n))).toEqual([]);
  });

  it('a query that would run for hours does not keep a killed database from coming back', async () => {
    const folder = await madeFolder();
    const { ownerUrl } = await start(folder);
    const hours = ask(ownerUrl, 'select count(*) from generate_series(1, 100000000000)').catch(() => 'cut');
    await until(
      async () =>
        (await ask(ownerUrl, 'select 1 from pg_stat_activity where query like $$%100000000000%$$')).length > 1,
    );
    process.kill(postmasterOf(folder), 'SIGKILL');
    expect(await hours).toBe('cut');
    await until(() =>
      ask(ownerUrl, 'select 1 as one').then(
        () => true,
        () => false,
      ),
    );
  });

  it('after kill -9 of the program the next start takes the database over and loses no acknowledged commit', async () => {
    const folder = await madeFolder();
    const program = runProgram(folder);
    await until(() => program.confirmed().length > 100);
    program.child.kill('SIGKILL');
    await program.exit;
    const left = postmasterOf(folder);
    expect(() => process.kill(left, 0)).not.toThrow();
    const lines: string[] = [];
    const { ownerUrl } = await start(folder, { log: (line) => lines.push(line) });
    expect(lines).toEqual([`stopping the database an earlier program left running (process ${left})`]);
    expect(postmasterOf(folder)).not.toBe(left);
    const kept = new Set(await written(ownerUrl));
    expect(program.confirmed().filter((n) => !kept.has(n))).toEqual([]);
  });

  it('after kill -9 of the program and the database at once no acknowledged commit is lost', async () => {
    const folder = await madeFolder();
    const program = runProgram(folder);
    await until(() => program.confirmed().length > 100);
    const all = databaseProcesses(await preparePlace(folder));
    expect(all.length).toBeGreaterThan(3);
    for (const pid of [...all, program.child.pid!]) process.kill(pid, 'SIGKILL');
    await program.exit;
    const { ownerUrl } = await start(folder);
    const kept = new Set(await written(ownerUrl));
    expect(program.confirmed().filter((n) => !kept.has(n))).toEqual([]);
  });

  it('a process number in postmaster.pid that now belongs to a stranger does not keep the database from starting', async () => {
    const folder = await madeFolder();
    const place = await preparePlace(folder);
    const stranger = spawn('sleep', ['60'], { ...place.account });
    try {
      const lines = [
        stranger.pid,
        place.pgFolder,
        1_700_000_000,
        5432,
        place.socketFolder,
        '',
        '  12345  7',
        'ready',
        '',
      ];
      writeFileSync(join(place.pgFolder, 'postmaster.pid'), lines.join('\n'));
      const { appUrl } = await start(folder);
      expect(await ask(appUrl, 'select 1 as one')).toEqual([1]);
      expect(stranger.exitCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });

  it('a first start that was cut short is begun again', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'pg.new', 'base'), { recursive: true });
    writeFileSync(join(folder, 'pg.new', 'PG_VERSION'), '18\n');
    const { appUrl } = await start(folder);
    expect(await ask(appUrl, 'select 1 as one')).toEqual([1]);
    expect(existsSync(join(folder, 'pg.new'))).toBe(false);
  });

  it('a database that does not stay up is given up after five restarts, and the program is told', async () => {
    const folder = await madeFolder();
    const database = await start(folder);
    // The minute in which the restarts are counted stands still: on a busy machine five may take longer.
    vi.spyOn(Date, 'now').mockReturnValue(Date.now());
    onTestFinished(() => void vi.restoreAllMocks());
    const reasons: string[] = [];
    database.onExit((reason) => reasons.push(reason));
    for (let kills = 0; reasons.length === 0; kills++) {
      expect(kills).toBeLessThan(7);
      const victim = postmasterOf(folder);
      process.kill(victim, 'SIGKILL');
      await until(() => reasons.length > 0 || readyAfter(folder, victim));
    }
    expect(reasons).toEqual(['killed by SIGKILL']);
    await database.stop();
  });
});

function readyAfter(folder: string, earlier: number): boolean {
  try {
    const lines = readFileSync(join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) !== earlier && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

describe('one folder, one program', () => {
  it('a second program on the same data folder is refused with a message that says what to do', async () => {
    const folder = await madeFolder();
    const { appUrl } = await start(folder);
    const second = runProgram(folder);
    expect(await second.exit).toBe(3);
    expect(second.complaint().trim()).toBe(
      `DataFolderInUse: Another Last Metre (process ${process.pid}) already uses ${folder}. Stop it, or set LASTMETRE_DATA to another folder.`,
    );
    expect(await ask(appUrl, 'select 1 as one')).toEqual([1]);
  });

  it('of many that start at once on a folder whose holder was killed, exactly one gets it', async () => {
    const folder = await madeFolder();
    const killed = runProgram(folder);
    await until(() => killed.confirmed().length > 0);
    killed.child.kill('SIGKILL');
    await killed.exit;
    const results = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(() => start(folder)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(DataFolderInUse);
    }
  });

  it('a stop in good order leaves no process behind and the next start has nothing to repair', async () => {
    const folder = await madeFolder();
    const database = await start(folder);
    const open = new pg.Client({ connectionString: database.appUrl });
    open.on('error', () => {});
    await open.connect();
    await database.stop();
    expect(existsSync(join(folder, 'pg', 'postmaster.pid'))).toBe(false);
    expect(databaseProcesses(await preparePlace(folder))).toEqual([]);
    await start(folder);
    expect(readFileSync(join(folder, 'pg.log'), 'utf8')).not.toMatch(/automatic recovery|not properly shut down/);
  });
});
