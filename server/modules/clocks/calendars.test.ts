import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWorld } from '../../demo/world.ts';
import { rootFolder } from '../../testing/database.ts';
import { addWorking, type Calendar, type DatedDay, skippedBetween, spansOn, workingBetween } from './calendars.ts';
import { type Circumstance, calendarFor, levelAt, type Timetable } from './timetable.ts';
import { dateOf, dayNumber, instantAt, localDay, weekdayOf } from './zone.ts';

const minute = 60_000;
/** Local time of the group, e.g. `2026-04-10 17:00`. */
const at = (local: string): Date => new Date(`${local.replace(' ', 'T')}:00+08:00`);

const day = [[510, 1050]] as const;
const twoShifts = [
  [510, 720],
  [780, 1050],
] as const;
const calendar = (over: Partial<Calendar> = {}): Calendar => ({
  code: 'office',
  zh: '机关工作时间',
  en: 'Office hours',
  zone: 'Asia/Shanghai',
  week: [[], day, day, day, day, day, []],
  days: new Map(),
  ...over,
});
const holiday = (zh: string): DatedDay => ({ working: false, spans: null, zh, en: zh });
const makeUp = (zh: string): DatedDay => ({ working: true, spans: null, zh, en: zh });
const dated = (days: Record<string, DatedDay>): Calendar['days'] =>
  new Map(Object.entries(days).map(([date, one]) => [dayNumber(date)!, one]));

describe('working time is Monday to Friday, 08:30 to 17:30, where the group is', () => {
  // 2026-04-10 is a Friday.
  test.each<[string, string, number, string]>([
    ['within a day', '2026-04-09 09:00', 60, '2026-04-09 10:00'],
    ['a night is skipped', '2026-04-09 17:00', 60, '2026-04-10 09:00'],
    ['a weekend is skipped', '2026-04-10 17:00', 60, '2026-04-13 09:00'],
    ['a full day ends at closing time', '2026-04-10 08:30', 540, '2026-04-10 17:30'],
    ['a minute more is Monday', '2026-04-10 08:30', 541, '2026-04-13 08:31'],
    ['asked before opening', '2026-04-10 06:00', 30, '2026-04-10 09:00'],
    ['asked on Saturday', '2026-04-11 12:00', 30, '2026-04-13 09:00'],
    ['24 working hours are two days and six hours', '2026-04-10 08:30', 24 * 60, '2026-04-14 14:30'],
  ])('%s', (_, from, minutes, to) => {
    expect(addWorking(at(from), minutes, calendar())).toEqual(at(to));
    expect(workingBetween(at(from), at(to), calendar())).toBe(minutes);
  });
  test('several spans a day: the midday break does not count', () => {
    const split = calendar({ week: [[], twoShifts, twoShifts, twoShifts, twoShifts, twoShifts, []] });
    expect(addWorking(at('2026-04-09 11:30'), 60, split)).toEqual(at('2026-04-09 13:30'));
    expect(workingBetween(at('2026-04-09 08:00'), at('2026-04-09 18:00'), split)).toBe(480);
  });
  test('round the clock every minute counts', () => {
    const always = calendar({ week: null, days: dated({ '2026-04-10': holiday('节') }) });
    expect(addWorking(at('2026-04-10 23:00'), 120, always)).toEqual(at('2026-04-11 01:00'));
    expect(workingBetween(at('2026-04-10 00:00'), at('2026-04-11 00:00'), always)).toBe(1440);
  });
});

