/**
 * Composes what people type and say: a template, its slots, a tone of voice and, now and then,
 * the slips of a phone keyboard. The same random row gives the same text. What is said later about a
 * need is drawn from the topic it was told from, with the same places and counts.
 */
import { pick, type Random, seeded } from '../random.ts';
import { A } from './A.ts';
import { B } from './B.ts';
import { C } from './C.ts';
import { E } from './E.ts';
import { F } from './F.ts';
import { G } from './G.ts';
import { H } from './H.ts';
import { I } from './I.ts';
import { filler, type Lines, type Place, type Sentences, suits } from './slots.ts';
import {
  explained,
  explainedWell,
  notExplained,
  opened,
  openedUrgent,
  outOfScope,
  redone,
  redoneWhole,
  rest,
  stillAtIt,
  takenUpAgain,
} from './staff.ts';

export { type Random, seeded } from '../random.ts';
export type { Lines, Place, Sentences, Template, Topic } from './slots.ts';

/** By category code. D01–D04 and I03 are sealed: nothing of theirs enters the queue, so they have no sentences. */
export const sentences: Record<string, Sentences> = { ...A, ...B, ...C, ...E, ...F, ...G, ...H, ...I };

export const shortest = 8;
export const longest = 80;

interface Tone {
  before: string[];
  after: string[];
}

const tones: Record<string, { worker: Tone; officer: Tone }> = {
  need: {
    worker: {
      before: ['你好，', '您好，', '反映个事，', '麻烦反映一下，', '又来反映了，', '师傅你好，', '在吗，', '急，'],
      after: [
        '麻烦尽快',
        '请尽快处理',
        '麻烦帮忙协调一下',
        '等回复',
        '谢谢',
        '拜托了',
        '别再拖了',
        '给个准话吧',
        '希望有人管管',
      ],
    },
    officer: {
      before: ['您好，', '报一个情况，', '我这边是{site}，', '{site}保障员反映，', '请支持一下，', '急件，'],
      after: ['请尽快安排', '请协调', '收到请回复', '烦请支持', '谢谢', '请给个到位时间', '盼复'],
    },
  },
  urgent: {
    worker: {
      before: ['急！', '紧急情况，', '快，', '着急，', '喂，'],
      after: ['快点来人', '请马上处理', '在线等', '真的很急', '快回电话'],
    },
    officer: {
      before: ['紧急！', '急报，', '{site}紧急情况，', '加急，'],
      after: ['请马上处理', '请立即回电', '现场在等', '请按紧急件办'],
    },
  },
  ask: {
    worker: {
      before: ['想问一下，', '问个事，', '咨询一下，', '打听一下，', '你好，'],
      after: ['给个准话吧', '谢谢', '麻烦答复一下', '问了好几个人都不清楚'],
    },
    officer: {
      before: ['您好，', '咨询一下，', '请教一下，', '我这边是{site}，'],
      after: ['请答复', '盼复', '谢谢', '麻烦给个书面说法'],
    },
  },
  personal: {
    worker: {
      before: ['您好，', '你好，', '麻烦问一下，', '想反映一下，', '不好意思打扰了，', '实在没办法了，'],
      after: ['麻烦了', '拜托了', '希望能帮帮忙', '谢谢', '等你们答复', '心里急'],
    },
    officer: {
      before: ['您好，', '代为反映，', '{site}反映，', '报一个情况，'],
      after: ['请跟进', '请尽快答复', '请注意保密', '谢谢'],
    },
  },
  idea: {
    worker: {
      before: ['你好，', '说个小事，', '个人想法，'],
      after: ['供参考', '希望考虑一下', '谢谢', '不知道行不行'],
    },
    officer: { before: ['您好，', '{site}这边，', '和班组商量过，'], after: ['供参考', '请研究', '谢谢'] },
  },
  praise: {
    worker: { before: ['你好，', '没别的事，', '就想说一声，'], after: ['谢谢大家', '辛苦他们了', '请一定转达'] },
    officer: { before: ['您好，', '{site}想说一声，', '没有诉求，'], after: ['请转达', '辛苦了', '请宣传一下'] },
  },
};

