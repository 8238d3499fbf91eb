import { rmSync } from 'node:fs';
import { findBinaries } from './embedded-binaries.ts';
import { ensureCluster, ensureDatabase } from './embedded-cluster.ts';
import { holdDataFolder } from './embedded-lock.ts';
import { connectionUrl, preparePlace, readOrMakeSecrets } from './embedded-place.ts';
import { endLeftovers } from './embedded-processes.ts';
import { supervise } from './embedded-supervisor.ts';

export { DataFolderInUse } from './embedded-lock.ts';

/** The database that comes with Last Metre, running. */
export interface EmbeddedPostgres {
  /** Connection string of the owner (superuser, for migrations), for the `pg` driver and libpq. */
  ownerUrl: string;
  /** Connection string of `lastmetre_app`: may log in, owns nothing, may create neither roles nor databases. */
  appUrl: string;
  /** Shuts down in good order, within 20 s normally, and lets go of the data folder. Connections are cut. */
  stop(): Promise<void>;
  /** Called once when the database died and 5 restarts within a minute did not bring it back to stay. */
  onExit(listener: (reason: string) => void): void;
}

export interface EmbeddedOptions {
  /** Made if missing. Holds `pg/` (the cluster), `socket/`, `secrets.json` (passwords, 0600) and `pg.log`. */
  dataFolder: string;
  /** Told in one line what happens besides the ordinary. */
  log?: (line: string) => void;
  /** PostgreSQL settings that win over ours, as in `postgresql.conf`: `{ shared_buffers: '1GB' }`. */
  settings?: Record<string, string>;
  /** Throws the present cluster away, with everything in it, and makes an empty one. For tests and demonstrations. */
  fresh?: boolean;
}

/**
 * Starts PostgreSQL on the data folder and resolves when it accepts connections: 0.7 s the first time, 0.1 s later
 * (2 cores, SSD). A database left by a program that was killed is shut down first. When the database dies it comes back
 * under the same connection strings, with all that was committed.
 *
 * Throws DataFolderInUse if another program holds the folder; otherwise an Error that says what to do: no PostgreSQL
 * for this machine, a folder of another user or version, lost passwords, or the end of `pg.log`.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const place = await preparePlace(options.dataFolder);
  const letGo = await holdDataFolder(place);
  try {
    const binaries = findBinaries(place.account, place.dataFolder);
    await endLeftovers(place, log);
    if (options.fresh) rmSync(place.pgFolder, { recursive: true, force: true });
    const secrets = readOrMakeSecrets(place);
    await ensureCluster(place, binaries, secrets);
    const database = await supervise(place, binaries, options.settings, log);
    try {
      await ensureDatabase(place, secrets);
    } catch (error) {
      await database.stop();
      throw error;
    }
    return {
      ownerUrl: connectionUrl(place, 'lastmetre', secrets.owner, 'lastmetre'),
      appUrl: connectionUrl(place, 'lastmetre_app', secrets.app, 'lastmetre'),
      stop: () => database.stop().finally(letGo),
      onExit: database.onExit,
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}
