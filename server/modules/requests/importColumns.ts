/** Which column of a file is what. Files come from anywhere, so this is guessed, shown, and can be said. Pure. */
export const importFields = [
  'id',
  'submitted',
  'title',
  'text',
  'category',
  'site',
  'point',
  'callback',
  'requester',
  'closed',
] as const;
export type ImportField = (typeof importFields)[number];

/** Columns per field; several are joined (text) or tried together and then one by one (category). */
export type Mapping = Partial<Record<ImportField, string[]>>;

export interface Guess {
  /** First part of the source reference of every row: `sf311`, `messages`, or the kind of file. */
  source: string;
  mapping: Mapping;
}

const known: Record<ImportField, readonly string[]> = {
  id: [
    'id',
    '编号',
    '诉求编号',
    '工单编号',
    '工单号',
    '流水号',
    '留言编号',
    'number',
    'no',
    'service_request_id',
    'case id',
    'caseid',
    'ticket',
  ],
  submitted: [
    'time',
    '时间',
    '提出时间',
    '留言时间',
    '受理时间',
    '登记时间',
    '来电时间',
    '创建时间',
    'submitted',
    'submitted_at',
    'created',
    'created_at',
    'created_date',
    'requested_datetime',
    'opened',
    'date',
  ],
  title: ['title', '标题', '主题', '留言主题', 'subject'],
  text: [
    'text',
    '内容',
    '诉求内容',
    '留言详情',
    '详情',
    '描述',
    '问题描述',
    'description',
    'details',
    'body',
    'content',
    'tokens',
  ],
  category: [
    'category',
    '类别',
    '分类',
    '类别代码',
    '诉求类别',
    '一级标签',
    'label',
    'category code',
    'service_name',
    'type',
  ],
  site: ['site', '工地', '工地代码', '工地编码', '项目', 'site code'],
  point: ['point', '地点', '位置', '点位', 'address', 'location'],
  callback: ['callback', '电话', '回拨电话', '联系电话', '手机', 'phone'],
  requester: ['requester', '姓名', '提出人', '联系人', 'name'],
  closed: ['closed', '办结时间', '关闭时间', 'closed_date', 'closed_at', 'closed_datetime'],
};

const plain = (title: string): string => title.trim().toLowerCase();

export function guessMapping(columns: readonly string[], kind: string): Guess {
  const byName = new Map(columns.map((column) => [plain(column), column]));
  const has = (...names: string[]): string[] =>
    names.map((name) => byName.get(name)).filter((column) => column !== undefined);
  const mapping: Mapping = {};
  for (const field of importFields) {
    const column = known[field].map((name) => byName.get(name)).find((found) => found !== undefined);
    if (column !== undefined) mapping[field] = [column];
  }
  if (byName.has('service_request_id')) {
    mapping.category = has('service_name', 'complaint_type');
    // What staff noted while closing is not what the person said, so it stays out.
    if (!byName.has('description')) mapping.text = has('service_name', 'complaint_type', 'descriptor');
    delete mapping.title;
    return { source: 'sf311', mapping };
  }
  const messages = byName.has('id') && byName.has('user') && byName.has('title') && byName.has('text');
  return { source: messages ? 'messages' : kind, mapping };
}

/**
 * `text=descriptor+notes,id=Number,closed=` changes a guess; an empty right side drops a field.
 * @throws naming the field or column that does not exist
 */
export function applyMapping(guess: Mapping, said: string | undefined, columns: readonly string[]): Mapping {
  const mapping = { ...guess };
  const column = (name: string): string => {
    const found = columns.find((one) => plain(one) === plain(name));
    if (found === undefined)
      throw new Error(`文件里没有这一列 / there is no such column: ${name}. (${columns.join(', ')})`);
    return found;
  };
  for (const part of said ? said.split(',') : []) {
    const at = part.indexOf('=');
    const field = part.slice(0, at).trim() as ImportField;
    if (at < 1 || !importFields.includes(field)) throw new Error(`--mapping: ${part} — ${importFields.join(', ')}`);
    const right = part.slice(at + 1).trim();
    if (right === '') delete mapping[field];
    else if (columns.some((one) => plain(one) === plain(right))) mapping[field] = [column(right)];
    else mapping[field] = right.split('+').map(column);
  }
  return mapping;
}

/** A moment as people and programs write it; without a zone it is the group's own time. Null when it is none. */
export function parseMoment(written: string, offsetMinutes: (at: Date) => number): Date | null {
  const text = written.trim();
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:：时](\d{1,2})分?(?:[:：]?(\d{1,2})秒?(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/u.exec(
      text,
    );
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const real = utc.getUTCMonth() === month - 1 && utc.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!real) return null;
  const zone = match[7];
  if (zone === 'Z') return utc;
  if (zone) {
    const minutes = (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
    return new Date(utc.getTime() - minutes * 60_000);
  }
  return new Date(utc.getTime() - offsetMinutes(utc) * 60_000);
}
