import type { Permission } from '../../../contract/permissions.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';

/** Who sees, works on, approves and assesses what of readiness. Pure. */

type Dir = Pick<Directory, 'ancestors' | 'unitOf' | 'nodes' | 'groupNode'>;

/** The place lies at or under a node for which the person holds the permission. */
export const holdsAt = (actor: Actor, permission: Permission, nodeId: number, dir: Dir): boolean =>
  areasFor(actor, permission).some((area) => area.everywhere || dir.ancestors(nodeId).includes(area.nodeId));

/**
 * Readers see what lies in their part of the group, and what stands above it: a risk of the group is everybody's. A site
 * officer reads the unit's.
 */
export function mayRead(actor: Actor, nodeId: number, dir: Dir): boolean {
  return areasFor(actor, 'drills.read').some(
    (area) =>
      area.everywhere ||
      dir.ancestors(nodeId).includes(area.nodeId) ||
      dir.ancestors(area.nodeId).includes(nodeId) ||
      (dir.unitOf(area.nodeId) !== null && dir.unitOf(area.nodeId) === dir.unitOf(nodeId)),
  );
}

/** Whom a near-miss was told by is known to the unit's liaison and the support group, and to the reporter. */
export const mayKnowReporter = (
  actor: Actor,
  nearMiss: { unit_id: number; reporter_id: string | null },
  dir: Dir,
): boolean =>
  (nearMiss.reporter_id !== null && nearMiss.reporter_id === actor.accountId) ||
  actor.areas.some(
    (area) =>
      (area.role === 'unit_liaison' || area.role === 'support_group') &&
      (area.everywhere || dir.ancestors(nearMiss.unit_id).includes(area.nodeId)),
  );

/** An observer comes from outside the unit that is drilled: from another unit, or from head office. */
export const isOutside = (homeNodeId: number | null, unitId: number, dir: Dir): boolean =>
  homeNodeId !== null && dir.unitOf(homeNodeId) !== unitId;

/** What a red risk lacks. */
export function lacking(
  risk: { severity: string; next_drill_on: string | null; retired_at: Date | null },
  approved: boolean,
  today: string,
): ('contingency' | 'drill_date')[] {
  if (risk.severity !== 'red' || risk.retired_at) return [];
  return [
    ...(approved ? [] : (['contingency'] as const)),
    ...(risk.next_drill_on !== null && risk.next_drill_on >= today ? [] : (['drill_date'] as const)),
  ];
}
