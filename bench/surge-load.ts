/**
 * The load of `surge`, in a process of its own. Everything is sent at times fixed beforehand, however slow the answers
 * are, and a latency counts from the time at which its request was due to be sent: a server that stalls pays for all that
 * waited behind it. Prints one JSON line.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { type ClientRequest, request as get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { makeQueryCode } from '../contract/query-code.ts';
import { quantile } from './report.ts';

export interface Clerk {
  cookie: string;
  'x-csrf': string;
  role: string;
}

export interface SurgeOrder {
  addresses: string[];
  clerks: Clerk[];
  /** Live streams in all, dealt out over the clerks and the servers. */
  streams: number;
  devices: string[];
  perSecond: { creates: number; commands: number; reads: number };
  warmMs: number;
  measureMs: number;
  /** What people write, and about what. */
  asked: { categoryId: number; text: string }[];
  siteIds: number[];
  lineId: number;
  dispatcher: Clerk;
  handlers: Clerk[];
  /** Existing requests that wait for a dispatcher, and cases of this line that are in hand. */
  waiting: { id: string; version: number }[];
  inHand: string[];
  searches: string[];
}

export interface KindResult {
  done: number;
  p50: number;
  p99: number;
  worst: number;
  /** Answers other than 2xx, by status and code. */
  refused: Record<string, number>;
}

export interface SurgeResult {
  kinds: Record<string, KindResult>;
  /** From the answer to a create until a dispatcher's open page is told of it, ms. */
  told: { count: number; p50: number; p99: number; missed: number };
  streams: { open: number; dropped: number; events: number };
  /** Of the load itself. */
  processorSeconds: number;
}

const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

