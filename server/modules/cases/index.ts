/** Front door of `cases`: the work on needs. It says *handled* and nothing further. */
export { assignmentsOf, handsOf } from './queries.ts';
