import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, day, type Given, type House, hour, newCode, openHouse, type Wanted } from '../../testing/program.ts';
import { thresholdOf } from './learning.ts';

let house: House;
let workers: string[];
beforeAll(async () => {
  house = await openHouse();
  workers = (
    await house.sql<{ login: string }>(
      `select a.login from access.account a where exists (select 1 from access.grant_ g where g.account_id = a.id and g.role = 'worker') order by a.login limit 40`,
    )
  ).map(({ login }) => login);
});
afterAll(() => house.stop());

const alike = async (login: string, id: string) => (await house.as(login)).do(api.likeness.of, { id });
const numbers = async (login: string, id: string): Promise<string[]> =>
  (await alike(login, id)).rows.map(({ request }) => request.number);

/** Told twice, in other words, at one site within the hour. */
async function toldTwice(wanted: Wanted = {}): Promise<[Given, Given]> {
  const first = await house.given.request({
    ...wanted,
    by: workers[0],
    text: '浴室花洒坏了，没法洗澡',
    category: 'A04',
  });
  house.clock.forward(hour);
  const second = await house.given.request({
    site: wanted.site,
    by: workers[1],
    text: '淋浴喷头掉了，冲不了澡',
    category: 'A04',
  });
  await house.settled();
  return [first, second];
}

describe('a suggestion', () => {
  test('names what it is made of: other words, one site, how far apart', async () => {
    const [first, second] = await toldTwice({ site: 'U04-01' });
    const found = await alike('disp01', second.id);
    expect(found).toMatchObject({ notCompared: null, here: 1, days: 1 });
    expect(found.rows[0]).toMatchObject({ likeness: 'reworded', hours: 1, sameSite: true, joinable: true });
    expect(found.rows[0]!.request.number).toBe(first.number);
  });

  test('shows nothing its reader may not read: handler, site officer, neighbour, worker, program', async () => {
    const [first, second] = await toldTwice({ site: 'U04-02', until: 'dispatched', line: 'L11' });
    // A handler of the line reads the one that was dispatched, and what still waits at the desk not at all.
    const handler = await house.as('ho-l11');
    expect((await handler.try(api.likeness.of, { id: second.id })).status).toBe(404);
    expect(await numbers('ho-l11', first.id)).toEqual([]);
    expect((await (await house.as('ho-l10')).try(api.likeness.of, { id: first.id })).status).toBe(404);
    expect((await (await house.as('u03-deputy')).try(api.likeness.of, { id: first.id })).status).toBe(404);
    expect((await (await house.as(workers[0]!)).try(api.likeness.of, { id: first.id })).status).toBe(403);
    const program = await house.given.token(['requests:read']);
    expect((await program.try(api.likeness.of, { id: first.id })).status).toBe(403);
    expect(await numbers('disp01', second.id)).toContain(first.number);
  });

  test('never shows nor counts the confidential, and for them there is none', async () => {
    const hidden = await house.given.request({
      site: 'U04-03',
      by: workers[2],
      category: 'A04',
      text: '浴室花洒坏了，没法洗澡',
      confidentiality: 'confidential',
    });
    const open = await house.given.request({
      site: 'U04-03',
      by: workers[3],
      category: 'A04',
      text: '淋浴喷头掉了，冲不了澡',
    });
    await house.settled();
    expect(await alike('disp01', open.id)).toMatchObject({ rows: [], here: 0 });
    expect(await alike('disp01', hidden.id)).toMatchObject({ notCompared: 'confidential', rows: [] });
    expect(await house.sql('select 1 from likeness.print where request_id = $1', [hidden.id])).toEqual([]);
  });

  test('leaves nothing behind of what was moved to a sealed line', async () => {
    const [first, second] = await toldTwice({ site: 'U04-04' });
    const { version } = await house.standing(first.id);
    await (await house.as('disp01')).do(api.requests.moveToSealed, { id: first.id, version, to: 'care' });
    await house.settled();
    expect(await numbers('disp01', second.id)).toEqual([]);
    expect(await house.sql('select 1 from likeness.print where request_id = $1', [first.id])).toEqual([]);
  });

  test('that was said to be wrong never comes again, for nobody and from neither side', async () => {
    const [first, second] = await toldTwice({ site: 'U04-05' });
    const dispatcher = await house.as('disp01');
    await dispatcher.do(api.likeness.notSame, { id: second.id, otherId: first.id });
    await dispatcher.do(api.likeness.notSame, { id: second.id, otherId: first.id });
    expect(await numbers('disp01', second.id)).toEqual([]);
    expect(await numbers('disp01', first.id)).toEqual([]);
    expect(
      await house.sql(`select 1 from likeness.verdict where not same and $1 in (a, b) and $2 in (a, b)`, [
        first.id,
        second.id,
      ]),
    ).toHaveLength(1);
    const handler = await house.as('ho-l11');
    expect((await handler.try(api.likeness.notSame, { id: second.id, otherId: first.id })).status).toBe(403);
  });

  test('must be likelier where dispatchers keep saying no', () => {
    expect(thresholdOf(0, 0)).toBeCloseTo(0.35, 5);
    expect(thresholdOf(0, 20)).toBeGreaterThan(0.7);
    expect(thresholdOf(40, 0)).toBeLessThan(0.35);
  });
});

