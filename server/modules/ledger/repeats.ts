import { system } from '../../platform/actor.ts';
import type { Now } from '../../platform/clock.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { askedBefore, lockRequest, relapseDays, requestsByIds } from '../requests/index.ts';
import { note } from './dissatisfaction.ts';
import { firstOf, insertRepeat, moveEntries, standingOf } from './queries.ts';
import { placeOf } from './record.ts';

/** A new request within this many days of one that was handled or had ended is the same need asked again. */
const repeatDays = 14;
/** What a reader finds long after it came (an old database, an import) opens nothing today. */
const freshMs = 2 * 86_400_000;

const asked = new Set(['requests.submitted', 'requests.registered']);
const moved = new Set(['cases.dispatched', 'cases.arbitrated', 'cases.joined', 'requests.facts_changed']);
/** Journal actions that are followed. */
export const followedActions = [...asked, ...moved];

/**
 * Behind the journal, so that a create never waits for it: entries follow their request to another line or place, and a
 * fresh request instead of a reopening is linked to the first and counted with it.
 */
export const followRequests =
  (now: Now) =>
  async (tx: Tx, entries: { action: string; record_id: string; at: Date }[]): Promise<void> => {
    const ids = [...new Set(entries.filter((one) => moved.has(one.action)).map((one) => one.record_id))];
    // Few needs that are moved stand in the ledger.
    const standing = (await standingOf(tx, [ids])).map((one) => one.request_id);
    for (const r of await requestsByIds(tx, standing)) await moveEntries(tx, r.id, placeOf(r));
    const fresh = entries.filter((one) => asked.has(one.action) && now().getTime() - one.at.getTime() < freshMs);
    if (fresh.length === 0) return;
    const before = await askedBefore(tx, [fresh.map((one) => one.record_id), repeatDays]);
    // As they came: a third asking counts with the first once the second does.
    const order = new Map(fresh.map((one, at) => [one.record_id, at]));
    for (const one of before.sort((a, b) => order.get(a.request_id)! - order.get(b.request_id)!))
      await linkRepeat(tx, one, now());
  };

async function linkRepeat(
  tx: Tx,
  { request_id: id, id: before, submitted_at: at }: { request_id: string; id: string; submitted_at: Date },
  now: Date,
): Promise<void> {
  // Asked a third time, it still is the first need that was not met.
  const root = (await firstOf(tx, [before]))[0]?.first_request_id ?? before;
  if (!(await insertRepeat(tx, { request_id: id, first_request_id: root, at }))) return;
  const first = await lockRequest(tx, root);
  if (!first) return;
  const days = relapseDays(await directory(tx), first.category_id);
  const confirmedLongAgo =
    first.state === 'resolved_confirmed' && at.getTime() - first.closed_at!.getTime() > days * 86_400_000;
  // Solved, said the person, and it held: a need of the same kind is a need of its own.
  if (confirmedLongAgo) return;
  await note({ tx, actor: system, now }, first, 'repeat');
}
