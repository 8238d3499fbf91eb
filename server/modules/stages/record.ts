import { uuidv7 } from 'uuidv7';
import type { Permission } from '../../../contract/permissions.ts';
import type { orderEntryKinds } from '../../../contract/stages.ts';
import { roleFor } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Directory } from '../organization/index.ts';
import { insertEntries, type OrderRecord } from './queries.ts';

export interface Noted {
  kind: (typeof orderEntryKinds)[number];
  permission: Permission | null;
  text?: string;
  unitId?: number;
  from?: string;
  to?: string;
  figures?: Record<string, string | number | boolean | null>;
}

/** What every act leaves behind: a line in the order's thread, and an entry in the journal without any words. */
export async function note(context: Context, dir: Directory, order: OrderRecord, noted: Noted): Promise<void> {
  const { tx, actor, now } = context;
  await insertEntries(tx, [
    {
      id: uuidv7(),
      order_id: order.id,
      at: now,
      actor_id: actor.accountId,
      actor_label: actor.kind === 'account' ? actor.label : '',
      kind: noted.kind,
      unit_id: noted.unitId ?? null,
      text: noted.text || null,
    },
  ]);
  await append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, noted.permission),
    action: `stages.${noted.kind}`,
    recordKind: 'stage_order',
    recordId: order.id,
    class: 'normal',
    unitId: noted.unitId ?? dir.unitOf(order.node_id),
    siteId: dir.nodes.get(order.node_id)?.kind === 'site' ? order.node_id : null,
    from: noted.from ?? null,
    to: noted.to ?? null,
    figures: { stage_from: order.from_code, stage_to: order.to_code, ...noted.figures },
  });
}
