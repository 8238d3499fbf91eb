import type { MeasureDue, MeasureEvent, MeasureMark } from '../../../contract/measures.ts';
import type { Actor } from '../../platform/actor.ts';
import { filesOf } from '../../platform/files.ts';
import type { Tx } from '../../platform/transaction.ts';
import { allows } from './lifecycle.ts';
import { answererOf, checkerOf, doerOf } from './policy.ts';
import { type DueRecord, type LineRecord, type MarkRecord, marksOf } from './queries.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const isTick = (mark: MarkRecord): boolean => mark.kind === 'done' || mark.kind === 'more';

const lineView = (line: DueRecord['line'] | LineRecord) => ({
  lineId: line.id,
  level: line.level as MeasureDue['level'],
  unitId: line.unit_id,
  siteId: line.site_id,
  stage: line.stage,
  title: { zh: line.zh, en: line.en },
  where: line.place,
  how: line.how,
  own: line.template_code === null,
  workLineId: line.work_line_id,
  frequency: line.frequency,
  phase: line.phase,
  nature: line.nature,
  evidence: line.evidence as MeasureDue['evidence'],
  evidenceCount: line.evidence_count,
});

export const eventView = (line: LineRecord): MeasureEvent => ({
  ...lineView(line),
  red: line.red,
  minutes: line.within_minutes ?? 0,
  fever: line.fever,
});

/** A measure as this person sees it; `can` is what the commands would let them do. */
export function dueView(actor: Actor, due: DueRecord, marks: readonly MarkRecord[]): MeasureDue {
  const ticks = marks.filter(isTick);
  const shown = due.state === 'done' ? (ticks.findLast((one) => one.kind === 'done') ?? ticks.at(-1)) : undefined;
  const said = due.cannot_at === null ? undefined : marks.findLast((one) => one.kind === 'cannot');
  const answered = due.answered_at === null ? undefined : marks.findLast((one) => one.kind === due.answer);
  const mine = doerOf(actor, due) !== null;
  return {
    id: due.id,
    ...lineView(due.line),
    unitId: due.unit_id,
    siteId: due.site_id,
    red: due.red,
    day: due.day,
    from: due.window_from.toISOString(),
    due: due.due_at.toISOString(),
    state: due.state as MeasureDue['state'],
    lapsedAt: iso(due.lapsed_at),
    doneAt: iso(due.done_at),
    doneBy: due.done_label,
    late: due.late,
    offline: due.made_offline,
    proof: shown
      ? { words: shown.words, number: shown.number, signer: shown.signer, files: shown.file_ids.length }
      : null,
    cannot:
      due.cannot_at === null
        ? null
        : {
            at: due.cannot_at.toISOString(),
            by: said?.by_label ?? '',
            reason: said?.words ?? null,
            answer: due.answer as 'help' | 'excused' | null,
            answeredAt: iso(due.answered_at),
            answeredBy: answered?.by_label ?? null,
            words: answered?.words ?? null,
            task: due.task_id ? { id: due.task_id, number: due.task_number! } : null,
          },
    verdict: due.verdict as MeasureDue['verdict'],
    version: due.version,
    can: {
      tick: mine && due.state !== 'ended',
      cannot: mine && allows('say_cannot', due.state),
      answer: due.state === 'cannot' && due.answered_at === null && answererOf(actor, due) !== null,
      check:
        due.state === 'done' &&
        due.verdict === null &&
        checkerOf(
          actor,
          due,
          ticks.map((one) => one.by_id),
        ) !== null,
    },
  };
}

export async function dueViews(tx: Tx, actor: Actor, dues: readonly DueRecord[]): Promise<MeasureDue[]> {
  // What nobody has touched has nothing to show.
  const touched = dues.filter((one) => one.version > 0).map((one) => one.id);
  const marks = new Map<string, MarkRecord[]>();
  for (const mark of await marksOf(tx, touched))
    marks.set(mark.occurrence_id, [...(marks.get(mark.occurrence_id) ?? []), mark]);
  return dues.map((one) => dueView(actor, one, marks.get(one.id) ?? []));
}

export async function markViews(tx: Tx, marks: readonly MarkRecord[]): Promise<MeasureMark[]> {
  const views: MeasureMark[] = [];
  for (const mark of marks) {
    const files = mark.file_ids.length > 0 ? await filesOf(tx, mark.id) : new Map();
    views.push({
      id: mark.id,
      kind: mark.kind as MeasureMark['kind'],
      at: mark.at.toISOString(),
      madeAt: iso(mark.made_at),
      receivedAt: mark.received_at.toISOString(),
      offline: mark.offline,
      by: mark.by_label,
      role: mark.role,
      words: mark.words,
      number: mark.number,
      signer: mark.signer,
      files: mark.file_ids.flatMap((id) => files.get(id) ?? []),
    });
  }
  return views;
}
