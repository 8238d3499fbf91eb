import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import type { RequestRecord } from '../requests/index.ts';
import type { EntryRecord } from './queries.ts';

/** Whoever decides: the leaders of the unit served; of a need that names no unit, whoever decides for the group. */
export async function askLeaders(context: Context, entry: EntryRecord, r: RequestRecord): Promise<number> {
  const { groupNode } = await directory(context.tx);
  return tell(context, {
    kind: 'ledger.proposed',
    to: r.unit_id ? { role: 'unit_leader', nodeId: r.unit_id } : { permission: 'ledger.explain', nodeId: groupNode.id },
    about: { kind: 'ledger', id: entry.id, label: r.number, route: `/ledger/${entry.id}` },
    level: 'important',
  });
}

/** The line's handlers learn what was decided. */
export async function tellDecided(context: Context, entry: EntryRecord, r: RequestRecord): Promise<void> {
  if (r.line_id === null) return;
  const { groupNode } = await directory(context.tx);
  await tell(context, {
    kind: 'ledger.decided',
    to: { role: 'handler', nodeId: r.lead_unit_id ?? groupNode.id, lineId: r.line_id },
    about: { kind: 'ledger', id: entry.id, label: r.number, route: `/ledger/${entry.id}` },
    level: 'info',
  });
}
