import type pg from 'pg';
import type { Pool } from './database.ts';

/**
 * The settler: one per cluster (advisory lock). Gives committed journal entries their dense position and then sends one
 * NOTIFY per batch. Commands never notify: that takes a cluster-wide lock at commit.
 *
 * Entries commit out of the order of their sequence number, so a number that is missing now may still appear. `low`
 * moves up to a number seen earlier only when every transaction that ran at that time has ended and a later pass has
 * taken what they left: a number still missing then was rolled back. Cursors are positions, so nothing of this outlives the batch.
 */
export interface Settler {
  /** Call after a local commit: settles at once instead of at the next tick. */
  wake(): void;
  stop(): Promise<void>;
}

const batch = 5000;

const settling = (fresh: string): string => `with fresh as materialized (
    select e.seq, e.month from journal.entry e where ${fresh} order by e.seq limit ${batch}),
  base as (select coalesce(max(position), 0) as position from journal.settled),
  done as (
    insert into journal.settled (position, seq, month)
    select base.position + row_number() over (order by fresh.seq), fresh.seq, fresh.month from fresh, base returning 1)
  select (select count(*)::int from done) as settled,
    (select case when is_called then last_value else 0 end from journal.entry_seq) as last,
    pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_snapshot_xmax(pg_current_snapshot())::text as xmax`;

/**
 * What is above the mark, in the partitions of this month and the last: the price of a look does not grow with the journal.
 * OFFSET keeps the planner from joining all that ever settled, which it does where it lacks statistics.
 */
export const ordinaryPass = {
  name: 'journal.settle',
  text: settling(`e.seq > (select seq from journal.low_water)
      and e.month >= (date_trunc('month', now() at time zone 'UTC') - interval '1 month')::date
      and not exists (select from journal.settled s where s.seq = e.seq offset 0)`),
};

/** Once a minute far below the mark and in all months: nothing should be there, and nothing may stay there. */
const deepPass = {
  name: 'journal.settle_deep',
  text: settling(`e.seq > (select seq - 200000 from journal.low_water)
      and not exists (select from journal.settled s where s.seq = e.seq)`),
};

export function startSettler(
  pool: Pool,
  options: { everyMs?: number; onError?: (error: unknown) => void } = {},
): Settler {
  const everyMs = options.everyMs ?? 50;
  let stopped = false;
  let client: pg.PoolClient | null = null;
  let awake: (() => void) | null = null;
  let woken = false;
  let pending: { seq: number; seenAt: number; xmax: string | null } | null = null;
  let deepAt = 0;

  async function lead(): Promise<pg.PoolClient | null> {
    if (client) return client;
    const candidate = await pool.connect();
    const { rows } = await candidate.query<{ got: boolean }>('select pg_try_advisory_lock(7301, 2) as got');
    if (!rows[0]?.got) {
      candidate.release();
      return null;
    }
    candidate.on('error', () => {
      if (client !== candidate) return;
      client = null;
      // Given back, or a place in the pool is lost each time the database drops the leader's connection.
      candidate.release(true);
    });
    client = candidate;
    pending = null;
    // Whatever the last leader left, however long ago.
    deepAt = 0;
    return client;
  }

  async function settleOnce(leader: pg.PoolClient): Promise<number> {
    const deep = Date.now() - deepAt > 60_000;
    if (deep) deepAt = Date.now();
    const { rows } = await leader.query<{ settled: number; last: number; xmin: string; xmax: string }>(
      deep ? deepPass : ordinaryPass,
    );
    const row = rows[0]!;
    if (row.settled > 0) {
      await leader.query(`select pg_notify('journal', (select max(position)::text from journal.settled))`);
    }
    if (row.settled < batch) await raiseLow(leader, row);
    else if (deep) deepAt = 0;
    return row.settled;
  }

  // A transaction may draw its number a moment before it has an id, so the ids are noted a second after the numbers.
  async function raiseLow(leader: pg.PoolClient, row: { last: number; xmin: string; xmax: string }): Promise<void> {
    if (!pending) pending = { seq: row.last, seenAt: Date.now(), xmax: null };
    else if (pending.xmax === null) {
      if (Date.now() - pending.seenAt > 1000) pending.xmax = row.xmax;
    } else if (BigInt(row.xmin) >= BigInt(pending.xmax)) {
      await leader.query('update journal.low_water set seq = greatest(seq, $1)', [pending.seq]);
      pending = null;
    }
  }

  const running = (async () => {
    let idle = 0;
    while (!stopped) {
      try {
        const leader = await lead();
        if (leader) {
          const settled = await settleOnce(leader);
          idle = settled > 0 ? 0 : idle + 1;
          if (settled === batch) continue;
        } else idle = 100;
      } catch (error) {
        (client as pg.PoolClient | null)?.release(true);
        client = null;
        if (!stopped) options.onError?.(error);
        idle = 20;
      }
      if (!woken) {
        // A quiet night need not ask twenty times a second; a local commit wakes it at once.
        const wait = idle > 40 ? 500 : everyMs;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, wait);
          awake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      awake = null;
      woken = false;
    }
    const leader = client as pg.PoolClient | null;
    // From here on it is given back below, once.
    client = null;
    if (leader) {
      await leader.query('select pg_advisory_unlock(7301, 2)').catch(() => {});
      leader.release();
    }
  })();

  return {
    wake() {
      woken = true;
      awake?.();
    },
    async stop() {
      stopped = true;
      awake?.();
      await running;
    },
  };
}

/**
 * Settles all that is there, in the order in which it was written: for a load beside which nobody else writes, so that no
 * number may still appear. Once it has ended; waits for a settler that runs.
 * @returns how many entries were settled
 */
export async function settleLoaded(pool: Pool): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7301, 2)');
    const { rowCount } = await client.query(
      `insert into journal.settled (position, seq, month)
       select (select coalesce(max(position), 0) from journal.settled) + row_number() over (order by e.seq), e.seq, e.month
       from journal.entry e where not exists (select from journal.settled s where s.seq = e.seq) order by e.seq`,
    );
    await client.query(
      'update journal.low_water set seq = greatest(seq, (select coalesce(max(seq), 0) from journal.settled))',
    );
    await client.query('commit');
    return rowCount ?? 0;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
