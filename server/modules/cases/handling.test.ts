import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, day, type Given, type House, hour, minute, newCode, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const later = (ms: number): string => new Date(house.clock.now().getTime() + ms).toISOString();
const done = { solution: 'solved', text: '水泵换好了，两层龙头都试过，有水。' } as const;
const handler = () => house.as('ho-l11');

async function returned(times: number): Promise<Given> {
  const asked = await house.given.request({ until: 'dispatched' });
  for (let i = 1; i <= times; i++) {
    if (i > 1)
      await (await house.as('disp01')).do(api.cases.dispatch, {
        id: asked.id,
        version: (await house.standing(asked.id)).version,
        lineId: house.line('L11'),
        unitId: null,
      });
    await (await handler()).do(api.cases.return, {
      id: asked.caseId,
      reason: 'not_our_line',
      lineId: house.line('L10'),
      text: '不属本条线职责，应归物资条线',
    });
  }
  return asked;
}

describe('clocks (rules 4)', () => {
  test('acceptance changes no clock', async () => {
    const { id, caseId } = await house.given.request({ until: 'dispatched' });
    const before = await house.standing(id);
    house.clock.forward(7 * minute);
    await (await handler()).do(api.cases.accept, { id: caseId });
    const after = await house.standing(id);
    expect(after.dues).toEqual(before.dues);
    expect(after.clock).toEqual(before.clock);
  });
  test('made offline within two hours, the request counts from the device’s time and all clocks with it', async () => {
    const at = house.clock.now();
    const id = randomUUID();
    const created = await (await house.as('worker01')).do(api.requests.create, {
      id,
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '停水两小时了。',
      confidentiality: 'open',
      submittedAt: new Date(at.getTime() - 90 * minute).toISOString(),
      sentAt: at.toISOString(),
    });
    expect(new Date(created.contact)).toEqual(new Date(at.getTime() - 30 * minute));
    expect((await house.standing(id)).submittedAt).toBe(new Date(at.getTime() - 90 * minute).toISOString());
  });
  test('thirty minutes without acceptance is silent acceptance, and says so', async () => {
    const { id, caseId } = await house.given.request({ until: 'dispatched' });
    house.clock.forward(29 * minute);
    await house.timers.run('cases.silent_acceptance');
    expect((await house.standing(id)).work).toBe('dispatched');
    const before = (await house.standing(id)).dues;
    house.clock.forward(2 * minute);
    await house.timers.run('cases.silent_acceptance');
    const after = await house.standing(id);
    expect(after).toMatchObject({ work: 'accepted', silentlyAccepted: true, dues: before });
    expect(after.entries.at(-1)?.kind).toBe('silently_accepted');
    await (await handler()).do(api.cases.progress, { id: caseId, text: '正在修', contacted: false });
    expect((await house.standing(id)).silentlyAccepted).toBe(true);
  });
  test('ten minutes where urgent', async () => {
    const { id } = await house.given.request({ category: 'B04', line: 'L10', until: 'dispatched' });
    house.clock.forward(11 * minute);
    await house.timers.run('cases.silent_acceptance');
    expect((await house.standing(id)).silentlyAccepted).toBe(true);
  });
  test('an extension is asked before the due time, once, approved by another, and keeps the original due', async () => {
    const { id, caseId } = await house.given.request({ until: 'in_progress' });
    const before = await house.standing(id);
    const until = later(20 * hour);
    const { askId } = await (await handler()).do(api.cases.ask, {
      id: caseId,
      kind: 'extension',
      reasonCode: 'parts',
      text: '等配件',
      until,
    });
    expect(
      await (await handler()).try(api.cases.ask, {
        id: caseId,
        kind: 'extension',
        reasonCode: 'parts',
        text: '再等',
        until,
      }),
    ).toMatchObject({ status: 409, code: 'ask_pending' });
    expect((await (await handler()).try(api.cases.decide, { id: askId, approve: true })).status).toBe(403);
    expect((await (await house.as('lead04')).try(api.cases.decide, { id: askId, approve: true })).status).toBe(403);
    await (await house.as('disp00')).do(api.cases.decide, { id: askId, approve: true });
    const after = await house.standing(id);
    expect(after.clock).toMatchObject({ kind: 'resolve', due: until, originalDue: before.dues.resolve });
    expect(after.dues.resolve).toBe(before.dues.resolve);
    expect(
      await (await handler()).try(api.cases.ask, {
        id: caseId,
        kind: 'extension',
        reasonCode: 'parts',
        text: '又等',
        until: later(40 * hour),
      }),
    ).toMatchObject({ status: 409, code: 'extended_once' });
    house.clock.forward(21 * hour);
    await (await handler()).do(api.cases.handled, { id: caseId, ...done });
    const handled = (await house.standing(id)).entries.find((entry) => entry.kind === 'handled');
    expect(handled?.data.onTime).toBe(false);
  });
  test('an extension cannot be asked after the due time, nor for an earlier time', async () => {
    const { caseId } = await house.given.request({ until: 'in_progress' });
    expect(
      await (await handler()).try(api.cases.ask, {
        id: caseId,
        kind: 'extension',
        reasonCode: 'parts',
        text: '等配件',
        until: later(hour),
      }),
    ).toMatchObject({ status: 422, code: 'not_after_due' });
    house.clock.forward(9 * hour);
    expect(
      await (await handler()).try(api.cases.ask, {
        id: caseId,
        kind: 'extension',
        reasonCode: 'parts',
        text: '等配件',
        until: later(20 * hour),
      }),
    ).toMatchObject({ status: 409, code: 'after_due' });
  });
  test('who asked cannot decide, even with the right to approve', async () => {
    const [account] = await house.sql<{ id: string }>(`select id from access.account where login = 'disp00'`);
    await (await house.as('sec01')).do(api.access.grant, {
      id: account!.id,
      role: 'handler',
      nodeId: house.dir.groupNode.id,
      lineId: house.line('L11'),
    });
    const { caseId } = await house.given.request({ until: 'in_progress' });
    const arbiter = await house.as('disp00');
    const { askId } = await arbiter.do(api.cases.ask, {
      id: caseId,
      kind: 'extension',
      reasonCode: 'parts',
      text: '等配件',
      until: later(20 * hour),
    });
    expect(await arbiter.try(api.cases.decide, { id: askId, approve: true })).toMatchObject({
      status: 403,
      code: 'own_ask',
    });
    const { caseId: other } = await house.given.request({ until: 'in_progress' });
    const asked = await (await handler()).do(api.cases.ask, {
      id: other,
      kind: 'extension',
      reasonCode: 'parts',
      text: '等配件',
      until: later(20 * hour),
    });
    expect(await arbiter.try(api.cases.decide, { id: asked.askId, approve: true })).toMatchObject({
      status: 403,
      code: 'same_line',
    });
    const grants = await house.sql<{ id: string }>(
      `select g.id from access.grant_ g where g.account_id = $1 and g.role = 'handler'`,
      [account!.id],
    );
    await (await house.as('sec01')).do(api.access.revoke, { id: grants[0]!.id });
  });
  test('a suspension is 72 hours at most, stands the clock still, ends by itself and keeps the original due', async () => {
    const { id, caseId } = await house.given.request({ until: 'in_progress' });
    const before = await house.standing(id);
    expect(
      await (await handler()).try(api.cases.ask, {
        id: caseId,
        kind: 'suspension',
        reasonCode: 'policy',
        text: '封控',
        until: later(72 * hour + minute),
      }),
    ).toMatchObject({ status: 422, code: 'too_long' });
    const { askId } = await (await handler()).do(api.cases.ask, {
      id: caseId,
      kind: 'suspension',
      reasonCode: 'policy',
      text: '封控',
      until: later(72 * hour),
    });
    await (await house.as('disp00')).do(api.cases.decide, { id: askId, approve: true });
    const during = await house.standing(id);
    expect(during).toMatchObject({ work: 'suspended', clock: { paused: true, originalDue: before.dues.resolve } });
    house.clock.forward(72 * hour + minute);
    await house.timers.run('cases.suspensions_over');
    const after = await house.standing(id);
    expect(after).toMatchObject({ work: 'in_progress', clock: { paused: false, originalDue: before.dues.resolve } });
    expect(new Date(after.clock!.due).getTime()).toBe(new Date(before.dues.resolve).getTime() + 72 * hour);
  });
  test('a nudge is counted and resets nothing; the third goes one level up', async () => {
    const { id } = await house.given.request({ until: 'accepted' });
    const before = await house.standing(id);
    const worker = await house.as('worker01');
    for (const n of [1, 2, 3])
      expect(await worker.do(api.requests.nudge, { id, text: '请快一点' })).toEqual({ nudges: n });
    const after = await house.standing(id);
    expect(after).toMatchObject({ nudges: 3, dues: before.dues, clock: before.clock });
    expect(after.entries.filter((entry) => entry.kind === 'nudged').map((entry) => entry.data.upward)).toEqual([
      false,
      false,
      true,
    ]);
  });
  test('a nudge by telephone counts as one, and the call as a nudge', async () => {
    const { id } = await house.given.request({ until: 'accepted' });
    const operator = await house.as('op01');
    const { contactId } = await operator.do(api.hotline.caller, {});
    await operator.do(api.hotline.close, { id: contactId, outcome: 'nudge', requestId: id });
    expect((await house.standing(id)).nudges).toBe(1);
  });
  test('mending the category redates from the same submission', async () => {
    const { id } = await house.given.request({ category: 'A04' });
    house.clock.forward(10 * minute);
    const before = await house.standing(id);
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id,
      version: before.version,
      categoryId: house.category('A02'),
    });
    const after = await house.standing(id);
    expect(after.submittedAt).toBe(before.submittedAt);
    expect(new Date(after.dues.resolve).getTime() - new Date(after.submittedAt).getTime()).toBe(8 * hour);
    expect(new Date(after.dues.triage).getTime() - new Date(after.submittedAt).getTime()).toBe(15 * minute);
  });
});

