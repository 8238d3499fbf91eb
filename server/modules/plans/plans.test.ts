import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LineContent, PlanLine } from '../../../contract/plans.ts';
import { system } from '../../platform/actor.ts';
import { inTransaction } from '../../platform/transaction.ts';
import {
  begun as begunAt,
  contentOf,
  lineWith as line,
  signNow as sign,
  versionOf,
  wholeSet as whole,
} from '../../testing/plans.ts';
import { api, type Client, type House, hour, openHouse } from '../../testing/program.ts';
import { forgetDirectory } from '../organization/index.ts';
import { forgetTimeline } from '../stages/index.ts';
import { stageEffects } from '../stages/registry.ts';
import { linesInForce } from './work.ts';

let house: House;
let officer: Client;
let liaison: Client;
let leader: Client;
let support: Client;
let support2: Client;
let groupLeader: Client;
beforeAll(async () => {
  house = await openHouse();
  officer = await house.as('site01');
  liaison = await house.as('liai04');
  leader = await house.as('lead04');
  support = await house.as('sup01');
  support2 = await house.as('sup02');
  groupLeader = await house.as('lead00');
});
afterAll(() => house.stop());

const begun = (by: Client, site: string, stage = 'S4', lines: Partial<LineContent>[] = []) =>
  begunAt(house, by, site, stage, lines);
async function approved(by: Client, id: string): Promise<void> {
  for (const [who, step] of [
    [by === officer ? liaison : officer, 'feasible'],
    [support, 'reviewed'],
    [leader, 'approved'],
  ] as const) {
    const reply = await sign(who, id, step);
    expect([step, reply.code]).toEqual([step, null]);
  }
}

