import type { FastifyRequest } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword } from '../../testing/database.ts';
import { api, type Client, day, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { forgetSessions } from './index.ts';
import { strongEnough } from './passwords.ts';
import { demoDoorOpen } from './signIn.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

/** Somebody at a browser of their own, signed in through the front door. */
async function signedIn(login: string, password = demoPassword): Promise<Client & { csrf: string }> {
  const client = await house.visitor();
  const me = await client.do(api.access.signIn, { login, password });
  return Object.assign(client, { csrf: me.csrf });
}
const withCsrf = (client: { csrf: string }) => ({ headers: { 'x-csrf': client.csrf } });
/** A request for the live stream, as the stream keeps it to ask again who it belongs to. */
const streamOf = (client: Client): FastifyRequest =>
  ({ method: 'GET', url: '/api/live', headers: {}, cookies: Object.fromEntries(client.cookies) }) as FastifyRequest;
const later = (ms: number): void => {
  house.clock.forward(ms);
  forgetSessions();
};
const codeAt = (secret: string, ms = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: house.clock.now().getTime() + ms });

describe('sign-in', () => {
  test('five wrong passwords lock the account for fifteen minutes, also for the right one', async () => {
    const client = await house.visitor();
    for (let i = 0; i < 4; i++)
      expect(await client.try(api.access.signIn, { login: 'keep01', password: 'wrong-wrong-1' })).toMatchObject({
        status: 401,
        code: 'wrong_credentials',
      });
    expect((await client.try(api.access.signIn, { login: 'keep01', password: 'wrong-wrong-1' })).status).toBe(401);
    expect(await client.try(api.access.signIn, { login: 'keep01', password: demoPassword })).toMatchObject({
      status: 423,
      code: 'locked',
    });
    later(14 * minute);
    expect((await client.try(api.access.signIn, { login: 'keep01', password: demoPassword })).status).toBe(423);
    later(2 * minute);
    expect((await client.try(api.access.signIn, { login: 'keep01', password: demoPassword })).status).toBe(200);
  });
  test('a right password in between begins the count anew', async () => {
    const client = await house.visitor();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 4; i++) await client.try(api.access.signIn, { login: 'keep02', password: 'wrong-wrong-1' });
      expect((await client.try(api.access.signIn, { login: 'keep02', password: demoPassword })).status).toBe(200);
    }
  });
  test('an unknown login and a wrong password are told in the same words', async () => {
    const client = await house.visitor();
    const [a, b] = [
      await client.try(api.access.signIn, { login: 'nobody', password: 'x' }),
      await client.try(api.access.signIn, { login: 'driv01', password: 'x' }),
    ];
    expect(a.problem).toEqual(b.problem);
  });
  test('many wrong passwords at once do not freeze the program', async () => {
    const client = await house.visitor();
    const from = Date.now();
    await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        client.try(api.access.signIn, { login: `u0${(i % 9) + 1}-w01`, password: 'wrong' }),
      ),
    );
    expect(Date.now() - from).toBeLessThan(8_000);
  });
  test('the login is found in whatever case it is typed', async () => {
    expect(
      (await (await house.visitor()).try(api.access.signIn, { login: 'WORKER02', password: demoPassword })).status,
    ).toBe(200);
  });
  test('the session cookie is out of a script’s reach and of other sites’', async () => {
    const client = await house.visitor();
    const response = await client.fetch('POST', '/api/session', { login: 'worker02', password: demoPassword });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith('lm_session='))!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    const [row] = await house.sql<{ n: string }>(
      `select count(*) as n from access.session where position(convert_to($1, 'UTF8') in secret_hash) > 0`,
      [client.cookies.get('lm_session')],
    );
    expect(Number(row!.n)).toBe(0);
  });
  test('a disabled account does not get in, and is thrown out', async () => {
    const client = await signedIn('buy02');
    const [account] = await house.sql<{ id: string }>(`select id from access.account where login = 'buy02'`);
    await (await house.as('sys01')).do(api.access.disableAccount, { id: account!.id, disabled: true });
    expect((await client.try(api.requests.mine, {})).status).toBe(401);
    expect(await client.try(api.access.signIn, { login: 'buy02', password: demoPassword })).toMatchObject({
      status: 403,
      code: 'account_disabled',
    });
  });
});

