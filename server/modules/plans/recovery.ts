import type { Recovery } from '../../../contract/plans.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { stageAt, stagePeriods } from '../stages/index.ts';
import { sitesSeen } from './coverage.ts';
import { plansByIds, setsInForceBetween } from './queries.ts';

/**
 * How coverage came back after a stage last began at a place, at or before `at`, over the sites this person may see. Read
 * from when each set came into force and ended, so that a switch long past says the same as on its day.
 */
export async function recoveryOf(
  tx: Tx,
  actor: Actor,
  asked: { nodeId: number; stage: string; at: Date },
): Promise<Recovery> {
  const dir = await directory(tx);
  const lineage = dir.ancestors(asked.nodeId);
  const sites = sitesSeen(dir, actor).filter((site) => dir.ancestors(site.id).includes(asked.nodeId));
  const began = (await stagePeriods(tx)).filter((one) => one.code === asked.stage && one.from_at <= asked.at);
  const period = lineage.map((nodeId) => began.findLast((one) => one.node_id === nodeId)).find((one) => one);
  if (!period) return { since: null, sites: sites.length, before: 0, sets: [], copies: [] };
  const since = period.from_at;
  const seen = new Set(sites.map((site) => site.id));
  const sets = (await setsInForceBetween(tx, since, period.to_at)).filter((one) => seen.has(one.site_id));

  const moment = new Date(since.getTime() - 1);
  const stageBefore = new Map<number, string | undefined>();
  for (const site of sites) stageBefore.set(site.id, (await stageAt(tx, dir.ancestors(site.id), moment))?.code);
  const covered = new Set(
    sets
      .filter((one) => one.in_force_from < since && !one.copied && one.stage_code === stageBefore.get(one.site_id))
      .map((one) => one.site_id),
  );

  const first = new Map<number, (typeof sets)[number]>();
  const copies: typeof sets = [];
  for (const set of sets) {
    if (set.stage_code !== asked.stage || set.in_force_from < since) continue;
    if (set.copied) copies.push(set);
    else if (!first.has(set.site_id)) first.set(set.site_id, set);
  }
  const alike = await plansByIds(
    tx,
    copies.map((set) => set.like_plan_id).filter((id) => id !== null),
  );
  const row = (set: (typeof sets)[number]) => ({
    siteId: set.site_id,
    planId: set.id,
    at: set.in_force_from.toISOString(),
  });
  return {
    since: since.toISOString(),
    sites: sites.length,
    before: covered.size,
    sets: [...first.values()].map(row),
    copies: copies.map((set) => ({
      ...row(set),
      likeSiteId: alike.find((one) => one.id === set.like_plan_id)?.site_id ?? null,
      own: set.like_own ?? 0,
    })),
  };
}
