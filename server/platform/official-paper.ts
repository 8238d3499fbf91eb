/**
 * Official papers (公文) as Word files, laid out by GB/T 9704-2012: A4, a type area of 156 × 225 mm, 22 lines of 28
 * characters, red issuer mark and rule, title in 小标宋 size 2, body in 仿宋 size 3, headings 一、(一) 1. (1), page
 * numbers — 1 — outside. The only file that knows the Word library (docx).
 *
 * The standard's fonts may not be passed on: they are named in the file and come from the reader's machine, which puts
 * its own next nearest in their place.
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  type IFontAttributesProperties,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';

export type PaperBlock =
  /** Numbered by the paper itself: level 1 一、, level 2 （一）, level 3 1. */
  | { heading: string; level: 1 | 2 | 3 }
  | { text: string }
  /** Widths are shares of the type area; what they add up to does not matter. */
  | { columns: { title: string; width: number }[]; rows: string[][] };

export interface OfficialPaper {
  /** Whose paper it is: the red mark (发文机关标志). */
  issuer: string;
  /** As it stands on the paper, e.g. 汀澜综保〔2026〕12号. */
  number?: string;
  title: string;
  /** Whom it is addressed to (主送机关), without the colon. */
  addressee?: string;
  body: PaperBlock[];
  /** Names of what is attached (附件说明). */
  attachments?: string[];
  signature: { issuer: string; date: string };
  /** Imprint (版记): to whom copies go, who printed it and when. */
  imprint?: { copies?: string; printed: string };
}

/** Twips: 1/20 pt. */
const areaWidth = 8844; // 156 mm
const line = 579; // 225 mm / 22 lines
const cell = 316; // 156 mm / 28 characters
const pt = { two: 44, three: 32, four: 28, table: 24 } as const; // half-points of 二号 三号 四号 小四

const font = (eastAsia: string): IFontAttributesProperties => ({
  eastAsia,
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
});
const fonts = {
  title: font('方正小标宋简体'),
  body: font('仿宋_GB2312'),
  first: font('黑体'),
  second: font('楷体_GB2312'),
  page: { eastAsia: '宋体', ascii: '宋体', hAnsi: '宋体', cs: '宋体' },
} as const;
const red = 'FF0000';

const exactly = { line, lineRule: LineRuleType.EXACT } as const;
/** Indents in characters are what Word and WPS follow; those in twips what other programs do. */
const indented = (characters: number) => ({ firstLine: characters * 320, firstLineChars: characters * 100 });

/**
 * A title in lines of at most `most` characters, broken between words, the lines as equal as words allow: the standard
 * wants a trapezium or a diamond, never a last line of two characters.
 */
export function titleLines(title: string, most = 20): string[] {
  const length = [...title].length;
  if (length <= most) return [title];
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)].map((one) => one.segment);
  const wanted = Math.ceil(length / most);
  const aim = length / wanted;
  const lines: string[] = [''];
  for (const word of words) {
    const now = [...lines.at(-1)!].length;
    const after = now + [...word].length;
    const nearer = Math.abs(now - aim) <= Math.abs(after - aim);
    if (now > 0 && (after > most || (nearer && lines.length < wanted))) lines.push(word);
    else lines[lines.length - 1] += word;
  }
  return lines;
}

const tens = ['', '十', '二十', '三十', '四十', '五十', '六十', '七十', '八十', '九十'];
const ones = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/** 1 to 99 as headings count. */
export const chineseNumber = (n: number): string => `${tens[Math.floor(n / 10)]}${ones[n % 10]}`;

/** Counts headings of three levels: each starts anew under the one above. */
function headingNumbers(): (level: 1 | 2 | 3) => string {
  const counts = [0, 0, 0];
  return (level) => {
    counts[level - 1]!++;
    counts.fill(0, level);
    const n = counts[level - 1]!;
    if (level === 1) return `${chineseNumber(n)}、`;
    return level === 2 ? `（${chineseNumber(n)}）` : `${n}. `;
  };
}

function table(block: Extract<PaperBlock, { rows: string[][] }>): Table {
  const whole = block.columns.reduce((sum, column) => sum + column.width, 0);
  const widths = block.columns.map((column) => Math.floor((column.width / whole) * areaWidth));
  const cellOf = (text: string, width: number, head: boolean) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 60, right: 60, top: 40, bottom: 40 },
      children: text.split('\n').map(
        (part) =>
          new Paragraph({
            alignment: head ? AlignmentType.CENTER : AlignmentType.LEFT,
            spacing: { line: 340, lineRule: LineRuleType.AT_LEAST },
            children: [new TextRun({ text: part, size: pt.table, font: head ? fonts.first : fonts.body })],
          }),
      ),
    });
  return new Table({
    width: { size: areaWidth, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        // On every page again: a measures table runs over several.
        tableHeader: true,
        cantSplit: true,
        children: block.columns.map((column, i) => cellOf(column.title, widths[i]!, true)),
      }),
      ...block.rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: block.columns.map((_, i) => cellOf(row[i] ?? '', widths[i]!, false)),
          }),
      ),
    ],
  });
}

