import { randomUUID } from 'node:crypto';
import { readXlsx } from 'hucre/xlsx';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestRow } from '../../../contract/requests.ts';
import { api, type Client, day, type House, hour, newCode, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const planted = {
  name: '欧阳紫鸢',
  sentence: '三号泵房夜班的琥珀色水杯被人拿走了',
  number: '13912345678',
  point: '琥珀泵房二层',
  relay: '琥珀色回话',
};
const summary = '值班人员反映个人物品管理问题，请协助核查。';
const views = [
  'todo',
  'to_dispatch',
  'unaccepted',
  'returned',
  'mine',
  'open',
  'overdue',
  'reopened',
  'handled',
  'closed',
  'asks',
  'all',
] as const;
// U03-06 has 14 people, U04-01 has 420.
const small = 'U03-06';

interface Planted {
  id: string;
  number: string;
  caseId: string;
  fileId: string;
  code: string;
}

/** A confidential request with a name, a number, a point and a picture, registered by the hotline. */
async function plant(site: string): Promise<Planted> {
  const operator = await house.as('op01');
  const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#a52' } })
    .jpeg()
    .toBuffer();
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'x.jpg');
  const file = (await (await operator.fetch('POST', '/api/files', form)).json()) as { id: string };
  const { contactId } = await operator.do(api.hotline.caller, { number: planted.number });
  const id = randomUUID();
  const code = newCode();
  const { number } = await operator.do(api.requests.register, {
    id,
    queryCode: code,
    categoryId: house.category('A05'),
    siteId: house.site(site),
    text: planted.sentence,
    point: planted.point,
    callback: planted.number,
    requesterLabel: planted.name,
    confidentiality: 'confidential',
    channel: 'hotline',
    contactId,
    fileIds: [file.id],
  });
  return { id, number, code, caseId: '', fileId: file.id };
}

const dispatchTo = async (id: string, line: string, unit: string | null) =>
  (await house.as('disp01')).try(api.cases.dispatch, {
    id,
    version: (await house.standing(id)).version,
    lineId: house.line(line),
    unitId: unit ? house.unit(unit) : null,
  });

