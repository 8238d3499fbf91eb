import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { linesOfPlansInForce } from './queries.ts';

/** A line of a plan that is to be carried out now. */
export interface MeasureLine {
  lineId: string;
  planId: string;
  planKind: 'strategy' | 'unit_plan' | 'site_set';
  stage: string;
  level: 'group' | 'unit' | 'site';
  unitId: number | null;
  siteId: number | null;
  templateCode: string | null;
  title: { zh: string; en: string };
  where: string;
  how: string;
  workLineId: number | null;
  ownerAccountId: string | null;
  phase: 'before' | 'during' | 'after';
  nature: 'political' | 'business' | 'service';
  /** `daily`, `per_shift`, `per_event`, `weekly`, `monthly`, `quarterly`, `yearly`, `once+24h`, `once+15d`… */
  frequency: string;
  evidence: 'record' | 'doc' | 'count' | 'photo' | 'sign';
  evidenceCount: number;
  red: boolean;
  inForceFrom: Date;
}

/**
 * The lines that are due at a moment: of plans in force, and of those a switch left to be renewed, which go on until their
 * successors come into force (docs/decisions/0048-nothing-stops-overnight.md). A line that a unit plan hands down
 * to its sites is due in the sites' sets, not in the unit plan.
 * @param of plans, sites or units; `all` is everywhere
 */
export async function linesInForce(
  tx: Tx,
  of: { planIds?: string[]; siteIds?: number[]; unitIds?: number[] } | 'all',
  at: Date,
): Promise<MeasureLine[]> {
  const rows = await linesOfPlansInForce(tx, of === 'all' ? {} : of, at);
  return rows.map((row) => ({
    lineId: row.id,
    planId: row.plan_id,
    planKind: row.kind as MeasureLine['planKind'],
    stage: row.stage_code,
    level: row.level as MeasureLine['level'],
    unitId: row.unit_id,
    siteId: row.site_id,
    templateCode: row.template_code,
    title: { zh: row.zh, en: row.en },
    where: row.place,
    how: row.how,
    workLineId: row.work_line_id,
    ownerAccountId: row.owner_id,
    phase: row.phase as MeasureLine['phase'],
    nature: row.nature as MeasureLine['nature'],
    frequency: row.frequency,
    evidence: row.evidence as MeasureLine['evidence'],
    evidenceCount: row.evidence_count,
    red: row.red,
    inForceFrom: row.in_force_from!,
  }));
}

/** Whoever turns lines into work on the ground: told in the transaction in which a plan begins or ends. */
export interface MeasureWork {
  began(context: Context, planIds: string[]): Promise<void>;
  ended(context: Context, planIds: string[]): Promise<void>;
}

let work: MeasureWork | null = null;
export function provideMeasureWork(provided: MeasureWork): void {
  work = provided;
}
export const measureWork = (): MeasureWork | null => work;
