/** The dispatch catalogue of the demo group: an edition that is past, the one in force and one that is planned. */
import { uuidv7 } from 'uuidv7';
import { sealedClasses } from '../../contract/requests.ts';
import {
  type ChoiceRecord,
  chainOf,
  decideEdition,
  differencesOf,
  forgetEditions,
  type Item,
  indexItems,
  insertChoices,
  insertEdition,
  insertItems,
  postsNow,
  propose,
  resolve,
  setLimit,
} from '../modules/catalogue/index.ts';
import { type Directory, directory } from '../modules/organization/index.ts';
import type { RequestRecord, SpokenStep } from '../modules/requests/index.ts';
import type { Tx } from '../platform/transaction.ts';
import type { Ledger } from './history/ledger.ts';
import { jointCategories } from './jointCategories.ts';
import { shanghaiMidnight } from './organization.ts';

const day = 86_400_000;

type ChainAsked = Pick<RequestRecord, 'category_id' | 'site_id' | 'unit_id' | 'submitted_at'>;

interface Wish {
  category: string;
  place: string;
  line: string;
  lead?: Item['lead'];
  unit?: string;
  co?: string[];
  contact?: number;
  resolve?: number;
  escalation?: Item['escalation'];
  from?: Date;
  to?: Date;
}

/** What stops a site: the line that leads hears of it at once, the group's leaders after half a day. */
const bottleneckEscalation: Item['escalation'] = [
  { post: 'line_head_office', hours: 0 },
  { post: 'unit_leader', hours: 1 },
  { post: 'dispatcher_lead', hours: 4 },
  { post: 'group_leader', hours: 12 },
];
/** Led at head office for a unit that has no such line: its own leader hears of lateness early. */
const awayEscalation: Item['escalation'] = [
  { post: 'handler', hours: 0 },
  { post: 'line_head_office', hours: 2 },
  { post: 'unit_leader', hours: 4 },
  { post: 'group_leader', hours: 24 },
];

/** What the past edition said: each category to its own line, at head office. */
const beginnings = (dir: Directory): Wish[] =>
  dispatched(dir).map((category) => ({
    category: category.code,
    place: dir.groupNode.code,
    line: dir.lines.get(category.lineId!)!.code,
    lead: 'head_office',
  }));

const dispatched = (dir: Directory) =>
  [...dir.categories.values()].filter((one) => one.parentId !== null && !sealedClasses.includes(one.recordClass));

/** Learnt in two months: the own unit first, lines that help, and what is different at one unit or site. */
function inForceNow(dir: Directory, now: Date): Wish[] {
  const midnight = shanghaiMidnight(now).getTime();
  const roads = ['U04-01', 'U04-02', 'U04-03', 'U04-04', 'U04-05', 'U04-06'];
  return [
    ...dispatched(dir).map(
      (category): Wish => ({
        category: category.code,
        place: dir.groupNode.code,
        line: dir.lines.get(category.lineId!)!.code,
        lead: 'own_unit',
        co: jointCategories[category.code]?.lines,
      }),
    ),
    ...roads.map(
      (place): Wish => ({
        category: 'F04',
        place,
        line: 'L08',
        lead: 'head_office',
        co: ['L10', 'L05'],
        escalation: bottleneckEscalation,
      }),
    ),
    // Water at the waterworks' own sites is their operations' business.
    ...['U01', 'U02', 'U03'].map(
      (place): Wish => ({
        category: 'A02',
        place,
        line: 'L09',
        lead: 'head_office',
        co: ['L11'],
        escalation: awayEscalation,
      }),
    ),
    ...['U04', 'U05'].map((place): Wish => ({ category: 'F02', place, line: 'L05', lead: 'own_unit', co: ['L09'] })),
    ...['U06', 'U07', 'U08'].map((place): Wish => ({ category: 'E03', place, line: 'L15', lead: 'own_unit' })),
    ...['U09', 'U10'].map((place): Wish => ({ category: 'A03', place, line: 'L11', lead: 'own_unit' })),
    { category: 'B04', place: 'U05-12', line: 'L10', lead: 'head_office', co: ['L11'] },
    { category: 'E05', place: 'U04-01', line: 'L08', lead: 'unit', unit: 'U04', co: ['L11'] },
    { category: 'E04', place: 'U04-01', line: 'L11', lead: 'unit', unit: 'U04' },
    { category: 'A01', place: 'U05-09', line: 'L11', lead: 'unit', unit: 'U05', co: ['L10'] },
    {
      category: 'A05',
      place: 'U04',
      line: 'L10',
      lead: 'own_unit',
      from: new Date(midnight - 2 * day),
      to: new Date(midnight + 12 * day),
    },
    {
      category: 'B',
      place: 'U07',
      line: 'L10',
      lead: 'own_unit',
      co: ['L15'],
      from: new Date(midnight - day),
      to: new Date(midnight + 20 * day),
    },
  ];
}

/** What is to change in three days: tighter for what stops a site, and meals of two units in one hand. */
const planned = (dir: Directory, now: Date): Wish[] =>
  inForceNow(dir, now)
    .filter((wish) => !(wish.category === 'E04' && wish.place === 'U04-01'))
    .map((wish) =>
      wish.category === 'F04'
        ? { ...wish, contact: 30, resolve: 9 }
        : wish.category === 'A01' && wish.place === 'U05-09'
          ? { ...wish, contact: 30 }
          : wish,
    )
    .concat(
      ['U04', 'U05'].map((place): Wish => ({ category: 'A01', place, line: 'L11', lead: 'head_office', co: ['L10'] })),
    );

