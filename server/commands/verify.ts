import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOutreach, type OutreachCheck } from '../modules/outreach/index.ts';
import { checkStages, type StagesCheck } from '../modules/stages/index.ts';
import { checkWatch, type WatchCheck } from '../modules/watch/index.ts';
import type { Config } from '../platform/config.ts';
import { openKeys } from '../platform/crypto.ts';
import { type Fault, type Verification, verifyJournal } from '../platform/seal.ts';
import { inStatement } from '../platform/transaction.ts';
import { keysFolderOf, refuseIfEmpty, withDatabase } from './database.ts';
import { CommandError, type Terminal } from './terminal.ts';

const faultWords: Record<Fault['what'], readonly [zh: string, en: string]> = {
  entry_changed: ['条目被改过', 'an entry was changed'],
  entry_missing: ['条目缺失', 'an entry is missing'],
  columns_differ: ['条目的列与封存内容不符', 'columns differ from what was sealed'],
  root_differs: [
    '封存根不符：条目被改过、增加或删除',
    'the root of the seal differs: entries were changed, added or removed',
  ],
  chain_broken: ['封存链断开', 'the chain of seals is broken'],
  signature_wrong: ['签名不对', 'the signature is wrong'],
  anchor_differs: ['与库外留存的锚点不符', 'differs from the anchor kept outside'],
  anchor_missing: ['锚点对应的封存不在库里', 'an anchored seal is missing'],
};

export function printVerification(result: Verification, terminal: Terminal): void {
  const { entries, seals, anchors } = result;
  terminal.say(`${entries} 条 entries · ${seals} 次封存 seals · ${anchors} 个锚点 anchors`);
  for (const fault of result.faults) {
    const where = [
      fault.position === null ? null : `#${fault.position}`,
      fault.seal === null ? null : `seal ${fault.seal}`,
    ]
      .filter((part) => part !== null)
      .join(', ');
    terminal.say(`  ✗ ${where}: ${faultWords[fault.what].join(' / ')}`);
  }
  terminal.say(
    result.valid
      ? '✓ 台账完整，没有被改动 · the journal is whole and unchanged'
      : '✗ 台账被改动过 · the journal has been tampered with',
  );
}

function printWatch(check: WatchCheck, terminal: Terminal): void {
  if (!check.at) return;
  terminal.say(
    `冷暖与公平 warmth and fairness: ${check.figures} 个数重算 figures reckoned again${check.moved > 0 ? ` · ${check.moved} 个因之后的办理而变动 have moved on since` : ''}`,
  );
  for (const name of check.differences.slice(0, 20)) terminal.say(`  ✗ ${name}`);
  terminal.say(
    check.differences.length === 0
      ? '✓ 每个数都与记录相符 · every figure is what the records give'
      : `✗ ${check.differences.length} 个数与记录不符 · figures differ from the records`,
  );
}

function printOutreach(check: OutreachCheck, terminal: Terminal): void {
  terminal.say(`跨前 ahead: ${check.touches} 次走访 touches · ${check.needs} 件发现 needs found`);
  for (const name of check.differences.slice(0, 20)) terminal.say(`  ✗ ${name}`);
  terminal.say(
    check.differences.length === 0
      ? '✓ 每次走访和发现都与台账相符 · every touch and find is what the journal tells'
      : `✗ ${check.differences.length} 处与台账不符 · differ from the journal`,
  );
}

function printStages(check: StagesCheck, terminal: Terminal): void {
  terminal.say(`阶段 stages: ${check.orders} 道令 orders · ${check.units} 个就绪 readiness`);
  for (const name of check.differences.slice(0, 20)) terminal.say(`  ✗ ${name}`);
  terminal.say(
    check.differences.length === 0
      ? '✓ 每道令的经手人和每个就绪都与台账相符 · every hand and every readiness is what the journal tells'
      : `✗ ${check.differences.length} 处与台账不符 · differ from the journal`,
  );
}

/** The journal first, then what is reckoned from the records. @returns `valid` where both hold */
export async function verify(args: string[], config: Config, terminal: Terminal): Promise<Verification> {
  const { values } = parseArgs({ args, options: { anchors: { type: 'string' } } });
  if (values.anchors && !existsSync(values.anchors))
    throw new CommandError(`找不到锚点文件 / no such file of anchors: ${values.anchors}`);
  return withDatabase(config, {}, async (database) => {
    await refuseIfEmpty(database);
    const keys = await openKeys(await keysFolderOf(config, database));
    const result = await verifyJournal(
      database.pool,
      keys,
      values.anchors ?? join(config.dataFolder, 'anchors', 'anchors.jsonl'),
    );
    printVerification(result, terminal);
    const watch = await inStatement(database.pool, (tx) => checkWatch(tx));
    printWatch(watch, terminal);
    const outreach = await inStatement(database.pool, (tx) => checkOutreach(tx, new Date()));
    printOutreach(outreach, terminal);
    const stages = await inStatement(database.pool, (tx) => checkStages(tx, new Date()));
    printStages(stages, terminal);
    return {
      ...result,
      valid: result.valid && [watch, outreach, stages].every(({ differences }) => differences.length === 0),
    };
  });
}
