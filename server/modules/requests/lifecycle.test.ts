import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestStates } from '../../../contract/requests.ts';
import { api, day, type Given, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { transitions as workTransitions } from '../cases/lifecycle.ts';
import { isOpen, mayMove, move, type RequestEvent, transitions } from './lifecycle.ts';

let house: House;
beforeAll(async () => {
  // A Monday morning in a stage that runs round the clock.
  house = await openHouse();
});
afterAll(() => house.stop());

const evidence = '水泵换好了，两层龙头都试过，有水。';
const state = async (id: string): Promise<string> => (await house.standing(id)).state;
const openCall = async (id: string) =>
  (
    await house.sql<{ id: string; reason: string; due_at: Date }>(
      'select id, reason, due_at from followups.call where request_id = $1 and done_at is null',
      [id],
    )
  )[0];

describe('the life cycle of a need is one table (rules 2)', () => {
  const closing: RequestEvent[] = ['confirm', 'unreachable', 'unverified'];
  test('a verdict is given only on what is handled', () => {
    for (const event of closing)
      for (const from of requestStates) expect(mayMove(event, from)).toBe(from === 'handled');
  });
  test('what cannot be solved is explained from handled, or after the person denied it', () => {
    expect(requestStates.filter((from) => mayMove('explain', from))).toEqual(['handled', 'reopened']);
  });
  test('a denial reopens whatever was said to be done or taken back, and nothing else', () => {
    const deniable = requestStates.filter((from) => mayMove('deny', from));
    expect(deniable.sort()).toEqual([
      'closed_explained',
      'closed_unreachable',
      'closed_unverified',
      'handled',
      'resolved_confirmed',
      'withdrawn',
    ]);
    for (const from of deniable) expect(move('deny', from)).toBe('reopened');
  });
  test('a withdrawn need stays withdrawn, unless the person says it was never solved', () => {
    const leads = Object.keys(transitions).filter(
      (event) =>
        mayMove(event as RequestEvent, 'withdrawn') && move(event as RequestEvent, 'withdrawn') !== 'withdrawn',
    );
    expect(leads).toEqual(['deny']);
  });
  test('open and closed states are told apart, none forgotten', () => {
    expect(requestStates.filter(isOpen)).toEqual(['received', 'in_work', 'handled', 'reopened']);
  });
  test('cases never write a request’s verdict: the work ends at handled', () => {
    const reached = new Set(Object.values(workTransitions).flatMap((moves) => Object.values(moves)));
    for (const verdict of [
      'resolved_confirmed',
      'closed_unreachable',
      'closed_unverified',
      'closed_explained',
      'withdrawn',
    ])
      expect(reached.has(verdict as never)).toBe(false);
  });
});

describe('who did the work cannot declare it done', () => {
  test('a handler can never close: confirming, rating and withdrawing are the requester’s', async () => {
    const { id, caseId } = await house.given.request({ until: 'handled' });
    const handler = await house.as('ho-l11');
    expect(await handler.try(api.requests.judge, { id, solved: true })).toMatchObject({
      status: 403,
      code: 'not_yours',
    });
    expect(await handler.try(api.requests.rate, { id, result: 5, speed: 5, attitude: 5 })).toMatchObject({
      status: 403,
    });
    expect(await handler.try(api.requests.withdraw, { id })).toMatchObject({ status: 403 });
    expect(await handler.try(api.cases.handled, { id: caseId, solution: 'solved', text: evidence })).toMatchObject({
      status: 422,
    });
    expect(await state(id)).toBe('handled');
  });
  test('a handler cannot close their own request', async () => {
    const { id, caseId } = await house.given.request({ by: 'hand11', until: 'dispatched', handler: 'hand11' });
    const handler = await house.as('hand11');
    expect((await handler.try(api.cases.accept, { id: caseId })).status).toBe(403);
    expect((await handler.try(api.cases.handled, { id: caseId, solution: 'solved', text: evidence })).status).toBe(403);
    const colleague = await house.as('ho-l11');
    await colleague.do(api.cases.handled, { id: caseId, solution: 'solved', text: evidence });
    await handler.do(api.requests.judge, { id, solved: true });
    expect(await state(id)).toBe('resolved_confirmed');
  });
  test('dispatcher, site officer, unit leader and follow-up caller cannot judge in the requester’s place', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    for (const login of ['disp01', 'site01', 'lead04', 'lead00', 'liai04', 'fu01', 'worker02', 'op01']) {
      const reply = await (await house.as(login)).try(api.requests.judge, { id, solved: true });
      expect([403, 404]).toContain(reply.status);
    }
    expect(await state(id)).toBe('handled');
  });
  test('handled needs evidence or words that say what was done', async () => {
    const { caseId } = await house.given.request({ until: 'accepted' });
    expect(
      await (await house.as('ho-l11')).try(api.cases.handled, { id: caseId, solution: 'solved', text: '已办' }),
    ).toMatchObject({ status: 422, code: 'evidence_needed' });
  });
  test('the interface is never offered a right the server would refuse: a handler’s thread says who may close', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    const thread = await (await house.as('ho-l11')).do(api.requests.thread, { id });
    expect(thread.can).toMatchObject({ judge: false, rate: false, withdraw: false });
    expect(thread.cannot.close).toBe('only_requester');
  });
});

