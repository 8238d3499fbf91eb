import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DayCheck, dayWords, verifyDay } from '../modules/followups/index.ts';
import type { Config } from '../platform/config.ts';
import { openKeys } from '../platform/crypto.ts';
import { readAnchors, verifyJournal } from '../platform/seal.ts';
import { inStatement } from '../platform/transaction.ts';
import { keysFolderOf, refuseIfEmpty, withDatabase } from './database.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { printVerification } from './verify.ts';

export function printDay(check: DayCheck, terminal: Terminal): void {
  const [zh, en] = dayWords.states[check.state];
  terminal.say(`${check.day}  ${zh} · ${en}`);
  if (check.state === 'none') return;
  terminal.say(`  承诺 commitment  ${check.commitment}`);
  if (check.sealRoot) terminal.say(`  封存根 seal root  ${check.sealRoot}`);
  if (check.secret) terminal.say(`  密值 secret      ${check.secret}`);
  if (check.state !== 'open')
    terminal.say(
      `  入框 framed ${check.framed} · 必访 for certain ${check.mandatory}${check.secret ? ` · 抽中 drawn ${check.drawn}` : ''}`,
    );
  for (const { what, request } of check.differences)
    terminal.say(`  ✗ ${dayWords.differences[what].join(' / ')}${request ? `: ${request}` : ''}`);
  if (check.valid) {
    const said =
      check.state === 'frozen'
        ? '重新抽取的结果与记录一致 · drawn again, and it is what was called'
        : '到目前为止一致；冻结后公布密值，才能重新抽取 · consistent so far; the secret is told when the day is frozen';
    terminal.say(`  ✓ ${said}`);
  }
}

/** Draws a day again from the journal and the anchors. @returns whether everything agrees */
export async function verifyDraw(args: string[], config: Config, terminal: Terminal): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args,
    options: { anchors: { type: 'string' } },
    allowPositionals: true,
  });
  const day = positionals[0];
  if (!day || !/^\d{4}-\d\d-\d\d$/.test(day))
    throw new CommandError('用法 usage: lastmetre verify-draw YYYY-MM-DD [--anchors FILE]');
  if (values.anchors && !existsSync(values.anchors))
    throw new CommandError(`找不到锚点文件 / no such file of anchors: ${values.anchors}`);
  return withDatabase(config, {}, async (database) => {
    await refuseIfEmpty(database);
    const keys = await openKeys(await keysFolderOf(config, database));
    const file = values.anchors ?? join(config.dataFolder, 'anchors', 'anchors.jsonl');
    const journal = await verifyJournal(database.pool, keys, file);
    printVerification(journal, terminal);
    const check = await inStatement(database.pool, async (tx) => verifyDay(tx, day, await readAnchors(file)));
    printDay(check, terminal);
    return journal.valid && check.valid && check.state !== 'none';
  });
}
