import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '../../../contract/endpoint.ts';
import type { MeasureDue } from '../../../contract/measures.ts';
import { system } from '../../platform/actor.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { api, day, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { ended, makeDays } from './making.ts';
import { insertLines, type LineRecord } from './queries.ts';

/** A Tuesday, 09:00 in Shanghai; a day's measure is due at 20:00, 12:00 UTC. */
const morning = new Date('2026-03-03T01:00:00Z');
let house: House;
beforeAll(async () => {
  house = await openHouse({ at: morning });
});
afterAll(() => house.stop());
beforeEach(() => house.clock.set(morning));

const act = <T>(work: (context: { tx: never; actor: typeof system; now: Date }) => Promise<T>): Promise<T> =>
  inTransaction(house.program.desk.pool, (tx) => work({ tx: tx as never, actor: system, now: house.clock.now() }));

/** A line in force at U04-01 since last month, as a plan would bring it. */
async function lineIn(wanted: Partial<LineRecord> = {}): Promise<LineRecord> {
  const line: LineRecord = {
    id: randomUUID(),
    plan_id: randomUUID(),
    level: 'site',
    unit_id: house.unit('U04'),
    site_id: house.site('U04-01'),
    stage: 'S2',
    template_code: null,
    zh: '消杀和通风记录',
    en: 'Disinfection and ventilation log',
    place: '宿舍、食堂、厕所',
    how: '',
    work_line_id: house.line('L15'),
    owner_id: null,
    phase: 'during',
    nature: 'business',
    frequency: 'daily',
    rhythm: 'daily',
    due_minute: 1200,
    within_minutes: null,
    evidence: 'record',
    evidence_count: 1,
    red: false,
    fever: false,
    in_force_from: new Date('2026-02-01T00:00:00Z'),
    ended_at: null,
    ...wanted,
  };
  await act((context) => insertLines(context.tx, [line]));
  return line;
}
const made = (planId: string, back = 0): Promise<number> =>
  act((context) => makeDays(context.tx, house.dir, context.now, [planId], back));
/** A line with its windows of today and tomorrow made. */
async function given(wanted: Partial<LineRecord> = {}): Promise<{ line: LineRecord; due: MeasureDue }> {
  const line = await lineIn(wanted);
  await made(line.plan_id);
  return { line, due: (await dueOf(line))! };
}
async function dueOf(line: LineRecord, login = 'site01'): Promise<MeasureDue | undefined> {
  const { rows } = await (await house.as(login)).do(api.measures.mine, {});
  return rows.find((one) => one.lineId === line.id);
}
const stands = async (id: string, login = 'liai04') => (await house.as(login)).do(api.measures.one, { id });
const tickOf = (id: string, other: Partial<InputOf<typeof api.measures.tick>> = {}) => ({
  id,
  markId: randomUUID(),
  words: '三层宿舍都喷了',
  ...other,
});
async function photo(login = 'site01'): Promise<string> {
  const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#3a6' } })
    .jpeg()
    .toBuffer();
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'x.jpg');
  return ((await (await (await house.as(login)).fetch('POST', '/api/files', form)).json()) as { id: string }).id;
}
const told = async (login: string): Promise<string[]> =>
  (await (await house.as(login)).do(api.messages.inbox, {})).messages.map((one) => one.kind);

