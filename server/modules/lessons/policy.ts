import { type Actor, areasFor, sameHand } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';
import type { LessonRecord } from './queries.ts';

/** Who reads, writes and decides on lessons. Pure. */

type Dir = Pick<Directory, 'ancestors' | 'groupNode'>;

const covers = (actor: Actor, permission: 'lessons.write' | 'lessons.decide', unitId: number, dir: Dir): boolean =>
  areasFor(actor, permission).some((area) => area.everywhere || dir.ancestors(unitId).includes(area.nodeId));

const everywhere = (actor: Actor, permission: 'lessons.write' | 'lessons.decide'): boolean =>
  areasFor(actor, permission).some((area) => area.everywhere);

/** What one unit has learnt is there for all: whoever reads lessons reads every one. */
export const mayWriteAt = (actor: Actor, unitId: number | null, dir: Dir): boolean =>
  unitId === null ? everywhere(actor, 'lessons.write') : covers(actor, 'lessons.write', unitId, dir);

/** Its own words are nobody's to decide on. */
export const wroteOn = (lesson: Pick<LessonRecord, 'writers'>, actor: Actor): boolean =>
  lesson.writers.some((one) => sameHand(actor, one));

/** For the whole group: the support group. For a unit: whoever leads it, and nobody of head office in its place. */
export function mayDecideOn(actor: Actor, lesson: Pick<LessonRecord, 'level' | 'unit_id'>, dir: Dir): boolean {
  const areas = areasFor(actor, 'lessons.decide');
  return lesson.level === 'group'
    ? areas.some((area) => area.role === 'support_group' && area.everywhere)
    : areas.some(
        (area) =>
          area.role === 'unit_leader' && lesson.unit_id !== null && dir.ancestors(lesson.unit_id).includes(area.nodeId),
      );
}

/** Whoever may write or decide there and wrote nothing of it. */
export const mayReviewEffect = (actor: Actor, lesson: LessonRecord, dir: Dir): boolean =>
  !wroteOn(lesson, actor) && (mayWriteAt(actor, lesson.unit_id, dir) || mayDecideOn(actor, lesson, dir));

/** The leader of the unit itself signs that there was nothing to learn. */
export const mayAnswerFor = (actor: Actor, unitId: number, dir: Dir): boolean =>
  areasFor(actor, 'lessons.write').some((area) => !area.everywhere && dir.ancestors(unitId).includes(area.nodeId));
export const maySignFor = (actor: Actor, unitId: number, dir: Dir): boolean =>
  areasFor(actor, 'lessons.decide').some(
    (area) => area.role === 'unit_leader' && dir.ancestors(unitId).includes(area.nodeId),
  );
