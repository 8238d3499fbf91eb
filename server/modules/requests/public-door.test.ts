import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isQueryCode } from '../../../contract/query-code.ts';
import { api, type Client, day, type House, minute, newCode, openHouse } from '../../testing/program.ts';
import { placesOf } from '../../testing/tables.ts';
import { pointToken } from '../organization/index.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const creation = (more: object = {}) => ({
  id: randomUUID(),
  queryCode: newCode(),
  categoryId: house.category('A02'),
  siteId: house.site('U04-01'),
  text: '板房停水。',
  confidentiality: 'confidential' as const,
  ...more,
});
const follow = (client: Client, number: string, code: string) => client.try(api.requests.follow, { number, code });

describe('the query code (rules 7)', () => {
  test('ten Crockford characters with a check character; a slip of the pen is told at once and is no wrong try', async () => {
    const code = newCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(isQueryCode(code)).toBe(true);
    const swapped = code.slice(0, 9) + (code[9] === '5' ? '6' : '5');
    expect(isQueryCode(swapped)).toBe(false);
  });
  test('is kept as a keyed hash only: nowhere in the database does it stand', async () => {
    const visitor = await house.visitor();
    const body = creation();
    const { number } = await visitor.do(api.requests.createPublic, body, { key: randomUUID() });
    expect((await follow(visitor, number, body.queryCode)).status).toBe(200);
    expect(await placesOf(house, body.queryCode)).toEqual([]);
  });
  test('five wrong ones lock that number for fifteen minutes, not the address and no other number', async () => {
    const [one, two] = [await house.given.request(), await house.given.request()];
    const visitor = await house.visitor();
    for (let i = 0; i < 5; i++)
      expect(await follow(visitor, one.number, newCode())).toMatchObject({ status: 404, code: 'code_wrong' });
    expect(await follow(visitor, one.number, one.code)).toMatchObject({ status: 423, code: 'code_locked' });
    expect(await follow(await house.visitor(), one.number, one.code)).toMatchObject({ status: 423 });
    expect((await follow(visitor, two.number, two.code)).status).toBe(200);
    house.clock.forward(14 * minute);
    expect((await follow(visitor, one.number, one.code)).status).toBe(423);
    house.clock.forward(2 * minute);
    expect((await follow(visitor, one.number, one.code)).status).toBe(200);
  });
  test('every door of the code counts wrong tries, not only the first', async () => {
    const asked = await house.given.request();
    const visitor = await house.visitor();
    const wrong = { number: asked.number, code: newCode() };
    await visitor.try(api.requests.follow, wrong);
    await visitor.try(api.requests.nudgeByCode, wrong);
    await visitor.try(api.requests.judgeByCode, { ...wrong, solved: true });
    await visitor.try(api.requests.messageByCode, { ...wrong, text: '你好' });
    await visitor.fetch('POST', '/api/public/requests/file', { ...wrong, fileId: randomUUID() });
    expect(await follow(visitor, asked.number, asked.code)).toMatchObject({ status: 423 });
  });
  test('many wrong codes at once neither freeze the program nor get past the lock', async () => {
    const asked = await house.given.request();
    const visitor = await house.visitor();
    const from = Date.now();
    const replies = await Promise.all(Array.from({ length: 40 }, () => follow(visitor, asked.number, newCode())));
    expect(Date.now() - from).toBeLessThan(8_000);
    for (const reply of replies) expect([404, 423]).toContain(reply.status);
    expect((await follow(visitor, asked.number, asked.code)).status).toBe(423);
    house.clock.forward(16 * minute);
  });
  test('a wrong number and a wrong code are told in the same words', async () => {
    const asked = await house.given.request();
    const visitor = await house.visitor();
    const [a, b] = [
      await follow(visitor, 'TL-200101-99999', newCode()),
      await follow(visitor, asked.number, newCode()),
    ];
    expect(a.problem).toEqual(b.problem);
  });
  test('goes by POST body only: no address takes it', async () => {
    const asked = await house.given.request();
    const visitor = await house.visitor();
    for (const path of [
      `/api/public/requests/follow?number=${asked.number}&code=${asked.code}`,
      `/api/public/requests/${asked.number}/${asked.code}`,
    ]) {
      expect([404, 405]).toContain((await visitor.fetch('GET', path)).status);
    }
    const byAddress = await visitor.fetch(
      'POST',
      `/api/public/requests/follow?number=${asked.number}&code=${asked.code}`,
      {},
    );
    expect(byAddress.status).toBeGreaterThanOrEqual(400);
  });
  test('dies ninety days after closing, and lives as long as the request is open', async () => {
    const [closed, open] = [await house.given.request({ until: 'confirmed' }), await house.given.request()];
    const visitor = await house.visitor();
    house.clock.forward(89 * day);
    expect((await follow(visitor, closed.number, closed.code)).status).toBe(200);
    house.clock.forward(2 * day);
    expect(await follow(visitor, closed.number, closed.code)).toMatchObject({ status: 410, code: 'code_expired' });
    expect((await follow(visitor, open.number, open.code)).status).toBe(200);
  });
  test('a thread never shows the requester’s own number back', async () => {
    const visitor = await house.visitor();
    const body = creation({ callback: '13812340000' });
    const { number } = await visitor.do(api.requests.createPublic, body);
    const seen = await follow(visitor, number, body.queryCode);
    expect(seen.body.requester).toMatchObject({ own: true, callback: null });
    expect(JSON.stringify(seen.body)).not.toContain('13812340000');
    const { id } = await house.given.request({ callback: '13812340001' });
    expect(JSON.stringify(await (await house.as('worker01')).do(api.requests.thread, { id }))).not.toContain(
      '13812340001',
    );
  });
  test('the code of one request opens no other', async () => {
    const [one, two] = [await house.given.request(), await house.given.request()];
    expect((await follow(await house.visitor(), one.number, two.code)).status).toBe(404);
  });
});

