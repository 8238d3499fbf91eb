import type { RequestRow } from '../../../contract/requests.ts';

const dueGroups = ['over', 'hour', 'today', 'later', 'paused', 'none'] as const;
type DueGroup = (typeof dueGroups)[number];

/** One line of the list: the head of a group, or a request. */
export type Line = { head: DueGroup; count: number; complete: boolean } | { row: RequestRow };

export function groupOf(row: Pick<RequestRow, 'clock'>, at: number, endOfDay: number): DueGroup {
  if (!row.clock) return 'none';
  if (row.clock.paused) return 'paused';
  const due = Date.parse(row.clock.due);
  if (due <= at) return 'over';
  if (due <= at + 3_600_000) return 'hour';
  return due <= endOfDay ? 'today' : 'later';
}

/** Rows in their groups, each group in the order the rows came; `complete` where no further row can belong to it. */
export function grouped(rows: readonly RequestRow[], at: number, endOfDay: number, all: boolean): Line[] {
  const byGroup = new Map<DueGroup, RequestRow[]>();
  for (const row of rows) {
    const group = groupOf(row, at, endOfDay);
    byGroup.set(group, [...(byGroup.get(group) ?? []), row]);
  }
  const present = dueGroups.filter((group) => byGroup.has(group));
  return present.flatMap((group, index): Line[] => {
    const members = byGroup.get(group)!;
    const complete = all || index < present.length - 1;
    return [{ head: group, count: members.length, complete }, ...members.map((row) => ({ row }))];
  });
}
