import type { EscalationPost } from '../../../contract/catalogue.ts';

/** One line of the catalogue: category × place → who leads it and where, who helps, whom time tells, how fast. */
export interface Item {
  id: string;
  categoryId: number;
  nodeId: number;
  lineId: number;
  lead: 'head_office' | 'own_unit' | 'unit';
  leadUnitId: number | null;
  coLineIds: number[];
  escalation: { post: EscalationPost; hours: number }[];
  contactMinutes: number | null;
  resolveHours: number | null;
  validFrom: Date | null;
  validTo: Date | null;
  revision: number;
}

/** The lines of one edition, found by category and place. */
export type ItemIndex = ReadonlyMap<string, readonly Item[]>;

const keyOf = (categoryId: number, nodeId: number): string => `${categoryId}/${nodeId}`;

export function indexItems(items: readonly Item[]): ItemIndex {
  const index = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item.categoryId, item.nodeId);
    const there = index.get(key);
    if (there) there.push(item);
    else index.set(key, [item]);
  }
  return index;
}

export const isValid = (item: Pick<Item, 'validFrom' | 'validTo'>, at: Date): boolean =>
  (item.validFrom === null || item.validFrom <= at) && (item.validTo === null || item.validTo > at);

/**
 * The lines that speak for a category at a place, most specific first: the nearer place wins, and at the same place the
 * second-level category wins over the first. At most one line stands for one category, place and instant.
 * @param lineage the place and everything above it, nearest first
 */
export function* candidates(
  index: ItemIndex,
  category: { id: number; parentId: number | null },
  lineage: readonly number[],
  at: Date,
): Generator<Item, void, void> {
  const levels = category.parentId === null ? [category.id] : [category.id, category.parentId];
  for (const nodeId of lineage) {
    for (const categoryId of levels) {
      const found = index.get(keyOf(categoryId, nodeId))?.find((item) => isValid(item, at));
      if (found) yield found;
    }
  }
}

/** The most specific line at that instant; null is a gap. */
export function resolve(
  index: ItemIndex,
  category: { id: number; parentId: number | null },
  lineage: readonly number[],
  at: Date,
): Item | null {
  return candidates(index, category, lineage, at).next().value ?? null;
}

export interface EditionTime {
  id: string;
  number: number | null;
  from_at: Date | null;
  dropped_at: Date | null;
}

/** The edition in force at that instant: the last that had begun and was not called off. */
export function inForceAt<E extends EditionTime>(editions: readonly E[], at: Date): E | null {
  let found: E | null = null;
  for (const one of editions)
    if (one.from_at && !one.dropped_at && one.from_at <= at && (!found || one.from_at > found.from_at!)) found = one;
  return found;
}
