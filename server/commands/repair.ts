import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { resetSignIn } from '../modules/access/index.ts';
import type { Config } from '../platform/config.ts';
import { LoginRefused, makeLogin } from '../platform/login.ts';
import { migrate } from '../platform/migrate.ts';
import { inTransaction } from '../platform/transaction.ts';
import { refuseIfEmpty, refuseUnlessOwner, withDatabase } from './database.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** Makes the running program's own login and tells how to start with it. */
export async function giveLogin(config: Config, name: string, terminal: Terminal): Promise<string> {
  if (!config.databaseUrl)
    throw new CommandError(
      '自带的数据库已有自己的程序登录；--login 只用于 DATABASE_URL。\nThe embedded database has a login of the program already; --login is for a DATABASE_URL.',
    );
  await refuseUnlessOwner(config);
  const url = await makeLogin(config.databaseUrl, name).catch((error: Error) => {
    throw error instanceof LoginRefused ? new CommandError(error.message) : error;
  });
  terminal.say('程序用下面的登录运行，它不拥有任何表；密码只显示这一次。升级时再用所有者运行 doctor --migrate。');
  terminal.say(
    'Run the program with this login, which owns nothing; the password is shown once. To upgrade, run doctor --migrate as the owner.',
  );
  terminal.say(`  DATABASE_URL='${url}'`);
  return url;
}

async function giveWayBack(config: Config, login: string, terminal: Terminal): Promise<void> {
  await withDatabase(config, {}, async (database) => {
    await refuseIfEmpty(database);
    const reset = await inTransaction(database.pool, (tx) => resetSignIn(tx, login, new Date()));
    if (!reset) throw new CommandError(`没有这个登录名：${login}\nThere is no such login: ${login}`);
    terminal.say(`${login}（${reset.label}）的一次性密码，只显示这一次；首次登录要改密码，需要时重新绑定验证器。`);
    terminal.say(
      `One-time password of ${login}, shown once; the first sign-in asks for a new one and, where it is needed, a new second factor.`,
    );
    terminal.say(`  ${reset.password}`);
    terminal.say('原有会话都已结束，此事已记入台账。· Earlier sessions have ended; the journal says so.');
    if (reset.disabled)
      terminal.say(
        '这个账号仍是停用的，要由系统管理员启用。· The account is still disabled; a system administrator enables it.',
      );
  });
}

async function bringUpToDate(config: Config, terminal: Terminal): Promise<void> {
  const migrations = join(config.rootFolder, 'server', 'migrations');
  await refuseUnlessOwner(config);
  const { applied } = config.databaseUrl
    ? await migrate(config.databaseUrl, migrations)
    : await withDatabase(config, {}, ({ ownerUrl }) => migrate(ownerUrl, migrations));
  terminal.say(
    applied.length === 0
      ? '✓ 数据库结构已是最新 · the database is of this version already'
      : `✓ 已升级 brought up to date: ${applied.join(', ')}`,
  );
}

/** What the doctor does when told to, instead of looking. @returns false when told nothing */
export async function repair(args: string[], config: Config, terminal: Terminal): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: { migrate: { type: 'boolean' }, login: { type: 'string' }, 'reset-sign-in': { type: 'string' } },
  });
  if (values.migrate) await bringUpToDate(config, terminal);
  if (values.login !== undefined) await giveLogin(config, values.login, terminal);
  if (values['reset-sign-in'] !== undefined) await giveWayBack(config, values['reset-sign-in'], terminal);
  return Object.keys(values).length > 0;
}
