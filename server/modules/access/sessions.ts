import type { FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import type { Me } from '../../../contract/access.ts';
import { type Permission, type Role, rolePermissions, secondFactorRoles } from '../../../contract/permissions.ts';
import { crossing } from '../../../contract/separation.ts';
import { type Actor, type Area, type JoinedHand, visitor } from '../../platform/actor.ts';
import { secret, sha256 } from '../../platform/crypto.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Directory, directory } from '../organization/index.ts';
import * as queries from './queries.ts';

/** Idle 15 minutes for administrators and two hours for people who work a shift; 12 hours in all (domain 8). */
const absoluteMs = 12 * 3_600_000;
const idleMs = (roles: readonly string[]): number =>
  roles.some((role) => (secondFactorRoles as readonly string[]).includes(role)) ? 15 * 60_000 : 2 * 3_600_000;

export const cookieName = 'lm_session';

/** The token a page must send back with every change; another site can neither read nor guess it. */
export const csrfOf = (sessionSecret: string): string =>
  sha256('csrf:', sessionSecret).toString('base64url').slice(0, 32);

export function resolveAreas(
  dir: Directory,
  grants: { role: string; node_id: number; line_id: number | null }[],
): Area[] {
  return grants.map((grant) => ({
    role: grant.role as Role,
    nodeId: grant.node_id,
    lineId: grant.line_id,
    ...dir.below(grant.node_id),
  }));
}

export function permissionsOf(areas: Area[]): Set<Permission> {
  // Everyone with an account may ask for help; administrators keep to their own rights.
  return new Set(
    (areas.length > 0 ? areas.map((area) => area.role) : (['worker'] as Role[])).flatMap((role) => [
      ...rolePermissions[role],
    ]),
  );
}

const runsAt = (box: queries.BoxedGrant, now: Date): boolean =>
  new Date(box.from_at) <= now && new Date(box.to_at) > now;

/** Whoever this account acts for or who acts for it, by boxes that run and by those that are over. */
const joinedBy = (accountId: string, boxes: queries.BoxedGrant[], now: Date): JoinedHand[] =>
  boxes
    .filter((box) => (box.account_id === accountId || box.behalf_id === accountId) && new Date(box.from_at) <= now)
    .map((box) => ({
      accountId: box.account_id === accountId ? box.behalf_id : box.account_id,
      from: new Date(box.from_at),
      to: new Date(box.to_at),
      runs: runsAt(box, now),
    }));

/** The same of people who are not here now. */
export async function joinedOf(tx: Tx, accountIds: readonly string[], now: Date): Promise<Map<string, JoinedHand[]>> {
  const [{ boxes } = { boxes: null }] = await queries.boxesOf(tx, [accountIds, now]);
  return new Map(accountIds.map((id) => [id, joinedBy(id, boxes ?? [], now)]));
}

/**
 * Own areas first, then those of boxes that run at this moment. A box that would join what is separated with a grant that
 * came later gives nothing (domain bible section 2).
 */
export function areasAt(
  dir: Directory,
  accountId: string,
  grants: { role: string; node_id: number; line_id: number | null }[],
  boxes: queries.BoxedGrant[],
  now: Date,
): Area[] {
  const areas = resolveAreas(dir, grants);
  for (const box of boxes) {
    if (box.account_id !== accountId || !box.held || !runsAt(box, now)) continue;
    if (
      crossing(
        areas.map((area) => area.role),
        box.role as Role,
      )
    )
      continue;
    areas.push({ ...resolveAreas(dir, [box])[0]!, behalfOf: box.behalf_id });
  }
  return areas;
}

/** When a box next begins or ends: what is remembered of a session holds until then and no longer. */
const changesAt = (boxes: queries.BoxedGrant[], now: Date): number =>
  Math.min(
    ...boxes.flatMap((box) => [Date.parse(box.from_at), Date.parse(box.to_at)]).filter((at) => at > now.getTime()),
  );

interface Known {
  actor: Actor;
  /** Milliseconds since 1970 at which its areas change by themselves; infinite where none do. */
  until: number;
  row: queries.SessionRow;
  secret: string;
}

// A session is read again after this long: a revoked grant or session is felt everywhere well within five seconds. A
// little longer than open pages are asked again, so that what is read for the page serves the person's requests too.
const recent = new Map<string, { at: number; known: Known | null }>();
const keepMs = 2_400;

export function forgetSessions(): void {
  recent.clear();
}

/** The last sign of life is written once a minute. */
const isToBeTouched = (row: queries.SessionRow, now: Date): boolean =>
  now.getTime() - row.last_seen_at.getTime() > 60_000;

const isOver = (row: queries.SessionRow, now: Date): boolean =>
  now.getTime() - row.created_at.getTime() > absoluteMs ||
  now.getTime() - row.last_seen_at.getTime() > idleMs((row.grants ?? []).map((grant) => grant.role));

function knownBy(dir: Directory, row: queries.SessionRow, sessionSecret: string, now: Date): Known {
  const boxes = row.boxes ?? [];
  const areas = areasAt(dir, row.account_id, row.grants ?? [], boxes, now);
  return {
    until: changesAt(boxes, now),
    row,
    secret: sessionSecret,
    actor: {
      kind: 'account',
      accountId: row.account_id,
      label: row.label,
      areas,
      joined: joinedBy(row.account_id, boxes, now),
      permissions: permissionsOf(areas),
      homeNodeId: row.home_node_id,
      locale: row.locale,
      sessionId: row.session_id,
      scopes: [],
      tokenSiteId: null,
    },
  };
}

/** @param byPerson false for what a page does by itself, such as its live stream: that keeps nobody signed in */
async function readSession(tx: Tx, sessionSecret: string, now: Date, byPerson: boolean): Promise<Known | null> {
  const row = (await queries.sessionBySecret(tx, [sha256(sessionSecret), now]))[0];
  if (!row) return null;
  if (isOver(row, now)) {
    await queries.endSession(tx, row.session_id, row.account_id, now);
    return null;
  }
  if (byPerson && isToBeTouched(row, now)) {
    await queries.touchSession(tx, row.session_id, now);
    row.last_seen_at = now;
  }
  return knownBy(await directory(tx), row, sessionSecret, now);
}

function remember(sessionSecret: string, known: Known | null): void {
  if (recent.size > 5_000) recent.clear();
  recent.set(sessionSecret, { at: Date.now(), known });
}

/**
 * Who is behind each of these open pages now, read anew in one statement; null where the session has ended. What was read
 * also serves the next requests of those people.
 */
export async function identifyPages(tx: Tx, requests: readonly FastifyRequest[], now: Date): Promise<(Actor | null)[]> {
  const secrets = requests.map((request) => request.cookies[cookieName] ?? '');
  const rows = await queries.sessionsBySecrets(tx, [[...new Set(secrets)].map((one) => sha256(one)), now]);
  const dir = await directory(tx);
  const byHash = new Map(rows.map((row) => [row.secret_hash.toString('base64'), row]));
  const actors = new Map<string, Actor | null>();
  for (const one of new Set(secrets)) {
    const row = byHash.get(sha256(one).toString('base64'));
    const known = row && !isOver(row, now) ? knownBy(dir, row, one, now) : null;
    if (known) remember(one, known);
    else recent.delete(one);
    actors.set(one, known && !known.row.pending ? known.actor : null);
  }
  return secrets.map((one) => actors.get(one) ?? null);
}

export async function sessionOf(tx: Tx, request: FastifyRequest, now: Date): Promise<Known | null> {
  const value = request.cookies[cookieName];
  if (!value || value.length > 100) return null;
  const byPerson = !request.url.startsWith('/api/live');
  const kept = recent.get(value);
  // What the page's live stream has just read must not hide that the person is at work.
  const hides = byPerson && kept?.known && isToBeTouched(kept.known.row, now);
  if (kept && !hides && Date.now() - kept.at < keepMs && now.getTime() < (kept.known?.until ?? Infinity))
    return kept.known;
  const known = await readSession(tx, value, now, byPerson);
  remember(value, known);
  return known;
}

const safeMethods = new Set(['GET', 'HEAD']);

/** A page of another site may not act through this browser: same origin, and the page's own token. */
export function checkOrigin(request: FastifyRequest): void {
  if (safeMethods.has(request.method)) return;
  const origin = request.headers.origin;
  // Also `null`, which a sandboxed page sends.
  if (origin && (!URL.canParse(origin) || new URL(origin).host !== request.headers.host))
    throw new Refusal(403, 'wrong_origin');
  if (request.headers['sec-fetch-site'] === 'cross-site') throw new Refusal(403, 'wrong_origin');
}

/** The language a page is shown in, where it says so. */
const chosenLocale = (request: FastifyRequest): 'zh-CN' | 'en' | null => {
  const chosen = request.headers['x-locale'];
  return chosen === 'en' || chosen === 'zh-CN' ? chosen : null;
};

const wantedLocale = (request: FastifyRequest): 'zh-CN' | 'en' => {
  const chosen = chosenLocale(request);
  if (chosen) return chosen;
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN';
};

/** Who holds this token. @throws sign_in_first where nobody does */
export async function programOf(tx: Tx, bearer: string, now: Date, locale: 'zh-CN' | 'en'): Promise<Actor> {
  const row = await queries.tokenBySecret(tx, sha256(bearer));
  if (!row) throw new Refusal(401, 'sign_in_first');
  if (!row.last_used_at || now.getTime() - row.last_used_at.getTime() > 60_000)
    await queries.touchToken(tx, row.id, now);
  const dir = await directory(tx);
  const nodeId = row.site_id ?? dir.groupNode.id;
  return {
    ...visitor(locale),
    kind: 'program',
    label: row.name,
    scopes: row.scopes,
    tokenSiteId: row.site_id,
    areas: [{ role: 'unit_liaison', nodeId, lineId: null, ...dir.below(nodeId) }],
    permissions: new Set<Permission>(row.scopes.includes('requests:read') ? ['requests.read'] : []),
  };
}

/** Who sent this request. @throws csrf, wrong_origin, sign_in_first */
export async function identify(tx: Tx, request: FastifyRequest, now: Date): Promise<Actor> {
  const locale = wantedLocale(request);
  const bearer = /^Bearer (\S{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return programOf(tx, bearer, now, locale);
  checkOrigin(request);
  const known = await sessionOf(tx, request, now);
  if (!known || known.row.pending) return visitor(locale);
  const open = request.url.startsWith('/api/public/') || request.url.startsWith('/api/session');
  if (!safeMethods.has(request.method) && !open && request.headers['x-csrf'] !== csrfOf(known.secret))
    throw new Refusal(403, 'csrf');
  // A phone keeps its own language, whatever the account chose at the desk.
  return { ...known.actor, locale: chosenLocale(request) ?? known.actor.locale };
}

export async function openSession(
  tx: Tx,
  account: { id: string; must_change_password: boolean; totp_confirmed: boolean },
  options: { device: string; demo: boolean; now: Date },
): Promise<{ secret: string; pending: Me['pending'] }> {
  const roles = (await queries.grantsOf(tx, [account.id])).map((grant) => grant.role);
  const needsCode = roles.some((role) => (secondFactorRoles as readonly string[]).includes(role));
  const pending: Me['pending'] = options.demo
    ? null
    : needsCode && account.totp_confirmed
      ? 'code'
      : account.must_change_password
        ? 'password'
        : needsCode
          ? 'enrol'
          : null;
  const sessionSecret = secret(32);
  await queries.insertSession(tx, {
    id: uuidv7(),
    secret_hash: sha256(sessionSecret),
    account_id: account.id,
    pending,
    device: options.device.slice(0, 120),
    demo: options.demo,
    created_at: options.now,
    last_seen_at: options.now,
  });
  return { secret: sessionSecret, pending };
}

export async function describeMe(
  tx: Tx,
  accountId: string,
  sessionSecret: string,
  pending: Me['pending'],
  now: Date,
): Promise<Me> {
  const account = await queries.accountById(tx, accountId);
  if (!account) throw new Refusal(401, 'sign_in_first');
  const [{ boxes } = { boxes: null }] = await queries.boxesOf(tx, [[accountId], now]);
  const areas = areasAt(await directory(tx), accountId, await queries.grantsOf(tx, [accountId]), boxes ?? [], now);
  return {
    id: account.id,
    login: account.login,
    label: account.label,
    locale: account.locale as Me['locale'],
    roles: pending ? [] : [...new Set(areas.map((area) => area.role))],
    permissions: pending ? [] : [...permissionsOf(areas)],
    homeNodeId: account.home_node_id,
    pending,
    csrf: csrfOf(sessionSecret),
  };
}

export async function endSessionNow(tx: Tx, sessionId: string, accountId: string, now: Date): Promise<boolean> {
  const ended = await queries.endSession(tx, sessionId, accountId, now);
  forgetSessions();
  return ended.length > 0;
}
