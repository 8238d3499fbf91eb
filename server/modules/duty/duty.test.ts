import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSheets } from '../../platform/sheets.ts';
import { api, day, type House, hour, openHouse } from '../../testing/program.ts';

let house: House;
let sequence = 0;
/** Of U07, filled by a pattern in one test and read as a table in another. */
let postOfPattern = '';
/** 09:00 of Monday 2026-03-02 in the group's zone. */
const monday = '2026-03-02T01:00:00Z';
beforeAll(async () => {
  house = await openHouse({ at: monday });
  // The story's stages lie around the real day; here the group is in S2 throughout.
  await house.sql(`delete from stages.period`);
  await house.sql(
    `insert into stages.period (id, node_id, stage_code, from_at, basis) select gen_random_uuid(), id, 'S2', '2026-01-01', 'test' from organization.node where kind = 'group'`,
  );
});
afterAll(() => house.stop());

const account = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>(`select id from access.account where login = $1`, [login]))[0]!.id;

async function post(
  unit: string,
  hours: ('D' | 'E' | 'N' | 'H')[],
  by = 'lead04',
  line: string | null = null,
): Promise<string> {
  const id = randomUUID();
  await (await house.as(by)).do(api.duty.savePost, {
    id,
    version: null,
    nodeId: unit === 'group' ? house.dir.groupNode.id : house.unit(unit),
    lineId: line === null ? null : house.line(line),
    zh: `岗位${++sequence}`,
    en: `Post ${sequence}`,
    hours,
    standby: hours.includes('H'),
    stages: ['S2', 'S3'],
    phone: '8100',
  });
  return id;
}
const entry = async (postId: string, on: string, hours: 'D' | 'E' | 'N' | 'H', login: string) => ({
  id: randomUUID(),
  postId,
  day: on,
  hours,
  accountId: await account(login),
});
const mine = async (login: string, shiftId: string) =>
  (await (await house.as(login)).do(api.duty.mine, {})).shifts.find((one) => one.id === shiftId)!;

describe('one person an hour, one place at a time', () => {
  test('the database refuses a second person on a post and a second post for a person, by bare SQL', async () => {
    const [one, other] = [await post('U04', ['D', 'E', 'N']), await post('U04', ['D', 'E', 'N'])];
    const insert = (postId: string, login: string, from: string, to: string) =>
      account(login).then((id) =>
        house.sql(
          `insert into duty.shift (id, post_id, account_id, label, from_at, to_at, state, planned_at) values (gen_random_uuid(), $1, $2, 'x', $3, $4, 'planned', now())`,
          [postId, id, from, to],
        ),
      );
    await insert(one, 'liai04', '2026-05-01T00:00Z', '2026-05-01T08:00Z');
    await expect(insert(one, 'lead04', '2026-05-01T07:00Z', '2026-05-01T09:00Z')).rejects.toThrow(/one_person_a_post/);
    await expect(insert(other, 'liai04', '2026-05-01T07:59Z', '2026-05-01T09:00Z')).rejects.toThrow(
      /one_place_at_a_time/,
    );
    // One shift ends as the next begins.
    await insert(other, 'liai04', '2026-05-01T08:00Z', '2026-05-01T09:00Z');
  });
  test('two who plan the same hours at once: one is done, the other is told', async () => {
    const postId = await post('U04', ['D']);
    const plan = async (by: string, login: string) =>
      (await house.as(by)).try(api.duty.plan, { entries: [await entry(postId, '2026-04-01', 'D', login)] });
    const answers = await Promise.all([plan('lead04', 'liai04'), plan('liai04', 'u04-deputy')]);
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
    expect(answers.find((one) => one.status === 409)!.code).toBe('post_has_somebody');
  });
  test('another unit’s roster is not theirs to plan, and a stranger sits on no post', async () => {
    const postId = await post('U04', ['D']);
    const other = await (await house.as('liai07')).try(api.duty.plan, {
      entries: [await entry(postId, '2026-04-02', 'D', 'liai04')],
    });
    expect(other.code).toBe('forbidden');
    expect(
      (
        await (
          await house.as('hand10')
        ).try(api.duty.plan, { entries: [await entry(postId, '2026-04-02', 'D', 'liai04')] })
      ).status,
    ).toBe(403);
    const stranger = await (await house.as('liai04')).try(api.duty.plan, {
      entries: [await entry(postId, '2026-04-02', 'D', 'fu01')],
    });
    expect(stranger.problem.fields).toMatchObject([{ field: 'entries.0.accountId', code: 'not_of_this_post' }]);
  });
});

