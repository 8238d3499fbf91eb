/**
 * Who went or rang before being asked, as `outreach`: the touches on which the story's proactive needs were found, each
 * recorded before its need, and the rounds, calls and surveys that found nothing or only what one should know.
 */
import type { TouchKind } from '../../../contract/outreach.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import type { NeedRecord, TouchRecord } from '../../modules/outreach/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { areasFor } from '../../platform/actor.ts';
import type { JournalEntry } from '../../platform/journal.ts';
import { between, pick, type Random } from '../random.ts';
import { day, hour, minute } from './calendar.ts';
import { chance, idAt, streamOf, uniform } from './chance.ts';
import { type Ledger, type Need, write } from './ledger.ts';

const everyDays: Record<TouchKind, number> = { round: 3, site_call: 7, survey: 14 };
const crews = ['木工班', '钢筋班', '机电班', '夜班', '食堂班组', '保洁班', '门卫班'];
const places = ['生活区', '食堂', '作业面', '大门', '仓库', '值班室'];
const learnt = [
  '下周二起夜班加一组人，夜餐要多备二十份。',
  '热水够用，早上六点到七点最挤。',
  '口罩还够用五天，周五再看。',
  '新到的被褥都发下去了，没有缺的。',
  '两台洗衣机都能用，大家说排队短了。',
  '食堂换了新菜单，说清淡，再看一周。',
  '隔离房空着三间，钥匙在值班室。',
  '班车改到六点半发车，都知道了。',
  '体温枪电池换过，备用两节。',
  '雨棚漏水已经补好，雨天再看一次。',
];

/** Nobody had closed what somebody asked for there within the week before, as `outreach` looks for it. */
function askedBefore(ledger: Ledger, atPlace: Map<string, Need[]>, need: Need): boolean {
  const { row } = need;
  const at = row.received_at.getTime();
  return (atPlace.get(`${row.site_id}/${row.category_id}`) ?? []).some(({ row: other }) => {
    const asked = other.submitted_at.getTime();
    return (
      asked < at &&
      asked >= at - 7 * day &&
      (other.closed_at === null || other.closed_at.getTime() > at) &&
      other.channel !== 'proactive' &&
      other.confidentiality !== 'confidential' &&
      other.class === 'normal' &&
      ledger.calendar.now > asked
    );
  });
}

