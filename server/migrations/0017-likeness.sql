-- What needs are alike: nothing here holds words. Filled behind the journal from what may be compared (rules 6): never
-- confidential, personal, health or sealed requests.
create schema likeness;

-- One request as it is compared: keys of its characters (one posting list per stretch and period), names of what it is
-- about as hashes.
create table likeness.print (
  request_id uuid primary key,
  unit_id integer not null,
  site_id integer not null,
  category_id integer not null,
  at timestamptz not null,
  keys integer[] not null,
  terms integer[] not null,
  -- Who asked, as a keyed hash of person, site and category together: it links a repeat and nothing else.
  asker bytea
);
create index print_site on likeness.print (site_id, at desc);
create index print_unit on likeness.print (unit_id, category_id, at desc);
create index print_asker on likeness.print (asker, at desc) where asker is not null;
create index print_keys on likeness.print using gin (keys) with (fastupdate = off);

-- What a dispatcher said of two requests: one need, or not. `a` is the smaller id. Never taken back, only added to.
create table likeness.verdict (
  a uuid not null,
  b uuid not null,
  same boolean not null,
  likelihood real not null check (likelihood between 0 and 1),
  category_id integer not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (a, b, same),
  check (a < b)
);
create index verdict_b on likeness.verdict (b);
create index verdict_category on likeness.verdict (category_id, at desc);

-- The same person asking for the same at the same place again within 14 days.
create table likeness.repeat (
  request_id uuid primary key,
  earlier_id uuid not null,
  -- account | phone | device
  known_by text not null check (known_by in ('account', 'phone', 'device')),
  at timestamptz not null
);
create index repeat_earlier on likeness.repeat (earlier_id);

-- How often a thing is spoken of on a day in a unit: what is usual there.
create table likeness.tally (
  unit_id integer not null,
  category_id integer not null,
  term integer not null,
  -- Counted from 1970.
  day integer not null,
  n integer not null,
  primary key (unit_id, category_id, term, day)
);
create index tally_day on likeness.tally (day);

-- Many people, one thing, one place, one time.
create table likeness.topic (
  id uuid primary key,
  unit_id integer not null,
  -- Where all of it is from one site.
  site_id integer,
  category_id integer not null,
  term integer not null,
  -- Name of the term in the vocabulary: `things/power`.
  term_name text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Of the last 28 days before it began: how many a day are usual.
  usual double precision not null
);
create index topic_last on likeness.topic (last_at desc);
create index topic_unit on likeness.topic (unit_id, category_id, last_at desc);

create table likeness.member (
  topic_id uuid not null references likeness.topic,
  request_id uuid not null,
  site_id integer not null,
  at timestamptz not null,
  -- Who asked (as in print), so that one person counts once; of nobody known the request itself.
  who bytea not null,
  primary key (topic_id, request_id)
);
create index member_request on likeness.member (request_id);
create index member_newest on likeness.member (topic_id, at desc);

grant usage on schema likeness to lastmetre_app;
grant select, insert, update, delete on all tables in schema likeness to lastmetre_app;
revoke update, delete on likeness.verdict from lastmetre_app;
