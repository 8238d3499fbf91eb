import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { openPool } from '../platform/database.ts';
import { verifyJournal } from '../platform/seal.ts';
import { configFor, emptyPlace, listen } from '../testing/commands.ts';
import { rootFolder } from '../testing/database.ts';
import { api, openHouse } from '../testing/program.ts';
import { backup } from './backup.ts';
import { demo } from './demo.ts';
import { examine } from './doctor.ts';
import { init } from './init.ts';
import { repair } from './repair.ts';

const places: Awaited<ReturnType<typeof emptyPlace>>[] = [];
const logins: string[] = [];
const empty = async () => {
  const place = await emptyPlace(inject('server'));
  places.push(place);
  return place;
};
afterEach(async () => {
  for (const place of places.splice(0)) await place.drop();
  const owner = new pg.Client({ connectionString: inject('server').ownerUrl });
  await owner.connect();
  for (const login of logins.splice(0).reverse()) await owner.query(`drop role if exists ${login}`);
  await owner.end();
});
const newLogin = (): string => {
  const name = `lm_login_${randomBytes(4).toString('hex')}`;
  logins.push(name);
  return name;
};
const told = (lines: string[]): string => /DATABASE_URL='([^']+)'/.exec(lines.join('\n'))![1]!;

/** The program as an operator starts it, until it answers or ends. */
async function start(databaseUrl: string, dataFolder: string) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', join(rootFolder, 'server', 'main.ts')], {
    cwd: rootFolder,
    env: { PATH, HOME, DATABASE_URL: databaseUrl, LASTMETRE_DATA: dataFolder, PORT: '0' },
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const address = await new Promise<string | null>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
        const found = /(http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
        if (found) resolve(found);
      });
    void ended.then(() => resolve(null));
  });
  return {
    address,
    output: () => output,
    ended,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

// Whole programs are started here.
describe('a login of the program’s own', { timeout: 90_000 }, () => {
  test('is made beside the group, runs the program, and may do nothing an owner may', async () => {
    const place = await empty();
    const name = newLogin();
    const lines = listen();
    await demo(['--login', name], place.config, lines);
    const url = told(lines.lines);
    expect(new URL(url).username).toBe(name);

    const running = await start(url, place.config.dataFolder);
    expect(running.address, running.output()).not.toBeNull();
    const answer = await fetch(`${running.address}/api/public/directory`);
    expect(answer.status).toBe(200);
    const sessions = await place.sql<{ who: string }>(
      `select distinct usename as who from pg_stat_activity where datname = current_database() and application_name like 'lastmetre%'`,
    );
    expect(sessions).toEqual([{ who: name }]);
    // The doctor sees through the program's own login too, while it runs.
    const wrong = (await examine({ ...place.config, databaseUrl: url })).filter((finding) => !finding.ok);
    expect(wrong).toEqual([]);
    expect(await running.stop()).toBe(0);

    const pool = openPool(url, { max: 1 });
    try {
      for (const text of [
        'update journal.entry set action = action',
        'delete from journal.seal',
        'alter table requests.request add column x int',
        'create table requests.mine (n int)',
        'create role mine',
        'create database mine',
        'truncate access.account cascade',
        `update public.lastmetre_migration set sha256 = 'x'`,
      ])
        await expect(pool.query(text), text).rejects.toMatchObject({ code: '42501' });
    } finally {
      await pool.end();
    }
  });

  test('does not start the program while migrations are pending, and says what to do; the owner’s command does it', async () => {
    const place = await empty();
    const name = newLogin();
    const lines = listen();
    await demo(['--login', name], place.config, lines);
    const url = told(lines.lines);
    // As if the program had become newer than the database by something that may be done twice.
    const [last] = await place.sql<{ name: string }>('select max(name) as name from public.lastmetre_migration');
    await place.sql(`update public.lastmetre_migration set name = '0000-other.sql' where name = '${last!.name}'`);
    const refused = await start(url, place.config.dataFolder);
    expect(refused.address).toBeNull();
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(last!.name);
    expect(refused.output()).toContain('npx lastmetre doctor --migrate');
    expect(refused.output()).not.toContain('    at ');
    const asLogin = { ...place.config, databaseUrl: url };
    await expect(repair(['--migrate'], asLogin, listen())).rejects.toThrow('owner');
    await expect(repair(['--login', newLogin()], asLogin, listen())).rejects.toThrow('owner');
    await place.sql(`update public.lastmetre_migration set name = '${last!.name}' where name = '0000-other.sql'`);
    const upgraded = listen();
    expect(await repair(['--migrate'], place.config, upgraded)).toBe(true);
    expect(upgraded.lines.join()).toContain('of this version already');
  });

  test('asked for again it gets a new password, and the old one is no longer let in; other people’s logins are left alone', async () => {
    const place = await empty();
    const name = newLogin();
    const first = listen();
    await init(groupFlags(name), place.config, first);
    const second = listen();
    await repair(['--login', name], place.config, second);
    const connect = async (url: string): Promise<void> => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.end();
    };
    await expect(connect(told(first.lines))).rejects.toMatchObject({ code: '28P01' });
    await connect(told(second.lines));
    const other = newLogin();
    await place.sql(`create role ${other} login`);
    await expect(repair(['--login', other], place.config, listen())).rejects.toThrow('left alone');
    await expect(repair(['--login', 'Not A Name'], place.config, listen())).rejects.toThrow('不合要求');
    // Another group on the same server is out of its reach once it has a login of its own.
    const neighbour = await empty();
    await init(groupFlags(newLogin()), neighbour.config, listen());
    const across = new URL(told(second.lines));
    across.pathname = new URL(neighbour.config.databaseUrl!).pathname;
    await expect(connect(across.toString())).rejects.toMatchObject({ code: '42501' });
  });

  test('an owner who is no superuser migrates, takes the application’s role, and makes such a login', async () => {
    const place = await empty();
    const owner = newLogin();
    const [version] = await place.sql<{ n: string }>(`select current_setting('server_version_num') as n`);
    // What PostgreSQL gives to whoever made a role; here it was made for an earlier test.
    const asMaker = Number(version!.n) >= 160000 ? 'admin true, inherit false, set false' : 'admin option';
    await place.sql(`create role ${owner} login createrole password 'x'`);
    await place.sql(`create role lastmetre_app`).catch(() => {});
    await place.sql(`grant lastmetre_app to ${owner} with ${asMaker}`);
    await place.sql(`do $$ begin execute format('alter database %I owner to ${owner}', current_database()); end $$`);
    const url = new URL(place.config.databaseUrl!);
    url.username = owner;
    url.password = 'x';
    const lines = listen();
    const config = { ...place.config, databaseUrl: url.toString() };
    await demo(['--login', newLogin()], config, lines);
    expect((await examine(config)).filter((finding) => !finding.ok)).toEqual([]);
    const running = await start(told(lines.lines), config.dataFolder);
    expect(running.address, running.output()).not.toBeNull();
    expect(await running.stop()).toBe(0);
  });

  test('suffices for a back-up', async () => {
    const place = await empty();
    const name = newLogin();
    const lines = listen();
    await demo(['--login', name], place.config, lines);
    const file = join(place.config.dataFolder, 'by-login.tar.gz');
    const result = await backup([file], { ...place.config, databaseUrl: told(lines.lines) }, listen());
    expect(result.tables).toBeGreaterThan(20);
  });
});

