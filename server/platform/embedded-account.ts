import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The system account the database runs under, as numbers. */
export interface Account {
  uid: number;
  gid: number;
}

/** `nobody` in every base image, so that no account has to be made for us. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

export function runningAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account for the database: none (our own) for an ordinary user; for root, whom PostgreSQL refuses, the owner of
 * an existing cluster, else `postgres`, else `nobody`. The owner comes first so that installing a `postgres` account
 * later does not lock us out of our own data.
 */
export function databaseAccount(pgFolder: string): Account | undefined {
  if (!runningAsRoot()) return undefined;
  if (existsSync(pgFolder)) {
    const { uid, gid } = statSync(pgFolder);
    if (uid !== 0) return { uid, gid };
  }
  const line = existsSync('/etc/passwd') && /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : NOBODY;
}

/** Gives a file, or a folder with all in it, to the account. Throws in plain words where the system forbids it. */
export function giveTo(account: Account | undefined, path: string): void {
  if (!account) return;
  try {
    chownSync(path, account.uid, account.gid);
  } catch (cause) {
    throw new Error(
      `Cannot hand ${path} to user ${account.uid}, and PostgreSQL does not run as root. Start Last Metre as an ordinary user.`,
      { cause },
    );
  }
  if (!lstatSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    // A link is left alone: chown would follow it out of the folder.
    if (!entry.isSymbolicLink()) giveTo(account, join(path, entry.name));
  }
}

/**
 * Whether the account can walk to the path and use it (`r-x` for a folder or program, `r--` for other files), by mode
 * bits alone. Without an account it is our own and the answer is yes.
 */
export function canReach(account: Account | undefined, path: string): boolean {
  if (!account) return true;
  const target = statSync(path);
  const wanted = target.isDirectory() || (target.mode & 0o111) !== 0 ? 0o5 : 0o4;
  return allows(account, target, wanted) && canCross(account, dirname(path));
}

/** Whether the account can walk through the folder to what lies in it, listing it or not. */
export function canCross(account: Account | undefined, folder: string): boolean {
  if (!account) return true;
  if (!allows(account, statSync(folder), 0o1)) return false;
  return folder === dirname(folder) || canCross(account, dirname(folder));
}

function allows(account: Account, entry: { uid: number; gid: number; mode: number }, wanted: number): boolean {
  const shift = entry.uid === account.uid ? 6 : entry.gid === account.gid ? 3 : 0;
  return ((entry.mode >> shift) & wanted) === wanted;
}
