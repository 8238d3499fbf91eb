import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prefilled, type Values } from '../../../contract/report-checks.ts';
import type { ToFile } from '../../../contract/reports.ts';
import { sheetTitles } from '../../platform/sheets.ts';
import { api, type Client, day, type House, hour, minute, openHouse } from '../../testing/program.ts';

/** Ten in the morning of a day, in the group's zone. */
const morning = new Date(Math.floor(Date.now() / day) * day + 2 * hour);
let house: House;
let officer: Client;
let second: Client;
let liaison: Client;
let leader: Client;
beforeAll(async () => {
  house = await openHouse({ at: morning });
  await house.timers.run('reports.open');
  [officer, liaison, leader] = await Promise.all([house.as('site01'), house.as('liai04'), house.as('lead04')]);
  second = await house.as('u04-s01');
});
afterAll(() => house.stop());

const mine = async (client = officer, form = 'site_daily'): Promise<ToFile> =>
  (await client.do(api.reports.mine, {})).forms.find((one) => one.form.code === form)!;

/** Everything said: yesterday's where it is carried, zero where it must be typed. */
function filled(form: ToFile, other: Values = {}): Values {
  const values: Values = { ...prefilled(form.form.items, form.last?.values ?? null, form.crews) };
  for (const item of form.form.items) {
    if (item.kind === 'crews')
      values[item.key] ??= Object.fromEntries(form.crews.map((crew) => [crew.id, crew.planned]));
    else if (item.kind === 'parts') values[item.key] ??= Object.fromEntries(item.options.map((one) => [one.key, 100]));
    else if (item.kind === 'choice') values[item.key] ??= item.options[0]!.key;
    else if (item.kind === 'yes_no') values[item.key] ??= true;
    else if (item.kind !== 'text') values[item.key] ??= 0;
  }
  return { ...values, ...other };
}

async function sent(client: Client, form: ToFile, other: object = {}) {
  const at = house.clock.now().toISOString();
  return client.try(api.reports.file, {
    id: randomUUID(),
    form: form.form.code,
    formNo: form.form.no,
    nodeId: form.nodeId,
    day: form.day,
    stage: form.stage,
    values: filled(form),
    base: form.base,
    crews: form.crews,
    madeAt: at,
    sentAt: at,
    ...other,
  });
}
const standing = async (id: string) => leader.do(api.reports.filing, { id });

