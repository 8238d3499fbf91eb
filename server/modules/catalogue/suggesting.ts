import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/transaction.ts';
import type { Level } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { dispatchesOutside, type RequestRecord, type SpokenStep } from '../requests/index.ts';
import { catalogueAt, type Posts, postsNow } from './held.ts';
import { candidates, type Item, type ItemIndex, resolve } from './resolving.ts';

/** Where work is done: a line at head office (`unitId` null) or in a unit. */
export interface Post {
  lineId: number;
  unitId: number | null;
}

export interface Proposal extends Post {
  coLineIds: number[];
  source: 'catalogue' | 'category';
  item: Item | null;
}

/** What of a request decides where it goes. */
export type Asked = Pick<RequestRecord, 'category_id' | 'site_id' | 'unit_id' | 'about_line_id' | 'about_unit_id'>;

/** Where the line of the catalogue puts the work; a unit in which nobody handles that line gives it to head office. */
export function leadPost(
  item: Pick<Item, 'lineId' | 'lead' | 'leadUnitId'>,
  unitId: number | null,
  posts: Posts,
): Post {
  const wanted = item.lead === 'own_unit' ? unitId : item.lead === 'unit' ? item.leadUnitId : null;
  return { lineId: item.lineId, unitId: wanted !== null && posts.handlers(item.lineId, wanted) > 0 ? wanted : null };
}

/**
 * Who should get it, by the most specific line that does not send it to whom it complains about; what is complained of in
 * its unit goes to the same line at head office first. A gap falls back to the category's own line. Pure.
 */
export function propose(dir: Directory, index: ItemIndex, posts: Posts, r: Asked, at: Date): Proposal | null {
  const category = dir.categories.get(r.category_id);
  const placeId = r.site_id ?? r.unit_id ?? dir.groupNode.id;
  if (!category) return null;
  const beside = (ids: readonly number[], lineId: number): number[] =>
    ids.filter((id) => id !== lineId && id !== r.about_line_id);
  for (const item of candidates(index, category, dir.ancestors(placeId), at)) {
    const there = leadPost(item, r.unit_id, posts);
    for (const to of there.unitId === null ? [there] : [there, { ...there, unitId: null }])
      if (dispatchesOutside(r, to))
        return { ...to, coLineIds: beside(item.coLineIds, to.lineId), source: 'catalogue', item };
  }
  const own = [category.lineId, ...category.coLineIds].find((id) => id !== null && id !== r.about_line_id);
  if (own === undefined || own === null) return null;
  return { lineId: own, unitId: null, coLineIds: beside(category.coLineIds, own), source: 'category', item: null };
}

/** What the catalogue in force says of a request now. For the dispatcher's form and for rules that dispatch by themselves. */
export async function suggestFor(
  tx: Tx,
  dir: Directory,
  r: Asked,
  at: Date,
): Promise<(Proposal & { editionNumber: number | null }) | null> {
  const { edition, index } = await catalogueAt(tx, at);
  const proposal = propose(dir, index, await postsNow(tx), r, at);
  return proposal && { ...proposal, editionNumber: edition?.number ?? null };
}

/**
 * Minutes and hours of an item over the usual level of the priority; the inner time keeps its share of the promise. A
 * request raised above its category's own priority keeps the tighter of both: a catalogue never makes an urgent need wait.
 */
export function levelOf(item: Item | null, usual: Level, raised: boolean): Level {
  const tighter = (own: number | null, other: number): number =>
    own === null ? other : raised ? Math.min(own, other) : own;
  if (!item || (item.contactMinutes === null && item.resolveHours === null)) return usual;
  const resolveMinutes = tighter(item.resolveHours === null ? null : item.resolveHours * 60, usual.resolveMinutes);
  return {
    ...usual,
    contactMinutes: tighter(item.contactMinutes, usual.contactMinutes),
    innerMinutes: Math.max(1, Math.round((usual.innerMinutes * resolveMinutes) / usual.resolveMinutes)),
    resolveMinutes,
  };
}

/** A step of the same post after the same time is the same step, whichever edition says it. */
function stepId(post: string, hours: number): string {
  const hash = createHash('sha256').update(`catalogue ${post} ${hours}`).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}

/** Whom a line of the catalogue names for late work, as steps of the clock of the work. */
export const chainOf = (item: Pick<Item, 'escalation'> | null): SpokenStep[] =>
  (item?.escalation ?? []).map(({ post, hours }) => ({
    id: stepId(post, hours),
    afterMinutes: hours * 60,
    tells: post,
  }));

/** Of a request, by the catalogue that was in force when it was submitted. */
export async function warningChainFor(
  tx: Tx,
  dir: Directory,
  asked: { categoryId: number; nodeId: number; at: Date },
): Promise<SpokenStep[]> {
  const category = dir.categories.get(asked.categoryId);
  const { index } = await catalogueAt(tx, asked.at);
  return category ? chainOf(resolve(index, category, dir.ancestors(asked.nodeId), asked.at)) : [];
}

/** The service level of a request, by the catalogue that was in force when it was submitted. */
export async function serviceLevelFor(
  tx: Tx,
  dir: Directory,
  asked: { categoryId: number; nodeId: number; priority: string; at: Date },
  usual: Level,
): Promise<Level> {
  const category = dir.categories.get(asked.categoryId);
  const { index } = await catalogueAt(tx, asked.at);
  if (index.size === 0 || !category) return usual;
  const item = resolve(index, category, dir.ancestors(asked.nodeId), asked.at);
  return levelOf(item, usual, asked.priority !== category.priority);
}
