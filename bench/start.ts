/**
 * `npm start` for the second time and after: from the start of npm to the first answered page, and the memory the program
 * rests at. The first start, which makes the database and loads the demo, is reported without an aim.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { below } from './processes.ts';
import { removeFolder, root } from './program.ts';
import { median, note, report, spreadOf } from './report.ts';

const runs = Number(process.argv[2] ?? 5);
const mostSeconds = 4;
const mostMegabytes = 250;
const restMs = 10_000;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Megabytes of resident memory of a process, `Pss` where shared pages are counted by share. */
function megabytes(pid: number, what: 'VmRSS' | 'Pss'): number {
  const file = what === 'Pss' ? `/proc/${pid}/smaps_rollup` : `/proc/${pid}/status`;
  return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}

async function start(folder: string): Promise<{ child: ChildProcess; seconds: number; pages: Record<string, number> }> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', LASTMETRE_DATA: folder, DATABASE_URL: '' },
  });
  const pages: Record<string, number> = {};
  for (const path of ['/desk/', '/api/public/directory']) {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
      const status = await request(`http://127.0.0.1:${port}${path}`).then(
        (answer) => answer.body.dump().then(() => answer.statusCode),
        () => 0,
      );
      if (status === 200) break;
      if (performance.now() - started > 300_000)
        throw new Error(`${path} was not answered within five minutes (last: ${status})`);
      await sleep(20);
    }
    pages[path] = (performance.now() - started) / 1000;
  }
  return { child, seconds: pages['/desk/']!, pages };
}

async function stop(child: ChildProcess): Promise<void> {
  const started = below(child.pid!);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  // What Ctrl-C does: the starter passes it on, and the program ends its database. npm's shell is left to end by itself.
  for (const one of started) if (/^\S*node\S* scripts\/start\.mjs/.test(one.command)) process.kill(one.pid, 'SIGTERM');
  await ended;
  const alive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (started.some((one) => alive(one.pid))) await sleep(50);
}

const folder = await mkdtemp(join(tmpdir(), 'lastmetre-bench-'));
try {
  const first = await start(folder);
  report({ bench: 'start', case: 'first npm start, with demo', metric: 'first page', value: first.seconds, unit: 's' });
  await stop(first.child);
  const seconds: number[] = [];
  const directory: number[] = [];
  let resting: { server: number; database: number } | undefined;
  for (let run = 1; run <= runs; run++) {
    const one = await start(folder);
    seconds.push(one.seconds);
    directory.push(one.pages['/api/public/directory']!);
    note(`start ${run}: ${one.seconds.toFixed(2)} s`);
    if (run === runs) {
      await sleep(restMs);
      const all = below(one.child.pid!);
      const server = all.find((process) => /dist\/server\/main\.mjs/.test(process.command))!;
      const database = below(server.pid).filter((process) => /postgres/.test(process.command));
      resting = {
        server: megabytes(server.pid, 'VmRSS'),
        database: database.reduce((sum, process) => sum + megabytes(process.pid, 'Pss'), 0),
      };
    }
    await stop(one.child);
  }
  report({
    bench: 'start',
    case: 'second npm start',
    metric: 'first page',
    value: median(seconds),
    unit: 's',
    aim: `< ${mostSeconds} s`,
    met: median(seconds) < mostSeconds,
    runs,
    spread: spreadOf(seconds),
  });
  report({
    bench: 'start',
    case: 'second npm start',
    metric: 'public directory',
    value: median(directory),
    unit: 's',
    runs,
    spread: spreadOf(directory),
  });
  if (resting) {
    report({
      bench: 'start',
      case: `server at rest for ${restMs / 1000} s`,
      metric: 'resident memory',
      value: resting.server,
      unit: 'MB',
      aim: `< ${mostMegabytes} MB`,
      met: resting.server < mostMegabytes,
    });
    report({
      bench: 'start',
      case: 'its embedded PostgreSQL',
      metric: 'proportional memory',
      value: resting.database,
      unit: 'MB',
    });
  }
} finally {
  await removeFolder(folder);
}
