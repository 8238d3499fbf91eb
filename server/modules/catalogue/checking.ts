import type { CatalogueProblem, ProblemCode } from '../../../contract/catalogue.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import { levelAt, type Timetable } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import type { Posts } from './held.ts';
import { type Item, type ItemIndex, resolve } from './resolving.ts';

/** What a line of the catalogue is checked against. */
export interface Ground {
  dir: Directory;
  posts: Posts;
  /** Service levels by priority. */
  table: Timetable;
}

/** What warns only: the draft may be put in force with it. */
const warnings: readonly ProblemCode[] = ['nobody_helps', 'looser_than_priority'];

const problem = (item: Item, code: ProblemCode, lineId: number | null = null): CatalogueProblem => ({
  itemId: item.id,
  code,
  refuses: !warnings.includes(code),
  lineId,
});

/** Whether a line of oversight may stand in this category: only where the category itself names it (brief, row 46). */
function mayOversee(dir: Directory, item: Item, lineId: number, lead: boolean): boolean {
  if (dir.lines.get(lineId)?.class !== 'oversight') return true;
  const category = dir.categories.get(item.categoryId);
  return category?.lineId === lineId || (!lead && (category?.coLineIds.includes(lineId) ?? false));
}

/** Units in which the lead line must have somebody for this line of the catalogue; null stands for head office. */
function leadPlaces(dir: Directory, item: Item): (number | null)[] {
  if (item.lead === 'head_office') return [null];
  if (item.lead === 'unit') return [item.leadUnitId];
  const below = dir.below(item.nodeId);
  const unit = dir.unitOf(item.nodeId);
  // Over many units head office stands in where a unit has nobody; over one it must be there.
  return below.everywhere || unit === null ? [] : [unit];
}

function checkItem({ dir, posts, table }: Ground, item: Item, now: Date): CatalogueProblem[] {
  const found: CatalogueProblem[] = [];
  const category = dir.categories.get(item.categoryId)!;
  if (sealedClasses.includes(category.recordClass)) found.push(problem(item, 'sealed_category'));
  if (item.coLineIds.includes(item.lineId)) found.push(problem(item, 'co_is_lead', item.lineId));
  if (new Set(item.coLineIds).size < item.coLineIds.length) found.push(problem(item, 'co_twice'));
  if (!mayOversee(dir, item, item.lineId, true)) found.push(problem(item, 'oversight_handles', item.lineId));
  for (const lineId of item.coLineIds)
    if (!mayOversee(dir, item, lineId, false)) found.push(problem(item, 'oversight_handles', lineId));
  if (leadPlaces(dir, item).some((unitId) => posts.handlers(item.lineId, unitId) === 0))
    found.push(problem(item, 'nobody_there', item.lineId));
  for (const lineId of item.coLineIds)
    if (posts.handlers(lineId, null) === 0 && ![...dir.nodes.keys()].some((id) => posts.handlers(lineId, id) > 0))
      found.push(problem(item, 'nobody_helps', lineId));
  const usual = category.priority === null ? undefined : levelAt(table, dir.sla, category.priority, now);
  const minutes = item.contactMinutes ?? usual?.contactMinutes;
  const hours = item.resolveHours ?? (usual && usual.resolveMinutes / 60);
  if (minutes !== undefined && hours !== undefined && minutes > hours * 60)
    found.push(problem(item, 'contact_after_resolve'));
  if (
    usual &&
    ((item.contactMinutes ?? 0) > usual.contactMinutes || (item.resolveHours ?? 0) * 60 > usual.resolveMinutes)
  )
    found.push(problem(item, 'looser_than_priority'));
  if (item.escalation.some((step, i) => i > 0 && step.hours <= item.escalation[i - 1]!.hours))
    found.push(problem(item, 'escalation_order'));
  if (item.validTo && item.validTo <= now) found.push(problem(item, 'window_over'));
  return found;
}

/** Whether both stand for the same category and place at some moment. */
export const overlap = (a: Item, b: Item): boolean =>
  a.id !== b.id &&
  a.categoryId === b.categoryId &&
  a.nodeId === b.nodeId &&
  (a.validTo === null || b.validFrom === null || b.validFrom < a.validTo) &&
  (b.validTo === null || a.validFrom === null || a.validFrom < b.validTo);

/** Everything that is wrong with these lines, and what only gives to think. Pure. */
export function checkItems(ground: Ground, items: readonly Item[], now: Date): CatalogueProblem[] {
  const byPlace = new Map<string, Item[]>();
  for (const item of items) {
    const key = `${item.categoryId}/${item.nodeId}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), item]);
  }
  return items.flatMap((item) => [
    ...(byPlace.get(`${item.categoryId}/${item.nodeId}`)!.some((other) => overlap(item, other))
      ? [problem(item, 'overlap')]
      : []),
    ...checkItem(ground, item, now),
  ]);
}

/** Categories that fall back to their own line, and at how many sites. Sealed ones are dispatched nowhere. */
export function gapsOf(dir: Directory, index: ItemIndex, at: Date): { categoryId: number; siteIds: number[] }[] {
  const sites = [...dir.nodes.values()].filter((node) => node.kind === 'site').map((node) => node.id);
  const lineages = new Map(sites.map((id) => [id, dir.ancestors(id)]));
  return [...dir.categories.values()]
    .filter((category) => category.parentId !== null && !sealedClasses.includes(category.recordClass))
    .map((category) => ({
      categoryId: category.id,
      siteIds: sites.filter((id) => resolve(index, category, lineages.get(id)!, at) === null),
    }))
    .filter((one) => one.siteIds.length > 0);
}
