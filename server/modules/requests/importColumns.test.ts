import { expect, test } from 'vitest';
import { applyMapping, guessMapping, parseMoment } from './importColumns.ts';

const shanghai = () => 480;

test('a moment without a zone is the group’s own time, and one with a zone is itself', () => {
  const written = [
    ['2020-01-06T13:15:56', '2020-01-06T05:15:56.000Z'],
    ['2020/1/6 13:15', '2020-01-06T05:15:00.000Z'],
    ['2020年1月6日 13时15分', '2020-01-06T05:15:00.000Z'],
    ['2020-01-06', '2020-01-05T16:00:00.000Z'],
    ['2016-07-13T15:11:07+00:00', '2016-07-13T15:11:07.000Z'],
    ['2016-07-13T15:11:07.123Z', '2016-07-13T15:11:07.000Z'],
    ['2016-07-13 15:11 -0800', '2016-07-13T23:11:00.000Z'],
  ] as const;
  for (const [text, instant] of written) expect(parseMoment(text, shanghai)?.toISOString()).toBe(instant);
});

test('a date that does not exist, or that could mean two days, is no time', () => {
  for (const text of ['2021-02-30', '2021-13-01', '2021-01-01 25:00', '5/6/2020', '昨天', '', '20200106'])
    expect(parseMoment(text, shanghai)).toBeNull();
});

test('columns are guessed from their titles in either language, and what was said wins', () => {
  expect(guessMapping(['编号', '提出时间', '内容', '工地', '备注'], 'xlsx')).toEqual({
    source: 'xlsx',
    mapping: { id: ['编号'], submitted: ['提出时间'], text: ['内容'], site: ['工地'] },
  });
  const columns = [
    'service_request_id',
    'service_name',
    'complaint_type',
    'descriptor',
    'status_notes',
    'created_date',
    'closed_date',
    'address',
  ];
  const guess = guessMapping(columns, 'csv');
  expect(guess.source).toBe('sf311');
  expect(guess.mapping.text).toEqual(['service_name', 'complaint_type', 'descriptor']);
  expect(applyMapping(guess.mapping, 'text=descriptor+address,closed=', columns)).toMatchObject({
    text: ['descriptor', 'address'],
    id: ['service_request_id'],
  });
  expect(applyMapping(guess.mapping, 'closed=', columns).closed).toBeUndefined();
  expect(() => applyMapping({}, 'text=nothing', columns)).toThrow('nothing');
  expect(() => applyMapping({}, 'colour=descriptor', columns)).toThrow('colour');
});
