create schema catalogue;

-- One edition of the dispatch catalogue (派单目录): who owns what, where. A draft has no number; from `from_at` on an edition
-- is in force until the next one begins, and nothing in it changes any more.
create table catalogue.edition (
  id uuid primary key,
  number integer unique,
  from_at timestamptz,
  note text not null default '',
  based_on uuid references catalogue.edition,
  begun_by uuid,
  begun_by_label text not null,
  begun_at timestamptz not null,
  decided_by uuid,
  decided_by_label text,
  decided_at timestamptz,
  -- A draft that was given up, or a planned edition called off before it began.
  dropped_at timestamptz,
  check ((number is null) = (from_at is null)),
  check ((number is null) = (decided_at is null))
);
create unique index one_draft on catalogue.edition ((true)) where number is null and dropped_at is null;
create unique index one_edition_begins on catalogue.edition (from_at) where number is not null and dropped_at is null;

-- Category × place → lead line and where it works, lines beside it, whom time tells, service level.
create table catalogue.item (
  id uuid primary key,
  edition_id uuid not null references catalogue.edition,
  category_id integer not null,
  node_id integer not null,
  line_id integer not null,
  lead text not null check (lead in ('head_office', 'own_unit', 'unit')),
  lead_unit_id integer,
  co_line_ids integer[] not null default '{}',
  -- [{"post": …, "hours": …}], hours past the due, ascending.
  escalation jsonb not null default '[]',
  contact_minutes integer check (contact_minutes > 0),
  resolve_hours integer check (resolve_hours > 0),
  valid_from timestamptz,
  valid_to timestamptz,
  revision integer not null default 0,
  check ((lead = 'unit') = (lead_unit_id is not null)),
  check (valid_to > valid_from),
  constraint one_item_at_a_time exclude using gist
    (edition_id with =, category_id with =, node_id with =, tstzrange(valid_from, valid_to) with &&) deferrable
);
create index item_edition on catalogue.item (edition_id);

create function catalogue.keep_what_is_decided() returns trigger language plpgsql security definer set search_path = '' as
$$
begin
  if exists (select from catalogue.edition
      where id in (case when tg_op = 'INSERT' then new.edition_id else old.edition_id end,
        case when tg_op = 'DELETE' then old.edition_id else new.edition_id end) and number is not null) then
    raise exception 'an edition that was put in force does not change';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger keep_what_is_decided before insert or update or delete on catalogue.item
  for each row execute function catalogue.keep_what_is_decided();

-- What the catalogue said at each dispatch and what the dispatcher decided.
create table catalogue.choice (
  id uuid primary key,
  request_id uuid not null,
  at timestamptz not null,
  item_id uuid,
  edition_number integer,
  category_id integer not null,
  unit_id integer,
  suggested_line_id integer not null,
  suggested_unit_id integer,
  suggested_co_line_ids integer[] not null,
  line_id integer not null,
  lead_unit_id integer,
  co_line_ids integer[] not null,
  -- Which of line, place, co differ; empty where the dispatcher agreed.
  differs text[] not null,
  to_backup boolean not null,
  chosen_by uuid
);
create index choice_at on catalogue.choice (at desc, id desc);

-- When a line has too much, and who then helps. Without a row: the backup of the directory and the usual measure.
create table catalogue.line_limit (
  line_id integer primary key,
  backup_line_id integer,
  most_per_handler integer not null check (most_per_handler > 0),
  most_overdue integer not null check (most_overdue >= 0),
  changed_by_label text not null,
  changed_at timestamptz not null,
  check (backup_line_id <> line_id)
);

-- A part of the work that another line does (协办): its own due times and its own "my part is done".
create table cases.part (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  line_id integer not null,
  unit_id integer,
  task text not null default '',
  state text not null check (state in ('asked', 'accepted', 'in_progress', 'done', 'released')),
  -- Set once, never moved.
  contact_due timestamptz not null,
  due timestamptz not null,
  asked_by uuid,
  asked_by_label text not null,
  asked_at timestamptz not null,
  accepted_at timestamptz,
  contacted_at timestamptz,
  done_at timestamptz,
  released_at timestamptz,
  handler_id uuid,
  handler_label text,
  version integer not null default 0,
  check ((state = 'done') = (done_at is not null)),
  check ((state = 'released') = (released_at is not null))
);
create unique index one_open_part on cases.part (case_id, line_id, coalesce(unit_id, 0)) where state in ('asked', 'accepted', 'in_progress');
create index part_case on cases.part (case_id);
create index part_open on cases.part (due, id) where state in ('asked', 'accepted', 'in_progress');
create index part_asked on cases.part (asked_at);

-- The backup line does the work of an overloaded one, until it is done or handed back; both are counted.
create table cases.takeover (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  from_line_id integer not null,
  from_unit_id integer,
  to_line_id integer not null,
  to_unit_id integer,
  at timestamptz not null,
  by uuid,
  by_label text not null,
  ended_at timestamptz,
  ended text check (ended in ('handled', 'handed_back', 'returned', 'ended')),
  check ((ended_at is null) = (ended is null))
);
create unique index one_takeover_at_a_time on cases.takeover (case_id) where ended_at is null;
create index takeover_at on cases.takeover (at desc);

-- Posts that do a part of the work, as `line/unit` or `line/head`: they read the request as handlers do.
alter table requests.request add column co_posts text[] not null default '{}';

do $$
begin
  grant usage on schema catalogue to lastmetre_app;
  grant select, insert, update, delete on all tables in schema catalogue to lastmetre_app;
  grant select, insert, update on cases.part, cases.takeover to lastmetre_app;
end $$;
revoke update, delete on catalogue.choice from lastmetre_app;
revoke delete on catalogue.edition from lastmetre_app;
