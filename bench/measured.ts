import { Client } from 'undici';
import { watchOthers } from './processes.ts';
import type { SignedIn } from './program.ts';
import { median, quantile, spreadOf } from './report.ts';

export interface Measured {
  p50: number;
  p99: number;
  spread: number;
  runs: number;
  /** Processors busy with other people's work during the runs that counted, at the median. */
  others: number;
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
 * Times as one reader feels them, over one connection, one request after another: the median of several runs' quantiles.
 * On a shared machine a 99th percentile tells of the neighbours. So twice as many runs are made, and those count in which
 * the others used least of the processors — chosen by that, never by the result.
 */
export async function measure(
  address: string,
  by: SignedIn,
  paths: readonly string[],
  options: { runs?: number; perRun?: number } = {},
): Promise<Measured> {
  const runs = options.runs ?? 5;
  const perRun = options.perRun ?? 200;
  const client = new Client(address);
  let body = '';
  for (let i = 0; i < 40; i++) await get(client, paths[i % paths.length]!, by);
  const made: { p50: number; p99: number; others: number }[] = [];
  for (let run = 0; run < 2 * runs; run++) {
    const others = watchOthers();
    const times: number[] = [];
    for (let i = 0; i < perRun; i++) {
      const answer = await get(client, paths[i % paths.length]!, by);
      times.push(answer.ms);
      body = answer.body;
    }
    made.push({ p50: quantile(times, 0.5), p99: quantile(times, 0.99), others: others() });
  }
  await client.close();
  const counted = made.sort((a, b) => a.others - b.others).slice(0, runs);
  const p99 = counted.map((run) => run.p99);
  return {
    p50: median(counted.map((run) => run.p50)),
    p99: median(p99),
    spread: spreadOf(p99),
    runs,
    others: median(counted.map((run) => run.others)),
    body,
  };
}
