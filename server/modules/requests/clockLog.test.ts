import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClockLog, ExplainedClock } from '../../../contract/clocks.ts';
import { api, type House, hour, minute, openHouse } from '../../testing/program.ts';
import { forgetTimetable } from '../clocks/held.ts';
import { forgetTimeline } from '../stages/index.ts';

let house: House;
beforeAll(async () => {
  // Wednesday 30 September 2026, 17:00 in Shanghai; the next day begins the National Day holiday.
  house = await openHouse({ at: '2026-09-30T09:00:00Z' });
  await house.sql(`update stages.stage set working_time = true`);
  forgetTimeline();
});
afterAll(() => house.stop());

const logOf = async (login: string, id: string): Promise<ClockLog> =>
  (await house.as(login)).do(api.clocks.ofRequest, { id });
const clock = (log: ClockLog, kind: ExplainedClock['kind']): ExplainedClock =>
  log.clocks.find((one) => one.kind === kind)!;
const codes = (one: ExplainedClock): string[] => one.lines.map((line) => line.code);
const later = (ms: number): string => new Date(house.clock.now().getTime() + ms).toISOString();

describe('a clock says why it shows what it shows', () => {
  test('nights, rest days and a holiday by its name stand between the submission and the due', async () => {
    const { id } = await house.given.request({ category: 'F01' });
    const log = await logOf('disp01', id);
    const resolve = clock(log, 'resolve');
    expect(codes(resolve).slice(0, 3)).toEqual(['asked', 'allowed', 'calendar']);
    expect(resolve.lines.find((line) => line.code === 'holiday')?.values).toMatchObject({
      zh: '国庆节',
      from: '2026-10-01',
      to: '2026-10-07',
      n: 7,
    });
    expect(resolve.lines.find((line) => line.code === 'allowed')?.values).toMatchObject({ minutes: 1440 });
    // 24 working hours from Wednesday 17:00: half an hour, then 8, 9 and (worked in exchange) 10 October.
    expect(resolve.due).toBe('2026-10-10T06:00:00.000Z');
    expect(resolve.lines.find((line) => line.code === 'make_up')?.values).toMatchObject({ from: '2026-10-10' });
  });
  test('staff see the inner target and the promise, the requester the promise only', async () => {
    const { id } = await house.given.request({ category: 'F01' });
    const staff = await logOf('disp01', id);
    expect(staff.clocks.map((one) => one.kind)).toEqual(['triage', 'contact', 'inner', 'resolve', 'promise']);
    expect(Date.parse(clock(staff, 'inner').due)).toBeLessThan(Date.parse(clock(staff, 'promise').due));
    const own = await logOf('worker01', id);
    expect(own.clocks.map((one) => one.kind)).toEqual(['promise']);
    const worker = await house.as('worker01');
    expect((await worker.do(api.requests.thread, { id })).dues.inner).toBeNull();
    expect((await house.standing(id)).dues.inner).toBe(clock(staff, 'inner').due);
  });
  test('by number and code the same short form; with a wrong code nothing', async () => {
    const { number, code } = await house.given.request({ category: 'F01', confidentiality: 'anonymous' });
    const visitor = await house.visitor();
    const log = await visitor.do(api.clocks.ofRequestByCode, { number, code });
    expect(log.clocks.map((one) => one.kind)).toEqual(['promise']);
    expect((await visitor.try(api.clocks.ofRequestByCode, { number, code: 'AAAAAAAAAA' })).code).not.toBeNull();
  });
  test('urgent and high run round the clock, and the log says so', async () => {
    const { id } = await house.given.request({ category: 'A02' });
    expect(codes(clock(await logOf('disp01', id), 'resolve'))).toContain('urgent_always');
  });
  test('what changed nothing is told as such, what moved it with who decided', async () => {
    const { id, caseId } = await house.given.request({ category: 'A02', until: 'in_progress' });
    const handler = await house.as('ho-l11');
    await (await house.as('worker01')).do(api.requests.nudge, { id });
    const { askId } = await handler.do(api.cases.ask, {
      id: caseId,
      kind: 'extension',
      reasonCode: 'parts',
      text: '等配件',
      until: later(20 * hour),
    });
    await (await house.as('disp00')).do(api.cases.decide, { id: askId, approve: true });
    const log = await logOf('ho-l11', id);
    const resolve = clock(log, 'resolve');
    expect(codes(resolve)).toEqual(['asked', 'allowed', 'urgent_always', 'accepted', 'nudged', 'extended']);
    expect(resolve.lines.at(-1)?.values).toMatchObject({ role: 'dispatcher_lead', until: resolve.due });
    expect(resolve.lines.at(-1)?.values.who).toBeTruthy();
    expect(resolve.originalDue).not.toBe(resolve.due);
    const own = await logOf('worker01', id);
    expect(own.clocks[0]!.lines.at(-1)).toMatchObject({ code: 'extended' });
    expect(own.clocks[0]!.lines.at(-1)!.values).not.toHaveProperty('who');
  });
  test('of a confidential request a handler learns the day, never the minute', async () => {
    const { id } = await house.given.request({ category: 'A02', confidentiality: 'confidential', until: 'accepted' });
    await (await house.as('worker01')).do(api.requests.nudge, { id });
    const log = await logOf('ho-l11', id);
    for (const line of log.clocks.flatMap((one) => one.lines))
      if (line.code === 'asked' || line.code === 'nudged') expect(line.at).toMatch(/T00:00:00.000Z$/);
    for (const one of log.clocks) expect(one.due).toMatch(/:00:00.000Z$/);
  });
  test('who may not read the request reads no log of it', async () => {
    const { id } = await house.given.request({ site: 'U04-01' });
    expect((await (await house.as('liai07')).try(api.clocks.ofRequest, { id })).status).toBe(404);
  });
  test('a device whose time was not believed is told', async () => {
    const at = house.clock.now();
    const { randomUUID } = await import('node:crypto');
    const { newCode } = await import('../../testing/program.ts');
    const id = randomUUID();
    await (await house.as('worker01')).do(api.requests.create, {
      id,
      queryCode: newCode(),
      categoryId: house.category('A02'),
      siteId: house.site('U04-01'),
      text: '停水两小时了。',
      confidentiality: 'open',
      submittedAt: new Date(at.getTime() - 600 * minute).toISOString(),
      sentAt: at.toISOString(),
    });
    expect(codes(clock(await logOf('disp01', id), 'triage'))).toContain('device_refused');
  });
});

