import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Given, type House, hour, minute, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const desk = () => house.as('disp01');
const handler = () => house.as('ho-l11');
const versionOf = async (id: string): Promise<number> => (await house.standing(id)).version;
const caseState = async (caseId: string): Promise<string> =>
  (await house.sql<{ state: string }>('select state from cases.case_file where id = $1', [caseId]))[0]!.state;

/** Two needs, two people, one case with line L11. */
async function pair(): Promise<[Given, Given]> {
  const first = await house.given.request({ until: 'dispatched' });
  const second = await house.given.request({ by: 'worker02' });
  await (await desk()).do(api.cases.join, {
    id: second.id,
    version: await versionOf(second.id),
    intoRequestId: first.id,
  });
  return [first, { ...second, caseId: first.caseId }];
}
const sendBack = async (one: Given): Promise<void> =>
  void (await (
    await handler()
  ).do(api.cases.return, {
    id: one.caseId,
    reason: 'not_our_line',
    lineId: house.line('L10'),
    text: '不属本条线职责，应归物资条线',
  }));
const dispatchTo = async (one: Given, line: string) =>
  (await desk()).try(api.cases.dispatch, {
    id: one.id,
    version: await versionOf(one.id),
    lineId: house.line(line),
    unitId: null,
  });
const answer = async (one: Given): Promise<void> =>
  void (await (
    await desk()
  ).do(api.requests.answer, {
    id: one.id,
    version: await versionOf(one.id),
    text: '今晚八点恢复供水。',
  }));
const withdraw = async (one: Given, by = 'worker01'): Promise<void> =>
  void (await (await house.as(by)).do(api.requests.withdraw, { id: one.id }));
/** A caller hears that the withdrawal was pressed. */
async function pressed(one: Given): Promise<void> {
  const [call] = await house.sql<{ id: string }>(
    'select id from followups.call where request_id = $1 and done_at is null',
    [one.id],
  );
  await (await house.as('fu01')).do(api.followups.complete, {
    id: call!.id,
    contacted: true,
    answer: 'not_solved',
    satisfied: 1,
    speed: 1,
    attitude: 1,
    words: '班长叫我撤的',
  });
}

describe('a request denied after its case went to another line is where its case is', () => {
  test('withdrawn, the case returned and accepted by another line: that line handles it, the first no longer sees it', async () => {
    const [first, second] = await pair();
    await withdraw(first);
    await sendBack(second);
    expect((await dispatchTo(second, 'L10')).status).toBe(200);
    const next = await house.as('ho-l10');
    await next.do(api.cases.accept, { id: second.caseId });
    await pressed(first);
    const { handler: label } = await house.standing(second.id);
    expect(await house.standing(first.id)).toMatchObject({
      state: 'reopened',
      work: 'accepted',
      lineId: house.line('L10'),
      handler: label,
    });
    expect((await (await handler()).try(api.requests.thread, { id: first.id })).status).toBe(404);
    expect((await next.do(api.requests.thread, { id: first.id })).can.handle).toBe(true);
    await next.do(api.cases.handled, { id: first.caseId, solution: 'solved', text: '水泵换好，试过有水。' });
    expect((await house.standing(first.id)).state).toBe('handled');
  });
  test('answered by the desk, the case dispatched to another line: the dispatcher takes both back', async () => {
    const [first, second] = await pair();
    await sendBack(first);
    await answer(first);
    expect((await dispatchTo(second, 'L10')).status).toBe(200);
    await (await house.as('worker01')).do(api.requests.judge, { id: first.id, solved: false, why: '没有恢复' });
    expect(await house.standing(first.id)).toMatchObject({
      work: 'dispatched',
      lineId: house.line('L10'),
      handler: null,
      can: { takeBack: true },
    });
    await (await desk()).do(api.cases.takeBack, { id: first.caseId, reason: '派错了' });
    for (const one of [first, second]) expect((await house.standing(one.id)).work).toBe('returned');
  });
});

