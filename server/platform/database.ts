import pg from 'pg';

// Counts and positions fit a double for any group on earth; strings for them cost every caller a conversion.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const anyTimestamp = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);
const inUtc = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00$/;
/**
 * A page of requests has hundreds of times, and the language's own reader takes a tenth of the general one's time. Other
 * zones, infinity and years before Christ go the general way.
 */
export const readTimestamp = (text: string): unknown =>
  inUtc.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : anyTimestamp(text);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, readTimestamp);

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

/**
 * A pool of connections.
 * @param role when given, every connection takes this role at once (for a database whose one login owns it all)
 * @param lazy commits do not wait for the disk: the last second may be lost with the machine, in the order of writing
 */
export function openPool(
  url: string,
  options: { max?: number; role?: string; name?: string; lazy?: boolean } = {},
): Pool {
  const settings = [
    ...(options.role ? [`-c role=${options.role}`] : []),
    ...(options.lazy ? ['-c synchronous_commit=off'] : []),
  ];
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 8,
    application_name: options.name ?? 'lastmetre',
    options: settings.join(' ') || undefined,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  });
  // An idle connection that dies (database restart) must not take the program with it; the pool opens another.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Waits until the database answers. @throws after `seconds` with the last error. */
export async function waitForDatabase(pool: Pool, seconds = 30): Promise<void> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
