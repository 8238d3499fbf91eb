import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { api, type Client, type Given, type House, hour, openHouse } from '../../testing/program.ts';
import { type SecondProgram, startSecondProgram } from '../../testing/second-program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

interface Heard {
  position: number;
  kind: string;
  id: string;
}
interface Listener {
  heard: Heard[];
  ids(): Set<string>;
  /** Waits until it has heard of this record after everything it heard before. */
  hears(id: string, times?: number): Promise<void>;
  ended: Promise<void>;
  stop(): void;
}
const listeners: Listener[] = [];
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.stop();
});

async function listen(client: Client, address = house.program.address, last?: number): Promise<Listener> {
  const abort = new AbortController();
  await client.fetch('GET', '/api/session');
  const response = await fetch(`${address}/api/live`, {
    headers: {
      cookie: [...client.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
      ...(last === undefined ? {} : { 'last-event-id': String(last) }),
    },
    signal: abort.signal,
  });
  expect(response.status).toBe(200);
  let text = '';
  const heard: Heard[] = [];
  const ended = (async () => {
    for await (const chunk of response.body!) {
      text += Buffer.from(chunk).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (!data) continue;
        const event = JSON.parse(data) as Heard;
        expect(/^id: (\d+)$/m.exec(block)?.[1]).toBe(String(event.position));
        heard.push(event);
      }
    }
  })().catch(() => {});
  const listener: Listener = {
    heard,
    ids: () => new Set(heard.map((one) => one.id)),
    async hears(id, times = 1) {
      for (let i = 0; i < 500; i++) {
        if (heard.filter((one) => one.id === id).length >= times) return;
        await new Promise((wait) => setTimeout(wait, 20));
      }
      throw new Error(`not heard of ${id}: ${JSON.stringify(heard)}`);
    },
    ended,
    stop: () => abort.abort(),
  };
  listeners.push(listener);
  return listener;
}

const nudge = async (one: Given): Promise<void> =>
  void (await (await house.as('worker01')).do(api.requests.nudge, { id: one.id }));

describe('a stream tells only of what its reader may read (rules 6)', () => {
  test('a follow-up caller hears of what is on the call list, not of every request there is', async () => {
    const listed = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    await house.settled();
    const caller = await listen(await house.as('fu01'));
    const desk = await listen(await house.as('disp01'));
    const other = await house.given.request();
    await (await house.as('worker01')).do(api.requests.message, { id: listed.id, text: '还没试过' });
    await caller.hears(listed.id);
    await desk.hears(other.id);
    expect(caller.ids()).toEqual(new Set([listed.id]));
  });

  test('that somebody is rung about it, only callers and the person hear: whom the draw named is on no handler’s screen (rules 9)', async () => {
    const listed = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    await house.settled();
    const caller = await listen(await house.as('fu01'));
    const handler = await listen(await house.as('ho-l11'));
    const worker = await listen(await house.as('worker01'));
    const fu01 = await house.as('fu01');
    const call = (await fu01.do(api.followups.list, { limit: 200 })).rows.find((row) => row.requestId === listed.id)!;
    await fu01.do(api.followups.attempt, { id: call.id, channel: 'phone', outcome: 'no_answer' });
    await caller.hears(listed.id);
    await worker.hears(listed.id);
    // A notice in the thread stands there for everybody.
    await fu01.do(api.followups.attempt, { id: call.id, channel: 'thread', outcome: 'no_answer' });
    await caller.hears(listed.id, 2);
    await handler.hears(listed.id);
    expect(handler.heard.filter((one) => one.id === listed.id)).toHaveLength(1);
  });

  test('an operator hears of what they took, a handler of their own unit’s, a worker of their own', async () => {
    const names = ['op01', 'u04-l11', 'u05-l11', 'ho-l10', 'worker01', 'worker02', 'site01', 'site02', 'sec01'];
    const heard = new Map<string, Listener>();
    for (const name of names) heard.set(name, await listen(await house.as(name)));
    const one = await house.given.request({ until: 'dispatched', unit: 'U04' });
    await nudge(one);
    for (const name of ['u04-l11', 'worker01', 'site01']) await heard.get(name)!.hears(one.id);
    for (const name of ['op01', 'u05-l11', 'ho-l10', 'worker02', 'site02', 'sec01'])
      expect(heard.get(name)!.ids().has(one.id), name).toBe(false);
  });
});

describe('two programs on one database', () => {
  let second: SecondProgram;
  beforeAll(async () => {
    house.clock.set(new Date());
    second = await startSecondProgram(house);
  }, 90_000);
  afterAll(() => second.kill());

  const leader = async (): Promise<{ pid: number; name: string } | undefined> =>
    (
      await house.sql<{ pid: number; name: string }>(
        `select a.pid, a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
         where l.locktype = 'advisory' and l.classid = 7301 and l.objid = 2 and l.granted and a.datname = current_database()`,
      )
    )[0];

  /** Takes the lead from whoever has it until the second program has it. */
  async function letSecondLead(): Promise<void> {
    for (let i = 0; i < 200; i++) {
      const now = await leader();
      if (now?.name === second.name) return;
      if (now) await house.sql('select pg_terminate_backend($1)', [now.pid]);
      await new Promise((wait) => setTimeout(wait, 20 + (i % 7) * 90));
    }
    throw new Error('The second program never led.');
  }

  /** The same act at the other program's door. */
  async function nudgeAtSecond(one: Given): Promise<void> {
    const worker = await house.as('worker01');
    await worker.fetch('GET', '/api/session');
    const session = (await (await worker.fetch('GET', '/api/session')).json()) as { csrf?: string };
    const response = await fetch(`${second.address}/api/requests/${one.id}/nudge`, {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        cookie: [...worker.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
        'x-csrf': session.csrf ?? '',
      },
    });
    expect(response.status).toBe(200);
  }

  test('what happens at one is heard at the other, and after it is killed nobody misses or repeats anything', async () => {
    const one = await house.given.request({ until: 'dispatched' });
    const desk = await house.as('disp01');
    await house.settled();
    const here = await listen(desk);
    const there = await listen(desk, second.address);
    await nudge(one);
    await there.hears(one.id, 1);
    await nudgeAtSecond(one);
    await here.hears(one.id, 2);
    await there.hears(one.id, 2);
    expect(there.heard).toEqual(here.heard);

    await letSecondLead();
    await nudge(one);
    await here.hears(one.id, 3);
    await there.hears(one.id, 3);
    const last = there.heard.at(-1)!.position;
    await second.kill();
    await there.ended;
    // The lead moves: somebody must still give what happens its place.
    const while_ = await house.given.request();
    await nudge(one);
    await here.hears(while_.id);
    await here.hears(one.id, 4);
    const back = await listen(desk, house.program.address, last);
    await nudge(one);
    await back.hears(one.id, 2);
    await here.hears(one.id, 5);
    expect([...there.heard, ...back.heard]).toEqual(here.heard);
    const positions = here.heard.map((event) => event.position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
  });

  test('a position no database of this group gave begins where the stream stands now', async () => {
    const one = await house.given.request();
    await house.settled();
    const lost = await listen(await house.as('disp01'), house.program.address, 999_999_999);
    await nudge(one);
    await lost.hears(one.id);
    expect(lost.heard.filter(({ kind }) => kind === 'request')).toHaveLength(1);
  });
});
