import { uuidv7 } from 'uuidv7';
import type { Permission } from '../../../contract/permissions.ts';
import { roleFor } from '../../platform/actor.ts';
import { append, contentDigest, type JournalEntry } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { insertEntries, keysOf, type NewEntry, type RequestRecord } from './queries.ts';

/**
 * What every command on a request leaves behind: a line in its thread and an entry in the journal.
 * Shared by the modules that work on requests, so that no act is ever without its trace.
 */
export interface Trace {
  kind: NewEntry['kind'];
  action: string;
  side: NewEntry['side'];
  permission: Permission | null;
  text?: string | null;
  data?: NewEntry['data'];
  audience?: NewEntry['audience'];
  original?: boolean;
  fileIds?: string[];
  lineId?: number | null;
  who?: string | null;
  from?: string;
  to?: string;
  reason?: string | null;
  figures?: Record<string, string | number | boolean | null>;
}

type By = Pick<Context, 'actor' | 'now'>;

/** The line of an act in the thread of a request, but for its id. */
export const entryOf = (r: RequestRecord, t: Trace, { actor, now }: By) =>
  ({
    request_id: r.id,
    at: now,
    kind: t.kind,
    actor_id: actor.accountId,
    side: t.side,
    who: t.who === undefined ? actor.label || null : t.who,
    line_id: t.lineId ?? null,
    audience: t.audience ?? 'everyone',
    original: t.original ?? false,
    text: t.text ?? null,
    data: t.data ?? {},
    file_ids: t.fileIds ?? [],
  }) satisfies Omit<NewEntry, 'id'>;

/** The entry of an act in the journal: as the request stands after it, without the digest of what was said. */
export const journalEntryOf = (r: RequestRecord, t: Trace, { actor, now }: By): JournalEntry => ({
  at: now,
  actorId: actor.accountId,
  role: roleFor(actor, t.permission),
  action: t.action,
  recordKind: 'request',
  recordId: r.id,
  class: r.class,
  unitId: r.unit_id,
  siteId: r.site_id,
  lineId: t.lineId ?? r.line_id,
  categoryId: r.category_id,
  from: t.from ?? null,
  to: t.to ?? null,
  reason: t.reason ?? null,
  figures: t.figures ?? {},
});

export async function trace(context: Context, rows: RequestRecord[], t: Trace): Promise<void> {
  if (rows.length === 0) return;
  const { tx } = context;
  // The journal holds no words, only their digest under the record's own key.
  const keys = t.text
    ? await keysOf(
        tx,
        rows.map((r) => r.id),
      )
    : new Map<string, Buffer>();
  await insertEntries(
    tx,
    rows.map((r) => ({ id: uuidv7(), ...entryOf(r, t, context) })),
  );
  await append(
    tx,
    ...rows.map((r) => ({
      ...journalEntryOf(r, t, context),
      digest: t.text && keys.has(r.id) ? contentDigest(keys.get(r.id)!, t.text) : null,
    })),
  );
}
