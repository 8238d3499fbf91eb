import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '../../../contract/endpoint.ts';
import { type Exchange, openExchange } from '../../testing/exchange.ts';
import { api, type House, hour, minute, newCode, openHouse } from '../../testing/program.ts';
import { callFigures, leastOfDay, type Rung, surgeReason, worstDay } from './figures.ts';

let house: House;
let exchange: Exchange;
let address: string;
let secret: string;
beforeAll(async () => {
  house = await openHouse();
  const made = await (await house.as('sec01')).do(api.hotline.addExchange, { name: '热线程控' });
  ({ address, secret } = made);
  exchange = openExchange(address, secret);
});
afterAll(() => house.stop());
beforeEach(async () => {
  await (await house.as('op01')).do(api.hotline.sit, { code: '6001', home: false });
});

const ago = (ms: number): Date => new Date(house.clock.now().getTime() - ms);
const settle = () => house.timers.run('hotline.settle_calls');
const callOf = async (ref: string) =>
  (
    await house.sql<{
      id: string;
      offered_at: Date;
      answered_at: Date | null;
      ended_at: Date | null;
      contact_id: string | null;
      number: Buffer | null;
    }>('select * from hotline.call where call_ref = $1', [ref])
  )[0]!;
const outcomeOf = async (contactId: string | null) =>
  (await house.sql<{ outcome: string | null }>('select outcome from requests.contact where id = $1', [contactId]))[0]
    ?.outcome;

describe('what an exchange tells is believed only if it signed it', () => {
  const event = { call: 'forged', kind: 'offered' as const, at: new Date() };
  test('a wrong secret, an old signature, another exchange: refused, nothing is stored', async () => {
    expect(await exchange.tell(event, { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })).toBe(401);
    expect(await exchange.tell(event, { signedAt: new Date(Date.now() - 10 * minute) })).toBe(401);
    expect(await openExchange(address.replace(/[0-9a-f]{12}$/, '000000000000'), secret).tell(event)).toBe(401);
    expect(await house.sql(`select * from hotline.call where call_ref = 'forged'`)).toEqual([]);
  });
  test('told twice it is done once', async () => {
    const call = randomUUID();
    const eventId = randomUUID();
    for (let i = 0; i < 2; i++)
      expect(await exchange.tell({ call, kind: 'offered', at: ago(minute), number: '13900001000' }, { eventId })).toBe(
        200,
      );
    expect(await house.sql('select * from hotline.event where call_ref = $1', [call])).toHaveLength(1);
  });
  test('in whatever order it arrives, it comes to the same', async () => {
    const at = ago(5 * minute);
    const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1000);
    const told = (call: string) => [
      { call, kind: 'offered' as const, at, number: '13900001001' },
      { call, kind: 'ringing' as const, at: later(2), seat: '6001' },
      { call, kind: 'answered' as const, at: later(9), seat: '6001' },
      { call, kind: 'ended' as const, at: later(100) },
    ];
    const seen: string[] = [];
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
    ]) {
      const call = randomUUID();
      for (const i of order) await exchange.tell(told(call)[i]!);
      const { offered_at, answered_at, ended_at, contact_id } = await callOf(call);
      expect(contact_id).not.toBeNull();
      seen.push([offered_at, answered_at, ended_at].map((time) => time?.toISOString()).join());
    }
    expect(new Set(seen).size).toBe(1);
  });
  test('a new secret is good at once, the one before for another day, an ended exchange never again', async () => {
    const keeper = await house.as('sec01');
    const made = await keeper.do(api.hotline.addExchange, { name: '备用程控' });
    const renewed = await keeper.do(api.hotline.renewExchange, { id: made.id });
    expect(await openExchange(made.address, made.secret).tell(event)).toBe(200);
    expect(await openExchange(made.address, renewed.secret).tell(event)).toBe(200);
    house.clock.forward(25 * hour);
    expect(await openExchange(made.address, made.secret).tell(event)).toBe(401);
    await keeper.do(api.hotline.endExchange, { id: made.id });
    expect(await openExchange(made.address, renewed.secret).tell(event)).toBe(401);
  });
  test('its secret is never shown again, stored readably or journalled', async () => {
    const listed = JSON.stringify(await (await house.as('sec01')).do(api.hotline.exchanges, {}));
    const stored = JSON.stringify(
      (await house.sql<{ secret: Buffer }>('select * from hotline.exchange')).map((row) =>
        row.secret.toString('latin1'),
      ),
    );
    const journal = JSON.stringify(await house.sql('select figures from journal.entry'));
    for (const text of [listed, stored, journal, house.log.join()]) expect(text).not.toContain(secret.slice(6, 20));
  });
});

