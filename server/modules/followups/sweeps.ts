import type { Context } from '../../platform/serve.ts';
import { closeWithoutVerdict, lockRequest, silentHandled } from '../requests/index.ts';
import { planCalls } from './module.ts';
import { requestsWithCall } from './queries.ts';

const hour = 3_600_000;
const batch = 500;

/**
 * What silence does (rules 2): after 24 h without the requester's own word the request enters the call list. One that a
 * proxy called solved enters at once.
 */
export async function listSilent(context: Context): Promise<number> {
  const { tx, now } = context;
  const silent = await silentHandled(tx, new Date(now.getTime() - 24 * hour), batch);
  const recent = await silentHandled(tx, now, batch);
  const saidByOther = recent.filter((r) => r.said_by_other);
  const candidates = [...new Map([...silent, ...saidByOther].map((r) => [r.id, r])).values()];
  const oldest = candidates.reduce((least, r) => (r.handled_at! < least ? r.handled_at! : least), now);
  const known = await requestsWithCall(tx, candidates.map((r) => r.id), oldest);
  const fresh = candidates.filter((r) => !known.has(r.id));
  return (
    (await planCalls(tx, fresh.filter((r) => !r.said_by_other), 'silent', now)) +
    (await planCalls(tx, fresh.filter((r) => r.said_by_other), 'said_by_other', now))
  );
}

/** Seven days of silence after the last notice, and no call that could still answer: unverified, never satisfied. */
export async function closeUnverified(context: Context, openCalls: (requestIds: string[]) => Promise<Set<string>>): Promise<number> {
  const { tx, now } = context;
  const weekAgo = new Date(now.getTime() - 7 * 24 * hour);
  const rows = (await silentHandled(tx, weekAgo, batch)).filter((r) => (r.noticed_at ?? r.handled_at!) < weekAgo);
  const waiting = await openCalls(rows.map((r) => r.id));
  let closed = 0;
  for (const row of rows) {
    if (waiting.has(row.id)) continue;
    const r = await lockRequest(tx, row.id);
    if (r?.state !== 'handled') continue;
    await closeWithoutVerdict(context, r, 'unverified', 'silent');
    closed++;
  }
  return closed;
}