describe('more time, asked for and decided (rules 4)', () => {
  const asks = async (caseId: string, kind: 'extension' | 'suspension', until: string): Promise<string> =>
    (await (await handler()).do(api.cases.ask, { id: caseId, kind, reasonCode: 'parts', text: '等配件到货', until }))
      .askId;
  const decide = async (id: string, approve: boolean) =>
    (await house.as('disp00')).try(api.cases.decide, { id, approve });

  test('a time that has passed meanwhile can only be refused: a pause that is over never makes the due earlier', async () => {
    const { id, caseId } = await house.given.request({ until: 'in_progress' });
    const before = (await house.standing(id)).dues;
    const askId = await asks(caseId, 'suspension', later(hour));
    house.clock.forward(2 * hour);
    expect(await decide(askId, true)).toMatchObject({ status: 422, code: 'in_the_past' });
    expect((await house.standing(id)).dues).toEqual(before);
    expect(await decide(askId, false)).toMatchObject({ status: 200 });
  });
  test('what a line asked for lapses when it returns the case, and the next line may ask', async () => {
    const { id, caseId } = await house.given.request({ until: 'accepted' });
    const askId = await asks(caseId, 'extension', later(30 * hour));
    await (await handler()).do(api.cases.return, {
      id: caseId,
      reason: 'not_our_line',
      lineId: house.line('L10'),
      text: '不属本条线职责，应归物资条线',
    });
    expect(await decide(askId, true)).toMatchObject({ status: 409 });
    await (await house.as('disp01')).do(api.cases.dispatch, {
      id,
      version: (await house.standing(id)).version,
      lineId: house.line('L10'),
      unitId: null,
    });
    const next = await house.as('ho-l10');
    await next.do(api.cases.accept, { id: caseId });
    const asked = {
      id: caseId,
      kind: 'extension',
      reasonCode: 'parts',
      text: '等配件',
      until: later(30 * hour),
    } as const;
    expect(await next.try(api.cases.ask, asked)).toMatchObject({ status: 200 });
  });
  test('mending the priority takes back no extension that was granted', async () => {
    const { id, caseId } = await house.given.request({ until: 'in_progress' });
    const until = later(20 * hour);
    await decide(await asks(caseId, 'extension', until), true);
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id,
      version: (await house.standing(id)).version,
      priority: 'urgent',
    });
    expect((await house.standing(id)).dues.resolveNow).toBe(until);
  });
  test('the due of a confidential request is told to who decides to the hour only (rules 6)', async () => {
    const { id, caseId } = await house.given.request({
      until: 'in_progress',
      unit: 'U04',
      confidentiality: 'confidential',
    });
    await (await house.as('u04-l11')).do(api.cases.ask, {
      id: caseId,
      kind: 'extension',
      reasonCode: 'parts',
      text: '等配件到货',
      until: later(30 * hour),
    });
    const { asks: listed } = await (await house.as('lead04')).do(api.cases.asks, {});
    const one = listed.find((ask) => ask.requestId === id)!;
    expect(new Date(one.due).getTime() % hour).toBe(0);
  });
});