describe('a measure set', () => {
  test('a plan with an empty phase fails with the phase named; each line that lacks something is named', async () => {
    const id = await begun(liaison, 'U04-01');
    const bare = randomUUID();
    await liaison.do(api.plans.addLine, {
      id,
      key: bare,
      line: line({ zh: '夜间巡查', how: '', clause: '', phase: 'during' }),
    });
    const refused = await sign(officer, id, 'feasible');
    expect(refused.status).toBe(422);
    expect(refused.code).toBe('plan_incomplete');
    const codes = refused.problem.fields!.map((one) => one.code);
    expect(codes).toContain('phase_empty_after');
    expect(refused.problem.fields!.find((one) => one.field === `lines.${bare}.how`)?.message).toContain('夜间巡查');
    expect(refused.problem.fields!.find((one) => one.field === `lines.${bare}.clause`)?.code).toBe(
      'line_without_clause',
    );
    await liaison.do(api.plans.withdraw, { id, version: await versionOf(liaison, id), words: '另写' });
  });

  test('it is written, found feasible, reviewed and approved by four people, and comes into force for the stage in force', async () => {
    const id = await begun(liaison, 'U04-01', 'S4', whole('U04-01'));
    expect((await sign(liaison, id, 'feasible')).code).toBe('plan_own_plan');
    expect((await sign(leader, id, 'feasible')).code).toBe('not_your_step');
    expect((await sign(officer, id, 'feasible')).body).toMatchObject({ state: 'site_feasible' });
    expect((await sign(liaison, id, 'reviewed')).code).toBe('plan_own_plan');
    expect((await sign(support, id, 'reviewed')).code).toBe(null);
    expect((await sign(officer, id, 'approved')).code).toBe('not_your_step');
    expect((await sign(leader, id, 'approved')).body).toMatchObject({ state: 'in_force' });
    const lines = await inTransaction(house.program.pool, (tx) =>
      linesInForce(tx, { siteIds: [house.site('U04-01')] }, house.clock.now()),
    );
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.every((one) => one.planId === id && one.siteId === house.site('U04-01'))).toBe(true);
  });

  test('nobody signs two steps of one plan, also in the database', async () => {
    const [first] = await house.sql<{ plan_id: string; account_id: string }>(
      `select plan_id, account_id from plans.signature where step = 'feasible' limit 1`,
    );
    await expect(
      house.sql(
        `insert into plans.signature (plan_id, step, account_id, label, role, at) values ($1, 'approved', $2, 'x', 'x', now())`,
        [first!.plan_id, first!.account_id],
      ),
    ).rejects.toThrow(/unique|duplicate/);
  });

  test('two who edit one line at once lose no words: the second gets the line as it stands, and both edits are kept', async () => {
    const id = await begun(officer, 'U04-02').catch(() => null);
    expect(id).toBeNull();
    const mine = await begun(liaison, 'U04-02', 'S4', whole('U04-02'));
    const second = await house.as('site02');
    const [target] = (await second.do(api.plans.plan, { id: mine })).table.filter((one) => one.own);
    const put = (by: Client, how: string) =>
      by.try(api.plans.changeLine, {
        id: mine,
        key: target!.key,
        version: target!.version,
        line: { ...contentOf(target!), how },
      });
    expect((await put(liaison, '联络员的写法')).code).toBe(null);
    const late = await put(second, '保障员的写法');
    expect(late.status).toBe(409);
    expect((late.problem.current as PlanLine).how).toBe('联络员的写法');
    const merged = await second.try(api.plans.changeLine, {
      id: mine,
      key: target!.key,
      version: (late.problem.current as PlanLine).version,
      line: { ...contentOf(target!), how: '联络员的写法；保障员的写法' },
    });
    expect(merged.code).toBe(null);
    const { changes } = await liaison.do(api.plans.plan, { id: mine });
    expect(
      changes.filter((one) => one.lineKey === target!.key && one.kind === 'changed').map((one) => one.before.how),
    ).toEqual(['联络员的写法', target!.how]);
    // Who wrote on it, even one line, says nothing for it.
    expect((await sign(second, mine, 'feasible')).code).toBe('plan_own_plan');
    await liaison.do(api.plans.withdraw, { id: mine, version: await versionOf(liaison, mine), words: '另写' });
  });

  test('a red line of the template cannot be left out, nor made ordinary', async () => {
    const id = await begun(liaison, 'U04-02', 'S2', whole('U04-02'));
    const red = (await liaison.do(api.plans.plan, { id })).table.find((one) => one.red && one.templateCode)!;
    const gone = await liaison.try(api.plans.removeLine, { id, key: red.key, version: red.version });
    expect(gone.code).toBe('red_line_stays');
    const paled = await liaison.try(api.plans.changeLine, {
      id,
      key: red.key,
      version: red.version,
      line: { ...contentOf(red), red: false },
    });
    expect(paled.code).toBe('red_line_stays');
    await liaison.do(api.plans.withdraw, { id, version: await versionOf(liaison, id), words: '另写' });
  });

  test('sent back it is a draft again, everyone signs anew, and the earlier signatures stay', async () => {
    const id = await begun(liaison, 'U04-01', 'S3', whole('U04-01'));
    expect((await sign(officer, id, 'feasible')).code).toBe(null);
    await support.do(api.plans.sendBack, { id, version: await versionOf(support, id), words: '第二条写清地点' });
    const after = await liaison.do(api.plans.plan, { id });
    expect([after.state, after.turn]).toEqual(['draft', 2]);
    expect(after.signatures.map((one) => [one.step, one.turn])).toContainEqual(['feasible', 1]);
    expect((await sign(officer, id, 'feasible')).code).toBe(null);
    await liaison.do(api.plans.withdraw, { id, version: await versionOf(liaison, id), words: '另写' });
  });

  test('a site officer reads and writes the sets of the own site only', async () => {
    const other = await house.as('site03');
    const id = await begun(liaison, 'U04-02', 'S4', whole('U04-02'));
    expect((await other.try(api.plans.plan, { id })).status).toBe(404);
    expect((await other.try(api.plans.addLine, { id, key: randomUUID(), line: line({}) })).status).toBe(404);
    expect((await other.try(api.plans.sign, { id, version: 0, step: 'feasible' })).status).toBe(404);
    const worker = await house.as('worker01');
    expect((await worker.try(api.plans.plan, { id })).status).toBe(403);
    await liaison.do(api.plans.withdraw, { id, version: await versionOf(liaison, id), words: '另写' });
  });
});