describe('the way back for who lost password or second factor', () => {
  test('on the machine: sessions end, a one-time password, a second factor to be bound anew, and the journal says who did it', async () => {
    const house = await openHouse();
    try {
      const config = configFor(house.database.ownerUrl, house.dataFolder);
      await house.sql(
        `update access.account set totp_secret = 'JBSWY3DPEHPK3PXP', totp_confirmed = true, totp_step = 9, failures = 3, locked_until = now() + interval '1 day', must_change_password = false where login = 'sys01'`,
      );
      const administrator = await house.as('sys01');
      await administrator.do(api.access.sessions, {});
      const lines = listen();
      expect(await repair(['--reset-sign-in', 'SYS01'], config, lines)).toBe(true);
      const password = lines.lines.map((line) => line.trim()).find((line) => /^[a-z]{4}-[a-z]{4}-\d{4}$/.test(line))!;
      expect(password).toBeDefined();
      // In the same process as the program; another feels it after the two seconds a session is remembered.
      expect((await administrator.try(api.access.sessions, {})).status).toBe(401);
      const signedIn = await (await house.visitor()).do(api.access.signIn, { login: 'sys01', password });
      expect(signedIn).toMatchObject({ pending: 'password', roles: [], permissions: [] });
      expect(
        await house.sql(
          `select totp_secret, totp_confirmed, totp_step::int as step from access.account where login = 'sys01'`,
        ),
      ).toEqual([{ totp_secret: null, totp_confirmed: false, step: 0 }]);
      await house.settled();
      expect(
        await house.sql(
          `select e.actor_id, e.role, e.class, e.figures from journal.entry e join access.account a on a.id = e.record_id where e.action = 'access.sign_in_reset' and a.login = 'sys01'`,
        ),
      ).toEqual([{ actor_id: null, role: 'operator', class: 'audit', figures: { secondFactor: true } }]);
      expect((await verifyJournal(house.program.pool, house.program.keys, house.program.anchorsFile)).faults).toEqual(
        [],
      );
      const bodies = await house.sql<{ body: Buffer }>('select body from journal.entry');
      expect(bodies.some(({ body }) => body.includes(password))).toBe(false);
    } finally {
      await house.stop();
    }
  });

  test('somebody unknown is named, nothing is done; told nothing the doctor only looks', async () => {
    const house = await openHouse();
    try {
      const config = configFor(house.database.ownerUrl, house.dataFolder);
      await expect(repair(['--reset-sign-in', 'nobody'], config, listen())).rejects.toThrow('nobody');
      expect(await repair([], config, listen())).toBe(false);
      expect(await house.sql(`select 1 from journal.entry where action = 'access.sign_in_reset'`)).toEqual([]);
    } finally {
      await house.stop();
    }
  });
});

function groupFlags(login: string): string[] {
  const values: Record<string, string> = {
    name: '示范建设集团有限公司',
    'name-en': 'Model Construction Group',
    short: '示范集团',
    code: 'SF',
    hotline: '8000',
    'care-line': '8120',
    'oversight-line': '8300',
    login,
  };
  return [...Object.entries(values).flatMap(([flag, value]) => [`--${flag}`, value]), '--yes'];
}
