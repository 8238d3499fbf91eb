import type { Actor } from '../../platform/actor.ts';
import { provideHearers } from '../../platform/live.ts';
import type { Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { mayRead } from './policy.ts';
import { drillsByIds, handsOf, nearMissesByIds, risksByIds } from './queries.ts';

/** Live pages hear of what their reader may read, and whoever has a part in a drill of that drill. */
export function provideReadinessHearers(): void {
  const of =
    (placesOf: (tx: Tx, ids: string[]) => Promise<{ id: string; place: number; people?: string[] }[]>) =>
    async (tx: Tx, ids: string[]) => {
      const dir = await directory(tx);
      const found = new Map((await placesOf(tx, ids)).map((one) => [one.id, one]));
      return (actor: Actor, id: string): boolean => {
        const record = found.get(id);
        if (!record) return false;
        return mayRead(actor, record.place, dir) || (record.people?.includes(actor.accountId ?? '') ?? false);
      };
    };
  provideHearers(
    'risk',
    of(async (tx, ids) => (await risksByIds(tx, ids)).map((one) => ({ id: one.id, place: one.node_id }))),
  );
  provideHearers(
    'near_miss',
    of(async (tx, ids) => (await nearMissesByIds(tx, ids)).map((one) => ({ id: one.id, place: one.unit_id }))),
  );
  provideHearers(
    'drill',
    of(async (tx, ids) => {
      const hands = await handsOf(tx, ids);
      return (await drillsByIds(tx, ids)).map((one) => ({
        id: one.id,
        place: one.unit_id,
        people: hands.filter((hand) => hand.drill_id === one.id).map((hand) => hand.account_id),
      }));
    }),
  );
}
