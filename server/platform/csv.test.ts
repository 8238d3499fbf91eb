import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvParser, decodedText, guardedText, type TextEncoding, unguardedText } from './csv.ts';

function parsed(text: string, pieceLength = text.length || 1): string[][] {
  const parser = new CsvParser();
  const records: string[][] = [];
  for (let at = 0; at < text.length; at += pieceLength) records.push(...parser.push(text.slice(at, at + pieceLength)));
  return [...records, ...parser.end()];
}

async function decodedWhole(bytes: Uint8Array, pieceLength: number, encoding?: TextEncoding): Promise<string> {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength);
  }
  let text = '';
  for await (const piece of decodedText(pieces(), encoding)) text += piece;
  return text;
}

// GB 18030 has a decoder in Node but no encoder: 姓名,数量\r\n张三,5\r\n
const chineseWindows = Buffer.from([
  0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xca, 0xfd, 0xc1, 0xbf, 0x0d, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0x35, 0x0d, 0x0a,
]);

describe('CsvParser', () => {
  test.each<[string, string, string[][]]>([
    [
      'plain',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no last line end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'old Macintosh line ends',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes, doubled quotes, line ends inside',
      '"a","b ""x"""\r\n"1\r\n2",""',
      [
        ['a', 'b "x"'],
        ['1\r\n2', ''],
      ],
    ],
    [
      'empty fields at the end',
      'a,b,c\n1,,\n',
      [
        ['a', 'b', 'c'],
        ['1', '', ''],
      ],
    ],
    ['a blank line counts', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['a quote inside a plain field is itself', 'a\n5" pipe\n', [['a'], ['5" pipe']]],
    [
      'tabs',
      'a\tb,c\n1\t2',
      [
        ['a', 'b,c'],
        ['1', '2'],
      ],
    ],
    [
      'semicolons, comma only in quotes',
      '"a,b,c";d\n1;2',
      [
        ['a,b,c', 'd'],
        ['1', '2'],
      ],
    ],
    ['nothing', '', []],
    ['one quoted empty field', '""', [['']]],
  ])('%s', (_name, text, records) => {
    expect(parsed(text)).toEqual(records);
    // The seams between pieces must not matter.
    for (const length of [1, 2, 3]) expect(parsed(text, length)).toEqual(records);
  });

  test('any table comes back, however it is cut', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '汉', ',', '"', '\n', '\r', ' ', ';', "'", '\t') });
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (rows, length, end) => {
        const text = [['x', 'y'], ...rows]
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',') + end)
          .join('');
        expect(parsed(text, length)).toEqual([['x', 'y'], ...rows]);
      }),
    );
  });

  test('a quote that is never closed is refused with its row, not gathered', () => {
    expect(() => parsed('a,b\n1,"2\n3,4\n')).toThrow(
      expect.objectContaining({ code: 'table_quote_open', values: { row: 2 } }),
    );
    const parser = new CsvParser(',');
    parser.push('a,"');
    const piece = 'x'.repeat(1024 * 1024);
    expect(() => {
      for (let count = 0; count < 100; count++) parser.push(piece);
    }).toThrow(expect.objectContaining({ code: 'table_quote_open' }));
  });
});

describe('decodedText', () => {
  test.each([1, 2, 3, 7, 1000])('encodings are told apart, in pieces of %i bytes', async (length) => {
    const text = '姓名,数量\r\n张三,5\r\n';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(await decodedWhole(chineseWindows, length)).toBe(text);
    expect(await decodedWhole(Buffer.from(text), length)).toBe(text);
    expect(await decodedWhole(Buffer.from(`\ufeff${text}`), length)).toBe(text);
    expect(await decodedWhole(little, length)).toBe(text);
    expect(await decodedWhole(Buffer.from(little).swap16(), length)).toBe(text);
    expect(await decodedWhole(Buffer.from('a,b\n'), length)).toBe('a,b\n');
    expect(await decodedWhole(Buffer.alloc(0), length)).toBe('');
  });

  test('the choice waits for the first byte that is not ASCII, however late', async () => {
    const ascii = 'id,note\r\n'.repeat(40_000);
    expect(await decodedWhole(Buffer.concat([Buffer.from(ascii), chineseWindows]), 65_536)).toBe(
      `${ascii}姓名,数量\r\n张三,5\r\n`,
    );
    const long = `${ascii}${'汉字'.repeat(40_000)}`;
    expect(await decodedWhole(Buffer.from(long), 65_536)).toBe(long);
  });

  test('bytes that fit nothing are refused', async () => {
    await expect(decodedWhole(Buffer.from([0x61, 0xff, 0xff, 0xff]), 10)).rejects.toMatchObject({
      code: 'table_encoding',
    });
    await expect(decodedWhole(chineseWindows, 10, 'utf-8')).rejects.toMatchObject({ code: 'table_encoding' });
  });
});

test('formula starts are guarded, and every text comes back as it was', () => {
  for (const text of ['=1+1', '+86 10', '-1', '@x', '\t=1', '\r=1', '＝1', "'=1", '|x']) {
    expect(guardedText(text)).toBe(`'${text}`);
  }
  for (const text of ['1-1', '', '汉字', "'quoted'", 'a=b']) expect(guardedText(text)).toBe(text);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '=', '-', 'a', '＋', '\t') }), (text) => {
      expect(unguardedText(guardedText(text))).toBe(text);
    }),
  );
});
