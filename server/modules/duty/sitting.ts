import type { Tx } from '../../platform/transaction.ts';
import { accountsInRoles } from '../access/index.ts';
import type { Directory } from '../organization/index.ts';
import { lentTo, type PostRecord } from './queries.ts';

export interface Sitter {
  accountId: string;
  name: string;
  /** Of the line that backs up the post's line. */
  backup: boolean;
  /** Of whoever sits here only because they are lent here: their day of return. */
  lentUntil: Date | null;
}

/** Roles that sit on a post at head office, in a unit, at a site; whoever verifies or judges sits on none. */
const sitting: Record<string, readonly string[]> = {
  group: ['support_group', 'dispatcher', 'dispatcher_lead', 'operator', 'handler', 'group_leader'],
  sector: ['support_group', 'group_leader'],
  unit: ['unit_leader', 'unit_liaison', 'handler'],
  site: ['site_officer'],
};

/** Everybody who may sit on a post: those granted at its node, for a line those of the line and of its backup, and those lent there. */
export async function sittersOf(tx: Tx, dir: Directory, post: PostRecord, at: Date): Promise<Sitter[]> {
  const roles = sitting[dir.nodes.get(post.node_id)?.kind ?? 'unit']!;
  const backup = post.line_id === null ? null : (dir.lines.get(post.line_id)?.backupId ?? null);
  const granted = (await accountsInRoles(tx, roles)).filter(
    (row) =>
      row.node_id === post.node_id &&
      (post.line_id === null || row.line_id === post.line_id || (backup !== null && row.line_id === backup)),
  );
  const found = new Map<string, Sitter>();
  for (const row of granted)
    if (!found.has(row.id))
      found.set(row.id, {
        accountId: row.id,
        name: row.label,
        backup: post.line_id !== null && row.line_id !== post.line_id,
        lentUntil: null,
      });
  if (post.line_id === null)
    for (const row of await lentTo(tx, post.node_id, at))
      if (!found.has(row.account_id))
        found.set(row.account_id, {
          accountId: row.account_id,
          name: row.label,
          backup: false,
          lentUntil: row.return_at,
        });
  return [...found.values()];
}
