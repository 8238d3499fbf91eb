import type { Context } from '../../platform/serve.ts';
import { type Directory, directory } from '../organization/index.ts';
import { type LineRecord, linesOf, lockTogether, type PlanRecord, patchPlan, setsToCompare } from './queries.ts';
import { note } from './record.ts';
import { copyFrom, likenessOf, type Shingled, shingled } from './similarity.ts';

/** The names a set's own place goes by: taken out before sets are compared. */
export const namesAt = (dir: Directory, siteId: number): string[] =>
  [siteId, dir.unitOf(siteId)].flatMap((id) => {
    const node = id === null ? undefined : dir.nodes.get(id);
    return node ? [node.code, node.zh, node.en] : [];
  });

/**
 * Holds a set that has just been approved against the sets other sites have for the stage. The later of two that are alike
 * is the copy; a written reason why the template suffices here makes it none.
 */
export async function compareSet(context: Context, plan: PlanRecord, lines: readonly LineRecord[]): Promise<void> {
  const { tx } = context;
  // Two that are alike and approved at once must see each other.
  await lockTogether(tx, `sets of ${plan.stage_code}`);
  const others = await setsToCompare(tx, plan.stage_code, plan.site_id!);
  if (others.length === 0) return;
  const dir = await directory(tx);
  const byPlan = new Map<string, LineRecord[]>();
  for (const line of await linesOf(
    tx,
    others.map((one) => one.id),
  ))
    byPlan.set(line.plan_id, [...(byPlan.get(line.plan_id) ?? []), line]);
  const mine = shingled(lines, namesAt(dir, plan.site_id!));
  let nearest: { id: string; whole: number; own: number } | null = null;
  for (const other of others) {
    const its: Shingled = shingled(byPlan.get(other.id) ?? [], namesAt(dir, other.site_id!));
    const like = likenessOf(mine, its);
    if (!nearest || Math.min(like.whole, like.own) > Math.min(nearest.whole, nearest.own))
      nearest = { id: other.id, ...like };
  }
  const copied =
    nearest !== null && plan.tailoring_reason === null && nearest.whole > copyFrom && nearest.own > copyFrom;
  await patchPlan(tx, plan.id, {
    like_plan_id: nearest!.id,
    like_whole: nearest!.whole,
    like_own: nearest!.own,
    copied,
  });
  if (copied)
    await note(context, plan, 'copied', 'plans.read', { figures: { whole: nearest!.whole, own: nearest!.own } });
}
