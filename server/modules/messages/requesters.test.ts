import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../testing/gateway.ts';
import { api, type House, openHouse } from '../../testing/program.ts';
import { makeRound } from './courier.ts';
import { linksOf } from './index.ts';

let house: House;
let gateway: Gateway;
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-02T12:00:00+08:00' });
  gateway = await startGateway(() => ({ body: '{"result":"OK"}' }));
});
afterAll(() => Promise.all([house.stop(), gateway.stop()]));
const round = () =>
  makeRound({
    pool: house.program.pool,
    keys: house.program.keys,
    now: house.clock.now,
    links: linksOf(() => 'https://help.example.com'),
    committed: house.program.desk.committed,
  });
const handle = async (caseId: string) =>
  (await house.as('ho-l11')).do(api.cases.handled, {
    id: caseId,
    solution: 'solved',
    text: '水泵换好了，两层龙头都试过，有水。',
  });
async function smsChannel(requesters: boolean): Promise<void> {
  const admin = await house.as('sys01');
  const before = (await admin.do(api.messages.channels, {})).channels.find(({ kind }) => kind === 'sms');
  await admin.do(api.messages.saveChannel, {
    ...(before ? { id: before.id, version: before.version } : {}),
    kind: 'sms',
    name: '短信',
    enabled: true,
    settings: { allowPrivate: true, requesters, bodyKind: 'json', bodyTemplate: '{"to":"{to}","text":"{text}"}' },
    url: gateway.url,
    perMinute: 60,
  });
}

describe('a requester without an account is told by SMS', () => {
  test('only where the group switched it on, a number was left and they agreed: the number of the request, nothing else', async () => {
    const text = '三号板房的空调夜里漏水';
    const given = await house.given.request({ confidentiality: 'anonymous', callback: '138 0000 9999', text });
    const visitor = await house.visitor();
    const proof = { number: given.number, code: given.code, deviceId: '0197a000-0000-7000-8000-0000000000aa' };
    expect(await visitor.do(api.requests.newsBySmsByCode, proof)).toEqual({ available: false, agreed: false });
    expect((await visitor.try(api.requests.newsBySmsByCode, { ...proof, agree: true })).code).toBe('no_channel');
    await smsChannel(true);
    expect(await visitor.do(api.requests.newsBySmsByCode, { ...proof, agree: true })).toEqual({
      available: true,
      agreed: true,
    });

    const disp = await house.as('disp01');
    const { caseId } = await disp.do(api.cases.dispatch, {
      id: given.id,
      version: (await house.standing(given.id)).version,
      lineId: house.line('L11'),
      unitId: null,
    });
    await (await house.as('ho-l11')).do(api.cases.accept, { id: caseId });
    await handle(caseId);
    await round();
    await round();
    const { to, text: said } = JSON.parse(gateway.posted.at(-1)!.body) as { to: string; text: string };
    expect(gateway.posted).toHaveLength(1);
    expect(to).toBe('13800009999');
    expect(said).toContain(given.number);
    expect(said).not.toContain('空调');
    expect(said).not.toContain(given.code);
    const kept = JSON.stringify([
      await house.sql('select * from messages.delivery'),
      await house.sql('select * from messages.requester_sms'),
      await house.sql('select * from journal.entry'),
    ]);
    expect(kept).not.toMatch(/13800009999|138 0000 9999|空调/);
  });

  test('who did not agree, or changed their mind, gets none; nor does anybody once the group switched it off', async () => {
    gateway.posted.length = 0;
    await smsChannel(true);
    const silent = await house.given.request({ callback: '13800001111', until: 'accepted' });
    const changed = await house.given.request({ callback: '13800002222', until: 'accepted' });
    const worker = await house.as('worker01');
    await worker.do(api.requests.newsBySms, { id: changed.id, agree: true });
    await worker.do(api.requests.newsBySms, { id: changed.id, agree: false });
    const agreed = await house.given.request({ callback: '13800003333', until: 'accepted' });
    await worker.do(api.requests.newsBySms, { id: agreed.id, agree: true });
    await handle(silent.caseId);
    await handle(changed.caseId);
    await handle(agreed.caseId);
    await smsChannel(false);
    await round();
    expect(gateway.posted).toEqual([]);
  });

  test('what staff writes to them is news too', async () => {
    gateway.posted.length = 0;
    await smsChannel(true);
    const given = await house.given.request({ callback: '13800004444', until: 'accepted' });
    await (await house.as('worker01')).do(api.requests.newsBySms, { id: given.id, agree: true });
    await (await house.as('ho-l11')).do(api.requests.message, {
      id: given.id,
      text: '明早八点上门，请留人',
      fileIds: [],
    });
    await round();
    expect(gateway.posted).toHaveLength(1);
    expect(gateway.posted[0]!.body).toContain(given.number);
    expect(gateway.posted[0]!.body).not.toContain('上门');
  });

  test('somebody else’s request is not theirs to be told of', async () => {
    const given = await house.given.request({ callback: '13800001111' });
    expect((await (await house.as('worker02')).try(api.requests.newsBySms, { id: given.id })).status).toBe(404);
    const visitor = await house.visitor();
    const wrong = { number: given.number, code: 'AAAAAAAAAA', deviceId: '0197a000-0000-7000-8000-0000000000aa' };
    expect((await visitor.try(api.requests.newsBySmsByCode, wrong)).status).toBeGreaterThanOrEqual(400);
  });
});
