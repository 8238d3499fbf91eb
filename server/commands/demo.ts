import { parseArgs } from 'node:util';
import { showProgress } from '../demo/history/index.ts';
import { loadDemo } from '../demo/load.ts';
import { oneTimePassword } from '../modules/access/index.ts';
import type { Config } from '../platform/config.ts';
import { refuseUnlessEmpty, withDatabase } from './database.ts';
import { giveLogin } from './repair.ts';
import type { Terminal } from './terminal.ts';

/** The fictional group with its history, into an empty database. @returns the one password of its accounts */
export async function demo(args: string[], config: Config, terminal: Terminal): Promise<string> {
  const { values } = parseArgs({ args, options: { login: { type: 'string' } } });
  return withDatabase(config, { make: true, migrate: true }, async (database) => {
    await refuseUnlessEmpty(database);
    terminal.say('正在装入示例集团 · loading the demo world …');
    const password = oneTimePassword();
    await loadDemo({
      pool: database.pool,
      rootFolder: config.rootFolder,
      dataFolder: config.dataFolder,
      password,
      history: config.demo !== 'organization',
      progress: showProgress('  ', { write: (line) => terminal.say(line.trimEnd()) }),
    });
    terminal.say(
      `示例账号（worker01、disp01、hand11、fu01 …）的密码，只显示这一次 · password of every demo account, shown once:  ${password}`,
    );
    if (values.login !== undefined) await giveLogin(config, values.login, terminal);
    terminal.say('下一步 · next: npm start');
    return password;
  });
}