const relays = ['代一名职工反映，', '有职工反映，', '班组有人反映，', '替工友反映一下，'];

function toneOf(category: string): { worker: Tone; officer: Tone } {
  let name = 'need';
  if (['B04', 'C01', 'C02', 'E02'].includes(category)) name = 'urgent';
  else if (['E01', 'F01', 'F06'].includes(category)) name = 'ask';
  else if (category === 'I01') name = 'idea';
  else if (category === 'I04') name = 'praise';
  else if (/^[GH]|I02/.test(category)) name = 'personal';
  const tone = tones[name];
  if (!tone) throw new Error(`No tone ${name}`);
  return tone;
}

const question = /吗$|呢$|怎么|什么|多少|谁(?!都|谁)|哪|咋|为啥|凭啥|几[天层点张级]$|(.)[不没]\1/;
const statement = /没说|不知道|说不清|不清楚|请|麻烦|求/;

function ending(text: string): string {
  const last = text.split(/[，。？！]/).at(-1) ?? text;
  return question.test(last) && !statement.test(last) ? '？' : '。';
}

/** Slips of a pinyin keyboard, each a word taken for another that sounds alike. */
const slips: [string, string][] = [
  ['已经', '以经'],
  ['安排', '按排'],
  ['解决', '解绝'],
  ['通风', '通分'],
  ['麻烦', '麻凡'],
  ['登记', '登计'],
  ['隔离', '隔里'],
  ['口罩', '口照'],
  ['热水', '热睡'],
  ['申请', '伸请'],
  ['时候', '时侯'],
  ['尽快', '近快'],
  ['反映', '反应'],
  ['消毒', '消独'],
  ['补贴', '补帖'],
  ['宿舍', '宿社'],
  ['协调', '协条'],
  ['门岗', '门刚'],
  ['盒饭', '合饭'],
  ['轮休', '轮修'],
  ['材料', '才料'],
  ['通行证', '通行正'],
  ['没人', '每人'],
  ['现在', '现再'],
  ['工资', '公资'],
  ['收到', '受到'],
  ['司机', '司几'],
];
const doubled = ['的', '了', '没', '在', '都', '我们', '到', '还'];

/** One slip of typing: a wrong homophone, a lost comma, a comma that became a space, a word twice. */
export function slip(text: string, random: Random): string {
  const kind = random();
  if (kind < 0.45) {
    const fitting = slips.filter(([right]) => text.includes(right));
    if (fitting.length) {
      const [right, wrong] = pick(fitting, random);
      return text.replace(right, wrong);
    }
  }
  if (kind < 0.75) {
    const commas = [...text.matchAll(/，/g)].map((m) => m.index);
    if (commas.length) {
      const at = pick(commas, random);
      return text.slice(0, at) + (random() < 0.5 ? ' ' : '') + text.slice(at + 1);
    }
  }
  const fitting = doubled.filter((word) => text.includes(word));
  if (!fitting.length) return text;
  const word = pick(fitting, random);
  return text.replace(word, word + word);
}

