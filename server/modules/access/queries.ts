import type { Selectable } from 'kysely';
import { moduleTables, preparedStatement, sql } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { DB } from './tables.ts';

const db = moduleTables<DB>('access');

export interface SessionRow {
  session_id: string;
  account_id: string;
  secret_hash: Buffer;
  pending: string | null;
  demo: boolean;
  created_at: Date;
  last_seen_at: Date;
  login: string;
  label: string;
  locale: 'zh-CN' | 'en';
  home_node_id: number;
  person_id: string | null;
  grants: { role: string; node_id: number; line_id: number | null }[] | null;
  boxes: BoxedGrant[] | null;
}

/** A role one account holds for a box of time on behalf of another; instants as ISO text. */
export interface BoxedGrant {
  account_id: string;
  role: string;
  node_id: number;
  line_id: number | null;
  behalf_id: string;
  from_at: string;
  /** Its end, or when it was ended early. */
  to_at: string;
  /** Whether whoever it acts for still holds the grant and is in use: nobody passes on what they no longer have. */
  held: boolean;
}

/** So long after its end a box still says whose hands were one while it ran; nothing waits longer for its next step. */
const joinedFor = `interval '90 days'`;

const heldText = `exists (select from access.grant_ o join access.account p on p.id = o.account_id
  where o.account_id = b.behalf_id and o.role = b.role and o.node_id = b.node_id
    and o.line_id is not distinct from b.line_id and o.revoked_at is null and not p.disabled)`;

/** Boxes on either side of an account that are not long over. $2 is now. */
const boxesText = (accountId: string): string =>
  `select json_agg(json_build_object('account_id', b.account_id, 'role', b.role, 'node_id', b.node_id,
       'line_id', b.line_id, 'behalf_id', b.behalf_id, 'from_at', b.from_at,
       'to_at', least(b.to_at, b.ended_at), 'held', ${heldText}) order by b.from_at, b.id)
     from access.boxed_grant b
     where (b.account_id = ${accountId} or b.behalf_id = ${accountId}) and b.to_at > $2::timestamptz - ${joinedFor}`;

const sessionText = (which: string): string =>
  `select s.id as session_id, s.account_id, s.secret_hash, s.pending, s.demo, s.created_at, s.last_seen_at,
     a.login, a.label, a.locale, a.home_node_id, a.person_id,
     (select json_agg(json_build_object('role', g.role, 'node_id', g.node_id, 'line_id', g.line_id) order by g.granted_at, g.id)
      from access.grant_ g where g.account_id = a.id and g.revoked_at is null) as grants,
     (${boxesText('a.id')}) as boxes
   from access.session s join access.account a on a.id = s.account_id
   where s.secret_hash = ${which} and s.ended_at is null and not a.disabled`;

/** Session, account and grants in one round trip: every request pays for it. */
export const sessionBySecret = preparedStatement<SessionRow>('access', 'session_by_secret', sessionText('$1'));

/** Of all open pages at once: a thousand of them must not cost a thousand readings. */
export const sessionsBySecrets = preparedStatement<SessionRow>(
  'access',
  'sessions_by_secrets',
  sessionText('any($1::bytea[])'),
);

export const boxesOf = preparedStatement<{ boxes: BoxedGrant[] | null }>(
  'access',
  'boxes_of',
  `select (${boxesText('any($1::uuid[])')}) as boxes`,
);

export const insertBoxedGrant = (
  tx: Tx,
  row: {
    id: string;
    account_id: string;
    behalf_id: string;
    role: string;
    node_id: number;
    line_id: number | null;
    from_at: Date;
    to_at: Date;
  },
) => db(tx).insertInto('boxed_grant').values(row).execute();

export const endBoxedGrant = (tx: Tx, id: string, at: Date) =>
  db(tx).updateTable('boxed_grant').set({ ended_at: at }).where('id', '=', id).where('ended_at', 'is', null).execute();

export const touchSession = (tx: Tx, id: string, at: Date) =>
  db(tx).updateTable('session').set({ last_seen_at: at }).where('id', '=', id).execute();

export const accountByLogin = (tx: Tx, login: string) =>
  db(tx)
    .selectFrom('account')
    .selectAll()
    .where((e) => e(e.fn('lower', ['login']), '=', login.toLowerCase()))
    .executeTakeFirst();

