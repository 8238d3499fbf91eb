import type { Tx } from '../../platform/transaction.ts';
import { planById, plansOf } from './queries.ts';

/** A plan and all its versions, before and after it: the plans of the same kind, place and stage. None where there is no such plan. */
export async function versionsOf(tx: Tx, planId: string): Promise<string[]> {
  const plan = await planById(tx, planId);
  return plan ? (await plansOf(tx, plan.kind, plan.node_id, plan.stage_code)).map((one) => one.id) : [];
}
