import { join } from 'node:path';
import { afterEach, expect, inject, test } from 'vitest';
import { openSession } from '../modules/access/index.ts';
import { directory, forgetDirectory } from '../modules/organization/index.ts';
import { stageInForce } from '../modules/stages/index.ts';
import { openPool } from '../platform/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import { emptyPlace, listen } from '../testing/commands.ts';
import { demo } from './demo.ts';
import { doctor, examine } from './doctor.ts';
import { init } from './init.ts';

const places: Awaited<ReturnType<typeof emptyPlace>>[] = [];
const empty = async () => {
  const place = await emptyPlace(inject('server'));
  places.push(place);
  return place;
};
afterEach(async () => {
  for (const place of places.splice(0)) await place.drop();
});

const flags = [
  '--name',
  '示范建设集团有限公司',
  '--name-en',
  'Model Construction Group',
  '--short',
  '示范集团',
  '--code',
  'SF',
  '--timezone',
  'Asia/Shanghai',
  '--hotline',
  '8000',
  '--care-line',
  '8120',
  '--oversight-line',
  '8300',
  '--yes',
];

test('a real group begins with three administrators, the standard work and stage S0, and is no demo', async () => {
  const { config, sql } = await empty();
  const told = listen();
  const made = await init(flags, config, told);
  expect(made.map((one) => one.login)).toEqual(['sys', 'sec', 'aud']);
  for (const { password } of made) expect(told.lines.filter((line) => line.includes(password))).toHaveLength(1);
  const pool = openPool(config.databaseUrl!, { max: 1, role: 'lastmetre_app' });
  try {
    await inTransaction(pool, async (tx) => {
      forgetDirectory();
      const dir = await directory(tx);
      expect(dir.demo).toBe(false);
      expect(dir.group).toMatchObject({
        zh: '示范建设集团有限公司',
        short: '示范集团',
        prefix: 'SF',
        careLine: '8120',
      });
      expect([
        dir.lines.size,
        dir.sla.size,
        [...dir.categories.values()].filter((one) => one.parentId === null).length,
      ]).toEqual([16, 5, 9]);
      expect(dir.categoriesByCode.get('D02')).toMatchObject({ recordClass: 'psych' });
      expect([...dir.lines.values()].every((line) => line.ext === null)).toBe(true);
      expect(await stageInForce(tx, [dir.groupNode.id], new Date())).toMatchObject({ code: 'S0' });
      const { rows } = {
        rows: await sql<{ id: string; login: string; must_change_password: boolean; totp_confirmed: boolean }>(
          'select * from access.account order by login',
        ),
      };
      for (const account of rows) {
        expect((await openSession(tx, account, { device: 'test', demo: false, now: new Date() })).pending).toBe(
          'password',
        );
        expect(
          (
            await openSession(
              tx,
              { ...account, must_change_password: false },
              { device: 'test', demo: false, now: new Date() },
            )
          ).pending,
        ).toBe('enrol');
      }
    });
  } finally {
    await pool.end();
  }
  expect(
    (await sql<{ action: string }>('select distinct action from journal.entry order by 1')).map((row) => row.action),
  ).toEqual(['access.account_created', 'access.granted', 'organization.founded']);
  const passwords = await sql<{ hash: string }>('select password_hash as hash from access.account');
  expect(passwords.every((row) => row.hash.startsWith('$argon2id$'))).toBe(true);
});

test('a database in which something lives is never set up again', async () => {
  const { config, sql } = await empty();
  await init(flags, config, listen());
  await expect(init(flags, config, listen())).rejects.toThrow('已有一个集团');
  await expect(demo([], config, listen())).rejects.toThrow('已有一个集团');
  expect(await sql('select count(*)::int as n from access.account')).toEqual([{ n: 3 }]);
});

test('what is missing or does not fit is named, and nothing is begun', async () => {
  const { config, sql } = await empty();
  await expect(
    init(
      flags.filter((word) => word !== '--hotline' && word !== '8000'),
      config,
      listen(),
    ),
  ).rejects.toThrow('--hotline');
  await expect(
    init(
      flags.map((word) => (word === 'SF' ? 'sf1' : word)),
      config,
      listen(),
    ),
  ).rejects.toThrow('--code');
  await expect(
    init(
      flags.map((word) => (word === 'Asia/Shanghai' ? 'Mars/Base' : word)),
      config,
      listen(),
    ),
  ).rejects.toThrow('--timezone');
  await expect(init([...flags, '--sys', 'one', '--sec', 'ONE'], config, listen())).rejects.toThrow('三个不同');
  expect(await sql('select count(*)::int as n from access.account')).toEqual([{ n: 0 }]);
});

test('at a terminal it asks, offers what is usual, asks again, and does nothing without a yes', async () => {
  const { config, sql } = await empty();
  const said = ['示范集团', '', '', 'wrong code', 'SFJ', '', '8000', '8120', '8300'];
  await expect(init([], config, listen([...said, 'n']))).rejects.toThrow('没有建立');
  await init([], config, listen([...said, 'y']));
  expect(
    await sql(
      `select value->>'timezone' as zone, value->>'en' as en, value->>'prefix' as prefix from platform.setting where key = 'group'`,
    ),
  ).toEqual([{ zone: 'Asia/Shanghai', en: '示范集团', prefix: 'SFJ' }]);
});

test('the demo goes into an empty database of one’s own', async () => {
  const { config, sql } = await empty();
  const password = await demo([], config, listen());
  expect(password).toMatch(/^[a-z]{4}-[a-z]{4}-\d{4}$/);
  expect(await sql(`select value from platform.setting where key = 'demo'`)).toEqual([{ value: true }]);
});

test('the doctor finds a sound system sound, and each trouble with what to do about it', async () => {
  const { config, sql } = await empty();
  expect((await examine(config)).find((finding) => !finding.ok)!.todo).toContain('lastmetre init');
  await init(flags, config, listen());
  expect((await examine(config)).filter((finding) => !finding.ok)).toEqual([]);
  await sql(
    `insert into requests.contact (id, at, channel, outcome) values (gen_random_uuid(), now() - interval '2 days', 'hotline', 'requests')`,
  );
  await sql(`update public.lastmetre_migration set sha256 = 'x' where name like '0001%'`);
  await sql(`insert into journal.seal values (1, 1, 1, 'a', 'a', now(), 'another key', 'a')`);
  const told = listen();
  const wrong = (await doctor(config, told))
    .filter((finding) => !finding.ok)
    .map((finding) => finding.what.replace(/ .*/, ''));
  expect(wrong).toEqual(['数据库结构', '封存密钥', '接触对账']);
  expect(told.lines.filter((line) => line.includes('→'))).toHaveLength(3);
  const [nobody] = (
    await examine({ ...config, databaseUrl: null, dataFolder: join(config.dataFolder, 'none') })
  ).filter((finding) => !finding.ok);
  expect(nobody!.what).toContain('database');
});