describe('a confidential request (rules 6)', () => {
  let asked: Planted;
  const readers: Record<string, string> = {};
  const streams = new Map<string, { heard: string; stop(): void }>();

  async function listen(name: string, client: Client): Promise<void> {
    const stream = { heard: '', stop: () => {} };
    streams.set(name, stream);
    const abort = new AbortController();
    const response = await fetch(`${house.program.address}/api/live`, {
      headers: { cookie: [...client.cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
      signal: abort.signal,
    });
    stream.stop = () => abort.abort();
    void (async () => {
      for await (const chunk of response.body!) stream.heard += Buffer.from(chunk).toString();
    })().catch(() => {});
  }

  beforeAll(async () => {
    const officer = (
      await house.sql<{ login: string }>(
        `select a.login from access.account a join access.grant_ g on g.account_id = a.id where g.role = 'site_officer' and g.node_id = $1 limit 1`,
        [house.site(small)],
      )
    )[0]!.login;
    Object.assign(readers, {
      'line handler': 'ho-l11',
      'unit leader': 'u03-deputy',
      'unit liaison': 'u03-liaison',
      'site officer': officer,
      'neighbour worker': 'u03-w01',
      'another handler': 'ho-l10',
      'group leader': 'lead00',
    });
    for (const [name, login] of Object.entries(readers)) await listen(name, await house.as(login));
    asked = await plant(small);
  });
  afterAll(() => {
    for (const stream of streams.values()) stream.stop();
  });

  test('is not dispatched before its 转办摘要 is written', async () => {
    expect(await dispatchTo(asked.id, 'L11', null)).toMatchObject({ status: 422, code: 'summary_needed' });
  });
  test.each(['张师傅在3号楼反映', '一班班组的人反映', '请回电13912345678', '昨天14:30发生', '住在12号床的人'])(
    'the 转办摘要 may not say who: %s',
    async (words) => {
      const { version } = await house.standing(asked.id);
      const reply = await (await house.as('disp01')).try(api.requests.writeSummary, {
        id: asked.id,
        version,
        summary: words,
      });
      expect(reply).toMatchObject({ status: 422, code: 'bad_input' });
      expect(reply.problem.fields?.[0]?.code).toBe('summary_reveals');
    },
  );
  test('that names a line or unit is dispatched outside it, also by joining or by the arbiter', async () => {
    const desk = await house.as('disp01');
    await desk.do(api.requests.writeSummary, {
      id: asked.id,
      version: (await house.standing(asked.id)).version,
      summary,
    });
    await desk.do(api.requests.setFacts, {
      id: asked.id,
      version: (await house.standing(asked.id)).version,
      aboutLineId: house.line('L10'),
      aboutUnitId: house.unit('U03'),
    });
    expect(await dispatchTo(asked.id, 'L10', null)).toMatchObject({ status: 409, code: 'names_this_line' });
    expect(await dispatchTo(asked.id, 'L11', 'U03')).toMatchObject({ status: 409, code: 'names_this_line' });
    const other = await house.given.request({ until: 'dispatched', line: 'L10' });
    expect(
      await desk.try(api.cases.join, {
        id: asked.id,
        version: (await house.standing(asked.id)).version,
        intoRequestId: other.id,
      }),
    ).toMatchObject({ status: 409, code: 'names_this_line' });
    const done = await dispatchTo(asked.id, 'L11', null);
    expect(done.status).toBe(200);
    asked.caseId = done.body.caseId;
  });
  test('is worked on through a masked thread, both ways', async () => {
    const handler = await house.as('ho-l11');
    await handler.do(api.cases.accept, { id: asked.caseId });
    await handler.do(api.requests.message, { id: asked.id, text: '请问物品何时不见的？' });
    const visitor = await house.visitor();
    await visitor.do(api.requests.messageByCode, { number: asked.number, code: asked.code, text: planted.relay });
    const thread = await handler.do(api.requests.thread, { id: asked.id });
    expect(thread.entries.find((entry) => entry.kind === 'reply')).toMatchObject({ text: planted.relay, who: null });
    const seen = await visitor.do(api.requests.follow, { number: asked.number, code: asked.code });
    expect(JSON.stringify(seen)).not.toContain('承办"');
    expect(seen.entries.find((entry) => entry.kind === 'message')?.who).toBe('后勤保障');
    await handler.do(api.cases.handled, { id: asked.caseId, solution: 'solved', text: '已核查并加装储物柜，请确认。' });
    await visitor.do(api.requests.judgeByCode, {
      number: asked.number,
      code: asked.code,
      solved: false,
      why: planted.sentence,
    });
    await handler.do(api.cases.handled, { id: asked.caseId, solution: 'solved', text: '储物柜已加锁，逐人登记发放。' });
    await house.settled();
  });

  const doors: [string, (client: Client) => Promise<unknown>][] = [
    [
      'every list',
      async (client) =>
        Promise.all(
          views.flatMap((view) =>
            (['due', 'newest', 'oldest'] as const).map((sort) =>
              client.try(api.requests.list, { view, sort, limit: 200 }),
            ),
          ),
        ),
    ],
    ['the thread', async (client) => client.try(api.requests.thread, { id: asked.id })],
    [
      'search by the words',
      async (client) => {
        const reply = await client.try(api.requests.list, { view: 'all', search: '琥珀色水杯' });
        expect(reply.status === 200 ? reply.body.rows : []).toEqual([]);
        return reply;
      },
    ],
    [
      'search by the number of the request',
      async (client) => client.try(api.requests.list, { view: 'all', search: asked.number }),
    ],
    ['the counts', async (client) => client.try(api.requests.counts, {})],
    ['my own requests', async (client) => client.try(api.requests.mine, {})],
    ['asks', async (client) => client.try(api.cases.asks, {})],
    ['the call list', async (client) => client.try(api.followups.list, {})],
    ['the hotline', async (client) => client.try(api.hotline.caller, { number: planted.number })],
    ['the journal', async (client) => client.try(api.journal.entries, { recordId: asked.id })],
    [
      'the picture',
      async (client) => {
        const response = await client.fetch('GET', `/api/requests/${asked.id}/files/${asked.fileId}`);
        expect([403, 404]).toContain(response.status);
        return response.text();
      },
    ],
    [
      'the export',
      async (client) => {
        const response = await client.fetch('GET', '/api/requests/export.xlsx?view=all');
        if (response.status !== 200) return response.status;
        const book = await readXlsx(new Uint8Array(await response.arrayBuffer()));
        return book;
      },
    ],
    [
      'an act that is refused',
      async (client) => client.try(api.requests.setFacts, { id: asked.id, version: 0, priority: 'high' }),
    ],
  ];
  const clientOf = async (name: string): Promise<Client> =>
    name === 'token' ? house.given.token(['requests:create', 'requests:read']) : house.as(readers[name]!);

  describe.each([
    'line handler',
    'unit leader',
    'unit liaison',
    'site officer',
    'neighbour worker',
    'another handler',
    'group leader',
    'token',
  ])('%s', (name) => {
    test.each(doors)('learns neither name, sentence, number, point nor picture by %s', async (_, open) => {
      const seen = JSON.stringify(await open(await clientOf(name)));
      for (const words of [planted.name, planted.sentence, planted.number, planted.point, asked.fileId, '琥珀色水杯'])
        expect(seen, words).not.toContain(words);
    });
  });

  test.each(['unit leader', 'unit liaison', 'site officer', 'group leader', 'token', 'neighbour worker'])(
    '%s does not read the masked thread',
    async (name) => {
      const seen = JSON.stringify(await (await clientOf(name)).try(api.requests.thread, { id: asked.id }));
      expect(seen).not.toContain(planted.relay);
    },
  );

  test('handler and unit read the 转办摘要 in place of the words, with the day only', async () => {
    for (const name of ['line handler', 'unit leader']) {
      const thread = await (await clientOf(name)).do(api.requests.thread, { id: asked.id });
      expect(thread).toMatchObject({ text: summary, dayOnly: true, requester: null, point: null });
      expect(thread.submittedAt).toMatch(/T00:00:00\.000Z$/);
      for (const entry of thread.entries.filter((one) => one.side === 'requester'))
        expect(entry.at).toMatch(/T00:00:00\.000Z$/);
    }
  });
  test('a site under 30 people shows as its unit, in list and thread, and cannot be found by filtering for it', async () => {
    for (const name of ['line handler', 'unit leader', 'group leader']) {
      const client = await clientOf(name);
      const found = (await client.do(api.requests.list, { view: 'all', search: asked.number })).rows;
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ siteId: null, unitId: house.unit('U03') });
      const thread = await client.do(api.requests.thread, { id: asked.id });
      expect(thread.siteId).toBeNull();
      expect(JSON.stringify(thread.entries)).not.toContain(small);
      const filtered = (await client.do(api.requests.list, { view: 'all', nodeId: house.site(small) })).rows.map(
        (row: RequestRow) => row.id,
      );
      expect(filtered).not.toContain(asked.id);
    }
  });
  test('its site, mended by the dispatcher, is in nobody else’s thread', async () => {
    const other = await plant('U03-07');
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id: other.id,
      version: (await house.standing(other.id)).version,
      siteId: house.site(small),
    });
    const thread = await (await house.as('u03-deputy')).do(api.requests.thread, { id: other.id });
    expect(JSON.stringify(thread)).not.toContain(small);
  });
  test('live pages say that something changed, never what', async () => {
    for (let i = 0; i < 100 && !streams.get('unit leader')!.heard.includes(asked.id); i++)
      await new Promise((wait) => setTimeout(wait, 20));
    expect(streams.get('unit leader')!.heard).toContain(asked.id);
    expect(streams.get('neighbour worker')!.heard).not.toContain(asked.id);
    expect(streams.get('another handler')!.heard).not.toContain(asked.id);
    for (const { heard } of streams.values()) {
      for (const words of Object.values(planted)) expect(heard).not.toContain(words);
      for (const [, data] of heard.matchAll(/^data: (.*)$/gm))
        expect(Object.keys(JSON.parse(data!) as object).sort()).toEqual(['id', 'kind', 'position']);
    }
  });
  test('the log is silent about it, also when something fails', async () => {
    await (await house.as('worker02')).fetch('POST', `/api/requests/${asked.id}/messages`, '{"text": "琥珀色水杯', {
      headers: { 'content-type': 'application/json' },
    });
    for (const words of Object.values(planted)) expect(house.log.join('\n')).not.toContain(words);
  });
  test('the journal holds codes and figures, never personal content: the auditor sees none of it', async () => {
    const { entries } = await (await house.as('aud01')).do(api.journal.entries, { recordId: asked.id });
    expect(entries.length).toBeGreaterThan(5);
    for (const words of [...Object.values(planted), summary]) expect(JSON.stringify(entries)).not.toContain(words);
    const bodies = await house.sql<{ body: Buffer }>('select body from journal.entry');
    for (const { body } of bodies)
      for (const words of [...Object.values(planted), summary]) expect(body.toString()).not.toContain(words);
  });
  test('the caller who verifies sees whom to ring; what the person then says stays from the handler', async () => {
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    const [call] = await house.sql<{ id: string }>(
      'select id from followups.call where request_id = $1 and done_at is null',
      [asked.id],
    );
    const caller = await house.as('fu01');
    expect(await caller.do(api.followups.sheet, { id: call!.id })).toMatchObject({
      callback: planted.number,
      requesterLabel: planted.name,
      text: planted.sentence,
    });
    await caller.do(api.followups.complete, {
      id: call!.id,
      contacted: true,
      answer: 'not_solved',
      satisfied: 2,
      speed: 2,
      attitude: 2,
      words: `${planted.name}说：柜子还没装`,
    });
    const seen = JSON.stringify(await (await house.as('ho-l11')).do(api.requests.thread, { id: asked.id }));
    expect(seen).not.toContain(planted.name);
  });
});