async function run(order: SurgeOrder): Promise<SurgeResult> {
  const pools = order.addresses.map((address) => new Pool(address, { connections: 64, pipelining: 1 }));
  const started = performance.now();
  const measureFrom = started + order.warmMs;
  const until = measureFrom + order.measureMs;
  const times = new Map<string, number[]>();
  const refused = new Map<string, Record<string, number>>();
  let turn = 0;

  /** @returns the body of a good answer, null of any other */
  async function send(
    kind: string,
    due: number,
    by: Partial<Clerk> & { cookie: string },
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    key?: string,
  ): Promise<Record<string, unknown> | null> {
    const counts = due >= measureFrom;
    const fail = (why: string): null => {
      if (!counts) return null;
      const known = refused.get(kind) ?? {};
      known[why] = (known[why] ?? 0) + 1;
      refused.set(kind, known);
      return null;
    };
    try {
      const answer = await pools[turn++ % pools.length]!.request({
        path,
        method,
        headers: {
          cookie: by.cookie,
          ...(by['x-csrf'] ? { 'x-csrf': by['x-csrf'] } : {}),
          ...(body ? { 'content-type': 'application/json', 'idempotency-key': key ?? randomUUID() } : {}),
        },
        body: body ? JSON.stringify(body) : undefined,
      });
      const said = await answer.body.text();
      if (counts) {
        const list = times.get(kind) ?? [];
        list.push(performance.now() - due);
        times.set(kind, list);
      }
      if (answer.statusCode >= 300) return fail(`${answer.statusCode} ${/"code":"([^"]+)"/.exec(said)?.[1] ?? ''}`);
      return JSON.parse(said) as Record<string, unknown>;
    } catch (error) {
      return fail((error as Error).message);
    }
  }

  // ---- what the clerks' open pages hear
  const awaited = new Map<string, number>();
  const heard: number[] = [];
  let events = 0;
  let open = 0;
  let dropped = 0;
  let ending = false;
  const listening: ClientRequest[] = [];
  const listen = (address: string, by: Clerk): Promise<void> =>
    new Promise((resolve, reject) => {
      const stream = get(`${address}/api/live`, { headers: { cookie: by.cookie }, agent: false }, (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`a live stream answered ${answer.statusCode}`));
        open++;
        resolve();
        answer.setEncoding('utf8').on('data', (text: string) => {
          for (const [, id] of text.matchAll(/"kind":"request","id":"([^"]+)"/g)) {
            events++;
            const at = by.role === 'dispatcher' ? awaited.get(id!) : undefined;
            if (at === undefined) continue;
            heard.push(Math.max(0, performance.now() - at));
            awaited.delete(id!);
          }
        });
        answer.on('close', () => {
          open--;
          if (!ending) dropped++;
        });
      });
      stream.on('error', (error) => (ending ? undefined : reject(error)));
      stream.end();
      listening.push(stream);
    });
  for (let i = 0; i < order.streams; i++) {
    // Every clerk has one, the first ones a second; the dispatchers' are on both servers.
    await listen(order.addresses[i % order.addresses.length]!, order.clerks[i % order.clerks.length]!);
  }
  const opened = open;

  // ---- what is sent
  const readable = new Map<Clerk, string[]>();
  const create = async (due: number): Promise<void> => {
    const id = randomUUID();
    const at = new Date().toISOString();
    const device = any(order.devices);
    const told = await send(
      'create',
      due,
      { cookie: `lm_device=${device}` },
      'POST',
      '/api/public/requests',
      {
        id,
        queryCode: makeQueryCode(randomBytes(9)),
        ...any(order.asked),
        siteId: any(order.siteIds),
        confidentiality: any(['open', 'open', 'open', 'confidential', 'anonymous']),
        submittedAt: at,
        sentAt: at,
        deviceId: device,
      },
      id,
    );
    if (told && due >= measureFrom && due < until - 5_000) awaited.set(id, performance.now());
  };
  const read = async (due: number): Promise<void> => {
    const by = any(order.clerks);
    const lot = Math.random();
    const known = readable.get(by) ?? [];
    if (lot < 0.1) {
      await send('search', due, by, 'GET', `/api/requests?view=all&search=${encodeURIComponent(any(order.searches))}`);
    } else if (lot < 0.5 && known.length > 0) {
      await send('thread', due, by, 'GET', `/api/requests/${any(known)}`);
    } else {
      const page = await send('queue', due, by, 'GET', '/api/requests?view=todo&sort=due');
      if (page)
        readable.set(
          by,
          (page.rows as { id: string }[]).map(({ id }) => id),
        );
    }
  };
  const dispatched: string[] = [];
  const kinds = ['dispatch', 'accept', 'progress', 'handled'] as const;
  let commands = 0;
  const command = async (due: number): Promise<void> => {
    const kind = kinds[commands++ % kinds.length]!;
    const by = any(order.handlers);
    if (kind === 'dispatch') {
      const next = order.waiting.pop();
      if (!next) throw new Error('not enough requests wait for a dispatcher');
      const made = await send('dispatch', due, order.dispatcher, 'POST', `/api/requests/${next.id}/dispatch`, {
        version: next.version,
        lineId: order.lineId,
        unitId: null,
      });
      if (made) dispatched.push(made.caseId as string);
    } else if (kind === 'accept') {
      const next = dispatched.shift();
      if (next) await send('accept', due, by, 'POST', `/api/cases/${next}/acceptance`, {});
    } else {
      const next = order.inHand.pop();
      if (!next) throw new Error('not enough cases are in hand');
      if (kind === 'progress') {
        await send('progress', due, by, 'POST', `/api/cases/${next}/progress`, {
          text: any(order.asked).text,
          contacted: true,
        });
      } else
        await send('handled', due, by, 'POST', `/api/cases/${next}/handled`, {
          solution: 'solved',
          text: any(order.asked).text,
        });
    }
  };

  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const schedule = async (perSecond: number, act: (due: number) => Promise<void>): Promise<void> => {
    // A Poisson stream: people do not come at even intervals.
    for (let due = performance.now(); due < until; due += (-Math.log(1 - Math.random()) / perSecond) * 1000) {
      const wait = due - performance.now();
      if (wait > 1) await sleep(wait);
      const done: Promise<void> = act(due)
        .catch((error) => void failures.push(error))
        .finally(() => running.delete(done));
      running.add(done);
    }
  };
  await Promise.all([
    schedule(order.perSecond.creates, create),
    schedule(order.perSecond.commands, command),
    schedule(order.perSecond.reads, read),
  ]);
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  // What the last creates told has its time to arrive.
  for (let waited = 0; awaited.size > 0 && waited < 5_000; waited += 100) await sleep(100);
  ending = true;
  for (const stream of listening) stream.destroy();
  await Promise.all(pools.map((pool) => pool.close()));
  const result: SurgeResult = {
    kinds: {},
    told: { count: heard.length, p50: quantile(heard, 0.5), p99: quantile(heard, 0.99), missed: awaited.size },
    streams: { open: opened, dropped, events },
    processorSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  };
  for (const [kind, list] of times) {
    result.kinds[kind] = {
      done: list.length,
      p50: quantile(list, 0.5),
      p99: quantile(list, 0.99),
      worst: quantile(list, 1),
      refused: refused.get(kind) ?? {},
    };
  }
  return result;
}

// The order is too long for an argument.
let said = '';
for await (const chunk of process.stdin) said += chunk;
process.stdout.write(`${JSON.stringify(await run(JSON.parse(said) as SurgeOrder))}\n`);
