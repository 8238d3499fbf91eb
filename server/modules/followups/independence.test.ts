import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Client, day, type House, hour, minute, newCode, openHouse } from '../../testing/program.ts';
import { channelsLeft, reach } from './reaching.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const answer = { contacted: true, answer: 'solved', satisfied: 5, speed: 5, attitude: 5 } as const;
const state = async (id: string): Promise<string> => (await house.standing(id)).state;

async function called(id: string): Promise<string> {
  house.clock.forward(25 * hour);
  await house.timers.run('followups.list_silent');
  const row = (
    await house.sql<{ id: string }>('select id from followups.call where request_id = $1 and done_at is null', [id])
  )[0];
  if (!row) throw new Error('not on the call list');
  return row.id;
}

/** Gives an account one grant more, as the security administrator would. */
async function grant(
  login: string,
  role: 'followup_caller' | 'unit_leader' | 'group_leader' | 'handler' | 'site_officer',
  node: string,
  line?: string,
): Promise<void> {
  const [account] = await house.sql<{ id: string }>('select id from access.account where login = $1', [login]);
  const nodeId = house.dir.nodesByCode.get(node)!.id;
  await (await house.as('sec01')).do(api.access.grant, {
    id: account!.id,
    role,
    nodeId,
    lineId: line ? house.line(line) : null,
  });
}
const group = (): string => house.dir.groupNode.code;

