import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContingencyPlan } from '../../../contract/drills.ts';
import { api, day, type House, hour, minute, openHouse } from '../../testing/program.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const said = (zh: string) => ({ zh, en: '' });
const plan: ContingencyPlan = {
  trigger: said('体温 37.3 ℃ 以上，或同班组两人以上不适'),
  steps: [
    { within: 5, what: said('戴口罩，带离人群，单独安置'), who: said('班组长'), with: said('隔离房钥匙') },
    { within: 15, what: said('报告保障员和防疫条线'), who: said('工地保障员'), with: said('') },
    { within: 30, what: said('划定同班组范围，原地等候'), who: said('工地保障员'), with: said('实名台账') },
  ],
  ring: said('防疫条线 8150；急症 120'),
  resources: said('隔离房 2 间、防护服 10 套'),
  standDown: said('疾控排除后，由防疫条线宣布解除'),
};
const dayIn = (days: number): string =>
  new Date(house.clock.now().getTime() + days * day + 8 * hour).toISOString().slice(0, 10);
const at = (days: number): string => new Date(house.clock.now().getTime() + days * day).toISOString();

const idOf = async (login: string): Promise<string> =>
  (await house.sql<{ id: string }>('select id from access.account where login = $1', [login]))[0]!.id;

async function risk(by = 'liai04', unit = 'U04', severity: 'red' | 'amber' = 'red'): Promise<string> {
  const { id } = await (await house.as(by)).do(api.drills.openRisk, {
    nodeId: house.unit(unit),
    zh: '工地出现发热人员',
    en: 'Fever at a site',
    severity,
    ownerId: await idOf(by),
    nextDrillOn: null,
  });
  return id;
}

async function approved(by = 'liai04', unit = 'U04', leader = 'lead04'): Promise<string> {
  const id = await risk(by, unit);
  const writer = await house.as(by);
  const { no, saves } = await writer.do(api.drills.writeContingency, { id, saves: null, plan });
  await writer.do(api.drills.submitContingency, { id });
  await (await house.as(leader)).do(api.drills.decideContingency, { id, no, saves, approve: true });
  return id;
}

async function planned(riskId: string, observer = 'liai07'): Promise<string> {
  const { id } = await (await house.as('liai04')).do(api.drills.planDrill, {
    riskId,
    unitId: house.unit('U04'),
    siteId: house.site('U04-01'),
    plannedFor: at(1),
    announced: false,
    leaderId: await idOf('site01'),
    observerIds: [await idOf(observer)],
  });
  return id;
}

/** Held with the first two steps in time, the third never marked. */
async function held(): Promise<string> {
  const id = await planned(await approved());
  const leader = await house.as('site01');
  await leader.do(api.drills.startDrill, { id });
  house.clock.forward(4 * minute);
  await leader.do(api.drills.markStep, { id, n: 1 });
  house.clock.forward(15 * minute);
  await (await house.as('liai07')).do(api.drills.markStep, { id, n: 2 });
  await leader.do(api.drills.endDrill, { id, heads: 23 });
  return id;
}
const fileOf = async (id: string, by = 'liai07') => (await house.as(by)).do(api.drills.drill, { id });
const verdicts = () => [
  { n: 1, verdict: 'in_time' as const },
  { n: 2, verdict: 'late' as const, remark: '电话打了三次才通' },
  { n: 3, verdict: 'not_reached' as const, remark: '没有人知道名单在哪' },
];