describe('a case goes outside what any of its requests names (rules 6)', () => {
  const names = async (one: Given, line: string): Promise<void> =>
    void (await (
      await desk()
    ).do(api.requests.setFacts, {
      id: one.id,
      version: await versionOf(one.id),
      aboutLineId: house.line(line),
    }));

  test('whichever of them is dispatched, and by the arbiter too', async () => {
    const [first, second] = await pair();
    await names(second, 'L10');
    await sendBack(first);
    expect(await dispatchTo(first, 'L10')).toMatchObject({ status: 409, code: 'names_this_line' });
    for (const one of [first, second])
      expect(await house.standing(one.id)).toMatchObject({ work: 'returned', lineId: house.line('L11') });
    expect((await dispatchTo(first, 'L11')).status).toBe(200);
    await sendBack(first);
    expect(
      await (await house.as('disp00')).try(api.cases.arbitrate, {
        id: first.id,
        version: await versionOf(first.id),
        lineId: house.line('L10'),
        unitId: null,
        note: '由此条线办',
      }),
    ).toMatchObject({ status: 409, code: 'names_this_line' });
  });
  test('one that is answered meanwhile counts: its denial would bring it there', async () => {
    const [first, second] = await pair();
    await names(second, 'L10');
    await sendBack(first);
    await answer(second);
    expect(await dispatchTo(first, 'L10')).toMatchObject({ status: 409, code: 'names_this_line' });
    expect((await dispatchTo(first, 'L11')).status).toBe(200);
  });
});

describe('work that ended before anyone accepted it', () => {
  test('is offered anew when the need comes back: it may be returned or taken back, and its silence counts from now', async () => {
    const asked = await house.given.request({ until: 'dispatched' });
    await withdraw(asked);
    house.clock.forward(2 * hour);
    await pressed(asked);
    await house.timers.run('cases.silent_acceptance');
    expect(await house.standing(asked.id)).toMatchObject({
      state: 'reopened',
      work: 'dispatched',
      can: { takeBack: true },
    });
    expect((await (await handler()).do(api.requests.thread, { id: asked.id })).can).toMatchObject({
      accept: true,
      return: true,
    });
    house.clock.forward(31 * minute);
    await house.timers.run('cases.silent_acceptance');
    expect((await house.standing(asked.id)).silentlyAccepted).toBe(true);
    await sendBack(asked);
    expect((await dispatchTo(asked, 'L10')).status).toBe(200);
  });
  test('also where a need answered by the desk kept the case from ending', async () => {
    const [first, second] = await pair();
    await sendBack(first);
    await answer(first);
    expect((await dispatchTo(second, 'L11')).status).toBe(200);
    await withdraw(second, 'worker02');
    expect(await caseState(first.caseId)).toBe('handled');
    await (await house.as('worker01')).do(api.requests.judge, { id: first.id, solved: false, why: '没有恢复' });
    expect((await house.standing(first.id)).work).toBe('dispatched');
    expect(await caseState(first.caseId)).toBe('dispatched');
  });
});

