/**
 * Tables out to people's office programs and back. The only file that knows the Excel library (hucre): writing is
 * streamed, reading is row by row, and a rejected workbook goes back with its faults marked and nothing else touched.
 */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { crc32, deflateRaw, inflateRaw } from 'node:zlib';
import { writeCsvStream } from 'hucre/csv';
import { type ColumnDef, colToLetter, streamXlsxRows, writeXlsx, writeXlsxStream } from 'hucre/xlsx';
import { CsvParser, decodedText, guardedText, type TextEncoding, unguardedText } from './csv.ts';
import { Refusal } from './errors.ts';

export interface Column {
  key: string;
  title: string;
  /** In characters, as Excel counts; from the title if not given. */
  width?: number;
}

export type CellContent = string | number | boolean | Date | null;

export interface SheetToWrite {
  name: string;
  columns: Column[];
  rows: AsyncIterable<Record<string, CellContent | undefined>>;
  /** The wall clock by which moments are shown; Excel knows no time zones. */
  zone?: string;
}

export interface TableRow {
  /** As the spreadsheet shows it: 1 is the top row. For jsonl the line. */
  rowNumber: number;
  cells: Record<string, string>;
}

export interface ReadingOptions {
  /** The row that holds the titles; 1 unless told. */
  headerRow?: number;
  /** Turns a title into a key; by default the title itself, spaces around it removed. */
  keyOf?: (title: string) => string;
  /** csv and jsonl only; found out if not given. */
  encoding?: TextEncoding;
  /** Refuse longer tables. */
  maxRows?: number;
  /** Which sheet of a workbook; 0 is the first and what is taken unless told. */
  sheet?: number;
}

export interface Mark {
  /** As in TableRow.rowNumber. */
  row: number;
  /** The key under which readTable handed the cell out; anything else marks the row only. */
  column: string;
  message: string;
}

/** Title of the column that markWorkbook adds; readTable passes over it. */
export const problemTitle = '问题 / Problem';

const defaultZone = 'Asia/Shanghai';
/** More in one cell and Excel calls the file damaged. */
const longestCell = 32_767;
/** Rows looked at to tell what a column holds before the first byte goes out. */
const sampleSize = 200;

// ---------------------------------------------------------------------------------------------------------- writing

/**
 * Streams a workbook into `out` and ends it. Memory does not grow with the rows; beyond Excel's 1,048,576 rows it goes on in a
 * second sheet. If the rows fail, `out` is destroyed: a broken download, not a short file that looks whole.
 */
export async function writeWorkbook(out: Writable, sheet: SheetToWrite): Promise<{ rows: number }> {
  const zone = sheet.zone ?? defaultZone;
  const kinds = sheet.columns.map((): Set<ColumnKind> => new Set());
  const source = sheet.rows[Symbol.asyncIterator]();
  const sample: (string | number | boolean | Date | null)[][] = [];
  let count = 0;
  const next = async () => {
    const result = await source.next();
    if (result.done) return undefined;
    count++;
    return sheet.columns.map((column) => excelContent(result.value[column.key], zone));
  };
  try {
    while (sample.length < sampleSize) {
      const row = await next();
      if (!row) break;
      sample.push(row);
      for (const [index, value] of row.entries()) if (value !== null) kinds[index]!.add(kindOf(value));
    }
    async function* rows() {
      yield* sample;
      for (let row = await next(); row; row = await next()) yield row;
    }
    const columns = sheet.columns.map(
      (column, index): ColumnDef => ({
        key: column.key,
        header: xmlSafe(column.title),
        width: column.width ?? widthOf(column.title),
        numFmt: formatFor(kinds[index]!),
      }),
    );
    const bytes = writeXlsxStream(rows(), { name: sheetName(sheet.name), columns, freezePane: { rows: 1 } });
    await pipeline(Readable.fromWeb(bytes as NodeReadableStream), out);
  } catch (error) {
    out.destroy();
    throw error;
  } finally {
    // A reader who goes away must not leave a database cursor open; hucre does not pass the news on.
    await source.return?.();
  }
  return { rows: count };
}