describe('each red risk has a contingency measure and a drill date', () => {
  test('a risk whose owner has left is ground nobody answers for, until it has another', async () => {
    const { id } = await (await house.as('liai04')).do(api.drills.openRisk, {
      nodeId: house.unit('U04'),
      zh: '泵房断电',
      en: 'Pump house without power',
      severity: 'amber',
      ownerId: await idOf('site01'),
      nextDrillOn: null,
    });
    const orphans = async () =>
      (await (await house.as('sup01')).do(api.duty.orphans, {})).sources
        .find((one) => one.key === 'risks')!
        .orphans.map((one) => one.route);
    expect(await orphans()).toEqual([]);
    const disabled = (yes: boolean) =>
      house.sql(`update access.account set disabled = $1 where login = 'site01'`, [yes]);
    await disabled(true);
    expect(await orphans()).toEqual([`/readiness/risks/${id}`]);
    await disabled(false);
    expect(await orphans()).toEqual([]);
  });

  test('a red risk without either is listed until it has both; an amber one is not', async () => {
    const liaison = await house.as('liai04');
    const amber = await risk('liai04', 'U04', 'amber');
    const id = await risk();
    const uncovered = async () => (await liaison.do(api.drills.risks, { view: 'uncovered' })).risks;
    const mine = async () => (await uncovered()).find((one) => one.id === id)?.lacks;
    expect(await mine()).toEqual(['contingency', 'drill_date']);
    expect((await uncovered()).some((one) => one.id === amber)).toBe(false);
    const { no, saves } = await liaison.do(api.drills.writeContingency, { id, saves: null, plan });
    await liaison.do(api.drills.submitContingency, { id });
    expect(await mine(), 'waiting is not approved').toEqual(['contingency', 'drill_date']);
    await (await house.as('lead04')).do(api.drills.decideContingency, { id, no, saves, approve: true });
    expect(await mine()).toEqual(['drill_date']);
    const row = (await uncovered()).find((one) => one.id === id)!;
    const change = {
      id,
      version: row.version,
      zh: row.zh,
      en: row.en,
      severity: 'red' as const,
      ownerId: row.owner.id,
    };
    expect(
      (await liaison.try(api.drills.changeRisk, { ...change, nextDrillOn: dayIn(-1) })).problem.fields?.[0]?.field,
    ).toBe('nextDrillOn');
    await liaison.do(api.drills.changeRisk, { ...change, nextDrillOn: dayIn(30) });
    expect(await mine()).toBeUndefined();
    const figures = (await liaison.do(api.drills.readiness, {})).figures;
    expect(figures.uncovered).toBe((await uncovered()).length);
    house.clock.forward(31 * day);
    expect(await mine(), 'the day has passed without a new one').toEqual(['drill_date']);
  });

  test('red is made amber with a reason only', async () => {
    const id = await risk();
    const liaison = await house.as('liai04');
    const change = {
      id,
      version: 0,
      zh: '发热',
      en: '',
      severity: 'amber' as const,
      ownerId: await idOf('liai04'),
      nextDrillOn: null,
    };
    expect((await liaison.try(api.drills.changeRisk, change)).problem.fields?.[0]?.field).toBe('why');
    await liaison.do(api.drills.changeRisk, { ...change, why: '隔离房已加到四间' });
    expect((await liaison.try(api.drills.changeRisk, { ...change, why: '再改一次' })).code).toBe('stale');
  });
});

describe('a contingency is written by one and approved by another', () => {
  test('nobody approves what they wrote on, not even a leader; the database refuses it too', async () => {
    const id = await risk('lead04');
    const leader = await house.as('lead04');
    const { no, saves } = await leader.do(api.drills.writeContingency, { id, saves: null, plan });
    await leader.do(api.drills.submitContingency, { id });
    const own = await leader.try(api.drills.decideContingency, { id, no, saves, approve: true });
    expect([own.status, own.code]).toEqual([403, 'own_words']);
    await expect(
      house.sql(
        `update drills.contingency set state = 'approved', decided_by = writers[1], decided_label = 'x', decided_at = now() where risk_id = $1`,
        [id],
      ),
    ).rejects.toThrow(/approved_by_another/);
    const liaison = await house.as('liai04');
    expect((await liaison.try(api.drills.decideContingency, { id, no, saves, approve: true })).code).toBe('forbidden');
    await (await house.as('sup01')).do(api.drills.decideContingency, { id, no, saves, approve: true });
  });

  test('what was approved is never changed; the next version takes its place when it is approved', async () => {
    const id = await approved();
    await expect(house.sql(`update drills.contingency set plan = '{}' where risk_id = $1`, [id])).rejects.toThrow(
      /decided version/,
    );
    const liaison = await house.as('liai04');
    const second = await liaison.do(api.drills.writeContingency, {
      id,
      saves: null,
      plan: { ...plan, ring: said('防疫条线 8151') },
    });
    expect(second.no).toBe(2);
    const states = async () =>
      (await liaison.do(api.drills.risk, { id })).contingencies.map((one) => `${one.no} ${one.state}`);
    expect(await states()).toEqual(['2 draft', '1 approved']);
    await liaison.do(api.drills.submitContingency, { id });
    await (await house.as('lead04')).do(api.drills.decideContingency, { id, ...second, approve: true });
    expect(await states()).toEqual(['2 approved', '1 superseded']);
  });

  test('two people on one draft do not overwrite each other unseen', async () => {
    const id = await risk();
    const first = await house.as('liai04');
    const second = await house.as('lead04');
    await first.do(api.drills.writeContingency, { id, saves: null, plan });
    const [a, b] = await Promise.all([
      first.try(api.drills.writeContingency, { id, saves: 1, plan }),
      second.try(api.drills.writeContingency, { id, saves: 1, plan }),
    ]);
    expect([a.code, b.code].sort()).toEqual([null, 'stale'].sort());
  });

  test('steps go forward in time', async () => {
    const id = await risk();
    const bad = {
      ...plan,
      steps: [
        { ...plan.steps[0]!, within: 10 },
        { ...plan.steps[1]!, within: 5 },
      ],
    };
    const answer = await (await house.as('liai04')).try(api.drills.writeContingency, { id, saves: null, plan: bad });
    expect(answer.problem.fields?.[0]?.field).toBe('plan.steps.1.within');
  });

  test('a neighbour neither reads nor writes what is another unit’s', async () => {
    const id = await approved();
    const neighbour = await house.as('liai07');
    expect((await neighbour.try(api.drills.risk, { id })).status).toBe(404);
    expect((await neighbour.try(api.drills.writeContingency, { id, saves: null, plan })).status).toBe(404);
    expect((await (await house.as('worker01')).try(api.drills.risk, { id })).status).toBe(403);
  });
});

