import { moduleTables, sql } from '../../../platform/sql.ts';
import type { Tx } from '../../../platform/transaction.ts';
import type { RequestRecord } from '../queries.ts';
import type { DB } from '../tables.ts';

const db = moduleTables<DB>('requests');

export interface Place {
  at: Date;
  id: string;
}

/** Handled within this span and not judged yet, in the order in which they were. */
export const handledWithin = (
  tx: Tx,
  span: { after: Date; until: Date },
  limit: number,
  place?: Place,
): Promise<RequestRecord[]> =>
  db(tx)
    .selectFrom('request')
    .selectAll()
    .where('state', '=', 'handled')
    .where('handled_at', '>', span.after)
    .where('handled_at', '<=', span.until)
    .$if(place !== undefined, (q) =>
      q.where(sql<boolean>`(handled_at, id) > (${place!.at}::timestamptz, ${place!.id}::uuid)`),
    )
    .orderBy('handled_at')
    .orderBy('id')
    .limit(limit)
    .execute();

/** Handled, and somebody whose word closes nothing has called it solved: few, through an index of their own. */
export const calledSolvedByOthers = (tx: Tx, limit: number, place?: Place): Promise<RequestRecord[]> =>
  db(tx)
    .selectFrom('request')
    .selectAll()
    .where('state', '=', 'handled')
    .where('said_by_other', '=', true)
    .$if(place !== undefined, (q) =>
      q.where(sql<boolean>`(handled_at, id) > (${place!.at}::timestamptz, ${place!.id}::uuid)`),
    )
    .orderBy('handled_at')
    .orderBy('id')
    .limit(limit)
    .execute();
