import { Refusal } from '../../platform/errors.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Received } from './intake.ts';
import { type Creation, contentOf, entriesOf, requestById } from './queries.ts';

/**
 * What a phone that lost the answer sends again: the first answer, if it is the same request to the letter (rules 7).
 * What the desk has mended since then is not compared, nor words that were moved to a sealed line.
 * @returns null where there is none of this id
 * @throws idempotency_mismatch
 */
export async function createdAs(tx: Tx, again: Creation): Promise<Received | null> {
  const [r] = await requestById(tx, [again.request.id]);
  if (!r) return null;
  const [content] = await contentOf(tx, [r.id]);
  const entries = await entriesOf(tx, [r.id]);
  const [first] = entries;
  const mended = entries.some((entry) => entry.kind === 'facts_changed');
  const same =
    r.code_hmac.equals(again.request.code_hmac) &&
    r.confidentiality === again.request.confidentiality &&
    (mended || (r.category_id === again.request.category_id && r.site_id === again.request.site_id)) &&
    (!content ||
      (content.text === again.content.text &&
        content.point === again.content.point &&
        content.callback === again.content.callback &&
        first?.file_ids.join() === again.entry.fileIds.join()));
  if (!same) throw new Refusal(409, 'idempotency_mismatch');
  return {
    id: r.id,
    number: r.number,
    promise: r.promise_at.toISOString(),
    resolve: r.resolve_due.toISOString(),
    contact: r.contact_due.toISOString(),
  };
}
