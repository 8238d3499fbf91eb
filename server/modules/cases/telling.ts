import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import type { Directory } from '../organization/index.ts';
import { aboutRequest, type RequestRecord } from '../requests/index.ts';
import type { Destination } from './dispatching.ts';

/** The line's handlers at the unit it went to, or at head office; urgent work goes through at any hour. */
export async function tellLine(context: Context, dir: Directory, r: RequestRecord, to: Destination): Promise<void> {
  await tell(context, {
    kind: 'request.dispatched',
    to: { role: 'handler', nodeId: to.unitId ?? dir.groupNode.id, lineId: to.lineId },
    about: aboutRequest(r),
    level: r.priority === 'urgent' ? 'urgent' : 'info',
  });
}
