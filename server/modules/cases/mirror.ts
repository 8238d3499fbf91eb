import type { Tx } from '../../platform/transaction.ts';
import type { RequestPatch } from '../requests/index.ts';
import { coPostsOf } from './parts.ts';
import { type CaseRecord, pendingAsk } from './queries.ts';

/** What a request shows of its case from the moment it comes into it, or into hand again. */
export async function mirrorOf(tx: Tx, file: CaseRecord): Promise<RequestPatch> {
  return {
    work: file.state,
    line_id: file.line_id,
    lead_unit_id: file.lead_unit_id,
    handler_id: file.handler_id,
    handler_label: file.handler_label,
    silently_accepted: file.silently_accepted,
    returns: file.returns,
    asked: (await pendingAsk(tx, file.id)) !== undefined,
    co_posts: await coPostsOf(tx, file.id),
  };
}