function itemOf(dir: Directory, wish: Wish): Item {
  const line = (code: string): number => dir.linesByCode.get(code)!.id;
  return {
    id: uuidv7(),
    categoryId: dir.categoriesByCode.get(wish.category)!.id,
    nodeId: dir.nodesByCode.get(wish.place)!.id,
    lineId: line(wish.line),
    lead: wish.lead ?? 'own_unit',
    leadUnitId: wish.unit ? dir.nodesByCode.get(wish.unit)!.id : null,
    coLineIds: (wish.co ?? []).map(line),
    escalation: wish.escalation ?? [],
    contactMinutes: wish.contact ?? null,
    resolveHours: wish.resolve ?? null,
    validFrom: wish.from ?? null,
    validTo: wish.to ?? null,
    revision: 0,
  };
}

const daysInForce = 21;

/** Whom lateness tells, by the edition in force, of what was asked under it; `now` is that of the story. */
export function chainsOf(dir: Directory, now: Date): (r: ChainAsked) => readonly SpokenStep[] {
  const since = shanghaiMidnight(now).getTime() - daysInForce * day;
  const index = indexItems(inForceNow(dir, now).map((wish) => itemOf(dir, wish)));
  return ({ category_id, site_id, unit_id, submitted_at }) => {
    const category = dir.categories.get(category_id);
    if (!category || submitted_at.getTime() < since) return [];
    const place = dir.ancestors(site_id ?? unit_id ?? dir.groupNode.id);
    return chainOf(resolve(index, category, place, submitted_at));
  };
}

/** Three editions, the middle one in force for three weeks. */
export async function loadCatalogue(tx: Tx, now: Date): Promise<void> {
  const dir = await directory(tx);
  const midnight = shanghaiMidnight(now).getTime();
  const editions = [
    { from: midnight - 74 * day, note: '初版：按类别归口条线，集团统一接', wishes: beginnings(dir) },
    {
      from: midnight - daysInForce * day,
      note: '两个月复盘：先到所在单位，常配合的条线写明协办',
      wishes: inForceNow(dir, now),
    },
    {
      from: midnight + 3 * day,
      note: '堵点 9 小时办结；公路、养护两家供餐统一由集团后勤办',
      wishes: planned(dir, now),
    },
  ];
  let before: string | null = null;
  for (const [i, { from, note, wishes }] of editions.entries()) {
    const id = uuidv7();
    const decidedAt = new Date(Math.min(from - day / 3, now.getTime() - 3_600_000));
    await insertEdition(tx, {
      id,
      based_on: before,
      begun_by: null,
      begun_by_label: '派单仲裁00',
      begun_at: new Date(decidedAt.getTime() - day / 4),
    });
    await insertItems(
      tx,
      id,
      wishes.map((wish) => itemOf(dir, wish)),
    );
    await decideEdition(tx, id, {
      number: i + 1,
      from_at: new Date(from),
      note,
      decided_by: null,
      decided_by_label: '派单仲裁00',
      decided_at: decidedAt,
    });
    before = id;
  }
  // Two lines may have less in hand than the usual measure: theirs is what cannot wait.
  for (const [code, most] of [
    ['L11', 8],
    ['L15', 7],
  ] as const) {
    const line = dir.linesByCode.get(code)!;
    await setLimit(tx, {
      line_id: line.id,
      backup_line_id: line.backupId,
      most_per_handler: most,
      most_overdue: 8,
      changed_by_label: '派单仲裁00',
      changed_at: new Date(midnight - 2 * day),
    });
  }
  forgetEditions();
}

/** What the catalogue said at each dispatch of its three weeks, and what was decided. */
export async function loadChoices(tx: Tx, ledger: Ledger, now: Date): Promise<void> {
  const dir = await directory(tx);
  const posts = await postsNow(tx);
  const index = indexItems(inForceNow(dir, now).map((wish) => itemOf(dir, wish)));
  const since = shanghaiMidnight(now).getTime() - daysInForce * day;
  const choices = ledger.works.flatMap((work): ChoiceRecord[] => {
    const [first] = work.assignments;
    const need = work.needs[0];
    if (!first || !need || first.at.getTime() < since) return [];
    const suggested = propose(dir, index, posts, need.row, first.at);
    if (!suggested) return [];
    const chosen = {
      lineId: first.line_id,
      unitId: first.lead_unit_id,
      coLineIds: work.parts
        .filter((part) => part.asked_at.getTime() === first.at.getTime())
        .map((part) => part.line_id),
    };
    return [
      {
        id: uuidv7(),
        request_id: need.row.id,
        at: first.at,
        item_id: null,
        edition_number: 2,
        category_id: need.row.category_id,
        unit_id: need.row.unit_id,
        suggested_line_id: suggested.lineId,
        suggested_unit_id: suggested.unitId,
        suggested_co_line_ids: suggested.coLineIds,
        line_id: chosen.lineId,
        lead_unit_id: chosen.unitId,
        co_line_ids: chosen.coLineIds,
        differs: differencesOf(suggested, chosen),
        to_backup: false,
        chosen_by: first.assigned_by,
      },
    ];
  });
  await insertChoices(tx, choices);
}
