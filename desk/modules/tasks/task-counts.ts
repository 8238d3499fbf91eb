import { taskEndpoints } from '../../../contract/tasks.ts';
import { call } from '../../app/api.ts';

/** How many are in each view, and what waits for this person: to do, and to accept. Asked for once for rail and page. */
export const taskCounts = {
  queryKey: ['tasks', 'counts'],
  queryFn: async (): Promise<Readonly<Record<string, number>>> => {
    const { counts } = await call(taskEndpoints.counts, {});
    return { ...counts, waiting: (counts.mine ?? 0) + (counts.to_accept ?? 0) };
  },
};
