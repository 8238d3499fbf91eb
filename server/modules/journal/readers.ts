import type { Pool } from '../../platform/database.ts';
import { inTransaction, type Tx } from '../../platform/transaction.ts';
import { cursorOf, type EntryRow, entriesBetween, makeCursor, moveCursor } from './queries.ts';

/** A reader of the journal with a durable cursor, and the record classes it may take. */
export interface Reader {
  name: string;
  classes: readonly string[];
  take(tx: Tx, entries: EntryRow[]): Promise<void>;
  /** Whether to stop after this batch; the rest is taken when it is called again. */
  pauses?(): boolean;
}

/**
 * Brings one reader up to date, batch by batch, each in its own transaction with its cursor: taken exactly once, also
 * when several programs try. @returns the position reached
 */
export async function catchUp(pool: Pool, reader: Reader): Promise<number> {
  for (;;) {
    const { taken, position } = await inTransaction(pool, async (tx) => {
      await makeCursor(tx, [reader.name]);
      const cursor = (await cursorOf(tx, [reader.name]))[0];
      // Somebody else is at it.
      if (!cursor) return { taken: 0, position: -1 };
      const entries = await entriesBetween(tx, [cursor.position, cursor.position + 2000]);
      if (entries.length === 0) return { taken: 0, position: cursor.position };
      await reader.take(
        tx,
        entries.filter((entry) => reader.classes.includes(entry.class)),
      );
      const last = entries.at(-1)!.position;
      await moveCursor(tx, [reader.name, last]);
      return { taken: entries.length, position: last };
    });
    if (taken === 0 || reader.pauses?.()) return position;
  }
}
