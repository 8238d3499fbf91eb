/** Who asks for what, where, when and over which channel: the ordinary days, drawn from the world's `generator`. */
import type { Category } from '../../../contract/organization.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import type { Directory } from '../../modules/organization/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { pick, type Random } from '../random.ts';
import { composeRequest, type Place, type Story, type Told } from '../sentences/compose.ts';
import type { World } from '../world.ts';
import { type Calendar, day, firstDay, hour, lastDay, minute } from './calendar.ts';
import type { Cast } from './cast.ts';
import { chance, streamOf, uniform, weighted } from './chance.ts';
import type { Need } from './ledger.ts';
import type { Steer } from './steer.ts';

export type Channel = 'qr_form' | 'hotline' | 'site_officer' | 'paper_or_face' | 'proactive';
export type Confidentiality = 'open' | 'confidential' | 'anonymous';

export interface Asking {
  /** Its name; its row of chance hangs on it. */
  key: string;
  /** When it arrives; `submittedAt` is earlier where the phone had no network. */
  at: number;
  submittedAt: number;
  siteId: number;
  place: Place;
  category: Category;
  /** What was ticked, where the dispatcher will have to mend it. */
  statedAs?: Category;
  by: 'worker' | 'officer';
  channel: Channel;
  confidentiality: Confidentiality;
  requester: Actor | null;
  registrar: Actor | null;
  label: string | null;
  callback: string | null;
  text: string;
  /** What was told, so that all that is said later fits it. */
  story: Story;
  point: string | null;
  priority?: 'urgent' | 'high';
  /** Key of the need told in the same call. */
  callOf?: string;
  /** The need whose case this one is put into, if that is still possible when the dispatcher looks. */
  into?: () => Need | null;
  /** Where it is dispatched to, where the story says so. */
  to?: 'unit' | 'head';
  steer?: Steer;
}

export interface Scene {
  world: World;
  dir: Directory;
  cast: Cast;
  calendar: Calendar;
  seed: number;
}

/** Weights of the second level within the first; sealed categories have none and never come up (rules 5). */
const within: Record<string, number> = {
  A01: 30,
  A02: 16,
  A03: 16,
  A04: 14,
  A05: 18,
  A06: 6,
  B01: 34,
  B02: 22,
  B03: 20,
  B04: 8,
  B05: 16,
  C01: 18,
  C02: 3,
  C03: 35,
  C04: 24,
  C05: 14,
  C06: 6,
  E01: 34,
  E02: 7,
  E03: 20,
  E04: 23,
  E05: 16,
  F01: 16,
  F02: 26,
  F03: 14,
  F04: 20,
  F05: 10,
  F06: 14,
  G01: 36,
  G02: 28,
  G03: 14,
  G04: 10,
  G05: 12,
  H01: 30,
  H02: 36,
  H03: 20,
  H04: 14,
  I01: 50,
  I02: 30,
  I04: 20,
};
const labels = [
  ['一线职工', 5],
  ['驻场职工', 3],
  ['分包职工', 3],
  ['班组长', 2],
  ['夜班职工', 2],
  ['新进场职工', 1],
] as const;
const points = ['大门', '食堂', '生活区', '作业面'];
const perSite = 6;
/** Extensions stand at a site, several people share one; 8000–8199 and 8300 are lines of their own. */
export const extensionOf = (siteIndex: number, which: number): string => {
  const n = 8200 + siteIndex * perSite + (which % perSite);
  return String(n >= 8300 ? n + 1 : n);
};

export function categoryFor(scene: Scene, at: number, random: Random): Category {
  const { generator } = scene.world;
  const mix = ['S3', 'S4'].includes(scene.calendar.stageAt(at).code)
    ? generator.category_mix_S3
    : generator.category_mix_S2;
  const open = Object.keys(within)
    .map((code) => scene.dir.categoriesByCode.get(code)!)
    .filter((one) => !sealedClasses.includes(one.recordClass));
  const first = weighted(
    Object.entries(mix).filter(([code]) => open.some((one) => one.parentCode === code)),
    random,
  );
  return weighted(
    open.filter((one) => one.parentCode === first).map((one) => [one, within[one.code]!] as const),
    random,
  );
}

export interface Wanted {
  key: string;
  at: number;
  siteCode?: string;
  category?: Category;
  by?: 'worker' | 'officer';
  channel?: Channel;
  confidentiality?: Confidentiality;
  requester?: Actor;
  tell?: (by: 'worker' | 'officer', place: Place, random: Random) => Told;
}

