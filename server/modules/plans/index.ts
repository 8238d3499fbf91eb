/** Front door of `plans`: the stage's strategy, unit plans, site measure sets; what of them is due now. */
export { namesAt } from './comparing.ts';
export { lookForCopies } from './copy-looking.ts';
export { insertHistory, type PlansToInsert } from './history.ts';
export { insertTemplates } from './queries.ts';
export { likenessOf, shingled } from './similarity.ts';
export { versionsOf } from './versions.ts';
export { askWhoseTurn } from './waiting.ts';
export { linesInForce, type MeasureLine, provideMeasureWork } from './work.ts';
