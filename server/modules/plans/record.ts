import type { Permission } from '../../../contract/permissions.ts';
import { roleFor } from '../../platform/actor.ts';
import { append, type JournalEntry } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { PlanRecord } from './queries.ts';

/** What happened to a plan, in codes and figures; its words stand in the plan. */
export function note(
  { tx, actor, now }: Context,
  plan: Pick<PlanRecord, 'id' | 'unit_id' | 'site_id' | 'kind' | 'stage_code' | 'version_no'>,
  action: string,
  permission: Permission,
  more: Pick<JournalEntry, 'from' | 'to' | 'reason' | 'figures' | 'lineId'> = {},
): Promise<void> {
  return append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, permission),
    action: `plans.${action}`,
    recordKind: 'plan',
    recordId: plan.id,
    class: 'normal',
    unitId: plan.unit_id,
    siteId: plan.site_id,
    ...more,
    // A plan has no number of its own: kind, stage and version, beside the place, are its name.
    figures: { kind: plan.kind, stage: plan.stage_code, version: plan.version_no, ...more.figures },
  });
}
