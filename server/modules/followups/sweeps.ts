import type { Context } from '../../platform/serve.ts';
import { readSetting, writeSetting } from '../../platform/setting.ts';
import type { Tx } from '../../platform/transaction.ts';
import {
  calledSolvedByOthers,
  closeWithoutVerdict,
  handledWithin,
  lastSpoken,
  lockRequest,
  type RequestRecord,
  silentHandled,
} from '../requests/index.ts';
import { framedMoments } from './days/queries.ts';
import { lastCalls, planCalls } from './queries.ts';

const hour = 3_600_000;
const batch = 500;

interface Place {
  at: Date;
  id: string;
}

/** Page after page, so that those waiting for an answer never stand in the way of those behind them. */
async function* pages(read: (after: Place | undefined) => Promise<RequestRecord[]>): AsyncGenerator<RequestRecord[]> {
  for (let after: Place | undefined; ; ) {
    const rows = await read(after);
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = { at: last.handled_at!, id: last.id };
  }
}

/** Of these, those nobody was asked to call since they were handled. */
async function uncalled(tx: Tx, rows: RequestRecord[]): Promise<RequestRecord[]> {
  const calls = await lastCalls(
    tx,
    rows.map((r) => r.id),
  );
  return rows.filter((r) => {
    const call = calls.get(r.id);
    return !call || (!call.open && call.at < r.handled_at!);
  });
}

/** Until when what was handled has been looked at. */
const lookedUntil = 'followups.silence_looked_until';
/** Looked at again, for what was still being written when the last look passed. */
const overlap = hour;

/**
 * What silence does (rules 2): one that a proxy called solved enters the call list at once. What was handled stands in the
 * frame of its day, and the draw decides there (rules 9); what has no frame, because no day had begun when it was handled,
 * enters when 24 h have passed without the requester's own word. Handled again after a denial, it enters again.
 * Each is looked at when its 24 h are over and not again; `whole` looks at all, for what was brought in from elsewhere.
 */
export async function listSilent(context: Context, whole = false): Promise<number> {
  const { tx, now } = context;
  const until = new Date(now.getTime() - 24 * hour);
  const looked = whole ? null : await readSetting<string>(tx, lookedUntil);
  const after = new Date(looked === null ? 0 : Math.min(Date.parse(looked), until.getTime()) - overlap);
  let listed = 0;
  for await (const rows of pages((place) => handledWithin(tx, { after, until }, batch, place))) {
    const fresh = await uncalled(
      tx,
      rows.filter((r) => !r.said_by_other),
    );
    const framed = await framedMoments(
      tx,
      fresh.map((r) => r.id),
    );
    const unframed = fresh.filter((r) => !framed.get(r.id)?.includes(r.handled_at!.getTime()));
    listed += await planCalls(tx, unframed, 'silent', now);
  }
  for await (const rows of pages((place) => calledSolvedByOthers(tx, batch, place)))
    listed += await planCalls(tx, await uncalled(tx, rows), 'said_by_other', now);
  await writeSetting(tx, lookedUntil, until.toISOString());
  return listed;
}

/** Seven days of silence after the last notice, and no call that could still answer: unverified, never satisfied. */
export async function closeUnverified(context: Context): Promise<number> {
  const { tx, now } = context;
  const weekAgo = new Date(now.getTime() - 7 * 24 * hour);
  let closed = 0;
  for await (const rows of pages((place) => silentHandled(tx, weekAgo, batch, place))) {
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
