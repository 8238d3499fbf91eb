import { problemTitle, readTable, sheetNames, sheetTitles, type TableRow } from '../../platform/sheets.ts';

export type Locale = 'zh-CN' | 'en';
type Pair = readonly [zh: string, en: string];
export const inLocale = (pair: Pair, locale: Locale): string => pair[locale === 'en' ? 1 : 0];

export const sheetKeys = ['units', 'sites', 'people', 'accounts'] as const;
export type SheetKey = (typeof sheetKeys)[number];

interface SheetShape {
  name: Pair;
  columns: Record<string, { title: Pair; required?: boolean; width?: number }>;
}

/** The one workbook of an organisation: its sheets and columns, in either language. */
export const shapes: Record<SheetKey, SheetShape> = {
  units: {
    name: ['单位', 'Units'],
    columns: {
      code: { title: ['编码', 'Code'], required: true },
      zh: { title: ['名称', 'Name'], required: true, width: 28 },
      en: { title: ['英文名称', 'English name'], width: 32 },
      sector: { title: ['板块编码', 'Sector code'] },
      sectorName: { title: ['板块名称', 'Sector name'], width: 18 },
    },
  },
  sites: {
    name: ['工地', 'Sites'],
    columns: {
      code: { title: ['编码', 'Code'], required: true },
      unit: { title: ['单位编码', 'Unit code'], required: true },
      zh: { title: ['名称', 'Name'], required: true, width: 28 },
      en: { title: ['英文名称', 'English name'], width: 32 },
      kind: { title: ['类型', 'Kind'], required: true },
      heads: { title: ['人数', 'Heads'] },
    },
  },
  people: {
    name: ['人员', 'People'],
    columns: {
      staffNo: { title: ['工号', 'Staff number'], required: true, width: 16 },
      label: { title: ['姓名', 'Name'], required: true },
      node: { title: ['单位或工地编码', 'Unit or site code'], required: true, width: 18 },
      post: { title: ['岗位', 'Post'] },
    },
  },
  accounts: {
    name: ['账号', 'Accounts'],
    columns: {
      login: { title: ['登录名', 'Login'], required: true, width: 16 },
      label: { title: ['显示名', 'Label'] },
      staffNo: { title: ['工号', 'Staff number'], width: 16 },
      node: { title: ['单位或工地编码', 'Unit or site code'], width: 18 },
    },
  },
};

export const notesName: Pair = ['填写说明', 'Notes'];

export const notes: readonly Pair[] = [
  [
    '每张表第一行是列名，列的顺序可以换，列名不要改；不用的表可以删掉。',
    'The first row of each sheet holds the titles. Columns may be moved, titles must stay; sheets you do not need may be deleted.',
  ],
  [
    '编码：字母、数字、点、横线，最多 20 个字符，在整个集团里唯一。板块可以不填。',
    'Codes: letters, digits, dots and dashes, 20 at most, unique in the group. A sector is optional.',
  ],
  ['类型：工地 或 厂站。人数可以不填。', 'Kind: Construction site or Plant. Heads are optional.'],
  [
    '同一份文件可以反复上传：一样的不动，改了的更新，新的加上；这里没有的不会被删除。',
    'The same file may be uploaded again: what is the same stays, what changed is updated, what is new is added; nothing is deleted.',
  ],
  [
    '新账号会得到一次性密码，只能下载一次；角色由安全管理员另外授予。',
    'New accounts get one-time passwords that can be downloaded once; roles are granted by the security administrator.',
  ],
];