describe('merging away a complaint (a trick that fails)', () => {
  test('each keeps its own verdict: one confirms, the other denies, and the work comes back', async () => {
    const [first, second] = await toldTwice({ site: 'U04-06', until: 'accepted', line: 'L11' });
    const { version, dues } = await house.standing(second.id);
    const put = await (await house.as('disp01')).do(api.likeness.together, {
      id: second.id,
      version,
      otherId: first.id,
    });
    expect(put).toMatchObject({ joinedId: second.id, caseId: first.caseId });
    const [one, other] = [await house.standing(first.id), await house.standing(second.id)];
    expect(other.caseId).toBe(one.caseId);
    expect(other.dues).toEqual(dues);
    await (await house.as('ho-l11')).do(api.cases.handled, {
      id: first.caseId,
      text: '喷头换好了，试过有水。',
      solution: 'solved',
    });
    await (await house.as(workers[0]!)).do(api.requests.judge, { id: first.id, solved: true });
    await (await house.as(workers[1]!)).do(api.requests.judge, {
      id: second.id,
      solved: false,
      why: '我们这间还是没水。',
    });
    expect((await house.standing(first.id)).state).toBe('resolved_confirmed');
    expect((await house.standing(second.id)).state).toBe('reopened');
  });

  test('two at once: the second press finds it done', async () => {
    const [first, second] = await toldTwice({ site: 'U04-07' });
    const { version } = await house.standing(second.id);
    const dispatchers = [await house.as('disp01'), await house.as('disp02')];
    const replies = await Promise.all(
      dispatchers.map((by) => by.try(api.likeness.together, { id: second.id, version, otherId: first.id })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await house.standing(first.id)).siblings.map(({ id }) => id)).toEqual([second.id]);
  });
});

describe('the same person again', () => {
  test('within 14 days at one place about one thing is linked; another person is not', async () => {
    const by = workers[10];
    const first = await house.given.request({ by, site: 'U04-08', category: 'A05', text: '小卖部没有牙膏' });
    house.clock.forward(5 * day);
    const second = await house.given.request({ by, site: 'U04-08', category: 'A05', text: '洗衣粉用完了买不到' });
    const other = await house.given.request({
      by: workers[11],
      site: 'U04-08',
      category: 'A05',
      text: '拖鞋坏了想买一双',
    });
    await house.settled();
    expect((await alike('disp01', second.id)).repeatOf).toMatchObject({ number: first.number });
    expect((await alike('disp01', other.id)).repeatOf).toBeNull();
  });

  test('an operator is told that this caller has an open request about it, and urges that one', async () => {
    const operator = await house.as('op01');
    const number = '13700001111';
    const begun = await operator.do(api.hotline.caller, { number });
    const { id, number: registered } = await operator.do(api.requests.register, {
      id: crypto.randomUUID(),
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '开水房晚上八点就锁门，夜班打不到水',
      callback: number,
      confidentiality: 'open',
      channel: 'hotline',
      contactId: begun.contactId,
    });
    const again = await operator.do(api.hotline.caller, { number });
    const said = {
      id: again.contactId,
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '没有开水',
    };
    expect((await operator.do(api.likeness.ofCaller, said)).rows).toMatchObject([{ id, number: registered }]);
    // Another operator's call is not theirs to ask about, nor is another caller's need.
    const other = await house.as('op02');
    expect((await other.try(api.likeness.ofCaller, said)).status).toBe(404);
    const stranger = await operator.do(api.hotline.caller, { number: '13700002222' });
    expect((await operator.do(api.likeness.ofCaller, { ...said, id: stranger.contactId })).rows).toEqual([]);
    // What that number asked in confidence is compared with nothing (rules 6).
    await other.do(api.requests.register, {
      id: crypto.randomUUID(),
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '开水房晚上八点就锁门，不要说是我说的',
      callback: '13700003333',
      confidentiality: 'confidential',
      channel: 'hotline',
      contactId: (await other.do(api.hotline.caller, { number: '13700003333' })).contactId,
    });
    const later = await operator.do(api.hotline.caller, { number: '13700003333' });
    expect((await operator.do(api.likeness.ofCaller, { ...said, id: later.contactId })).rows).toEqual([]);
  });
});

