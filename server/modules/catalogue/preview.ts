import type { catalogueEndpoints } from '../../../contract/catalogue.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { Tx } from '../../platform/transaction.ts';
import { levelAt, type Priority, timetable } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { mixSince } from '../requests/index.ts';
import { gapsOf } from './checking.ts';
import { catalogueAt, postsNow } from './held.ts';
import { type Item, type ItemIndex, indexItems, resolve } from './resolving.ts';
import { levelOf, type Post, propose } from './suggesting.ts';

export const previewDays = 7;

type Mix = Awaited<ReturnType<typeof mixSince>>[number];
type Preview = OutputOf<typeof catalogueEndpoints.preview>;

interface Fate {
  mix: Mix;
  before: (Post & { coLineIds: number[] }) | null;
  after: (Post & { coLineIds: number[] }) | null;
}

const keyOf = ({ lineId, unitId }: Post): string => `${lineId}/${unitId ?? ''}`;
export const samePost = (a: Post, b: Post): boolean => a.lineId === b.lineId && a.unitId === b.unitId;

/**
 * What would have become of the last week's requests: each kind of request (category, place, priority, whom it complains
 * about) is decided once by the catalogue in force now and once by the draft, as if it began at `at`.
 */
export async function fatesOf(
  tx: Tx,
  dir: Directory,
  draft: readonly Item[],
  times: { now: Date; at: Date; since: Date },
): Promise<{ fates: Fate[]; now: ItemIndex; draft: ItemIndex }> {
  const posts = await postsNow(tx);
  const { index: current } = await catalogueAt(tx, times.now);
  const index = indexItems(draft);
  const fates = (await mixSince(tx, times.since)).map((mix) => ({
    mix,
    before: propose(dir, current, posts, mix, times.now),
    after: propose(dir, index, posts, mix, times.at),
  }));
  return { fates, now: current, draft: index };
}

export async function previewOf(
  tx: Tx,
  dir: Directory,
  items: readonly Item[],
  times: { now: Date; at: Date; since: Date },
): Promise<Preview> {
  const { fates, now, draft } = await fatesOf(tx, dir, items, times);
  const shifts = new Map<string, Preview['shifts'][number]>();
  const workload = new Map<string, Preview['workload'][number]>();
  const levels = new Map<string, Preview['levels'][number]>();
  const load = (post: Post): Preview['workload'][number] => {
    const key = keyOf(post);
    const known = workload.get(key) ?? {
      lineId: post.lineId,
      unitId: post.unitId,
      before: 0,
      after: 0,
      coBefore: 0,
      coAfter: 0,
    };
    workload.set(key, known);
    return known;
  };
  const table = await timetable(tx);
  let all = 0;
  let moved = 0;
  for (const { mix, before, after } of fates) {
    all += mix.n;
    if (before) load(before).before += mix.n;
    if (after) load(after).after += mix.n;
    for (const lineId of before?.coLineIds ?? []) load({ lineId, unitId: null }).coBefore += mix.n;
    for (const lineId of after?.coLineIds ?? []) load({ lineId, unitId: null }).coAfter += mix.n;
    if (before && after && !samePost(before, after)) {
      moved += mix.n;
      const key = `${keyOf(before)} ${keyOf(after)}`;
      const known = shifts.get(key) ?? {
        from: { lineId: before.lineId, unitId: before.unitId },
        to: { lineId: after.lineId, unitId: after.unitId },
        requests: 0,
      };
      known.requests += mix.n;
      shifts.set(key, known);
    }
    const category = dir.categories.get(mix.category_id);
    if (!category || mix.site_id === null) continue;
    const usual = levelAt(table, dir.sla, mix.priority as Priority, times.now);
    const lineage = dir.ancestors(mix.site_id);
    const raised = mix.priority !== category.priority;
    const was = levelOf(resolve(now, category, lineage, times.now), usual, raised);
    const will = levelOf(resolve(draft, category, lineage, times.at), usual, raised);
    if (was.contactMinutes === will.contactMinutes && was.resolveMinutes === will.resolveMinutes) continue;
    const key = [category.id, was.contactMinutes, will.contactMinutes, was.resolveMinutes, will.resolveMinutes].join(
      ' ',
    );
    const known = levels.get(key) ?? {
      categoryId: category.id,
      contactFrom: was.contactMinutes,
      contactTo: will.contactMinutes,
      resolveFrom: was.resolveMinutes / 60,
      resolveTo: will.resolveMinutes / 60,
      requests: 0,
    };
    known.requests += mix.n;
    levels.set(key, known);
  }
  return {
    since: times.since.toISOString(),
    requests: all,
    moved,
    shifts: [...shifts.values()].sort((a, b) => b.requests - a.requests),
    levels: [...levels.values()].sort((a, b) => b.requests - a.requests),
    workload: [...workload.values()].sort(
      (a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || b.after - a.after,
    ),
    gaps: gapsOf(dir, draft, times.at).map(({ categoryId, siteIds }) => {
      const at = new Set(siteIds);
      return {
        categoryId,
        sites: siteIds.length,
        requests: fates
          .filter(({ mix }) => mix.category_id === categoryId && mix.site_id !== null && at.has(mix.site_id))
          .reduce((sum, { mix }) => sum + mix.n, 0),
      };
    }),
  };
}
