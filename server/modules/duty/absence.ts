import type { Tx } from '../../platform/transaction.ts';
import type { Span } from './gaps.ts';
import { homePeriods, lentNow } from './queries.ts';
import type { Sitter } from './sitting.ts';

export type Absence = 'at_home' | 'lent_away' | 'lent_over';

/**
 * Why somebody cannot be at a post at an hour: at home then, lent elsewhere, or there only as long as they are lent. Whoever
 * is past their day of return stays away until somebody says they are back.
 * @param around in which the hours asked lie
 */
export async function absences(
  tx: Tx,
  accountIds: readonly string[],
  around: Span,
  now: Date,
): Promise<(who: Pick<Sitter, 'accountId' | 'lentUntil'>, nodeId: number, at: Date) => Absence[]> {
  const home = await homePeriods(tx, accountIds, around.from, around.to);
  const lent = await lentNow(tx, accountIds, around.to);
  return ({ accountId, lentUntil }, nodeId, at) => [
    ...(home.some((row) => row.account_id === accountId && row.from_at <= at && (row.to_at === null || row.to_at > at))
      ? (['at_home'] as const)
      : []),
    ...(lent.some(
      (row) =>
        row.account_id === accountId &&
        row.to_node !== nodeId &&
        row.from_at <= at &&
        (at < row.return_at || row.return_at <= now),
    )
      ? (['lent_away'] as const)
      : []),
    ...(lentUntil !== null && at >= lentUntil ? (['lent_over'] as const) : []),
  ];
}