describe('fatigue at planning', () => {
  test('too long is refused with names; a leader who is not that person says why, and it is journalled', async () => {
    const postId = await post('U04', ['D', 'E', 'N']);
    const entries = [
      await entry(postId, '2026-04-10', 'D', 'liai04'),
      await entry(postId, '2026-04-11', 'N', 'liai04'),
    ];
    const liaison = await house.as('liai04');
    const refused = await liaison.try(api.duty.plan, { entries });
    expect(refused.code).toBe('too_tired');
    expect(refused.problem.current).toMatchObject({
      tired: [
        { kind: 'hours', value: 16 },
        { kind: 'hours', value: 16 },
      ],
    });
    expect((await liaison.try(api.duty.plan, { entries, beyondReason: '没有别人' })).code).toBe('leader_says_why');
    const leader = await house.as('lead04');
    expect(await leader.do(api.duty.plan, { entries, beyondReason: '没有别人可以值' })).toEqual({
      planned: 2,
      beyond: 2,
    });
    const journalled = await house.sql<{ reason: string }>(`select reason from journal.entry where record_id = $1`, [
      entries[0]!.id,
    ]);
    expect(journalled).toEqual([{ reason: 'beyond_fatigue' }]);
    const own = [await entry(postId, '2026-04-20', 'D', 'lead04'), await entry(postId, '2026-04-21', 'N', 'lead04')];
    expect((await leader.try(api.duty.plan, { entries: own, beyondReason: '没有别人可以值' })).code).toBe(
      'not_for_oneself',
    );
    const week = await liaison.do(api.duty.week, { nodeId: house.unit('U04'), from: '2026-04-06' });
    expect(week.fatigue).toMatchObject([{ name: '公路公司联络员', kind: 'hours', value: 16 }]);
  });
  test('who could stand in comes freshest first, with what speaks against the others; a pattern leaves the tired out', async () => {
    const postId = await post('U07', ['D', 'N'], 'liai07');
    postOfPattern = `岗位${sequence}`;
    const liaison = await house.as('liai07');
    await liaison.do(api.duty.plan, { entries: [await entry(postId, '2026-03-09', 'D', 'liai07')] });
    const { people } = await liaison.do(api.duty.candidates, { postId, day: '2026-03-10', hours: 'N' });
    expect(people.find((one) => one.name === '环境公司联络员')!.against).toEqual(['hours']);
    expect(people[0]!.against).toEqual([]);
    expect(
      (await liaison.try(api.duty.plan, { entries: [await entry(postId, '2026-03-10', 'N', 'liai07')] })).code,
    ).toBe('too_tired');
    const repeat = await liaison.do(api.duty.propose, { nodeId: house.unit('U07'), from: '2026-03-16', how: 'repeat' });
    expect(repeat.entries).toMatchObject([{ postId, day: '2026-03-16', hours: 'D', name: '环境公司联络员' }]);
    expect(repeat.left).toBe(13);
    const rotate = await liaison.do(api.duty.propose, { nodeId: house.unit('U07'), from: '2026-03-16', how: 'rotate' });
    expect(rotate.left).toBe(0);
    // What a pattern proposes can be planned as it stands.
    await liaison.do(api.duty.plan, {
      entries: rotate.entries.map(({ name: _, ...one }) => ({ id: randomUUID(), ...one })),
    });
    const { gaps } = await liaison.do(api.duty.gaps, { from: '2026-03-16', nodeId: house.unit('U07') });
    expect(gaps).toEqual([]);
  });
});

