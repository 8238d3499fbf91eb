import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarFor, firstLevel, type Timetable } from '../clocks/timetable.ts';
import { type Dues, duesOf, type Priority, runningClock, silentAfterMinutes, submissionTime } from './clocks.ts';

const zone = 'Asia/Shanghai';
/** Local time of the group, e.g. `04-10 17:00` of 2026. */
const at = (local: string): Date => new Date(`2026-${local.replace(' ', 'T')}:00+08:00`);
const sla = { contactMinutes: 240, resolveHours: 24 };
const day = [[510, 1050]] as const;
const office: Timetable = {
  calendars: [
    {
      id: 1,
      code: 'office',
      zh: '机关工作时间',
      en: 'Office hours',
      weeks: [{ from: new Date(0), by: null, week: [[], day, day, day, day, day, []] }],
      days: [],
    },
  ],
  uses: [],
  levels: [],
  steps: [],
};
const dues = (submittedAt: Date, priority: Priority, level: typeof sla, workingTime: boolean): Dues =>
  duesOf(
    submittedAt,
    firstLevel(priority, level),
    calendarFor(office, zone, { priority, stage: { code: 'S0', workingTime }, unitId: null }, submittedAt),
  );

describe('the submission time is the device’s, capped by the arrival (rules 4, 13)', () => {
  const arrival = at('04-10 12:00');
  const minutes = (n: number): Date => new Date(arrival.getTime() + n * 60_000);
  const cases: [string, { submittedAt?: Date; sentAt?: Date } | undefined, Date][] = [
    ['nothing from the device: the arrival counts', undefined, arrival],
    ['sent at once: the device’s time counts', { submittedAt: minutes(-1), sentAt: minutes(0) }, minutes(-1)],
    [
      'made offline two hours ago to the minute: the device’s time counts',
      { submittedAt: minutes(-120), sentAt: minutes(0) },
      minutes(-120),
    ],
    [
      'made offline longer than two hours ago: the arrival counts',
      { submittedAt: minutes(-121), sentAt: minutes(0) },
      arrival,
    ],
    [
      'the device clock is five minutes off: the device’s time counts',
      { submittedAt: minutes(-10), sentAt: minutes(-5) },
      minutes(-10),
    ],
    [
      'the device clock is more than five minutes off: the arrival counts',
      { submittedAt: minutes(-10), sentAt: minutes(-6) },
      arrival,
    ],
    ['a time after the arrival is never believed', { submittedAt: minutes(1), sentAt: minutes(0) }, arrival],
    [
      'without the moment of sending the clock cannot be judged: the arrival counts',
      { submittedAt: minutes(-3) },
      arrival,
    ],
  ];
  test.each(cases)('%s', (_, device, expected) => {
    expect(submissionTime(arrival, device)).toEqual(expected);
  });
  test('never later than the arrival, never more than two hours before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 600 }), fc.integer({ min: -600, max: 600 }), (submitted, sent) => {
        const counted = submissionTime(arrival, { submittedAt: minutes(submitted), sentAt: minutes(sent) });
        expect(counted.getTime()).toBeLessThanOrEqual(arrival.getTime());
        expect(arrival.getTime() - counted.getTime()).toBeLessThanOrEqual(120 * 60_000);
      }),
    );
  });
});

describe('all clocks start at the submission (rules 4)', () => {
  const submitted = at('04-10 03:00');
  const minutesAfter = (date: Date): number => (date.getTime() - submitted.getTime()) / 60_000;
  test.each<[Priority, number]>([
    ['urgent', 5],
    ['high', 15],
    ['normal24', 30],
    ['normal48', 30],
    ['normal72', 30],
  ])('triage of %s is due after %i minutes', (priority, minutes) => {
    expect(minutesAfter(dues(submitted, priority, sla, false).triage)).toBe(minutes);
  });
  test('first contact and resolve are due after what the service level says', () => {
    const { contact, resolve } = dues(submitted, 'high', { contactMinutes: 60, resolveHours: 8 }, false);
    expect([minutesAfter(contact), minutesAfter(resolve)]).toEqual([60, 480]);
  });
  test('the inner target lies before the promise', () => {
    const { inner, resolve } = dues(submitted, 'normal24', sla, false);
    expect([minutesAfter(inner), minutesAfter(resolve)]).toEqual([0.8 * 1440, 1440]);
  });
  test('urgent and high run round the clock also in working-time stages', () => {
    for (const priority of ['urgent', 'high'] as const)
      expect(dues(submitted, priority, sla, true)).toEqual(dues(submitted, priority, sla, false));
  });
  test('a normal one asked at night waits for the morning in working-time stages', () => {
    expect(dues(submitted, 'normal24', sla, true).triage).toEqual(at('04-10 09:00'));
  });
  test('acceptance is silent after 30 minutes, 10 where urgent', () => {
    expect((['urgent', 'high', 'normal24', 'normal48', 'normal72'] as const).map(silentAfterMinutes)).toEqual([
      10, 30, 30, 30, 30,
    ]);
  });
});

describe('the clock that runs now', () => {
  const times = {
    triageDue: at('04-10 09:30'),
    contactDue: at('04-10 13:00'),
    resolveDue: at('04-11 09:00'),
    resolveNow: at('04-12 09:00'),
    contactedAt: null,
  };
  test('triage until dispatched, contact until spoken with, then resolve', () => {
    expect(runningClock({ ...times, state: 'received', work: 'new' })?.kind).toBe('triage');
    expect(runningClock({ ...times, state: 'in_work', work: 'dispatched' })?.kind).toBe('contact');
    expect(runningClock({ ...times, state: 'in_work', work: 'accepted', contactedAt: at('04-10 10:00') })?.kind).toBe(
      'resolve',
    );
  });
  test('the dispatcher’s clock runs again after a return, due as it always was', () => {
    expect(runningClock({ ...times, state: 'in_work', work: 'returned' })).toMatchObject({
      kind: 'triage',
      due: times.triageDue,
    });
  });
  test('an extension keeps the original due beside the new one', () => {
    expect(
      runningClock({ ...times, state: 'in_work', work: 'in_progress', contactedAt: at('04-10 10:00') }),
    ).toMatchObject({ due: times.resolveNow, originalDue: times.resolveDue });
  });
  test('nothing is due once handled or closed', () => {
    for (const state of [
      'handled',
      'resolved_confirmed',
      'closed_unreachable',
      'closed_unverified',
      'closed_explained',
      'withdrawn',
    ]) {
      expect(runningClock({ ...times, state, work: 'handled' })).toBeNull();
    }
  });
  test('a suspended clock stands still', () => {
    expect(
      runningClock({ ...times, state: 'in_work', work: 'suspended', contactedAt: at('04-10 10:00') })?.paused,
    ).toBe(true);
  });
});
