/** Tricks that reach through several modules, each under its name, as the people who would play them. docs/honesty.md lists all. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fieldsOf, writingDoors } from '../doors.ts';
import { api, day, type House, hour, minute, newCode, openHouse } from '../program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-03T02:00:00Z' });
});
afterAll(() => house.stop());

const done = '水泵换好，两层龙头都试过，有水。';
const full = { result: 5, speed: 5, attitude: 5 };
const state = async (id: string): Promise<string> => (await house.standing(id)).state;
const ratingOf = async (id: string) =>
  (
    await house.sql<{ result: number | null }>('select rating_result as result from requests.request where id = $1', [
      id,
    ])
  )[0]!.result;
async function callOf(id: string): Promise<{ id: string; reason: string } | undefined> {
  house.clock.forward(minute);
  await house.timers.run('followups.list_silent');
  const [call] = await house.sql<{ id: string; reason: string }>(
    'select id, reason from followups.call where request_id = $1 and done_at is null',
    [id],
  );
  return call;
}

describe('ballot stuffing by anonymous codes', () => {
  test('twenty needs that a handler invents and confirms by their codes close none and count as nobody’s word', async () => {
    const invented = await Promise.all(
      Array.from({ length: 20 }, () => house.given.request({ confidentiality: 'anonymous', until: 'handled' })),
    );
    const handler = await house.as('ho-l11');
    const visitor = await house.visitor();
    for (const [i, one] of invented.entries()) {
      const from = i % 2 === 0 ? handler : visitor;
      const reply = await from.do(api.requests.judgeByCode, { number: one.number, code: one.code, solved: true });
      expect(reply.counted).toBe(false);
    }
    for (const one of invented) expect(await state(one.id)).toBe('handled');
    // Each must be called, and none is ever closed by silence.
    expect((await callOf(invented[0]!.id))?.reason).toBe('said_by_other');
    house.clock.forward(9 * day);
    await house.timers.run('followups.close_unverified');
    for (const one of invented) expect(await state(one.id)).toBe('handled');
  });

  test('a handler who knows the code gives no marks with it, nor does whoever registered it', async () => {
    const asked = await house.given.request({ until: 'handled' });
    const code = { number: asked.number, code: asked.code };
    const handler = await house.as('ho-l11');
    expect((await handler.do(api.requests.follow, code)).can.rate).toBe(false);
    expect(await handler.try(api.requests.rateByCode, { ...code, ...full })).toMatchObject({
      status: 403,
      code: 'not_yours',
    });
    // Signed out, on the same device.
    const same = await house.visitor();
    same.cookies.set('lm_device', handler.cookies.get('lm_device')!);
    expect((await same.try(api.requests.rateByCode, { ...code, ...full })).status).toBe(403);

    const officer = await house.as('site01');
    const told = { id: crypto.randomUUID(), queryCode: newCode() };
    const { number } = await officer.do(api.requests.register, {
      ...told,
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '板房没水，替班组登记。',
      confidentiality: 'open',
      channel: 'site_officer',
    });
    const { caseId } = await (await house.as('disp01')).do(api.cases.dispatch, {
      id: told.id,
      version: (await house.standing(told.id)).version,
      lineId: house.line('L11'),
      unitId: null,
    });
    await handler.do(api.cases.handled, { id: caseId, solution: 'solved', text: done });
    expect((await officer.try(api.requests.rateByCode, { number, code: told.queryCode, ...full })).status).toBe(403);
    expect([await ratingOf(asked.id), await ratingOf(told.id)]).toEqual([null, null]);

    const own = await house.visitor();
    expect((await own.do(api.requests.follow, code)).can.rate).toBe(true);
    await own.do(api.requests.rateByCode, { ...code, ...full, result: 2 });
    expect(await ratingOf(asked.id)).toBe(2);
  });
});

describe('default ratings', () => {
  test('silence gives no mark, and a "solved" without marks has none', async () => {
    const asked = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    expect(await callOf(asked.id)).toBeDefined();
    expect([await state(asked.id), await ratingOf(asked.id)]).toEqual(['handled', null]);
    await (await house.as('worker01')).do(api.requests.judge, { id: asked.id, solved: true });
    expect([await state(asked.id), await ratingOf(asked.id)]).toEqual(['resolved_confirmed', null]);
  });
  test('no answer and no mark is filled in by the program: a caller must say each', async () => {
    const asked = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    const call = (await callOf(asked.id))!;
    const caller = await house.as('fu01');
    const reply = await caller.try(api.followups.complete, { id: call.id } as never);
    expect(reply.status).toBe(422);
    expect(reply.problem.fields!.map((one) => one.field).sort()).toEqual([
      'answer',
      'attitude',
      'contacted',
      'satisfied',
      'speed',
    ]);
    for (const endpoint of [api.followups.complete, api.requests.rate, api.requests.rateByCode])
      for (const field of fieldsOf(endpoint).filter((one) =>
        ['contacted', 'answer', 'satisfied', 'result', 'speed', 'attitude'].includes(one.name),
      )) {
        expect(field.needed, `${endpoint.path} ${field.name}`).toBe(true);
        expect(field.schema.default, `${endpoint.path} ${field.name}`).toBeUndefined();
      }
  });
});

describe('cherry-picked calls', () => {
  test('a caller neither adds a call, nor drops one, nor answers one that is not on the list', async () => {
    const asked = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    const call = (await callOf(asked.id))!;
    const caller = await house.as('fu01');
    const answer = { contacted: true, answer: 'solved', satisfied: 5, speed: 5, attitude: 5 } as const;
    expect((await caller.try(api.followups.complete, { id: asked.id, ...answer })).status).toBe(404);
    // Who cannot be reached stays a call until three tries on two days.
    for (let i = 0; i < 3; i++)
      await caller.try(api.followups.attempt, { id: call.id, channel: 'phone', outcome: 'no_answer' });
    expect((await caller.try(api.followups.unreachable, { id: call.id })).status).toBe(409);
    expect(writingDoors().filter((one) => one.method === 'DELETE' && one.path.startsWith('/api/followups'))).toEqual(
      [],
    );
    expect((await callOf(asked.id))?.id).toBe(call.id);
  });
});

describe('pressing someone to withdraw', () => {
  test('every withdrawal is called about, by none of the line, and "not solved" brings it back with its original due', async () => {
    const asked = await house.given.request({ until: 'in_progress', callback: '13900000009' });
    const { dues } = await house.standing(asked.id);
    await (await house.as('worker01')).do(api.requests.withdraw, { id: asked.id, why: '承办让我撤的' });
    expect(await state(asked.id)).toBe('withdrawn');
    // The line learns that it was withdrawn, not that it was told on.
    const seen = await (await house.as('ho-l11')).do(api.requests.thread, { id: asked.id });
    expect(seen.can).toMatchObject({ handle: false });
    const call = (await callOf(asked.id))!;
    expect(call.reason).toBe('withdrawn');
    await (await house.as('fu01')).do(api.followups.complete, {
      id: call.id,
      contacted: true,
      answer: 'not_solved',
      satisfied: 1,
      speed: 1,
      attitude: 1,
      words: '是让撤的，水还没来',
    });
    const after = await house.standing(asked.id);
    expect(after.state).toBe('reopened');
    expect(after.dues.resolve).toBe(dues.resolve);
    expect(after.dissatisfaction?.entryId).toBeTruthy();
  });
  test('nobody of the staff withdraws in the person’s place', async () => {
    const asked = await house.given.request({ until: 'accepted' });
    for (const login of ['ho-l11', 'disp01', 'disp00', 'site01', 'lead04', 'op01', 'fu01']) {
      const client = await house.as(login);
      expect((await client.try(api.requests.withdraw, { id: asked.id })).status, login).toBeGreaterThanOrEqual(403);
      expect(
        (await client.try(api.requests.withdrawByCode, { number: asked.number, code: asked.code })).status,
        login,
      ).toBe(403);
    }
    expect(await state(asked.id)).toBe('in_work');
  });
});

describe('marking as test', () => {
  test('no command, no role and no column takes a need out of the figures by calling it a test', async () => {
    const words = /\b(test|trial_run|exclude[ds]?|ignored?|hidden|invalid)\b/i;
    const named = writingDoors()
      .filter((endpoint) => endpoint.path.startsWith('/api/requests') || endpoint.path.startsWith('/api/cases'))
      .flatMap((endpoint) => {
        const schema = JSON.stringify(z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }));
        return words.test(endpoint.path) || words.test(schema) ? [endpoint.path] : [];
      });
    expect(named).toEqual([]);
    const columns = await house.sql<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema in ('requests', 'cases')`,
    );
    expect(
      columns.map((one) => one.name).filter((name) => /(^|[._])(test|excluded|deleted|hidden)(_|$)/.test(name)),
    ).toEqual([]);
    // Nor does the program's own login: a request is never deleted.
    await expect(house.program.pool.query('delete from requests.request')).rejects.toThrow(/permission denied/);
  });
});

describe('an auto-reply as first contact', () => {
  test('accepting, a message and progress without having spoken leave the contact clock running', async () => {
    const asked = await house.given.request({ until: 'dispatched' });
    const handler = await house.as('ho-l11');
    await handler.do(api.cases.accept, { id: asked.caseId });
    await handler.do(api.requests.message, { id: asked.id, text: '您好，已收到，我们会尽快处理。' });
    await handler.do(api.cases.progress, { id: asked.caseId, text: '已登记，排队处理。', contacted: false });
    expect((await house.standing(asked.id)).clock).toMatchObject({ kind: 'contact' });
    house.clock.forward(8 * hour);
    await handler.do(api.cases.progress, { id: asked.caseId, text: '已和本人通话。', contacted: true });
    const log = await handler.do(api.clocks.ofRequest, { id: asked.id });
    expect(log.clocks.find((one) => one.kind === 'contact')).toMatchObject({ met: false });
  });
});

describe('closing early to look quick', () => {
  test('handled in a minute, denied, handled again late: not on time, and the due is the first one', async () => {
    const asked = await house.given.request({ until: 'handled' });
    const { dues } = await house.standing(asked.id);
    await (await house.as('worker01')).do(api.requests.judge, { id: asked.id, solved: false, why: '根本没人来过' });
    house.clock.forward(3 * day);
    await (await house.as('ho-l11')).do(api.cases.handled, { id: asked.caseId, solution: 'solved', text: done });
    const after = await house.standing(asked.id);
    expect(after.dues.resolve).toBe(dues.resolve);
    expect(after.entries.filter((entry) => entry.kind === 'handled').map((entry) => entry.data.onTime)).toEqual([
      true,
      false,
    ]);
  });
});
