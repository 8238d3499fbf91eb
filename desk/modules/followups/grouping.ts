import type { CallRow } from '../../../contract/followups.ts';

export const callGroups = ['talking', 'overdue', 'now', 'appointed', 'taken'] as const;
export type CallGroup = (typeof callGroups)[number];

/** Which part of the list a call stands in: what was promised for later waits, what is past due comes first. */
export function groupOf(row: CallRow, talkingId: string | null, now: number): CallGroup {
  if (row.id === talkingId) return 'talking';
  if (row.claim && !row.claim.mine) return 'taken';
  if (row.appointment && Date.parse(row.appointment) > now) return 'appointed';
  return Date.parse(row.due) < now ? 'overdue' : 'now';
}

/** Calls by group, each in the order in which they should be rung. */
export function grouped(rows: readonly CallRow[], talkingId: string | null, now: number): Map<CallGroup, CallRow[]> {
  const groups = new Map<CallGroup, CallRow[]>(callGroups.map((group) => [group, []]));
  for (const row of rows) groups.get(groupOf(row, talkingId, now))!.push(row);
  const moment = (row: CallRow) => Date.parse(row.appointment ?? row.due);
  // Of those that may be rung now, first the ones who are likely to answer at this hour; what is overdue waits for nobody.
  const suits = (row: CallRow) => (groups.get('now')!.includes(row) && row.bestTime.now ? 0 : 1);
  for (const calls of groups.values()) calls.sort((a, b) => suits(a) - suits(b) || moment(a) - moment(b));
  return groups;
}

/** The order in which `j`, `k` and "next" walk through the list. */
export function walk(groups: Map<CallGroup, CallRow[]>): CallRow[] {
  return callGroups.filter((group) => group !== 'taken').flatMap((group) => groups.get(group) ?? []);
}

/** The call that opens when `id` is done: the one after it, else the first that can be rung now. */
export function nextAfter(order: readonly CallRow[], id: string): string | null {
  const at = order.findIndex((row) => row.id === id);
  const rest = [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0))];
  return rest[0]?.id ?? null;
}
