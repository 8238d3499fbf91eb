import { uuidv7 } from 'uuidv7';
import { accessEndpoints as api } from '../../../contract/access.ts';
import { administratorRoles, type Role } from '../../../contract/permissions.ts';
import { roleFor } from '../../platform/actor.ts';
import { secret, sha256 } from '../../platform/crypto.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Context, type Desk, serve } from '../../platform/serve.ts';
import { directory, staffNumbersOf, upsertPersons } from '../organization/index.ts';
import { hashPassword, oneTimePassword } from './passwords.ts';
import * as queries from './queries.ts';
import { issuePassword } from './recovery.ts';
import { forgetSessions } from './sessions.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Roles that mean nothing without a line. */
const lineRoles: readonly Role[] = ['handler'];

const journalled = (
  { tx, actor, now }: Context,
  action: string,
  recordId: string,
  more: { unitId?: number; reason?: string; figures?: Record<string, string | number | null> } = {},
) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: roleFor(actor, null),
    action,
    recordKind: 'account',
    recordId,
    class: 'audit',
    ...more,
  });

export function mountAdministration(desk: Desk): void {
  serve(desk, api.accounts, async ({ tx, actor }, { search, after }) => {
    if (!actor.permissions.has('accounts.manage') && !actor.permissions.has('grants.manage')) throw forbidden();
    const rows = await queries.listAccounts(tx, search, after, 51);
    const page = rows.slice(0, 50);
    const grants = await queries.grantsOf(
      tx,
      page.map((row) => row.id),
    );
    const numbers = await staffNumbersOf(
      tx,
      page.flatMap((row) => (row.person_id ? [row.person_id] : [])),
    );
    return {
      accounts: page.map((row) => ({
        id: row.id,
        login: row.login,
        label: row.label,
        staffNo: numbers.get(row.person_id ?? '') ?? null,
        homeNodeId: row.home_node_id,
        disabled: row.disabled,
        lockedUntil: iso(row.locked_until),
        secondFactor: row.totp_confirmed,
        lastSeenAt: iso(row.last_seen_at),
        grants: grants
          .filter((grant) => grant.account_id === row.id)
          .map((grant) => ({
            id: grant.id,
            role: grant.role as Role,
            nodeId: grant.node_id,
            lineId: grant.line_id,
            grantedAt: grant.granted_at.toISOString(),
          })),
      })),
      next: rows.length > 50 ? page.at(-1)!.login : null,
    };
  });

  serve(
    desk,
    api.createAccount,
    async (context, { login, label, staffNo, homeNodeId }) => {
      const { tx, now } = context;
      const dir = await directory(tx);
      if (!dir.nodes.has(homeNodeId)) throw badField('homeNodeId', 'unknown_unit');
      if (await queries.accountByLogin(tx, login))
        throw new Refusal(409, 'login_taken', { fields: [{ field: 'login', code: 'bad_choice' }] });
      const persons = staffNo
        ? await upsertPersons(tx, [{ id: uuidv7(), staff_no: staffNo, label, node_id: homeNodeId, post: null }])
        : [];
      const password = oneTimePassword();
      const id = uuidv7();
      await queries.insertAccounts(tx, [
        {
          id,
          login,
          label,
          person_id: persons[0]?.id ?? null,
          home_node_id: homeNodeId,
          password_hash: await hashPassword(password),
          must_change_password: true,
          created_at: now,
        },
      ]);
      await journalled(context, 'access.account_created', id, { unitId: dir.unitOf(homeNodeId) ?? undefined });
      return { id, oneTimePassword: password };
    },
    { privateAnswer: true },
  );

  serve(desk, api.disableAccount, async (context, { id, disabled }) => {
    const { tx, actor, now } = context;
    if (id === actor.accountId) throw forbidden('own_grant');
    if (!(await queries.accountById(tx, id))) throw notFound();
    await queries.updateAccount(tx, id, { disabled });
    if (disabled) await queries.endSessionsOf(tx, id, now);
    forgetSessions();
    await journalled(context, disabled ? 'access.account_disabled' : 'access.account_enabled', id);
    return { done: true as const };
  });

  serve(
    desk,
    api.resetPassword,
    async (context, { id }) => {
      const { tx, actor, now } = context;
      if (id === actor.accountId) throw forbidden('own_grant');
      const account = await queries.accountById(tx, id);
      if (!account) throw notFound();
      // With a one-time password alone one administrator could become another; the second factor stands in between.
      const roles = (await queries.grantsOf(tx, [id])).map((grant) => grant.role as Role);
      if (roles.some((role) => administratorRoles.includes(role)) && !account.totp_confirmed) {
        throw forbidden('administrator_protected');
      }
      const password = await issuePassword(tx, id, now);
      await journalled(context, 'access.password_reset', id);
      return { oneTimePassword: password };
    },
    { privateAnswer: true },
  );

  serve(desk, api.grant, async (context, { id, role, nodeId, lineId }) => {
    const { tx, actor, now } = context;
    if (id === actor.accountId) throw forbidden('own_grant');
    const dir = await directory(tx);
    if (!(await queries.lockAccount(tx, id))) throw notFound();
    if (!dir.nodes.has(nodeId)) throw badField('nodeId', 'unknown_unit');
    if (lineId !== null && !dir.lines.has(lineId)) throw badField('lineId', 'unknown_line');
    if (lineId === null && lineRoles.includes(role))
      throw new Refusal(422, 'line_needed', { fields: [{ field: 'lineId', code: 'required' }] });
    const grants = await queries.grantsOf(tx, [id]);
    const same = grants.find((grant) => grant.role === role && grant.node_id === nodeId && grant.line_id === lineId);
    if (same) return { grantId: same.id };
    const held = grants.map((grant) => grant.role as Role);
    if (administratorRoles.includes(role) && held.some((other) => administratorRoles.includes(other)))
      throw conflict('administrator_exclusive');
    const grantId = uuidv7();
    await queries.insertGrants(tx, [
      {
        id: grantId,
        account_id: id,
        role,
        node_id: nodeId,
        line_id: lineId,
        granted_by: actor.accountId,
        granted_at: now,
      },
    ]);
    forgetSessions();
    await journalled(context, 'access.granted', id, { reason: role, figures: { node: nodeId, line: lineId } });
    return { grantId };
  });

  serve(desk, api.revoke, async (context, { id }) => {
    const { tx, actor, now } = context;
    const row = await queries.revokeGrant(tx, id, actor.accountId!, now);
    if (!row) throw notFound();
    forgetSessions();
    await journalled(context, 'access.revoked', row.account_id, {
      reason: row.role,
      figures: { node: row.node_id, line: row.line_id },
    });
    return { done: true as const };
  });

  serve(desk, api.tokens, async ({ tx }) => ({
    tokens: (await queries.listTokens(tx)).map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes,
      siteId: row.site_id,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: iso(row.last_used_at),
      revokedAt: iso(row.revoked_at),
    })),
  }));

  serve(
    desk,
    api.createToken,
    async (context, { name, scopes, siteId }) => {
      const { tx, actor, now } = context;
      if (siteId !== null && (await directory(tx)).nodes.get(siteId)?.kind !== 'site')
        throw badField('siteId', 'unknown_site');
      const token = `lm_${secret(32)}`;
      const id = uuidv7();
      await queries.insertToken(tx, {
        id,
        name,
        secret_hash: sha256(token),
        scopes,
        site_id: siteId,
        created_by: actor.accountId!,
        created_at: now,
      });
      await journalled(context, 'access.token_created', id, { reason: scopes.join(' ') });
      return { id, token };
    },
    { privateAnswer: true },
  );

  serve(desk, api.revokeToken, async (context, { id }) => {
    const rows = await queries.revokeToken(context.tx, id, context.now);
    if (rows.length === 0) throw notFound();
    await journalled(context, 'access.token_revoked', id);
    return { done: true as const };
  });
}