describe('every offered call ends as a contact', () => {
  test('answered: a contact of its operator from the first second, with the number on the page', async () => {
    const call = randomUUID();
    await exchange.tell({ call, kind: 'offered', at: ago(20_000), number: '139 0000 2000' });
    await exchange.tell({ call, kind: 'answered', at: ago(12_000), seat: '6001' });
    const operator = await house.as('op01');
    const { call: popped } = await operator.do(api.hotline.state, {});
    const taken = await operator.do(api.hotline.takeCall, { id: popped!.id });
    expect(taken.number).toBe('13900002000');
    expect(taken.contactId).toBe((await callOf(call)).contact_id);
    await operator.do(api.hotline.close, { id: taken.contactId, outcome: 'information' });
    await exchange.tell({ call, kind: 'ended', at: ago(0) });
    expect((await operator.do(api.hotline.state, {})).call).toBeNull();
  });
  test('another operator cannot take what is on this seat', async () => {
    const call = randomUUID();
    await exchange.tell({ call, kind: 'offered', at: ago(5_000), number: '139 0000 2001' });
    await exchange.tell({ call, kind: 'answered', at: ago(2_000), seat: '6001' });
    const other = await house.as('op02');
    await other.do(api.hotline.sit, { code: '6002', home: true });
    expect((await other.try(api.hotline.takeCall, { id: (await callOf(call)).id })).status).toBe(404);
    await exchange.tell({ call, kind: 'ended', at: ago(0) });
  });
  test('given up: dropped, and somebody rings back; the number goes when it is done', async () => {
    const call = await exchange.call(ago(5 * minute), { number: '13900002002', answeredAfter: null, endedAfter: 30 });
    await settle();
    expect(await outcomeOf((await callOf(call)).contact_id)).toBe('dropped');
    const operator = await house.as('op01');
    const { callbacks } = await operator.do(api.hotline.callbacks, {});
    const waits = callbacks.find((one) => one.why === 'given_up')!;
    expect(waits.number).toBeNull();
    const [mine, theirs] = await Promise.all([
      operator.try(api.hotline.claimCallback, { id: waits.id }),
      (await house.as('op02')).try(api.hotline.claimCallback, { id: waits.id }),
    ]);
    expect([mine.status, theirs.status].sort()).toEqual([200, 409]);
    const winner = await house.as(mine.status === 200 ? 'op01' : 'op02');
    const begun = await winner.do(api.hotline.callbackReached, { id: waits.id });
    expect(begun.number).toBe('13900002002');
    await winner.do(api.hotline.close, { id: begun.contactId, outcome: 'information' });
    house.clock.forward(11 * minute);
    await settle();
    const [row] = await house.sql<{ number: Buffer | null; outcome: string }>(
      'select number, outcome from hotline.callback where id = $1',
      [waits.id],
    );
    expect(row).toMatchObject({ number: null, outcome: 'reached' });
  });
  test('reached, and the answer lost on the way: asked once more it is the same contact, for nobody else and not for long', async () => {
    const call = await exchange.call(ago(5 * minute), { number: '13900002020', answeredAfter: null, endedAfter: 30 });
    await settle();
    const operator = await house.as('op01');
    const { callbacks } = await operator.do(api.hotline.callbacks, {});
    const { id } = callbacks.find((one) => one.why === 'given_up')!;
    await operator.do(api.hotline.claimCallback, { id });
    const key = { headers: { 'idempotency-key': randomUUID() } };
    const path = `/api/hotline/callbacks/${id}/contact`;
    const answers = await Promise.all([1, 2, 3].map(async () => (await operator.fetch('POST', path, {}, key)).json()));
    expect(answers[0]).toMatchObject({ number: '13900002020' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    // Also from a page that was opened anew and has no key left.
    expect(await operator.do(api.hotline.callbackReached, { id })).toEqual(answers[0]);
    const made = await house.sql(
      `select 1 from requests.contact where caller_key = (select caller_key from hotline.call where call_ref = $1)
      and operator_id is not null`,
      [call],
    );
    expect(made).toHaveLength(1);
    expect((await (await house.as('op02')).try(api.hotline.callbackReached, { id })).code).toBe('callback_done');
    house.clock.forward(11 * minute);
    expect((await operator.try(api.hotline.callbackReached, { id })).code).toBe('callback_done');
  });
  test('three times without an answer is the end of ringing back, and stays on record as not reached', async () => {
    const operator = await house.as('op01');
    const { id } = await operator.do(api.hotline.offerCallback, { number: '139 0000 2003', urgent: true });
    expect((await operator.try(api.hotline.callbackTried, { id })).code).toBe('callback_not_claimed');
    for (let attempts = 1; attempts <= 3; attempts++) {
      await operator.do(api.hotline.claimCallback, { id });
      expect(await operator.do(api.hotline.callbackTried, { id })).toEqual({ attempts, over: attempts === 3 });
      house.clock.forward(30 * minute);
    }
    expect((await operator.try(api.hotline.claimCallback, { id })).code).toBe('callback_done');
  });
  test('who rings again and gets through is not rung back; who waits already waits once', async () => {
    const first = await exchange.call(ago(8 * minute), { number: '13900002004', answeredAfter: null, endedAfter: 20 });
    await exchange.call(ago(6 * minute), { number: '13900002004', answeredAfter: null, endedAfter: 20 });
    await settle();
    const waiting = async () =>
      house.sql<{ outcome: string | null }>(
        'select b.outcome from hotline.callback b join hotline.call c on c.caller_key = b.caller_key where c.call_ref = $1',
        [first],
      );
    expect(await waiting()).toEqual([{ outcome: null }]);
    await exchange.call(ago(2 * minute), { number: '13900002004', seat: '6001', answeredAfter: 4, endedAfter: 60 });
    expect(await waiting()).toEqual([{ outcome: 'rang_again' }]);
  });
  test('contacts reconcile: requests + information + nudges + dropped + running', async () => {
    house.clock.forward(13 * hour);
    await settle();
    await house.timers.run('hotline.drop_forgotten');
    const [sum] = await house.sql<{ calls: number; contacts: number; open: number }>(
      `select count(*)::int as calls, count(c.id)::int as contacts, count(*) filter (where c.outcome is null)::int as open
       from hotline.call k left join requests.contact c on c.id = k.contact_id`,
    );
    expect(sum).toEqual({ calls: sum!.contacts, contacts: sum!.contacts, open: 0 });
  });
  test('a number is forgotten a day after its call', async () => {
    const call = await exchange.call(ago(5 * minute), {
      number: '13900002005',
      seat: '6001',
      answeredAfter: 3,
      endedAfter: 9,
    });
    expect((await callOf(call)).number).not.toBeNull();
    house.clock.forward(25 * hour);
    await settle();
    expect((await callOf(call)).number).toBeNull();
  });
});

describe('figures count from the first ring', () => {
  const rung = (offered: number, waited: number | null): Rung => ({
    offeredAt: new Date(offered * 1000),
    answeredAt: waited === null ? null : new Date((offered + waited) * 1000),
    endedAt: new Date((offered + (waited ?? 0) + 60) * 1000),
  });
  test('vector: 15 s is in time, 15.1 s is not, a call given up is offered', () => {
    expect(callFigures([rung(0, 15), rung(60, 15.1), rung(120, null), rung(180, 3)])).toEqual({
      offered: 4,
      answered: 3,
      inTime: 2,
      givenUp: 1,
      waiting: 0,
      waitP50: 15,
      waitP90: 15.1,
    });
  });
  test('the worst 24 hours are those with the smallest share, wherever they begin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 * 86_400 }), fc.option(fc.integer({ min: 0, max: 40 }))), {
          minLength: leastOfDay,
          maxLength: 90,
        }),
        (told) => {
          const calls = told
            .map(([at, waited]) => rung(at, waited))
            .sort((a, b) => a.offeredAt.getTime() - b.offeredAt.getTime());
          const shares = calls.flatMap((first) => {
            const of = calls.filter(
              (one) =>
                one.offeredAt >= first.offeredAt && one.offeredAt.getTime() < first.offeredAt.getTime() + 86_400_000,
            );
            return of.length >= leastOfDay ? [callFigures(of).inTime / of.length] : [];
          });
          const worst = worstDay(calls);
          if (shares.length === 0) expect(worst).toBeNull();
          else expect(worst!.inTime / worst!.offered).toBeCloseTo(Math.min(...shares), 12);
        },
      ),
    );
  });
  test('a surge: too many wait, or too few of twenty are answered in time; three slow calls are none', () => {
    const rule = { mostWaiting: 15, leastAnswered: 0.8 };
    expect(surgeReason(rule, [], 16)?.why).toBe('waiting');
    expect(surgeReason(rule, [rung(0, 40), rung(1, 40), rung(2, null)], 3)).toBeNull();
    const slow = Array.from({ length: 20 }, (_, i) => rung(i, i < 5 ? 40 : 4));
    expect(surgeReason(rule, slow, 3)).toEqual({ why: 'answered', figures: { offered: 20, inTime: 15 } });
    expect(surgeReason({ mostWaiting: null, leastAnswered: null }, slow, 99)).toBeNull();
  });
  test('the lead sees them by day and hour and opens the calls behind them', async () => {
    const lead = await house.as('disp00');
    const { all, byDay, outcomes } = await lead.do(api.hotline.figures, { days: 7 });
    expect(byDay.reduce((sum, one) => sum + one.offered, 0)).toBe(all.offered);
    expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(all.offered - all.waiting);
    const givenUp = (await lead.do(api.hotline.calls, { view: 'given_up' })).calls;
    expect(givenUp.length).toBe(all.givenUp);
    expect(JSON.stringify(givenUp)).not.toContain('139');
    expect((await (await house.as('op01')).try(api.hotline.calls, {})).status).toBe(403);
  });
  test('every figure opens to its calls: by view, day, hour and how they ended', async () => {
    const lead = await house.as('disp00');
    const { from, all, byDay, byHour, outcomes } = await lead.do(api.hotline.figures, { days: 7 });
    const behind = async (input: Omit<InputOf<typeof api.hotline.calls>, 'view'> & { view?: 'in_time' | 'answered' }) =>
      (await lead.do(api.hotline.calls, { from, view: 'all', ...input })).calls.length;
    expect(await behind({ view: 'answered' })).toBe(all.answered);
    expect(await behind({ view: 'in_time' })).toBe(all.inTime);
    for (const one of byHour) {
      expect(await behind({ hour: one.hour })).toBe(one.offered);
      expect(await behind({ hour: one.hour, view: 'in_time' })).toBe(one.inTime);
    }
    for (const one of byDay) {
      const to = new Date(Date.parse(one.from) + 86_400_000).toISOString();
      expect(await behind({ from: one.from, to })).toBe(one.offered);
    }
    expect(Object.keys(outcomes).length).toBeGreaterThan(0);
    for (const [outcome, n] of Object.entries(outcomes))
      expect(await behind({ outcome: outcome as 'dropped' })).toBe(n);
  });
});

