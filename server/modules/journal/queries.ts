import { type JournalRow, withEntry } from '../../platform/journal.ts';
import { preparedStatement } from '../../platform/sql.ts';
import type { Tx } from '../../platform/transaction.ts';

export interface EntryRow extends Omit<JournalRow, 'body'> {
  position: number;
}

// Without the sealed bytes: whoever reads what happened reads the columns.
const columns = `s.position, e.at, e.actor_id, e.role, e.action, e.record_kind, e.record_id, e.class, e.unit_id, e.site_id,
  e.line_id, e.category_id, e.state_from, e.state_to, e.reason, e.figures`;

const before = preparedStatement<EntryRow>(
  'journal',
  'entries_before',
  `select ${columns} from journal.settled s ${withEntry}
   where ($1::bigint is null or s.position < $1) and ($2::text is null or e.action like $2 || '%')
   order by s.position desc limit $3`,
);

const ofRecord = preparedStatement<EntryRow>(
  'journal',
  'entries_of_record',
  `select ${columns} from journal.entry e
     join lateral (select position from journal.settled s where s.seq = e.seq offset 0) s on true
   where e.record_id = $4 and ($1::bigint is null or s.position < $1) and ($2::text is null or e.action like $2 || '%')
   order by s.position desc limit $3`,
);

export interface Wanted {
  /** Newest first, from the one before this position. */
  before: number | null;
  /** Beginning of the action, escaped for LIKE. */
  action: string | null;
  recordId: string | null;
}

/** The journal in its order, or one record’s entries by the record, so that its story is found at once however long the journal is. */
export const entriesBefore = (tx: Tx, wanted: Wanted, limit: number): Promise<EntryRow[]> =>
  wanted.recordId === null
    ? before(tx, [wanted.before, wanted.action, limit])
    : ofRecord(tx, [wanted.before, wanted.action, limit, wanted.recordId]);

export const entriesBetween = preparedStatement<EntryRow>(
  'journal',
  'entries_between',
  `select ${columns} from journal.settled s ${withEntry}
   where s.position > $1 and s.position <= $2 order by s.position limit 2000`,
);

export interface SealRow {
  no: number;
  from_position: number;
  to_position: number;
  root: Buffer;
  sealed_at: Date;
  key_id: string;
}

export const sealsBefore = preparedStatement<SealRow>(
  'journal',
  'seals_before',
  'select no, from_position, to_position, root, sealed_at, key_id from journal.seal where $1::bigint is null or no < $1 order by no desc limit 50',
);

export const unsealed = preparedStatement<{ n: number }>(
  'journal',
  'unsealed',
  `select count(*) as n from journal.settled where position > coalesce((select max(to_position) from journal.seal), 0)`,
);

/** Those between two positions that a reader takes: of its record classes, and of its actions where it names any. */
export const entriesToRead = preparedStatement<EntryRow>(
  'journal',
  'entries_to_read',
  `select ${columns} from journal.settled s ${withEntry}
   where s.position > $1 and s.position <= $2 and e.class = any($3::text[]) and ($4::text[] is null or e.action = any($4::text[]))
   order by s.position`,
);

/** Where a reader stands and how far it may read; locked, and nothing where another program is at it. */
export const cursorOf = preparedStatement<{ position: number; newest: number }>(
  'journal',
  'cursor_of',
  `select position, (select coalesce(max(position), 0) from journal.settled) as newest
   from journal.cursor where reader = $1 for update skip locked`,
);
export const makeCursor = preparedStatement(
  'journal',
  'make_cursor',
  'insert into journal.cursor (reader, position) values ($1, 0) on conflict do nothing',
);
export const moveCursor = preparedStatement(
  'journal',
  'move_cursor',
  'update journal.cursor set position = $2 where reader = $1',
);

/** Entries of these records, by their actions, in the order of the journal. */
export const entriesOfRecords = preparedStatement<EntryRow>(
  'journal',
  'entries_of_records',
  `select ${columns} from journal.entry e
     join lateral (select position from journal.settled s where s.seq = e.seq offset 0) s on true
   where e.record_id = any($1::uuid[]) and e.action = any($2::text[]) order by s.position`,
);

/** Requests that were said to be handled, or withdrawn, between two positions. */
export const exitsBetween = preparedStatement<EntryRow>(
  'journal',
  'exits_between',
  `select ${columns} from journal.settled s ${withEntry}
   where s.position > $1 and s.position <= $2 and e.record_kind = 'request' and e.state_to in ('handled', 'withdrawn')
   order by s.position`,
);

export const newestPosition = async (tx: Tx): Promise<number> => (await newest(tx, []))[0]!.position;
const newest = preparedStatement<{ position: number }>(
  'journal',
  'newest',
  'select coalesce(max(position), 0) as position from journal.settled',
);

/** The seal that covers a position, once there is one. */
export const sealOver = preparedStatement<{ no: number; root: Buffer; from_position: number; to_position: number }>(
  'journal',
  'seal_over',
  `select no, root, from_position, to_position from journal.seal
   where from_position = (select max(from_position) from journal.seal where from_position <= $1) and to_position >= $1`,
);
