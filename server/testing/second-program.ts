/** Another program on the database of a house, as a process of its own that can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { rootFolder } from './database.ts';
import type { House } from './program.ts';

export interface SecondProgram {
  address: string;
  /** As its connections call themselves in the database. */
  name: string;
  /** At once, as when the power fails. */
  kill(): Promise<void>;
}

/** @throws with what it wrote, where it does not start within a minute */
export async function startSecondProgram(house: House): Promise<SecondProgram> {
  const name = 'lastmetre-second';
  const url = new URL(house.database.ownerUrl);
  url.searchParams.set('application_name', name);
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', join(rootFolder, 'server', 'main.ts')], {
    cwd: rootFolder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: url.toString(),
      LASTMETRE_DATA: house.dataFolder,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The second program did not start:\n${output}`)), 60_000);
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk) => {
        output += chunk;
        const found = /(http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
        if (!found) return;
        clearTimeout(late);
        resolve(found);
      });
    void ended.then(() => reject(new Error(`The second program ended:\n${output}`)));
  });
  return {
    address,
    name,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
