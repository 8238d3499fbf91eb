import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../contract/ledger.ts';
import { inStatement } from '../../platform/transaction.ts';
import { api, day, type Given, type House, hour, newCode, openHouse } from '../../testing/program.ts';
import { placesOf } from '../../testing/tables.ts';
import { tallyRequests } from '../requests/index.ts';
import { tallyEntries } from './index.ts';

/** Each test is named after the trick it stops. */
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const why = '还是没有解决，晚上没有水。';
const sentence = '经过讨论写清楚了理由，供本人看。';

async function denied(wanted: Parameters<House['given']['request']>[0] = {}): Promise<Given & { entryId: string }> {
  const given = await house.given.request({ ...wanted, until: 'handled' });
  await (await house.as(wanted.by ?? 'worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
  return { ...given, entryId: (await house.standing(given.id)).dissatisfaction!.entryId! };
}
/** The entry once the journal is read: what was asked again adds its voice, and a version, behind it. */
const entry = async (id: string, login = 'disp01'): Promise<LedgerEntry> => {
  await house.settled();
  return (await house.as(login)).do(api.ledger.entry, { id });
};
async function toPanel(given: { entryId: string }, login = 'ho-l11'): Promise<string> {
  const { version } = await entry(given.entryId);
  return (await (await house.as(login)).do(api.ledger.referToPanel, { id: given.entryId, version, reason: sentence }))
    .measureId;
}
const vote = async (login: string, id: string, given: boolean): Promise<string | null> =>
  (await (await house.as(login)).try(api.ledger.vote, { id, given, reason: sentence })).code;

describe('a fresh case instead of a reopen', () => {
  test('the same person, category and site within 14 days: linked, and counted with the first', async () => {
    const first = await house.given.request({ by: 'worker02', site: 'U07-01', category: 'A05', until: 'handled' });
    house.clock.forward(hour);
    const second = await house.given.request({ by: 'worker02', site: 'U07-01', category: 'A05' });
    await house.settled();
    const id = (await house.standing(first.id)).dissatisfaction!.entryId!;
    expect(await entry(id)).toMatchObject({ source: 'repeat', reopens: 1, repeats: 1 });
    expect((await entry(id)).related.map((one) => one.id)).toEqual([second.id]);
    // Asked a third time after the second was answered: the first is the one that was not met.
    await (await house.as('disp01')).do(api.requests.answer, {
      id: second.id,
      version: (await house.standing(second.id)).version,
      text: sentence,
    });
    house.clock.forward(day);
    await house.given.request({ by: 'worker02', site: 'U07-01', category: 'A05' });
    await house.settled();
    expect(await entry(id)).toMatchObject({ reopens: 2, repeats: 2, voices: 2 });
    expect((await entry(id)).escalations.map((one) => one.step)).toEqual(['task']);
  });
  test('asked again after it was withdrawn: the voice stands with the new one, and ends as that one does', async () => {
    const wanted = { by: 'worker02', site: 'U07-02', category: 'A05' } as const;
    const first = await house.given.request({ ...wanted, until: 'handled' });
    await (await house.as('worker02')).do(api.requests.withdraw, { id: first.id, why: '算了' });
    house.clock.forward(hour);
    const second = await house.given.request({ ...wanted, until: 'handled' });
    await house.settled();
    expect((await house.standing(first.id)).dissatisfaction).toBeNull();
    const id = (await house.standing(second.id)).dissatisfaction!.entryId!;
    expect(await entry(id)).toMatchObject({ state: 'open', source: 'repeat' });
    await (await house.as('worker02')).do(api.requests.judge, { id: second.id, solved: true });
    expect(await entry(id)).toMatchObject({ state: 'closed', exit: 'redone' });
    // Also where it was withdrawn before the journal was read so far.
    house.clock.forward(hour);
    const third = await house.given.request({ by: 'worker02', site: 'U07-03', category: 'A05', until: 'handled' });
    await (await house.as('worker02')).do(api.requests.withdraw, { id: third.id });
    const fourth = await house.given.request({ by: 'worker02', site: 'U07-03', category: 'A05' });
    await (await house.as('worker02')).do(api.requests.withdraw, { id: fourth.id });
    await house.settled();
    const standing = await house.sql(
      'select request_id from ledger.entry where closed_at is null and request_id = any($1)',
      [[third.id, fourth.id]],
    );
    expect(standing).toEqual([]);
  });
  test('another category, another person or a need that was confirmed long ago is a need of its own', async () => {
    const first = await house.given.request({ by: 'worker03', site: 'U09-08', category: 'A04', until: 'handled' });
    house.clock.forward(hour);
    await house.given.request({ by: 'worker03', site: 'U09-08', category: 'A03' });
    await house.given.request({ by: 'worker01', site: 'U09-08', category: 'A04' });
    await house.settled();
    expect((await house.standing(first.id)).dissatisfaction).toBeNull();
    await (await house.as('worker03')).do(api.requests.judge, { id: first.id, solved: true });
    house.clock.forward(10 * day);
    await house.given.request({ by: 'worker03', site: 'U09-08', category: 'A04' });
    await house.settled();
    expect((await house.standing(first.id)).dissatisfaction).toBeNull();
  });
  test('what was asked in confidence is never told to belong together', async () => {
    const first = await house.given.request({
      by: 'worker02',
      site: 'U07-01',
      category: 'G02',
      line: 'L09',
      confidentiality: 'confidential',
      until: 'handled',
    });
    house.clock.forward(hour);
    await house.given.request({ by: 'worker02', site: 'U07-01', category: 'G02', confidentiality: 'confidential' });
    await house.settled();
    expect((await house.standing(first.id)).dissatisfaction).toBeNull();
  });
});

describe('removing from the base', () => {
  test('no way out takes a request out of the denominator: requests = open + closed by exit, entries = standing + ended by exit', async () => {
    const redone = await denied();
    await (await house.as('ho-l11')).do(api.cases.handled, { id: redone.caseId, solution: 'solved', text: sentence });
    await (await house.as('worker01')).do(api.requests.judge, { id: redone.id, solved: true });
    const judged = await denied();
    const panel = await toPanel(judged);
    for (const login of ['pan01', 'pan02', 'pan03']) await vote(login, panel, true);
    // "Given" alone closes nothing.
    expect((await house.standing(judged.id)).state).toBe('reopened');
    expect(await entry(judged.entryId)).toMatchObject({ state: 'open', verdict: 'given' });
    const withdrawn = await denied();
    await (await house.as('worker01')).do(api.requests.withdraw, { id: withdrawn.id });
    expect(await entry(withdrawn.entryId)).toMatchObject({ exit: 'withdrawn' });
    const { requests, entries } = await inStatement(house.program.pool, async (tx) => ({
      requests: await tallyRequests(tx),
      entries: await tallyEntries(tx),
    }));
    const sum = (counts: Map<string, number>): number => [...counts.values()].reduce((all, n) => all + n, 0);
    const openStates = ['received', 'in_work', 'handled', 'reopened'];
    const closed = [...requests.states]
      .filter(([state]) => !openStates.includes(state))
      .reduce((all, [, n]) => all + n, 0);
    expect(sum(requests.states) - requests.open - closed).toBe(0);
    expect(entries.all - sum(entries.standing) - sum(entries.ended)).toBe(0);
    const [raw] = await house.sql<{ n: string }>('select count(*) as n from requests.request');
    expect(sum(requests.states)).toBe(Number(raw!.n));
  });
});

describe('proxy closing', () => {
  test('the line, the desk, a leader and a caller’s "solved" by another voice end no entry; only the person’s word does', async () => {
    const given = await denied();
    await (await house.as('ho-l11')).do(api.cases.handled, { id: given.caseId, solution: 'solved', text: sentence });
    for (const login of ['ho-l11', 'disp01', 'u04-deputy', 'lead04'])
      expect((await (await house.as(login)).try(api.requests.judge, { id: given.id, solved: true })).status).not.toBe(
        200,
      );
    expect(await entry(given.entryId)).toMatchObject({ state: 'open' });
  });
  test('a program can neither read the ledger nor act in it', async () => {
    const program = await house.given.token(['requests:read']);
    expect((await program.try(api.ledger.list, {})).status).toBe(403);
  });
});

describe('an explanation kept ready', () => {
  const clause = '《生活用水保障办法》第 12 条：应急时段分区供水。';
  const explained = async (given: Given, contactEntryId: string) =>
    (await house.as('ho-l11')).try(api.ledger.proposeExplanation, {
      id: given.id,
      version: (await house.standing(given.id)).version,
      clause,
      reason: sentence,
      contactEntryId,
    });
  const contactOf = async (given: Given): Promise<string> =>
    (await house.standing(given.id)).entries.findLast((one) => one.kind === 'contacted')!.id;

  test('a talk from before the person’s last "not solved" explains nothing, whatever opened the entry', async () => {
    const given = await house.given.request({ until: 'handled' });
    const contact = await contactOf(given);
    const first = await explained(given, contact);
    expect(first.status).toBe(200);
    // Still unsigned when the person says no: what was proposed is over.
    house.clock.forward(hour);
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
    const entryId = first.body.entryId;
    expect(await entry(entryId)).toMatchObject({ pending: null, lastSource: 'denial' });
    expect((await entry(entryId)).measures.find((one) => one.id === first.body.measureId)!.state).toBe('ended');
    const signed = await (await house.as('u04-deputy')).try(api.ledger.decide, {
      id: first.body.measureId,
      approve: true,
    });
    expect(signed.code).toBe('stale');
    expect((await house.standing(given.id)).state).toBe('reopened');
    expect((await entry(entryId, 'ho-l11')).contacts).toEqual([]);
    expect((await explained(given, contact)).code).toBe('contact_needed');
    house.clock.forward(hour);
    await (await house.as('ho-l11')).do(api.cases.progress, { id: given.caseId, text: sentence, contacted: true });
    expect((await explained(given, await contactOf(given))).status).toBe(200);
  });
});

describe('a supervised task signed off over the person’s head', () => {
  test('raised from dissatisfaction it is accepted only once the person has said solved', async () => {
    const given = await denied();
    await (await house.as('ho-l11')).do(api.cases.handled, { id: given.caseId, solution: 'solved', text: sentence });
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
    const [task] = await house.sql<{ id: string }>('select id from tasks.task where once_key = $1', [
      `ledger.${given.id}.task`,
    ]);
    const { id } = task!;
    const line = await house.as('ho-l11');
    await line.do(api.tasks.receive, { id });
    await line.do(api.tasks.submit, {
      id,
      version: (await line.do(api.tasks.task, { id })).version,
      text: sentence,
      fileIds: [],
      references: [given.number],
    });
    const leader = await house.as('lead00');
    const seen = await leader.do(api.tasks.task, { id });
    expect([seen.can.accept, seen.cannot.accept]).toEqual([false, 'not_said_solved']);
    const tried = await leader.try(api.tasks.accept, { id, version: seen.version, text: sentence });
    expect(tried.code).toBe('not_said_solved');
    await line.do(api.cases.handled, { id: given.caseId, solution: 'solved', text: sentence });
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: true });
    await leader.do(api.tasks.accept, { id, version: seen.version, text: sentence });
    expect((await leader.do(api.tasks.task, { id })).state).toBe('accepted');
  });
});

