import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, day, type Given, type House, hour, minute, openHouse, type Wanted } from '../../testing/program.ts';
import { bestTime } from './bestTime.ts';
import { coaches } from './scripts.ts';
import { visitTimes } from './visiting.ts';

/** Tricks by which a follow-up can be made to look better than it is, and what becomes of each. */
let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-25T14:00:00+08:00' });
});
afterAll(() => house.stop());

const state = async (id: string): Promise<string> => (await house.standing(id)).state;
const handled = (more: Wanted = {}): Promise<Given> =>
  house.given.request({ until: 'handled', category: 'A03', callback: '13900000001', ...more });
const openCall = async (id: string, kind = 'closure') =>
  (
    await house.sql<{ id: string; reason: string; first_call_id: string | null }>(
      'select id, reason, first_call_id from followups.call where request_id = $1 and kind = $2 and done_at is null order by due_at',
      [id, kind],
    )
  )[0];
async function called(more: Wanted = {}): Promise<{ id: string; call: string }> {
  const { id } = await handled(more);
  house.clock.forward(25 * hour);
  await house.timers.run('followups.list_silent');
  return { id, call: (await openCall(id))!.id };
}
const answer = { contacted: true, answer: 'solved', satisfied: 5, speed: 5, attitude: 5 } as const;

test('who is silent is looked at when the day is over, not at every minute; what came in late is found by the hour', async () => {
  const at = async (id: string, hoursAgo: number) =>
    house.sql('update requests.request set handled_at = $2 where id = $1', [
      id,
      new Date(house.clock.now().getTime() - hoursAgo * hour),
    ]);
  const listed = async (id: string) =>
    (await house.sql('select 1 from followups.call where request_id = $1 and done_at is null', [id])).length > 0;
  const run = (name: string) => house.timers.run(`followups.${name}`);
  const one = await house.given.request({ until: 'handled', callback: '13900000077' });
  await run('list_silent');
  expect(await listed(one.id)).toBe(false);
  house.clock.forward(25 * hour);
  await run('list_silent');
  expect(await listed(one.id)).toBe(true);
  // As an import brings it: handled long before anybody looked.
  const late = await house.given.request({ until: 'handled', callback: '13900000078' });
  await at(late.id, 90);
  await run('list_silent');
  expect(await listed(late.id)).toBe(false);
  await run('list_all_silent');
  expect(await listed(late.id)).toBe(true);
  // A "solved" that closes nothing waits for no day, and is found through an index of its own.
  const proxy = await house.given.request({ until: 'handled', callback: '13900000079' });
  await house.sql('update requests.request set said_by_other = true where id = $1', [proxy.id]);
  await run('list_silent');
  expect(await listed(proxy.id)).toBe(true);
  const [index] = await house.sql<{ indexdef: string }>(
    `select indexdef from pg_indexes where indexname = 'request_said_by_other'`,
  );
  expect(index!.indexdef).toContain('said_by_other');
});

describe('cherry-picked calls', () => {
  test('nobody can put a request on the list, take one off it, or choose a day’s rates after it began', async () => {
    const lead = await house.as('fu00');
    const { call } = await called();
    for (const path of [`/api/followups`, `/api/followups/${call}`])
      for (const method of ['POST', 'DELETE', 'PUT'])
        expect((await lead.fetch(method, path, {})).status).toBeGreaterThanOrEqual(400);
    expect(
      await lead.try(api.followups.setRates, { from: '2026-11-24', base: 0.1, again: 0, lines: [] }),
    ).toMatchObject({ status: 422 });
  });
  test('two callers never ring the same person: who opened it holds it, until they leave it or ten minutes are over', async () => {
    const { call } = await called();
    const [first, second] = [await house.as('fu01'), await house.as('fu02')];
    const [a, b] = await Promise.all([
      first.try(api.followups.claim, { id: call }),
      second.try(api.followups.claim, { id: call }),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 409]);
    const [holder, other] = a.status === 200 ? [first, second] : [second, first];
    expect((await holder.do(api.followups.sheet, { id: call })).callback).toBe('13900000001');
    expect(await other.do(api.followups.sheet, { id: call })).toMatchObject({ callback: null, claim: { mine: false } });
    expect(await other.try(api.followups.complete, { id: call, ...answer })).toMatchObject({ code: 'call_claimed' });
    expect(await other.try(api.followups.attempt, { id: call, channel: 'phone', outcome: 'refused' })).toMatchObject({
      code: 'call_claimed',
    });
    await holder.do(api.followups.release, { id: call });
    await other.do(api.followups.claim, { id: call });
    house.clock.forward(11 * minute);
    await holder.do(api.followups.claim, { id: call });
  });
});

