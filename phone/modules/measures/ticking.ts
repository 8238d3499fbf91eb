import type { MeasureEvent } from '../../../contract/measures.ts';
import { uuid } from '../../app/identifiers.ts';
import type { Call, Item, Ring } from '../../app/outbox.ts';
import { post } from '../../app/pending.ts';
import { me } from '../../app/session.ts';
import { uploads } from '../requests/asking.ts';
import { cannotDraftAs, draftAs, type Written } from './written.ts';

function item(id: string, subject: string, calls: Call[], urgent = false, ring: Ring = []): Item {
  return {
    id,
    kind: 'tick',
    subject,
    account: me.get()?.id ?? null,
    urgent,
    ring,
    madeAt: new Date().toISOString(),
    phase: 'waiting',
    tries: 0,
    notBefore: 0,
    problem: null,
    calls,
  };
}

const command = (path: string, key: string, body: Record<string, unknown>): Call => ({
  path,
  key,
  body: { ...body, madeAt: new Date().toISOString() },
  photo: null,
  stamped: true,
});

/** Into the outbox with its pictures; on the phone's disk when this returns. */
export async function tick(occurrenceId: string, written: Written): Promise<void> {
  const id = written.id || uuid();
  const body = {
    markId: id,
    words: written.words.trim() || undefined,
    number: written.number.trim() === '' ? undefined : Number(written.number),
    signer: written.signer.trim() || undefined,
  };
  const calls = [...uploads(written.photos, '/api/files'), command(`/api/measures/${occurrenceId}/ticks`, id, body)];
  await post(item(id, occurrenceId, calls), { clears: [draftAs(occurrenceId)] });
}

export async function sayCannot(occurrenceId: string, written: Written): Promise<void> {
  const id = written.id || uuid();
  const calls = [
    ...uploads(written.photos.slice(0, 3), '/api/files'),
    command(`/api/measures/${occurrenceId}/cannot`, id, { markId: id, reason: written.words.trim() }),
  ];
  await post(item(id, occurrenceId, calls), { clears: [cannotDraftAs(occurrenceId)] });
}

/**
 * It happened: due from this moment. What is to be done within the hour is urgent, and without a network says so: whoever
 * waits for a network would wait too long (rules 5). @returns the id it falls due under
 */
export async function happened(event: MeasureEvent, ring: Ring, id = uuid()): Promise<string> {
  const calls = [command(`/api/measures/lines/${event.lineId}/events`, id, { occurrenceId: id })];
  await post(item(id, id, calls, event.red && event.minutes <= 60, ring), { clears: [] });
  return id;
}