describe('a case is as urgent as the most urgent need in it (rules 4)', () => {
  const priorityOf = async (caseId: string): Promise<string> =>
    (await house.sql<{ priority: string }>('select priority from cases.case_file where id = $1', [caseId]))[0]!
      .priority;

  test('a denial raises both', async () => {
    const { id, caseId } = await house.given.request({ until: 'handled' });
    expect(await priorityOf(caseId)).toBe('high');
    await (await house.as('worker01')).do(api.requests.judge, { id, solved: false, why: '还是没水' });
    expect(await priorityOf(caseId)).toBe('urgent');
  });
  test('an urgent need that joins makes the silence ten minutes long', async () => {
    const calm = await house.given.request({ until: 'dispatched' });
    const pressing = await house.given.request();
    const desk = await house.as('disp01');
    await desk.do(api.requests.setFacts, {
      id: pressing.id,
      version: (await house.standing(pressing.id)).version,
      priority: 'urgent',
    });
    await desk.do(api.cases.join, {
      id: pressing.id,
      version: (await house.standing(pressing.id)).version,
      intoRequestId: calm.id,
    });
    house.clock.forward(11 * minute);
    await house.timers.run('cases.silent_acceptance');
    expect((await house.standing(calm.id)).silentlyAccepted).toBe(true);
    await (await house.as('worker01')).do(api.requests.withdraw, { id: pressing.id });
    expect(await priorityOf(calm.caseId)).toBe('high');
  });
  test('a priority the dispatcher mends afterwards is the case’s too', async () => {
    const { id, caseId } = await house.given.request({ until: 'dispatched' });
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id,
      version: (await house.standing(id)).version,
      priority: 'urgent',
    });
    expect(await priorityOf(caseId)).toBe('urgent');
  });
});