describe('a measure in force falls due', () => {
  test('windows are made once, however often the day is made', async () => {
    const line = await lineIn();
    expect(await made(line.plan_id)).toBe(2);
    expect(await made(line.plan_id)).toBe(0);
    await house.timers.run('measures.next_day');
    const rows = await house.sql<{ n: string }>('select count(*) as n from measures.occurrence where line_id = $1', [
      line.id,
    ]);
    expect(Number(rows[0]!.n)).toBeGreaterThanOrEqual(2);
    const keys = await house.sql(
      'select key from measures.occurrence where line_id = $1 group by key having count(*) > 1',
      [line.id],
    );
    expect(keys).toEqual([]);
  });

  test('once within 24 hours is due from the moment the plan comes into force', async () => {
    const from = new Date(morning.getTime() - hour);
    const { due } = await given({ frequency: 'once+24h', rhythm: 'once', within_minutes: 1440, in_force_from: from });
    expect(due.due).toBe(new Date(from.getTime() + day).toISOString());
  });

  test('each of three shifts is a window, and one that was over when the plan came into force is not owed', async () => {
    const { line } = await given({ frequency: 'per_shift', rhythm: 'per_shift', in_force_from: morning });
    const rows = await house.sql<{ key: string }>(
      `select key from measures.occurrence where line_id = $1 and day = '2026-03-03' order by key`,
      [line.id],
    );
    expect(rows.map((one) => one.key)).toEqual(['2026-03-03 D', '2026-03-03 E']);
  });

  test('what was done today under the plan before is not asked for again by its successor', async () => {
    const old = await given({ template_code: 'S2-M10' });
    await (await house.as('site01')).do(api.measures.tick, tickOf(old.due.id));
    await act((context) => ended(context, [old.line.plan_id]));
    const next = await lineIn({ template_code: 'S2-M10', in_force_from: morning });
    await made(next.plan_id);
    const days = await house.sql<{ day: string }>('select day from measures.occurrence where line_id = $1', [next.id]);
    expect(days.map((one) => one.day)).toEqual(['2026-03-04']);
  });

  test('what is open of a superseded plan is over; what was done stays done', async () => {
    const plan = randomUUID();
    const done = await given({ plan_id: plan });
    const open = await given({ plan_id: plan });
    const officer = await house.as('site01');
    await officer.do(api.measures.tick, tickOf(done.due.id));
    await act((context) => ended(context, [plan]));
    expect((await stands(done.due.id)).state).toBe('done');
    expect((await stands(open.due.id)).state).toBe('ended');
    expect(await dueOf(open.line)).toBeUndefined();
    // What was on its way from a phone without signal is kept beside it and undoes nothing.
    expect((await officer.do(api.measures.tick, tickOf(open.due.id))).state).toBe('ended');
  });

  test('what happens falls due from that moment, as the line says, once however often it is sent', async () => {
    const line = await lineIn({
      zh: '异常人员30分钟内单独安置并报告',
      frequency: 'per_event',
      rhythm: 'per_event',
      within_minutes: 30,
      red: true,
      fever: true,
    });
    const officer = await house.as('site01');
    const { events } = await officer.do(api.measures.mine, {});
    expect(events.find((one) => one.lineId === line.id)).toMatchObject({ fever: true, minutes: 30 });
    const occurrenceId = randomUUID();
    const madeAt = new Date(morning.getTime() - 10 * minute).toISOString();
    const happened = { id: line.id, occurrenceId, madeAt, sentAt: morning.toISOString() };
    const due = await officer.do(api.measures.happened, happened);
    expect(due.due).toBe(new Date(morning.getTime() + 20 * minute).toISOString());
    expect((await officer.do(api.measures.happened, happened)).id).toBe(occurrenceId);
    expect((await stands(occurrenceId)).marks).toHaveLength(1);
    expect(await told('liai04')).toContain('measure.happened');
    const daily = await lineIn();
    const refused = await officer.try(api.measures.happened, { id: daily.id, occurrenceId: randomUUID() });
    expect(refused.code).toBe('bad_input');
  });
});

test('what happened without signal, under a plan that ended meanwhile, falls due under its successor', async () => {
  const fever = {
    zh: '异常人员 15 分钟内单独安置',
    frequency: 'per_event',
    rhythm: 'per_event',
    within_minutes: 15,
    red: true,
    template_code: 'S2-M11',
  };
  const old = await lineIn(fever);
  await act((context) => ended(context, [old.plan_id]));
  const officer = await house.as('site01');
  const happened = { id: old.id, occurrenceId: randomUUID() };
  expect((await officer.try(api.measures.happened, happened)).code).toBe('measure_over');
  const next = await lineIn(fever);
  expect(await officer.do(api.measures.happened, happened)).toMatchObject({ lineId: next.id, state: 'open' });
  expect((await officer.do(api.measures.happened, happened)).id).toBe(happened.occurrenceId);
});

