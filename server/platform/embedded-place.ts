import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Account, canCross, canReach, databaseAccount, giveTo, runningAsRoot } from './embedded-account.ts';

/** Everything that follows from the data folder: where things lie, who owns them, under which name they run. */
export interface Place {
  dataFolder: string;
  pgFolder: string;
  /** The Unix socket folder; undefined on Windows, where the database listens on 127.0.0.1. */
  socketFolder: string | undefined;
  port: number;
  logFile: string;
  /** Shown in the title of every process of this database; tells ours from any other. */
  clusterName: string;
  account: Account | undefined;
}

export interface Secrets {
  owner: string;
  app: string;
}

/** Bytes. A socket path may have 107 on Linux and 103 on macOS, the closing zero not counted. */
const LONGEST_SOCKET_PATH = 100;

/** Makes the data folder and the socket folder if missing, and says where everything is. */
export async function preparePlace(givenFolder: string): Promise<Place> {
  // Under root the folder can be crossed, not listed, by the database's account; all in it is closed by itself.
  mkdirSync(givenFolder, { recursive: true, mode: runningAsRoot() ? 0o711 : 0o700 });
  const dataFolder = realpathSync(givenFolder);
  const pgFolder = join(dataFolder, 'pg');
  const account = databaseAccount(pgFolder);
  const clusterName = `lastmetre-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`;
  const windows = process.platform === 'win32';
  return {
    dataFolder,
    pgFolder,
    socketFolder: windows ? undefined : makeSocketFolder(dataFolder, clusterName, account),
    // Over a Unix socket the number is only part of a file name.
    port: windows ? await freePort() : 5432,
    logFile: join(dataFolder, 'pg.log'),
    clusterName,
    account,
  };
}

/**
 * How the database's account names a folder of the cluster. Where it cannot walk there from the root (data under
 * /root), the program is started inside the folder and calls it by the link to where it stands, which Linux follows
 * without asking for rights on the way. Throws where that is not possible.
 */
export function asSeenFromInside(folder: string, account: Account | undefined): string {
  if (canReach(account, folder)) return folder;
  if (process.platform === 'linux' && existsSync('/proc/self/cwd')) return '/proc/self/cwd';
  throw new Error(
    `PostgreSQL does not run as root, and user ${account?.uid} cannot reach ${folder}. Set LASTMETRE_DATA to a folder such as /var/lib/lastmetre, or start Last Metre as an ordinary user.`,
  );
}

function makeSocketFolder(dataFolder: string, clusterName: string, account: Account | undefined): string {
  const own = join(dataFolder, 'socket');
  const short = Buffer.byteLength(join(own, '.s.PGSQL.5432')) <= LONGEST_SOCKET_PATH && canCross(account, dataFolder);
  // Not os.tmpdir(): two programs started with different TMPDIR must meet in the same place.
  const folder = short ? own : join('/tmp', clusterName);
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 });
    giveTo(account, folder);
  }
  const found = lstatSync(folder);
  const owner = account?.uid ?? process.getuid?.();
  const rightful = found.uid === owner || (runningAsRoot() && found.uid === 0);
  if (!found.isDirectory() || !rightful) {
    throw new Error(
      `${folder} belongs to user ${found.uid}, not to user ${owner}. If Last Metre ran as user ${found.uid} before, start it as that user again, or hand ${dataFolder} over with chown -R; otherwise remove ${folder}.`,
    );
  }
  chmodSync(folder, 0o700);
  if (found.uid !== owner) giveTo(account, folder);
  return folder;
}

/** The passwords in `secrets.json` (0600), made at the first start. Throws if they are lost while the data is there. */
export function readOrMakeSecrets(place: Place): Secrets {
  const file = join(place.dataFolder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  if (existsSync(place.pgFolder)) {
    throw new Error(
      `${file} is missing: it holds the passwords of the database beside it. Restore it from your back-up.`,
    );
  }
  const password = () => randomBytes(24).toString('base64url');
  const secrets: Secrets = { owner: password(), app: password() };
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  syncFolder(place.dataFolder);
  return secrets;
}

/** A renamed file survives a power cut only once its folder is on disk. Windows cannot open folders. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** A connection string for the `pg` driver and for libpq. */
export function connectionUrl(place: Place, user: string, password: string, database: string): string {
  const base = `postgres://${user}:${password}`;
  if (!place.socketFolder) return `${base}@127.0.0.1:${place.port}/${database}`;
  return `${base}@localhost:${place.port}/${database}?host=${encodeURIComponent(place.socketFolder)}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