describe('surge mode and hand-over', () => {
  test('switched on by the rule, tells every operator once, and off again when it is quiet', async () => {
    const at = ago(2 * minute);
    for (let i = 0; i < 16; i++)
      await exchange.tell({ call: randomUUID(), kind: 'offered', at, number: `1390000${3000 + i}` });
    await settle();
    await settle();
    const operator = await house.as('op01');
    expect((await operator.do(api.hotline.state, {})).surge).toMatchObject({ why: 'waiting' });
    const { messages } = await operator.do(api.messages.inbox, { view: 'all' });
    expect(messages.filter((one) => one.kind === 'hotline.surge')).toHaveLength(1);
    house.clock.forward(5 * hour);
    await settle();
    for (const { id } of (await operator.do(api.hotline.callbacks, {})).callbacks)
      await house.sql(`update hotline.callback set done_at = now(), outcome = 'reached' where id = $1`, [id]);
    house.clock.forward(40 * minute);
    await settle();
    expect((await operator.do(api.hotline.state, {})).surge).toBeNull();
  });
  test('what a person switched on stays until a person switches it off', async () => {
    const lead = await house.as('disp00');
    await lead.do(api.hotline.surge, { on: true });
    house.clock.forward(2 * hour);
    await settle();
    const operator = await house.as('op01');
    expect((await operator.do(api.hotline.state, {})).surge?.why).toBe('manual');
    await lead.do(api.hotline.surge, { on: false });
    expect((await operator.do(api.hotline.state, {})).surge).toBeNull();
    expect((await operator.try(api.hotline.surge, { on: true })).status).toBe(403);
  });
  test('a note stands until somebody of the next shift has read it, never its writer', async () => {
    const leaving = await house.as('op01');
    await leaving.do(api.hotline.handOver, { words: '有两位约了八点回拨，食堂的事已派 L11。' });
    const [note] = (await leaving.do(api.hotline.handovers, {})).notes;
    expect((await leaving.try(api.hotline.readHandover, { id: note!.id })).code).toBe('handover_read');
    const coming = await house.as('op02');
    expect((await coming.do(api.hotline.state, {})).handover?.words).toContain('八点回拨');
    await coming.do(api.hotline.readHandover, { id: note!.id });
    expect((await coming.do(api.hotline.state, {})).handover).toBeNull();
  });
});

