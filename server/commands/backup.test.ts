import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openKeys } from '../platform/crypto.ts';
import { anchorSeal, sealJournal, verifyJournal } from '../platform/seal.ts';
import { configFor, emptyPlace, listen } from '../testing/commands.ts';
import { api, type House, openHouse } from '../testing/program.ts';
import { rowCounts } from '../testing/tables.ts';
import { backup, restore } from './backup.ts';
import { verify } from './verify.ts';

let house: House;
let folder: string;
let whole: string;
const places: Awaited<ReturnType<typeof emptyPlace>>[] = [];
const empty = async () => {
  const place = await emptyPlace(inject('server'));
  places.push(place);
  return place;
};
const houseConfig = () => configFor(house.database.ownerUrl, house.dataFolder);

beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'lastmetre-backup-'));
  await house.given.request({ until: 'confirmed', text: "带\t制表符\n换行\\反斜杠、\u0001 和 'quotes' 的一句话" });
  await house.given.request({ until: 'dispatched' });
  // Decided and guarded by a trigger: it comes back all the same.
  const lead = await house.as('disp00');
  await lead.do(api.catalogue.beginDraft, {});
  await lead.do(api.catalogue.saveItem, {
    id: randomUUID(),
    revision: null,
    categoryId: house.category('A02'),
    nodeId: house.dir.groupNode.id,
    lineId: house.line('L11'),
    lead: 'own_unit',
    leadUnitId: null,
    coLineIds: [],
    escalation: [],
    contactMinutes: null,
    resolveHours: null,
    validFrom: null,
    validTo: null,
  });
  await lead.do(api.catalogue.putInForce, { from: null, note: '饮水归后勤条线' });
  const stored = join(house.dataFolder, 'files', 'ab');
  await mkdir(stored, { recursive: true });
  await writeFile(join(stored, `ab${'c'.repeat(62)}`), Buffer.alloc(3000, 7));
  await writeFile(join(stored, `ab${'c'.repeat(62)}.draft`), 'being written');
  await house.settled();
  await sealJournal(house.program.pool, house.program.keys, new Date());
  await anchorSeal(house.program.pool, house.program.anchorsFile, new Date());
  whole = join(folder, 'whole.tar.gz');
  await backup([whole, '--with-keys'], houseConfig(), listen());
});
afterAll(async () => {
  for (const place of places) await place.drop();
  await house.stop();
  await rm(folder, { recursive: true, force: true });
});

const hashes = `select c.request_id, encode(c.key, 'hex') as key, c.text, r.submitted_at::text as at, r.open, e.data::text as data, e.file_ids::text as files
  from requests.content c join requests.request r on r.id = c.request_id join requests.entry e on e.request_id = r.id order by e.id`;

test('a back-up restored into an empty database is the same to the byte, and the journal verifies', async () => {
  const place = await empty();
  const { restored, verification } = await restore([whole], place.config, listen());
  expect(verification).toMatchObject({ valid: true, faults: [], anchors: 1 });
  expect(verification!.entries).toBeGreaterThan(5);
  expect(restored).toMatchObject({ withKeys: true, tables: expect.any(Number) });
  expect(await place.sql(hashes)).toEqual(await house.sql(hashes));
  const counts = await rowCounts({ sql: place.sql } as unknown as House);
  const before = await rowCounts(house);
  for (const [table, rows] of Object.entries(before))
    if (!table.startsWith('graphile_worker.')) expect([table, counts[table]]).toEqual([table, rows]);
  expect(await readFile(join(place.config.dataFolder, 'files', 'ab', `ab${'c'.repeat(62)}`))).toEqual(
    Buffer.alloc(3000, 7),
  );
  expect(await readdir(join(place.config.dataFolder, 'files', 'ab'))).toHaveLength(1);
  expect(await readdir(place.config.dataFolder)).not.toContain('restoring');
});

test('what guards the records stands again behind them', async () => {
  const place = await empty();
  await restore([whole], place.config, listen());
  const guards = `select tgrelid::regclass::text as on, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2`;
  const here = await place.sql<{ tgenabled: string }>(guards);
  expect(here).toEqual(await house.sql(guards));
  expect(new Set(here.map((one) => one.tgenabled))).toEqual(new Set(['O']));
  await expect(place.sql(`update catalogue.item set line_id = line_id`)).rejects.toThrow('does not change');
});

test('numbers, positions and cursors go on where they stood', async () => {
  const place = await empty();
  await restore([whole], place.config, listen());
  const sequences = `select schemaname || '.' || sequencename as name, last_value::int as value from pg_sequences where schemaname not in ('graphile_worker') order by 1`;
  const here = await place.sql<{ name: string; value: number | null }>(sequences);
  expect(here).toEqual(await house.sql(sequences));
  expect(here.find((one) => one.name === 'requests.number_seq')!.value).toBe(2);
  expect(await place.sql('select * from journal.cursor order by reader')).toEqual(
    await house.sql('select * from journal.cursor order by reader'),
  );
  expect(await verify([], place.config, listen())).toMatchObject({ valid: true });
});

