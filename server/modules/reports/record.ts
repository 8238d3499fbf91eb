import { createHash } from 'node:crypto';
import { type Actor, areasFor, sameHand } from '../../platform/actor.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Directory } from '../organization/index.ts';
import type { FilingRecord } from './queries.ts';

/** The journal names records by uuid; a form has a code, a site a number. */
export function recordIdOf(kind: 'report_form' | 'site', key: string | number): string {
  const hex = createHash('sha256').update(`${kind}:${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Codes and figures, never what was written. */
export const noteFiling = (
  { tx, actor, now }: Context,
  filing: Pick<FilingRecord, 'id' | 'unit_id' | 'node_id' | 'form_code' | 'day'>,
  role: string | null,
  action: string,
  figures: Record<string, string | number | boolean | null>,
  dir: Directory,
) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role,
    action: `reports.${action}`,
    recordKind: 'filing',
    recordId: filing.id,
    class: 'normal',
    unitId: filing.unit_id,
    siteId: dir.nodes.get(filing.node_id)?.kind === 'site' ? filing.node_id : null,
    figures: { form: filing.form_code, day: filing.day, ...figures },
  });

/** Places a person files for: officers for their sites, liaisons for their units. */
export function filesFor(dir: Directory, actor: Actor): number[] {
  return [...dir.nodes.keys()].filter((nodeId) => filesAt(dir, actor, nodeId));
}

/** Whether this person files for that place. */
export function filesAt(dir: Directory, actor: Actor, nodeId: number): boolean {
  const kind = dir.nodes.get(nodeId)?.kind;
  return areasFor(actor, 'reports.file').some((area) =>
    area.role === 'site_officer'
      ? kind === 'site' && area.siteIds.includes(nodeId)
      : kind === 'unit' && area.unitIds.includes(nodeId),
  );
}

/** Places whose reports this person reads; null: all. */
export const placesRead = (dir: Directory, actor: Actor): number[] | null =>
  areasFor(actor, 'reports.read').some((area) => area.everywhere)
    ? null
    : [...dir.nodes.keys()].filter((nodeId) => reads(dir, actor, nodeId));

/** Whether this person reads what such a place files. */
export function reads(dir: Directory, actor: Actor, nodeId: number): boolean {
  const unitId = dir.unitOf(nodeId);
  return areasFor(actor, 'reports.read').some(
    (area) => area.everywhere || area.siteIds.includes(nodeId) || (unitId !== null && area.unitIds.includes(unitId)),
  );
}

/** Whether what stands there was filed by this hand: nobody checks or approves their own. */
export const filedIt = (actor: Actor, filing: Pick<FilingRecord, 'filed_by' | 'made_at'>): boolean =>
  sameHand(actor, filing.filed_by, filing.made_at);

/** Whether this person checks what such a place files: a liaison of its unit, bound to no line. */
export function checks(dir: Directory, actor: Actor, nodeId: number): boolean {
  const unitId = dir.unitOf(nodeId);
  return areasFor(actor, 'reports.check').some(
    (area) => area.everywhere || (unitId !== null && area.unitIds.includes(unitId)),
  );
}

export const approves = (actor: Actor, unitId: number): boolean =>
  areasFor(actor, 'reports.approve').some((area) => area.everywhere || area.unitIds.includes(unitId));
