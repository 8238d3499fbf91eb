import { describe, expect, test } from 'vitest';
import { dueOf, mondayFrom, type Rhythm, rhythmOf } from './rhythm.ts';
import { type FoundNeed, shareOf, whyNotCounted, wilson } from './share.ts';

describe('a place is due by the rhythm nearest to it', () => {
  const one = (nodeId: number | null, everyDays: number | null, kind: Rhythm['kind'] = 'round'): Rhythm => ({
    nodeId,
    kind,
    everyDays,
    topics: [],
    setDay: '2026-03-01',
  });
  test('the site speaks before its unit, the unit before the group, each kind by itself', () => {
    const rhythms = [one(null, 3), one(4, 5), one(41, 1), one(null, 14, 'survey')];
    expect(rhythmOf(rhythms, [41, 4, 1], 'round')?.everyDays).toBe(1);
    expect(rhythmOf(rhythms, [42, 4, 1], 'round')?.everyDays).toBe(5);
    expect(rhythmOf(rhythms, [51, 5, 1], 'round')?.everyDays).toBe(3);
    expect(rhythmOf(rhythms, [41, 4, 1], 'survey')?.everyDays).toBe(14);
    expect(rhythmOf(rhythms, [41, 4, 1], 'site_call')).toBeNull();
  });
  test('no days at a node leaves its places out', () => {
    expect(rhythmOf([one(null, 3), one(4, null)], [41, 4], 'round')).toBeNull();
  });
  test.each([
    ['2026-03-05', '2026-03-07', 'coming', 0],
    ['2026-03-05', '2026-03-08', 'today', 0],
    ['2026-03-05', '2026-03-10', 'overdue', 2],
    ['2026-02-27', '2026-03-02', 'today', 0],
  ])('touched on %s, every three days, on %s: %s', (last, today, state, daysLate) => {
    expect(dueOf(3, '2026-01-01', last, today)).toMatchObject({ state, daysLate });
  });
  test('where nobody ever was it is due from the day the rhythm was set', () => {
    expect(dueOf(14, '2026-03-05', null, '2026-03-05')).toEqual({ dueDay: '2026-03-05', state: 'today', daysLate: 0 });
    expect(dueOf(14, '2026-03-05', null, '2026-03-09').daysLate).toBe(4);
  });
  test('a small site falls due on a Monday, so that its day cannot be read off', () => {
    expect(mondayFrom('2026-03-02')).toBe('2026-03-02');
    expect(mondayFrom('2026-03-03')).toBe('2026-03-09');
    expect(mondayFrom('2026-03-08')).toBe('2026-03-09');
    for (const last of ['2026-03-03', '2026-03-04', '2026-03-08'])
      expect(dueOf(14, '2026-01-01', last, '2026-03-24', true).dueDay).toBe('2026-03-23');
  });
});

describe('the share of needs found before they were asked', () => {
  test.each([
    [0, 5, 0, 0.4345],
    [1, 1, 0.2065, 1],
    [9, 10, 0.5958, 0.9821],
    [45, 50, 0.7864, 0.9565],
    [450, 500, 0.8706, 0.9233],
  ])('Wilson of %i/%i', (x, n, low, high) => {
    const [a, b] = wilson(x, n);
    expect(a).toBeCloseTo(low, 4);
    expect(b).toBeCloseTo(high, 4);
  });
  test('below ten needs there is a count and no percentage', () => {
    expect(shareOf(3, 9)).toEqual({ share: null, interval: null });
    expect(shareOf(3, 10).share).toBe(0.3);
  });

  const at = (minutes: number): Date => new Date(Date.UTC(2026, 2, 3, 8, minutes));
  const found = (other: Partial<FoundNeed> = {}): FoundNeed => ({
    beganAt: at(0),
    askedAt: at(7),
    touchPosition: 100,
    requestPosition: 120,
    toldPosition: 121,
    askedBefore: false,
    withdrawn: false,
    ...other,
  });
  test.each<[string, Partial<FoundNeed>, string | null]>([
    ['the touch first, by clock and journal', {}, null],
    ['in the same moment, the touch first in the journal', { askedAt: at(0) }, null],
    ['the request stands before the touch in the journal', { requestPosition: 99 }, 'not_before'],
    ['the clock has the request first', { askedAt: at(-1) }, 'not_before'],
    ['the touch is not in the journal', { touchPosition: null }, 'not_before'],
    ['the request is not in the journal as registered', { requestPosition: null }, 'not_before'],
    ['the journal does not tell that it was found there', { toldPosition: null }, 'not_before'],
    ['told as found before it was registered', { toldPosition: 110 }, 'not_before'],
    ['somebody had asked for it', { askedBefore: true }, 'asked_before'],
    ['taken back by the person', { withdrawn: true }, 'withdrawn'],
  ])('%s', (_, other, why) => {
    expect(whyNotCounted(found(other))).toBe(why);
  });
});
