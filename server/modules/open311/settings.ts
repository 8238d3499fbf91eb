import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Open311Settings, open311Endpoints } from '../../../contract/open311.ts';
import { conflict, type FieldFault, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import { allPlaces, allServices, doorNow, lockDoor, replaceServices, savePlaces, writeDoor } from './queries.ts';

/** The journal names records by UUID; there is one door (version 8: nothing else has it). */
const journalId = '00000000-0000-8000-8311-000000000000';

/** Second-level categories of ordinary needs: nothing personal, of health, of the care or the oversight line (rules 6). */
const mayBePublic = (dir: Directory, id: number): boolean => {
  const category = dir.categories.get(id);
  return category?.parentId != null && category.recordClass === 'normal';
};

/** The public services in force; one whose category has become personal or sealed since is left out at once. */
export async function servicesInForce(tx: Tx, dir: Directory) {
  return (await allServices(tx)).filter(({ category_id }) => mayBePublic(dir, category_id));
}

export async function readSettings(tx: Tx): Promise<Open311Settings> {
  const dir = await directory(tx);
  const door = await doorNow(tx);
  const places = await allPlaces(tx);
  const sites = [...dir.nodes.values()].filter(({ kind }) => kind === 'site');
  return {
    enabled: door?.enabled ?? false,
    jurisdictionId: door?.jurisdiction_id ?? null,
    services: (await servicesInForce(tx, dir)).map(({ category_id, zh, en }) => ({ categoryId: category_id, zh, en })),
    eligible: [...dir.categories.keys()].filter((id) => mayBePublic(dir, id)),
    placed: sites.filter(({ id }) => places.has(id)).length,
    sites: sites.length,
    version: door?.version ?? 0,
    changedAt: door?.changed_at.toISOString() ?? null,
  };
}

const noted = ({ tx, actor, now }: Context, action: string, figures: Record<string, string | number | boolean>) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: 'secadmin',
    action,
    recordKind: 'open311',
    recordId: journalId,
    class: 'audit',
    figures,
  });

/** @throws stale; bad_input naming each category that cannot be public */
export async function saveSettings(
  context: Context,
  given: ParsedOf<(typeof open311Endpoints)['save']>,
): Promise<Open311Settings> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const fields: FieldFault[] = [];
  const seen = new Set<number>();
  for (const [i, { categoryId }] of given.services.entries()) {
    if (!mayBePublic(dir, categoryId)) fields.push({ field: `services.${i}.categoryId`, code: 'not_public' });
    if (seen.has(categoryId)) fields.push({ field: `services.${i}.categoryId`, code: 'twice' });
    seen.add(categoryId);
  }
  if (given.enabled && given.services.length === 0) fields.push({ field: 'services', code: 'required' });
  if (fields.length > 0) throw new Refusal(422, 'bad_input', { fields });
  await lockDoor(tx);
  const set = { enabled: given.enabled, jurisdiction_id: given.jurisdictionId || null, changed_at: now };
  if (!(await writeDoor(tx, set, given.version))) throw conflict('stale', await readSettings(tx));
  await replaceServices(
    tx,
    given.services.map(({ categoryId, zh, en }) => ({ category_id: categoryId, zh, en })),
  );
  const codes = given.services.map(({ categoryId }) => dir.categories.get(categoryId)!.code).join(' ');
  await noted(context, 'open311.changed', { enabled: given.enabled, services: codes });
  return readSettings(tx);
}

/**
 * One line a site: `U04-01, 30.123456, 122.123456`, by comma, semicolon, tab or blanks, so that three columns of a
 * workbook can be pasted. All or nothing.
 * @throws bad_input naming each bad line by its number, from 1
 */
export async function savePlacesOf(context: Context, lines: string): Promise<Open311Settings> {
  const { tx } = context;
  const dir = await directory(tx);
  const fields: FieldFault[] = [];
  const rows = new Map<number, { site_id: number; lat: string; long: string }>();
  for (const [i, line] of lines.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [code = '', lat = '', long = '', ...more] = line.trim().split(/\s*[,;，；\t]\s*|\s+/);
    const site = dir.nodesByCode.get(code.toUpperCase());
    const field = `lines.${i + 1}`;
    const isDegrees = (text: string, most: number): boolean =>
      /^-?\d{1,3}(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= most;
    if (site?.kind !== 'site') fields.push({ field, code: 'unknown_site' });
    else if (more.length > 0 || !isDegrees(lat, 90) || !isDegrees(long, 180)) fields.push({ field, code: 'bad_place' });
    else rows.set(site.id, { site_id: site.id, lat, long });
  }
  if (fields.length > 0) throw new Refusal(422, 'bad_input', { fields: fields.slice(0, 50) });
  await savePlaces(tx, [...rows.values()]);
  await noted(context, 'open311.places_set', { sites: rows.size });
  return readSettings(tx);
}
