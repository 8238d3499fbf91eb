/**
 * Open pages of the desk, in a process of their own: each holds the live stream, hears that the stage changed, asks for it
 * again as the desk does, and notes when it has the new one. Those on the coverage page ask for the matrix too. Reads its
 * order from stdin, says `open` in one line when all streams are, and at the end prints one JSON line.
 */
import { type ClientRequest, request as get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { SignedIn } from './program.ts';

export interface PagesOrder {
  addresses: string[];
  /** Each opens one page; every so many-th is on the coverage page. */
  people: SignedIn[];
  coverageEvery: number;
  /** The stage that is awaited, and for how long. */
  stage: string;
  waitMs: number;
}

export interface PagesResult {
  /** By page: when it was told, and when it had the new stage; ms since 1970, null where it never did. */
  told: (number | null)[];
  shown: (number | null)[];
  matrices: number[];
  events: number;
  dropped: number;
  failed: string[];
}

/** As in desk/app/live.ts: lists are asked for again at most this often. */
const settleMs = 1_200;

async function run(order: PagesOrder): Promise<PagesResult> {
  const pools = order.addresses.map((address) => new Pool(address, { connections: 64, pipelining: 1 }));
  const result: PagesResult = {
    told: order.people.map(() => null),
    shown: order.people.map(() => null),
    matrices: [],
    events: 0,
    dropped: 0,
    failed: [],
  };
  const listening: ClientRequest[] = [];
  let ending = false;
  const ask = async (page: number, path: string): Promise<string> => {
    const answer = await pools[page % pools.length]!.request({
      path,
      method: 'GET',
      headers: { ...order.people[page]! },
    });
    const body = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`);
    return body;
  };
  const askForStage = async (page: number): Promise<void> => {
    const { stage } = JSON.parse(await ask(page, '/api/stages/now')) as { stage: { code: string } | null };
    if (stage?.code === order.stage) result.shown[page] ??= Date.now();
  };
  const askForMatrix = async (page: number): Promise<void> => {
    const before = performance.now();
    await ask(page, '/api/plans/coverage');
    result.matrices.push(performance.now() - before);
  };
  const fail = (error: Error): void => void result.failed.push(error.message);
  const listen = (page: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const address = order.addresses[page % order.addresses.length]!;
      let waiting = false;
      const stream = get(
        `${address}/api/live`,
        { headers: { cookie: order.people[page]!.cookie }, agent: false },
        (answer) => {
          if (answer.statusCode !== 200) return reject(new Error(`a live stream answered ${answer.statusCode}`));
          resolve();
          let rest = '';
          answer.setEncoding('utf8').on('data', (text: string) => {
            const parts = (rest + text).split('\n\n');
            rest = parts.pop()!;
            for (const part of parts) {
              if (!part.includes('data: ')) continue;
              result.events++;
              if (part.includes('"kind":"stage"')) {
                result.told[page] ??= Date.now();
                askForStage(page).catch(fail);
              } else if (!waiting && page % order.coverageEvery === 0 && part.includes('"kind":"plan"')) {
                waiting = true;
                setTimeout(() => {
                  waiting = false;
                  askForMatrix(page).catch(fail);
                }, settleMs);
              }
            }
          });
          answer.on('close', () => {
            if (!ending) result.dropped++;
          });
        },
      );
      stream.on('error', (error) => (ending ? undefined : reject(error)));
      stream.end();
      listening.push(stream);
    });
  for (let page = 0; page < order.people.length; page++) await listen(page);
  process.stdout.write('open\n');
  for (let waited = 0; result.shown.includes(null) && waited < order.waitMs; waited += 50) await sleep(50);
  // What the switch set off besides goes on a little: the matrix is asked for again.
  await sleep(2 * settleMs);
  ending = true;
  for (const stream of listening) stream.destroy();
  await Promise.all(pools.map((pool) => pool.close()));
  return result;
}

// The order is too long for an argument.
let said = '';
for await (const chunk of process.stdin) said += chunk;
process.stdout.write(`${JSON.stringify(await run(JSON.parse(said) as PagesOrder))}\n`);
