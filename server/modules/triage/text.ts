import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba } from '@node-rs/jieba';
import { Converter } from 'opencc-js/t2cn';

/**
 * Words of a message as the classifier reads them. Deterministic: the same text and the same terms give the same words.
 */

const simplified = Converter({ from: 't', to: 'cn' });

const numeral = '[0-9零〇一二两三四五六七八九十百千几]';
/** What a number measures says more than the number: 38.5度 and 39度 are one word to the classifier. */
const classes: readonly (readonly [RegExp, string])[] = [
  // Numbers to ring, identity cards, what was masked before it came here.
  [/(?:\d[\d-]{6,}\d[xX]?|\*{3,}\d*)/g, ' '],
  [/\[?姓名\]?/g, ' '],
  [/(?:https?:\/\/|www\.)[\w./?=&%-]+|[\w.+-]+@[\w.-]+\.\w+/g, ' '],
  // Places written as codes (A市, B7县) in data whose places were masked.
  [/[a-z]\d{0,3}(?=[市县区])/g, ''],
  [/(?:3[6-9]|4[0-2])(?:[.点]\d)?\s*(?:℃|°c|度(?!假|电))/g, '体温度 '],
  [new RegExp(`${numeral}+(?:[:：点时]${numeral}*(?:分|半)?)(?!钟|间|候)`, 'g'), ' '],
  [new RegExp(`${numeral}+(?:年|月|日|号(?!楼|线|床|库|门|棚|仓|岗))`, 'g'), ' '],
  [
    new RegExp(
      `${numeral}+(?:\\.\\d+)?(?=(?:个|多|余)?(?:小时|天|周|星期|分钟|人|名|位|号楼|号线|号床|号库|号门|栋|幢|楼|层|室|间|床|班|队|组|箱|盒|瓶|袋|支|套|件|只|桶|包|份|公斤|斤|吨|米|公里|元|块|万|次|岁|标|车))`,
      'g',
    ),
    '',
  ],
  [/\d+(?:\.\d+)?/g, ' '],
];

/** NFKC, lower case, traditional characters to simplified, numbers and units to classes, punctuation to spaces. */
export function normalise(text: string): string {
  let folded = simplified(text.normalize('NFKC').toLowerCase());
  for (const [pattern, stands] of classes) folded = folded.replace(pattern, stands);
  return folded.replace(/[^\p{L}]+/gu, ' ').trim();
}

/** Words that stand in every message whatever it is about. */
const everywhere = new Set(
  (
    '的 了 在 是 我 我们 你 你们 您 他 她 它 他们 这 那 这个 那个 这里 那里 这边 那边 这样 那样 这种 这些 那些 和 与 及 并 而 而且 且 或 或者 就 也 都 还 还是 又 再 才 只 只是 但 但是 却 ' +
    '不过 因为 所以 因此 由于 如果 要是 虽然 然后 于是 以及 以 为 为了 对 对于 向 把 被 让 给 跟 同 从 到 由 按 按照 于 等 等等 之 其 其中 该 此 各 每 某 某某 啊 呀 吧 吗 呢 嘛 哦 唉 哎 哈 ' +
    '很 太 更 最 非常 十分 特别 比较 真 真的 地 得 着 过 们 个 上 下 里 中 内 外 前 后 间 时 时候 现在 目前 今天 昨天 明天 今年 去年 刚 刚刚 已 已经 曾 曾经 正 正在 将 要 会 能 可以 可 应 应该 ' +
    '有 没 去 来 做 说 看 想 知道 觉得 一下 一个 一些 一点 一直 一样 有点 有的 有人 什么 怎么 怎样 如何 为何 为什么 哪 哪里 哪个 谁 多少 几 请 请问 麻烦 谢谢 谢 您好 你好 大家 自己 尊敬 领导 希望 望 盼 ' +
    '啦 喔 额 嗯 呗 咋 咱 咱们 俺 人家 及时 尽快 赶紧 赶快'
  ).split(' '),
);

export const isEverywhere = (word: string): boolean => everywhere.has(word);

export interface Segmenter {
  /** Words of normalised text in their order, without those that stand everywhere. */
  words(text: string): string[];
}

let shared: Jieba | null = null;

// As the library's own `dict.js`, which would keep the file, and one of 6 MB that nobody asks for, in memory for good.
const dictionary = (): Buffer => readFileSync(createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt'));

/**
 * @param terms the group's own words: sites, units, items, categories; each is kept in one piece.
 * Terms of one process accumulate: the dictionary is loaded once.
 */
export function openSegmenter(terms: readonly string[]): Segmenter {
  shared ??= Jieba.withDict(dictionary());
  const jieba = shared;
  const own = [...new Set(terms.map((term) => normalise(term)).filter((term) => /^\p{Script=Han}{2,12}$/u.test(term)))];
  if (own.length > 0) jieba.loadDict(Buffer.from(own.map((term) => `${term} 20000 n\n`).join('')));
  return {
    words: (text) => jieba.cut(normalise(text), true).filter((word) => word.trim() !== '' && !everywhere.has(word)),
  };
}
