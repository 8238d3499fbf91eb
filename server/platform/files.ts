import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import type { Actor } from './actor.ts';
import { secret, sha256 } from './crypto.ts';
import type { Pool } from './database.ts';
import { Refusal } from './errors.ts';
import { pictures } from './pictures.ts';
import { connectionOf, inStatement, inTransaction, type Tx } from './transaction.ts';

/** Rules 7: 8 MB a picture, and a floor of free disk that refuses uploads but never text. */
export const mostPictureBytes = 8 * 1024 * 1024;
export const mostDocumentBytes = 20 * 1024 * 1024;
const freeFloorBytes = 1024 * 1024 * 1024;

const megabyte = 1024 * 1024;
/**
 * What one sender may store on one day of the group. A device asks for ten people with three pictures each before it is
 * told to wait; an account has the evidence of a day's work. Words are never counted.
 */
export const uploadQuotas = {
  account: { files: 200, bytes: 400 * megabyte },
  device: { files: 30, bytes: 60 * megabyte },
} as const;

export interface StoredFile {
  id: string;
  kind: 'picture' | 'document';
  name: string;
  mediaType: string;
  bytes: number;
}

function place(folder: string, hash: Buffer): string {
  const hex = hash.toString('hex');
  return join(folder, hex.slice(0, 2), hex);
}

/**
 * One file on the disk may lie behind several uploads of the same picture. Whoever stores or deletes it holds this until
 * commit, so that no sweep removes what an upload at the same moment relies on. In one order: two sweeps never wait for
 * each other. Two contents that share the 32 bits only wait.
 */
async function holdContent(tx: Tx, hashes: Buffer[]): Promise<void> {
  const keys = [...new Set(hashes.map((hash) => hash.readInt32BE(0)))].sort((a, b) => a - b);
  await connectionOf(tx).query('select pg_advisory_xact_lock(7302, key) from unnest($1::int[]) as key', [keys]);
}

/** Who uploads, and when: an account, or else the browser by its cookie. Browsers without one share what one may. */
export interface Sender {
  accountId: string | null;
  device: string | null;
  now: Date;
  /** The group's zone: its day is what is counted. */
  zone: string;
}

const tallied = ({ accountId, device }: Sender): { name: string; most: { files: number; bytes: number } } =>
  accountId
    ? { name: `account:${accountId}`, most: uploadQuotas.account }
    : { name: `device:${sha256('upload:', device ?? '').toString('hex')}`, most: uploadQuotas.device };

const overQuota = (most: { files: number; bytes: number }): Refusal => {
  const values = { most: most.files, mb: most.bytes / megabyte };
  return new Refusal(429, 'upload_quota', { values, fields: [{ field: 'file', code: 'upload_quota', values }] });
};

/** Counts one file more. One row a sender and day: of two at once the second waits for the first. @throws upload_quota */
async function tally(tx: Tx, sender: Sender, bytes: number): Promise<void> {
  const { name, most } = tallied(sender);
  const { rowCount } = await connectionOf(tx).query(
    `insert into platform.upload_tally as t (sender, day, files, bytes) values ($1, ($2::timestamptz at time zone $3)::date, 1, $4)
     on conflict (sender, day) do update set files = t.files + 1, bytes = t.bytes + excluded.bytes
       where t.files < $5 and t.bytes + excluded.bytes <= $6`,
    [name, sender.now, sender.zone, bytes, most.files, most.bytes],
  );
  if (rowCount === 0) throw overQuota(most);
}

/** Asked before the work of opening a picture is done for somebody who has used up the day. @throws upload_quota */
export async function refuseOverQuota(tx: Tx, sender: Sender): Promise<void> {
  const { name, most } = tallied(sender);
  const { rows } = await connectionOf(tx).query(
    'select 1 from platform.upload_tally where sender = $1 and day = ($2::timestamptz at time zone $3)::date and (files >= $4 or bytes >= $5)',
    [name, sender.now, sender.zone, most.files, most.bytes],
  );
  if (rows.length > 0) throw overQuota(most);
}

/** An upload that was looked at and may be stored: a picture made anew, or a document as it came. */
export interface Checked {
  kind: 'picture' | 'document';
  name: string;
  bytes: Buffer;
}

/**
 * Looks at what was sent, outside any transaction: a picture takes its time. Visitors may send pictures only; other types
 * need an account and are served as downloads.
 * @throws file_too_large, file_type, file_unreadable, too_busy, disk_full
 */