describe('a denial', () => {
  test('needs to say what is not solved', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    expect(await (await house.as('worker01')).try(api.requests.judge, { id, solved: false })).toMatchObject({
      status: 422,
      code: 'why_needed',
    });
  });
  test('reopens the case, raises the priority by one and keeps the original due', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    const before = await house.standing(id);
    await (await house.as('worker01')).do(api.requests.judge, { id, solved: false, why: '二楼还是没水' });
    const after = await house.standing(id);
    expect(after).toMatchObject({ state: 'reopened', work: 'reopened', reopens: 1, priority: 'urgent' });
    expect(after.dues.resolve).toBe(before.dues.resolve);
    expect(after.dues.handledAt).toBeNull();
  });
  test('within the relapse window takes back “solved”; after it, a new request is needed', async () => {
    const early = await house.given.request({ until: 'confirmed' });
    const late = await house.given.request({ until: 'confirmed' });
    const began = house.clock.now();
    house.clock.forward(6 * day);
    await (await house.as('worker01')).do(api.requests.judge, { id: early.id, solved: false, why: '又停水了' });
    expect(await state(early.id)).toBe('reopened');
    house.clock.forward(2 * day);
    expect(
      await (await house.as('worker01')).try(api.requests.judge, { id: late.id, solved: false, why: '又停水了' }),
    ).toMatchObject({ status: 409 });
    house.clock.set(began);
  });
  test('also reopens what a dispatcher answered after a return', async () => {
    const { id, caseId } = await house.given.request({ until: 'dispatched' });
    await (await house.as('ho-l11')).do(api.cases.return, {
      id: caseId,
      reason: 'needs_facts',
      missing: ['place'],
      text: '没有写清楚是哪一栋楼',
    });
    await (await house.as('disp01')).do(api.requests.answer, {
      id,
      version: (await house.standing(id)).version,
      text: '今晚八点恢复供水。',
    });
    await (await house.as('worker01')).do(api.requests.judge, { id, solved: false, why: '没有恢复' });
    const after = await house.standing(id);
    expect(after.state).toBe('reopened');
    expect(after.can.dispatch || after.work === 'reopened').toBe(true);
  });
  test('of an answer given at once puts the request in front of the dispatcher again', async () => {
    const { id } = await house.given.request();
    await (await house.as('disp01')).do(api.requests.answer, {
      id,
      version: (await house.standing(id)).version,
      text: '今晚八点恢复供水。',
    });
    await (await house.as('worker01')).do(api.requests.judge, { id, solved: false, why: '没有恢复' });
    const thread = await house.standing(id);
    expect(thread).toMatchObject({ state: 'reopened', work: 'new', can: { dispatch: true } });
    await (await house.as('disp01')).do(api.cases.dispatch, {
      id,
      version: thread.version,
      lineId: house.line('L11'),
      unitId: null,
    });
    expect(await state(id)).toBe('reopened');
  });
});

