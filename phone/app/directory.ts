import type { OutputOf } from '../../contract/endpoint.ts';
import type { organizationEndpoints } from '../../contract/organization.ts';
import { call, Refusal } from './api.ts';
import { keep, recall } from './database.ts';
import type { Directory, Kind, Place, Site } from './records.ts';
import { me } from './session.ts';
import { stored } from './stored.ts';

type PointAnswer = OutputOf<(typeof organizationEndpoints)['point']>;

export const directory = stored<Directory | null>(null);
export const place = stored<Place | null>(null);

async function refreshDirectory(): Promise<void> {
  const found = await call<Directory>('/api/public/directory');
  directory.set(found);
  await keep('directory', found);
}

/** The directory kept on this phone at once, a fresh one when it arrives; waits only on the very first visit. */
export async function startDirectory(): Promise<void> {
  directory.set((await recall<Directory>('directory')) ?? null);
  const fresh = refreshDirectory().catch(() => {});
  if (!directory.get()) await fresh;
}

/**
 * Where a signed-in person belongs, unless another place was scanned or chosen on this phone. It is not kept: the next
 * person who signs in belongs elsewhere.
 */
function takeHome(): void {
  const here = place.get();
  if (here?.token || (here?.site && !here.home)) return;
  const site = directory.get()?.sites.find((one) => one.id === me.get()?.homeNodeId);
  if (site) place.set({ token: null, site, point: null, home: true });
  else if (here?.home) place.set(null);
}

/** On a full phone it holds for as long as the page is open. */
export async function changePlace(next: Place): Promise<void> {
  place.set(next);
  await keep('place', next).catch(() => {});
}

/** The server's own word that a poster is forged or replaced; any other failure says nothing about the poster. */
const isOldPoster = (fault: unknown): boolean =>
  fault instanceof Refusal && ['not_found', 'bad_input'].includes(fault.problem.code);

/** Takes the token of a scanned code out of the address; while it cannot be read it is kept and sent with the request. */
export async function startPlace(): Promise<void> {
  const last = (await recall<Place>('place')) ?? null;
  place.set(last);
  takeHome();
  me.subscribe(takeHome);
  directory.subscribe(takeHome);
  const token = new URLSearchParams(location.search).get('q') ?? last?.token ?? null;
  // Who scans another poster stands there now: the site of the last one is not theirs until they say so.
  if (token !== (last?.token ?? null)) await changePlace({ token, site: null, point: null });
  if (location.search) history.replaceState(null, '', `${location.pathname}${location.hash}`);
  if (!token) return;
  // The page may be in use by the time the answer comes: a site picked meanwhile stands.
  const learn = async (next: Place) => {
    if (place.get()?.token === token) await changePlace(next);
  };
  const resolved = call<PointAnswer>(`/api/public/points/${encodeURIComponent(token)}`)
    .then(({ site, point }) => learn({ token, site, point }))
    .catch(async (fault) => {
      // Asked for now, while the person still stands there, and not after they have written.
      if (isOldPoster(fault)) await learn({ token: null, site: null, point: null });
    });
  if (!place.get()?.site) await resolved;
}

export function categoryById(id: number): Kind | undefined {
  return directory.get()?.categories.find((one) => one.id === id);
}

export function categoryByCode(code: string | undefined): Kind | undefined {
  return directory.get()?.categories.find((one) => one.code === code);
}

/** Whether ordinary clocks run in working time there, as last heard from the server; `undefined` where it has not said. */
export function workingTimeAt(site: Site | null | undefined): boolean | undefined {
  const known = directory.get();
  return known?.sites.find((one) => one.id === site?.id)?.workingTime ?? known?.workingTime;
}
