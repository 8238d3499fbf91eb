import { uuidv7 } from 'uuidv7';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { forgetDeliveries } from './queries.ts';

const dayMs = 86_400_000;

/** Deliveries that ended more than so many days ago leave the log; the events themselves stand in the journal. */
export async function forgetOldDeliveries({ tx, now }: Context, days: number): Promise<void> {
  const before = new Date(now.getTime() - days * dayMs);
  const forgotten = await forgetDeliveries(tx, before);
  if (forgotten === 0) return;
  await append(tx, {
    at: now,
    actorId: null,
    role: 'system',
    action: 'webhooks.forgotten',
    recordKind: 'webhook',
    recordId: uuidv7(),
    class: 'audit',
    figures: { deliveries: forgotten, days },
  });
}
