import { uuidv7 } from 'uuidv7';
import type { HoursCode } from '../../contract/duty.ts';
import { accountsInRoles, insertBoxedGrant } from '../modules/access/index.ts';
import { localDay } from '../modules/clocks/index.ts';
import {
  insertDelegations,
  insertHandovers,
  insertLent,
  insertMembers,
  insertPosts,
  insertShifts,
  insertStatuses,
  insertTeams,
} from '../modules/duty/index.ts';
import { directory } from '../modules/organization/index.ts';
import { append, type JournalEntry } from '../platform/journal.ts';
import type { Tx } from '../platform/transaction.ts';
import { dayZero } from './organization.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Minutes from midnight of each stretch, in a zone without daylight saving. */
const stretches: Record<HoursCode, [from: number, to: number]> = {
  N: [0, 8],
  D: [8, 16],
  E: [16, 24],
  H: [8.5, 32.5],
};
/** Days of the story, d0 being 0: the roster begins with it and is planned beyond the week after the switch that is drafted. */
const firstDay = -60;
const today = 75;
const lastDay = today + 11;
/** So many days back the notes of each hand-over are kept in the demo. */
const notedDays = 14;
/** The unit whose nights are not all planned: two of the week ahead name nobody. */
const holes = { unit: 'U06', days: [today + 2, today + 4] };

/** Their first officer is lent to another unit for a while. */
const lendingSites: readonly string[] = ['U02-01', 'U03-01', 'U08-01'];

const notes = [
  '两件催办已转条线；冷链温度正常；北门夜间只留一人通行。 / Two nudges went to the lines; cold chain normal; one person at the north gate by night.',
  '三号宿舍热水已恢复，请早上再看一次；物资车 06:30 到。 / Hot water of lodging 3 is back, look once more in the morning; the supply van comes at 06:30.',
  '值守无异常；一名保障员腹泻已换班，岗位有人。 / Nothing unusual; one officer was relieved, the post is manned.',
  '暴雨预警，排水泵已试转；应急包清点齐全。 / Rain warning: pumps were tried, emergency kits are complete.',
  '两个工地的日报晚到，已电话催到；其余正常。 / Daily reports of two sites came late after a call; all else normal.',
  '通行证到期 6 张，名单在台账里，请联络单位续办。 / Six passes run out; the list is in the ledger, ask the units to renew.',
];

interface PlannedPost {
  id: string;
  hours: HoursCode[];
  /** In turn, each after the other. */
  people: { id: string; label: string }[];
  /** First and last day on which it is manned. */
  days: [number, number];
  nodeId: number;
  lineId: number | null;
  skip?: readonly number[];
}

