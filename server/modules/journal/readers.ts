import type { Pool } from '../../platform/database.ts';
import { inTransaction, type Tx } from '../../platform/transaction.ts';
import { cursorOf, type EntryRow, entriesToRead, makeCursor, moveCursor } from './queries.ts';

/** A reader of the journal with a durable cursor, and the record classes it may take. */
export interface Reader {
  name: string;
  classes: readonly string[];
  /** What it is there for; every action where it names none. */
  actions?: readonly string[];
  take(tx: Tx, entries: EntryRow[]): Promise<void>;
  /** Whether to stop after this batch; the rest is taken when it is called again. */
  pauses?(): boolean;
}

const cursorsMade = new WeakMap<Pool, Set<string>>();

/** Positions a batch covers; more where a reader takes few of them. */
const batch = { all: 2000, some: 6000 };

/**
 * Brings one reader up to date, batch by batch, each in its own transaction with its cursor: taken exactly once, also
 * when several programs try. @returns the position reached
 */
export async function catchUp(pool: Pool, reader: Reader): Promise<number> {
  const made = cursorsMade.get(pool) ?? new Set<string>();
  cursorsMade.set(pool, made);
  for (;;) {
    const { position, more } = await inTransaction(pool, async (tx) => {
      // Once a program: an insert waits for whoever is moving the cursor, and the look behind it does not.
      if (!made.has(reader.name)) await makeCursor(tx, [reader.name]);
      const cursor = (await cursorOf(tx, [reader.name]))[0];
      // Somebody else is at it.
      if (!cursor) return { position: -1, more: false };
      if (cursor.newest <= cursor.position) return { position: cursor.position, more: false };
      const upTo = Math.min(cursor.newest, cursor.position + (reader.actions ? batch.some : batch.all));
      const entries = await entriesToRead(tx, [cursor.position, upTo, reader.classes, reader.actions ?? null]);
      if (entries.length > 0) await reader.take(tx, entries);
      await moveCursor(tx, [reader.name, upTo]);
      return { position: upTo, more: upTo < cursor.newest };
    });
    made.add(reader.name);
    if (!more || reader.pauses?.()) return position;
  }
}
