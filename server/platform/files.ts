import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, rename, statfs, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import type { Actor } from './actor.ts';
import { secret, sha256 } from './crypto.ts';
import { Refusal } from './errors.ts';
import { connectionOf, type Tx } from './transaction.ts';

/** Rules 7: 8 MB a picture, a pixel limit, and a floor of free disk that refuses uploads but never text. */
export const mostPictureBytes = 8 * 1024 * 1024;
export const mostDocumentBytes = 20 * 1024 * 1024;
const mostPixels = 50_000_000;
/** JPEG, PNG, WebP and HEIC, as the page says. */
const photoFormats = new Set(['jpeg', 'png', 'webp', 'heif']);
const freeFloorBytes = 1024 * 1024 * 1024;

export interface StoredFile {
  id: string;
  kind: 'picture' | 'document';
  name: string;
  mediaType: string;
  bytes: number;
}

// Two decodes at once: a flood of pictures must not take the processor from people's text.
sharp.concurrency(1);
sharp.cache(false);

function place(folder: string, hash: Buffer): string {
  const hex = hash.toString('hex');
  return join(folder, hex.slice(0, 2), hex);
}

/** Decoded with a pixel limit off the main thread and re-encoded: nothing of the original bytes or its place remains. */
async function reencode(bytes: Buffer): Promise<Buffer> {
  // What it is decides, not what it calls itself: a drawing (SVG) could make the decoder fetch things.
  const format = await sharp(bytes, { limitInputPixels: mostPixels })
    .metadata()
    .then(
      (about) => about.format,
      () => undefined,
    );
  if (format && !photoFormats.has(format))
    throw new Refusal(415, 'file_type', { fields: [{ field: 'file', code: 'bad_format' }] });
  try {
    return await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
      .rotate()
      .resize({ width: 2000, height: 2000, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82, mozjpeg: false })
      .toBuffer();
  } catch {
    throw new Refusal(422, 'file_unreadable', { fields: [{ field: 'file', code: 'bad_format' }] });
  }
}

/**
 * Stores one upload. Visitors may send pictures only; other types need an account and are served as downloads.
 * @throws file_too_large, file_type, file_unreadable, disk_full
 */
export async function storeFile(
  tx: Tx,
  folder: string,
  actor: Actor,
  upload: { name: string; mediaType: string; bytes: Buffer; deviceId?: string },
  now: Date,
): Promise<StoredFile> {
  await mkdir(folder, { recursive: true });
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < freeFloorBytes) throw new Refusal(507, 'disk_full');
  const picture = upload.mediaType.startsWith('image/');
  if (!picture && actor.kind !== 'account') throw new Refusal(415, 'file_type');
  const most = picture ? mostPictureBytes : mostDocumentBytes;
  if (upload.bytes.length > most) throw new Refusal(413, 'file_too_large', { values: { mb: most / 1024 / 1024 } });
  const bytes = picture ? await reencode(upload.bytes) : upload.bytes;
  const hash = sha256(bytes);
  const target = place(folder, hash);
  await mkdir(join(target, '..'), { recursive: true });
  // Written beside and renamed: a crash leaves a whole file or none.
  const draft = `${target}.${secret(6)}`;
  await writeFile(draft, bytes, { flush: true });
  await rename(draft, target);
  const file: StoredFile = {
    id: uuidv7(),
    kind: picture ? 'picture' : 'document',
    name: picture ? 'picture.jpg' : upload.name.replace(/[^\p{L}\p{N}._ -]/gu, '_').slice(-80),
    mediaType: picture ? 'image/jpeg' : 'application/octet-stream',
    bytes: bytes.length,
  };
  await connectionOf(tx).query(
    `insert into platform.file (id, kind, name, media_type, bytes, sha256, uploaded_by, device_id, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [file.id, file.kind, file.name, file.mediaType, file.bytes, hash, actor.accountId, upload.deviceId ?? null, now],
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
     where id = any($1) and record_id is null and uploaded_by is not distinct from $4`,
    [ids, recordKind, recordId, actor.accountId, options.forgetUploader ?? false],
  );
  if (rowCount !== ids.length)
    throw new Refusal(422, 'file_gone', { fields: [{ field: 'fileIds', code: 'bad_choice' }] });
}

/** The record is erased: its files are no longer anybody's, and the next sweep deletes them. */
export async function abandonFiles(tx: Tx, recordId: string): Promise<void> {
  await connectionOf(tx).query(
    `update platform.file set record_kind = null, record_id = null, uploaded_by = null, device_id = null, uploaded_at = '-infinity' where record_id = $1`,
    [recordId],
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

/** Deletes files no record took within a day, and those of an erased record. */
export async function sweepFiles(tx: Tx, folder: string, now: Date): Promise<number> {
  const { rows } = await connectionOf(tx).query(
    `delete from platform.file where record_id is null and uploaded_at < $1::timestamptz - interval '1 day' returning sha256`,
    [now],
  );
  for (const { sha256: hash } of rows as { sha256: Buffer }[]) {
    const { rows: others } = await connectionOf(tx).query('select 1 from platform.file where sha256 = $1 limit 1', [
      hash,
    ]);
    if (others.length === 0) await unlink(place(folder, hash)).catch(() => {});
  }
  return rows.length;
}