export async function checkUpload(
  folder: string,
  actor: Actor,
  upload: { name: string; mediaType: string; bytes: Buffer },
): Promise<Checked> {
  await mkdir(folder, { recursive: true });
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < freeFloorBytes) throw new Refusal(507, 'disk_full');
  const picture = upload.mediaType.startsWith('image/');
  if (!picture && actor.kind !== 'account') throw new Refusal(415, 'file_type');
  const most = picture ? mostPictureBytes : mostDocumentBytes;
  if (upload.bytes.length > most) throw new Refusal(413, 'file_too_large', { values: { mb: most / megabyte } });
  return picture
    ? { kind: 'picture', name: 'picture.jpg', bytes: await pictures.decode(upload.bytes) }
    : { kind: 'document', name: upload.name.replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(-80), bytes: upload.bytes };
}

/** Stores a checked upload and counts it. @throws upload_quota */
export async function storeFile(tx: Tx, folder: string, sender: Sender, checked: Checked): Promise<StoredFile> {
  const { kind, name, bytes } = checked;
  await tally(tx, sender, bytes.length);
  const hash = sha256(bytes);
  const target = place(folder, hash);
  await mkdir(join(target, '..'), { recursive: true });
  // Written beside and renamed: a crash leaves a whole file or none.
  const draft = `${target}.${secret(6)}`;
  await writeFile(draft, bytes, { flush: true });
  await holdContent(tx, [hash]);
  await rename(draft, target);
  const mediaType = kind === 'picture' ? 'image/jpeg' : 'application/octet-stream';
  const file: StoredFile = { id: uuidv7(), kind, name, mediaType, bytes: bytes.length };
  await connectionOf(tx).query(
    `insert into platform.file (id, kind, name, media_type, bytes, sha256, uploaded_by, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [file.id, file.kind, file.name, file.mediaType, file.bytes, hash, sender.accountId, sender.now],
  );
  return file;
}

/** Ties uploads to their record; each file to one record, once. @throws file_gone */
export async function claimFiles(
  tx: Tx,
  ids: string[],
  recordKind: string,
  recordId: string,
  actor: Actor,
  options: { forgetUploader?: boolean } = {},
): Promise<void> {
  if (ids.length === 0) return;
  const { rowCount } = await connectionOf(tx).query(
    `update platform.file set record_kind = $2, record_id = $3, uploaded_by = case when $5 then null else uploaded_by end
     where id = any($1) and record_id is null and record_kind is null and uploaded_by is not distinct from $4`,
    [ids, recordKind, recordId, actor.accountId, options.forgetUploader ?? false],
  );
  if (rowCount !== ids.length)
    throw new Refusal(422, 'file_gone', { fields: [{ field: 'fileIds', code: 'bad_choice' }] });
}

/** No record may take such a file any more; it waits for the sweep that deletes it. */
const givenUp = 'given_up';

/** The record is erased: its files are no longer anybody's, and the next sweep deletes them. */
export async function abandonFiles(tx: Tx, recordId: string): Promise<void> {
  await connectionOf(tx).query(
    `update platform.file set record_kind = $2, record_id = null, uploaded_by = null, uploaded_at = '-infinity' where record_id = $1`,
    [recordId, givenUp],
  );
}

export async function filesOf(
  tx: Tx,
  recordId: string,
): Promise<Map<string, { id: string; kind: 'picture' | 'document'; name: string }>> {
  const { rows } = await connectionOf(tx).query({
    name: 'platform.files_of',
    text: 'select id, kind, name from platform.file where record_id = $1',
    values: [recordId],
  });
  return new Map((rows as { id: string; kind: 'picture' | 'document'; name: string }[]).map((row) => [row.id, row]));
}

/** The bytes of a file of this record. Rights to the record are the caller's business. */
export async function readFileOf(
  tx: Tx,
  folder: string,
  recordId: string,
  fileId: string,
): Promise<{ stream: ReadStream; kind: string; name: string; mediaType: string } | null> {
  const { rows } = await connectionOf(tx).query(
    'select kind, name, media_type, sha256 from platform.file where id = $1 and record_id = $2',
    [fileId, recordId],
  );
  const row = rows[0] as { kind: string; name: string; media_type: string; sha256: Buffer } | undefined;
  return row
    ? { stream: createReadStream(place(folder, row.sha256)), kind: row.kind, name: row.name, mediaType: row.media_type }
    : null;
}

/** What one sweep deletes at most, and in one transaction: the rest waits an hour. */
export const mostSwept = 10_000;
const sweptTogether = 200;

/** Deletes files no record took within a day, those of an erased record, and the tallies of past days. */
export async function sweepFiles(pool: Pool, folder: string, now: Date): Promise<void> {
  // Two days: no zone is further from UTC than one.
  await inStatement(pool, (tx) =>
    connectionOf(tx).query(
      `delete from platform.upload_tally where day < ($1::timestamptz - interval '2 days')::date`,
      [now],
    ),
  );
  // Committed before anything leaves the disk: a sweep that is cut short leaves no file that a record may still take. One
  // that is being taken at this moment is locked, and left to its record.
  await inStatement(pool, (tx) =>
    connectionOf(tx).query(
      `update platform.file set record_kind = $2 where id in (
         select id from platform.file
         where record_id is null and record_kind is null and uploaded_at < $1::timestamptz - interval '1 day'
         order by uploaded_at limit $3 for update skip locked)`,
      [now, givenUp, mostSwept],
    ),
  );
  for (let swept = 0; swept < mostSwept; ) {
    const deleted = await inTransaction(pool, (tx) => deleteGivenUp(tx, folder));
    if (deleted === 0) return;
    swept += deleted;
  }
}

/** Some of those given up, from the disk and then from the table: cut short in between, it is done again. */
async function deleteGivenUp(tx: Tx, folder: string): Promise<number> {
  const connection = connectionOf(tx);
  const hashesOf = ({ rows }: { rows: Record<string, unknown>[] }) => rows.map((row) => row.sha256 as Buffer);
  const chosen = hashesOf(
    await connection.query(
      'select sha256 from platform.file where record_id is null and record_kind = $1 order by uploaded_at limit $2',
      [givenUp, sweptTogether],
    ),
  );
  await holdContent(tx, chosen);
  const deleted = hashesOf(
    await connection.query(
      'delete from platform.file where record_id is null and record_kind = $1 and sha256 = any($2) returning sha256',
      [givenUp, chosen],
    ),
  );
  const others = hashesOf(
    await connection.query('select distinct sha256 from platform.file where sha256 = any($1)', [deleted]),
  );
  const needed = new Set(others.map((hash) => hash.toString('hex')));
  for (const hash of deleted) if (!needed.has(hash.toString('hex'))) await rm(place(folder, hash), { force: true });
  return deleted.length;
}

const dayMs = 86_400_000;
/** A content, or the draft of one that was being written. */
const ours = /^([0-9a-f]{64})(\..+)?$/;

/**
 * Deletes what a crash left on the disk: drafts, and contents that were written and whose row never was. Only what is older
 * than a day by the disk's own clock, so that no upload that is under way loses its file; a folder at a time, because all of
 * them may be a million. @returns how many went
 */
export async function sweepOrphans(pool: Pool, folder: string): Promise<number> {
  const folders = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let deleted = 0;
  for (const inner of folders) {
    if (!inner.isDirectory() || !/^[0-9a-f]{2}$/.test(inner.name)) continue;
    const names = (await readdir(join(folder, inner.name))).filter((name) => ours.test(name));
    const named = await namedOf(pool, names);
    for (const name of names) {
      if (named.has(name) || !(await isOld(join(folder, inner.name, name)))) continue;
      const gone = await inTransaction(pool, (tx) => deleteOrphan(tx, join(folder, inner.name), name));
      if (gone) deleted++;
    }
  }
  return deleted;
}

/** Of these names on the disk, those a row stands for. */
async function namedOf(pool: Pool, names: string[]): Promise<Set<string>> {
  const hashes = names.filter((name) => name.length === 64).map((name) => Buffer.from(name, 'hex'));
  const { rows } = await inStatement(pool, (tx) =>
    connectionOf(tx).query('select sha256 from platform.file where sha256 = any($1)', [hashes]),
  );
  return new Set(rows.map((row) => (row.sha256 as Buffer).toString('hex')));
}

const isOld = async (file: string): Promise<boolean> => {
  const found = await stat(file).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > dayMs;
};

/** Looked at again while nobody stores or deletes this content. */
async function deleteOrphan(tx: Tx, folder: string, name: string): Promise<boolean> {
  const hash = Buffer.from(name.slice(0, 64), 'hex');
  await holdContent(tx, [hash]);
  const { rows } = await connectionOf(tx).query('select 1 from platform.file where sha256 = $1 limit 1', [hash]);
  const file = join(folder, name);
  if ((rows.length > 0 && name.length === 64) || !(await isOld(file))) return false;
  await rm(file, { force: true });
  return true;
}
