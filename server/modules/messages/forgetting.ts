import { uuidv7 } from 'uuidv7';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { forgetCopies, forgetDeliveries, forgetTellings } from './queries.ts';

const dayMs = 86_400_000;
/** A handful at a time, so that nobody's bell waits for it. */
const atOnce = 5_000;

/**
 * Takes away one handful of what is over: deliveries that ended more than `deliveryDays` ago with what the other side answered,
 * and copies in people's bells that were read, and confirmed by all who were asked, more than `copyDays` ago with what was
 * replied. Unread is never forgotten. A telling that nobody has a copy of goes too, unless it stands for "told once".
 * @returns how many rows went; the caller asks again until none does
 */
export async function forgetOldMessages(
  { tx, now }: Context,
  days: { copyDays: number; deliveryDays: number },
): Promise<number> {
  const before = (past: number): Date => new Date(now.getTime() - past * dayMs);
  const deliveries = await forgetDeliveries(tx, before(days.deliveryDays), atOnce);
  const copies = await forgetCopies(tx, before(days.copyDays), atOnce);
  const messages = await forgetTellings(tx, before(days.copyDays), atOnce);
  const all = deliveries + copies + messages;
  if (all > 0)
    await append(tx, {
      at: now,
      actorId: null,
      role: 'system',
      action: 'messages.forgotten',
      recordKind: 'message',
      recordId: uuidv7(),
      class: 'audit',
      figures: { deliveries, copies, messages, copyDays: days.copyDays, deliveryDays: days.deliveryDays },
    });
  return all;
}
