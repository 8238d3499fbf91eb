import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealedClasses } from '../../../contract/requests.ts';
import { sealJournal, verifyJournal } from '../../platform/seal.ts';
import { api, day, type House, hour, newCode, openHouse } from '../../testing/program.ts';
import { placesOf, rowCounts } from '../../testing/tables.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const creation = (category: string, text: string) => ({
  id: randomUUID(),
  queryCode: newCode(),
  categoryId: house.category(category),
  siteId: house.site('U04-01'),
  text,
  confidentiality: 'open' as const,
});

describe('what never enters the queue (rules 5)', () => {
  test('the sealed categories are D01 to D04 and I03', () => {
    const sealed = [...house.dir.categories.values()]
      .filter((category) => sealedClasses.includes(category.recordClass))
      .map((category) => category.code);
    expect(sealed.sort()).toEqual(['D01', 'D02', 'D03', 'D04', 'I03']);
  });

  test.each(['D01', 'D02', 'D03', 'D04', 'I03'])(
    '%s: nothing is stored by any door; the answer says whom to ring',
    async (code) => {
      const [worker, visitor, operator, officer, dispatcher] = [
        await house.as('worker01'),
        await house.visitor(),
        await house.as('op01'),
        await house.as('site01'),
        await house.as('disp01'),
      ];
      const program = await house.given.token(['requests:create']);
      const other = await house.given.request();
      const version = (await house.standing(other.id)).version;
      await house.settled();
      const before = await rowCounts(house);
      const words = `封存句${code}：我撑不下去了`;
      const ring = house.dir.categories.get(house.category(code))!.ring[0]!.number;
      const replies = [
        await worker.try(api.requests.create, creation(code, words), { key: randomUUID() }),
        await visitor.try(api.requests.createPublic, creation(code, words), { key: randomUUID() }),
        await program.try(api.requests.create, creation(code, words), { key: randomUUID() }),
        await operator.try(
          api.requests.register,
          { ...creation(code, words), channel: 'hotline', callback: '13911112222' },
          { key: randomUUID() },
        ),
        await officer.try(api.requests.register, { ...creation(code, words), channel: 'site_officer' }),
        await dispatcher.try(api.requests.setFacts, { id: other.id, version, categoryId: house.category(code) }),
      ];
      for (const reply of replies) {
        expect(reply).toMatchObject({ status: 422, code: 'sealed_category' });
        expect(reply.problem.detail).toContain(ring);
      }
      await house.settled();
      // A session that has been used says when; nothing else may have changed by a single row.
      expect(await rowCounts(house)).toEqual(before);
      expect(await placesOf(house, words)).toEqual([]);
      expect(house.log.join('\n')).not.toContain(words);
    },
  );

  test('a crisis shows the ambulance and the police first; the care line and 12356 are there', () => {
    const numbers = house.dir.categories.get(house.category('D02'))!.ring.map((one) => one.number);
    expect(numbers.slice(0, 2)).toEqual(['120', '110']);
    expect(numbers).toEqual(expect.arrayContaining(['12356', house.dir.group.careLine]));
    expect(house.dir.categories.get(house.category('I03'))!.ring[0]!.number).toBe(house.dir.group.oversightLine);
  });
  test('every urgent category shows a number to ring first', () => {
    for (const category of house.dir.categories.values())
      if (category.priority === 'urgent') expect(category.ring.length, category.code).toBeGreaterThan(0);
  });
});

