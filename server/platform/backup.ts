import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { ArchiveReader, ArchiveWriter, type Member, type ReadMember, wholeOf } from './backup-archive.ts';
import { copyIn, copyOut } from './backup-copy.ts';

/**
 * Back-up and restore without tools of PostgreSQL: one consistent snapshot of all our tables, the files and the anchors in
 * one compressed archive that names the migrations it was made under and the hash of everything in it.
 */
const format = 'lastmetre-backup-1';

interface Table {
  schema: string;
  name: string;
  columns: string[];
}

interface Head {
  format: string;
  madeAt: string;
  migrations: { name: string; sha256: string }[];
  tables: Table[];
  sequences: { schema: string; name: string; value: number; called: boolean }[];
  withKeys: boolean;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const qualified = (table: { schema: string; name: string }): string => `${quoted(table.schema)}.${quoted(table.name)}`;
const columnsOf = (table: Table): string => table.columns.map(quoted).join(', ');

/** Triggers of our own, not the checks of references; undone with the transaction. */
async function guards(client: pg.Client, tables: Table[], how: 'disable' | 'enable'): Promise<void> {
  for (const table of tables) await client.query(`alter table ${qualified(table)} ${how} trigger user`);
}

/** The schemas the migrations make; others in the same database are not ours. */
async function ourSchemas(migrationsFolder: string): Promise<string[]> {
  const names = new Set<string>();
  for (const file of (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql'))) {
    const text = await readFile(join(migrationsFolder, file), 'utf8');
    for (const match of text.matchAll(/create\s+schema\s+(?:if\s+not\s+exists\s+)?(\w+)/gi)) names.add(match[1]!);
  }
  return [...names];
}

/**
 * Tables in an order in which nothing refers to what comes later, save by a reference that is looked at when the transaction
 * ends, as all of them are brought back in one; partitions belong to theirs.
 * @throws when they refer to each other in a circle
 */
async function tablesInOrder(client: pg.Client, schemas: string[]): Promise<Table[]> {
  const { rows: tables } = await client.query<Table & { oid: number }>(
    `select c.oid::int as oid, n.nspname as schema, c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any($1) order by n.nspname, c.relname`,
    [schemas],
  );
  const { rows: references } = await client.query<{ from: number; to: number }>(
    `select conrelid::int as "from", confrelid::int as "to" from pg_constraint
     where contype = 'f' and conrelid <> confrelid and not condeferred`,
  );
  const ordered: (Table & { oid: number })[] = [];
  const placed = new Set<number>();
  const known = new Set(tables.map((table) => table.oid));
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      (table) =>
        !placed.has(table.oid) &&
        references.every((one) => one.from !== table.oid || !known.has(one.to) || placed.has(one.to)),
    );
    if (ready.length === 0)
      throw new Error('Tables refer to each other in a circle; they cannot be restored one after another.');
    for (const table of ready) {
      ordered.push(table);
      placed.add(table.oid);
    }
  }
  return ordered.map(({ schema, name, columns }) => ({ schema, name, columns }));
}

const migrationsOf = async (client: pg.Client): Promise<Head['migrations']> =>
  (
    await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from public.lastmetre_migration order by name',
    )
  ).rows;

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(path)));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

export interface BackupPlace {
  ownerUrl: string;
  dataFolder: string;
  migrationsFolder: string;
  file: string;
}

export interface BackupResult {
  tables: number;
  files: number;
  bytes: number;
}

/** Folders of the data folder that belong to a back-up; keys only when asked for. */
const folders = ['files', 'anchors'] as const;

