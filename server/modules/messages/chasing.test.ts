import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { system } from '../../platform/actor.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { type MailServer, startMailServer, wordsOf } from '../../testing/mail-server.ts';
import { api, type House, minute, openHouse } from '../../testing/program.ts';
import { type CourierDeps, makeRound } from './courier.ts';
import { linksOf, tell } from './index.ts';

let house: House;
let mail: MailServer;
let courier: CourierDeps;
/** Accounts with their homes: two in unit U04, one in U05. */
let answering: Person;
let silent: Person;
let elsewhere: Person;
let leader: Person;
interface Person {
  id: string;
  login: string;
}

async function people(unit: string, role: string, n: number): Promise<Person[]> {
  return house.sql<Person>(
    `select distinct a.id, a.login from access.account a join access.grant_ g on g.account_id = a.id
     join organization.node h on h.id = a.home_node_id left join organization.node p on p.id = h.parent_id
     where g.role = $1 and (h.code = $2 or p.code = $2) and g.revoked_at is null order by a.login limit $3`,
    [role, unit, n],
  );
}

beforeAll(async () => {
  house = await openHouse({ at: '2026-03-02T12:00:00+08:00' });
  mail = await startMailServer();
  courier = {
    pool: house.program.pool,
    keys: house.program.keys,
    now: house.clock.now,
    links: linksOf(() => 'https://help.example.com'),
    committed: house.program.desk.committed,
  };
  [answering, silent] = (await people('U04', 'handler', 2)) as [Person, Person];
  [elsewhere] = (await people('U05', 'handler', 1)) as [Person];
  [leader] = (await people('U04', 'unit_leader', 1)) as [Person];
  await (await house.as('sys01')).do(api.messages.saveChannel, {
    kind: 'email',
    name: 'Mail',
    enabled: true,
    settings: { host: '127.0.0.1', port: mail.port, encryption: 'none', from: 'desk@example.com' },
    perMinute: 600,
  });
});
afterAll(() => Promise.all([house.stop(), mail.stop()]));
beforeEach(() => {
  mail.mails.length = 0;
});

let told = 0;
/** Tells all three something that is to be confirmed within two hours. @returns the message's id */
async function ask(): Promise<string> {
  const once = `asked ${++told}`;
  await inTransaction(house.program.pool, (tx) =>
    tell(
      { tx, actor: system, now: house.clock.now() },
      {
        kind: 'task.assigned',
        to: { accountIds: [answering.id, silent.id, elsewhere.id] },
        about: { kind: 'task', id: 'x', label: `RW-${told}` },
        level: 'important',
        confirmWithin: 120,
        once,
      },
    ),
  );
  return (await house.sql<{ id: string }>('select id from messages.message where once = $1', [once]))[0]!.id;
}
const confirm = async (who: Person, id: string, reply?: string) =>
  (await house.as(who.login)).do(api.messages.confirm, { id, reply });
const round = () => makeRound(courier);

