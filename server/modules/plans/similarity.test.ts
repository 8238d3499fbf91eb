import { expect, test } from 'vitest';
import { copiesAmong, likenessOf, shingled } from './similarity.ts';

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

test('among many sets exactly the copies are found', () => {
  const words = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃';
  const sets = Array.from({ length: 200 }, (_, i) => {
    const n = i === 137 ? 42 : i;
    const text = Array.from({ length: 60 }, (_, k) => words[(n * 7 + k * k * (n + 3) + k) % words.length]).join('');
    return set([`站${i}号`], [`站${i}号${text.slice(0, 20)}`, text]);
  });
  const pairs = copiesAmong(sets).map(({ a, b }) => [Math.min(a, b), Math.max(a, b)]);
  expect(pairs).toContainEqual([42, 137]);
  for (const [a, b] of pairs) expect(likenessOf(sets[a!]!, sets[b!]!).own).toBeGreaterThan(0.95);
});