/** Writes everything to `file`, which appears under its name only when it is whole and on disk. */
export async function writeBackup(
  place: BackupPlace,
  options: { withKeys: boolean; now: Date },
): Promise<BackupResult> {
  const draft = `${place.file}.part`;
  await mkdir(dirname(place.file), { recursive: true });
  const client = new pg.Client({ connectionString: place.ownerUrl, application_name: 'lastmetre-backup' });
  await client.connect();
  const gzip = createGzip({ level: 6 });
  const saving = pipeline(gzip, createWriteStream(draft, { mode: 0o600 }));
  // Reported where it is awaited; until then it must not end the process.
  saving.catch(() => {});
  try {
    await client.query('begin isolation level repeatable read read only');
    const schemas = await ourSchemas(place.migrationsFolder);
    const tables = await tablesInOrder(client, schemas);
    const { rows: sequences } = await client.query<{
      schema: string;
      name: string;
      value: string | null;
      start: string;
    }>(
      `select schemaname as schema, sequencename as name, last_value::text as value, start_value::text as start from pg_sequences where schemaname = any($1)`,
      [schemas],
    );
    const head: Head = {
      format,
      madeAt: options.now.toISOString(),
      migrations: await migrationsOf(client),
      tables,
      sequences: sequences.map(({ schema, name, value, start }) => ({
        schema,
        name,
        value: Number(value ?? start),
        called: value !== null,
      })),
      withKeys: options.withKeys,
    };
    const archive = new ArchiveWriter(gzip, options.now);
    await archive.addBuffer('head.json', Buffer.from(JSON.stringify(head, null, 1)));
    for (const table of tables) {
      let part = 0;
      // By a query: a table in partitions is not copied by its name.
      for await (const piece of copyOut(
        client,
        `copy (select ${columnsOf(table)} from ${qualified(table)}) to stdout`,
      )) {
        await archive.addBuffer(`data/${table.schema}.${table.name}/${String(++part).padStart(6, '0')}`, piece);
      }
    }
    await client.query('commit');
    let files = 0;
    for (const folder of [...folders, ...(options.withKeys ? ['keys'] : [])]) {
      for (const path of await filesBelow(join(place.dataFolder, folder))) {
        const name = relative(place.dataFolder, path).split(sep).join('/');
        // Drafts of uploads that are being written this moment carry a second name.
        if (folder === 'files' && !/^files\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name)) continue;
        // Whole into memory: files are 20 MB at most, and a line added to the anchors meanwhile must not break the archive.
        const body = await readFile(path).catch((error: { code?: string }) => {
          // Swept since the folder was read: then no record has it either.
          if (error.code !== 'ENOENT') throw error;
          return null;
        });
        if (!body) continue;
        await archive.addBuffer(name, body);
        files++;
      }
    }
    await archive.addBuffer('manifest.json', Buffer.from(JSON.stringify(archive.members)));
    await archive.end();
    await saving;
    const handle = await open(draft, 'r');
    await handle.sync();
    const bytes = (await handle.stat()).size;
    await handle.close();
    await rename(draft, place.file);
    return { tables: tables.length, files, bytes };
  } catch (error) {
    gzip.destroy();
    await saving.catch(() => {});
    await rm(draft, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

/** Why a back-up cannot be restored here; said to the person who tries. */
export class RestoreRefused extends Error {
  override name = 'RestoreRefused';
}

function sameMigrations(backup: Head['migrations'], here: Head['migrations']): void {
  const mine = new Map(here.map((one) => [one.name, one.sha256]));
  const theirs = new Map(backup.map((one) => [one.name, one.sha256]));
  const differing = [...new Set([...mine.keys(), ...theirs.keys()])]
    .filter((name) => mine.get(name) !== theirs.get(name))
    .sort();
  if (differing.length > 0) {
    throw new RestoreRefused(
      `备份由另一版本的程序制作，请用同一版本恢复后再升级：${differing.join('、')}\nThe back-up was made by another version of the program; restore it with that version, then upgrade: ${differing.join(', ')}`,
    );
  }
}

/** Members of one table, as one stream of rows; leaves the member after them in `left`. */
async function* rowsOf(
  archive: ArchiveReader,
  first: ReadMember,
  left: { member: ReadMember | null },
): AsyncGenerator<Buffer> {
  const prefix = first.name.slice(0, first.name.lastIndexOf('/') + 1);
  let member: ReadMember | null = first;
  while (member?.name.startsWith(prefix)) {
    yield* member.body;
    member = await archive.next();
  }
  left.member = member;
}

function checkManifest(read: Member[], manifest: Member[]): void {
  const seen = new Map(read.map((member) => [member.name, member]));
  const wrong = manifest.filter((member) => {
    const found = seen.get(member.name);
    return found?.size !== member.size || found.sha256 !== member.sha256;
  });
  if (wrong.length > 0 || seen.size !== manifest.length) {
    throw new RestoreRefused(
      `备份文件损坏，没有恢复任何内容：${wrong[0]?.name ?? ''}\nThe back-up is damaged; nothing was restored: ${wrong[0]?.name ?? ''}`,
    );
  }
}

export interface RestoreResult {
  madeAt: string;
  tables: number;
  files: number;
  withKeys: boolean;
  /** Key files already here were kept because they are the same. */
  keysHere: boolean;
}

/**
 * Restores into a migrated database in which nothing lives, all or nothing. Positions, numbers and ids stay what they
 * were, so cursors, seals and anchors go on as if nothing had happened.
 * @throws RestoreRefused
 */
export async function restoreBackup(place: BackupPlace): Promise<RestoreResult> {
  const client = new pg.Client({ connectionString: place.ownerUrl, application_name: 'lastmetre-restore' });
  await client.connect();
  const staging = join(place.dataFolder, 'restoring');
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  const source = createReadStream(place.file);
  const gunzip = createGunzip();
  const reading = pipeline(source, gunzip);
  reading.catch(() => {});
  try {
    const archive = new ArchiveReader(gunzip);
    const first = await archive.next().catch(() => null);
    if (first?.name !== 'head.json')
      throw new RestoreRefused(
        `这不是本系统的备份：${basename(place.file)}\nThis is not a back-up of Last Metre: ${basename(place.file)}`,
      );
    const head = JSON.parse((await wholeOf(first)).toString()) as Head;
    if (head.format !== format) throw new RestoreRefused(`备份格式不认识 / unknown format of back-up: ${head.format}`);
    sameMigrations(head.migrations, await migrationsOf(client));
    await client.query('begin');
    // Guards of work (what is in force does not change, an order follows its list) judge acts, not rows that come back.
    await guards(client, head.tables, 'disable');
    await client.query(`truncate ${head.tables.map(qualified).join(', ')}`);
    const tables = new Map(head.tables.map((table) => [`${table.schema}.${table.name}`, table]));
    let files = 0;
    let manifest: Member[] | null = null;
    let read: Member[] = [];
    for (let member = await archive.next(); member; ) {
      if (member.name === 'manifest.json') {
        read = [...archive.members];
        manifest = JSON.parse((await wholeOf(member)).toString()) as Member[];
      } else if (member.name.startsWith('data/')) {
        const table = tables.get(member.name.split('/')[1]!);
        if (!table) throw new RestoreRefused(`备份里有不认识的表 / unknown table in the back-up: ${member.name}`);
        const left: { member: ReadMember | null } = { member: null };
        await copyIn(
          client,
          `copy ${qualified(table)} (${columnsOf(table)}) from stdin`,
          rowsOf(archive, member, left),
        );
        member = left.member;
        continue;
      } else if (/^(files|anchors|keys)\/[\w./-]+$/.test(member.name) && !member.name.includes('..')) {
        const target = join(staging, ...member.name.split('/'));
        await mkdir(dirname(target), { recursive: true });
        await pipeline(member.body, createWriteStream(target, { mode: 0o600 }));
        files++;
      }
      member = await archive.next();
    }
    await reading;
    if (!manifest)
      throw new RestoreRefused('备份不完整，没有恢复任何内容。\nThe back-up is not whole; nothing was restored.');
    checkManifest(read, manifest);
    for (const { schema, name, value, called } of head.sequences) {
      await client.query('select setval($1::regclass, $2, $3)', [`${quoted(schema)}.${quoted(name)}`, value, called]);
    }
    // References that wait for the end are looked at now: no table with some waiting can be altered.
    await client.query('set constraints all immediate');
    await guards(client, head.tables, 'enable');
    const keysHere = await takeIn(staging, place.dataFolder);
    await client.query('commit');
    await client.query('analyze');
    return { madeAt: head.madeAt, tables: head.tables.length, files, withKeys: head.withKeys, keysHere };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const code = (error as { code?: string }).code ?? '';
    if (code.startsWith('Z_') || (error as Error).message.startsWith('The archive ends')) {
      throw new RestoreRefused(
        `备份文件损坏，没有恢复任何内容。\nThe back-up is damaged; nothing was restored. (${(error as Error).message})`,
      );
    }
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
    await client.end();
    await rm(staging, { recursive: true, force: true });
  }
}

/** Puts what was unpacked in its place. Keys and anchors that are here already are never overwritten by others. */
async function takeIn(staging: string, dataFolder: string): Promise<boolean> {
  let keysHere = false;
  const moves: [from: string, to: string][] = [];
  for (const folder of [...folders, 'keys']) {
    for (const from of await filesBelow(join(staging, folder))) {
      const to = join(dataFolder, relative(staging, from));
      if (!existsSync(to)) {
        moves.push([from, to]);
        continue;
      }
      const same = (await readFile(to)).equals(await readFile(from));
      if (folder === 'keys' && same) keysHere = true;
      if (folder !== 'files' && !same) {
        throw new RestoreRefused(
          `${to} 已有另一份，没有恢复任何内容；请换一个新的数据文件夹。\n${to} is another one already; nothing was restored. Use a new data folder.`,
        );
      }
    }
  }
  for (const [from, to] of moves) {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await rename(from, to);
  }
  return keysHere;
}
