import { uuidv7 } from 'uuidv7';
import { followupEndpoints as api, type Handover } from '../../../contract/followups.ts';
import { type Actor, roleFor } from '../../platform/actor.ts';
import { badField, conflict, notFound } from '../../platform/errors.ts';
import { append, type JournalEntry } from '../../platform/journal.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { requestsByIds } from '../requests/index.ts';
import { rowsFor } from './calls.ts';
import {
  attemptsOf,
  callsByIds,
  type HandoverRecord,
  handoverItems,
  handovers,
  insertHandover,
  keptCalls,
  lockHandover,
  moveKeeper,
  takeHandover,
} from './queries.ts';

async function withItems(tx: Tx, actor: Actor, rows: HandoverRecord[]): Promise<Handover[]> {
  const items = await handoverItems(
    tx,
    rows.map((row) => row.id),
  );
  const calls = new Map(
    (
      await callsByIds(
        tx,
        items.map((item) => item.call_id),
      )
    ).map((call) => [call.id, call]),
  );
  const attempts = await attemptsOf(tx, [...calls.keys()]);
  const numbers = new Map(
    (
      await requestsByIds(
        tx,
        [...calls.values()].map((call) => call.request_id),
      )
    ).map((r) => [r.id, r.number]),
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    from: row.from_label,
    note: row.note,
    takenAt: row.taken_at?.toISOString() ?? null,
    takenBy: row.taken_label,
    mine: row.from_id === actor.accountId,
    items: items
      .filter((item) => item.handover_id === row.id)
      .flatMap((item) => {
        const call = calls.get(item.call_id);
        return call
          ? [
              {
                callId: call.id,
                number: numbers.get(call.request_id) ?? '',
                siteId: call.site_id,
                unitId: call.unit_id,
                appointment: call.appointment_at?.toISOString() ?? null,
                attempts: attempts.filter((attempt) => attempt.call_id === call.id).length,
                note: item.note,
                open: call.done_at === null,
              },
            ]
          : [];
      }),
  }));
}

/** Between shifts: a note and the appointments one leaves, until a colleague takes them over. */
export function mountHandovers(desk: Desk): void {
  const entry = (
    actor: Actor,
    at: Date,
    action: string,
    id: string,
    figures: JournalEntry['figures'],
  ): JournalEntry => ({
    at,
    actorId: actor.accountId,
    role: roleFor(actor, 'followups.call'),
    action,
    recordKind: 'handover',
    recordId: id,
    class: 'normal',
    figures,
  });

  serve(desk, api.handovers, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    const all = await withItems(tx, actor, await handovers(tx));
    return {
      mine: await rowsFor(tx, dir, actor, await keptCalls(tx, actor.accountId!), now),
      waiting: all.filter((one) => one.takenAt === null),
      taken: all.filter((one) => one.takenAt !== null),
    };
  });

  serve(desk, api.handOver, async ({ tx, actor, now }, { note, items }) => {
    if (!note && items.length === 0) throw badField('note', 'required');
    const kept = new Set((await keptCalls(tx, actor.accountId!)).map((call) => call.id));
    items.forEach((item, i) => {
      if (!kept.has(item.callId)) throw badField(`items.${i}.callId`, 'bad_choice');
    });
    const id = uuidv7();
    await insertHandover(tx, { id, at: now, from_id: actor.accountId!, from_label: actor.label, note: note || null }, [
      ...new Map(items.map((item) => [item.callId, { call_id: item.callId, note: item.note || null }])).values(),
    ]);
    await append(tx, entry(actor, now, 'followups.handed_over', id, { calls: items.length }));
    return { id };
  });

  serve(desk, api.takeOver, async ({ tx, actor, now }, { id }) => {
    const handover = await lockHandover(tx, id);
    if (!handover) throw notFound();
    if (handover.taken_at) throw conflict('handover_taken');
    const calls = (await handoverItems(tx, [id])).map((item) => item.call_id);
    const by = { id: actor.accountId!, label: actor.label };
    await takeHandover(tx, id, { at: now, ...by });
    const moved = await moveKeeper(tx, calls, by);
    await append(tx, entry(actor, now, 'followups.taken_over', id, { calls: moved }));
    return { done: true as const };
  });
}
