import {
  watchEndpoints as api,
  type EquityMeasure,
  type GapRow,
  type WarmthAlarm,
  type WarmthMeasure,
  type WarmthWeek,
  warmthMeasures,
} from '../../../contract/watch.ts';
import { forbidden } from '../../platform/errors.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { hidesSite } from '../requests/index.ts';
import { type Course, campaignStarts, readCourses } from './courses.ts';
import { isCounted, isGood, sideOf, weeksTogether } from './equity.ts';
import {
  alarms,
  type DriftRecord,
  driftsAt,
  type GapRecord,
  gapsAt,
  lastReckoning,
  type WeeklyRecord,
  weeklyAt,
} from './queries.ts';
import { firstPlace, mayLookAt, reachOf } from './reach.ts';
import { alarmRuns } from './reckoning.ts';
import { recordsOf, type Told, toldTime } from './records.ts';
import { countsIn } from './warmth.ts';
import { beginOf, lastWhole, weekOf } from './weeks.ts';

/** The starts of the units of a place; of the group, of all. */
export async function startsAt(tx: Tx, dir: Directory, nodeId: number, at: Date): Promise<[number, Date][]> {
  return [...(await campaignStarts(tx, dir, at))].filter(([unit]) => nodeId === unit || nodeId === dir.groupNode.id);
}

const weekView = (row: WeeklyRecord, drift: DriftRecord | undefined): WarmthWeek => ({
  week: row.week,
  n: row.n,
  open: row.open,
  value: row.value,
  low: row.low,
  high: row.high,
  minutes: row.minutes,
  provisional: row.provisional,
  drift: drift
    ? {
        baseN: drift.base_n,
        baseValue: drift.base_value,
        n: drift.n,
        value: drift.value,
        byFifth: drift.by_fifth,
        held: drift.held,
        bound: drift.bound,
        outside: drift.outside,
        grey: drift.grey,
      }
    : null,
});

const isWorse = (measure: string, a: DriftRecord, b: DriftRecord): boolean =>
  measure === 'attitude' || measure === 'followup' ? a.value < b.value : a.value > b.value;

function alarmViews(rows: readonly DriftRecord[], whole: (nodeId: number) => number): WarmthAlarm[] {
  return alarmRuns(rows)
    .map(({ rows, from, to }): WarmthAlarm => {
      const worst = rows.reduce((worst, row) => (isWorse(row.measure, row, worst) ? row : worst));
      return {
        nodeId: worst.node_id,
        lineId: worst.line_id,
        measure: worst.measure as WarmthMeasure,
        fromWeek: from,
        toWeek: to,
        standing: to >= whole(worst.node_id),
        byFifth: rows.some((row) => row.by_fifth),
        outside: rows.some((row) => row.outside),
        grey: rows.every((row) => row.grey),
        baseValue: worst.base_value,
        value: worst.value,
      };
    })
    .sort((a, b) => Number(b.standing) - Number(a.standing) || Number(a.grey) - Number(b.grey) || b.toWeek - a.toWeek);
}

function toldOf(measure: WarmthMeasure, course: Course): Told {
  if (measure === 'attitude') return { course, value: course.attitude, open: false, mark: true };
  if (measure === 'followup') return { course, value: course.reached > 0 ? 100 : 0, open: false, mark: true };
  return toldTime(course, measure.startsWith('contact') ? course.contact : course.handling);
}

const gapView = (row: GapRecord): GapRow => ({
  week: row.week,
  pair: row.pair as GapRow['pair'],
  measure: row.measure as GapRow['measure'],
  firstN: row.first_n,
  otherN: row.other_n,
  firstValue: row.first_value,
  otherValue: row.other_value,
  gap: row.gap,
  low: row.low,
  high: row.high,
  like: row.like_gap === null ? null : { gap: row.like_gap, low: row.like_low!, high: row.like_high! },
});

function toldOfSide(measure: EquityMeasure, course: Course, asOf: Date): Told {
  if (measure === 'attitude') return { course, value: course.attitude, open: false, mark: true };
  if (measure === 'time') return toldTime(course, course.contact);
  return { course, value: isGood(measure, course, asOf) ? 100 : 0, open: false, mark: false };
}