describe('one day of a site', () => {
  let first: string;
  let filing: string;

  test('the officer has the whole form at once, and nothing is asked that is known', async () => {
    const form = await mine();
    expect(form).toMatchObject({ state: 'open', nodeId: house.site('U04-01'), base: null });
    expect(form.crews.length).toBeGreaterThan(2);
    expect(form.known[0]).toMatchObject({ zh: '登记在册' });
    expect(new Date(form.dueAt).getUTCHours()).toBe(9);
  });
  test('blank is refused by its item, zero is taken', async () => {
    const form = await mine();
    const refused = await sent(officer, form, { values: filled(form, { isolated: null }) });
    expect(refused).toMatchObject({ status: 422, code: 'report_faults' });
    expect(refused.problem.fields).toMatchObject([{ field: 'values.isolated', code: 'report_blank' }]);
    first = randomUUID();
    const taken = await sent(officer, form, { id: first });
    expect(taken).toMatchObject({ status: 200, body: { id: first, late: false, stands: true, versions: 1 } });
    filing = taken.body.filingId;
  });
  test('the same report sent twice is one', async () => {
    const form = await mine();
    expect((await sent(officer, form, { id: first })).body).toMatchObject({ filingId: filing, versions: 1 });
    expect((await sent(second, form, { id: first })).code).toBe('idempotency_mismatch');
    expect((await standing(filing)).versions).toHaveLength(1);
  });
  test('the same report on its way twice at once is one, and both are answered', async () => {
    const form = await mine(second);
    const id = randomUUID();
    const before = (await standing(filing)).versions.length;
    const answers = await Promise.all([1, 2, 3].map(() => sent(second, form, { id })));
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
    expect((await standing(filing)).versions).toHaveLength(before + 1);
  });
  test('a phone whose clock runs hours ahead reports of no day that has not begun', async () => {
    const form = await mine();
    const tomorrow = new Date(Date.parse(`${form.day}T00:00:00Z`) + day).toISOString().slice(0, 10);
    const ahead = new Date(house.clock.now().getTime() + 15 * hour).toISOString();
    const refused = await sent(officer, form, { day: tomorrow, madeAt: ahead, sentAt: ahead });
    expect(refused.problem.fields).toMatchObject([{ field: 'day', code: 'not_due' }]);
  });
  test('without signal a phone may know the stage of last week, and not one that is long over', async () => {
    const form = await mine(second);
    const always = new Set(form.form.items.filter((item) => item.stages.length === 0).map((item) => item.key));
    const values = Object.fromEntries(Object.entries(filled(form)).filter(([key]) => always.has(key)));
    const judged = async (stage: string) => (await sent(second, form, { stage, values, offline: true })).code;
    // The demo world: four since nine days, three before it. What only three asks is blank here.
    expect(form.stage).toBe('S4');
    expect(await judged('S3')).toBe('report_faults');
    expect(await judged('S2')).toBeNull();
  });
  test('from two phones both are kept and the later-made stands, whichever came last', async () => {
    house.clock.forward(30 * minute);
    const form = await mine(second);
    const before = form.versions;
    const later = randomUUID();
    expect((await sent(second, form, { id: later, values: filled(form, { meals: 300 }) })).body).toMatchObject({
      stands: true,
      versions: before + 1,
    });
    const earlier = new Date(house.clock.now().getTime() - 10 * minute).toISOString();
    const third = await sent(officer, form, { values: filled(form, { meals: 200 }), madeAt: earlier, offline: true });
    expect(third.body).toMatchObject({ stands: false, versions: before + 2 });
    const shown = await standing(filing);
    expect(shown.versions.slice(-2).map((one) => one.stands)).toEqual([true, false]);
    expect(shown.versions.at(-1)).toMatchObject({ offline: true, by: expect.stringContaining('工地保障员01') });
  });
  test('who filed it does not check it; the liaison does, and a new version is to be checked again', async () => {
    const shown = await standing(filing);
    const current = shown.versions.find((one) => one.stands)!.id;
    expect((await officer.try(api.reports.check, { id: filing, versionId: current, outcome: 'checked' })).status).toBe(
      403,
    );
    const other = await house.as('liai07');
    expect((await other.try(api.reports.check, { id: filing, versionId: current, outcome: 'checked' })).status).toBe(
      404,
    );
    expect((await liaison.try(api.reports.check, { id: filing, versionId: first, outcome: 'checked' })).code).toBe(
      'stale',
    );
    expect(
      (await liaison.try(api.reports.check, { id: filing, versionId: current, outcome: 'returned' })).problem.fields,
    ).toMatchObject([{ field: 'words' }]);
    await liaison.do(api.reports.check, { id: filing, versionId: current, outcome: 'checked' });
    expect(await standing(filing)).toMatchObject({ state: 'checked', checkedBy: expect.any(String) });
    house.clock.forward(minute);
    await sent(second, await mine(second), { values: filled(await mine(second), { meals: 310 }) });
    expect(await standing(filing)).toMatchObject({ state: 'submitted', checkedBy: null });
  });
  test('a unit’s day is approved when all have come and are checked', async () => {
    const unitId = house.unit('U04');
    const form = await mine();
    expect((await leader.try(api.reports.approve, { form: 'site_daily', unitId, day: form.day })).code).toBe(
      'day_unchecked',
    );
  });
});

