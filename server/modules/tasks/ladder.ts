import type { Role } from '../../../contract/permissions.ts';
import type { Directory } from '../organization/index.ts';

/** One step of the way up: whoever holds the role at this very place. */
export interface Rung {
  role: Role;
  nodeId: number;
}

export interface Owner {
  /** Home of the accountable person; null where a post answers. */
  homeNodeId: number | null;
  lineId: number | null;
  /** Unit of the post; null = head office. */
  unitId: number | null;
  /** The owner leads this unit: it is told above it at once. */
  leadsUnit: boolean;
}

/** Who is told of a red task, one level higher each time: the owner's leader, the unit's leader, the dispatcher lead, the group's leader. Pure. */
export function ladderOf(dir: Pick<Directory, 'nodes' | 'unitOf' | 'groupNode'>, owner: Owner): Rung[] {
  const home = owner.homeNodeId === null ? undefined : dir.nodes.get(owner.homeNodeId);
  const unitId = owner.unitId ?? (home ? dir.unitOf(home.id) : null);
  const rungs: Rung[] = [];
  if (unitId !== null) {
    if (home?.kind === 'site') rungs.push({ role: 'unit_liaison', nodeId: unitId });
    if (!owner.leadsUnit) rungs.push({ role: 'unit_leader', nodeId: unitId });
  }
  const top = dir.groupNode.id;
  return [...rungs, { role: 'dispatcher_lead', nodeId: top }, { role: 'group_leader', nodeId: top }];
}

/** The step of the n-th telling (from 0); on the top step it stays. */
export const rungAt = (ladder: readonly Rung[], n: number): number => Math.min(n, ladder.length - 1);
