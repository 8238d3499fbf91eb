import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { system } from '../../platform/actor.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { type Gateway, startGateway } from '../../testing/gateway.ts';
import { type MailServer, startMailServer, wordsOf } from '../../testing/mail-server.ts';
import { api, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { type CourierDeps, makeRound } from './courier.ts';
import { linksOf, type Telling, tell } from './index.ts';

let house: House;
let mail: MailServer;
let gateway: Gateway;
let courier: CourierDeps;
const noon = '2026-03-02T12:00:00+08:00';
beforeAll(async () => {
  house = await openHouse({ at: noon });
  mail = await startMailServer();
  gateway = await startGateway(() => ({ body: '{"errcode":0,"errmsg":"ok"}' }));
  courier = {
    pool: house.program.pool,
    keys: house.program.keys,
    now: house.clock.now,
    links: linksOf(() => 'https://help.example.com'),
    committed: house.program.desk.committed,
  };
});
afterAll(() => Promise.all([house.stop(), mail.stop(), gateway.stop()]));
beforeEach(async () => {
  await mail.behave('accept');
  mail.mails.length = 0;
  gateway.posted.length = 0;
});
afterEach(async () => {
  await house.sql(`update messages.delivery set state = 'dropped' where state in ('waiting', 'sending')`);
  await house.sql('update messages.message set planned_at = now() where planned_at is null');
});

const idOf = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>('select id from access.account where login = $1', [login]))[0]!.id;
const about: Telling['about'] = { kind: 'task', id: 'x', label: 'RW-2026-0001', route: '/tasks/x' };
const tellNow = (what: Partial<Telling> & Pick<Telling, 'to'>): Promise<number> =>
  inTransaction(house.program.pool, (tx) =>
    tell({ tx, actor: system, now: house.clock.now() }, { kind: 'task.slipped', about, level: 'important', ...what }),
  );
const round = () => makeRound(courier);
const states = () =>
  house.sql<{ state: string; reason: string | null; attempts: number }>(
    'select state, reason, attempts from messages.delivery order by id desc',
  );
const smtp = { host: '127.0.0.1', encryption: 'none' as const, from: 'desk@example.com' };

