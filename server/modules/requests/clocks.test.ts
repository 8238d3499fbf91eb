import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addWorkingMinutes,
  duesOf,
  type Priority,
  runningClock,
  silentAfterMinutes,
  submissionTime,
  zoneOffset,
} from './clocks.ts';

const zone = 'Asia/Shanghai';
/** Local time of the group, e.g. `04-10 17:00` of 2026. */
const at = (local: string): Date => new Date(`2026-${local.replace(' ', 'T')}:00+08:00`);
const sla = { contactMinutes: 240, resolveHours: 24 };

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
    expect(minutesAfter(duesOf(submitted, priority, sla, false, zone).triage)).toBe(minutes);
  });
  test('first contact and resolve are due after what the service level says', () => {
    const dues = duesOf(submitted, 'high', { contactMinutes: 60, resolveHours: 8 }, false, zone);
    expect([minutesAfter(dues.contact), minutesAfter(dues.resolve)]).toEqual([60, 480]);
  });
  test('urgent and high run round the clock also in working-time stages', () => {
    for (const priority of ['urgent', 'high'] as const)
      expect(duesOf(submitted, priority, sla, true, zone)).toEqual(duesOf(submitted, priority, sla, false, zone));
  });
  test('a normal one asked at night waits for the morning in working-time stages', () => {
    expect(duesOf(submitted, 'normal24', sla, true, zone).triage).toEqual(at('04-10 09:00'));
  });
  test('acceptance is silent after 30 minutes, 10 where urgent', () => {
    expect((['urgent', 'high', 'normal24', 'normal48', 'normal72'] as const).map(silentAfterMinutes)).toEqual([
      10, 30, 30, 30, 30,
    ]);
  });
});

describe('working time is Monday to Friday, 08:30 to 17:30, where the group is', () => {
  // 2026-04-10 is a Friday.
  test.each<[string, string, number, string]>([
    ['within a day', '04-10 09:00', 60, '04-10 10:00'],
    ['a night is skipped', '04-09 17:00', 60, '04-10 09:00'],
    ['a weekend is skipped', '04-10 17:00', 60, '04-13 09:00'],
    ['a full day ends at closing time', '04-10 08:30', 540, '04-10 17:30'],
    ['a minute more is Monday', '04-10 08:30', 541, '04-13 08:31'],
    ['asked before opening', '04-10 06:00', 30, '04-10 09:00'],
    ['asked on Saturday', '04-11 12:00', 30, '04-13 09:00'],
    ['24 working hours are two days and six hours', '04-10 08:30', 24 * 60, '04-14 14:30'],
  ])('%s', (_, from, minutes, to) => {
    expect(addWorkingMinutes(at(from), minutes, zone)).toEqual(at(to));
  });

  const instants = fc
    .integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2030, 0, 1) / 60_000 })
    .map((minutes) => new Date(minutes * 60_000));
  const spans = fc.integer({ min: 1, max: 20_000 });
  test('more work is never done earlier', () => {
    fc.assert(
      fc.property(instants, spans, spans, (from, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(addWorkingMinutes(from, less, zone).getTime()).toBeLessThanOrEqual(
          addWorkingMinutes(from, more, zone).getTime(),
        );
      }),
    );
  });
  test('asked later is never done earlier', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 20_000 }), spans, (from, later, work) => {
        const next = new Date(from.getTime() + later * 60_000);
        expect(addWorkingMinutes(from, work, zone).getTime()).toBeLessThanOrEqual(
          addWorkingMinutes(next, work, zone).getTime(),
        );
      }),
    );
  });
  test('work done in two goes takes as long as in one', () => {
    fc.assert(
      fc.property(instants, spans, spans, (from, a, b) => {
        expect(addWorkingMinutes(addWorkingMinutes(from, a, zone), b, zone)).toEqual(
          addWorkingMinutes(from, a + b, zone),
        );
      }),
    );
  });
  test('what is due is always within working time, and the span is never shorter than the work', () => {
    fc.assert(
      fc.property(instants, spans, (from, work) => {
        const due = addWorkingMinutes(from, work, zone);
        expect(due.getTime() - from.getTime()).toBeGreaterThanOrEqual(work * 60_000);
        const local = new Date(due.getTime() + zoneOffset(zone, due) * 60_000);
        expect([1, 2, 3, 4, 5]).toContain(local.getUTCDay());
        const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
        expect(minute > 510 && minute <= 1050).toBe(true);
      }),
    );
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
