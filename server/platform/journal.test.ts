import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, type House, openHouse } from '../testing/program.ts';
import { type Keys, openKeys } from './crypto.ts';
import { openPool } from './database.ts';
import { append, type JournalEntry } from './journal.ts';
import { leaf, treeRoot } from './merkle.ts';
import { anchorSeal, sealJournal, verifyJournal } from './seal.ts';
import { startSettler } from './settle.ts';
import { inTransaction } from './transaction.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const entry = (more: Partial<JournalEntry> = {}): JournalEntry => ({
  at: new Date(),
  actorId: null,
  role: 'system',
  action: 'test.done',
  recordKind: 'test',
  recordId: randomUUID(),
  class: 'normal',
  figures: { b: 2, a: 1 },
  ...more,
});
const write = (more?: Partial<JournalEntry>) => inTransaction(house.program.pool, (tx) => append(tx, entry(more)));
const numbers = async (text: string): Promise<number[]> =>
  (await house.sql<{ n: string }>(text)).map((row) => Number(row.n));

async function everythingSettled(): Promise<void> {
  for (let i = 0; i < 500; i++) {
    const [waiting] = await numbers(
      'select count(*) as n from journal.entry e where not exists (select from journal.settled s where s.seq = e.seq)',
    );
    if (waiting === 0) return;
    await new Promise((wait) => setTimeout(wait, 10));
  }
  throw new Error('not settled');
}

describe('one order (architecture, How data flows)', () => {
  test('positions are dense under 200 commands at once, half of them rolled back', async () => {
    const kept = new Set<string>();
    await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const recordId = randomUUID();
        await inTransaction(house.program.pool, async (tx) => {
          await append(tx, entry({ recordId }));
          await new Promise((wait) => setTimeout(wait, Math.random() * 20));
          if (i % 2 === 0) throw new Error('given up');
        }).then(
          () => kept.add(recordId),
          () => {},
        );
        house.program.desk.committed();
      }),
    );
    expect(kept.size).toBe(100);
    await everythingSettled();
    const positions = await numbers('select position as n from journal.settled order by position');
    expect(positions).toEqual(Array.from({ length: positions.length }, (_, i) => i + 1));
    const settled = await house.sql<{ id: string }>(
      'select record_id as id from journal.settled join journal.entry using (seq)',
    );
    for (const id of kept) expect(settled.filter((row) => row.id === id)).toHaveLength(1);
    expect(await numbers('select count(*) as n from journal.entry')).toEqual([positions.length]);
  });
  test('an import that stays open for long stalls nobody, and is settled when it ends', async () => {
    let letGo = (): void => {};
    const recordId = randomUUID();
    const slow = inTransaction(house.program.pool, async (tx) => {
      await append(tx, entry({ recordId }));
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    });
    await new Promise((wait) => setTimeout(wait, 50));
    for (let i = 0; i < 5; i++) await write();
    house.program.desk.committed();
    await new Promise((wait) => setTimeout(wait, 2_500));
    expect(
      await numbers(
        'select count(*) as n from journal.entry e where not exists (select from journal.settled s where s.seq = e.seq)',
      ),
    ).toEqual([0]);
    letGo();
    await slow;
    house.program.desk.committed();
    await everythingSettled();
    expect(
      await house.sql('select position from journal.settled join journal.entry using (seq) where record_id = $1', [
        recordId,
      ]),
    ).toHaveLength(1);
  });
  test('of two settlers one leads; when it goes, the other takes over', async () => {
    const pools = [
      openPool(house.database.appUrl, { max: 2, role: house.database.role }),
      openPool(house.database.appUrl, { max: 2, role: house.database.role }),
    ];
    const settlers = pools.map((pool) => startSettler(pool, { everyMs: 20 }));
    try {
      const leaders = () =>
        numbers(
          `select count(*) as n from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database() and l.classid = 7301 and l.objid = 2 and l.granted`,
        );
      for (let i = 0; i < 40; i++) await write();
      await everythingSettled();
      expect(await leaders()).toEqual([1]);
      const positions = await numbers('select position as n from journal.settled order by position');
      expect(positions).toEqual(Array.from({ length: positions.length }, (_, i) => i + 1));
    } finally {
      await Promise.all(settlers.map((settler) => settler.stop()));
      await Promise.all(pools.map((pool) => pool.end()));
    }
    await write();
    await everythingSettled();
  });
  test('the very first entry of a new journal is settled at once, however long it was empty', async () => {
    const fresh = await openHouse();
    try {
      await new Promise((wait) => setTimeout(wait, 2_600));
      await fresh.given.request();
      await fresh.settled();
      expect(await fresh.sql('select 1 from journal.settled where position = 1')).toHaveLength(1);
    } finally {
      await fresh.stop();
    }
  });
  test('every command leaves exactly one entry per record, and a refused one leaves none', async () => {
    // Who is told of it is a record of its own.
    const ofRequests = `select count(*) as n from journal.entry where record_kind = 'request'`;
    const before = (await numbers(ofRequests))[0]!;
    const { id, caseId } = await house.given.request({ until: 'accepted' });
    const own = await house.sql<{ action: string }>(
      'select action from journal.entry where record_id = $1 order by seq',
      [id],
    );
    expect(own.map((row) => row.action)).toEqual(['requests.submitted', 'cases.dispatched', 'cases.accepted']);
    expect((await numbers(ofRequests))[0]).toBe(before + 3);
    const middle = (await numbers('select count(*) as n from journal.entry'))[0]!;
    await (await house.as('ho-l11')).try(api.cases.accept, { id: caseId });
    await (await house.as('ho-l10')).try(api.cases.handled, {
      id: caseId,
      solution: 'solved',
      text: '水泵换好，试过有水。',
    });
    expect((await numbers('select count(*) as n from journal.entry'))[0]).toBe(middle);
  });
});