test('a back-up without keys says so, and verifies once the keys are put beside it', async () => {
  const file = join(folder, 'keyless.tar.gz');
  const told = listen();
  await backup([file], houseConfig(), told);
  expect(told.lines.join('\n')).toContain('不含密钥');
  expect(gunzipSync(await readFile(file)).includes(Buffer.from('keys/seal.pem'))).toBe(false);
  const place = await empty();
  const { verification } = await restore([file], place.config, listen());
  expect(verification).toBeNull();
  await expect(verify([], place.config, listen())).rejects.toThrow('keys');
  await mkdir(join(place.config.dataFolder, 'keys'));
  for (const name of ['seal.pem', 'master.key'])
    await writeFile(join(place.config.dataFolder, 'keys', name), await readFile(join(house.dataFolder, 'keys', name)));
  expect(await verify([], place.config, listen())).toMatchObject({ valid: true });
});

test('a damaged, shortened or foreign back-up restores nothing', async () => {
  const bytes = gunzipSync(await readFile(whole));
  const changed = Buffer.from(bytes);
  const at = changed.indexOf(Buffer.from('换行'));
  changed[at + 1] = changed[at + 1]! ^ 1;
  // One character of one text, in an archive that is sound otherwise.
  changed.write('甲乙', at);
  const cases: [string, Buffer][] = [
    ['changed.tar.gz', gzipSync(changed)],
    ['short.tar.gz', gzipSync(bytes.subarray(0, bytes.length - 20_000))],
    ['cut.tar.gz', (await readFile(whole)).subarray(0, 9000)],
    ['foreign.tar.gz', gzipSync(Buffer.alloc(10_240, 1))],
    ['text.tar.gz', Buffer.from('nothing of the kind')],
  ];
  const place = await empty();
  for (const [name, content] of cases) {
    const file = join(folder, name);
    await writeFile(file, content);
    await expect(restore([file], place.config, listen())).rejects.toMatchObject({ name: 'CommandError' });
    expect(await place.sql('select count(*)::int as n from access.account')).toEqual([{ n: 0 }]);
    expect(await readdir(place.config.dataFolder)).toEqual([]);
  }
  // And the same place still takes the sound one.
  expect((await restore([whole], place.config, listen())).verification).toMatchObject({ valid: true });
});

test('a database in use, another version of the program, other keys: each is refused and nothing is touched', async () => {
  await expect(restore([whole], houseConfig(), listen())).rejects.toMatchObject({ name: 'CommandError' });
  const place = await empty();
  await openKeys(join(place.config.dataFolder, 'keys'));
  await expect(restore([whole], place.config, listen())).rejects.toThrow('keys');
  await place
    .sql(
      `update public.lastmetre_migration set sha256 = 'other' where name = (select max(name) from public.lastmetre_migration)`,
    )
    .catch(() => {});
  const other = await empty();
  const { migrate } = await import('../platform/migrate.ts');
  await migrate(other.config.databaseUrl!, join(other.config.rootFolder, 'server', 'migrations'));
  await other.sql(`insert into public.lastmetre_migration (name, sha256) values ('9999-newer.sql', 'x')`);
  await expect(restore([whole], other.config, listen())).rejects.toThrow('9999-newer.sql');
  expect(await other.sql('select count(*)::int as n from access.account')).toEqual([{ n: 0 }]);
  await expect(backup([whole], houseConfig(), listen())).rejects.toThrow(whole);
});

test('people go on working while a back-up is made, and it holds one moment only', async () => {
  const file = join(folder, 'moment.tar.gz');
  let stop = false;
  const working = (async () => {
    while (!stop) await house.given.request({ until: 'received' });
  })();
  await backup([file, '--with-keys'], houseConfig(), listen());
  stop = true;
  await working;
  const place = await empty();
  await restore([file], place.config, listen());
  const [row] = await place.sql<{
    requests: number;
    contents: number;
    entries: number;
    journal: number;
  }>(`select (select count(*)::int from requests.request) as requests,
    (select count(*)::int from requests.content) as contents, (select count(distinct request_id)::int from requests.entry) as entries,
    (select count(*)::int from journal.entry where action = 'requests.submitted') as journal`);
  expect(row!.contents).toBe(row!.requests);
  expect(row!.entries).toBe(row!.requests);
  expect(row!.journal).toBe(row!.requests);
});

test('an entry changed in the database is found by name of place, and the command fails', async () => {
  const place = await empty();
  await restore([whole], place.config, listen());
  await place.sql(`update journal.entry set reason = 'never' where seq = (select min(seq) from journal.entry)`);
  const told = listen();
  const result = await verify([], place.config, told);
  expect(result.valid).toBe(false);
  expect(told.lines.join('\n')).toContain('#1');
  const keys = await openKeys(join(place.config.dataFolder, 'keys'));
  expect(keys.keyId).toBe(house.program.keys.keyId);
  expect((await verifyJournal(house.program.pool, keys, house.program.anchorsFile)).valid).toBe(true);
});