describe('more time is asked for the requests in hand', () => {
  const ask = async (caseId: string, text = '等配件到货'): Promise<string> =>
    (
      await (
        await handler()
      ).do(api.cases.ask, {
        id: caseId,
        kind: 'extension',
        reasonCode: 'parts',
        text,
        until: new Date(house.clock.now().getTime() + 30 * hour).toISOString(),
      })
    ).askId;
  const asked = async (one: Given): Promise<boolean> => (await house.standing(one.id)).asked;

  test('a withdrawn one waits for no decision, its sibling does; denied or joined, a request waits again', async () => {
    const [first, second] = await pair();
    await (await handler()).do(api.cases.accept, { id: first.caseId });
    const askId = await ask(first.caseId);
    expect([await asked(first), await asked(second)]).toEqual([true, true]);
    await withdraw(first);
    expect([await asked(first), await asked(second)]).toEqual([false, true]);
    const arbiter = await house.as('disp00');
    expect((await arbiter.do(api.cases.asks, {})).asks.find((one) => one.id === askId)?.requestId).toBe(second.id);
    expect(await arbiter.do(api.requests.thread, { id: first.id })).toMatchObject({
      ask: null,
      can: { decideAsk: false },
    });
    expect(await arbiter.do(api.requests.thread, { id: second.id })).toMatchObject({
      ask: { id: askId },
      can: { decideAsk: true },
    });
    await pressed(first);
    const third = await house.given.request();
    await (await desk()).do(api.cases.join, {
      id: third.id,
      version: await versionOf(third.id),
      intoRequestId: second.id,
    });
    expect([await asked(first), await asked(third)]).toEqual([true, true]);
    await arbiter.do(api.cases.decide, { id: askId, approve: false });
    for (const one of [first, second, third]) expect(await asked(one)).toBe(false);
  });
  test('withdrawn alone, it waits for no decision either', async () => {
    const one = await house.given.request({ until: 'in_progress' });
    await ask(one.caseId);
    await withdraw(one);
    expect(await asked(one)).toBe(false);
  });
  test('on a health matter the handler’s words are for those who may read it; all others see that and until when', async () => {
    const words = '等家属把降压药带来';
    const one = await house.given.request({ category: 'C03', until: 'in_progress' });
    const askId = await ask(one.caseId, words);
    expect((await (await handler()).do(api.requests.thread, { id: one.id })).ask).toMatchObject({ reason: words });
    for (const login of ['disp01', 'disp00', 'site01', 'lead04']) {
      const thread = await (await house.as(login)).do(api.requests.thread, { id: one.id });
      expect(thread.ask, login).toMatchObject({ id: askId, kind: 'extension', reason: '' });
      expect(JSON.stringify(thread), login).not.toContain(words);
    }
    const { asks } = await (await house.as('disp00')).do(api.cases.asks, {});
    expect(asks.find((row) => row.id === askId)?.text).toBe('');
  });
  test('programs learn nothing of it', async () => {
    const one = await house.given.request({ until: 'in_progress' });
    await ask(one.caseId);
    const program = await house.given.token(['requests:read']);
    expect(await program.do(api.requests.thread, { id: one.id })).toMatchObject({ number: one.number, ask: null });
    expect((await (await desk()).do(api.requests.thread, { id: one.id })).ask?.reason).toBe('等配件到货');
  });
});

describe('what time does, case after case', () => {
  test.each([
    ['cases.silent_acceptance', 'dispatched', 'accepted'],
    ['cases.suspensions_over', 'suspended', 'in_progress'],
  ])('%s: one that fails stops none behind it, and is told', async (timer, before, after) => {
    const [bad, good] = [
      await house.given.request({ until: 'dispatched' }),
      await house.given.request({ until: 'dispatched' }),
    ];
    const at = house.clock.now();
    for (const [one, minutes] of [
      [bad, 90],
      [good, 80],
    ] as const)
      await house.sql(
        'update cases.case_file set state = $2, dispatched_at = $3, suspended_until = $3, silently_accepted = false where id = $1',
        [one.caseId, before, new Date(at.getTime() - minutes * minute)],
      );
    await house.sql(
      `create function cases.fails() returns trigger language plpgsql as $$ begin raise 'this one fails'; end $$;
       create trigger fails before update on cases.case_file for each row when (old.id = '${bad.caseId}') execute function cases.fails();`,
    );
    await expect(house.timers.run(timer)).rejects.toThrow(/1 of \d+ failed.*this one fails/);
    await house.sql('drop trigger fails on cases.case_file; drop function cases.fails()');
    expect([await caseState(bad.caseId), await caseState(good.caseId)]).toEqual([before, after]);
    await house.timers.run(timer);
    expect(await caseState(bad.caseId)).toBe(after);
  });
  test('a case in which nobody waits any more is no failure', async () => {
    const one = await house.given.request({ until: 'dispatched' });
    await house.sql(`update requests.request set state = 'withdrawn', closed_at = now() where id = $1`, [one.id]);
    house.clock.forward(31 * minute);
    await house.timers.run('cases.silent_acceptance');
    expect(await caseState(one.caseId)).toBe('accepted');
  });
});
