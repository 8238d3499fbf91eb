import type { Desk } from '../../platform/serve.ts';
import { inStatement, type Tx } from '../../platform/transaction.ts';
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

type Counted = { limits: LimitRecord[]; rows: Awaited<ReturnType<typeof loadOfLines>> };

const count = async (tx: Tx, now: Date): Promise<Counted> => ({
  limits: await allLimits(tx, []),
  rows: await loadOfLines(tx, [now]),
});

// Counting reads every open case. So nobody who dispatches waits for it: figures older than half a minute are counted anew
// behind their back, and only those older than five are waited for.
const freshMs = 30_000;
const usableMs = 5 * 60_000;
let counted: (Counted & { at: number }) | null = null;
let counting: Promise<void> | null = null;
let countBehind: () => Promise<Counted> = () => Promise.reject(new Error('No program to count for.'));

/** The program says here how to count outside of anybody's transaction. */
export function provideCounting(desk: Pick<Desk, 'pool' | 'now'>): void {
  countBehind = () => inStatement(desk.pool, (tx) => count(tx, desk.now()));
}

/** After an act that moves work between lines, or a new limit. */
export function forgetLoad(): void {
  counted = null;
}

const keep = (found: Counted): Counted => {
  counted = { ...found, at: Date.now() };
  return found;
};

/**
 * Every post that has something in hand, the most loaded first; some minutes old at most, for whoever wonders where to send
 * a case or whether to help.
 */
export async function lineLoads(tx: Tx, dir: Directory, now: Date): Promise<Load[]> {
  const age = counted ? Date.now() - counted.at : Number.POSITIVE_INFINITY;
  if (!counted || age > usableMs) return loadsOf(tx, dir, keep(await count(tx, now)));
  if (age > freshMs)
    counting ??= countBehind()
      .then(keep)
      // Whoever asks next tries again.
      .catch(() => {})
      .then(() => {
        counting = null;
      });
  return loadsOf(tx, dir, counted);
}

/** The same as it stands at this moment, for whoever opens a figure to its cases. */
export const lineLoadsNow = async (tx: Tx, dir: Directory, now: Date): Promise<Load[]> =>
  loadsOf(tx, dir, keep(await count(tx, now)));

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