describe('a drill is watched from outside the unit and assessed by somebody who did not run it', () => {
  test('who runs it cannot watch it, and nobody of the unit watches', async () => {
    const riskId = await approved();
    const liaison = await house.as('liai04');
    const wanted = {
      riskId,
      unitId: house.unit('U04'),
      plannedFor: at(1),
      announced: true,
      leaderId: await idOf('site01'),
    };
    const codeOf = async (observer: string) =>
      (await liaison.try(api.drills.planDrill, { ...wanted, observerIds: [await idOf(observer)] })).problem.fields?.[0];
    expect(await codeOf('site01')).toMatchObject({ field: 'observerIds' });
    expect((await codeOf('site02'))?.message).toContain('单位以外');
    const id = await planned(riskId);
    await expect(
      house.sql(`insert into drills.hand (drill_id, account_id, part, label) values ($1, $2, 'observer', 'x')`, [
        id,
        await idOf('site01'),
      ]),
    ).rejects.toThrow(/hand_pkey/);
  });

  test('nothing is drilled that nobody approved', async () => {
    const riskId = await risk();
    const answer = await (await house.as('liai04')).try(api.drills.planDrill, {
      riskId,
      unitId: house.unit('U04'),
      plannedFor: at(1),
      announced: true,
      leaderId: await idOf('site01'),
      observerIds: [await idOf('liai07')],
    });
    expect(answer.code).toBe('no_contingency');
  });

  test('the first mark of a step stands, also when two press at once', async () => {
    const id = await planned(await approved());
    await (await house.as('site01')).do(api.drills.startDrill, { id });
    house.clock.forward(2 * minute);
    await Promise.all(
      ['site01', 'liai07'].map(async (login) => (await house.as(login)).do(api.drills.markStep, { id, n: 1 })),
    );
    const first = (await fileOf(id)).marks[0]!.reachedAt;
    house.clock.forward(minute);
    await (await house.as('site01')).do(api.drills.markStep, { id, n: 1 });
    expect((await fileOf(id)).marks[0]!.reachedAt).toBe(first);
    expect((await (await house.as('liai04')).try(api.drills.markStep, { id, n: 2 })).code).toBe('not_on_drill');
  });

  test('who ran it assesses nothing; the database takes nobody who was not named to watch', async () => {
    const id = await held();
    const { version } = await fileOf(id);
    const given = { id, version, steps: verdicts(), words: '前两步熟练，第三步没人牵头', findings: [] };
    expect((await (await house.as('site01')).try(api.drills.assessDrill, given)).status).toBe(403);
    expect((await (await house.as('lead04')).try(api.drills.assessDrill, given)).code).toBe('not_observer');
    await expect(
      house.sql(`update drills.drill set state = 'assessed', assessed_by = $2, assessed_at = now() where id = $1`, [
        id,
        await idOf('site01'),
      ]),
    ).rejects.toThrow(/assessed_by_an_observer/);
    await (await house.as('liai07')).do(api.drills.assessDrill, given);
  });

  test('the stopwatch does not bend: what was not marked, or too late, is not in time', async () => {
    const id = await held();
    const observer = await house.as('liai07');
    const { version } = await fileOf(id);
    const faultOf = async (second: 'in_time' | 'late', third: 'in_time' | 'not_reached') => {
      const steps = [
        { n: 1, verdict: 'in_time' as const },
        { n: 2, verdict: second, remark: '晚了四分钟' },
        { n: 3, verdict: third, remark: '没有人做' },
      ];
      const given = { id, version, steps, words: '都按时', findings: [] };
      return (await observer.try(api.drills.assessDrill, given)).problem.fields?.[0]?.field;
    };
    expect(await faultOf('late', 'in_time')).toBe('steps.2.verdict');
    expect(await faultOf('in_time', 'not_reached')).toBe('steps.1.verdict');
  });

  test('a finding becomes a supervised task of the unit, and the drill closes only when it is settled outside', async () => {
    const id = await held();
    const { version } = await fileOf(id);
    await (await house.as('liai07')).do(api.drills.assessDrill, {
      id,
      version,
      steps: verdicts(),
      words: '第三步没人牵头',
      findings: [
        { text: '同班组名单不在现场', criterion: '每班一份纸质名单，保障员能在一分钟内拿出', dueOn: dayIn(7) },
      ],
    });
    const file = await fileOf(id, 'liai04');
    expect(file.found).toMatchObject([{ settled: false }]);
    const liaison = await house.as('liai04');
    const closing = { id, version: file.version, nextDrillOn: dayIn(80) };
    expect((await liaison.try(api.drills.closeDrill, closing)).code).toBe('findings_open');
    const leader = await house.as('lead04');
    const taskId = file.found[0]!.taskId;
    const task = async () => leader.do(api.tasks.task, { id: taskId });
    expect((await task()).source).toMatchObject({ kind: 'finding' });
    const { version: issued } = await task();
    await (await house.as('lead00')).do(api.tasks.void, {
      id: taskId,
      version: issued,
      text: '名单已逐班核对，另行存档',
    });
    await liaison.do(api.drills.closeDrill, closing);
    expect((await fileOf(id, 'liai04')).state).toBe('closed');
    expect((await liaison.do(api.drills.risk, { id: file.riskId })).nextDrillOn).toBe(dayIn(80));
  });
});

