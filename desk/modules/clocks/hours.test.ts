import { expect, test } from 'vitest';
import { readSpans, writeSpans } from './hours.ts';

test.each<[string, [number, number][] | null]>([
  ['', []],
  ['08:30-17:30', [[510, 1050]]],
  [
    '8:30-12:00，13:00-17:30',
    [
      [510, 720],
      [780, 1050],
    ],
  ],
  ['00:00-24:00', [[0, 1440]]],
  ['17:30-08:30', null],
  ['08:30-12:00 11:00-13:00', null],
  ['08:70-12:00', null],
  ['forenoon', null],
])('hours are read as people write them: %s', (text, spans) => {
  expect(readSpans(text)).toEqual(spans);
});

test('what is written is read back', () => {
  const spans: [number, number][] = [
    [510, 720],
    [780, 1050],
  ];
  expect(readSpans(writeSpans(spans))).toEqual(spans);
});
