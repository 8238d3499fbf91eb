import type { OutputOf } from '../../../contract/endpoint.ts';
import { organizationEndpoints as api } from '../../../contract/organization.ts';
import { areasFor } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { notFound } from '../../platform/errors.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { calendarFor, levelAt, timetable } from '../clocks/index.ts';
import { stageAt, stageInForce } from '../stages/index.ts';
import { type Directory, directory } from './directory.ts';
import { pointToken, readPointToken } from './posters.ts';
import { pointsOf } from './queries.ts';

type PublicSite = OutputOf<typeof api.point>['site'];

const publicGroup = (dir: Directory) => ({
  zh: dir.group.zh,
  en: dir.group.en,
  short: dir.group.short,
  timezone: dir.group.timezone,
  hotline: dir.group.hotline,
  careLine: dir.group.careLine,
  oversightLine: dir.group.oversightLine,
  demo: dir.demo,
});

const runsInWorkingTime = async (tx: Tx, dir: Directory, nodeId: number, now: Date): Promise<boolean> =>
  calendarFor(
    await timetable(tx),
    dir.group.timezone,
    { priority: 'normal24', stage: await stageAt(tx, dir.ancestors(nodeId), now), unitId: dir.unitOf(nodeId) },
    now,
  ).week !== null;

async function publicSite(tx: Tx, dir: Directory, siteId: number, now: Date): Promise<PublicSite> {
  const site = dir.nodes.get(siteId);
  const unit = dir.nodes.get(dir.unitOf(siteId) ?? 0);
  if (!site) throw notFound();
  return {
    id: site.id,
    code: site.code,
    zh: site.zh,
    en: site.en,
    unitZh: unit?.zh ?? '',
    unitEn: unit?.en ?? '',
    workingTime: await runsInWorkingTime(tx, dir, siteId, now),
  };
}

export function mountOrganization(desk: Desk, deps: { keys: Keys; publicUrl: () => string }): void {
  serve(desk, api.directory, async ({ tx, actor, now }) => {
    const dir = await directory(tx);
    return {
      group: publicGroup(dir),
      nodes: [...dir.nodes.values()],
      lines: [...dir.lines.values()],
      categories: [...dir.categories.values()],
      stage: await stageInForce(tx, dir.ancestors(actor.homeNodeId ?? dir.groupNode.id), now),
    };
  });
  serve(desk, api.publicDirectory, async ({ tx, now }) => {
    const dir = await directory(tx);
    const table = await timetable(tx);
    const sites: PublicSite[] = [];
    for (const node of dir.nodes.values())
      if (node.kind === 'site') sites.push(await publicSite(tx, dir, node.id, now));
    return {
      group: publicGroup(dir),
      categories: [...dir.categories.values()].map((one) => ({
        ...one,
        resolveHours:
          one.priority && dir.sla.has(one.priority)
            ? levelAt(table, dir.sla, one.priority, now).resolveMinutes / 60
            : null,
      })),
      sites,
      workingTime: await runsInWorkingTime(tx, dir, dir.groupNode.id, now),
    };
  });
  serve(desk, api.point, async ({ tx, now }, { token }) => {
    const point = await readPointToken(tx, deps.keys, token);
    if (!point) throw notFound();
    const site = await publicSite(tx, await directory(tx), point.siteId, now);
    return { site, point: { id: point.id, zh: point.zh, en: point.en } };
  });
  serve(desk, api.points, async ({ tx, actor }, { siteId }) => {
    const dir = await directory(tx);
    const unitId = dir.unitOf(siteId);
    const mine = areasFor(actor, 'requests.register').concat(areasFor(actor, 'organization.manage'));
    if (
      !mine.some(
        (area) =>
          area.everywhere || (unitId !== null && area.unitIds.includes(unitId)) || area.siteIds.includes(siteId),
      )
    )
      throw notFound();
    const rows = await pointsOf(tx, siteId);
    return {
      points: rows.map((row) => {
        const token = pointToken(deps.keys, row);
        return { id: row.id, zh: row.zh, en: row.en, token, url: `${deps.publicUrl()}/p/?q=${token}` };
      }),
    };
  });
}
