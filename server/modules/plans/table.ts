import {
  type evidenceKinds,
  frequencyPattern,
  type LineContent,
  levelsOf,
  type PlanKind,
  type planNatures,
  planPhases,
} from '../../../contract/plans.ts';
import { readTable, sheetTitles, type TableRow } from '../../platform/sheets.ts';
import {
  inLocale,
  isWord,
  type Locale,
  type Pair,
  plain,
  sheetNamed,
  type TableColumn,
  tableForm,
} from '../../platform/table-form.ts';
import type { Directory } from '../organization/index.ts';
import type { LineRecord } from './queries.ts';
import { mostLines, redStays } from './rules.ts';

export const sheetName: Pair = ['措施表', 'Measures'];
export const notesName: Pair = ['填写说明', 'Notes'];

/** The measures of a plan as a table, in either language. */
const columns = {
  ref: { title: ['行标识', 'Row mark'], width: 10 },
  template: { title: ['模板编码', 'Template code'], width: 10 },
  zh: { title: ['措施', 'Measure'], required: true, width: 32 },
  en: { title: ['英文', 'In English'], width: 24 },
  phase: { title: ['阶段', 'Phase'], required: true, width: 8 },
  nature: { title: ['性质', 'Nature'], required: true, width: 8 },
  level: { title: ['由谁那一级做', 'Carried out by'], required: true, width: 12 },
  who: { title: ['谁', 'Who'], required: true, width: 16 },
  frequency: { title: ['何时', 'When'], required: true, width: 12 },
  place: { title: ['何处', 'Where'], required: true, width: 18 },
  how: { title: ['怎么做', 'How'], required: true, width: 40 },
  evidence: { title: ['凭据', 'Evidence'], required: true, width: 10 },
  evidenceCount: { title: ['几份', 'How many'], width: 8 },
  line: { title: ['条线编码', 'Line code'], width: 10 },
  red: { title: ['红线', 'Red line'], width: 8 },
  clause: { title: ['对应条款', 'Clause'], required: true, width: 16 },
} satisfies Record<string, TableColumn>;

export const notes: readonly Pair[] = [
  [
    '改哪一行就改哪一行；新增一行把“行标识”留空。表里没有的行不会被删，去掉请在页面上做。',
    'A changed row is changed; a new row leaves its mark empty. Rows not in the table stay: leave lines out on the page.',
  ],
  [
    '行标识不要改：靠它认出是哪一条、是不是别人刚改过。',
    'Leave the marks as they are: they tell which line it is and whether somebody changed it meanwhile.',
  ],
  [
    '何时：每日、每班、每次发生、每周、每月、每季、每年，或 once+24h（生效 24 小时内）、once+15d。',
    'When: daily, per_shift, per_event, weekly, monthly, quarterly, yearly, or once+24h (within 24 hours of coming into force), once+15d.',
  ],
];

const words: Record<string, Record<string, Pair>> = {
  phase: { before: ['事前', 'before'], during: ['事中', 'during'], after: ['事后', 'after'] },
  nature: { political: ['政治', 'political'], business: ['业务', 'business'], service: ['服务', 'service'] },
  level: { group: ['集团', 'group'], unit: ['单位', 'unit'], site: ['工地', 'site'] },
  evidence: {
    record: ['台账', 'record'],
    doc: ['文件', 'document'],
    count: ['清点数', 'count'],
    photo: ['照片', 'photo'],
    sign: ['签字', 'signature'],
  },
  frequency: {
    daily: ['每日', 'daily'],
    per_shift: ['每班', 'per_shift'],
    per_event: ['每次发生', 'per_event'],
    weekly: ['每周', 'weekly'],
    monthly: ['每月', 'monthly'],
    quarterly: ['每季', 'quarterly'],
    yearly: ['每年', 'yearly'],
  },
};
export const wordOf = (kind: string, code: string, locale: Locale): string =>
  words[kind]?.[code] ? inLocale(words[kind][code], locale) : code;
const codeOf = (kind: string, text: string): string | undefined =>
  Object.entries(words[kind]!).find(([code, pair]) => plain(code) === plain(text) || isWord(pair, text))?.[0];

