import { describe, expect, test } from 'vitest';
import { overlap } from './checking.ts';
import { changesBetween } from './differences.ts';
import { type Item, indexItems, inForceAt, isValid, resolve } from './resolving.ts';

let seed = 7;
const random = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;

// Category 10 has second levels 11 and 12; group 1 › sector 2 › units 3, 4 › sites 5, 6 (of 3) and 7 (of 4).
const categories = [
  { id: 11, parentId: 10 },
  { id: 12, parentId: 10 },
  { id: 10, parentId: null },
];
const lineages = [[5, 3, 2, 1], [6, 3, 2, 1], [7, 4, 2, 1], [3, 2, 1], [1]];
const hour = 3_600_000;
const at = (h: number): Date => new Date(h * hour);

let count = 0;
const item = (categoryId: number, nodeId: number, more: Partial<Item> = {}): Item => ({
  id: String(++count),
  categoryId,
  nodeId,
  lineId: 1 + Math.floor(random() * 5),
  lead: 'head_office',
  leadUnitId: null,
  coLineIds: [],
  escalation: [],
  contactMinutes: null,
  resolveHours: null,
  validFrom: null,
  validTo: null,
  revision: 0,
  ...more,
});

/** A catalogue without overlaps, with windows of its own here and there. */
function catalogue(): Item[] {
  const items: Item[] = [];
  for (let i = 0; i < 14; i++) {
    const from = random() < 0.5 ? null : at(Math.floor(random() * 20));
    const to = random() < 0.5 ? null : at(Math.floor(random() * 20) + 20);
    const one = item(pick([10, 11, 12]), pick([1, 2, 3, 4, 5, 6, 7]), { validFrom: from, validTo: to });
    if (!items.some((other) => overlap(one, other))) items.push(one);
  }
  return items;
}

describe('the most specific line of the catalogue decides', () => {
  test('the nearer place wins, and at one place the second level wins over the first', () => {
    const first = item(10, 5);
    const second = item(11, 5);
    const unit = item(11, 3);
    const index = indexItems([unit, first, second]);
    expect(resolve(index, categories[0]!, [5, 3, 2, 1], at(0))).toBe(second);
    expect(resolve(index, categories[1]!, [5, 3, 2, 1], at(0))).toBe(first);
    expect(resolve(index, categories[0]!, [6, 3, 2, 1], at(0))).toBe(unit);
    expect(resolve(index, categories[1]!, [6, 3, 2, 1], at(0))).toBeNull();
  });

  test('holds for any catalogue: what is found is valid then, and nothing valid is more specific', () => {
    for (let round = 0; round < 400; round++) {
      const items = catalogue();
      const index = indexItems(items);
      const category = pick(categories);
      const lineage = pick(lineages);
      const when = at(Math.floor(random() * 45));
      const levels = [category.id, category.parentId].filter((id) => id !== null);
      const rank = (one: Item): number => lineage.indexOf(one.nodeId) * 2 + levels.indexOf(one.categoryId);
      const speak = items.filter(
        (one) => levels.includes(one.categoryId) && lineage.includes(one.nodeId) && isValid(one, when),
      );
      const found = resolve(index, category, lineage, when);
      if (speak.length === 0) expect(found).toBeNull();
      else {
        const least = Math.min(...speak.map(rank));
        expect(rank(found!)).toBe(least);
        // Where none overlap there is exactly one at that rank: the order of the lines decides nothing.
        expect(speak.filter((one) => rank(one) === least)).toEqual([found]);
        expect(resolve(indexItems([...items].reverse()), category, lineage, when)).toBe(found);
      }
    }
  });

  test('a line counts from its beginning and no longer at its end', () => {
    const before = item(11, 3, { validTo: at(10) });
    const after = item(11, 3, { validFrom: at(10) });
    expect(overlap(before, after)).toBe(false);
    const index = indexItems([before, after]);
    expect(resolve(index, categories[0]!, [3, 2, 1], new Date(10 * hour - 1))).toBe(before);
    expect(resolve(index, categories[0]!, [3, 2, 1], at(10))).toBe(after);
  });

  test('an edition is in force from its instant until the next begins; what was called off never was', () => {
    const editions = [
      { id: 'a', number: 1, from_at: at(0), dropped_at: null },
      { id: 'b', number: 2, from_at: at(10), dropped_at: at(5) },
      { id: 'c', number: 3, from_at: at(20), dropped_at: null },
      { id: 'd', number: null, from_at: null, dropped_at: null },
    ];
    expect(inForceAt(editions, new Date(-1))).toBeNull();
    expect(inForceAt(editions, at(0))?.id).toBe('a');
    expect(inForceAt(editions, at(15))?.id).toBe('a');
    expect(inForceAt(editions, at(20))?.id).toBe('c');
  });

  test('differences name what was added, changed and removed, and nothing where both say the same', () => {
    const kept = item(11, 3);
    const changed = item(12, 3, { lineId: 1 });
    const gone = item(10, 1);
    const next = [{ ...kept, id: 'x', revision: 4 }, { ...changed, id: 'y', lineId: 2 }, item(10, 2)];
    expect(changesBetween([kept, changed, gone], next).map((one) => one.kind)).toEqual(['changed', 'added', 'removed']);
    expect(changesBetween([kept], [{ ...kept, id: 'z' }])).toEqual([]);
  });
});