/** A small workbook of several sheets, all in memory: templates and the like. Texts only, and none of them a formula. */
export async function writeSheets(
  sheets: { name: string; columns: Column[]; rows: Record<string, string | null>[] }[],
): Promise<Buffer> {
  const bytes = await writeXlsx({
    stringMode: 'inline',
    sheets: sheets.map((sheet) => ({
      name: sheetName(sheet.name),
      columns: sheet.columns.map((column) => ({ width: column.width ?? widthOf(column.title), numFmt: '@' })),
      rows: [
        sheet.columns.map((column) => xmlSafe(column.title)),
        ...sheet.rows.map((row) => sheet.columns.map((column) => xmlSafe(row[column.key] ?? ''))),
      ],
      freezePane: { rows: 1 },
    })),
  });
  return Buffer.from(bytes);
}

/** The same as CSV: UTF-8 with the mark Excel needs, formulas guarded by an apostrophe that readTable takes off again. */
export async function writeCsv(out: Writable, sheet: SheetToWrite): Promise<{ rows: number }> {
  const zone = sheet.zone ?? defaultZone;
  let count = 0;
  async function* rows() {
    yield sheet.columns.map((column) => guardedText(column.title));
    for await (const row of sheet.rows) {
      count++;
      yield sheet.columns.map((column) => {
        const value = row[column.key] ?? null;
        if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : momentText(wallClock(value, zone));
        return typeof value === 'string' ? guardedText(value) : value;
      });
    }
  }
  const bytes = writeCsvStream(rows(), { bom: true, headers: false });
  await pipeline(Readable.fromWeb(bytes as NodeReadableStream), out);
  return { rows: count };
}

type ColumnKind = 'text' | 'number' | 'boolean' | 'date' | 'moment';

function kindOf(value: Exclude<CellContent, null>): ColumnKind {
  if (value instanceof Date) return value.getTime() % 86_400_000 === 0 ? 'date' : 'moment';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}

function formatFor(kinds: Set<ColumnKind>): string | undefined {
  // Text columns are formatted as text, so that "=1+1" stays text even when somebody edits the cell.
  if (kinds.size === 1 && kinds.has('text')) return '@';
  if (kinds.has('number') || kinds.has('boolean')) return undefined;
  if (kinds.has('moment')) return 'yyyy-mm-dd hh:mm';
  return kinds.has('date') ? 'yyyy-mm-dd' : undefined;
}

function excelContent(value: CellContent | undefined, zone: string): CellContent {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : wallClock(value, zone);
  return typeof value === 'string' ? xmlSafe(value) : value;
}

/**
 * hucre writes every string as an inline text cell, so no text is ever a formula. Two things it leaves to us: a text that
 * looks like Excel's own escape (_x0041_) would come back as another character, and nobody stops a cell that is too long.
 */
function xmlSafe(text: string): string {
  const escaped = text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  if (escaped.length <= longestCell) return escaped;
  return `${escaped.slice(0, longestCell - 1).replace(/[\ud800-\udbff]$|_x?[0-9a-f]{0,4}$/i, '')}…`;
}

function sheetName(name: string): string {
  const allowed = name
    .replace(/[[\]:*?/\\]/g, ' ')
    .slice(0, 31)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/^['\s]+|['\s]+$/g, '');
  return allowed === '' || allowed.toLowerCase() === 'history' ? 'Sheet1' : allowed;
}

