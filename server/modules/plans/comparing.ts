import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import {
  type LineRecord,
  linesOf,
  lockTogether,
  type PlanRecord,
  patchPlan,
  saveSketch,
  setsToCompare,
  sketchesOf,
} from './queries.ts';
import { note } from './record.ts';
import { copyFrom, guess, likenessOf, type Shingled, shingled, sketchOf } from './similarity.ts';

/** The names a set's own place goes by: taken out before sets are compared. */
export const namesAt = (dir: Directory, siteId: number): string[] =>
  [siteId, dir.unitOf(siteId)].flatMap((id) => {
    const node = id === null ? undefined : dir.nodes.get(id);
    return node ? [node.code, node.zh, node.en] : [];
  });

/** So many of the others are read whole; which ones the sketches say. */
const readWhole = 5;
/** Sets whose sketch nobody has made yet are read so many at a time. */
const sketchedAtOnce = 50;

/** Sketches of these sets; those that came in without an approval here get theirs now. */
async function sketches(
  tx: Tx,
  dir: Directory,
  others: readonly { id: string; site_id: number | null }[],
): Promise<Map<string, Uint32Array>> {
  const found = await sketchesOf(
    tx,
    others.map((one) => one.id),
  );
  const missing = others.filter((one) => !found.has(one.id));
  for (let from = 0; from < missing.length; from += sketchedAtOnce)
    for (const [id, pieces] of await piecesOf(tx, dir, missing.slice(from, from + sketchedAtOnce))) {
      found.set(id, sketchOf(pieces));
      await saveSketch(tx, id, found.get(id)!);
    }
  return found;
}

async function piecesOf(
  tx: Tx,
  dir: Directory,
  sets: readonly { id: string; site_id: number | null }[],
): Promise<Map<string, Shingled>> {
  const byPlan = new Map(sets.map((one) => [one.id, [] as LineRecord[]]));
  for (const line of await linesOf(tx, [...byPlan.keys()])) byPlan.get(line.plan_id)!.push(line);
  return new Map(sets.map((one) => [one.id, shingled(byPlan.get(one.id)!, namesAt(dir, one.site_id!))]));
}

/**
 * Holds a set that has just been approved against the sets other sites have for the stage: by their sketches against all,
 * whole against the few that are most like it. The later of two that are alike is the copy; a written reason why the template
 * suffices here makes it none.
 */
export async function compareSet(context: Context, plan: PlanRecord, lines: readonly LineRecord[]): Promise<void> {
  const { tx } = context;
  // Two that are alike and approved at once must see each other.
  await lockTogether(tx, `sets of ${plan.stage_code}`);
  const dir = await directory(tx);
  const mine = shingled(lines, namesAt(dir, plan.site_id!));
  const sketch = sketchOf(mine);
  await saveSketch(tx, plan.id, sketch);
  const others = await setsToCompare(tx, plan.stage_code, plan.site_id!);
  const known = await sketches(tx, dir, others);
  const likeliest = others
    .map((one) => ({ ...one, guess: guess(sketch, known.get(one.id)!) }))
    .sort((a, b) => b.guess - a.guess)
    .slice(0, readWhole);
  let nearest: { id: string; whole: number; own: number } | null = null;
  for (const [id, its] of await piecesOf(tx, dir, likeliest)) {
    const like = likenessOf(mine, its);
    if (!nearest || Math.min(like.whole, like.own) > Math.min(nearest.whole, nearest.own)) nearest = { id, ...like };
  }
  const copied =
    nearest !== null && plan.tailoring_reason === null && nearest.whole > copyFrom && nearest.own > copyFrom;
  await patchPlan(tx, plan.id, {
    like_plan_id: nearest?.id ?? null,
    like_whole: nearest?.whole ?? null,
    like_own: nearest?.own ?? null,
    copied,
  });
  if (copied)
    await note(context, plan, 'copied', 'plans.read', { figures: { whole: nearest!.whole, own: nearest!.own } });
}
