import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { mayRead } from './policy.ts';
import { plansByIds } from './queries.ts';

/** Who may hear that a plan changed: whoever may read it now. */
export async function hearersOfPlans(tx: Tx, ids: string[]): Promise<(actor: Actor, id: string) => boolean> {
  const dir = await directory(tx);
  const plans = new Map((await plansByIds(tx, ids)).map((plan) => [plan.id, plan]));
  return (actor, id) => {
    const plan = plans.get(id);
    return plan !== undefined && mayRead(dir, actor, plan);
  };
}
