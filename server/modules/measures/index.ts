/** Front door of `measures`: measures in force as work that falls due, is done with evidence, and lapses visibly. */
export { forgetEvidence } from './forgetting.ts';
export { lapse, lapsedTogether } from './lapsing.ts';
export { makeNextDay, makePast } from './making.ts';
export {
  becomeMany,
  type DueRecord,
  insertManyMarks,
  type MarkRecord,
  type OccurrenceRecord,
  untouched,
} from './queries.ts';