describe('sent twice is done once (rules 7)', () => {
  test('the same key with the same body: one request, the same answer', async () => {
    const worker = await house.as('worker01');
    const body = creation();
    const key = randomUUID();
    const first = await worker.do(api.requests.create, body, { key });
    expect(await worker.do(api.requests.create, { ...body }, { key })).toEqual(first);
    expect(await house.sql('select 1 from requests.request where id = $1', [body.id])).toHaveLength(1);
  });
  test('the same key sent again later, only the moment of sending differs: once', async () => {
    const worker = await house.as('worker01');
    const body = creation({ sentAt: house.clock.now().toISOString() });
    const key = randomUUID();
    const first = await worker.do(api.requests.create, body, { key });
    house.clock.forward(3 * minute);
    expect(await worker.do(api.requests.create, { ...body, sentAt: house.clock.now().toISOString() }, { key })).toEqual(
      first,
    );
  });
  test('the same key with another body is 409, and the first is kept', async () => {
    const worker = await house.as('worker01');
    const body = creation();
    const key = randomUUID();
    await worker.do(api.requests.create, body, { key });
    expect(await worker.try(api.requests.create, { ...body, text: '别的内容。' }, { key })).toMatchObject({
      status: 409,
      code: 'idempotency_mismatch',
    });
    expect((await house.standing(body.id)).entries).toHaveLength(1);
  });
  test('the same id from somebody else is 409, and tells nothing', async () => {
    const body = creation();
    await (await house.as('worker01')).do(api.requests.create, body);
    const reply = await (await house.as('worker02')).try(api.requests.create, { ...body, queryCode: newCode() });
    expect(reply).toMatchObject({ status: 409 });
    expect(reply.body).not.toHaveProperty('number');
  });
  test('a key of one person is not another’s', async () => {
    const key = randomUUID();
    const a = await (await house.as('worker01')).do(api.requests.create, creation(), { key });
    const b = await (await house.as('worker02')).do(api.requests.create, creation(), { key });
    expect(a.number).not.toBe(b.number);
  });
  test('many at once, stored by one statement: whoever takes another’s id is refused alone, all others are answered', async () => {
    const worker = await house.as('worker01');
    const bodies = Array.from({ length: 24 }, () => creation());
    bodies[7] = { ...bodies[7]!, id: bodies[3]!.id };
    const replies = await Promise.all(
      bodies.map((body) => worker.try(api.requests.create, body, { key: randomUUID() })),
    );
    const refused = replies.filter((reply) => reply.status !== 200);
    expect(refused.map((reply) => reply.status)).toEqual([409]);
    expect(new Set(replies.map((reply) => reply.body.number)).size).toBe(24);
    for (const [i, body] of bodies.entries()) {
      if (replies[i]!.status !== 200) continue;
      const [row] = await house.sql<{ number: string; text: string }>(
        'select r.number, c.text from requests.request r join requests.content c on c.request_id = r.id where r.id = $1',
        [body.id],
      );
      expect(row).toEqual({ number: replies[i]!.body.number, text: body.text });
    }
  });
  test('half a character is stored as unreadable, a zero character is refused by its field, and neither harms its neighbours', async () => {
    const worker = await house.as('worker01');
    const [half, zero, whole] = [creation({ text: '缺水\ud842' }), creation({ text: '缺\0水' }), creation()];
    const replies = await Promise.all([half, zero, whole].map((body) => worker.try(api.requests.create, body)));
    expect(replies.map((reply) => reply.status)).toEqual([200, 422, 200]);
    expect(replies[1]!.body).toMatchObject({ fields: [{ field: 'text' }] });
    expect(await house.sql('select text from requests.content where request_id = $1', [half.id])).toEqual([
      { text: '缺水\ufffd' },
    ]);
  });
  test('32 copies at once make one request, and every one gets its number', async () => {
    const worker = await house.as('worker01');
    const body = creation();
    const key = randomUUID();
    const replies = await Promise.all(Array.from({ length: 32 }, () => worker.try(api.requests.create, body, { key })));
    expect(replies.map((reply) => reply.status)).toEqual(Array(32).fill(200));
    expect(new Set(replies.map((reply) => reply.body.number)).size).toBe(1);
    for (const table of ['requests.content', 'requests.entry', 'followups.call']) {
      expect((await house.sql(`select 1 from ${table} where request_id = $1`, [body.id])).length).toBe(
        table === 'followups.call' ? 0 : 1,
      );
    }
    expect(await house.sql('select 1 from journal.entry where record_id = $1', [body.id])).toHaveLength(1);
    expect(
      await house.sql(
        'select 1 from requests.contact c join requests.request r on r.contact_id = c.id where r.id = $1',
        [body.id],
      ),
    ).toHaveLength(1);
  });
  test('32 copies from a visitor without any key make one request', async () => {
    const visitor = await house.visitor();
    const body = creation();
    const replies = await Promise.all(Array.from({ length: 32 }, () => visitor.try(api.requests.createPublic, body)));
    expect(new Set(replies.map((reply) => `${reply.status} ${reply.body.number}`)).size).toBe(1);
    expect(await house.sql('select 1 from requests.entry where request_id = $1', [body.id])).toHaveLength(1);
  });
  test('the same id and code without a key: the first answer for the same words, 409 for others, also with pictures', async () => {
    const visitor = await house.visitor();
    const picture = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#555' } })
      .jpeg()
      .toBuffer();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'x.jpg');
    const file = (await (await visitor.fetch('POST', '/api/public/files', form)).json()) as { id: string };
    const body = { ...creation(), fileIds: [file.id], callback: '13900001111' };
    const first = await visitor.do(api.requests.createPublic, body);
    expect(await visitor.do(api.requests.createPublic, body)).toEqual(first);
    expect(await visitor.do(api.requests.createPublic, { ...body, sentAt: house.clock.now().toISOString() })).toEqual(
      first,
    );
    for (const other of [
      { text: '完全是另一件事。' },
      { callback: '13900002222' },
      { point: '三号楼' },
      { categoryId: house.category('A04') },
      { siteId: house.site('U04-02') },
      { confidentiality: 'anonymous' as const },
      { fileIds: [] },
    ])
      expect(await visitor.try(api.requests.createPublic, { ...body, ...other })).toMatchObject({
        status: 409,
        code: 'idempotency_mismatch',
      });
  });
  test('what the desk mended meanwhile does not turn the phone’s second sending away', async () => {
    const worker = await house.as('worker01');
    const body = creation();
    const first = await worker.do(api.requests.create, body);
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id: body.id,
      version: (await house.standing(body.id)).version,
      categoryId: house.category('A04'),
    });
    expect(await worker.do(api.requests.create, body)).toMatchObject({ id: first.id, number: first.number });
    expect(await worker.try(api.requests.create, { ...body, text: '别的内容。' })).toMatchObject({ status: 409 });
  });
  test('registered twice by the same desk: once', async () => {
    const operator = await house.as('op01');
    const body = { ...creation(), channel: 'hotline' as const };
    const first = await operator.do(api.requests.register, body);
    expect(await operator.do(api.requests.register, body)).toEqual(first);
    expect(await operator.try(api.requests.register, { ...body, text: '别的内容。' })).toMatchObject({ status: 409 });
  });
  test('a verdict sent twice is given once', async () => {
    const { id } = await house.given.request({ until: 'handled' });
    const worker = await house.as('worker01');
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => worker.try(api.requests.judge, { id, solved: true }, { key })),
    );
    expect(replies.map((reply) => reply.status)).toEqual(Array(8).fill(200));
    expect((await house.standing(id)).entries.filter((entry) => entry.kind === 'solved')).toHaveLength(1);
  });
});

