import type { Tx } from '../../platform/transaction.ts';
import { allPeriods, type HeldPeriod, periodsInForce } from './queries.ts';

export interface StageNow {
  code: string;
  zh: string;
  en: string;
  since: string;
  /** Day of the stage, the first being 1. */
  day: number;
  /** Normal clocks run in working time (rules 4). */
  workingTime: boolean;
}

/**
 * The stage in force at a place: the nearest node with a stage of its own decides.
 * @param lineage the node and everything above it, nearest first
 */
export async function stageInForce(tx: Tx, lineage: number[], at: Date): Promise<StageNow | null> {
  return (await stagesInForce(tx, [lineage], at))[0]!;
}

/** As `stageInForce`, of many places in one reading. */
export async function stagesInForce(tx: Tx, lineages: readonly number[][], at: Date): Promise<(StageNow | null)[]> {
  const nodeIds = [...new Set(lineages.flat())];
  const rows = nodeIds.length === 0 ? [] : await periodsInForce(tx, nodeIds, at);
  return lineages.map((lineage) => {
    for (const nodeId of lineage) {
      const row = rows.find((period) => period.node_id === nodeId);
      if (row)
        return {
          code: row.code,
          zh: row.zh,
          en: row.en,
          since: row.from_at.toISOString(),
          day: Math.floor((at.getTime() - row.from_at.getTime()) / 86_400_000) + 1,
          workingTime: row.working_time,
        };
    }
    return null;
  });
}

/**
 * When a stage last began at a place, at or before `at`: as the nearest node with a period of that stage says.
 * @param lineage the node and everything above it, nearest first
 */
export async function lastBegan(tx: Tx, lineage: number[], stage: string, at: Date): Promise<Date | null> {
  const periods = (await allPeriods(tx)).filter((one) => one.code === stage && one.from_at <= at);
  for (const nodeId of lineage) {
    const last = periods.filter((one) => one.node_id === nodeId).at(-1);
    if (last) return last.from_at;
  }
  return null;
}

let timeline: { at: number; rows: HeldPeriod[] } | null = null;

/** As `stageInForce`, from the time line held in memory for a second: every create asks it, and a switch is felt at once. */
export async function stageAt(
  tx: Tx,
  lineage: number[],
  at: Date,
): Promise<{ code: string; workingTime: boolean } | null> {
  if (!timeline || Date.now() - timeline.at > 1_000) timeline = { at: Date.now(), rows: await allPeriods(tx) };
  for (const nodeId of lineage) {
    const row = timeline.rows.find(
      (period) => period.node_id === nodeId && period.from_at <= at && (period.to_at === null || period.to_at > at),
    );
    if (row) return { code: row.code, workingTime: row.working_time };
  }
  return null;
}

/** Called where the time line was changed; other programs notice within a second. */
export function forgetTimeline(): void {
  timeline = null;
}
