/**
 * Load of creates, in a process of its own: each connection sends one request, waits for its answer, sends the next, as
 * the phone does it: own id, query code, idempotency key, device times. Prints one JSON line.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
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

/**
 * One connection that stays open, written as bare as it gets: the load shares the two processors with what it measures,
 * and a general client costs a third of what the server does.
 */
class Sender {
  private readonly socket: Socket;
  private readonly head: string;

  private constructor(socket: Socket, head: string) {
    this.socket = socket;
    this.head = head;
  }

  static open(address: string, by: SignedIn): Promise<Sender> {
    const { hostname, port, host } = new URL(address);
    const head = `POST /api/requests HTTP/1.1\r\nhost: ${host}\r\ncookie: ${by.cookie}\r\nx-csrf: ${by['x-csrf']}\r\ncontent-type: application/json\r\n`;
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new Sender(socket, head)));
      socket.setNoDelay(true).once('error', reject);
    });
  }

  /** @returns the status, once the answer is whole */
  post(key: string, body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      let said = '';
      this.socket.removeAllListeners('data').on('data', (chunk: Buffer) => {
        said += chunk.toString('latin1');
        const end = said.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = /content-length: (\d+)/i.exec(said)?.[1];
        if (!length) reject(new Error(`An answer without its length:\n${said}`));
        else if (said.length >= end + 4 + Number(length)) resolve(Number(said.slice(9, 12)));
      });
      this.socket.write(
        `${this.head}idempotency-key: ${key}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    this.socket.destroy();
  }
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const latencies: number[] = [];
  let refused = 0;
  const started = performance.now();
  const measureFrom = started + order.warmMs;
  const until = measureFrom + order.measureMs;

  const bodyOf = (id: string, device: string): string => {
    const at = new Date().toISOString();
    return JSON.stringify({
      id,
      queryCode: makeQueryCode(randomBytes(9)),
      categoryId: any(order.categoryIds),
      text: any(texts),
      siteId: any(order.siteIds),
      confidentiality: 'open',
      submittedAt: at,
      sentAt: at,
      deviceId: device,
    });
  };

  await Promise.all(
    Array.from({ length: order.connections }, async (_, i) => {
      const by = order.senders[i % order.senders.length]!;
      const sender = await Sender.open(order.addresses[i % order.addresses.length]!, by);
      for (let before = performance.now(); before < until; ) {
        const id = randomUUID();
        const status = await sender.post(id, bodyOf(id, by.cookie.slice(-20)));
        const after = performance.now();
        if (status !== 200) refused++;
        else if (before >= measureFrom && after <= until) latencies.push(after - before);
        before = after;
      }
      sender.close();
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
