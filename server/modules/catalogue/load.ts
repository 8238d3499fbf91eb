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

// Counted once in some seconds, however many threads and forms ask.
const keptMs = 5_000;
let counted: { at: number; limits: LimitRecord[]; rows: Awaited<ReturnType<typeof loadOfLines>> } | null = null;

/** After an act that moves work between lines, or a new limit. */
export function forgetLoad(): void {
  counted = null;
}

/** Every post that has something in hand, the most loaded first. */
export async function lineLoads(tx: Tx, dir: Directory, now: Date): Promise<Load[]> {
  if (!counted || Date.now() - counted.at > keptMs)
    counted = { at: Date.now(), limits: await allLimits(tx, []), rows: await loadOfLines(tx, [now]) };
  const posts = await postsNow(tx);
  const limits = new Map(counted.limits.map((row) => [row.line_id, row]));
  return counted.rows
    .map((row) => {
      const set = limits.get(row.lineId);
      const load = {
        ...row,
        handlers: posts.handlers(row.lineId, row.unitId),
        mostPerHandler: set?.most_per_handler ?? usualLimit.mostPerHandler,
        mostOverdue: set?.most_overdue ?? usualLimit.mostOverdue,
        backupLineId: set ? set.backup_line_id : (dir.lines.get(row.lineId)?.backupId ?? null),
      };
      return { ...load, overloaded: isOverloaded(load) };
    })
    .sort((a, b) => b.open / Math.max(1, b.handlers) - a.open / Math.max(1, a.handlers));
}