describe('merging away a complaint', () => {
  test('joined into another’s case it keeps its own entry and verdict', async () => {
    const given = await denied();
    const other = await house.given.request({ by: 'worker02', until: 'in_progress' });
    // What was denied has a case of its own: it cannot be joined away.
    const { version } = await house.standing(given.id);
    const tried = await (await house.as('disp01')).try(api.cases.join, {
      id: given.id,
      version,
      intoRequestId: other.id,
    });
    expect(tried.status).toBe(409);
    // Answered at once and denied, it waits without a case and may be joined: work only.
    const asked = await house.given.request();
    const standing = await house.standing(asked.id);
    await (await house.as('disp01')).do(api.requests.answer, {
      id: asked.id,
      version: standing.version,
      text: sentence,
    });
    await (await house.as('worker01')).do(api.requests.judge, { id: asked.id, solved: false, why });
    const now = await house.standing(asked.id);
    const entryId = now.dissatisfaction!.entryId!;
    await (await house.as('disp01')).try(api.cases.join, {
      id: asked.id,
      version: now.version,
      intoRequestId: other.id,
    });
    await (await house.as('ho-l11')).do(api.cases.handled, { id: other.caseId, solution: 'solved', text: sentence });
    await (await house.as('worker02')).do(api.requests.judge, { id: other.id, solved: true });
    expect(await entry(entryId)).toMatchObject({ state: 'open' });
  });
});

