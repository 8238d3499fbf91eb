import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openKeys } from '../platform/crypto.ts';
import { openPool, type Pool } from '../platform/database.ts';
import { cloneDatabase, rootFolder, type TestDatabase } from '../testing/database.ts';
import { loadHistory } from './history/index.ts';
import { tellOfLately } from './messages.ts';
import { playSupervision } from './supervision.ts';
import { readWorld } from './world.ts';

// In the middle of a working day of the group, so that its morning is over.
const now = new Date(`${new Date().toISOString().slice(0, 10)}T05:00:00Z`);
let database: TestDatabase;
let folder: string;
let pool: Pool;
let owner: pg.Pool;

beforeAll(async () => {
  database = await cloneDatabase(inject('server'));
  folder = await mkdtemp(join(tmpdir(), 'lastmetre-messages-'));
  pool = openPool(database.appUrl, { max: 4, role: database.role });
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  const keys = await openKeys(join(folder, 'keys'));
  const ledger = await loadHistory({ pool, keys, world: await readWorld(rootFolder), now, dataFolder: folder });
  await playSupervision(pool, now);
  await tellOfLately(pool, ledger, now);
}, 180_000);

afterAll(async () => {
  await pool?.end();
  await owner?.end();
  await database?.drop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const copies = `messages.copy c join messages.message m on m.id = c.message_id join access.account a on a.id = c.account_id`;
const rows = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await owner.query(text, values)).rows;

test.each([
  ['op01', 'article.review'],
  ['fu01', 'followup.appointment'],
  ['liai04', 'message.silent'],
  ['site01', 'outreach.late'],
])('%s has been told of %s', async (login, kind) => {
  const told = await rows<{ at: Date }>(
    `select m.sent_at as at from ${copies} where a.login = $1 and m.kind = $2 order by m.sent_at desc`,
    [login, kind],
  );
  expect(told.length).toBeGreaterThan(0);
  expect(told[0]!.at.getTime()).toBeLessThanOrEqual(now.getTime());
});

test('the bell of each of them shows something', async () => {
  const seen = await rows<{ login: string }>(
    `select distinct a.login from ${copies} where c.opened_at is null and a.login in ('op01', 'liai04', 'site01')`,
  );
  expect(seen.map(({ login }) => login).sort()).toEqual(['liai04', 'op01', 'site01']);
});

test('what was told more than two days ago has been read, except what asks to be confirmed and whose silence stands', async () => {
  expect(
    await rows(
      `select a.login, m.kind from ${copies}
       where c.opened_at is null and not c.to_confirm and m.kind <> 'message.silent' and m.sent_at < $1::timestamptz - interval '2 days'`,
      [now],
    ),
  ).toEqual([]);
  expect(await rows(`select 1 from ${copies} where c.opened_at < m.sent_at or c.opened_at > $1`, [now])).toEqual([]);
});

test('nobody is told of one record over and over: at most ten times in all, three of them unread', async () => {
  expect(
    await rows(
      `select a.login, m.about_label, count(*)::int as n, count(*) filter (where c.opened_at is null)::int as unread
       from ${copies} group by 1, 2 having count(*) > 10 or count(*) filter (where c.opened_at is null) > 3`,
    ),
  ).toEqual([]);
});
