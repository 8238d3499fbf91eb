import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { begun, lineWith, signNow, wholeSet } from '../../testing/plans.ts';
import { api, type Client, type House, openHouse } from '../../testing/program.ts';
import { partOfZip, wordsOf } from '../../testing/word.ts';

let house: House;
let liaison: Client;
beforeAll(async () => {
  house = await openHouse();
  liaison = await house.as('liai04');
});
afterAll(() => house.stop());

/** The parts of the Word file that carry what the standard asks. */
async function paperOf(by: Client, id: string) {
  const answer = await by.fetch('GET', `/api/plans/${id}/paper.docx`);
  expect(answer.status).toBe(200);
  const zip = Buffer.from(await answer.arrayBuffer());
  const document = partOfZip(zip, 'word/document.xml');
  return { document, words: wordsOf(document), footer: partOfZip(zip, 'word/footer1.xml'), zip };
}
/** The text of the cells of the table that stands under a heading. */
const tableUnder = (document: string, heading: string): string[][] => {
  const after = document.slice(document.indexOf(heading));
  const table = after.slice(after.indexOf('<w:tbl>'), after.indexOf('</w:tbl>'));
  return [...table.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map(([row]) =>
    [...row!.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([one]) => wordsOf(one!).join('\n')),
  );
};

describe('the Word paper', () => {
  test('a unit plan on its way is a draft: addressed, in order, every measure under its phase with its clause', async () => {
    const id = await begun(house, liaison, 'U04', 'S2', [
      ...(['before', 'during', 'after'] as const).map((phase) => ({
        level: 'unit' as const,
        zh: `单位${phase}`,
        phase,
      })),
      {
        level: 'unit',
        zh: '进场人员逐一查验',
        phase: 'during',
        red: true,
        clause: '属地通告〔2026〕12号 第三条',
        nature: 'political',
        place: '大门',
      },
    ]);
    const { document, words, footer } = await paperOf(liaison, id);
    const node = house.dir.nodesByCode.get('U04')!;
    const title = words.find((text) => text.includes('阶段工作方案'))!;
    expect(title).toContain(node.zh);
    expect(words.join('')).toContain('（草稿）');
    const order = [
      title,
      '本单位各工地：',
      '一、编制依据',
      '二、工作目标',
      '三、组织与职责',
      '四、阶段安排',
      '五、措施清单',
      '（一）事前',
      '（二）事中',
      '（三）事后',
      '六、资源保障',
      '七、应急预案',
      '八、工作要求',
      '九、联络方式',
      `${house.dir.group.zh}${node.zh}`,
      '　　年　　月　　日',
    ];
    const found = order.map((text, i) => words.indexOf(text, i === 0 ? 0 : words.indexOf(title)));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(words).toContain('阶段要求。');

    const during = tableUnder(document, '（二）事中');
    expect(during[0]).toEqual(['措施与条款', '性质', '责任', '时间', '地点', '做法', '凭据']);
    const red = during.find((row) => row[0]!.includes('进场人员逐一查验'))!;
    expect(red[0]).toBe('★进场人员逐一查验\n〔属地通告〔2026〕12号 第三条〕');
    expect([red[1], red[4]]).toEqual(['政治', '大门']);
    expect(words.find((text) => text.startsWith('下列为红线'))).toContain('进场人员逐一查验');
    expect(tableUnder(document, '（一）事前').flat().join()).not.toContain('进场人员逐一查验');
    // Page numbers as the standard has them: — 1 —.
    expect(wordsOf(footer).join('')).toBe('—  —');
    expect(footer).toContain('PAGE');
    expect(document).toMatch(/w:eastAsia="方正小标宋简体"/);
    expect(document).toMatch(/w:eastAsia="仿宋_GB2312"/);
    expect(document).toMatch(/w:eastAsia="黑体"/);
    expect(document).toMatch(/w:eastAsia="楷体_GB2312"/);
  });

  test('a measure set in force bears who signed it and the day it was approved, and no longer calls itself a draft', async () => {
    const id = await begun(house, liaison, 'U04-01', 'S4', wholeSet('U04-01'));
    const [owner] = (await liaison.do(api.plans.plan, { id })).people;
    await liaison.do(api.plans.addLine, {
      id,
      key: randomUUID(),
      line: lineWith({ zh: '晚点名', ownerId: owner!.id, clause: 'S4-M07' }),
    });
    for (const [login, step] of [
      ['site01', 'feasible'],
      ['sup01', 'reviewed'],
      ['lead04', 'approved'],
    ] as const)
      expect((await signNow(await house.as(login), id, step)).code).toBeNull();
    const { document, words } = await paperOf(liaison, id);
    expect(words.join('')).not.toMatch(/草稿|送审稿|送批稿/);
    expect(words).toContain('本工地各班组：');
    for (const step of ['编写：', '现场可行确认：', '审核：', '批准：'])
      expect(words.filter((text) => text.startsWith(step) && /\d{4}年\d{1,2}月\d{1,2}日。$/.test(text))).toHaveLength(
        1,
      );
    expect(words.at(-1)).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日$/);
    const evening = tableUnder(document, '（三）事后').find((row) => row[0]!.includes('晚点名'))!;
    expect(evening[2]).toBe(`工地保障员\n${owner!.label}`);
    // Every line of the plan stands in it once.
    const { table } = await liaison.do(api.plans.plan, { id });
    const rows = ['（一）事前', '（二）事中', '（三）事后'].flatMap((phase) => tableUnder(document, phase).slice(1));
    expect(rows.map((row) => row[0]!.split('\n')[0]!.replace('★', '')).sort()).toEqual(
      table.map((one) => one.zh).sort(),
    );
  });

  test('a strategy goes to the units', async () => {
    const id = await begun(house, await house.as('sup01'), house.dir.groupNode.code, 'S2');
    const { words } = await paperOf(await house.as('sup02'), id);
    expect(words).toContain('各单位：');
    expect(words.some((text) => text.includes('阶段工作对策'))).toBe(true);
  });

  test('the paper of a site that was closed can still be read', async () => {
    const id = await begun(house, liaison, 'U04-12', 'S2', wholeSet('U04-12'));
    const [site] = await house.sql<{ site_id: number }>('select site_id from plans.plan where id = $1', [id]);
    await house.sql('update organization.node set closed_at = $2 where id = $1', [site!.site_id, house.clock.now()]);
    const { forgetDirectory } = await import('../organization/index.ts');
    forgetDirectory();
    const { words } = await paperOf(liaison, id);
    expect(words.join('')).toContain(`（已撤销 ${site!.site_id}）`);
    const { rows } = await liaison.do(api.plans.coverage, {});
    expect(rows[0]!.sites).toBe(11);
  });
});
