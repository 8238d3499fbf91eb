import type { Suggestion } from '../../../contract/triage.ts';
import type { Tx } from '../../platform/transaction.ts';
import { suggestFor } from '../catalogue/index.ts';
import type { Directory } from '../organization/index.ts';
import { dispatchesOutside, type RequestRecord } from '../requests/index.ts';
import { whereItWent } from './queries.ts';

type Asked = Pick<RequestRecord, 'unit_id' | 'site_id' | 'about_line_id' | 'about_unit_id'>;
type Suggested = Pick<Suggestion, 'lineId' | 'unitId' | 'coLineIds' | 'lineBecause' | 'lineCounts'>;

const lookBackMs = 90 * 86_400_000;
/** From so many decisions, of which so large a part agrees, habit is a better guide than the category's own line. */
const leastHabit = 8;
const clearHabit = 0.75;

/**
 * Where a request of this category would go, and why: as the catalogue in force says; where it says nothing, where people
 * sent nearly all like it; else to the category's own line.
 */
export async function destinationOf(
  tx: Tx,
  dir: Directory,
  categoryId: number,
  r: Asked,
  now: Date,
): Promise<Suggested> {
  const proposal = await suggestFor(tx, dir, { ...r, category_id: categoryId }, now);
  const went = await whereItWent(tx, [categoryId, r.unit_id, new Date(now.getTime() - lookBackMs)]);
  const all = went.reduce((sum, row) => sum + Number(row.n), 0);
  const countsOf = (lineId: number) =>
    all === 0
      ? null
      : { there: went.filter((row) => row.line_id === lineId).reduce((n, row) => n + Number(row.n), 0), all };
  if (proposal?.source === 'catalogue') {
    const { lineId, unitId, coLineIds } = proposal;
    return { lineId, unitId, coLineIds, lineBecause: 'catalogue', lineCounts: countsOf(lineId) };
  }
  const [most] = went;
  const habit = most && { lineId: most.line_id, unitId: most.lead_unit_id };
  if (habit && all >= leastHabit && Number(most.n) / all >= clearHabit && dispatchesOutside(r, habit))
    return { ...habit, coLineIds: [], lineBecause: 'decisions', lineCounts: { there: Number(most.n), all } };
  return {
    lineId: proposal?.lineId ?? null,
    unitId: proposal?.unitId ?? null,
    coLineIds: proposal?.coLineIds ?? [],
    lineBecause: 'category',
    lineCounts: proposal ? countsOf(proposal.lineId) : null,
  };
}
