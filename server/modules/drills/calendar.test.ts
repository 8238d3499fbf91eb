import { describe, expect, test } from 'vitest';
import { periodOf, periodsBack, standing } from './calendar.ts';

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

describe('what is owed in peace goes by the calendar', () => {
  test.each([
    ['monthly', '2026-02-28', '2026-02', '2026-02-01', '2026-03-01'],
    ['monthly', '2026-12-31', '2026-12', '2026-12-01', '2027-01-01'],
    ['quarterly', '2026-11-23', '2026Q4', '2026-10-01', '2027-01-01'],
    ['quarterly', '2028-02-29', '2028Q1', '2028-01-01', '2028-04-01'],
    ['yearly', '2026-01-01', '2026', '2026-01-01', '2027-01-01'],
  ] as const)('%s %s is %s', (frequency, at, key, from, to) => {
    expect(periodOf(frequency, day(at))).toEqual({ key, from: day(from), to: day(to) });
  });

  test('periods go back without a gap', () => {
    expect(periodsBack('quarterly', day('2026-02-10'), 4).map((one) => one.key)).toEqual([
      '2026Q1',
      '2025Q4',
      '2025Q3',
      '2025Q2',
    ]);
  });

  const q3 = periodOf('quarterly', day('2026-08-01'));
  const asked = { today: day('2026-11-23'), stood: 46, acts: [] as number[], resting: false };
  test.each([
    ['done in its quarter', { acts: [day('2026-08-20')] }, 'done'],
    ['never done, and the quarter is over: red', {}, 'overdue'],
    ['red still, though it was done the quarter before', { acts: [day('2026-06-30')] }, 'overdue'],
    ['done since: late, and red no more', { acts: [day('2026-10-02')] }, 'late'],
    ['a wave took most of it: nothing is owed', { stood: 15 }, 'idle'],
    ['a sixth of it is enough to owe it', { stood: 16 }, 'overdue'],
    ['while a wave is on, nothing is red', { resting: true }, 'idle'],
    ['not over yet: due', { today: day('2026-09-30') }, 'due'],
    ['over with the first day after it', { today: day('2026-10-01') }, 'overdue'],
  ] as const)('%s', (_, change, state) => {
    expect(standing(q3, { ...asked, ...change, acts: [...('acts' in change ? change.acts : asked.acts)] }).state).toBe(
      state,
    );
  });
});
