import type { Context } from '../../platform/serve.ts';
import { planCalls } from '../followups/index.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { isOpenRequest, lockRequest, trace } from '../requests/index.ts';
import { reseat } from './panel.ts';
import { endMeasures, entryById, lockEntry, patchEntry, toBeAsked } from './queries.ts';

export { deferralsOver, waitingPanels } from './queries.ts';

const day = 86_400_000;
/** A seat without a vote for so long goes to another member, where there is one. */
export const patienceDays = 3;
/** Not reached, or no clear word: asked again after so many days. */
const askAgainDays = 14;

/** The date has passed: the need is before everybody again, whatever else happened. */
export async function returnDeferred(context: Context, entryId: string): Promise<void> {
  const { tx, now } = context;
  const known = await entryById(tx, entryId);
  const r = known && (await lockRequest(tx, known.request_id));
  const entry = r && (await lockEntry(tx, entryId));
  if (!r || entry?.state !== 'deferred' || !entry.until_at || entry.until_at > now) return;
  await endMeasures(tx, entry.id, ['deferral'], now);
  await patchEntry(tx, entry.id, { state: 'open', until_at: null });
  await trace(context, [r], {
    kind: 'deferral_over',
    action: 'ledger.deferral_over',
    side: 'system',
    permission: null,
    who: null,
    lineId: r.line_id,
    from: 'deferred',
    to: 'open',
    figures: { ledger: entry.id },
  });
  if (r.line_id === null) return;
  const { groupNode } = await directory(tx);
  await tell(context, {
    kind: 'ledger.returned',
    to: { role: 'handler', nodeId: r.lead_unit_id ?? groupNode.id, lineId: r.line_id },
    about: { kind: 'ledger', id: entry.id, label: r.number, route: `/ledger/${entry.id}` },
    level: 'important',
    once: `ledger.returned:${entry.id}:${entry.deferrals}`,
  });
}

/** Handed over outside the group: on the day that was named a caller asks the person. */
export async function askHandedOver(context: Context): Promise<number> {
  const { tx, now } = context;
  let asked = 0;
  for (const { id, request_id: requestId } of await toBeAsked(tx, now, 200)) {
    const r = await lockRequest(tx, requestId);
    const entry = r && (await lockEntry(tx, id));
    if (!r || entry?.state !== 'handed_over' || entry.until_at! > now) continue;
    if (isOpenRequest(r)) asked += await planCalls(tx, [r], 'silent', now);
    await patchEntry(tx, id, { until_at: new Date(now.getTime() + askAgainDays * day) });
  }
  return asked;
}

export const seatAnew = (context: Context, measureId: string): Promise<void> =>
  reseat(context, measureId, new Date(context.now.getTime() - patienceDays * day));
