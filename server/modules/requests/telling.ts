import type { ClockKind, Told } from '../../../contract/clocks.ts';
import type { Context } from '../../platform/serve.ts';
import { type Addressees, type Telling, tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
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

/** Whoever has it: the handler who took it, else the line or the dispatcher it lies with. */
function ownerOf(r: RequestRecord, groupId: number): Addressees {
  if (r.case_id === null || r.work === 'returned') return { role: 'dispatcher', nodeId: r.site_id ?? groupId };
  if (r.handler_id) return { accountIds: [r.handler_id] };
  return { role: 'handler', nodeId: r.lead_unit_id ?? groupId, lineId: r.line_id };
}

/** The addressees of a warning step; with head office there is no unit's leader, and whoever leads dispatching is told. */
function toldBy(tells: Told, r: RequestRecord, groupId: number): Addressees {
  switch (tells) {
    case 'handler':
      return ownerOf(r, groupId);
    case 'line':
      return r.line_id === null
        ? ownerOf(r, groupId)
        : { role: 'handler', nodeId: r.lead_unit_id ?? groupId, lineId: r.line_id };
    case 'line_head_office':
      return r.line_id === null ? ownerOf(r, groupId) : { role: 'handler', nodeId: groupId, lineId: r.line_id };
    case 'dispatcher':
      return { role: 'dispatcher', nodeId: r.site_id ?? groupId };
    case 'unit_leader':
      return r.lead_unit_id === null
        ? { role: 'dispatcher_lead', nodeId: r.site_id ?? groupId }
        : { role: 'unit_leader', nodeId: r.lead_unit_id };
    case 'dispatcher_lead':
      return { role: 'dispatcher_lead', nodeId: r.site_id ?? groupId };
    case 'group_leader':
      return { role: 'group_leader', nodeId: groupId };
  }
}

/** Before the due time a hint; after it important, and urgent where the request is. */
export async function tellWarning(
  context: Context,
  dir: Directory,
  r: RequestRecord,
  { clock, due, step }: { clock: ClockKind; due: Date; step: { id: string; afterMinutes: number; tells: Told } },
): Promise<void> {
  const near = step.afterMinutes < 0;
  await tell(context, {
    kind: near ? 'clock.near' : clock === 'contact' ? 'clock.untouched' : 'clock.overdue',
    to: toldBy(step.tells, r, dir.groupNode.id),
    about: aboutRequest(r),
    values: { clock, minutes: Math.abs(step.afterMinutes) },
    level: near ? 'info' : r.priority === 'urgent' ? 'urgent' : 'important',
    once: `clock:${r.id}:${clock}:${due.getTime()}:${step.id}`,
  });
}

/** A nudge is told to whoever has it; the third one goes one level up besides. */
export async function tellNudged(context: Context, r: RequestRecord, nudges: number): Promise<void> {
  const { groupNode } = await directory(context.tx);
  await tell(context, {
    kind: 'request.nudged',
    to: ownerOf(r, groupNode.id),
    about: aboutRequest(r),
    values: { nudges },
    level: 'info',
    once: `request.nudged:${r.id}:${nudges}`,
  });
}
