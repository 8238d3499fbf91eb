import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { crc32, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CellContent,
  markWorkbook,
  problemTitle,
  type ReadingOptions,
  readTable,
  type SheetToWrite,
  type TableRow,
  writeCsv,
  writeWorkbook,
} from './sheets.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lastmetre-sheets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Row = Record<string, CellContent | undefined>;

async function* each<T>(rows: T[]): AsyncGenerator<T> {
  yield* rows;
}

async function written(write: typeof writeWorkbook, sheet: SheetToWrite): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await write(new Writable({ write: (chunk, _encoding, done) => done(void chunks.push(chunk)) }), sheet);
  return Buffer.concat(chunks);
}

function table(titles: string[], rows: Row[]): SheetToWrite {
  return { name: '名册', columns: titles.map((title) => ({ key: title, title })), rows: each(rows) };
}

async function all(
  file: string | Buffer,
  kind: 'xlsx' | 'csv' | 'jsonl',
  options?: ReadingOptions,
): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of readTable(file, kind, options)) rows.push(row);
  return rows;
}

/** A zip as plain as can be (nothing packed), independent of the code under test. */
function zipOf(files: Record<string, string>): Buffer {
  const bodies: Buffer[] = [];
  const listing: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(text);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    bodies.push(Buffer.from('PK\x03\x04'), head, name, bytes);
    listing.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, tail, name);
    offset += 30 + name.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(Buffer.concat(listing).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...listing, end]);
}

/** One part out of a zip, found by its directory entry. */
function partOf(zip: Buffer, path: string): string {
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at !== -1; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    if (zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)) !== path) continue;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString('utf8');
  }
  throw new Error(`no part ${path}`);
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageNames = 'http://schemas.openxmlformats.org/package/2006';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';

/** What Excel itself writes: shared strings with rich text and phonetics, spans, styles, a range of column widths. */
const excelFiles = {
  '[Content_Types].xml': `${declaration}<Types xmlns="${packageNames}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
  '_rels/.rels': `${declaration}<Relationships xmlns="${packageNames}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr defaultThemeVersion="124226"/><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${packageNames}/relationships"><Relationship Id="rId3" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  'xl/styles.xml': `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"><alignment horizontal="center"/></xf><xf numFmtId="22" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="20" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><dxfs count="0"/></styleSheet>`,
  'xl/sharedStrings.xml': `${declaration}<sst xmlns="${main}" count="8" uniqueCount="8"><si><t xml:space="preserve"> 姓名 </t><phoneticPr fontId="1" type="noConversion"/></si><si><t>电话</t></si><si><t>到岗日期</t></si><si><t>时间</t></si><si><r><t>张</t></r><r><rPr><b/><sz val="11"/></rPr><t>三</t></r><rPh sb="0" eb="2"><t>zhang san</t></rPh></si><si><t>李四&amp;王五_x000D_
第二行</t></si><si><t>=1+1</t></si><si><t>合计</t></si></sst>`,
  'xl/worksheets/sheet1.xml': `${declaration}<worksheet xmlns="${main}" xmlns:r="${office}"><dimension ref="A1:F6"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="13.5"/><cols><col min="1" max="1" width="12" customWidth="1"/></cols><sheetData><row r="1" spans="1:6" ht="20" customHeight="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row><row r="2" spans="1:6"><c r="A2" t="s"><v>4</v></c><c r="B2"><v>13800138000</v></c><c r="C2" s="1"><v>46037</v></c><c r="D2" s="2"><v>46037.4375</v></c></row><row r="4" spans="1:6"><c r="A4" t="s"><v>5</v></c><c r="B4" t="str"><f>"0"&amp;"10"</f><v>010</v></c><c r="C4" s="1"/><c r="D4" s="3"><v>0.4375</v></c></row><row r="5"/><row r="6" spans="1:6"><c r="A6" t="s"><v>6</v></c><c r="B6"><v>0.30000000000000004</v></c><c r="C6" t="b"><v>1</v></c><c r="D6" t="e"><v>#N/A</v></c><c r="F6" t="s"><v>7</v></c><c r="XFD6" s="1"/></row></sheetData><dataValidations count="1"><dataValidation type="list" sqref="A2:A9"><formula1>"甲,乙"</formula1></dataValidation></dataValidations><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`,
};
const excelWorkbook = () => zipOf(excelFiles);
const excelRows = [
  { rowNumber: 2, cells: { 姓名: '张三', 电话: '13800138000', 到岗日期: '2026-01-15', 时间: '2026-01-15 10:30:00' } },
  { rowNumber: 4, cells: { 姓名: '李四&王五\r\n第二行', 电话: '010', 到岗日期: '', 时间: '10:30:00' } },
  { rowNumber: 6, cells: { 姓名: '=1+1', 电话: '0.3', 到岗日期: 'true', 时间: '#N/A', F: '合计' } },
];

