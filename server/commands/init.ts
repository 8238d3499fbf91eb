import { parseArgs } from 'node:util';
import { uuidv7 } from 'uuidv7';
import { administratorRoles } from '../../contract/permissions.ts';
import { insertStandardForms } from '../demo/standard-forms.ts';
import { insertStandardWork } from '../demo/standard-work.ts';
import { readWorld, type World } from '../demo/world.ts';
import { hashPassword, insertAccounts, insertGrants, oneTimePassword } from '../modules/access/index.ts';
import { forgetDirectory, insertNodes } from '../modules/organization/index.ts';
import { forgetTimeline, insertPeriods } from '../modules/stages/index.ts';
import { system } from '../platform/actor.ts';
import type { Config } from '../platform/config.ts';
import { openInitials } from '../platform/initials.ts';
import { append } from '../platform/journal.ts';
import { writeSetting } from '../platform/setting.ts';
import { inTransaction, type Tx } from '../platform/transaction.ts';
import { refuseUnlessEmpty, withDatabase } from './database.ts';
import { giveLogin } from './repair.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface NewGroup {
  name: string;
  nameEn: string;
  short: string;
  code: string;
  timezone: string;
  hotline: string;
  careLine: string;
  oversightLine: string;
  logins: { sysadmin: string; secadmin: string; auditor: string };
}

interface Question {
  flag: keyof typeof flags;
  zh: string;
  en: string;
  otherwise?: (given: Record<string, string>) => string;
  fits?: RegExp | ((value: string) => boolean);
  /** Not asked for: a flag or its default. */
  quiet?: boolean;
}

const flags = {
  name: { type: 'string' },
  'name-en': { type: 'string' },
  short: { type: 'string' },
  code: { type: 'string' },
  timezone: { type: 'string' },
  hotline: { type: 'string' },
  'care-line': { type: 'string' },
  'oversight-line': { type: 'string' },
  sys: { type: 'string' },
  sec: { type: 'string' },
  aud: { type: 'string' },
  yes: { type: 'boolean', default: false },
  login: { type: 'string' },
} as const;

const number = /^[+\d][\d -]{1,19}$/;
const login = /^[a-z0-9_.-]{2,40}$/i;

function isZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
}

const questions: Question[] = [
  { flag: 'name', zh: '集团全称', en: 'Name of the group', fits: /^.{2,60}$/u },
  { flag: 'name-en', zh: '英文名称', en: 'English name', otherwise: (given) => given.name!, fits: /^.{2,120}$/u },
  { flag: 'short', zh: '简称', en: 'Short name', otherwise: (given) => given.name!, fits: /^.{1,30}$/u },
  {
    flag: 'code',
    zh: '代码（1–6 个大写字母，用在诉求编号前）',
    en: 'Code (1–6 capitals, begins every request number)',
    fits: /^[A-Z]{1,6}$/,
  },
  { flag: 'timezone', zh: '时区', en: 'Time zone', otherwise: () => 'Asia/Shanghai', fits: isZone },
  { flag: 'hotline', zh: '综合保障热线', en: 'Support hotline', fits: number },
  { flag: 'care-line', zh: '心理关怀热线', en: 'Care line', fits: number },
  { flag: 'oversight-line', zh: '监督条线专线', en: 'Oversight line', fits: number },
  {
    flag: 'sys',
    zh: '系统管理员登录名',
    en: 'Login of the system administrator',
    otherwise: () => 'sys',
    fits: login,
    quiet: true,
  },
  {
    flag: 'sec',
    zh: '安全管理员登录名',
    en: 'Login of the security administrator',
    otherwise: () => 'sec',
    fits: login,
    quiet: true,
  },
  { flag: 'aud', zh: '审计管理员登录名', en: 'Login of the auditor', otherwise: () => 'aud', fits: login, quiet: true },
];

const fitting = ({ fits }: Question, value: string): boolean =>
  value !== '' && (!fits || (typeof fits === 'function' ? fits(value) : fits.test(value)));

/** From flags, then from the person at the terminal. @throws CommandError naming what is missing or does not fit */
async function answers(
  values: Partial<Record<keyof typeof flags, string | boolean>>,
  terminal: Terminal,
): Promise<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const question of questions) {
    const otherwise = question.otherwise?.(given);
    const flag = values[question.flag];
    let value = typeof flag === 'string' ? flag.trim() : '';
    const mayAsk = terminal.ask !== null && !values.yes && !question.quiet && value === '';
    while (mayAsk && !fitting(question, value)) {
      value =
        (await terminal.ask!(`${question.zh} · ${question.en}${otherwise ? ` [${otherwise}]` : ''}: `)) ||
        (otherwise ?? '');
    }
    if (value === '' && otherwise !== undefined) value = otherwise;
    if (!fitting(question, value)) {
      throw new CommandError(
        `--${question.flag} ${value === '' ? '没有填' : `不合要求：${value}`}（${question.zh}）\n--${question.flag} ${value === '' ? 'is missing' : `does not fit: ${value}`} (${question.en})`,
      );
    }
    given[question.flag] = value;
  }
  return given;
}