const faultWords = {
  unknown_template: ['本方案没有模板编码 {code}', 'this plan has no template code {code}'],
  wrong_template: ['模板编码与行标识不是同一条', 'the template code is not that of the marked line'],
  unknown_mark: ['没有这个行标识', 'there is no such row mark'],
  changed_meanwhile: ['这一条刚被改过，请重新下载这一行', 'this line was changed meanwhile; download it again'],
  repeated: ['与第 {row} 行是同一条', 'the same line as row {row}'],
  unknown_line: ['没有条线 {code}', 'there is no line {code}'],
  bad_phase: ['填 事前、事中 或 事后', 'before, during or after'],
  bad_nature: ['填 政治、业务 或 服务', 'political, business or service'],
  bad_level: ['填 集团、单位 或 工地', 'group, unit or site'],
  wrong_level: ['这一种方案不写这一级的措施', 'a plan of this kind has no measures of that level'],
  too_many: ['一份方案最多 {most} 条', 'a plan has at most {most} lines'],
  bad_evidence: ['填 台账、文件、清点数、照片 或 签字', 'record, document, count, photo or signature'],
  bad_frequency: ['填 每日…每年，或 once+24h 这样', 'daily … yearly, or such as once+24h'],
  bad_count: ['填 1 到 50', 'a whole number from 1 to 50'],
  too_long: ['太长，最多 {most} 个字', 'too long, at most {most} characters'],
  red_stays: ['模板的红线不能改成不是', 'a red line of the template stays red'],
  empty_before: ['事前没有措施', 'nothing is planned for before'],
  empty_during: ['事中没有措施', 'nothing is planned for during'],
  empty_after: ['事后没有措施', 'nothing is planned for after'],
} as const satisfies Record<string, Pair>;

export const measuresForm = tableForm(columns, faultWords);
type Wrong = Parameters<typeof measuresForm.told>[0][number];

export const rowOf = (dir: Directory, line: LineRecord, locale: Locale): Record<string, string> => ({
  ref: `${line.key}.${line.version}`,
  template: line.template_code ?? '',
  zh: line.zh,
  en: line.en,
  phase: wordOf('phase', line.phase, locale),
  nature: wordOf('nature', line.nature, locale),
  level: wordOf('level', line.level, locale),
  who: line.who,
  frequency: wordOf('frequency', line.frequency, locale),
  place: line.place,
  how: line.how,
  evidence: wordOf('evidence', line.evidence, locale),
  evidenceCount: String(line.evidence_count),
  line: line.work_line_id === null ? '' : (dir.lines.get(line.work_line_id)?.code ?? ''),
  red: line.red ? (locale === 'en' ? 'yes' : '是') : '',
  clause: line.clause,
});

const longest: Record<string, number> = { zh: 200, en: 300, who: 80, place: 120, how: 600, clause: 120 };

/** One row of the table. `standing` is the line it is about; null: a new one. */
export interface ReadLine {
  standing: LineRecord | null;
  line: LineContent;
}