describe('a channel is set up by the system administrator alone, and its secrets never come back', () => {
  test('nobody else reads or changes it', async () => {
    for (const login of ['sec01', 'aud01', 'disp01', 'worker01', 'u04-lead']) {
      const client = await house.as(login).catch(() => null);
      if (!client) continue;
      expect((await client.try(api.messages.channels, {})).status, login).toBe(403);
      expect((await client.try(api.messages.deliveries, {})).status, login).toBe(403);
    }
  });

  test('every bad field is named at once', async () => {
    const admin = await house.as('sys01');
    const bad = { kind: 'email' as const, name: 'Mail', enabled: true, settings: { user: 'desk' }, perMinute: 60 };
    const fields = (await admin.try(api.messages.saveChannel, bad)).problem.fields!.map(({ field }) => field);
    expect(fields).toEqual(['settings.host', 'settings.port', 'settings.encryption', 'settings.from', 'password']);
    const inside = { ...bad, kind: 'wecom' as const, settings: {}, url: 'https://10.0.0.8/send?key=1' };
    expect((await admin.try(api.messages.saveChannel, inside)).problem.fields).toMatchObject([
      { field: 'url', code: 'private_address' },
    ]);
  });

  test('password, address and signing key stand in no answer, no log, no journal and no column that can be read', async () => {
    const admin = await house.as('sys01');
    const saved = await admin.do(api.messages.saveChannel, {
      kind: 'dingtalk',
      name: '值班群',
      enabled: false,
      settings: { allowPrivate: true },
      url: `${gateway.url}/robot/send?access_token=planted-token`,
      signingKey: 'planted-signing-key',
      perMinute: 20,
    });
    expect(saved).toMatchObject({
      has: { url: true, signingKey: true, password: false },
      host: new URL(gateway.url).host,
    });
    const again = await admin.do(api.messages.saveChannel, { ...saved, name: '值班大群', perMinute: 10 });
    expect(again).toMatchObject({ name: '值班大群', has: { url: true, signingKey: true }, version: saved.version + 1 });
    const everything = JSON.stringify([
      saved,
      await admin.do(api.messages.channels, {}),
      await house.sql('select * from journal.entry'),
      (await house.sql<{ sealed: Buffer }>('select * from messages.channel')).map((row) => ({
        ...row,
        sealed: row.sealed.toString('latin1'),
      })),
      house.log,
    ]);
    expect(everything).not.toMatch(/planted/);
    expect((await admin.try(api.messages.saveChannel, { ...saved, name: 'late' })).code).toBe('stale');
  });

  test('a test goes out at once and says how it went', async () => {
    const admin = await house.as('sys01');
    const { id } = await admin.do(api.messages.saveChannel, {
      kind: 'email',
      name: '集团邮件',
      enabled: true,
      settings: { ...smtp, port: mail.port },
      perMinute: 600,
    });
    expect(await admin.do(api.messages.testChannel, { id, to: 'me@example.com' })).toMatchObject({ sent: true });
    await mail.behave('refuse');
    expect(await admin.do(api.messages.testChannel, { id, to: 'me@example.com' })).toMatchObject({ reason: 'refused' });
    expect((await admin.try(api.messages.testChannel, { id })).problem.fields).toMatchObject([{ field: 'to' }]);
    const second = {
      kind: 'email' as const,
      name: 'Second',
      enabled: true,
      settings: { ...smtp, port: 25 },
      perMinute: 60,
    };
    expect((await admin.try(api.messages.saveChannel, second)).code).toBe('one_way_out');
  });

  test('a new server is never sent the old password: it must be entered again, and the old one is kept for nobody', async () => {
    const admin = await house.as('sys01');
    const own = await startMailServer({ password: 'right horse' });
    const strange = await startMailServer({ password: 'right horse' });
    const settings = { ...smtp, port: own.port, user: 'desk' };
    const saved = await admin.do(api.messages.saveChannel, {
      kind: 'email',
      name: '有密码的邮件',
      enabled: false,
      settings,
      password: 'right horse',
      perMinute: 60,
    });
    for (const turned of [
      { port: strange.port },
      { host: 'localhost' },
      { encryption: 'starttls' as const },
      { user: 'x' },
    ]) {
      const refused = await admin.try(api.messages.saveChannel, { ...saved, settings: { ...settings, ...turned } });
      expect(refused.problem.fields).toMatchObject([{ field: 'password', code: 'secret_again' }]);
    }
    // Nor by the way round: without an account the password goes, and is not there when one is named again.
    const { user: _user, ...without } = settings;
    const bare = await admin.do(api.messages.saveChannel, { ...saved, settings: { ...without, port: strange.port } });
    expect(bare.has.password).toBe(false);
    const back = await admin.try(api.messages.saveChannel, { ...bare, settings: { ...settings, port: strange.port } });
    expect(back.problem.fields).toMatchObject([{ field: 'password', code: 'required' }]);
    const known = await admin.do(api.messages.saveChannel, { ...bare, settings, password: 'right horse' });
    expect(known.has.password).toBe(true);
    expect(await admin.do(api.messages.saveChannel, { ...known, name: '改个名字' })).toMatchObject({
      has: { password: true },
    });
    const robot = await admin.do(api.messages.saveChannel, {
      kind: 'dingtalk',
      name: '签名群',
      enabled: false,
      settings: { allowPrivate: true },
      url: `${gateway.url}/robot?access_token=1`,
      signingKey: 'key',
      perMinute: 20,
    });
    const moved = await admin.try(api.messages.saveChannel, { ...robot, url: 'https://example.com/robot' });
    expect(moved.problem.fields).toMatchObject([{ field: 'signingKey', code: 'secret_again' }]);
    await Promise.all([own.stop(), strange.stop()]);
  });
});

/** Gives somebody a confirmed mailbox, through the code that is sent to it. */
async function confirmMailbox(login: string): Promise<void> {
  const client = await house.as(login);
  await client.do(api.messages.giveAddress, { kind: 'email', address: `${login}@example.com` });
  await round();
  const code = /\b(\d{6})\b/.exec(wordsOf(mail.mails.at(-1)!))![1]!;
  await client.do(api.messages.confirmAddress, { kind: 'email', code });
  mail.mails.length = 0;
}

