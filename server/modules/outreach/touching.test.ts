import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf } from '../../../contract/endpoint.ts';
import { api, type Client, day, type House, hour, minute, newCode, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-03T01:00:00Z' });
});
afterAll(() => house.stop());

const officer = (): Promise<Client> => house.as('site01');
const liaison = (): Promise<Client> => house.as('liai04');
const caller = (): Promise<Client> => house.as('fu01');
const leader = (): Promise<Client> => house.as('lead04');

/** Whatever this person is at ends. */
async function endOpen(client: Client): Promise<void> {
  const { open } = await client.do(api.outreach.mine, {});
  if (!open) return;
  for (const found of ['nothing', 'need'] as const) await client.try(api.outreach.end, finish(open.id, found));
}
async function begun(
  login = 'site01',
  site = 'U04-01',
  kind: 'round' | 'site_call' | 'survey' = 'round',
): Promise<string> {
  const client = await house.as(login);
  await endOpen(client);
  const id = randomUUID();
  await client.do(api.outreach.begin, { id, siteId: house.site(site), kind, crew: '木工二班', point: '生活区' });
  house.clock.forward(minute);
  return id;
}
const topic = (code = 'A'): number => house.category(code);
const need = (
  id: string,
  other: Partial<InputOf<typeof api.outreach.need>> = {},
): InputOf<typeof api.outreach.need> => ({
  id,
  requestId: randomUUID(),
  queryCode: newCode(),
  categoryId: house.category('A02'),
  text: '二层洗漱间早上没有热水，大家都说等了两天。',
  confidentiality: 'open',
  ...other,
});
const finish = (
  id: string,
  found: 'nothing' | 'information' | 'need',
  words?: string,
): InputOf<typeof api.outreach.end> => ({
  id,
  topics: [topic()],
  found,
  words,
});
/** A need counts once the journal has it. */
const shareOf = async (login = 'disp00') => {
  await house.settled();
  return (await house.as(login)).do(api.outreach.share, {});
};
const needsOf = async (filter: { counted?: 'no' } = {}) => {
  await house.settled();
  return (await leader()).do(api.outreach.needs, filter);
};

describe('a touch is recorded before what it finds', () => {
  test('a need found on a round is a request on the channel proactive, by the same intake, and counts', async () => {
    const id = await begun();
    const site = await officer();
    const asked = need(id, { callback: '13800001111', requesterLabel: '夜班职工' });
    const received = await site.do(api.outreach.need, asked);
    const thread = await house.standing(asked.requestId);
    expect(thread).toMatchObject({ number: received.number, channel: 'proactive', state: 'received' });
    await site.do(api.outreach.end, finish(id, 'need'));
    const { all } = await shareOf();
    expect(all).toMatchObject({ all: 1, found: 1, notCounted: 0, touches: 1, need: 1, nothing: 0 });
    const { rows, hidden } = await needsOf();
    expect(hidden).toBe(0);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ request: { id: asked.requestId }, touchId: id, why: null });
    expect(rows[0]!.touchPosition!).toBeLessThan(rows[0]!.requestPosition!);
  });

  test('two needs of two people on one touch are two contacts; nothing found is a contact of its own', async () => {
    const before = await house.sql<{ n: string }>(
      `select count(*) as n from requests.contact where channel = 'proactive'`,
    );
    const id = await begun();
    const site = await officer();
    await site.do(api.outreach.need, need(id, { callback: '13800002222' }));
    await site.do(api.outreach.need, need(id, { callback: '13800003333', categoryId: house.category('A03') }));
    await site.do(api.outreach.end, finish(id, 'need'));
    const nothing = await begun();
    await site.do(api.outreach.end, finish(nothing, 'nothing'));
    const after = await house.sql<{ n: string; outcome: string }>(
      `select outcome, count(*) as n from requests.contact where channel = 'proactive' group by outcome order by outcome`,
    );
    expect(after.reduce((sum, one) => sum + Number(one.n), 0) - Number(before[0]!.n)).toBe(3);
    expect(after.map((one) => one.outcome)).toEqual(['information', 'requests']);
  });

  test('what was found is said plainly: a need must be registered, information needs words, nothing is an answer', async () => {
    const site = await officer();
    const id = await begun();
    expect((await site.try(api.outreach.end, finish(id, 'need'))).code).toBe('needs_first');
    const wordless = await site.try(api.outreach.end, finish(id, 'information'));
    expect(wordless.problem.fields?.map((one) => one.field)).toEqual(['words']);
    await site.do(api.outreach.need, need(id));
    const denied = await site.try(api.outreach.end, finish(id, 'nothing'));
    expect(denied.problem.fields?.[0]).toMatchObject({ field: 'found', code: 'needs_were_found' });
    await site.do(api.outreach.end, finish(id, 'need'));
    expect((await site.try(api.outreach.end, finish(id, 'need'))).code).toBe('touch_ended');
  });

  test('touches that found nothing are shown beside the share', async () => {
    const before = (await shareOf()).all;
    const client = await caller();
    const id = await begun('fu01', 'U04-03', 'site_call');
    await client.do(api.outreach.end, finish(id, 'nothing'));
    const other = await begun('liai04', 'U04-02', 'survey');
    await (await liaison()).do(api.outreach.end, finish(other, 'information', '下周二起夜班加一组人。'));
    const { all } = await shareOf();
    expect(all.nothing - before.nothing).toBe(1);
    expect(all.information - before.information).toBe(1);
    expect(all.found).toBe(before.found);
    const { touches } = await (await leader()).do(api.outreach.touches, { found: 'information' });
    expect(touches[0]).toMatchObject({ id: other, words: '下周二起夜班加一组人。', crew: '木工二班', withheld: null });
  });
});