describe('it is done with its evidence', () => {
  test.each([
    ['record', {}, 'words'],
    ['doc', { words: '太短' }, 'words'],
    ['count', { words: '写了字没写数' }, 'number'],
    ['sign', { words: '交接单两份' }, 'signer'],
    ['photo', { words: '没有照片' }, 'fileIds'],
  ] as const)('%s: what is lacking is named by its field', async (evidence, evidenceGiven, field) => {
    const { due } = await given({ evidence, evidence_count: 2 });
    const answer = await (await house.as('site01')).try(api.measures.tick, {
      id: due.id,
      markId: randomUUID(),
      ...evidenceGiven,
    });
    expect(answer.problem.fields?.map((one) => one.field)).toEqual([field]);
    expect((await stands(due.id)).state).toBe('open');
  });

  test('pictures are kept with it and open to whoever may read it, and to nobody else', async () => {
    const { due } = await given({ evidence: 'photo', evidence_count: 2 });
    const officer = await house.as('site01');
    const fileIds = [await photo(), await photo()];
    await officer.do(api.measures.tick, tickOf(due.id, { words: undefined, fileIds }));
    const file = `/api/measures/${due.id}/files/${fileIds[0]}`;
    expect((await (await house.as('liai04')).fetch('GET', file)).status).toBe(200);
    for (const other of ['liai07', 'worker01', 'fu01'])
      expect((await (await house.as(other)).fetch('GET', file)).status).not.toBe(200);
    expect((await (await house.visitor()).fetch('GET', file)).status).not.toBe(200);
  });

  test('the same tick sent twice is one; a second phone’s is kept as a further entry, and neither is an error', async () => {
    const { due } = await given();
    const officer = await house.as('site01');
    const first = tickOf(due.id);
    await Promise.all([officer.do(api.measures.tick, first), officer.do(api.measures.tick, first)]);
    await officer.do(api.measures.tick, tickOf(due.id, { words: '另一部手机也记了' }));
    const { marks, state, proof } = await stands(due.id);
    expect(marks.map((one) => one.kind)).toEqual(['done', 'more']);
    expect(state).toBe('done');
    expect(proof?.words).toBe('三层宿舍都喷了');
  });

  test('made without signal, it counts from the device’s time although it lapsed meanwhile', async () => {
    const { due } = await given();
    house.clock.set('2026-03-03T12:30:00Z');
    await house.timers.run('measures.lapse');
    expect((await stands(due.id)).state).toBe('lapsed');
    const madeAt = '2026-03-03T11:50:00.000Z';
    const row = await (await house.as('site01')).do(
      api.measures.tick,
      tickOf(due.id, { madeAt, sentAt: '2026-03-03T12:30:00Z' }),
    );
    expect(row).toMatchObject({ state: 'done', late: false, offline: true, doneAt: madeAt });
    expect(row.lapsedAt).not.toBeNull();
  });

  test.each([
    ['it arrives more than two hours later', '2026-03-03T11:50:00Z', '2026-03-03T14:00:00Z'],
    ['the device tells the wrong time', '2026-03-03T11:50:00Z', '2026-03-03T12:20:00Z'],
  ])('made without signal, it counts from its arrival where %s', async (_, madeAt, sentAt) => {
    const { due } = await given();
    const arrival = sentAt === '2026-03-03T12:20:00Z' ? '2026-03-03T12:30:00Z' : sentAt;
    house.clock.set(arrival);
    await house.timers.run('measures.lapse');
    const row = await (await house.as('site01')).do(api.measures.tick, tickOf(due.id, { madeAt, sentAt }));
    expect(row).toMatchObject({ state: 'done', late: true, doneAt: new Date(arrival).toISOString() });
  });

  test('of two phones the earlier one says when it was done', async () => {
    const { due } = await given();
    const officer = await house.as('site01');
    house.clock.set('2026-03-03T12:20:00Z');
    await officer.do(api.measures.tick, tickOf(due.id));
    expect((await stands(due.id)).late).toBe(true);
    await officer.do(
      api.measures.tick,
      tickOf(due.id, { madeAt: '2026-03-03T11:00:00Z', sentAt: '2026-03-03T12:20:00Z' }),
    );
    expect(await stands(due.id)).toMatchObject({ state: 'done', late: false, doneAt: '2026-03-03T11:00:00.000Z' });
  });

  test.each(['site02', 'worker01', 'liai04', 'lead04', 'fu01'])(
    '%s, who does not answer for it, does not tick it',
    async (login) => {
      const { due } = await given();
      const answer = await (await house.as(login)).try(api.measures.tick, tickOf(due.id));
      expect([403, 404]).toContain(answer.status);
      expect((await stands(due.id)).state).toBe('open');
    },
  );

  test('a unit’s own measures are its liaison’s and its line’s, the group’s are the support group’s', async () => {
    const unit = await lineIn({ level: 'unit', site_id: null, work_line_id: house.line('L11') });
    const group = await lineIn({ level: 'group', site_id: null, unit_id: null });
    await made(unit.plan_id);
    await made(group.plan_id);
    for (const [line, logins] of [
      [unit, ['liai04', 'u04-l11']],
      [group, ['sup01', 'hand15']],
    ] as const)
      for (const login of logins) expect((await dueOf(line, login))?.can.tick, login).toBe(true);
    for (const login of ['site01', 'liai07', 'sup01']) expect(await dueOf(unit, login), login).toBeUndefined();
    expect(await dueOf(group, 'liai04')).toBeUndefined();
  });
});

