import { preparedStatement } from '../../platform/sql.ts';

export interface EntryRow {
  position: number;
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
  figures: Record<string, unknown>;
}

export const entriesBefore = preparedStatement<EntryRow>(
  'journal',
  'entries_before',
  `select s.position, e.* from journal.settled s join journal.entry e using (seq)
   where ($1::bigint is null or s.position < $1) and ($2::text is null or e.action like $2 || '%') and ($3::uuid is null or e.record_id = $3)
   order by s.position desc limit $4`,
);

export const entriesBetween = preparedStatement<EntryRow>(
  'journal',
  'entries_between',
  `select s.position, e.* from journal.settled s join journal.entry e using (seq)
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

export const cursorOf = preparedStatement<{ position: number }>(
  'journal',
  'cursor_of',
  'select position from journal.cursor where reader = $1 for update skip locked',
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
