import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { closeWithoutVerdict, lastSpoken, lockRequest, type RequestRecord, silentHandled } from '../requests/index.ts';
import { framedMoments } from './days/queries.ts';
import { lastCalls, planCalls } from './queries.ts';

const hour = 3_600_000;
const batch = 500;

/** Page after page, so that those waiting for an answer never stand in the way of those behind them. */
async function* handledBefore(tx: Tx, before: Date): AsyncGenerator<RequestRecord[]> {
  for (let after: { at: Date; id: string } | undefined; ; ) {
    const rows = await silentHandled(tx, before, batch, after);
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = { at: last.handled_at!, id: last.id };
  }
}

/**
 * What silence does (rules 2): one that a proxy called solved enters the call list at once. What was handled stands in the
 * frame of its day, and the draw decides there (rules 9); what has no frame, because no day had begun when it was handled,
 * enters after 24 h without the requester's own word. Handled again after a denial, it enters again.
 */
export async function listSilent(context: Context): Promise<number> {
  const { tx, now } = context;
  const dayAgo = new Date(now.getTime() - 24 * hour);
  let listed = 0;
  for await (const rows of handledBefore(tx, now)) {
    const candidates = rows.filter((r) => r.said_by_other || r.handled_at! < dayAgo);
    const calls = await lastCalls(
      tx,
      candidates.map((r) => r.id),
    );
    const fresh = candidates.filter((r) => {
      const call = calls.get(r.id);
      return !call || (!call.open && call.at < r.handled_at!);
    });
    const framed = await framedMoments(
      tx,
      fresh.map((r) => r.id),
    );
    listed += await planCalls(
      tx,
      fresh.filter((r) => !r.said_by_other && !framed.get(r.id)?.includes(r.handled_at!.getTime())),
      'silent',
      now,
    );
    listed += await planCalls(
      tx,
      fresh.filter((r) => r.said_by_other),
      'said_by_other',
      now,
    );
  }
  return listed;
}

/** Seven days of silence after the last notice, and no call that could still answer: unverified, never satisfied. */
export async function closeUnverified(context: Context): Promise<number> {
  const { tx, now } = context;
  const weekAgo = new Date(now.getTime() - 7 * 24 * hour);
  let closed = 0;
  for await (const rows of handledBefore(tx, weekAgo)) {
    const unspoken = rows.filter((r) => (r.noticed_at ?? r.handled_at!) < weekAgo);
    // Who writes back is not silent, whatever it is they write.
    const spoken = await lastSpoken(
      tx,
      unspoken.map((r) => r.id),
    );
    const silent = unspoken.filter((r) => (spoken.get(r.id) ?? r.handled_at!) < weekAgo);
    const calls = await lastCalls(
      tx,
      silent.map((r) => r.id),
    );
    for (const row of silent.filter((one) => !calls.get(one.id)?.open)) {
      const r = await lockRequest(tx, row.id);
      if (r?.state !== 'handled') continue;
      await closeWithoutVerdict(context, r, 'unverified', 'silent');
      closed++;
    }
    // The rest is done at the next round: one transaction stays short.
    if (closed >= batch) break;
  }
  return closed;
}
