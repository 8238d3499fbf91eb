import { moduleTables } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('duty');

/** Whoever is named for that moment at these nodes: planned or taken, and not given back. */
export const shiftsAt = (tx: Tx, nodeIds: number[], at: Date) =>
  db(tx)
    .selectFrom('shift')
    .innerJoin('post', 'post.id', 'shift.post_id')
    .select([
      'shift.id',
      'shift.account_id',
      'shift.label',
      'shift.state',
      'shift.to_at',
      'post.id as post_id',
      'post.node_id',
      'post.line_id',
      'post.standby',
      'post.phone',
    ])
    .where('post.node_id', 'in', [...nodeIds, 0])
    .where('shift.from_at', '<=', at)
    .where('shift.to_at', '>', at)
    .where('shift.state', 'in', ['planned', 'taken', 'handed_over'])
    .orderBy('post.zh')
    .execute();