describe('who may verify: each disqualification, through the door (rules 3)', () => {
  beforeAll(async () => {
    for (const login of [
      'ho-l11',
      'ho-l10',
      'op01',
      'lead00',
      'site01',
      'lead04',
      'disp02',
      'disp00',
      'u04-l11',
      'worker01',
    ])
      await grant(login, 'followup_caller', group());
  });
  const refuses = async (login: string, call: string, rule: string): Promise<void> => {
    const who = await house.as(login);
    const sheet = await who.do(api.followups.sheet, { id: call });
    expect(sheet.independence.filter((one) => !one.holds).map((one) => one.rule)).toContain(rule);
    expect(sheet).toMatchObject({ text: null, callback: null, requesterLabel: null, handledText: null });
    expect(await who.try(api.followups.complete, { id: call, ...answer })).toMatchObject({
      status: 403,
      code: 'not_independent',
    });
    expect(await who.try(api.followups.attempt, { id: call, channel: 'phone', outcome: 'no_answer' })).toMatchObject({
      status: 403,
    });
    expect(await who.try(api.followups.unreachable, { id: call })).toMatchObject({ status: 403 });
  };

  test('not the handler, nor another of the handling line', async () => {
    const { id } = await house.given.request({ until: 'handled', callback: '13900000001' });
    const call = await called(id);
    await refuses('ho-l11', call, 'no_part');
    await refuses('u04-l11', call, 'other_line');
  });
  test('not who returned it, nor anybody of the line that returned it', async () => {
    const { id, caseId } = await house.given.request({ until: 'dispatched', line: 'L10' });
    await (await house.as('ho-l10')).do(api.cases.return, {
      id: caseId,
      reason: 'not_our_line',
      lineId: house.line('L11'),
      text: '不属本条线职责，应归后勤条线',
    });
    await (await house.as('disp01')).do(api.cases.dispatch, {
      id,
      version: (await house.standing(id)).version,
      lineId: house.line('L11'),
      unitId: null,
    });
    await (await house.as('hand11')).do(api.cases.handled, {
      id: caseId,
      solution: 'solved',
      text: '水泵换好，试过有水。',
    });
    const call = await called(id);
    await refuses('ho-l10', call, 'no_part');
  });
  test('not the registrar, whether answered at once or dispatched', async () => {
    const operator = await house.as('op01');
    const id = crypto.randomUUID();
    const { contactId } = await operator.do(api.hotline.caller, { number: '13900000002' });
    await operator.do(api.requests.register, {
      id,
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '食堂几点开饭？',
      confidentiality: 'open',
      channel: 'hotline',
      contactId,
      callback: '13900000002',
      answer: { text: '早上六点半开始。' },
    });
    expect(await state(id)).toBe('handled');
    await refuses('op01', await called(id), 'not_registrar');
  });
  test('not the site officer of the site served', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    await refuses('site01', await called(id), 'not_site_officer');
  });
  test('not the leader above who handled it', async () => {
    const { id } = await house.given.request({ until: 'handled', unit: 'U04' });
    const call = await called(id);
    await refuses('lead04', call, 'not_in_command');
    await refuses('lead00', call, 'not_in_command');
  });
  test('not who approved the extension', async () => {
    const { id, caseId } = await house.given.request({ until: 'accepted' });
    const until = new Date(house.clock.now().getTime() + 20 * hour).toISOString();
    const { askId } = await (await house.as('ho-l11')).do(api.cases.ask, {
      id: caseId,
      kind: 'extension',
      reasonCode: 'parts',
      text: '等配件',
      until,
    });
    await (await house.as('disp00')).do(api.cases.decide, { id: askId, approve: true });
    await (await house.as('ho-l11')).do(api.cases.handled, {
      id: caseId,
      solution: 'solved',
      text: '水泵换好，试过有水。',
    });
    await refuses('disp00', await called(id), 'no_part');
  });
  test('not who decided the deferral of what was denied before', async () => {
    const given = await house.given.request({ until: 'handled' });
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why: '二楼还是没有水。' });
    const entryId = (await house.standing(given.id)).dissatisfaction!.entryId!;
    const line = await house.as('ho-l11');
    const { version } = await line.do(api.ledger.entry, { id: entryId });
    const { measureId } = await line.do(api.ledger.proposeDeferral, {
      id: entryId,
      version,
      reason: '备件要从外省调货，本周到不了工地。',
      plan: '到货当天换泵，并请本人到场试水。',
      until: new Date(house.clock.now().getTime() + 2 * day).toISOString(),
    });
    await (await house.as('u04-deputy')).do(api.ledger.decide, { id: measureId, approve: true });
    house.clock.forward(3 * day);
    await house.timers.run('ledger.deferrals_over');
    await line.do(api.cases.handled, { id: given.caseId, solution: 'solved', text: '水泵换好，试过有水。' });
    const call = await called(given.id);
    await grant('u04-deputy', 'followup_caller', group());
    await refuses('u04-deputy', call, 'no_part');
    const sheet = await (await house.as('fu01')).do(api.followups.sheet, { id: call });
    expect(sheet.independence.every((one) => one.holds)).toBe(true);
  });
  test('not the officer of the whole unit the site is in', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    await grant('fu02', 'site_officer', 'U04');
    await refuses('fu02', await called(id), 'not_site_officer');
  });
  test('not who answered it from the desk after a line had returned it', async () => {
    const { id, caseId } = await house.given.request({ until: 'dispatched' });
    await (await house.as('ho-l11')).do(api.cases.return, {
      id: caseId,
      reason: 'needs_facts',
      missing: ['place'],
      text: '没有写清楚是哪一栋楼',
    });
    await (await house.as('disp02')).do(api.requests.answer, {
      id,
      version: (await house.standing(id)).version,
      text: '今晚八点恢复供水。',
    });
    await refuses('disp02', await called(id), 'no_part');
  });
  test('not the leader above who registered it', async () => {
    const id = crypto.randomUUID();
    await (await house.as('site01')).do(api.requests.register, {
      id,
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '二楼龙头不出水。',
      confidentiality: 'open',
      channel: 'site_officer',
    });
    const desk = await house.as('disp01');
    const { version } = await house.standing(id);
    const { caseId } = await desk.do(api.cases.dispatch, { id, version, lineId: house.line('L11'), unitId: null });
    await (await house.as('ho-l11')).do(api.cases.handled, {
      id: caseId,
      solution: 'solved',
      text: '水泵换好，试过有水。',
    });
    await refuses('lead04', await called(id), 'not_in_command');
  });
  test('not the requester in the caller’s chair', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    await refuses('worker01', await called(id), 'not_requester');
  });
  test('an uninvolved caller completes it once; the answer is frozen', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    const call = await called(id);
    const caller = await house.as('fu01');
    expect((await caller.do(api.followups.sheet, { id: call })).independence.every((one) => one.holds)).toBe(true);
    await caller.do(api.followups.complete, { id: call, ...answer });
    expect(await state(id)).toBe('resolved_confirmed');
    expect(await caller.try(api.followups.complete, { id: call, ...answer, answer: 'not_solved' })).toMatchObject({
      status: 409,
      code: 'call_done',
    });
    expect(await (await house.as('fu02')).try(api.followups.complete, { id: call, ...answer })).toMatchObject({
      status: 409,
    });
    await expect(house.program.pool.query('update followups.answer set satisfied = 1')).rejects.toThrow(
      /permission denied/,
    );
  });
  test('better is not solved: the person did not say so', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    await (await house.as('fu01')).do(api.followups.complete, {
      id: await called(id),
      ...answer,
      answer: 'better',
      satisfied: 3,
    });
    expect(await state(id)).toBe('reopened');
  });
  test('unclear decides nothing', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    await (await house.as('fu01')).do(api.followups.complete, {
      id: await called(id),
      ...answer,
      answer: 'unclear',
      satisfied: null,
    });
    expect(await state(id)).toBe('handled');
  });
});

