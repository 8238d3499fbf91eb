import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Fate } from '../knowledge/index.ts';
import { directory } from '../organization/index.ts';
import { askedAgain } from './looks/queries.ts';
import { readerAt } from './policy.ts';
import { requestsByIds } from './queries.ts';

const withoutVerdict = ['closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn'];

/** What became of requests that were answered from an article; who may not read one counts it and does not learn which. */
export async function fatesOf(tx: Tx, actor: Actor, ids: string[]): Promise<Fate[]> {
  if (ids.length === 0) return [];
  const dir = await directory(tx);
  const rows = await requestsByIds(tx, ids);
  const again = new Set((await askedAgain(tx, [ids])).map((row) => row.id));
  return rows.map((r) => ({
    requestId: r.id,
    number: r.number,
    state: r.state,
    judged: r.reopens > 0 || r.state === 'resolved_confirmed' || withoutVerdict.includes(r.state),
    solved: r.state === 'resolved_confirmed',
    reopened: r.reopens > 0,
    calledAgain: again.has(r.id),
    readable: readerAt(dir, actor, r) !== null,
  }));
}
