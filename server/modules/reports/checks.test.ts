import { describe, expect, test } from 'vitest';
import {
  headCount,
  outliersOf,
  prefilled,
  type ReportItem,
  reportFaults,
  scoreOf,
  usualOf,
} from '../../../contract/report-checks.ts';
import { reportItem } from '../../../contract/reports.ts';
import { dueDayFrom, filedAt, isDueOn } from './calendar.ts';
import { alike, nearEnough, plain } from './nearness.ts';

const item = (one: Partial<ReportItem> & Pick<ReportItem, 'key' | 'kind'>): ReportItem =>
  reportItem.parse({ concept: `x.${one.key}`, zh: one.key, en: one.key, ...one });
const crews = [
  { id: 'a', zh: '一班', planned: 98 },
  { id: 'b', zh: '二班', planned: 60 },
];
const items = [
  item({ key: 'in', kind: 'whole', heads: 'in' }),
  item({ key: 'out', kind: 'whole', heads: 'out' }),
  item({ key: 'here', kind: 'crews', heads: 'here', carried: true }),
  item({ key: 'isolated', kind: 'whole' }),
  item({ key: 'tested', kind: 'whole', stages: ['S2'] }),
  item({ key: 'words', kind: 'text', required: false }),
];
const full = { in: 6, out: 3, here: { a: 96, b: 59 }, isolated: 0 };
const check = (values: object, stage = 'S1', base: { day: string; heads: number } | null = { day: 'd', heads: 152 }) =>
  reportFaults({ items, stage, values: values as typeof full, crews, base });

describe('what keeps a report from being sent', () => {
  test('heads must equal yesterday plus in minus out', () => {
    expect(check(full)).toEqual([]);
    expect(check({ ...full, here: { a: 96, b: 60 } })).toEqual([
      { key: 'here', code: 'heads', is: 156, shouldBe: 155 },
    ]);
    expect(headCount(items, full, crews, { day: 'd', heads: 152 })).toMatchObject({ shouldBe: 155, is: 155 });
  });
  test('a first report has no yesterday to add up with', () => {
    expect(check({ ...full, here: { a: 1, b: 1 } }, 'S1', null)).toEqual([]);
  });
  test('blank is a fault and zero is said', () => {
    expect(check({ ...full, isolated: null })).toEqual([{ key: 'isolated', code: 'blank' }]);
    expect(check({ ...full, here: { a: 155 } })).toEqual([{ key: 'here', code: 'blank', part: 'b' }]);
    expect(check({ ...full, words: ' ' })).toEqual([]);
  });
  test('what a stage does not ask may stay blank', () => {
    expect(check(full, 'S2')).toEqual([{ key: 'tested', code: 'blank' }]);
  });
  test.each([
    [{ isolated: -1 }, 'too_small'],
    [{ isolated: 1.5 }, 'not_whole'],
    [{ isolated: 'two' }, 'not_number'],
    [{ words: 'x'.repeat(501) }, 'too_long'],
  ])('%j: %s', (wrong, code) => {
    expect(check({ ...full, ...wrong }).map((one) => one.code)).toEqual([code]);
  });
  test('a count of isolation never begins with the one of yesterday', () => {
    expect(prefilled(items, full, [...crews, { id: 'new', zh: '三班', planned: 3 }])).toEqual({
      here: { a: 96, b: 59 },
    });
  });
});