function widthOf(title: string): number {
  const wide = [...title].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
  return Math.min(40, Math.max(10, wide + 4));
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** The same figures on a clock of UTC, which is how Excel files hold moments. */
function wallClock(at: Date, zone: string): Date {
  let format = zoneFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    zoneFormats.set(zone, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  return new Date(Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!));
}

// ---------------------------------------------------------------------------------------------------------- reading

/** Rows below the title row, empty ones passed over. csv and jsonl are read in pieces; a workbook is taken in whole first. */
export async function* readTable(
  file: string | Buffer,
  kind: 'xlsx' | 'csv' | 'jsonl',
  options: ReadingOptions = {},
): AsyncGenerator<TableRow, void, undefined> {
  let count = 0;
  const rows = kind === 'jsonl' ? jsonRows(file, options) : titledRows(file, kind, options);
  for await (const row of rows) {
    if (++count > (options.maxRows ?? Number.POSITIVE_INFINITY)) {
      throw new Refusal(422, 'table_too_long', { values: { most: options.maxRows! } });
    }
    yield row;
  }
}

async function* titledRows(
  file: string | Buffer,
  kind: 'xlsx' | 'csv',
  options: ReadingOptions,
): AsyncGenerator<TableRow> {
  const headerRow = options.headerRow ?? 1;
  let titles: TitledColumn[] | undefined;
  for await (const { rowNumber, values } of kind === 'xlsx'
    ? workbookRows(file, options.sheet)
    : csvRows(file, options)) {
    if (rowNumber < headerRow || values.every((value) => value === '')) continue;
    if (!titles) {
      if (rowNumber !== headerRow) break;
      titles = titledColumns(values, options.keyOf);
      continue;
    }
    const problem = titles.find((title) => title.problem)?.index;
    const cells: [string, string][] = titles
      .filter((title) => !title.problem)
      .map((title) => [title.key, values[title.index] ?? '']);
    // A value without a title must not vanish unseen: it keeps its column letter.
    const titled = new Set(titles.map((title) => title.index));
    for (const [index, value] of values.entries()) {
      if (value !== '' && !titled.has(index)) cells.push([colToLetter(index), value]);
    }
    if (values.every((value, index) => value === '' || index === problem)) continue;
    // fromEntries defines properties, so a title "__proto__" is a key like any other.
    yield { rowNumber, cells: Object.fromEntries(cells) };
  }
  if (!titles) throw new Refusal(422, 'table_no_titles', { values: { row: headerRow } });
}

interface TitledColumn {
  key: string;
  index: number;
  problem: boolean;
}

function titledColumns(titles: string[], keyOf: (title: string) => string = (title) => title): TitledColumn[] {
  const columns: TitledColumn[] = [];
  const seen = new Map<string, number>();
  for (const [index, raw] of titles.entries()) {
    const title = raw.trim();
    if (title === '') continue;
    const key = keyOf(title);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    // Two columns of one name: the second is kept apart instead of overwriting the first.
    columns.push({ key: before ? `${key} (${before + 1})` : key, index, problem: title.startsWith(problemTitle) });
  }
  return columns;
}

interface PlainRow {
  rowNumber: number;
  values: string[];
}

async function* workbookRows(file: string | Buffer, sheet = 0): AsyncGenerator<PlainRow> {
  const bytes = typeof file === 'string' ? await readFile(file) : file;
  refuseOldWorkbook(bytes);
  const rows = streamXlsxRows(bytes, { sheet });
  try {
    for (;;) {
      // Only the library's own step is inside: a fault of whoever uses the rows is not an unreadable file.
      const result = await rows.next().catch(() => {
        throw new Refusal(422, 'table_unreadable');
      });
      if (result.done) return;
      yield { rowNumber: result.value.index + 1, values: result.value.values.map(textOf) };
    }
  } finally {
    await rows.return();
  }
}

/** Excel 97 files and encrypted ones share a container that is no zip; both have the same remedy, saving anew as xlsx. */
function refuseOldWorkbook(bytes: Buffer): void {
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0xd0cf11e0) throw new Refusal(422, 'table_old_or_locked');
}

async function* csvRows(file: string | Buffer, options: ReadingOptions): AsyncGenerator<PlainRow> {
  const parser = new CsvParser();
  let rowNumber = 0;
  const numbered = (record: string[]) => ({ rowNumber: ++rowNumber, values: record.map(unguardedText) });
  for await (const text of decodedText(bytesOf(file), options.encoding)) {
    for (const record of parser.push(text)) yield numbered(record);
  }
  for (const record of parser.end()) yield numbered(record);
}

