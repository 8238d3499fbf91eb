import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './embedded-binaries.ts';
import { cannotRun, databaseEnvironment, databaseSettings } from './embedded-cluster.ts';
import { asSeenFromInside, type Place } from './embedded-place.ts';
import { endLeftovers, PATIENCE, readPostmaster } from './embedded-processes.ts';

/** A running database that is started again when it dies. */
export interface Supervised {
  stop(): Promise<void>;
  onExit(listener: (reason: string) => void): void;
}

/** At most this many starts within a minute; more would only hide what is wrong. */
const RESTARTS_PER_MINUTE = 5;
const LARGEST_LOG = 16 * 1024 * 1024;

interface Running {
  child: ChildProcess;
  /** Resolves with the reason when the process has ended. */
  ended: Promise<string>;
}

/**
 * Starts the database and keeps it running under the same socket and passwords. Throws, with the last lines of
 * `pg.log`, if the first start fails; later failures go to `onExit` once restarting has been given up.
 */
export async function supervise(
  place: Place,
  binaries: Binaries,
  settings: Record<string, string> | undefined,
  log: (line: string) => void,
): Promise<Supervised> {
  const listeners: ((reason: string) => void)[] = [];
  const args = ['-D', asSeenFromInside(place.pgFolder, place.account), ...databaseSettings(place, settings)];
  let stopping = false;
  let restarts: number[] = [];
  let running = launch(place, binaries, args);
  let revival: Promise<void> = Promise.resolve();

  // On process.exit() and on a crash of the program; after kill -9 the next start does it.
  const askToEnd = () => running.child.kill('SIGINT');
  process.once('exit', askToEnd);

  function watch(): void {
    void running.ended.then((reason) => {
      if (!stopping) revival = revive(reason);
    });
  }

  async function revive(firstReason: string): Promise<void> {
    for (let reason = firstReason; !stopping; ) {
      restarts = restarts.filter((at) => Date.now() - at < 60_000);
      if (restarts.length >= RESTARTS_PER_MINUTE) {
        for (const listener of listeners) listener(reason);
        return;
      }
      restarts.push(Date.now());
      log(`the database ended by itself (${reason}); starting it again`);
      try {
        await endLeftovers(place, log);
        if (stopping) return;
        running = launch(place, binaries, args);
        await untilReady(place, running);
        log('the database runs again');
        return watch();
      } catch (error) {
        reason = (error as Error).message;
        await sleep(100 * 2 ** restarts.length);
      }
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    process.removeListener('exit', askToEnd);
    await end(place, binaries, running);
    await revival;
  }

  try {
    await untilReady(place, running);
  } catch (error) {
    await stop();
    throw error;
  }
  watch();
  return { stop, onExit: (listener) => void listeners.push(listener) };
}

function launch(place: Place, binaries: Binaries, args: string[]): Running {
  if (existsSync(place.logFile) && statSync(place.logFile).size > LARGEST_LOG) {
    renameSync(place.logFile, `${place.logFile}.1`);
  }
  const output = openSync(place.logFile, 'a', 0o600);
  const child = spawn(binaries.postgres, args, {
    cwd: place.pgFolder,
    env: databaseEnvironment(),
    stdio: ['ignore', output, output],
    // Its own session: Ctrl-C in the terminal is for the program, which then stops the database in good order.
    detached: true,
    windowsHide: true,
    ...place.account,
  });
  closeSync(output);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
    child.once('error', (error) => resolve(cannotRun(binaries.postgres, error).message));
  });
  return { child, ended };
}

/** Waits without limit while the process lives: after a crash it first replays its log, however long that takes. */
async function untilReady(place: Place, running: Running): Promise<void> {
  let reason: string | undefined;
  void running.ended.then((why) => {
    reason = why;
  });
  for (;;) {
    const postmaster = readPostmaster(place.pgFolder);
    if (postmaster?.ready && postmaster.pid === running.child.pid) return;
    if (reason)
      throw new Error(`The database did not start (${reason}). ${place.logFile} ends with:\n${logEnd(place)}`);
    await sleep(10);
  }
}

function logEnd(place: Place): string {
  return readFileSync(place.logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
}

/** Fast shutdown: open transactions are rolled back and a checkpoint is written. Resolves when the process is gone. */
async function end(place: Place, binaries: Binaries, running: Running): Promise<void> {
  if (running.child.exitCode !== null || running.child.signalCode !== null || !running.child.pid) return;
  if (process.platform === 'win32') {
    // Signals do not exist there; pg_ctl speaks to the database over a pipe.
    await promisify(execFile)(binaries.pgCtl, ['stop', '-D', place.pgFolder, '-m', 'fast', '-t', '20']).catch(() =>
      running.child.kill(),
    );
  } else {
    running.child.kill('SIGINT');
  }
  const harder = setTimeout(() => running.child.kill('SIGQUIT'), PATIENCE);
  const hardest = setTimeout(() => running.child.kill('SIGKILL'), PATIENCE + 10_000);
  await running.ended;
  clearTimeout(harder);
  clearTimeout(hardest);
}
