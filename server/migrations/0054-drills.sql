-- Readiness (备战): what could go badly and what is done then, practised with somebody from outside watching; what nearly
-- happened; and what every unit owes a quarter, a month, a year while nothing happens.
create schema drills;

-- Numbers have no gaps: the last of a kind and year, held until the transaction ends.
create table drills.counter (
  kind text not null check (kind in ('risk', 'drill', 'near_miss')),
  year integer not null,
  last integer not null check (last >= 0),
  primary key (kind, year)
);

create table drills.risk (
  id uuid primary key,
  number text not null unique,
  -- The group, a unit or a site.
  node_id integer not null references organization.node,
  zh text not null check (length(zh) between 2 and 120),
  en text not null check (length(en) <= 200),
  severity text not null check (severity in ('red', 'amber')),
  owner_id uuid not null references access.account,
  owner_label text not null,
  -- Group-local day, as it is written: sorts as text and knows no zone.
  next_drill_on text check (next_drill_on ~ '^\d{4}-\d{2}-\d{2}$'),
  opened_by uuid references access.account,
  opened_label text not null,
  opened_at timestamptz not null,
  retired_at timestamptz,
  retired_by uuid references access.account,
  retired_why text,
  check ((retired_at is null) = (retired_why is null)),
  version integer not null default 0
);
create index risk_node on drills.risk (node_id) where retired_at is null;

-- What is done then: a version is written by one and approved by another; what was approved is never changed.
create table drills.contingency (
  id uuid primary key,
  risk_id uuid not null references drills.risk,
  no integer not null check (no > 0),
  state text not null check (state in ('draft', 'in_review', 'approved', 'superseded', 'refused')),
  -- Trigger, steps of the first thirty minutes, whom to ring, resources, stand-down; shape in contract/drills.ts.
  plan jsonb not null,
  author_id uuid references access.account,
  author_label text not null,
  -- Everybody who wrote on it: none of them approves it.
  writers uuid[] not null,
  written_at timestamptz not null,
  -- Counts the saves of a draft: two people on one draft do not overwrite each other unseen.
  saves integer not null default 1,
  decided_by uuid references access.account,
  decided_label text,
  decided_at timestamptz,
  decision text,
  unique (risk_id, no),
  constraint approved_by_another check (decided_by is null or not (decided_by = any (writers))),
  check (state in ('draft', 'in_review') or decided_at is not null)
);
create unique index one_contingency_approved on drills.contingency (risk_id) where state = 'approved';
create unique index one_contingency_open on drills.contingency (risk_id) where state in ('draft', 'in_review');

create function drills.approved_stays() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.state in ('approved', 'superseded', 'refused')
    and (new.plan is distinct from old.plan or new.writers is distinct from old.writers or new.decided_by is distinct from old.decided_by) then
    raise exception 'a decided version is never changed' using errcode = 'check_violation', constraint = 'approved_stays';
  end if;
  return new;
end $$;
create trigger approved_stays before update on drills.contingency for each row execute function drills.approved_stays();

create table drills.drill (
  id uuid primary key,
  number text not null unique,
  risk_id uuid not null references drills.risk,
  -- The version that is practised.
  contingency_id uuid not null references drills.contingency,
  unit_id integer not null references organization.node,
  site_id integer references organization.node,
  state text not null check (state in ('planned', 'running', 'held', 'assessed', 'closed', 'cancelled')),
  planned_for timestamptz not null,
  announced boolean not null,
  planned_by uuid references access.account,
  planned_label text not null,
  started_at timestamptz,
  ended_at timestamptz,
  -- How many took part.
  heads integer check (heads > 0),
  assessed_by uuid,
  assessor_part text not null default 'observer' check (assessor_part = 'observer'),
  assessed_label text,
  assessed_at timestamptz,
  assessment text,
  closed_at timestamptz,
  closed_by uuid references access.account,
  closed_label text,
  cancelled_why text,
  version integer not null default 0,
  check (state in ('planned', 'cancelled') or started_at is not null),
  check (state not in ('held', 'assessed', 'closed') or (ended_at >= started_at and heads is not null)),
  check (state not in ('assessed', 'closed') or assessed_by is not null),
  check ((state = 'closed') = (closed_at is not null)),
  check ((state = 'cancelled') = (cancelled_why is not null))
);
create index drill_unit on drills.drill (unit_id, planned_for desc);
create index drill_risk on drills.drill (risk_id, planned_for desc);

