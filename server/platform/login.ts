import { createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { hmacSha256, secret } from './crypto.ts';
import { migrate, pendingMigrations } from './migrate.ts';

/**
 * A database of one's own is worked on in one of two ways: by its owner, who brings it to the newest shape and then takes
 * the application's role; or by a login that has that role's rights and owns nothing.
 */
const role = 'lastmetre_app';

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'lastmetre-login' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether this login may do what the owner of our tables may; where there are none yet, whoever comes makes them. */
export const ownsDatabase = (url: string): Promise<boolean> =>
  connected(url, async (client) => {
    const { rows } = await client.query<{ owner: boolean }>(
      `select coalesce((select pg_has_role(current_user, nspowner, 'USAGE') from pg_namespace where nspname = 'platform'), true) as owner`,
    );
    return rows[0]!.owner;
  });

/** The login may not migrate, and the program does not run on an older shape. */
export class MigrationsPending extends Error {
  override name = 'MigrationsPending';
  constructor(pending: string[]) {
    const names = pending.join(', ');
    super(
      `数据库结构要先升级（${names}）：用所有者的 DATABASE_URL 运行 npx lastmetre doctor --migrate，再启动。\nThe database must be brought to this version first (${names}): run npx lastmetre doctor --migrate with the owner's DATABASE_URL, then start again.`,
    );
  }
}

/**
 * Makes ready to run on the database: migrated by its owner, or found migrated by a login.
 * @returns the role every connection must take, none where the login has its rights already
 * @throws MigrationsPending
 */
export async function enterDatabase(url: string, migrations: string): Promise<string | undefined> {
  if (await ownsDatabase(url)) {
    await migrate(url, migrations);
    return role;
  }
  const pending = await connected(url, (client) => pendingMigrations(client, migrations));
  if (pending.length > 0) throw new MigrationsPending(pending);
  return undefined;
}

/** What PostgreSQL keeps of a password (RFC 5803), made here: the password itself stands in no statement and no log. */
function verifierOf(password: string): string {
  const salt = randomBytes(16);
  const rounds = 4096;
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const stored = createHash('sha256').update(hmacSha256(salted, 'Client Key')).digest('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${hmacSha256(salted, 'Server Key').toString('base64')}`;
}

/** Why a login was not made; said to the person at the terminal. */
export class LoginRefused extends Error {
  override name = 'LoginRefused';
}

/**
 * Makes a login for the running program, or gives the one it has a new password. It may do what the application may, in
 * this database: others no longer connect to it by default, nor this login to theirs once they have one of their own.
 * @returns the connection string for it, with its password
 * @throws LoginRefused
 */
export function makeLogin(ownerUrl: string, name: string): Promise<string> {
  if (!/^[a-z][a-z0-9_]{1,39}$/.test(name))
    throw new LoginRefused(
      `登录名不合要求：${name}（小写字母开头，小写字母、数字、下划线，2–40 个）。\nThe login does not fit: ${name} (2 to 40 lower-case letters, digits and underscores, a letter first).`,
    );
  return connected(ownerUrl, async (client) => {
    const { rows } = await client.query<{ ours: boolean }>(
      `select rolcanlogin and not (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
         and pg_has_role(oid, $2, 'MEMBER') as ours from pg_roles where rolname = $1`,
      [name, role],
    );
    if (rows[0]?.ours === false)
      throw new LoginRefused(
        `已有别的用户叫 ${name}，没有改动它；请换一个名字。\nThere is another login named ${name}; it was left alone. Choose another name.`,
      );
    const password = secret(24);
    const login = client.escapeIdentifier(name);
    const database = client.escapeIdentifier(client.database!);
    await client.query('begin');
    if (rows.length === 0)
      await client.query(`create role ${login} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls`);
    await client.query(`alter role ${login} password ${client.escapeLiteral(verifierOf(password))}`);
    await client.query(`grant ${role} to ${login}`);
    await client.query(`revoke connect on database ${database} from public`);
    await client.query(`grant connect on database ${database} to ${login}`);
    await client.query('commit');
    const url = new URL(ownerUrl);
    url.username = name;
    url.password = password;
    return url.toString();
  });
}
