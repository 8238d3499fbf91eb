import { expect, test } from 'vitest';
import type { Draft } from '../../app/records.ts';
import { en } from '../../app/words.en.ts';
import { zh } from '../../app/words.zh.ts';
import { faultsOf, wordsOf } from './checking.ts';
import { isSealed, needOf, promiseOf } from './needs.ts';

const empty: Draft = {
  code: 'A02',
  phrases: [],
  text: '',
  photos: [],
  spot: '',
  confidentiality: 'confidential',
  callback: '',
  savedAt: '',
  mending: null,
};
const water = needOf({ code: 'A02', zh: '饮水用水', en: 'Drinking and domestic water' }, zh);

test('three taps suffice: without a word the name of the need is sent', () => {
  expect(faultsOf(empty, true)).toEqual([]);
  expect(wordsOf(empty, water, zh)).toBe('喝水用水（没有写别的）');
});

test('tapped phrases and typed words are sent together', () => {
  const draft = { ...empty, phrases: ['停水了', '没热水'], text: ' 从早上六点开始 ' };
  expect(wordsOf(draft, water, zh)).toBe('停水了、没热水。从早上六点开始');
});

test('who cannot tell the kind must say something, and the dispatcher is asked to classify it', () => {
  const draft = { ...empty, code: 'X' };
  expect(faultsOf(draft, true)).toEqual(['say']);
  expect(wordsOf({ ...draft, text: '门口有人吵架' }, water, zh)).toContain('请调度分类');
});

test('the site is needed, and a telephone number must be one', () => {
  expect(faultsOf(empty, false)).toEqual(['where']);
  expect(faultsOf({ ...empty, callback: '找老王' }, true)).toEqual(['callback']);
  expect(faultsOf({ ...empty, callback: '138 0000-6024' }, true)).toEqual([]);
});

test('without a name no number is asked for, whatever was typed before', () => {
  expect(faultsOf({ ...empty, confidentiality: 'anonymous', callback: '找老王' }, true)).toEqual([]);
});

test('a category of another catalogue keeps its official name', () => {
  expect(needOf({ code: 'Q07', zh: '别的', en: 'Other' }, zh)).toEqual({ name: '别的', hint: '', phrases: [] });
  expect(needOf({ code: 'Q07', zh: '别的', en: 'Other' }, en).name).toBe('Other');
});

test('hours are promised as the server says them, in working time only where the stage there counts so', () => {
  const urgent = { priority: 'urgent', resolveHours: 3 } as const;
  const normal = { priority: 'normal48', resolveHours: 36 } as const;
  expect(promiseOf(urgent, true, en)).toBe('within 3 h');
  expect(promiseOf(normal, true, en)).toBe('within 36 working h');
  expect(promiseOf(normal, false, en)).toBe('within 36 h');
  expect(promiseOf({ priority: null, resolveHours: null }, false, en)).toBeNull();
  // A directory kept by an earlier version of the page does not say.
  expect(promiseOf(normal, undefined, en)).toBeNull();
});

test('care and misconduct are sealed, health is not', () => {
  expect(
    (['normal', 'personal', 'health', 'psych', 'discipline'] as const).filter((one) => isSealed({ recordClass: one })),
  ).toEqual(['psych', 'discipline']);
});

test('both languages know every kind of need, with the same number of phrases', () => {
  for (const [code, text] of Object.entries(zh.needs)) {
    expect([code, en.needs[code as keyof typeof en.needs].split('|').length]).toEqual([code, text.split('|').length]);
  }
});