describe('handing over', () => {
  test('the next cannot take over without the note; receiving it is what ends the shift before', async () => {
    const postId = await post('U04', ['D', 'E']);
    house.clock.set('2026-03-03T00:00:00Z');
    const [first, second] = [
      await entry(postId, '2026-03-03', 'D', 'liai04'),
      await entry(postId, '2026-03-03', 'E', 'u04-deputy'),
    ];
    const liaison = await house.as('liai04');
    const deputy = await house.as('u04-deputy');
    await liaison.do(api.duty.plan, { entries: [first, second] });
    expect((await deputy.try(api.duty.take, { id: second.id, version: 0 })).code).toBe('too_early');
    expect((await deputy.try(api.duty.take, { id: first.id, version: 0 })).code).toBe('not_your_shift');
    await liaison.do(api.duty.take, { id: first.id, version: 0 });
    expect((await liaison.try(api.duty.take, { id: first.id, version: 1 })).code).toBe('shift_begun');
    expect((await liaison.try(api.duty.handOver, { id: first.id, version: 1, note: '一切正常' })).code).toBe(
      'too_early',
    );
    house.clock.set('2026-03-03T07:50:00Z');
    expect((await deputy.try(api.duty.take, { id: second.id, version: 0 })).code).toBe('handover_missing');
    await liaison.do(api.duty.handOver, {
      id: first.id,
      version: 1,
      note: '三号门水泵待修，物资晚到',
      openMatters: ['TL-1'],
    });
    // Whoever wrote the note has not ended the shift with it.
    expect((await mine('liai04', first.id)).state).toBe('taken');
    expect((await mine('u04-deputy', second.id)).waiting).toMatchObject({
      note: '三号门水泵待修，物资晚到',
      receivedBy: null,
    });
    await deputy.do(api.duty.take, { id: second.id, version: 0 });
    expect(await mine('liai04', first.id)).toMatchObject({
      state: 'handed_over',
      own: { receivedBy: '公路公司值班领导' },
    });
    const [row] = await house.sql<{ id: string }>(`select id from duty.handover where from_shift = $1`, [first.id]);
    await expect(
      house.sql(`update duty.handover set received_by = given_by where id = $1`, [row!.id]),
    ).rejects.toThrow();
    const { list } = await liaison.do(api.duty.mine, {});
    expect(list.items.map((one) => [one.source, one.state])).toEqual([
      ['shifts', 'done'],
      ['shifts', 'done'],
    ]);
  });
  test('a shift nobody took is told up and missed when over; one that ends without a note is seen and told', async () => {
    const postId = await post('U04', ['D', 'E']);
    const [first, second] = [
      await entry(postId, '2026-03-04', 'D', 'liai04'),
      await entry(postId, '2026-03-04', 'E', 'u04-deputy'),
    ];
    house.clock.set('2026-03-04T00:00:00Z');
    const liaison = await house.as('liai04');
    await liaison.do(api.duty.plan, { entries: [first, second] });
    await liaison.do(api.duty.take, { id: first.id, version: 0 });
    house.clock.set('2026-03-04T08:10:00Z');
    const deputy = await house.as('u04-deputy');
    expect((await deputy.try(api.duty.take, { id: second.id, version: 0, without: '电话打不通' })).code).toBe(
      'handover_missing',
    );
    house.clock.set('2026-03-04T08:40:00Z');
    await house.timers.run('duty.look');
    await house.timers.run('duty.look');
    const told = async (login: string) =>
      (await (await house.as(login)).do(api.messages.inbox, { view: 'all', limit: 100 })).messages.map(
        (one) => one.kind,
      );
    const alarms = (
      await house.sql<{ once: string }>(`select once from messages.message where kind like 'duty.un%'`)
    ).map((one) => one.once);
    expect(alarms).toContain(`duty.unhanded:${first.id}`);
    expect(alarms).toContain(`duty.untaken:${second.id}`);
    expect(alarms).toHaveLength(new Set(alarms).size);
    expect(await told('lead04')).toContain('duty.untaken');
    const now = await deputy.do(api.duty.now, { nodeId: house.unit('U04') });
    expect(now.posts.find((one) => one.id === postId)!.unhanded).toMatchObject({ name: '公路公司联络员' });
    await deputy.do(api.duty.take, { id: second.id, version: 0, without: '电话打不通' });
    expect(await told('lead04')).toContain('duty.without_note');
    const third = await entry(postId, '2026-03-05', 'D', 'liai04');
    await liaison.do(api.duty.plan, { entries: [third] });
    house.clock.set('2026-03-05T08:10:00Z');
    await house.timers.run('duty.look');
    const list = await (await house.as('liai04')).do(api.duty.mine, {});
    expect(list.list.items.find((one) => one.key === `shifts:${third.id}/take`)).toMatchObject({ state: 'late' });
  });
});

