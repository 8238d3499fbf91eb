import { followupEndpoints as api } from '../../../contract/followups.ts';
import { roleFor } from '../../platform/actor.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { claimedBy, isClaimed, verifying } from './calls.ts';
import { callById, claimCall, releaseCall } from './queries.ts';

/** How long a caller has a call to themselves without saying so again; the page says so every few minutes. */
const leaseMs = 10 * 60_000;

/** Two callers never ring the same person: whoever opens a call holds it until they leave it or the lease lapses. */
export function mountClaims(desk: Desk): void {
  serve(desk, api.claim, async (context, { id }) => {
    const { tx, actor, now } = context;
    const { call } = await verifying(context, id);
    const until = new Date(now.getTime() + leaseMs);
    const renewed = isClaimed(call, now) && call.claimed_by === actor.accountId;
    if (!(await claimCall(tx, id, { id: actor.accountId!, label: actor.label }, now, until)))
      throw claimedBy(call.claimed_label ?? '');
    // Who was given a number, once for each time it was opened.
    if (!renewed)
      await append(tx, {
        at: now,
        actorId: actor.accountId,
        role: roleFor(actor, 'followups.call'),
        action: 'followups.claimed',
        recordKind: 'call',
        recordId: call.id,
        class: call.class,
        unitId: call.unit_id,
        siteId: call.site_id,
      });
    return { until: until.toISOString() };
  });

  serve(desk, api.release, async ({ tx, actor }, { id }) => {
    const call = await callById(tx, id);
    if (!call) throw notFound();
    if (call.done_at) throw conflict('call_done');
    await releaseCall(tx, id, actor.accountId!);
    return { done: true as const };
  });
}
