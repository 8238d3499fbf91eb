import type { TaskRow } from '../../../contract/tasks.ts';

export const taskGroups = ['over', 'day', 'week', 'later', 'waiting', 'closed'] as const;
export type TaskGroup = (typeof taskGroups)[number];
const dayMs = 86_400_000;

/** Where a task stands in its list: by the time left, or waiting for acceptance, or over. */
export function groupOf(row: Pick<TaskRow, 'state' | 'due'>, at: number): TaskGroup {
  if (row.state === 'accepted' || row.state === 'void') return 'closed';
  if (row.state === 'submitted') return 'waiting';
  const left = Date.parse(row.due) - at;
  return left <= 0 ? 'over' : left <= dayMs ? 'day' : left <= 7 * dayMs ? 'week' : 'later';
}

/** Rows in their groups, the most pressing first; within a group as they came. */
export const grouped = (rows: readonly TaskRow[], at: number): { group: TaskGroup; rows: TaskRow[] }[] =>
  taskGroups
    .map((group) => ({ group, rows: rows.filter((row) => groupOf(row, at) === group) }))
    .filter(({ rows: of }) => of.length > 0);
