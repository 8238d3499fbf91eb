import type { Tx } from '../../platform/transaction.ts';
import { type EntryRow, entriesOfRecords } from '../journal/index.ts';
import { allReadiness, type OrderRecord, ordersIn } from './queries.ts';

/** What came of laying orders and readiness beside the journal. */
export interface StagesCheck {
  orders: number;
  units: number;
  /** What one says and the other does not, as `order id: what`. */
  differences: string[];
}

/** What was recorded a moment ago may not have its place in the journal yet. */
const settlingMs = 5 * 60_000;
const told = ['stages.drafted', 'stages.changed', 'stages.reviewed', 'stages.signed', 'stages.countersigned'];
const most = 100_000;

/** The hand that did a step last, by the journal; a step undone by a return was done again before the signature. */
const lastBy = (entries: EntryRow[], ...actions: string[]): string | null =>
  entries.findLast((entry) => actions.includes(entry.action))?.actor_id ?? null;

function handsDiffer(order: OrderRecord, entries: EntryRow[]): string[] {
  const hands: [string, string | null, string | null][] = [
    ['drafted by', order.drafted_by, lastBy(entries, 'stages.drafted', 'stages.changed')],
    ['signed by', order.signed_by, lastBy(entries, 'stages.signed')],
  ];
  if (order.emergency) hands.push(['countersigned by', order.second_by, lastBy(entries, 'stages.countersigned')]);
  else hands.push(['reviewed by', order.reviewed_by, lastBy(entries, 'stages.reviewed')]);
  return hands.filter(([, stored, journalled]) => stored !== journalled).map(([what]) => `${order.id}: ${what}`);
}

/** Every signed order was drafted, reviewed and signed by whom the journal says; every unit's last look is its last flip. */
export async function checkStages(tx: Tx, now: Date): Promise<StagesCheck> {
  const before = new Date(now.getTime() - settlingMs);
  const orders = (await ordersIn(tx, ['signed', 'in_force', 'closing_review', 'closed'], most)).filter(
    (order) => order.signed_at !== null && order.signed_at < before && (order.second_at ?? order.signed_at) < before,
  );
  const readiness = (await allReadiness(tx)).filter((row) => row.since < before);
  const entries = new Map<string, EntryRow[]>();
  for (const entry of [
    ...(await entriesOfRecords(tx, [orders.map(({ id }) => id), told])),
    ...(await entriesOfRecords(tx, [readiness.map(({ id }) => id), ['stages.ready', 'stages.unready']])),
  ])
    entries.set(entry.record_id, [...(entries.get(entry.record_id) ?? []), entry]);
  return {
    orders: orders.length,
    units: readiness.length,
    differences: [
      ...orders.flatMap((order) => handsDiffer(order, entries.get(order.id) ?? [])),
      ...readiness
        .filter((row) => {
          const last = entries.get(row.id)?.at(-1);
          return last?.action !== (row.ready ? 'stages.ready' : 'stages.unready');
        })
        .map((row) => `${row.id}: unit ${row.unit_id} ready for ${row.to_code}`),
    ],
  };
}
