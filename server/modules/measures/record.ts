import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { insertMark, type MarkRecord, type OccurrenceRecord } from './queries.ts';

export type Said = Pick<MarkRecord, 'id' | 'kind'> &
  Partial<Pick<MarkRecord, 'words' | 'number' | 'signer' | 'file_ids' | 'at' | 'made_at' | 'offline'>>;

/** What somebody said or showed: kept with its words, and in the journal without them. */
export async function say(
  { tx, actor, now }: Context,
  occurrence: Pick<OccurrenceRecord, 'id' | 'unit_id' | 'site_id' | 'state'>,
  role: string,
  said: Said,
  journal: {
    action: string;
    to: string;
    figures?: Record<string, string | number | boolean | null>;
  },
): Promise<void> {
  await insertMark(tx, {
    occurrence_id: occurrence.id,
    at: now,
    made_at: null,
    received_at: now,
    offline: false,
    by_id: actor.accountId!,
    by_label: actor.label,
    role,
    words: null,
    number: null,
    signer: null,
    file_ids: [],
    ...said,
  });
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role,
    action: `measures.${journal.action}`,
    recordKind: 'measure',
    recordId: occurrence.id,
    class: 'normal',
    unitId: occurrence.unit_id,
    siteId: occurrence.site_id,
    from: occurrence.state,
    to: journal.to,
    figures: journal.figures,
  });
}
