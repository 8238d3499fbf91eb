import type { FastifyReply, FastifyRequest } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import QRCode from 'qrcode';
import { accessEndpoints as api, type Me } from '../../../contract/access.ts';
import { secondFactorRoles } from '../../../contract/permissions.ts';
import { badField, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Desk, type HttpContext, serve } from '../../platform/serve.ts';
import { inTransaction, type Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { hashPassword, passwordFits, strongEnough } from './passwords.ts';
import * as queries from './queries.ts';
import { cookieName, describeMe, endSessionNow, forgetSessions, openSession, sessionOf } from './sessions.ts';

const mostFailures = 5;
const lockMinutes = 15;

const deviceOf = (request: FastifyRequest): string => request.headers['user-agent'] ?? '';

function setCookie(reply: FastifyReply, secret: string, secure: boolean): void {
  reply.setCookie(cookieName, secret, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 12 * 3600 });
}

async function journalSignIn(
  tx: Tx,
  accountId: string,
  action: string,
  now: Date,
  reason: string | null = null,
): Promise<void> {
  await append(tx, {
    at: now,
    actorId: accountId,
    role: null,
    action,
    recordKind: 'account',
    recordId: accountId,
    class: 'audit',
    reason,
  });
}

/** One failure more; the fifth locks for 15 minutes. Committed on its own, so that the refusal does not undo it. */
async function noteFailure(desk: Desk, accountId: string, now: Date): Promise<void> {
  await inTransaction(desk.pool, async (tx) => {
    const account = await queries.lockAccount(tx, accountId);
    if (!account) return;
    const failures = account.failures + 1;
    const locked = failures >= mostFailures;
    await queries.updateAccount(tx, accountId, {
      failures: locked ? 0 : failures,
      locked_until: locked ? new Date(now.getTime() + lockMinutes * 60_000) : account.locked_until,
    });
    await journalSignIn(tx, accountId, locked ? 'access.locked' : 'access.sign_in_failed', now);
  });
}

function refuseLocked(account: { locked_until: Date | null }, now: Date, zone: string): void {
  if (account.locked_until && account.locked_until > now) {
    const until = account.locked_until.toLocaleTimeString('zh-CN', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    });
    throw new Refusal(423, 'locked', { values: { until } });
  }
}

/**
 * One-click sign-in needs all of: a demo database, loopback bind and peer, a loopback Host, no forwarding header, and
 * the same origin (checked before).
 */
export function demoDoorOpen(request: FastifyRequest, isDemo: boolean, boundHost: string): boolean {
  const loopback = (host: string | undefined): boolean => /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/.test(host ?? '');
  const forwarded = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'x-real-ip', 'via'].some(
    (name) => request.headers[name] !== undefined,
  );
  const peer = request.socket.remoteAddress?.replace(/^::ffff:/, '');
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return isDemo && loopback(boundHost) && loopback(peer) && loopback(host) && !forwarded;
}

export interface SignInDeps {
  secureCookies: boolean;
  boundHost: string;
  /** The named people of the demo, in the order of the story. */
  demoLogins: readonly string[];
}