describe('the hash tree is that of RFC 6962', () => {
  const leaves = Array.from({ length: 7 }, (_, i) => leaf(i + 1, Buffer.from([i])));
  test('any changed, swapped, missing or added leaf changes the root', () => {
    const root = treeRoot(leaves).toString('hex');
    expect(treeRoot([...leaves]).toString('hex')).toBe(root);
    for (let i = 0; i < leaves.length; i++) {
      const changed = leaves.map((one, at) => (at === i ? leaf(i + 1, Buffer.from([99])) : one));
      expect(treeRoot(changed).toString('hex')).not.toBe(root);
      expect(treeRoot(leaves.filter((_, at) => at !== i)).toString('hex')).not.toBe(root);
    }
    expect(treeRoot([leaves[1]!, leaves[0]!, ...leaves.slice(2)]).toString('hex')).not.toBe(root);
  });
  test('a leaf cannot pass for an inner node', () => {
    const [a, b] = leaves;
    expect(treeRoot([a!, b!]).equals(leaf(1, Buffer.concat([a!, b!])))).toBe(false);
  });
  test('an empty tree is never sealed', () => {
    expect(() => treeRoot([])).toThrow();
  });
});

describe('seals', () => {
  let keys: Keys;
  let anchors: string;
  const check = () => verifyJournal(house.program.pool, keys, anchors);
  const what = async () => (await check()).faults.map((fault) => fault.what);

  beforeAll(() => {
    keys = house.program.keys;
    anchors = house.program.anchorsFile;
  });
  beforeEach(async () => {
    for (let i = 0; i < 5; i++) await write();
    house.program.desk.committed();
    await everythingSettled();
    await sealJournal(house.program.pool, keys, new Date());
    await anchorSeal(house.program.pool, anchors, new Date());
  });

  /** Does harm as somebody with the whole database, looks, and puts it right again. */
  async function harmed(harm: string[], mend: string[]): Promise<string[]> {
    for (const text of harm) await house.sql(text);
    const found = await what();
    for (const text of mend) await house.sql(text);
    expect(await what()).toEqual([]);
    return found;
  }
  const some = '(select seq from journal.settled where position = 3)';

  test('verify, chained and signed; the door of the auditor says so', async () => {
    expect(await check()).toMatchObject({ valid: true, faults: [] });
    const [last] = await house.sql<{ to: string }>('select max(to_position) as to from journal.seal');
    expect(Number(last!.to)).toBe((await numbers('select max(position) as n from journal.settled'))[0]);
    expect(await (await house.as('aud01')).do(api.journal.verify, {})).toMatchObject({ valid: true });
  });
  test('two programs sealing at once make one chain', async () => {
    for (let i = 0; i < 20; i++) await write();
    await everythingSettled();
    await Promise.all(Array.from({ length: 6 }, () => sealJournal(house.program.pool, keys, new Date())));
    expect(await check()).toMatchObject({ valid: true });
  });
  test('a changed body is found', async () => {
    await house.sql(`create table public.kept as select * from journal.entry where seq = ${some}`);
    const found = await harmed(
      [`update journal.entry set body = body || '\\x20' where seq = ${some}`],
      [`update journal.entry e set body = k.body from public.kept k where e.seq = k.seq`],
    );
    expect(found).toContain('root_differs');
  });
  test.each([
    ['role', `role = 'auditor'`],
    ['action', `action = 'x'`],
    ['state_to', `state_to = 'resolved_confirmed'`],
    ['at', `at = at + interval '1 second'`],
    ['figures', `figures = '{"a": 1, "b": 3}'`],
    ['reason', `reason = 'x'`],
    ['actor_id', `actor_id = gen_random_uuid()`],
    ['unit_id', 'unit_id = 1'],
    ['class', `class = 'health'`],
    ['record_id', 'record_id = gen_random_uuid()'],
  ])('a changed column is found: %s', async (_, change) => {
    const found = await harmed(
      [`update journal.entry set ${change} where seq = ${some}`],
      [
        `update journal.entry e set role = k.role, action = k.action, state_to = k.state_to, at = k.at, figures = k.figures, reason = k.reason, actor_id = k.actor_id, unit_id = k.unit_id,
           class = k.class, record_id = k.record_id from public.kept k where e.seq = k.seq`,
      ],
    );
    expect(found).toEqual(['columns_differ']);
  });
  test('a deleted entry is found', async () => {
    const found = await harmed(
      [
        `create table public.gone as select * from journal.settled where position = 3`,
        `delete from journal.settled where position = 3`,
      ],
      [`insert into journal.settled select * from public.gone`, 'drop table public.gone'],
    );
    expect(found).toContain('entry_missing');
    expect(found).toContain('root_differs');
  });
  test('the last seal cut off is found by the anchors', async () => {
    const found = await harmed(
      [
        'create table public.cut as select * from journal.seal order by no desc limit 1',
        'delete from journal.seal where no = (select no from public.cut)',
      ],
      ['insert into journal.seal select * from public.cut', 'drop table public.cut'],
    );
    expect(found).toContain('anchor_missing');
  });
  test('a swapped order is found', async () => {
    const swap = [
      'update journal.settled set seq = -seq where position in (2, 3)',
      'update journal.settled s set seq = o.seq * -1 from (select position, seq from journal.settled where position in (2, 3)) o where s.position in (2, 3) and o.position = 5 - s.position',
    ];
    // The constraint would not even allow it; whoever owns the database can take it away.
    const [{ unique } = { unique: '' }] = await house.sql<{ unique: string }>(
      `select conname as unique from pg_constraint where conrelid = 'journal.settled'::regclass and contype = 'u'`,
    );
    await house.sql(`alter table journal.settled drop constraint ${unique}`);
    for (const text of swap) await house.sql(text);
    const found = await what();
    for (const text of swap) await house.sql(text);
    await house.sql(`alter table journal.settled add constraint ${unique} unique (seq)`);
    expect(found.length).toBeGreaterThan(0);
    expect(await what()).toEqual([]);
  });
  test('the whole chain recomputed with another key, after a change, is found by the anchors even where that key is believed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lastmetre-forger-'));
    const forger = await openKeys(folder);
    try {
      await house.sql('create table public.seals as select * from journal.seal');
      await house.sql(`update journal.entry set state_to = 'resolved_confirmed' where seq = ${some}`);
      // The forger mends body and columns alike, then seals everything anew.
      const [row] = await house.sql<{ body: Buffer }>(`select body from journal.entry where seq = ${some}`);
      const body = JSON.parse(row!.body.toString()) as unknown[];
      body[12] = 'resolved_confirmed';
      await house.sql(`update journal.entry set body = $1 where seq = ${some}`, [Buffer.from(JSON.stringify(body))]);
      await house.sql('delete from journal.seal');
      const owner = openPool(house.database.ownerUrl, { max: 1 });
      while ((await sealJournal(owner, forger, new Date())) > 0);
      await owner.end();
      expect((await verifyJournal(house.program.pool, keys, anchors)).faults.map((fault) => fault.what)).toContain(
        'signature_wrong',
      );
      const believed = await verifyJournal(house.program.pool, forger, anchors);
      expect(believed.valid).toBe(false);
      expect(new Set(believed.faults.map((fault) => fault.what))).toEqual(
        new Set(['anchor_differs', 'anchor_missing']),
      );
      expect((await verifyJournal(house.program.pool, forger, join(folder, 'none'))).valid).toBe(true);
    } finally {
      await house.sql('delete from journal.seal');
      await house.sql('insert into journal.seal select * from public.seals');
      await house.sql(
        'update journal.entry e set body = k.body, state_to = k.state_to from public.kept k where e.seq = k.seq',
      );
      await rm(folder, { recursive: true, force: true });
    }
    expect(await what()).toEqual([]);
  });
  test('an anchor is written once per seal, and a line that is no anchor is named', async () => {
    const lines = (await readFile(anchors, 'utf8')).trim().split('\n');
    await anchorSeal(house.program.pool, anchors, new Date());
    expect((await readFile(anchors, 'utf8')).trim().split('\n')).toEqual(lines);
    expect(new Set(lines.map((line) => (JSON.parse(line) as { seal: number }).seal)).size).toBe(lines.length);
  });
  test('the signing key is outside the database and only its owner’s to read', async () => {
    const { stat } = await import('node:fs/promises');
    const folder = join(house.dataFolder, 'keys');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of ['seal.pem', 'master.key']) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });
});