describe('a number that is typed in proves nothing (rules 6)', () => {
  const number = '13900007777';
  const ring = async (login: string) => (await house.as(login)).do(api.hotline.caller, { number });
  async function ask(
    confidentiality: 'open' | 'confidential' | 'anonymous',
    text: string,
    category = 'A05',
  ): Promise<{ id: string; number: string }> {
    const { contactId } = await ring('op01');
    const id = randomUUID();
    const { number: given } = await (await house.as('op01')).do(api.requests.register, {
      id,
      queryCode: newCode(),
      categoryId: house.category(category),
      siteId: house.site('U04-01'),
      text,
      callback: number,
      confidentiality,
      channel: 'hotline',
      contactId,
    });
    return { id, number: given };
  }
  let open: { id: string; number: string };
  let hidden: { id: string; number: string }[];
  beforeAll(async () => {
    hidden = [
      await ask('confidential', '琥珀色的话不该被号码翻出来'),
      await ask('anonymous', '没有留名的琥珀色的话'),
      await ask('open', '琥珀色的药停了两天', 'C03'),
    ];
    open = await ask('open', '宿舍的灯坏了');
  });

  test.each(['op01', 'op02'])(
    '%s reads what was asked openly, and neither words nor count of the rest',
    async (who) => {
      const { earlier, contactId } = await ring(who);
      expect(earlier.map(({ id, text }) => [id, text])).toEqual([[open.id, '宿舍的灯坏了']]);
      const alike = await (await house.as(who)).do(api.likeness.ofCaller, {
        id: contactId,
        categoryId: house.category('A05'),
        text: '宿舍的灯坏了',
      });
      expect(alike.rows.map(({ id }) => id)).toEqual([open.id]);
    },
  );

  test('by the number the caller says it is urged all the same, and nothing is told of one that cannot be', async () => {
    const operator = await house.as('op02');
    const urge = async (requestNumber: string) =>
      operator.try(api.hotline.close, { id: (await ring('op02')).contactId, outcome: 'nudge', requestNumber });
    expect(await urge(hidden[0]!.number)).toMatchObject({ status: 200, body: { done: true } });
    expect((await house.standing(hidden[0]!.id)).nudges).toBe(1);
    await house.sql(`update requests.request set state = 'withdrawn', closed_at = now() where id = $1`, [
      hidden[1]!.id,
    ]);
    const answers = [await urge(hidden[1]!.number), await urge('LM-1900-000000')];
    expect(answers.map(({ status }) => status)).toEqual([422, 422]);
    expect(answers[0]!.body).toEqual(answers[1]!.body);
    expect(JSON.stringify(answers[0]!.body)).toContain('requestNumber');
  });
});