describe('coverage', () => {
  test('a copy of a neighbour’s set covers nothing until it is tailored or reasoned', async () => {
    const second = await house.as('site02');
    const id = await begun(liaison, 'U04-02', 'S4', whole('U04-02'));
    for (const [who, step] of [
      [second, 'feasible'],
      [support, 'reviewed'],
      [leader, 'approved'],
    ] as const)
      expect((await sign(who, id, step)).code).toBe(null);
    const file = await liaison.do(api.plans.plan, { id });
    expect(file.state).toBe('in_force');
    expect(file.copied).toBe(true);
    expect(file.like!.own).toBeGreaterThan(0.95);
    const cell = async () =>
      (await liaison.do(api.plans.coverage, {})).rows[0]!.cells.find((one) => one.siteId === house.site('U04-02'))!;
    expect((await cell()).state).toBe('copy');
    // The next version says what is different here.
    const next = await begun(liaison, 'U04-02', 'S4', [
      { zh: '泵站值班室单独通风', phase: 'during', place: '泵站值班室', how: '每四小时开窗三十分钟，值班员记温度' },
      { zh: '夜班渣土车错时进场登记', phase: 'before', place: '西门', how: '二十二点后由西门单向进，司机不下车' },
    ]);
    for (const [who, step] of [
      [second, 'feasible'],
      [support, 'reviewed'],
      [leader, 'approved'],
    ] as const)
      expect((await sign(who, next, step)).code).toBe(null);
    expect((await cell()).state).toBe('covered');
    const { lines } = await liaison.do(api.plans.differences, { id: next });
    expect(lines.map((one) => one.kind)).toEqual(['added', 'added']);
    expect((await liaison.do(api.plans.plan, { id })).state).toBe('superseded');
  });

  test('a unit liaison sees the own unit, a site officer the own site', async () => {
    const { rows, sites } = await liaison.do(api.plans.coverage, {});
    expect(rows.map((row) => row.unitId)).toEqual([house.unit('U04')]);
    expect(sites).toBe(12);
    expect((await officer.do(api.plans.coverage, {})).sites).toBe(1);
    expect((await support.do(api.plans.coverage, {})).sites).toBe(120);
  });

  test('at a switch coverage falls to nought; what was prepared needs the site’s and the unit’s word, by two people', async () => {
    const prepared = await begun(liaison, 'U04-01', 'S2', whole('U04-01'));
    await approved(liaison, prepared);
    expect((await liaison.do(api.plans.plan, { id: prepared })).state).toBe('approved');
    expect((await sign(officer, prepared, 'still_fits')).code).toBe('plan_not_its_stage');
    const before = await inTransaction(house.program.pool, (tx) => linesInForce(tx, 'all', house.clock.now()));
    house.clock.forward(hour);
    const at = house.clock.now();
    const group = house.dir.groupNode.id;
    await house.sql(`update stages.period set to_at = $1 where to_at is null`, [at]);
    await house.sql(
      `insert into stages.period (id, node_id, stage_code, from_at, basis) values ($1, $2, 'S2', $3, '测试')`,
      [randomUUID(), group, at],
    );
    forgetTimeline();
    const sites = [...house.dir.nodes.values()].filter((one) => one.kind === 'site').map((one) => one.id);
    const units = [...house.dir.nodes.values()].filter((one) => one.kind === 'unit').map((one) => one.id);
    await inTransaction(house.program.pool, (tx) =>
      stageEffects().find((one) => one.key === 'plans')!.apply!(
        { tx, actor: system, now: at },
        {
          periodId: randomUUID(),
          orderId: randomUUID(),
          scope: { nodeId: group, siteIds: sites, unitIds: units },
          fromStage: 'S4',
          toStage: 'S2',
          at,
        },
      ),
    );
    const fallen = await liaison.do(api.plans.coverage, {});
    expect(fallen.covered).toBe(0);
    expect(fallen.rows[0]!.cells.find((one) => one.siteId === house.site('U04-01'))!.state).toBe('waiting');
    // Nothing on the ground stops overnight.
    const after = await inTransaction(house.program.pool, (tx) => linesInForce(tx, 'all', at));
    expect(after.length).toBe(before.length);
    expect((await sign(leader, prepared, 'begun')).code).toBe('plan_wrong_step');
    expect((await sign(liaison, prepared, 'still_fits')).code).toBe(null);
    expect((await sign(liaison, prepared, 'begun')).code).toBe('plan_signed_already');
    expect((await sign(leader, prepared, 'begun')).body).toMatchObject({ state: 'in_force' });
    const back = await liaison.do(api.plans.coverage, {});
    expect(back.covered).toBe(1);
    expect(back.curve.at(-1)!.covered).toBe(1);
    // Nothing is late before the 24 hours are over; from then on everything that is not covered is.
    house.clock.forward(24 * hour - (house.clock.now().getTime() - at.getTime()));
    const last = await support.do(api.plans.coverage, {});
    expect([last.covered, last.late, last.rows[0]!.due]).toEqual([1, 0, house.clock.now().toISOString()]);
    house.clock.forward(1);
    expect((await support.do(api.plans.coverage, {})).late).toBe(119);
    expect((await officer.do(api.plans.coverage, {})).late).toBe(0);
    // An inspector sees it all and touches nothing; who audits the system reads the journal, not the plans.
    expect((await (await house.as('aud01')).try(api.plans.coverage, {})).status).toBe(403);
    const inspector = await house.as('insp01');
    const seen = await inspector.do(api.plans.coverage, {});
    expect([seen.sites, seen.late]).toEqual([120, 119]);
    expect((await inspector.do(api.plans.plan, { id: prepared })).can).toMatchObject({ edit: false, steps: [] });
    expect((await inspector.do(api.plans.list, { view: 'mine' })).rows).toEqual([]);
    expect((await sign(inspector, prepared, 'begun')).status).not.toBe(200);
  });

  test('a site with a stage of its own has hours of its own, and a site that is new is not covered', async () => {
    const [apart, fresh] = [house.site('U05-01'), house.site('U04-03')];
    const at = house.clock.now();
    await house.sql(
      `insert into stages.period (id, node_id, stage_code, from_at, basis) values ($1, $2, 'S3', $3, '测试')`,
      [randomUUID(), apart, at],
    );
    const [node] = await house.sql<{ id: number }>(
      `insert into organization.node (kind, code, zh, en, parent_id, site_kind, initials)
       select kind, 'U04-99', '新工地', 'New site', parent_id, site_kind, 'xgd' from organization.node where id = $1 returning id`,
      [fresh],
    );
    forgetTimeline();
    forgetDirectory();
    const { late, sites, covered, rows } = await support.do(api.plans.coverage, {});
    // 119 were late; the one with hours of its own is no longer, the new one is.
    expect([sites, covered, late]).toEqual([121, 1, 119]);
    const cell = rows.flatMap((row) => row.cells).find((one) => one.siteId === node!.id)!;
    expect(cell.state).toBe('none');
    house.clock.forward(24 * hour + 1);
    forgetTimeline();
    expect((await support.do(api.plans.coverage, {})).late).toBe(120);
  });
});