/** Other words for the same, as people differ in them. */
const variants: { said: RegExp; worker: string[]; officer: string[] }[] = [
  { said: /能不能/, worker: ['可不可以', '能不能'], officer: ['能否', '可否'] },
  { said: /没人(?=[管来修送问收看])/, worker: ['没有人', '没个人', '也没人'], officer: ['无人', '没有人'] },
  {
    said: /(?<!申)请(?=[把换派补给送查调安尽帮协来看])/,
    worker: ['麻烦', '求你们', '能不能赶紧'],
    officer: ['烦请', '麻烦', '望'],
  },
  { said: /什么时候/, worker: ['啥时候', '几时', '哪天'], officer: ['何时'] },
  { said: /怎么办/, worker: ['咋办', '咋整', '找谁'], officer: ['如何处理', '怎么处理'] },
  { said: /我们(?!回)/, worker: ['咱们', '咱'], officer: ['我们这边'] },
  { said: /(?<![一到今明昨当天])晚上(?![\d一二两三四五六七八九十])/, worker: ['夜里', '一到晚上'], officer: ['夜间'] },
  { said: /(?<!到)现在/, worker: ['这会儿', '眼下'], officer: ['目前'] },
  { said: /要(?=\d)/, worker: ['得要'], officer: ['需要'] },
  { said: /(?<!根本)不够(?=[用喝吃，。]|$)/, worker: ['根本不够', '差老远'], officer: ['不足', '不够'] },
  { said: /(?<![闷急吓摔压])坏了/, worker: ['坏掉了', '用不成了'], officer: ['损坏', '故障'] },
  { said: /(?<!快)用完了/, worker: ['用光了', '一点没了'], officer: ['已用完'] },
  { said: /只剩/, worker: ['就剩', '只有'], officer: ['仅剩'] },
  { said: /今天/, worker: ['今儿', '今天'], officer: ['今日', '今天'] },
  { said: /都(?=[没是在])/, worker: ['全', '全都'], officer: ['均'] },
];

function vary(text: string, by: 'worker' | 'officer', random: Random): string {
  let said = text;
  for (const variant of variants)
    if (random() < 0.3 && variant.said.test(said)) said = said.replace(variant.said, pick(variant[by], random));
  return said;
}

/** Ends a text as people do: with a stop, a question mark, two dots or nothing at all. */
function close(text: string, by: 'worker' | 'officer', random: Random): string {
  if (/[。？！~…]$/.test(text)) return text;
  const bare = by === 'worker' ? 0.38 : 0.12;
  const dice = random();
  if (dice < bare) return text;
  if (by === 'worker' && dice > 0.97) return `${text}！`;
  return text + ending(text);
}

/** A need as it was told, kept so that every later word fits the first. */
export interface Story {
  urgent: boolean;
  by: 'worker' | 'officer';
  place: Place;
  lines: Lines;
  /** Values of the slots the need was told with. */
  values: Map<string, string>;
  /** Words draw from a row of their own: a sentence more changes nothing that happens. */
  random: Random;
  /** Templates used already; nobody says the same twice. */
  said: Set<string>;
}

export interface Told {
  text: string;
  story: Story;
}

const urgentCategories = ['B04', 'C01', 'C02', 'E02'];
/** Slots that speak of the moment, never handed on to what is said later. */
const momentary = ['hour', 'just', 'next', 'due', 'meal'];

export function storyOf(
  category: string,
  by: 'worker' | 'officer',
  place: Place,
  lines: Lines,
  random: Random,
  told: ReadonlyMap<string, string> = new Map(),
): Story {
  return {
    urgent: urgentCategories.includes(category),
    by,
    place,
    lines,
    values: new Map([...told].filter(([name]) => !momentary.includes(name))),
    random: seeded(Math.floor(random() * 0x1_0000_0000)),
    said: new Set(),
  };
}

/** The topic of this name. */
export function topicOf(category: string, name: string): Lines {
  const topic = sentences[category]?.[name];
  if (!topic) throw new Error(`Category ${category} has no topic ${name}`);
  return topic;
}

