/**
 * The daily report of 1,000 sites within ten minutes, most of them towards the end as before a deadline, and then of all
 * within one minute: each officer opens the form and files it, while head office and the ten units have the live count open
 * and ask for it again whenever they hear of a report, as the desk does. Everything is sent at times fixed beforehand and a
 * latency counts from the time at which its request was due. The floor is the smallest signed-in answer of the same server,
 * asked twice a second meanwhile.
 *
 * `npm run bench -- reports [minutes] [sites]`; anything but 10 and 1,000 is named in every line.
 */
import { randomUUID } from 'node:crypto';
import { type ClientRequest, request as get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Crew, Values } from '../contract/report-checks.ts';
import type { ToFile } from '../contract/reports.ts';
import { seeded } from '../server/demo/random.ts';
import { addReports, growGroup, openSessions } from './campaign.ts';
import { watchOthers } from './processes.ts';
import { asOwner, makeDataFolder, removeFolder, type SignedIn, startProgram } from './program.ts';
import { note, quantile, report } from './report.ts';

const minutes = Number(process.argv[2] ?? 10);
const sites = Number(process.argv[3] ?? 1_000);
const whole = minutes === 10 && sites === 1_000;
const mostMs = 100;
/** As in desk/app/live.ts: a list is asked for again at most this often. */
const settleMs = 1_200;
const random = seeded(5);