describe('re-labelling requests as outreach', () => {
  test('no other door gives the channel: registering says site officer, hotline or paper', async () => {
    const site = await officer();
    const reply = await site.fetch('POST', '/api/requests/registered', {
      id: randomUUID(),
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '食堂打饭排队太久。',
      confidentiality: 'open',
      channel: 'proactive',
    });
    expect(reply.status).toBe(422);
    expect(((await reply.json()) as { fields: { field: string }[] }).fields[0]!.field).toBe('channel');
  });

  test('a request that came by itself cannot be put on a touch afterwards, under its own id', async () => {
    const came = await house.given.request({ category: 'A05' });
    const id = await begun();
    const reply = await (await officer()).try(
      api.outreach.need,
      need(id, { requestId: came.id, categoryId: house.category('A05') }),
    );
    expect(reply.status).toBe(409);
    expect((await house.standing(came.id)).channel).toBe('qr_form');
    expect(await house.sql('select 1 from outreach.need where request_id = $1', [came.id])).toEqual([]);
  });

  test('written down again after somebody asked, it is a request and not a find', async () => {
    house.clock.forward(hour);
    await house.given.request({ site: 'U04-02', category: 'E01', text: '宿舍二层有老鼠。' });
    house.clock.forward(hour);
    const before = (await shareOf()).all;
    const id = await begun('liai04', 'U04-02', 'survey');
    const asked = need(id, { categoryId: house.category('E01'), text: '宿舍二层老鼠多。' });
    await (await liaison()).do(api.outreach.need, asked);
    await (await liaison()).do(api.outreach.end, finish(id, 'need'));
    const { all } = await shareOf();
    expect(all.found).toBe(before.found);
    expect(all.notCounted).toBe(before.notCounted + 1);
    const { rows } = await needsOf({ counted: 'no' });
    expect(rows.find((one) => one.request.id === asked.requestId)?.why).toBe('asked_before');
  });

  test('a touch that ended, or that was begun half a day ago, takes no more needs', async () => {
    const site = await officer();
    const id = await begun();
    await site.do(api.outreach.end, finish(id, 'nothing'));
    expect((await site.try(api.outreach.need, need(id))).code).toBe('touch_ended');
    const kept = await begun();
    house.clock.forward(13 * hour);
    expect((await site.try(api.outreach.need, need(kept))).code).toBe('touch_ended');
    // It is left as unfinished when the next begins, and counts as neither found nor nothing.
    const next = await begun();
    expect(next).not.toBe(kept);
    const { touches } = await (await leader()).do(api.outreach.touches, {});
    expect(['unfinished', 'nothing']).toContain(touches.find((one) => one.id === kept)?.found);
  });

  test('the device cannot say that it was asked earlier or the touch begun earlier: both count from the server’s clock', async () => {
    const id = await begun();
    const asked = {
      ...need(id),
      submittedAt: '2026-03-01T00:00:00Z',
      sentAt: house.clock.now().toISOString(),
      beganAt: '2026-03-01T00:00:00Z',
    };
    await (await officer()).do(api.outreach.need, asked as never);
    const [row] = await house.sql<{ submitted_at: Date; began_at: Date }>(
      `select r.submitted_at, t.began_at from requests.request r, outreach.touch t where r.id = $1 and t.id = $2`,
      [asked.requestId, id],
    );
    expect(row!.submitted_at).toEqual(house.clock.now());
    expect(row!.began_at.getTime()).toBeLessThanOrEqual(row!.submitted_at.getTime());
  });

  test('what links a request to a touch can be written once and not changed; planted past the program it does not count', async () => {
    const [rights] = await house.sql<{ may: boolean; touch: boolean }>(
      `select has_table_privilege('lastmetre_app', 'outreach.need', 'update') as may,
         has_table_privilege('lastmetre_app', 'outreach.touch', 'delete') as touch`,
    );
    expect(rights).toEqual({ may: false, touch: false });
    const came = await house.given.request({ category: 'A03', text: '床板坏了一块。' });
    const id = await begun();
    await (await officer()).do(api.outreach.end, finish(id, 'nothing'));
    const before = (await shareOf()).all;
    await house.sql(
      `insert into outreach.need (request_id, touch_id, at, unit_id, site_id, asked_before)
       select $1, $2, now(), unit_id, site_id, false from outreach.touch where id = $2`,
      [came.id, id],
    );
    await house.sql(`update outreach.need set at = $2 where request_id = $1`, [came.id, house.clock.now()]);
    await house.sql(`update outreach.touch set began_at = began_at - interval '2 days' where id = $1`, [id]);
    const { all } = await shareOf();
    expect(all.found).toBe(before.found);
    expect(all.notCounted).toBe(before.notCounted + 1);
    const { rows } = await needsOf({ counted: 'no' });
    expect(rows.find((one) => one.request.id === came.id)?.why).toBe('not_before');
    await house.sql(`delete from outreach.need where request_id = $1`, [came.id]);
  });
});

