import { expect, test } from 'vitest';
import { normalise, openSegmenter } from './text.ts';

test('traditional and simplified, full and half width are one text', () => {
  expect(normalise('閘口沒有熱水，ＫＮ９５口罩')).toBe(normalise('闸口没有热水,kn95口罩'));
});

test('counts, rooms and hours are no words; a fever is, whatever its degrees', () => {
  expect(normalise('3号楼三十八人')).toBe(normalise('12号楼两人'));
  expect(normalise('量了38.5度')).toBe(normalise('量了39℃'));
  expect(normalise('量了38.5度')).toContain('体温度');
  expect(normalise('晚上11:30到')).toBe(normalise('晚上十点半到'));
});

test('numbers to ring and links leave nothing', () => {
  expect(normalise('请打13800000000或138-0000-0000')).toBe('请打 或');
  expect(normalise('见https://example.com/a?b=1')).toBe('见');
});

test("the group's own terms stay in one piece", () => {
  expect(openSegmenter(['芦洲水厂扩建工程']).words('芦洲水厂扩建工程没有口罩')).toEqual([
    '芦洲水厂扩建工程',
    '没有',
    '口罩',
  ]);
});

test('the same text gives the same words', () => {
  const segmenter = openSegmenter([]);
  const text = '饭送到工地都凉了，天天吃不上热的';
  expect(segmenter.words(text)).toEqual(segmenter.words(text));
});