export function composeRequest(
  category: string,
  by: 'worker' | 'officer',
  site: Place,
  at: Date,
  random: Random,
): Told {
  const choices = Object.values(sentences[category] ?? {}).flatMap((topic) =>
    topic.request
      .filter((t) => (t.by ? t.by === by : by === 'worker' || !/我(?!们)/.test(t.zh)))
      .map((template) => ({ topic, template })),
  );
  if (!choices.length) throw new Error(`No sentences for category ${category}`);
  const tone = toneOf(category)[by];
  for (let attempt = 0; ; attempt++) {
    const values = new Map<string, string>();
    const fill = filler(site, at, random, values);
    const { topic, template } = pick(choices, random);
    // An officer who passes on somebody's private trouble says that it is not his own.
    const relayed = by === 'officer' && !template.by && /^[GH]/.test(category);
    const body = (relayed ? pick(relays, random) : '') + vary(fill(template.zh), by, random);
    if (attempt < 40 && !suits(body, site)) continue;
    let text = body;
    if (!relayed && !/^(告急|断货|提个|建议)/.test(body) && random() < 0.26) {
      const before = fill(pick(tone.before, random));
      if (!text.startsWith('请问') && !(before.includes(site.zh) && text.includes(site.zh))) text = before + text;
    }
    if (random() < 0.34) {
      const after = pick(tone.after, random);
      const tail = body.slice(-14);
      if (
        !tail.includes(after.slice(0, 2)) &&
        !(after.includes('请') && tail.includes('请')) &&
        !/谢|拜托|求/.test(tail)
      ) {
        const stop = ending(text) === '？' ? '？' : random() < 0.7 ? '，' : '。';
        text = text + stop + after;
      }
    }
    text = close(text, by, random);
    if (random() < (by === 'worker' ? 0.13 : 0.06)) text = slip(text, random);
    if (text.length > longest) text = close(body, by, random);
    if (text.length >= shortest && text.length <= longest)
      return { text, story: storyOf(category, by, site, topic, random, values) };
    if (attempt > 80) throw new Error(`Category ${category} cannot be put into ${longest} characters`);
  }
}

/** One of these lines, unused in this story if there is one, filled with what the story already named. */
function speak(story: Story, lines: readonly string[], at: Date): string {
  const { random, said, place } = story;
  for (let attempt = 0; ; attempt++) {
    const unsaid = lines.filter((line) => !said.has(line));
    const line = pick(unsaid.length > 0 ? unsaid : lines, random);
    const values = new Map(story.values);
    const text = filler(place, at, random, values)(line);
    if (attempt < 20 && !suits(text, place)) continue;
    said.add(line);
    for (const [name, value] of values) if (!momentary.includes(name)) story.values.set(name, value);
    return text;
  }
}

const unsaidOf = (story: Story, lines: readonly string[]): string[] => lines.filter((line) => !story.said.has(line));

/** What the handler writes on the way: first that it is taken up, then how it goes. */
export function composeProgress(story: Story, at: Date, again = false): string {
  const own = unsaidOf(story, story.lines.progress);
  if (again) return speak(story, takenUpAgain, at);
  if (story.said.size === 0 && story.random() < 0.3) return speak(story, story.urgent ? openedUrgent : opened, at);
  return speak(story, own.length > 0 ? own : stillAtIt, at);
}

export type Solution = 'solved' | 'partly' | 'explained' | 'out_of_scope';

/** What the handler says when it is done, or why it cannot be. */
export function composeHandled(story: Story, at: Date, solution: Solution, again = false): string {
  if (solution === 'explained') return speak(story, explained, at);
  if (solution === 'out_of_scope') return speak(story, outOfScope, at);
  const unsaid = unsaidOf(story, story.lines.handled);
  if (again && unsaid.length === 0) return speak(story, redoneWhole, at);
  const done = (again ? speak(story, redone, at) : '') + speak(story, story.lines.handled, at);
  return solution === 'partly' ? done + speak(story, rest, at) : done;
}

/** The person's own words on how it ended. Of what could only be explained nobody says that it was mended. */
export function composeVerdict(story: Story, at: Date, solved: boolean, solution: Solution): string {
  if (solution === 'explained' || solution === 'out_of_scope')
    return speak(story, solved ? explainedWell : notExplained, at);
  const lines = (solved ? story.lines.solved : story.lines.notSolved).filter((t) => !t.by || t.by === story.by);
  return speak(
    story,
    lines.map((t) => t.zh),
    at,
  );
}

/** What an operator answers at once, or null where the matter cannot be settled by words. */
export function composeAnswer(story: Story, at: Date): string | null {
  return story.lines.answer ? speak(story, story.lines.answer, at) : null;
}
