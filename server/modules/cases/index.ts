/** Front door of `cases`: the work on needs. It says *handled* and nothing further. */
export { assignmentsOf, handsOf } from './queries.ts';
/** Pure rules and bulk rows, for whoever makes a history without commands (the demo world). */
export { dueInWork } from './dispatching.ts';
export { mostSuspendedHours } from './handling.ts';
export { move as moveCase } from './lifecycle.ts';
export { type AskRecord, type AssignmentRecord, type CasePatch, type CaseRecord, casesOf, type HandRecord, insertHistory } from './queries.ts';
