import type { ShareFigure } from '../../../contract/outreach.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { entriesOfRecords } from '../journal/index.ts';
import type { Directory } from '../organization/index.ts';
import { askedBetween, coursesOf, type RequestRecord, requestsByIds } from '../requests/index.ts';
import { duesOf, sitesFor, touchMs } from './places.ts';
import { findingsWithin, type NeedRecord, needsWithin, type Within } from './queries.ts';
import { type NotCounted, shareOf, whyNotCounted } from './share.ts';

export interface Judged {
  need: NeedRecord;
  request: RequestRecord;
  touchPosition: number | null;
  requestPosition: number | null;
  why: NotCounted | null;
}

const day = 24 * 3_600_000;
/** A pattern that fits no word: how somebody is employed is of no matter here. */
const nobody = '^\\Z.';

const told = ['outreach.touch_begun', 'outreach.need_found', 'requests.registered'];

/** Every need found on a touch in the period, with what the journal says of the order in which both were recorded. */
export async function judgedWithin(tx: Tx, within: Within): Promise<Judged[]> {
  const needs = await needsWithin(tx, within);
  if (needs.length === 0) return [];
  const requests = new Map(
    (
      await requestsByIds(
        tx,
        needs.map((one) => one.request_id),
      )
    ).map((r) => [r.id, r]),
  );
  const entries = await entriesOfRecords(tx, [
    [...new Set(needs.flatMap((one) => [one.touch_id, one.request_id]))],
    told,
  ]);
  const begun = new Map<string, number>();
  const asked = new Map<string, number>();
  const tied = new Map<string, number>();
  for (const entry of entries) {
    if (entry.action === 'outreach.touch_begun') begun.set(entry.record_id, entry.position);
    else if (entry.action === 'requests.registered') asked.set(entry.record_id, entry.position);
    else tied.set(`${entry.record_id}/${entry.figures.request as string}`, entry.position);
  }
  return needs.flatMap((need) => {
    const request = requests.get(need.request_id);
    if (!request) return [];
    const touchPosition = begun.get(need.touch_id) ?? null;
    const requestPosition = asked.get(need.request_id) ?? null;
    return [
      {
        need,
        request,
        touchPosition,
        requestPosition,
        why: whyNotCounted({
          beganAt: need.began_at,
          askedAt: request.submitted_at,
          touchPosition,
          requestPosition,
          toldPosition: tied.get(`${need.touch_id}/${need.request_id}`) ?? null,
          askedBefore: need.asked_before,
          withdrawn: request.state === 'withdrawn',
        }),
      },
    ];
  });
}

/**
 * The other part of the fraction: every need asked in the period, the latest first.
 * @param most so many at most, read day by day from the end, so that a quarter of a large group is not read whole
 */
export async function askedWithin(
  tx: Tx,
  dir: Directory,
  { from, to, unitIds }: Within,
  most: number,
): Promise<{ ids: string[]; total: number }> {
  const counts = await askedBetween(tx, [from, to, unitIds]);
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  const ids: string[] = [];
  for (let end = to; ids.length < Math.min(most, total) && end > from; ) {
    const begin = new Date(Math.max(from.getTime(), end.getTime() - day));
    const rows = [];
    for (const { unit_id } of counts)
      rows.push(...(await coursesOf(tx, [unit_id, begin, end, dir.group.timezone, nobody, nobody])));
    rows.sort((a, b) => b.submitted_at.getTime() - a.submitted_at.getTime());
    ids.push(...rows.map(({ id }) => id));
    end = begin;
  }
  return { ids: ids.slice(0, most), total };
}

const empty = () => ({
  all: 0,
  found: 0,
  notCounted: 0,
  touches: 0,
  nothing: 0,
  information: 0,
  need: 0,
  unfinished: 0,
});
type Counts = ReturnType<typeof empty>;
const withShare = (counts: Counts): ShareFigure => ({ ...counts, ...shareOf(counts.found, counts.all) });

/** The figure of a period for the whole of what this person oversees, and for each of its units. */
export async function shareWithin(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  within: Within,
  now: Date,
): Promise<{
  all: ShareFigure;
  units: (ShareFigure & { unitId: number; places: number; late: number })[];
  places: number;
  late: number;
}> {
  const unitIds = [...dir.nodes.values()]
    .filter((node) => node.kind === 'unit' && (within.unitIds === null || within.unitIds.includes(node.id)))
    .map((node) => node.id);
  const byUnit = new Map(unitIds.map((id) => [id, empty()]));
  const add = (unitId: number, key: keyof Counts, n: number): void => {
    const counts = byUnit.get(unitId);
    if (counts) counts[key] += n;
  };
  for (const row of await askedBetween(tx, [within.from, within.to, within.unitIds])) add(row.unit_id, 'all', row.n);
  for (const { need, why } of await judgedWithin(tx, within)) {
    // Taken back by the person: in neither part of the fraction.
    if (why !== 'withdrawn') add(need.unit_id, why === null ? 'found' : 'notCounted', 1);
  }
  for (const { unitId, finding, n } of await findingsWithin(tx, within, new Date(now.getTime() - touchMs))) {
    add(unitId, 'touches', n);
    if (finding !== null) add(unitId, finding as 'nothing', n);
  }
  const dues = await duesOf(
    tx,
    dir,
    actor,
    sitesFor(dir, actor, 'outreach.read'),
    ['round', 'site_call', 'survey'],
    now,
  );
  const all = empty();
  const units = unitIds.map((unitId) => {
    const counts = byUnit.get(unitId)!;
    for (const key of Object.keys(all) as (keyof Counts)[]) all[key] += counts[key];
    const own = dues.filter((one) => dir.unitOf(one.siteId) === unitId);
    return {
      unitId,
      ...withShare(counts),
      places: own.length,
      late: own.filter((one) => one.state === 'overdue').length,
    };
  });
  const sum = (key: 'places' | 'late'): number => units.reduce((n, unit) => n + unit[key], 0);
  return { all: withShare(all), units, places: sum('places'), late: sum('late') };
}