describe('a panel that is not one', () => {
  test('asked once for what was said: a line cannot ask panel after panel until one says "given"', async () => {
    const given = await denied();
    const id = await toPanel(given);
    for (const login of ['pan01', 'pan02', 'pan03']) await vote(login, id, false);
    const seen = await entry(given.entryId, 'ho-l11');
    expect(seen).toMatchObject({ state: 'open', verdict: 'not_given', can: { referToPanel: false } });
    expect(seen.cannot.referToPanel).toBe('judged_already');
    const again = { id: given.entryId, version: seen.version, reason: sentence };
    expect((await (await house.as('ho-l11')).try(api.ledger.referToPanel, again)).code).toBe('judged_already');
    // The person speaks once more: that is another question.
    house.clock.forward(hour);
    await (await house.as('ho-l11')).do(api.cases.handled, { id: given.caseId, solution: 'solved', text: sentence });
    await (await house.as('worker01')).do(api.requests.judge, { id: given.id, solved: false, why });
    expect(await entry(given.entryId, 'ho-l11')).toMatchObject({ verdict: null, can: { referToPanel: true } });
  });
  test('a panel member of the line cannot vote, nor be drawn', async () => {
    const [pan] = await house.sql<{ id: string }>(`select id from access.account where login = 'pan02'`);
    await (await house.as('sec01')).do(api.access.grant, {
      id: pan!.id,
      role: 'handler',
      nodeId: house.dir.groupNode.id,
      lineId: house.line('L11'),
    });
    const given = await denied();
    const id = await toPanel(given);
    expect((await entry(given.entryId)).measures.at(-1)!.panel!.members.map((one) => one.label)).not.toContain(
      '评议组02',
    );
    expect(await vote('pan02', id, true)).toBe('not_found');
    // Two votes are no panel: it waits until a third may sit.
    expect([await vote('pan01', id, true), await vote('pan03', id, true)]).toEqual([null, null]);
    expect(await entry(given.entryId)).toMatchObject({ state: 'judging' });
    const grants = await house.sql<{ id: string }>(
      `select id from access.grant_ where account_id = $1 and role = 'handler' and revoked_at is null`,
      [pan!.id],
    );
    await house.sql('update access.grant_ set revoked_at = now() where id = $1', [grants[0]!.id]);
    house.clock.forward(hour);
    await house.timers.run('ledger.seat_anew');
    expect(await vote('pan02', id, false)).toBeNull();
    expect(await entry(given.entryId)).toMatchObject({ state: 'open', verdict: 'given' });
  });
  test('votes are blind until all are cast, cast once, and by who holds a seat', async () => {
    const given = await denied();
    const id = await toPanel(given);
    expect(await vote('pan01', id, true)).toBeNull();
    expect(await vote('pan01', id, false)).toBe('voted');
    expect(await vote('ho-l11', id, true)).toBe('forbidden');
    const seen = (await entry(given.entryId, 'pan03')).measures.at(-1)!.panel!;
    expect(seen.votes).toEqual([]);
    expect(seen.members.filter((one) => one.voted)).toHaveLength(1);
    const journal = await house.sql<{ figures: object }>(
      `select figures from journal.entry where action = 'ledger.voted' and figures ->> 'measure' = $1`,
      [id],
    );
    expect(JSON.stringify(journal)).not.toMatch(/given|true|false/);
    // The two that are left, at the same moment.
    expect(await Promise.all([vote('pan02', id, false), vote('pan03', id, false)])).toEqual([null, null]);
    const after = await entry(given.entryId);
    expect(after).toMatchObject({ state: 'open', verdict: 'not_given' });
    expect(after.measures.at(-1)!.panel!.votes).toHaveLength(3);
    expect((await house.standing(given.id)).priority).toBe('urgent');
  });
  test('whoever voted rings nobody about it afterwards, nor does whoever still sits', async () => {
    const accounts = await house.sql<{ id: string; login: string }>(
      `select id, login from access.account where login in ('pan01', 'pan02') order by login`,
    );
    for (const { id } of accounts)
      await (await house.as('sec01')).do(api.access.grant, {
        id,
        role: 'followup_caller',
        nodeId: house.dir.groupNode.id,
        lineId: null,
      });
    const given = await denied({ callback: '13900002222' });
    const panel = await toPanel(given);
    expect(await vote('pan01', panel, true)).toBeNull();
    await (await house.as('ho-l11')).do(api.cases.handled, { id: given.caseId, solution: 'solved', text: sentence });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    const [call] = await house.sql<{ id: string }>(
      'select id from followups.call where request_id = $1 and done_at is null',
      [given.id],
    );
    for (const { login } of accounts) {
      const sheet = await (await house.as(login)).do(api.followups.sheet, { id: call!.id });
      expect(sheet.independence.find((one) => one.rule === 'no_part')).toEqual({ rule: 'no_part', holds: false });
    }
    expect(
      (
        await (
          await house.as('pan01')
        ).try(api.followups.complete, {
          id: call!.id,
          contacted: true,
          answer: 'solved',
          satisfied: 5,
          speed: 5,
          attitude: 5,
        })
      ).code,
    ).toBe('not_independent');
    await house.sql(
      `update access.grant_ set revoked_at = now() where role = 'followup_caller' and account_id = any($1)`,
      [accounts.map(({ id }) => id)],
    );
  });
  test('the panel learns what was done, never who asked; of a confidential request the summary only', async () => {
    const given = await denied({ confidentiality: 'confidential', callback: '13900001111' });
    await toPanel(given);
    const seen = await entry(given.entryId, 'pan01');
    expect(seen.request.text).toBe('生活区供水不稳定，请尽快检修。');
    const all = JSON.stringify(seen);
    for (const secret of [given.text, why, '13900001111', '一线职工01']) expect(all).not.toContain(secret);
  });
});