describe('late, silent, locked', () => {
  let form: ToFile;
  test('late is late for ever; the silent and their leaders are told', async () => {
    const u0402 = await house.as('site02');
    form = await mine(u0402);
    house.clock.set(new Date(morning.getTime() + 7 * hour + 31 * minute));
    await house.timers.run('reports.silent');
    const told = await u0402.do(api.messages.inbox, {});
    expect(told.messages.some((one) => one.kind === 'report.silent')).toBe(true);
    house.clock.forward(2 * hour);
    await house.timers.run('reports.silent');
    await house.timers.run('reports.silent');
    const leaders = (await leader.do(api.messages.inbox, {})).messages.filter(
      (one) => one.kind === 'report.silent_unit',
    );
    expect(leaders).toHaveLength(1);
    expect(leaders[0]!.values.n).toBeGreaterThan(5);
    expect((await sent(u0402, form)).body).toMatchObject({ late: true });
    house.clock.forward(minute);
    expect((await sent(u0402, form)).body).toMatchObject({ late: true, versions: 2 });
  });
  test('made in time without signal is on time, and says so', async () => {
    const u0707 = await house.as('site03');
    const own = await mine(u0707);
    const now = house.clock.now().getTime();
    const answer = await sent(u0707, own, {
      madeAt: new Date(morning.getTime() + 6 * hour).toISOString(),
      backAt: new Date(now - 10 * minute).toISOString(),
      offline: true,
    });
    expect(answer.body).toMatchObject({ late: false, stands: true });
    const sup = await house.as('sup01');
    const view = await sup.do(api.reports.day, { form: 'site_daily' });
    expect(view.rows.find((row) => row.nodeId === own.nodeId)).toMatchObject({ timing: 'on_time', offline: true });
    expect(view.all).toMatchObject({ expected: 120, received: 3, late: 1, onTime: 2, silent: 117 });
  });
  test('after midnight a change needs a reason, and is marked', async () => {
    const u0402 = await house.as('site02');
    house.clock.set(new Date(morning.getTime() + day - 2 * hour + 5 * minute));
    await house.timers.run('reports.lock');
    await house.timers.run('reports.open');
    expect((await sent(u0402, form)).code).toBe('reason_needed');
    const amended = await sent(u0402, form, { reason: '门岗漏记两人', values: filled(form, { meals: 9 }) });
    expect(amended.body).toMatchObject({ stands: true, versions: 3, late: true });
    const shown = await standing(amended.body.filingId);
    expect(shown).toMatchObject({ amended: true, locked: true });
    expect(shown.versions.at(-1)).toMatchObject({ reason: '门岗漏记两人', afterLock: true });
  });
  test('the locked day is approved by the unit’s leader once all that came is checked; what comes later stands beside it', async () => {
    const unitId = house.unit('U04');
    const { rows } = await liaison.do(api.reports.day, { form: 'site_daily', day: form.day });
    for (const row of rows.filter((one) => one.state === 'submitted')) {
      const current = (await standing(row.id!)).versions.find((one) => one.stands)!.id;
      await liaison.do(api.reports.check, { id: row.id!, versionId: current, outcome: 'checked' });
    }
    const asked = { form: 'site_daily', unitId, day: form.day };
    expect((await liaison.try(api.reports.approve, asked)).status).toBe(403);
    expect((await officer.try(api.reports.approve, asked)).status).toBe(403);
    const twice = await Promise.all([leader.try(api.reports.approve, asked), leader.try(api.reports.approve, asked)]);
    expect(twice.map((one) => one.status).sort()).toEqual([200, 409]);
    house.clock.forward(minute);
    const late = await sent(await house.as('site02'), form, {
      reason: '又核了一遍',
      values: filled(form, { meals: 8 }),
    });
    expect(late.status).toBe(200);
    const view = await leader.do(api.reports.day, { form: 'site_daily', day: form.day });
    expect(view.units).toMatchObject([{ unitId, received: 2, expected: 12, approval: { since: 1 } }]);
  });
  test('what a person had to report stands in their list of duties: done, late, and nothing of a colleague', async () => {
    const { list } = await (await house.as('site02')).do(api.duty.mine, {});
    const own = list.items.filter((one) => one.source === 'reports' && one.what.zh.startsWith('工地日报'));
    expect(own.find((one) => one.dueAt === form.dueAt)).toMatchObject({ state: 'late', route: expect.any(String) });
    const { list: other } = await second.do(api.duty.mine, {});
    expect(other.items.filter((one) => one.source === 'reports' && one.state === 'done').length).toBeGreaterThan(0);
    // The day that both filed stands with whoever made the version that counts.
    const first = (await officer.do(api.duty.mine, {})).list.items.filter((one) => one.source === 'reports');
    expect(first.filter((one) => one.dueAt.slice(0, 10) === form.dueAt.slice(0, 10) && one.doneAt !== null)).toEqual(
      [],
    );
  });
  test('the next day opens with what stood; heads must add up from there', async () => {
    const next = await mine();
    expect(next.base?.heads).toBeGreaterThan(0);
    expect(next.last?.values.meals).toBe(310);
    const carried = prefilled(next.form.items, next.last!.values, next.crews);
    expect(carried.isolated).toBeUndefined();
    expect(carried.meals).toBe(310);
    const wrong = await sent(officer, next, { values: filled(next, { came_in: 2 }) });
    expect(wrong.problem.fields).toMatchObject([{ field: 'values.here', code: 'report_heads' }]);
    expect((await sent(officer, next)).status).toBe(200);
  });
  test('where the day before changes under a report, or its phone knew of none, whoever checks sees both counts', async () => {
    const { forms } = await officer.do(api.reports.mine, {});
    const [today, before] = ['>', '<'].map(
      (which) =>
        forms
          .filter((one) => one.form.code === 'site_daily')
          .sort((a, b) => (which === '<' ? a.day.localeCompare(b.day) : b.day.localeCompare(a.day)))[0]!,
    ) as [ToFile, ToFile];
    const values = before.current as Values;
    const [crew] = before.crews;
    const here = { ...(values.here as Record<string, number>) };
    here[crew!.id] = here[crew!.id]! + 1;
    const amended = await sent(officer, before, { reason: '漏数一人', values: { ...values, here } });
    expect(amended.body).toMatchObject({ stands: true });
    house.clock.forward(minute);
    const again = await sent(officer, today, { values: today.current, base: null });
    const shown = (await standing(again.body.filingId)).versions;
    const now = (today.base?.heads ?? 0) + 1;
    expect(shown.map((one) => [one.base?.heads ?? null, one.baseNow])).toEqual([
      [today.base!.heads, now],
      [null, now],
    ]);
  });
});

