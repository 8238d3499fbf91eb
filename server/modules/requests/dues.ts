import type { Tx } from '../../platform/transaction.ts';
import {
  type Calendar,
  type Circumstance,
  calendarFor,
  type Level,
  levelAt,
  type Priority,
  stepsOf,
  type Timetable,
  timetable,
} from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { stageAt } from '../stages/index.ts';
import { type Dues, duesOf } from './clocks.ts';
import type { RequestRecord } from './queries.ts';
import { serviceLevel } from './serviceLevels.ts';

export interface Reckoned {
  stageCode: string | null;
  level: Level;
  calendar: Calendar;
  dues: Dues;
  /** When the first warning of the triage clock is due; null where nobody is warned. */
  warnAt: Date | null;
}

/** What held at a moment: level, calendar and the dues they make. */
export function reckon(
  table: Timetable,
  dir: Directory,
  one: Circumstance,
  at: Date,
  level: Level = levelAt(table, dir.sla, one.priority, at),
): Reckoned {
  const calendar = calendarFor(table, dir.group.timezone, one, at);
  const dues = duesOf(at, level, calendar);
  const first = stepsOf(table, one.priority, 'triage', at)[0];
  return {
    stageCode: one.stage?.code ?? null,
    level,
    calendar,
    dues,
    warnAt: first ? new Date(dues.triage.getTime() + first.afterMinutes * 60_000) : null,
  };
}

/**
 * As `reckon`, for something asked at this node of the organisation (site, unit or group); of a category, with the level that
 * the dispatch catalogue sets for it there.
 */
export async function reckonAt(
  tx: Tx,
  dir: Directory,
  nodeId: number,
  priority: Priority,
  at: Date,
  categoryId?: number,
): Promise<Reckoned> {
  const stage = await stageAt(tx, dir.ancestors(nodeId), at);
  const table = await timetable(tx);
  const usual = levelAt(table, dir.sla, priority, at);
  const level =
    categoryId === undefined ? usual : await serviceLevel(tx, dir, { categoryId, nodeId, priority, at }, usual);
  return reckon(table, dir, { priority, stage, unitId: dir.unitOf(nodeId) }, at, level);
}

/**
 * Dues of what begins anew at this moment: a need that came back, or work another line is asked for. By the level and the
 * calendar of this moment, at the priority it has now; the original due of the request is another matter and stays.
 */
export const duesAnew = async (
  tx: Tx,
  dir: Directory,
  r: Pick<RequestRecord, 'site_id' | 'unit_id' | 'category_id'>,
  priority: string,
  at: Date,
): Promise<Dues> =>
  (await reckonAt(tx, dir, r.site_id ?? r.unit_id ?? dir.groupNode.id, priority as Priority, at, r.category_id)).dues;
