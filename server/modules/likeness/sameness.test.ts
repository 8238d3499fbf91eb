import { describe, expect, it } from 'vitest';
import { keysOf, nearCopy, shared, sketch, stretches } from './copies.ts';
import { features } from './features.ts';
import { counts, type Tree, texts, trees } from './learnt.ts';
import { meaningOf, numberOf } from './meaning.ts';
import { sameNeed, sameness } from './sameness.ts';

const likelihood = (a: string, b: string, category = 'A03'): number =>
  sameness(
    { meaning: meaningOf(a), categoryId: category, firstCategoryId: category[0]! },
    { meaning: meaningOf(b), categoryId: category, firstCategoryId: category[0]! },
  );

describe('one need in other words', () => {
  it('is known by what it is about', () => {
    expect(likelihood('房间里的灯坏了，晚上看不见', '宿舍灯管不亮，摸黑')).toBeGreaterThan(sameNeed);
    expect(likelihood('浴室花洒坏了，没法洗澡', '淋浴喷头掉了，冲不了澡', 'A04')).toBeGreaterThan(sameNeed);
  });

  it('is known when it is said again with next to the same words', () => {
    const text = '三号楼热水器两天没有热水，下夜班的同志洗不上澡';
    expect(likelihood(text, `你好，${text}，请尽快安排人来修`)).toBeGreaterThan(sameNeed);
    expect(likelihood(text, text)).toBeGreaterThan(0.9);
  });

  it('is another one in another building, at another meal, in another size', () => {
    expect(likelihood('三栋夜里跳闸，屋里全黑', '六栋夜里跳闸，屋里全黑')).toBeLessThan(sameNeed);
    expect(likelihood('二期晚饭少了十二份', '二期早饭少了十二份', 'A01')).toBeLessThan(sameNeed);
    expect(likelihood('工鞋磨穿了，四十三码', '工鞋磨穿了，四十码', 'A05')).toBeLessThan(sameNeed);
  });

  it('is another one where the same words speak of another thing', () => {
    expect(likelihood('拖鞋坏了，想买一双', '拖把坏了，想要一个', 'A05')).toBeLessThan(sameNeed);
    expect(likelihood('管子爆了，泵房门前一片水', '厕所没人打扫，臭得进不去', 'A02')).toBeLessThan(0.1);
  });

  it('is judged alike from either side', () => {
    expect(likelihood('水有漂白粉味，呛', '水龙头的水一股消毒味，没法喝')).toBeCloseTo(
      likelihood('水龙头的水一股消毒味，没法喝', '水有漂白粉味，呛'),
      10,
    );
  });
});

describe('what was learnt', () => {
  it('asks only for what is reckoned, and counts no name that is nearly unique', () => {
    const asked = (tree: Tree): string[] =>
      'feature' in tree ? [tree.feature, ...asked(tree.low), ...asked(tree.high)] : [];
    const side = { meaning: meaningOf('房间里的灯坏了'), categoryId: 1, firstCategoryId: 1 };
    const reckoned = Object.keys(features(side, side));
    expect(trees.flatMap(asked).filter((name) => !reckoned.includes(name))).toEqual([]);
    expect(trees.length).toBeGreaterThan(100);
    expect(Object.entries(counts).filter(([, n]) => n < 3 || n > texts)).toEqual([]);
  });
});

describe('figures', () => {
  it('are read as they are spoken', () => {
    expect(['两', '十一', '四十', '一百五十', '23'].map(numberOf)).toEqual([2, 11, 40, 150, 23]);
    expect(meaningOf('3号楼四层').places).toEqual(meaningOf('三栋4楼').places);
    expect(meaningOf('缺八名焊工').counts).toEqual([8]);
  });
});

describe('copies', () => {
  const text = '昨天下午开始，泵房北侧的铁门一直关不上，风一吹就响，夜班的人都休息不好。';

  it('are found by their keys, and only in the same period', () => {
    const again = text.replace('昨天下午', '前天上午');
    expect(shared(stretches(text), stretches(again))).toBeGreaterThan(nearCopy);
    const keys = keysOf(sketch(text), 1200);
    expect(keysOf(sketch(again), 1200).some((key) => keys.includes(key))).toBe(true);
    expect(keysOf(sketch(text), 1201).some((key) => keys.includes(key))).toBe(false);
  });

  it('are not made of what is too short to tell', () => {
    expect(sketch('没有热水')).toEqual([]);
  });
});
