import { hmacSha256 } from './crypto.ts';
import { connectionOf, type Tx } from './transaction.ts';

/**
 * One journal entry: codes and figures, never personal content. Texts, names and numbers live in the module's content
 * tables; `digest` ties the entry to them under the record's own key, so erasing the key erases the tie.
 */
export interface JournalEntry {
  at: Date;
  actorId: string | null;
  role: string | null;
  action: string;
  recordKind: string;
  recordId: string;
  class: string;
  unitId?: number | null;
  siteId?: number | null;
  lineId?: number | null;
  categoryId?: number | null;
  from?: string | null;
  to?: string | null;
  reason?: string | null;
  figures?: Record<string, number | string | boolean | null>;
  digest?: string | null;
}

/** Digest of content under the key of its record. */
export function contentDigest(key: Buffer, ...texts: (string | null | undefined)[]): string {
  return hmacSha256(key, JSON.stringify(texts.map((text) => text ?? null)))
    .toString('hex')
    .slice(0, 32);
}

function sorted(figures: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The bytes that are stored and sealed: fixed key order, so that `verify` can rebuild them from the columns. */
export function canonical(entry: JournalEntry): string {
  return JSON.stringify([
    entry.at.toISOString(),
    entry.actorId,
    entry.role,
    entry.action,
    entry.recordKind,
    entry.recordId,
    entry.class,
    entry.unitId ?? null,
    entry.siteId ?? null,
    entry.lineId ?? null,
    entry.categoryId ?? null,
    entry.from ?? null,
    entry.to ?? null,
    entry.reason ?? null,
    sorted({ ...entry.figures, ...(entry.digest ? { digest: entry.digest } : {}) }),
  ]);
}

export const journalColumns =
  'body, at, actor_id, role, action, record_kind, record_id, class, unit_id, site_id, line_id, category_id, state_from, state_to, reason, figures';
export const journalTypes = [
  'bytea',
  'timestamptz',
  'uuid',
  'text',
  'text',
  'text',
  'uuid',
  'text',
  'integer',
  'integer',
  'integer',
  'integer',
  'text',
  'text',
  'text',
  'jsonb',
] as const;

export function journalValues(entry: JournalEntry): unknown[] {
  return [
    Buffer.from(canonical(entry)),
    entry.at,
    entry.actorId,
    entry.role,
    entry.action,
    entry.recordKind,
    entry.recordId,
    entry.class,
    entry.unitId ?? null,
    entry.siteId ?? null,
    entry.lineId ?? null,
    entry.categoryId ?? null,
    entry.from ?? null,
    entry.to ?? null,
    entry.reason ?? null,
    JSON.stringify(sorted({ ...entry.figures, ...(entry.digest ? { digest: entry.digest } : {}) })),
  ];
}

const insertOne = `insert into journal.entry (${journalColumns}) values (${journalTypes.map((_, i) => `$${i + 1}`).join(', ')})`;
const insertMany = `insert into journal.entry (${journalColumns}) select * from unnest(${journalTypes.map((type, i) => `$${i + 1}::${type}[]`).join(', ')})`;

/** Appends entries within the command's own transaction. */
export async function append(tx: Tx, ...entries: JournalEntry[]): Promise<void> {
  const connection = connectionOf(tx);
  if (entries.length === 1) {
    await connection.query({ name: 'journal.append', text: insertOne, values: journalValues(entries[0]!) });
  } else if (entries.length > 1) {
    const rows = entries.map(journalValues);
    await connection.query(
      insertMany,
      journalTypes.map((_, i) => rows.map((row) => row[i])),
    );
  }
}
