import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeQueryCode } from '../../../contract/query-code.ts';
import { api, day, type House, openHouse } from '../../testing/program.ts';
import { openNearness } from './nearness.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const text = {
  zh: '宿舍空调怎么报修',
  en: 'Reporting a broken air conditioner',
  bodyZh: '先看遥控器电池，再报楼号房号，四小时内上门。',
  bodyEn: 'Check the remote first, then give block and room; somebody comes within four hours.',
  keywords: '空调、不制冷、热得睡不着',
  categoryId: null,
};
const dayAfter = (days: number): string =>
  new Date(house.clock.now().getTime() + days * day).toISOString().slice(0, 10);
const codeFor = () => makeQueryCode(crypto.getRandomValues(new Uint8Array(9)));

async function inForce(): Promise<string> {
  const author = await house.as('hand11');
  const { code } = await author.do(api.knowledge.beginArticle, text);
  await author.do(api.knowledge.submitArticle, { code });
  await (await house.as('disp01')).do(api.knowledge.reviewArticle, {
    code,
    no: 1,
    approve: true,
    reviewBy: dayAfter(90),
  });
  return code;
}

/** The operator answers a caller from an article. */
async function answerFrom(articleCode: string, callback: string, category = 'E01'): Promise<string> {
  const operator = await house.as('op01');
  const { contactId } = await operator.do(api.hotline.caller, { number: callback });
  const { id } = await operator.do(api.requests.register, {
    id: randomUUID(),
    queryCode: codeFor(),
    categoryId: house.category(category),
    siteId: house.site('U04-01'),
    text: '封闭期间空调坏了能不能自己请人来修？',
    confidentiality: 'open',
    callback,
    channel: 'hotline',
    contactId,
    answer: { text: '请先看遥控器电池，再报房号，四小时内上门。', articleCode },
  });
  return id;
}