describe('where people are', () => {
  test('periods never overlap, by bare SQL either', async () => {
    const id = await account('site02');
    const insert = (from: string, to: string | null) =>
      house.sql(
        `insert into duty.status (id, account_id, label, node_id, state, from_at, to_at, reason, set_at) values (gen_random_uuid(), $1, 'x', $2, 'at_home', $3, $4, 'rotation', now())`,
        [id, house.site('U04-02'), from, to],
      );
    await insert('2026-02-01', '2026-02-10');
    await expect(insert('2026-02-09', null)).rejects.toThrow(/one_status_at_a_time/);
    await insert('2026-02-10', null);
  });
  test('somebody at home is planned for nothing and called to no duty; back again, they get what is to be done', async () => {
    const officer = await house.as('liai04');
    const deputy = await account('u04-deputy');
    await officer.do(api.duty.setStatus, {
      id: randomUUID(),
      accountId: deputy,
      state: 'at_home',
      reason: 'area_closed',
    });
    const postId = await post('U04', ['D']);
    const refused = await officer.try(api.duty.plan, {
      entries: [await entry(postId, '2026-03-20', 'D', 'u04-deputy')],
    });
    expect(refused.problem.fields).toMatchObject([{ code: 'is_at_home' }]);
    expect(
      (
        await (
          await house.as('liai07')
        ).try(api.duty.setStatus, { id: randomUUID(), accountId: deputy, state: 'on_duty', reason: 'other' })
      ).code,
    ).toBe('own_people_only');
    const own = await house.as('u04-deputy');
    expect((await own.do(api.duty.mine, {})).support.map((one) => one.key)).toContain('no_duty');
    const before = (await own.do(api.messages.inbox, { view: 'all', limit: 100 })).messages.length;
    house.clock.forward(hour);
    await house.sql(`update duty.shift set state = 'planned', to_at = $1 where state = 'missed'`, [
      new Date(house.clock.now().getTime() + hour),
    ]);
    await house.timers.run('duty.look');
    expect((await own.do(api.messages.inbox, { view: 'all', limit: 100 })).messages.length).toBe(before);
    await own.do(api.duty.setStatus, { id: randomUUID(), accountId: null, state: 'returning', reason: 'return_plan' });
    const back = await own.do(api.duty.mine, {});
    expect(back.status).toMatchObject({ state: 'returning' });
    expect(back.support.map((one) => one.key)).toContain('handover');
    expect((await own.do(api.messages.inbox, { view: 'all', limit: 100 })).messages.map((one) => one.kind)).toContain(
      'duty.returning',
    );
  });
});

