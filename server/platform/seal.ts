import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Keys, sha256 } from './crypto.ts';
import type { Pool } from './database.ts';
import { canonical, withEntry, withEntryOrNone } from './journal.ts';
import { leaf, treeRoot } from './merkle.ts';

interface SealRow {
  no: number;
  from_position: number;
  to_position: number;
  root: Buffer;
  previous: Buffer;
  sealed_at: Date;
  key_id: string;
  signature: Buffer;
}

/** One line of the anchors file, kept outside the database: file and mail for the auditor, printed in the brief. */
export interface Anchor {
  seal: number;
  to: number;
  hash: string;
  at: string;
}

const nothingBefore: Buffer = Buffer.alloc(32);

function sealBytes(seal: Omit<SealRow, 'signature'>): Buffer {
  return Buffer.from(
    JSON.stringify([
      seal.no,
      seal.from_position,
      seal.to_position,
      seal.root.toString('hex'),
      seal.previous.toString('hex'),
      seal.sealed_at.toISOString(),
      seal.key_id,
    ]),
  );
}

const sealHash = (seal: SealRow): Buffer => sha256(sealBytes(seal), seal.signature);

/** Entries one seal covers at most, so that a great import is sealed in portions that fit memory. */
const most = 20_000;

/**
 * Seals what has settled since the last seal: hash tree, chained to the last seal, signed with a key outside the
 * database. Safe to call from several programs; one wins.
 * @param upTo last position this seal may cover
 * @returns the number of entries sealed
 */
export async function sealJournal(
  pool: Pool,
  keys: Keys,
  now: Date,
  upTo: number = Number.MAX_SAFE_INTEGER,
): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7301, 3)');
    const last = (await client.query<SealRow>('select * from journal.seal order by no desc limit 1')).rows[0];
    const from = (last?.to_position ?? 0) + 1;
    const { rows } = await client.query<{ position: number; body: Buffer }>(
      `select s.position, e.body from journal.settled s ${withEntry}
       where s.position between $1 and $2 order by s.position limit ${most}`,
      [from, upTo],
    );
    if (rows.length > 0) {
      const seal = {
        no: (last?.no ?? 0) + 1,
        from_position: from,
        to_position: rows.at(-1)!.position,
        root: treeRoot(rows.map((row) => leaf(row.position, row.body))),
        previous: last ? sealHash(last) : nothingBefore,
        sealed_at: now,
        key_id: keys.keyId,
      };
      await client.query(
        `insert into journal.seal (no, from_position, to_position, root, previous, sealed_at, key_id, signature)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [...Object.values(seal), keys.sign(sealBytes(seal))],
      );
    }
    await client.query('commit');
    return rows.length;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** Writes the newest seal to the anchors file, unless it stands there already. */
export async function anchorSeal(pool: Pool, file: string, now: Date): Promise<void> {
  const last = (await pool.query<SealRow>('select * from journal.seal order by no desc limit 1')).rows[0];
  if (!last) return;
  const known = await readAnchors(file);
  if (known.some((anchor) => anchor.seal === last.no)) return;
  await mkdir(dirname(file), { recursive: true });
  const anchor: Anchor = {
    seal: last.no,
    to: last.to_position,
    hash: sealHash(last).toString('hex'),
    at: now.toISOString(),
  };
  await appendFile(file, `${JSON.stringify(anchor)}\n`);
}

/** @throws when a line is no anchor, with its number. */
export async function readAnchors(file: string): Promise<Anchor[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      try {
        return JSON.parse(line) as Anchor;
      } catch {
        throw new Error(`${file}, line ${i + 1}, is not an anchor.`);
      }
    });
}

export interface Fault {
  what:
    | 'entry_changed'
    | 'entry_missing'
    | 'columns_differ'
    | 'root_differs'
    | 'chain_broken'
    | 'signature_wrong'
    | 'anchor_differs'
    | 'anchor_missing';
  position: number | null;
  seal: number | null;
}
export interface Verification {
  valid: boolean;
  entries: number;
  seals: number;
  anchors: number;
  faults: Fault[];
}

interface EntryRow {
  position: number;
  body: Buffer | null;
  at: Date;
  actor_id: string | null;
  role: string | null;
  action: string;
  record_kind: string;
  record_id: string;
  class: string;
  unit_id: number | null;
  site_id: number | null;
  line_id: number | null;
  category_id: number | null;
  state_from: string | null;
  state_to: string | null;
  reason: string | null;
  figures: Record<string, string | number | boolean | null>;
}

/** The bytes the columns would have given: a change of a column alone shows, too. */
function rebuilt(row: EntryRow): string {
  return canonical({
    at: row.at,
    actorId: row.actor_id,
    role: row.role,
    action: row.action,
    recordKind: row.record_kind,
    recordId: row.record_id,
    class: row.class,
    unitId: row.unit_id,
    siteId: row.site_id,
    lineId: row.line_id,
    categoryId: row.category_id,
    from: row.state_from,
    to: row.state_to,
    reason: row.reason,
    figures: row.figures,
  });
}

/**
 * Recomputes every seal from the stored bytes and compares with the anchors. Finds any changed, missing or added entry,
 * even if somebody with the whole database recomputed the chain: the anchors are not in it, nor is the key.
 */
export async function verifyJournal(pool: Pool, keys: Keys, anchorsFile: string): Promise<Verification> {
  const faults: Fault[] = [];
  const anchors = new Map((await readAnchors(anchorsFile)).map((anchor) => [anchor.seal, anchor]));
  let entries = 0;
  let seals = 0;
  let previous: Buffer = nothingBefore;
  let expected = 1;
  for (let no = 1; ; no++) {
    const seal = (await pool.query<SealRow>('select * from journal.seal where no = $1', [no])).rows[0];
    if (!seal) break;
    seals++;
    const { rows } = await pool.query<EntryRow>(
      `select s.position, e.* from journal.settled s ${withEntryOrNone}
       where s.position between $1 and $2 order by s.position`,
      [seal.from_position, seal.to_position],
    );
    if (seal.from_position !== expected) faults.push({ what: 'chain_broken', position: seal.from_position, seal: no });
    for (let i = 0; i < rows.length || expected <= seal.to_position; expected++) {
      const row = rows[i];
      if (!row || row.position !== expected || !row.body) {
        faults.push({ what: 'entry_missing', position: expected, seal: no });
        if (row?.position === expected) i++;
        continue;
      }
      if (rebuilt(row) !== row.body.toString())
        faults.push({ what: 'columns_differ', position: row.position, seal: no });
      i++;
      entries++;
    }
    const whole = rows.filter((row) => row.body);
    if (whole.length === 0 || !treeRoot(whole.map((row) => leaf(row.position, row.body!))).equals(seal.root))
      faults.push({ what: 'root_differs', position: null, seal: no });
    if (!seal.previous.equals(previous)) faults.push({ what: 'chain_broken', position: null, seal: no });
    if (!keys.verify(sealBytes(seal), seal.signature, seal.key_id))
      faults.push({ what: 'signature_wrong', position: null, seal: no });
    previous = sealHash(seal);
    const anchor = anchors.get(no);
    if (anchor && anchor.hash !== previous.toString('hex'))
      faults.push({ what: 'anchor_differs', position: anchor.to, seal: no });
    anchors.delete(no);
  }
  for (const left of anchors.values()) faults.push({ what: 'anchor_missing', position: left.to, seal: left.seal });
  const anchorCount = (await readAnchors(anchorsFile)).length;
  return { valid: faults.length === 0, entries, seals, anchors: anchorCount, faults: faults.slice(0, 200) };
}