const labels: Record<string, string> = { sysadmin: '系统管理员', secadmin: '安全管理员', auditor: '审计管理员' };

/** The group, its standard work and its three administrators in one transaction. @returns the one-time passwords */
async function createGroup(
  tx: Tx,
  group: NewGroup,
  world: World,
  now: Date,
): Promise<{ login: string; label: string; password: string }[]> {
  await writeSetting(tx, 'group', {
    zh: group.name,
    en: group.nameEn,
    short: group.short,
    timezone: group.timezone,
    hotline: group.hotline,
    careLine: group.careLine,
    oversightLine: group.oversightLine,
    prefix: group.code,
  });
  await writeSetting(tx, 'demo', false);
  const [node] = await insertNodes(tx, [
    {
      kind: 'group',
      code: group.code,
      zh: group.name,
      en: group.nameEn,
      initials: (await openInitials())(group.name),
      parent_id: null,
      site_kind: null,
      heads: null,
      x: null,
      y: null,
      facts: '{}',
    },
  ]);
  await insertStandardWork(tx, world, { extensions: false });
  await insertStandardForms(tx, now);
  await insertPeriods(tx, [
    { id: uuidv7(), node_id: node!.id, stage_code: 'S0', from_at: now, to_at: null, basis: '初始化 / set up' },
  ]);
  const administrators = administratorRoles.map((role) => ({
    id: uuidv7(),
    role,
    login: group.logins[role as keyof NewGroup['logins']],
    label: labels[role]!,
    password: oneTimePassword(),
  }));
  const rows = [];
  for (const one of administrators) {
    rows.push({
      id: one.id,
      login: one.login,
      label: one.label,
      person_id: null,
      home_node_id: node!.id,
      password_hash: await hashPassword(one.password),
      must_change_password: true,
      created_at: now,
    });
  }
  await insertAccounts(tx, rows);
  await insertGrants(
    tx,
    administrators.map((one) => ({
      id: uuidv7(),
      account_id: one.id,
      role: one.role,
      node_id: node!.id,
      line_id: null,
      granted_by: null,
      granted_at: now,
    })),
  );
  const noted = { at: now, actorId: null, role: system.kind, class: 'audit' };
  await append(
    tx,
    {
      ...noted,
      action: 'organization.founded',
      recordKind: 'group',
      recordId: uuidv7(),
      figures: { code: group.code, timezone: group.timezone },
    },
    ...administrators.flatMap((one) => [
      { ...noted, action: 'access.account_created', recordKind: 'account', recordId: one.id },
      {
        ...noted,
        action: 'access.granted',
        recordKind: 'account',
        recordId: one.id,
        reason: one.role,
        figures: { node: node!.id, line: null },
      },
    ]),
  );
  forgetDirectory();
  forgetTimeline();
  return administrators;
}

export async function init(
  args: string[],
  config: Config,
  terminal: Terminal,
): Promise<{ login: string; password: string }[]> {
  const { values } = parseArgs({ args, options: flags });
  return withDatabase(config, { make: true, migrate: true }, async (database) => {
    await refuseUnlessEmpty(database);
    const given = await answers(values, terminal);
    const logins = { sysadmin: given.sys!, secadmin: given.sec!, auditor: given.aud! };
    if (new Set(Object.values(logins).map((one) => one.toLowerCase())).size < 3) {
      throw new CommandError('三个管理员要用三个不同的登录名。\nThe three administrators need three different logins.');
    }
    const group: NewGroup = {
      name: given.name!,
      nameEn: given['name-en']!,
      short: given.short!,
      code: given.code!,
      timezone: given.timezone!,
      hotline: given.hotline!,
      careLine: given['care-line']!,
      oversightLine: given['oversight-line']!,
      logins,
    };
    if (!values.yes && terminal.ask) {
      const answer = await terminal.ask(`建立“${group.name}”？ Set up ${group.nameEn}? [y/N]: `);
      if (!/^(y|yes|是|好)$/i.test(answer)) throw new CommandError('没有建立。 Nothing was set up.');
    }
    const world = await readWorld(config.rootFolder);
    const made = await inTransaction(database.pool, (tx) => createGroup(tx, group, world, new Date()));
    terminal.say(`已建立 · set up: ${group.name} (${group.code}), S0`);
    terminal.say('三位管理员的一次性密码，只显示这一次；首次登录要改密码并绑定验证器。');
    terminal.say(
      'One-time passwords of the three administrators, shown once; the first sign-in asks for a new one and a second factor.',
    );
    for (const one of made) terminal.say(`  ${one.login.padEnd(12)} ${one.password}   ${one.label}`);
    if (values.login !== undefined) await giveLogin(config, values.login, terminal);
    terminal.say('下一步 · next: npm start');
    return made.map(({ login, password }) => ({ login, password }));
  });
}
