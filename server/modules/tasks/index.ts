/** Front door of `tasks`: supervised tasks (督办), directives, hard problems (难点). */
export { tasksByIds, tasksOwnedBy } from './queries.ts';
export { openHardProblem, raiseTask, type TaskRaising } from './raising.ts';
export { referenceTo } from './references.ts';

import { enterDirective, mapTo, signNothing } from './directives.ts';
import { addMember, closeProblem, endMember, linkRecord, openProblem, recordMovement } from './problems.ts';
import { membersOf, nextToLookAt, paragraphsOf, problemById, taskById } from './queries.ts';
import { lookAtTask } from './sweeps.ts';
import { accept, progress, receive, submit } from './working.ts';

/** The commands themselves, for whoever plays a history with them (the demo world). */
export const supervision = {
  receive,
  progress,
  submit,
  accept,
  lookAtTask,
  nextToLookAt,
  enterDirective,
  mapTo,
  signNothing,
  openProblem,
  addMember,
  endMember,
  recordMovement,
  linkRecord,
  closeProblem,
  taskById,
  problemById,
  membersOf,
  paragraphsOf,
};
