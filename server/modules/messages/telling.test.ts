import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { system } from '../../platform/actor.ts';
import type { Context } from '../../platform/serve.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { api, type House, hour, openHouse } from '../../testing/program.ts';
import { type Telling, tell } from './index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const about: Telling['about'] = {
  kind: 'request',
  id: '0197a000-0000-7000-8000-000000000001',
  label: 'LM-260101-00001',
};
const telling = (more: Partial<Telling> & Pick<Telling, 'to'>): Telling => ({
  kind: 'clock.near',
  about,
  level: 'info',
  ...more,
});
const tellNow = (what: Telling): Promise<number> =>
  inTransaction(house.program.pool, (tx) => tell({ tx, actor: system, now: house.clock.now() }, what));
const inbox = async (login: string, view: 'unread' | 'confirm' | 'all' = 'unread') =>
  (await house.as(login)).do(api.messages.inbox, { view });
const idOf = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>('select id from access.account where login = $1', [login]))[0]!.id;

describe('who is told', () => {
  test('accounts by name, each once', async () => {
    const id = await idOf('disp01');
    expect(await tellNow(telling({ to: { accountIds: [id, id] } }))).toBe(1);
    const { messages, counts } = await inbox('disp01');
    expect(messages[0]).toMatchObject({
      kind: 'clock.near',
      about: { label: about.label, route: `/requests/${about.id}` },
    });
    expect(counts.unread).toBe(messages.length);
  });

  test('a role at a place: those nearest to it, and nobody beside', async () => {
    const place = house.site('U04-01');
    const told = await tellNow(telling({ to: { role: 'unit_leader', nodeId: place }, once: 'nearest' }));
    expect(told).toBeGreaterThan(0);
    const homes = await house.sql<{ code: string }>(
      `select distinct n.code from messages.copy c join messages.message m on m.id = c.message_id
       join access.grant_ g on g.account_id = c.account_id and g.role = 'unit_leader' join organization.node n on n.id = g.node_id
       where m.once = 'nearest'`,
    );
    expect(homes.map(({ code }) => code)).toEqual(['U04']);
  });

  test('a line: only its own people', async () => {
    await tellNow(
      telling({ to: { role: 'handler', nodeId: house.dir.groupNode.id, lineId: house.line('L11') }, once: 'line' }),
    );
    const lines = await house.sql<{ line_id: number }>(
      `select distinct g.line_id from messages.copy c join messages.message m on m.id = c.message_id
       join access.grant_ g on g.account_id = c.account_id and g.role = 'handler' where m.once = 'line'`,
    );
    expect(lines).toEqual([{ line_id: house.line('L11') }]);
  });

  test('nobody twice under the same key, also when two tell it at once', async () => {
    const id = await idOf('disp01');
    const what = telling({ to: { accountIds: [id] }, once: 'once' });
    const told = await Promise.all([tellNow(what), tellNow(what), tellNow(what)]);
    expect(told.sort()).toEqual([0, 0, 1]);
    expect(await tellNow(what)).toBe(0);
  });

  test('nobody of what was rolled back', async () => {
    const id = await idOf('fu01');
    await inTransaction(house.program.pool, async (tx) => {
      const context: Context = { tx, actor: system, now: house.clock.now() };
      await tell(context, telling({ to: { accountIds: [id] } }));
      throw new Error('changed my mind');
    }).catch(() => {});
    expect((await inbox('fu01')).messages).toEqual([]);
  });
});