describe('who sees and does what', () => {
  test('everybody sees their own part of the group', async () => {
    const [own, unit, all] = await Promise.all([
      officer.do(api.reports.day, {}),
      liaison.do(api.reports.day, {}),
      (await house.as('sup01')).do(api.reports.day, {}),
    ]);
    expect(own.rows).toHaveLength(1);
    expect(new Set(unit.rows.map((row) => row.unitId))).toEqual(new Set([house.unit('U04')]));
    expect(all.rows).toHaveLength(120);
    expect(all.rows[0]).toMatchObject({
      officers: expect.arrayContaining([expect.any(String)]),
      phone: expect.any(String),
    });
  });
  test.each(['worker01', 'op01', 'hand10', 'fu01', 'sys01'])('%s neither reads nor files', async (login) => {
    const client = await house.as(login);
    expect((await client.try(api.reports.day, {})).status).toBe(403);
    expect((await sent(client, await mine())).status).toBe(403);
  });
  test('an officer files for their own site only', async () => {
    expect((await sent(officer, await mine(), { nodeId: house.site('U04-03') })).status).toBe(403);
  });
  test('an officer keeps the crews of the site: two change names, one goes and comes back, none is another site’s', async () => {
    const { crews, nodeId } = await mine();
    const [a, b, ...rest] = crews as [ToFile['crews'][number], ToFile['crews'][number], ...ToFile['crews']];
    await officer.do(api.reports.setCrews, {
      siteId: nodeId,
      crews: [{ ...a, zh: b.zh }, { ...b, zh: a.zh }, ...rest],
    });
    expect((await mine()).crews.slice(0, 2).map((one) => one.zh)).toEqual([b.zh, a.zh]);
    await officer.do(api.reports.setCrews, { siteId: nodeId, crews: [a, ...rest] });
    await second.do(api.reports.setCrews, { siteId: nodeId, crews });
    expect((await mine()).crews).toEqual(crews);
    const { crews: others } = (await mine(await house.as('site02')))!;
    const taken = await officer.try(api.reports.setCrews, {
      siteId: nodeId,
      crews: [...crews, { ...others[0]!, zh: '借' }],
    });
    expect(taken.problem.fields).toMatchObject([{ field: `crews.${crews.length}.id`, code: 'bad_choice' }]);
    const same = await officer.try(api.reports.setCrews, { siteId: nodeId, crews: [a, { ...b, zh: a.zh }] });
    expect(same.problem.fields).toMatchObject([{ field: 'crews.1.zh', code: 'crew_twice' }]);
  });
  test('the number to ring is kept by the site’s officer or the unit’s liaison, and by nobody else', async () => {
    const siteId = house.site('U04-01');
    for (const login of ['site02', 'liai07', 'lead04', 'worker01'])
      expect(
        (await (await house.as(login)).try(api.reports.setOffice, { siteId, phone: '0571-8800 1234' })).status,
      ).toBe(403);
    expect((await officer.try(api.reports.setOffice, { siteId, phone: 'at the gate' })).problem.fields).toMatchObject([
      { field: 'phone' },
    ]);
    await liaison.do(api.reports.setOffice, { siteId, phone: '0571-8800 1234' });
    expect((await mine()).office).toBe('0571-8800 1234');
    const { rows } = await (await house.as('sup01')).do(api.reports.day, {});
    expect(rows.find((row) => row.nodeId === siteId)!.phone).toBe('0571-8800 1234');
    await house.settled();
    expect(
      await house.sql(`select 1 from journal.entry where action = 'reports.office_changed' and site_id = $1`, [siteId]),
    ).toHaveLength(1);
  });
  test('head office asks the silent ones, once in ten minutes, however many press', async () => {
    const sup = await house.as('sup01');
    const { day: today } = await sup.do(api.reports.day, {});
    const asked = { form: 'site_daily', day: today, nodeIds: [house.site('U04-05')] };
    const told = await Promise.all(
      ['sup01', 'sup02'].map(async (login) => (await (await house.as(login)).do(api.reports.chase, asked)).told > 0),
    );
    expect(told.sort()).toEqual([false, true]);
    expect((await sup.do(api.reports.chase, asked)).told).toBe(0);
    expect((await officer.try(api.reports.chase, asked)).status).toBe(403);
  });
});