/** @param titles columns of the table; one that was taken out says nothing of the lines that stand */
function read(
  dir: Directory,
  kind: PlanKind,
  standingLines: readonly LineRecord[],
  titles: readonly string[],
  { rowNumber, cells }: TableRow,
): { read: ReadLine | null; faults: Wrong[] } {
  const faults: Wrong[] = [];
  const fault = (column: string, code: Wrong['code'], values?: Wrong['values']): void =>
    void faults.push({ row: rowNumber, column, code, values });
  const cell = (column: string): string => (cells[column] ?? '').trim();
  for (const [key, column] of Object.entries(measuresForm.columns))
    if (column.required && cell(key) === '') fault(key, 'required');
  for (const [key, most] of Object.entries(longest)) if (cell(key).length > most) fault(key, 'too_long', { most });
  const template = cell('template').toUpperCase();
  let standing: LineRecord | null = null;
  if (cell('ref') !== '') {
    const [key, version] = cell('ref').split('.');
    standing = standingLines.find((one) => one.key === key) ?? null;
    if (!standing) fault('ref', 'unknown_mark');
    else if (String(standing.version) !== version) fault('ref', 'changed_meanwhile');
    else if (template !== '' && template !== standing.template_code)
      fault(
        'template',
        standingLines.some((one) => one.template_code === template) ? 'wrong_template' : 'unknown_template',
        { code: template },
      );
  } else if (template !== '') {
    standing = standingLines.find((one) => one.template_code === template) ?? null;
    if (!standing) fault('template', 'unknown_template', { code: template });
  }
  const line = cell('line') === '' ? null : dir.linesByCode.get(cell('line').toUpperCase());
  if (line === undefined) fault('line', 'unknown_line', { code: cell('line') });
  const of = (column: string, code: Wrong['code']): string => {
    const found = codeOf(column, cell(column));
    if (!found && cell(column) !== '') fault(column, code);
    return found ?? '';
  };
  const phase = of('phase', 'bad_phase');
  const nature = of('nature', 'bad_nature');
  const level = of('level', 'bad_level') as LineContent['level'];
  if (codeOf('level', cell('level')) && !levelsOf[kind].includes(level)) fault('level', 'wrong_level');
  const evidence = of('evidence', 'bad_evidence');
  const frequency = codeOf('frequency', cell('frequency')) ?? cell('frequency').toLowerCase();
  if (cell('frequency') !== '' && !frequencyPattern.test(frequency)) fault('frequency', 'bad_frequency');
  const count = cell('evidenceCount') === '' ? 1 : Number(cell('evidenceCount'));
  if (!Number.isInteger(count) || count < 1 || count > 50) fault('evidenceCount', 'bad_count');
  const red = ['是', 'yes', 'true', '1', '✓'].includes(plain(cell('red')));
  const kept = <Value>(column: string, stands: Value | undefined, typed: Value): Value =>
    stands !== undefined && !titles.includes(column) ? stands : typed;
  if (standing && redStays(standing) && !kept('red', standing.red, red)) fault('red', 'red_stays');
  if (faults.length > 0) return { read: null, faults };
  return {
    faults,
    read: {
      standing,
      line: {
        level,
        zh: cell('zh'),
        en: kept('en', standing?.en, cell('en') || cell('zh')),
        who: cell('who'),
        ownerId: standing?.owner_id ?? null,
        place: cell('place'),
        how: cell('how'),
        workLineId: kept('line', standing?.work_line_id, line?.id ?? null),
        phase: phase as (typeof planPhases)[number],
        nature: nature as (typeof planNatures)[number],
        frequency,
        evidence: evidence as (typeof evidenceKinds)[number],
        evidenceCount: kept('evidenceCount', standing?.evidence_count, count),
        red: kept('red', standing?.red, red),
        clause: cell('clause'),
      },
    },
  };
}

/** The rows of a table, and every cell that needs mending. Decides everything, changes nothing. */
export async function readMeasures(
  dir: Directory,
  kind: PlanKind,
  file: Buffer,
  standing: readonly LineRecord[],
): Promise<{ lines: ReadLine[]; rows: number; faults: Wrong[]; sheet: number }> {
  const { keyOf } = measuresForm;
  const sheet = await sheetNamed(file, sheetName, notesName);
  const titles = await sheetTitles(file, { sheet, keyOf });
  const lacking = measuresForm.lacking(titles);
  if (lacking.length > 0) return { lines: [], rows: 0, faults: lacking, sheet };
  const faults: Wrong[] = [];
  const lines: ReadLine[] = [];
  const rowOfLine = new Map<string, number>();
  let rows = 0;
  let adds = 0;
  for await (const row of readTable(file, 'xlsx', { sheet, keyOf, maxRows: 500 })) {
    rows++;
    const one = read(dir, kind, standing, titles, row);
    faults.push(...one.faults);
    if (!one.read) continue;
    const key = one.read.standing?.key;
    if (key && rowOfLine.has(key)) {
      faults.push({ row: row.rowNumber, column: 'ref', code: 'repeated', values: { row: rowOfLine.get(key)! } });
      continue;
    }
    if (key) rowOfLine.set(key, row.rowNumber);
    else if (standing.length + ++adds > mostLines)
      faults.push({ row: row.rowNumber, column: 'zh', code: 'too_many', values: { most: mostLines } });
    lines.push(one.read);
  }
  if (faults.length === 0) {
    // What is still to be written may be; what stood before, during or after does not vanish by a table.
    const left = standing.filter((one) => !rowOfLine.has(one.key)).map((one) => one.phase);
    for (const phase of planPhases)
      if (
        standing.some((one) => one.phase === phase) &&
        ![...left, ...lines.map((one) => one.line.phase as string)].includes(phase)
      )
        faults.push({ row: 1, column: 'phase', code: `empty_${phase}` });
  }
  return { lines, rows, faults, sheet };
}
