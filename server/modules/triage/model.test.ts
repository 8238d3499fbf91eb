import { expect, test } from 'vitest';
import { calibrationError, probabilitiesOf, steepnessOf } from './calibration.ts';
import { decodeModel, encodeModel, guess, type Lesson, learn, reasons, train } from './model.ts';
import { openSegmenter } from './text.ts';

const segmenter = openSegmenter([]);
const lesson = (label: string, text: string): Lesson => ({ label, body: segmenter.words(text) });
const lessons = [
  lesson('A01', '饭菜凉了，食堂送餐太晚'),
  lesson('A01', '食堂的饭菜不够吃'),
  lesson('A01', '盒饭少送，食堂没饭了'),
  lesson('A04', '澡堂没有热水，洗澡排队'),
  lesson('A04', '洗澡水是凉的，澡堂坏了'),
  lesson('A04', '澡堂关得太早，洗不上澡'),
  lesson('B01', '口罩不够，申领口罩'),
  lesson('B01', '手套口罩用完了，请补发口罩'),
  lesson('B01', '申领口罩和手套'),
];
const model = train(lessons);
const about = (text: string) => guess(model, { body: segmenter.words(text) });

test('a message goes where its words went before', () => {
  expect(about('食堂饭菜又凉了')[0]!.label).toBe('A01');
  expect(about('澡堂洗澡没热水')[0]!.label).toBe('A04');
  expect(about('想申领一些口罩')[0]!.label).toBe('B01');
});

test('probabilities of all labels are one together, the likeliest first', () => {
  const guesses = about('食堂');
  expect(guesses.reduce((sum, one) => sum + one.p, 0)).toBeCloseTo(1, 9);
  expect([...guesses].sort((a, b) => b.p - a.p)).toEqual(guesses);
});

test('a reason is a word of the message that the model knows from others', () => {
  const message = { body: segmenter.words('张大强说食堂饭菜凉了') };
  const words = reasons(model, message, 'A01');
  expect(words[0]).toBe('食堂');
  expect(words.join('')).not.toContain('张');
  expect(reasons(model, message, 'no such label')).toEqual([]);
});

test('nothing known gives no reason and no certainty', () => {
  const guesses = about('天气晴朗');
  expect(guesses[0]!.p).toBeLessThan(0.6);
  expect(reasons(model, { body: ['天气'] }, guesses[0]!.label)).toEqual([]);
});

test('a correction counts at once', () => {
  const other = train(lessons);
  const message = { body: segmenter.words('食堂发口罩') };
  const before = guess(other, message).find((one) => one.label === 'B01')!.p;
  learn(other, message, 'B01');
  expect(guess(other, message)[0]!.label).toBe('B01');
  expect(guess(other, message)[0]!.p).toBeGreaterThan(before);
  learn(other, message, 'unknown');
});

test('what is stored and read again says the same', () => {
  const again = decodeModel(encodeModel(model));
  for (const { body } of lessons) {
    const [first] = guess(model, { body });
    const [same] = guess(again, { body });
    expect(same!.label).toBe(first!.label);
    expect(same!.p).toBeCloseTo(first!.p, 2);
  }
  expect(() => decodeModel(Buffer.from('something else'))).toThrow('not a triage model');
});

test('the same lessons give the same model', () => {
  expect(encodeModel(train(lessons)).equals(encodeModel(model))).toBe(true);
});

test("the group's own writing stays, however rare; of messages only what two of them say", () => {
  const rare = train([...lessons, { ...lesson('A01', '夜宵'), written: true }, lesson('A01', '王小明')]);
  expect(reasons(rare, { body: ['夜宵'] }, 'A01')).toEqual(['夜宵']);
  expect(reasons(rare, { body: segmenter.words('王小明') }, 'A01')).toEqual([]);
});

test('steepness makes promises that come true', () => {
  // Right nine times of ten at a distance of one: e^s / (e^s + 1) = 0.9.
  const held = Array.from({ length: 100 }, (_, i) => ({ scores: [1, 0], label: i % 10 === 0 ? 1 : 0 }));
  expect(steepnessOf(held)).toBeCloseTo(Math.log(9), 1);
  expect(probabilitiesOf([1, 0], Math.log(9))[0]).toBeCloseTo(0.9, 9);
});

test('calibration error is the distance between what was promised and what came true', () => {
  const said = (p: number) => Array.from({ length: 100 }, (_, i) => ({ p, right: i % 5 !== 0 }));
  expect(calibrationError(said(0.8))).toBeCloseTo(0, 9);
  expect(calibrationError(said(0.5))).toBeCloseTo(0.3, 9);
  expect(calibrationError([])).toBe(0);
});
