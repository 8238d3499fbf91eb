/** Views of the queue whose rows have something due. */
export const runningViews = [
  'todo',
  'to_dispatch',
  'unaccepted',
  'returned',
  'arbitration',
  'mine',
  'open',
  'overdue',
  'reopened',
  'asks',
] as const;
export const requestViews = [...runningViews, 'handled', 'closed', 'all'] as const;
