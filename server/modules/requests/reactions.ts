import type { Tx } from '../../platform/transaction.ts';
import { keysOf } from './search/keys.ts';
import { deleteSearch, insertSearch, searchable } from './search/queries.ts';

/** Journal actions after which what may be searched, where it lies or whether it is open has changed. */
const concern = new Set([
  'requests.submitted',
  'requests.registered',
  'requests.imported',
  'requests.facts_changed',
  'requests.moved_to_sealed',
  'requests.confirmed',
  'requests.denied',
  'requests.withdrawn',
  'requests.closed_unverified',
  'requests.closed_unreachable',
  'requests.closed_explained',
  'cases.dispatched',
  'cases.arbitrated',
  'cases.joined',
  'cases.returned',
  'cases.taken_back',
  'cases.taken_over',
  'cases.handed_back',
]);
export const searchedActions = [...concern];

/**
 * Keeps the search index: never confidential, personal, health or sealed words (rules 6). Runs behind the journal, so
 * that a create never waits for it.
 */
export async function indexForSearch(tx: Tx, entries: { action: string; record_id: string }[]): Promise<void> {
  const ids = [...new Set(entries.filter((entry) => concern.has(entry.action)).map((entry) => entry.record_id))];
  const rows = await searchable(tx, ids);
  const open = rows.filter((row) => row.class === 'normal' && row.confidentiality !== 'confidential');
  await insertSearch(
    tx,
    open.map((row) => ({
      request_id: row.id,
      at: row.submitted_at,
      keys: keysOf(row),
    })),
  );
  const kept = new Set(open.map((row) => row.id));
  await deleteSearch(
    tx,
    ids.filter((id) => !kept.has(id)),
  );
}
