import type { Context } from '../../platform/serve.ts';
import { type Telling, tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import type { RequestRecord } from './queries.ts';

/** Its number only; a group chat may name it where everybody who reads the desk may (rules 6). */
export const aboutRequest = (
  r: Pick<RequestRecord, 'id' | 'number' | 'class' | 'confidentiality'>,
): Telling['about'] => ({
  kind: 'request',
  id: r.id,
  label: r.number,
  mayBeNamed: r.class === 'normal' && r.confidentiality !== 'confidential',
});

/**
 * The third nudge goes one level up (rules 4): while it waits for the dispatcher, to who leads dispatching; once it is with
 * a unit, to who leads the unit; with a head-office line, to the group's leaders. Asked to confirm within two hours.
 */
export async function tellOneLevelUp(context: Context, r: RequestRecord, nudges: number): Promise<void> {
  const waits = r.case_id === null || r.work === 'returned';
  const { groupNode } = await directory(context.tx);
  await tell(context, {
    kind: 'request.nudged_thrice',
    to: waits
      ? { role: 'dispatcher_lead', nodeId: r.site_id ?? groupNode.id }
      : r.lead_unit_id === null
        ? { role: 'group_leader', nodeId: groupNode.id }
        : { role: 'unit_leader', nodeId: r.lead_unit_id },
    about: aboutRequest(r),
    values: { nudges },
    level: 'important',
    once: `request.nudged_thrice:${r.id}`,
    confirmWithin: 120,
  });
}
