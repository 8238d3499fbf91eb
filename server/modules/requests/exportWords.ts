import type { Column } from '../../platform/sheets.ts';

type Pair = readonly [zh: string, en: string];
type Locale = 'zh-CN' | 'en';

/** Titles of the export, in the order of the columns. */
const titles: Record<string, Pair> = {
  number: ['编号', 'Number'],
  state: ['状态', 'State'],
  work: ['办理', 'Work'],
  priority: ['级别', 'Priority'],
  submitted: ['提出时间', 'Submitted'],
  categoryCode: ['类别代码', 'Category code'],
  category: ['类别', 'Category'],
  unit: ['单位', 'Unit'],
  site: ['工地', 'Site'],
  line: ['承办条线', 'Line'],
  leadUnit: ['承办单位', 'Handling unit'],
  handler: ['承办人', 'Handler'],
  clock: ['在走的时限', 'Running clock'],
  due: ['到期', 'Due'],
  originalDue: ['原到期', 'Original due'],
  channel: ['渠道', 'Channel'],
  requester: ['提出方式', 'Requester'],
  text: ['内容', 'Text'],
  returns: ['退回次数', 'Returns'],
  nudges: ['催办次数', 'Nudges'],
  reopens: ['重办次数', 'Reopens'],
};

const widths: Record<string, number> = {
  number: 18,
  submitted: 17,
  due: 17,
  originalDue: 17,
  category: 16,
  unit: 16,
  site: 24,
  text: 60,
};

const words: Record<string, Pair> = {
  'priority.urgent': ['紧急', 'urgent'],
  'priority.high': ['较急', 'high'],
  'priority.normal24': ['一般 24 小时', 'normal, 24 h'],
  'priority.normal48': ['一般 48 小时', 'normal, 48 h'],
  'priority.normal72': ['一般 72 小时', 'normal, 72 h'],
  'clock.triage': ['派单', 'triage'],
  'clock.contact': ['联系', 'contact'],
  'clock.resolve': ['办结', 'resolve'],
  'channel.qr_form': ['扫码', 'QR form'],
  'channel.hotline': ['热线', 'hotline'],
  'channel.site_officer': ['工地专员', 'site officer'],
  'channel.paper_or_face': ['当面或纸条', 'in person or on paper'],
  'channel.proactive': ['主动走访', 'proactive visit'],
  'channel.program': ['程序', 'program'],
  'channel.import': ['导入', 'import'],
  'requester.open': ['公开', 'open'],
  'requester.anonymous': ['匿名', 'anonymous'],
  left_out: [
    '另有 {n} 件保密、个人或健康类诉求不在此表中。',
    '{n} confidential, personal or health requests are not in this table.',
  ],
  sheet: ['诉求', 'Requests'],
};

const pick = (pair: Pair, locale: Locale): string => pair[locale === 'en' ? 1 : 0];

export const exportColumns = (locale: Locale): Column[] =>
  Object.entries(titles).map(([key, pair]) => ({ key, title: pick(pair, locale), width: widths[key] }));

export const exportWord = (key: string, locale: Locale): string =>
  words[key] ? pick(words[key], locale) : key.slice(key.indexOf('.') + 1);
