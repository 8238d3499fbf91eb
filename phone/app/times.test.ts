import { expect, test } from 'vitest';
import { bound, dayTime, shortTime, span, timeLeft } from './times.ts';
import { en } from './words.en.ts';
import { zh } from './words.zh.ts';

const zone = 'Asia/Shanghai';
const now = new Date('2026-11-18T02:45:00Z'); // 10:45 in Shanghai

test('days are counted in the time zone of the group, not of the phone', () => {
  expect(dayTime('2026-11-17T23:28:00Z', now, zone, zh)).toBe('今天 07:28');
  expect(dayTime('2026-11-17T15:59:00Z', now, zone, zh)).toBe('昨天 23:59');
  expect(dayTime('2026-11-18T16:00:00Z', now, zone, zh)).toBe('明天 00:00');
  expect(dayTime('2026-11-14T01:00:00Z', now, zone, zh)).toBe('11月14日 09:00');
  expect(dayTime('2026-11-14T01:00:00Z', now, zone, en)).toBe('14 Nov 09:00');
});

test('today is not said twice', () => {
  expect(shortTime('2026-11-18T02:38:00Z', now, zone, zh)).toBe('10:38');
  expect(shortTime('2026-11-17T02:38:00Z', now, zone, zh)).toBe('昨天 10:38');
});

test('a span has two units at most', () => {
  expect(span(80 * 60_000, zh)).toBe('1 小时 20 分');
  expect(span(34 * 3_600_000 + 60_000, zh)).toBe('1 天 10 小时');
  expect(span(48 * 3_600_000, zh)).toBe('2 天');
  expect(span(10_000, zh)).toBe('1 分');
  expect(span(80 * 60_000, en)).toBe('1 h 20 m');
});

test('time left is calm, then near, then over', () => {
  const from = '2026-11-18T00:00:00Z';
  expect(timeLeft(from, '2026-11-18T08:00:00Z', now, zh)).toEqual({ text: '剩 5 小时 15 分', tone: 'calm', left: 66 });
  expect(timeLeft(from, '2026-11-18T03:00:00Z', now, zh)).toMatchObject({ text: '剩 15 分', tone: 'near' });
  expect(timeLeft(from, '2026-11-18T02:10:00Z', now, zh)).toMatchObject({ text: '超 35 分', tone: 'over' });
});

test('a figure stays with the word after it', () => {
  expect(bound('3 号板房 2 层')).toBe('3\u00a0号板房 2\u00a0层');
  expect(bound('room 3 b')).toBe('room 3 b');
});
