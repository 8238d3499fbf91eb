import type { Tx } from '../../platform/transaction.ts';
import { labelsOf } from '../access/index.ts';
import { askersInConfidence } from '../requests/index.ts';
import type { EntryRow } from './queries.ts';

export interface ShownActor {
  actor: string | null;
  /** `in_confidence` in place of the role of who asked in confidence. */
  role: string | null;
}

/** The request an entry is about: its own record, or the one its figures name. */
function requestOf(entry: EntryRow): string | null {
  if (entry.record_kind === 'request') return entry.record_id;
  const { request } = entry.figures;
  return typeof request === 'string' && /^[0-9a-f-]{36}$/.test(request) ? request : null;
}

/**
 * Who did each of these, as a reader of the journal may know it. Only follow-up callers see who asked in confidence (rules 6):
 * their own acts on their own request are theirs, without their name. What is sealed keeps the account, and is not changed.
 */
export async function actorsOf(tx: Tx, entries: readonly EntryRow[]): Promise<(entry: EntryRow) => ShownActor> {
  const distinct = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
  const labels = new Map(
    (await labelsOf(tx, distinct(entries.map((entry) => entry.actor_id)))).map((row) => [row.id, row.label]),
  );
  const about = distinct(entries.filter((entry) => entry.actor_id !== null).map(requestOf));
  const askers = new Map((await askersInConfidence(tx, [about])).map((row) => [row.id, row.requester_id]));
  return (entry) => {
    if (entry.actor_id === null) return { actor: null, role: entry.role };
    if (askers.get(requestOf(entry) ?? '') === entry.actor_id) return { actor: null, role: 'in_confidence' };
    return { actor: labels.get(entry.actor_id) ?? entry.actor_id, role: entry.role };
  };
}
