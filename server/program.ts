import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Logger, parseCronItems, type Runner, run } from 'graphile-worker';
import type pg from 'pg';
import { identify, identifyPages } from './modules/access/index.ts';
import { catchUp } from './modules/journal/index.ts';
import { followedActions, followRequests } from './modules/ledger/index.ts';
import { comparedActions, keepLikeness } from './modules/likeness/reading.ts';
import { linksOf, startCourier, takeMailFromEnvironment } from './modules/messages/index.ts';
import { indexForSearch, searchedActions } from './modules/requests/reactions.ts';
import { openClassifier } from './modules/triage/index.ts';
import { startSorting } from './modules/triage/reader.ts';
import { eventsReader, queueEvents, startSending } from './modules/webhooks/index.ts';
import { mountModules } from './modules.ts';
import { type Now, systemNow } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type Keys, openKeys } from './platform/crypto.ts';
import { openPool, type Pool } from './platform/database.ts';
import { openHttp } from './platform/http.ts';
import { makeMonths } from './platform/journal.ts';
import { listenToJournal } from './platform/live.ts';
import { sealJournal } from './platform/seal.ts';
import type { Desk } from './platform/serve.ts';
import { startSettler } from './platform/settle.ts';
import { inStatement, inTransaction } from './platform/transaction.ts';
import { timers } from './timers.ts';

export interface Program {
  app: FastifyInstance;
  desk: Desk;
  pool: Pool;
  keys: Keys;
  address: string;
  anchorsFile: string;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  config: Config;
  /** The application's connection; `role` when its login is the owner's. */
  appUrl: string;
  role?: string;
  demoLogins: readonly string[];
  now?: Now;
  log?: (line: string) => void;
  /** Between two looks of a reader at the journal, so that a rush is read in batches; tests do not wait. */
  readersRestMs?: number;
  /** Tests drive time themselves. */
  withTimers?: boolean;
}