describe('two at once', () => {
  test('two programs let time pass: a deferral ends once', async () => {
    const given = await denied();
    const { version } = await entry(given.entryId);
    const { measureId } = await (await house.as('ho-l11')).do(api.ledger.proposeDeferral, {
      id: given.entryId,
      version,
      reason: sentence,
      plan: sentence,
      until: new Date(house.clock.now().getTime() + day).toISOString(),
    });
    await (await house.as('u04-deputy')).do(api.ledger.decide, { id: measureId, approve: true });
    house.clock.forward(day + hour);
    await Promise.all([house.timers.run('ledger.deferrals_over'), house.timers.run('ledger.deferrals_over')]);
    expect(await entry(given.entryId)).toMatchObject({ state: 'open' });
    expect((await house.standing(given.id)).entries.filter((one) => one.kind === 'deferral_over')).toHaveLength(1);
  });
  test('a double click proposes once, and documents are numbered without gaps', async () => {
    const given = await denied();
    const { version } = await entry(given.entryId);
    const line = await house.as('ho-l11');
    const twice = await Promise.all(
      [1, 2].map(() => line.try(api.ledger.referToPanel, { id: given.entryId, version, reason: sentence })),
    );
    expect(twice.filter((one) => one.code === null)).toHaveLength(1);
    const numbers = (await house.sql<{ no: number }>('select no from ledger.measure order by year, no')).map(
      (row) => row.no,
    );
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });
});

