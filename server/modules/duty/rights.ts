import type { Permission } from '../../../contract/permissions.ts';
import { type Actor, areasFor, covers } from '../../platform/actor.ts';
import { readSetting } from '../../platform/setting.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';

const leading = ['unit_leader', 'group_leader'];

const placeOf = (dir: Directory, nodeId: number) => ({
  unitId: dir.unitOf(nodeId),
  siteId: dir.nodes.get(nodeId)?.kind === 'site' ? nodeId : null,
});

/** Whether this permission reaches the node. A sector and the group itself are reached from above units only. */
export const reaches = (actor: Actor, dir: Directory, permission: Permission, nodeId: number): boolean =>
  areasFor(actor, permission).some((area) => covers({ ...area, lineId: null }, placeOf(dir, nodeId)));

/** A leader over the node: whoever may let a limit of fatigue be passed. */
export const leads = (actor: Actor, dir: Directory, nodeId: number): boolean =>
  actor.areas.some((area) => leading.includes(area.role) && covers({ ...area, lineId: null }, placeOf(dir, nodeId)));

/** Nodes under which this permission reaches anything: units, or the whole group (null). */
export function nodesFor(actor: Actor, dir: Directory, permission: Permission): number[] | null {
  const areas = areasFor(actor, permission);
  if (areas.some((area) => area.everywhere)) return null;
  const units = new Set(areas.flatMap((area) => area.unitIds));
  const sites = new Set(areas.flatMap((area) => area.siteIds));
  return [...dir.nodes.values()]
    .filter((node) => sites.has(node.id) || units.has(dir.unitOf(node.id) ?? 0))
    .map((node) => node.id);
}

/** The line that keeps the Party's rolls; which one it is, the installation says. */
export async function organisationLine(tx: Tx, dir: Directory): Promise<number | null> {
  const code = (await readSetting<string>(tx, 'organisation_line')) ?? 'L01';
  return dir.linesByCode.get(code)?.id ?? null;
}

/** Whoever works for the organisation line, at head office or in a unit that holds the node. */
export const ofOrganisationLine = (actor: Actor, dir: Directory, line: number | null, nodeId: number): boolean =>
  line !== null &&
  actor.areas.some((area) => area.lineId === line && covers(area, { ...placeOf(dir, nodeId), lineId: line }));
