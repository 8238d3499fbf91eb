// `npm run bench` lists the benchmarks; `npm run bench -- <name>` builds what changed and runs one, as JSON lines.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const benchmarks = {
  intake: { says: 'durable creates by HTTP beside two bare inserts in the same database', needs: ['server'] },
  queue: { says: 'first page of a queue at 10 k, 100 k and 1 M requests, and its counts', needs: ['server'] },
  thread: {
    says: 'one request with 25 entries, as its requester, handler, dispatcher and site officer',
    needs: ['server'],
  },
  surge: {
    says: 'ten minutes of creates, commands, reads and live pages at once on 1 M requests and two servers',
    needs: ['server'],
  },
  duplicates: {
    says: 'needs told twice: found, and only those; written pairs, citizens’ messages, and the time of a check at 1 M',
    needs: ['server'],
  },
  search: { says: 'Chinese full text over 1 M requests, each in their own sight', needs: ['server'] },
  'stage-switch': {
    says: 'a signed switch of stage over 1,000 sites × 100 measures with 500 open pages: committed, and shown everywhere',
    needs: ['server'],
  },
  reports: {
    says: 'the daily report of 1,000 sites within ten minutes, and all in one minute, with head office looking on',
    needs: ['server'],
  },
  coverage: {
    says: 'the matrix of coverage over 1,000 sites, and the copies among their measure sets',
    needs: ['server'],
  },
  catalogue: { says: 'a change to the dispatch catalogue tried on last week at 1 M requests', needs: ['server'] },
  start: { says: 'second `npm start` until the first answer, and memory at rest', needs: ['server', 'desk', 'phone'] },
  triage: {
    says: 'how rightly messages are sorted, beside naive Bayes, and on the first day; LASTMETRE_BENCH_DATA=<folder> for real ones',
    needs: [],
  },
  weight: { says: 'script of the first page of the phone and of the desk, compressed', needs: ['desk', 'phone'] },
};

const [name, ...rest] = process.argv.slice(2);
if (!name || !benchmarks[name]) {
  for (const [one, { says }] of Object.entries(benchmarks)) console.log(`${one.padEnd(12)} ${says}`);
  console.log(
    '\nnpm run bench -- <name>    one JSON line per figure; the machine and the last results stand in bench/README.md',
  );
  process.exit(name ? 1 : 0);
}

async function newest(path) {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((entry) => newest(join(path, entry))));
  return Math.max(0, ...inside);
}

const built = { server: 'dist/server/main.mjs', desk: 'dist/desk/index.html', phone: 'dist/phone/index.html' };
for (const part of benchmarks[name].needs) {
  const sources = Math.max(...(await Promise.all([part, 'contract', 'package-lock.json'].map(newest))));
  if (!existsSync(built[part]) || (await stat(built[part])).mtimeMs < sources) {
    execFileSync(process.execPath, ['scripts/build.mjs', part], { stdio: ['ignore', 2, 2] });
  }
}

// The program runs from a copy, so that a build made meanwhile disturbs no measurement.
const program = `.cache/bench/program-${process.pid}`;
if (benchmarks[name].needs.includes('server')) await cp('dist/server', program, { recursive: true });
const child = spawn(process.execPath, ['--import', 'tsx', `bench/${name}.ts`, ...rest], {
  stdio: 'inherit',
  env: { ...process.env, LASTMETRE_BENCH_PROGRAM: join(root, program, 'main.mjs') },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', async (code) => {
  await rm(program, { recursive: true, force: true });
  process.exit(code ?? 1);
});
