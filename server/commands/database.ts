import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';
import { openPool, type Pool, waitForDatabase } from '../platform/database.ts';
import { DataFolderInUse, startEmbeddedPostgres } from '../platform/embedded.ts';
import { connectionUrl, preparePlace, readOrMakeSecrets } from '../platform/embedded-place.ts';
import { ownsDatabase } from '../platform/login.ts';
import { migrate } from '../platform/migrate.ts';
import { readSetting } from '../platform/setting.ts';
import { inStatement } from '../platform/transaction.ts';
import { CommandError } from './terminal.ts';

/** The database a command works on. */
export interface Opened {
  ownerUrl: string;
  appUrl: string;
  role: string | undefined;
  /** The database is a running program's own; it is not ours to stop. */
  shared: boolean;
  /** Connections of the application. */
  pool: Pool;
  close(): Promise<void>;
}

export interface Opening {
  /** A new data folder is made where there is none. */
  make?: boolean;
  /** Brought to the newest shape. A running program has seen to that itself. */
  migrate?: boolean;
}

/**
 * The database of DATABASE_URL, or the embedded one: a running program's, else started here for as long as the command runs.
 * @throws CommandError when there is none to work on
 */
export async function openDatabase(config: Config, opening: Opening = {}): Promise<Opened> {
  const migrations = join(config.rootFolder, 'server', 'migrations');
  if (config.databaseUrl) {
    const url = config.databaseUrl;
    if (opening.migrate) {
      await refuseUnlessOwner(config);
      await migrate(url, migrations);
    }
    const role = (await ownsDatabase(url)) ? 'lastmetre_app' : undefined;
    return opened({ ownerUrl: url, appUrl: url, role, shared: false }, async () => {});
  }
  if (!opening.make && !existsSync(join(config.dataFolder, 'pg'))) {
    throw new CommandError(
      `${config.dataFolder} 里没有数据库：先 npm start，或设置 LASTMETRE_DATA、DATABASE_URL。\nThere is no database in ${config.dataFolder}: npm start first, or set LASTMETRE_DATA or DATABASE_URL.`,
    );
  }
  try {
    const embedded = await startEmbeddedPostgres({ dataFolder: config.dataFolder });
    try {
      if (opening.migrate) await migrate(embedded.ownerUrl, migrations);
    } catch (error) {
      await embedded.stop();
      throw error;
    }
    return opened({ ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, role: undefined, shared: false }, () =>
      embedded.stop(),
    );
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    return opened({ ...(await runningDatabase(config.dataFolder)), role: undefined, shared: true }, async () => {});
  }
}

/** Where the database of the program that holds this data folder listens. */
async function runningDatabase(dataFolder: string): Promise<{ ownerUrl: string; appUrl: string }> {
  const found = await preparePlace(dataFolder);
  const secrets = readOrMakeSecrets(found);
  // Windows has no socket file: the port is what the running database wrote down.
  const port = found.socketFolder
    ? found.port
    : Number(readFileSync(join(found.pgFolder, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const place = { ...found, port };
  return {
    ownerUrl: connectionUrl(place, 'lastmetre', secrets.owner, 'lastmetre'),
    appUrl: connectionUrl(place, 'lastmetre_app', secrets.app, 'lastmetre'),
  };
}

async function opened(
  urls: Pick<Opened, 'ownerUrl' | 'appUrl' | 'role' | 'shared'>,
  stop: () => Promise<void>,
): Promise<Opened> {
  const pool = openPool(urls.appUrl, { max: 4, role: urls.role, name: 'lastmetre-command' });
  try {
    await waitForDatabase(pool, 15);
  } catch (error) {
    await pool.end();
    await stop();
    throw error;
  }
  return {
    ...urls,
    pool,
    async close() {
      await pool.end();
      await stop();
    },
  };
}

/** Opens, works, and closes whatever happens. */
export async function withDatabase<T>(
  config: Config,
  opening: Opening,
  work: (database: Opened) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(config, opening);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** @throws CommandError when DATABASE_URL is that of the program's own login, which may not make or change tables */
export async function refuseUnlessOwner(config: Config): Promise<void> {
  if (!config.databaseUrl || (await ownsDatabase(config.databaseUrl))) return;
  throw new CommandError(
    '这个 DATABASE_URL 是程序自己的登录，不能建表或升级；请用数据库所有者的。\nThis DATABASE_URL is the program’s own login, which may neither make nor change tables; use that of the owner.',
  );
}

/** Whether nothing lives in it yet: no group has been set up. */
export async function isEmpty(database: Opened): Promise<boolean> {
  const { rows } = await database.pool.query<{ there: boolean }>(
    `select to_regclass('platform.setting') is not null as there`,
  );
  return !rows[0]?.there || (await inStatement(database.pool, (tx) => readSetting(tx, 'group'))) === null;
}

/** @throws CommandError saying what to do with a database that is in use */
export async function refuseUnlessEmpty(database: Opened): Promise<void> {
  if (await isEmpty(database)) return;
  throw new CommandError(
    '这个数据库里已有一个集团，什么都没有改。要另建，请换一个空库（DATABASE_URL）或新的数据文件夹（LASTMETRE_DATA）。\nThis database already holds a group; nothing was changed. Use an empty one (DATABASE_URL) or a new data folder (LASTMETRE_DATA).',
  );
}

/** @throws CommandError where commands would find nothing to work on */
export async function refuseIfEmpty(database: Opened): Promise<void> {
  if (!(await isEmpty(database))) return;
  throw new CommandError(
    '数据库是空的。先运行 npx lastmetre init（真实集团）或 npx lastmetre demo（示例）。\nThis database is empty. Run npx lastmetre init (a real group) or npx lastmetre demo first.',
  );
}

/**
 * The folder of keys, certainly the one this database was written with: keys made anew would fit nothing in it.
 * @throws CommandError when it is missing though the journal is already sealed
 */
export async function keysFolderOf(config: Config, database: Opened): Promise<string> {
  const folder = join(config.dataFolder, 'keys');
  if (existsSync(join(folder, 'seal.pem')) && existsSync(join(folder, 'master.key'))) return folder;
  const { rows } = await database.pool.query<{ used: boolean }>(
    'select exists (select from journal.seal) or exists (select from requests.request) as used',
  );
  if (rows[0]?.used) {
    throw new CommandError(
      `${folder} 里没有这个数据库的密钥。请把运行程序那台机器的 keys 文件夹放到这里，或设置 LASTMETRE_DATA。\nThe keys of this database are not in ${folder}. Put the keys folder of the machine that runs the program there, or set LASTMETRE_DATA.`,
    );
  }
  return folder;
}