test('who asks who they are and is nobody is told so, without an error', async () => {
  const client = await house.visitor();
  const answer = await client.fetch('GET', '/api/session');
  expect([answer.status, await answer.json()]).toEqual([200, null]);
  await client.do(api.access.signIn, { login: 'worker03', password: demoPassword });
  expect((await client.do(api.access.me, {}))?.login).toBe('worker03');
  await client.do(api.access.signOut, {});
  expect(await client.do(api.access.me, {})).toBeNull();
});

describe('sessions end', () => {
  test('after two hours without use', async () => {
    const client = await signedIn('worker02');
    later(hour + 59 * minute);
    expect((await client.try(api.requests.mine, {})).status).toBe(200);
    later(hour + 59 * minute);
    expect((await client.try(api.requests.mine, {})).status).toBe(200);
    later(2 * hour + minute);
    expect((await client.try(api.requests.mine, {})).status).toBe(401);
  });
  test('after twelve hours whatever happens', async () => {
    const client = await signedIn('worker02');
    for (let i = 0; i < 11; i++) {
      later(65 * minute);
      expect((await client.try(api.requests.mine, {})).status).toBe(200);
    }
    later(10 * minute);
    expect((await client.try(api.requests.mine, {})).status).toBe(401);
  });
  test('after fifteen minutes without use for administrators', async () => {
    const client = await house.visitor();
    await client.do(api.access.demoSignIn, { login: 'sec01' });
    later(14 * minute);
    expect((await client.try(api.access.tokens, {})).status).toBe(200);
    later(16 * minute);
    expect((await client.try(api.access.tokens, {})).status).toBe(401);
  });
  test('not while the person works, also where the page’s live stream has just asked who it belongs to', async () => {
    const client = await signedIn('worker02');
    const asTheStreamDoes = (): Promise<unknown> => house.program.desk.identify(streamOf(client));
    for (let i = 0; i < 3; i++) {
      later(hour + 59 * minute);
      await asTheStreamDoes();
      expect((await client.try(api.requests.mine, {})).status).toBe(200);
    }
    // The stream by itself keeps nobody signed in.
    later(hour + 59 * minute);
    await asTheStreamDoes();
    later(2 * minute);
    expect((await client.try(api.requests.mine, {})).status).toBe(401);
  });
  test('when signed out, everywhere at once', async () => {
    const client = await signedIn('worker02');
    const stolen = client.cookies.get('lm_session')!;
    await client.do(api.access.signOut, {}, withCsrf(client));
    const thief = await house.visitor();
    thief.cookies.set('lm_session', stolen);
    expect((await thief.try(api.requests.mine, {})).status).toBe(401);
  });
  test('one session revoked from another, and nobody else’s', async () => {
    const [here, there, other] = [await signedIn('worker02'), await signedIn('worker02'), await signedIn('worker03')];
    const { sessions } = await here.do(api.access.sessions, {});
    const theirs = (await other.do(api.access.sessions, {})).sessions[0]!;
    expect((await here.try(api.access.revokeSession, { id: theirs.id }, withCsrf(here))).status).toBe(404);
    for (const session of sessions.filter((one) => !one.current))
      await here.do(api.access.revokeSession, { id: session.id }, withCsrf(here));
    expect((await there.try(api.requests.mine, {})).status).toBe(401);
    expect((await here.try(api.requests.mine, {})).status).toBe(200);
  });
  test('a changed password ends the other sessions, and needs the old one, another and a strong one', async () => {
    const [here, there] = [await signedIn('driv01'), await signedIn('driv01')];
    const change = (current: string, next: string) =>
      here.try(api.access.changePassword, { current, next }, withCsrf(here));
    expect((await change('wrong', 'Abcdefg-123')).status).toBe(422);
    expect((await change(demoPassword, demoPassword)).code).toBe('password_reused');
    expect((await change(demoPassword, 'abcdefghijk')).code).toBe('password_weak');
    expect((await change(demoPassword, 'Abcdefg-123')).status).toBe(200);
    expect((await there.try(api.requests.mine, {})).status).toBe(401);
    expect((await here.try(api.requests.mine, {})).status).toBe(200);
    expect(
      (await (await house.visitor()).try(api.access.signIn, { login: 'driv01', password: demoPassword })).status,
    ).toBe(401);
  });
  test.each<[string, boolean]>([
    ['abcdefghij', false],
    ['Abcdefghij', false],
    ['Abcdefghi1', true],
    ['abcdefghi1-', true],
    ['Ab1-', false],
    ['correct horse battery', true],
    ['一二三四五六七八九十一二三四五六', true],
  ])('the password “%s” is strong enough: %s', (password, strong) => {
    expect(strongEnough(password)).toBe(strong);
  });
});