export const lockAccount = (tx: Tx, id: string) =>
  db(tx).selectFrom('account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const accountById = (tx: Tx, id: string) =>
  db(tx).selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();

export const updateAccount = (tx: Tx, id: string, set: Partial<AccountPatch>) =>
  db(tx).updateTable('account').set(set).where('id', '=', id).execute();

export interface AccountPatch {
  password_hash: string;
  must_change_password: boolean;
  totp_secret: string | null;
  totp_confirmed: boolean;
  totp_step: number;
  failures: number;
  locked_until: Date | null;
  locale: string;
  disabled: boolean;
  last_seen_at: Date;
}

export interface NewAccount {
  id: string;
  login: string;
  label: string;
  person_id: string | null;
  home_node_id: number;
  password_hash: string | null;
  must_change_password: boolean;
  created_at: Date;
}

export const insertAccounts = (tx: Tx, rows: NewAccount[]) => db(tx).insertInto('account').values(rows).execute();

export const insertSession = (
  tx: Tx,
  row: {
    id: string;
    secret_hash: Buffer;
    account_id: string;
    pending: string | null;
    device: string;
    demo: boolean;
    created_at: Date;
    last_seen_at: Date;
  },
) => db(tx).insertInto('session').values(row).execute();

export const setSessionPending = (tx: Tx, id: string, pending: string | null) =>
  db(tx).updateTable('session').set({ pending }).where('id', '=', id).execute();

export const endSession = (tx: Tx, id: string, accountId: string, at: Date) =>
  db(tx)
    .updateTable('session')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();

export const endSessionsOf = (tx: Tx, accountId: string, at: Date, except?: string) =>
  db(tx)
    .updateTable('session')
    .set({ ended_at: at })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .$if(except !== undefined, (q) => q.where('id', '!=', except!))
    .execute();

export const sessionsOf = (tx: Tx, accountId: string) =>
  db(tx)
    .selectFrom('session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .orderBy('last_seen_at', 'desc')
    .limit(50)
    .execute();

export const grantsOf = (tx: Tx, accountIds: string[]) =>
  db(tx)
    .selectFrom('grant_')
    .selectAll()
    .where('account_id', 'in', accountIds.length > 0 ? accountIds : ['00000000-0000-0000-0000-000000000000'])
    .where('revoked_at', 'is', null)
    .orderBy('granted_at')
    .execute();

export const insertGrants = (tx: Tx, rows: Omit<Selectable<DB['grant_']>, 'revoked_at' | 'revoked_by'>[]) =>
  db(tx).insertInto('grant_').values(rows).execute();

export const revokeGrant = (tx: Tx, id: string, by: string, at: Date) =>
  db(tx)
    .updateTable('grant_')
    .set({ revoked_at: at, revoked_by: by })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst();

export const listAccounts = (tx: Tx, search: string | undefined, after: string | undefined, limit: number) =>
  db(tx)
    .selectFrom('account')
    .selectAll()
    .$if(Boolean(search), (q) => {
      const like = `%${search!.replace(/[%_\\]/g, '\\$&')}%`;
      return q.where((e) => e.or([e('login', 'ilike', like), e('label', 'ilike', like)]));
    })
    .$if(Boolean(after), (q) => q.where('login', '>', after!))
    .orderBy('login')
    .limit(limit)
    .execute();

export const demoAccounts = (tx: Tx, logins: string[]) =>
  db(tx)
    .selectFrom('account')
    .innerJoin('grant_', 'grant_.account_id', 'account.id')
    .select(['account.login', 'account.label', 'account.home_node_id', 'grant_.role', 'grant_.line_id'])
    .where('account.login', 'in', logins.length > 0 ? logins : [''])
    .where('grant_.revoked_at', 'is', null)
    .where('account.disabled', '=', false)
    .execute();

export const insertToken = (
  tx: Tx,
  row: {
    id: string;
    name: string;
    secret_hash: Buffer;
    scopes: string[];
    site_id: number | null;
    created_by: string;
    created_at: Date;
  },
) => db(tx).insertInto('token').values(row).execute();

export const tokenBySecret = (tx: Tx, hash: Buffer) =>
  db(tx)
    .selectFrom('token')
    .selectAll()
    .where('secret_hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();

export const touchToken = (tx: Tx, id: string, at: Date) =>
  db(tx).updateTable('token').set({ last_used_at: at }).where('id', '=', id).execute();

export const listTokens = (tx: Tx) =>
  db(tx).selectFrom('token').selectAll().orderBy('created_at', 'desc').limit(200).execute();

export const revokeToken = (tx: Tx, id: string, at: Date) =>
  db(tx)
    .updateTable('token')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();

export const accountsByPerson = (tx: Tx, personIds: string[]) =>
  db(tx)
    .selectFrom('account')
    .select(['id', 'person_id', 'home_node_id', 'label'])
    .where('person_id', 'in', personIds.length > 0 ? personIds : ['00000000-0000-0000-0000-000000000000'])
    .execute();

export const leadersAbove = (tx: Tx, accountIds: string[]) =>
  db(tx)
    .selectFrom('grant_')
    .select(['account_id', 'node_id', 'role'])
    .where('account_id', 'in', accountIds.length > 0 ? accountIds : ['00000000-0000-0000-0000-000000000000'])
    .where('role', 'in', ['unit_leader', 'group_leader'])
    .where('revoked_at', 'is', null)
    .execute();

export const labelsOf = (tx: Tx, ids: string[]) =>
  db(tx)
    .selectFrom('account')
    .select(['id', 'label', 'home_node_id'])
    .where('id', 'in', ids.length > 0 ? ids : ['00000000-0000-0000-0000-000000000000'])
    .execute();

/** Who holds which of these roles where: one row a grant, people who may no longer sign in left out. Of these places, or of all. */
export const accountsInRoles = (tx: Tx, roles: readonly string[], nodeIds: readonly number[] | null = null) =>
  db(tx)
    .selectFrom('grant_')
    .innerJoin('account', 'account.id', 'grant_.account_id')
    .select(['account.id', 'account.label', 'account.home_node_id', 'grant_.role', 'grant_.node_id', 'grant_.line_id'])
    .where('grant_.role', 'in', roles)
    .where('grant_.revoked_at', 'is', null)
    .where('account.disabled', '=', false)
    .$if(nodeIds !== null, (q) => q.where('grant_.node_id', '=', sql<number>`any(${nodeIds}::int[])`))
    .orderBy('account.label')
    .execute();

// ---- import of a whole organisation

export const accountsByLogins = (tx: Tx, logins: string[]) =>
  db(tx)
    .selectFrom('account')
    .select(['id', 'login', 'label', 'person_id', 'home_node_id'])
    .where((e) => e(e.fn<string>('lower', ['login']), 'in', logins.length > 0 ? logins : ['']))
    .execute();

export const loginsOfPersons = (tx: Tx, personIds: string[]) =>
  db(tx)
    .selectFrom('account')
    .select(['login', 'person_id'])
    .where('person_id', 'in', personIds.length > 0 ? personIds : ['00000000-0000-0000-0000-000000000000'])
    .execute();

export const redescribeAccount = (
  tx: Tx,
  id: string,
  set: { label: string; person_id: string | null; home_node_id: number },
) => db(tx).updateTable('account').set(set).where('id', '=', id).execute();

/**
 * Accounts in use that hold one of these roles at one of these places (null: anywhere) and for this line. A grant bound to
 * no line counts for every line; `lineId` undefined asks for none.
 */
export const accountsGranted = (
  tx: Tx,
  wanted: { roles: readonly string[]; nodeIds: readonly number[] | null; lineId: number | null | undefined },
) =>
  db(tx)
    .selectFrom('grant_')
    .innerJoin('account', 'account.id', 'grant_.account_id')
    .select(['account.id', 'grant_.node_id'])
    .where('grant_.revoked_at', 'is', null)
    .where('account.disabled', '=', false)
    .where('grant_.role', 'in', [...wanted.roles, ''])
    .$if(wanted.nodeIds !== null, (q) => q.where('grant_.node_id', 'in', [...wanted.nodeIds!, 0]))
    .$if(typeof wanted.lineId === 'number', (q) =>
      q.where((e) => e.or([e('grant_.line_id', '=', wanted.lineId!), e('grant_.line_id', 'is', null)])),
    )
    .orderBy('account.login')
    .execute();

/** Whoever holds one of these roles there on behalf of another at that moment; asked as `accountsGranted` is. */
export const accountsActing = (
  tx: Tx,
  wanted: { roles: readonly string[]; nodeIds: readonly number[] | null; lineId: number | null | undefined },
  at: Date,
) =>
  db(tx)
    .selectFrom('boxed_grant as b')
    .innerJoin('account', 'account.id', 'b.account_id')
    .select(['account.id', 'b.node_id'])
    .where('account.disabled', '=', false)
    .where('b.role', 'in', [...wanted.roles, ''])
    .where('b.from_at', '<=', at)
    .where('b.to_at', '>', at)
    .where('b.ended_at', 'is', null)
    .where(sql<boolean>`${sql.raw(heldText)}`)
    .$if(wanted.nodeIds !== null, (q) => q.where('b.node_id', 'in', [...wanted.nodeIds!, 0]))
    .$if(typeof wanted.lineId === 'number', (q) =>
      q.where((e) => e.or([e('b.line_id', '=', wanted.lineId!), e('b.line_id', 'is', null)])),
    )
    .orderBy('account.login')
    .execute();

/** How to write to accounts: under which label, in which language, and whether they are in use. */
export const correspondents = (tx: Tx, ids: string[]) =>
  db(tx)
    .selectFrom('account')
    .select(['id', 'label', 'locale', 'disabled', 'home_node_id'])
    .where('id', 'in', ids.length > 0 ? ids : ['00000000-0000-0000-0000-000000000000'])
    .execute();
/** Logins by account id, for tables that name people so that they find back. */
export const loginsOfAccounts = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> =>
  ids.length === 0
    ? new Map()
    : new Map(
        (await db(tx).selectFrom('account').select(['id', 'login']).where('id', 'in', ids).execute()).map((row) => [
          row.id,
          row.login,
        ]),
      );

/** Posts of the lines: how many people handle a line at a place of the group. */
export const handlerPosts = async (tx: Tx): Promise<{ lineId: number; nodeId: number; handlers: number }[]> =>
  (
    await db(tx)
      .selectFrom('grant_')
      .innerJoin('account', 'account.id', 'grant_.account_id')
      .select((e) => ['grant_.line_id', 'grant_.node_id', e.fn.countAll<string>().as('handlers')])
      .where('grant_.role', '=', 'handler')
      .where('grant_.revoked_at', 'is', null)
      .where('grant_.line_id', 'is not', null)
      .where('account.disabled', '=', false)
      .groupBy(['grant_.line_id', 'grant_.node_id'])
      .execute()
  ).map((row) => ({ lineId: row.line_id!, nodeId: row.node_id, handlers: Number(row.handlers) }));
