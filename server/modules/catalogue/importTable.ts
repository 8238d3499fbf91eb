import { type EscalationPost, escalationPosts } from '../../../contract/catalogue.ts';
import { problemTitle, readTable, sheetTitles, type TableRow } from '../../platform/sheets.ts';
import {
  inLocale,
  isWord,
  type Locale,
  type Pair,
  sheetNamed,
  type TableColumn,
  tableForm,
} from '../../platform/table-form.ts';
import { zoneOffset } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { overlap } from './checking.ts';
import type { Item } from './resolving.ts';

export const sheetName: Pair = ['派单目录', 'Dispatch catalogue'];
export const notesName: Pair = ['填写说明', 'Notes'];

/** The one table of the catalogue, in either language. Names are for the reader; codes decide. */
const columns: Record<string, TableColumn> = {
  category: { title: ['类别编码', 'Category code'], required: true, width: 10 },
  categoryName: { title: ['类别', 'Category'], width: 16 },
  place: { title: ['范围编码', 'Place code'], required: true, width: 12 },
  placeName: { title: ['范围', 'Place'], width: 20 },
  line: { title: ['主办条线编码', 'Lead line code'], required: true, width: 14 },
  lineName: { title: ['主办条线', 'Lead line'], width: 16 },
  lead: { title: ['主办在', 'Leads at'], required: true, width: 14 },
  co: { title: ['协办条线编码', 'Codes of lines that help'], width: 18 },
  contact: { title: ['应答分钟', 'Contact minutes'], width: 10 },
  resolve: { title: ['办结小时', 'Resolve hours'], width: 10 },
  escalation: { title: ['升级', 'Escalation'], width: 30 },
  from: { title: ['从', 'From'], width: 18 },
  to: { title: ['到', 'Until'], width: 18 },
};

export const notes: readonly Pair[] = [
  [
    '整张表就是草稿：改一行就改一行，删掉的行就从草稿里删掉。列的顺序可以换，列名不要改。',
    'The table is the draft: a changed row changes it, a row taken out is removed. Columns may be moved, titles must stay.',
  ],
  [
    '编码决定；类别、范围、条线的名称只为方便看。范围可以是集团、板块、单位或工地。',
    'Codes decide; names are for reading only. A place is the group, a sector, a unit or a site.',
  ],
  [
    '主办在：总部、所在单位，或一个单位的编码。协办写条线编码，用顿号或逗号隔开。',
    'Leads at: head office, the own unit, or the code of a unit. Lines that help: codes separated by commas.',
  ],
  [
    '升级：如“2 单位领导；24 集团领导”，数字是超期小时。',
    'Escalation: such as "2 unit leader; 24 group leader", the numbers being hours past the due time.',
  ],
  ['从、到：如 2026-03-01 08:00，不填就一直有效。', 'From, until: such as 2026-03-01 08:00; empty means always.'],
];

const leadWords: Record<'head_office' | 'own_unit', Pair> = {
  head_office: ['总部', 'head office'],
  own_unit: ['所在单位', 'own unit'],
};
const postWords: Record<EscalationPost, Pair> = {
  handler: ['承办人', 'handler'],
  line_head_office: ['条线总部', 'line at head office'],
  unit_leader: ['单位领导', 'unit leader'],
  dispatcher_lead: ['派单仲裁', 'dispatcher lead'],
  group_leader: ['集团领导', 'group leader'],
};

const faultWords = {
  unknown_column: ['不认识的列名', 'not a column of the table'],
  unknown_category: ['没有这个类别编码', 'there is no such category code'],
  unknown_place: ['没有这个范围编码', 'there is no such place code'],
  unknown_line: ['没有条线 {code}', 'there is no line {code}'],
  bad_lead: ['填 总部、所在单位 或单位编码', 'head office, own unit, or the code of a unit'],
  whole_number: ['填正整数', 'a whole number'],
  bad_escalation: ['写成“2 单位领导；24 集团领导”', 'write it as "2 unit leader; 24 group leader"'],
  bad_time: ['写成 2026-03-01 08:00', 'write it as 2026-03-01 08:00'],
  not_after: ['要晚于“从”', 'must be later than "from"'],
  repeated: ['与第 {row} 行是同一类别、范围、期间', 'the same category, place and time as row {row}'],
} as const satisfies Record<string, Pair>;

export const catalogueForm = tableForm(columns, faultWords);
type Fault = Parameters<typeof catalogueForm.told>[0][number];

const pad = (n: number): string => String(n).padStart(2, '0');
function timeText(at: Date | null, zone: string): string {
  if (!at) return '';
  const local = new Date(at.getTime() + zoneOffset(zone, at) * 60_000);
  return `${local.getUTCFullYear()}-${pad(local.getUTCMonth() + 1)}-${pad(local.getUTCDate())} ${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}`;
}
function timeOf(text: string, zone: string): Date | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?)?$/.exec(text);
  if (!match) return undefined;
  const [, year, month, date, hour = '0', minute = '0'] = match;
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minute));
  const at = new Date(wall - zoneOffset(zone, new Date(wall)) * 60_000);
  return timeText(at, zone).startsWith(`${year}-${pad(Number(month))}-${pad(Number(date))}`) ? at : undefined;
}

