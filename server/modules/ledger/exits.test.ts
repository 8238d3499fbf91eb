import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerEntry, LedgerRow } from '../../../contract/ledger.ts';
import { api, type Client, day, type Given, type House, hour, minute, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const why = '水龙头还是没有水，洗漱用不了。';
const reason = '备件要从外省调货，本周到不了工地。';
const plan = '到货当天换泵，并请本人到场试水。';

/** A need that was done and denied; its entry as the line reads it. */
async function denied(wanted: Parameters<House['given']['request']>[0] = {}): Promise<Given & { entryId: string }> {
  const given = await house.given.request({ ...wanted, until: 'handled' });
  await (await house.as(wanted.by ?? 'worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
  return { ...given, entryId: await entryOf(given.id) };
}
async function entryOf(requestId: string): Promise<string> {
  return (await house.standing(requestId)).dissatisfaction!.entryId!;
}
/** The entry once the journal is read: what was asked again adds its voice, and a version, behind it. */
const entry = async (id: string, login = 'disp01'): Promise<LedgerEntry> => {
  await house.settled();
  return (await house.as(login)).do(api.ledger.entry, { id });
};
const line = (): Promise<Client> => house.as('ho-l11');
const leader = (): Promise<Client> => house.as('u04-deputy');
const inDays = (n: number): string => new Date(house.clock.now().getTime() + n * day).toISOString();

async function deferred(given: { entryId: string }, days = 5): Promise<string> {
  const { version } = await entry(given.entryId);
  const { measureId } = await (await line()).do(api.ledger.proposeDeferral, {
    id: given.entryId,
    version,
    reason,
    plan,
    until: inDays(days),
  });
  await (await leader()).do(api.ledger.decide, { id: measureId, approve: true });
  return measureId;
}
async function handledAgain(given: Given): Promise<void> {
  await (await line()).do(api.cases.progress, { id: given.caseId, text: '又去看了一次，换了阀门。', contacted: true });
  await (await line()).do(api.cases.handled, {
    id: given.caseId,
    solution: 'solved',
    text: '阀门换好了，两层都试过有水。',
  });
}

describe('every dissatisfaction opens one entry, in the transaction in which it was said', () => {
  test('a denial opens it; a second denial adds to it', async () => {
    const given = await denied();
    const first = await entry(given.entryId);
    expect(first).toMatchObject({ state: 'open', source: 'denial', voices: 1, reopens: 1, exit: null });
    expect(first.request.number).toBe(given.number);
    await handledAgain(given);
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
    expect(await entryOf(given.id)).toBe(given.entryId);
    expect(await entry(given.entryId)).toMatchObject({ state: 'open', voices: 2, reopens: 2 });
  });

  test('"better" and "not solved" at the follow-up open one', async () => {
    for (const answer of ['better', 'not_solved'] as const) {
      const given = await house.given.request({ until: 'handled' });
      house.clock.forward(25 * hour);
      await house.timers.run('followups.list_silent');
      const caller = await house.as('fu01');
      const calls = await caller.do(api.followups.list, { limit: 200 });
      const call = calls.rows.find((row) => row.requestId === given.id)!;
      await caller.do(api.followups.complete, {
        id: call.id,
        contacted: true,
        answer,
        satisfied: 3,
        speed: 3,
        attitude: 3,
        words: '只好了一点。',
      });
      expect(await entry(await entryOf(given.id))).toMatchObject({ source: 'followup', state: 'open' });
    }
  });

  test('a mark of 1 or 2 for the result opens one also after "solved", and the person who gave it may take it back', async () => {
    const given = await house.given.request({ until: 'confirmed' });
    const worker = await house.as('worker01');
    await worker.do(api.requests.rate, { id: given.id, result: 2, speed: 4, attitude: 4 });
    const id = await entryOf(given.id);
    expect(await entry(id)).toMatchObject({ source: 'rating', state: 'open' });
    expect((await house.standing(given.id)).state).toBe('resolved_confirmed');
    await worker.do(api.requests.rate, { id: given.id, result: 4, speed: 4, attitude: 4 });
    expect(await entry(id)).toMatchObject({ state: 'closed', exit: 'redone' });
  });

  test('a relapse and an objection to an unverified closing open one', async () => {
    const relapsed = await house.given.request({ until: 'confirmed' });
    house.clock.forward(2 * day);
    await (await house.as('worker01')).do(api.requests.judge, { id: relapsed.id, solved: false, why });
    expect(await entry(await entryOf(relapsed.id))).toMatchObject({ source: 'relapse' });

    const silent = await house.given.request({ until: 'handled' });
    await house.sql(`update requests.request set state = 'closed_unverified', closed_at = now() where id = $1`, [
      silent.id,
    ]);
    await (await house.as('worker01')).do(api.requests.judge, { id: silent.id, solved: false, why });
    expect(await entry(await entryOf(silent.id))).toMatchObject({ source: 'objection' });
  });

  test('the second reopening raises a supervised task and the third a hard problem, each once however often it is asked', async () => {
    const given = await denied();
    const count = async (table: string): Promise<number> =>
      Number(
        (
          await house.sql<{ n: string }>(`select count(*) as n from tasks.${table} where once_key like $1`, [
            `ledger.${given.id}%`,
          ])
        )[0]!.n,
      );
    expect(await count('task')).toBe(0);
    for (const [tasks, problems] of [
      [1, 0],
      [1, 1],
      [1, 1],
    ]) {
      await handledAgain(given);
      await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
      expect([await count('task'), await count('problem')]).toEqual([tasks, problems]);
    }
    expect((await entry(given.entryId)).escalations.map((one) => one.step)).toEqual(['task', 'hard_problem']);
  });

  describe('a need without line and unit', () => {
    const ownerOf = async (requestId: string): Promise<string | null | undefined> =>
      (
        await house.sql<{ login: string | null }>(
          `select a.login from tasks.task t left join access.account a on a.id = t.owner_id where t.once_key = $1`,
          [`ledger.${requestId}.task`],
        )
      )[0]?.login;
    /** Answered at the desk without a line, and denied by the person, as often as told. */
    async function answeredAndDenied(given: { id: string }, times: number): Promise<void> {
      for (let i = 0; i < times; i++) {
        const { version } = await house.standing(given.id);
        await (await house.as('disp01')).do(api.requests.answer, { id: given.id, version, text: '今晚八点恢复供水。' });
        await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
      }
    }
    const nowhere = async (id: string): Promise<void> => {
      await house.sql(`update requests.request set unit_id = null, site_id = null where id = $1`, [id]);
    };

    test('is answered for by whoever leads dispatching, at its second reopening, and is a hard problem at its third', async () => {
      const given = await house.given.request();
      await nowhere(given.id);
      await answeredAndDenied(given, 2);
      expect(await ownerOf(given.id)).toBe('disp00');
      await answeredAndDenied(given, 1);
      const at = await entryOf(given.id);
      expect((await entry(at)).escalations.map((one) => one.step)).toEqual(['task', 'hard_problem']);
      expect(await house.standing(given.id)).toMatchObject({ state: 'reopened', reopens: 3 });
    });

    test('what the desk proposes about it is decided by the arbiter, who decides about no unit’s needs', async () => {
      const given = await house.given.request();
      await nowhere(given.id);
      await answeredAndDenied(given, 1);
      const id = await entryOf(given.id);
      const desk = await house.as('disp01');
      const { version } = await entry(id);
      const { measureId } = await desk.do(api.ledger.proposeDeferral, { id, version, reason, plan, until: inDays(3) });
      const arbiter = await house.as('disp00');
      const mine = await arbiter.do(api.ledger.list, { view: 'mine' });
      expect(mine.rows.map((row) => row.id)).toContain(id);
      const { messages } = await arbiter.do(api.messages.inbox, { view: 'unread' });
      expect(messages.some((one) => one.kind === 'ledger.proposed' && one.about.id === id)).toBe(true);
      expect((await desk.try(api.ledger.decide, { id: measureId, approve: true })).status).toBe(403);
      await arbiter.do(api.ledger.decide, { id: measureId, approve: true });
      expect(await entry(id)).toMatchObject({ state: 'deferred' });

      const ofUnit = await denied();
      const there = await entry(ofUnit.entryId);
      const { measureId: theirs } = await (await line()).do(api.ledger.proposeDeferral, {
        id: ofUnit.entryId,
        version: there.version,
        reason,
        plan,
        until: inDays(3),
      });
      expect((await entry(ofUnit.entryId, 'disp00')).can.decide).toBe(false);
      expect((await arbiter.try(api.ledger.decide, { id: theirs, approve: true })).code).toBe('not_found');
    });

    test('is answered for by whoever leads dispatching too where it complains of its unit, and else by that unit', async () => {
      const about = await house.given.request();
      const { version } = await house.standing(about.id);
      await (await house.as('disp01')).do(api.requests.setFacts, {
        id: about.id,
        version,
        aboutUnitId: house.unit('U04'),
      });
      await answeredAndDenied(about, 2);
      expect(await ownerOf(about.id)).toBe('disp00');
      const other = await house.given.request();
      await answeredAndDenied(other, 2);
      const [task] = await house.sql<{ owner_unit_id: number }>(
        `select owner_unit_id from tasks.task where once_key = $1`,
        [`ledger.${other.id}.task`],
      );
      expect(task).toEqual({ owner_unit_id: house.unit('U04') });
    });

    test('is reopened also where nobody leads dispatching or the group: the next reopening raises what is missing', async () => {
      const given = await house.given.request();
      await nowhere(given.id);
      const revoked = await house.sql<{ id: string }>(
        `update access.grant_ set revoked_at = now() where role in ('dispatcher_lead', 'group_leader') and revoked_at is null returning id`,
      );
      await answeredAndDenied(given, 2);
      expect(await ownerOf(given.id)).toBeUndefined();
      await house.sql(`update access.grant_ set revoked_at = null where id = any($1)`, [revoked.map((one) => one.id)]);
      await answeredAndDenied(given, 1);
      expect(await ownerOf(given.id)).toBe('disp00');
    });
  });
});

describe('redone 重办', () => {
  test('done again and confirmed by the person: it closes itself, with its document', async () => {
    const given = await denied();
    await handledAgain(given);
    expect(await entry(given.entryId)).toMatchObject({ state: 'open' });
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: true });
    const ended = await entry(given.entryId);
    expect(ended).toMatchObject({ state: 'closed', exit: 'redone' });
    expect(ended.measures.map((one) => one.kind)).toEqual(['redo']);
    expect(ended.measures[0]!.no).toBeGreaterThan(0);
  });
  test('nobody can set it by hand: no command of the ledger names it', () => {
    expect(Object.values(api.ledger).filter((one) => /redo|redone/.test(one.path))).toEqual([]);
  });
});

describe('deferred with a date 限期暂缓', () => {
  test('the line proposes, a leader of the unit decides; the person is told, the original due stays', async () => {
    const given = await denied();
    const before = await house.standing(given.id);
    await deferred(given);
    const after = await house.standing(given.id);
    expect(await entry(given.entryId)).toMatchObject({ state: 'deferred', deferrals: 1, pending: null });
    expect(after.dues.resolve).toBe(before.dues.resolve);
    expect(after.dues.resolveNow > before.dues.resolveNow).toBe(true);
    const told = await (await house.as('worker01')).do(api.requests.thread, { id: given.id });
    expect(told.entries.find((one) => one.kind === 'deferred')?.text).toContain(plan);
    expect(told.dissatisfaction).toMatchObject({ entryId: null, state: 'deferred', mayObject: true });
  });
  test('the line cannot approve what it proposed, nor can the desk, nor a leader of another unit', async () => {
    const given = await denied();
    const { version } = await entry(given.entryId);
    const { measureId } = await (await line()).do(api.ledger.proposeDeferral, {
      id: given.entryId,
      version,
      reason,
      plan,
      until: inDays(3),
    });
    for (const [login, status] of [
      ['ho-l11', 403],
      ['disp01', 403],
      ['u05-deputy', 404],
    ] as const)
      expect(
        (await (await house.as(login)).try(api.ledger.decide, { id: measureId, approve: true })).status,
        login,
      ).toBe(status);
    // Two leaders at once: one decision.
    const both = await Promise.all([
      (await leader()).try(api.ledger.decide, { id: measureId, approve: true }),
      (await leader()).try(api.ledger.decide, { id: measureId, approve: false, text: '再想想' }),
    ]);
    expect(both.map((one) => one.code).sort()).toEqual([null, 'stale'].sort());
  });
  test('a refusal needs its reason, and the line may propose again', async () => {
    const given = await denied();
    const { version } = await entry(given.entryId);
    const proposal = { id: given.entryId, reason, plan, until: inDays(3) };
    const { measureId } = await (await line()).do(api.ledger.proposeDeferral, { ...proposal, version });
    expect((await (await line()).try(api.ledger.proposeDeferral, { ...proposal, version: version + 1 })).code).toBe(
      'measure_pending',
    );
    const bare = await (await leader()).try(api.ledger.decide, { id: measureId, approve: false });
    expect(bare.problem.fields?.[0]).toMatchObject({ field: 'text', code: 'required' });
    await (await leader()).do(api.ledger.decide, { id: measureId, approve: false, text: '备件可以借用隔壁工地的。' });
    const now = await entry(given.entryId, 'ho-l11');
    expect(now).toMatchObject({ state: 'open', pending: null });
    expect(now.can.proposeDeferral).toBe(true);
  });
  test('a deferral that never ends comes back by itself; there are two at most, of thirty days each', async () => {
    const given = await denied();
    await deferred(given, 2);
    house.clock.forward(2 * day + minute);
    await house.timers.run('ledger.deferrals_over');
    await house.timers.run('ledger.deferrals_over');
    expect(await entry(given.entryId)).toMatchObject({ state: 'open', until: null, deferrals: 1 });
    // It lies with head office: the same line in the units has nothing to do with it.
    const told = async (login: string): Promise<number> =>
      (await (await house.as(login)).do(api.messages.inbox, { view: 'all' })).messages.filter(
        (one) => one.kind === 'ledger.returned' && one.about.id === given.entryId,
      ).length;
    expect([await told('ho-l11'), await told('u04-l11'), await told('u05-l11')]).toEqual([1, 0, 0]);
    const { version } = await entry(given.entryId);
    const long = await (await line()).try(api.ledger.proposeDeferral, {
      id: given.entryId,
      version,
      reason,
      plan,
      until: inDays(31),
    });
    expect(long.code).toBe('deferred_too_long');
    await deferred(given, 3);
    house.clock.forward(3 * day + minute);
    await house.timers.run('ledger.deferrals_over');
    const third = await entry(given.entryId, 'ho-l11');
    expect(third.can.proposeDeferral).toBe(false);
    expect(third.cannot.proposeDeferral).toBe('deferred_enough');
    expect(
      (
        await (
          await line()
        ).try(api.ledger.proposeDeferral, {
          id: given.entryId,
          version: third.version,
          reason,
          plan,
          until: inDays(1),
        })
      ).code,
    ).toBe('deferred_enough');
  });
  test('the person served objects once, and a panel decides', async () => {
    const given = await denied();
    await deferred(given);
    const worker = await house.as('worker01');
    expect((await (await house.as('worker02')).try(api.requests.object, { id: given.id, why })).status).toBe(404);
    await worker.do(api.requests.object, { id: given.id, why: '不能再等了，天天要洗漱。' });
    expect(await entry(given.entryId)).toMatchObject({ state: 'judging' });
    expect((await worker.try(api.requests.object, { id: given.id, why })).code).toBe('not_in_this_state');
    const panel = (await entry(given.entryId)).measures.find((one) => one.kind === 'panel')!;
    expect(panel).toMatchObject({ about: 'deferral', proposedBy: null });
    for (const login of ['pan01', 'pan02', 'pan03'])
      await (await house.as(login)).do(api.ledger.vote, {
        id: panel.id,
        given: false,
        reason: '生活用水不能停五天，应先送水。',
      });
    const after = await house.standing(given.id);
    expect(await entry(given.entryId)).toMatchObject({ state: 'open', verdict: 'not_given' });
    expect(after.entries.find((one) => one.kind === 'panel_outcome')).toBeDefined();
    expect(after.priority).toBe('urgent');
  });
});

describe('who judges sees what the word of the line rests on', () => {
  test('evidence in the thread opens to who reads the entry, and to nobody else', async () => {
    const form = new FormData();
    form.set('file', new Blob(['阀门更换验收单'], { type: 'text/plain' }), '验收单.txt');
    const given = await house.given.request({ until: 'accepted' });
    const { id: fileId } = (await (await (await line()).fetch('POST', '/api/files', form)).json()) as { id: string };
    await (await line()).do(api.cases.handled, {
      id: given.caseId,
      solution: 'solved',
      text: '阀门换好了，两层都试过有水。',
      fileIds: [fileId],
    });
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
    const entryId = await entryOf(given.id);
    const { version } = await entry(entryId);
    await (await line()).do(api.ledger.referToPanel, { id: entryId, version, reason });
    const status = async (login: string, id = entryId, file = fileId) =>
      (await (await house.as(login)).fetch('GET', `/api/ledger/${id}/files/${file}`)).status;
    const thread = (await entry(entryId, 'pan01')).thread;
    expect(thread.entries.flatMap((one) => one.files.map((file) => file.id))).toContain(fileId);
    expect(await status('pan01')).toBe(200);
    // No door to the request itself comes with it.
    expect((await (await house.as('pan01')).fetch('GET', `/api/requests/${given.id}/files/${fileId}`)).status).toBe(
      404,
    );
    expect(await status('worker02')).toBe(404);
    expect(await status('ho-l15')).toBe(404);
    const other = await denied();
    expect(await status('pan01', other.entryId)).toBe(404);
    expect(await status('pan01', entryId, 'nonsense')).toBe(404);
  });
});

describe('handed over 移交', () => {
  test('to a body outside: acknowledged by somebody outside the line; it stays unresolved, and the person is asked later', async () => {
    const given = await denied();
    const { version } = await entry(given.entryId);
    const { measureId } = await (await line()).do(api.ledger.proposeHandover, {
      id: given.entryId,
      version,
      reason: '红线外主管爆裂，属市供水公司维护。',
      receiver: '市供水公司城南所',
      askAt: inDays(6),
    });
    expect(
      (await (await line()).try(api.ledger.acknowledge, { id: measureId, received: true, receivedBy: '值班长' }))
        .status,
    ).toBe(404);
    await (await house.as('disp01')).do(api.ledger.acknowledge, {
      id: measureId,
      received: true,
      receivedBy: '城南所值班长',
      receivedAt: house.clock.now().toISOString(),
    });
    expect(await entry(given.entryId)).toMatchObject({ state: 'handed_over', exit: null });
    expect((await house.standing(given.id)).state).toBe('reopened');
    house.clock.forward(6 * day + minute);
    await house.timers.run('ledger.ask_handed_over');
    const caller = await house.as('fu01');
    const call = (await caller.do(api.followups.list, { limit: 200 })).rows.find((row) => row.requestId === given.id)!;
    await caller.do(api.followups.complete, {
      id: call.id,
      contacted: true,
      answer: 'solved',
      satisfied: 4,
      speed: 3,
      attitude: 4,
    });
    expect((await house.standing(given.id)).state).toBe('resolved_confirmed');
    expect(await entry(given.entryId)).toMatchObject({ state: 'closed', exit: 'redone' });
  });
  test('to another line: the work goes there, the entry stays open and follows it', async () => {
    const given = await denied();
    const { version } = await entry(given.entryId);
    const { measureId } = await (await line()).do(api.ledger.proposeHandover, {
      id: given.entryId,
      version,
      reason: '停水是施工挖断管线，应由安全条线处置。',
      lineId: house.line('L10'),
      unitId: null,
    });
    await (await leader()).do(api.ledger.acknowledge, {
      id: measureId,
      received: true,
      receivedBy: '集团条线承办',
      receivedAt: house.clock.now().toISOString(),
    });
    expect(await house.standing(given.id)).toMatchObject({ lineId: house.line('L10'), work: 'dispatched' });
    const now = await entry(given.entryId, 'ho-l10');
    expect(now).toMatchObject({ state: 'open', pending: null });
    expect((await (await line()).try(api.ledger.entry, { id: given.entryId })).status).toBe(404);
    const rows = (await (await house.as('disp01')).do(api.ledger.list, { view: 'handed_over', limit: 200 })).rows;
    expect(rows.map((row) => row.id)).toContain(given.entryId);
  });
});

describe('cannot be solved: explained, signed, objected to once', () => {
  const clause = '《封闭管理办法》第十二条：静止期内不安排外出。';
  const told = '当面讲了条文和静止期还剩几天，并说明期满后怎么申请。';

  async function explained(given: Given): Promise<string> {
    const thread = await house.standing(given.id);
    const contact = thread.entries.findLast((one) => one.kind === 'contacted')!;
    const { measureId } = await (await line()).do(api.ledger.proposeExplanation, {
      id: given.id,
      version: thread.version,
      clause,
      reason: told,
      contactEntryId: contact.id,
    });
    return measureId;
  }

  test('from handled, without a complaint: an entry is opened, and nothing is closed before the signature', async () => {
    const given = await house.given.request({ until: 'handled' });
    const measureId = await explained(given);
    expect((await house.standing(given.id)).state).toBe('handled');
    expect((await (await line()).try(api.ledger.decide, { id: measureId, approve: true })).status).toBe(403);
    await (await leader()).do(api.ledger.decide, { id: measureId, approve: true });
    const thread = await (await house.as('worker01')).do(api.requests.thread, { id: given.id });
    expect(thread.state).toBe('closed_explained');
    expect(thread.entries.at(-1)).toMatchObject({ kind: 'closed_explained' });
    expect(thread.entries.at(-1)!.text).toContain(clause);
    const id = thread.dissatisfaction!;
    expect(id.entryId).toBeNull();
    expect(await entry(await entryOf(given.id))).toMatchObject({ exit: 'explained', source: 'cannot_solve' });
  });
  test('a talk before the complaint explained nothing', async () => {
    const given = await house.given.request({ until: 'handled' });
    house.clock.forward(hour);
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
    const thread = await house.standing(given.id);
    const early = thread.entries.find((one) => one.kind === 'contacted')!;
    const tried = await (await line()).try(api.ledger.proposeExplanation, {
      id: given.id,
      version: thread.version,
      clause,
      reason: told,
      contactEntryId: early.id,
    });
    expect(tried.code).toBe('contact_needed');
  });
  test('from reopened, its work ends; the requester objects once, and a panel upholds it: never satisfied', async () => {
    const given = await denied();
    await (await line()).do(api.cases.progress, { id: given.caseId, text: '当面讲了政策条文。', contacted: true });
    await (await leader()).do(api.ledger.decide, { id: await explained(given), approve: true });
    expect((await house.standing(given.id)).state).toBe('closed_explained');
    expect((await house.sql('select state from cases.case_file where id = $1', [given.caseId]))[0]).toEqual({
      state: 'ended',
    });
    const worker = await house.as('worker01');
    await worker.do(api.requests.judge, { id: given.id, solved: false, why: '条文不是这么说的。' });
    const again = await entry(await entryOf(given.id));
    expect(again).toMatchObject({ source: 'objection', state: 'judging' });
    expect(again.id).not.toBe(given.entryId);
    const panel = again.measures.find((one) => one.kind === 'panel')!;
    for (const login of ['pan01', 'pan02', 'pan03'])
      await (await house.as(login)).do(api.ledger.vote, {
        id: panel.id,
        given: login !== 'pan03',
        reason: '条文适用，也讲清楚了，该给的都给了。',
      });
    const thread = await worker.do(api.requests.thread, { id: given.id });
    expect(thread.state).toBe('closed_explained');
    expect(thread.can.judge).toBe(false);
    expect((await worker.try(api.requests.judge, { id: given.id, solved: false, why })).code).toBe('not_in_this_state');
    expect(await entry(again.id)).toMatchObject({ state: 'closed', exit: 'judged', verdict: 'given' });
  });
});

describe('the queue', () => {
  test('every view is counted as it is listed, and leads to its records', async () => {
    for (const login of ['disp01', 'ho-l11', 'u04-deputy', 'fu00', 'pan01']) {
      const client = await house.as(login);
      const { counts } = await client.do(api.ledger.counts, {});
      for (const view of [
        'mine',
        'standing',
        'open',
        'deferred',
        'judging',
        'redone',
        'explained',
        'judged',
        'all',
      ] as const) {
        const all: LedgerRow[] = [];
        for (let after: string | undefined; ; ) {
          const page = await client.do(api.ledger.list, { view, after, limit: 3 });
          all.push(...page.rows);
          if (!page.next) break;
          after = page.next;
        }
        expect(all.length, `${login} ${view}`).toBe(counts[view]);
        expect(new Set(all.map((row) => row.id)).size).toBe(all.length);
      }
    }
  });
  test('who has no part in it reads none of it', async () => {
    const given = await denied();
    for (const login of ['ho-l10', 'u05-deputy', 'u05-l11'])
      expect((await (await house.as(login)).try(api.ledger.entry, { id: given.entryId })).status, login).toBe(404);
    for (const login of ['worker01', 'op01', 'fu01', 'sys01'])
      expect((await (await house.as(login)).try(api.ledger.entry, { id: given.entryId })).status, login).toBe(403);
  });
  test('it goes to Excel under the same filters', async () => {
    const answer = await (await house.as('disp01')).fetch('GET', '/api/ledger/export.xlsx?view=all');
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(2000);
    expect((await (await house.as('fu01')).fetch('GET', '/api/ledger/export.xlsx')).status).toBe(403);
  });
});