describe('it lapses where everybody sees it', () => {
  test('past its due it lapses once, its owner is told, and of a red line the liaison at once', async () => {
    const { due } = await given({ red: true });
    const redTold = async () => (await told('liai04')).filter((kind) => kind === 'measure.red_lapsed').length;
    // What other red lines are past their due by now has been told before this one lapses.
    house.clock.set('2026-03-03T11:59:00Z');
    await house.timers.run('measures.lapse');
    house.clock.set('2026-03-03T12:01:00Z');
    const before = await redTold();
    await Promise.all([house.timers.run('measures.lapse'), house.timers.run('measures.lapse')]);
    const stood = await stands(due.id);
    expect(stood).toMatchObject({ state: 'lapsed', lapsedAt: due.due });
    expect(await told('site01')).toContain('measure.lapsed');
    expect(await redTold()).toBe(before + 1);
    const { rows } = await (await house.as('liai04')).do(api.measures.lapses, {});
    const listed = rows.find((one) => one.due.id === due.id)!;
    expect(listed.ring[0]!.name).not.toBe('');
    expect(listed.ring[0]!.number).not.toBeNull();
    await house.settled();
    const journal = await house.sql<{ n: string }>(
      `select count(*) as n from journal.entry where action = 'measures.lapsed' and at = $1`,
      [house.clock.now()],
    );
    expect(Number(journal[0]!.n)).toBeGreaterThan(0);
  });

  test('a red line that lapses is told even where another of the same hour was told before', async () => {
    const redTold = async () => (await told('liai04')).filter((kind) => kind === 'measure.red_lapsed').length;
    const before = await redTold();
    for (let n = 1; n <= 2; n++) {
      house.clock.set(morning);
      await given({ red: true });
      house.clock.set('2026-03-03T12:02:00Z');
      await house.timers.run('measures.lapse');
      expect(await redTold()).toBe(before + n);
    }
  });

  test('a lapsed one may still be done, and is late for ever', async () => {
    const { due } = await given();
    house.clock.set('2026-03-03T15:00:00Z');
    await house.timers.run('measures.lapse');
    const officer = await house.as('site01');
    await officer.do(api.measures.tick, tickOf(due.id));
    expect(await stands(due.id)).toMatchObject({ state: 'done', late: true });
    const board = await (await house.as('liai04')).do(api.measures.board, { day: '2026-03-03' });
    const site = board.units[0]!.sites.find((one) => one.siteId === house.site('U04-01'))!;
    expect(site.figures.late).toBeGreaterThan(0);
    const records = await (await house.as('liai04')).do(api.measures.records, {
      day: '2026-03-03',
      show: 'late',
      siteId: house.site('U04-01'),
    });
    expect(records.total).toBe(site.figures.late);
    expect(records.rows.map((one) => one.id)).toContain(due.id);
  });

  test('the same measure lapsing three days running goes to the unit’s leader', async () => {
    const site = house.dir.nodesByCode.get('U07-01')!.id;
    const line = await lineIn({ unit_id: house.unit('U07'), site_id: site });
    const toLeader = async (): Promise<number> =>
      (
        await house.sql(`select 1 from messages.message where kind = 'measure.lapsing' and about_id = $1`, [
          String(site),
        ])
      ).length;
    for (const today of ['2026-03-10', '2026-03-11', '2026-03-12']) {
      expect(await toLeader()).toBe(0);
      house.clock.set(`${today}T01:00:00Z`);
      await made(line.plan_id);
      house.clock.set(`${today}T12:00:00Z`);
      await house.timers.run('measures.lapse');
    }
    expect(await toLeader()).toBe(1);
    const { rows } = await (await house.as('liai07')).do(api.measures.lapses, {});
    expect(rows.find((one) => one.due.lineId === line.id && one.due.day === '2026-03-12')?.daysRunning).toBe(3);
  });
});

