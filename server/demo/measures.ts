/**
 * Measures of the demo world: what the plans in force asked of 120 sites in the last fortnight, and how it went. Written in
 * bulk; U09 does worse than the others, and says less often why.
 */
import { uuidv7 } from 'uuidv7';
import { accountsInRoles } from '../modules/access/index.ts';
import {
  becomeMany,
  type DueRecord,
  insertManyMarks,
  type MarkRecord,
  makePast,
  type OccurrenceRecord,
  untouched,
} from '../modules/measures/index.ts';
import { type Directory, directory } from '../modules/organization/index.ts';
import { system } from '../platform/actor.ts';
import { type Checked, checkUpload, claimFiles, storeFile } from '../platform/files.ts';
import { append, type JournalEntry } from '../platform/journal.ts';
import type { Tx } from '../platform/transaction.ts';
import { draw } from './history/pictures.ts';
import { between, pick, type Random, seeded } from './random.ts';

const minute = 60_000;
const fortnight = 14;
/** The account a newcomer signs in as first: today is theirs to tick. */
const leftToTick = 'U04-01';

/** Shares of what was due: late, lapsed, cannot. The rest is done in time. */
const usual = { late: 0.03, lapsed: 0.015, cannot: 0.012 };
const slow = { late: 0.12, lapsed: 0.13, cannot: 0.02 };

const notes: Record<string, readonly string[]> = {
  record: [
    '早晚各一次，登记在本上。',
    '按点做完，班组长一起看的。',
    '全部转了一遍，没有发现问题。',
    '做了，门岗登记本有底。',
    '食堂、宿舍、厕所都做到了。',
  ],
  doc: ['材料已经整理好，放在工地办公室备查。', '按模板写完，项目经理看过。', '清单逐条对过，已经交联络员。'],
  sign: ['当面点清，两箱。', '按名单发完，没有剩。', '交接单一式两份。'],
};
const excuses = [
  '消毒液昨天用完了，今天还没送到。',
  '登记的人请假，没有人顶。',
  '今天停工，现场没有人。',
  '打印机坏了，单子出不来。',
  '暴雨，作业面进不去。',
];
const answers = [
  '今天停工，免做一天，明天照常。',
  '下午从片区仓送过去，今天这次免了。',
  '换人顶上，今天晚做也算，先免。',
];

interface Person {
  id: string;
  label: string;
}

interface Told {
  rows: Partial<OccurrenceRecord>[];
  marks: MarkRecord[];
  entries: JournalEntry[];
}

/** How many of the latest ticks show a picture. */
const pictures = 12;

/** Drawn pictures, for the evidence of the latest ticks; none where the disk is full. */
export async function drawEvidence(folder: string): Promise<Checked[]> {
  const random = seeded(5050);
  const checked: Checked[] = [];
  for (let i = 0; i < pictures; i++) {
    const bytes = await draw(pick(['A01', 'A02', 'A03', 'B01'], random), random);
    const one = await checkUpload(folder, system, { name: 'picture.jpg', mediaType: 'image/jpeg', bytes }).catch(
      (error: { code?: string }) => {
        if (error.code !== 'disk_full') throw error;
        return null;
      },
    );
    if (!one) return [];
    checked.push(one);
  }
  return checked;
}

/** The newcomer's own site first, then whatever asks for pictures, the latest first. */
async function addEvidence(tx: Tx, dir: Directory, folder: string, drawn: Checked[], told: Told, dues: DueRecord[]) {
  const due = new Map(dues.map((one) => [one.id, one]));
  const rank = ({ occurrence_id }: MarkRecord): number => {
    const one = due.get(occurrence_id)!;
    return (dir.nodes.get(one.site_id ?? 0)?.code === leftToTick ? 0 : 2) + (one.line.evidence === 'photo' ? 0 : 1);
  };
  const latest = told.marks
    .filter((one) => one.kind === 'done' && due.get(one.occurrence_id)!.line.evidence !== 'count')
    .sort((a, b) => rank(a) - rank(b) || b.at.getTime() - a.at.getTime());
  for (const [i, checked] of drawn.entries()) {
    const mark = latest[i];
    if (!mark) return;
    const doer = { ...system, kind: 'account' as const, accountId: mark.by_id };
    const sender = { accountId: mark.by_id, device: null, now: mark.received_at, zone: dir.group.timezone };
    const { id } = await storeFile(tx, folder, sender, checked);
    await claimFiles(tx, [id], 'measure', mark.id, doer);
    mark.file_ids = [id];
  }
}

/** Plays the last fortnight of what is in force. @param shown with its folder @returns how many fell due */
export async function loadMeasures(tx: Tx, now: Date, shown?: { folder: string; drawn: Checked[] }): Promise<number> {
  await makePast({ tx, actor: system, now }, fortnight);
  const dues = await untouched(tx, []);
  if (dues.length === 0) return 0;
  const dir = await directory(tx);
  const people = await peopleOf(tx);
  const random = seeded(5049);
  const told: Told = { rows: [], marks: [], entries: [] };
  for (const due of dues) play(told, dir, due, people(due), now, random);
  if (shown) await addEvidence(tx, dir, shown.folder, shown.drawn, told, dues);
  await becomeMany(tx, [JSON.stringify(told.rows)]);
  await insertManyMarks(tx, [JSON.stringify(told.marks)]);
  const inOrder = told.entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (let at = 0; at < inOrder.length; at += 2_000) await append(tx, ...inOrder.slice(at, at + 2_000));
  return dues.length;
}