describe('calendars, levels and warnings are changed from a moment on', () => {
  const lead = () => house.as('disp00');
  test('what was promised stays; what is asked afterwards is due by the new level', async () => {
    const before = await house.given.request({ category: 'F01' });
    const promised = (await house.standing(before.id)).dues;
    await (await lead()).do(api.clocks.setLevel, {
      priority: 'normal24',
      triageMinutes: 20,
      contactMinutes: 60,
      innerMinutes: 120,
      resolveMinutes: 240,
    });
    house.clock.forward(minute);
    expect((await house.standing(before.id)).dues).toEqual(promised);
    const after = await house.given.request({ category: 'F01' });
    expect(clock(await logOf('disp01', after.id), 'resolve').lines[1]!.values).toMatchObject({ minutes: 240 });
    const journal = await house.sql<{ figures: Record<string, unknown> }>(
      `select figures from journal.entry where action = 'clocks.level_set'`,
    );
    expect(journal[0]!.figures).toMatchObject({ priority: 'normal24', resolveMinutes: 240 });
  });
  test('mending a category reckons with what held at the submission', async () => {
    const { id } = await house.given.request({ category: 'F01' });
    const before = (await house.standing(id)).dues.resolve;
    house.clock.forward(minute);
    await (await lead()).do(api.clocks.setLevel, {
      priority: 'normal24',
      triageMinutes: 10,
      contactMinutes: 30,
      innerMinutes: 30,
      resolveMinutes: 60,
    });
    house.clock.forward(minute);
    await (await house.as('disp01')).do(api.requests.setFacts, {
      id,
      version: (await house.standing(id)).version,
      categoryId: house.category('F06'),
    });
    expect((await house.standing(id)).dues.resolve).toBe(before);
  });
  test('an earlier moment, an inner target after the promise, a step that is not higher: refused by the field’s name', async () => {
    const client = await lead();
    const level = {
      priority: 'high',
      triageMinutes: 10,
      contactMinutes: 30,
      innerMinutes: 60,
      resolveMinutes: 120,
    } as const;
    const fields = async (reply: Promise<{ problem: { fields?: { field: string }[] } }>): Promise<string[]> =>
      ((await reply).problem.fields ?? []).map((one) => one.field);
    expect(await fields(client.try(api.clocks.setLevel, { ...level, from: later(-hour) }))).toEqual(['from']);
    expect(await fields(client.try(api.clocks.setLevel, { ...level, innerMinutes: 300 }))).toEqual(['innerMinutes']);
    expect(
      await fields(
        client.try(api.clocks.setWarnings, {
          priority: 'high',
          clock: 'resolve',
          steps: [
            { afterMinutes: 0, tells: 'unit_leader' },
            { afterMinutes: 60, tells: 'line' },
          ],
        }),
      ),
    ).toEqual(['steps']);
    const { calendars } = await client.do(api.clocks.overview, {});
    const office = calendars.find((one) => one.code === 'office')!;
    expect(
      await fields(
        client.try(api.clocks.setWeek, { calendarId: office.id, week: [[], [[600, 540]], [], [], [], [], []] }),
      ),
    ).toEqual(['week.1']);
    expect(
      await fields(
        client.try(api.clocks.addDays, {
          calendarId: office.id,
          fromDate: '2026-10-01',
          toDate: '2026-10-01',
          working: false,
          zh: '国庆节',
          en: 'National Day',
        }),
      ),
    ).toEqual(['fromDate']);
  });
  test('a holiday is added by range, counts from then on, and can be taken back', async () => {
    const client = await lead();
    const office = (await client.do(api.clocks.overview, {})).calendars.find((one) => one.code === 'office')!;
    const range = { fromDate: '2026-11-02', toDate: '2026-11-04', working: false, zh: '停工检修', en: 'Shutdown' };
    expect(await client.do(api.clocks.addDays, { calendarId: office.id, ...range })).toEqual({ added: 3 });
    house.clock.set('2026-10-30T09:00:00Z');
    const { id } = await house.given.request({ category: 'F01' });
    forgetTimetable();
    const named = async (of: string) =>
      clock(await logOf('disp01', of), 'resolve').lines.filter((line) => line.code === 'holiday');
    expect((await named(id)).map((line) => line.values.zh)).toEqual(['停工检修']);
    const added = (await client.do(api.clocks.overview, {})).calendars
      .find((one) => one.code === 'office')!
      .days.filter((one) => one.zh === '停工检修');
    house.clock.forward(minute);
    await client.do(api.clocks.removeDays, { calendarId: office.id, ids: added.map((one) => one.id) });
    house.clock.forward(minute);
    const after = await house.given.request({ category: 'F01' });
    expect(await named(after.id)).toEqual([]);
    // What was promised is still explained by what held then.
    expect((await named(id)).map((line) => line.values.zh)).toEqual(['停工检修']);
  });
  test('a stage of one unit uses a calendar of its own', async () => {
    const client = await lead();
    const { id: calendarId } = await client.do(api.clocks.addCalendar, {
      code: 'seven_days',
      zh: '工地七天',
      en: 'Seven days',
      week: Array.from({ length: 7 }, () => [[480, 1200]] as [number, number][]),
    });
    const { id: before } = await house.given.request({ category: 'F01' });
    const stage = (
      await house.sql<{ stage_code: string }>('select stage_code from requests.request where id = $1', [before])
    )[0]!;
    await client.do(api.clocks.setUse, { stage: stage.stage_code, unitId: house.unit('U04'), calendarId });
    house.clock.forward(minute);
    const here = await house.given.request({ category: 'F01' });
    const there = await house.given.request({ category: 'F01', site: 'U07-01' });
    const calendarOf = async (id: string) =>
      clock(await logOf('disp01', id), 'resolve').lines.find((line) => line.code === 'calendar')?.values.zh;
    expect(await calendarOf(here.id)).toBe('工地七天');
    expect(await calendarOf(there.id)).toBe('机关工作时间');
  });
  test('a preview counts what would have been due when, and changes nothing', async () => {
    const client = await lead();
    const before = await house.sql('select count(*) as n from clocks.level');
    const { rows } = await client.do(api.clocks.preview, {
      draft: {
        kind: 'level',
        priority: 'high',
        triageMinutes: 5,
        contactMinutes: 10,
        innerMinutes: 30,
        resolveMinutes: 60,
      },
    });
    for (const row of rows)
      expect(row.priority === 'high' ? row.earlier : row.earlier + row.later).toBe(
        row.priority === 'high' ? row.requests : 0,
      );
    expect(await house.sql('select count(*) as n from clocks.level')).toEqual(before);
  });
  test('only who leads the desk comes to these pages', async () => {
    for (const login of ['disp01', 'ho-l11', 'lead00', 'sys01'])
      expect((await (await house.as(login)).try(api.clocks.overview, {})).status).toBe(403);
  });
});
