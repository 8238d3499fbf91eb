/** For the tests of commands: a terminal that is listened to, and databases in which nothing lives. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Terminal } from '../commands/terminal.ts';
import type { Config } from '../platform/config.ts';
import { inDatabase, rootFolder, type Server } from './database.ts';

export interface Listened extends Terminal {
  lines: string[];
}

export function listen(answers?: string[]): Listened {
  const lines: string[] = [];
  return {
    lines,
    say: (line) => void lines.push(line),
    progress: () => {},
    ask: answers ? async () => answers.shift() ?? '' : null,
  };
}

export const configFor = (databaseUrl: string, dataFolder: string): Config => ({
  host: '127.0.0.1',
  port: 0,
  databaseUrl,
  dataFolder,
  publicUrl: null,
  distFolder: join(dataFolder, 'dist'),
  rootFolder,
  secureCookies: false,
  demo: 'organization',
});

/** An empty database with an empty data folder. */
export async function emptyPlace(
  server: Server,
): Promise<{ config: Config; sql<Row>(text: string): Promise<Row[]>; drop(): Promise<void> }> {
  const name = `lm_empty_${randomBytes(5).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server.ownerUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const dataFolder = await mkdtemp(join(tmpdir(), 'lastmetre-empty-'));
  const url = inDatabase(server.ownerUrl, name);
  return {
    config: configFor(url, dataFolder),
    async sql(text) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(text)).rows;
      } finally {
        await client.end();
      }
    },
    async drop() {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