describe('near-misses are recorded without blame', () => {
  const told = () => ({
    id: randomUUID(),
    nodeId: house.site('U04-01'),
    happenedAt: at(-0.1),
    what: '消毒剂和洁厕剂放在一个桶里，差点混用',
    place: '二号楼洗手间',
    stoppedBy: '保洁员闻到味道停了手',
  });

  test('anybody at a place may record one; sent twice it is there once', async () => {
    const worker = await house.as('worker01');
    const input = told();
    const first = await worker.do(api.drills.recordNearMiss, input);
    expect(await worker.do(api.drills.recordNearMiss, input)).toEqual(first);
    const elsewhere = { ...told(), nodeId: house.site('U07-01') };
    expect((await worker.try(api.drills.recordNearMiss, elsewhere)).problem.fields?.[0]?.field).toBe('nodeId');
    const ahead = { ...told(), happenedAt: at(1) };
    expect((await worker.try(api.drills.recordNearMiss, ahead)).problem.fields?.[0]?.field).toBe('happenedAt');
  });

  test('whom it was told by is known to the liaison and the support group, and stands behind no other door', async () => {
    const input = told();
    await (await house.as('worker01')).do(api.drills.recordNearMiss, input);
    const seenBy = async (login: string) =>
      (await (await house.as(login)).do(api.drills.nearMisses, {})).nearMisses.find((one) => one.id === input.id);
    for (const login of ['liai04', 'sup01']) expect((await seenBy(login))?.reporter, login).toBeTruthy();
    for (const login of ['lead04', 'site01', 'lead00']) expect((await seenBy(login))?.reporter, login).toBeNull();
    expect(await seenBy('liai07')).toBeUndefined();
    const entries = await house.sql<{ actor_id: string | null }>(
      'select actor_id from journal.entry where record_id = $1',
      [input.id],
    );
    expect(entries).toEqual([{ actor_id: null }]);
    const messages = await house.sql<{ sender_id: string | null }>(
      'select sender_id from messages.message where about_id = $1',
      [input.id],
    );
    expect(messages).toEqual([{ sender_id: null }]);
  });

  test('its reporter does not decide what follows; two who decide at once decide once', async () => {
    const input = told();
    await (await house.as('liai04')).do(api.drills.recordNearMiss, input);
    const given = { id: input.id, version: 0, outcome: 'none' as const, words: '已分柜存放并贴了标签' };
    expect((await (await house.as('liai04')).try(api.drills.triageNearMiss, given)).code).toBe('own_report');
    const both = await Promise.all(
      ['lead04', 'sup01'].map(async (login) => (await house.as(login)).try(api.drills.triageNearMiss, given)),
    );
    expect(both.map((one) => one.code).sort()).toEqual([null, 'triaged_already'].sort());
  });

  test('a task that follows names the near-miss it came from', async () => {
    const input = told();
    await (await house.as('worker01')).do(api.drills.recordNearMiss, input);
    const liaison = await house.as('liai04');
    const given = { id: input.id, version: 0, outcome: 'task' as const, words: '要整改' };
    expect((await liaison.try(api.drills.triageNearMiss, given)).problem.fields?.[0]?.field).toBe('task');
    await liaison.do(api.drills.triageNearMiss, {
      ...given,
      task: {
        title: '消毒剂和洁厕剂分柜',
        criterion: '12 处全部分柜上锁，附照片',
        lineId: house.line('L15'),
        dueOn: dayIn(5),
      },
    });
    const found = (await liaison.do(api.drills.nearMisses, {})).nearMisses.find((one) => one.id === input.id)!;
    expect(found.task?.number).toMatch(/^督办〔\d{4}〕\d+号$/);
    expect(found.triagedBy).toBeTruthy();
  });
});