export const problemWords = {
  required: ['必填', 'required'],
  no_column: ['缺少这一列', 'this column is missing'],
  unknown_column: ['不认识的列名，请用模板里的列名', 'not a column of the template'],
  column_twice: ['这一列出现了两次', 'this column is there twice'],
  unknown_sheet: ['不认识的表名，请用模板里的表名', 'not a sheet of the template'],
  sheet_twice: ['这张表出现了两次', 'this sheet is there twice'],
  bad_code: ['只能用字母、数字、点、横线，最多 20 个', 'letters, digits, dots and dashes only, 20 at most'],
  bad_login: ['只能用字母、数字、点、横线，2 到 40 个', 'letters, digits, dots and dashes only, 2 to 40'],
  too_long: ['最多 {most} 个字', 'at most {most} characters'],
  repeated: ['与第 {row} 行相同', 'the same as in row {row}'],
  code_taken: ['这个编码已用于别的层级', 'this code belongs to something of another level'],
  sector_name: ['新板块要写名称', 'a new sector needs a name'],
  sector_differs: ['同一板块的名称前后不一致', 'the name of this sector differs from an earlier row'],
  unknown_unit: ['没有这个单位', 'there is no such unit'],
  unknown_node: ['没有这个单位或工地', 'there is no such unit or site'],
  unknown_person: ['没有这个工号', 'there is no such staff number'],
  site_moves: ['已有工地不能改到别的单位', 'a site cannot be moved to another unit here'],
  bad_kind: ['只能填 工地 或 厂站', 'Construction site or Plant'],
  bad_heads: ['只能填 0 或正整数', '0 or a whole number'],
  person_has_account: ['这个人已有账号 {login}', 'this person already has the account {login}'],
  person_fixed: ['已有账号不能换人', 'an account cannot be given to another person'],
  node_needed: ['没有工号时要填单位或工地', 'needs a unit or site where there is no staff number'],
} as const satisfies Record<string, Pair>;

export interface Problem {
  sheet: SheetKey | null;
  /** Name of the sheet where it is none of ours. */
  sheetName?: string;
  row: number;
  /** Key of the column, or a title nobody knows. */
  column: string;
  code: keyof typeof problemWords;
  values?: Record<string, string | number>;
}

export const wordsOf = (problem: Problem, locale: Locale): string =>
  inLocale(problemWords[problem.code], locale).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(problem.values?.[name] ?? ''),
  );

export const titleOf = (sheet: SheetKey | null, column: string, locale: Locale): string => {
  const shape = sheet && shapes[sheet].columns[column];
  return shape ? inLocale(shape.title, locale) : column;
};

const plain = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Turns a title in either language into the key of its column; a title nobody knows stays. */
export const keyOf =
  (sheet: SheetKey) =>
  (title: string): string =>
    Object.entries(shapes[sheet].columns).find(([, column]) =>
      column.title.some((one) => plain(one) === plain(title)),
    )?.[0] ?? title;

export interface ReadSheet {
  /** Which sheet of the file; needed to mark it. */
  index: number;
  rows: TableRow[];
}

export const mostRows = 50_000;

/** The sheets of a file with what is wrong with their names and titles. Rows of a sheet with wrong titles are not looked at. */
export async function readOrganization(
  file: Buffer,
): Promise<{ sheets: Partial<Record<SheetKey, ReadSheet>>; problems: Problem[] }> {
  const sheets: Partial<Record<SheetKey, ReadSheet>> = {};
  const problems: Problem[] = [];
  let left = mostRows;
  for (const [index, name] of (await sheetNames(file)).entries()) {
    if (notesName.some((one) => plain(one) === plain(name))) continue;
    const key = sheetKeys.find((one) => shapes[one].name.some((known) => plain(known) === plain(name)));
    if (!key || sheets[key]) {
      problems.push({ sheet: null, sheetName: name, row: 1, column: '', code: key ? 'sheet_twice' : 'unknown_sheet' });
      continue;
    }
    const read: ReadSheet = { index, rows: [] };
    sheets[key] = read;
    const titles = await sheetTitles(file, { sheet: index, keyOf: keyOf(key) });
    const faults = titleFaults(key, titles);
    problems.push(...faults);
    if (faults.length > 0) continue;
    for await (const row of readTable(file, 'xlsx', { sheet: index, keyOf: keyOf(key), maxRows: left }))
      read.rows.push(row);
    left -= read.rows.length;
  }
  return { sheets, problems };
}

function titleFaults(sheet: SheetKey, titles: string[]): Problem[] {
  const { columns } = shapes[sheet];
  const at = (column: string, code: Problem['code']): Problem => ({ sheet, row: 1, column, code });
  return [
    ...Object.entries(columns)
      .filter(([key, column]) => column.required && !titles.includes(key))
      .map(([key]) => at(key, 'no_column')),
    ...titles
      .filter((title) => !Object.hasOwn(columns, title) && !title.startsWith(problemTitle))
      .map((title) =>
        / \(\d+\)$/.test(title) && Object.hasOwn(columns, title.replace(/ \(\d+\)$/, ''))
          ? at(title.replace(/ \(\d+\)$/, ''), 'column_twice')
          : at(title, 'unknown_column'),
      ),
  ];
}
