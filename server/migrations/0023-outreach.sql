-- Proactive touches (跨前): somebody goes or rings before being asked. A touch is recorded when it begins; what is found on
-- it is registered while it runs, so that no request becomes a found need afterwards.
create schema outreach;

-- How often each place is touched: the nearest node above it speaks, for each kind by itself. Null is the whole group.
create table outreach.rhythm (
  id uuid primary key,
  node_id integer references organization.node,
  kind text not null check (kind in ('site_call', 'round', 'survey')),
  -- Null: places below are left out of this kind.
  every_days integer check (every_days between 1 and 90),
  -- First-level categories to ask about; empty: all that may be asked.
  topics integer[] not null default '{}',
  set_by uuid references access.account,
  set_label text,
  set_at timestamptz not null,
  ended_at timestamptz
);
create unique index one_rhythm_in_force on outreach.rhythm (coalesce(node_id, 0), kind) where ended_at is null;
insert into outreach.rhythm (id, node_id, kind, every_days, set_at) values
  (gen_random_uuid(), null, 'round', 3, now()),
  (gen_random_uuid(), null, 'site_call', 7, now()),
  (gen_random_uuid(), null, 'survey', 14, now());

create table outreach.touch (
  id uuid primary key,
  kind text not null check (kind in ('site_call', 'round', 'survey')),
  site_id integer not null references organization.node,
  unit_id integer not null references organization.node,
  by_id uuid not null references access.account,
  by_label text not null,
  -- In which role: site officer, liaison or follow-up caller.
  role text not null,
  -- Group-local day; the day its place is reckoned from.
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  began_at timestamptz not null,
  ended_at timestamptz,
  crew text,
  point text,
  topics integer[] not null default '{}',
  -- unfinished: nobody said within the day how it went
  found text check (found in ('nothing', 'information', 'need', 'unfinished')),
  words text,
  check ((ended_at is null) = (found is null))
);
create unique index one_touch_at_a_time on outreach.touch (by_id) where ended_at is null;
create index touch_site on outreach.touch (site_id, kind, began_at desc);
create index touch_unit on outreach.touch (unit_id, began_at desc, id desc);
create index touch_newest on outreach.touch (began_at desc, id desc);
create index touch_by on outreach.touch (by_id, began_at desc);

-- Which request was found on which touch: written in the transaction that registers the request, and never changed.
create table outreach.need (
  request_id uuid primary key,
  touch_id uuid not null references outreach.touch,
  at timestamptz not null,
  unit_id integer not null,
  site_id integer not null,
  -- Somebody had asked for the same there within the week before: not found before it was asked.
  asked_before boolean not null
);
create index need_touch on outreach.need (touch_id);
create index need_at on outreach.need (at);

grant usage on schema outreach to lastmetre_app;
grant select, insert, update on outreach.rhythm, outreach.touch to lastmetre_app;
-- Deleted only where the request turned out to belong to a sealed line.
grant select, insert, delete on outreach.need to lastmetre_app;
