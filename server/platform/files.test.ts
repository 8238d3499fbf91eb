import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { day, type House, openHouse } from '../testing/program.ts';
import { system } from './actor.ts';
import { sha256 } from './crypto.ts';
import { claimFiles, mostSwept, type StoredFile, storeFile } from './files.ts';
import { inTransaction } from './transaction.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());
beforeEach(() => house.sql('delete from platform.file'));

/** Stored as an upload is; `before` commits, while the transaction is still open. */
const store = (bytes: Buffer, before: () => Promise<void> = async () => {}): Promise<StoredFile> =>
  inTransaction(house.program.pool, async (tx) => {
    const sender = { accountId: null, device: randomUUID(), now: house.clock.now(), zone: 'Asia/Shanghai' };
    const file = await storeFile(tx, join(house.dataFolder, 'files'), sender, {
      kind: 'picture',
      name: 'picture.jpg',
      bytes,
    });
    await before();
    return file;
  });
const claim = (file: StoredFile): Promise<void> =>
  inTransaction(house.program.pool, (tx) => claimFiles(tx, [file.id], 'request', randomUUID(), system));
const onDisk = (bytes: Buffer): boolean => {
  const hex = sha256(bytes).toString('hex');
  return existsSync(join(house.dataFolder, 'files', hex.slice(0, 2), hex));
};
const left = async (): Promise<number> =>
  (await house.sql<{ n: number }>('select count(*)::int as n from platform.file'))[0]!.n;

describe('a file that was acknowledged is there', () => {
  test('also when the same picture is swept while it is being stored', async () => {
    const bytes = Buffer.from('the same picture twice');
    await store(bytes);
    house.clock.forward(2 * day);
    let over = false;
    let sweep: Promise<unknown> = Promise.resolve();
    const again = await store(bytes, async () => {
      sweep = house.timers.run('files.sweep').finally(() => {
        over = true;
      });
      const waits = `select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      for (let i = 0; i < 3000 && !over && (await house.sql(waits)).length === 0; i++) await sleep(5);
    });
    await sweep;
    expect(onDisk(bytes)).toBe(true);
    await claim(again);
    expect(await left()).toBe(1);
  });
  test('also when a sweep is cut short: what it took from the disk no record takes, and the next sweep ends the work', async () => {
    const bytes = Buffer.from('swept in two goes');
    const file = await store(bytes);
    house.clock.forward(2 * day);
    await house.sql(
      `create function refuse() returns trigger language plpgsql as $$ begin raise 'the database is gone'; end $$`,
    );
    await house.sql(
      'create constraint trigger refuse after delete on platform.file deferrable initially deferred for each row execute function refuse()',
    );
    await expect(house.timers.run('files.sweep')).rejects.toThrow('the database is gone');
    await house.sql('drop trigger refuse on platform.file');
    expect(onDisk(bytes)).toBe(false);
    await expect(claim(file)).rejects.toMatchObject({ code: 'file_gone' });
    await house.timers.run('files.sweep');
    expect(await left()).toBe(0);
  });
  test('also when a record takes it at the moment of the sweep', async () => {
    const bytes = Buffer.from('taken at the last moment');
    const file = await store(bytes);
    house.clock.forward(2 * day);
    await inTransaction(house.program.pool, async (tx) => {
      await claimFiles(tx, [file.id], 'request', randomUUID(), system);
      await house.timers.run('files.sweep');
    });
    expect(onDisk(bytes)).toBe(true);
    expect(await left()).toBe(1);
  });
});

test('one sweep deletes so many and no more, and the next goes on', async () => {
  await house.sql(
    `insert into platform.file (id, kind, name, media_type, bytes, sha256, uploaded_at)
     select gen_random_uuid(), 'picture', 'picture.jpg', 'image/jpeg', 1, sha256(i::text::bytea), $1::timestamptz - interval '2 days'
     from generate_series(1, $2 + 5) as i`,
    [house.clock.now(), mostSwept],
  );
  await house.timers.run('files.sweep');
  expect(await left()).toBe(5);
  await house.timers.run('files.sweep');
  expect(await left()).toBe(0);
});

describe('what a crash left on the disk goes, and nothing else', () => {
  const placeOf = (bytes: Buffer): string => {
    const hex = sha256(bytes).toString('hex');
    return join(house.dataFolder, 'files', hex.slice(0, 2), hex);
  };
  /** As a crash leaves it: written, and no row. */
  async function orphan(words: string, age: number, suffix = ''): Promise<string> {
    const file = `${placeOf(Buffer.from(words))}${suffix}`;
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, words);
    const at = new Date(Date.now() - age);
    await utimes(file, at, at);
    return file;
  }
  const aged = async (bytes: Buffer): Promise<void> => {
    const at = new Date(Date.now() - 9 * day);
    await utimes(placeOf(bytes), at, at);
  };
  const sweep = () => house.timers.run('files.sweep_orphans');

  test('an old content that no row names, and an old draft; not a young one, nor a file of another kind', async () => {
    const old = await orphan('left behind', 2 * day);
    const draft = await orphan('half written', 2 * day, '.aB3_-x');
    const young = await orphan('being written now', 0);
    const others = join(house.dataFolder, 'files', 'README');
    await writeFile(others, 'not ours');
    const kept = Buffer.from('a record holds it');
    await claim(await store(kept));
    await aged(kept);
    await sweep();
    expect([old, draft, young, others, placeOf(kept)].map((file) => existsSync(file))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  test('a content that is stored again at that moment stays', async () => {
    const bytes = Buffer.from('orphan that comes back');
    const file = await orphan('orphan that comes back', 2 * day);
    let over = false;
    let sweeping: Promise<unknown> = Promise.resolve();
    await store(bytes, async () => {
      await aged(bytes);
      sweeping = sweep().finally(() => {
        over = true;
      });
      const waits = `select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      for (let i = 0; i < 3000 && !over && (await house.sql(waits)).length === 0; i++) await sleep(5);
    });
    await sweeping;
    expect(existsSync(file)).toBe(true);
  });
});
