/** A table people take out, edit and bring back: its columns and what is said of a wrong cell, in both languages. */
import { sheetNames } from './sheets.ts';

export type Locale = 'zh-CN' | 'en';
export type Pair = readonly [zh: string, en: string];
export const inLocale = (pair: Pair, locale: Locale): string => pair[locale === 'en' ? 1 : 0];

/** As people type it: case, outer and doubled spaces make no difference. */
export const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');
export const isWord = (pair: Pair, text: string): boolean => pair.some((one) => plain(one) === plain(text));

export interface TableColumn {
  title: Pair;
  required?: boolean;
  /** Of the column, in characters. */
  width: number;
}

/** A cell that needs mending: by its row, the key of its column, and a code. */
export interface Fault<Code extends string> {
  row: number;
  column: string;
  code: Code;
  values?: Record<string, string | number>;
}

/** What every such table may say. */
const common = {
  required: ['必填', 'required'],
  no_column: ['缺少这一列', 'this column is missing'],
} as const satisfies Record<string, Pair>;

export interface TableForm<Code extends string> {
  columns: Readonly<Record<string, TableColumn>>;
  /** Title of a column; a column nobody knows goes by what it was called. */
  titleOf(column: string, locale: Locale): string;
  /** The key of the column of this title in either language; a title nobody knows stays. */
  keyOf(title: string): string;
  /** The columns as a workbook has them. */
  heads(locale: Locale): { key: string; title: string; width: number }[];
  /** Columns that must be there and are not, as faults of the first row. */
  lacking(titles: readonly string[]): Fault<Code | keyof typeof common>[];
  /** Faults as people read them. */
  told(
    faults: readonly Fault<Code | keyof typeof common>[],
    locale: Locale,
  ): { row: number; column: string; message: string }[];
}

export function tableForm<Code extends string>(
  columns: Record<string, TableColumn>,
  words: Readonly<Record<Code, Pair>>,
): TableForm<Code> {
  const all: Record<string, Pair> = { ...common, ...words };
  const titleOf = (column: string, locale: Locale): string =>
    columns[column] ? inLocale(columns[column].title, locale) : column;
  return {
    columns,
    titleOf,
    keyOf: (title) => Object.entries(columns).find(([, column]) => isWord(column.title, title))?.[0] ?? title,
    heads: (locale) =>
      Object.entries(columns).map(([key, { title, width }]) => ({ key, title: inLocale(title, locale), width })),
    lacking: (titles) =>
      Object.entries(columns)
        .filter(([key, column]) => column.required && !titles.includes(key))
        .map(([key]) => ({ row: 1, column: key, code: 'no_column' as const })),
    told: (faults, locale) =>
      faults.map(({ row, column, code, values }) => ({
        row,
        column: titleOf(column, locale),
        message: inLocale(all[code]!, locale).replace(/\{(\w+)\}/g, (_, name: string) => String(values?.[name] ?? '')),
      })),
  };
}

/** Which sheet of a file holds the table: the one of its name, else the first that is not the notes. */
export async function sheetNamed(file: Buffer, name: Pair, notes?: Pair): Promise<number> {
  const names = await sheetNames(file);
  const own = names.findIndex((one) => isWord(name, one));
  return own >= 0
    ? own
    : Math.max(
        0,
        names.findIndex((one) => !notes || !isWord(notes, one)),
      );
}