test('handler’s own verification: who handled it can neither claim, call, ask again nor visit', async () => {
  const [account] = await house.sql<{ id: string }>("select id from access.account where login = 'ho-l11'");
  await (await house.as('sec01')).do(api.access.grant, {
    id: account!.id,
    role: 'followup_caller',
    nodeId: house.dir.groupNode.id,
    lineId: null,
  });
  const { id, call } = await called({ category: 'E05', line: 'L11' });
  const handler = await house.as('ho-l11');
  expect(await handler.try(api.followups.claim, { id: call })).toMatchObject({ code: 'not_independent' });
  expect(await handler.try(api.followups.complete, { id: call, ...answer })).toMatchObject({ code: 'not_independent' });
  await (await house.as('fu00')).do(api.followups.setVisitRule, {
    categoryId: house.category('E05'),
    afterHours: [24],
  });
  await (await house.as('fu01')).do(api.followups.complete, { id: call, ...answer });
  const visit = (await openCall(id, 'visit'))!;
  expect(await handler.try(api.followups.visited, { id: visit.id, result: 'still_good' })).toMatchObject({
    code: 'not_independent',
  });
  expect(await handler.try(api.followups.askAgain, { id: call })).toMatchObject({ status: 403 });
});

test('pressing someone to withdraw: it is followed up at once, and what they say opens it again', async () => {
  const { id } = await handled();
  await (await house.as('worker01')).do(api.requests.withdraw, { id, why: '不用了' });
  const call = (await openCall(id))!;
  expect(call.reason).toBe('withdrawn');
  const caller = await house.as('fu01');
  const sheet = await caller.do(api.followups.sheet, { id: call.id });
  expect(sheet.script.purpose).toBe('withdrawn');
  await caller.do(api.followups.complete, { id: call.id, ...answer, answer: 'not_solved', words: '班长让我撤的' });
  expect(await state(id)).toBe('reopened');
});

test('fake calls are found by the re-call: another asks, the first answer stays, what the person says counts', async () => {
  const { id, call } = await called();
  const [faker, other, lead] = [await house.as('fu01'), await house.as('fu02'), await house.as('fu00')];
  await faker.do(api.followups.complete, { id: call, ...answer, seconds: 4, callRef: 'pbx-1' });
  expect(await state(id)).toBe('resolved_confirmed');
  await lead.do(api.followups.askAgain, { id: call });
  expect(await lead.try(api.followups.askAgain, { id: call })).toMatchObject({ code: 'asked_again_already' });
  const again = (await openCall(id, 'again'))!;
  expect(again.first_call_id).toBe(call);
  // Who asked first neither sees nor makes the second call.
  expect((await faker.do(api.followups.list, { limit: 200 })).rows.map((row) => row.id)).not.toContain(again.id);
  expect(await faker.try(api.followups.complete, { id: again.id, ...answer })).toMatchObject({
    code: 'not_independent',
  });
  await other.do(api.followups.complete, {
    id: again.id,
    ...answer,
    answer: 'not_solved',
    satisfied: 1,
    words: '没人打过',
  });
  expect(await state(id)).toBe('reopened');
  const twice = await lead.do(api.followups.askedTwice, {});
  expect(twice).toMatchObject({ answered: 1, differ: 1, short: { n: 1, known: 1 } });
  expect(twice.pairs[0]).toMatchObject({
    first: { answer: 'solved', seconds: 4, callRef: 'pbx-1' },
    second: { answer: 'not_solved' },
    differs: true,
  });
  expect(await house.sql('select answer from followups.answer where call_id = $1', [call])).toEqual([
    { answer: 'solved' },
  ]);
  for (const login of ['fu01', 'disp01', 'aud01'])
    expect(await (await house.as(login)).try(api.followups.askedTwice, {})).toMatchObject({ status: 403 });
});