describe('an address is used once its owner has confirmed it', () => {
  test('a code goes there; a wrong one is refused, five wrong ones make it worthless', async () => {
    const client = await house.as('disp02');
    await client.do(api.messages.giveAddress, { kind: 'email', address: 'disp02@example.com' });
    await tellNow({ to: { accountIds: [await idOf('disp02')] } });
    await round();
    expect(mail.mails).toHaveLength(1);
    const code = /\b(\d{6})\b/.exec(wordsOf(mail.mails[0]!))![1]!;
    const wrong = code === '000000' ? '000001' : '000000';
    const tries = await Promise.all(
      [1, 2, 3, 4, 5].map(() => client.try(api.messages.confirmAddress, { kind: 'email', code: wrong })),
    );
    expect(tries.map(({ code: refused }) => refused)).toEqual(Array(5).fill('wrong_code'));
    expect((await client.try(api.messages.confirmAddress, { kind: 'email', code })).code).toBe('wrong_code');
    expect((await client.try(api.messages.giveAddress, { kind: 'email', address: 'disp02@example.com' })).code).toBe(
      'too_soon',
    );
  });

  test('as many confirm at once as there are connections, and more: nobody waits for a second one', async () => {
    const clients = await Promise.all(['fu01', 'fu00', 'lead00'].map((login) => house.as(login)));
    for (const client of clients)
      await client.do(api.messages.giveAddress, { kind: 'email', address: 'many@example.com' });
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        clients[i % clients.length]!.try(api.messages.confirmAddress, { kind: 'email', code: '000000' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
  }, 20_000);

  test('once confirmed it is shown shortened, and taken back it is gone', async () => {
    house.clock.forward(2 * minute);
    await confirmMailbox('disp02');
    const client = await house.as('disp02');
    const { addresses } = await client.do(api.messages.preferences, {});
    expect(addresses).toMatchObject([{ kind: 'email', confirmed: true, shown: 'd…@example.com' }]);
    await client.do(api.messages.dropAddress, { kind: 'email' });
    expect((await client.do(api.messages.preferences, {})).addresses).toEqual([]);
  });

  test('not an address, or another header smuggled in: the field is named', async () => {
    const client = await house.as('disp02');
    for (const address of ['nobody', 'a@b.cn\r\nBcc: all@example.com', 'a@b.cn, c@d.cn'])
      expect((await client.try(api.messages.giveAddress, { kind: 'email', address })).problem.fields).toMatchObject([
        { field: 'address', code: 'bad_format' },
      ]);
    expect((await client.try(api.messages.giveAddress, { kind: 'sms', address: '13800000001' })).code).toBe(
      'no_channel',
    );
  });
});

describe('what goes out', () => {
  beforeAll(async () => {
    house.clock.set(noon);
    await confirmMailbox('disp01');
  });
  beforeEach(() => house.clock.set(noon));
  const toDisp = async (more: Partial<Telling> = {}) =>
    tellNow({ to: { accountIds: [await idOf('disp01')] }, ...more });

  test('a number, a sentence and a link; once', async () => {
    await toDisp();
    await round();
    await round();
    expect(mail.mails).toHaveLength(1);
    expect(wordsOf(mail.mails[0]!)).toContain('RW-2026-0001 已逾期');
    expect(wordsOf(mail.mails[0]!)).toContain('https://help.example.com/desk/tasks/x');
  });

  test('in the language of the account', async () => {
    await (await house.as('disp01')).do(api.access.setLocale, { locale: 'en' });
    await toDisp();
    await round();
    expect(wordsOf(mail.mails[0]!)).toContain('Task RW-2026-0001 has slipped');
    await (await house.as('disp01')).do(api.access.setLocale, { locale: 'zh-CN' });
  });

  test('greylisted: it waits and is taken the second time, under the same key', async () => {
    await mail.behave('greylist');
    await toDisp();
    await round();
    expect((await states())[0]).toMatchObject({ state: 'waiting', reason: 'later', attempts: 1 });
    await round();
    expect(mail.mails).toHaveLength(0);
    house.clock.forward(minute);
    await round();
    expect((await states())[0]).toMatchObject({ state: 'sent', attempts: 2 });
    expect(mail.mails).toHaveLength(1);
  });

  test('refused for good: given up with its reason, the administrators are told once, and sent again by hand', async () => {
    await mail.behave('refuse');
    await toDisp();
    await toDisp();
    await round();
    const admin = await house.as('sys01');
    const { deliveries } = await admin.do(api.messages.deliveries, { state: 'dead' });
    expect(deliveries).toHaveLength(2);
    expect(deliveries[0]).toMatchObject({ reason: 'refused', kind: 'task.slipped' });
    expect(JSON.stringify(deliveries)).not.toMatch(/@example|RW-2026/);
    const { messages } = await admin.do(api.messages.inbox, {});
    expect(messages.filter(({ kind }) => kind === 'channel.failing')).toHaveLength(1);
    await mail.behave('accept');
    expect(await admin.do(api.messages.sendAgain, { ids: deliveries.map(({ id }) => id) })).toEqual({ waiting: 2 });
    await round();
    expect(mail.mails).toHaveLength(2);
  });

  test('eight attempts, then it is given up', async () => {
    await mail.behave('cut');
    await toDisp();
    for (let i = 0; i < 10; i++) {
      await round();
      house.clock.forward(2 * hour);
    }
    expect((await states()).find(({ attempts }) => attempts === 8)).toMatchObject({
      state: 'dead',
      reason: 'not_reached',
    });
  });

  test('read meanwhile: not sent', async () => {
    await mail.behave('greylist');
    await toDisp();
    await round();
    const disp = await house.as('disp01');
    const { messages } = await disp.do(api.messages.inbox, { view: 'unread' });
    await disp.do(api.messages.open, { ids: messages.map(({ id }) => id) });
    await mail.behave('accept');
    house.clock.forward(minute);
    await round();
    expect((await states())[0]).toMatchObject({ state: 'dropped', reason: 'read' });
    expect(mail.mails).toHaveLength(0);
  });

  test('quiet hours: what is important waits for the digest, what is urgent goes through; one digest with counts', async () => {
    house.clock.set('2026-03-03T23:30:00+08:00');
    await toDisp();
    await toDisp({ kind: 'clock.near', level: 'info' });
    await toDisp({ kind: 'clock.overdue', level: 'urgent' });
    await round();
    expect(mail.mails.map(wordsOf)).toEqual([expect.stringContaining('已超期')]);
    mail.mails.length = 0;
    house.clock.set('2026-03-04T07:59:00+08:00');
    await round();
    expect(mail.mails).toHaveLength(0);
    house.clock.set('2026-03-04T08:00:00+08:00');
    await round();
    await round();
    expect(mail.mails).toHaveLength(1);
    const words = wordsOf(mail.mails[0]!);
    expect(words).toMatch(/条未读消息/);
    expect(words).toMatch(/督办 {2}\d/);
    expect(words).not.toContain('RW-2026-0001');
  });

  test('a channel’s pace of a minute holds, across rounds', async () => {
    const admin = await house.as('sys01');
    const [channel] = (await admin.do(api.messages.channels, {})).channels.filter(({ kind }) => kind === 'email');
    const slow = await admin.do(api.messages.saveChannel, { ...channel!, perMinute: 2 });
    house.clock.set('2026-03-05T12:00:00+08:00');
    for (let i = 0; i < 5; i++) await toDisp();
    await round();
    await round();
    expect(mail.mails).toHaveLength(2);
    house.clock.forward(61_000);
    await round();
    expect(mail.mails).toHaveLength(4);
    await admin.do(api.messages.saveChannel, { ...slow, perMinute: 600 });
  });

  test('two programs at once: each goes out once', async () => {
    house.clock.set('2026-03-06T12:00:00+08:00');
    for (let i = 0; i < 30; i++) await toDisp();
    await Promise.all([round(), round(), round(), round()]);
    await round();
    await round();
    expect(mail.mails).toHaveLength(30);
    expect(new Set(mail.mails.map(({ key }) => key)).size).toBe(30);
  });

  test('a program that dies while sending: sent again under the same key, so that the second can be told from a new one', async () => {
    house.clock.set('2026-03-07T12:00:00+08:00');
    await mail.behave('cut_after');
    await toDisp();
    await round();
    // As a kill leaves it: taken, and nobody there any more to say how it went.
    await house.sql(`update messages.delivery set state = 'sending', claimed_until = $1 where state = 'waiting'`, [
      new Date(house.clock.now().getTime() + 2 * minute),
    ]);
    await mail.behave('accept');
    await round();
    expect(mail.mails).toHaveLength(1);
    house.clock.forward(3 * minute);
    await round();
    expect(mail.mails).toHaveLength(2);
    expect(mail.mails[0]!.key).toBe(mail.mails[1]!.key);
    expect((await states())[0]).toMatchObject({ state: 'sent' });
  });
});

describe('group chats', () => {
  test('hear what was for a role at their place and line, of records that may be named, and nothing else', async () => {
    house.clock.set('2026-03-08T12:00:00+08:00');
    const admin = await house.as('sys01');
    await admin.do(api.messages.saveChannel, {
      kind: 'wecom',
      name: '后勤群',
      enabled: true,
      settings: { allowPrivate: true },
      url: `${gateway.url}/cgi-bin/webhook/send?key=k`,
      perMinute: 20,
      leastLevel: 'important',
      lineId: house.line('L11'),
    });
    const nodeId = house.dir.groupNode.id;
    const named = (label: string, lineId: number, more: Partial<Telling> = {}) =>
      tellNow({
        to: { role: 'handler', nodeId, lineId },
        about: { ...about, label, mayBeNamed: true },
        ...more,
      });
    await named('RW-OURS', house.line('L11'));
    await named('RW-LOW', house.line('L11'), { level: 'info' });
    await named('RW-SECRET', house.line('L11'), { about: { ...about, label: 'RW-SECRET' } });
    await named('RW-THEIRS', house.line('L12'));
    await tellNow({
      to: { accountIds: [await idOf('disp02')] },
      about: { ...about, label: 'RW-PRIVATE', mayBeNamed: true },
    });
    await round();
    expect(gateway.posted.map(({ body }) => body).join()).toMatch(/RW-OURS/);
    expect(gateway.posted.map(({ body }) => body).join()).not.toMatch(/RW-LOW|RW-SECRET|RW-THEIRS|RW-PRIVATE/);
    expect(gateway.posted).toHaveLength(1);
  });
});
