import { expect, test } from 'vitest';
import { partOfZip as partOf, wordsOf } from '../testing/word.ts';
import { chineseNumber, titleLines, writeOfficialPaper } from './official-paper.ts';

test('an official paper keeps the measures of GB/T 9704-2012', async () => {
  const zip = await writeOfficialPaper({
    issuer: '汀澜综合保障组',
    number: '汀澜综保〔2026〕12号',
    title: '公路公司封闭管理阶段综合保障工作方案',
    addressee: '各工地',
    body: [
      { heading: '编制依据', level: 1 },
      { text: '第一段 <有尖括号> & 号' },
      { heading: '措施', level: 1 },
      { heading: '事前', level: 2 },
      { heading: '清单', level: 3 },
      {
        columns: [
          { title: '措施', width: 3 },
          { title: '责任人', width: 1 },
        ],
        rows: [['消杀\n两次', '保障员']],
      },
      { heading: '事中', level: 2 },
      { heading: '联系人', level: 1 },
    ],
    attachments: ['措施表', '通讯录'],
    signature: { issuer: '汀澜综合保障组', date: '2026年3月9日' },
    imprint: { copies: '各直属单位', printed: '综合办公室　2026年3月9日印发' },
  });
  const xml = partOf(zip, 'word/document.xml');
  expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"');
  expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/);
  expect(xml).toMatch(/<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"\/>/);
  expect(xml).toContain('w:color="FF0000"');
  expect(xml).toContain('w:firstLineChars="200"');
  expect(xml).toContain('<w:tblHeader');
  for (const font of ['方正小标宋简体', '仿宋_GB2312', '黑体', '楷体_GB2312']) expect(xml).toContain(font);
  const words = wordsOf(xml);
  expect(words.filter((text) => /^[一二三（1]/.test(text))).toEqual([
    '一、编制依据',
    '二、措施',
    '（一）事前',
    '1. 清单',
    '（二）事中',
    '三、联系人',
  ]);
  expect(words).toContain('第一段 &lt;有尖括号&gt; &amp; 号');
  expect(words).toEqual(expect.arrayContaining(['消杀', '两次', '附件：1. 措施表', '各工地：', '抄送：各直属单位。']));
  expect(partOf(zip, 'word/settings.xml')).toContain('w:evenAndOddHeaders');
  expect(partOf(zip, 'word/footer1.xml')).toContain('w:right="316"');
});

test('a title that is too long breaks between words into lines of like length', () => {
  expect(titleLines('短标题')).toEqual(['短标题']);
  const long = '关于印发公路公司封闭管理阶段综合保障工作方案及各工地措施清单的通知';
  const lines = titleLines(long);
  expect(lines.join('')).toBe(long);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(20);
  expect(Math.abs([...lines[0]!].length - [...lines[1]!].length)).toBeLessThanOrEqual(6);
});

test('headings count as Chinese does', () => {
  expect([1, 9, 10, 11, 20, 35, 99].map(chineseNumber)).toEqual(['一', '九', '十', '十一', '二十', '三十五', '九十九']);
});