async function* jsonRows(file: string | Buffer, options: ReadingOptions): AsyncGenerator<TableRow> {
  let rest = '';
  let rowNumber = 0;
  const parsedLine = (line: string): TableRow | undefined => {
    rowNumber++;
    if (line.trim() === '') return undefined;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      value = undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Refusal(422, 'table_bad_line', { values: { row: rowNumber } });
    }
    const keyOf = options.keyOf ?? ((key: string) => key);
    return {
      rowNumber,
      cells: Object.fromEntries(Object.entries(value).map(([key, content]) => [keyOf(key), jsonText(content)])),
    };
  };
  for await (const text of decodedText(bytesOf(file), options.encoding)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    if (rest.length > 8 * 1024 * 1024) throw new Refusal(422, 'table_bad_line', { values: { row: rowNumber + 1 } });
    for (const line of lines) {
      const row = parsedLine(line);
      if (row) yield row;
    }
  }
  const row = rest === '' ? undefined : parsedLine(rest);
  if (row) yield row;
}

function jsonText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

async function* bytesOf(file: string | Buffer): AsyncGenerator<Uint8Array> {
  if (typeof file === 'string') yield* createReadStream(file, { highWaterMark: 256 * 1024 });
  else for (let at = 0; at < file.length; at += 262_144) yield file.subarray(at, at + 262_144);
}

function textOf(value: CellContent): string {
  if (value === null) return '';
  if (value instanceof Date) return momentText(value);
  // Excel shows fifteen figures; 0.1 + 0.2 is stored as 0.30000000000000004.
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(15)));
  return String(value);
}

function momentText(at: Date): string {
  if (Number.isNaN(at.getTime())) return '';
  const [day, time] = new Date(Math.round(at.getTime() / 1000) * 1000).toISOString().slice(0, 19).split('T') as [
    string,
    string,
  ];
  // A cell with a time of day only is counted from the last day of 1899.
  if (day === '1899-12-31') return time;
  return time === '00:00:00' ? day : `${day} ${time}`;
}

// ---------------------------------------------------------------------------------------------------------- marking

/**
 * The person's own file with the bad cells light red and a last column of messages. The parts of the file are changed in
 * place: a library that reads the model and writes it anew took 2.4 GB for 100,000 × 20 cells, and lost whatever it does
 * not know. A file that was marked before loses its old marks first.
 */
export async function markWorkbook(
  original: Buffer,
  marks: Mark[],
  options: Pick<ReadingOptions, 'headerRow' | 'keyOf' | 'sheet'> = {},
): Promise<Buffer> {
  const headerRow = options.headerRow ?? 1;
  const header = await headerValues(original, headerRow, options.sheet);
  const columns = titledColumns(header, options.keyOf);
  try {
    const parts = openZip(original);
    const place = await sheetPlace(parts, options.sheet ?? 0);
    const sheet = await partText(parts, place.sheet);
    const marked = columns.find((column) => column.problem)?.index;
    const problemColumn = marked ?? lastUsedColumn(sheet, header.length - 1) + 1;
    const styles = place.styles ? new FillStyles(await partText(parts, place.styles)) : undefined;
    const indexOf = new Map(columns.map((column) => [column.key, column.index]));
    const byRow = new Map<number, RowMarks>();
    for (const mark of marks) {
      const row = byRow.get(mark.row) ?? { bad: new Set(), messages: [] };
      byRow.set(mark.row, row);
      const index = indexOf.get(mark.column);
      if (index !== undefined) row.bad.add(index);
      row.messages.push(mark.column === '' ? mark.message : `${mark.column}: ${mark.message}`);
    }
    // The title stays recognisable at its start when the title row itself is at fault.
    const title = byRow.get(headerRow) ?? { bad: new Set(), messages: [] };
    byRow.set(headerRow, { bad: title.bad, messages: [problemTitle, ...title.messages] });
    const changed = markedSheet(sheet, { byRow, headerRow, problemColumn, markedBefore: marked !== undefined, styles });
    setPart(parts, place.sheet, changed);
    if (place.styles && styles) setPart(parts, place.styles, styles.xml());
    return await closeZip(parts);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(422, 'table_unreadable');
  }
}

