import { type Actor, behalfIn } from './actor.ts';
import { hmacSha256 } from './crypto.ts';
import { connectionOf, type Tx } from './transaction.ts';

type Figures = Record<string, number | string | boolean | null>;

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
  figures?: Figures;
  digest?: string | null;
}

/** Digest of content under the key of its record. */
export function contentDigest(key: Buffer, ...texts: (string | null | undefined)[]): string {
  return hmacSha256(key, JSON.stringify(texts.map((text) => text ?? null)))
    .toString('hex')
    .slice(0, 32);
}

function sorted(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const figuresOf = (entry: JournalEntry): Figures =>
  sorted({ ...entry.figures, ...(entry.digest ? { digest: entry.digest } : {}) });

function sealed(entry: JournalEntry, figures: Figures): string {
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
    figures,
  ]);
}

/** The bytes that are stored and sealed: fixed key order, so that `verify` can rebuild them from the columns. */
export const canonical = (entry: JournalEntry): string => sealed(entry, figuresOf(entry));

/** The columns of `journal.entry` that an entry fills, with their types. */
export const journalColumns = {
  body: 'bytea',
  at: 'timestamptz',
  actor_id: 'uuid',
  role: 'text',
  action: 'text',
  record_kind: 'text',
  record_id: 'uuid',
  class: 'text',
  unit_id: 'integer',
  site_id: 'integer',
  line_id: 'integer',
  category_id: 'integer',
  state_from: 'text',
  state_to: 'text',
  reason: 'text',
  figures: 'jsonb',
} as const;
const names = Object.keys(journalColumns) as (keyof typeof journalColumns)[];
export const journalNames = names.join(', ');

/** An entry as it is stored, but for its number and month. */
export type JournalRow = ReturnType<typeof journalRow>;

export function journalRow(entry: JournalEntry) {
  const figures = figuresOf(entry);
  return {
    body: Buffer.from(sealed(entry, figures)),
    at: entry.at,
    actor_id: entry.actorId,
    role: entry.role,
    action: entry.action,
    record_kind: entry.recordKind,
    record_id: entry.recordId,
    class: entry.class,
    unit_id: entry.unitId ?? null,
    site_id: entry.siteId ?? null,
    line_id: entry.lineId ?? null,
    category_id: entry.categoryId ?? null,
    state_from: entry.from ?? null,
    state_to: entry.to ?? null,
    reason: entry.reason ?? null,
    figures,
  } satisfies Record<keyof typeof journalColumns, unknown>;
}

const insertOne = `insert into journal.entry (${journalNames}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`;
const insertMany = `insert into journal.entry (${journalNames}) select * from unnest(${names.map((name, i) => `$${i + 1}::${journalColumns[name]}[]`).join(', ')})`;

const acting = new WeakMap<Tx, Actor>();

/** Who acts in a transaction, where some of their areas are delegated: what they do is written "on behalf of". */
export function actingIn(tx: Tx, actor: Actor): void {
  if (actor.areas.some((area) => area.behalfOf !== undefined)) acting.set(tx, actor);
}

function onBehalf(tx: Tx, entry: JournalEntry): JournalEntry {
  const actor = acting.get(tx);
  const behalfOf = actor && entry.actorId === actor.accountId ? behalfIn(actor, entry) : null;
  return behalfOf === null ? entry : { ...entry, figures: { ...entry.figures, onBehalfOf: behalfOf } };
}

/** Appends entries within the command's own transaction. */
export async function append(tx: Tx, ...written: JournalEntry[]): Promise<void> {
  const connection = connectionOf(tx);
  const entries = acting.has(tx) ? written.map((entry) => onBehalf(tx, entry)) : written;
  if (entries.length === 1) {
    await connection.query({ name: 'journal.append', text: insertOne, values: Object.values(journalRow(entries[0]!)) });
  } else if (entries.length > 1) {
    const rows = entries.map(journalRow);
    await connection.query(
      insertMany,
      names.map((name) => rows.map((row) => row[name])),
    );
  }
}

const entryOfSettled =
  'lateral (select * from journal.entry e where e.seq = s.seq and e.month = s.month offset 0) e on true';
/**
 * Joins `journal.settled s` with its entry `e`, one by one in the partition where it lies: the price of a page does not
 * grow with the journal, whatever the planner believes of the partitions.
 */
export const withEntry = `join ${entryOfSettled}`;
/** The same, keeping a place whose entry is gone: what `verify` is there to find. */
export const withEntryOrNone = `left join ${entryOfSettled}`;

/** Partitions for this month and the three after it, where they are missing. @returns how many were made */
export async function makeMonths(tx: Tx, now: Date): Promise<number> {
  const { rows } = await connectionOf(tx).query('select journal.make_months($1::date) as made', [
    now.toISOString().slice(0, 10),
  ]);
  return rows[0]!.made as number;
}
