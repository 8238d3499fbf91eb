import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { catchUp } from '../../modules/journal/index.ts';
import { keepLikeness } from '../../modules/likeness/reading.ts';
import { similarTo } from '../../modules/likeness/suggesting.ts';
import { directory } from '../../modules/organization/index.ts';
import { requestById, wholeTextsOf } from '../../modules/requests/index.ts';
import { type Actor, visitor } from '../../platform/actor.ts';
import { openKeys } from '../../platform/crypto.ts';
import { openPool, type Pool } from '../../platform/database.ts';
import { inStatement } from '../../platform/transaction.ts';
import { cloneDatabase, rootFolder, type TestDatabase } from '../../testing/database.ts';
import { readWorld } from '../world.ts';
import { loadHistory } from './load.ts';
import { type Truth, truthOf } from './truth.ts';

let database: TestDatabase;
let folder: string;
let pool: Pool;
let owner: pg.Pool;
let truth: Truth;

/** Sees the whole group. */
const dispatcher = (): Actor => ({
  ...visitor('zh-CN'),
  kind: 'account',
  accountId: '00000000-0000-7000-8000-000000000001',
  areas: [{ role: 'dispatcher', nodeId: 1, lineId: null, everywhere: true, unitIds: [], siteIds: [] }],
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
  await catchUp(pool, {
    name: 'likeness',
    classes: ['normal', 'personal', 'health'],
    take: keepLikeness(keys),
  });
}, 240_000);

afterAll(async () => {
  await pool?.end();
  await owner?.end();
  await database?.drop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe('what was planted in the demo', () => {
  test('the three hot topics are found, each at its place and nearly whole', async () => {
    const { rows } = await owner.query<{ site_id: number | null; members: string[] }>(
      `select t.site_id, (select array_agg(request_id) from likeness.member where topic_id = t.id) as members from likeness.topic t`,
    );
    for (const { sites, requests } of truth.hotTopics) {
      const planted = new Set(requests);
      const hits = (members: string[]): number => members.filter((id) => planted.has(id)).length;
      const best = rows.sort((a, b) => hits(b.members) - hits(a.members))[0]!;
      expect(hits(best.members)).toBeGreaterThan(planted.size * 0.7);
      expect(hits(best.members)).toBeGreaterThan(best.members.length * 0.7);
      expect(best.site_id === null).toBe(sites.length > 1);
    }
    expect(rows.length).toBeLessThan(20);
  });

  test('of the forty duplicates three fifths are suggested, and next to nothing else', async () => {
    let found = 0;
    let others = 0;
    for (const { original, copy } of truth.duplicates) {
      const rows = await inStatement(pool, async (tx) => {
        const [r] = await requestById(tx, [copy]);
        const text = (await wholeTextsOf(tx, [copy])).get(copy)!.text;
        return (await similarTo(tx, await directory(tx), dispatcher(), { ...r!, site_id: r!.site_id! }, text)).rows;
      });
      if (rows.some(({ request }) => request.id === original)) found++;
      others += rows.filter(({ request }) => request.id !== original).length;
    }
    expect(found).toBeGreaterThanOrEqual(truth.duplicates.length * 0.6);
    expect(others).toBeLessThan(truth.duplicates.length * 0.1);
  });
});
