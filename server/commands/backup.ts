import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type BackupResult,
  RestoreRefused,
  type RestoreResult,
  restoreBackup,
  writeBackup,
} from '../platform/backup.ts';
import type { Config } from '../platform/config.ts';
import { openKeys } from '../platform/crypto.ts';
import { type Verification, verifyJournal } from '../platform/seal.ts';
import { isEmpty, refuseIfEmpty, refuseUnlessEmpty, withDatabase } from './database.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { printVerification } from './verify.ts';

const migrationsOf = (config: Config): string => join(config.rootFolder, 'server', 'migrations');

export async function backup(args: string[], config: Config, terminal: Terminal): Promise<BackupResult> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'with-keys': { type: 'boolean', default: false } },
  });
  const file = positionals[0];
  if (!file) throw new CommandError('用法 usage: lastmetre backup FILE.tar.gz [--with-keys]');
  if (existsSync(file))
    throw new CommandError(`文件已存在，不覆盖：${file}\nThe file exists and is not overwritten: ${file}`);
  return withDatabase(config, {}, async (database) => {
    await refuseIfEmpty(database);
    const withKeys = values['with-keys'];
    const result = await writeBackup(
      {
        ownerUrl: database.ownerUrl,
        dataFolder: config.dataFolder,
        migrationsFolder: migrationsOf(config),
        file: resolve(file),
      },
      { withKeys, now: new Date() },
    );
    terminal.say(
      `✓ ${file}: ${(result.bytes / 1024 / 1024).toFixed(1)} MB, ${result.tables} 张表 tables, ${result.files} 个文件 files`,
    );
    terminal.say(
      withKeys
        ? '含密钥：谁拿到这个文件，谁就能伪造封存，请加密存放。· Holds the keys: whoever has this file can forge seals; keep it encrypted.'
        : `不含密钥：请另存 ${join(config.dataFolder, 'keys')}，没有它无法核验和查询。· Without the keys: keep that folder elsewhere; nothing can be verified or looked up by code without it.`,
    );
    return result;
  });
}

export async function restore(
  args: string[],
  config: Config,
  terminal: Terminal,
): Promise<{ restored: RestoreResult; verification: Verification | null }> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const file = positionals[0];
  if (!file || !existsSync(file)) throw new CommandError(`找不到备份文件 / back-up not found: ${file ?? '—'}`);
  return withDatabase(config, { make: true, migrate: true }, async (database) => {
    if (!(await isEmpty(database))) await refuseUnlessEmpty(database);
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'lastmetre'`,
    );
    if (database.shared || rows[0]!.n > 0)
      throw new CommandError('程序正在使用这个数据库，请先停止。\nThe program is using this database; stop it first.');
    const restored = await restoreBackup({
      ownerUrl: database.ownerUrl,
      dataFolder: config.dataFolder,
      migrationsFolder: migrationsOf(config),
      file: resolve(file),
    }).catch((error: Error) => {
      throw error instanceof RestoreRefused ? new CommandError(error.message) : error;
    });
    terminal.say(`✓ ${restored.madeAt}: ${restored.tables} 张表 tables, ${restored.files} 个文件 files`);
    const keys = join(config.dataFolder, 'keys');
    if (!existsSync(join(keys, 'seal.pem'))) {
      terminal.say(`备份里没有密钥：启动前请把原来的 keys 文件夹放到 ${keys}，再运行 npx lastmetre verify。`);
      terminal.say(
        `The back-up holds no keys: put the keys folder of that time at ${keys} before starting, then run npx lastmetre verify.`,
      );
      return { restored, verification: null };
    }
    const verification = await verifyJournal(
      database.pool,
      await openKeys(keys),
      join(config.dataFolder, 'anchors', 'anchors.jsonl'),
    );
    printVerification(verification, terminal);
    return { restored, verification };
  });
}
