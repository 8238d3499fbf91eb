import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { move } from './lifecycle.ts';
import { lockOrder, patchOrder } from './queries.ts';
import { note } from './record.ts';

/** What must be over before the order of a stage that was left is closed. */
export interface ClosingCheck {
  key: string;
  /** How much of it is open still. */
  open(tx: Tx, orderId: string): Promise<number>;
}

const checks = new Map<string, ClosingCheck>();

/** A module says here what keeps an order open; by its key, so that mounting twice provides it once. */
export function provideClosingCheck(check: ClosingCheck): void {
  checks.set(check.key, check);
}

/**
 * Closes the order of a stage that was left when nothing of any check is open; asked by whoever has just settled something.
 * Of two who settle the last two things at once, the one who comes second under the lock sees both.
 * @returns whether it is closed now
 */
export async function closeWhenReviewed(context: Context, orderId: string): Promise<boolean> {
  const { tx, now } = context;
  const order = await lockOrder(tx, orderId);
  if (order?.state !== 'closing_review') return order?.state === 'closed';
  for (const check of checks.values()) if ((await check.open(tx, orderId)) > 0) return false;
  const state = move('close', order.state);
  await patchOrder(tx, orderId, { state, closed_at: now });
  await note(context, await directory(tx), order, {
    kind: 'closed',
    permission: null,
    from: order.state,
    to: state,
  });
  return true;
}