describe('holidays and make-up working days (调休)', () => {
  const days = dated({
    '2026-10-01': holiday('国庆节'),
    '2026-10-02': holiday('国庆节'),
    '2026-10-10': makeUp('国庆节调休上班'),
  });
  test('a holiday never counts', () => {
    // Wednesday 30 September; Thursday and Friday are free, then the weekend.
    expect(addWorking(at('2026-09-30 17:00'), 60, calendar({ days }))).toEqual(at('2026-10-05 09:00'));
    expect(workingBetween(at('2026-10-01 00:00'), at('2026-10-05 00:00'), calendar({ days }))).toBe(0);
  });
  test('a make-up Saturday is worked like an ordinary day', () => {
    expect(addWorking(at('2026-10-09 17:00'), 60, calendar({ days }))).toEqual(at('2026-10-10 09:00'));
    expect(workingBetween(at('2026-10-10 00:00'), at('2026-10-11 00:00'), calendar({ days }))).toBe(540);
  });
  test('what was skipped is named: nights, rest days, holidays, days worked in exchange', () => {
    expect(skippedBetween(at('2026-09-30 17:00'), at('2026-10-12 09:00'), calendar({ days }))).toEqual({
      nights: 7,
      // 3–4 and 11 October; the 10th is worked.
      restDays: 3,
      holidays: [{ zh: '国庆节', en: '国庆节', from: dayNumber('2026-10-01'), to: dayNumber('2026-10-02') }],
      makeUpDays: [{ zh: '国庆节调休上班', en: '国庆节调休上班', day: dayNumber('2026-10-10') }],
    });
  });
  test('the demo world’s holidays: no date twice, days in exchange are weekends, holidays of a week have them', async () => {
    const { holidays } = await readWorld(rootFolder);
    const seen = new Set<string>();
    for (const one of holidays) {
      const [from, to] = [dayNumber(one.from)!, dayNumber(one.to)!];
      expect(to).toBeGreaterThanOrEqual(from);
      for (const date of [...Array.from({ length: to - from + 1 }, (_, i) => dateOf(from + i)), ...one.makeUp]) {
        expect(seen.has(date), date).toBe(false);
        seen.add(date);
      }
      for (const date of one.makeUp) expect([0, 6], date).toContain(weekdayOf(dayNumber(date)!));
    }
    for (const year of ['2025', '2026', '2027'])
      expect(new Set(holidays.filter((one) => one.from.startsWith(year)).map((one) => one.zh)).size).toBeGreaterThan(5);
  });
});

describe('addWorking and workingBetween for any calendar', () => {
  const instants = fc
    .integer({ min: Date.UTC(2025, 0, 1) / minute, max: Date.UTC(2027, 0, 1) / minute })
    .map((n) => new Date(n * minute));
  const work = fc.integer({ min: 1, max: 20_000 });
  const weeks = fc
    .array(
      fc
        .uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 6 })
        .map((marks) => marks.sort((a, b) => a - b))
        .map((marks) => marks.flatMap((mark, i): [number, number][] => (i % 2 === 1 ? [[marks[i - 1]!, mark]] : []))),
      { minLength: 7, maxLength: 7 },
    )
    // At least one hour of every day but Sunday: time must come to an end.
    .map((week) => week.map((spans, i) => (i > 0 && spans.length === 0 ? [[540, 600] as [number, number]] : spans)));
  const offDays = fc.uniqueArray(fc.integer({ min: 20_089, max: 20_850 }), { maxLength: 40 });
  // Berlin and St John's put clocks forward and back, the latter at odd offsets.
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns');
  const calendars = fc
    .record({ zone: zones, week: weeks, offDays })
    .map(({ offDays: off, ...rest }) => calendar({ ...rest, days: new Map(off.map((one) => [one, holiday('节')])) }));

  test('they are each other’s inverse', () => {
    fc.assert(
      fc.property(instants, work, calendars, (from, minutes, one) => {
        expect(workingBetween(from, addWorking(from, minutes, one), one)).toBeCloseTo(minutes, 6);
      }),
    );
  });
  test('more work is never done earlier, and asked later is never done earlier', () => {
    fc.assert(
      fc.property(instants, work, work, calendars, (from, a, b, one) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(addWorking(from, less, one).getTime()).toBeLessThanOrEqual(addWorking(from, more, one).getTime());
        const next = new Date(from.getTime() + b * minute);
        expect(addWorking(from, a, one).getTime()).toBeLessThanOrEqual(addWorking(next, a, one).getTime());
      }),
    );
  });
  test('work done in two goes takes as long as in one, and time between adds up', () => {
    fc.assert(
      fc.property(instants, work, work, calendars, (from, a, b, one) => {
        const middle = addWorking(from, a, one);
        expect(addWorking(middle, b, one)).toEqual(addWorking(from, a + b, one));
        const end = new Date(from.getTime() + (a + b) * minute);
        const between = new Date(from.getTime() + a * minute);
        expect(workingBetween(from, between, one) + workingBetween(between, end, one)).toBeCloseTo(
          workingBetween(from, end, one),
          6,
        );
      }),
    );
  });
  test('a holiday never counts, and what is due lies in or at the end of a span', () => {
    fc.assert(
      fc.property(instants, work, calendars, (from, minutes, one) => {
        const due = addWorking(from, minutes, one);
        expect(due.getTime() - from.getTime()).toBeGreaterThanOrEqual(minutes * minute);
        const before = new Date(due.getTime() - 1);
        const on = localDay(one.zone, before);
        expect(one.days.has(on)).toBe(false);
        expect(
          spansOn(one, on).some(
            ([start, end]) => instantAt(one.zone, on, start) <= before && before < instantAt(one.zone, on, end),
          ),
        ).toBe(true);
      }),
    );
  });
  test('on the night the clocks change, an hour is as long as it is', () => {
    const nightShift = calendar({ zone: 'Europe/Berlin', week: Array.from({ length: 7 }, () => [[0, 360]] as const) });
    const of = (date: string): number =>
      workingBetween(
        instantAt('Europe/Berlin', dayNumber(date)!, 0),
        instantAt('Europe/Berlin', dayNumber(date)!, 1000),
        nightShift,
      );
    expect([of('2026-03-28'), of('2026-03-29'), of('2026-10-25')]).toEqual([360, 300, 420]);
  });
});