export function mountSignIn(desk: Desk, deps: SignInDeps): void {
  /** The half-open or open session this browser carries. */
  const carried = async ({ tx, request, now }: HttpContext) => {
    const known = await sessionOf(tx, request, now);
    if (!known) throw new Refusal(401, 'sign_in_first');
    return known;
  };
  const stepOn = async ({ tx }: HttpContext, sessionId: string, accountId: string): Promise<Me['pending']> => {
    const account = await queries.accountById(tx, accountId);
    const roles = (await queries.grantsOf(tx, [accountId])).map((grant) => grant.role);
    const needsCode = roles.some((role) => (secondFactorRoles as readonly string[]).includes(role));
    const pending: Me['pending'] = account?.must_change_password
      ? 'password'
      : needsCode && !account?.totp_confirmed
        ? 'enrol'
        : null;
    await queries.setSessionPending(tx, sessionId, pending);
    forgetSessions();
    return pending;
  };

  serve(
    desk,
    api.signIn,
    async ({ tx, now, request, reply }, { login, password }) => {
      const zone = (await directory(tx)).group.timezone;
      const account = await queries.accountByLogin(tx, login);
      if (account) refuseLocked(account, now, zone);
      if (!(await passwordFits(account?.password_hash, password))) {
        throw new Refusal(
          401,
          'wrong_credentials',
          account ? { afterwards: () => noteFailure(desk, account.id, now) } : {},
        );
      }
      if (!account || account.disabled) throw new Refusal(403, 'account_disabled');
      await queries.updateAccount(tx, account.id, { failures: 0, locked_until: null, last_seen_at: now });
      const session = await openSession(tx, account, { device: deviceOf(request), demo: false, now });
      await journalSignIn(tx, account.id, 'access.signed_in', now);
      setCookie(reply, session.secret, deps.secureCookies);
      return describeMe(tx, account.id, session.secret, session.pending, now);
    },
    { privateAnswer: true },
  );

  serve(desk, api.demoAccounts, async ({ tx, actor, request }) => {
    const dir = await directory(tx);
    if (!demoDoorOpen(request, dir.demo, deps.boundHost)) return { accounts: [] };
    const rows = await queries.demoAccounts(tx, [...deps.demoLogins]);
    const placeOf = (nodeId: number): string => {
      if (nodeId === dir.groupNode.id) return actor.locale === 'en' ? 'Head office' : dir.group.short;
      const node = dir.nodes.get(nodeId);
      return (actor.locale === 'en' && node?.en) || node?.zh || '';
    };
    // One line a person, whatever number of roles they hold.
    const accounts = deps.demoLogins.flatMap((login) => {
      const held = rows.filter((row) => row.login === login);
      const [first] = held;
      if (!first) return [];
      return {
        login,
        label: first.label,
        roles: [...new Set(held.map((row) => row.role as Me['roles'][number]))],
        place: placeOf(first.home_node_id),
      };
    });
    return { accounts };
  });

  serve(
    desk,
    api.demoSignIn,
    async ({ tx, now, request, reply }, { login }) => {
      const dir = await directory(tx);
      if (!demoDoorOpen(request, dir.demo, deps.boundHost)) throw notFound();
      const account = await queries.accountByLogin(tx, login);
      if (!account || account.disabled || !deps.demoLogins.includes(login)) throw notFound();
      await queries.updateAccount(tx, account.id, { last_seen_at: now });
      const session = await openSession(tx, account, { device: deviceOf(request), demo: true, now });
      await journalSignIn(tx, account.id, 'access.demo_sign_in', now);
      setCookie(reply, session.secret, deps.secureCookies);
      return describeMe(tx, account.id, session.secret, session.pending, now);
    },
    { privateAnswer: true },
  );

  serve(desk, api.me, async ({ tx, request, now }) => {
    const known = await sessionOf(tx, request, now);
    return known && describeMe(tx, known.row.account_id, known.secret, known.row.pending as Me['pending'], now);
  });

  serve(desk, { ...api.signOut, gate: 'public' }, async (context) => {
    const known = await carried(context);
    await endSessionNow(context.tx, known.row.session_id, known.row.account_id, context.now);
    await journalSignIn(context.tx, known.row.account_id, 'access.signed_out', context.now);
    context.reply.clearCookie(cookieName, { path: '/' });
    return { done: true as const };
  });

  serve(
    desk,
    api.secondFactor,
    async (context, { code }) => {
      const { tx, now } = context;
      const known = await carried(context);
      const account = await queries.lockAccount(tx, known.row.account_id);
      if (!account?.totp_secret) throw new Refusal(401, 'sign_in_first');
      refuseLocked(account, now, (await directory(tx)).group.timezone);
      const totp = new TOTP({ secret: Secret.fromBase32(account.totp_secret) });
      const delta = totp.validate({ token: code, window: 1, timestamp: now.getTime() });
      const step = Math.floor(now.getTime() / 30_000) + (delta ?? 0);
      if (delta === null || step <= account.totp_step) {
        throw new Refusal(422, 'wrong_code', {
          fields: [{ field: 'code', code: 'bad_format' }],
          afterwards: () => noteFailure(desk, account.id, now),
        });
      }
      await queries.updateAccount(tx, account.id, {
        totp_confirmed: true,
        totp_step: step,
        failures: 0,
        locked_until: null,
      });
      await journalSignIn(
        tx,
        account.id,
        account.totp_confirmed ? 'access.second_factor' : 'access.second_factor_enrolled',
        now,
      );
      const pending = await stepOn(context, known.row.session_id, account.id);
      return describeMe(tx, account.id, known.secret, pending, now);
    },
    { privateAnswer: true },
  );

  serve(
    desk,
    api.enrol,
    async (context) => {
      const { tx, now } = context;
      const known = await carried(context);
      const account = await queries.lockAccount(tx, known.row.account_id);
      if (!account || account.totp_confirmed) throw forbidden();
      const fresh = new Secret({ size: 20 });
      const uri = new TOTP({ issuer: 'Last Metre', label: account.login, secret: fresh }).toString();
      await queries.updateAccount(tx, account.id, { totp_secret: fresh.base32 });
      await journalSignIn(tx, account.id, 'access.second_factor_begun', now);
      return { uri, secret: fresh.base32, qr: await QRCode.toDataURL(uri, { margin: 1, width: 240 }) };
    },
    { privateAnswer: true },
  );

  serve(
    desk,
    api.changePassword,
    async (context, { current, next }) => {
      const { tx, now } = context;
      const known = await carried(context);
      if (known.row.pending === 'code') throw new Refusal(401, 'sign_in_first');
      const account = await queries.lockAccount(tx, known.row.account_id);
      if (!account || !(await passwordFits(account.password_hash, current))) throw badField('current', 'bad_format');
      if (current === next)
        throw new Refusal(422, 'password_reused', { fields: [{ field: 'next', code: 'bad_choice' }] });
      if (!strongEnough(next))
        throw new Refusal(422, 'password_weak', { fields: [{ field: 'next', code: 'bad_format' }] });
      await queries.updateAccount(tx, account.id, {
        password_hash: await hashPassword(next),
        must_change_password: false,
      });
      await queries.endSessionsOf(tx, account.id, now, known.row.session_id);
      await journalSignIn(tx, account.id, 'access.password_changed', now);
      const pending = await stepOn(context, known.row.session_id, account.id);
      return describeMe(tx, account.id, known.secret, pending, now);
    },
    { privateAnswer: true },
  );

  serve(desk, api.setLocale, async ({ tx, actor }, { locale }) => {
    await queries.updateAccount(tx, actor.accountId!, { locale });
    forgetSessions();
    return { done: true as const };
  });

  serve(desk, api.sessions, async ({ tx, actor }) => ({
    sessions: (await queries.sessionsOf(tx, actor.accountId!)).map((row) => ({
      id: row.id,
      device: row.device,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      current: row.id === actor.sessionId,
    })),
  }));

  serve(desk, api.revokeSession, async ({ tx, actor, now }, { id }) => {
    const ended = await endSessionNow(tx, id, actor.accountId!, now);
    if (!ended) throw notFound();
    await journalSignIn(tx, actor.accountId!, 'access.session_revoked', now);
    return { done: true as const };
  });
}