const pageNumber = (alignment: 'left' | 'right') =>
  new Footer({
    children: [
      new Paragraph({
        alignment: alignment === 'left' ? AlignmentType.LEFT : AlignmentType.RIGHT,
        indent: { [alignment]: cell },
        children: [
          new TextRun({ text: '— ', size: pt.four, font: fonts.page }),
          new TextRun({ children: [PageNumber.CURRENT], size: pt.four, font: fonts.page }),
          new TextRun({ text: ' —', size: pt.four, font: fonts.page }),
        ],
      }),
    ],
  });

function imprint({ copies, printed }: NonNullable<OfficialPaper['imprint']>): Paragraph[] {
  const rule = (heavy: boolean) => ({ style: BorderStyle.SINGLE, size: heavy ? 8 : 6, color: '000000', space: 1 });
  const row = (text: string, border: { top?: boolean; bottom?: boolean }) =>
    new Paragraph({
      indent: { left: 280, right: 280 },
      spacing: { line, lineRule: LineRuleType.EXACT },
      border: {
        ...(border.top === undefined ? {} : { top: rule(border.top) }),
        ...(border.bottom === undefined ? {} : { bottom: rule(border.bottom) }),
      },
      children: [new TextRun({ text, size: pt.four, font: fonts.body })],
    });
  return copies
    ? [row(`抄送：${copies}。`, { top: true }), row(printed, { top: false, bottom: true })]
    : [row(printed, { top: true, bottom: true })];
}

/** @returns the bytes of a .docx file */
export function writeOfficialPaper(paper: OfficialPaper): Promise<Buffer> {
  const numberOf = headingNumbers();
  const plain = (text: string, more: { indent?: number } = {}) =>
    new Paragraph({
      spacing: exactly,
      alignment: AlignmentType.BOTH,
      ...(more.indent === 0 ? {} : { indent: indented(more.indent ?? 2) }),
      children: [new TextRun({ text, size: pt.three, font: fonts.body })],
    });
  const empty = () => new Paragraph({ spacing: exactly, children: [] });
  const headingFonts = { 1: fonts.first, 2: fonts.second, 3: fonts.body } as const;

  const children: (Paragraph | Table)[] = [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      // Its upper edge stands 35 mm below that of the type area.
      spacing: { before: 1984 },
      children: [
        new TextRun({
          text: paper.issuer,
          color: red,
          font: fonts.title,
          // As large as the width allows, and never larger than the standard's own samples.
          size: Math.min(88, Math.floor((areaWidth / 10 / [...paper.issuer].length) * 0.95)),
        }),
      ],
    }),
    empty(),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: exactly,
      // The red rule, 4 mm below the number and as wide as the type area.
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: 11 } },
      children: [new TextRun({ text: paper.number ?? '', size: pt.three, font: fonts.body })],
    }),
    empty(),
    empty(),
    ...titleLines(paper.title).map(
      (text) =>
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { line: 640, lineRule: LineRuleType.EXACT },
          children: [new TextRun({ text, size: pt.two, font: fonts.title })],
        }),
    ),
    empty(),
  ];
  if (paper.addressee) children.push(plain(`${paper.addressee}：`, { indent: 0 }));
  for (const block of paper.body) {
    if ('heading' in block) {
      children.push(
        new Paragraph({
          spacing: exactly,
          keepNext: true,
          indent: indented(2),
          children: [
            new TextRun({
              text: `${numberOf(block.level)}${block.heading}`,
              size: pt.three,
              font: headingFonts[block.level],
            }),
          ],
        }),
      );
    } else if ('text' in block) {
      children.push(...block.text.split('\n').map((text) => plain(text)));
    } else {
      // A table ends where it ends: the line after it keeps it from growing into the next one.
      children.push(table(block), empty());
    }
  }
  if (paper.attachments?.length) {
    children.push(empty());
    paper.attachments.forEach((name, i) => {
      const many = paper.attachments!.length > 1;
      children.push(plain(`${i === 0 ? '附件：' : '　　　'}${many ? `${i + 1}. ` : ''}${name}`));
    });
  }
  children.push(
    empty(),
    empty(),
    ...[paper.signature.issuer, paper.signature.date].map(
      (text) =>
        new Paragraph({
          alignment: AlignmentType.RIGHT,
          keepLines: true,
          spacing: exactly,
          indent: { right: 4 * cell },
          children: [new TextRun({ text, size: pt.three, font: fonts.body })],
        }),
    ),
  );
  if (paper.imprint) children.push(empty(), ...imprint(paper.imprint));

  return Packer.toBuffer(
    new Document({
      title: paper.title,
      creator: paper.issuer,
      evenAndOddHeaderAndFooters: true,
      styles: { default: { document: { run: { size: pt.three, font: fonts.body, language: { eastAsia: 'zh-CN' } } } } },
      sections: [
        {
          properties: {
            page: {
              size: { width: 11906, height: 16838 },
              // Page numbers 7 mm below the type area: 35 mm less 7 mm and their own height.
              margin: { top: 2098, bottom: 1984, left: 1588, right: 1474, footer: 1304 },
            },
            grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: line, charSpace: -849 },
          },
          footers: { default: pageNumber('right'), even: pageNumber('left') },
          children,
        },
      ],
    }),
  );
}