describe('a hot topic', () => {
  const site = 'U06-03';
  let told: Given[];

  test('is not made by one person asking twenty times', async () => {
    house.clock.forward(4 * day);
    for (let i = 0; i < 6; i++)
      await house.given.request({ by: workers[20], site, category: 'A03', text: `板房又停电了，第${i + 2}回` });
    await house.settled();
    expect((await (await house.as('disp01')).do(api.likeness.topics, {})).topics).toEqual([]);
  });

  test('is made by many people at one place, counted as each may read it', async () => {
    house.clock.forward(4 * day);
    told = [];
    const texts = [
      '板房停电到现在没来',
      '宿舍跳闸，屋里黑漆漆的',
      '没电，手机充不了',
      '生活区断电，风扇全停',
      '停电一晚上了',
      '又跳闸了，合不上',
      '屋里没电，摸黑',
    ];
    for (const [i, text] of texts.entries()) {
      told.push(await house.given.request({ by: workers[21 + i], site, category: 'A03', text }));
      house.clock.forward(0.5 * hour);
    }
    await house.settled();
    const [topic] = (await (await house.as('disp01')).do(api.likeness.topics, {})).topics;
    expect(topic).toMatchObject({ siteId: house.site(site), term: 'things/power', people: 7, requests: 7, open: 7 });
    expect(topic!.heat).toBeGreaterThan(3);
    // A line that has none of it, and a leader of another unit, see no topic.
    expect((await (await house.as('ho-l10')).do(api.likeness.topics, {})).topics).toEqual([]);
    expect((await (await house.as('u03-deputy')).do(api.likeness.topics, {})).topics).toEqual([]);
    expect((await (await house.as('u03-deputy')).try(api.likeness.topic, { id: topic!.id })).status).toBe(404);
    expect((await (await house.as(workers[21]!)).try(api.likeness.topics, {})).status).toBe(403);
  });

  test('is worked on as one group case; later ones are offered to it; each keeps its verdict', async () => {
    const dispatcher = await house.as('disp01');
    const [topic] = (await dispatcher.do(api.likeness.topics, {})).topics;
    const { rows } = await dispatcher.do(api.likeness.topic, { id: topic!.id });
    const requests = rows.map(({ id, version }) => ({ id, version }));
    requests[0]!.version += 1;
    const handler = await house.as('ho-l11');
    expect((await handler.try(api.likeness.gather, { id: topic!.id, requests })).status).toBe(403);
    const done = await dispatcher.do(api.likeness.gather, { id: topic!.id, requests });
    expect(done.joined).toHaveLength(6);
    expect(done.left).toMatchObject([{ number: rows[0]!.number, why: 'stale' }]);
    expect((await dispatcher.do(api.likeness.topic, { id: topic!.id })).topic.groupCaseId).toBe(done.caseId);
    const later = await house.given.request({ by: workers[30], site, category: 'A03', text: '板房还是没电' });
    await house.settled();
    const offered = await alike('disp01', later.id);
    expect(offered.topic).toMatchObject({ id: topic!.id, groupCaseId: done.caseId });
    const again = await dispatcher.do(api.likeness.gather, {
      id: topic!.id,
      requests: [{ id: later.id, version: (await house.standing(later.id)).version }],
    });
    expect(again).toMatchObject({ caseId: done.caseId, joined: [later.number] });
    const joined = told.find(({ number }) => done.joined.includes(number))!;
    await (await house.as(workers[21 + told.indexOf(joined)]!)).do(api.requests.withdraw, { id: joined.id });
    expect((await house.standing(later.id)).state).toBe('in_work');
  });
});
