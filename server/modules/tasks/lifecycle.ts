import type { TaskState } from '../../../contract/tasks.ts';
import { Refusal } from '../../platform/errors.ts';

/** Life cycle of a supervised task (domain 3.3) as one table: event → from → to. Who answers for it never accepts it. */
export const transitions = {
  receive: { issued: 'received' },
  progress: { issued: 'in_progress', received: 'in_progress', in_progress: 'in_progress', returned: 'in_progress' },
  submit: { received: 'submitted', in_progress: 'submitted', returned: 'submitted' },
  accept: { submitted: 'accepted' },
  return: { submitted: 'returned' },
  /** More time changes the due, not the state; once, by the issuing side. */
  extend: { issued: 'issued', received: 'received', in_progress: 'in_progress', returned: 'returned' },
  /** Never deleted: void, with a reason. What was accepted stays accepted. */
  void: { issued: 'void', received: 'void', in_progress: 'void', submitted: 'void', returned: 'void' },
} as const satisfies Record<string, Partial<Record<TaskState, TaskState>>>;

export type TaskEvent = keyof typeof transitions;

export const mayMove = (event: TaskEvent, from: string): boolean => from in transitions[event];

/** @throws not_in_this_state */
export function move(event: TaskEvent, from: string): TaskState {
  const to = (transitions[event] as Partial<Record<string, TaskState>>)[from];
  if (!to) throw new Refusal(409, 'not_in_this_state', { values: { state: `task_${from}` } });
  return to;
}

export const isOpenTask = (task: { state: string }): boolean => task.state !== 'accepted' && task.state !== 'void';
