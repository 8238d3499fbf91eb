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

/** One reader, one page (or pages, in turn) of one server. */
export interface Reading {
  address: string;
  by: SignedIn;
  paths: readonly string[];
}

/**
 * Times as one reader feels them, over one connection, one request after another: the median of several runs' quantiles.
 * Given several readings, their runs take turns, so that they are comparable. On a shared machine a 99th percentile tells
 * of the neighbours: twice as many runs are made, and those count in which the others used least of the processors —
 * chosen by that, never by the result.
 */
export async function measureTogether(
  readings: readonly Reading[],
  options: { runs?: number; perRun?: number } = {},
): Promise<Measured[]> {
  const runs = options.runs ?? 5;
  const perRun = options.perRun ?? 200;
  const open = readings.map((reading) => ({
    ...reading,
    client: new Client(reading.address),
    body: '',
    made: [] as { p50: number; p99: number; others: number }[],
  }));
  for (const one of open) {
    for (let i = 0; i < 40; i++) await get(one.client, one.paths[i % one.paths.length]!, one.by);
  }
  for (let run = 0; run < 2 * runs; run++) {
    for (const one of open) {
      const others = watchOthers();
      const times: number[] = [];
      for (let i = 0; i < perRun; i++) {
        const answer = await get(one.client, one.paths[i % one.paths.length]!, one.by);
        times.push(answer.ms);
        one.body = answer.body;
      }
      one.made.push({ p50: quantile(times, 0.5), p99: quantile(times, 0.99), others: others() });
    }
  }
  return Promise.all(
    open.map(async ({ client, made, body }) => {
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
    }),
  );
}

/** As `measureTogether`, of one. */
export async function measure(
  address: string,
  by: SignedIn,
  paths: readonly string[],
  options: { runs?: number; perRun?: number } = {},
): Promise<Measured> {
  const [found] = await measureTogether([{ address, by, paths }], options);
  return found!;
}
