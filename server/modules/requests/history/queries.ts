/** A history made beforehand (the demo world). */
import { preparedStatement } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { ContactRecord } from '../contacts/queries.ts';
import { bytes, type ContentRecord, type EntryRecord, type RequestRecord, type WarningRecord } from '../queries.ts';

export interface RequestHistory {
  contacts: ContactRecord[];
  /** Without their numbers: those come from the sequence, in this order. */
  requests: RequestRecord[];
  contents: ContentRecord[];
  entries: EntryRecord[];
  warnings: WarningRecord[];
}

// PostgreSQL knows the types of its own table.
const bulk = (table: string, columns: string) =>
  preparedStatement(
    'requests',
    `bulk_${table}`,
    `insert into requests.${table} (${columns}) select ${columns} from json_populate_recordset(null::requests.${table}, $1)`,
  );

const bulkContacts = bulk('contact', 'id, at, channel, operator_id, caller_key, outcome');

const bulkRequests = bulk(
  'request',
  `id, number, contact_id, channel, confidentiality, class, category_id, first_category_id, unit_id, site_id, stage_code, priority, requester_id,
   registrar_id, device_id, code_hmac, code_dies_at, submitted_at, received_at, state, verdict_by, triage_due, contact_due, inner_due, resolve_due, resolve_now,
   promise_at, next_due, warn_at, contacted_at, dispatched_at, handled_at, closed_at, noticed_at, work, case_id, line_id, lead_unit_id, handler_id,
   handler_label, silently_accepted, asked, returns, about_line_id, about_unit_id, nudges, reopens, said_by_other, objected, rating_result, rating_speed,
   rating_attitude, version, co_posts`,
);

const bulkContents = bulk('content', 'request_id, key, text, point, callback, requester_label, summary, source_ref');

const bulkEntries = bulk(
  'entry',
  'id, request_id, at, kind, actor_id, side, who, line_id, audience, original, text, data, file_ids',
);

const bulkWarnings = bulk('warning', 'request_id, clock, step_id, due_at, at, told');

const nextNumbers = preparedStatement<{ running: string }>(
  'requests',
  'next_numbers',
  `select lpad(n, greatest(5, length(n)), '0') as running from (select nextval('requests.number_seq')::text as n from generate_series(1, $1)) as drawn`,
);

/**
 * Rows as the commands would have left them, many at once; their journal entries are the caller's business.
 * @param numberDay first part of a request's number, e.g. `TL-221123`
 * @returns the numbers given, in the order of the requests
 */
export async function insertHistory(
  tx: Tx,
  rows: RequestHistory,
  numberDay: (r: RequestRecord) => string,
): Promise<string[]> {
  const running = await nextNumbers(tx, [rows.requests.length]);
  const numbers = rows.requests.map((r, i) => `${numberDay(r)}-${running[i]!.running}`);
  await bulkContacts(tx, [JSON.stringify(rows.contacts.map((row) => ({ ...row, caller_key: bytes(row.caller_key) })))]);
  await bulkRequests(tx, [
    JSON.stringify(rows.requests.map((row, i) => ({ ...row, number: numbers[i], code_hmac: bytes(row.code_hmac) }))),
  ]);
  await bulkContents(tx, [JSON.stringify(rows.contents.map((row) => ({ ...row, key: bytes(row.key) })))]);
  await bulkEntries(tx, [JSON.stringify(rows.entries)]);
  await bulkWarnings(tx, [JSON.stringify(rows.warnings)]);
  return numbers;
}
