import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { loadOfLines } from '../requests/index.ts';
import { postsNow } from './held.ts';
import { allLimits, type LimitRecord } from './queries.ts';
import type { Post } from './suggesting.ts';

/** What a line may have in hand where nobody has set it: cases for each of its people, and cases past due. */
export const usualLimit = { mostPerHandler: 12, mostOverdue: 10 };

/** How much lies with a line at one place, and what is too much for it. */
export interface Load extends Post {
  open: number;
  overdue: number;
  handlers: number;
  mostPerHandler: number;
  mostOverdue: number;
  overloaded: boolean;
  backupLineId: number | null;
}

/** More cases for each of its people than the lead allows, or more past due. A post without people is measured as one. Pure. */
export const isOverloaded = (load: Omit<Load, 'overloaded'>): boolean =>
  load.open > load.mostPerHandler * Math.max(1, load.handlers) || load.overdue > load.mostOverdue;

// Counted once in half a minute, however many threads and forms ask, and by one of them for all who ask meanwhile.
const keptMs = 30_000;
type Counted = { limits: LimitRecord[]; rows: Awaited<ReturnType<typeof loadOfLines>> };
let counted: { at: number; found: Promise<Counted> } | null = null;

/** After an act that moves work between lines, or a new limit. */
export function forgetLoad(): void {
  counted = null;
}

const counting = async (tx: Tx, now: Date): Promise<Counted> => ({
  limits: await allLimits(tx, []),
  rows: await loadOfLines(tx, now),
});

async function count(tx: Tx, now: Date): Promise<Counted> {
  if (counted && Date.now() - counted.at <= keptMs) {
    const byAnother = counted;
    // Their transaction may have failed for a reason that is none of ours.
    return byAnother.found.catch(() => {
      if (counted === byAnother) counted = null;
      return count(tx, now);
    });
  }
  const found = counting(tx, now);
  const mine = { at: Date.now(), found };
  counted = mine;
  try {
    return await found;
  } catch (error) {
    if (counted === mine) counted = null;
    throw error;
  }
}

/**
 * Every post that has something in hand, the most loaded first; half a minute old at most, for whoever wonders where to send
 * a case or whether to help.
 */
export const lineLoads = async (tx: Tx, dir: Directory, now: Date): Promise<Load[]> =>
  loadsOf(tx, dir, await count(tx, now));

/** The same as it stands at this moment, for whoever opens a figure to its cases. */
export const lineLoadsNow = async (tx: Tx, dir: Directory, now: Date): Promise<Load[]> =>
  loadsOf(tx, dir, await counting(tx, now));

async function loadsOf(tx: Tx, dir: Directory, { limits: set, rows }: Counted): Promise<Load[]> {
  const posts = await postsNow(tx);
  const limits = new Map(set.map((row) => [row.line_id, row]));
  return rows
    .map((row) => {
      const limit = limits.get(row.lineId);
      const load = {
        ...row,
        handlers: posts.handlers(row.lineId, row.unitId),
        mostPerHandler: limit?.most_per_handler ?? usualLimit.mostPerHandler,
        mostOverdue: limit?.most_overdue ?? usualLimit.mostOverdue,
        backupLineId: limit ? limit.backup_line_id : (dir.lines.get(row.lineId)?.backupId ?? null),
      };
      return { ...load, overloaded: isOverloaded(load) };
    })
    .sort((a, b) => b.open / Math.max(1, b.handlers) - a.open / Math.max(1, a.handlers));
}