test('a default rating counts for nothing: without an answer to each question there is no answer', async () => {
  const { call } = await called();
  const caller = await house.as('fu01');
  for (const name of ['contacted', 'answer', 'satisfied', 'speed', 'attitude'] as const) {
    const { [name]: _, ...rest } = answer;
    const reply = await caller.try(api.followups.complete, { id: call, ...rest } as never);
    expect(reply.status, name).toBe(422);
    expect(reply.problem.fields!.map((one) => one.field)).toContain(name);
  }
  await caller.do(api.followups.complete, { id: call, ...answer, satisfied: null });
  expect(await house.sql('select satisfied from followups.answer where call_id = $1', [call])).toEqual([
    { satisfied: null },
  ]);
});

describe('after sales (brief 56)', () => {
  const rule = async (code: string, afterHours: number[]): Promise<void> =>
    void (await (
      await house.as('fu00')
    ).do(api.followups.setVisitRule, { categoryId: house.category(code), afterHours }));
  test('a confirmed closing brings its visits, each on the list when its time has come', async () => {
    await rule('A04', [24, 168]);
    const { id } = await house.given.request({ until: 'confirmed', category: 'A04', callback: '13900000001' });
    const caller = await house.as('fu01');
    const visits = async () =>
      (await caller.do(api.followups.list, { limit: 200 })).rows.filter((row) => row.requestId === id);
    expect(await visits()).toEqual([]);
    house.clock.forward(13 * hour);
    expect((await visits()).map((row) => row.afterHours)).toEqual([24]);
    house.clock.forward(6 * day);
    expect((await visits()).map((row) => row.afterHours)).toEqual([24, 168]);
  });
  test('"came back" within the relapse window opens it again and is no satisfaction answer; a call is not recorded as a visit', async () => {
    await rule('A05', [24]);
    const { id } = await house.given.request({ until: 'confirmed', category: 'A05', callback: '13900000001' });
    house.clock.forward(20 * hour);
    const visit = (await openCall(id, 'visit'))!;
    const caller = await house.as('fu01');
    expect(await caller.try(api.followups.complete, { id: visit.id, ...answer })).toMatchObject({ code: 'other_kind' });
    expect(await caller.do(api.followups.visited, { id: visit.id, result: 'came_back', words: '又漏了' })).toEqual({
      reopened: true,
      tooLate: false,
    });
    expect(await state(id)).toBe('reopened');
    expect(await house.sql('select 1 from followups.answer where call_id = $1', [visit.id])).toEqual([]);
    const [journalled] = await house.sql<{ reason: string }>(
      `select reason from journal.entry where action = 'requests.denied' and record_id = $1`,
      [id],
    );
    expect(journalled).toEqual({ reason: 'relapse' });
  });
  test('after the window it is told and stays closed', async () => {
    await rule('A01', [240]);
    const { id } = await house.given.request({ until: 'confirmed', category: 'A01', callback: '13900000001' });
    house.clock.forward(9 * day + 20 * hour);
    const visit = (await openCall(id, 'visit'))!;
    expect(await (await house.as('fu01')).do(api.followups.visited, { id: visit.id, result: 'came_back' })).toEqual({
      reopened: false,
      tooLate: true,
    });
    expect(await state(id)).toBe('resolved_confirmed');
  });
  test('a visit at the end of a relapse window still lies within it', () => {
    const closed = new Date('2026-11-25T10:00:00Z');
    const { opens, due } = visitTimes(closed, 168);
    expect(due.getTime() - closed.getTime()).toBe(7 * day);
    expect(due.getTime() - opens.getTime()).toBe(12 * hour);
  });
});

