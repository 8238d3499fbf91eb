import type { Gate, Permission, Role } from '../../contract/permissions.ts';
import { rolePermissions } from '../../contract/permissions.ts';

/**
 * One grant with its subtree resolved: the whole group, or the units and the sites it covers.
 * `lineId` null = not bound to a line.
 */
export interface Area {
  role: Role;
  nodeId: number;
  lineId: number | null;
  everywhere: boolean;
  unitIds: number[];
  siteIds: number[];
  /** Held for a box of time on behalf of this account. */
  behalfOf?: string;
}

/** Somebody this person acts for, or who acts for them, and from when until when (half open). */
export interface JoinedHand {
  accountId: string;
  from: Date;
  to: Date;
  /** Whether it runs at the moment the actor was read for. */
  runs: boolean;
}

/** Who acts. `program` is an API token; `visitor` has no account; `system` is a job. */
export interface Actor {
  kind: 'account' | 'program' | 'visitor' | 'system';
  accountId: string | null;
  label: string;
  areas: Area[];
  /** By delegation, both ways. What they do counts as done by the same hand: `sameHand`. */
  joined: readonly JoinedHand[];
  permissions: ReadonlySet<Permission>;
  homeNodeId: number | null;
  locale: 'zh-CN' | 'en';
  sessionId: string | null;
  scopes: readonly string[];
  /** Site a program's token is bound to. */
  tokenSiteId: number | null;
}

export const visitor = (locale: 'zh-CN' | 'en'): Actor => ({
  kind: 'visitor',
  accountId: null,
  label: '',
  areas: [],
  joined: [],
  permissions: new Set(),
  homeNodeId: null,
  locale,
  sessionId: null,
  scopes: [],
  tokenSiteId: null,
});

export const system: Actor = { ...visitor('zh-CN'), kind: 'system', label: 'system' };

/**
 * Whether what this account did counts as done by this actor: it is theirs, or a delegation joins the two that runs now, or
 * ran when it was done. Every rule that keeps two steps of one record apart asks this and compares no accounts itself.
 * @param at when the account did it; without it only a delegation that runs now joins them
 */
export const sameHand = (
  actor: Pick<Actor, 'accountId' | 'joined'>,
  accountId: string | null | undefined,
  at?: Date | null,
): boolean =>
  accountId != null &&
  (accountId === actor.accountId ||
    actor.joined.some(
      (one) => one.accountId === accountId && (one.runs || (at != null && one.from <= at && at < one.to)),
    ));

/** The areas over which this actor holds a permission. */
export function areasFor(actor: Actor, permission: Permission): Area[] {
  return actor.areas.filter((area) => rolePermissions[area.role].includes(permission));
}

/** Whether a place (and line, for grants bound to one) lies within an area. */
export function covers(
  area: Area,
  place: { unitId: number | null; siteId: number | null; lineId?: number | null },
): boolean {
  if (area.lineId !== null && area.lineId !== (place.lineId ?? null)) return false;
  if (area.everywhere) return true;
  return (
    (place.unitId !== null && area.unitIds.includes(place.unitId)) ||
    (place.siteId !== null && area.siteIds.includes(place.siteId))
  );
}

export function admits(actor: Actor, gate: Gate, scope: string | null): boolean {
  if (gate === 'public') return actor.kind !== 'program';
  if (actor.kind === 'program') return scope !== null && actor.scopes.includes(scope);
  if (actor.kind !== 'account') return false;
  return gate === 'signedIn' || actor.permissions.has(gate);
}

/**
 * On whose behalf something was done: of the role and place the act is written under, a delegated area covers it and no own
 * one does. Null where it was done in one's own right.
 */
export function behalfIn(
  actor: Actor,
  act: { role: string | null; unitId?: number | null; siteId?: number | null; lineId?: number | null },
): string | null {
  const place = { unitId: act.unitId ?? null, siteId: act.siteId ?? null, lineId: act.lineId ?? null };
  const nowhere = place.unitId === null && place.siteId === null;
  const covering = actor.areas.filter(
    (area) => area.role === act.role && (nowhere || covers({ ...area, lineId: null }, place)),
  );
  return covering.length > 0 && covering.every((area) => area.behalfOf !== undefined) ? covering[0]!.behalfOf! : null;
}

/** The role under which an act is written into the journal: the first that carries the permission. */
export function roleFor(actor: Actor, permission: Permission | null): string | null {
  if (actor.kind !== 'account') return actor.kind;
  const area = permission ? areasFor(actor, permission)[0] : actor.areas[0];
  return area?.role ?? 'worker';
}
