import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { verifyDay } from '../../modules/followups/index.ts';
import { checkOutreach } from '../../modules/outreach/index.ts';
import { openKeys } from '../../platform/crypto.ts';
import { openPool, type Pool } from '../../platform/database.ts';
import { readAnchors, verifyJournal } from '../../platform/seal.ts';
import { inStatement } from '../../platform/transaction.ts';
import { cloneDatabase, rootFolder, type TestDatabase } from '../../testing/database.ts';
import { readWorld } from '../world.ts';
import { checkHistory } from './checks.ts';
import type { Ledger } from './ledger.ts';
import { loadHistory } from './load.ts';
import type { Truth } from './truth.ts';

const now = new Date();
let database: TestDatabase;
let folder: string;
let pool: Pool;
let owner: pg.Pool;
let told: Ledger;
const shown: string[] = [];

beforeAll(async () => {
  database = await cloneDatabase(inject('server'));
  folder = await mkdtemp(join(tmpdir(), 'lastmetre-history-'));
  pool = openPool(database.appUrl, { max: 4, role: database.role });
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  const keys = await openKeys(join(folder, 'keys'));
  told = await loadHistory({
    pool,
    keys,
    world: await readWorld(rootFolder),
    now,
    dataFolder: folder,
    progress: (done, all) => void shown.push(`${done}/${all}`),
  });
}, 180_000);

afterAll(async () => {
  await pool?.end();
  await owner?.end();
  await database?.drop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const rows = async (text: string): Promise<Record<string, unknown>[]> => (await owner.query(text)).rows;

describe('the history once it is loaded', () => {
  test('holds what was told: requests = open + closed, contacts reconcile, every mirror is true', async () => {
    expect(await inStatement(pool, (tx) => checkHistory(tx, told))).toEqual([]);
    expect(shown.at(-1)).toBe(`${told.needs.length}/${told.needs.length}`);
  });

  test('the check notices a request that does not mirror its case, and a contact without an outcome', async () => {
    await owner.query('begin');
    try {
      const client = (text: string) => owner.query(text);
      await client(
        `update requests.request set work = 'dispatched' where id = (select id from requests.request where work = 'in_progress' and state = 'in_work' limit 1)`,
      );
      await client(
        `update requests.contact set outcome = null where id = (select id from requests.contact where outcome = 'dropped' limit 1)`,
      );
      await client('commit');
      const faults = await inStatement(pool, (tx) => checkHistory(tx, told));
      expect(faults.some((fault) => fault.includes('does not mirror its case'))).toBe(true);
      expect(faults.some((fault) => fault.startsWith('contacts running'))).toBe(true);
    } finally {
      await owner.query(
        `update requests.request r set work = c.state from cases.case_file c where c.id = r.case_id and r.state = 'in_work' and r.work <> c.state`,
      );
      await owner.query(`update requests.contact set outcome = 'dropped' where outcome is null`);
    }
    expect(await inStatement(pool, (tx) => checkHistory(tx, told))).toEqual([]);
  });

  test('journal positions read in the order of time, every entry is sealed, and the seals hold', async () => {
    const [order] =
      await rows(`select count(*)::int as wrong from (select e.at, lag(e.at) over (order by s.position) as before
      from journal.settled s join journal.entry e using (seq)) as placed where at < before`);
    expect(order).toEqual({ wrong: 0 });
    const [sealed] = await rows(
      `select (select count(*)::int from journal.entry) as entries, (select max(to_position)::int from journal.seal) as sealed`,
    );
    expect(sealed).toEqual({ entries: told.journal.length, sealed: told.journal.length });
    const anchors = join(folder, 'anchors', 'anchors.jsonl');
    const verified = await verifyJournal(pool, await openKeys(join(folder, 'keys')), anchors);
    // For every day that is over: what it brought, the closing of its frame, the commitment of the next, which is anchored.
    expect(verified).toMatchObject({ valid: true, faults: [], seals: 3 * (verified.anchors - 1) + 2 });
    expect(verified.anchors).toBeGreaterThan(130);
  }, 60_000);

  test('every day of the story can be drawn again from the journal and the anchors, and agrees', async () => {
    const anchors = await readAnchors(join(folder, 'anchors', 'anchors.jsonl'));
    const states = { none: 0, open: 0, sealed: 0, frozen: 0 };
    for (const day of told.days.keys()) {
      const check = await inStatement(pool, (tx) => verifyDay(tx, day, anchors));
      expect(check.differences, day).toEqual([]);
      states[check.state]++;
    }
    expect(states).toMatchObject({ none: 0, open: 1 });
    expect(states.frozen).toBeGreaterThan(120);
    // The draw goes on from here as the story left it: no line is decided twice, none is forgotten.
    const [left] = await rows(
      `select count(*)::int as n from followups.frame f join followups.day d on d.day = f.day
       where f.disposed is null and d.closed_at is not null and f.at < now() - interval '25 hours'`,
    );
    expect(left).toEqual({ n: 0 });
  }, 120_000);

  test('every touch, and every need found on one, is what the journal tells', async () => {
    const check = await inStatement(pool, (tx) => checkOutreach(tx, now));
    expect(check.touches).toBeGreaterThan(1000);
    expect(check.needs).toBeGreaterThan(50);
    expect(check.differences).toEqual([]);
  });

  test('every request has its words unless they were sealed away, and its first line in the thread', async () => {
    const [found] =
      await rows(`select count(*) filter (where c.request_id is null and not exists (select from requests.entry e where e.request_id = r.id and e.kind = 'sealed'))::int as wordless,
      count(*) filter (where not exists (select from requests.entry e where e.request_id = r.id and e.kind in ('submitted', 'registered')))::int as silent,
      count(distinct r.number)::int as numbers, count(*)::int as requests from requests.request r left join requests.content c on c.request_id = r.id`);
    expect(found).toMatchObject({ wordless: 0, silent: 0, numbers: told.needs.length, requests: told.needs.length });
  });

  test('the query codes and content keys do not follow from the seed', async () => {
    const [found] = await rows(
      `select count(distinct key)::int as keys, (select count(distinct code_hmac)::int from requests.request) as codes from requests.content`,
    );
    expect(found).toEqual({ keys: told.needs.filter((need) => need.words).length, codes: told.needs.length });
  });

  test('the truth is written beside the data, by number', async () => {
    const truth = JSON.parse(await readFile(join(folder, 'demo-truth.json'), 'utf8')) as Truth;
    expect(truth.duplicates).toHaveLength(40);
    const numbers = [
      ...truth.duplicates.flatMap((pair) => [pair.original, pair.copy]),
      ...truth.hotTopics.flatMap((topic) => topic.requests),
    ];
    const [found] = await rows(
      `select count(*)::int as n from requests.request where number in (${numbers.map((number) => `'${number}'`).join(', ')})`,
    );
    expect(found).toEqual({ n: new Set(numbers).size });
  });

  test('some of the latest evidence has a picture', async () => {
    const [found] = await rows(
      `select count(*)::int as n from platform.file f join requests.entry e on f.id = any(e.file_ids) and e.request_id = f.record_id`,
    );
    expect(found!.n).toBeGreaterThanOrEqual(15);
  });
});