describe('forms are designed in the desk', () => {
  const draft = (items: object[], other: object = {}) =>
    ({
      code: 'heat_check',
      zh: '高温检查',
      en: 'Heat check',
      filedFor: 'construction',
      rhythm: 'daily',
      due: { weekday: null, monthDay: null, date: null, times: { S0: null, S4: '18:00' } },
      items,
      ...other,
    }) as never;
  const shade = { key: 'shade', kind: 'whole', zh: '遮阳棚', en: 'Sun shades' };

  test.each([
    ['登记在册人数', 'Staff on the register', 'item_known'],
    ['花名册人数合计', 'Roll', 'item_known'],
    ['今日体温异常人数', 'Temperatures', 'item_asked'],
    ['口罩库存数量', 'Mask stock', 'item_asked'],
  ])('%s is refused: it is known or asked already', async (zh, en, code) => {
    const sup = await house.as('sup01');
    const refused = await sup.try(api.reports.saveForm, draft([shade, { key: 'again', kind: 'whole', zh, en }]));
    expect(refused.code).toBe(code);
    expect(refused.problem.fields).toMatchObject([{ field: 'items.1.zh', code }]);
    expect(refused.problem.current).toMatchObject({ concept: { key: expect.any(String) } });
  });
  test('a second person puts it in use, phones hear of it, and it is asked at once', async () => {
    const [one, other] = await Promise.all([house.as('sup01'), house.as('sup02')]);
    const { no } = await one.do(api.reports.saveForm, draft([shade]));
    expect((await one.try(api.reports.saveForm, draft([shade]))).code).toBe('stale');
    expect((await one.try(api.reports.startForm, { code: 'heat_check', no })).code).toBe('designed_it');
    expect((await officer.try(api.reports.startForm, { code: 'heat_check', no })).status).toBe(403);
    expect(await mine(officer, 'heat_check')).toBeUndefined();
    await other.do(api.reports.startForm, { code: 'heat_check', no });
    const form = await mine(officer, 'heat_check');
    expect(form.form.items).toMatchObject([{ key: 'shade', concept: 'heat_check.shade' }]);
    expect((await sent(officer, form, { values: { shade: 3 }, crews: [], base: null })).body).toMatchObject({
      stands: true,
    });
  });
  test('a phone that has not heard of a new version files the former one', async () => {
    const [one, other] = await Promise.all([house.as('sup01'), house.as('sup02')]);
    const former = await mine(officer, 'heat_check');
    const { no } = await one.do(
      api.reports.saveForm,
      draft([shade, { key: 'salt', kind: 'yes_no', zh: '盐汽水备好', en: 'Salt drinks ready' }]),
    );
    await other.do(api.reports.startForm, { code: 'heat_check', no });
    expect((await sent(officer, former, { values: { shade: 4 }, crews: [], base: null })).status).toBe(200);
    const now = await mine(officer, 'heat_check');
    expect(now.form.no).toBe(2);
    expect((await sent(officer, now, { values: { shade: 4 }, crews: [], base: null })).code).toBe('report_faults');
  });
  test('what another form asks stays its own while it is in use, and is free once it is retired', async () => {
    const sup = await house.as('sup01');
    const again = draft([shade], { code: 'sun_check', zh: '防晒', en: 'Sun' });
    expect((await sup.try(api.reports.saveForm, again)).code).toBe('item_asked');
    const [u0402, elsewhere] = [await house.as('site02'), await house.as('u04-s05')];
    const [unheard, filling] = [await mine(u0402, 'heat_check'), await mine(elsewhere, 'heat_check')];
    await sup.do(api.reports.retireForm, { code: 'heat_check', reason: '高温过了' });
    expect((await sup.try(api.reports.saveForm, again)).status).toBe(200);
    expect(await mine(officer, 'heat_check')).toBeUndefined();
    const { forms } = await sup.do(api.reports.forms, {});
    expect(forms.find((one) => one.code === 'heat_check')!.retired).toMatchObject({ words: '高温过了' });
    // Nobody is silent about what is asked no more.
    const { rows } = await sup.do(api.reports.day, { form: 'heat_check' });
    expect(rows.filter((row) => row.state === 'open')).toEqual([]);
    // Filled in without signal before then, it still comes in; afterwards it does not, and says why.
    const now = house.clock.now().getTime();
    const said = { values: { shade: 5, salt: true }, crews: [], base: null, offline: true };
    const before = { ...said, madeAt: new Date(now - minute).toISOString() };
    expect((await sent(u0402, unheard, before)).body).toMatchObject({ stands: true });
    house.clock.forward(minute);
    expect((await sent(elsewhere, filling, said)).code).toBe('form_retired');
  });
});