/** Starts everything but the database: HTTP, settler, live pages, readers of the journal, timers. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { config } = options;
  const log = options.log ?? ((line) => process.stderr.write(`${line}\n`));
  const now = options.now ?? systemNow;
  await mkdir(config.dataFolder, { recursive: true });
  const keys = await openKeys(join(config.dataFolder, 'keys'));
  const anchorsFile = join(config.dataFolder, 'anchors', 'anchors.jsonl');
  const pool = openPool(options.appUrl, { max: 8, role: options.role });
  // Whoever was switched off for a season finds the months there; a database too busy for it gets them with the night.
  await inTransaction(pool, (tx) => makeMonths(tx, now())).catch((error: Error) => log(`months: ${error.message}`));
  const journal = listenToJournal(options.appUrl, options.role);
  let lastComplaint = '';
  const settler = startSettler(pool, {
    onError: (error) => {
      const complaint = `settler: ${(error as Error).message}`;
      if (complaint !== lastComplaint) log(complaint);
      lastComplaint = complaint;
    },
  });
  const app = await openHttp({ distFolder: config.distFolder, secureCookies: config.secureCookies, log });
  const desk: Desk = {
    app,
    pool,
    now,
    identify: (request) => inStatement(pool, (tx) => identify(tx, request, now())),
    identifyPages: (requests) => inStatement(pool, (tx) => identifyPages(tx, requests, now())),
    committed: () => settler.wake(),
  };
  let address = '';
  const classifier = openClassifier();
  const streams = await mountModules(desk, {
    keys,
    filesFolder: join(config.dataFolder, 'files'),
    anchorsFile,
    publicUrl: () => config.publicUrl ?? address,
    boundHost: config.host,
    secureCookies: config.secureCookies,
    demoLogins: options.demoLogins,
    journal,
    classifier,
    log,
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());

  const classes = ['normal', 'personal', 'health'];
  // Each at its own pace: one that stumbles or has much to do keeps no other waiting.
  const readersRestMs = options.readersRestMs ?? 250;
  const readersStop = new AbortController();
  const readers = [
    { name: 'requests.search', classes, actions: searchedActions, take: indexForSearch },
    { name: 'ledger.follow', classes, actions: followedActions, take: followRequests(now) },
    { name: 'likeness', classes, actions: comparedActions, take: keepLikeness(keys) },
    // Ordinary needs only: of all others not even a number goes out (rules 6).
    { name: eventsReader, classes: ['normal'], take: queueEvents(now) },
  ].map((reader) => {
    let reading: Promise<unknown> | null = null;
    let more = false;
    const read = (): void => {
      // Told while reading: what settled after the last look must not wait for the next news.
      more = true;
      reading ??= (async () => {
        while (more && !readersStop.signal.aborted) {
          more = false;
          await catchUp(pool, reader);
          // What a reader wrote down itself is settled too.
          settler.wake();
          await sleep(readersRestMs, undefined, { signal: readersStop.signal }).catch(() => {});
        }
      })()
        .catch((error: Error) => log(`${reader.name}: ${error.message}`))
        .finally(() => {
          reading = null;
        });
    };
    return { read, done: () => reading };
  });
  const read = (): void => {
    for (const reader of readers) reader.read();
  };
  journal.on('settled', read);
  read();
  const sorting = startSorting({
    pool,
    classifier,
    journal,
    now,
    committed: () => settler.wake(),
    log,
    mayTrain: options.withTimers !== false,
  });

  // Only who sends decides where mail goes: a command beside the program changes nothing.
  const courier =
    options.withTimers === false
      ? null
      : startCourier({
          pool,
          keys,
          now,
          links: linksOf(() => config.publicUrl ?? address),
          committed: () => settler.wake(),
          onError: (error) => log(`courier: ${(error as Error).message}`),
        });
  if (courier) {
    // Two programs that start together want the same channel: the one that comes second finds it there.
    await inTransaction(pool, (tx) => takeMailFromEnvironment(tx, keys, config.mail ?? null, now())).catch(
      (error: Error) => log(`mail by environment: ${error.message}`),
    );
    journal.on('settled', courier.wake);
  }

  const sending =
    options.withTimers === false
      ? null
      : startSending({
          pool,
          keys,
          now,
          committed: () => settler.wake(),
          onError: (error) => log(`webhooks: ${(error as Error).message}`),
        });
  if (sending) journal.on('settled', sending.wake);

  let runner: Runner | null = null;
  if (options.withTimers !== false) {
    const tasks = timers({
      pool,
      keys,
      anchorsFile,
      filesFolder: join(config.dataFolder, 'files'),
      rootFolder: config.rootFolder,
      now,
      committed: () => settler.wake(),
    });
    runner = await run({
      pgPool: pool as pg.Pool,
      concurrency: 1,
      noHandleSignals: true,
      pollInterval: 10_000,
      taskList: Object.fromEntries(tasks.map((task) => [task.name, async () => void (await task.run())])),
      parsedCronItems: parseCronItems(
        tasks.map(({ name, every, daily }) => ({
          task: name,
          match: every,
          options: { backfillPeriod: daily ? 24 * 3_600_000 : 0, maxAttempts: 3 },
        })),
      ),
      logger: quiet(log),
    });
  }

  address = await app.listen({ host: config.host, port: config.port });
  return {
    app,
    desk,
    pool,
    keys,
    address,
    anchorsFile,
    async stop() {
      streams.close();
      await app.close();
      await courier?.stop();
      await sending?.stop();
      await runner?.stop();
      await settler.stop();
      await journal.stop();
      await sorting.stop();
      readersStop.abort();
      await Promise.all(readers.map((reader) => reader.done()));
      // What was acknowledged last is sealed before the lights go out.
      if (options.withTimers !== false) await sealJournal(pool, keys, now()).catch(() => {});
      await pool.end();
    },
  };
}

function quiet(log: (line: string) => void): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log(`worker: ${message}`);
  });
}
