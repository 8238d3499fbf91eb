import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import type { Directory } from '../organization/index.ts';
import { aboutRequest, type RequestRecord } from '../requests/index.ts';
import type { CaseRecord, PostPair } from './queries.ts';

/** Who is asked to do a part of it. */
export async function tellCoLine(context: Context, dir: Directory, r: RequestRecord, to: PostPair): Promise<void> {
  await tell(context, {
    kind: 'part.asked',
    to: { role: 'handler', nodeId: to.unitId ?? dir.groupNode.id, lineId: to.lineId },
    about: aboutRequest(r),
    level: r.priority === 'urgent' ? 'urgent' : 'info',
  });
}

/** Who leads the work hears that a part of it is done. */
export async function tellLead(context: Context, file: CaseRecord, r: RequestRecord): Promise<void> {
  if (!file.handler_id) return;
  await tell(context, {
    kind: 'part.done',
    to: { accountIds: [file.handler_id] },
    about: aboutRequest(r),
    level: 'info',
  });
}

/** The line's handlers at the unit it went to, or at head office; urgent work goes through at any hour. */
export async function tellLine(context: Context, dir: Directory, r: RequestRecord, to: PostPair): Promise<void> {
  await tell(context, {
    kind: 'request.dispatched',
    to: { role: 'handler', nodeId: to.unitId ?? dir.groupNode.id, lineId: to.lineId },
    about: aboutRequest(r),
    level: r.priority === 'urgent' ? 'urgent' : 'info',
  });
}
