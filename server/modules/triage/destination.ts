import type { Suggestion } from '../../../contract/triage.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Destination } from '../cases/index.ts';
import type { Directory } from '../organization/index.ts';
import { dispatchesOutside, type RequestRecord } from '../requests/index.ts';
import { whereItWent } from './queries.ts';

type Asked = Pick<RequestRecord, 'unit_id' | 'about_line_id' | 'about_unit_id'>;
type Suggested = Pick<Suggestion, 'lineId' | 'unitId' | 'lineBecause' | 'lineCounts'>;

const lookBackMs = 90 * 86_400_000;
/** From so many decisions, of which so large a part agrees, habit is a better guide than the category's own line. */
const leastHabit = 8;
const clearHabit = 0.75;

/** The category's own line, or the first beside it that the request does not complain about. */
export function ownLine(dir: Directory, categoryId: number, r: Asked): Destination | null {
  const category = dir.categories.get(categoryId);
  const lines = category ? [category.lineId, ...category.coLineIds] : [];
  const line = lines.find((id) => id !== null && dispatchesOutside(r, { lineId: id, unitId: null }));
  return line === undefined || line === null ? null : { lineId: line, unitId: null };
}

/** Where a request of this category would go, and why. */
export async function destinationOf(
  tx: Tx,
  dir: Directory,
  categoryId: number,
  r: Asked,
  now: Date,
): Promise<Suggested> {
  const own = ownLine(dir, categoryId, r);
  const went = await whereItWent(tx, [categoryId, r.unit_id, new Date(now.getTime() - lookBackMs)]);
  const all = went.reduce((sum, row) => sum + Number(row.n), 0);
  const [most] = went;
  const habit = most && { lineId: most.line_id, unitId: most.lead_unit_id };
  const there = Number(most?.n ?? 0);
  if (habit && all >= leastHabit && there / all >= clearHabit && dispatchesOutside(r, habit))
    return { ...habit, lineBecause: 'decisions', lineCounts: { there, all } };
  return {
    lineId: own?.lineId ?? null,
    unitId: own?.unitId ?? null,
    lineBecause: 'category',
    lineCounts:
      all > 0
        ? { there: went.filter((row) => row.line_id === own?.lineId).reduce((n, row) => n + Number(row.n), 0), all }
        : null,
  };
}