describe('the roster of support workers', () => {
  test('everybody who supports stands on one roster with line, deputy and duty; leaders see their own part of the group', async () => {
    const all = await (await house.as('sup01')).do(api.duty.people, {});
    const handler = all.people.find((one) => one.name === '后勤条线承办01')!;
    expect(handler.roles).toEqual([{ role: 'handler', lineId: house.line('L11') }]);
    expect(handler.deputy).not.toBeNull();
    expect(new Set(all.people.map((one) => house.dir.nodes.get(one.nodeId)!.kind))).toEqual(
      new Set(['group', 'unit', 'site']),
    );
    const own = await (await house.as('lead04')).do(api.duty.people, {});
    expect(own.people.length).toBeLessThan(all.people.length);
    expect(new Set(own.people.map((one) => house.dir.unitOf(one.nodeId)))).toEqual(new Set([house.unit('U04')]));
    const id = await account('liai07');
    expect((await (await house.as('lead04')).try(api.duty.fulfilment, { id })).code).toBe('forbidden');
    expect((await (await house.as('lead00')).do(api.duty.fulfilment, { id })).name).toBe('环境公司联络员');
    expect((await (await house.as('worker01')).try(api.duty.people, {})).status).toBe(403);
  });
});

describe('the roster by Excel', () => {
  test('what goes out comes back the same; a wrong row is marked and nothing is planned', async () => {
    const planner = await house.as('u07-deputy');
    const nodeId = house.unit('U07');
    const out = await planner.fetch('GET', `/api/duty/roster.xlsx?nodeId=${nodeId}&from=2026-03-16`);
    expect(out.status).toBe(200);
    const bytes = new Uint8Array(await out.arrayBuffer());
    const send = async (mode: string, content: Uint8Array<ArrayBuffer>) => {
      const form = new FormData();
      form.set('file', new Blob([content]), 'roster.xlsx');
      return (await (await planner.fetch('POST', `/api/import/duty?mode=${mode}`, form)).json()) as {
        rows: number;
        adds: number;
        same: number;
        problems: { row: number; column: string; message: string }[];
        rejectedFileUrl: string | null;
      };
    };
    expect(await send('check', bytes)).toMatchObject({ adds: 0, same: 14, problems: [] });
    const other = await (await house.as('liai04')).fetch('GET', '/api/import/duty/x/rejected.xlsx');
    expect(other.status).toBe(404);
    const sheet = await writeSheets([
      {
        name: '值班表',
        columns: ['日期', '时段', '单位编码', '岗位', '值班人账号'].map((title, i) => ({ key: String(i), title })),
        rows: [
          { 0: '2026-03-30', 1: '白班', 2: 'U07', 3: postOfPattern, 4: 'liai07' },
          { 0: '2026-03-31', 1: '白班', 2: 'U04', 3: postOfPattern, 4: 'liai07' },
          { 0: '2026-03-31', 1: '白班', 2: 'U07', 3: postOfPattern, 4: 'fu01' },
        ],
      },
    ]);
    const bad = await send('apply', new Uint8Array(sheet));
    expect(bad.problems.map((one) => [one.row, one.column])).toEqual([
      [3, '单位编码'],
      [4, '值班人账号'],
    ]);
    expect((await planner.fetch('GET', bad.rejectedFileUrl!)).status).toBe(200);
    const { gaps } = await planner.do(api.duty.gaps, { from: '2026-03-30', days: 1, nodeId });
    expect(gaps.length).toBeGreaterThan(0);
  });
});

