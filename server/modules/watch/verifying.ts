import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { movedSince, requestsByIds } from '../requests/index.ts';
import { campaignStarts } from './courses.ts';
import { allDrifts, allGaps, allWeekly, lastReckoning } from './queries.ts';
import { definition, reckon } from './reckoning.ts';
import { weekOf } from './weeks.ts';

/** What came of reckoning the stored figures once more from the records as they stand. */
export interface WatchCheck {
  /** When they were reckoned; null = never. */
  at: Date | null;
  figures: number;
  /** Figures that differ because a need they count has moved on since. */
  moved: number;
  /** Stored figures that the records do not give, as `table place/line/week/measure`, of a gap its pair for the line. */
  differences: string[];
}

interface Row {
  node_id: number;
  line_id?: number | null;
  week: number;
  measure: string;
  pair?: string;
}
const nameOf = (table: string, row: Row): string =>
  `${table} ${[row.node_id, row.pair ?? row.line_id ?? 'all', row.week, row.measure].join('/')}`;

/** Figures survive the way into the database and back to fifteen digits; twelve are compared. */
const text = (row: object): string =>
  JSON.stringify(
    Object.entries(row)
      .map(([name, value]) => [name, typeof value === 'number' ? Number(value.toPrecision(12)) : (value ?? null)])
      .sort(),
  );

/** Places and weeks, as `node/week`, of the needs in whose thread anything has come since. */
async function weeksMoved(tx: Tx, dir: Directory, at: Date): Promise<Set<string>> {
  const starts = await campaignStarts(tx, dir, at);
  const ids = (await movedSince(tx, [at])).map((row) => row.request_id);
  const weeks = new Set<string>();
  for (const r of await requestsByIds(tx, ids)) {
    const start = r.unit_id === null ? undefined : starts.get(r.unit_id);
    if (!start) continue;
    const week = weekOf(start, r.submitted_at);
    weeks.add(`${r.unit_id}/${week}`).add(`${dir.groupNode.id}/${week}`);
  }
  return weeks;
}

/** Rebuilds everything as of the moment it was reckoned and compares; writes nothing. */
export async function checkWatch(tx: Tx): Promise<WatchCheck> {
  const last = await lastReckoning(tx);
  const check: WatchCheck = { at: last?.at ?? null, figures: 0, moved: 0, differences: [] };
  // By other formulas nothing can be compared; the night brings these.
  if (!last || last.definition !== definition) return check;
  const dir = await directory(tx);
  const fresh = await reckon(tx, dir, last.at);
  const moved = await weeksMoved(tx, dir, last.at);
  const compare = (table: string, stored: Row[], rebuilt: Row[], weeksOf: (week: number) => number[]): void => {
    const before = new Map(stored.map((row) => [nameOf(table, row), row]));
    const now = new Map(rebuilt.map((row) => [nameOf(table, row), row]));
    for (const [name, row] of new Map([...before, ...now])) {
      check.figures++;
      const [kept, again] = [before.get(name), now.get(name)];
      if (kept && again && text(kept) === text(again)) continue;
      if (weeksOf(row.week).some((week) => moved.has(`${row.node_id}/${week}`))) check.moved++;
      else check.differences.push(name);
    }
  };
  compare('weekly', await allWeekly(tx), fresh.weekly as Row[], (week) => [week]);
  compare('drift', await allDrifts(tx), fresh.drifts as Row[], (week) => [1, 2, week - 1, week]);
  compare('gap', await allGaps(tx), fresh.gaps as Row[], (week) => [week - 3, week - 2, week - 1, week]);
  return check;
}