test('a reply stops the contact clock only: what waits for the dispatcher is due there as it was (rules 4)', async () => {
  const asked = await house.given.request();
  await (await house.as('disp01')).do(api.requests.message, { id: asked.id, text: '请问是几号楼？' });
  await (await house.as('worker01')).do(api.requests.message, { id: asked.id, text: '生活区全部' });
  const standing = await house.standing(asked.id);
  expect(standing.dues.contactedAt).not.toBeNull();
  const [row] = await house.sql<{ next_due: Date }>('select next_due from requests.request where id = $1', [asked.id]);
  expect(row!.next_due.toISOString()).toBe(standing.dues.triage);
});

describe('returns (rules 4)', () => {
  test('two at most, each with a reason; then only the arbiter may assign', async () => {
    const asked = await returned(2);
    const standing = await house.standing(asked.id);
    expect(standing).toMatchObject({ returns: 2, work: 'returned', can: { dispatch: false } });
    expect(
      await (await house.as('disp01')).try(api.cases.dispatch, {
        id: asked.id,
        version: standing.version,
        lineId: house.line('L11'),
        unitId: null,
      }),
    ).toMatchObject({ status: 409, code: 'two_returns' });
    expect(
      (
        await (
          await house.as('disp01')
        ).try(api.cases.arbitrate, {
          id: asked.id,
          version: standing.version,
          lineId: house.line('L11'),
          unitId: null,
          note: '由后勤办',
        })
      ).status,
    ).toBe(403);
    expect(
      (await house.sql('select return_reason from cases.assignment where case_id = $1', [asked.caseId])).every(
        (row) => row.return_reason === 'not_our_line',
      ),
    ).toBe(true);
  });
  test('what the arbiter assigned cannot be returned', async () => {
    const asked = await returned(2);
    await (await house.as('disp00')).do(api.cases.arbitrate, {
      id: asked.id,
      version: (await house.standing(asked.id)).version,
      lineId: house.line('L11'),
      unitId: null,
      note: '由后勤办',
    });
    expect(
      await (await handler()).try(api.cases.return, {
        id: asked.caseId,
        reason: 'not_our_line',
        lineId: house.line('L10'),
        text: '还是不属本条线，请再看一遍',
      }),
    ).toMatchObject({ status: 409, code: 'arbitrated' });
    await (await handler()).do(api.cases.handled, { id: asked.caseId, ...done });
  });
  test('the arbiter cannot step in before two returns', async () => {
    const asked = await returned(1);
    expect(
      (
        await (
          await house.as('disp00')
        ).try(api.cases.arbitrate, {
          id: asked.id,
          version: (await house.standing(asked.id)).version,
          lineId: house.line('L11'),
          unitId: null,
          note: '由后勤办',
        })
      ).status,
    ).toBe(409);
  });
  test('the dispatcher’s clock never stopped: after a return it is due as it always was', async () => {
    const asked = await house.given.request({ until: 'dispatched' });
    const { triage } = (await house.standing(asked.id)).dues;
    house.clock.forward(20 * minute);
    await (await handler()).do(api.cases.return, {
      id: asked.caseId,
      reason: 'needs_facts',
      missing: ['place'],
      text: '没有写清楚是哪一栋楼',
    });
    expect((await house.standing(asked.id)).clock).toMatchObject({ kind: 'triage', due: triage });
  });
  test('work that has begun is not returned', async () => {
    const { caseId } = await house.given.request({ until: 'in_progress' });
    expect(
      (await (await handler()).try(api.cases.return, { id: caseId, reason: 'other', text: '这一件实在是不想办了' }))
        .status,
    ).toBe(409);
  });
  test('the database itself refuses a third return', async () => {
    const { caseId } = await house.given.request({ until: 'dispatched' });
    await expect(house.sql('update cases.case_file set returns = 3 where id = $1', [caseId])).rejects.toThrow(
      /case_file_returns_check/,
    );
  });
});