export function mountWatch(desk: Desk): void {
  serve(desk, api.warmth, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const first = firstPlace(actor, dir);
    const nodeId = input.nodeId ?? first?.nodeId ?? null;
    const lineId = input.lineId ?? (input.nodeId === undefined ? (first?.lineId ?? null) : null);
    const reckoning = await lastReckoning(tx);
    const reach = reachOf(actor);
    if (nodeId === null) return { asOf: null, nodeId, lineId, campaign: null, series: [], alarms: [], reach };
    if (!mayLookAt(actor, dir, nodeId, lineId)) throw forbidden();
    const starts = await startsAt(tx, dir, nodeId, now);
    const start = starts.map(([, at]) => at).sort((a, b) => a.getTime() - b.getTime())[0];
    const all = await campaignStarts(tx, dir, now);
    const whole = (node: number): number =>
      Math.max(
        0,
        ...[...all]
          .filter(([unit]) => node === unit || node === dir.groupNode.id)
          .map(([, at]) => lastWhole(at, reckoning?.at ?? now)),
      );
    const drifts = new Map((await driftsAt(tx, nodeId, lineId)).map((row) => [`${row.measure}/${row.week}`, row]));
    const weekly = await weeklyAt(tx, nodeId, lineId);
    const seen = (await alarms(tx)).filter(
      (row) =>
        mayLookAt(actor, dir, row.node_id, row.line_id) &&
        (row.line_id === null || row.node_id === dir.groupNode.id || row.node_id === nodeId),
    );
    return {
      asOf: reckoning?.at.toISOString() ?? null,
      nodeId,
      lineId,
      campaign: start ? { start: start.toISOString(), week: weekOf(start, now) } : null,
      series: warmthMeasures.map((measure) => ({
        measure,
        weeks: weekly
          .filter((row) => row.measure === measure)
          .map((row) => weekView(row, drifts.get(`${measure}/${row.week}`))),
      })),
      alarms: alarmViews(seen, whole),
      reach,
    };
  });

  serve(desk, api.warmthRecords, async ({ tx, actor, now }, { nodeId, lineId, week, measure }) => {
    const dir = await directory(tx);
    if (!mayLookAt(actor, dir, nodeId, lineId ?? null)) throw forbidden();
    const asOf = (await lastReckoning(tx))?.at ?? now;
    const courses: Course[] = [];
    for (const [unitId, start] of await startsAt(tx, dir, nodeId, asOf)) {
      const [from, to] = [beginOf(start, week), beginOf(start, week + 1)];
      courses.push(...(await readCourses(tx, dir, unitId, from, new Date(Math.min(Number(to), Number(asOf))), asOf)));
    }
    const counted = courses.filter(
      (course) => (lineId === undefined || course.row.line_id === lineId) && countsIn(measure, course),
    );
    return recordsOf(
      tx,
      dir,
      actor,
      counted.map((course) => toldOf(measure, course)),
      () => true,
    );
  });

  serve(desk, api.equity, async ({ tx, actor, now }, input) => {
    const dir = await directory(tx);
    const reach = reachOf(actor);
    const first = firstPlace(actor, dir);
    // Gaps are of all lines together: whoever is bound to one has none to look at.
    const nodeId = input.nodeId ?? (first?.lineId === null ? first.nodeId : null);
    const reckoning = await lastReckoning(tx);
    const asOf = reckoning?.at.toISOString() ?? null;
    if (nodeId === null) return { asOf, nodeId, campaign: null, gaps: [], reach };
    if (!mayLookAt(actor, dir, nodeId, null)) throw forbidden();
    const start = (await startsAt(tx, dir, nodeId, now)).map(([, at]) => at.getTime()).sort((a, b) => a - b)[0];
    return {
      asOf,
      nodeId,
      campaign:
        start === undefined ? null : { start: new Date(start).toISOString(), week: weekOf(new Date(start), now) },
      gaps: (await gapsAt(tx, nodeId)).map(gapView),
      reach,
    };
  });

  serve(desk, api.equityRecords, async ({ tx, actor, now }, { nodeId, week, pair, side, measure }) => {
    const dir = await directory(tx);
    if (!mayLookAt(actor, dir, nodeId, null)) throw forbidden();
    const asOf = (await lastReckoning(tx))?.at ?? now;
    const courses: Course[] = [];
    for (const [unitId, start] of await startsAt(tx, dir, nodeId, asOf)) {
      const from = beginOf(start, Math.max(1, week - weeksTogether + 1));
      const to = new Date(Math.min(Number(beginOf(start, week + 1)), Number(asOf)));
      courses.push(...(await readCourses(tx, dir, unitId, from, to, asOf)));
    }
    const counted = courses.filter((course) => isCounted(measure, course, asOf) && sideOf(pair, course, dir) === side);
    return recordsOf(
      tx,
      dir,
      actor,
      counted.map((course) => toldOfSide(measure, course, asOf)),
      // The title of the list tells the hour, the size of the site, or how somebody is employed.
      (sight, r) =>
        pair === 'employment'
          ? sight.identity || r.confidentiality === 'open'
          : sight.exactTime && (pair !== 'site' || !hidesSite(dir, sight, r.site_id)),
    );
  });
}
