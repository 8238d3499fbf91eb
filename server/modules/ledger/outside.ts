import { type Actor, sameHand, visitor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { grantsOf, joinedOf, labelsOf, resolveAreas } from '../access/index.ts';
import { independenceOf } from '../followups/index.ts';
import type { Directory } from '../organization/index.ts';
import type { RequestRecord } from '../requests/index.ts';
import { partakers } from './queries.ts';

/**
 * How far somebody stands outside: of the line, as who decides must; and in full, command too, as a panel must (rules 3).
 * Whoever proposed or decided something about the same need took part in it.
 */
export async function outsideOf(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  r: RequestRecord,
): Promise<{ outside: boolean; independent: boolean }> {
  if (actor.kind !== 'account') return { outside: false, independent: false };
  const rules = await independenceOf(tx, dir, actor, r, { first_call_id: null });
  const took = (await partakers(tx, [r.id])).some((row) => sameHand(actor, row.account_id));
  // A leader of the unit served commands whoever handles inside it, and answers for both: they may decide, never judge.
  const holds = (except?: string): boolean => rules.every((rule) => rule.holds || rule.rule === except);
  return { outside: holds('not_in_command'), independent: holds() && !took };
}

/** Somebody who is not here now, as their grants make them; what they may do is asked of them again when they act. */
export async function absent(tx: Tx, dir: Directory, accountIds: string[], now: Date): Promise<Actor[]> {
  const grants = await grantsOf(tx, accountIds);
  const joined = await joinedOf(tx, accountIds, now);
  return (await labelsOf(tx, accountIds)).map((account) => ({
    ...visitor('zh-CN'),
    kind: 'account',
    accountId: account.id,
    label: account.label,
    homeNodeId: account.home_node_id,
    joined: joined.get(account.id)!,
    areas: resolveAreas(
      dir,
      grants.filter((grant) => grant.account_id === account.id),
    ),
  }));
}