describe('the second factor', () => {
  test('administrators must set it up before anything else; a code works once', async () => {
    const client = await house.visitor();
    const me = await client.do(api.access.signIn, { login: 'aud01', password: demoPassword });
    expect(me).toMatchObject({ pending: 'enrol', roles: [], permissions: [] });
    expect((await client.try(api.journal.entries, {})).status).toBe(401);
    const { secret } = await client.do(api.access.enrol, {});
    expect(await client.try(api.access.secondFactor, { code: '000000' })).toMatchObject({
      status: 422,
      code: 'wrong_code',
    });
    const code = codeAt(secret);
    expect(await client.do(api.access.secondFactor, { code })).toMatchObject({ pending: null, roles: ['auditor'] });
    expect((await client.try(api.journal.entries, {})).status).toBe(200);

    const again = await house.visitor();
    expect((await again.do(api.access.signIn, { login: 'aud01', password: demoPassword })).pending).toBe('code');
    expect((await again.try(api.journal.entries, {})).status).toBe(401);
    expect(await again.try(api.access.secondFactor, { code })).toMatchObject({ status: 422, code: 'wrong_code' });
    expect((await again.try(api.access.enrol, {})).status).toBe(403);
    expect((await again.try(api.access.changePassword, { current: demoPassword, next: 'Abcdefg-123' })).status).toBe(
      401,
    );
    later(31_000);
    expect((await again.do(api.access.secondFactor, { code: codeAt(secret) })).pending).toBeNull();
  });
  test('a code of the moment before is not taken after a newer one', async () => {
    const [account] = await house.sql<{ secret: string }>(
      `select totp_secret as secret from access.account where login = 'aud01'`,
    );
    later(2 * minute);
    const one = await house.visitor();
    await one.do(api.access.signIn, { login: 'aud01', password: demoPassword });
    const older = codeAt(account!.secret, -30_000);
    await one.do(api.access.secondFactor, { code: codeAt(account!.secret) });
    const two = await house.visitor();
    await two.do(api.access.signIn, { login: 'aud01', password: demoPassword });
    expect((await two.try(api.access.secondFactor, { code: older })).status).toBe(422);
  });
  test('five wrong codes lock the account for fifteen minutes', async () => {
    const client = await house.visitor();
    later(2 * minute);
    await client.do(api.access.signIn, { login: 'aud01', password: demoPassword });
    for (let i = 0; i < 5; i++)
      expect((await client.try(api.access.secondFactor, { code: '123456' })).status).toBe(422);
    const [account] = await house.sql<{ secret: string }>(
      `select totp_secret as secret from access.account where login = 'aud01'`,
    );
    expect(await client.try(api.access.secondFactor, { code: codeAt(account!.secret) })).toMatchObject({ status: 423 });
    later(16 * minute);
  });
  test('a one-time password must be changed before anything else', async () => {
    const { oneTimePassword } = await (await house.as('sys01')).do(api.access.createAccount, {
      login: 'newcomer',
      label: '新来的',
      homeNodeId: house.site('U04-01'),
    });
    const client = await house.visitor();
    const me = await client.do(api.access.signIn, { login: 'newcomer', password: oneTimePassword });
    expect(me.pending).toBe('password');
    expect((await client.try(api.requests.mine, {})).status).toBe(401);
    expect(
      (await client.do(api.access.changePassword, { current: oneTimePassword, next: 'Abcdefg-123' })).pending,
    ).toBeNull();
    expect((await client.try(api.requests.mine, {})).status).toBe(200);
  });
  test('a secret shown once is kept nowhere for a repeat of the command', async () => {
    const admin = await house.as('sys01');
    const key = crypto.randomUUID();
    const { oneTimePassword } = await admin.do(
      api.access.createAccount,
      { login: 'newcomer2', label: '新来的', homeNodeId: house.site('U04-01') },
      { key },
    );
    const { token } = await (await house.as('sec01')).do(
      api.access.createToken,
      { name: 'x y', scopes: ['requests:read'], siteId: null },
      { key },
    );
    const kept = await house.sql('select answer::text as answer from platform.idempotency');
    expect(JSON.stringify(kept)).not.toContain(oneTimePassword);
    expect(JSON.stringify(kept)).not.toContain(token);
  });
});

