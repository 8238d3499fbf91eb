import type { LessonState } from '../../../contract/lessons.ts';
import { Refusal } from '../../platform/errors.ts';

/** Life of a lesson (domain 3.11) as one table: event → from → to. What is decided is written on no more. */
export const transitions = {
  /** Said again while nobody has decided, it stands as said last, and what was built on it is to be said anew. */
  analyse: { observed: 'analysed', analysed: 'analysed', proposed: 'analysed' },
  propose: { analysed: 'proposed', proposed: 'proposed' },
  adopt: { proposed: 'adopted' },
  reject: { proposed: 'rejected' },
  review_effect: { adopted: 'effect_reviewed' },
} as const satisfies Record<string, Partial<Record<LessonState, LessonState>>>;
export type LessonEvent = keyof typeof transitions;

export const mayMove = (event: LessonEvent, from: string): boolean => from in transitions[event];

/** @throws not_in_this_state */
export function move(event: LessonEvent, from: string): LessonState {
  const to = (transitions[event] as Partial<Record<string, LessonState>>)[from];
  if (!to) throw new Refusal(409, 'not_in_this_state', { values: { state: `lesson_${from}` } });
  return to;
}
