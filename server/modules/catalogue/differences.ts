import { isDeepStrictEqual } from 'node:util';
import type { Item } from './resolving.ts';

export interface Change {
  kind: 'added' | 'changed' | 'removed';
  before: Item | null;
  after: Item | null;
}

const place = (item: Item): string => `${item.categoryId}/${item.nodeId}/${item.validFrom?.getTime() ?? ''}`;
const substance = ({ id: _id, revision: _revision, ...rest }: Item) => rest;

/** Whether two lines say the same, whoever wrote them when. */
export const saysTheSame = (a: Item, b: Item): boolean => isDeepStrictEqual(substance(a), substance(b));

/** What one edition says otherwise than another: lines are the same by category, place and beginning. Pure. */
export function changesBetween(before: readonly Item[], after: readonly Item[]): Change[] {
  const earlier = new Map(before.map((item) => [place(item), item]));
  const changes: Change[] = [];
  for (const item of after) {
    const was = earlier.get(place(item));
    earlier.delete(place(item));
    if (!was) changes.push({ kind: 'added', before: null, after: item });
    else if (!saysTheSame(was, item)) changes.push({ kind: 'changed', before: was, after: item });
  }
  for (const item of earlier.values()) changes.push({ kind: 'removed', before: item, after: null });
  return changes;
}