/** A line of the catalogue as a row of the table. */
export function rowOf(dir: Directory, item: Item, locale: Locale): Record<string, string> {
  const name = (thing: { zh: string; en: string } | undefined): string =>
    thing ? (locale === 'en' ? thing.en : thing.zh) : '';
  const zone = dir.group.timezone;
  return {
    category: dir.categories.get(item.categoryId)?.code ?? '',
    categoryName: name(dir.categories.get(item.categoryId)),
    place: dir.nodes.get(item.nodeId)?.code ?? '',
    placeName: name(dir.nodes.get(item.nodeId)),
    line: dir.lines.get(item.lineId)?.code ?? '',
    lineName: name(dir.lines.get(item.lineId)),
    lead: item.lead === 'unit' ? (dir.nodes.get(item.leadUnitId!)?.code ?? '') : inLocale(leadWords[item.lead], locale),
    co: item.coLineIds.map((id) => dir.lines.get(id)?.code ?? '').join(locale === 'en' ? ', ' : '、'),
    contact: item.contactMinutes === null ? '' : String(item.contactMinutes),
    resolve: item.resolveHours === null ? '' : String(item.resolveHours),
    escalation: item.escalation
      .map((step) => `${step.hours} ${inLocale(postWords[step.post], locale)}`)
      .join(locale === 'en' ? '; ' : '；'),
    from: timeText(item.validFrom, zone),
    to: timeText(item.validTo, zone),
  };
}

function itemOf(dir: Directory, { rowNumber, cells }: TableRow): { item: Item | null; faults: Fault[] } {
  const faults: Fault[] = [];
  const fault = (column: string, code: Fault['code'], values?: Fault['values']): void =>
    void faults.push({ row: rowNumber, column, code, values });
  const cell = (column: string): string => (cells[column] ?? '').trim();
  const zone = dir.group.timezone;
  for (const [key, column] of Object.entries(columns)) if (column.required && cell(key) === '') fault(key, 'required');
  const category = dir.categoriesByCode.get(cell('category').toUpperCase());
  if (!category && cell('category') !== '') fault('category', 'unknown_category');
  const node = dir.nodesByCode.get(cell('place')) ?? dir.nodesByCode.get(cell('place').toUpperCase());
  if (!node && cell('place') !== '') fault('place', 'unknown_place');
  const lineOf = (column: string, code: string) => {
    const line = dir.linesByCode.get(code.toUpperCase());
    if (!line && code !== '') fault(column, 'unknown_line', { code });
    return line;
  };
  const line = lineOf('line', cell('line'));
  const lead = (['head_office', 'own_unit'] as const).find((one) => isWord(leadWords[one], cell('lead')));
  const unit = lead ? undefined : dir.nodesByCode.get(cell('lead').toUpperCase());
  if (!lead && unit?.kind !== 'unit' && cell('lead') !== '') fault('lead', 'bad_lead');
  const co = cell('co')
    .split(/[、,，;；\s]+/)
    .filter((code) => code !== '')
    .map((code) => lineOf('co', code));
  const number = (column: string): number | null => {
    const text = cell(column);
    if (text === '') return null;
    if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
    fault(column, 'whole_number');
    return null;
  };
  const contactMinutes = number('contact');
  const resolveHours = number('resolve');
  const escalation = cell('escalation')
    .split(/[;；]/)
    .map((step) => step.trim())
    .filter((step) => step !== '')
    .map((step) => {
      const match = /^(\d{1,3})\s*(?:h|时|小时)?\s*(.+)$/i.exec(step);
      const post = match && escalationPosts.find((one) => isWord(postWords[one], match[2]!));
      return match && post ? { post, hours: Number(match[1]) } : null;
    });
  if (escalation.includes(null) || escalation.length > 5) fault('escalation', 'bad_escalation');
  const time = (column: 'from' | 'to'): Date | null => {
    if (cell(column) === '') return null;
    const at = timeOf(cell(column), zone);
    if (!at) fault(column, 'bad_time');
    return at ?? null;
  };
  const validFrom = time('from');
  const validTo = time('to');
  if (validFrom && validTo && validTo <= validFrom) fault('to', 'not_after');
  if (faults.length > 0 || !category || !node || !line) return { item: null, faults };
  return {
    faults,
    item: {
      id: `row ${rowNumber}`,
      categoryId: category.id,
      nodeId: node.id,
      lineId: line.id,
      lead: lead ?? 'unit',
      leadUnitId: lead ? null : unit!.id,
      coLineIds: [...new Set(co.map((one) => one!.id))],
      escalation: escalation as Item['escalation'],
      contactMinutes,
      resolveHours,
      validFrom,
      validTo,
      revision: 0,
    },
  };
}

const mostRows = 5_000;

/** The lines of a table, and every cell that needs mending. Decides everything, changes nothing. */
export async function readTableOfItems(
  dir: Directory,
  file: Buffer,
): Promise<{ items: Item[]; rows: number; faults: Fault[]; sheet: number }> {
  const { keyOf } = catalogueForm;
  const sheet = await sheetNamed(file, sheetName, notesName);
  const titles = await sheetTitles(file, { sheet, keyOf });
  const faults: Fault[] = [
    ...catalogueForm.lacking(titles),
    ...titles
      .filter((title) => !Object.hasOwn(columns, title) && !title.startsWith(problemTitle))
      .map((title): Fault => ({ row: 1, column: title, code: 'unknown_column' })),
  ];
  if (faults.length > 0) return { items: [], rows: 0, faults, sheet };
  const items: Item[] = [];
  const rowOfItem = new Map<string, number>();
  let rows = 0;
  for await (const row of readTable(file, 'xlsx', { sheet, keyOf, maxRows: mostRows })) {
    rows++;
    const read = itemOf(dir, row);
    faults.push(...read.faults);
    if (!read.item) continue;
    const before = items.find((other) => overlap(read.item!, other));
    if (before) {
      faults.push({
        row: row.rowNumber,
        column: 'place',
        code: 'repeated',
        values: { row: rowOfItem.get(before.id)! },
      });
      continue;
    }
    items.push(read.item);
    rowOfItem.set(read.item.id, row.rowNumber);
  }
  return { items, rows, faults, sheet };
}
