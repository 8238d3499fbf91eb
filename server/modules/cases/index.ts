/** Front door of `cases`: the work on needs. It says *handled* and nothing further. */

/** Pure rules and bulk rows, for whoever makes a history without commands (the demo world). */
export { dispatch, handOver, join } from './dispatching.ts';
export { dueInWork } from './due.ts';
export { mostSuspendedHours, settleWork } from './handling.ts';
export { mayMove as mayMoveCase, move as moveCase } from './lifecycle.ts';
export { partDues } from './partDues.ts';
export {
  type AskRecord,
  type AssignmentRecord,
  type CasePatch,
  type CaseRecord,
  casesOf,
  type HandRecord,
  handsOf,
  insertHistory,
  linesOf,
  type PartRecord,
  type TakeoverRecord,
} from './queries.ts';
