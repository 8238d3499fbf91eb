import { dutyHours, type HoursCode, hoursCodes } from '../../../contract/duty.ts';
import { inLocale, isWord, type Locale, type Pair, type TableColumn, tableForm } from '../../platform/table-form.ts';
import type { Directory } from '../organization/index.ts';
import type { PostRecord, ShiftRecord } from './queries.ts';
import { clockText } from './roster.ts';

export const sheetName: Pair = ['值班表', 'Duty roster'];

/** Sheet 11 值班表 (domain 7.3), in either language: whoever takes it out can bring it back. */
const columns: Record<string, TableColumn> = {
  day: { title: ['日期', 'Day'], required: true, width: 12 },
  hours: { title: ['时段', 'Hours'], required: true, width: 8 },
  place: { title: ['单位编码', 'Place code'], required: true, width: 12 },
  placeName: { title: ['单位', 'Place'], width: 16 },
  post: { title: ['岗位', 'Post'], required: true, width: 18 },
  login: { title: ['值班人账号', 'Login'], required: true, width: 16 },
  name: { title: ['值班人', 'On duty'], width: 24 },
  phone: { title: ['值班电话', 'Number'], width: 12 },
  from: { title: ['开始', 'From'], width: 14 },
  to: { title: ['结束', 'To'], width: 14 },
  state: { title: ['状态', 'State'], width: 12 },
};

const stateWords: Record<string, Pair> = {
  planned: ['已排', 'planned'],
  taken: ['在岗', 'on duty'],
  handed_over: ['已交班', 'handed over'],
};

const faultWords = {
  bad_day: ['写成 2026-03-01', 'write it as 2026-03-01'],
  bad_hours: ['填 N、D、E、H，且是这个岗位的时段', 'N, D, E or H, of that post'],
  unknown_place: ['没有这个单位编码，或不归您排', 'no such place, or not yours to plan'],
  unknown_post: ['这里没有这个岗位', 'no such post there'],
  unknown_login: ['不是这个岗位的值班人员', 'does not sit on this post'],
  in_the_past: ['已经过去', 'is past'],
  taken: ['这个时段已排了别人', 'somebody else is named for it'],
  repeated: ['与第 {row} 行重复', 'the same as row {row}'],
  refused: ['{why}', '{why}'],
} as const satisfies Record<string, Pair>;
export const rosterForm = tableForm(columns, faultWords);
export type Fault = Parameters<typeof rosterForm.told>[0][number];

/** The stretch a word means: its code, or its name in either language. */
export const hoursOfWord = (word: string): HoursCode | undefined =>
  hoursCodes.find((code) => isWord([code, code], word) || isWord([dutyHours[code].zh, dutyHours[code].en], word));

export function rowOf(
  dir: Directory,
  post: PostRecord,
  cell: { day: string; hours: HoursCode },
  shift: ShiftRecord | null,
  login: string | undefined,
  locale: Locale,
): Record<string, string> {
  const zone = dir.group.timezone;
  const node = dir.nodes.get(post.node_id)!;
  return {
    day: cell.day,
    hours: cell.hours,
    place: node.code,
    placeName: locale === 'en' ? node.en : node.zh,
    post: locale === 'en' ? post.en : post.zh,
    login: login ?? '',
    name: shift?.label ?? '',
    phone: post.phone ?? '',
    from: shift ? clockText(zone, shift.from_at) : '',
    to: shift ? clockText(zone, shift.to_at) : '',
    state: shift ? inLocale(stateWords[shift.state]!, locale) : '',
  };
}