describe('“solved” from a voice that is not the requester’s own closes nothing and stays in the mandatory frame (rules 3)', () => {
  const solved = (client: Client, asked: { number: string; code: string }) =>
    client.do(api.requests.judgeByCode, { number: asked.number, code: asked.code, solved: true });
  const mandatory = async (id: string): Promise<void> => {
    expect(await state(id)).toBe('handled');
    house.clock.forward(minute);
    await house.timers.run('followups.list_silent');
    const [call] = await house.sql<{ reason: string }>(
      'select reason from followups.call where request_id = $1 and done_at is null',
      [id],
    );
    expect(call?.reason).toBe('said_by_other');
    house.clock.forward(8 * day);
    await house.timers.run('followups.close_unverified');
    expect(await state(id)).toBe('handled');
  };
  test('an anonymous code', async () => {
    const asked = await house.given.request({ confidentiality: 'anonymous', until: 'handled' });
    expect(await solved(await house.visitor(), asked)).toEqual({ done: true, counted: false });
    await mandatory(asked.id);
  });
  test('the requester’s code typed on a device that acted for staff on it', async () => {
    const asked = await house.given.request({ until: 'handled' });
    const desk = await house.as('ho-l11');
    const person = await house.visitor();
    person.cookies.set('lm_device', desk.cookies.get('lm_device')!);
    expect(await solved(person, asked)).toEqual({ done: true, counted: false });
    await mandatory(asked.id);
  });
  test('the requester’s code while somebody else is signed in', async () => {
    const asked = await house.given.request({ until: 'handled' });
    expect(await solved(await house.as('worker02'), asked)).toEqual({ done: true, counted: false });
    await mandatory(asked.id);
  });
  test('the registrar, also where they registered it for themselves', async () => {
    const officer = await house.as('site01');
    const [person] = await house.sql<{ staff_no: string }>(
      'select staff_no from organization.person p join access.account a on a.person_id = p.id where a.login = $1',
      ['site01'],
    );
    const id = crypto.randomUUID();
    await officer.do(api.requests.register, {
      id,
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '板房没水。',
      confidentiality: 'open',
      channel: 'site_officer',
      requesterStaffNo: person!.staff_no,
    });
    const thread = await house.standing(id);
    const { caseId } = await (await house.as('disp01')).do(api.cases.dispatch, {
      id,
      version: thread.version,
      lineId: house.line('L11'),
      unitId: null,
    });
    await (await house.as('ho-l11')).do(api.cases.handled, {
      id: caseId,
      solution: 'solved',
      text: '水泵换好，试过有水。',
    });
    await officer.try(api.requests.judge, { id, solved: true });
    await mandatory(id);
  });
  test('a token can neither confirm, deny, rate nor complete a follow-up', async () => {
    const asked = await house.given.request({ until: 'handled' });
    const call = await called(asked.id);
    const program = await house.given.token(['requests:create', 'requests:read']);
    expect(await program.try(api.requests.judge, { id: asked.id, solved: true })).toMatchObject({
      status: 403,
      code: 'programs_cannot',
    });
    expect(await program.try(api.requests.judge, { id: asked.id, solved: false, why: '没有' })).toMatchObject({
      status: 403,
    });
    expect(await program.try(api.requests.rate, { id: asked.id, result: 5, speed: 5, attitude: 5 })).toMatchObject({
      status: 403,
    });
    expect(
      await program.try(api.requests.judgeByCode, { number: asked.number, code: asked.code, solved: true }),
    ).toMatchObject({ status: 403 });
    expect(
      await program.try(api.requests.rateByCode, {
        number: asked.number,
        code: asked.code,
        result: 5,
        speed: 5,
        attitude: 5,
      }),
    ).toMatchObject({ status: 403 });
    expect(await program.try(api.followups.complete, { id: call, ...answer })).toMatchObject({ status: 403 });
    expect(await state(asked.id)).toBe('handled');
  });
  test('the requester’s own code on their own phone counts', async () => {
    const asked = await house.given.request({ until: 'handled' });
    expect(await solved(await house.visitor(), asked)).toEqual({ done: true, counted: true });
    expect(await state(asked.id)).toBe('resolved_confirmed');
  });
});

