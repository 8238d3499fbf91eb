import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { demoLogins, demoSetting } from './demo/world.ts';
import { oneTimePassword } from './modules/access/index.ts';
import { type Config, readConfig } from './platform/config.ts';
import { openPool, waitForDatabase } from './platform/database.ts';
import { DataFolderInUse, type EmbeddedPostgres, startEmbeddedPostgres } from './platform/embedded.ts';
import { enterDatabase, MigrationsPending } from './platform/login.ts';
import { migrate } from './platform/migrate.ts';
import { readSetting } from './platform/setting.ts';
import { inStatement } from './platform/transaction.ts';
import { type Program, startProgram } from './program.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface OpenDatabase {
  ownerUrl: string;
  appUrl: string;
  role: string | undefined;
  embedded: EmbeddedPostgres | null;
}

/** The embedded database, or the one DATABASE_URL names; migrated. */
async function openDatabase(config: Config, fresh = false): Promise<OpenDatabase> {
  if (config.databaseUrl) {
    const role = await enterDatabase(config.databaseUrl, join(config.rootFolder, 'server', 'migrations'));
    return { ownerUrl: config.databaseUrl, appUrl: config.databaseUrl, role, embedded: null };
  }
  const embedded = await startEmbeddedPostgres({ dataFolder: config.dataFolder, fresh });
  await migrate(embedded.ownerUrl, join(config.rootFolder, 'server', 'migrations'));
  return { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, role: undefined, embedded };
}

/** Loads the demo world into an empty database, with progress shown. @returns the one password of its accounts */
async function loadDemo(config: Config, database: Pick<OpenDatabase, 'appUrl' | 'role'>): Promise<string> {
  const { loadDemo: load } = await import('./demo/load.ts');
  const { showProgress } = await import('./demo/history/index.ts');
  // A load that is cut off is begun anew: nothing of it has to be on the disk before its end.
  const pool = openPool(database.appUrl, { max: 4, role: database.role, lazy: true });
  const password = oneTimePassword();
  try {
    await load({
      pool,
      rootFolder: config.rootFolder,
      dataFolder: config.dataFolder,
      password,
      history: config.demo !== 'organization',
      progress: showProgress('Loading the demo world · 正在装入示例集团'),
    });
    return password;
  } finally {
    await pool.end();
  }
}

const loadingDemo = '--load-demo';

/**
 * Has this program, started a second time, load the demo: telling 135 days takes half a gigabyte, which the one that goes
 * on serving would never give back. The connection string goes by message, not by the command line for all to read.
 */
function loadDemoApart({ appUrl, role }: OpenDatabase): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [loadingDemo], {
      // It makes a million small things and keeps them: copying them from one nursery to the next took a sixth of its time.
      execArgv: [...process.execArgv, '--max-semi-space-size=64'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', (password) => resolve(String(password)));
    child.once('exit', (code, signal) => reject(new Error(`Loading the demo was cut off (${signal ?? code}).`)));
    child.send({ appUrl, role });
  });
}

async function loadDemoAsTold(config: Config): Promise<void> {
  // Done, or the program that waits for it is gone.
  process.once('disconnect', () => process.exit());
  const [database] = (await once(process, 'message')) as [Pick<OpenDatabase, 'appUrl' | 'role'>];
  const password = await loadDemo(config, database);
  process.send?.(password, () => process.disconnect());
}

/** What stands in the database: nothing, a group, or a demo whose first loading was cut off. */
async function contents(database: OpenDatabase): Promise<'nothing' | 'group' | 'half a demo'> {
  const pool = openPool(database.appUrl, { max: 1, role: database.role });
  try {
    await waitForDatabase(pool);
    return await inStatement(pool, async (tx) => {
      if ((await readSetting(tx, 'group')) === null) return 'nothing';
      return (await readSetting(tx, demoSetting)) === 'loading' ? 'half a demo' : 'group';
    });
  } finally {
    await pool.end();
  }
}

async function main(): Promise<void> {
  const config = readConfig();
  if (process.argv[2] === loadingDemo) return loadDemoAsTold(config);
  let database = await openDatabase(config);
  let password: string | null = null;
  let found = await contents(database);
  if (found === 'half a demo') {
    if (!database.embedded)
      throw new Error(
        'Loading the demo was cut off. Drop this database, make an empty one and run `npx lastmetre demo` again.',
      );
    await database.embedded.stop();
    database = await openDatabase(config, true);
    found = 'nothing';
  }
  if (found === 'nothing') {
    if (config.databaseUrl) {
      say(
        'This database is empty. Set up a real group with `npx lastmetre init`, or load the demo with `npx lastmetre demo`.',
      );
      say('数据库是空的。建立真实集团：npx lastmetre init；装入示例：npx lastmetre demo。');
      process.exitCode = 1;
      return;
    }
    password = await loadDemoApart(database);
  }
  const program: Program = await startProgram({ config, appUrl: database.appUrl, role: database.role, demoLogins });
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // Whatever hangs, what was acknowledged is in the database; after ten seconds the door is closed anyway.
    setTimeout(() => process.exit(1), 10_000).unref();
    await program.stop().catch(() => {});
    await database.embedded?.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  database.embedded?.onExit((reason) => {
    say(`The database stopped and could not be restarted: ${reason}`);
    process.exit(1);
  });
  setTimeout(giveBack, settledAfterMs).unref();
  // Said last: whoever reads the address may also stop the program.
  say('');
  say(`Last Metre · 最后一米   ${program.address}`);
  say(`  desk · 工作台   ${program.address}/desk/`);
  say(`  phone · 手机页  ${program.address}/p/`);
  if (password)
    say(
      `  Every demo account (worker01, disp01, hand11, fu01 …) has the password  ${password}  — shown this once; on this machine one click signs in.`,
    );
}

/** By then the model has been read and what came while nothing ran is caught up with. */
const settledAfterMs = 6_000;

/** What only the start needed, some seventy megabytes; by itself it would stay for half a minute, or until memory is short. */
function giveBack(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
}

main().catch((error: Error) => {
  const plain = error instanceof DataFolderInUse || error instanceof MigrationsPending;
  process.stderr.write(`${plain ? error.message : (error.stack ?? error.message)}\n`);
  process.exit(1);
});
