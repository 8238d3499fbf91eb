import { type Actor, type Area, areasFor, sameHand } from '../../platform/actor.ts';
import type { DueRecord, Duties, LineRecord, Seen } from './queries.ts';

/** Who answers for a measure, who sees it, and who may say of it what its doer may not. Pure. */

type Place = Pick<DueRecord, 'unit_id' | 'site_id'> & { line: Pick<LineRecord, 'level' | 'work_line_id' | 'owner_id'> };

/**
 * What this person does: a site's measures are its officer's, a unit's are its liaison's and the handlers' of the line, the
 * group's are the support group's and the handlers' of the line at head office.
 */
export function dutiesOf(actor: Actor): Duties {
  const duties: Duties = { siteIds: [], unitIds: [], unitLines: [], group: false, groupLines: [] };
  for (const area of areasFor(actor, 'measures.work')) {
    if (area.role === 'site_officer') duties.siteIds.push(...area.siteIds);
    if (area.role === 'unit_liaison') duties.unitIds.push(...area.unitIds);
    if (area.role === 'support_group' && area.everywhere) duties.group = true;
    if (area.role === 'handler' && area.lineId !== null) {
      if (area.everywhere) duties.groupLines.push(area.lineId);
      else for (const unitId of area.unitIds) duties.unitLines.push([unitId, area.lineId]);
    }
  }
  return duties;
}

/** The role in which this person does it; null where it is not theirs to do. */
export function doerOf(actor: Actor, { unit_id, site_id, line }: Place): string | null {
  const duties = dutiesOf(actor);
  if (site_id !== null) {
    if (duties.siteIds.includes(site_id)) return 'site_officer';
    return line.owner_id !== null && line.owner_id === actor.accountId ? 'handler' : null;
  }
  if (unit_id !== null) {
    if (duties.unitIds.includes(unit_id)) return 'unit_liaison';
    return duties.unitLines.some(([unit, of]) => unit === unit_id && of === line.work_line_id) ? 'handler' : null;
  }
  if (duties.group) return 'support_group';
  return line.work_line_id !== null && duties.groupLines.includes(line.work_line_id) ? 'handler' : null;
}

/** Where this person reads measures; null: everywhere. */
export function seenBy(actor: Actor): Seen | null {
  const areas = areasFor(actor, 'measures.read');
  if (areas.some((area) => area.everywhere)) return null;
  return {
    unitIds: [...new Set(areas.flatMap((area) => area.unitIds))],
    siteIds: [...new Set(areas.flatMap((area) => area.siteIds))],
  };
}

export function mayRead(actor: Actor, place: Pick<DueRecord, 'unit_id' | 'site_id'>): boolean {
  if (actor.kind !== 'account' || !actor.permissions.has('measures.read')) return false;
  const seen = seenBy(actor);
  if (seen === null) return true;
  return (
    (place.unit_id !== null && seen.unitIds.includes(place.unit_id)) ||
    (place.site_id !== null && seen.siteIds.includes(place.site_id))
  );
}

const reaches = (area: Area, unitId: number | null): boolean =>
  area.everywhere || (unitId !== null && area.unitIds.includes(unitId));

/**
 * Who stands outside the doer's line and above the place: of a site's measure its unit's liaison, the support group and
 * inspectors; of a unit's the support group and inspectors; of the group's inspectors, and of the support group whoever did
 * not do it.
 */
function outsideOf(actor: Actor, place: Place): Area | undefined {
  return areasFor(actor, 'measures.check').find((area) => {
    if (!reaches(area, place.unit_id)) return false;
    return area.role === 'unit_liaison' ? place.site_id !== null : true;
  });
}

/** The role in which this person answers who says it cannot be done; null where they may not. */
export function answererOf(actor: Actor, due: Place & Pick<DueRecord, 'cannot_by' | 'cannot_at'>): string | null {
  if (actor.kind !== 'account' || sameHand(actor, due.cannot_by, due.cannot_at)) return null;
  return outsideOf(actor, due)?.role ?? null;
}

/**
 * The role in which this person checks it; null where they may not. Nobody who did it, shared in it or answers for it.
 * @param hands accounts behind its ticks
 */
export function checkerOf(
  actor: Actor,
  due: Place & Pick<DueRecord, 'done_by' | 'done_at'>,
  hands: readonly string[],
): string | null {
  if (actor.kind !== 'account') return null;
  if ([due.done_by, due.line.owner_id, ...hands].some((one) => sameHand(actor, one, due.done_at))) return null;
  return outsideOf(actor, due)?.role ?? null;
}
