import { describe, expect, test } from 'vitest';
import { type Preference, usualPreference } from '../../../contract/messages.ts';
import { waitAfter } from '../../platform/waiting.ts';
import { waits } from './courier.ts';
import { localTime, planFor, quietFor } from './quiet.ts';

const zone = 'Asia/Shanghai';
/** Shanghai time on 1 March. */
const at = (clock: string): Date => new Date(`2026-03-01T${clock}:00+08:00`);
const everything: Preference = {
  ...usualPreference,
  channels: { info: ['email'], important: ['email', 'sms'], urgent: ['email', 'sms'] },
};
const plan = (level: 'info' | 'important' | 'urgent', clock: string, preference = everything) =>
  planFor(level, preference, ['email', 'sms'], at(clock), zone).map(({ kind, notBefore }) => [
    kind,
    localTime(notBefore, zone).minutes / 60,
  ]);

describe('quiet hours (22:00–07:00 unless somebody chose others)', () => {
  test.each([
    ['21:59', 0],
    ['22:00', 9 * 60],
    ['03:30', 3.5 * 60],
    ['06:59', 1],
    ['07:00', 0],
  ])('at %s they last %i more minutes', (clock, left) => {
    expect(quietFor(usualPreference, localTime(at(clock), zone).minutes)).toBe(left);
  });
  test('equal ends mean none; hours within one day work too', () => {
    expect(quietFor({ ...usualPreference, quietFrom: 600, quietTo: 600 }, 600)).toBe(0);
    expect(quietFor({ ...usualPreference, quietFrom: 720, quietTo: 780 }, 750)).toBe(30);
    expect(quietFor({ ...usualPreference, quietFrom: 720, quietTo: 780 }, 30)).toBe(0);
  });
  test('information waits for the morning', () => expect(plan('info', '23:00')).toEqual([['email', 7]]));
  test('what is important waits for the digest', () => expect(plan('important', '23:00')).toEqual([]));
  test('and for the morning where there is no digest', () =>
    expect(plan('important', '23:00', { ...everything, digestHour: null })).toEqual([
      ['email', 7],
      ['sms', 7],
    ]));
  test('what is urgent goes through', () =>
    expect(plan('urgent', '23:00')).toEqual([
      ['email', 23],
      ['sms', 23],
    ]));
  test('by day everything goes at once, on the channels chosen for its level only', () => {
    expect(plan('important', '12:00')).toEqual([
      ['email', 12],
      ['sms', 12],
    ]);
    expect(planFor('info', usualPreference, ['email', 'sms'], at('12:00'), zone)).toEqual([]);
    expect(planFor('urgent', everything, ['sms'], at('12:00'), zone)).toHaveLength(1);
  });
});

test('what failed waits twice as long each time, up to an hour, a quarter more or less', () => {
  const middle = (n: number) => waitAfter(n, waits, () => 0.5) / 1000;
  expect([1, 2, 3, 8].map(middle)).toEqual([30, 60, 120, 3600]);
  expect(waitAfter(1, waits, () => 0)).toBe(22_500);
  expect(waitAfter(1, waits, () => 1)).toBe(37_500);
});
