/**
 * Databases for tests: one PostgreSQL per run, one migrated template with the demo organisation, one clone per file.
 * Embedded by default; DATABASE_URL_TEST names an ordinary PostgreSQL (15 or newer) instead, and the same tests pass.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { loadOrganization } from '../demo/organization.ts';
import { readWorld } from '../demo/world.ts';
import { openPool } from '../platform/database.ts';
import { startEmbeddedPostgres } from '../platform/embedded.ts';
import { migrate } from '../platform/migrate.ts';
import { inTransaction } from '../platform/transaction.ts';

export const rootFolder = resolve(fileURLToPath(import.meta.url), '../../..');

/** Password of every demo account in the template. */
export const demoPassword = 'abcd-efgh-2345';

/** What the workers need to know of the server; plain data, for it crosses a process border. */
export interface Server {
  ownerUrl: string;
  appUrl: string;
  /** Set where one login owns it all and takes the application's role at once. */
  role: string | null;
  template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: Server;
  }
}

/** The same connection string for another database of the server. */
export function inDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.toString();
}

async function administer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const nameFor = (kind: string): string => `lm_${kind}_${randomBytes(5).toString('hex')}`;

/** Starts (or borrows) the server and makes the template. @returns the server and how to leave nothing behind */
export async function startServer(): Promise<{ server: Server; stop(): Promise<void> }> {
  const external = process.env.DATABASE_URL_TEST;
  const folder = external ? null : await mkdtemp(join(tmpdir(), 'lastmetre-test-'));
  // A test database may lose its last second; nothing here outlives the run.
  const fast = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    shared_buffers: '128MB',
  };
  const embedded = folder ? await startEmbeddedPostgres({ dataFolder: folder, settings: fast }) : null;
  const ownerUrl = external ?? embedded!.ownerUrl;
  const server: Server = {
    ownerUrl,
    appUrl: embedded?.appUrl ?? ownerUrl,
    role: embedded ? null : 'lastmetre_app',
    template: nameFor('template'),
  };
  const stop = async (): Promise<void> => {
    await dropDatabase(ownerUrl, server.template).catch(() => {});
    await embedded?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  };
  try {
    await administer(ownerUrl, (client) => client.query(`create database ${server.template}`));
    await migrate(inDatabase(ownerUrl, server.template), join(rootFolder, 'server', 'migrations'));
    const pool = openPool(inDatabase(server.appUrl, server.template), { max: 1, role: server.role ?? undefined });
    try {
      const world = await readWorld(rootFolder);
      // Long enough ago that sessions and stages are in order whatever time a test sets.
      await inTransaction(pool, (tx) => loadOrganization(tx, world, new Date(), demoPassword));
    } finally {
      await pool.end();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { server, stop };
}

async function dropDatabase(ownerUrl: string, name: string): Promise<void> {
  await administer(ownerUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
}

export interface TestDatabase {
  ownerUrl: string;
  appUrl: string;
  role: string | undefined;
  drop(): Promise<void>;
}

/** A copy of the template, about 100 ms. */
export async function cloneDatabase(server: Server): Promise<TestDatabase> {
  const name = nameFor('test');
  for (let attempt = 1; ; attempt++) {
    try {
      await administer(server.ownerUrl, (client) =>
        client.query(`create database ${name} template ${server.template}`),
      );
      break;
    } catch (error) {
      // Another file is copying the template at this moment.
      if ((error as { code?: string }).code !== '55006' || attempt > 50) throw error;
      await new Promise((wait) => setTimeout(wait, 100));
    }
  }
  return {
    ownerUrl: inDatabase(server.ownerUrl, name),
    appUrl: inDatabase(server.appUrl, name),
    role: server.role ?? undefined,
    drop: () => dropDatabase(server.ownerUrl, name),
  };
}
