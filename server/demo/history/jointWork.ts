/** Work of several lines on one case: as `cases/parts.ts` and `cases/takeovers.ts`, on the rows in memory. */
import type { PartRecord } from '../../modules/cases/index.ts';
import { moveCase, partDues } from '../../modules/cases/index.ts';
import type { Priority } from '../../modules/clocks/index.ts';
import { dispatchesOutside, reckon } from '../../modules/requests/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { jointCategories, liveTasks } from '../jointCategories.ts';
import type { Random } from '../random.ts';
import { pick } from '../random.ts';
import { minute } from './calendar.ts';
import { chance, idAt, lognormal, streamOf, uniform } from './chance.ts';
import { addHand, isActive, patch, patchCase, trace, type Work } from './ledger.ts';
import { apart, isOpen, mirror, rows } from './parts.ts';
import type { Life } from './scheduler.ts';
import { dispatcherFor, doing, type Facing } from './telling.ts';

/** Lines that help, asked with the dispatch. */
export function beginJointWork(f: Facing): void {
  const { need, asking, t } = f;
  const { dir, cast } = t.ledger;
  const work = need.work!;
  const bottleneck = asking.key === bottleneckKey(0);
  const random = streamOf(t.scene.seed, `parts ${need.key}`);
  const live = asking.steer && !bottleneck ? liveHelp(f) : undefined;
  const known = asking.steer && !bottleneck ? live : jointCategories[asking.category.code];
  if (!known || work.needs[0] !== need) return;
  if (!bottleneck && !chance(known.share, random)) return;
  rows.set(work, random);
  const dispatcher = doing(f, dispatcherById(f) ?? dispatcherFor(f));
  const { priority, unit_id: servedId } = need.row;
  const stage = t.ledger.calendar.stageAt(dispatcher.now.getTime());
  const { contact } = reckon(
    t.ledger.calendar.table,
    dir,
    { priority: priority as Priority, stage, unitId: servedId },
    dispatcher.now,
  ).dues;
  for (const code of bottleneck ? ['L10', 'L05'] : known.lines) {
    const lineId = dir.linesByCode.get(code)!.id;
    const { lead_unit_id: leadUnit, line_id: leadLine } = work.row;
    const unitId = leadUnit !== null && cast.handlersOf(lineId, leadUnit).length > 0 ? leadUnit : null;
    if (lineId === leadLine || !dispatchesOutside(need.row, { lineId, unitId })) continue;
    const dues = partDues(dispatcher.now, contact, need.row.resolve_now);
    const part: PartRecord = {
      id: idAt(dispatcher.now.getTime(), work.parts.length, random),
      case_id: work.row.id,
      line_id: lineId,
      unit_id: unitId,
      task: known.task,
      state: 'asked',
      contact_due: dues.contact,
      due: dues.done,
      asked_by: dispatcher.actor.accountId,
      asked_by_label: dispatcher.actor.label,
      asked_at: dispatcher.now,
      accepted_at: null,
      contacted_at: null,
      done_at: null,
      released_at: null,
      handler_id: null,
      handler_label: null,
      version: 0,
    };
    work.parts.push(part);
    mirror(work);
    apart([need], random, () =>
      trace(dispatcher, [need], {
        kind: 'part_asked',
        action: 'cases.part_asked',
        side: 'staff',
        permission: 'cases.dispatch',
        audience: 'staff',
        lineId,
        text: part.task,
        data: {
          line: code,
          unit: unitId === null ? null : dir.nodes.get(unitId)!.code,
          until: part.due.toISOString(),
        },
        figures: { case: work.row.id, part: part.id, due: part.due.toISOString() },
      }),
    );
    t.scheduler.start(dispatcher.now.getTime() + lognormal(11, 0.8, random) * minute, partLife(f, work, part, random));
  }
}

/** In the last days: work that still goes on, and one of the three lines of the story that helps with it. */
function liveHelp({ need, asking, t }: Facing): { lines: string[]; share: number; task: string } | undefined {
  if (!['work', 'contact', 'decision'].includes(asking.steer!.hold) || need.row.class !== 'normal') return undefined;
  const { dir } = t.ledger;
  const line = asking.category.coLineIds
    .map((id) => dir.lines.get(id)!.code)
    .find((code) => liveTasks[code] !== undefined);
  return line === undefined ? undefined : { lines: [line], share: 0.6, task: liveTasks[line]! };
}

const dispatcherById = (f: Facing): Actor | undefined =>
  f.t.ledger.cast.byId.get(f.need.work!.assignments.at(-1)!.assigned_by ?? '');

