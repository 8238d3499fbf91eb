import { trueNow } from '../../app/device-clock.ts';
import { uuid } from '../../app/identifiers.ts';
import type { Item } from '../../app/outbox.ts';
import { post } from '../../app/pending.ts';
import { outbox } from '../../app/sending.ts';

/** What is written on the page, kept with every stroke. */
export interface Written {
  /** Makes of two taps one report. */
  id: string;
  what: string;
  stoppedBy: string;
  place: string;
  /** As `datetime-local` gives it; empty: just now. */
  when: string;
}
export const nothingWritten: Written = { id: '', what: '', stoppedBy: '', place: '', when: '' };
export const draftAs = (account: string): string => `draft:miss:${account}`;

type Missing = 'site' | 'what' | 'stoppedBy' | 'when';

export function missingOf(written: Written, siteId: number | undefined, now: Date): Missing | null {
  if (written.what.trim().length < 2) return 'what';
  if (written.stoppedBy.trim().length < 2) return 'stoppedBy';
  if (siteId === undefined) return 'site';
  return written.when && new Date(written.when) > now ? 'when' : null;
}

/** Into the outbox; on the phone's disk when this returns. */
export async function tellNearMiss(account: string, nodeId: number, written: Written): Promise<void> {
  const id = written.id || uuid();
  const body = {
    id,
    nodeId,
    happenedAt: (written.when ? new Date(written.when) : trueNow()).toISOString(),
    what: written.what.trim(),
    place: written.place.trim(),
    stoppedBy: written.stoppedBy.trim(),
  };
  const item: Item = {
    id,
    kind: 'miss',
    subject: id,
    account,
    urgent: false,
    ring: [],
    madeAt: new Date().toISOString(),
    phase: 'waiting',
    tries: 0,
    notBefore: 0,
    problem: null,
    calls: [{ path: '/api/near-misses', key: id, body, photo: null, stamped: false }],
  };
  await post(item, { clears: [draftAs(account)] });
}

/** What the server would not take becomes the draft again, under an id of its own. */
export function writeAgain(account: string, item: Item): Promise<boolean> {
  const said = item.calls[0]!.body as { what: string; stoppedBy: string; place: string };
  const value: Written = { ...nothingWritten, what: said.what, stoppedBy: said.stoppedBy, place: said.place };
  return outbox.take(item.id, null, { key: draftAs(account), value });
}
