-- City systems file and follow by Open311 GeoReport v2: off until somebody switches it on, and only what is listed here.
create schema open311;

create table open311.door (
  -- One row: there is one door.
  id boolean primary key default true check (id),
  enabled boolean not null default false,
  jurisdiction_id text,
  version integer not null default 1,
  changed_at timestamptz not null
);

-- Categories the group has made public, with the words that stand for every request of theirs.
create table open311.service (
  category_id integer primary key references organization.category,
  zh text not null,
  en text not null
);

-- Where a site lies on the earth, WGS84 degrees.
create table open311.place (
  site_id integer primary key references organization.node,
  lat numeric(8, 6) not null check (lat between -90 and 90),
  long numeric(9, 6) not null check (long between -180 and 180)
);

grant usage on schema open311 to lastmetre_app;
grant select, insert, update, delete on all tables in schema open311 to lastmetre_app;

-- What other systems are told by itself.
create schema webhooks;

create table webhooks.subscription (
  id uuid primary key,
  name text not null,
  url text not null,
  types text[] not null,
  allow_private boolean not null default false,
  enabled boolean not null default true,
  -- Signing keys, sealed under the keys of the server; the old one signs too until it dies.
  secret bytea not null,
  old_secret bytea,
  old_dies_at timestamptz,
  -- Events after this place of the journal.
  from_position bigint not null,
  failing_since timestamptz,
  -- Why it was switched off by itself.
  stopped_because text check (stopped_because in ('failing', 'gone')),
  created_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1
);

-- One event for one subscription. The body holds codes and figures only.
create table webhooks.delivery (
  id uuid primary key,
  subscription_id uuid not null references webhooks.subscription,
  -- Place in the journal, which is the id of the event; null for a test.
  position bigint,
  type text not null,
  subject text not null,
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dead', 'dropped')),
  attempts integer not null default 0,
  not_before timestamptz not null,
  claimed_until timestamptz,
  -- What came back at the last attempt.
  status smallint,
  reason text,
  created_at timestamptz not null,
  done_at timestamptz
);
create unique index delivery_once on webhooks.delivery (subscription_id, position) where position is not null;
create index delivery_due on webhooks.delivery (not_before, position) where state in ('waiting', 'sending');
create index delivery_log on webhooks.delivery (created_at desc, id desc);
create index delivery_subject on webhooks.delivery (subject) where state in ('waiting', 'sending');

grant usage on schema webhooks to lastmetre_app;
grant select, insert, update, delete on all tables in schema webhooks to lastmetre_app;
revoke delete on webhooks.subscription, webhooks.delivery from lastmetre_app;