describe('what a handler learns of the verification', () => {
  test('no follow-up answer, attempt or rating is shown to who handled it; who called is nobody’s business', async () => {
    const { id } = await house.given.request({ until: 'handled', callback: '13900000009' });
    const call = await called(id);
    const caller = await house.as('fu01');
    await caller.do(api.followups.attempt, { id: call, channel: 'phone', outcome: 'no_answer' });
    await caller.do(api.followups.complete, {
      id: call,
      ...answer,
      answer: 'not_solved',
      satisfied: 1,
      words: '打过电话但没来',
    });
    await (await house.as('worker01')).do(api.requests.rate, { id, result: 1, speed: 2, attitude: 3 });
    const thread = await (await house.as('ho-l11')).do(api.requests.thread, { id });
    expect(thread.entries.map((entry) => entry.kind)).not.toContain('followup_attempt');
    expect(thread.entries.map((entry) => entry.kind)).not.toContain('followup_answer');
    expect(thread.entries.map((entry) => entry.kind)).not.toContain('rated');
    expect(thread.rating).toBeNull();
    expect(JSON.stringify(thread)).not.toContain('随访专员');
  });
});

describe('reaching the person (rules 2)', () => {
  const at = (n: number, hour = 10): Date => new Date(Date.UTC(2026, 3, n, hour));
  const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
  const tries = (...list: [number, string, string?][]) =>
    list.map(([n, channel, outcome]) => ({ at: at(n), channel, outcome: outcome ?? 'no_answer' }));
  test.each<[string, ReturnType<typeof tries>, string | null, boolean]>([
    ['three on two days over both channels', tries([1, 'phone'], [1, 'thread'], [2, 'phone']), '139', true],
    ['three on one day', tries([1, 'phone'], [1, 'thread'], [1, 'phone']), '139', false],
    ['two on two days', tries([1, 'phone'], [2, 'thread']), '139', false],
    ['the thread left out', tries([1, 'phone'], [2, 'phone'], [3, 'phone']), '139', false],
    ['no number left: the thread is every channel', tries([1, 'thread'], [2, 'thread'], [2, 'thread']), null, true],
    [
      'a refusal reached the person and is no failed attempt',
      tries([1, 'phone'], [2, 'thread'], [2, 'phone', 'refused']),
      '139',
      false,
    ],
  ])('%s', (_, attempts, callback, enough) => {
    expect(reach(attempts, channelsLeft(callback), dayOf).enough).toBe(enough);
  });
});

describe('what is said to a caller stays with who verifies (rules 3)', () => {
  const words = '班长要我说好了，其实琥珀色的柜子还是坏的';
  const told = '柜门还关不上，请带锁来';
  /** The line, who leads it or the place, who dispatched: everybody who could hold it against the person. */
  const involved = ['ho-l11', 'u04-deputy', 'lead00', 'disp01'];
  const threads = async (id: string): Promise<string[]> =>
    Promise.all(
      involved.map(async (login) => JSON.stringify(await (await house.as(login)).do(api.requests.thread, { id }))),
    );

  test('the words with which something is denied reach the line only as the caller passes them on', async () => {
    const { id } = await house.given.request({ until: 'handled', callback: '13900000091', by: 'u04-w01' });
    const call = await called(id);
    await (await house.as('fu01')).do(api.followups.complete, {
      id: call,
      ...answer,
      answer: 'not_solved',
      words,
      forLine: told,
    });
    expect(await state(id)).toBe('reopened');
    for (const thread of await threads(id)) {
      expect(thread).not.toContain('琥珀色');
      expect(thread).toContain(told);
    }
    expect(JSON.stringify(await (await house.as('u04-w01')).do(api.requests.thread, { id }))).toContain('琥珀色');
  });

  test('why somebody withdrew is told to the caller who asks about it, and to nobody who could have pressed for it', async () => {
    const { id } = await house.given.request({ until: 'accepted', callback: '13900000092', by: 'u04-w01' });
    await (await house.as('u04-w01')).do(api.requests.withdraw, { id, why: words });
    for (const thread of await threads(id)) {
      expect(thread).not.toContain('琥珀色');
      expect(thread).toContain('"kind":"withdrawn"');
    }
    expect(JSON.stringify(await (await house.as('u04-w01')).do(api.requests.thread, { id }))).toContain('琥珀色');
    const [call] = await house.sql<{ id: string }>(
      'select id from followups.call where request_id = $1 and done_at is null',
      [id],
    );
    expect((await (await house.as('fu01')).do(api.followups.sheet, { id: call!.id })).withdrawnText).toBe(words);
    const involvedToo = await house.as('ho-l11');
    // Granted the calls beside their work, they are shown nothing of it either.
    expect((await involvedToo.do(api.followups.sheet, { id: call!.id })).withdrawnText).toBeNull();
  });
});
