import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sameHand } from '../../platform/actor.ts';
import { rootFolder } from '../../testing/database.ts';
import { api, type Client, type House, hour, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const accountOf = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>(`select id from access.account where login = $1`, [login]))[0]!.id;

/** `to` acts for `from` in a role of theirs from this moment, as a leader who is neither approved. */
async function delegated(
  from: string,
  to: string,
  grant: { role: string; nodeId: number; lineId?: number | null },
  by = 'lead00',
  hours = 5,
): Promise<string> {
  const id = randomUUID();
  const now = house.clock.now();
  await (await house.as(from)).do(api.duty.askDelegation, {
    id,
    toId: await accountOf(to),
    role: grant.role,
    nodeId: grant.nodeId,
    lineId: grant.lineId ?? null,
    from: now.toISOString(),
    to: new Date(now.getTime() + hours * hour).toISOString(),
    reason: '外出开会',
  });
  await (await house.as(by)).do(api.duty.decideDelegation, { id, version: 0, approve: true });
  return id;
}
const ended = async (id: string, by: string) => (await house.as(by)).do(api.duty.endDelegation, { id, version: 1 });
const group = () => house.dir.groupNode.id;

describe('whose act counts as one’s own', () => {
  const at = (h: number) => new Date(Date.UTC(2026, 10, 23, h));
  const over = { accountId: 'a', from: at(8), to: at(12), runs: false };
  const now = { accountId: 'b', from: at(11), to: at(20), runs: true };
  const me = { accountId: 'me', joined: [over, now] };
  test.each([
    ['one’s own', 'me', undefined, true],
    ['a stranger’s', 'x', at(9), false],
    ['nobody’s', null, at(9), false],
    ['of whoever one acts for now, whenever it was done', 'b', at(1), true],
    ['of whoever one acts for now, at a time nobody kept', 'b', undefined, true],
    ['of whoever one acted for, done while one did', 'a', at(8), true],
    ['… done at the moment it ended', 'a', at(12), false],
    ['… done before', 'a', at(7), false],
    ['… done at a time nobody kept', 'a', undefined, false],
  ])('%s: %s', (_, accountId, when, own) => {
    expect(sameHand(me, accountId, when)).toBe(own);
  });
  test('a program and a visitor without an account are nobody’s hand', () => {
    expect(sameHand({ accountId: null, joined: [] }, null)).toBe(false);
  });
});

test('no module compares who took an earlier step with who acts: all ask `sameHand`', () => {
  const step =
    /(drafted|reviewed|signed|written|proposed|asked|filed|checked|designed|done|cannot|assessed|caller)_(by|id)\)? ?[!=]== ?(context\.)?actor\.accountId|writers\.includes\(/;
  const modules = join(rootFolder, 'server', 'modules');
  const found = readdirSync(modules, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) =>
      readFileSync(join(modules, file), 'utf8')
        .split('\n')
        .flatMap((line) => (step.test(line) ? [`${file}: ${line.trim()}`] : [])),
    );
  // One's own draft may be taken back; that is no second step.
  expect(found).toEqual([expect.stringMatching(/^stages\/policy\.ts: .*drafted_by === actor\.accountId/)]);
});

describe('a stage order: whoever acts for its drafter does not review it', () => {
  const draft = async (by: string): Promise<string> => {
    const now = house.clock.now();
    const { id } = await (await house.as(by)).do(api.stages.draft, {
      id: randomUUID(),
      nodeId: group(),
      toCode: 'S1',
      basisNumber: '汀澜综保〔2026〕12号',
      basisTitle: '关于转入预警阶段的通知',
      basisDay: new Date(now.getTime() + 8 * hour).toISOString().slice(0, 10),
      effectiveAt: new Date(now.getTime() + 12 * hour).toISOString(),
      trigger: '周边出现病例',
    });
    return id;
  };
  const withdraw = async (id: string) =>
    (await house.as('lead00')).do(api.stages.withdraw, {
      id,
      version: (await (await house.as('sup01')).do(api.stages.order, { id })).version,
      text: '不再需要',
    });
  const review = async (id: string, by: string) => {
    const client = await house.as(by);
    const order = await client.do(api.stages.order, { id });
    const reply = await client.try(api.stages.review, { id, version: order.version });
    // What is offered is what is then done.
    expect(order.can.review).toBe(reply.status === 200);
    return reply.code;
  };
  test('neither while it runs, nor afterwards what was drafted in it, and neither of the two', async () => {
    await house.sql(`delete from stages.stage_order where state not in ('in_force', 'closed', 'withdrawn', 'left')`);
    const own = await draft('sup01');
    const box = await delegated('sup01', 'sup02', { role: 'support_group', nodeId: group() });
    // Drafted in sup01's own right before the box began: one hand all the same while it runs.
    expect(await review(own, 'sup02')).toBe('own_draft');
    await withdraw(own);
    const inBox = await draft('sup02');
    // The delegator does not sign what was done in their name either.
    expect(await review(inBox, 'sup01')).toBe('own_draft');
    house.clock.forward(60_000);
    await ended(box, 'sup01');
    expect(await review(inBox, 'sup01')).toBe('own_draft');
    await withdraw(inBox);
    house.clock.forward(60_000);
    const after = await draft('sup02');
    expect(await review(after, 'sup01')).toBeNull();
    await withdraw(after);
  });
});

