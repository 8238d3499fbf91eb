import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { system } from '../../platform/actor.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { begun, contentOf, lineWith, signNow, versionOf, wholeSet } from '../../testing/plans.ts';
import { api, type Client, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { forgetSessions, insertBoxedGrant } from '../access/index.ts';
import { forgetTimeline } from '../stages/index.ts';
import { askWhoseTurn } from './waiting.ts';
import { linesInForce } from './work.ts';

let house: House;
let officer: Client;
let liaison: Client;
let leader: Client;
let support: Client;
let support2: Client;
beforeAll(async () => {
  house = await openHouse();
  officer = await house.as('site01');
  liaison = await house.as('liai04');
  leader = await house.as('lead04');
  support = await house.as('sup01');
  support2 = await house.as('sup02');
});
afterAll(() => house.stop());
// Each test writes anew where the one before left a plan half written.
afterEach(() =>
  house.sql(
    `update plans.plan set state = 'withdrawn', waits_for = null, waits_since = null
     where state in ('draft', 'site_feasible', 'reviewed')`,
  ),
);

/** Whoever holds a role at a place itself; another than that one. */
const holder = async (role: string, nodeId: number, other = ''): Promise<Client> => {
  const [found] = await house.sql<{ login: string }>(
    `select a.login from access.grant_ g join access.account a on a.id = g.account_id
     where g.role = $1 and g.node_id = $2 and g.revoked_at is null and not a.disabled and a.login <> $3
     order by a.login limit 1`,
    [role, nodeId, other],
  );
  return house.as(found!.login);
};

const ask = () =>
  inTransaction(house.program.pool, (tx) => askWhoseTurn({ tx, actor: system, now: house.clock.now() }));
/** What somebody was told about a plan, the latest first. */
const toldOf = async (by: Client, id: string) =>
  (await by.do(api.messages.inbox, {})).messages.filter((one) => one.about.id === id).map((one) => one.kind);
const duties = async (by: Client, id: string) =>
  (await by.do(api.duty.mine, {})).list.items.filter((one) => one.source === 'plans' && one.route === `/plans/${id}`);
const mine = async (by: Client) => (await by.do(api.plans.list, { view: 'mine' })).rows;

test('each is told once that a plan waits for them, finds it among their duties, and what they signed stands there as done', async () => {
  const id = await begun(house, liaison, 'U04-01', 'S3', wholeSet('U04-01'));
  await ask();
  expect(await toldOf(officer, id)).toEqual([]);
  house.clock.forward(31 * minute);
  await ask();
  await ask();
  expect(await toldOf(officer, id)).toEqual(['plan.to_feasible']);
  expect(await toldOf(liaison, id)).toEqual([]);
  expect(await duties(officer, id)).toMatchObject([{ state: 'due' }]);
  // Whatever stage the list shows: what waits, waits.
  expect((await mine(officer)).map((row) => [row.id, row.next])).toContainEqual([id, 'feasible']);

  house.clock.forward(hour);
  expect((await signNow(officer, id, 'feasible')).code).toBeNull();
  expect(await duties(officer, id)).toMatchObject([{ state: 'done' }]);
  // Whoever is nearest and did not write it: the unit's other liaison, not head office.
  const colleague = await holder('unit_liaison', house.unit('U04'), 'liai04');
  expect(await toldOf(colleague, id)).toEqual(['plan.to_review']);
  expect(await duties(colleague, id)).toMatchObject([{ state: 'due' }]);
  expect([await toldOf(liaison, id), await toldOf(support, id)]).toEqual([[], []]);
  expect(await duties(liaison, id)).toEqual([]);
  // Head office may all the same, and then it waits for nobody there.
  expect((await signNow(support, id, 'reviewed')).code).toBeNull();
  expect(await duties(colleague, id)).toEqual([]);
  expect(await toldOf(leader, id)).toEqual(['plan.to_approve']);

  await leader.do(api.plans.sendBack, { id, version: await versionOf(leader, id), words: '写清泵房' });
  expect(await toldOf(liaison, id)).toEqual(['plan.returned']);
  expect(await duties(leader, id)).toEqual([]);
  house.clock.forward(26 * hour);
  await ask();
  expect((await toldOf(officer, id)).filter((kind) => kind === 'plan.to_feasible')).toHaveLength(2);
  house.clock.forward(25 * hour);
  expect((await duties(officer, id)).map((one) => one.state).sort()).toEqual(['done', 'late']);
});

test('a draft that lacks something waits for its writers alone', async () => {
  const id = await begun(house, liaison, 'U04-01', 'S3');
  house.clock.forward(hour);
  await ask();
  expect(await toldOf(officer, id)).toEqual([]);
  expect((await mine(officer)).map((row) => row.id)).not.toContain(id);
});

test('who signs signs what they saw: a line changed meanwhile makes the signature stale', async () => {
  const id = await begun(house, liaison, 'U04-01', 'S3', wholeSet('U04-01'));
  const seen = await officer.do(api.plans.plan, { id });
  const line = seen.table.find((one) => one.own)!;
  await liaison.do(api.plans.changeLine, {
    id,
    key: line.key,
    version: line.version,
    line: { ...contentOf(line), how: '改成夜里才做' },
  });
  const late = await officer.try(api.plans.sign, { id, step: 'feasible', version: seen.version });
  expect([late.status, late.code]).toEqual([409, 'stale']);
  expect((await signNow(officer, id, 'feasible')).code).toBeNull();
  // And what was signed is written on no more.
  const closed = await liaison.try(api.plans.addLine, { id, key: randomUUID(), line: lineWith({}) });
  expect(closed.code).toBe('plan_not_draft');
  expect((await signNow(support, id, 'reviewed')).code).toBeNull();
  const { version } = await leader.do(api.plans.plan, { id });
  const both = await Promise.all([0, 1].map(() => leader.try(api.plans.sign, { id, step: 'approved', version })));
  expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  const signatures = (await leader.do(api.plans.plan, { id })).signatures.filter((one) => one.step === 'approved');
  expect(signatures).toHaveLength(1);
});

test('two who begin a plan of one place at once write one plan', async () => {
  const write = (by: Client) =>
    by.try(api.plans.write, {
      id: randomUUID(),
      kind: 'site_set',
      nodeId: house.site('U04-03'),
      stage: 'S3',
      trigger: 'stage',
      triggerWords: '阶段要求',
      aim: null,
    });
  const both = await Promise.all([
    write(liaison),
    write(await holder('site_officer', house.site('U04-03'))),
    write(liaison),
  ]);
  expect(both.map((one) => one.code).filter((code) => code !== null)).toEqual([
    'plan_being_written',
    'plan_being_written',
  ]);
});

test('who stands in for the writer does not sign in their place, and whoever was stood in for does not sign again', async () => {
  const id = await begun(house, liaison, 'U04-01', 'S3', wholeSet('U04-01'));
  expect((await signNow(officer, id, 'feasible')).code).toBeNull();
  const [deputy] = await house.sql<{ id: string }>(`select id from access.account where login = 'site02'`);
  const [writer] = await house.sql<{ id: string }>(`select id from access.account where login = 'liai04'`);
  await inTransaction(house.program.pool, (tx) =>
    insertBoxedGrant(tx, {
      id: randomUUID(),
      account_id: deputy!.id,
      behalf_id: writer!.id,
      role: 'unit_liaison',
      node_id: house.unit('U04'),
      line_id: null,
      from_at: new Date(house.clock.now().getTime() - hour),
      to_at: new Date(house.clock.now().getTime() + 100 * hour),
    }),
  );
  forgetSessions();
  const stand = await house.as('site02');
  expect((await signNow(stand, id, 'reviewed')).code).toBe('plan_own_plan');
  await liaison.do(api.plans.withdraw, { id, version: await versionOf(liaison, id), words: '另写' });

  const second = await begun(house, officer, 'U04-01', 'S3', wholeSet('U04-01'));
  expect((await signNow(stand, second, 'feasible')).code).toBeNull();
  expect((await signNow(liaison, second, 'reviewed')).code).toBe('plan_signed_already');
  await house.sql('update access.boxed_grant set ended_at = $1', [house.clock.now()]);
  house.clock.forward(minute);
  forgetSessions();
});

test('what the unit hands down reaches the next version too, what the site left out stays out, and a red line handed down stays in', async () => {
  const unit = await begun(house, liaison, 'U04', 'S3');
  const hand = (zh: string, red = false) =>
    liaison.do(api.plans.addLine, { id: unit, key: randomUUID(), line: lineWith({ zh, red, clause: 'S3-M01' }) });
  await hand('单位统一的一条');
  for (const phase of ['before', 'during', 'after'] as const)
    await liaison.do(api.plans.addLine, {
      id: unit,
      key: randomUUID(),
      line: lineWith({ level: 'unit', zh: `单位自己${phase}`, phase }),
    });
  expect((await signNow(officer, unit, 'feasible')).code).toBeNull();
  const first = await begun(house, liaison, 'U04-02', 'S3', wholeSet('U04-02'));
  const inherited = (await liaison.do(api.plans.plan, { id: first })).table.find((one) => one.zh === '单位统一的一条')!;
  expect(inherited.inherited).toBe(true);
  await liaison.do(api.plans.removeLine, { id: first, key: inherited.key, version: inherited.version });
  for (const [who, step] of [
    [await house.as('site02'), 'feasible'],
    [support, 'reviewed'],
    [leader, 'approved'],
  ] as const)
    expect((await signNow(who, first, step)).code).toBeNull();

  await liaison.do(api.plans.sendBack, { id: unit, version: await versionOf(liaison, unit), words: '再加一条' });
  await hand('单位后来加的红线', true);
  expect((await signNow(officer, unit, 'feasible')).code).toBeNull();
  const next = await begun(house, liaison, 'U04-02', 'S3');
  const { table } = await liaison.do(api.plans.plan, { id: next });
  expect(table.map((one) => one.zh)).not.toContain('单位统一的一条');
  const red = table.find((one) => one.zh === '单位后来加的红线')!;
  const gone = await liaison.try(api.plans.removeLine, { id: next, key: red.key, version: red.version });
  expect(gone.code).toBe('red_line_stays');
});

test('what the strategy hands down to units is due there, not at head office', async () => {
  const group = house.dir.groupNode.code;
  const id = await begun(house, support, group, 'S4', [
    { level: 'unit', zh: '各单位自查一遍', phase: 'during' },
    { level: 'group', zh: '统筹前', phase: 'before' },
    { level: 'group', zh: '统筹中', phase: 'during' },
    { level: 'group', zh: '统筹后', phase: 'after' },
  ]);
  expect((await signNow(support2, id, 'reviewed')).code).toBeNull();
  expect((await signNow(await house.as('lead00'), id, 'approved')).body).toMatchObject({ state: 'in_force' });
  const due = await inTransaction(house.program.pool, (tx) => linesInForce(tx, { planIds: [id] }, house.clock.now()));
  expect(due.map((one) => one.title.zh)).toContain('统筹前');
  expect(due.map((one) => one.title.zh)).not.toContain('各单位自查一遍');
});

test('a line names somebody who works at its place as answerable, and nobody else', async () => {
  const id = await begun(house, liaison, 'U04-01', 'S3', wholeSet('U04-01'));
  const { people, table } = await liaison.do(api.plans.plan, { id });
  expect(people.length).toBeGreaterThan(1);
  // A reader who does not write is shown no list of people.
  expect((await support.do(api.plans.plan, { id })).people).toEqual([]);
  const line = table.find((one) => one.own)!;
  const put = (ownerId: string, version: number) =>
    liaison.try(api.plans.changeLine, { id, key: line.key, version, line: { ...contentOf(line), ownerId } });
  const [stranger] = await house.sql<{ id: string }>(`select id from access.account where login = 'lead00'`);
  for (const other of [stranger!.id, randomUUID()])
    expect((await put(other, line.version)).problem.fields!.map((one) => one.field)).toEqual(['line.ownerId']);
  const [one] = await house.sql<{ id: string; label: string }>(
    `select id, label from access.account where login = 'site01'`,
  );
  expect((await put(one!.id, line.version)).code).toBeNull();
  const after = (await liaison.do(api.plans.plan, { id })).table.find(({ key }) => key === line.key)!;
  expect([after.ownerId, after.owner]).toEqual([one!.id, one!.label]);
});

test('being a little like a neighbour of another unit opens nothing of the neighbour’s', async () => {
  const far = await holder('unit_liaison', house.unit('U05'));
  const id = await begun(house, far, 'U05-01', 'S3', wholeSet('U05-01'));
  const [other] = await house.sql<{ id: string }>(
    `select id from plans.plan where site_id = $1 and stage_code = 'S3' and approved_at is not null limit 1`,
    [house.site('U04-02')],
  );
  await house.sql(`update plans.plan set like_plan_id = $2, like_whole = .6, like_own = .3 where id = $1`, [
    id,
    other!.id,
  ]);
  expect((await far.do(api.plans.plan, { id })).like).toBeNull();
  expect((await far.try(api.plans.differences, { id, against: other!.id })).status).toBe(404);
  expect((await support.do(api.plans.differences, { id, against: other!.id })).like).toMatchObject({ own: 0.3 });
});

test('the effect of a change is asked of those who reviewed or approved it, once, seven days on', async () => {
  const id = randomUUID();
  await liaison.do(api.plans.write, {
    id,
    kind: 'site_set',
    nodeId: house.site('U04-05'),
    stage: 'S4',
    trigger: 'data',
    triggerWords: '排队太久',
    aim: { words: '夜班排队分钟', before: 25, target: 10 },
  });
  for (const line of wholeSet('U04-05'))
    await liaison.do(api.plans.addLine, { id, key: randomUUID(), line: lineWith(line) });
  for (const [who, step] of [
    [await holder('site_officer', house.site('U04-05')), 'feasible'],
    [support, 'reviewed'],
    [leader, 'approved'],
  ] as const)
    expect((await signNow(who, id, step)).code).toBeNull();
  house.clock.forward(7 * 24 * hour - minute);
  await ask();
  expect(await toldOf(leader, id)).toEqual(['plan.to_approve']);
  house.clock.forward(minute);
  await ask();
  await ask();
  expect(await toldOf(leader, id)).toEqual(['plan.to_look_back', 'plan.to_approve']);
  expect((await mine(leader)).find((row) => row.id === id)!.next).toBe('effect');
  expect(await duties(leader, id)).toMatchObject([{ state: 'due' }]);
  await leader.do(api.plans.reviewEffect, { id, version: await versionOf(leader, id), value: 12, words: '短了一半' });
  expect(await duties(leader, id)).toMatchObject([{ state: 'done' }]);
  expect((await mine(leader)).map((row) => row.id)).not.toContain(id);
});

/** Signed up to the leader's word. */
async function upToApproval(id: string, site: string): Promise<void> {
  expect((await signNow(await holder('site_officer', house.site(site)), id, 'feasible')).code).toBeNull();
  expect((await signNow(support, id, 'reviewed')).code).toBeNull();
}

test('a version brought into force while its successor is approved: one of them is in force in the end, and nobody meets an error', async () => {
  const first = await begun(house, liaison, 'U04-06', 'S0', wholeSet('U04-06'));
  await upToApproval(first, 'U04-06');
  expect((await signNow(leader, first, 'approved')).body).toMatchObject({ state: 'approved' });
  const second = await begun(house, liaison, 'U04-06', 'S0');
  await upToApproval(second, 'U04-06');
  await house.sql(
    `insert into stages.period (id, node_id, stage_code, from_at, basis) values ($1, $2, 'S0', $3, '测试')`,
    [randomUUID(), house.site('U04-06'), house.clock.now()],
  );
  forgetTimeline();
  // What was prepared for a stage that has begun waits for a word on whether it still fits.
  await ask();
  expect(await toldOf(await holder('site_officer', house.site('U04-06')), first)).toContain('plan.to_still_fit');
  expect((await signNow(await holder('site_officer', house.site('U04-06')), first, 'still_fits')).code).toBeNull();
  const versions = [await versionOf(liaison, first), await versionOf(leader, second)] as const;
  const both = await Promise.all([
    liaison.try(api.plans.sign, { id: first, step: 'begun', version: versions[0] }),
    leader.try(api.plans.sign, { id: second, step: 'approved', version: versions[1] }),
  ]);
  for (const reply of both) expect([200, 409]).toContain(reply.status);
  const states = [first, second].map(async (id) => (await liaison.do(api.plans.plan, { id })).state);
  expect((await Promise.all(states)).sort()).toEqual(['in_force', 'superseded']);
});

test('of two sets alike that are approved at once, one is a copy', async () => {
  const words = wholeSet('本工地');
  const ids: string[] = [];
  for (const site of ['U04-07', 'U04-08']) {
    const id = await begun(house, liaison, site, 'S1', words);
    await upToApproval(id, site);
    ids.push(id);
  }
  const replies = await Promise.all(ids.map((id) => signNow(leader, id, 'approved')));
  expect(replies.map((reply) => reply.code)).toEqual([null, null]);
  const copied = await Promise.all(ids.map(async (id) => (await liaison.do(api.plans.plan, { id })).copied));
  expect(copied.sort()).toEqual([false, true]);
});
