import { Client } from 'undici';
import type { SignedIn } from './program.ts';
import { median, quantile, spreadOf } from './report.ts';

export interface Measured {
  p50: number;
  p99: number;
  spread: number;
  runs: number;
  /** Body of the last answer. */
  body: string;
}

async function get(client: Client, path: string, by: SignedIn): Promise<{ ms: number; body: string }> {
  const before = performance.now();
  const answer = await client.request({ path, method: 'GET', headers: { ...by } });
  const body = await answer.body.text();
  const ms = performance.now() - before;
  if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}: ${body.slice(0, 300)}`);
  return { ms, body };
}

/**
 * Times as one reader feels them, over one connection, one request after another: the median of several runs' quantiles,
 * so that a moment in which the machine was somebody else's counts in one run only.
 */
export async function measure(address: string, by: SignedIn, paths: readonly string[], options: { runs?: number; perRun?: number } = {}): Promise<Measured> {
  const runs = options.runs ?? 5;
  const perRun = options.perRun ?? 200;
  const client = new Client(address);
  let body = '';
  for (let i = 0; i < 40; i++) await get(client, paths[i % paths.length]!, by);
  const p50: number[] = [];
  const p99: number[] = [];
  for (let run = 0; run < runs; run++) {
    const times: number[] = [];
    for (let i = 0; i < perRun; i++) {
      const answer = await get(client, paths[i % paths.length]!, by);
      times.push(answer.ms);
      body = answer.body;
    }
    p50.push(quantile(times, 0.5));
    p99.push(quantile(times, 0.99));
  }
  await client.close();
  return { p50: median(p50), p99: median(p99), spread: spreadOf(p99), runs, body };
}
