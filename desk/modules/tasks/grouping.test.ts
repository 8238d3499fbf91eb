import { expect, test } from 'vitest';
import type { TaskRow } from '../../../contract/tasks.ts';
import { isMeasurable } from './criterion.ts';
import { grouped, groupOf } from './grouping.ts';
import { splitParagraphs } from './paragraphs.ts';

const at = Date.parse('2026-11-20T02:00:00Z');
const due = (hours: number, state: TaskRow['state'] = 'in_progress') =>
  ({ state, due: new Date(at + hours * 3_600_000).toISOString() }) as TaskRow;

test('groups are by the time left; what waits for acceptance is nobody’s lateness', () => {
  expect([-1, 0, 1, 24, 25, 168, 169].map((hours) => groupOf(due(hours), at))).toEqual([
    'over',
    'over',
    'day',
    'day',
    'week',
    'week',
    'later',
  ]);
  expect(groupOf(due(-9, 'submitted'), at)).toBe('waiting');
  expect(grouped([due(50), due(-1), due(2), due(3, 'void')], at).map((one) => one.group)).toEqual([
    'over',
    'day',
    'week',
    'closed',
  ]);
});

test('a criterion is measurable by a number, a date or something delivered', () => {
  for (const yes of [
    '24 间热水可用',
    '十二月底前完成',
    '提交整改报告',
    '三个工地全部达标',
    'A signed list by Friday',
    '2 photos',
  ])
    expect(isMeasurable(yes), yes).toBe(true);
  for (const no of ['切实加强管理', '进一步提高认识', '尽快改善', 'do better'])
    expect(isMeasurable(no), no).toBe(false);
});

test('a pasted document is split at its lines; numbering alone joins what follows it', () => {
  expect(splitParagraphs('一、加强住宿保障。\r\n\r\n  二、热水供应。\n三、\n餐食供应。')).toEqual([
    '一、加强住宿保障。',
    '二、热水供应。',
    '三、餐食供应。',
  ]);
  expect(splitParagraphs('   \n ')).toEqual([]);
});