describe('merging joins the work, never the right to close (rules 1)', () => {
  let first: Given;
  let second: Given;
  beforeAll(async () => {
    first = await house.given.request({ until: 'accepted', text: '甲：宿舍没有热水。' });
    second = await house.given.request({ by: 'site01', text: '乙：澡堂热水不够。' });
    const { version } = await house.standing(second.id);
    await (await house.as('disp01')).do(api.cases.join, { id: second.id, version, intoRequestId: first.id });
    await (await house.as('ho-l11')).do(api.cases.handled, { id: first.caseId, solution: 'solved', text: evidence });
  });
  test('merged requests keep their own clocks and threads', async () => {
    const [a, b] = [await house.standing(first.id), await house.standing(second.id)];
    expect(a.caseId).toBe(b.caseId);
    expect(a.dues.resolve).not.toBeNull();
    expect(a.entries.map((entry) => entry.text)).not.toContain('乙：澡堂热水不够。');
    expect(b.entries.map((entry) => entry.text)).not.toContain('甲：宿舍没有热水。');
    expect([a.state, b.state]).toEqual(['handled', 'handled']);
  });
  test('a requester never sees another’s words, number or how many there are', async () => {
    const thread = await (await house.as('worker01')).do(api.requests.thread, { id: first.id });
    expect(JSON.stringify(thread)).not.toContain('澡堂');
    expect(JSON.stringify(thread)).not.toContain(second.number);
    expect(thread).toMatchObject({ caseSize: 1, siblings: [] });
  });
  test('a denial reopens the case for that request only; its sibling keeps its verdict', async () => {
    await (await house.as('worker01')).do(api.requests.judge, { id: first.id, solved: true });
    await (await house.as('site01')).do(api.requests.judge, { id: second.id, solved: false, why: '还是不够' });
    expect(await state(first.id)).toBe('resolved_confirmed');
    expect(await state(second.id)).toBe('reopened');
    expect(
      (await house.sql<{ state: string }>('select state from cases.case_file where id = $1', [first.caseId]))[0]!.state,
    ).toBe('reopened');
    await (await house.as('ho-l11')).do(api.cases.handled, { id: first.caseId, solution: 'solved', text: evidence });
    expect(await state(first.id)).toBe('resolved_confirmed');
    expect(await state(second.id)).toBe('handled');
  });
});

describe('withdrawals (rules 1)', () => {
  test('the only exclusion a requester can make is withdrawing through their own channel, and it is followed up', async () => {
    const { id } = await house.given.request({ until: 'accepted' });
    await (await house.as('worker01')).do(api.requests.withdraw, { id, why: '自己解决了' });
    expect(await state(id)).toBe('withdrawn');
    expect(await openCall(id)).toMatchObject({ reason: 'withdrawn' });
  });
  test('a query code withdraws nothing from a device staff worked on it with', async () => {
    const asked = await house.given.request({ by: 'worker01' });
    const desk = await house.as('disp01');
    await desk.do(api.requests.setFacts, {
      id: asked.id,
      version: (await house.standing(asked.id)).version,
      priority: 'high',
    });
    const reply = await desk.try(api.requests.withdrawByCode, { number: asked.number, code: asked.code });
    expect(reply.status).toBe(403);
    expect(await state(asked.id)).toBe('received');
  });
  test('a query code in nobody’s name withdraws also where its owner is signed in, never where somebody of the staff is', async () => {
    const asked = await house.given.request({ confidentiality: 'anonymous' });
    const code = { number: asked.number, code: asked.code };
    for (const login of ['disp01', 'site01', 'op01', 'lead04', 'fu01']) {
      const client = await house.as(login);
      expect((await client.do(api.requests.follow, code)).can.withdraw, login).toBe(false);
      expect(await client.try(api.requests.withdrawByCode, code), login).toMatchObject({
        status: 403,
        code: 'not_yours',
      });
    }
    const worker = await house.as('worker01');
    expect((await worker.do(api.requests.follow, code)).can.withdraw).toBe(true);
    await worker.do(api.requests.withdrawByCode, code);
    expect(await state(asked.id)).toBe('withdrawn');
  });
  test('a query code in somebody’s name withdraws nothing while another account is signed in', async () => {
    const asked = await house.given.request();
    const code = { number: asked.number, code: asked.code };
    expect(await (await house.as('worker02')).try(api.requests.withdrawByCode, code)).toMatchObject({ status: 403 });
    await (await house.as('worker01')).do(api.requests.withdrawByCode, code);
    expect(await state(asked.id)).toBe('withdrawn');
  });
});