/** Who does it and who, outside, answers and checks. */
async function peopleOf(tx: Tx): Promise<(due: DueRecord) => { doer: Person; role: string; outside: Person } | null> {
  const rows = await accountsInRoles(tx, ['site_officer', 'unit_liaison', 'support_group']);
  const held = new Map<string, Person[]>();
  for (const { id, label, role, node_id } of rows) {
    const key = role === 'support_group' ? role : `${role}/${node_id}`;
    held.set(key, [...(held.get(key) ?? []), { id, label }]);
  }
  return ({ site_id, unit_id }) => {
    const liaison = held.get(`unit_liaison/${unit_id}`)?.[0];
    const support = held.get('support_group') ?? [];
    const [doer, role, outside] =
      site_id !== null
        ? ([held.get(`site_officer/${site_id}`)?.[0], 'site_officer', liaison] as const)
        : unit_id !== null
          ? ([liaison, 'unit_liaison', support[0]] as const)
          : ([support[0], 'support_group', support[1]] as const);
    return doer && outside ? { doer, role, outside } : null;
  };
}

function play(
  told: Told,
  dir: Directory,
  due: DueRecord,
  people: { doer: Person; role: string; outside: Person } | null,
  now: Date,
  random: Random,
): void {
  if (!people) return;
  const { doer, role, outside } = people;
  const outsideRole = due.site_id === null ? 'support_group' : 'unit_liaison';
  const from = due.window_from.getTime();
  const dueAt = due.due_at.getTime();
  const site = due.site_id === null ? '' : (dir.nodes.get(due.site_id)?.code ?? '');
  const running = dueAt > now.getTime();
  if (running && site === leftToTick) return;
  const rates = dir.nodes.get(due.unit_id ?? 0)?.code === 'U09' ? slow : usual;
  const drawn = random();
  const cannot = drawn < rates.cannot;
  const lapsed = !cannot && drawn < rates.cannot + rates.lapsed;
  const late = !cannot && !lapsed && drawn < rates.cannot + rates.lapsed + rates.late;
  // Work is done by day, most of it in the hours before it is due.
  const begin = Math.max(from + 7 * 60 * minute, dueAt - 11 * 60 * minute);
  const inTime = begin + Math.floor(random() * Math.max(minute, dueAt - begin));
  const at = late ? dueAt + between(10, 400, random) * minute : inTime;
  const offline = random() < 0.08;
  const spoken = !lapsed && at <= now.getTime() - minute;
  const lapsedAt = dueAt <= now.getTime() && (lapsed || late || (!spoken && !cannot)) ? due.due_at : null;
  if (!spoken && lapsedAt === null) return;
  const moment = new Date(at);
  const received = new Date(offline ? Math.min(now.getTime(), at + between(3, 100, random) * minute) : at);
  const row: Partial<OccurrenceRecord> = {
    id: due.id,
    state: spoken ? (cannot ? 'cannot' : 'done') : 'lapsed',
    lapsed_at: lapsedAt,
    late: spoken && !cannot && at > dueAt,
    made_offline: spoken && !cannot && offline,
  };
  const base = { occurrence_id: due.id, made_at: offline ? moment : null, signer: null, number: null, file_ids: [] };
  const note = (
    kind: MarkRecord['kind'],
    by: Person,
    as: string,
    when: Date,
    said: Partial<MarkRecord>,
    to: string,
    back: Date = when,
  ) => {
    told.marks.push({
      ...base,
      id: uuidv7(),
      kind,
      at: when,
      received_at: back,
      offline: false,
      by_id: by.id,
      by_label: by.label,
      role: as,
      words: null,
      ...said,
    });
    told.entries.push({
      at: back,
      actorId: by.id,
      role: as,
      action: `measures.${kind}`,
      recordKind: 'measure',
      recordId: due.id,
      class: 'normal',
      unitId: due.unit_id,
      siteId: due.site_id,
      to,
      figures: { offline: said.offline ?? false },
    });
  };
  if (lapsedAt)
    told.entries.push({
      at: lapsedAt,
      actorId: null,
      role: 'system',
      action: 'measures.lapsed',
      recordKind: 'measure',
      recordId: due.id,
      class: 'normal',
      unitId: due.unit_id,
      siteId: due.site_id,
      from: 'open',
      to: 'lapsed',
      figures: { n: 1, red: due.red ? 1 : 0, day: due.day },
    });
  if (spoken && cannot) {
    note('cannot', doer, role, moment, { words: pick(excuses, random), offline }, 'cannot', received);
    row.cannot_at = moment;
    row.cannot_by = doer.id;
    const answeredAt = new Date(received.getTime() + between(15, 240, random) * minute);
    // The last ones still wait; some of U09 have waited for days.
    const waits = answeredAt > now || (rates === slow && random() < 0.4) || random() < 0.06;
    if (!waits) {
      row.answer = 'excused';
      row.answered_at = answeredAt;
      note('excused', outside, outsideRole, answeredAt, { words: pick(answers, random) }, 'cannot');
    }
  } else if (spoken) {
    row.done_at = moment;
    row.done_by = doer.id;
    row.done_label = doer.label;
    const { evidence } = due.line;
    const heads = dir.nodes.get(due.site_id ?? 0)?.heads ?? 60;
    note(
      'done',
      doer,
      role,
      moment,
      {
        offline,
        words: evidence === 'count' ? null : pick(notes[evidence] ?? notes.record!, random),
        number: evidence === 'count' ? Math.round(heads * (0.9 + random() * 0.1)) : null,
        signer: evidence === 'sign' ? '班组长' : null,
      },
      'done',
      received,
    );
    const checkedAt = new Date(at + between(60, 1_500, random) * minute);
    if (random() < 0.06 && checkedAt < now) {
      row.verdict = 'agreed';
      note('agreed', outside, outsideRole, checkedAt, {}, 'done');
    }
  }
  told.rows.push(row);
}
