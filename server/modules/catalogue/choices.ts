import { uuidv7 } from 'uuidv7';
import type { Context } from '../../platform/serve.ts';
import type { Directory } from '../organization/index.ts';
import type { RequestRecord } from '../requests/index.ts';
import { lineLoads } from './load.ts';
import { insertChoice } from './queries.ts';
import { type Post, suggestFor } from './suggesting.ts';

export type Difference = 'line' | 'place' | 'co';

const sameSet = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** In what a decision differs from the suggestion; empty where the dispatcher agreed. Pure. */
export function differencesOf(
  suggested: Post & { coLineIds: readonly number[] },
  chosen: Post & { coLineIds: readonly number[] },
): Difference[] {
  const differs: Difference[] = [];
  if (suggested.lineId !== chosen.lineId) differs.push('line');
  if (suggested.unitId !== chosen.unitId) differs.push('place');
  if (!sameSet(suggested.coLineIds, chosen.coLineIds)) differs.push('co');
  return differs;
}

/**
 * What the catalogue said and what the dispatcher decided: the figure of agreement is made of these.
 * @returns the figures of the dispatch's own journal entry; none where the catalogue says nothing
 */
export async function noteChoice(
  context: Context,
  dir: Directory,
  r: RequestRecord,
  chosen: Post & { coLineIds: readonly number[] },
): Promise<Record<string, string | number | null>> {
  const { tx, now, actor } = context;
  const suggested = await suggestFor(tx, dir, r, now);
  if (!suggested) return {};
  const differs = differencesOf(suggested, chosen);
  const load =
    differs.includes('line') &&
    (await lineLoads(tx, dir, now)).find(
      (one) => one.lineId === suggested.lineId && one.unitId === suggested.unitId && one.overloaded,
    );
  await insertChoice(tx, {
    id: uuidv7(),
    request_id: r.id,
    at: now,
    item_id: suggested.item?.id ?? null,
    edition_number: suggested.editionNumber,
    category_id: r.category_id,
    unit_id: r.unit_id,
    suggested_line_id: suggested.lineId,
    suggested_unit_id: suggested.unitId,
    suggested_co_line_ids: suggested.coLineIds,
    line_id: chosen.lineId,
    lead_unit_id: chosen.unitId,
    co_line_ids: [...new Set(chosen.coLineIds)],
    differs,
    to_backup: Boolean(load && load.backupLineId === chosen.lineId),
    chosen_by: actor.accountId,
  });
  return {
    catalogue: suggested.editionNumber,
    differs: differs.join(' '),
    ...(differs.length > 0 ? { suggested: dir.lines.get(suggested.lineId)!.code } : {}),
  };
}
