import { uuidv7 } from 'uuidv7';
import type { WarmthMeasure } from '../../../contract/watch.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { type Course, campaignStarts, readCourses } from './courses.ts';
import { runsOf } from './drifting.ts';
import { equityOf, weeksTogether } from './equity.ts';
import {
  alarms,
  type DriftRecord,
  lockReckoning,
  type NewDrift,
  type NewGap,
  type NewWeekly,
  replaceAll,
} from './queries.ts';
import { warmthOf } from './warmth.ts';
import { lastWhole, weekOf } from './weeks.ts';

/** Of the formulas; stands beside the figures, so that nobody compares what was reckoned differently. */
export const definition = 1;

export interface Reckoned {
  weekly: NewWeekly[];
  drifts: NewDrift[];
  gaps: NewGap[];
}

/** A line at a place, as a key; without a line all of them. */
const keyOf = (nodeId: number, lineId: number | null): string => `${nodeId}/${lineId ?? ''}`;
const placeOf = (key: string): { node_id: number; line_id: number | null } => {
  const [node, line] = key.split('/');
  return { node_id: Number(node), line_id: line ? Number(line) : null };
};

type Weeks = Map<number, Course[]>;

/** Everything as it stood at `asOf`; writes nothing. */
export async function reckon(tx: Tx, dir: Directory, asOf: Date): Promise<Reckoned> {
  const places = new Map<string, Weeks>();
  const wholes = new Map<number, number>();
  const put = (key: string, week: number, course: Course): void => {
    const weeks: Weeks = places.get(key) ?? new Map();
    places.set(key, weeks);
    const courses = weeks.get(week) ?? [];
    weeks.set(week, courses);
    courses.push(course);
  };
  for (const [unitId, start] of await campaignStarts(tx, dir, asOf)) {
    const whole = lastWhole(start, asOf);
    wholes.set(unitId, whole);
    wholes.set(dir.groupNode.id, Math.max(whole, wholes.get(dir.groupNode.id) ?? 0));
    for (const course of await readCourses(tx, dir, unitId, start, asOf, asOf)) {
      const week = weekOf(start, course.row.submitted_at);
      for (const nodeId of [unitId, dir.groupNode.id]) {
        put(keyOf(nodeId, null), week, course);
        if (course.row.line_id !== null) put(keyOf(nodeId, course.row.line_id), week, course);
      }
    }
  }
  const weekly: NewWeekly[] = [];
  const drifts: NewDrift[] = [];
  const gaps: NewGap[] = [];
  for (const [key, weeks] of places) {
    const place = placeOf(key);
    const { figures, drifts: found } = warmthOf(weeks, wholes.get(place.node_id) ?? 0);
    weekly.push(...figures.map((figure) => ({ ...place, ...figure })));
    drifts.push(
      ...found.map(({ baseN, baseValue, byFifth, ...drift }) => ({
        ...place,
        ...drift,
        base_n: baseN,
        base_value: baseValue,
        by_fifth: byFifth,
      })),
    );
  }
  for (const [nodeId, whole] of wholes) {
    const weeks = places.get(keyOf(nodeId, null));
    for (let week = 1; weeks && week <= whole; week++) {
      const four = Array.from({ length: weeksTogether }, (_, i) => weeks.get(week - i) ?? []).flat();
      gaps.push(...equityOf(four, dir, asOf).map((figure) => ({ node_id: nodeId, week, ...figure })));
    }
  }
  return { weekly, drifts, gaps };
}

/** Reckons all anew and puts it in the place of what stood there. */
export async function reckonAll({ tx, now }: Context): Promise<Reckoned> {
  await lockReckoning(tx, []);
  const dir = await directory(tx);
  const reckoned = await reckon(tx, dir, now);
  await replaceAll(tx, now, definition, reckoned);
  await append(tx, {
    at: now,
    actorId: null,
    role: 'system',
    action: 'watch.reckoned',
    recordKind: 'watch',
    recordId: uuidv7(),
    class: 'audit',
    figures: {
      definition,
      figures: reckoned.weekly.length + reckoned.gaps.length,
      alarms: reckoned.drifts.filter((one) => one.by_fifth || one.outside).length,
    },
  });
  return reckoned;
}

const kindOf = (measure: WarmthMeasure) =>
  measure.startsWith('contact')
    ? ('watch.contact' as const)
    : measure.startsWith('handling')
      ? ('watch.handling' as const)
      : measure === 'attitude'
        ? ('watch.attitude' as const)
        : ('watch.followup' as const);

/** Alarms of one place, line and measure, in runs of weeks. */
export function alarmRuns(rows: readonly DriftRecord[]): { rows: DriftRecord[]; from: number; to: number }[] {
  const groups = new Map<string, DriftRecord[]>();
  for (const row of rows) {
    const key = `${keyOf(row.node_id, row.line_id)}/${row.measure}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) =>
    runsOf(group.map(({ week }) => week)).map((run) => ({
      ...run,
      rows: group.filter(({ week }) => week >= run.from && week <= run.to),
    })),
  );
}

/**
 * Each night: reckoned, and who answers for a place is told of an alarm once, when it begins. Grey ones, and those of one
 * line within one unit, stand on the page only.
 */
export async function reckonNightly(context: Context): Promise<void> {
  const { tx, now } = context;
  await reckonAll(context);
  const dir = await directory(tx);
  const starts = await campaignStarts(tx, dir, now);
  const whole = (nodeId: number): number =>
    Math.max(
      0,
      ...[...starts]
        .filter(([unit]) => nodeId === unit || nodeId === dir.groupNode.id)
        .map(([, start]) => lastWhole(start, now)),
    );
  for (const { rows, from, to } of alarmRuns(await alarms(tx))) {
    const last = rows.at(-1)!;
    const { node_id: nodeId, line_id: lineId, measure } = last;
    const ofUnit = nodeId !== dir.groupNode.id;
    if (to < whole(nodeId) || last.grey || (ofUnit && lineId !== null)) continue;
    const node = dir.nodes.get(nodeId);
    const kind = kindOf(measure as WarmthMeasure);
    const begun = [...starts].find(([unit]) => !ofUnit || unit === nodeId)![1].getTime();
    const telling = {
      kind,
      about: {
        kind: 'watch' as const,
        id: `${nodeId}/${lineId ?? ''}/${kind}`,
        label: lineId === null ? (node?.code ?? '') : (dir.lines.get(lineId)?.code ?? ''),
        route: `/watch?${new URLSearchParams({ node: String(nodeId), ...(lineId === null ? {} : { line: String(lineId) }) })}`,
      },
      values: { week: to },
      // What may well be chance is worth knowing and no call to act.
      level: rows.some((row) => row.outside) ? ('important' as const) : ('info' as const),
    };
    const once = `watch/${telling.about.id}/${begun}/${from}`;
    await tell(context, { ...telling, to: { permission: 'watch.read', nodeId, lineId }, once });
    if (ofUnit) await tell(context, { ...telling, to: { role: 'dispatcher_lead' }, once: `${once}/lead` });
  }
}