describe('chase only the silent', () => {
  test('who has answered is left alone; the counts are of the people in sight, and names open under them', async () => {
    const id = await ask();
    await confirm(answering, id, '收到，已安排');
    const lead = await house.as(leader.login);
    const { asked } = await lead.do(api.messages.asked, {});
    expect(asked.find((one) => one.id === id)!.tally).toEqual({ expected: 2, opened: 1, confirmed: 1 });
    expect(await lead.do(api.messages.chase, { id })).toEqual({ chased: 1, justNow: 0, ring: 1 });
    const { addressees } = await lead.do(api.messages.addressees, { id });
    expect(addressees.map(({ accountId, chases, next, reply }) => [accountId, chases, next, reply])).toEqual([
      [silent.id, 1, 'ring', null],
      [answering.id, 0, null, '收到，已安排'],
    ]);
    expect(JSON.stringify(addressees)).not.toContain(elsewhere.id);
  });

  test('a second press, or a second person, chases nobody again', async () => {
    const id = await ask();
    const lead = await house.as(leader.login);
    const both = await Promise.all([lead.do(api.messages.chase, { id }), lead.do(api.messages.chase, { id })]);
    expect(both.map(({ chased }) => chased).sort()).toEqual([0, 2]);
    house.clock.forward(11 * minute);
    await confirm(silent, id);
    expect(await lead.do(api.messages.chase, { id })).toMatchObject({ chased: 1, justNow: 0 });
  });

  test('who looks after none of them finds nothing to chase, and who may not chase is turned away', async () => {
    const id = await ask();
    const [other] = await people('U06', 'unit_leader', 1);
    const stranger = await house.as(other!.login);
    expect((await stranger.do(api.messages.asked, {})).asked).toEqual([]);
    expect((await stranger.try(api.messages.addressees, { id })).code).toBe('not_found');
    expect((await stranger.try(api.messages.chase, { id })).code).toBe('not_found');
    expect((await (await house.as(silent.login)).try(api.messages.chase, { id })).status).toBe(403);
    expect((await (await house.as('sys01')).try(api.messages.asked, {})).status).toBe(403);
  });

  test('the next channel is tried, each once; then somebody has to ring', async () => {
    const client = await house.as(silent.login);
    await client.do(api.messages.giveAddress, { kind: 'email', address: 'silent@example.com' });
    await round();
    const code = /\b(\d{6})\b/.exec(wordsOf(mail.mails[0]!))![1]!;
    await client.do(api.messages.confirmAddress, { kind: 'email', code });
    const { preference, version } = await client.do(api.messages.preferences, {});
    // Told by mail of nothing by itself: a chase still reaches them there.
    await client.do(api.messages.savePreferences, {
      ...preference,
      digestHour: null,
      channels: { info: [], important: [], urgent: [] },
      version,
    });
    const id = await ask();
    await round();
    mail.mails.length = 0;
    const lead = await house.as(leader.login);
    expect(
      (await lead.do(api.messages.addressees, { id })).addressees.find(({ accountId }) => accountId === silent.id),
    ).toMatchObject({ next: 'email' });
    await lead.do(api.messages.chase, { id });
    await round();
    expect(mail.mails.map(wordsOf)).toEqual([expect.stringContaining('再次提醒：')]);
    house.clock.forward(11 * minute);
    expect(await lead.do(api.messages.chase, { id })).toEqual({ chased: 2, justNow: 0, ring: 2 });
  });

  test('at half of the time the silent are asked again, at the end of it their leaders are told how many are silent', async () => {
    const id = await ask();
    await confirm(answering, id);
    house.clock.forward(59 * minute);
    await round();
    const chases = () =>
      house.sql<{ account_id: string; chases: number }>(
        'select account_id, chases from messages.copy where message_id = $1 and chases > 0',
        [id],
      );
    expect(await chases()).toEqual([]);
    house.clock.forward(2 * minute);
    await round();
    await round();
    expect((await chases()).map(({ account_id }) => account_id).sort()).toEqual([silent.id, elsewhere.id].sort());
    house.clock.forward(60 * minute);
    await Promise.all([round(), round()]);
    const told = (await (await house.as(leader.login)).do(api.messages.inbox, { view: 'all' })).messages.filter(
      ({ kind, about }) => kind === 'message.silent' && about.id === id,
    );
    expect(told).toMatchObject([{ values: { silent: 1 } }]);
  });

  test('everything that was done is in the journal, without a word of the replies', async () => {
    await house.settled();
    const entries = await house.sql<{ action: string; text: string }>(
      `select action, to_jsonb(e)::text as text from journal.entry e where action like 'messages.%'`,
    );
    const actions = new Set(entries.map(({ action }) => action));
    for (const action of [
      'messages.told',
      'messages.confirmed',
      'messages.chased',
      'messages.address_confirmed',
      'messages.preferences_saved',
    ])
      expect(actions).toContain(action);
    expect(entries.map(({ text }) => text).join()).not.toMatch(/已安排|example\.com/);
  });
});
