/**
 * Load of creates, in a process of its own: each connection sends one request, waits for its answer, sends the next, as
 * the phone does it: own id, query code, idempotency key, device times. Prints one JSON line.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'undici';
import { makeQueryCode } from '../contract/query-code.ts';
import type { SignedIn } from './program.ts';

export interface LoadOrder {
  addresses: string[];
  /** One sender each, dealt out over the connections. */
  senders: SignedIn[];
  connections: number;
  warmMs: number;
  measureMs: number;
  categoryIds: number[];
  siteIds: number[];
}

export interface LoadResult {
  perSecond: number;
  done: number;
  refused: number;
  latencies: { p50: number; p99: number };
}

const texts = [
  '三号楼热水器两天没有热水，下夜班的同志洗不上澡，请尽快安排人来修。',
  '口罩今天只发到一半，夜班组还差四十个，麻烦补一批到作业面门口的领取点。',
  '食堂晚饭送到工地已经凉了，能不能换保温箱？另外有三位同志需要清真餐。',
  '宿舍走廊灯坏了，晚上起夜看不见，有人差点摔倒。',
  '通行证明天到期，混凝土罐车进不了场，需要今天之内续办。',
];
const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

async function run(order: LoadOrder): Promise<LoadResult> {
  const latencies: number[] = [];
  let refused = 0;
  const started = performance.now();
  const measureFrom = started + order.warmMs;
  const until = measureFrom + order.measureMs;

  const one = (client: Client, sender: SignedIn): Promise<number> =>
    new Promise((resolve, reject) => {
      const id = randomUUID();
      const at = new Date().toISOString();
      const body = JSON.stringify({
        id,
        queryCode: makeQueryCode(randomBytes(9)),
        categoryId: any(order.categoryIds),
        text: any(texts),
        siteId: any(order.siteIds),
        confidentiality: 'open',
        submittedAt: at,
        sentAt: at,
        deviceId: sender.cookie.slice(-20),
      });
      let status = 0;
      client.dispatch(
        {
          path: '/api/requests',
          method: 'POST',
          body,
          headers: { ...sender, 'content-type': 'application/json', 'idempotency-key': id },
        },
        {
          onRequestStart() {},
          onResponseStart(_controller, code) {
            status = code;
          },
          onResponseData() {},
          onResponseEnd() {
            resolve(status);
          },
          onResponseError(_controller, error) {
            reject(error);
          },
        },
      );
    });

  await Promise.all(
    Array.from({ length: order.connections }, async (_, i) => {
      const client = new Client(order.addresses[i % order.addresses.length]!, { pipelining: 1 });
      const sender = order.senders[i % order.senders.length]!;
      for (let before = performance.now(); before < until; ) {
        const status = await one(client, sender);
        const after = performance.now();
        if (status !== 200) refused++;
        else if (before >= measureFrom && after <= until) latencies.push(after - before);
        before = after;
      }
      await client.close();
    }),
  );
  latencies.sort((a, b) => a - b);
  const at = (q: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] ?? Number.NaN;
  return {
    perSecond: latencies.length / (order.measureMs / 1000),
    done: latencies.length,
    refused,
    latencies: { p50: at(0.5), p99: at(0.99) },
  };
}

process.stdout.write(`${JSON.stringify(await run(JSON.parse(process.argv[2]!) as LoadOrder))}\n`);