test('what a phone without signal did in time is no lapse for the leader, whatever it looked like meanwhile', async () => {
  const site = house.dir.nodesByCode.get('U04-02')!.id;
  const line = await lineIn({ site_id: site });
  for (const today of ['2026-04-07', '2026-04-08', '2026-04-09']) {
    house.clock.set(`${today}T01:00:00Z`);
    await made(line.plan_id);
    const due = (await dueOf(line, 'site02'))!;
    house.clock.set(`${today}T12:30:00Z`);
    await house.timers.run('measures.lapse');
    const [madeAt, sentAt] = [`${today}T11:00:00Z`, `${today}T12:30:00Z`];
    if (today !== '2026-04-09')
      await (await house.as('site02')).do(api.measures.tick, tickOf(due.id, { madeAt, sentAt }));
  }
  const { rows } = await (await house.as('liai04')).do(api.measures.lapses, {});
  expect(rows.find((one) => one.due.lineId === line.id)!.daysRunning).toBe(1);
  expect(
    await house.sql(`select 1 from messages.message where kind = 'measure.lapsing' and about_id = $1`, [String(site)]),
  ).toEqual([]);
});

test('a measure whose named owner has left, or that nobody at the place could do, is nobody’s', async () => {
  const group = await house.as('sup01');
  const found = async (nodeId?: number): Promise<string[]> =>
    (await group.do(api.duty.orphans, nodeId === undefined ? {} : { nodeId })).sources
      .find((one) => one.key === 'measures')!
      .orphans.map((one) => one.label.zh);
  const [owner] = await house.sql<{ id: string }>(`select id from access.account where login = 'u07-l11'`);
  await lineIn({ unit_id: house.unit('U07'), site_id: house.site('U07-07'), zh: '有人管', owner_id: owner!.id });
  await lineIn({ unit_id: house.unit('U07'), site_id: null, level: 'unit', zh: '联络员管', work_line_id: null });
  await lineIn({ unit_id: null, site_id: null, level: 'group', zh: '综合保障组管' });
  expect(await found()).toEqual([]);
  await house.sql(`update access.account set disabled = true where id = $1`, [owner!.id]);
  await house.sql(`update access.grant_ set revoked_at = now() where role = 'unit_liaison' and node_id = $1`, [
    house.unit('U07'),
  ]);
  expect(await found()).toEqual([expect.stringMatching(/：联络员管$/), expect.stringMatching(/：有人管$/)]);
  expect(await found(house.unit('U04'))).toEqual([]);
});