describe('only the line and place it was dispatched to handles it', () => {
  test('another line, another unit’s handler, head office for a unit’s case: refused', async () => {
    const { caseId } = await house.given.request({ until: 'dispatched', unit: 'U04' });
    for (const login of ['ho-l10', 'u05-l11', 'ho-l11', 'hand11'])
      expect(await (await house.as(login)).try(api.cases.accept, { id: caseId })).toMatchObject({
        status: 403,
        code: 'not_handler',
      });
    await (await house.as('u04-l11')).do(api.cases.accept, { id: caseId });
  });
  test('a dispatched case is taken back before anyone accepted it, not after', async () => {
    const waiting = await house.given.request({ until: 'dispatched' });
    await (await house.as('disp01')).do(api.cases.takeBack, { id: waiting.caseId, reason: '派错了' });
    expect((await house.standing(waiting.id)).work).toBe('returned');
    const accepted = await house.given.request({ until: 'accepted' });
    expect(
      (await (await house.as('disp01')).try(api.cases.takeBack, { id: accepted.caseId, reason: '派错了' })).status,
    ).toBe(409);
  });
});

describe('two people act on one request', () => {
  test('two dispatchers at once: one wins, the other is told how it stands now', async () => {
    const { id } = await house.given.request();
    const { version } = await house.standing(id);
    const [one, two] = [await house.as('disp01'), await house.as('disp02')];
    const replies = await Promise.all(
      [one, two].map((who) => who.try(api.cases.dispatch, { id, version, lineId: house.line('L11'), unitId: null })),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
    const lost = replies.find((reply) => reply.status === 409)!;
    expect(lost.code).toBe('stale');
    expect(lost.problem.current).toMatchObject({ id, work: 'dispatched', version: version + 1 });
    expect(
      await house.sql(
        'select id from cases.assignment where case_id in (select case_id from requests.request where id = $1)',
        [id],
      ),
    ).toHaveLength(1);
  });
  test('eight handlers accept at once: one accepted, seven are refused', async () => {
    const { caseId } = await house.given.request({ until: 'dispatched' });
    const two = [await handler(), await house.as('hand11')];
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, i) => two[i % 2]!.try(api.cases.accept, { id: caseId })),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.status === 409)).toHaveLength(7);
  });
  test('requester confirms while a caller records a denial: exactly one verdict stands', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    const [call] = await house.sql<{ id: string }>(
      'select id from followups.call where request_id = $1 and done_at is null',
      [id],
    );
    const [worker, caller] = [await house.as('worker01'), await house.as('fu01')];
    await Promise.all([
      worker.try(api.requests.judge, { id, solved: true }),
      caller.try(api.followups.complete, {
        id: call!.id,
        contacted: true,
        answer: 'not_solved',
        satisfied: 1,
        speed: 1,
        attitude: 1,
        words: '没有解决',
      }),
    ]);
    const { state, entries } = await house.standing(id);
    const verdicts = entries.filter((entry) => ['solved', 'not_solved'].includes(entry.kind));
    expect(['resolved_confirmed', 'reopened']).toContain(state);
    expect(verdicts.at(-1)?.kind).toBe(state === 'reopened' ? 'not_solved' : 'solved');
  });
  test('withdrawn at the moment it is handled: need and work agree, whoever was first', async () => {
    for (let round = 0; round < 4; round++) {
      const { id, caseId } = await house.given.request({ until: 'in_progress' });
      const replies = await Promise.all([
        (await house.as('worker01')).try(api.requests.withdraw, { id }),
        (await handler()).try(api.cases.handled, { id: caseId, ...done }),
      ]);
      expect(replies.filter((reply) => reply.status >= 500)).toEqual([]);
      expect(replies[0].status).toBe(200);
      expect((await house.standing(id)).state).toBe('withdrawn');
      const [file] = await house.sql<{ state: string }>('select state from cases.case_file where id = $1', [caseId]);
      expect(file!.state).toBe(replies[1].status === 200 ? 'handled' : 'ended');
    }
  });
  test('a stale page is told, whatever it wanted to change', async () => {
    const { id } = await house.given.request();
    const { version } = await house.standing(id);
    const desk = await house.as('disp01');
    await desk.do(api.requests.setFacts, { id, version, priority: 'urgent' });
    expect(await desk.try(api.requests.setFacts, { id, version, priority: 'normal24' })).toMatchObject({
      status: 409,
      code: 'stale',
      problem: { current: { version: version + 1 } },
    });
    expect(await desk.try(api.requests.answer, { id, version, text: '今晚八点恢复' })).toMatchObject({
      status: 409,
      code: 'stale',
    });
    expect(await desk.try(api.requests.moveToSealed, { id, version, to: 'care' })).toMatchObject({
      status: 409,
      code: 'stale',
    });
  });
});

test('time by itself may run twice and does no harm', async () => {
  const { id } = await house.given.request({ until: 'dispatched' });
  house.clock.forward(2 * day);
  for (const name of [
    'cases.silent_acceptance',
    'cases.suspensions_over',
    'followups.list_silent',
    'followups.close_unverified',
    'files.sweep',
    'platform.forget_answers',
    'hotline.drop_forgotten',
  ]) {
    await house.timers.run(name);
    const once = await house.standing(id);
    await house.timers.run(name);
    expect(await house.standing(id)).toEqual(once);
  }
});
