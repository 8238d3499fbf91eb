/**
 * The program and its database are killed at random moments under load, again and again, also while they start. What was
 * acknowledged is there exactly once, nothing is half written, and the seals hold. LASTMETRE_SOAK=1 kills a thousand
 * times; LASTMETRE_SEED repeats the moments of an earlier run, as far as the machine's own pace allows.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import type { OutputOf } from '../../contract/endpoint.ts';
import type { journalEndpoints } from '../../contract/journal.ts';
import type { organizationEndpoints } from '../../contract/organization.ts';
import { makeQueryCode } from '../../contract/query-code.ts';
import { openKeys } from '../platform/crypto.ts';
import { openPool } from '../platform/database.ts';
import { startEmbeddedPostgres } from '../platform/embedded.ts';
import { sealJournal, verifyJournal } from '../platform/seal.ts';
import { startSettler } from '../platform/settle.ts';
import { rootFolder } from './database.ts';

const kills = process.env.LASTMETRE_SOAK === '1' ? 1000 : 8;
/** After so many kills the program is left alone until it has sealed, and recomputes every seal; at the end this test does. */
const killsPerVerification = 100;
const chainsAtOnce = 6;
const seed = Number(process.env.LASTMETRE_SEED ?? randomInt(2 ** 31));
const main = join(rootFolder, 'dist', 'server', 'main.mjs');

let folder: string;
let child: ChildProcess | null = null;
let address = '';
let output = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmetre-crash-'));
  if (!existsSync(main))
    execFileSync(process.execPath, ['scripts/build.mjs', 'server'], { cwd: rootFolder, stdio: 'inherit' });
});
let lost = false;
afterAll(async () => {
  await stop('SIGTERM');
  if (lost) say(`what is left of the run with seed ${seed} lies in ${folder}`);
  else await rm(folder, { recursive: true, force: true });
});

/** At once, for a soak takes long and a run that hangs should show where. */
const say = (line: string): void => void writeSync(2, `${line}\n`);

/** Numbers from 0 to 1 that the seed decides (mulberry32). */
const random = ((state: number) => (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
})(seed);

const running = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;

function launch(): void {
  output = '';
  const started = spawn(process.execPath, [main], {
    cwd: rootFolder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LASTMETRE_DATA: folder,
      PORT: '0',
      LASTMETRE_DEMO: 'organization',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-20_000);
    });
}