/** Pure: the same history gives the same touches. Writes their entries into the journal of the story. */
export function tellTouches(ledger: Ledger, seed: number): { touches: TouchRecord[]; needs: NeedRecord[] } {
  const { dir, cast, calendar } = ledger;
  const touches: TouchRecord[] = [];
  const links: NeedRecord[] = [];
  const topics = [...dir.categories.values()].filter(
    (one) =>
      one.parentId === null &&
      [...dir.categories.values()].some(
        (below) => below.parentId === one.id && !sealedClasses.includes(below.recordClass),
      ),
  );
  /** The instant the group-local day of a moment begins. */
  const morningOf = (at: number): number => Math.floor((at + 8 * hour) / day) * day - 8 * hour;
  const dayOf = (at: number): string => new Date(at + 8 * hour).toISOString().slice(0, 10);
  const note = (touch: TouchRecord, at: number, action: string, figures: JournalEntry['figures']): void =>
    write(ledger, {
      at: new Date(at),
      actorId: touch.by_id,
      role: touch.role,
      action: `outreach.${action}`,
      recordKind: 'touch',
      recordId: touch.id,
      class: 'normal',
      unitId: touch.unit_id,
      siteId: touch.site_id,
      figures,
    });

  function make(by: Actor, kind: TouchKind, siteId: number, from: number, to: number, random: Random): TouchRecord {
    const ended = to <= calendar.now;
    const touch: TouchRecord = {
      id: idAt(from, 0, random),
      kind,
      site_id: siteId,
      unit_id: dir.unitOf(siteId)!,
      by_id: by.accountId!,
      by_label: by.label,
      role: areasFor(by, 'outreach.record')[0]!.role,
      day: dayOf(from),
      began_at: new Date(from),
      ended_at: ended ? new Date(to) : null,
      crew: chance(0.5, random) ? pick(crews, random) : null,
      point: chance(0.6, random) ? pick(places, random) : null,
      topics: ended ? [...new Set([0, 1, 2].map(() => pick(topics, random).id))] : [],
      found: null,
      words: null,
    };
    touches.push(touch);
    note(touch, from, 'touch_begun', { kind });
    return touch;
  }
  function finish(
    touch: TouchRecord,
    found: 'nothing' | 'information' | 'need',
    needs: number,
    words: string | null,
  ): void {
    if (!touch.ended_at) return;
    Object.assign(touch, { found, words });
    note(touch, touch.ended_at.getTime(), 'touch_ended', { found, needs, topics: touch.topics.length });
    if (needs > 0) return;
    ledger.contacts.push({
      id: idAt(touch.began_at.getTime(), 1, streamOf(seed, `touch ${touch.id}`)),
      at: touch.began_at,
      channel: 'proactive',
      operator_id: touch.by_id,
      caller_key: null,
      outcome: 'information',
    });
  }

  // ---- on which the needs were found

  const found = ledger.needs.filter((need) => need.row.channel === 'proactive');
  const atPlace = new Map<string, Need[]>();
  for (const need of ledger.needs) {
    const key = `${need.row.site_id}/${need.row.category_id}`;
    atPlace.set(key, [...(atPlace.get(key) ?? []), need]);
  }
  const byMaker = new Map<string, Need[]>();
  for (const need of found) byMaker.set(need.row.registrar_id!, [...(byMaker.get(need.row.registrar_id!) ?? []), need]);
  const taken = new Map<string, { from: number; to: number }[]>();
  for (const [makerId, needs] of byMaker) {
    const by = cast.byId.get(makerId)!;
    needs.sort((a, b) => a.row.received_at.getTime() - b.row.received_at.getTime());
    for (let i = 0; i < needs.length; ) {
      const first = needs[i]!;
      const random = streamOf(seed, `found ${first.key}`);
      const at = first.row.received_at.getTime();
      // What this person finds within the half hour is found on the same round.
      const last = at + 30 * minute;
      const together: Need[] = [];
      for (; needs[i] && needs[i]!.row.received_at.getTime() <= last; i++) together.push(needs[i]!);
      const from = Math.floor(at - uniform(3, 15, random) * minute);
      const to = Math.floor(together.at(-1)!.row.received_at.getTime() + uniform(2, 12, random) * minute);
      const touch = make(by, 'round', first.row.site_id!, from, to, random);
      taken.set(makerId, [...(taken.get(makerId) ?? []), { from, to }]);
      // What was moved to a sealed line afterwards took its link with it.
      const kept = together.filter((need) => need.words !== null);
      for (const need of together) {
        const before = askedBefore(ledger, atPlace, need);
        note(touch, need.row.received_at.getTime(), 'need_found', { request: need.row.id, askedBefore: before });
        if (kept.includes(need))
          links.push({
            request_id: need.row.id,
            touch_id: touch.id,
            at: need.row.received_at,
            unit_id: touch.unit_id,
            site_id: touch.site_id,
            asked_before: before,
          });
      }
      if (kept.length < together.length) Object.assign(touch, { crew: null, point: null });
      finish(touch, 'need', together.length, null);
    }
  }

  // ---- from closed loop on: by the rhythm, mostly kept

  const liaisons = new Map<number, Actor[]>();
  for (const actor of cast.byId.values())
    for (const area of actor.areas)
      if (area.role === 'unit_liaison')
        for (const unitId of area.unitIds) liaisons.set(unitId, [...(liaisons.get(unitId) ?? []), actor]);
  const makersOf = (kind: TouchKind, siteId: number): readonly Actor[] =>
    kind === 'round'
      ? cast.officersOf(siteId)
      : kind === 'survey'
        ? (liaisons.get(dir.unitOf(siteId)!) ?? [])
        : cast.callers;
  for (const site of dir.nodes.values()) {
    if (site.kind !== 'site') continue;
    for (const kind of ['round', 'site_call', 'survey'] as const) {
      const makers = makersOf(kind, site.id);
      if (makers.length === 0) continue;
      const random = streamOf(seed, `rhythm ${site.code} ${kind}`);
      // Some places are always gone to late.
      const slack = chance(0.12, random) ? 1.6 : 1;
      let at = calendar.d0 + uniform(0, everyDays[kind], random) * day;
      // Where the story's officer is, the last round was four days ago: it is late since this morning.
      const last = site.code === 'U04-01' && kind === 'round' ? morningOf(calendar.now) - 4 * day : null;
      while (at < (last ?? calendar.now)) {
        const maker = pick(makers, random);
        const morning = morningOf(at);
        const from = Math.floor(morning + uniform(8.5, 17.5, random) * hour);
        const to = from + Math.floor((kind === 'site_call' ? uniform(3, 12, random) : uniform(8, 45, random)) * minute);
        const busy = taken.get(maker.accountId!)?.some((one) => from < one.to && to > one.from);
        if (to < calendar.now && !busy && chance(0.93, random)) {
          taken.set(maker.accountId!, [...(taken.get(maker.accountId!) ?? []), { from, to }]);
          const touch = make(maker, kind, site.id, from, to, random);
          const information = chance(0.28, random);
          finish(touch, information ? 'information' : 'nothing', 0, information ? pick(learnt, random) : null);
        }
        at += everyDays[kind] * slack * day + between(0, 1, random) * 6 * hour;
      }
      if (last !== null) {
        const touch = make(pick(makers, random), kind, site.id, last + 10 * hour, last + 10.5 * hour, random);
        finish(touch, 'information', 0, pick(learnt, random));
      }
    }
  }
  return { touches, needs: links };
}
