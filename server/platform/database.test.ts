import { expect, test } from 'vitest';
import { readTimestamp } from './database.ts';

test.each([
  ['2026-11-23 05:37:00.123456+00', '2026-11-23T05:37:00.123Z'],
  ['2026-11-23 05:37:00+00', '2026-11-23T05:37:00.000Z'],
  ['2026-11-23 13:37:00.5+08', '2026-11-23T05:37:00.500Z'],
  ['0099-01-01 00:00:00+00', '0099-01-01T00:00:00.000Z'],
])('%s is read as the moment it is', (text, moment) => {
  expect((readTimestamp(text) as Date).toISOString()).toBe(moment);
});

test('infinity stays infinity', () => {
  expect(readTimestamp('infinity')).toBe(Number.POSITIVE_INFINITY);
});