async function start(): Promise<void> {
  launch();
  const until = Date.now() + 60_000;
  for (;;) {
    const found = /(http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
    if (found) {
      address = found;
      return;
    }
    if (!running() || Date.now() > until) throw new Error(`The program did not start:\n${output}`);
    await sleep(20);
  }
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (!child || !running()) return;
  const ended = new Promise((resolve) => child!.once('exit', resolve));
  child.kill(signal);
  await ended;
}

function killDatabase(): void {
  try {
    process.kill(Number(readFileSync(join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  } catch {
    // Dead already, or between two lives.
  }
}

/** The ways to die, in turn. What kills once may kill again while the program is still putting things in order. */
const blows: (() => Promise<void>)[] = [
  async () => void child?.kill('SIGKILL'),
  async () => killDatabase(),
  async () => {
    child?.kill('SIGKILL');
    killDatabase();
  },
  async () => {
    await stop('SIGKILL');
    launch();
    await sleep(random() * 1_000);
    child?.kill('SIGKILL');
    if (random() < 0.5) killDatabase();
  },
];

/** Answers again, whatever was killed. */
async function recover(): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    if (!running()) await start();
    const response = await fetch(`${address}/api/public/directory`, { signal: AbortSignal.timeout(3_000) }).catch(
      () => null,
    );
    await response?.arrayBuffer().catch(() => {});
    if (response?.ok) return;
    if (attempt > 1_200) throw new Error(`The program does not answer:\n${output}`);
    await sleep(25);
  }
}

/** Somebody signed in by one click; their cookie outlives the program. */
class Person {
  cookies = new Map<string, string>();
  csrf = '';
  readonly login: string;
  constructor(login: string) {
    this.login = login;
  }

  async send(
    method: string,
    path: string,
    body?: object,
    key?: string,
    patience = 15_000,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-csrf': this.csrf,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=');
      this.cookies.set(name!, value!);
    }
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async signIn(): Promise<void> {
    const { status, body } = await this.send('POST', '/api/session/demo', { login: this.login });
    if (status !== 200) throw new Error(`${this.login} cannot sign in: ${status}`);
    this.csrf = body.csrf as string;
  }
}

interface Step {
  what: string;
  key: string;
  acknowledged: boolean;
}
interface Chain {
  id: string;
  code: string;
  number: string | null;
  caseId: string | null;
  steps: Step[];
}

const people = {
  worker: new Person('worker01'),
  desk: new Person('disp01'),
  handler: new Person('hand11'),
  auditor: new Person('aud01'),
};
const chains: Chain[] = [];
let places: { categoryId: number; siteId: number; lineId: number };
let stopping = false;
const wrong: string[] = [];

/** Sends one command until it is acknowledged, with the same key, through any number of crashes. */
async function command(
  chain: Chain,
  what: string,
  person: Person,
  method: string,
  path: () => string,
  body: () => object | Promise<object>,
): Promise<Record<string, unknown> | null> {
  const step: Step = { what, key: randomUUID(), acknowledged: false };
  chain.steps.push(step);
  for (;;) {
    try {
      const { status, body: answer } = await person.send(method, path(), await body(), step.key);
      if (status === 200) {
        step.acknowledged = true;
        return answer;
      }
      if (status < 500) {
        wrong.push(`${what}: ${status} ${String(answer.code)}`);
        return null;
      }
    } catch {
      // The connection broke: done or not, nobody knows. Asked again with the same key.
    }
    if (stopping) return null;
    await sleep(50);
  }
}

async function oneChain(): Promise<void> {
  const chain: Chain = { id: randomUUID(), code: makeQueryCode(randomBytes(9)), number: null, caseId: null, steps: [] };
  chains.push(chain);
  const { worker, desk, handler } = people;
  const created = await command(
    chain,
    'requests.submitted',
    worker,
    'POST',
    () => '/api/requests',
    () => ({
      id: chain.id,
      queryCode: chain.code,
      categoryId: places.categoryId,
      siteId: places.siteId,
      text: `停水了 ${chain.id}`,
      confidentiality: 'open',
    }),
  );
  if (!created) return;
  chain.number = created.number as string;
  // The version is read once: a repeat of the same command must be the same command.
  let version: number | undefined;
  const dispatched = await command(
    chain,
    'cases.dispatched',
    desk,
    'POST',
    () => `/api/requests/${chain.id}/dispatch`,
    async () => {
      version ??= (await desk.send('GET', `/api/requests/${chain.id}`)).body.version as number | undefined;
      if (version === undefined) throw new Error('not read');
      return { version, lineId: places.lineId, unitId: null };
    },
  );
  if (!dispatched) return;
  chain.caseId = dispatched.caseId as string;
  const handled = () => ({ solution: 'solved', text: '水泵换好，两层都有水。' });
  if (
    !(await command(
      chain,
      'cases.accepted',
      handler,
      'POST',
      () => `/api/cases/${chain.caseId}/acceptance`,
      () => ({}),
    ))
  )
    return;
  if (!(await command(chain, 'cases.handled', handler, 'POST', () => `/api/cases/${chain.caseId}/handled`, handled)))
    return;
  if (
    !(await command(
      chain,
      'requests.denied',
      worker,
      'POST',
      () => `/api/requests/${chain.id}/verdict`,
      () => ({ solved: false, why: '二楼还是没水' }),
    ))
  )
    return;
  if (!(await command(chain, 'cases.handled', handler, 'POST', () => `/api/cases/${chain.caseId}/handled`, handled)))
    return;
  await command(
    chain,
    'requests.confirmed',
    worker,
    'POST',
    () => `/api/requests/${chain.id}/verdict`,
    () => ({ solved: true }),
  );
}

/** The minute's seal is waited for: a program that lives a second at a time seldom comes to it. */
async function verified(auditor: Person): Promise<OutputOf<typeof journalEndpoints.verify>> {
  const lastSeal = async (): Promise<number> => {
    const { body } = await auditor.send('GET', '/api/journal/seals');
    return (body as unknown as OutputOf<typeof journalEndpoints.seals>).seals[0]?.no ?? 0;
  };
  const before = await lastSeal();
  for (const until = Date.now() + 90_000; (await lastSeal()) === before; await sleep(500))
    if (Date.now() > until) throw new Error('Nothing was sealed for a minute and a half.');
  const { status, body } = await auditor.send('POST', '/api/journal/verification', {}, undefined, 120_000);
  expect({ status, ...body }).toMatchObject({ status: 200, valid: true, faults: [] });
  return body as unknown as OutputOf<typeof journalEndpoints.verify>;
}

test(`${kills} kills under load: what was acknowledged is there exactly once, nothing is half written, the seals hold`, async () => {
  onTestFailed(() => {
    lost = true;
  });
  say(`${kills} kills with LASTMETRE_SEED=${seed}`);
  await start();
  for (const person of Object.values(people)) await person.signIn();
  const directory = (await people.desk.send('GET', '/api/directory')).body as unknown as OutputOf<
    typeof organizationEndpoints.directory
  >;
  const find = (list: { id: number; code: string }[], code: string): number =>
    list.find((one) => one.code === code)!.id;
  places = {
    categoryId: find(directory.categories, 'A02'),
    siteId: find(directory.nodes, 'U04-01'),
    lineId: find(directory.lines, 'L11'),
  };

  const began = Date.now();
  const load = Array.from({ length: chainsAtOnce }, async () => {
    while (!stopping) await oneChain();
  });
  const acknowledged = (): number =>
    chains.reduce((sum, chain) => sum + chain.steps.filter((step) => step.acknowledged).length, 0);
  let signedInAt = began;
  try {
    for (let i = 1; i <= kills; i++) {
      await sleep(100 + random() * 900);
      await blows[i % blows.length]!();
      await recover();
      expect(wrong).toEqual([]);
      if (i % killsPerVerification > 0) continue;
      // A soak outlives a session; people sign in again in the morning.
      if (Date.now() - signedInAt > 3_600_000) {
        signedInAt = Date.now();
        for (const person of Object.values(people)) await person.signIn();
      }
      const { entries, seals } = await verified(people.auditor);
      say(
        `${i} kills survived in ${Math.round((Date.now() - began) / 1000)} s: ${acknowledged()} acknowledged, ${entries} entries under ${seals} seals`,
      );
    }
  } catch (error) {
    stopping = true;
    throw error;
  }
  await sleep(1_000);
  const acknowledgedAtLast = acknowledged();
  stopping = true;
  await Promise.all(load);
  await stop('SIGTERM');

  const database = await startEmbeddedPostgres({ dataFolder: folder });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  const pool = openPool(database.appUrl, { max: 4 });
  try {
    await owner.connect();
    const ask = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
      (await owner.query(text, values)).rows as Row[];
    expect(wrong).toEqual([]);
    expect(acknowledgedAtLast).toBeGreaterThan(kills);

    // Exactly once, and complete.
    const requests = new Map(
      (
        await ask<{ id: string; number: string; state: string; work: string; case_id: string | null; reopens: number }>(
          'select * from requests.request',
        )
      ).map((row) => [row.id, row]),
    );
    const journal = new Map<string, string[]>();
    for (const { id, action } of await ask<{ id: string; action: string }>(
      `select record_id as id, action from journal.entry where record_kind = 'request' order by seq`,
    ))
      journal.set(id, [...(journal.get(id) ?? []), action]);
    for (const chain of chains) {
      const entered = journal.get(chain.id) ?? [];
      const sure = chain.steps.filter((step) => step.acknowledged).map((step) => step.what);
      // What was sent last and never answered may have been done, once, or not at all.
      const open = chain.steps.find((step) => !step.acknowledged);
      expect([sure, ...(open ? [[...sure, open.what]] : [])]).toContainEqual(entered);
      if (chain.number !== null) expect(requests.get(chain.id)?.number).toBe(chain.number);
      const last = entered.at(-1);
      const expected: Record<string, [string, string]> = {
        'requests.submitted': ['received', 'new'],
        'cases.dispatched': ['in_work', 'dispatched'],
        'cases.accepted': ['in_work', 'accepted'],
        'cases.handled': ['handled', 'handled'],
        'requests.denied': ['reopened', 'reopened'],
        'requests.confirmed': ['resolved_confirmed', 'handled'],
      };
      const row = requests.get(chain.id);
      if (last) expect([row?.state, row?.work]).toEqual(expected[last]);
      else expect(row).toBeUndefined();
    }
    expect(requests.size).toBe(chains.filter((chain) => journal.has(chain.id)).length);

    // Nothing half written.
    const none = async (text: string): Promise<void> => expect(await ask(text), text).toEqual([]);
    await none(
      'select id from requests.request r where not exists (select from requests.content c where c.request_id = r.id)',
    );
    await none(
      'select request_id from requests.content c where not exists (select from requests.request r where r.id = c.request_id)',
    );
    await none(
      `select r.id from requests.request r where (select count(*) from requests.entry e where e.request_id = r.id) <> (select count(*) from journal.entry j where j.record_id = r.id)`,
    );
    await none(
      'select r.id from requests.request r join cases.case_file c on c.id = r.case_id where r.work <> c.state or r.line_id <> c.line_id',
    );
    await none(
      'select id from requests.request where case_id is not null and not exists (select from cases.case_file c where c.id = case_id)',
    );
    await none(
      'select id from cases.case_file c where not exists (select from requests.request r where r.case_id = c.id) or not exists (select from cases.assignment a where a.case_id = c.id)',
    );
    await none(
      'select id from requests.contact c where not exists (select from requests.request r where r.contact_id = c.id)',
    );
    await none('select number from requests.request group by number having count(*) > 1');
    await none('select key from platform.idempotency group by key having count(*) > 1');

    // One dense order, and seals that hold with the keys that lie beside the database.
    const settler = startSettler(pool);
    for (let i = 0; i < 500; i++) {
      const [row] = await ask<{ n: string }>(
        'select count(*) as n from journal.entry e where not exists (select from journal.settled s where s.seq = e.seq)',
      );
      if (Number(row!.n) === 0) break;
      await sleep(20);
    }
    await settler.stop();
    const [order] = await ask<{ entries: string; settled: string; last: string }>(
      'select (select count(*) from journal.entry) as entries, count(*) as settled, coalesce(max(position), 0) as last from journal.settled',
    );
    expect(order!.settled).toBe(order!.entries);
    expect(order!.last).toBe(order!.entries);
    const keys = await openKeys(join(folder, 'keys'));
    while ((await sealJournal(pool, keys, new Date())) > 0);
    expect(await verifyJournal(pool, keys, join(folder, 'anchors', 'anchors.jsonl'))).toMatchObject({
      valid: true,
      faults: [],
      entries: Number(order!.entries),
    });
  } finally {
    await pool.end();
    await owner.end();
    await database.stop();
  }
});
