import type { LessonFile, LessonRow, ReviewRow } from '../../../contract/lessons.ts';
import { type Actor, sameHand } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { mayMove } from './lifecycle.ts';
import { pageOf } from './links.ts';
import { mayAnswerFor, mayDecideOn, mayReviewEffect, maySignFor, mayWriteAt, wroteOn } from './policy.ts';
import { adoptionsOf, evidenceOf, type LessonRecord, lessonsOfReviews, type ReviewRecord } from './queries.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export async function reviewRows(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  reviews: readonly ReviewRecord[],
  now: Date,
): Promise<ReviewRow[]> {
  const counts = new Map((await lessonsOfReviews(tx)).map((one) => [one.review_id, one]));
  return reviews.map((review) => {
    const count = counts.get(review.id);
    const open = review.state !== 'answered';
    const signs =
      review.state === 'none_asked' && !sameHand(actor, review.none_asked_by) && maySignFor(actor, review.unit_id, dir);
    const answers = open && mayAnswerFor(actor, review.unit_id, dir);
    return {
      id: review.id,
      unitId: review.unit_id,
      stage: review.stage_code,
      leftAt: review.left_at.toISOString(),
      dueAt: review.due_at.toISOString(),
      state: review.state as 'open',
      late: (review.answered_at ?? now) > review.due_at,
      lessons: count?.all ?? 0,
      noneReason: review.none_reason,
      noneAskedBy: review.none_asked_label,
      noneSignedBy: review.none_signed_label,
      answeredBy: review.answered_label,
      answeredAt: iso(review.answered_at),
      version: review.version,
      can: {
        write: open && mayWriteAt(actor, review.unit_id, dir),
        answer: answers && (count?.proposed ?? 0) > 0,
        askNone: answers && review.state === 'open' && (count?.all ?? 0) === 0,
        sign: signs && (count?.all ?? 0) === 0,
        handBack: signs,
      },
    };
  });
}

export async function lessonRows(tx: Tx, lessons: readonly LessonRecord[], now: Date): Promise<LessonRow[]> {
  const adoptions = await adoptionsOf(
    tx,
    lessons.map((one) => one.id),
  );
  return lessons.map((lesson) => ({
    id: lesson.id,
    number: lesson.number,
    stage: lesson.stage_code,
    unitId: lesson.unit_id,
    lineId: lesson.line_id,
    kind: lesson.kind as 'good',
    level: lesson.level as 'unit',
    state: lesson.state as 'observed',
    title: lesson.title,
    titleEn: lesson.title_en,
    author: lesson.author_label,
    observedAt: lesson.observed_at.toISOString(),
    adoptedIn: adoptions.filter((one) => one.lesson_id === lesson.id).length,
    effectDue: iso(lesson.effect_due),
    effectLate: lesson.state === 'adopted' && lesson.effect_due !== null && lesson.effect_due <= now,
    effect: lesson.effect as 'better' | null,
    version: lesson.version,
  }));
}

export async function lessonFile(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  lesson: LessonRecord,
  now: Date,
): Promise<LessonFile> {
  const [row] = await lessonRows(tx, [lesson], now);
  const undecided = mayMove('analyse', lesson.state);
  return {
    ...row!,
    reviewId: lesson.review_id,
    observed: lesson.observed,
    cause: lesson.cause,
    analysedAt: iso(lesson.analysed_at),
    proposal: lesson.proposal,
    proposedAt: iso(lesson.proposed_at),
    decidedBy: lesson.decided_label,
    decidedAt: iso(lesson.decided_at),
    decision: lesson.decision,
    effectMeasure: lesson.effect_measure,
    effectBefore: lesson.effect_before,
    effectAfter: lesson.effect_after,
    effectWords: lesson.effect_words,
    effectBy: lesson.effect_label,
    effectAt: iso(lesson.effect_at),
    evidence: (await evidenceOf(tx, lesson.id)).map((one) => ({
      kind: one.kind as 'task',
      id: one.record_id,
      number: one.number,
      route: pageOf(one),
    })),
    adoptions: (await adoptionsOf(tx, [lesson.id])).map((one) => ({
      kind: one.kind as 'plan',
      id: one.record_id,
      zh: one.zh,
      en: one.en,
      route: one.route,
    })),
    can: {
      write: undecided && mayWriteAt(actor, lesson.unit_id, dir),
      decide: mayMove('adopt', lesson.state) && mayDecideOn(actor, lesson, dir) && !wroteOn(lesson, actor),
      effect: row!.effectLate && mayMove('review_effect', lesson.state) && mayReviewEffect(actor, lesson, dir),
    },
  };
}
