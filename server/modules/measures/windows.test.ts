import { describe, expect, test } from 'vitest';
import { dayAt, isFever, type Rhythm, readFrequency, windowsOf } from './windows.ts';

const shanghai = { offset: () => 480 };

describe('how often and by when', () => {
  test.each([
    ['daily', [], { rhythm: 'daily', dueMinute: 1200, withinMinutes: null }],
    ['daily', ['17:30 前拍照'], { rhythm: 'daily', dueMinute: 1050, withinMinutes: null }],
    ['daily', ['9：00前'], { rhythm: 'daily', dueMinute: 540, withinMinutes: null }],
    ['daily', ['99:99 前'], { rhythm: 'daily', dueMinute: 1200, withinMinutes: null }],
    ['per_shift', [], { rhythm: 'per_shift', dueMinute: 1200, withinMinutes: null }],
    ['once+24h', [], { rhythm: 'once', dueMinute: 1200, withinMinutes: 1440 }],
    ['once+15d', [], { rhythm: 'once', dueMinute: 1200, withinMinutes: 21_600 }],
    ['per_event', [], { rhythm: 'per_event', dueMinute: 1200, withinMinutes: 1440 }],
    ['per_event', ['异常人员30分钟内单独安置并报告'], { rhythm: 'per_event', dueMinute: 1200, withinMinutes: 30 }],
    ['per_event', ['2 小时内'], { rhythm: 'per_event', dueMinute: 1200, withinMinutes: 120 }],
    ['per_event+45m', ['异常人员30分钟内'], { rhythm: 'per_event', dueMinute: 1200, withinMinutes: 45 }],
    ['sometimes', [], { rhythm: 'daily', dueMinute: 1200, withinMinutes: null }],
  ])('%s with %j', (frequency, words, read) => {
    expect(readFrequency(frequency, words)).toEqual(read);
  });

  test('only a fever within the hour is a button of its own', () => {
    const fever = ['异常人员30分钟内单独安置并报告'];
    expect(isFever(fever, readFrequency('per_event', fever))).toBe(true);
    expect(isFever(['异常情况'], readFrequency('per_event', ['异常情况']))).toBe(false);
    expect(isFever(fever, readFrequency('daily', fever))).toBe(false);
  });
});

describe('windows of the group’s days', () => {
  const made = (rhythm: Rhythm, days: string[], dueMinute = 1200) =>
    windowsOf(rhythm, dueMinute, days, shanghai).map((one) => [
      one.key,
      one.day,
      one.from.toISOString().slice(0, 16),
      one.to.toISOString().slice(0, 16),
      one.due.toISOString().slice(0, 16),
    ]);

  test.each<[Rhythm, string[], string[][]]>([
    [
      'daily',
      ['2026-03-31', '2026-04-01'],
      [
        ['2026-03-31', '2026-03-31', '2026-03-30T16:00', '2026-03-31T16:00', '2026-03-31T12:00'],
        ['2026-04-01', '2026-04-01', '2026-03-31T16:00', '2026-04-01T16:00', '2026-04-01T12:00'],
      ],
    ],
    [
      'per_shift',
      ['2026-03-31'],
      [
        ['2026-03-31 N', '2026-03-31', '2026-03-30T16:00', '2026-03-31T00:00', '2026-03-31T00:00'],
        ['2026-03-31 D', '2026-03-31', '2026-03-31T00:00', '2026-03-31T08:00', '2026-03-31T08:00'],
        ['2026-03-31 E', '2026-03-31', '2026-03-31T08:00', '2026-03-31T16:00', '2026-03-31T16:00'],
      ],
    ],
    [
      'weekly',
      ['2026-11-22', '2026-11-23', '2026-11-24'],
      [
        ['week 2026-11-16', '2026-11-22', '2026-11-15T16:00', '2026-11-22T16:00', '2026-11-22T12:00'],
        ['week 2026-11-23', '2026-11-29', '2026-11-22T16:00', '2026-11-29T16:00', '2026-11-29T12:00'],
      ],
    ],
    [
      'monthly',
      ['2028-02-28', '2028-02-29'],
      [['month 2028-02', '2028-02-29', '2028-01-31T16:00', '2028-02-29T16:00', '2028-02-29T12:00']],
    ],
    [
      'quarterly',
      ['2026-12-31', '2027-01-01'],
      [
        ['quarter 2026-4', '2026-12-31', '2026-09-30T16:00', '2026-12-31T16:00', '2026-12-31T12:00'],
        ['quarter 2027-1', '2027-03-31', '2026-12-31T16:00', '2027-03-31T16:00', '2027-03-31T12:00'],
      ],
    ],
    [
      'yearly',
      ['2026-06-01'],
      [['year 2026', '2026-12-31', '2025-12-31T16:00', '2026-12-31T16:00', '2026-12-31T12:00']],
    ],
    ['once', ['2026-06-01'], []],
    ['per_event', ['2026-06-01'], []],
  ])('%s of %j', (rhythm, days, windows) => {
    expect(made(rhythm, days)).toEqual(windows);
  });

  test('the day is the group’s: 16:00 UTC begins the next one in Shanghai', () => {
    expect(dayAt(shanghai, new Date('2026-03-03T15:59:59Z'))).toBe('2026-03-03');
    expect(dayAt(shanghai, new Date('2026-03-03T16:00:00Z'))).toBe('2026-03-04');
  });
});