describe('a plan: whoever acts for its writer takes no step of it', () => {
  test('a strategy written by one of the support group is not reviewed by the other who acts for them', async () => {
    const writer = await house.as('sup01');
    const id = randomUUID();
    await writer.do(api.plans.write, {
      id,
      kind: 'strategy',
      nodeId: group(),
      stage: 'S3',
      trigger: 'stage',
      triggerWords: '阶段要求',
      aim: null,
    });
    const box = await delegated('sup01', 'sup02', { role: 'support_group', nodeId: group() });
    const other = await house.as('sup02');
    const sign = async () => {
      const plan = await other.do(api.plans.plan, { id });
      const reply = await other.try(api.plans.sign, { id, step: 'reviewed', version: plan.version });
      return { offered: plan.can.steps.includes('reviewed'), code: reply.code };
    };
    expect(await sign()).toEqual({ offered: false, code: 'plan_own_plan' });
    await ended(box, 'sup02');
    // Words whose time nobody kept join nobody once the box is over, but the writing itself stood before it.
    expect((await sign()).code).not.toBe('plan_own_plan');
  });
});

describe('a case: whoever acts for the person who asked does none of its work', () => {
  test('a handler’s own need is not handled by the colleague who acts for that handler', async () => {
    const given = await house.given.request({ by: 'hand11', until: 'dispatched' });
    const colleague = await house.as('ho-l11');
    const open = () => colleague.do(api.requests.thread, { id: given.id });
    const before = await open();
    expect(before.cannot.handle).toBeUndefined();
    const box = await delegated('hand11', 'ho-l11', { role: 'handler', nodeId: group(), lineId: house.line('L11') });
    const thread = await open();
    expect([thread.can.accept, thread.cannot.handle]).toEqual([false, 'own_request']);
    expect((await colleague.try(api.cases.accept, { id: given.caseId })).code).toBe('own_request');
    await ended(box, 'ho-l11');
    expect((await colleague.try(api.cases.accept, { id: given.caseId })).code).toBeNull();
  });
});

describe('a supervised task: whoever acts for its owner does not accept it', () => {
  const proof = async (client: Client): Promise<string> => {
    const form = new FormData();
    form.set('file', new Blob(['验收记录'], { type: 'text/plain' }), '验收记录.txt');
    return ((await (await client.fetch('POST', '/api/files', form)).json()) as { id: string }).id;
  };
  test('the issuing leader acts for the owner: somebody else accepts, also once the box is over', async () => {
    const issuer = await house.as('lead04');
    const owner = await house.as('u04-deputy');
    const { id } = await issuer.do(api.tasks.issue, {
      id: randomUUID(),
      source: { kind: 'instruction', label: '' },
      title: '板房区热水全部恢复',
      criterion: '24 间板房热水可用，附逐间照片',
      owner: { accountId: await accountOf('u04-deputy') },
      dueAt: new Date(house.clock.now().getTime() + 96 * hour).toISOString(),
      milestones: [],
    });
    const box = await delegated('u04-deputy', 'lead04', { role: 'unit_leader', nodeId: house.unit('U04') });
    await owner.do(api.tasks.receive, { id });
    const { version } = await owner.do(api.tasks.task, { id });
    await owner.do(api.tasks.submit, { id, version, text: '逐间试过。', fileIds: [await proof(owner)] });
    const accept = async () => {
      const task = await issuer.do(api.tasks.task, { id });
      const reply = await issuer.try(api.tasks.accept, { id, version: task.version, text: '齐全。' });
      return [task.can.accept, reply.code, task.independence?.find((one) => one.rule === 'no_part')?.holds];
    };
    expect(await accept()).toEqual([false, 'not_independent_task', false]);
    house.clock.forward(60_000);
    await ended(box, 'lead04');
    expect(await accept()).toEqual([false, 'not_independent_task', false]);
  });
});

describe('deciding on delegations', () => {
  test('whoever acts for one of the two decides nothing between them', async () => {
    const box = await delegated('u07-deputy', 'u04-deputy', { role: 'unit_leader', nodeId: house.unit('U07') });
    const id = randomUUID();
    const now = house.clock.now();
    await (await house.as('u07-deputy')).do(api.duty.askDelegation, {
      id,
      toId: await accountOf('lead04'),
      role: 'unit_leader',
      nodeId: house.unit('U07'),
      lineId: null,
      from: new Date(now.getTime() + 6 * hour).toISOString(),
      to: new Date(now.getTime() + 9 * hour).toISOString(),
      reason: '外出开会',
    });
    const decided = await (await house.as('u04-deputy')).try(api.duty.decideDelegation, {
      id,
      version: 0,
      approve: true,
    });
    expect(decided.code).toBe('not_for_oneself');
    await ended(box, 'u07-deputy');
  });
});

describe('what waits for a role', () => {
  test('is told to its holder and to whoever acts for them, as long as they do', async () => {
    const told = async (login: string): Promise<string[]> =>
      (await (await house.as(login)).do(api.messages.inbox, { view: 'all', limit: 100 })).messages.flatMap((one) =>
        one.kind === 'duty.delegation_asked' ? [one.about.id] : [],
      );
    const asked = async (): Promise<string> => {
      const id = randomUUID();
      const now = house.clock.now();
      await (await house.as('liai04')).do(api.duty.askDelegation, {
        id,
        toId: await accountOf('liai07'),
        role: 'unit_liaison',
        nodeId: house.unit('U04'),
        lineId: null,
        from: now.toISOString(),
        to: new Date(now.getTime() + hour).toISOString(),
        reason: '外出开会',
      });
      return id;
    };
    const box = await delegated('lead04', 'u07-deputy', { role: 'unit_leader', nodeId: house.unit('U04') });
    const first = await asked();
    expect(await told('lead04')).toContain(first);
    expect(await told('u07-deputy')).toContain(first);
    await ended(box, 'lead04');
    const second = await asked();
    expect(await told('lead04')).toContain(second);
    expect(await told('u07-deputy')).not.toContain(second);
  });
});