describe('teams and lent staff', () => {
  test('who is in a vanguard team shows who belongs to the Party: the organisation line and the team see it, nobody else', async () => {
    const org = await house.as('ho-l01');
    const id = randomUUID();
    const input = {
      id,
      kind: 'vanguard_team' as const,
      nodeId: house.site('U04-01'),
      name: '抢修突击队',
      purpose: '供水管线抢修',
      headId: await account('site01'),
      to: '2026-06-30',
      memberIds: [await account('worker01')],
    };
    for (const login of ['lead04', 'liai04', 'sup01', 'lead00'])
      expect((await (await house.as(login)).try(api.duty.saveTeam, input)).code).toBe('organisation_line_only');
    await org.do(api.duty.saveTeam, input);
    const seen = async (login: string) => {
      const { teams } = await (await house.as(login)).do(api.duty.teams, {});
      return teams.find((one) => one.id === id)!;
    };
    expect((await seen('ho-l01')).members).toHaveLength(2);
    expect((await seen('site01')).members).toHaveLength(2);
    for (const login of ['lead04', 'liai04', 'sup01', 'lead00', 'hand10', 'u04-deputy', 'site02'])
      expect(await seen(login)).toMatchObject({ members: null, people: 2, head: null, headRole: 'site_officer' });
    expect((await (await house.as('aud01')).try(api.duty.teams, {})).status).toBe(403);
    // Neither the journal nor any other page of duty names the member.
    const memberId = await account('worker01');
    const entries = await house.sql<{ body: string }>(
      `select row_to_json(e)::text as body from journal.entry e where record_id = $1`,
      [id],
    );
    expect(entries.length).toBeGreaterThan(0);
    for (const { body } of entries) expect(body).not.toContain(memberId);
    // Let go, a former member reads it no longer.
    const { version } = await seen('site01');
    await (await house.as('site01')).do(api.duty.changeMembers, {
      id,
      version,
      add: [await account('site02')],
      remove: [],
    });
    expect((await seen('site02')).members).toHaveLength(3);
    house.clock.forward(hour);
    await (await house.as('site01')).do(api.duty.changeMembers, {
      id,
      version: version + 1,
      add: [],
      remove: [await account('site02')],
    });
    expect((await seen('site02')).members).toBeNull();
  });
  test('lent staff have a day of return; both units are told once of who is late, and one unit lends only its own', async () => {
    const liaison = await house.as('liai04');
    const id = randomUUID();
    const input = {
      id,
      accountId: await account('u04-l07'),
      toNode: house.unit('U07'),
      returnOn: '2026-03-08',
      purpose: '支援质检',
    };
    expect((await (await house.as('liai07')).try(api.duty.lend, input)).code).toBe('own_people_only');
    await liaison.do(api.duty.lend, input);
    expect((await liaison.try(api.duty.lend, { ...input, id: randomUUID() })).code).toBe('lent_already');
    // While lent they are planned where they are, until their day of return; at home not, and by no pattern.
    const [there, here] = [await post('U07', ['D'], 'liai07'), await post('U04', ['D'])];
    const tried = async (by: string, at: string, on: string) =>
      (await house.as(by)).try(api.duty.plan, { entries: [await entry(at, on, 'D', 'u04-l07')] });
    expect((await tried('lead04', here, '2026-03-07')).problem.fields).toMatchObject([{ code: 'is_lent_away' }]);
    expect((await tried('liai07', there, '2026-03-09')).problem.fields).toMatchObject([{ code: 'is_lent_over' }]);
    const { people } = await (await house.as('liai07')).do(api.duty.candidates, {
      postId: there,
      day: '2026-03-09',
      hours: 'D',
    });
    expect(people.find((one) => one.accountId === input.accountId)!.against).toEqual(['lent_over']);
    expect((await tried('liai07', there, '2026-03-08')).code).toBeNull();
    expect((await tried('lead04', here, '2026-03-09')).code).toBeNull();
    house.clock.set('2026-03-10T01:00:00Z');
    expect((await tried('lead04', here, '2026-03-11')).problem.fields).toMatchObject([{ code: 'is_lent_away' }]);
    await house.timers.run('duty.ahead');
    await house.timers.run('duty.ahead');
    for (const login of ['liai04', 'liai07']) {
      const inbox = await (await house.as(login)).do(api.messages.inbox, { view: 'all', limit: 100 });
      expect(inbox.messages.filter((one) => one.kind === 'duty.lent_late')).toHaveLength(1);
    }
    const { lent } = await (await house.as('liai07')).do(api.duty.teams, {});
    expect(lent).toMatchObject([{ id, daysLate: 2, can: { return: false } }]);
    await (await house.as('liai04')).do(api.duty.returnLent, { id, version: 0 });
    expect((await (await house.as('hand10')).do(api.duty.teams, {})).lent).toEqual([]);
  });
});