describe('what is out of the ordinary (docs/reports.md)', () => {
  const past = [90, 92, 95, 96, 96, 97, 94, 95, 93, 98, 96, 95, 94, 96];
  test('median, spread and the usual range of fourteen days', () => {
    const usual = usualOf(past)!;
    expect(usual).toMatchObject({ median: 95, low: 92, high: 97, n: 14 });
    expect(usual.spread).toBeCloseTo(1.4826, 4);
    expect(scoreOf(usual, 59)).toBeCloseTo(-36 / 4.75, 4);
    expect(scoreOf(usual, 98)).toBeCloseTo(3 / 4.75, 4);
  });
  test('59 after 96 is shown, 90 is not', () => {
    const usual = { isolated: usualOf(past)! };
    expect(outliersOf(items, { isolated: 59 }, crews, usual)).toMatchObject([{ key: 'isolated', value: 59 }]);
    expect(outliersOf(items, { isolated: 90 }, crews, usual)).toEqual([]);
  });
  test('where it was always zero, three are no alarm and four are', () => {
    const usual = { isolated: usualOf(Array(14).fill(0))! };
    expect(outliersOf(items, { isolated: 3 }, crews, usual)).toEqual([]);
    expect(outliersOf(items, { isolated: 4 }, crews, usual)).toHaveLength(1);
  });
  test('six reports say nothing of the ordinary', () => {
    expect(usualOf(past.slice(0, 6))).toBeNull();
  });
});

describe('made on the phone counts from the phone', () => {
  const at = (hhmm: string): Date => new Date(`2026-11-20T${hhmm}:00Z`);
  test.each([
    ['sent at once', '08:40', '08:40', undefined, '08:40', '08:40'],
    ['no signal all afternoon, sent within two hours of its return', '06:00', '11:10', '11:05', '11:10', '06:00'],
    ['kept two hours and more after the network was back', '06:00', '11:10', '09:00', '11:10', '11:10'],
    ['a clock six minutes wrong', '08:40', '08:46', undefined, '08:40', '08:40'],
    ['a clock six minutes wrong, made earlier', '08:00', '08:34', undefined, '08:40', '08:40'],
    ['made later than it came', '09:00', '08:40', undefined, '08:40', '08:40'],
  ])('%s', (_, made, sent, back, arrived, counts) => {
    expect(filedAt(at(arrived), { madeAt: at(made), sentAt: at(sent), backAt: back ? at(back) : undefined })).toEqual(
      at(counts),
    );
  });
  test('without the time of sending the arrival counts', () => {
    expect(filedAt(at('09:00'), { madeAt: at('08:00') })).toEqual(at('09:00'));
  });
});

describe('when a form is due', () => {
  const due = { weekday: 5, monthDay: 25, date: '2026-12-01', times: {} };
  test('a weekly one all its week, on its day', () => {
    expect(isDueOn('weekly', due, '2026-11-20')).toBe(true);
    expect(dueDayFrom('weekly', due, '2026-11-21')).toBe('2026-11-27');
    expect(dueDayFrom('weekly', due, '2026-11-27')).toBe('2026-11-27');
  });
  test('daily, monthly and once', () => {
    expect(dueDayFrom('daily', due, '2026-11-21')).toBe('2026-11-21');
    expect(dueDayFrom('monthly', due, '2026-11-10')).toBeNull();
    expect(dueDayFrom('monthly', due, '2026-11-20')).toBe('2026-11-25');
    expect(dueDayFrom('once', due, '2026-11-20')).toBe('2026-12-01');
    expect(dueDayFrom('once', due, '2026-12-02')).toBeNull();
  });
});

describe('two wordings of one question', () => {
  test.each([
    ['在场人数', '今天在场人数合计', 1],
    ['口罩库存', '口罩库存数量', 1],
    ['体温异常人数', '体温异常情况', 1],
    ['防疫物资库存', '防疫物资库存量', 0.9],
    ['number of people tested', 'People tested today', 1],
  ])('%s is %s', (a, b, least) => {
    expect(alike(a, b)).toBeGreaterThanOrEqual(Math.min(least, nearEnough));
  });
  test.each([
    ['空床位', '在场人数'],
    ['检测阳性', '检测试剂库存'],
    ['进场车辆', '离场人数'],
    ['Free beds', 'Meals served'],
  ])('%s is not %s', (a, b) => {
    expect(alike(a, b)).toBeLessThan(nearEnough);
  });
  test('signs, widths and words that say nothing are left out', () => {
    expect(plain('今日（实际）Ｎ９５ 数量')).toBe('n95');
  });
});