async function headerValues(original: Buffer, headerRow: number, sheet = 0): Promise<string[]> {
  for await (const { rowNumber, values } of workbookRows(original, sheet)) {
    if (rowNumber === headerRow) return values;
    if (rowNumber > headerRow) break;
  }
  throw new Refusal(422, 'table_no_titles', { values: { row: headerRow } });
}

interface RowMarks {
  bad: Set<number>;
  messages: string[];
}

interface Marking {
  byRow: Map<number, RowMarks>;
  headerRow: number;
  problemColumn: number;
  markedBefore: boolean;
  styles: FillStyles | undefined;
}

const rowPattern = /<((?:\w+:)?)row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/\1row>)/g;
const cellPattern = /<((?:\w+:)?)c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/\1c>)/g;

function markedSheet(xml: string, marking: Marking): string {
  const open = /<((?:\w+:)?)sheetData\s*>/.exec(xml);
  if (!open) throw new Refusal(422, 'table_unreadable');
  const prefix = open[1]!;
  const close = xml.lastIndexOf(`</${prefix}sheetData>`);
  const body = xml.slice(open.index + open[0].length, close);
  const waiting = [...marking.byRow.keys()].sort((a, b) => a - b);
  const pieces: string[] = [];
  const emptyRowsBefore = (number: number) => {
    while (waiting.length > 0 && waiting[0]! < number) {
      const missing = waiting.shift()!;
      pieces.push(markedRow(prefix, missing, '', '', marking));
    }
  };
  let number = 0;
  let copied = 0;
  for (const match of body.matchAll(rowPattern)) {
    number = Number(attribute(match[2]!, 'r') ?? number + 1);
    emptyRowsBefore(number);
    const touched = waiting[0] === number;
    if (touched) waiting.shift();
    if (!touched && !marking.markedBefore) continue;
    pieces.push(body.slice(copied, match.index), markedRow(prefix, number, match[2]!, match[3] ?? '', marking));
    copied = match.index + match[0].length;
  }
  emptyRowsBefore(Number.POSITIVE_INFINITY);
  pieces.push(body.slice(copied));
  const before = withProblemWidth(xml.slice(0, open.index), prefix, marking.problemColumn)
    // Optional, and wrong now that a column was added.
    .replace(/<(?:\w+:)?dimension\b[^>]*?\/>/, '');
  return before + open[0] + pieces.join('') + xml.slice(close);
}

function markedRow(prefix: string, number: number, attributes: string, content: string, marking: Marking): string {
  const marks = marking.byRow.get(number);
  const cells: { column: number; xml: string }[] = [];
  let column = -1;
  let end = 0;
  for (const match of content.matchAll(cellPattern)) {
    const reference = attribute(match[2]!, 'r');
    column = reference ? columnIndex(reference) : column + 1;
    end = match.index + match[0].length;
    if (column === marking.problemColumn) continue;
    const bad = marks?.bad.has(column) ?? false;
    const old = Number(attribute(match[2]!, 's') ?? 0);
    const style = bad ? marking.styles?.filled(old) : marking.markedBefore ? marking.styles?.cleared(old) : undefined;
    if (style === undefined || style === old) {
      // References may be left out only while every cell before is there, which is no longer certain.
      cells.push({ column, xml: reference ? match[0] : withAttribute(match, 'r', colToLetter(column) + number) });
    } else {
      cells.push({ column, xml: withAttribute(match, 's', String(style), colToLetter(column) + number) });
    }
  }
  for (const bad of marks?.bad ?? []) {
    if (cells.some((cell) => cell.column === bad)) continue;
    const style = marking.styles ? ` s="${marking.styles.filled(0)}"` : '';
    cells.push({ column: bad, xml: `<${prefix}c r="${colToLetter(bad)}${number}"${style}/>` });
  }
  if (marks) {
    const style = marking.styles ? ` s="${marking.styles.filled(0)}"` : '';
    const text = marks.messages.join(number === marking.headerRow ? ' · ' : '\n');
    const reference = colToLetter(marking.problemColumn) + number;
    cells.push({
      column: marking.problemColumn,
      xml: `<${prefix}c r="${reference}"${style} t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${xmlText(text)}</${prefix}t></${prefix}is></${prefix}c>`,
    });
  }
  cells.sort((a, b) => a.column - b.column);
  const kept = attributes.replace(/\s(?:r|spans)="[^"]*"|\s(?:r|spans)='[^']*'/g, '').trimEnd();
  return `<${prefix}row r="${number}"${kept}>${cells.map((cell) => cell.xml).join('')}${content.slice(end)}</${prefix}row>`;
}