describe('delegation', () => {
  const ask = async (to: string, hours: number, role = 'unit_leader', by = 'lead04') => {
    const id = randomUUID();
    const from = house.clock.now();
    const answer = await (await house.as(by)).try(api.duty.askDelegation, {
      id,
      toId: await account(to),
      role,
      nodeId: house.unit('U04'),
      lineId: null,
      from: from.toISOString(),
      to: new Date(from.getTime() + hours * hour).toISOString(),
      reason: '外出开会',
    });
    return { id, answer };
  };
  test('crosses no separation of duties, is at most fourteen days, and nobody approves their own', async () => {
    for (const login of ['liai04', 'u04-l11', 'site01', 'fu01', 'insp01', 'sys01', 'pan01'])
      expect((await ask(login, 5)).answer.code).toBe('crosses_separation');
    expect((await ask('u07-deputy', 15 * 24)).answer.problem.fields).toMatchObject([
      { field: 'to', code: 'longer_than_days' },
    ]);
    expect((await ask('u07-deputy', 5, 'group_leader')).answer.problem.fields).toMatchObject([
      { field: 'role', code: 'bad_choice' },
    ]);
    const { id } = await ask('u07-deputy', 5);
    expect(
      (await (await house.as('lead04')).try(api.duty.decideDelegation, { id, version: 0, approve: true })).code,
    ).toBe('not_for_oneself');
    expect(
      (await (await house.as('u07-deputy')).try(api.duty.decideDelegation, { id, version: 0, approve: true })).status,
    ).toBeGreaterThanOrEqual(403);
    await (await house.as('u04-deputy')).do(api.duty.decideDelegation, { id, version: 0, approve: false });
    expect((await house.sql(`select 1 from access.boxed_grant where id = $1`, [id])).length).toBe(0);
  });
  test('approved it holds within the box, is over at its end at once, and what is done is written on behalf of', async () => {
    const { id } = await ask('u07-deputy', 5);
    const deputy = await house.as('u07-deputy');
    const postId = await post('U04', ['D']);
    const save = async () =>
      deputy.try(api.duty.plan, {
        entries: [await entry(postId, `2026-04-${10 + (sequence++ % 18)}`, 'D', 'u04-l15')],
      });
    expect((await save()).status).toBe(403);
    await (await house.as('lead00')).do(api.duty.decideDelegation, { id, version: 0, approve: true });
    expect((await save()).status).toBe(200);
    const [last] = await house.sql<{ figures: { onBehalfOf?: string } }>(
      `select figures from journal.entry where action = 'duty.shift_planned' order by seq desc limit 1`,
    );
    expect(last!.figures.onBehalfOf).toBe(await account('lead04'));
    // In one's own unit one acts in one's own right.
    const own = await post('U07', ['D'], 'u07-deputy');
    await deputy.do(api.duty.plan, { entries: [await entry(own, '2026-05-04', 'D', 'u07-l15')] });
    const [ownEntry] = await house.sql<{ figures: { onBehalfOf?: string } }>(
      `select figures from journal.entry where action = 'duty.shift_planned' order by seq desc limit 1`,
    );
    expect(ownEntry!.figures.onBehalfOf).toBeUndefined();
    house.clock.forward(5 * hour - 1);
    expect((await save()).status).toBe(200);
    house.clock.forward(1);
    expect((await save()).status).toBe(403);
  });
  test('ended early, or its grant taken back, it is over at once; the database keeps one at a time and never to oneself', async () => {
    const { id } = await ask('u07-deputy', 24);
    await (await house.as('lead00')).do(api.duty.decideDelegation, { id, version: 0, approve: true });
    const reads = async () =>
      (await (await house.as('u07-deputy')).try(api.duty.people, { nodeId: house.unit('U04') })).status;
    expect(await reads()).toBe(200);
    const again = await ask('u07-deputy', 24);
    expect(
      (await (await house.as('lead00')).try(api.duty.decideDelegation, { id: again.id, version: 0, approve: true }))
        .code,
    ).toBe('delegated_already');
    await (await house.as('lead04')).do(api.duty.endDelegation, { id, version: 1 });
    expect(await reads()).toBe(403);
    const me = await account('lead04');
    await expect(
      house.sql(
        `insert into duty.delegation (id, from_id, from_label, to_id, to_label, role, node_id, from_at, to_at, reason, state, asked_at) values (gen_random_uuid(), $1, 'x', $1, 'x', 'unit_leader', $2, now(), now() + interval '1 day', 'x', 'asked', now())`,
        [me, house.unit('U04')],
      ),
    ).rejects.toThrow();
    await expect(
      house.sql(
        `insert into access.boxed_grant (id, account_id, behalf_id, role, node_id, from_at, to_at) values (gen_random_uuid(), $1, $2, 'unit_leader', $3, now(), now() + interval '15 days')`,
        [me, await account('u04-deputy'), house.unit('U04')],
      ),
    ).rejects.toThrow();
  });
});