describe('the line that is asked plants nothing', () => {
  test.each(['hand11', 'ho-l11', 'u04-l11', 'worker01', 'op01', 'disp01', 'keep01'])(
    '%s begins no touch and finds no need',
    async (login) => {
      const client = await house.as(login);
      const start = await client.try(api.outreach.begin, {
        id: randomUUID(),
        siteId: house.site('U04-01'),
        kind: 'round',
      });
      expect(start.status).toBe(403);
      const running = await begun();
      expect((await client.try(api.outreach.need, need(running))).status).toBe(403);
      expect((await client.try(api.outreach.mine, {})).status).toBe(403);
      expect((await client.try(api.outreach.share, {})).status).toBe(403);
    },
  );

  test('who looks after a site and works for a line records no round there, not even on one begun before', async () => {
    const site = await house.as('site02');
    const id = await begun('site02', 'U04-02');
    const [account] = await house.sql<{ id: string }>(`select id from access.account where login = 'site02'`);
    await house.sql(
      `insert into access.grant_ (id, account_id, role, node_id, line_id, granted_by, granted_at)
       select gen_random_uuid(), $1, 'handler', $2, $3, granted_by, now() from access.grant_ limit 1`,
      [account!.id, house.unit('U04'), house.line('L11')],
    );
    house.clock.forward(20 * minute);
    expect((await site.try(api.outreach.need, need(id))).code).toBe('handles_a_line');
    const again = await site.try(api.outreach.begin, { id: randomUUID(), siteId: house.site('U04-02'), kind: 'round' });
    expect(again.code).toBe('handles_a_line');
    await house.sql(`delete from access.grant_ where account_id = $1 and role = 'handler'`, [account!.id]);
  });

  test('another person’s touch takes no need, and a round outside one’s site is refused', async () => {
    const id = await begun();
    expect((await (await liaison()).try(api.outreach.need, need(id))).status).toBe(404);
    expect((await (await liaison()).try(api.outreach.end, finish(id, 'nothing'))).status).toBe(404);
    const site = await house.as('site03');
    const reply = await site.try(api.outreach.begin, { id: randomUUID(), siteId: house.site('U04-01'), kind: 'round' });
    expect(reply.status).toBe(403);
  });

  test('who registered a need does not verify it', async () => {
    const id = await begun('fu01', 'U04-03', 'site_call');
    const asked = need(id, { callback: '13800009999' });
    await (await caller()).do(api.outreach.need, asked);
    await (await caller()).do(api.outreach.end, finish(id, 'need'));
    const [r] = await house.sql<{ registrar_id: string }>(`select registrar_id from requests.request where id = $1`, [
      asked.requestId,
    ]);
    const [fu01] = await house.sql<{ id: string }>(`select id from access.account where login = 'fu01'`);
    expect(r!.registrar_id).toBe(fu01!.id);
    // They read what they wrote down, and nothing else of the queue.
    expect((await (await caller()).do(api.requests.thread, { id: asked.requestId })).number).toBeTruthy();
    expect((await (await caller()).try(api.requests.list, {})).status).toBe(403);
  });
});