-- Who runs it and who watches: nobody is both, and whoever assesses it was named to watch it.
create table drills.hand (
  drill_id uuid not null references drills.drill,
  account_id uuid not null references access.account,
  part text not null check (part in ('leader', 'observer')),
  label text not null,
  primary key (drill_id, account_id),
  unique (drill_id, account_id, part)
);
create unique index one_leader on drills.hand (drill_id) where part = 'leader';
create index hand_account on drills.hand (account_id);
alter table drills.drill add constraint assessed_by_an_observer
  foreign key (id, assessed_by, assessor_part) references drills.hand (drill_id, account_id, part)
  deferrable initially deferred;

-- A step of the first minutes: when it was reached by the stopwatch, and what the observer says of it.
create table drills.step (
  drill_id uuid not null references drills.drill,
  n integer not null check (n > 0),
  -- Minutes from the trigger within which the plan wants it.
  within integer not null check (within >= 0),
  reached_at timestamptz,
  marked_by uuid references access.account,
  verdict text check (verdict in ('in_time', 'late', 'not_reached')),
  remark text,
  primary key (drill_id, n)
);

create table drills.finding (
  id uuid primary key,
  drill_id uuid not null references drills.drill,
  text text not null check (length(text) between 2 and 500),
  task_id uuid not null,
  task_number text not null,
  at timestamptz not null
);
create index finding_drill on drills.finding (drill_id);

create table drills.near_miss (
  id uuid primary key,
  number text not null unique,
  unit_id integer not null references organization.node,
  site_id integer references organization.node,
  happened_at timestamptz not null,
  what text not null check (length(what) between 2 and 1000),
  place text not null check (length(place) <= 120),
  stopped_by text not null check (length(stopped_by) <= 500),
  -- Known to the unit's liaison and to the support group, and to nobody else.
  reporter_id uuid references access.account,
  reporter_label text,
  recorded_at timestamptz not null,
  outcome text check (outcome in ('risk', 'task', 'lesson', 'none')),
  risk_id uuid references drills.risk,
  task_id uuid,
  task_number text,
  triage text,
  triaged_by uuid references access.account,
  triaged_label text,
  triaged_at timestamptz,
  constraint triaged_by_another check (triaged_by is null or triaged_by is distinct from reporter_id),
  check ((outcome is null) = (triaged_at is null)),
  check (outcome is distinct from 'risk' or risk_id is not null),
  check (outcome is distinct from 'task' or task_id is not null),
  check (recorded_at >= happened_at),
  version integer not null default 0
);
create index near_miss_unit on drills.near_miss (unit_id, happened_at desc);
create index near_miss_waiting on drills.near_miss (recorded_at) where triaged_at is null;

-- What a unit owes while nothing happens, in the stages it is owed in.
create table drills.duty (
  code text primary key,
  zh text not null,
  en text not null,
  frequency text not null check (frequency in ('monthly', 'quarterly', 'yearly')),
  -- `drill`: an assessed drill does it; `record`: somebody says with words that it is done.
  kind text not null check (kind in ('drill', 'record')),
  stages text[] not null check (cardinality(stages) > 0),
  ordinal integer not null
);

create table drills.duty_done (
  id uuid primary key,
  duty_code text not null references drills.duty,
  unit_id integer not null references organization.node,
  -- Group-local day on which it was done.
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  words text not null check (length(words) between 2 and 500),
  done_by uuid references access.account,
  done_label text not null,
  at timestamptz not null,
  unique (duty_code, unit_id, day)
);

grant usage on schema drills to lastmetre_app;
grant select, insert, update on all tables in schema drills to lastmetre_app;
-- What was found, who had a part in it and what was done is inserted, never changed.
revoke update on drills.hand, drills.finding, drills.duty_done from lastmetre_app;