/** Posts, 135 days of shifts without an hour missing, hand-overs of late, teams, lent staff, where people are, one delegation. */
export async function loadDuty(tx: Tx, now: Date): Promise<void> {
  const dir = await directory(tx);
  const d0 = dayZero(now).getTime();
  const at = (dayNo: number, hours = 0): Date => new Date(d0 + dayNo * day + hours * hour);
  const accounts = await accountsInRoles(tx, [
    'worker',
    'site_officer',
    'operator',
    'dispatcher',
    'handler',
    'unit_liaison',
    'unit_leader',
    'group_leader',
    'support_group',
  ]);
  const at_ = (role: string, nodeId: number, lineCode?: string) =>
    accounts.filter(
      (row) =>
        row.role === role &&
        row.node_id === nodeId &&
        (lineCode === undefined || row.line_id === dir.linesByCode.get(lineCode)!.id),
    );
  const group = dir.groupNode.id;
  const units = [...dir.nodes.values()].filter((node) => node.kind === 'unit');

  const posts: Parameters<typeof insertPosts>[1] = [];
  const planned: PlannedPost[] = [];
  const post = (
    nodeId: number,
    words: [zh: string, en: string],
    hours: HoursCode[],
    stages: string[],
    phone: string,
    people: { id: string; label: string }[],
    days: [number, number],
    more: { lineId?: number; skip?: readonly number[] } = {},
  ): void => {
    const id = uuidv7();
    posts.push({
      id,
      node_id: nodeId,
      line_id: more.lineId ?? null,
      zh: words[0],
      en: words[1],
      hours,
      standby: hours.includes('H'),
      stages,
      phone,
      from_at: at(firstDay),
      made_by: null,
      made_at: at(firstDay),
    });
    planned.push({ id, hours, people, days, nodeId, lineId: more.lineId ?? null, skip: more.skip });
  };
  post(
    group,
    ['指挥值班', 'Command watch'],
    ['N', 'D', 'E'],
    ['S1', 'S2', 'S3', 'S4'],
    '8100',
    [...at_('dispatcher', group), ...at_('operator', group)],
    [-14, lastDay],
  );
  post(
    group,
    ['带班领导', 'Standing officer'],
    ['H'],
    ['S0', 'S1', 'S2', 'S3', 'S4'],
    '8101',
    [...at_('group_leader', group), ...at_('support_group', group)],
    [firstDay - 1, lastDay],
  );
  for (const code of ['L10', 'L11', 'L15']) {
    const line = dir.linesByCode.get(code)!;
    post(
      group,
      [`${line.zh}夜间值守`, `${line.en} by night`],
      ['N'],
      ['S2', 'S3'],
      line.ext ?? '',
      at_('handler', group, code),
      [0, 65],
      { lineId: line.id },
    );
  }
  for (const unit of units) {
    const own = [...at_('unit_leader', unit.id), ...at_('unit_liaison', unit.id)];
    post(
      unit.id,
      ['行政值班', 'Duty officer'],
      ['H'],
      ['S0', 'S1', 'S2', 'S3', 'S4'],
      `83${unit.code.slice(1)}`,
      [...own, ...at_('handler', unit.id, 'L05'), ...at_('handler', unit.id, 'L06')],
      [firstDay - 1, lastDay],
    );
    const nights = ['L07', 'L08', 'L10', 'L11', 'L15', 'L03'].flatMap((code) => at_('handler', unit.id, code));
    post(unit.id, ['夜间值守', 'Night watch'], ['N'], ['S2', 'S3'], `82${unit.code.slice(1)}`, nights, [0, 65]);
    // The nights of the coming week are planned as well: the unit is ready should a stage with nights return.
    planned.push({
      ...planned.at(-1)!,
      days: [today, lastDay],
      skip: unit.code === holes.unit ? holes.days : undefined,
    });
  }
  // One large site of each unit keeps a watch of its own; the others fall under their unit's officer.
  const sites = [...dir.nodes.values()].filter((node) => node.kind === 'site' && !lendingSites.includes(node.code));
  const officersOf = (site: { id: number }) => at_('site_officer', site.id).slice(0, 2);
  for (const unit of units) {
    const site = sites.find((one) => dir.unitOf(one.id) === unit.id && officersOf(one).length === 2);
    if (site)
      post(
        site.id,
        ['工地值班', 'Site watch'],
        ['H'],
        ['S1', 'S2', 'S3', 'S4'],
        `84${site.code.replace(/\D/g, '')}`,
        officersOf(site),
        [-14, lastDay],
      );
  }
  await insertPosts(tx, posts);

  const shifts: Parameters<typeof insertShifts>[1] = [];
  const handovers: Parameters<typeof insertHandovers>[1] = [];
  const journalled: JournalEntry[] = [];
  for (const one of planned) {
    let turn = 0;
    let last: (typeof shifts)[number] | null = null;
    for (let dayNo = one.days[0]; dayNo <= one.days[1]; dayNo++)
      for (const code of one.hours) {
        const person = one.people[turn++ % one.people.length]!;
        if (one.skip?.includes(dayNo)) continue;
        const [from, to] = [at(dayNo, stretches[code][0]), at(dayNo, stretches[code][1])];
        const begun = from <= now;
        const over = to <= now;
        const shift = {
          id: uuidv7(),
          post_id: one.id,
          account_id: person.id,
          label: person.label,
          from_at: from,
          to_at: to,
          state: over ? 'handed_over' : begun ? 'taken' : 'planned',
          planned_by: null,
          planned_at: new Date(Math.min(from.getTime() - 7 * day, now.getTime())),
          taken_at: begun ? new Date(from.getTime() - 4 * 60_000) : null,
          over_at: over ? to : null,
        };
        shifts.push(shift);
        if (begun && dayNo >= today - notedDays) {
          journalled.push({
            at: shift.taken_at!,
            actorId: person.id,
            role: null,
            action: 'duty.shift_taken',
            recordKind: 'shift',
            recordId: shift.id,
            class: 'normal',
            unitId: dir.unitOf(one.nodeId),
            lineId: one.lineId,
            from: 'planned',
            to: 'taken',
            figures: { late: 0 },
          });
          if (last && last.account_id !== person.id)
            handovers.push({
              id: uuidv7(),
              post_id: one.id,
              from_shift: last.id,
              to_shift: shift.id,
              note: notes[(dayNo + turn + one.nodeId) % notes.length]!,
              given_by: last.account_id,
              given_label: last.label,
              given_at: new Date((last.to_at as Date).getTime() - 12 * 60_000),
              received_by: person.id,
              received_label: person.label,
              received_at: shift.taken_at,
            });
        }
        if (begun) last = shift;
      }
  }
  await insertShifts(tx, shifts);
  for (let from = 0; from < handovers.length; from += 500) await insertHandovers(tx, handovers.slice(from, from + 500));
  journalled.sort((a, b) => a.at.getTime() - b.at.getTime());
  await append(tx, ...journalled);
  await teamsOf(tx, at, accounts, dir.nodesByCode);
  await peopleOf(tx, at, now, accounts, dir.group.timezone);
}

type Account = Awaited<ReturnType<typeof accountsInRoles>>[number];
type At = (dayNo: number, hours?: number) => Date;