describe('between shifts', () => {
  test('appointments are left with a note and taken over once, by whoever comes next', async () => {
    const { call } = await called();
    const [leaver, taker, late] = [await house.as('fu01'), await house.as('fu02'), await house.as('fu03')];
    await leaver.do(api.followups.attempt, {
      id: call,
      channel: 'phone',
      outcome: 'asked_later',
      appointment: new Date(house.clock.now().getTime() + 5 * hour).toISOString(),
    });
    expect((await leaver.do(api.followups.handovers, {})).mine.map((row) => row.id)).toContain(call);
    expect(await taker.try(api.followups.handOver, { items: [{ callId: call }] })).toMatchObject({ status: 422 });
    expect(await leaver.try(api.followups.handOver, { items: [] })).toMatchObject({ status: 422 });
    const { id } = await leaver.do(api.followups.handOver, {
      note: '今天线路不好',
      items: [{ callId: call, note: '晚饭后接' }],
    });
    expect((await leaver.do(api.followups.handovers, {})).mine.map((row) => row.id)).not.toContain(call);
    const replies = await Promise.all([
      taker.try(api.followups.takeOver, { id }),
      late.try(api.followups.takeOver, { id }),
    ]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    const winner = replies[0].status === 200 ? taker : late;
    const row = (await winner.do(api.followups.list, { limit: 200 })).rows.find((one) => one.id === call)!;
    expect(row).toMatchObject({ mine: true, bestTime: { why: 'appointment' } });
    const journalled = await house.sql(`select action from journal.entry where record_id = $1 order by seq`, [id]);
    expect(journalled).toEqual([{ action: 'followups.handed_over' }, { action: 'followups.taken_over' }]);
  });
});

describe('scripts', () => {
  test('a new version is read by calls opened from now on; answers keep the one that was read, and old ones stay', async () => {
    const { call } = await called();
    const [caller, lead] = [await house.as('fu01'), await house.as('fu00')];
    const read = (await caller.do(api.followups.sheet, { id: call })).script;
    const lines = {
      ...read.lines,
      opening: ['您好，这里是随访，问三件事。', 'Hello, three questions.'] as [string, string],
    };
    expect(await caller.try(api.followups.setScript, { purpose: 'closure', lines })).toMatchObject({ status: 403 });
    const { version } = await lead.do(api.followups.setScript, { purpose: 'closure', lines });
    expect(version).toBe('V2');
    expect(await lead.try(api.followups.setScript, { purpose: 'closure', lines })).toMatchObject({
      code: 'script_same',
    });
    expect((await caller.do(api.followups.sheet, { id: call })).script.version).toBe('V2');
    expect(await caller.try(api.followups.complete, { id: call, ...answer, scriptVersion: 'V9' })).toMatchObject({
      status: 422,
    });
    await caller.do(api.followups.complete, { id: call, ...answer, scriptVersion: read.version, ticks: ['verbatim'] });
    const { scripts } = await caller.do(api.followups.scripts, {});
    expect(scripts.filter((one) => one.purpose === 'closure').map((one) => one.version)).toEqual(['V2', 'V1']);
    expect(await house.sql('select script_version, ticks from followups.answer where call_id = $1', [call])).toEqual([
      { script_version: 'V1', ticks: ['verbatim'] },
    ]);
    await expect(house.program.pool.query("update followups.script set lines = '{}'")).rejects.toThrow(
      /permission denied/,
    );
  });
  test('words that ask for a mark are refused by their field', async () => {
    const lead = await house.as('fu00');
    const { scripts } = await lead.do(api.followups.scripts, {});
    const { lines } = scripts.find((one) => one.purpose === 'visit')!;
    const reply = await lead.try(api.followups.setScript, {
      purpose: 'visit',
      lines: { ...lines, closing: ['麻烦给个五分好评', 'Thank you.'] },
    });
    expect(reply.status).toBe(422);
    expect(reply.problem.fields).toMatchObject([{ field: 'lines.closing.0', code: 'script_coaches' }]);
    for (const text of ['请打5分', '给我们满分', 'please give five', 'a good rating helps us'])
      expect(coaches(text), text).not.toBeNull();
    for (const text of ['对结果，您满意吗？', 'Are you satisfied with the result?', '三个问题，一分钟。'])
      expect(coaches(text), text).toBeNull();
  });
});

describe('when to ring somebody', () => {
  const nothing = { appointment: null, answered: [], site: [], wroteAt: null };
  test.each([
    ['as agreed', { ...nothing, appointment: '18:30', answered: [9] }, { from: '18:30', why: 'appointment' }],
    [
      'when they answered before',
      { ...nothing, answered: [19, 19, 12] },
      { from: '18:00', to: '20:00', why: 'answered_before' },
    ],
    [
      'when their site answers',
      {
        ...nothing,
        site: [
          { hour: 12, answered: 9, failed: 1 },
          { hour: 15, answered: 2, failed: 12 },
        ],
      },
      { from: '11:00', why: 'site_pattern' },
    ],
    ['when they wrote themselves', { ...nothing, wroteAt: 13 }, { from: '13:00', to: '15:00', why: 'wrote_then' }],
    ['in the afternoon where they wrote at night', { ...nothing, wroteAt: 2 }, { from: '15:00', why: 'wrote_then' }],
    ['in the usual hours where nothing is known', nothing, { from: '09:00', to: '20:00', why: 'usual' }],
  ])('%s', (_, known, expected) => {
    expect(bestTime(known, '10:00')).toMatchObject(expected);
  });
});