function* partLife(f: Facing, work: Work, part: PartRecord, random: Random): Life {
  const { t } = f;
  const actor = pick(t.ledger.cast.handlersOf(part.line_id, part.unit_id), random);
  const step = (kind: 'accepted' | 'progress' | 'done', change: Partial<PartRecord>, text: string | null): boolean => {
    const touched = work.needs.filter(isActive);
    if (!isOpen(part) || touched.length === 0) return false;
    const by = doing(f, actor);
    const from = part.state;
    Object.assign(part, change, {
      accepted_at: part.accepted_at ?? by.now,
      handler_id: actor.accountId,
      handler_label: actor.label,
      version: part.version + 1,
    });
    addHand(by, work, 'co_handled', part.line_id);
    const onTime = by.now <= part.due;
    apart(touched, random, () =>
      trace(by, touched, {
        kind: `part_${kind}`,
        action: `cases.part_${kind === 'progress' ? 'progressed' : kind}`,
        side: 'staff',
        permission: 'cases.handle',
        audience: 'staff',
        lineId: part.line_id,
        text,
        from,
        to: part.state,
        ...(kind === 'done' ? { data: { onTime } } : {}),
        figures: { case: work.row.id, part: part.id, ...(kind === 'done' ? { onTime } : {}) },
      }),
    );
    return true;
  };
  if (!step('accepted', { state: 'accepted' }, null)) return;
  const left = part.due.getTime() - t.scheduler.time();
  const late = chance(0.11, random);
  const doneAt = t.scheduler.time() + left * (late ? uniform(1.02, 1.3, random) : uniform(0.06, 0.4, random));
  yield t.scheduler.time() + (doneAt - t.scheduler.time()) * uniform(0.2, 0.6, random);
  const at = new Date(t.scheduler.time());
  if (!step('progress', { state: 'in_progress', contacted_at: at }, '已和主办对上，按约定时间办。')) return;
  yield doneAt;
  step(
    'done',
    { state: 'done', done_at: new Date(t.scheduler.time()) },
    '我们这一份办完了，东西和人都已到位，主办在场确认。',
  );
}

/** Days of the peak in which the two lines of supply and living could not keep up. */
const peak = { from: 2, to: 24, lines: ['L10', 'L11'], share: 0.05 };

/**
 * In the peak the backup line takes some of what an overloaded line was given, in place of its acceptance.
 * @returns whether it did
 */
export function takesOver(f: Facing): boolean {
  const { need, asking, t } = f;
  const { dir, cast, calendar } = t.ledger;
  const work = need.work!;
  const at = t.scheduler.time();
  const d = calendar.dayOf(at);
  const code = dir.lines.get(work.row.line_id)!.code;
  if (asking.steer || d < peak.from || d > peak.to || !peak.lines.includes(code)) return false;
  const random = streamOf(t.scene.seed, `takeover ${need.key}`);
  const backup = t.scene.world.line_backups.find((one) => one.line === code)?.backup;
  if (!backup || !chance(peak.share, random)) return false;
  const lineId = dir.linesByCode.get(backup)!.id;
  const unitId = cast.handlersOf(lineId, work.row.lead_unit_id).length > 0 ? work.row.lead_unit_id : null;
  const touched = work.needs.filter(isActive);
  if (touched.some((one) => one.row.class === 'health' || !dispatchesOutside(one.row, { lineId, unitId })))
    return false;
  const actor = pick(cast.handlersOf(lineId, unitId), random);
  const by = doing(f, actor);
  const from = work.row.state;
  const state = moveCase('takeOver', from as 'dispatched');
  work.takeovers.push({
    id: idAt(at, 0, random),
    case_id: work.row.id,
    from_line_id: work.row.line_id,
    from_unit_id: work.row.lead_unit_id,
    to_line_id: lineId,
    to_unit_id: unitId,
    at: by.now,
    by: actor.accountId,
    by_label: actor.label,
    ended_at: null,
    ended: null,
  });
  Object.assign(work.assignments.at(-1)!, { ended_at: by.now, return_reason: 'taken_over' });
  work.assignments.push({
    id: idAt(at, 1, random),
    case_id: work.row.id,
    line_id: lineId,
    lead_unit_id: unitId,
    assigned_by: actor.accountId,
    at: by.now,
    ended_at: null,
    return_reason: null,
  });
  const handler = { handler_id: actor.accountId, handler_label: actor.label };
  patchCase(work, { state, line_id: lineId, lead_unit_id: unitId, accepted_at: by.now, ...handler });
  addHand(by, work, 'accepted', lineId);
  for (const one of touched) patch(one, { work: state, line_id: lineId, lead_unit_id: unitId, ...handler });
  apart(touched, random, () =>
    trace(by, touched, {
      kind: 'taken_over',
      action: 'cases.taken_over',
      side: 'staff',
      permission: 'cases.handle',
      lineId,
      from,
      to: state,
      data: { line: backup, unit: unitId === null ? null : dir.nodes.get(unitId)!.code },
      figures: { case: work.row.id, relieved: code },
    }),
  );
  return true;
}

/** ST14: six road sites without material, one case of the group, permits by joint lines within nine hours. */
export const bottleneckKey = (i: number): string => `ST14.${i}`;
export const bottleneckSites = ['U04-01', 'U04-02', 'U04-03', 'U04-04', 'U04-05', 'U04-06'] as const;
