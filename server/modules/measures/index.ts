/** Front door of `measures`: measures in force as work that falls due, is done with evidence, and lapses visibly. */
export { forgetEvidence } from './forgetting.ts';
export { lapse, lapsedTogether } from './lapsing.ts';
export { makeDays, makeNextDay } from './making.ts';
export { insertManyMarks, insertManyOccurrences, type MarkRecord, type OccurrenceRecord } from './queries.ts';
