import { CommandError, openTerminal, type Terminal } from './commands/terminal.ts';
import type { Config } from './platform/config.ts';
import { readConfig } from './platform/config.ts';

const usage = `npx lastmetre <命令 command>

  init      建立真实集团和三位管理员 · set up a real group and its three administrators
            --name --name-en --short --code --timezone --hotline --care-line --oversight-line
            [--sys LOGIN --sec LOGIN --aud LOGIN] [--login NAME] [--yes]
  demo      装入示例集团 · load the demo world  [--login NAME]
            --login：另建一个只供程序运行、不拥有表的数据库登录 · also make a database login for the
            running program that owns no table
  import requests FILE.xlsx|csv|jsonl
            导入历史诉求，可重复、可中断 · bring requests in; may be repeated and interrupted
            --site CODE | --into-unit CODE  [--category CODE] [--categories FILE.yaml]
            [--mapping text=COLUMN,id=COLUMN,…] [--source NAME] [--check]
  verify    核验台账 · verify the journal  [--anchors FILE]
  verify-draw YYYY-MM-DD  重新抽取某天的随访名单并对照 · draw a day's follow-up calls again and compare
            [--anchors FILE]
  backup FILE.tar.gz [--with-keys]
  restore FILE.tar.gz   恢复到空库 · into an empty database
  doctor    体检 · check the installation
            --migrate              升级数据库结构（用所有者的 DATABASE_URL） · bring the database up to date, as its owner
            --login NAME           给程序的数据库登录新建或换密码 · make the program's database login, or give it a new password
            --reset-sign-in LOGIN  丢了密码或验证器：发一次性密码 · a way back for who lost password or second factor

环境变量 environment: LASTMETRE_DATA (data), DATABASE_URL`;

/** Each command is loaded only when it is called, so that a slip of the finger is answered at once. @returns the exit code */
const commands: Record<string, (args: string[], config: Config, terminal: Terminal) => Promise<number>> = {
  async init(args, config, terminal) {
    await (await import('./commands/init.ts')).init(args, config, terminal);
    return 0;
  },
  async demo(args, config, terminal) {
    await (await import('./commands/demo.ts')).demo(args, config, terminal);
    return 0;
  },
  async import(args, config, terminal) {
    if (args[0] !== 'requests') throw new CommandError('用法 usage: lastmetre import requests FILE');
    const result = await (await import('./commands/importRequests.ts')).importRequests(args.slice(1), config, terminal);
    return result.bad > 0 && result.added + result.already === 0 ? 1 : 0;
  },
  async verify(args, config, terminal) {
    return (await (await import('./commands/verify.ts')).verify(args, config, terminal)).valid ? 0 : 1;
  },
  async 'verify-draw'(args, config, terminal) {
    return (await (await import('./commands/verifyDraw.ts')).verifyDraw(args, config, terminal)) ? 0 : 1;
  },
  async backup(args, config, terminal) {
    await (await import('./commands/backup.ts')).backup(args, config, terminal);
    return 0;
  },
  async restore(args, config, terminal) {
    const { verification } = await (await import('./commands/backup.ts')).restore(args, config, terminal);
    return verification && !verification.valid ? 1 : 0;
  },
  async doctor(args, config, terminal) {
    if (await (await import('./commands/repair.ts')).repair(args, config, terminal)) return 0;
    return (await (await import('./commands/doctor.ts')).doctor(config, terminal)).every((finding) => finding.ok)
      ? 0
      : 1;
  },
};

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const terminal = openTerminal();
  const command = name && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || args.includes('--help')) {
    terminal.say(usage);
    return !name || name === 'help' || name === '--help' || args.includes('--help') ? 0 : 2;
  }
  try {
    return await command(args, readConfig(), terminal);
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    const plain =
      error instanceof CommandError || (error as Error).name === 'Refusal' || code.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${plain ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
    return 1;
  }
}

process.exitCode = await main();
