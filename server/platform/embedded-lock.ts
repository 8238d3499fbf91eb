import { rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './embedded-place.ts';

/** Another program holds the data folder; the message says what to do. */
export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse';
  constructor(dataFolder: string, holder: number) {
    const who = holder ? `process ${holder}` : 'it does not answer';
    super(`Another Last Metre (${who}) already uses ${dataFolder}. Stop it, or set LASTMETRE_DATA to another folder.`);
  }
}

/**
 * Holds the data folder for this program until the returned function is called or the process ends in any way.
 * The hold is a listening socket, not a file with a process number in it: the kernel ends it with its holder, and
 * process numbers come again. Throws DataFolderInUse.
 */
export async function holdDataFolder(place: Place): Promise<() => Promise<void>> {
  const path = place.socketFolder ? join(place.socketFolder, 'program.sock') : `\\\\.\\pipe\\${place.clusterName}`;
  for (;;) {
    const server = await listen(path);
    if (server && (await stillOurs(path))) return () => new Promise((done) => server.close(() => done()));
    // A server that lost its path is left listening: closing it would remove the winner's socket.
    const holder = await askHolder(path);
    if (holder !== undefined) throw new DataFolderInUse(place.dataFolder, holder);
    rmSync(path, { force: true });
  }
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((caller) => {
      caller.on('error', () => {});
      caller.end(`${process.pid}\n`);
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

/**
 * Two programs may find the same dead socket, and the slower one then removes the socket the faster one has just made.
 * Between its finding and its removing lie microseconds, so after 30 ms the path is either ours for good or lost.
 */
async function stillOurs(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const inode = () => statSync(path, { throwIfNoEntry: false })?.ino;
  const made = inode();
  await sleep(30);
  return made !== undefined && inode() === made;
}

/** The process number of the living holder, 0 if it lives but does not answer within a second, undefined if dead. */
function askHolder(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const caller = connect(path);
    caller.setTimeout(1000, () => {
      resolve(0);
      caller.destroy();
    });
    caller.once('data', (answer) => resolve(Number(answer.toString())));
    caller.once('end', () => resolve(0));
    caller.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(undefined);
      else if (error.code === 'EAGAIN') resolve(0);
      else reject(error);
    });
  });
}
