import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { bareEnvironment } from './config.ts';
import { giveTo } from './embedded-account.ts';
import type { Binaries } from './embedded-binaries.ts';
import { asSeenFromInside, connectionUrl, type Place, type Secrets, syncFolder } from './embedded-place.ts';

/** Messages are English, times are UTC. */
export const databaseEnvironment = (): NodeJS.ProcessEnv => ({ ...bareEnvironment(), LC_ALL: 'C', TZ: 'UTC' });

const mebibyte = 2 ** 20;

/**
 * What the database keeps in memory of its own, and what it may hope to find in the system's: parts of what the machine has
 * (bytes). Too little costs a copy for each page that is read, a million requests are some gigabytes. Pure.
 */
export function memorySettings(total: number): { shared_buffers: string; effective_cache_size: string } {
  const own = Math.min(2_048, Math.max(128, Math.floor(total / 8 / mebibyte)));
  return { shared_buffers: `${own}MB`, effective_cache_size: `${Math.max(512, Math.floor(total / 2 / mebibyte))}MB` };
}

/** Of the machine, or as much as it may use in its container; bytes. */
const memory = (): number => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

/**
 * The settings the database runs with: for 2 cores shared with the program, and none that trades a confirmed commit for
 * speed. They are given on the command line, so they win over `postgresql.conf`.
 */
export function databaseSettings(place: Place, overrides: Record<string, string> = {}): string[] {
  const settings: Record<string, string> = {
    port: String(place.port),
    listen_addresses: place.socketFolder ? '' : '127.0.0.1',
    // The setting is a list: quotes keep commas and spaces in the path.
    unix_socket_directories: place.socketFolder ? `"${place.socketFolder.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    wal_level: 'replica',
    max_connections: '100',
    ...memorySettings(memory()),
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    jit: 'off',
    // With 2 cores a query split in two takes the core that others wait for; it also needs /dev/shm, small in containers.
    max_parallel_workers_per_gather: '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u ',
    logging_collector: 'off',
    ...overrides,
    cluster_name: place.clusterName,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Makes the cluster if there is none. It is made under another name and renamed when whole, so that a first start cut
 * short is simply begun again. Throws if an existing cluster is of another major version or of another user.
 */
export async function ensureCluster(place: Place, binaries: Binaries, secrets: Secrets): Promise<void> {
  if (existsSync(place.pgFolder)) return checkCluster(place, binaries);
  const unfinished = `${place.pgFolder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const passwordFile = join(place.socketFolder ?? place.dataFolder, 'first-password');
  writeFileSync(passwordFile, secrets.owner, { mode: 0o600 });
  giveTo(place.account, passwordFile);
  try {
    // macOS and Windows have no C.UTF-8 of the system's; letters and order come from the built-in one either way.
    await initialise(place, binaries, unfinished, passwordFile, 'C.UTF-8').catch((error: Error) => {
      if (!/invalid locale/.test(error.message)) throw error;
      return initialise(place, binaries, unfinished, passwordFile, 'C');
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, place.pgFolder);
  syncFolder(place.dataFolder);
}

function checkCluster(place: Place, binaries: Binaries): void {
  let found: string;
  try {
    found = readFileSync(join(place.pgFolder, 'PG_VERSION'), 'utf8').trim();
  } catch (cause) {
    throw new Error(
      `${place.pgFolder} cannot be read. If Last Metre ran as another user before, start it as that user, or hand the folder over with chown -R.`,
      { cause },
    );
  }
  if (found !== binaries.major) {
    throw new Error(
      `${place.pgFolder} was made by PostgreSQL ${found}, this is ${binaries.major}. Restore a back-up into a new folder.`,
    );
  }
  // Restored by root from an archive that kept no owners.
  if (place.account && statSync(place.pgFolder).uid !== place.account.uid) giveTo(place.account, place.pgFolder);
}

async function initialise(
  place: Place,
  binaries: Binaries,
  folder: string,
  passwordFile: string,
  systemLocale: string,
) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  chmodSync(folder, 0o700);
  giveTo(place.account, folder);
  const options = [
    `--pgdata=${asSeenFromInside(folder, place.account)}`,
    '--username=lastmetre',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    `--lc-ctype=${systemLocale}`,
    `--lc-collate=${systemLocale}`,
    '--data-checksums',
    '--no-instructions',
  ];
  try {
    await promisify(execFile)(binaries.initdb, options, { cwd: folder, env: databaseEnvironment(), ...place.account });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') throw cannotRun(binaries.initdb, error);
    throw new Error(`PostgreSQL could not make its data folder ${folder}: ${stderr?.trim() || error}`, {
      cause: error,
    });
  }
}

/** Programs built for glibc are "not found" on a system with another C library, though the file is there. */
export function cannotRun(program: string, cause: unknown): Error {
  return new Error(
    `${program} does not run on this system: it needs glibc (Debian, Ubuntu, Fedora, openEuler; not Alpine).`,
    {
      cause,
    },
  );
}

/** Makes the application's role and the database, if a start was cut short before; asks again at each start (10 ms). */
export async function ensureDatabase(place: Place, secrets: Secrets): Promise<void> {
  const client = new pg.Client({ connectionString: connectionUrl(place, 'lastmetre', secrets.owner, 'postgres') });
  await client.connect();
  try {
    const found = await client.query<{ role: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = 'lastmetre_app') as role,
              exists (select from pg_database where datname = 'lastmetre') as database`,
    );
    if (!found.rows[0]?.role) {
      await client.query(
        `create role lastmetre_app login nosuperuser nocreaterole nocreatedb noreplication nobypassrls
         password ${client.escapeLiteral(secrets.app)}`,
      );
    }
    if (!found.rows[0]?.database) await client.query('create database lastmetre');
  } finally {
    await client.end();
  }
}
