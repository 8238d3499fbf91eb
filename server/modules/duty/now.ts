import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { shiftsAt } from './queries.ts';

/**
 * Who is on duty at a place at a moment: of the nearest node up the command tree that has somebody, and there of the line's
 * own post before the general one. A number is the post's; it rings whoever is on.
 * @returns null where no level has a named officer for that hour
 */
export async function onDutyAt(
  tx: Tx,
  { nodeId, lineId, at }: { nodeId: number; lineId?: number | null; at: Date },
): Promise<{ accountId: string; name: string; phone: string | null } | null> {
  const lineage = (await directory(tx)).ancestors(nodeId);
  const found = await shiftsAt(tx, lineage, at);
  for (const place of lineage) {
    const here = found.filter((row) => row.node_id === place && (row.line_id === null || row.line_id === lineId));
    // The line's own first; of the general ones who is awake before who stands by.
    const best = here.sort(
      (a, b) => Number(a.line_id === null) - Number(b.line_id === null) || Number(a.standby) - Number(b.standby),
    )[0];
    if (best) return { accountId: best.account_id, name: best.label, phone: best.phone };
  }
  return null;
}
