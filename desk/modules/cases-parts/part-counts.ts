import { partEndpoints } from '../../../contract/parts.ts';
import { call } from '../../app/api.ts';

/** Parts of this person's lines that are open, and those past their time. Asked for once for rail and page. */
export const partCounts = {
  queryKey: ['parts', 'count'],
  queryFn: async (): Promise<Readonly<Record<string, number>>> => {
    const { open, late } = await call(partEndpoints.parts, { limit: 1 });
    return { open, late };
  },
};