function withAttribute(match: RegExpMatchArray, name: string, value: string, reference?: string): string {
  let attributes = match[2]!.replace(new RegExp(`\\s${name}=(?:"[^"]*"|'[^']*')`), '').trimEnd();
  if (reference && attribute(attributes, 'r') === undefined) attributes = ` r="${reference}"${attributes}`;
  const tag = `${match[1]}c`;
  const opening = `<${tag} ${name}="${value}"${attributes}`;
  return match[3] === undefined ? `${opening}/>` : `${opening}>${match[3]}</${tag}>`;
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found?.[1] ?? found?.[2];
}

function columnIndex(reference: string): number {
  let index = 0;
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? 'A') index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/** Only cells with something in them count: some programs format whole rows out to column XFD. */
function lastUsedColumn(xml: string, least: number): number {
  let last = least;
  for (const match of xml.matchAll(/<(?:\w+:)?c\b[^>]*?\sr="([A-Z]+)\d+"[^>]*?(\/?)>/g)) {
    if (match[2] === '') last = Math.max(last, columnIndex(match[1]!));
  }
  return last;
}

function withProblemWidth(before: string, prefix: string, column: number): string {
  const cols = /<(?:\w+:)?cols\b[^>]*>[\s\S]*?<\/(?:\w+:)?cols>/.exec(before);
  const entry = `<${prefix}col min="${column + 1}" max="${column + 1}" width="48" customWidth="1"/>`;
  if (!cols) return `${before}<${prefix}cols>${entry}</${prefix}cols>`;
  // Overlapping ranges are a damaged file to Excel; a column that already has a width keeps it.
  const covered = [...cols[0].matchAll(/\smax="(\d+)"/g)].some((match) => Number(match[1]) > column);
  if (covered) return before;
  const end = cols.index + cols[0].lastIndexOf('</');
  return before.slice(0, end) + entry + before.slice(end);
}