describe('words that belong to a sealed line', () => {
  test('take with them whatever the ledger wrote about them', async () => {
    const planted = '封存前写在台账里的那句话甲乙丙';
    const given = await denied();
    const { version } = await entry(given.entryId);
    await (await house.as('ho-l11')).do(api.ledger.proposeDeferral, {
      id: given.entryId,
      version,
      reason: planted,
      plan: planted,
      until: new Date(house.clock.now().getTime() + day).toISOString(),
    });
    const standing = await house.standing(given.id);
    await (await house.as('disp01')).do(api.requests.moveToSealed, {
      id: given.id,
      version: standing.version,
      to: 'care',
    });
    expect(await placesOf(house, planted)).toEqual([]);
    expect(await entry(given.entryId)).toMatchObject({ state: 'closed', exit: 'sealed' });
  });
});

describe('health and confidence', () => {
  test('of health, who would decide may not read: it can only be done again', async () => {
    const given = await denied({ category: 'C03', line: 'L15' });
    const seen = await entry(given.entryId, 'ho-l15');
    expect(seen.can).toMatchObject({ proposeDeferral: false, referToPanel: false, proposeExplanation: false });
    expect(seen.cannot.propose).toBe('health_redone');
    const leader = await entry(given.entryId, 'u04-deputy');
    expect(leader.request.withheld).toBe('health');
    expect(leader.request.categoryId).toBe(house.dir.categoriesByCode.get('C')!.id);
  });
  test('the query code speaks for whoever has it: an objection by code goes to the panel too', async () => {
    const id = randomUUID();
    const code = newCode();
    const visitor = await house.visitor();
    const created = await visitor.do(api.requests.createPublic, {
      id,
      queryCode: code,
      categoryId: house.category('A02'),
      text: '浴室没有热水，已经三天。',
      siteId: house.site('U04-01'),
      confidentiality: 'open',
    });
    const standing = await house.standing(id);
    const { caseId } = await (await house.as('disp01')).do(api.cases.dispatch, {
      id,
      version: standing.version,
      lineId: house.line('L11'),
      unitId: null,
    });
    const line = await house.as('ho-l11');
    await line.do(api.cases.handled, { id: caseId, solution: 'solved', text: sentence });
    await visitor.do(api.requests.judgeByCode, { number: created.number, code, solved: false, why });
    const entryId = (await house.standing(id)).dissatisfaction!.entryId!;
    const { measureId } = await line.do(api.ledger.proposeDeferral, {
      id: entryId,
      version: (await entry(entryId)).version,
      reason: sentence,
      plan: sentence,
      until: new Date(house.clock.now().getTime() + 3 * day).toISOString(),
    });
    await (await house.as('u04-deputy')).do(api.ledger.decide, { id: measureId, approve: true });
    await visitor.do(api.requests.objectByCode, { number: created.number, code, why });
    expect(await entry(entryId)).toMatchObject({ state: 'judging' });
  });
});
