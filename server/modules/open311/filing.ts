import type { Actor } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import type { Directory } from '../organization/index.ts';
import { GeoFault } from './answers.ts';
import type { Places } from './reading.ts';

/** As far as a place may lie from the site it is taken to be. */
export const mostKm = 5;
/** As the standard has it. */
const mostDescription = 4000;

/** Great-circle distance in km (haversine, mean radius 6371 km). */
function kmBetween(a: { lat: number; long: number }, b: { lat: number; long: number }): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.long - a.long) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * The site meant: by its code, by an address that holds its code or name, or the nearest one. A token of one site files
 * there and nowhere else.
 * @throws GeoFault 400 for a place that is missing, wrong, or far from every site
 */
export function siteMeant(
  dir: Directory,
  places: Places,
  actor: Actor,
  given: { lat?: string; long?: string; address_id?: string; address_string?: string },
): number {
  const sites = [...dir.nodes.values()].filter(({ kind }) => kind === 'site');
  const byAddress = (): number | null => {
    const wanted = given.address_id?.trim() || given.address_string?.trim();
    if (!wanted) return null;
    const upper = wanted.toUpperCase();
    const byCode = sites.find(({ code }) => upper === code || upper.split(/[^A-Z0-9-]+/).includes(code));
    // The longest name wins: one site's name may begin another's.
    const named = sites
      .filter(({ zh, en }) => wanted.includes(zh) || upper.includes(en.toUpperCase()))
      .sort((a, b) => b.zh.length - a.zh.length)[0];
    const found = byCode ?? named;
    if (!found && given.lat === undefined) throw new GeoFault(400, 'address_unknown');
    return found?.id ?? null;
  };
  const byPlace = (): number | null => {
    if (given.lat === undefined && given.long === undefined) return null;
    const at = { lat: Number(given.lat || Number.NaN), long: Number(given.long || Number.NaN) };
    if (!(Math.abs(at.lat) <= 90) || !(Math.abs(at.long) <= 180)) throw new GeoFault(400, 'place_bad');
    const [nearest] = sites
      .flatMap(({ id }) => {
        const place = places.get(id);
        return place ? [{ id, km: kmBetween(at, place) }] : [];
      })
      .sort((a, b) => a.km - b.km);
    if (!nearest || nearest.km > mostKm) throw new GeoFault(400, 'place_far', { km: mostKm });
    return nearest.id;
  };
  const siteId = byAddress() ?? byPlace() ?? actor.tokenSiteId;
  if (siteId === null) throw new GeoFault(400, 'place_needed');
  if (actor.tokenSiteId !== null && siteId !== actor.tokenSiteId) throw new GeoFault(403, 'other_site');
  return siteId;
}

/** What the person wrote, whole; where nothing was written, the name of the service. @throws GeoFault 400 */
export function wordsOf(given: { description?: string }, serviceName: string): string {
  const text = (given.description ?? '').trim();
  if (text.includes('\0')) throw new GeoFault(400, 'bad_text', { field: 'description' });
  if (text.length > mostDescription)
    throw new GeoFault(400, 'too_long', { field: 'description', most: mostDescription });
  return text.length < 2 ? serviceName : text.toWellFormed();
}

/** A number to ring, where one was left that can be rung. */
export const callbackOf = (phone: string | undefined): string | null => {
  const number = phone?.trim() ?? '';
  return /^[+\d][\d\s-]{2,39}$/.test(number) ? number : null;
};

const dayMs = 86_400_000;

/**
 * The ids under which this may have been filed before: the same device with the same words, today and yesterday (UTC).
 * A device that loses the answer and sends again gets the same number; the same need a week later is a new one. Without a
 * device nobody can tell a repeat from a second person.
 */
export function idsOf(keys: Keys, actor: Actor, device: string, now: Date, parts: readonly string[]): [string, string] {
  const id = (at: number): string => {
    const hash = keys.hmac(
      'open311',
      JSON.stringify([actor.label, device, new Date(at).toISOString().slice(0, 10), ...parts]),
    );
    const hex = hash.toString('hex');
    // UUID of version 8: its bits are ours.
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  return [id(now.getTime()), id(now.getTime() - dayMs)];
}
