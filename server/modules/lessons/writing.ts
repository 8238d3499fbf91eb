import { uuidv7 } from 'uuidv7';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { lessonEndpoints as api } from '../../../contract/lessons.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { dateOf, localDay } from '../clocks/index.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { allStages, stageInForce } from '../stages/index.ts';
import { move } from './lifecycle.ts';
import { adoptersFor, evidenceFor } from './links.ts';
import { mayDecideOn, mayReviewEffect, mayWriteAt, wroteOn } from './policy.ts';
import {
  insertAdoptions,
  insertEvidence,
  insertLessons,
  type LessonRecord,
  lockLesson,
  lockReview,
  nextNumber,
  patchLesson,
} from './queries.ts';
import { note } from './record.ts';

const day = 86_400_000;
/** What a lesson did is looked at this long after it was adopted. */
export const effectDays = 30;

/** @throws not_found, stale */
async function atHand(
  context: Context,
  id: string,
  version: number,
): Promise<{ lesson: LessonRecord; dir: Directory }> {
  const lesson = await lockLesson(context.tx, id);
  if (!lesson) throw notFound();
  if (lesson.version !== version) throw conflict('stale', { state: lesson.state, version: lesson.version });
  return { lesson, dir: await directory(context.tx) };
}

const journal = (
  context: Context,
  lesson: Pick<LessonRecord, 'id' | 'unit_id' | 'line_id'> & { state: string | null },
  action: string,
  permission: 'lessons.write' | 'lessons.decide' | 'lessons.read',
  to: string,
  figures: Record<string, string | number | boolean | null> = {},
): Promise<void> =>
  note(context, {
    kind: 'lesson',
    id: lesson.id,
    unitId: lesson.unit_id,
    lineId: lesson.line_id,
    action,
    permission,
    from: lesson.state,
    to,
    figures,
  });

/**
 * Writes down what was observed. Of a look back it takes the unit and the stage; else of the place, and the stage in force there.
 * @throws review_answered, bad_input naming evidence, unitId, level, lineId or stage
 */
export async function observe(
  context: Context,
  input: ParsedOf<typeof api.observe>,
): Promise<{ id: string; number: string }> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  // Held, so that nobody signs a "none" while a lesson is being written.
  const review = input.reviewId === null ? undefined : await lockReview(tx, input.reviewId);
  if (input.reviewId !== null && !review) throw badField('reviewId', 'bad_choice');
  if (review?.state === 'answered') throw conflict('review_answered');
  const unitId = review?.unit_id ?? input.unitId;
  if (unitId !== null && dir.nodes.get(unitId)?.kind !== 'unit') throw badField('unitId', 'bad_choice');
  if (unitId === null && input.level === 'unit') throw badField('level', 'bad_choice');
  if (!mayWriteAt(actor, unitId, dir)) throw forbidden();
  if (input.lineId !== null && !dir.lines.has(input.lineId)) throw badField('lineId', 'bad_choice');
  const stage =
    review?.stage_code ??
    input.stage ??
    (await stageInForce(tx, dir.ancestors(unitId ?? dir.groupNode.id), now))?.code ??
    '';
  if (!(await allStages(tx)).some(({ code }) => code === stage)) throw badField('stage', 'bad_choice');
  const evidence = await evidenceFor(context, input.evidence);
  const id = uuidv7();
  const year = Number(dateOf(localDay(dir.group.timezone, now)).slice(0, 4));
  const number = `经验〔${year}〕${await nextNumber(tx, year)}号`;
  await insertLessons(tx, [
    {
      id,
      number,
      review_id: review?.id ?? null,
      stage_code: stage,
      unit_id: unitId,
      line_id: input.lineId,
      kind: input.kind,
      level: input.level,
      state: 'observed',
      title: input.title,
      title_en: input.titleEn,
      observed: input.observed,
      author_label: actor.label,
      writers: [actor.accountId!],
      observed_at: now,
    },
  ]);
  await insertEvidence(
    tx,
    evidence.map((one) => ({
      lesson_id: id,
      kind: one.kind,
      record_id: one.id,
      number: one.number,
      added_by: actor.accountId,
      added_at: now,
    })),
  );
  await journal(
    context,
    { id, unit_id: unitId, line_id: input.lineId, state: null },
    'observed',
    'lessons.write',
    'observed',
    { kind: input.kind, stage, evidence: evidence.length },
  );
  return { id, number };
}

/** Written by whoever writes there; who does becomes one of its writers. @throws forbidden */
function asWriter(context: Context, lesson: LessonRecord, dir: Directory): string[] {
  if (!mayWriteAt(context.actor, lesson.unit_id, dir)) throw forbidden();
  return [...new Set([...lesson.writers, context.actor.accountId!])];
}