test('a strategy is written and reviewed by two of the support group and approved by a leader of the group', async () => {
  const id = randomUUID();
  await support.do(api.plans.write, {
    id,
    kind: 'strategy',
    nodeId: house.dir.groupNode.id,
    stage: 'S2',
    trigger: 'policy',
    triggerWords: '属地第 12 号通告',
    aim: { words: '按时办结率', before: 0.81, target: 0.95 },
  });
  for (const phase of ['before', 'during', 'after'] as const)
    await support.do(api.plans.addLine, {
      id,
      key: randomUUID(),
      line: line({ level: 'group', zh: `统筹${phase}`, phase }),
    });
  expect((await sign(support, id, 'reviewed')).code).toBe('plan_own_plan');
  expect((await sign(support2, id, 'reviewed')).code).toBe(null);
  expect((await sign(groupLeader, id, 'approved')).body).toMatchObject({ state: 'in_force' });
  house.clock.forward(6 * 24 * hour);
  const early = await support2.try(api.plans.reviewEffect, {
    id,
    version: await versionOf(support2, id),
    value: 0.9,
    words: '还早',
  });
  expect(early.code).toBe('plan_not_to_review');
  house.clock.forward(25 * hour);
  const own = await support.try(api.plans.reviewEffect, {
    id,
    version: await versionOf(support, id),
    value: 0.96,
    words: '自评',
  });
  expect(own.code).toBe('plan_not_to_review');
  await support2.do(api.plans.reviewEffect, {
    id,
    version: await versionOf(support2, id),
    value: 0.91,
    words: '升了十个点，还差四个',
  });
  expect((await support2.do(api.plans.plan, { id })).effect).toMatchObject({ value: 0.91 });
});