describe('an article is written by one and reviewed by another', () => {
  test('nobody is answered from what was not reviewed', async () => {
    const author = await house.as('hand11');
    const { code } = await author.do(api.knowledge.beginArticle, text);
    const found = async () =>
      (await (await house.as('op01')).do(api.knowledge.articles, { search: '空调怎么报修' })).articles.map(
        (one) => one.code,
      );
    expect(await found()).not.toContain(code);
    await author.do(api.knowledge.submitArticle, { code });
    expect(await found()).not.toContain(code);
    const own = await author.try(api.knowledge.reviewArticle, { code, no: 1, approve: true, reviewBy: dayAfter(90) });
    expect([own.status, own.code]).toEqual([403, 'own_words']);
    await (await house.as('disp01')).do(api.knowledge.reviewArticle, {
      code,
      no: 1,
      approve: true,
      reviewBy: dayAfter(90),
    });
    expect(await found()).toContain(code);
  });

  test('who writes on a draft becomes its author, and what waits for review waits no more', async () => {
    const code = await inForce();
    const first = await house.as('hand11');
    const second = await house.as('disp01');
    await first.do(api.knowledge.writeArticle, {
      ...text,
      bodyZh: '先看遥控器电池，再报房号，两小时内上门。',
      code,
      saves: null,
    });
    await first.do(api.knowledge.submitArticle, { code });
    await second.do(api.knowledge.writeArticle, {
      ...text,
      bodyZh: '先看电池，再报房号，两小时内上门。',
      code,
      saves: 1,
    });
    const reviewing = await second.try(api.knowledge.reviewArticle, {
      code,
      no: 2,
      approve: true,
      reviewBy: dayAfter(9),
    });
    expect(reviewing.code).toBe('no_draft');
    await second.do(api.knowledge.submitArticle, { code });
    expect(
      (await second.try(api.knowledge.reviewArticle, { code, no: 2, approve: true, reviewBy: dayAfter(9) })).code,
    ).toBe('own_words');
    // Whoever wrote before has sentences in it too: what was theirs is not approved by being written on.
    expect(
      (await first.try(api.knowledge.reviewArticle, { code, no: 2, approve: true, reviewBy: dayAfter(9) })).code,
    ).toBe('own_words');
    expect((await first.do(api.knowledge.article, { code })).can.review).toBe(false);
    await (await house.as('disp02')).do(api.knowledge.reviewArticle, {
      code,
      no: 2,
      approve: true,
      reviewBy: dayAfter(9),
    });
    for (const writer of [first, second])
      expect((await writer.try(api.knowledge.confirmArticle, { code, reviewBy: dayAfter(30) })).code).toBe('own_words');
    const file = await first.do(api.knowledge.article, { code });
    expect(file.versions.map((one) => [one.no, one.state])).toEqual([
      [2, 'in_force'],
      [1, 'superseded'],
    ]);
  });

  test('nor by being refused and written down again by another', async () => {
    const code = await inForce();
    const first = await house.as('hand11');
    const second = await house.as('disp01');
    await first.do(api.knowledge.writeArticle, { ...text, bodyZh: '报房号，三小时内上门。', code, saves: null });
    await first.do(api.knowledge.submitArticle, { code });
    await second.do(api.knowledge.reviewArticle, { code, no: 2, approve: false, words: '写清楚时间' });
    await second.do(api.knowledge.writeArticle, { ...text, bodyZh: '报房号，三小时内上门。', code, saves: null });
    await second.do(api.knowledge.submitArticle, { code });
    const own = await first.try(api.knowledge.reviewArticle, { code, no: 3, approve: true, reviewBy: dayAfter(9) });
    expect(own.code).toBe('own_words');
  });

  test('two at one draft: the second is told, nothing is written over', async () => {
    const code = await inForce();
    const one = await house.as('hand11');
    const other = await house.as('disp01');
    await one.do(api.knowledge.writeArticle, { ...text, code, saves: null });
    const late = await other.try(api.knowledge.writeArticle, { ...text, zh: '别的标题', code, saves: null });
    expect([late.status, late.code]).toEqual([409, 'stale']);
    const [a, b] = await Promise.all([
      one.try(api.knowledge.writeArticle, { ...text, zh: '甲写的标题', code, saves: 1 }),
      other.try(api.knowledge.writeArticle, { ...text, zh: '乙写的标题', code, saves: 1 }),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 409]);
  });

  test('handing back needs words, a review day lies ahead, and both faults name their field', async () => {
    const author = await house.as('hand11');
    const { code } = await author.do(api.knowledge.beginArticle, text);
    await author.do(api.knowledge.submitArticle, { code });
    const reviewer = await house.as('disp01');
    const silent = await reviewer.try(api.knowledge.reviewArticle, { code, no: 1, approve: false });
    expect(silent.problem.fields?.[0]?.field).toBe('words');
    for (const reviewBy of [dayAfter(-1), dayAfter(1200)]) {
      const wrong = await reviewer.try(api.knowledge.reviewArticle, { code, no: 1, approve: true, reviewBy });
      expect([wrong.status, wrong.problem.fields?.[0]?.field]).toEqual([422, 'reviewBy']);
    }
    await reviewer.do(api.knowledge.reviewArticle, { code, no: 1, approve: false, words: '房号写法不对' });
    const { versions } = await author.do(api.knowledge.article, { code });
    expect(versions[0]).toMatchObject({ state: 'refused', reviewWords: '房号写法不对' });
  });

  test('only its owner or the dispatch lead withdraws it; then nobody answers from it', async () => {
    const code = await inForce();
    const stranger = await house.as('disp01');
    expect((await stranger.try(api.knowledge.withdrawArticle, { code, why: '过时了' })).code).toBe('not_owner');
    await (await house.as('disp00')).do(api.knowledge.withdrawArticle, { code, why: '流程改了' });
    const refused = await (await house.as('op01')).try(api.requests.register, {
      id: randomUUID(),
      queryCode: codeFor(),
      categoryId: house.category('E01'),
      siteId: house.site('U04-01'),
      text: '空调坏了怎么报修？',
      confidentiality: 'anonymous',
      channel: 'hotline',
      answer: { text: '四小时内有人上门来看。', articleCode: code },
    });
    expect([refused.status, refused.problem.fields?.[0]?.field]).toEqual([422, 'articleCode']);
  });

  test('its owner is told once that its review day has come', async () => {
    const code = await inForce();
    const owner = await house.as('hand11');
    house.clock.forward(91 * day);
    await house.timers.run('knowledge.reviews');
    await house.timers.run('knowledge.reviews');
    const { messages } = await owner.do(api.messages.inbox, { view: 'all' });
    expect(messages.filter((one) => one.kind === 'article.review' && one.about.label === code)).toHaveLength(1);
    const { articles } = await owner.do(api.knowledge.keptArticles, { view: 'overdue' });
    expect(articles.map((one) => one.code)).toContain(code);
    await (await house.as('disp01')).do(api.knowledge.confirmArticle, { code, reviewBy: dayAfter(100) });
    expect((await owner.do(api.knowledge.article, { code })).overdue).toBe(false);
  });
});

