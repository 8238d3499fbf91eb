import type { Actor } from '../../platform/actor.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { mayRead } from './policy.ts';
import { approvedContingencies, drillByNumber, nearMissByNumber } from './queries.ts';

/** The drill or near-miss of this number, if this person may read it. */
export async function practiceByNumber(
  { tx, actor }: Pick<Context, 'tx' | 'actor'>,
  number: string,
): Promise<{ kind: 'drill' | 'near_miss'; id: string; number: string } | null> {
  const dir = await directory(tx);
  const kind = number.startsWith('演练') ? 'drill' : number.startsWith('未遂') ? 'near_miss' : null;
  if (kind === null) return null;
  const found = kind === 'drill' ? await drillByNumber(tx, number) : await nearMissByNumber(tx, number);
  return found && mayRead(actor, found.unit_id, dir) ? { kind, id: found.id, number } : null;
}

/** Contingencies in force that this person may read. */
export async function contingenciesInForce(tx: Tx, actor: Actor) {
  const dir = await directory(tx);
  return (await approvedContingencies(tx)).filter((one) => mayRead(actor, one.node_id, dir));
}