test('an Excel table of measures with wrong codes comes back marked and stores nothing; mended, it is put into the draft', async () => {
  const { readTable, sheetTitles, writeSheets } = await import('../../platform/sheets.ts');
  const id = await begun(liaison, 'U04-02', 'S1', whole('U04-02'));
  const got = await liaison.fetch('GET', `/api/plans/${id}/table.xlsx`, undefined, { headers: { 'x-locale': 'en' } });
  expect(got.status).toBe(200);
  const bytes = Buffer.from(await got.arrayBuffer());
  const titles = await sheetTitles(bytes);
  const rows: Record<string, string>[] = [];
  for await (const row of readTable(bytes, 'xlsx')) rows.push({ ...row.cells });
  const send = async (table: Record<string, string>[], mode: string, shown = titles) => {
    const form = new FormData();
    const file = await writeSheets([
      { name: 'Measures', columns: shown.map((key) => ({ key, title: key })), rows: table },
    ]);
    form.append('file', new Blob([new Uint8Array(file)]), 'measures.xlsx');
    const answer = await liaison.fetch('POST', `/api/plans/${id}/table?mode=${mode}`, form, {
      headers: { 'x-locale': 'en' },
    });
    return (await answer.json()) as {
      adds: number;
      changes: number;
      problems: { row: number; column: string; message: string }[];
      rejectedFileUrl: string | null;
    };
  };
  const wrong = rows.map((row, i) =>
    i === 0 ? { ...row, 'Template code': 'S9-M99', 'Line code': 'L99', Evidence: 'telepathy' } : row,
  );
  const refused = await send(wrong, 'apply');
  expect(refused.problems.map((one) => one.column).sort()).toEqual(['Evidence', 'Line code', 'Template code']);
  const marked = await liaison.fetch('GET', refused.rejectedFileUrl!);
  expect(marked.status).toBe(200);
  expect((await liaison.do(api.plans.plan, { id })).changes.filter((one) => one.kind === 'changed')).toEqual([]);
  // Another level than a set has is no measure of it; a column taken out takes nothing from the lines that stand.
  const high = rows.map((row, i) => (i === 1 ? { ...row, 'Carried out by': 'group' } : row));
  expect((await send(high, 'check')).problems.map((one) => one.column)).toEqual(['Carried out by']);
  const fewer = titles.filter((title) => !['Red line', 'Line code', 'In English', 'How many'].includes(title));
  expect(await send(rows, 'check', fewer)).toMatchObject({ adds: 0, changes: 0, problems: [] });
  const stranger = await (await house.as('site01')).fetch('GET', refused.rejectedFileUrl!);
  expect(stranger.status).toBe(404);
  const mended = rows.map((row, i) => (i === 0 ? { ...row, How: '每日两次，班组长签认' } : row));
  const taken = await send(mended, 'apply');
  expect(taken).toMatchObject({ adds: 0, changes: 1, problems: [] });
  // The same table again is stale: somebody changed the line since.
  expect((await send(mended, 'apply')).problems.map((one) => one.column)).toEqual(['Row mark']);
});