/** One asking; whatever is not wanted otherwise is drawn from its own row of chance. */
export function askingOf(scene: Scene, wanted: Wanted): Asking {
  const { world, dir, cast } = scene;
  const random = streamOf(scene.seed, `ask ${wanted.key}`);
  const site = wanted.siteCode
    ? world.sites.find((one) => one.code === wanted.siteCode)!
    : weighted(
        world.sites.map((one) => [one, one.heads] as const),
        random,
      );
  const siteId = dir.nodesByCode.get(site.code)!.id;
  const place: Place = { kind: site.kind as Place['kind'], zh: site.zh };
  const drawnCategory = categoryFor(scene, wanted.at, random);
  const category = wanted.category ?? drawnCategory;
  const channel =
    wanted.channel ?? weighted(Object.entries(world.generator.channel_mix) as [Channel, number][], random);
  const officers = cast.officersOf(siteId);
  const workers = cast.workersOf(siteId);
  const officerShare = { qr_form: 0.12, hotline: 0.28, site_officer: 0.65, paper_or_face: 0, proactive: 1 }[channel];
  const by = wanted.by ?? (wanted.requester ? 'worker' : chance(officerShare, random) ? 'officer' : 'worker');
  const hidden = weighted(
    [
      ['open', 0.745],
      ['confidential', 0.17],
      ['anonymous', 0.085],
    ] as const,
    random,
  );
  const confidentiality = wanted.confidentiality ?? (by === 'officer' || wanted.requester ? 'open' : hidden);
  const anonymous = confidentiality === 'anonymous';

  let requester: Actor | null = wanted.requester ?? null;
  let registrar: Actor | null = null;
  if (channel === 'hotline') registrar = pick(cast.operators, random);
  else if (channel !== 'qr_form') registrar = pick(officers, random);
  if (!requester && !anonymous) {
    if (by === 'officer') {
      if (channel === 'qr_form' || (channel === 'hotline' && chance(0.6, random))) requester = pick(officers, random);
    } else if (workers.length > 0 && chance(channel === 'qr_form' ? 0.15 : 0.06, random))
      requester = pick(workers, random);
  }
  if (requester && requester === registrar) requester = null;
  const drawnLabel = weighted(labels, random);
  const label = anonymous ? null : requester ? requester.label : channel === 'qr_form' ? null : drawnLabel;
  const reachable = { qr_form: 0.55, hotline: 0.93, site_officer: 0.7, paper_or_face: 0.25, proactive: 0.6 }[channel];
  const extension = extensionOf(world.sites.indexOf(site), Math.floor(random() * perSite));
  const callback = !anonymous && chance(requester ? 0.9 : reachable, random) ? extension : null;
  const point = chance(channel === 'qr_form' ? 0.7 : 0.2, random) ? pick(points, random) : null;
  const raisedByOperator = channel === 'hotline' && chance(0.025, random) && category.priority?.startsWith('normal');
  const mistaken = category.recordClass === 'normal' && chance(0.03, random);
  const others = Object.keys(within)
    .map((code) => dir.categoriesByCode.get(code)!)
    .filter((one) => one.parentId === category.parentId && one !== category && one.recordClass === 'normal');
  const offline = channel === 'qr_form' && chance(0.04, random) ? uniform(5, 110, random) * minute : 0;
  return {
    key: wanted.key,
    at: wanted.at,
    submittedAt: Math.round(wanted.at - offline),
    siteId,
    place,
    category,
    statedAs: !wanted.category && mistaken && others.length > 0 ? pick(others, random) : undefined,
    by,
    channel,
    confidentiality,
    requester,
    registrar,
    label,
    callback,
    point,
    priority: raisedByOperator ? 'high' : undefined,
    ...(wanted.tell
      ? wanted.tell(by, place, random)
      : composeRequest(category.code, by, place, new Date(wanted.at), random)),
  };
}

/** A moment of this day by the weights of its hours. */
export function momentOf(scene: Scene, dayNumber: number, random: Random): number {
  const atHour = weighted(
    scene.world.generator.hour_weights.map((weight, i) => [i, weight] as const),
    random,
  );
  return Math.floor(scene.calendar.d0 + dayNumber * day + (atHour + random()) * hour);
}

/** Everything ordinary that is asked between the first day and now. */
export function ordinaryAskings(scene: Scene): Asking[] {
  const { world, calendar, seed } = scene;
  const heads = world.sites.reduce((sum, site) => sum + site.heads, 0);
  const askings: Asking[] = [];
  for (let d = firstDay; d <= lastDay; d++) {
    const random = streamOf(seed, `day ${d}`);
    const perDay =
      (world.generator.requests_per_1000_heads_per_day[calendar.stageAt(calendar.d0 + d * day).code]! * heads) / 1000;
    const count = Math.floor(perDay + random());
    for (let i = 0; i < count; i++) {
      const at = momentOf(scene, d, random);
      if (at > calendar.now) continue;
      const first = askingOf(scene, { key: `d${d}.${i}`, at });
      askings.push(first);
      // "You tell me two things; I note them apart": one call, two needs.
      if (first.channel === 'hotline' && chance(0.03, random) && i + 1 < count) {
        i++;
        const second = askingOf(scene, {
          key: `d${d}.${i}`,
          at: at + 2 * minute,
          siteCode: world.sites.find((site) => site.zh === first.place.zh)!.code,
          by: first.by,
          channel: 'hotline',
          confidentiality: first.confidentiality,
        });
        if (second.at <= calendar.now) {
          askings.push({
            ...second,
            callOf: first.key,
            registrar: first.registrar,
            requester: first.requester,
            label: first.label,
            callback: first.callback,
          });
        }
      }
    }
  }
  return askings;
}