export async function analyse(context: Context, input: ParsedOf<typeof api.analyse>): Promise<void> {
  const { lesson, dir } = await atHand(context, input.id, input.version);
  const writers = asWriter(context, lesson, dir);
  const state = move('analyse', lesson.state);
  await patchLesson(context.tx, lesson.id, { state, cause: input.cause, writers, analysed_at: context.now });
  await journal(context, lesson, 'analysed', 'lessons.write', state);
}

export async function propose(context: Context, input: ParsedOf<typeof api.propose>): Promise<void> {
  const { lesson, dir } = await atHand(context, input.id, input.version);
  const writers = asWriter(context, lesson, dir);
  if (input.level === 'unit' && lesson.unit_id === null) throw badField('level', 'bad_choice');
  const state = move('propose', lesson.state);
  await patchLesson(context.tx, lesson.id, {
    state,
    proposal: input.proposal,
    level: input.level,
    writers,
    proposed_at: context.now,
  });
  await journal(context, lesson, 'proposed', 'lessons.write', state, { level: input.level });
  await tell(context, {
    kind: 'lesson.decide',
    to:
      input.level === 'group' || lesson.unit_id === null
        ? { role: 'support_group', nodeId: dir.groupNode.id }
        : { role: 'unit_leader', nodeId: lesson.unit_id },
    about: { kind: 'lesson', id: lesson.id, label: lesson.number, route: `/lessons/${lesson.id}` },
    level: 'info',
  });
}

/** @throws own_words, bad_input naming words or adoptions */
export async function decide(context: Context, input: ParsedOf<typeof api.decide>): Promise<void> {
  const { tx, actor, now } = context;
  const { lesson, dir } = await atHand(context, input.id, input.version);
  if (!mayDecideOn(actor, lesson, dir)) throw forbidden();
  if (wroteOn(lesson, actor)) throw forbidden('own_words');
  const state = move(input.adopt ? 'adopt' : 'reject', lesson.state);
  const decided = { decided_by: actor.accountId, decided_label: actor.label, decided_at: now };
  if (!input.adopt) {
    if (input.words.length < 2) throw badField('words', 'required');
    await patchLesson(tx, lesson.id, { state, ...decided, decision: input.words });
    await journal(context, lesson, 'rejected', 'lessons.decide', state);
    return;
  }
  if (input.adoptions.length === 0) throw badField('adoptions', 'required');
  const known = await adoptersFor(tx, actor, lesson, (nodeId) => dir.nodes.get(nodeId)!, now);
  const chosen = input.adoptions.map((one, i) => {
    const found = known.find((each) => each.kind === one.kind && each.id === one.id);
    if (!found) throw badField(`adoptions.${i}`, 'bad_choice');
    return found;
  });
  await insertAdoptions(
    tx,
    [...new Map(chosen.map((one) => [`${one.kind}.${one.id}`, one])).values()].map((one) => ({
      lesson_id: lesson.id,
      kind: one.kind,
      record_id: one.id,
      zh: one.zh,
      en: one.en,
      route: one.route,
      at: now,
    })),
  );
  await patchLesson(tx, lesson.id, {
    state,
    ...decided,
    decision: input.words || null,
    effect_due: new Date(now.getTime() + effectDays * day),
  });
  await journal(context, lesson, 'adopted', 'lessons.decide', state, { adoptions: chosen.length });
}

/** A number before and after, or words. @throws own_words, effect_not_due, bad_input naming words */
export async function reviewEffect(context: Context, input: ParsedOf<typeof api.reviewEffect>): Promise<void> {
  const { tx, actor, now } = context;
  const { lesson, dir } = await atHand(context, input.id, input.version);
  if (wroteOn(lesson, actor)) throw forbidden('own_words');
  if (!mayReviewEffect(actor, lesson, dir)) throw forbidden();
  const state = move('review_effect', lesson.state);
  if (lesson.effect_due && lesson.effect_due > now)
    throw new Refusal(409, 'effect_not_due', {
      values: { day: dateOf(localDay(dir.group.timezone, lesson.effect_due)) },
    });
  const counted = input.measure !== '' && input.before !== null && input.after !== null;
  if (!counted && input.words.length < 2) throw badField('words', 'number_or_words');
  await patchLesson(tx, lesson.id, {
    state,
    effect: input.effect,
    effect_measure: input.measure || null,
    effect_before: input.before,
    effect_after: input.after,
    effect_words: input.words || null,
    effect_by: actor.accountId,
    effect_label: actor.label,
    effect_at: now,
  });
  await journal(context, lesson, 'effect_reviewed', 'lessons.read', state, { effect: input.effect, counted });
}
