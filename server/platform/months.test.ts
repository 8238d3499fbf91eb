import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { emptyPlace } from '../testing/commands.ts';
import { rootFolder } from '../testing/database.ts';
import { day, type House, openHouse } from '../testing/program.ts';
import { openKeys } from './crypto.ts';
import { openPool } from './database.ts';
import { append, makeMonths, withEntry } from './journal.ts';
import { migrate } from './migrate.ts';
import { anchorSeal, sealJournal, verifyJournal } from './seal.ts';
import { ordinaryPass, startSettler } from './settle.ts';
import { inTransaction } from './transaction.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const monthAfter = (at: Date, months: number): string =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)).toISOString().slice(0, 7).replace('-', '_');
const partitions = async (): Promise<string[]> =>
  (
    await house.sql<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'journal.entry'::regclass order by 1`,
    )
  ).map((row) => row.name);
const entry = (recordId: string, at = new Date()) => ({
  at,
  actorId: null,
  role: 'system',
  action: 'test.done',
  recordKind: 'test',
  recordId,
  class: 'normal',
});
const whereIs = async (recordId: string): Promise<string[]> =>
  (
    await house.sql<{ name: string }>(
      'select tableoid::regclass::text as name from journal.entry where record_id = $1',
      [recordId],
    )
  ).map((row) => row.name);

test('the journal has partitions for this month, three ahead, what was before, and a default', async () => {
  const now = new Date();
  const months = [0, 1, 2, 3].map((ahead) => `entry_${monthAfter(now, ahead)}`);
  expect(await partitions()).toEqual([...months, 'entry_before', 'entry_default'].sort());
});

test('as the months go by the program makes the next ones, by the right its owner lent it, and none twice', async () => {
  const before = await partitions();
  house.clock.forward(40 * day);
  await house.timers.run('journal.months');
  const after = await partitions();
  expect(after.filter((name) => !before.includes(name))).toContain(`entry_${monthAfter(house.clock.now(), 3)}`);
  expect(await house.timers.run('journal.months')).toBe(0);
  const owners = await house.sql<{ owner: string }>(
    `select distinct tableowner as owner from pg_tables where schemaname = 'journal' and tablename like 'entry%'`,
  );
  expect(owners).toHaveLength(1);
  expect(owners[0]!.owner).not.toBe('lastmetre_app');
});

test('an event of years ago lies in the month in which it was written down', async () => {
  const recordId = '00000000-0000-7000-8000-000000002011';
  await inTransaction(house.program.pool, (tx) => append(tx, entry(recordId, new Date('2011-05-01T00:00:00Z'))));
  expect(await whereIs(recordId)).toEqual([`journal.entry_${monthAfter(new Date(), 0)}`]);
});

test('what the default took while no month was there is moved when the month is made, keeping place and seal', async () => {
  const recordId = '00000000-0000-7000-8000-000000002040';
  await house.sql(
    `insert into journal.entry (body, at, action, record_kind, record_id, class, figures, month)
     values ('x', now(), 'test.late', 'test', $1, 'normal', '{}', '2040-06-01')`,
    [recordId],
  );
  expect(await whereIs(recordId)).toEqual(['journal.entry_default']);
  house.program.desk.committed();
  await house.settled();
  const place =
    'select s.position, s.seq from journal.settled s join journal.entry e using (seq, month) where e.record_id = $1';
  const settled = await house.sql(place, [recordId]);
  expect(settled).toHaveLength(1);
  await inTransaction(house.program.pool, (tx) => makeMonths(tx, new Date('2040-06-10T00:00:00Z')));
  expect(await whereIs(recordId)).toEqual(['journal.entry_2040_06']);
  expect(await house.sql(place, [recordId])).toEqual(settled);
});

test('a partition is no way around the rule that what happened is never changed', async () => {
  const app = openPool(house.database.appUrl, { max: 1, role: house.database.role });
  try {
    for (const name of await partitions()) {
      for (const text of [
        `update journal.${name} set action = 'x'`,
        `delete from journal.${name}`,
        `truncate journal.${name}`,
        `alter table journal.entry detach partition journal.${name}`,
        `drop table journal.${name}`,
      ])
        await expect(app.query(text), text).rejects.toMatchObject({ code: '42501' });
    }
  } finally {
    await app.end();
  }
});

test('looking for what is new, and reading a page, touch neither all that settled nor other months', async () => {
  await house.sql(
    `insert into journal.entry (body, at, action, record_kind, record_id, class, figures)
     select 'x', now(), 'test.many', 'test', gen_random_uuid(), 'normal', '{}' from generate_series(1, 3000)`,
  );
  house.program.desk.committed();
  await house.settled();
  for (const text of [
    ordinaryPass.text,
    `select s.position, e.* from journal.settled s ${withEntry} where s.position < 2000 order by s.position desc limit 50`,
  ]) {
    const plan = (await house.sql<{ 'QUERY PLAN': string }>(`explain ${text}`))
      .map((row) => row['QUERY PLAN'])
      .join('\n');
    expect(plan).not.toMatch(/Hash|Merge Join|Seq Scan on settled/);
  }
});

test('a journal written before there were months keeps its entries, their order and their seals, and goes on', async () => {
  const place = await emptyPlace(inject('server'));
  const folder = await mkdtemp(join(tmpdir(), 'lastmetre-months-'));
  const migrations = join(rootFolder, 'server', 'migrations');
  const anchors = join(folder, 'anchors.jsonl');
  const earlier = join(folder, 'migrations');
  for (const name of (await readdir(migrations)).filter((file) => file < '0008'))
    await cp(join(migrations, name), join(earlier, name));
  const url = place.config.databaseUrl!;
  const owner = openPool(url, { max: 4 });
  const old = (n: number) => ({ ...entry(`00000000-0000-7000-8000-00000000000${n}`), figures: {} });
  try {
    await migrate(url, earlier);
    const keys = await openKeys(join(folder, 'keys'));
    for (let n = 1; n <= 5; n++) await inTransaction(owner, (tx) => append(tx, old(n)));
    await owner.query('insert into journal.settled (position, seq) select seq, 6 - seq from journal.entry');
    await owner.query(`insert into journal.cursor values ('a reader', 4); update journal.low_water set seq = 5`);
    const order =
      'select s.position, e.seq, e.record_id from journal.settled s join journal.entry e using (seq) order by 1';
    const before = (await owner.query(order)).rows;
    expect((await migrate(url, migrations)).applied[0]).toBe('0008-months-and-uploads.sql');
    expect((await owner.query(order)).rows).toEqual(before);
    await sealJournal(owner, keys, new Date());
    await anchorSeal(owner, anchors, new Date());
    await inTransaction(owner, (tx) => append(tx, old(6)));
    const settler = startSettler(owner);
    for (let i = 0; i < 200 && (await sealJournal(owner, keys, new Date())) === 0; i++)
      await new Promise((wait) => setTimeout(wait, 10));
    await settler.stop();
    expect(await verifyJournal(owner, keys, anchors)).toMatchObject({ valid: true, entries: 6, seals: 2, anchors: 1 });
  } finally {
    await owner.end();
    await place.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
