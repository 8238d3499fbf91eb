import { uuidv7 } from 'uuidv7';
import { sameHand } from '../../platform/actor.ts';
import { conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { holdersOf, tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { closeWhenReviewed, type StageEffect, type StageScope, stagePeriods } from '../stages/index.ts';
import { mayAnswerFor, maySignFor } from './policy.ts';
import {
  effectsDue,
  insertReviews,
  lessonsOfReviews,
  lockReview,
  patchReview,
  type ReviewRecord,
  reviewsDueBefore,
} from './queries.ts';
import { note } from './record.ts';

const day = 86_400_000;
/** A unit has a week to look back upon a stage it has left. */
export const reviewDays = 7;

type Switched = Parameters<NonNullable<StageEffect['apply']>>[1];

/** Units that look back: those a switch reaches; of a site's own order, the unit the site is of. */
const unitsOf = (dir: Directory, scope: StageScope): number[] => [
  ...new Set(
    scope.unitIds.length > 0
      ? scope.unitIds
      : scope.siteIds.map((siteId) => dir.unitOf(siteId)).filter((unitId) => unitId !== null),
  ),
];

/**
 * A stage was left: every unit it was in force for looks back upon it. The period that ended is the place's own, else the one
 * above it that the place has gone out of; told twice, the reviews are there once.
 */
export async function openReviews(context: Context, { scope, fromStage, at }: Switched): Promise<void> {
  const { tx } = context;
  const dir = await directory(tx);
  const lineage = dir.ancestors(scope.nodeId);
  const periods = await stagePeriods(tx);
  const own = periods.find((one) => one.node_id === scope.nodeId && one.to_at?.getTime() === at.getTime());
  const left =
    own ??
    lineage
      .slice(1)
      .map((nodeId) =>
        periods.find((one) => one.node_id === nodeId && one.from_at < at && (one.to_at === null || one.to_at >= at)),
      )
      .find((one) => one !== undefined);
  if (!left || left.code !== fromStage) return;
  const rows = unitsOf(dir, scope).map((unitId) => ({
    id: uuidv7(),
    period_id: left.id,
    // Gone out of the period of a place above, the order there stays in force: nothing of it is closed by this unit.
    order_id: own ? left.order_id : null,
    stage_code: left.code,
    left_at: at,
    unit_id: unitId,
    due_at: new Date(at.getTime() + reviewDays * day),
    state: 'open',
  }));
  const made = new Set((await insertReviews(tx, rows)).map((one) => one.unit_id));
  for (const row of rows.filter((one) => made.has(one.unit_id))) {
    await note(context, {
      kind: 'lesson_review',
      id: row.id,
      unitId: row.unit_id,
      action: 'review_opened',
      permission: null,
      to: 'open',
      figures: { stage: row.stage_code },
    });
    await tell(context, {
      kind: 'lesson.review',
      to: { role: 'unit_liaison', nodeId: row.unit_id },
      about: about(row.id, dir.nodes.get(row.unit_id)?.code ?? ''),
      values: { stage: row.stage_code },
      level: 'important',
      once: `lesson.review.${row.id}`,
    });
  }
}

const about = (id: string, label: string) => ({ kind: 'lesson' as const, id, label, route: '/lessons' });

/** @throws not_found, review_answered, stale */
async function atHand(
  context: Context,
  id: string,
  version: number,
): Promise<{ review: ReviewRecord; dir: Directory }> {
  const review = await lockReview(context.tx, id);
  if (!review) throw notFound();
  if (review.state === 'answered') throw conflict('review_answered');
  if (review.version !== version) throw conflict('stale', { version: review.version });
  return { review, dir: await directory(context.tx) };
}

async function answered(
  context: Context,
  review: ReviewRecord,
  how: 'lessons' | 'none',
  lessons: number,
): Promise<void> {
  const { tx, actor, now } = context;
  await patchReview(tx, review.id, {
    state: 'answered',
    answered_at: now,
    answered_by: actor.accountId,
    answered_label: actor.label,
    ...(how === 'none'
      ? { none_signed_by: actor.accountId, none_signed_label: actor.label }
      : { none_reason: null, none_asked_by: null, none_asked_label: null }),
  });
  await note(context, {
    kind: 'lesson_review',
    id: review.id,
    unitId: review.unit_id,
    action: how === 'none' ? 'none_signed' : 'review_answered',
    permission: how === 'none' ? 'lessons.decide' : 'lessons.write',
    from: review.state,
    to: 'answered',
    figures: { lessons, onTime: now <= review.due_at },
  });
  if (review.order_id) await closeWhenReviewed(context, review.order_id);
}

const lessonsOf = async ({ tx }: Context, id: string) =>
  (await lessonsOfReviews(tx)).find((one) => one.review_id === id);

/** @throws no_lesson_yet where none of it is proposed: an observation alone changes nothing */
export async function answerReview(context: Context, id: string, version: number): Promise<void> {
  const { review, dir } = await atHand(context, id, version);
  if (!mayAnswerFor(context.actor, review.unit_id, dir)) throw forbidden();
  const count = await lessonsOf(context, id);
  if (!count || count.proposed === 0) throw new Refusal(409, 'no_lesson_yet');
  await answered(context, review, 'lessons', count.all);
}

/** @throws lesson_there where one was written already: then "none" would not be true */
export async function askNone(context: Context, id: string, version: number, reason: string): Promise<void> {
  const { tx, actor } = context;
  const { review, dir } = await atHand(context, id, version);
  if (!mayAnswerFor(actor, review.unit_id, dir)) throw forbidden();
  if (await lessonsOf(context, id)) throw new Refusal(409, 'lesson_there');
  await patchReview(tx, id, {
    state: 'none_asked',
    none_reason: reason,
    none_asked_by: actor.accountId,
    none_asked_label: actor.label,
  });
  await note(context, {
    kind: 'lesson_review',
    id,
    unitId: review.unit_id,
    action: 'none_asked',
    permission: 'lessons.write',
    from: review.state,
    to: 'none_asked',
  });
  await tell(context, {
    kind: 'lesson.none',
    to: { role: 'unit_leader', nodeId: review.unit_id },
    about: about(id, dir.nodes.get(review.unit_id)?.code ?? ''),
    values: { stage: review.stage_code },
    level: 'important',
  });
}

/** @throws own_words for whoever asked for it, lesson_there where one was written since */
export async function signNone(context: Context, id: string, version: number, sign: boolean): Promise<void> {
  const { actor } = context;
  const { review, dir } = await atHand(context, id, version);
  if (!maySignFor(actor, review.unit_id, dir)) throw forbidden();
  if (review.state !== 'none_asked')
    throw new Refusal(409, 'not_in_this_state', { values: { state: `lesson_review_${review.state}` } });
  if (sameHand(actor, review.none_asked_by)) throw forbidden('own_words');
  if (sign) {
    if (await lessonsOf(context, id)) throw new Refusal(409, 'lesson_there');
    return answered(context, review, 'none', 0);
  }
  await patchReview(context.tx, id, { state: 'open', none_reason: null, none_asked_by: null, none_asked_label: null });
  await note(context, {
    kind: 'lesson_review',
    id,
    unitId: review.unit_id,
    action: 'none_returned',
    permission: 'lessons.decide',
    from: review.state,
    to: 'open',
  });
}

/**
 * Looks back that are not answered in time are told to the liaison once, a week later to the unit's leader; effects that are due,
 * to whoever decides there.
 */
export async function remindOfLessons(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  let told = 0;
  for (const review of await reviewsDueBefore(tx, now)) {
    const telling = {
      kind: 'lesson.overdue' as const,
      about: about(review.id, dir.nodes.get(review.unit_id)?.code ?? ''),
      values: { stage: review.stage_code },
    };
    const liaisons = await holdersOf(tx, dir, { role: 'unit_liaison', nodeId: review.unit_id });
    told += await tell(context, {
      ...telling,
      to: { accountIds: liaisons },
      level: 'important',
      once: `lesson.overdue.${review.id}`,
    });
    if (liaisons.length === 0 || now.getTime() - review.due_at.getTime() >= reviewDays * day)
      told += await tell(context, {
        ...telling,
        to: { role: 'unit_leader', nodeId: review.unit_id },
        level: 'urgent',
        once: `lesson.overdue.${review.id}.leader`,
      });
  }
  for (const lesson of await effectsDue(tx, now))
    told += await tell(context, {
      kind: 'lesson.effect',
      to:
        lesson.level === 'group' || lesson.unit_id === null
          ? { role: 'support_group', nodeId: dir.groupNode.id }
          : { role: 'unit_leader', nodeId: lesson.unit_id },
      about: { kind: 'lesson', id: lesson.id, label: lesson.number, route: `/lessons/${lesson.id}` },
      level: 'info',
      once: `lesson.effect.${lesson.id}`,
    });
  return told;
}