describe('in stage normal the system still runs', () => {
  test('overdue readiness work turns red, and tells the liaison once', async () => {
    const liaison = await house.as('liai04');
    const duty = (await liaison.do(api.drills.readiness, {})).duties.find((one) => one.frequency === 'monthly')!;
    const stateNow = async () =>
      (await liaison.do(api.drills.readiness, {})).units
        .find((one) => one.unitId === house.unit('U04'))!
        .cells.find((one) => one.code === duty.code)!;
    const record = { code: duty.code, unitId: house.unit('U04'), words: '盘点 46 个品种，账物相符' };
    expect((await liaison.try(api.drills.recordDuty, { ...record, unitId: house.unit('U07') })).status).toBe(403);
    // The month is over and a new one begun: the unit stood in a stage of readiness, and nothing was done.
    house.clock.forward(62 * day);
    expect((await stateNow()).state).toBe('overdue');
    await house.timers.run('drills.readiness');
    await house.timers.run('drills.readiness');
    const told = async () =>
      (
        await house.sql<{ n: string }>(
          `select count(*) as n from messages.message where kind = 'drill.overdue' and about_id = $1 and level = 'important'`,
          [`${duty.code}.U04`],
        )
      )[0]!.n;
    const once = await told();
    expect(Number(once)).toBeGreaterThan(0);
    await liaison.do(api.drills.recordDuty, record);
    expect((await liaison.try(api.drills.recordDuty, record)).code).toBe('recorded_today');
    expect((await stateNow()).state).toBe('done');
    await house.timers.run('drills.readiness');
    expect(await told()).toBe(once);
  });

  test('the quarterly drill is done by an assessed drill, and by no words', async () => {
    const liaison = await house.as('liai04');
    const drillDuty = (await liaison.do(api.drills.readiness, {})).duties.find((one) => one.kind === 'drill')!;
    const said = await liaison.try(api.drills.recordDuty, {
      code: drillDuty.code,
      unitId: house.unit('U04'),
      words: '演练过了',
    });
    expect(said.code).toBe('duty_is_drilled');
    const id = await held();
    const { version } = await fileOf(id);
    await (await house.as('liai07')).do(api.drills.assessDrill, {
      id,
      version,
      steps: verdicts(),
      words: '两步不及时',
      findings: [],
    });
    const cells = (await liaison.do(api.drills.dutyHistory, { code: drillDuty.code, unitId: house.unit('U04') })).cells;
    expect(cells[0]).toMatchObject({ state: 'done', drillId: id });
  });
});
