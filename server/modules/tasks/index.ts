/** Front door of `tasks`: supervised tasks (督办), directives, hard problems (难点). */
export { eraseDrawnFrom } from './erasing.ts';
export { openHardProblem, type ProblemOpening, raiseTask, type TaskRaising } from './raising.ts';
