import { uuidv7 } from 'uuidv7';
import type { ledgerExits, ledgerSources } from '../../../contract/ledger.ts';
import type { Context } from '../../platform/serve.ts';
import { lockRequest, type Reopening, type RequestRecord } from '../requests/index.ts';
import { escalate } from './escalating.ts';
import {
  type EntryPatch,
  type EntryRecord,
  endMeasures,
  insertEntry,
  latestRepeat,
  lockStanding,
  patchEntry,
  repeatsOf,
} from './queries.ts';
import { journal, placeOf, writeMeasure } from './record.ts';

export type Source = (typeof ledgerSources)[number];
export type Exit = (typeof ledgerExits)[number];

/** What a reopening says of the voice behind it. */
export function sourceOf({ from, voice }: Reopening): Source {
  if (from === 'resolved_confirmed') return 'relapse';
  if (['closed_explained', 'closed_unverified', 'closed_unreachable'].includes(from)) return 'objection';
  return voice === 'followup' ? 'followup' : 'denial';
}

/**
 * Somebody is not content: an entry is opened, or the standing one gets one voice more. What was put off or handed over
 * is before the line again; what lies with a panel stays there. The request is locked by whoever calls.
 */
export async function note(context: Context, r: RequestRecord, source: Source): Promise<EntryRecord> {
  return source === 'repeat' && r.state === 'withdrawn' ? noteAskedAnew(context, r) : noteOf(context, r, source);
}

/**
 * Asked again after it was withdrawn: of the first nothing can be said or done any more, so the voice stands with the request
 * that was made since, and ends as that one does. It may have ended before the journal was read so far.
 */
async function noteAskedAnew(context: Context, first: RequestRecord): Promise<EntryRecord> {
  const [again] = await latestRepeat(context.tx, [first.id]);
  const since = again && (await lockRequest(context.tx, again.request_id));
  const entry = await noteOf(context, since ?? first, 'repeat');
  if (since?.state === 'withdrawn') await end(context, entry, 'withdrawn');
  if (since?.state === 'resolved_confirmed') await end(context, entry, 'redone');
  return entry;
}

async function noteOf(context: Context, r: RequestRecord, source: Source): Promise<EntryRecord> {
  const { tx, now } = context;
  const standing = await lockStanding(tx, r.id);
  const reopens = r.reopens + ((await repeatsOf(tx, [r.id])).get(r.id) ?? 0);
  let entry: EntryRecord;
  if (standing) {
    const back = standing.state === 'deferred' || standing.state === 'handed_over';
    if (back) await endMeasures(tx, standing.id, ['deferral', 'handover'], now);
    // An explanation nobody has signed yet is over: what was said before this voice did not explain it.
    const unexplained = standing.pending === 'explanation';
    if (unexplained) await endMeasures(tx, standing.id, ['explanation'], now);
    const patch: EntryPatch = {
      ...placeOf(r),
      last_at: now,
      last_source: source,
      voices: standing.voices + 1,
      reopens,
      // A panel spoke of what had been said until then.
      verdict: null,
      ...(back ? { state: 'open', until_at: null } : {}),
      ...(unexplained ? { pending: null } : {}),
    };
    entry = await patchEntry(tx, standing.id, patch);
    await journal(context, entry, {
      action: 'ledger.voiced',
      from: standing.state,
      to: entry.state,
      reason: source,
      figures: { voices: entry.voices, reopens },
    });
  } else {
    entry = await insertEntry(tx, {
      id: uuidv7(),
      request_id: r.id,
      opened_at: now,
      source,
      last_at: now,
      last_source: source,
      reopens,
      ...placeOf(r),
      confidentiality: r.confidentiality,
    });
    await journal(context, entry, { action: 'ledger.opened', to: 'open', reason: source, figures: { reopens } });
  }
  await escalate(context, entry, r);
  return entry;
}

/** Ends an entry; whatever still waited or ran on it is over. */
export async function end(context: Context, entry: EntryRecord, exit: Exit): Promise<void> {
  const { tx, now } = context;
  await endMeasures(tx, entry.id, ['deferral', 'handover', 'panel'], now);
  // A signed explanation stays what it is; one that waits for its signature is over.
  if (entry.pending === 'explanation') await endMeasures(tx, entry.id, ['explanation'], now);
  const ended = await patchEntry(tx, entry.id, {
    state: 'closed',
    exit,
    closed_at: now,
    pending: null,
    until_at: null,
  });
  await journal(context, ended, {
    action: 'ledger.ended',
    from: entry.state,
    to: 'closed',
    reason: exit,
    figures: { voices: entry.voices, reopens: entry.reopens },
  });
}

/**
 * 重办: done again, and the person served says solved, themselves or to a caller. The only way an entry ends well; there is
 * no command for it.
 */
export async function endRedone(context: Context, r: RequestRecord): Promise<void> {
  const { tx, now } = context;
  const entry = await lockStanding(tx, r.id);
  if (!entry) return;
  await end(context, entry, 'redone');
  await writeMeasure(tx, {
    id: uuidv7(),
    entry_id: entry.id,
    kind: 'redo',
    state: 'in_force',
    proposed_at: now,
    proposed_label: r.handler_label,
    decided_at: now,
  });
}