describe('which calendar and which level held', () => {
  const t = (date: string): Date => new Date(`${date}T00:00:00Z`);
  const table: Timetable = {
    calendars: [
      {
        id: 1,
        code: 'office',
        zh: '机关',
        en: 'Office',
        weeks: [
          { from: t('2000-01-01'), by: null, week: [[], day, day, day, day, day, []] },
          { from: t('2026-06-01'), by: 'A', week: [[], day, day, day, day, day, day] },
        ],
        days: [
          {
            id: 'a',
            day: dayNumber('2026-10-01')!,
            ...holiday('国庆节'),
            from: t('2026-09-01'),
            until: t('2026-09-20'),
          },
        ],
      },
      {
        id: 2,
        code: 'site',
        zh: '工地',
        en: 'Site',
        weeks: [{ from: t('2000-01-01'), by: null, week: null }],
        days: [],
      },
    ],
    uses: [{ stage: 'S4', unitId: 7, calendarId: 2, from: t('2026-07-01') }],
    levels: [
      {
        priority: 'normal24',
        triageMinutes: 20,
        contactMinutes: 60,
        innerMinutes: 300,
        resolveMinutes: 600,
        from: t('2026-05-01'),
        by: 'A',
      },
    ],
    steps: [],
  };
  const one = (over: Partial<Circumstance> = {}): Circumstance => ({
    priority: 'normal24',
    stage: { code: 'S4', workingTime: true },
    unitId: 3,
    ...over,
  });
  const of = (when: string, over?: Partial<Circumstance>): Calendar =>
    calendarFor(table, 'Asia/Shanghai', one(over), t(when));
  test('a version holds from its moment on, never before', () => {
    expect(of('2026-05-31').week![6]).toEqual([]);
    expect(of('2026-06-01').week![6]).toEqual(day);
  });
  test('a holiday counts from when it was known until it was taken back', () => {
    const known = (when: string): boolean => of(when).days.has(dayNumber('2026-10-01')!);
    expect([known('2026-08-31'), known('2026-09-02'), known('2026-09-21')]).toEqual([false, true, false]);
  });
  test('a unit’s own calendar goes before that of the stage, from its day on', () => {
    expect(of('2026-06-30', { unitId: 7 }).code).toBe('office');
    expect(of('2026-07-02', { unitId: 7 }).week).toBeNull();
    expect(of('2026-07-02').code).toBe('office');
  });
  test('urgent and high run round the clock, and so do stages without working time', () => {
    expect(of('2026-07-02', { priority: 'high' }).week).toBeNull();
    expect(of('2026-07-02', { stage: { code: 'S2', workingTime: false } }).week).toBeNull();
  });
  test('the level set last holds; before it that of the beginning', () => {
    const sla = new Map([['normal24', { contactMinutes: 240, resolveHours: 24 }]]);
    expect(levelAt(table, sla, 'normal24', t('2026-04-30'))).toMatchObject({ triageMinutes: 30, resolveMinutes: 1440 });
    expect(levelAt(table, sla, 'normal24', t('2026-05-02'))).toMatchObject({ triageMinutes: 20, resolveMinutes: 600 });
  });
});
