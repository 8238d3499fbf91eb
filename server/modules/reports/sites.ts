/** What is kept of a site for its reports: its crews, and the telephone of its office. */
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { reportEndpoints } from '../../../contract/reports.ts';
import { type Actor, areasFor, roleFor } from '../../platform/actor.ts';
import { badField, forbidden } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { type Directory, directory } from '../organization/index.ts';
import { endCrews, keepCrews, oneCrewList, saveOffices } from './queries.ts';
import { recordIdOf } from './record.ts';

type Input<K extends keyof typeof reportEndpoints> = ParsedOf<(typeof reportEndpoints)[K]>;

/** Whether it is a site of this officer, or of the unit of this liaison. */
export function keeps(dir: Directory, actor: Actor, siteId: number): boolean {
  if (dir.nodes.get(siteId)?.kind !== 'site') return false;
  const unitId = dir.unitOf(siteId);
  return areasFor(actor, 'reports.file').some(
    (area) => area.siteIds.includes(siteId) || (unitId !== null && area.unitIds.includes(unitId)),
  );
}

async function ownSite({ tx, actor }: Context, siteId: number): Promise<Directory> {
  const dir = await directory(tx);
  if (!keeps(dir, actor, siteId)) throw forbidden();
  return dir;
}

const note = (
  { tx, actor, now }: Context,
  dir: Directory,
  siteId: number,
  action: string,
  figures: Record<string, number>,
) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, 'reports.file'),
    action: `reports.${action}`,
    recordKind: 'site',
    recordId: recordIdOf('site', siteId),
    class: 'normal',
    unitId: dir.unitOf(siteId),
    siteId,
    figures,
  });

/** The whole list: one left out is ended, one that comes back goes on. @throws bad_input naming the crew */
export async function setCrews(context: Context, { siteId, crews }: Input<'setCrews'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await ownSite(context, siteId);
  const names = crews.map((one) => one.zh);
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice >= 0) throw badField(`crews.${twice}.zh`, 'crew_twice');
  await oneCrewList(tx, [siteId]);
  const by = { changed_by: actor.accountId, changed_at: now };
  // All are ended first, so that two crews may change names.
  await endCrews(tx, siteId, { ended_at: now, ...by });
  const kept = await keepCrews(
    tx,
    crews.map((one, ordinal) => ({ ...one, site_id: siteId, ordinal, ended_at: null, ...by })),
  );
  const other = crews.findIndex((one) => !kept.some(({ id }) => id === one.id));
  if (other >= 0) throw badField(`crews.${other}.id`, 'bad_choice');
  await note(context, dir, siteId, 'crews_changed', {
    crews: crews.length,
    planned: crews.reduce((all, one) => all + one.planned, 0),
  });
}

export async function setOffice(context: Context, { siteId, phone }: Input<'setOffice'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await ownSite(context, siteId);
  await saveOffices(tx, [{ site_id: siteId, phone, changed_by: actor.accountId, changed_at: now }]);
  await note(context, dir, siteId, 'office_changed', {});
}
