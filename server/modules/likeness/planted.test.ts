import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadHistory } from '../../demo/history/load.ts';
import { type Truth, truthOf } from '../../demo/history/truth.ts';
import { readWorld } from '../../demo/world.ts';
import type { Actor } from '../../platform/actor.ts';
import { visitor } from '../../platform/actor.ts';
import { openKeys } from '../../platform/crypto.ts';
import { openPool, type Pool } from '../../platform/database.ts';
import { inStatement } from '../../platform/transaction.ts';
import { cloneDatabase, rootFolder, type TestDatabase } from '../../testing/database.ts';
import { catchUp } from '../journal/index.ts';
import { directory } from '../organization/index.ts';
import { requestById, wholeTextsOf } from '../requests/index.ts';
import { likenessReader } from './reading.ts';
import { similarTo } from './suggesting.ts';

let database: TestDatabase;
let folder: string;
let pool: Pool;
let owner: pg.Pool;
let truth: Truth;

/** Sees the whole group. */
const dispatcher = (groupId: number): Actor => ({
  ...visitor('zh-CN'),
  kind: 'account',
  accountId: '00000000-0000-7000-8000-000000000001',
  areas: [{ role: 'dispatcher', nodeId: groupId, lineId: null, everywhere: true, unitIds: [], siteIds: [] }],
  permissions: new Set(['requests.read', 'cases.dispatch']),
});

beforeAll(async () => {
  database = await cloneDatabase(inject('server'));
  folder = await mkdtemp(join(tmpdir(), 'lastmetre-planted-'));
  pool = openPool(database.appUrl, { max: 4, role: database.role });
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  const keys = await openKeys(join(folder, 'keys'));
  const told = await loadHistory({
    pool,
    keys,
    world: await readWorld(rootFolder),
    now: new Date(),
    dataFolder: folder,
  });
  truth = truthOf(told);
  const began = performance.now();
  await catchUp(pool, likenessReader(keys));
  process.stderr.write(`read in ${Math.round(performance.now() - began)} ms, ${told.needs.length}\n`);
}, 240_000);

afterAll(async () => {
  await pool?.end();
  await owner?.end();
  await database?.drop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe('what was planted in the demo', () => {
  test('the hot topics are found, each at its place', async () => {
    const { rows } = await owner.query(
      `select t.*, (select array_agg(request_id) from likeness.member where topic_id = t.id) as members from likeness.topic t`,
    );
    process.stderr.write(`${rows.length} topics\n`);
    for (const r of rows)
      process.stderr.write(
        `${r.term_name} cat ${r.category_id} unit ${r.unit_id} site ${r.site_id} ${r.members.length} usual ${r.usual.toFixed(2)} ${r.first_at.toISOString().slice(5, 16)} ${r.last_at.toISOString().slice(5, 16)}\n`,
      );
    for (const topic of truth.hotTopics) {
      const planted = new Set(topic.requests);
      const best = rows
        .map((r) => ({ r, hit: r.members.filter((m: string) => planted.has(m)).length }))
        .sort((a, b) => b.hit - a.hit)[0]!;
      process.stderr.write(
        `${topic.code} ${best.r.term_name}: ${best.hit} of ${planted.size}, precision ${(best.hit / best.r.members.length).toFixed(2)}\n`,
      );
      expect(best.hit).toBeGreaterThan(planted.size / 2);
    }
  });

  test('of the forty duplicates nearly all are suggested', async () => {
    let found = 0;
    let others = 0;
    for (const { original, copy } of truth.duplicates) {
      const rows = await inStatement(pool, async (tx) => {
        const dir = await directory(tx);
        const [r] = await requestById(tx, [copy]);
        const text = (await wholeTextsOf(tx, [copy])).get(copy)!.text;
        return (await similarTo(tx, dir, dispatcher(dir.group.id), { ...r!, site_id: r!.site_id! }, text)).rows;
      });
      if (rows.some(({ request }) => request.id === original)) found++;
      others += rows.filter(({ request }) => request.id !== original).length;
    }
    process.stderr.write(`${found} of ${truth.duplicates.length}, others ${others}\n`);
    expect(found).toBeGreaterThanOrEqual(32);
  });
});
