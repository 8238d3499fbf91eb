import { roleFor } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import type { RequestRecord } from '../requests/index.ts';
import type { EntryPatch, EntryRecord } from './queries.ts';
import { insertMeasure, type MeasureRecord, type NewMeasure } from './queries.ts';

/** The ledger's own line in the journal: an entry opened, voiced again, changed its state or ended. */
export async function journal(
  context: Context,
  entry: EntryRecord,
  what: {
    action: string;
    from?: string | null;
    to?: string | null;
    reason?: string | null;
    figures?: Record<string, string | number | boolean | null>;
  },
): Promise<void> {
  const { tx, actor, now } = context;
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, null),
    action: what.action,
    recordKind: 'ledger',
    recordId: entry.id,
    class: entry.class,
    unitId: entry.unit_id,
    siteId: entry.site_id,
    lineId: entry.line_id,
    categoryId: entry.category_id,
    from: what.from ?? null,
    to: what.to ?? null,
    reason: what.reason ?? null,
    figures: { request: entry.request_id, ...what.figures },
  });
}

/** What an entry mirrors of its request. */
export const placeOf = (r: RequestRecord) =>
  ({
    unit_id: r.unit_id,
    site_id: r.site_id,
    line_id: r.line_id,
    lead_unit_id: r.lead_unit_id,
    category_id: r.category_id,
    first_category_id: r.first_category_id,
    class: r.class,
  }) satisfies EntryPatch;

/** The year documents are numbered in: that of the group's zone. */
const yearIn = (dir: Directory, at: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone: dir.group.timezone, year: 'numeric' }).format(at));

/** Writes a measure with the next number of its year. */
export const writeMeasure = async (tx: Tx, row: NewMeasure): Promise<MeasureRecord> =>
  insertMeasure(tx, yearIn(await directory(tx), row.proposed_at), row);