describe('what other parts of the house are told', () => {
  test('a stage switch says how much more is reported, and by when', async () => {
    const sup = await house.as('sup01');
    const { forms, stages } = await sup.do(api.reports.forms, {});
    const daily = forms.find((form) => form.code === 'site_daily')!.versions[0]!;
    const asked = (stage: string): number =>
      daily.items.filter((one) => one.stages.length === 0 || one.stages.includes(stage)).length;
    expect(stages.map((stage) => asked(stage.code))).toEqual([14, 14, 19, 19, 14]);
    const { look } = await sup.do(api.stages.preview, { nodeId: house.dir.groupNode.id, toCode: 'S2' });
    const reports = look.effects.find((one) => one.key === 'reports')!;
    expect(reports.rows.find((row) => row.item.zh === '工地日报')).toEqual({
      item: { zh: '工地日报', en: daily.en },
      before: { zh: `14 项 · ${daily.due.times.S4} 前`, en: `14 items, by ${daily.due.times.S4}` },
      after: { zh: `19 项 · ${daily.due.times.S2} 前`, en: `19 items, by ${daily.due.times.S2}` },
      consequence: { zh: expect.stringMatching(/^多.+等 5 项$/), en: expect.stringMatching(/^5 more: /) },
      changed: true,
    });
  });
  test('sheet 1 goes out with one row a place and one column an item', async () => {
    const sup = await house.as('sup01');
    const answer = await sup.fetch('GET', '/api/reports/export.xlsx?form=site_daily');
    expect(answer.status).toBe(200);
    const book = Buffer.from(await answer.arrayBuffer());
    expect(await sheetTitles(book)).toEqual(expect.arrayContaining(['工地', '在场人数', '隔离人数', '今天产值']));
    expect((await officer.fetch('GET', '/api/reports/export.xlsx?day=never')).status).toBe(422);
    expect((await (await house.as('worker01')).fetch('GET', '/api/reports/export.xlsx')).status).toBe(403);
  });
});
