-- What sites and units report (日报、周报…): forms are data, each thing is asked by one form only, what was sent is never
-- changed, and a filing knows when it was due, what came, and who looked at it.
create schema reports;

create table reports.form (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{2,30}$'),
  -- Who is expected to file it, and for what: every site, one kind of them, or each unit.
  filed_for text not null check (filed_for in ('site', 'construction', 'plant', 'unit')),
  rhythm text not null check (rhythm in ('daily', 'weekly', 'monthly', 'once')),
  state text not null check (state in ('draft', 'in_use', 'retired')),
  created_at timestamptz not null
);

-- A version is designed by one and put in use by another; the one before stands for the days it was filed on.
create table reports.form_version (
  form_code text not null references reports.form,
  no integer not null check (no > 0),
  state text not null check (state in ('draft', 'in_use', 'former')),
  zh text not null,
  en text not null,
  -- { weekday, monthDay, date, times: { stage: 'HH:MM' | null } }
  due jsonb not null,
  -- Array under `items`, as in the contract.
  content jsonb not null,
  designed_by uuid references access.account,
  designed_label text,
  designed_at timestamptz not null,
  started_by uuid references access.account,
  started_label text,
  started_at timestamptz,
  primary key (form_code, no),
  check ((state = 'draft') = (started_at is null)),
  -- Never two steps of one record by one person.
  check (designed_by is null or started_by is null or designed_by <> started_by)
);
create unique index one_version_in_use on reports.form_version (form_code) where state = 'in_use';
create unique index one_draft_of_a_form on reports.form_version (form_code) where state = 'draft';

-- What the group asks or already knows. A concept is known by the system or asked by one form, never both, never twice.
create table reports.concept (
  key text primary key check (key ~ '^[a-z][a-z0-9_.]{1,40}$'),
  zh text not null,
  en text not null,
  aliases text[] not null default '{}',
  -- Where the system knows it from; such a thing is shown, never asked.
  known_from text,
  form_code text references reports.form,
  item_key text,
  check ((form_code is null) = (item_key is null)),
  check (known_from is null or form_code is null)
);

-- Crews of a site as its officers keep them; one that is gone stays for the days it was counted on.
create table reports.crew (
  id uuid primary key,
  site_id integer not null references organization.node,
  zh text not null,
  planned integer not null check (planned between 0 and 5000),
  ordinal integer not null,
  ended_at timestamptz,
  changed_by uuid references access.account,
  changed_at timestamptz not null
);
create unique index crew_named on reports.crew (site_id, zh) where ended_at is null;

-- The telephone of a site's office: whom to ring when nothing has come. No private number stands here.
create table reports.office (
  site_id integer primary key references organization.node,
  phone text not null,
  changed_by uuid references access.account,
  changed_at timestamptz not null
);

create table reports.filing (
  id uuid primary key,
  form_code text not null references reports.form,
  form_no integer not null,
  node_id integer not null references organization.node,
  unit_id integer not null references organization.node,
  -- Group-local day it is due on; a daily report is of this day.
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  stage_code text not null,
  due_at timestamptz not null,
  locks_at timestamptz not null,
  state text not null check (state in ('open', 'submitted', 'returned', 'checked', 'approved')),
  -- The version that stands, and when it counts as made; null while nothing has come.
  current_id uuid,
  made_at timestamptz,
  first_received_at timestamptz,
  -- Decided by the first version that counts, and for ever.
  late boolean,
  -- Its last version was made after the day was locked.
  amended boolean not null default false,
  versions integer not null default 0,
  flags integer not null default 0,
  -- The site's whole head-count by the version that stands.
  heads integer,
  filed_by uuid references access.account,
  filed_label text,
  checked_by uuid references access.account,
  checked_label text,
  checked_at timestamptz,
  returned_words text,
  locked_at timestamptz,
  -- When the silent were told, and their leaders.
  noticed_at timestamptz,
  escalated_at timestamptz,
  chased_at timestamptz,
  unique (form_code, node_id, day),
  check ((current_id is null) = (state = 'open')),
  -- Who filed it does not check it.
  check (checked_by is null or filed_by is null or checked_by <> filed_by)
);
create index filing_day on reports.filing (day, form_code);
create index filing_node on reports.filing (node_id, form_code, day desc);
create index filing_silent on reports.filing (due_at) where state = 'open' and locked_at is null;
create index filing_unlocked on reports.filing (locks_at) where locked_at is null;

-- What was sent, as it was sent. `id` is made by the device, so that the same report sent twice is one.
create table reports.version (
  id uuid primary key,
  filing_id uuid not null references reports.filing,
  no integer not null,
  form_no integer not null,
  -- { values, crews, base, flags, confirmed } as in the contract.
  content jsonb not null,
  -- By the device, as it said; when it counts as made (rules 13); when it came.
  said_at timestamptz not null,
  made_at timestamptz not null,
  received_at timestamptz not null,
  offline boolean not null,
  device text,
  by_id uuid references access.account,
  by_label text not null,
  reason text,
  after_lock boolean not null,
  unique (filing_id, no)
);

-- A unit's day, approved upward by its leader: how many of how many stood checked, and which were silent.
create table reports.approval (
  form_code text not null references reports.form,
  unit_id integer not null references organization.node,
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  expected integer not null,
  received integer not null,
  by_id uuid references access.account,
  by_label text not null,
  at timestamptz not null,
  words text,
  primary key (form_code, unit_id, day)
);

grant usage on schema reports to lastmetre_app;
grant select, insert, update on reports.form, reports.form_version, reports.concept, reports.crew, reports.office,
  reports.filing to lastmetre_app;
grant delete on reports.form_version to lastmetre_app;
grant select, insert on reports.version to lastmetre_app;
grant select, insert on reports.approval to lastmetre_app;
