import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue, loadChoices } from '../demo/catalogue.ts';
import { loadHistory, showProgress } from '../demo/history/index.ts';
import { loadOrganization } from '../demo/organization.ts';
import { playSupervision } from '../demo/supervision.ts';
import { readWorld } from '../demo/world.ts';
import { oneTimePassword } from '../modules/access/index.ts';
import type { Config } from '../platform/config.ts';
import { openKeys } from '../platform/crypto.ts';
import { inTransaction } from '../platform/transaction.ts';
import { refuseUnlessEmpty, withDatabase } from './database.ts';
import { giveLogin } from './repair.ts';
import type { Terminal } from './terminal.ts';

/** The fictional group with its history, into an empty database. @returns the one password of its accounts */
export async function demo(args: string[], config: Config, terminal: Terminal): Promise<string> {
  const { values } = parseArgs({ args, options: { login: { type: 'string' } } });
  return withDatabase(config, { make: true, migrate: true }, async (database) => {
    await refuseUnlessEmpty(database);
    terminal.say('正在装入示例集团 · loading the demo world …');
    const world = await readWorld(config.rootFolder);
    const password = oneTimePassword();
    const now = new Date();
    await inTransaction(database.pool, (tx) => loadOrganization(tx, world, now, password));
    await inTransaction(database.pool, (tx) => loadCatalogue(tx, now));
    if (config.demo !== 'organization') {
      const keys = await openKeys(join(config.dataFolder, 'keys'));
      const progress = showProgress('  ', { write: (line) => terminal.say(line.trimEnd()) });
      const told = await loadHistory({
        pool: database.pool,
        keys,
        world,
        now,
        dataFolder: config.dataFolder,
        progress,
      });
      await inTransaction(database.pool, (tx) => loadChoices(tx, told, now));
      await playSupervision(database.pool, now);
    }
    terminal.say(
      `示例账号（worker01、disp01、hand11、fu01 …）的密码，只显示这一次 · password of every demo account, shown once:  ${password}`,
    );
    if (values.login !== undefined) await giveLogin(config, values.login, terminal);
    terminal.say('下一步 · next: npm start');
    return password;
  });
}
