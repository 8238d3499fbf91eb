import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { request } from 'undici';
import { loadOrganization } from '../server/demo/organization.ts';
import { readWorld } from '../server/demo/world.ts';
import { openPool } from '../server/platform/database.ts';
import { startEmbeddedPostgres } from '../server/platform/embedded.ts';
import { connectionUrl, preparePlace, readOrMakeSecrets } from '../server/platform/embedded-place.ts';
import { migrate } from '../server/platform/migrate.ts';
import { inTransaction } from '../server/platform/transaction.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Of every account of the generated group. */
export const password = 'bench-bench-2026';

/**
 * A data folder with the demo group's organisation, roster and accounts, and not one request. The database is made and
 * shut down again, so that the program finds it as after any earlier stop.
 */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lastmetre-bench-'));
  const database = await startEmbeddedPostgres({ dataFolder: folder });
  try {
    await migrate(database.ownerUrl, join(root, 'server', 'migrations'));
    const pool = openPool(database.appUrl, { max: 1 });
    const world = await readWorld(root);
    await inTransaction(pool, (tx) => loadOrganization(tx, world, new Date(), password));
    await pool.end();
  } finally {
    await database.stop();
  }
  return folder;
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** Connection string of the embedded database's owner, while a program runs on this folder. */
export async function ownerUrl(folder: string): Promise<string> {
  const place = await preparePlace(folder);
  return connectionUrl(place, 'lastmetre', readOrMakeSecrets(place).owner, 'lastmetre');
}

export async function asOwner<T>(folder: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: await ownerUrl(folder) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

// Whatever ends a benchmark ends what it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export interface Running {
  address: string;
  pid: number;
  stop(): Promise<void>;
}

/** Resolves with the address a program prints once it listens. */
export function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const address = /Last Metre · 最后一米\s+(http:\/\/\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`the program ended with ${code} before it listened:\n${said}`)));
  });
}

/** The built program in its own process; with its embedded database, or as one more beside it on the same one. */
export async function startProgram(
  folder: string,
  options: { databaseUrl?: string; nodeArguments?: string[] } = {},
): Promise<Running> {
  const main = process.env.LASTMETRE_BENCH_PROGRAM ?? join(root, 'dist', 'server', 'main.mjs');
  const child = spawn(process.execPath, ['--enable-source-maps', ...(options.nodeArguments ?? []), main], {
    cwd: dirname(main),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      LASTMETRE_DATA: folder,
      DATABASE_URL: options.databaseUrl ?? '',
    },
  });
  const abandon = (): boolean => child.kill('SIGTERM');
  process.once('exit', abandon);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await listening(child);
  return {
    address,
    pid: child.pid!,
    async stop() {
      process.removeListener('exit', abandon);
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Headers that make a call this account's own. */
export interface SignedIn {
  cookie: string;
  'x-csrf': string;
}

export async function signIn(address: string, login: string): Promise<SignedIn> {
  const answer = await request(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const me = (await answer.body.json()) as { csrf?: string; pending?: string | null };
  const set = [answer.headers['set-cookie'] ?? []].flat();
  const cookie = set.map((one) => one.split(';')[0]!).find((one) => one.startsWith('lm_session='));
  if (answer.statusCode !== 200 || !cookie || !me.csrf || me.pending)
    throw new Error(`${login} could not sign in: ${JSON.stringify(me)}`);
  return { cookie, 'x-csrf': me.csrf };
}