describe('writing and reading back', () => {
  test('every kind of cell', async () => {
    const rows: Row[] = [
      {
        文: '汉字 <&> "引号"',
        数: -1.5,
        是: true,
        日: new Date('2026-01-14T16:00:00Z'),
        时: new Date('2026-01-15T02:30:00Z'),
      },
      { 文: '两行\n第二', 数: 0, 是: false, 日: null, 时: new Date(Number.NaN) },
    ];
    const cells = [
      { 文: '汉字 <&> "引号"', 数: '-1.5', 是: 'true', 日: '2026-01-15', 时: '2026-01-15 10:30:00' },
      { 文: '两行\n第二', 数: '0', 是: 'false', 日: '', 时: '' },
    ];
    const titles = ['文', '数', '是', '日', '时'];
    const expected = cells.map((row, index) => ({ rowNumber: index + 2, cells: row }));
    expect(await all(await written(writeWorkbook, table(titles, rows)), 'xlsx')).toEqual(expected);
    expect(await all(await written(writeCsv, table(titles, rows)), 'csv')).toEqual(expected);
    const inUtc = await written(writeWorkbook, { ...table(titles, rows), zone: 'UTC' });
    expect((await all(inUtc, 'xlsx'))[0]?.cells.时).toBe('2026-01-15 02:30:00');
  });

  test('any text comes back as it was', async () => {
    const unit = fc.constantFrom(
      'a',
      '汉',
      '😀',
      '_',
      'x',
      '0',
      '4',
      '1',
      '_x0041_',
      '=',
      "'",
      '"',
      ',',
      '&',
      '<',
      ' ',
      '\n',
      '\r',
      '\t',
      '\u0001',
    );
    const texts = fc.array(fc.string({ unit, minLength: 1 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const rows = values.map((值) => ({ 号: 'x', 值 }));
        for (const [write, kind] of [
          [writeWorkbook, 'xlsx'],
          [writeCsv, 'csv'],
        ] as const) {
          const back = await all(await written(write, table(['号', '值'], rows)), kind);
          expect(back.map((row) => row.cells.值)).toEqual(values);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('empty tables, odd sheet names and texts longer than a cell', async () => {
    expect(await all(await written(writeWorkbook, table(['甲'], [])), 'xlsx')).toEqual([]);
    const named = await written(writeWorkbook, {
      ...table(['甲'], []),
      name: "'应急[物资]/第2批:待核实*的很长很长很长很长很长很长的名字'",
    });
    expect((await readXlsx(named)).sheets[0]!.name).toMatch(/^应急 物资 {2}第2批 待核实 的很长/);
    const long = await written(writeWorkbook, table(['甲'], [{ 甲: `${'长'.repeat(40_000)}` }]));
    const text = (await all(long, 'xlsx'))[0]!.cells.甲!;
    expect([text.length, text.at(-1)]).toEqual([32_767, '…']);
  });

  test('when the rows fail there is no file that looks whole', async () => {
    async function* failing(): AsyncGenerator<Row> {
      for (let row = 0; row < 5_000; row++) yield { 甲: 'x'.repeat(50) + Math.random() };
      throw new Error('connection lost');
    }
    const path = join(folder, 'broken.xlsx');
    const out = createWriteStream(path);
    await expect(writeWorkbook(out, { ...table(['甲'], []), rows: failing() })).rejects.toThrow('connection lost');
    expect(out.destroyed).toBe(true);
    await expect(all(path, 'xlsx')).rejects.toMatchObject({ code: 'table_unreadable' });
  });

  test.each([writeWorkbook, writeCsv])('a reader who goes away stops the rows of %o', async (write) => {
    let stopped = false;
    async function* endless(): AsyncGenerator<Row> {
      try {
        for (;;) yield { 甲: Math.random().toString(36).repeat(20) };
      } finally {
        stopped = true;
      }
    }
    let chunks = 0;
    const out = new Writable({
      write(_chunk, _encoding, done) {
        if (++chunks > 3) this.destroy();
        done();
      },
    });
    await expect(write(out, { ...table(['甲'], []), rows: endless() })).rejects.toThrow();
    expect(stopped).toBe(true);
  });
});

describe('formulas cannot be smuggled in', () => {
  const texts = ['=1+1', '+86', '-1', '@x', '\t=1', '\r=1', '=HYPERLINK("http://x","y")', "=cmd|'/c calc'!A1"];

  test('in a workbook they are text cells, and numbers stay numbers', async () => {
    const rows = [...texts.map((文) => ({ 文, 数: 1 })), { 文: 'x', 数: -1 }];
    const xml = partOf(await written(writeWorkbook, table(['文', '数'], rows)), 'xl/worksheets/sheet1.xml');
    expect(xml).not.toMatch(/<f[ >/]/);
    for (const [index, text] of texts.entries()) {
      const cell = new RegExp(`<c r="A${index + 2}"[^>]*>`).exec(xml)?.[0];
      expect(cell, text).toContain('t="inlineStr"');
    }
    expect(xml).toMatch(/<c r="B10"(?: s="\d+")?><v>-1<\/v><\/c>/);
    expect(xml.match(/t="inlineStr"/g)).toHaveLength(texts.length + 1 + 2);
    const styles = partOf(await written(writeWorkbook, table(['文'], [{ 文: '=1' }])), 'xl/styles.xml');
    expect(styles, 'text columns are formatted as text').toMatch(/numFmtId="49"|formatCode="@"/);
  });

  test('in CSV they carry an apostrophe, titles too, and lose it when read back', async () => {
    const csv = await written(
      writeCsv,
      table(
        ['=标题', '数'],
        texts.map((text) => ({ '=标题': text, 数: -1 })),
      ),
    );
    expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = csv.toString('utf8').slice(1);
    expect(lines).toMatch(/^'=标题,数\r\n'=1\+1,-1\r\n'\+86,-1\r\n'-1,-1\r\n'@x,-1\r\n/);
    expect((await all(csv, 'csv')).map((row) => row.cells['=标题'])).toEqual(texts);
  });
});

describe('files made elsewhere', () => {
  test('a workbook as Excel writes it', async () => {
    expect(await all(excelWorkbook(), 'xlsx')).toEqual(excelRows);
    const path = join(folder, 'excel.xlsx');
    await writeFile(path, excelWorkbook());
    expect(await all(path, 'xlsx')).toEqual(excelRows);
  });

  test('a workbook with prefixed names and no cell references', async () => {
    const sheet = `<x:worksheet xmlns:x="${main}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const file = zipOf({ ...excelFiles, 'xl/worksheets/sheet1.xml': sheet });
    expect(await all(file, 'xlsx')).toEqual([{ rowNumber: 2, cells: { 甲: '1', 乙: '2' } }]);
    const marked = await markWorkbook(file, [{ row: 2, column: '乙', message: '不对' }]);
    expect(await all(marked, 'xlsx')).toEqual([{ rowNumber: 2, cells: { 甲: '1', 乙: '2' } }]);
    expect((await readXlsx(marked)).sheets[0]!.rows).toEqual([
      ['甲', '乙', problemTitle],
      [1, 2, '乙: 不对'],
    ]);
  });

  test('CSV in GB 18030, as a Chinese Excel saves it', async () => {
    // 姓名,数量 / 张三,5 / "李四" with a line end inside quotes
    const bytes = Buffer.from([
      0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xca, 0xfd, 0xc1, 0xbf, 0x0d, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0x35, 0x0d, 0x0a,
      0x22, 0xc0, 0xee, 0x0a, 0xcb, 0xc4, 0x22, 0x2c, 0x36,
    ]);
    expect(await all(bytes, 'csv')).toEqual([
      { rowNumber: 2, cells: { 姓名: '张三', 数量: '5' } },
      { rowNumber: 3, cells: { 姓名: '李\n四', 数量: '6' } },
    ]);
  });

  test('titles: keys, doubles, gaps, a title row further down, names of object members', async () => {
    const text = '填表说明,,\n,,\n名称,名称,,__proto__\n甲,乙,丙,丁\n\n,,,\n戊\n';
    const rows = await all(Buffer.from(text), 'csv', {
      headerRow: 3,
      keyOf: (title) => (title === '名称' ? 'name' : title),
    });
    expect(rows.map((row) => row.rowNumber)).toEqual([4, 7]);
    expect(Object.entries(rows[0]!.cells)).toEqual([
      ['name', '甲'],
      ['name (2)', '乙'],
      ['__proto__', '丁'],
      ['C', '丙'],
    ]);
    expect(rows[1]!.cells.name).toBe('戊');
    await expect(all(Buffer.from(''), 'csv')).rejects.toMatchObject({ code: 'table_no_titles' });
    await expect(all(Buffer.from('\na,b\n1,2'), 'csv')).rejects.toMatchObject({ code: 'table_no_titles' });
  });

  test('one JSON object a line', async () => {
    const lines = '\ufeff{"a":1,"b":"汉","c":null,"d":[1],"e":true}\r\n\n{"a":"x\\ny"}';
    expect(await all(Buffer.from(lines), 'jsonl')).toEqual([
      { rowNumber: 1, cells: { a: '1', b: '汉', c: '', d: '[1]', e: 'true' } },
      { rowNumber: 3, cells: { a: 'x\ny' } },
    ]);
    for (const bad of ['{"a":1}\n[1]', '{"a":1}\n{"a":', '{"a":1}\nnull\n']) {
      await expect(all(Buffer.from(bad), 'jsonl')).rejects.toMatchObject({
        code: 'table_bad_line',
        values: { row: 2 },
      });
    }
  });

  test('what cannot be read is refused in words', async () => {
    await expect(all(Buffer.from('not a zip'), 'xlsx')).rejects.toMatchObject({ code: 'table_unreadable' });
    await expect(all(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'xlsx')).rejects.toMatchObject({
      code: 'table_old_or_locked',
    });
    await expect(all(zipOf({ 'a.txt': 'x' }), 'xlsx')).rejects.toMatchObject({ code: 'table_unreadable' });
    await expect(markWorkbook(Buffer.from('not a zip'), [])).rejects.toMatchObject({ code: 'table_unreadable' });
    await expect(all(Buffer.from('a\n1\n2\n3'), 'csv', { maxRows: 2 })).rejects.toMatchObject({
      code: 'table_too_long',
    });
  });

  test('whoever uses the rows gets their own errors back', async () => {
    const use = async () => {
      for await (const _row of readTable(excelWorkbook(), 'xlsx')) throw new Error('mine');
    };
    await expect(use()).rejects.toThrow('mine');
  });
});

describe('marking', () => {
  const marks = [
    { row: 2, column: '电话', message: '不是电话号码 <x> & "y"' },
    { row: 2, column: '到岗日期', message: '=在事发之前' },
    { row: 4, column: '到岗日期', message: '必填' },
    { row: 3, column: '', message: '空行' },
    { row: 6, column: '没有的列', message: '缺' },
  ];

  async function seen(file: Buffer) {
    const sheet = (await readXlsx(file, { readStyles: true })).sheets[0]!;
    const red: string[] = [];
    for (const [place, cell] of sheet.cells ?? []) {
      const fill = cell.style?.fill;
      if (fill?.type === 'pattern' && fill.fgColor?.rgb === 'FFC9C7') red.push(place);
    }
    return { sheet, red: red.sort() };
  }

  test('bad cells are red, the last column says why, everything else is as it was', async () => {
    const marked = await markWorkbook(excelWorkbook(), marks);
    const { sheet, red } = await seen(marked);
    expect(sheet.rows.map((row) => row[6] ?? null)).toEqual([
      problemTitle,
      '电话: 不是电话号码 <x> & "y"\n到岗日期: =在事发之前',
      '空行',
      '到岗日期: 必填',
      null,
      '没有的列: 缺',
    ]);
    expect(red).toEqual(['0,6', '1,1', '1,2', '1,6', '2,6', '3,2', '3,6', '5,6']);
    expect(sheet.cells?.get('1,2')?.style).toMatchObject({
      numFmt: 'yyyy"年"m"月"d"日"',
      alignment: { horizontal: 'center' },
    });
    // Reading it again gives the same table: the messages are not data.
    expect(await all(marked, 'xlsx')).toEqual(excelRows);
    for (const path of ['xl/workbook.xml', 'xl/sharedStrings.xml', '[Content_Types].xml'] as const) {
      expect(partOf(marked, path)).toBe(excelFiles[path]);
    }
    const xml = partOf(marked, 'xl/worksheets/sheet1.xml');
    expect(xml).toContain('<f>"0"&amp;"10"</f>');
    expect(xml).toContain('<dataValidation type="list" sqref="A2:A9">');
    expect(xml).toContain('<row r="1" ht="20" customHeight="1">');
    expect(xml).toMatch(/<cols><col min="1" .*?\/><col min="7" max="7" [^>]*\/><\/cols>/);
  });

  test('a second time the old marks go and the column is used again', async () => {
    const once = await markWorkbook(excelWorkbook(), marks);
    const twice = await markWorkbook(once, [{ row: 6, column: '姓名', message: '公式' }]);
    const { sheet, red } = await seen(twice);
    expect(sheet.rows.map((row) => row[6] ?? null)).toEqual([problemTitle, null, null, null, null, '姓名: 公式']);
    expect(red).toEqual(['0,6', '5,0', '5,6']);
    expect(sheet.cells?.get('1,2')?.style?.numFmt).toBe('yyyy"年"m"月"d"日"');
    expect(await all(twice, 'xlsx')).toEqual(excelRows);
    const clean = await seen(await markWorkbook(twice, []));
    expect(clean.red).toEqual(['0,6']);
  });

  test('our own export can be marked; keys go by the same names as in reading', async () => {
    const own = await written(
      writeWorkbook,
      table(
        ['姓名', '数'],
        [
          { 姓名: '=1', 数: 5 },
          { 姓名: '乙', 数: 6 },
        ],
      ),
    );
    const keyOf = (title: string) => (title === '数' ? 'amount' : 'name');
    const marked = await markWorkbook(own, [{ row: 3, column: 'amount', message: 'too many' }], { keyOf });
    const { sheet, red } = await seen(marked);
    expect(sheet.rows).toEqual(
      [
        ['姓名', '数', problemTitle],
        ['=1', 5],
        ['乙', 6, 'amount: too many'],
      ].map((row) => expect.arrayContaining(row)),
    );
    expect(red).toEqual(['0,2', '2,1', '2,2']);
  });

  test('a fault of the title row is said beside the title', async () => {
    const marked = await markWorkbook(excelWorkbook(), [{ row: 1, column: '工号', message: '缺这一列' }]);
    expect((await seen(marked)).sheet.rows[0]![6]).toBe(`${problemTitle} · 工号: 缺这一列`);
    expect(await all(marked, 'xlsx')).toEqual(excelRows);
  });

  test('a workbook without styles still says why', async () => {
    const { 'xl/styles.xml': _styles, ...rest } = excelFiles;
    const plain = {
      ...rest,
      'xl/_rels/workbook.xml.rels': rest['xl/_rels/workbook.xml.rels'].replace(/<Relationship Id="rId2"[^>]*>/, ''),
    };
    const marked = await markWorkbook(zipOf(plain), [{ row: 2, column: '电话', message: '不对' }]);
    expect((await readXlsx(marked)).sheets[0]!.rows[1]![6]).toBe('电话: 不对');
  });
});

describe('size', () => {
  /**
   * In a process of its own, whose heap may not grow beyond `heapMb`: what needs more ends it. What a process happens to
   * occupy says little, for V8 collects when it likes; buffers lie outside the heap and are watched beside it.
   */
  function measured(heapMb: number, work: string): { buffersMb: number; result: number } {
    const script = `
      import { createWriteStream } from 'node:fs';
      import { readFile } from 'node:fs/promises';
      import * as sheets from ${JSON.stringify(new URL('./sheets.ts', import.meta.url).href)};
      const columns = Array.from({ length: 20 }, (_, index) => ({ key: 'c' + index, title: '列' + index }));
      async function* rows() {
        for (let row = 0; row < 100_000; row++) {
          yield Object.fromEntries(columns.map(({ key }, at) => [key,
            at < 12 ? '应急物资第' + row + '批-' + at : at < 18 ? row * at + 0.5 : at < 19 ? row % 2 === 0 : new Date(1.7e12 + row * 1000)]));
        }
      }
      const folder = ${JSON.stringify(folder)};
      const buffers = () => process.memoryUsage().arrayBuffers / 1048576;
      let most = buffers();
      const timer = setInterval(() => { most = Math.max(most, buffers()); }, 10);
      const result = await (async () => { ${work} })();
      clearInterval(timer);
      console.log(JSON.stringify({ buffersMb: Math.round(most), result }));`;
    const options = [`--max-old-space-size=${heapMb}`, '--import', 'tsx', '--input-type=module', '-e', script];
    const child = spawnSync(process.execPath, options, { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(`A heap of ${heapMb} MB was not enough: ${work}\n${child.stderr}`);
    return JSON.parse(child.stdout) as { buffersMb: number; result: number };
  }
  const readAll = (file: string, kind: string) =>
    `let count = 0; for await (const row of sheets.readTable(folder + '/${file}', '${kind}')) count++; return count;`;

  test('100,000 rows of 20 columns are written and read without filling the memory', async () => {
    const works = {
      writeXlsx: `return (await sheets.writeWorkbook(createWriteStream(folder + '/large.xlsx'), { name: 'x', columns, rows: rows() })).rows;`,
      writeCsv: `return (await sheets.writeCsv(createWriteStream(folder + '/large.csv'), { name: 'x', columns, rows: rows() })).rows;`,
      readXlsx: readAll('large.xlsx', 'xlsx'),
      readCsv: readAll('large.csv', 'csv'),
    };
    for (const [name, work] of Object.entries(works)) {
      const { buffersMb, result } = measured(96, work);
      expect(result, name).toBe(100_000);
      expect(buffersMb, name).toBeLessThan(40);
    }
    expect((await stat(join(folder, 'large.csv'))).size).toBeGreaterThan(20_000_000);
    // A workbook handed back is the sender's own with marks in it, so it is held whole: its text once before, once after.
    const marked = measured(
      640,
      `const marks = Array.from({ length: 5000 }, (_, at) => ({ row: at * 20 + 2, column: '列3', message: '不对' }));
       return (await sheets.markWorkbook(await readFile(folder + '/large.xlsx'), marks)).length;`,
    );
    expect(marked.buffersMb).toBeLessThan(320);
  }, 180_000);
});
