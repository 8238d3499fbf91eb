import type { Me } from '../../../contract/access.ts';
import { runningViews } from '../../../contract/views.ts';
import type { View } from './filters.ts';

/** Views of a person's day first, the wider ones after the line. */
export function viewsOf(me: Me): { day: readonly View[]; wide: readonly View[] } {
  if (me.permissions.includes('cases.dispatch')) {
    return {
      day: [
        'todo',
        ...(me.permissions.includes('cases.arbitrate') ? (['arbitration'] as const) : []),
        'to_dispatch',
        'returned',
        'unaccepted',
      ],
      wide: ['open', 'overdue', 'reopened', 'handled', 'closed', 'all'],
    };
  }
  if (me.permissions.includes('cases.handle')) {
    return {
      day: ['todo', 'unaccepted', 'mine', 'overdue', 'reopened', 'asks'],
      wide: ['open', 'handled', 'closed', 'all'],
    };
  }
  return { day: ['open', 'overdue', 'reopened'], wide: ['handled', 'closed', 'all'] };
}

/** Views whose rows carry a running clock, so that they stand in groups by what is due. */
export const running: readonly View[] = runningViews;
