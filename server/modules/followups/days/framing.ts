import type { Tx } from '../../../platform/transaction.ts';
import type { EntryRow, Reader } from '../../journal/index.ts';
import { directory } from '../../organization/index.ts';
import { dayAfter, dayIn } from './calendar.ts';
import { firstDay, lastClosed, putInFrame } from './queries.ts';

/**
 * Every request that is handled or withdrawn enters the frame of its day (rules 9), straight from the journal: nobody's
 * command decides it, and whoever verifies reads the same entries. What settles after its day was closed enters the next;
 * what was handled before the first day began has no frame and is called for certain.
 */
async function frameExits(tx: Tx, entries: EntryRow[]): Promise<void> {
  const exits = entries.filter(
    (entry) => entry.record_kind === 'request' && (entry.state_to === 'handled' || entry.state_to === 'withdrawn'),
  );
  if (exits.length === 0) return;
  const first = (await firstDay(tx))?.day;
  if (first === undefined) return;
  const closed = (await lastClosed(tx))?.day;
  const next = closed === undefined ? first : dayAfter(closed);
  const dayOf = dayIn((await directory(tx)).group.timezone);
  const lines = new Map<string, { day: string; entry: EntryRow }>();
  for (const entry of exits) {
    const own = dayOf(entry.at);
    if (own < first) continue;
    const day = [own, next].sort().at(-1)!;
    lines.set(`${day} ${entry.record_id}`, { day, entry });
  }
  const all = [...lines.values()];
  await putInFrame(tx, [
    all.map(({ day }) => day),
    all.map(({ entry }) => entry.record_id),
    all.map(({ entry }) => entry.at),
    all.map(({ entry }) => entry.state_to),
    all.map(({ entry }) => entry.unit_id),
    all.map(({ entry }) => entry.site_id),
  ]);
}

/** Reads the journal behind the commands; caught up once more before a day is closed. */
export const frameReader: Reader = {
  name: 'followups.frame',
  classes: ['normal', 'personal', 'health'],
  take: frameExits,
};