describe('what came of answering with it', () => {
  test('a caller who asks again within seven days counts against the article; one who does not, does not', async () => {
    const code = await inForce();
    const measured = async () => (await (await house.as('hand11')).do(api.knowledge.article, { code })).measured;
    await answerFrom(code, '138 0000 1111');
    await answerFrom(code, '138 0000 2222');
    expect(await measured()).toMatchObject({ answered: 2, judged: 0, held: 0, calledAgain: 0 });
    house.clock.forward(2 * day);
    await (await house.as('op01')).do(api.requests.register, {
      id: randomUUID(),
      queryCode: codeFor(),
      categoryId: house.category('E01'),
      siteId: house.site('U04-01'),
      text: '上次说的四小时没有人来。',
      confidentiality: 'open',
      callback: '138 0000 1111',
      channel: 'hotline',
      contactId: (await (await house.as('op01')).do(api.hotline.caller, { number: '138 0000 1111' })).contactId,
    });
    expect(await measured()).toMatchObject({ answered: 2, calledAgain: 1 });
    house.clock.forward(8 * day);
    await answerFrom(code, '138 0000 2222');
    expect(await measured()).toMatchObject({ answered: 3, calledAgain: 1 });
  });
  test('that the same person asked again in confidence shows in no figure of theirs (rules 6)', async () => {
    const code = await inForce();
    await answerFrom(code, '138 0000 3333');
    house.clock.forward(day);
    await (await house.as('op01')).do(api.requests.register, {
      id: randomUUID(),
      queryCode: codeFor(),
      categoryId: house.category('E01'),
      siteId: house.site('U04-01'),
      text: '上次说的四小时没有人来，不想让别人知道是我。',
      confidentiality: 'confidential',
      callback: '138 0000 3333',
      channel: 'hotline',
      contactId: (await (await house.as('op01')).do(api.hotline.caller, { number: '138 0000 3333' })).contactId,
    });
    const { measured } = await (await house.as('hand11')).do(api.knowledge.article, { code });
    expect(measured).toMatchObject({ answered: 1, calledAgain: 0 });
  });

  test('held is said by the person, never by who answered', async () => {
    const code = await inForce();
    const { id } = await house.given.request({ category: 'E01' });
    const desk = await house.as('disp01');
    const { version } = await desk.do(api.requests.thread, { id });
    await desk.do(api.requests.answer, { id, version, text: '先看遥控器电池，再报房号。', articleCode: code });
    const measured = async () => (await desk.do(api.knowledge.article, { code })).measured;
    expect(await measured()).toMatchObject({ answered: 1, judged: 0, held: 0 });
    await (await house.as('worker01')).do(api.requests.judge, { id, solved: true });
    expect(await measured()).toMatchObject({ answered: 1, judged: 1, held: 1, lost: 0 });
  });

  test('who may not read a request counts it and does not learn which', async () => {
    const code = await inForce();
    const id = await answerFrom(code, '138 0000 3333');
    const uses = async (login: string) => (await house.as(login)).do(api.knowledge.articleUses, { code });
    expect((await uses('disp01')).uses.map((use) => use.requestId)).toEqual([id]);
    expect(await uses('hand11')).toEqual({ uses: [], hidden: 1 });
  });
});

describe('articles near what is being typed', () => {
  const near = openNearness([
    {
      code: 'K1',
      zh: '口罩多久换',
      en: 'Masks',
      body_zh: '累计不超过八小时',
      body_en: 'Eight hours',
      keywords: '口罩、湿了',
      category_id: 1,
    },
    {
      code: 'K2',
      zh: '84消毒液怎么配',
      en: 'Chlorine',
      body_zh: '十毫升加水一升',
      body_en: 'Mix',
      keywords: '消毒液、兑水',
      category_id: 2,
    },
    {
      code: 'K3',
      zh: '新进场流程',
      en: 'Entry',
      body_zh: '查验登记后入班组',
      body_en: 'Register',
      keywords: '返岗、报到',
      category_id: 3,
    },
  ]);
  const codes = (typed: string, category: number | null = null) =>
    near.nearest(typed, category, 5).map((one) => one.article.code);

  test('the words people use find it, and say why', () => {
    const [first] = near.nearest('师傅问消毒液一桶要兑水多少', null, 5);
    expect(first!.article.code).toBe('K2');
    expect(first!.because).toContain('消毒液');
    expect(codes('口罩湿了要不要换')[0]).toBe('K1');
  });

  test('nothing near, nothing suggested; the chosen category comes all the same', () => {
    expect(codes('今天天气')).toEqual([]);
    expect(codes('', 3)).toEqual(['K3']);
  });

  test('full-width and capital letters are the same words', () => {
    expect(codes('８４消毒液')[0]).toBe('K2');
  });

  test('the server suggests in force articles only and keeps nothing of what is typed', async () => {
    const operator = await house.as('op01');
    const { articles } = await operator.do(api.knowledge.suggestArticles, {
      text: '84消毒液怎么兑水',
      categoryId: null,
    });
    expect(articles[0]!.code).toBe('K08');
    const kept = await house.sql<{ n: number }>(
      `select count(*)::int as n from platform.idempotency where answer::text like '%兑水%'`,
    );
    expect(kept[0]!.n).toBe(0);
  });
});