describe('content moved to a sealed line (rules 5)', () => {
  const words = '我实在睡不着想不开紫色风筝';
  const why = '心里话绿色灯塔不能外传';
  const who = '张三丰测试';

  test('is erased everywhere at once: text, thread, search, kept answers, photos and the name; a stub stays, and the journal verifies', async () => {
    const operator = await house.as('op01');
    const { contactId } = await operator.do(api.hotline.caller, { number: '13955556666' });
    const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#123456' } })
      .jpeg()
      .toBuffer();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'x.jpg');
    const file = (await (await operator.fetch('POST', '/api/files', form)).json()) as { id: string };
    const asked = creation('A03', words);
    const { number } = await operator.do(
      api.requests.register,
      { ...asked, channel: 'hotline', contactId, callback: '13955556666', requesterLabel: who, fileIds: [file.id] },
      { key: randomUUID() },
    );
    const visitor = await house.visitor();
    await visitor.do(api.requests.follow, { number, code: asked.queryCode }, { key: randomUUID() });
    await visitor.do(api.requests.messageByCode, { number, code: asked.queryCode, text: why }, { key: randomUUID() });
    await house.settled();
    expect((await house.as('disp01')).login).toBe('disp01');
    expect(
      (await (await house.as('disp01')).do(api.requests.list, { view: 'all', search: '紫色风筝' })).rows,
    ).toHaveLength(1);
    expect(await placesOf(house, words)).not.toEqual([]);

    await operator.do(api.requests.moveToSealed, {
      id: asked.id,
      version: (await house.standing(asked.id)).version,
      to: 'care',
    });
    await house.settled();

    for (const planted of [words, why, who, '紫色', '13955556666'])
      expect(await placesOf(house, planted), planted).toEqual([]);
    for (const login of ['disp01', 'site01', 'lead04']) {
      const seen = JSON.stringify(await (await house.as(login)).do(api.requests.list, { view: 'all' }));
      expect(seen).not.toContain('紫色风筝');
      expect((await (await house.as(login)).do(api.requests.list, { view: 'all', search: '紫色风筝' })).rows).toEqual(
        [],
      );
    }
    const stub = await house.standing(asked.id);
    expect(stub).toMatchObject({ state: 'closed_explained', text: null, withheld: 'sealed' });
    expect(stub.entries.at(-1)).toMatchObject({ kind: 'sealed', data: { to: 'care', ring: house.dir.group.careLine } });
    expect(JSON.stringify(stub)).not.toContain(who);

    // The picture goes with the next sweep, also from the disk.
    house.clock.forward(2 * hour);
    await house.timers.run('files.sweep');
    const left = (await readdir(join(house.dataFolder, 'files'), { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    expect(left).toEqual([]);

    await sealJournal(house.program.pool, house.program.keys, house.clock.now());
    expect(await verifyJournal(house.program.pool, house.program.keys, house.program.anchorsFile)).toMatchObject({
      valid: true,
      faults: [],
    });
  });

  test('an operator who took it, or a dispatcher, may; a handler or site officer who did not may not', async () => {
    const { id } = await house.given.request({ until: 'accepted' });
    const { version } = await house.standing(id);
    for (const login of ['ho-l11', 'site02', 'lead04', 'worker02', 'fu01', 'op02']) {
      expect([403, 404], login).toContain(
        (await (await house.as(login)).try(api.requests.moveToSealed, { id, version, to: 'care' })).status,
      );
    }
    await (await house.as('disp01')).do(api.requests.moveToSealed, { id, version, to: 'oversight' });
    expect((await house.standing(id)).state).toBe('closed_explained');
  });

  test('an erased need cannot be brought back by its code', async () => {
    const asked = await house.given.request();
    await (await house.as('disp01')).do(api.requests.moveToSealed, {
      id: asked.id,
      version: (await house.standing(asked.id)).version,
      to: 'care',
    });
    const visitor = await house.visitor();
    const reply = await visitor.try(api.requests.judgeByCode, {
      number: asked.number,
      code: asked.code,
      solved: false,
      why: '我还是想不开',
    });
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect((await house.standing(asked.id)).state).toBe('closed_explained');
    house.clock.forward(91 * day);
    expect((await visitor.try(api.requests.follow, { number: asked.number, code: asked.code })).status).toBe(410);
  });
});

describe('health is for the requester, the operator who took it and the lead line’s handlers (rules 5)', () => {
  const words = '昨晚起发热三十八度五蓝色水杯';
  let id: string;
  beforeAll(async () => {
    const operator = await house.as('op01');
    const [person] = await house.sql<{ staff_no: string }>(
      `select staff_no from organization.person p join access.account a on a.person_id = p.id where a.login = 'worker01'`,
    );
    id = randomUUID();
    await operator.do(api.requests.register, {
      ...creation('C03', words),
      id,
      channel: 'hotline',
      requesterStaffNo: person!.staff_no,
      requesterLabel: '工友甲乙丙',
      callback: '13977778888',
    });
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id,
      version: (await house.standing(id)).version,
      categoryId: house.category('C04'),
    });
    await (await house.as('disp01')).do(api.cases.dispatch, {
      id,
      version: (await house.standing(id)).version,
      lineId: house.line('L15'),
      unitId: null,
    });
    await house.settled();
  });
  test.each(['worker01', 'op01', 'ho-l15', 'hand15'])('%s reads it', async (login) => {
    expect((await (await house.as(login)).do(api.requests.thread, { id })).text).toBe(words);
  });
  test.each(['disp01', 'disp00', 'lead04', 'lead00', 'liai04', 'site01'])(
    '%s sees first-level category, clock and state only',
    async (login) => {
      const who = await house.as(login);
      const thread = await who.do(api.requests.thread, { id });
      expect(thread).toMatchObject({
        text: null,
        withheld: 'health',
        summary: null,
        point: null,
        categoryId: house.category('C'),
        state: 'in_work',
      });
      expect(thread.clock).not.toBeNull();
      const all = JSON.stringify([thread, await who.do(api.requests.list, { view: 'all' })]);
      for (const planted of ['蓝色水杯', '工友甲乙丙', '13977778888', 'C04', 'C03'])
        expect(all, planted).not.toContain(planted);
    },
  );
  test.each(['ho-l11', 'u04-l11', 'worker02', 'site02', 'liai07', 'fu01', 'op02'])(
    '%s sees nothing of it',
    async (login) => {
      expect((await (await house.as(login)).try(api.requests.thread, { id })).status).toBe(404);
    },
  );
  test('it is in nobody’s search', async () => {
    for (const login of ['disp01', 'ho-l15', 'lead04', 'site01'])
      expect((await (await house.as(login)).do(api.requests.list, { view: 'all', search: '蓝色水杯' })).rows).toEqual(
        [],
      );
    expect(await house.sql('select 1 from requests.search where request_id = $1', [id])).toEqual([]);
  });
  test('a class once sealed stays sealed: mending the category to a harmless one opens nothing', async () => {
    const asked = await house.given.request({ category: 'C03', text: '胰岛素快用完了黄色雨伞' });
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id: asked.id,
      version: (await house.standing(asked.id)).version,
      categoryId: house.category('A02'),
    });
    expect((await house.standing(asked.id)).text).toBeNull();
  });
  test('a caller who verifies learns whom to ring, not what for', async () => {
    const caseId = (await house.standing(id)).caseId!;
    await (await house.as('ho-l15')).do(api.cases.handled, {
      id: caseId,
      solution: 'solved',
      text: '药已送到本人手中，核对过。',
    });
    house.clock.forward(25 * hour);
    await house.timers.run('followups.list_silent');
    const [call] = await house.sql<{ id: string }>(
      'select id from followups.call where request_id = $1 and done_at is null',
      [id],
    );
    const sheet = await (await house.as('fu01')).do(api.followups.sheet, { id: call!.id });
    expect(sheet).toMatchObject({
      text: null,
      withheld: 'health',
      handledText: null,
      callback: '13977778888',
      categoryId: house.category('C'),
    });
  });
});