describe('what cannot be done is answered', () => {
  const cannot = async (line: Partial<LineRecord> = {}) => {
    const { due } = await given(line);
    const row = await (await house.as('site01')).do(api.measures.cannot, {
      id: due.id,
      markId: randomUUID(),
      reason: '消毒液昨天就用完了',
    });
    return row;
  };

  test('it needs a reason, goes to the liaison and waits there by age', async () => {
    const { due } = await given();
    const officer = await house.as('site01');
    const wordless = await officer.try(api.measures.cannot, { id: due.id, markId: randomUUID(), reason: ' ' });
    expect(wordless.problem.fields?.[0]?.field).toBe('reason');
    const row = await cannot();
    expect(row).toMatchObject({ state: 'cannot', cannot: { reason: '消毒液昨天就用完了', answer: null } });
    expect(await told('liai04')).toContain('measure.cannot');
    const { rows } = await (await house.as('liai04')).do(api.measures.cannots, {});
    expect(rows.map((one) => one.id)).toContain(row.id);
    const ages = rows.map((one) => one.cannot!.at);
    expect(ages).toEqual([...ages].sort());
  });

  test('help is a supervised task of the line; the measure may still be done', async () => {
    const row = await cannot();
    const liaison = await house.as('liai04');
    const answered = await liaison.do(api.measures.answer, {
      id: row.id,
      version: row.version,
      how: 'help',
      words: '今天下午从片区仓送两桶过去',
    });
    expect(answered.cannot).toMatchObject({ answer: 'help', answeredBy: expect.any(String) });
    const task = await (await house.as('lead04')).do(api.tasks.task, { id: answered.cannot!.task!.id });
    expect(task.source.kind).toBe('measure');
    expect(await told('site01')).toContain('measure.answered');
    expect((await (await house.as('site01')).do(api.measures.tick, tickOf(row.id))).state).toBe('done');
  });

  test('who said it does not answer it, nor does another unit; two answers are one', async () => {
    const row = await cannot();
    const input = { id: row.id, version: row.version, how: 'excused', words: '停工一天，不做' } as const;
    for (const login of ['site01', 'liai07', 'lead04', 'worker01'])
      expect([403, 404], login).toContain((await (await house.as(login)).try(api.measures.answer, input)).status);
    const answers = await Promise.all(
      ['liai04', 'sup01'].map(async (login) => (await house.as(login)).try(api.measures.answer, input)),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
    const { rows } = await (await house.as('liai04')).do(api.measures.cannots, {});
    expect(rows.map((one) => one.id)).not.toContain(row.id);
  });
});

describe('who did it does not say that it was done well', () => {
  const doneOne = async () => {
    const { due } = await given();
    return (await house.as('site01')).do(api.measures.tick, tickOf(due.id));
  };

  test('agreed from outside, it counts as checked', async () => {
    const row = await doneOne();
    for (const login of ['site01', 'site02', 'liai07', 'lead04'])
      expect([403, 404], login).toContain(
        (await (await house.as(login)).try(api.measures.check, { id: row.id, version: row.version, verdict: 'agreed' }))
          .status,
      );
    const { rows } = await (await house.as('liai04')).do(api.measures.sample, {});
    expect(rows.every((one) => one.can.check)).toBe(true);
    const checked = await (await house.as('liai04')).do(api.measures.check, {
      id: row.id,
      version: row.version,
      verdict: 'agreed',
    });
    expect(checked).toMatchObject({ state: 'done', verdict: 'agreed' });
  });

  test('not agreed needs a reason and opens it again while its window runs', async () => {
    const row = await doneOne();
    const support = await house.as('sup01');
    const refusal = { id: row.id, version: row.version, verdict: 'refused' } as const;
    expect((await support.try(api.measures.check, refusal)).problem.fields?.[0]?.field).toBe('words');
    expect(await support.do(api.measures.check, { ...refusal, words: '照片是昨天的' })).toMatchObject({
      state: 'open',
      verdict: 'refused',
      doneAt: null,
    });
    expect(await told('site01')).toContain('measure.refused');
    expect(await (await house.as('site01')).do(api.measures.tick, tickOf(row.id))).toMatchObject({
      state: 'done',
      verdict: null,
    });
  });

  test('not agreed after its window it stands as lapsed', async () => {
    const row = await doneOne();
    house.clock.set('2026-03-03T13:00:00Z');
    const refused = await (await house.as('liai04')).do(api.measures.check, {
      id: row.id,
      version: row.version,
      verdict: 'refused',
      words: '没有做',
    });
    expect(refused).toMatchObject({ state: 'lapsed', verdict: 'refused' });
  });

  test('a unit’s own measure is not checked by its liaison', async () => {
    const line = await lineIn({ level: 'unit', site_id: null });
    await made(line.plan_id);
    const due = (await dueOf(line, 'liai04'))!;
    const row = await (await house.as('liai04')).do(api.measures.tick, tickOf(due.id));
    expect(row.can.check).toBe(false);
    const input = { id: row.id, version: row.version, verdict: 'agreed' } as const;
    expect((await (await house.as('liai04')).try(api.measures.check, input)).code).toBe('measure_not_outside');
    expect((await (await house.as('sup01')).do(api.measures.check, input)).verdict).toBe('agreed');
  });
});

test('what the measures asked of a person stands in their list of duties: done, late, or done by another', async () => {
  const { measuresOf } = await import('./fulfilment.ts');
  const done = await given();
  const lapsed = await given();
  const officer = await house.as('site01');
  await officer.do(api.measures.tick, tickOf(done.due.id));
  house.clock.set('2026-03-03T12:01:00Z');
  await house.timers.run('measures.lapse');
  const { id } = (await (await house.as('site01')).fetch('GET', '/api/session').then((one) => one.json())) as {
    id: string;
  };
  const items = await act((context) =>
    measuresOf(context.tx, id, new Date('2026-03-02T16:00:00Z'), new Date('2026-03-03T16:00:00Z')),
  );
  const stateOf = (dueId: string) => items.find((one) => one.key === dueId)?.state;
  expect([stateOf(done.due.id), stateOf(lapsed.due.id)]).toEqual(['done', 'late']);
});

test('after the days of retention notes and pictures are forgotten, who did it and when is not', async () => {
  const { due } = await given({ evidence: 'photo', evidence_count: 1 });
  await (await house.as('site01')).do(api.measures.tick, tickOf(due.id, { fileIds: [await photo()] }));
  house.clock.forward(181 * day);
  await house.timers.run('measures.forget');
  const { marks, doneBy, proof } = await stands(due.id);
  expect(marks[0]).toMatchObject({ words: null, files: [], by: doneBy });
  expect(proof).toMatchObject({ words: null, files: 0 });
  expect(await house.sql('select 1 from platform.file where record_id = $1', [marks[0]!.id])).toEqual([]);
});
