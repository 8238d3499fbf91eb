import type { DueTouch, TouchKind } from '../../../contract/outreach.ts';
import type { Permission, Role } from '../../../contract/permissions.ts';
import { type Actor, areasFor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import { isSmallSite, zoneOffset } from '../requests/index.ts';
import { latestTouches, rhythmsInForce } from './queries.ts';
import { dayAfter, dueOf, type Rhythm, rhythmOf } from './rhythm.ts';

const hour = 3_600_000;
/** Days of a figure: a quarter at most, four weeks where nothing is said. */
const mostDays = 92;
const usualDays = 28;

/** A touch belongs to one day's round: needs are registered on it for so long, and it is unfinished afterwards. */
export const touchMs = 12 * hour;

/** Who is expected to make which kind; anybody who makes touches may make any. */
const kindOf: Partial<Record<Role, TouchKind>> = {
  site_officer: 'round',
  unit_liaison: 'survey',
  followup_caller: 'site_call',
};

export const kindsOf = (actor: Actor): TouchKind[] => [
  ...new Set(areasFor(actor, 'outreach.record').flatMap((area) => kindOf[area.role] ?? [])),
];

/** Group-local day. */
export const dayOf = (dir: Directory, at: Date): string =>
  new Date(at.getTime() + zoneOffset(dir.group.timezone, at) * 60_000).toISOString().slice(0, 10);

/** The instant a group-local day begins. */
export function beginOf(dir: Directory, day: string): Date {
  const utc = new Date(`${day}T00:00:00Z`);
  return new Date(utc.getTime() - zoneOffset(dir.group.timezone, utc) * 60_000);
}

/** Sites within this person's grants for a permission. */
export function sitesFor(dir: Directory, actor: Actor, permission: Permission): number[] {
  const areas = areasFor(actor, permission);
  return [...dir.nodes.values()]
    .filter(
      (node) =>
        node.kind === 'site' &&
        areas.some(
          (area) =>
            area.everywhere ||
            area.siteIds.includes(node.id) ||
            area.unitIds.includes(dir.unitOf(node.id) ?? Number.NaN),
        ),
    )
    .map((node) => node.id);
}

/** Units within this person's grants for a permission; null: all. */
export function unitsFor(actor: Actor, permission: Permission): number[] | null {
  const areas = areasFor(actor, permission);
  return areas.some((area) => area.everywhere) ? null : [...new Set(areas.flatMap((area) => area.unitIds))];
}

/**
 * Whether the day of a small site's touches is kept from this person: they read, as overseers of more than that site, what
 * was asked there in confidence under the name of its unit only (rules 6).
 */
export const coarseFor = (dir: Directory, actor: Actor, siteId: number): boolean =>
  isSmallSite(dir, siteId) &&
  areasFor(actor, 'requests.read').some((area) => area.everywhere || area.unitIds.length > 0);

export async function rhythms(tx: Tx, dir: Directory): Promise<Rhythm[]> {
  return (await rhythmsInForce(tx)).map((row) => ({
    nodeId: row.node_id,
    kind: row.kind as TouchKind,
    everyDays: row.every_days,
    topics: row.topics,
    setDay: dayOf(dir, row.set_at),
  }));
}

/** Every place and kind with a rhythm, longest overdue first. */
export const duesOf = (
  tx: Tx,
  dir: Directory,
  actor: Actor,
  siteIds: number[],
  kinds: readonly TouchKind[],
  now: Date,
): Promise<DueTouch[]> => duesAt(tx, dir, siteIds, kinds, now, (siteId) => coarseFor(dir, actor, siteId));

/** @param coarseAt where the day is told as the Monday after only */
export async function duesAt(
  tx: Tx,
  dir: Directory,
  siteIds: number[],
  kinds: readonly TouchKind[],
  now: Date,
  coarseAt: (siteId: number) => boolean,
): Promise<DueTouch[]> {
  const inForce = await rhythms(tx, dir);
  const today = dayOf(dir, now);
  const latest = await latestTouches(tx, [siteIds, kinds, new Date(now.getTime() - touchMs)]);
  return latest
    .flatMap((row): DueTouch[] => {
      const kind = row.kind as TouchKind;
      const rhythm = rhythmOf(inForce, dir.ancestors(row.site_id), kind);
      if (!rhythm?.everyDays) return [];
      const coarse = coarseAt(row.site_id);
      return [
        {
          siteId: row.site_id,
          kind,
          everyDays: rhythm.everyDays,
          lastDay: coarse ? null : row.last_day,
          ...dueOf(rhythm.everyDays, rhythm.setDay, row.last_day, today, coarse),
          running: coarse ? null : row.running,
        },
      ];
    })
    .sort(
      (a, b) => b.daysLate - a.daysLate || (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : a.siteId - b.siteId),
    );
}

/** Days of a period as instants; the last four weeks where nothing is said, a quarter at most. */
export function periodOf(
  dir: Directory,
  now: Date,
  asked: { from?: string; to?: string },
): { fromDay: string; toDay: string; from: Date; to: Date } {
  const toDay = asked.to ?? dayOf(dir, now);
  const earliest = dayAfter(toDay, 1 - mostDays);
  const wanted = asked.from ?? dayAfter(toDay, 1 - usualDays);
  const fromDay = [earliest, [wanted, toDay].sort()[0]!].sort()[1]!;
  return {
    fromDay,
    toDay,
    from: beginOf(dir, fromDay),
    to: beginOf(dir, dayAfter(toDay, 1)),
  };
}