describe('silence is never satisfaction (rules 2)', () => {
  test('handled and silent for a day: the request enters the call list, due within a day', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    house.clock.forward(23 * hour);
    await house.timers.run('followups.list_silent');
    expect(await openCall(id)).toBeUndefined();
    house.clock.forward(2 * hour);
    await house.timers.run('followups.list_silent');
    expect(await openCall(id)).toMatchObject({
      reason: 'silent',
      due_at: new Date(house.clock.now().getTime() + 24 * hour),
    });
  });
  test('handled again after a denial and silent again: it enters the call list again', async () => {
    const other = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    expect(await openCall(other.id)).toBeDefined();
    const { id, caseId } = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    expect(await openCall(id)).toBeDefined();
    await (await house.as('worker01')).do(api.requests.judge, { id, solved: false, why: '没好' });
    expect(await openCall(id)).toBeUndefined();
    await (await house.as('ho-l11')).do(api.cases.handled, { id: caseId, solution: 'solved', text: evidence });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    expect(await openCall(id)).toBeDefined();
  });
  test('a long list of calls never keeps a new silent request off it', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    await house.sql(
      `insert into requests.request (id, number, channel, confidentiality, class, category_id, first_category_id, unit_id, site_id, priority, code_hmac, submitted_at, received_at,
         state, triage_due, contact_due, resolve_due, resolve_now, promise_at, handled_at, work)
       select gen_random_uuid(), 'XX-000000-' || lpad(n::text, 5, '0'), 'hotline', 'open', 'normal', category_id, first_category_id, unit_id, site_id, priority, code_hmac, submitted_at, received_at,
         'handled', triage_due, contact_due, resolve_due, resolve_now, promise_at, handled_at - interval '1 hour', 'handled'
       from requests.request, generate_series(1, 700) as n where id = $1`,
      [id],
    );
    await house.sql(
      `insert into followups.call (id, request_id, reason, class, due_at, created_at)
       select gen_random_uuid(), id, 'silent', 'normal', now(), handled_at + interval '1 day' from requests.request where number like 'XX-%'`,
    );
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    expect(await openCall(id)).toBeDefined();
    await house.sql(
      `delete from followups.call where request_id in (select id from requests.request where number like 'XX-%')`,
    );
    await house.sql(`delete from requests.request where number like 'XX-%'`);
  });
  test('who writes back is not silent: the seven days count from their own last word', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    await house.sql(`update followups.call set done_at = now(), outcome = 'refused' where request_id = $1`, [id]);
    house.clock.forward(4 * day);
    await (await house.as('worker01')).do(api.requests.message, { id, text: '再看两天' });
    house.clock.forward(4 * day);
    await house.timers.run('followups.close_unverified');
    expect(await state(id)).toBe('handled');
    house.clock.forward(4 * day);
    await house.timers.run('followups.close_unverified');
    expect(await state(id)).toBe('closed_unverified');
  });
  test('closed unverified after seven days of silence, never satisfied, and not while a call may still answer', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    const called = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    await house.sql(`update followups.call set done_at = now(), outcome = 'refused' where request_id = $1`, [id]);
    house.clock.forward(5 * day);
    await house.timers.run('followups.close_unverified');
    expect(await state(id)).toBe('handled');
    house.clock.forward(day + hour);
    await house.timers.run('followups.close_unverified');
    expect(await state(id)).toBe('closed_unverified');
    expect(await state(called.id)).toBe('handled');
    const row = (await house.sql('select verdict_by, rating_result from requests.request where id = $1', [id]))[0];
    expect(row).toEqual({ verdict_by: null, rating_result: null });
  });
});

