-- Sorting: what a message is about, as the classifier suggests it and as the dispatcher decides it.
create schema triage;

-- What the group wrote about a category beside its name.
create table triage.category_words (
  category_id integer primary key,
  keywords text[] not null,
  examples text[] not null,
  version integer not null default 1,
  changed_at timestamptz not null,
  changed_by uuid
);

-- Only of open, normal requests (rules 6). The words are terms of the model, never somebody's.
create table triage.suggestion (
  request_id uuid primary key,
  category_id integer not null,
  p real not null check (p between 0 and 1),
  others jsonb not null,
  reasons text[] not null,
  urgent_words text[] not null default '{}',
  model_version integer not null,
  at timestamptz not null
);
create index suggestion_of_model on triage.suggestion (model_version);

-- What the dispatcher decided, beside what was suggested at that moment. The latest of a request counts.
create table triage.decision (
  id uuid primary key,
  request_id uuid not null,
  at timestamptz not null,
  by_rule uuid,
  suggested_id integer,
  p real,
  category_id integer not null,
  line_id integer,
  lead_unit_id integer,
  unit_id integer
);
create unique index decision_of_request on triage.decision (request_id, at desc);
create index decision_in_time on triage.decision (at desc);
create index decision_of_category on triage.decision (category_id, at desc);

create table triage.model (
  version integer generated always as identity primary key,
  trained_at timestamptz not null,
  -- Decisions of before this moment are in it; later ones are learnt beside it.
  learnt_until timestamptz not null,
  messages integer not null,
  written integer not null,
  -- Share of held-out messages whose first, or one of whose first three suggestions was right; null without messages.
  right_first real,
  right_three real,
  took_ms integer not null,
  bytes bytea not null
);

-- Rules the group wrote: what is dispatched at once by the catalogue. Nothing is, unless one is in force.
create table triage.rule (
  id uuid primary key,
  category_id integer not null,
  unit_id integer,
  least_p real not null check (least_p between 0.5 and 1),
  most_priority text not null check (most_priority in ('high', 'normal24', 'normal48', 'normal72')),
  state text not null check (state in ('draft', 'in_force', 'ended')) default 'draft',
  version integer not null default 0,
  made_at timestamptz not null,
  made_by uuid not null,
  simulated_at timestamptz,
  in_force_at timestamptz,
  in_force_by uuid,
  ended_at timestamptz
);

create table triage.rule_dispatch (
  request_id uuid primary key,
  rule_id uuid not null references triage.rule,
  case_id uuid not null,
  at timestamptz not null
);
create index rule_dispatch_of_rule on triage.rule_dispatch (rule_id, at desc);

grant usage on schema triage to lastmetre_app;
grant select, insert, update, delete on all tables in schema triage to lastmetre_app;
grant usage on all sequences in schema triage to lastmetre_app;
revoke update, delete on triage.decision, triage.rule_dispatch from lastmetre_app;
revoke delete on triage.rule from lastmetre_app;
