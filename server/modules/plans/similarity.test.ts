import { expect, test } from 'vitest';
import { seeded } from '../../demo/random.ts';
import { copiesAmong, guess, jaccard, likenessOf, shingled, sketchOf } from './similarity.ts';

const line = (zh: string, how: string, own: boolean) => ({
  zh,
  who: '工地保障员',
  place: '本工地',
  how,
  frequency: 'daily',
  evidence: 'record',
  own,
});
const template = ['驻场封闭凭证进出', '四色分区和班组隔离作业', '一日三餐错峰无接触供应', '消杀和通风记录'].map((zh) =>
  line(zh, '按班组逐项落实，当日记入台账', false),
);
const set = (names: string[], ...own: [zh: string, how: string][]) =>
  shingled([...template, ...own.map(([zh, how]) => line(zh, how, true))], names);

test('two sets of one template that each tailored a line are not copies, however much they share', () => {
  const like = likenessOf(
    set(['东塘站'], ['泵房单独通风', '每四小时开窗三十分钟，值班员记温度']),
    set(['西塘站'], ['渣土车错时进场', '二十二点后由西门单向进，司机不下车']),
  );
  expect(like.whole).toBeGreaterThan(0.4);
  expect(like.own).toBeLessThan(0.5);
});

test('the neighbour’s words with another place’s name in them are a copy', () => {
  const like = likenessOf(
    set(['东塘站'], ['东塘站泵房单独通风', '东塘站每四小时开窗三十分钟，值班员记温度']),
    set(['西塘站'], ['西塘站泵房单独通风', '西塘站每四小时开窗三十分钟，值班员记温度']),
  );
  expect(like).toEqual({ whole: 1, own: 1 });
});

test('punctuation, width and case make no difference', () => {
  const like = likenessOf(set([], ['ＡＧＶ 通道 清扫', '每日两次。']), set([], ['agv通道清扫', '每日两次']));
  expect(like.own).toBe(1);
});

const words = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃';
const many = (count: number, nOf: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => {
    const random = seeded(nOf(i));
    const text = Array.from({ length: 60 }, () => words[Math.floor(random() * words.length)]).join('');
    return set([`站${i}号`], [`站${i}号${text.slice(0, 20)}`, text]);
  });

test('among many sets exactly the copies are found, each with the one it is most like of those before it', () => {
  const sets = many(200, (i) => (i === 137 ? 42 : i));
  const copies = copiesAmong(sets);
  expect(copies).toContainEqual({ set: 137, of: 42, whole: 1, own: 1 });
  const byHand = sets.flatMap((one, i) =>
    sets.slice(0, i).some((other) => {
      const like = likenessOf(one, other);
      return like.own > 0.95 && like.whole > 0.95;
    })
      ? [i]
      : [],
  );
  expect(copies.map((copy) => copy.set)).toEqual(byHand);
});

test('a share that cannot come above the limit is not counted to the end, one that does is exact', () => {
  const of = (...pieces: number[]) => Uint32Array.from(pieces);
  expect(jaccard(of(1, 2, 3, 4), of(2, 3, 4, 5))).toBe(0.6);
  expect(jaccard(of(1, 2, 3, 4), of(2, 3, 4, 5), 0.5)).toBe(0.6);
  expect(jaccard(of(1, 2, 3, 4), of(2, 3, 4, 5), 0.6)).toBe(0);
  expect(jaccard(of(), of())).toBe(1);
  expect(jaccard(of(), of(1), 0.95)).toBe(0);
});

test('a sketch tells which sets are worth reading', () => {
  const [a, b] = many(2, () => 3);
  const [c, d] = many(2, (i) => 10 + i * 17);
  expect(guess(sketchOf(a!), sketchOf(b!))).toBe(1);
  for (const [x, y] of [
    [a!, c!],
    [c!, d!],
  ] as const)
    expect(Math.abs(guess(sketchOf(x), sketchOf(y)) - likenessOf(x, y).own)).toBeLessThan(0.15);
});
