import { roleFor } from '../../platform/actor.ts';
import { append, type JournalEntry } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Directory } from '../organization/index.ts';

/** Writes into the journal what was done with a record of this module: codes and figures, never a name or a note. */
export const note = (
  { tx, actor, now }: Context,
  dir: Directory,
  done: Pick<JournalEntry, 'action' | 'recordKind' | 'recordId' | 'from' | 'to' | 'reason' | 'figures' | 'lineId'> & {
    nodeId: number | null;
  },
) => {
  const { nodeId, ...entry } = done;
  return append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, null),
    class: 'normal',
    unitId: nodeId === null ? null : dir.unitOf(nodeId),
    siteId: nodeId !== null && dir.nodes.get(nodeId)?.kind === 'site' ? nodeId : null,
    ...entry,
  });
};
