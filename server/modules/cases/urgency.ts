import { priorities } from '../../../contract/organization.ts';
import type { Context } from '../../platform/serve.ts';
import { inHand, type RequestRecord, readRequestsOfCase } from '../requests/index.ts';
import { lockCase, patchCase } from './queries.ts';

/** Of the requests that are in work; null where none is. */
export function mostUrgent(requests: Pick<RequestRecord, 'state' | 'priority'>[]): string | null {
  const present = new Set(requests.filter(inHand).map((one) => one.priority));
  return priorities.find((priority) => present.has(priority)) ?? null;
}

/** A case is as urgent as the most urgent need in it: the shorter wait for its acceptance counts (rules 4). */
export async function urgeCase(context: Context, caseId: string): Promise<void> {
  const file = await lockCase(context.tx, caseId);
  const priority = mostUrgent(await readRequestsOfCase(context.tx, caseId));
  if (file && priority && priority !== file.priority) await patchCase(context.tx, caseId, { priority });
}
