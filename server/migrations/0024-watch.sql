-- Watches over how people are served: as warm as at the start (温暖如初) and the same for everybody (一视同仁). Weekly
-- figures, reckoned anew each night from the records; what is kept here are counts and figures, never who.

create schema watch;

-- As of when, and by which definitions, everything below was reckoned.
create table watch.reckoning (
  single boolean primary key default true check (single),
  at timestamptz not null,
  definition smallint not null
);

-- node: the group or a unit; line: one line there, null = all of them. week: of the campaign, the first being 1.
create table watch.weekly (
  node_id integer not null,
  line_id integer,
  week smallint not null check (week > 0),
  measure text not null check (measure in ('contact', 'contact_slowest', 'handling', 'handling_slowest', 'attitude', 'followup')),
  -- Null: fewer than ten, and among them some that may not be counted apart (rules 6).
  n integer,
  -- Of them still open when this was reckoned: counted as longer than so far.
  open integer not null,
  -- Null below ten (domain 4.1). Times in per cent of the clock they run against; attitude 1 to 5; follow-up in per cent.
  value double precision,
  low double precision,
  high double precision,
  -- Times only: the same quantile in minutes.
  minutes double precision,
  provisional boolean not null,
  check (value is null or n >= 10),
  unique nulls not distinct (node_id, line_id, week, measure)
);

-- Weeks `week` - 1 and `week` against weeks 1 and 2 of the same place and line.
create table watch.drift (
  node_id integer not null,
  line_id integer,
  week smallint not null check (week > 3),
  measure text not null,
  base_n integer not null,
  base_value double precision not null,
  n integer not null,
  value double precision not null,
  -- Worse by more than a fifth.
  by_fifth boolean not null,
  -- What is held against the control limit, and the limit: of times the share in per cent slower than was usual.
  held double precision not null,
  bound double precision not null,
  outside boolean not null,
  -- Fewer than 30 on one side: shown grey, and nobody is told.
  grey boolean not null,
  check (n >= 10 and base_n >= 10),
  unique nulls not distinct (node_id, line_id, week, measure)
);

-- The four weeks to the end of `week`: the first side less the other.
create table watch.gap (
  node_id integer not null,
  week smallint not null check (week > 0),
  pair text not null check (pair in ('hours', 'employment', 'site')),
  measure text not null check (measure in ('response', 'time', 'on_time', 'solved', 'attitude')),
  -- Null: fewer than ten, and among them some that may not be counted apart (rules 6).
  first_n integer,
  other_n integer,
  -- Null below ten on either side.
  first_value double precision,
  other_value double precision,
  gap double precision,
  low double precision,
  high double precision,
  -- The same over like cases: first category and priority. Null where a side has none like the other's, and for times.
  like_gap double precision,
  like_low double precision,
  like_high double precision,
  check (gap is null or (first_n >= 10 and other_n >= 10)),
  primary key (node_id, week, pair, measure)
);

grant usage on schema watch to lastmetre_app;
grant select, insert, update, delete on all tables in schema watch to lastmetre_app;
revoke delete on watch.reckoning from lastmetre_app;
