import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../testing/program.ts';

let house: House;
const roles = ['lastmetre_app', 'lastmetre_audit', 'lastmetre_figures'] as const;
let owner: pg.Client;
beforeAll(async () => {
  house = await openHouse();
  await house.given.request({ until: 'handled' });
  owner = new pg.Client({ connectionString: house.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await house.stop();
});

/** Tries it as the role, for nothing: whatever it does is rolled back. @returns the SQLSTATE of the refusal */
async function tried(role: string, text: string): Promise<string | null> {
  await owner.query('begin');
  try {
    await owner.query(`set local role ${role}`);
    await owner.query(text);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await owner.query('rollback');
  }
}
const denied = '42501';

describe('what has happened cannot be changed, by whichever role (architecture, Enforced 4)', () => {
  const happened: [table: string, column: string][] = [
    ['journal.entry', 'action'],
    ['journal.settled', 'position'],
    ['journal.seal', 'key_id'],
    ['requests.entry', 'kind'],
    ['cases.hand', 'did'],
    ['followups.attempt', 'outcome'],
    ['followups.answer', 'answer'],
    ['tasks.hand', 'line_id'],
    ['tasks.slip', 'colour'],
    ['tasks.telling', 'rung'],
    ['tasks.entry', 'kind'],
    ['tasks.mapping', 'mapped_at'],
    ['tasks.unmapping', 'reason'],
    ['tasks.movement', 'direction'],
    ['tasks.link', 'label'],
  ];
  describe.each(roles)('%s', (role) => {
    test.each(happened)('%s is neither updated, deleted, truncated nor altered', async (table, column) => {
      expect(await tried(role, `update ${table} set ${column} = ${column}`)).toBe(denied);
      expect(await tried(role, `delete from ${table}`)).toBe(denied);
      expect(await tried(role, `truncate ${table} cascade`)).toBe(denied);
      expect(await tried(role, `alter table ${table} add column x integer`)).toBe(denied);
      expect(await tried(role, `alter table ${table} disable trigger all`)).toBe(denied);
      expect(await tried(role, `drop table ${table} cascade`)).toBe(denied);
      expect(
        await tried(
          role,
          `create trigger t before insert on ${table} for each row execute function pg_catalog.suppress_redundant_updates_trigger()`,
        ),
      ).toBe(denied);
    });
    test('makes no tables, roles or databases, and is member of no other role', async () => {
      expect(
        await house.sql('select 1 from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = $1', [
          role,
        ]),
      ).toEqual([]);
      for (const text of [
        'create table requests.mine (n int)',
        'create table public.mine (n int)',
        'create schema mine',
        'create role mine',
        'create database mine',
        `alter role ${role} superuser`,
      ]) {
        expect(await tried(role, text), text).not.toBeNull();
      }
    });
  });

  test('the records themselves are never deleted by the application', async () => {
    for (const table of [
      'requests.request',
      'cases.case_file',
      'cases.ask',
      'followups.call',
      'access.account',
      'access.grant_',
    ]) {
      expect(await tried('lastmetre_app', `delete from ${table}`), table).toBe(denied);
      expect(await tried('lastmetre_app', `truncate ${table} cascade`), table).toBe(denied);
    }
  });
  test('words are erased through one door only, and that door erases nothing but words', async () => {
    const [row] = await house.sql<{ id: string }>('select id from requests.request limit 1');
    const before = await house.sql('select id, kind, at, side from requests.entry where request_id = $1 order by id', [
      row!.id,
    ]);
    await owner.query('begin');
    await owner.query('set local role lastmetre_app');
    await owner.query('select requests.erase_words($1)', [row!.id]);
    await owner.query('reset role');
    const { rows } = await owner.query(
      'select id, kind, at, side from requests.entry where request_id = $1 order by id',
      [row!.id],
    );
    const { rows: left } = await owner.query(
      'select 1 from requests.entry where request_id = $1 and text is not null',
      [row!.id],
    );
    await owner.query('rollback');
    expect(rows).toEqual(before);
    expect(left).toEqual([]);
    for (const role of ['lastmetre_audit', 'lastmetre_figures'])
      expect(await tried(role, `select requests.erase_words('${row!.id}')`), role).toBe(denied);
  });
  test('the auditor’s role reads the journal and nothing of what people wrote', async () => {
    for (const table of ['journal.entry', 'journal.settled', 'journal.seal'])
      expect(await tried('lastmetre_audit', `select * from ${table} limit 1`), table).toBeNull();
    for (const table of [
      'requests.content',
      'requests.entry',
      'requests.request',
      'cases.case_file',
      'followups.answer',
      'access.account',
      'access.session',
      'platform.file',
      'organization.person',
    ]) {
      expect(await tried('lastmetre_audit', `select * from ${table} limit 1`), table).toBe(denied);
      expect(await tried('lastmetre_figures', `select * from ${table} limit 1`), table).toBe(denied);
    }
    expect(
      await tried(
        'lastmetre_audit',
        `insert into journal.entry (body, at, action, record_kind, record_id, class, figures) values ('', now(), 'x', 'x', gen_random_uuid(), 'normal', '{}')`,
      ),
    ).toBe(denied);
  });
  test('every table of a module’s schema is in the hands of the owner, none of the application', async () => {
    const rows = await house.sql<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('platform', 'journal', 'organization', 'stages', 'knowledge', 'access', 'requests', 'catalogue', 'cases', 'followups', 'tasks') and tableowner like 'lastmetre_app'`,
    );
    expect(rows).toEqual([]);
  });
  test('a function that acts with its owner’s rights trusts no search path', async () => {
    const rows = await house.sql<{ name: string; config: string[] | null }>(
      `select p.proname as name, p.proconfig as config from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname in ('requests', 'cases', 'access', 'journal', 'platform')`,
    );
    expect(rows.map((row) => row.name)).toContain('erase_words');
    for (const { name, config } of rows)
      expect(
        config?.some((one) => one.startsWith('search_path=')),
        name,
      ).toBe(true);
  });
});
