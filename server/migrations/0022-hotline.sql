-- Calls as the telephone exchange tells them, from the first ring: what was offered, answered, given up. A number is kept
-- as a keyed hash, and sealed for as long as somebody has to ring back.
create schema hotline;

-- A telephone exchange that may tell us of calls; its secret signs what it sends.
create table hotline.exchange (
  id uuid primary key,
  name text not null,
  secret bytea not null,
  -- The secret before, until what was signed with it has arrived.
  secret_before bytea,
  before_until timestamptz,
  made_by uuid not null references access.account,
  made_at timestamptz not null,
  ended_at timestamptz
);

-- What was told, once per event of the exchange.
create table hotline.event (
  exchange_id uuid not null references hotline.exchange,
  event_id text not null,
  call_ref text not null,
  kind text not null check (kind in ('offered', 'queued', 'ringing', 'answered', 'callback_wanted', 'ended')),
  at timestamptz not null,
  seat text,
  received_at timestamptz not null,
  primary key (exchange_id, event_id)
);

create table hotline.call (
  id uuid primary key,
  exchange_id uuid references hotline.exchange,
  call_ref text,
  caller_key bytea,
  -- Sealed, for the page that pops up; forgotten a day after the call.
  number bytea,
  -- The first ring, menus and announcements included: waiting begins there.
  offered_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  seat text,
  operator_id uuid references access.account,
  contact_id uuid,
  -- What the exchange calls its recording; the recording itself stays there.
  recording_ref text,
  unique (exchange_id, call_ref)
);
create index call_offered on hotline.call (offered_at desc, id desc);
create index call_running on hotline.call (offered_at) where ended_at is null;
create index call_seat on hotline.call (seat, offered_at desc) where ended_at is null;

-- Who sits where. A home seat takes calls like any other; what its operator may read is decided by rights alone.
create table hotline.seat (
  code text primary key,
  account_id uuid not null references access.account,
  home boolean not null default false,
  since timestamptz not null
);
create unique index one_seat_each on hotline.seat (account_id);

create table hotline.callback (
  id uuid primary key,
  call_id uuid references hotline.call,
  caller_key bytea,
  number bytea,
  why text not null check (why in ('given_up', 'asked')),
  urgent boolean not null default false,
  made_at timestamptz not null,
  promised_by timestamptz not null,
  claimed_by uuid references access.account,
  claimed_label text,
  claimed_until timestamptz,
  attempts integer not null default 0,
  next_at timestamptz not null,
  done_at timestamptz,
  outcome text check (outcome in ('reached', 'not_reached', 'rang_again')),
  contact_id uuid,
  check ((done_at is null) = (outcome is null))
);
create unique index one_callback_waits on hotline.callback (caller_key) where done_at is null;
create index callback_waiting on hotline.callback (urgent desc, promised_by) where done_at is null;
create index callback_of_call on hotline.callback (call_id);

create table hotline.surge (
  id uuid primary key,
  from_at timestamptz not null,
  to_at timestamptz,
  -- manual, or the rule that switched it on
  why text not null check (why in ('manual', 'waiting', 'answered')),
  figures jsonb not null default '{}',
  by_id uuid references access.account
);
create unique index one_surge_at_a_time on hotline.surge ((true)) where to_at is null;
create table hotline.surge_rule (
  single boolean primary key default true check (single),
  -- More calls and call-backs waiting than this switches it on; null never.
  most_waiting integer check (most_waiting > 0),
  -- Fewer of the last half hour's calls answered within 15 s than this (of at least 20) switches it on; null never.
  least_answered numeric check (least_answered > 0 and least_answered <= 1),
  promise_minutes integer not null default 60 check (promise_minutes between 5 and 1440)
);
insert into hotline.surge_rule (most_waiting, least_answered) values (15, 0.8);

create table hotline.handover (
  id uuid primary key,
  at timestamptz not null,
  by_id uuid not null references access.account,
  by_label text not null,
  words text not null,
  -- What stood open then: call-backs waiting, late, longest wait.
  figures jsonb not null,
  read_at timestamptz,
  read_by uuid references access.account,
  read_label text,
  check (read_by is null or read_by <> by_id)
);
create index handover_at on hotline.handover (at desc);

grant usage on schema hotline to lastmetre_app;
grant select, insert, update, delete on all tables in schema hotline to lastmetre_app;
revoke update, delete on hotline.event from lastmetre_app;
revoke delete on hotline.call, hotline.callback, hotline.exchange, hotline.surge, hotline.handover, hotline.surge_rule from lastmetre_app;

-- What messages are about is a closed list of the contract; every module adds its own.
alter table messages.message drop constraint if exists message_about_kind_check;
