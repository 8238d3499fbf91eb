import type { Insertable } from 'kysely';
import type { Tx } from '../../platform/transaction.ts';
import { insertLines, insertPlans, insertSignatures } from './queries.ts';
import type { DB } from './tables.ts';

/** Whole plans of the past, with who signed them and when. */
export interface PlansToInsert {
  plans: Insertable<DB['plan']>[];
  lines: Insertable<DB['line']>[];
  signatures: Insertable<DB['signature']>[];
}

export async function insertHistory(tx: Tx, { plans, lines, signatures }: PlansToInsert): Promise<void> {
  await insertPlans(tx, plans);
  await insertLines(tx, lines);
  await insertSignatures(tx, signatures);
}
