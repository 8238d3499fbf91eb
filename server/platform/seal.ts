import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Keys, sha256 } from './crypto.ts';
import type { Pool, PoolClient } from './database.ts';
import { canonical, type JournalRow, withEntry, withEntryOrNone } from './journal.ts';
import { leaf, treeRoot } from './merkle.ts';

const sealColumns = [
  'no',
  'from_position',
  'to_position',
  'root',
  'previous',
  'sealed_at',
  'key_id',
  'signature',
] as const;

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

interface Leaf {
  position: number;
  body: Buffer;
}

/** Settled entries up to a position, at most as many as one seal covers. */
async function unsealed(client: PoolClient, from: number, upTo: number): Promise<Leaf[]> {
  const { rows } = await client.query<Leaf>(
    `select s.position, e.body from journal.settled s ${withEntry}
     where s.position between $1 and $2 order by s.position limit ${most}`,
    [from, upTo],
  );
  return rows;
}

/** The seal over entries that follow the last sealed one without a gap; at least one. */
function sealOver(keys: Keys, last: SealRow | undefined, leaves: readonly Leaf[], at: Date): SealRow {
  const seal = {
    no: (last?.no ?? 0) + 1,
    from_position: leaves[0]!.position,
    to_position: leaves.at(-1)!.position,
    root: treeRoot(leaves.map((one) => leaf(one.position, one.body))),
    previous: last ? sealHash(last) : nothingBefore,
    sealed_at: at,
    key_id: keys.keyId,
  };
  return { ...seal, signature: keys.sign(sealBytes(seal)) };
}

/** Extends the chain of seals in one transaction; of several programs one at a time. */
async function extendSeals<T>(
  pool: Pool,
  extend: (client: PoolClient, last: SealRow | undefined) => Promise<{ seals: SealRow[]; result: T }>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7301, 3)');
    const last = (await client.query<SealRow>('select * from journal.seal order by no desc limit 1')).rows[0];
    const { seals, result } = await extend(client, last);
    if (seals.length > 0) {
      await client.query(
        `insert into journal.seal (no, from_position, to_position, root, previous, sealed_at, key_id, signature)
         select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[], $6::timestamptz[],
           $7::text[], $8::bytea[])`,
        sealColumns.map((name) => seals.map((seal) => seal[name])),
      );
    }
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/**
 * Seals what has settled since the last seal: hash tree, chained to the last seal, signed with a key outside the
 * database. Safe to call from several programs; one wins.
 * @returns the number of entries sealed
 */
export const sealJournal = (pool: Pool, keys: Keys, now: Date): Promise<number> =>
  extendSeals(pool, async (client, last) => {
    const leaves = await unsealed(client, (last?.to_position ?? 0) + 1, Number.MAX_SAFE_INTEGER);
    return { seals: leaves.length > 0 ? [sealOver(keys, last, leaves, now)] : [], result: leaves.length };
  });

/** What one seal covered in a story that is told afterwards: up to a position, when, and when it was anchored. */
export interface Portion {
  upTo: number;
  at: Date;
  anchoredAt?: Date;
}

/**
 * Seals and anchors a loaded history as its days would have: one seal each for portions in their order, the last of which
 * ends where the journal does. @returns the number of entries sealed
 */
export async function sealPortions(
  pool: Pool,
  keys: Keys,
  anchorsFile: string,
  portions: readonly Portion[],
): Promise<number> {
  const anchors: Anchor[] = [];
  const sealed = await extendSeals(pool, async (client, before) => {
    const seals: SealRow[] = [];
    let last = before;
    let waiting: Leaf[] = [];
    let read = (last?.to_position ?? 0) + 1;
    for (const { upTo, at, anchoredAt } of portions) {
      while (read <= upTo) {
        const more = await unsealed(client, read, Number.MAX_SAFE_INTEGER);
        if (more.length === 0) break;
        waiting = waiting.concat(more);
        read = more.at(-1)!.position + 1;
      }
      const end = waiting.findIndex((one) => one.position > upTo);
      const leaves = end < 0 ? waiting : waiting.slice(0, end);
      waiting = waiting.slice(leaves.length);
      if (leaves.length > 0) {
        last = sealOver(keys, last, leaves, at);
        seals.push(last);
      }
      if (last && anchoredAt) anchors.push(anchorOf(last, anchoredAt));
    }
    return { seals, result: read - 1 - waiting.length - (before?.to_position ?? 0) };
  });
  await writeAnchors(anchorsFile, anchors);
  return sealed;
}

const anchorOf = (seal: SealRow, at: Date): Anchor => ({
  seal: seal.no,
  to: seal.to_position,
  hash: sealHash(seal).toString('hex'),
  at: at.toISOString(),
});

async function writeAnchors(file: string, anchors: readonly Anchor[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, anchors.map((anchor) => `${JSON.stringify(anchor)}\n`).join(''));
}

/** Writes the newest seal to the anchors file, unless it stands there already. */
export async function anchorSeal(pool: Pool, file: string, now: Date): Promise<void> {
  const last = (await pool.query<SealRow>('select * from journal.seal order by no desc limit 1')).rows[0];
  if (!last) return;
  const known = await readAnchors(file);
  if (known.some((anchor) => anchor.seal === last.no)) return;
  await writeAnchors(file, [anchorOf(last, now)]);
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

interface EntryRow extends Omit<JournalRow, 'body'> {
  position: number;
  /** Null where the place is settled and its entry is gone. */
  body: Buffer | null;
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