const folder = await makeDataFolder();
const server = await startProgram(folder);
try {
  const began = performance.now();
  const [officers, watchers] = await asOwner(folder, async (client) => {
    await growGroup(client, sites);
    await addReports(client, 14);
    const idsOf = async (text: string): Promise<string[]> =>
      (await client.query<{ id: string }>(text)).rows.map((row) => row.id);
    const of = (role: string, which = ''): string =>
      `select distinct on (g.node_id) a.id from access.account a join access.grant_ g on g.account_id = a.id and g.role = '${role}' ${which} order by g.node_id, a.login`;
    return [
      await openSessions(client, await idsOf(of('site_officer'))),
      await openSessions(client, [
        ...(await idsOf(`select a.id from access.account a where login in ('sup01', 'sup02', 'lead00', 'lead01')`)),
        ...(await idsOf(of('unit_liaison'))),
      ]),
    ];
  });
  note(`${officers.length} officers, 14 days of reports after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const pool = new Pool(server.address, { connections: 128, pipelining: 1 });
  const ask = async (by: SignedIn, method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> => {
    const answer = await pool.request({
      path,
      method,
      headers: { ...by, ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }) },
      body: body && JSON.stringify(body),
    });
    const said = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${path} ${answer.statusCode} ${said.slice(0, 200)}`);
    return JSON.parse(said);
  };

  const times = new Map<string, number[]>();
  const failed = new Map<string, number>();
  const timed = async <T>(what: string, due: number, work: () => Promise<T>): Promise<T | null> => {
    try {
      const result = await work();
      times.set(what, [...(times.get(what) ?? []), performance.now() - due]);
      return result;
    } catch (error) {
      const why = `${what}: ${(error as Error).message}`;
      failed.set(why, (failed.get(why) ?? 0) + 1);
      return null;
    }
  };

  // ---- head office and the units look on
  let events = 0;
  let dropped = 0;
  let ending = false;
  const streams: ClientRequest[] = [];
  const watch = (by: SignedIn): Promise<void> =>
    new Promise((resolve, reject) => {
      let waiting = false;
      const stream = get(`${server.address}/api/live`, { headers: { cookie: by.cookie }, agent: false }, (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`a live stream answered ${answer.statusCode}`));
        resolve();
        answer.setEncoding('utf8').on('data', (text: string) => {
          if (!text.includes('"kind":"filing"')) return;
          events++;
          if (waiting) return;
          waiting = true;
          setTimeout(() => {
            waiting = false;
            if (!ending) void timed('live count', performance.now(), () => ask(by, 'GET', '/api/reports/day'));
          }, settleMs);
        });
        answer.on('close', () => {
          if (!ending) dropped++;
        });
      });
      stream.on('error', (error) => (ending ? undefined : reject(error)));
      stream.end();
      streams.push(stream);
    });
  for (const one of watchers) await watch(one);

  // ---- what an officer does
  const standing = new Map<SignedIn, number>();
  /** Yesterday's figures a little moved; heads add up, as the form insists. */
  const filled = (form: ToFile): { values: Values; crews: Crew[] } => {
    const values: Values = {};
    for (const item of form.form.items) {
      if (item.stages.length > 0 && !item.stages.includes(form.stage)) continue;
      const last = form.last?.values[item.key];
      if (item.heads === 'in' || item.heads === 'out') values[item.key] = 1;
      else if (item.heads === 'here') values[item.key] = { ...(last as Record<string, number>) };
      else if (item.kind === 'parts')
        values[item.key] = Object.fromEntries(
          item.options.map(({ key }) => [
            key,
            Math.max(0, ((last as Record<string, number>)?.[key] ?? 100) - Math.floor(random() * 5)),
          ]),
        );
      else if (item.kind === 'choice') values[item.key] = item.options[0]!.key;
      else if (item.kind === 'text') values[item.key] = '浇筑二号墩';
      else values[item.key] = typeof last === 'number' ? last : 0;
    }
    return { values, crews: form.crews };
  };
  const file = async (by: SignedIn, due: number): Promise<void> => {
    const mine = (await timed('the form opened', due, () => ask(by, 'GET', '/api/reports/mine'))) as {
      forms: ToFile[];
    } | null;
    const form = mine?.forms.filter((one) => one.form.rhythm === 'daily').sort((a, b) => b.day.localeCompare(a.day))[0];
    if (mine && !form) failed.set('nothing to file', (failed.get('nothing to file') ?? 0) + 1);
    if (!form) return;
    const at = new Date().toISOString();
    const done = await timed('filed', performance.now(), () =>
      ask(by, 'POST', '/api/reports/filings', {
        id: randomUUID(),
        form: form.form.code,
        formNo: form.form.no,
        nodeId: form.nodeId,
        day: form.day,
        ...filled(form),
        base: form.base,
        stage: form.stage,
        confirmed: {},
        madeAt: at,
        sentAt: at,
        offline: false,
      }),
    );
    if (done) standing.set(by, (standing.get(by) ?? 0) + 1);
  };

  /** Arrivals of a rush: few at first, most towards the end. */
  const rush = async (name: string, forMs: number, aimed: boolean): Promise<void> => {
    times.clear();
    failed.clear();
    events = 0;
    const others = watchOthers();
    const started = performance.now();
    const due = officers.map((by) => ({ by, at: started + forMs * Math.cbrt(random()) })).sort((a, b) => a.at - b.at);
    const under = new Set<Promise<void>>();
    const act = (work: Promise<unknown>): void => {
      const one: Promise<void> = work.then(() => void under.delete(one));
      under.add(one);
    };
    let running = true;
    const probing = (async () => {
      while (running) {
        const at = performance.now();
        act(timed('floor', at, () => ask(watchers[0]!, 'GET', '/api/session')));
        await sleep(500);
      }
    })();
    for (const { by, at } of due) {
      const wait = at - performance.now();
      if (wait > 1) await sleep(wait);
      act(file(by, at));
    }
    await Promise.all(under);
    const last = performance.now();
    running = false;
    await probing;
    await Promise.all(under);
    // The last count: when head office sees the whole number.
    const count = async (): Promise<{ all: { received: number } }> =>
      (await ask(watchers[0]!, 'GET', '/api/reports/day')) as { all: { received: number } };
    const { all } = await count();
    const disturbed = others();
    const filedNow = times.get('filed') ?? [];
    const figure = (
      what: string,
      metric: string,
      value: number,
      unit: string,
      more: Partial<Parameters<typeof report>[0]> = {},
    ): void => report({ bench: 'reports', case: `${name}: ${what}`, metric, value, unit, ...more });
    const floor = quantile(times.get('floor') ?? [], 0.99);
    for (const what of ['filed', 'the form opened', 'live count']) {
      const list = times.get(what) ?? [];
      if (list.length === 0) continue;
      const p99 = quantile(list, 0.99);
      figure(what, 'p99', p99, 'ms', {
        floor,
        ...(what === 'filed' && aimed ? { aim: `< ${mostMs} ms`, met: p99 < mostMs } : {}),
        others: disturbed,
      });
      figure(what, 'p50', quantile(list, 0.5), 'ms', { floor: quantile(times.get('floor') ?? [], 0.5) });
      figure(what, 'worst', quantile(list, 1), 'ms');
      figure(what, 'answered', list.length, 'requests');
    }
    figure('filed', 'not filed', officers.length - filedNow.length, 'reports', {
      aim: '0',
      met: filedNow.length === officers.length,
    });
    figure('filed', 'counted by head office', all.received, 'reports', {
      aim: `≥ ${filedNow.length}`,
      met: all.received >= filedNow.length,
    });
    figure('filed', 'the last after its time', Math.max(0, last - started - forMs) / 1000, 's');
    figure('live pages', 'dropped', dropped, 'pages', { aim: '0', met: dropped === 0 });
    figure('live pages', 'heard of reports', events, 'times');
    for (const [why, n] of failed) note(`${n} × ${why}`);
  };
  const label = whole ? `${sites} sites` : `SHORT: ${sites} sites`;
  await rush(`${label} in ${minutes} min`, minutes * 60_000, true);
  // Everybody amends at once: another version of the same day, through the same door.
  await rush(`${label} in one minute, each a second version`, 60_000, false);
  ending = true;
  for (const stream of streams) stream.destroy();
  await pool.close();
} finally {
  await server.stop();
  await removeFolder(folder);
}