function xmlText(text: string): string {
  return (
    xmlSafe(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('\r', '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML cannot hold.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ')
  );
}

/** A red nobody else is likely to use, so that our own marks can be known and taken off again. */
const markColour = 'FFFFC9C7';

/** Adds to a style sheet, for each style a bad cell has, the same style with a red ground. */
class FillStyles {
  private source: string;
  private formats: string[];
  private redFills: Set<number>;
  private fillCount: number;
  private newFill: number | undefined;
  private made = new Map<string, number>();

  constructor(xml: string) {
    this.source = xml;
    const fills = [
      ...(section(xml, 'fills')?.inner ?? '').matchAll(/<((?:\w+:)?)fill\b[^>]*?(?:\/>|>[\s\S]*?<\/\1fill>)/g),
    ];
    const formats = section(xml, 'cellXfs')?.inner ?? '';
    this.formats = [...formats.matchAll(/<((?:\w+:)?)xf\b[^>]*?(?:\/>|>[\s\S]*?<\/\1xf>)/g)].map((match) => match[0]);
    this.fillCount = fills.length;
    this.redFills = new Set(fills.flatMap((match, index) => (match[0].includes(markColour) ? [index] : [])));
  }

  /** The style to use instead of `style`; undefined when the file has no styles to build on. */
  filled(style: number): number | undefined {
    if (this.formats.length === 0 || this.fillCount === 0) return undefined;
    this.newFill ??= [...this.redFills][0] ?? this.fillCount;
    return this.variant(style, this.newFill);
  }

  cleared(style: number): number | undefined {
    const fill = Number(attribute(this.formats[style] ?? '', 'fillId') ?? 0);
    return this.redFills.has(fill) ? this.variant(style, 0) : style;
  }

  xml(): string {
    if (this.made.size === 0) return this.source;
    const formats = section(this.source, 'cellXfs')!;
    let xml = withCount(
      this.source,
      formats,
      formats.inner + this.formats.slice(-this.made.size).join(''),
      this.formats.length,
    );
    if (this.newFill === this.fillCount) {
      const fills = section(xml, 'fills')!;
      const p = fills.prefix;
      const red = `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="${markColour}"/><${p}bgColor indexed="64"/></${p}patternFill></${p}fill>`;
      xml = withCount(xml, fills, fills.inner + red, this.fillCount + 1);
    }
    return xml;
  }

  private variant(style: number, fill: number): number {
    const name = `${style} ${fill}`;
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const base = this.formats[style] ?? this.formats[0]!;
    const changed = base.replace(
      /^<((?:\w+:)?xf)\b([^>]*?)(\/?)>/,
      (_all, tag: string, attributes: string, end: string) => {
        const kept = attributes.replace(/\s(?:fillId|applyFill)=(?:"[^"]*"|'[^']*')/g, '').trimEnd();
        return `<${tag}${kept} fillId="${fill}" applyFill="1"${end}>`;
      },
    );
    this.formats.push(changed);
    this.made.set(name, this.formats.length - 1);
    return this.formats.length - 1;
  }
}

interface Section {
  start: number;
  end: number;
  prefix: string;
  name: string;
  inner: string;
}

function section(xml: string, name: string): Section | undefined {
  const match = new RegExp(`<((?:\\w+:)?)${name}\\b[^>]*?>([\\s\\S]*?)</\\1${name}>`).exec(xml);
  if (!match) return undefined;
  return { start: match.index, end: match.index + match[0].length, prefix: match[1]!, name, inner: match[2]! };
}

function withCount(xml: string, at: Section, inner: string, count: number): string {
  const tag = at.prefix + at.name;
  return `${xml.slice(0, at.start)}<${tag} count="${count}">${inner}</${tag}>${xml.slice(at.end)}`;
}

async function workbookPart(parts: Map<string, ZipPart>): Promise<string> {
  const root = await relations(parts, '_rels/.rels', '');
  const workbook = root.find((relation) => relation.type === 'officeDocument')?.target;
  if (!workbook) throw new Refusal(422, 'table_unreadable');
  return workbook;
}

/** The sheets of a workbook by name, in their order. */
export async function sheetNames(workbook: Buffer): Promise<string[]> {
  refuseOldWorkbook(workbook);
  try {
    const parts = openZip(workbook);
    const text = await partText(parts, await workbookPart(parts));
    return [...text.matchAll(sheetPattern)].map((match) => plainText(attribute(match[1]!, 'name') ?? ''));
  } catch {
    throw new Refusal(422, 'table_unreadable');
  }
}

/** The titles of a sheet as `readTable` would use them for keys, also where no row follows. */
export async function sheetTitles(
  workbook: Buffer,
  options: Pick<ReadingOptions, 'headerRow' | 'keyOf' | 'sheet'> = {},
): Promise<string[]> {
  const values = await headerValues(workbook, options.headerRow ?? 1, options.sheet);
  return titledColumns(values, options.keyOf).flatMap((column) => (column.problem ? [] : [column.key]));
}

const sheetPattern = /<(?:\w+:)?sheet\b([^>]*?)\/?>/g;

function plainText(xml: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return xml.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

async function sheetPlace(
  parts: Map<string, ZipPart>,
  number: number,
): Promise<{ sheet: string; styles: string | undefined }> {
  const workbook = await workbookPart(parts);
  const slash = workbook.lastIndexOf('/');
  const folder = workbook.slice(0, slash + 1);
  const inner = await relations(parts, `${folder}_rels/${workbook.slice(slash + 1)}.rels`, folder);
  const wanted = [...(await partText(parts, workbook)).matchAll(sheetPattern)][number]?.[1] ?? '';
  const id = /\s\w+:id=(?:"([^"]*)"|'([^']*)')/.exec(wanted);
  const sheet = inner.find((relation) => relation.id === (id?.[1] ?? id?.[2]))?.target;
  if (!sheet) throw new Refusal(422, 'table_unreadable');
  const styles = inner.find((relation) => relation.type === 'styles')?.target;
  return { sheet, styles: styles && parts.has(styles) ? styles : undefined };
}

async function relations(parts: Map<string, ZipPart>, path: string, folder: string) {
  return [...(await partText(parts, path)).matchAll(/<(?:\w+:)?Relationship\b([^>]*?)\/?>/g)].map((match) => {
    const target = attribute(match[1]!, 'Target') ?? '';
    return {
      id: attribute(match[1]!, 'Id'),
      type: (attribute(match[1]!, 'Type') ?? '').split('/').at(-1),
      target: target.startsWith('/') ? target.slice(1) : new URL(folder + target, 'zip:///').pathname.slice(1),
    };
  });
}

// -------------------------------------------------------------------------- the zip around it, no more than is needed

interface ZipPart {
  name: Buffer;
  method: number;
  crc: number;
  size: number;
  packed: Buffer;
  time: number;
  /** Set when the part was changed; packed anew at the end. */
  text?: string;
}

/** A small file must not unpack to something that fills the memory. */
const largestPart = 400 * 1024 * 1024;

function openZip(bytes: Buffer): Map<string, ZipPart> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1) throw new Refusal(422, 'table_unreadable');
  const parts = new Map<string, ZipPart>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Refusal(422, 'table_unreadable');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    parts.set(name.toString('utf8'), {
      name,
      method: bytes.readUInt16LE(at + 10),
      time: bytes.readUInt32LE(at + 12),
      crc: bytes.readUInt32LE(at + 16),
      size: bytes.readUInt32LE(at + 24),
      packed: bytes.subarray(start, start + bytes.readUInt32LE(at + 20)),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

async function partText(parts: Map<string, ZipPart>, path: string): Promise<string> {
  const part = parts.get(path);
  if (!part || (part.method !== 0 && part.method !== 8)) throw new Refusal(422, 'table_unreadable');
  const bytes =
    part.method === 0 ? part.packed : await promisify(inflateRaw)(part.packed, { maxOutputLength: largestPart });
  return bytes.toString('utf8');
}

function setPart(parts: Map<string, ZipPart>, path: string, text: string): void {
  parts.get(path)!.text = text;
}

async function closeZip(parts: Map<string, ZipPart>): Promise<Buffer> {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts.values()) {
    if (part.text !== undefined) {
      const bytes = Buffer.from(part.text);
      part.crc = crc32(bytes);
      part.size = bytes.length;
      part.method = 8;
      part.packed = await promisify(deflateRaw)(bytes);
    }
    // Sizes are known here, so the flags say "names in UTF-8" and nothing else.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(part.method, 4);
    common.writeUInt32LE(part.time, 6);
    common.writeUInt32LE(part.crc, 10);
    common.writeUInt32LE(part.packed.length, 14);
    common.writeUInt32LE(part.size, 18);
    common.writeUInt16LE(part.name.length, 22);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    const local = [Buffer.from('PK\x03\x04'), common, part.name, part.packed];
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, central, part.name);
    bodies.push(...local);
    offset += local.reduce((sum, piece) => sum + piece.length, 0);
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32BE(0x504b0506, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}