describe('pressed twice, and two at once', () => {
  test('beginning twice is one touch, and a second one waits for the first to end', async () => {
    const site = await officer();
    await endOpen(site);
    const start = { id: randomUUID(), siteId: house.site('U04-01'), kind: 'round' as const };
    const [a, b] = await Promise.all([site.try(api.outreach.begin, start), site.try(api.outreach.begin, start)]);
    expect([a.status, b.status]).toEqual([200, 200]);
    const other = await site.try(api.outreach.begin, { ...start, id: randomUUID() });
    expect(other).toMatchObject({ status: 409, code: 'touch_open' });
    expect(other.problem.current).toEqual({ id: start.id });
    await site.do(api.outreach.end, finish(start.id, 'nothing'));
    const two = { siteId: house.site('U04-01'), kind: 'round' as const };
    const both = await Promise.all([
      site.try(api.outreach.begin, { ...two, id: randomUUID() }),
      site.try(api.outreach.begin, { ...two, id: randomUUID() }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  });

  test('a need sent twice is one request and one find', async () => {
    const id = await begun();
    const site = await officer();
    const asked = need(id);
    const [a, b] = await Promise.all([site.try(api.outreach.need, asked), site.try(api.outreach.need, asked)]);
    const numbers = [a, b].filter((one) => one.status === 200).map((one) => one.body.number);
    expect(new Set(numbers).size).toBe(1);
    expect((await site.do(api.outreach.need, asked)).number).toBe(numbers[0]);
    expect(await house.sql('select 1 from outreach.need where request_id = $1', [asked.requestId])).toHaveLength(1);
  });
});

describe('nothing of what belongs to a sealed line', () => {
  test('a need of the mind or a report about somebody is not stored; whom to ring is said', async () => {
    const id = await begun();
    const site = await officer();
    for (const code of ['D01', 'I03']) {
      const reply = await site.try(api.outreach.need, need(id, { categoryId: house.category(code) }));
      expect(reply).toMatchObject({ status: 422, code: 'sealed_category' });
    }
    const asked = await site.try(api.outreach.end, { ...finish(id, 'nothing'), topics: [house.category('D')] });
    expect(asked.problem.fields?.[0]).toMatchObject({ field: 'topics' });
    expect(await house.sql('select 1 from outreach.need where touch_id = $1', [id])).toEqual([]);
  });

  test('a request that is moved to a sealed line takes its link and the words around it with it', async () => {
    const id = await begun();
    const site = await officer();
    const asked = need(id);
    await site.do(api.outreach.need, asked);
    await site.do(api.outreach.end, finish(id, 'need', '木工班说的都是同一件事。'));
    const { version } = await house.standing(asked.requestId);
    await (await house.as('disp01')).do(api.requests.moveToSealed, { id: asked.requestId, version, to: 'care' });
    const [touch] = await house.sql('select words, crew, point from outreach.touch where id = $1', [id]);
    expect(touch).toEqual({ words: null, crew: null, point: null });
    expect(await house.sql('select 1 from outreach.need where touch_id = $1', [id])).toEqual([]);
  });

  test('words that should not stand there are erased by one key, by the maker or who oversees the place', async () => {
    const id = await begun();
    const site = await officer();
    await site.do(api.outreach.end, finish(id, 'information', '有人说夜里睡不着。'));
    expect((await (await house.as('lead01')).do(api.outreach.touch, { id })).words).toBe('有人说夜里睡不着。');
    expect((await (await house.as('u03-deputy')).try(api.outreach.erase, { id })).status).toBe(404);
    await (await leader()).do(api.outreach.erase, { id });
    expect((await site.do(api.outreach.touch, { id })).words).toBeNull();
  });
});

describe('who reads what', () => {
  test('a leader sees the unit, the group leader all, a leader of another unit nothing', async () => {
    const id = await begun();
    await (await officer()).do(api.outreach.end, finish(id, 'information', '早饭提前到六点。'));
    for (const login of ['lead04', 'lead00', 'disp00'])
      expect((await (await house.as(login)).do(api.outreach.touches, {})).touches.map((one) => one.id)).toContain(id);
    const other = await house.as('u03-deputy');
    expect((await other.do(api.outreach.touches, {})).touches).toEqual([]);
    expect((await other.try(api.outreach.touch, { id })).status).toBe(404);
    expect((await other.try(api.outreach.share, {})).body.units.map((one) => one.unitId)).toEqual([house.unit('U03')]);
    expect((await other.try(api.outreach.needs, { unitId: house.unit('U04') })).status).toBe(403);
  });

  test('a touch that found a need shows a leader its day, and neither crew, point, words nor hour', async () => {
    const id = await begun();
    const site = await officer();
    const asked = need(id, { confidentiality: 'confidential', callback: '13811112222', requesterLabel: '张某' });
    await site.do(api.outreach.need, asked);
    await site.do(api.outreach.end, finish(id, 'need', '木工二班老张说的。'));
    const seen = await (await leader()).do(api.outreach.touch, { id });
    expect(seen).toMatchObject({
      beganAt: null,
      endedAt: null,
      crew: null,
      point: null,
      words: null,
      withheld: 'need',
      needs: [],
    });
    const own = await site.do(api.outreach.touch, { id });
    expect(own).toMatchObject({ crew: '木工二班', words: '木工二班老张说的。', withheld: null });
    expect(own.needs.map((one) => one.requestId)).toEqual([asked.requestId]);
    const { rows } = await needsOf();
    expect(rows.find((one) => one.request.id === asked.requestId)).toMatchObject({
      touchId: null,
      touchPosition: null,
    });
  });

  test('at a site of under 30 people a touch shows as its unit, whatever it found, and cannot be asked for by site', async () => {
    // U03-06 has 14 people.
    const [row] = await house.sql<{ login: string }>(
      `select a.login from access.account a join access.grant_ g on g.account_id = a.id where g.role = 'site_officer' and g.node_id = $1 limit 1`,
      [house.site('U03-06')],
    );
    const id = await begun(row!.login, 'U03-06');
    await (await house.as(row!.login)).do(api.outreach.end, finish(id, 'information', '夜班加餐。'));
    const head = await house.as('u03-deputy');
    const seen = await head.do(api.outreach.touch, { id });
    expect(seen).toMatchObject({
      siteId: null,
      unitId: house.unit('U03'),
      by: null,
      crew: null,
      words: null,
      beganAt: null,
      withheld: 'small_site',
    });
    expect((await head.do(api.outreach.touches, { siteId: house.site('U03-06') })).touches).toEqual([]);
    const late = (await head.do(api.outreach.late, {})).rows.filter((one) => one.siteId === house.site('U03-06'));
    expect(late.every((one) => one.lastDay === null && one.running === null)).toBe(true);
  });
});

describe('the rhythm of a place', () => {
  test('my list holds what is due for my kind of touch; done, it falls due again after its days', async () => {
    const site = await officer();
    const own = { siteId: house.site('U04-01'), kind: 'round' };
    const due = async () => (await site.do(api.outreach.mine, {})).due.find((one) => one.siteId === own.siteId);
    const id = await begun();
    await site.do(api.outreach.end, finish(id, 'nothing'));
    // Every three days; shown two days ahead.
    expect(await due()).toBeUndefined();
    house.clock.forward(day);
    expect(await due()).toMatchObject({ ...own, state: 'coming', everyDays: 3 });
    house.clock.forward(2 * day);
    expect(await due()).toMatchObject({ ...own, state: 'today' });
    house.clock.forward(2 * day);
    expect(await due()).toMatchObject({ ...own, state: 'overdue', daysLate: 2 });
    const { rows } = await (await leader()).do(api.outreach.late, {});
    expect(rows.find((one) => one.siteId === own.siteId && one.kind === 'round')).toMatchObject({ daysLate: 2 });
  });

  test('a unit leader sets it for the unit, the dispatch lead for the group; nobody for another’s unit', async () => {
    const set = (login: string, nodeId: number | null, everyDays: number | null = 1) =>
      house.as(login).then((client) => client.try(api.outreach.setRhythm, { nodeId, kind: 'round', everyDays }));
    expect((await set('lead04', house.unit('U04'))).status).toBe(200);
    expect((await set('lead04', house.site('U04-02'), null)).status).toBe(200);
    expect((await set('lead04', null)).status).toBe(403);
    expect((await set('lead04', house.unit('U03'))).status).toBe(403);
    expect((await set('lead00', null)).status).toBe(403);
    expect((await set('disp00', null, 4)).status).toBe(200);
    const { due } = await (await officer()).do(api.outreach.mine, {});
    expect(due[0]).toMatchObject({ siteId: house.site('U04-01'), everyDays: 1 });
    expect((await (await house.as('site02')).do(api.outreach.mine, {})).due).toEqual([]);
    const drop = await (await leader()).try(api.outreach.setRhythm, {
      nodeId: house.unit('U04'),
      kind: 'round',
      everyDays: null,
      drop: true,
    });
    expect(drop.status).toBe(200);
    const { rhythms } = await (await leader()).do(api.outreach.rhythms, {});
    expect(rhythms.find((one) => one.nodeId === null && one.kind === 'round')).toMatchObject({
      everyDays: 4,
      can: { change: false },
    });
    expect(rhythms.some((one) => one.nodeId === house.unit('U04'))).toBe(false);
  });
});

test('the denominators open too: every need asked in the period, and every place with a rhythm', async () => {
  const client = await leader();
  const { units } = await client.do(api.outreach.share, {});
  const unit = units.find((one) => one.unitId === house.unit('U04'))!;
  const asked = await client.do(api.outreach.needs, { unitId: unit.unitId, counted: 'all' });
  expect(asked.total).toBe(unit.all);
  expect(asked.rows.length + asked.hidden).toBe(unit.all);
  const moments = asked.rows.map(({ request }) => request.submittedAt);
  expect(moments).toEqual([...moments].sort().reverse());
  const places = await client.do(api.outreach.late, { unitId: unit.unitId, all: 'yes' });
  expect(places.rows).toHaveLength(unit.places);
  const late = await client.do(api.outreach.late, { unitId: unit.unitId });
  expect(late.rows).toHaveLength(unit.late);
});

test('a touch left open is counted as unfinished and listed as such', async () => {
  await begun();
  house.clock.forward(13 * hour);
  const client = await leader();
  const { all } = await client.do(api.outreach.share, {});
  const { touches } = await client.do(api.outreach.touches, { found: 'unfinished' });
  expect(all.unfinished).toBeGreaterThan(0);
  expect(touches).toHaveLength(all.unfinished);
});
