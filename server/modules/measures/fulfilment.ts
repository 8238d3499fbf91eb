import type { Tx } from '../../platform/transaction.ts';
import { accountsInRoles } from '../access/index.ts';
import type { DutyItem } from '../duty/index.ts';
import { type DueRecord, duesAt } from './queries.ts';

/** What the measures asked of this person in [from, to): of the sites they are officer of, and of the units they connect. */
export async function measuresOf(tx: Tx, accountId: string, from: Date, to: Date): Promise<DutyItem[]> {
  const posts = (await accountsInRoles(tx, ['site_officer', 'unit_liaison'])).filter((one) => one.id === accountId);
  const at = (role: string): number[] => posts.filter((one) => one.role === role).map((one) => one.node_id);
  const dues = await duesAt(tx, [at('site_officer'), at('unit_liaison'), from, to]);
  // What somebody outside agreed need not be done is not owed.
  return dues.filter((one) => one.answer !== 'excused').map((one) => itemOf(one, accountId));
}

function itemOf(due: DueRecord, accountId: string): DutyItem {
  const state =
    due.state === 'done'
      ? due.done_by !== accountId
        ? ('delegated' as const)
        : due.late
          ? ('late' as const)
          : ('done' as const)
      : due.lapsed_at !== null
        ? ('late' as const)
        : ('due' as const);
  return {
    key: due.id,
    what: { zh: due.line.zh, en: due.line.en },
    dueAt: due.due_at,
    doneAt: due.done_at,
    state,
    route: `/measures/${due.id}`,
  };
}
