import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './embedded-place.ts';

/** Milliseconds a fast shutdown may take before the database is made to quit without its last checkpoint. */
export const PATIENCE = 20_000;

/** What `postmaster.pid` says: the process number, and whether it accepts connections. */
export function readPostmaster(pgFolder: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(pgFolder, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The living processes of this database, found by the cluster name in their titles. Titles are open to everyone, while
 * the folder a process stands in is closed even to root in an ordinary container (no CAP_SYS_PTRACE).
 */
export function databaseProcesses(place: Place): number[] {
  if (process.platform === 'win32') return [];
  const ours = (uid: number, title: string) =>
    uid === (place.account?.uid ?? process.getuid?.()) && title.includes(place.clusterName) && /postgres/.test(title);
  return (process.platform === 'linux' ? linuxProcesses() : psProcesses())
    .filter((one) => ours(one.uid, one.title) && one.pid !== process.pid)
    .map((one) => one.pid);
}

interface Listed {
  pid: number;
  uid: number;
  title: string;
}

function linuxProcesses(): Listed[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // A dead process whose parent has not yet asked for it has an empty title, and so is not listed.
      const title = readFileSync(`/proc/${name}/cmdline`, 'latin1');
      return [{ pid: Number(name), uid: statSync(`/proc/${name}`).uid, title }];
    } catch {
      return [];
    }
  });
}

function psProcesses(): Listed[] {
  return execFileSync('ps', ['-axww', '-o', 'pid=,uid=,stat=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, uid, state, title] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      return title && !state?.startsWith('Z') ? [{ pid: Number(pid), uid: Number(uid), title }] : [];
    });
}

/**
 * Ends what an earlier program left running: a living postmaster is asked to shut down; processes whose postmaster is
 * dead are killed, as they serve nobody and hold the shared memory that a new start needs. Call it only while holding
 * the data folder. Resolves when all are gone.
 */
export async function endLeftovers(place: Place, log: (line: string) => void): Promise<void> {
  const postmaster = readPostmaster(place.pgFolder);
  const running = databaseProcesses(place);
  if (postmaster && running.includes(postmaster.pid)) {
    log(`stopping the database an earlier program left running (process ${postmaster.pid})`);
    signal([postmaster.pid], 'SIGINT');
    if (!(await allGone(place, PATIENCE))) signal([postmaster.pid], 'SIGQUIT');
    if (!(await allGone(place, 5000))) signal(databaseProcesses(place), 'SIGKILL');
  } else {
    signal(running, 'SIGKILL');
  }
  if (!(await allGone(place, 5000)))
    throw new Error(`processes of the old database do not end: ${databaseProcesses(place)}`);
  removeStaleLocks(place);
}

/**
 * PostgreSQL does not start while the process number in its lock files is in use. After a restart of the machine or
 * container that may be a stranger's, and in a container without an init process it is a dead one's that nobody
 * buried. We have just seen that no process of this database lives.
 */
function removeStaleLocks(place: Place): void {
  const postmaster = readPostmaster(place.pgFolder);
  if (!place.socketFolder) return;
  // A number not in use is left to PostgreSQL, which then also looks at the shared memory noted in the file.
  if (postmaster && isInUse(postmaster.pid)) rmSync(join(place.pgFolder, 'postmaster.pid'), { force: true });
  rmSync(join(place.socketFolder, `.s.PGSQL.${place.port}.lock`), { force: true });
  rmSync(join(place.socketFolder, `.s.PGSQL.${place.port}`), { force: true });
}

async function allGone(place: Place, patience: number): Promise<boolean> {
  for (const end = Date.now() + patience; databaseProcesses(place).length > 0; await sleep(20)) {
    if (Date.now() > end) return false;
  }
  return true;
}

function isInUse(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It ended by itself in the meantime.
    }
  }
}