describe('posters (rules 7)', () => {
  test('a poster’s token stands for its point; forged or replaced, it stands for nothing', async () => {
    const officer = await house.as('site01');
    const { points } = await officer.do(api.organization.points, { siteId: house.site('U04-01') });
    const visitor = await house.visitor();
    const token = points[0]!.token;
    expect((await visitor.do(api.organization.point, { token })).site.code).toBe('U04-01');
    const [id, round] = token.split('.');
    for (const forged of [
      `${id}.${round}.AAAAAAAAAAAAAAAA`,
      `${Number(id) + 1}.${round}.${token.split('.')[2]}`,
      `${id}.2.${token.split('.')[2]}`,
      'x',
      '1.1.',
      '1.1.%00',
      `${id}.${round}`,
    ]) {
      expect((await visitor.try(api.organization.point, { token: forged })).status, forged).toBe(404);
    }
    await house.sql('update organization.point set token_round = 2 where id = $1', [Number(id)]);
    expect((await visitor.try(api.organization.point, { token })).status).toBe(404);
    const fresh = pointToken(house.program.keys, { id: Number(id), token_round: 2 });
    expect((await visitor.try(api.organization.point, { token: fresh })).status).toBe(200);
  });
  test('an invalid poster asks for the site instead of losing the request', async () => {
    const visitor = await house.visitor();
    const body = creation({ pointToken: '1.1.AAAAAAAAAAAAAAAA' });
    expect(await visitor.try(api.requests.createPublic, { ...body, siteId: undefined })).toMatchObject({
      status: 422,
      code: 'poster_invalid',
    });
    expect((await visitor.try(api.requests.createPublic, body)).status).toBe(200);
  });
  test.each([
    ['with a key', true, undefined],
    ['without a key', false, undefined],
    ['with a site chosen beside it', false, 'U04-03'],
    ['with a key and a site', true, 'U04-03'],
  ])(
    'replaced between the first sending and the second, it is still the same request: the first answer, %s',
    async (_, keyed, chosen) => {
      const { points } = await (await house.as('op01')).do(api.organization.points, { siteId: house.site('U04-02') });
      const { id: pointId, token } = points[0]!;
      const visitor = await house.visitor();
      const body = { ...creation({ pointToken: token }), siteId: chosen ? house.site(chosen) : undefined };
      const once = keyed ? { key: randomUUID() } : {};
      const first = await visitor.do(api.requests.createPublic, body, once);
      await house.sql('update organization.point set token_round = token_round + 1 where id = $1', [pointId]);
      expect(await visitor.do(api.requests.createPublic, body, once)).toEqual(first);
      expect((await house.standing(body.id)).siteId).toBe(house.site('U04-02'));
      // Neither other words nor another's code get that answer.
      expect(await visitor.try(api.requests.createPublic, { ...body, text: '别的内容。' })).toMatchObject({
        status: 409,
      });
      const other = await visitor.try(api.requests.createPublic, { ...body, queryCode: newCode() });
      expect(other).toMatchObject(chosen ? { status: 409 } : { status: 422, code: 'poster_invalid' });
      expect(other.body).not.toHaveProperty('number');
    },
  );
  test('a poster decides the site whatever else was sent', async () => {
    const { points } = await (await house.as('site01')).do(api.organization.points, { siteId: house.site('U04-01') });
    const visitor = await house.visitor();
    const body = creation({ pointToken: points[1]!.token, siteId: house.site('U07-01') });
    await visitor.do(api.requests.createPublic, body);
    expect((await house.standing(body.id)).siteId).toBe(house.site('U04-01'));
  });
  test('only who looks after a site gets its posters', async () => {
    for (const login of ['worker01', 'site02', 'lead04', 'disp01', 'ho-l11'])
      expect(
        (await (await house.as(login)).try(api.organization.points, { siteId: house.site('U04-01') })).status,
        login,
      ).toBe(404);
    expect((await (await house.as('op01')).try(api.organization.points, { siteId: house.site('U04-01') })).status).toBe(
      200,
    );
  });
  test('a site officer registers for their own site only, also with a poster of another', async () => {
    const { points } = await (await house.as('site02')).do(api.organization.points, { siteId: house.site('U04-02') });
    const officer = await house.as('site01');
    expect(
      (
        await officer.try(api.requests.register, {
          ...creation(),
          siteId: house.site('U04-02'),
          channel: 'site_officer',
        })
      ).status,
    ).toBe(403);
    expect(
      (
        await officer.try(api.requests.register, {
          ...creation({ pointToken: points[0]!.token }),
          siteId: undefined,
          channel: 'site_officer',
        })
      ).status,
    ).toBe(403);
    expect(
      (
        await officer.try(api.requests.register, {
          ...creation({ pointToken: points[0]!.token }),
          siteId: house.site('U04-01'),
          channel: 'site_officer',
        })
      ).status,
    ).toBe(403);
  });
});

test('an unknown site or category is named, in the reader’s language', async () => {
  const visitor = await house.visitor();
  const zh = await visitor.try(api.requests.createPublic, creation({ siteId: 999_999 }));
  expect(zh.problem).toMatchObject({
    status: 422,
    code: 'bad_input',
    fields: [{ field: 'siteId', code: 'unknown_site', message: '没有这个工地' }],
  });
  const en = await visitor.try(api.requests.createPublic, creation({ categoryId: 999_999 }), {
    headers: { 'x-locale': 'en' },
  });
  expect(en.problem).toMatchObject({
    title: 'Something needs mending; what you typed is kept.',
    fields: [{ field: 'categoryId', code: 'unknown_category' }],
  });
});