describe('what the told do with it', () => {
  test('a message is read by opening and only in one’s own copy', async () => {
    await tellNow(telling({ to: { accountIds: [await idOf('ho-l11'), await idOf('disp02')] }, once: 'both' }));
    const mine = (await inbox('ho-l11')).messages[0]!;
    await (await house.as('ho-l11')).do(api.messages.open, { ids: [mine.id] });
    expect((await inbox('ho-l11')).messages.map(({ id }) => id)).not.toContain(mine.id);
    expect((await inbox('disp02')).messages.map(({ id }) => id)).toContain(mine.id);
  });

  test('it is confirmed once; a second press changes nothing, and words are kept as they were', async () => {
    await tellNow(telling({ to: { accountIds: [await idOf('disp02')] }, once: 'sure', confirmWithin: 60 }));
    const { id } = (await inbox('disp02', 'confirm')).messages[0]!;
    const disp = await house.as('disp02');
    const replies = await Promise.all([
      disp.try(api.messages.confirm, { id, reply: '收到，今晚前办好' }),
      disp.try(api.messages.confirm, { id, reply: '收到，今晚前办好' }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    const after = await disp.do(api.messages.confirm, { id, reply: '改口' });
    expect(after).toMatchObject({ reply: '收到，今晚前办好' });
    expect(after.confirmedAt).not.toBeNull();
    const journal = await house.sql(
      `select from journal.entry where action = 'messages.confirmed' and record_id = $1`,
      [id],
    );
    expect(journal).toHaveLength(1);
  });

  test('somebody else’s message is not found, and one that asks nothing cannot be confirmed', async () => {
    await tellNow(telling({ to: { accountIds: [await idOf('disp02')] }, once: 'plain' }));
    const { id } = (await inbox('disp02')).messages[0]!;
    expect((await (await house.as('fu01')).try(api.messages.confirm, { id })).code).toBe('not_found');
    expect((await (await house.as('disp02')).try(api.messages.confirm, { id })).code).toBe('nothing_to_confirm');
  });

  test('pages follow each other without a gap', async () => {
    const id = await idOf('aud01');
    for (let i = 0; i < 7; i++) await tellNow(telling({ to: { accountIds: [id] }, once: `page ${i}` }));
    const auditor = await house.as('aud01');
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await auditor.do(api.messages.inbox, { view: 'all', limit: 3, after });
      seen.push(...page.messages.map((one) => one.id));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });
});

describe('told by the work itself', () => {
  test('a dispatch tells the line it went to, with the number and nothing of the words', async () => {
    const given = await house.given.request({
      until: 'dispatched',
      text: '三号楼的热水器坏了，工号 88123 的王某某在等',
    });
    const { messages } = await inbox('ho-l11');
    const one = messages.find(({ about: { id } }) => id === given.id);
    expect(one).toMatchObject({ kind: 'request.dispatched', about: { label: given.number } });
    expect(JSON.stringify(messages)).not.toMatch(/热水器|88123|王某某/);
  });

  test('an agreed call whose time has come is told to whoever agreed it, once', async () => {
    const given = await house.given.request({ until: 'handled' });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    const caller = await house.as('fu01');
    const { id } = (
      await house.sql<{ id: string }>('select id from followups.call where request_id = $1', [given.id])
    )[0]!;
    const at = new Date(house.clock.now().getTime() + hour);
    await caller.do(api.followups.attempt, {
      id,
      channel: 'phone',
      outcome: 'asked_later',
      appointment: at.toISOString(),
    });
    await house.timers.run('followups.appointments');
    const told = async () =>
      (await inbox('fu01', 'all')).messages.filter(({ kind }) => kind === 'followup.appointment');
    expect(await told()).toEqual([]);
    house.clock.forward(hour);
    await house.timers.run('followups.appointments');
    await house.timers.run('followups.appointments');
    expect(await told()).toMatchObject([
      { about: { label: given.number }, values: { at: expect.stringMatching(/^\d\d:\d\d$/) } },
    ]);
  });

  test('the third nudge goes one level up, once, and asks to be confirmed', async () => {
    const given = await house.given.request({ until: 'accepted', unit: 'U04' });
    const worker = await house.as('worker01');
    for (let i = 0; i < 4; i++) await worker.do(api.requests.nudge, { id: given.id });
    const rows = await house.sql<{ login: string }>(
      `select a.login from messages.copy c join messages.message m on m.id = c.message_id join access.account a on a.id = c.account_id
       where m.kind = 'request.nudged_thrice' and m.about_id = $1`,
      [given.id],
    );
    expect(rows.length).toBeGreaterThan(0);
    const leader = await inbox(rows[0]!.login, 'confirm');
    expect(leader.messages[0]).toMatchObject({ values: { nudges: 3 }, level: 'important' });
  });
});
