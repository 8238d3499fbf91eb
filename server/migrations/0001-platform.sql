-- What the program itself needs: settings, idempotency, files, the journal with its one order and its seals.
create schema platform;
create schema journal;

create table platform.setting (
  key text primary key,
  value jsonb not null
);

-- Answers kept so that the same command sent twice is done once (rules 7). Bound to who sent it and to the body.
create table platform.idempotency (
  key text not null,
  sender text not null,
  body_hash bytea not null,
  status smallint not null,
  answer jsonb not null,
  at timestamptz not null default now(),
  primary key (sender, key)
);
create index idempotency_at on platform.idempotency (at);

create table platform.file (
  id uuid primary key,
  kind text not null check (kind in ('picture', 'document')),
  name text not null,
  media_type text not null,
  bytes integer not null check (bytes > 0),
  -- Where it lies in the files folder; the content hash never leaves the server.
  sha256 bytea not null,
  uploaded_by uuid,
  device_id text,
  uploaded_at timestamptz not null,
  -- Filled when a record takes the file; a file no record takes is swept after a day.
  record_kind text,
  record_id uuid
);
create index file_record on platform.file (record_id) where record_id is not null;
create index file_unclaimed on platform.file (uploaded_at) where record_id is null;

-- Wrong query codes: five lock that number for 15 minutes; never a per-address block (rules 7).
create table platform.code_failure (
  number text not null,
  at timestamptz not null
);
create index code_failure_number on platform.code_failure (number, at);
create index code_failure_at on platform.code_failure (at);

create sequence journal.entry_seq;
create table journal.entry (
  seq bigint primary key default nextval('journal.entry_seq'),
  -- Canonical stored bytes; seals cover exactly these.
  body bytea not null,
  at timestamptz not null,
  actor_id uuid,
  role text,
  action text not null,
  record_kind text not null,
  record_id uuid not null,
  class text not null,
  unit_id integer,
  site_id integer,
  line_id integer,
  category_id integer,
  state_from text,
  state_to text,
  reason text,
  figures jsonb not null
);
create index entry_record on journal.entry (record_id);

-- The dense order the settler gives; cursors, seals and live pages use it, never time.
create table journal.settled (
  position bigint primary key,
  seq bigint not null unique references journal.entry
);
create table journal.low_water (only_row boolean primary key default true check (only_row), seq bigint not null);
insert into journal.low_water (seq) values (0);

create table journal.seal (
  no bigint primary key,
  from_position bigint not null,
  to_position bigint not null check (to_position >= from_position),
  root bytea not null,
  previous bytea not null,
  sealed_at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  unique (from_position)
);

create table journal.cursor (
  reader text primary key,
  position bigint not null
);