describe('a page of another site cannot act through this browser', () => {
  test('without the page’s own token: 403', async () => {
    const client = await signedIn('worker02');
    const body = { locale: 'en' } as const;
    expect(await client.try(api.requests.withdraw, { id: crypto.randomUUID() })).toMatchObject({
      status: 403,
      code: 'csrf',
    });
    expect(
      await client.try(api.requests.withdraw, { id: crypto.randomUUID() }, { headers: { 'x-csrf': 'guessed' } }),
    ).toMatchObject({ status: 403, code: 'csrf' });
    expect((await client.try(api.requests.withdraw, { id: crypto.randomUUID() }, withCsrf(client))).status).toBe(404);
    const other = await signedIn('worker03');
    expect(
      (await client.try(api.requests.withdraw, { id: crypto.randomUUID() }, { headers: { 'x-csrf': other.csrf } }))
        .code,
    ).toBe('csrf');
    expect((await client.try(api.access.setLocale, body, withCsrf(client))).status).toBe(200);
  });
  test.each([
    ['https://evil.example', 'cross-site'],
    ['null', 'cross-site'],
    ['http://127.0.0.1:1', 'same-site'],
    ['not an origin', 'same-origin'],
  ])('from the origin %s: 403', async (origin, site) => {
    const client = await signedIn('worker02');
    for (const endpoint of [api.access.setLocale, api.access.signIn, api.requests.createPublic]) {
      const response = await client.fetch(
        endpoint.method,
        endpoint.path,
        {},
        { headers: { 'x-csrf': client.csrf, origin, 'sec-fetch-site': site } },
      );
      expect(response.status, endpoint.path).toBe(403);
    }
  });
  test('the same origin is let in', async () => {
    const client = await signedIn('worker02');
    expect(
      (
        await client.try(
          api.access.setLocale,
          { locale: 'zh-CN' },
          { headers: { 'x-csrf': client.csrf, origin: house.program.address, 'sec-fetch-site': 'same-origin' } },
        )
      ).status,
    ).toBe(200);
  });
  test('a form of another site has no type the door takes', async () => {
    const client = await signedIn('worker02');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const response = await client.fetch('POST', '/api/public/requests/follow', '{"number":"x"}', {
        headers: { 'content-type': type },
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    }
  });
  test('pages are not framed, sniffed or cached', async () => {
    const response = await (await house.visitor()).fetch('GET', '/api/public/directory');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the one-click door of the demo', () => {
  test('is open on this machine in a demo, for the named people only', async () => {
    const client = await house.visitor();
    expect((await client.do(api.access.demoAccounts, {})).accounts.length).toBeGreaterThan(20);
    expect((await client.do(api.access.demoSignIn, { login: 'worker01' })).login).toBe('worker01');
    expect((await client.try(api.access.demoSignIn, { login: 'keep01' })).status).toBe(404);
  });
  test('shows a person with two roles once, with both', async () => {
    const security = await house.as('sec01');
    const listed = await security.do(api.access.accounts, { search: 'op02' });
    const found = listed.accounts.find((account) => account.login === 'op02')!;
    await security.do(api.access.grant, {
      id: found.id,
      role: 'dispatcher',
      nodeId: found.homeNodeId!,
      lineId: null,
    });
    const { accounts } = await (await house.visitor()).do(api.access.demoAccounts, {});
    const [shown, ...again] = accounts.filter((account) => account.login === 'op02');
    expect(again).toEqual([]);
    expect(shown?.roles.toSorted()).toEqual(['dispatcher', 'operator']);
  });
  test.each([
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'localhost'],
    ['x-forwarded-proto', 'https'],
    ['forwarded', 'for=127.0.0.1'],
    ['x-real-ip', '127.0.0.1'],
    ['via', '1.1 proxy'],
  ])('is closed behind a proxy (%s)', async (name, value) => {
    const client = await house.visitor();
    expect(
      await (await client.fetch('GET', '/api/public/demo-accounts', undefined, { headers: { [name]: value } })).json(),
    ).toEqual({ accounts: [] });
    expect(
      (await client.fetch('POST', '/api/session/demo', { login: 'worker01' }, { headers: { [name]: value } })).status,
    ).toBe(404);
  });
  test('is closed under another host name', async () => {
    const reply = await house.program.app.inject({
      method: 'POST',
      url: '/api/session/demo',
      payload: { login: 'worker01' },
      headers: { host: 'demo.example.com' },
      remoteAddress: '127.0.0.1',
    });
    expect(reply.statusCode).toBe(404);
  });
  test('is closed for a peer from elsewhere, for a door bound to the world, and where this is no demo', () => {
    const request = (more: object = {}) =>
      ({
        headers: { host: 'localhost:4600' },
        socket: { remoteAddress: '127.0.0.1' },
        ...more,
      }) as unknown as Parameters<typeof demoDoorOpen>[0];
    expect(demoDoorOpen(request(), true, '127.0.0.1')).toBe(true);
    expect(demoDoorOpen(request(), true, '0.0.0.0')).toBe(false);
    expect(demoDoorOpen(request(), false, '127.0.0.1')).toBe(false);
    expect(demoDoorOpen(request({ socket: { remoteAddress: '10.0.0.7' } }), true, '127.0.0.1')).toBe(false);
    expect(demoDoorOpen(request({ headers: { host: '127.0.0.1.evil.example' } }), true, '127.0.0.1')).toBe(false);
    expect(
      demoDoorOpen(
        request({ headers: { host: '[::1]:4600' }, socket: { remoteAddress: '::ffff:127.0.0.1' } }),
        true,
        '::1',
      ),
    ).toBe(true);
  });
});

describe('grants', () => {
  const accountId = async (login: string): Promise<string> =>
    (await house.sql<{ id: string }>('select id from access.account where login = $1', [login]))[0]!.id;
  const group = (): number => house.dir.groupNode.id;

  test('a revoked grant takes effect within five seconds, and silences the live stream', async () => {
    const [grant] = await house.sql<{ id: string }>(
      `select g.id from access.grant_ g join access.account a on a.id = g.account_id where a.login = 'disp02'`,
    );
    const client = await house.as('disp02');
    expect((await client.try(api.requests.list, {})).status).toBe(200);
    const abort = new AbortController();
    const response = await fetch(`${house.program.address}/api/live`, {
      headers: { cookie: [...client.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
      signal: abort.signal,
    });
    let heard = '';
    const listening = (async () => {
      for await (const chunk of response.body!) heard += Buffer.from(chunk).toString();
    })().catch(() => {});
    // As another program of the cluster would see it: no memory of this one is cleared.
    await house.sql('update access.grant_ set revoked_at = now() where id = $1', [grant!.id]);
    await new Promise((wait) => setTimeout(wait, 4_900));
    expect((await client.try(api.requests.list, {})).status).toBe(403);
    const { id } = await house.given.request();
    await house.settled();
    await new Promise((wait) => setTimeout(wait, 100));
    expect(heard).not.toContain(id);
    abort.abort();
    await listening;
  });
  test('revoked through the door it is felt at once', async () => {
    const [grant] = await house.sql<{ id: string }>(
      `select g.id from access.grant_ g join access.account a on a.id = g.account_id where a.login = 'liai07'`,
    );
    const client = await house.as('liai07');
    expect((await client.try(api.requests.list, {})).status).toBe(200);
    await (await house.as('sec01')).do(api.access.revoke, { id: grant!.id });
    expect((await client.try(api.requests.list, {})).status).toBe(403);
  });
  test('system, security and audit administrators are three different people: the door says so', async () => {
    const admin = await house.as('sec01');
    for (const [login, role] of [
      ['sys01', 'secadmin'],
      ['sys01', 'auditor'],
      ['aud01', 'sysadmin'],
    ] as const) {
      expect(
        await admin.try(api.access.grant, { id: await accountId(login), role, nodeId: group(), lineId: null }),
      ).toMatchObject({ status: 409, code: 'administrator_exclusive' });
    }
  });
  test('and the database says so, whoever writes', async () => {
    await expect(
      house.sql(
        `insert into access.grant_ (id, account_id, role, node_id, granted_at) values (gen_random_uuid(), $1, 'auditor', $2, now())`,
        [await accountId('sys01'), group()],
      ),
    ).rejects.toThrow(/one_administrator_role/);
  });
  test('nobody grants to themselves', async () => {
    expect(
      await (await house.as('sec01')).try(api.access.grant, {
        id: await accountId('sec01'),
        role: 'dispatcher',
        nodeId: group(),
        lineId: null,
      }),
    ).toMatchObject({ status: 403, code: 'own_grant' });
  });
  test('the same grant twice is one grant', async () => {
    const admin = await house.as('sec01');
    const wanted = {
      id: await accountId('keep03'),
      role: 'handler',
      nodeId: group(),
      lineId: house.line('L10'),
    } as const;
    const first = await admin.do(api.access.grant, wanted);
    const second = await admin.try(api.access.grant, wanted);
    expect([200, 409]).toContain(second.status);
    if (second.status === 200) expect(second.body).toEqual(first);
  });
  test('a handler without a line is no handler', async () => {
    expect(
      await (await house.as('sec01')).try(api.access.grant, {
        id: await accountId('keep03'),
        role: 'handler',
        nodeId: group(),
        lineId: null,
      }),
    ).toMatchObject({ status: 422, code: 'line_needed' });
  });
  test('the system administrator creates accounts but grants nothing; the security administrator the other way round', async () => {
    const id = await accountId('worker03');
    expect(
      (await (await house.as('sys01')).try(api.access.grant, { id, role: 'dispatcher', nodeId: group(), lineId: null }))
        .status,
    ).toBe(403);
    expect(
      (
        await (
          await house.as('sec01')
        ).try(api.access.createAccount, { login: 'another', label: '另一个', homeNodeId: group() })
      ).status,
    ).toBe(403);
    expect((await (await house.as('sys01')).try(api.requests.list, {})).status).toBe(403);
    expect(
      (
        await (
          await house.as('sec01')
        ).try(api.requests.create, {
          id: crypto.randomUUID(),
          queryCode: '0000000000',
          categoryId: 1,
          text: 'xx',
          confidentiality: 'open',
        })
      ).status,
    ).toBe(403);
  });
  test('every change of rights stands in the journal', async () => {
    await house.settled();
    const { entries } = await (await house.as('aud01')).do(api.journal.entries, { action: 'access.', limit: 200 });
    const actions = new Set(entries.map((entry) => entry.action));
    for (const action of [
      'access.granted',
      'access.revoked',
      'access.account_created',
      'access.account_disabled',
      'access.token_created',
      'access.locked',
      'access.sign_in_failed',
      'access.signed_in',
      'access.second_factor_enrolled',
      'access.password_changed',
    ]) {
      expect([...actions], action).toContain(action);
    }
  });
});

describe('tokens', () => {
  test('let a program do what its scope says at the place it is bound to, and nothing else', async () => {
    const asked = await house.given.request({ site: 'U04-01' });
    const [here, elsewhere, writer] = [
      await house.given.token(['requests:read'], 'U04-01'),
      await house.given.token(['requests:read'], 'U07-01'),
      await house.given.token(['requests:create'], 'U07-01'),
    ];
    expect((await here.try(api.requests.thread, { id: asked.id })).status).toBe(200);
    expect((await elsewhere.try(api.requests.thread, { id: asked.id })).status).toBe(404);
    expect((await writer.try(api.requests.thread, { id: asked.id })).status).toBe(403);
    expect(
      (
        await here.try(api.requests.create, {
          id: crypto.randomUUID(),
          queryCode: '0000000000',
          categoryId: house.category('A02'),
          text: '停水了',
          confidentiality: 'open',
        })
      ).status,
    ).toBe(403);
    expect((await here.fetch('GET', '/api/live')).status).toBe(401);
  });
  test('a program bound to a site creates for that site only', async () => {
    const writer = await house.given.token(['requests:create'], 'U07-01');
    const body = {
      id: crypto.randomUUID(),
      queryCode: '0000000000',
      categoryId: house.category('A02'),
      text: '停水了',
      confidentiality: 'open' as const,
    };
    expect(
      (await writer.try(api.requests.create, { ...body, siteId: house.site('U04-01') })).status,
    ).toBeGreaterThanOrEqual(400);
    expect((await writer.try(api.requests.create, body)).status).toBe(200);
  });
  test('revoked, they let nobody in; forged, neither', async () => {
    const admin = await house.as('sec01');
    const { id, token } = await admin.do(api.access.createToken, {
      name: 'short-lived',
      scopes: ['requests:read'],
      siteId: null,
    });
    expect((await house.withToken(token).try(api.requests.list, {})).status).toBe(200);
    await admin.do(api.access.revokeToken, { id });
    expect((await house.withToken(token).try(api.requests.list, {})).status).toBe(401);
    expect((await house.withToken(`lm_${'A'.repeat(43)}`).try(api.requests.list, {})).status).toBe(401);
  });
});

test('time does not stand still for anybody: a session of the far past is no session', async () => {
  const client = await signedIn('worker02');
  later(30 * day);
  expect((await client.try(api.requests.mine, {})).status).toBe(401);
});
