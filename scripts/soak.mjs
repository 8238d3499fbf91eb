// What the long tests need beyond Node and npm, found or fetched for one run: a PostgreSQL 15 and a Node 24.
// What cannot be had is said in a line that tells how to get it; nothing is passed over in silence.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const windows = process.platform === 'win32';

/** What the program says of its own version; nothing if it is not there or does not run. */
const versionOf = async (program) =>
  execute(program, ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );

async function postgres15Folder() {
  const wanted = process.env.LASTMETRE_PG15;
  const places = wanted
    ? [wanted, join(wanted, 'bin')]
    : [
        '/usr/lib/postgresql/15/bin',
        '/usr/pgsql-15/bin',
        '/opt/homebrew/opt/postgresql@15/bin',
        '/usr/local/opt/postgresql@15/bin',
        ...process.env.PATH.split(delimiter),
      ];
  for (const folder of places) if (/ 15\.\d+/.test(await versionOf(join(folder, 'postgres')))) return folder;
  throw new Error(
    wanted
      ? `LASTMETRE_PG15=${wanted} holds no PostgreSQL 15: name the folder of its programs (initdb, postgres).`
      : 'PostgreSQL 15 was not found. Install it (Debian, Ubuntu: apt-get install postgresql-15), or name the folder of its programs with LASTMETRE_PG15.',
  );
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** PostgreSQL refuses to run as root; `nobody` is in every base image. */
const account = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** A PostgreSQL 15 with an empty cluster. @returns its owner's connection string, and how to leave nothing behind */
export async function startPostgres15() {
  const programs = await postgres15Folder();
  const folder = mkdtempSync(join(tmpdir(), 'lastmetre-postgres15-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid) for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
  const data = join(folder, 'cluster');
  const options = { cwd: folder, ...account, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };
  const cluster = ['-D', data, '-U', 'owner', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  await execute(join(programs, 'initdb'), [...cluster, '--locale=C', '--no-sync'], options);
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    // Nothing in it outlives the run.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const end = () => server.kill('SIGINT');
  process.once('exit', end);
  let complaint = '';
  server.stderr.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-2_000);
  });
  const state = join(data, 'postmaster.pid');
  while (!existsSync(state) || readFileSync(state, 'utf8').split('\n')[7]?.trim() !== 'ready') {
    if (server.exitCode !== null) throw new Error(`PostgreSQL 15 did not start:\n${complaint}`);
    await sleep(50);
  }
  return {
    url: `postgres://owner:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      process.removeListener('exit', end);
      end();
      await ended;
    },
  };
}

/** A Node 24: the one LASTMETRE_NODE24 names, this one, or the one that npm has, put into `folder`. @returns its path */
export async function findNode24(folder) {
  const is24 = async (program) => (await versionOf(program)).startsWith('v24.');
  const wanted = process.env.LASTMETRE_NODE24;
  if (wanted) {
    if (await is24(wanted)) return wanted;
    throw new Error(`LASTMETRE_NODE24=${wanted} is not the program of a Node 24.`);
  }
  if (await is24(process.execPath)) return process.execPath;
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  mkdirSync(folder);
  const { stderr } = await execute(
    windows ? 'npm.cmd' : 'npm',
    ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@24`],
    { cwd: folder, shell: windows },
  ).catch((error) => error);
  const fetched = join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (await is24(fetched)) return fetched;
  throw new Error(
    `Node 24 could not be fetched from npm (${name}@24): name one with LASTMETRE_NODE24.\n${stderr ?? ''}`,
  );
}