describe('no name means none', () => {
  test('an anonymous request leads back to no account: not in the thread, the journal, the kept answers or the file', async () => {
    const worker = await house.as('worker02');
    const id = randomUUID();
    await worker.do(
      api.requests.create,
      {
        id,
        queryCode: newCode(),
        categoryId: house.category('A05'),
        siteId: house.site('U07-01'),
        text: '储物柜不够用。',
        confidentiality: 'anonymous',
        deviceId: 'device-of-worker02',
      },
      { key: randomUUID() },
    );
    const [account] = await house.sql<{ id: string }>(`select id from access.account where login = 'worker02'`);
    expect(
      await house.sql(
        'select 1 from requests.request where id = $1 and (requester_id is not null or registrar_id is not null or device_id is not null)',
        [id],
      ),
    ).toEqual([]);
    expect(
      await house.sql(
        'select 1 from requests.entry where request_id = $1 and (actor_id is not null or who is not null)',
        [id],
      ),
    ).toEqual([]);
    expect(await house.sql('select 1 from journal.entry where record_id = $1 and actor_id is not null', [id])).toEqual(
      [],
    );
    expect(
      await house.sql(
        `select 1 from platform.idempotency where answer ->> 'id' = $1 and (sender = $2 or sender like '%worker02%')`,
        [id, account!.id],
      ),
    ).toEqual([]);
    expect((await (await house.as('worker02')).try(api.requests.thread, { id })).status).toBe(404);
  });
  test('staff see no number where the requester gave none, and never theirs where they asked to be hidden', async () => {
    const { id } = await house.given.request({
      confidentiality: 'confidential',
      callback: '13900001111',
      until: 'accepted',
    });
    for (const login of ['ho-l11', 'site01', 'lead04']) {
      const thread = await (await house.as(login)).do(api.requests.thread, { id });
      expect(JSON.stringify(thread)).not.toContain('13900001111');
      expect(JSON.stringify(thread)).not.toContain('一线职工01');
    }
    house.clock.forward(day);
  });
});