async function teamsOf(tx: Tx, at: At, accounts: Account[], nodes: ReadonlyMap<string, { id: number }>): Promise<void> {
  const officers = (site: string): Account[] =>
    accounts.filter((row) => row.role === 'site_officer' && row.node_id === nodes.get(site)!.id);
  const of = (unit: string): Account[] =>
    accounts.filter((row) => row.role === 'handler' && row.node_id === nodes.get(unit)!.id);
  const teams = [
    {
      kind: 'vanguard_team',
      site: 'U04-01',
      unit: 'U04',
      name: '生活保供党员突击队',
      purpose: '封闭期间一日三餐和热水送到班组',
    },
    {
      kind: 'vanguard_post',
      site: 'U07-07',
      unit: 'U07',
      name: '应急处置线党员先锋岗',
      purpose: '关键岗位 24 小时不断人',
    },
    { kind: 'task_force', site: 'U10-01', unit: 'U10', name: '返岗通行专班', purpose: '通行、交通、住处一次办完' },
  ];
  for (const one of teams) {
    const head = officers(one.site)[0] ?? of(one.unit)[0]!;
    const id = uuidv7();
    await insertTeams(tx, [
      {
        id,
        kind: one.kind,
        node_id: nodes.get(one.site)!.id,
        name: one.name,
        purpose: one.purpose,
        head_id: head.id,
        head_label: head.label,
        from_at: at(3),
        to_at: at(120),
        made_by: null,
        made_at: at(3),
      },
    ]);
    const people = [head, ...of(one.unit).slice(0, 4)].filter(
      (row, i, all) => all.findIndex((o) => o.id === row.id) === i,
    );
    await insertMembers(
      tx,
      people.map((row) => ({
        id: uuidv7(),
        team_id: id,
        account_id: row.id,
        label: row.label,
        from_at: at(3),
        to_at: null,
        added_by: null,
      })),
    );
  }
  const lent = (person: Account, from: string, to: string, days: [number, number], purpose: string, back?: number) => ({
    id: uuidv7(),
    account_id: person.id,
    label: person.label,
    from_node: nodes.get(from)!.id,
    to_node: nodes.get(to)!.id,
    from_at: at(days[0]),
    return_at: at(days[1] + 1),
    returned_at: back === undefined ? null : at(back, 10),
    purpose,
    lent_by: null,
  });
  await insertLent(tx, [
    lent(officers(lendingSites[0]!)[0]!, 'U02', 'U06', [60, 80], '支援返岗登记'),
    // Two days past the day of return, and still away.
    lent(officers(lendingSites[1]!)[0]!, 'U03', 'U07', [45, 72], '支援处置线夜间保供'),
    lent(officers(lendingSites[2]!)[0]!, 'U08', 'U09', [20, 40], '支援工地送餐', 40),
  ]);
}

/** At home while areas were closed (S2), returning with S3; who supports is on duty from d0 on. */
async function peopleOf(tx: Tx, at: At, now: Date, accounts: Account[], zone: string): Promise<void> {
  const seen = new Set<string>();
  const rows: Parameters<typeof insertStatuses>[1] = [];
  const period = (row: Account, state: string, reason: string, from: Date, to: Date | null): void =>
    void rows.push({
      id: uuidv7(),
      account_id: row.id,
      label: row.label,
      node_id: row.home_node_id,
      state,
      from_at: from,
      to_at: to,
      reason,
      set_by: null,
      set_at: from,
    });
  let turn = 0;
  for (const row of accounts) {
    if (seen.has(row.id)) continue;
    seen.add(row.id);
    turn++;
    if (row.role === 'worker' && turn % 3 === 0) {
      period(row, 'at_home', 'area_closed', at(1), at(40));
      period(row, 'returning', 'return_plan', at(40), turn % 2 === 0 ? at(66) : null);
      if (turn % 2 === 0) period(row, 'on_duty', 'assigned', at(66), null);
    } else if (row.role === 'worker' && turn % 7 === 0) period(row, 'at_home', 'family', at(70), null);
    else period(row, 'on_duty', 'assigned', at(0), null);
  }
  await insertStatuses(tx, rows);

  const leader = accounts.find((row) => row.role === 'unit_leader' && row.label === '公路公司分管领导');
  const deputy = accounts.find((row) => row.role === 'unit_leader' && row.label === '环境公司值班领导');
  const decides = accounts.find((row) => row.role === 'group_leader');
  if (!leader || !deputy || !decides) return;
  const box = {
    id: uuidv7(),
    role: 'unit_leader',
    node_id: leader.node_id,
    line_id: null,
    from_at: at(localDay(zone, now) - localDay(zone, at(0)) - 1, 9),
    to_at: at(localDay(zone, now) - localDay(zone, at(0)) + 3, 18),
  };
  await insertDelegations(tx, [
    {
      ...box,
      from_id: leader.id,
      from_label: leader.label,
      to_id: deputy.id,
      to_label: deputy.label,
      reason: '到工地蹲点三天',
      state: 'approved',
      asked_at: box.from_at,
      decided_by: decides.id,
      decided_label: decides.label,
      decided_at: box.from_at,
    },
  ]);
  await insertBoxedGrant(tx, { ...box, account_id: deputy.id, behalf_id: leader.id });
}