describe('closed unreachable needs three attempts on two days over every channel left (rules 2)', () => {
  async function onTheList(callback?: string): Promise<{ id: string; call: string }> {
    const { id } = await house.given.request({ until: 'handled', callback });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    return { id, call: (await openCall(id))!.id };
  }
  const attempt = async (call: string, channel: 'phone' | 'thread'): Promise<void> => {
    await (await house.as('fu01')).do(api.followups.attempt, {
      id: call,
      channel,
      outcome: channel === 'phone' ? 'no_answer' : 'notice_sent',
    });
  };
  const close = async (call: string) => (await house.as('fu01')).try(api.followups.unreachable, { id: call });

  test('three attempts on one day are not enough', async () => {
    const { call } = await onTheList('13900000001');
    for (const channel of ['phone', 'phone', 'thread'] as const) await attempt(call, channel);
    expect(await close(call)).toMatchObject({ status: 409, code: 'attempts_missing' });
  });
  test('three attempts on two days over one of two channels are not enough', async () => {
    const { call } = await onTheList('13900000002');
    await attempt(call, 'phone');
    house.clock.forward(day);
    await attempt(call, 'phone');
    await attempt(call, 'phone');
    expect(await close(call)).toMatchObject({ status: 409, code: 'attempts_missing' });
  });
  test('two attempts on two days over every channel are not enough', async () => {
    const { call } = await onTheList('13900000003');
    await attempt(call, 'phone');
    house.clock.forward(day);
    await attempt(call, 'thread');
    expect(await close(call)).toMatchObject({ status: 409, code: 'attempts_missing' });
  });
  test('three attempts on two days over every channel close it, never as satisfied', async () => {
    const { id, call } = await onTheList('13900000004');
    await attempt(call, 'phone');
    await attempt(call, 'thread');
    house.clock.forward(day);
    await attempt(call, 'phone');
    expect((await close(call)).status).toBe(200);
    expect(await state(id)).toBe('closed_unreachable');
    const thread = await (await house.as('worker01')).do(api.requests.thread, { id });
    expect(thread.can.judge).toBe(true);
    await (await house.as('worker01')).do(api.requests.judge, { id, solved: false, why: '电话没接到，没有解决' });
    expect(await state(id)).toBe('reopened');
  });
  test('who left no number has the thread only; the exit says no channel', async () => {
    const { id, call } = await onTheList();
    await attempt(call, 'thread');
    house.clock.forward(day);
    await attempt(call, 'thread');
    await attempt(call, 'thread');
    expect((await close(call)).status).toBe(200);
    const entry = (await house.standing(id)).entries.find((one) => one.kind === 'closed_unreachable');
    expect(entry?.data.reason).toBe('no_channel');
  });
});

test('what is not open is closed by exactly one exit: requests = open + closed by exit (rules 1)', async () => {
  const [row] = await house.sql<{ all: string; open: string; closed: string }>(
    `select count(*) as all, count(*) filter (where open) as open,
       count(*) filter (where state in ('resolved_confirmed', 'closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn') and closed_at is not null) as closed
     from requests.request`,
  );
  expect(Number(row!.all)).toBe(Number(row!.open) + Number(row!.closed));
});

test('both reconciliations are written into the journal every day, and a difference is named by its figure (rules 1)', async () => {
  const last = async () => {
    await house.timers.run('requests.reconcile');
    const [entry] = await house.sql<{ figures: Record<string, number>; actor_id: string | null }>(
      `select figures, actor_id from journal.entry where action = 'requests.reconciled' order by seq desc limit 1`,
    );
    return entry!.figures;
  };
  const before = await last();
  expect(before).toMatchObject({ requestDifference: 0, contactDifference: 0, wrong: 0 });
  expect(before.requests).toBe(before.open! + before.closed!);
  // The database refuses a closing without an exit; a contact that says "requests" and made none is found here.
  const { id } = await house.given.request();
  await expect(house.sql('update requests.request set closed_at = now() where id = $1', [id])).rejects.toThrow(/check/);
  const { contactId } = await (await house.as('op01')).do(api.hotline.caller, {});
  await house.sql(`update requests.contact set outcome = 'requests' where id = $1`, [contactId]);
  expect(await last()).toMatchObject({ requestDifference: 0, requests: before.requests! + 1, contactDifference: 1 });
  await house.sql(`update requests.contact set outcome = 'dropped' where id = $1`, [contactId]);
  expect(await last()).toMatchObject({ contactDifference: 0 });
});
test('every contact has an outcome or a request: contacts = with a request + information + nudges + dropped (rules 1)', async () => {
  const operator = await house.as('op01');
  const forgotten = await operator.do(api.hotline.caller, {});
  const informed = await operator.do(api.hotline.caller, {});
  await operator.do(api.hotline.close, { id: informed.contactId, outcome: 'information' });
  house.clock.forward(13 * hour + minute);
  await house.timers.run('hotline.drop_forgotten');
  expect(await house.sql('select outcome from requests.contact where outcome is null')).toEqual([]);
  expect(await house.sql('select outcome from requests.contact where id = $1', [forgotten.contactId])).toEqual([
    { outcome: 'dropped' },
  ]);
});
