import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';

/** Whose figures somebody may look at: their units, their line, or the whole group (domain section 2). Pure. */
export interface Reach {
  everywhere: boolean;
  unitIds: number[];
  /** Null: every line. */
  lineIds: number[] | null;
}

export function reachOf(actor: Actor): Reach {
  const areas = areasFor(actor, 'watch.read');
  return {
    everywhere: areas.some(({ everywhere }) => everywhere),
    unitIds: [...new Set(areas.flatMap(({ unitIds }) => unitIds))],
    lineIds: areas.some(({ lineId }) => lineId === null) ? null : [...new Set(areas.map(({ lineId }) => lineId!))],
  };
}

/** The group itself only for whoever is granted all of it; a line only where the grant is not bound to another. */
export function mayLookAt(actor: Actor, dir: Directory, nodeId: number, lineId: number | null): boolean {
  const kind = dir.nodes.get(nodeId)?.kind;
  if (kind !== 'unit' && nodeId !== dir.groupNode.id) return false;
  return areasFor(actor, 'watch.read').some(
    (area) => (area.lineId === null || area.lineId === lineId) && (area.everywhere || area.unitIds.includes(nodeId)),
  );
}

/** Where somebody begins: the group, else their first unit; with the line they are bound to. */
export function firstPlace(actor: Actor, dir: Directory): { nodeId: number; lineId: number | null } | null {
  for (const { everywhere, unitIds, lineId } of areasFor(actor, 'watch.read')) {
    const nodeId = everywhere ? dir.groupNode.id : unitIds[0];
    if (nodeId !== undefined) return { nodeId, lineId };
  }
  return null;
}