describe('orphans', () => {
  test('a site, a unit or a line nobody answers for is counted with its name, and told', async () => {
    const group = await house.as('sup01');
    expect((await group.do(api.duty.orphans, {})).total).toBe(0);
    await house.sql(`update access.grant_ set revoked_at = now() where role = 'site_officer' and node_id = $1`, [
      house.site('U04-02'),
    ]);
    const found = await group.do(api.duty.orphans, {});
    expect(found.total).toBe(1);
    expect(found.sources.find((one) => one.key === 'sites')!.orphans).toHaveLength(1);
    expect((await group.do(api.duty.orphans, { nodeId: house.unit('U07') })).total).toBe(0);
    await house.timers.run('duty.orphans');
    const inbox = await group.do(api.messages.inbox, { view: 'all', limit: 100 });
    expect(inbox.messages.find((one) => one.kind === 'duty.orphans')).toMatchObject({ values: { n: 1 } });
    expect(await house.sql(`select 1 from journal.entry where action = 'duty.orphans_counted'`)).toHaveLength(1);
  });
});

describe('ninety days', () => {
  test('no hour of ninety simulated days is without a named officer, and one night taken out is found', async () => {
    const postId = await post('group', ['D', 'E', 'N'], 'sup01');
    const nodeId = house.dir.groupNode.id;
    house.clock.set('2026-06-01T00:00:00Z');
    for (let week = 0; week < 13; week++) {
      const from = new Date(Date.parse('2026-06-01T00:00:00Z') + week * 7 * day).toISOString().slice(0, 10);
      const planner = await house.as('sup01');
      const { entries, left } = await planner.do(api.duty.propose, { nodeId, from, how: 'rotate' });
      expect(left).toBe(0);
      await planner.do(api.duty.plan, {
        entries: entries.map(({ name: _, ...one }) => ({ id: randomUUID(), ...one })),
      });
    }
    const reader = await house.as('sup01');
    const asked = async () => reader.do(api.duty.gaps, { from: '2026-06-02', days: 90, nodeId });
    expect(await asked()).toMatchObject({ gaps: [], asked: 90 * 24, named: 90 * 24 });
    const week = await reader.do(api.duty.week, { nodeId, from: '2026-07-06' });
    const night = week.posts
      .find((one) => one.id === postId)!
      .cells.find((cell) => cell.hours === 'N' && cell.day === '2026-07-08')!;
    await reader.do(api.duty.withdraw, { id: night.shift!.id, version: 0 });
    const after = await asked();
    expect(after).toMatchObject({ named: 90 * 24 - 8 });
    expect(after.gaps).toMatchObject([{ postId, from: '2026-07-07T16:00:00.000Z', to: '2026-07-08T00:00:00.000Z' }]);
  }, 60_000);
});
