import type { Tx } from '../../platform/transaction.ts';
import { lockRequestsOfCase, type RequestRecord } from '../requests/index.ts';
import { type CaseRecord, lockCase } from './queries.ts';

/**
 * A case and its requests, locked: requests first, then the case, as everybody does who comes from a request. In the
 * other order a person who withdraws while a handler writes would make both wait until the database sends one back.
 */
export async function lockWork(
  tx: Tx,
  caseId: string,
): Promise<{ file: CaseRecord; requests: RequestRecord[] } | undefined> {
  await lockRequestsOfCase(tx, caseId);
  const file = await lockCase(tx, caseId);
  // Once more: a request may have joined before the case was locked.
  return file && { file, requests: await lockRequestsOfCase(tx, caseId) };
}
