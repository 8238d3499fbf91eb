-- Plans (一阶段一对策、一单位一方案、一工地一措施): the stage's strategy, each unit's plan, each site's measure set, line by
-- line, in versions; who signed what; and how like two sets are, so that a copy covers nothing.

create schema plans;

-- What every stage starts from. phase: before, during, after what is feared; nature: political, business, service work.
create table plans.template_measure (
  code text primary key,
  stage_code text not null,
  level text not null check (level in ('group', 'unit', 'site')),
  ordinal smallint not null,
  zh text not null,
  en text not null,
  -- What a line drawn from it begins with; tailored in the plan.
  who text not null,
  place text not null,
  how text not null,
  phase text not null check (phase in ('before', 'during', 'after')),
  nature text not null check (nature in ('political', 'business', 'service')),
  line_id integer not null,
  frequency text not null,
  evidence text not null check (evidence in ('record', 'doc', 'count', 'photo', 'sign')),
  evidence_count smallint not null default 1 check (evidence_count > 0),
  red boolean not null
);
create index template_stage on plans.template_measure (stage_code, level, ordinal);

create table plans.plan (
  id uuid primary key,
  kind text not null check (kind in ('strategy', 'unit_plan', 'site_set')),
  node_id integer not null,
  unit_id integer,
  site_id integer,
  stage_code text not null,
  version_no integer not null check (version_no > 0),
  -- The version this one was written from, and the plan above it whose lines it took.
  supersedes uuid references plans.plan,
  parent_id uuid references plans.plan,
  state text not null check (state in
    ('draft', 'site_feasible', 'reviewed', 'approved', 'in_force', 'to_be_renewed', 'superseded', 'withdrawn')),
  -- Why nothing of the template needed changing here.
  tailoring_reason text,
  -- What made somebody write this version, in a word and in words.
  trigger_kind text not null check (trigger_kind in ('stage', 'policy', 'data', 'requests')),
  trigger_words text not null,
  -- The number this change aims at: its name, as it was, as it is to be; looked at seven days after coming into force.
  aim text,
  aim_before double precision,
  aim_target double precision,
  effect_due timestamptz,
  effect_value double precision,
  effect_words text,
  effect_by uuid,
  effect_label text,
  effect_at timestamptz,
  written_by uuid not null,
  written_label text not null,
  created_at timestamptz not null,
  approved_at timestamptz,
  in_force_from timestamptz,
  ended_at timestamptz,
  -- How like the likest set approved before it is: of everything, and of what is its own (docs/plans.md). Null: not compared.
  like_plan_id uuid references plans.plan,
  like_whole real,
  like_own real,
  copied boolean not null default false,
  version integer not null default 0,
  unique (kind, node_id, stage_code, version_no),
  check ((kind = 'strategy') = (unit_id is null)),
  check ((kind = 'site_set') = (site_id is not null)),
  check ((aim is null) = (aim_before is null) and (aim is null) = (aim_target is null)),
  check ((effect_at is null) = (effect_value is null) and (effect_at is null) = (effect_by is null)),
  check (state not in ('in_force', 'to_be_renewed') or in_force_from is not null),
  check (state not in ('approved', 'in_force', 'to_be_renewed') or approved_at is not null)
);
-- One place has one plan in force, one being written for a stage, and one waiting for it.
create unique index one_in_force on plans.plan (kind, node_id) where state = 'in_force';
create unique index one_being_written on plans.plan (kind, node_id, stage_code) where state in ('draft', 'site_feasible', 'reviewed');
create unique index one_prepared on plans.plan (kind, node_id, stage_code) where state = 'approved';
create index plan_stage on plans.plan (stage_code, kind, state);
create index plan_unit on plans.plan (unit_id, stage_code);
create index plan_effect on plans.plan (effect_due) where effect_due is not null and effect_at is null;

create table plans.line (
  id uuid primary key,
  plan_id uuid not null references plans.plan,
  -- The same line in every version of the plan.
  key uuid not null,
  position smallint not null,
  -- Who carries it out: a unit plan also holds lines that each of its sites starts from.
  level text not null check (level in ('group', 'unit', 'site')),
  template_code text references plans.template_measure,
  -- The key of the line of the plan above it that it was taken from.
  parent_key uuid,
  zh text not null,
  en text not null,
  owner_id uuid,
  who text not null,
  place text not null,
  how text not null,
  work_line_id integer,
  phase text not null check (phase in ('before', 'during', 'after')),
  nature text not null check (nature in ('political', 'business', 'service')),
  frequency text not null,
  evidence text not null check (evidence in ('record', 'doc', 'count', 'photo', 'sign')),
  evidence_count smallint not null default 1 check (evidence_count > 0),
  red boolean not null,
  clause text not null,
  -- Added here, or changed from what was inherited.
  own boolean not null default false,
  version integer not null default 0,
  removed_at timestamptz,
  -- A red line (红线) cannot be left out of a plan.
  check (removed_at is null or not red or template_code is null),
  unique (plan_id, key)
);
create index line_plan on plans.line (plan_id, position);

-- Who signed what. Round 1 makes the plan, round 2 brings a prepared one into force. Nobody signs twice in a round.
create table plans.signature (
  plan_id uuid not null references plans.plan,
  step text not null check (step in ('written', 'feasible', 'reviewed', 'approved', 'still_fits', 'begun')),
  round smallint generated always as (case when step in ('still_fits', 'begun') then 2 else 1 end) stored,
  account_id uuid not null,
  label text not null,
  role text not null,
  at timestamptz not null,
  words text,
  primary key (plan_id, step),
  unique (plan_id, round, account_id)
);

-- Every edit of a line with both wordings: what readable differences are made of, and nobody's words are lost.
create table plans.change (
  id uuid primary key,
  plan_id uuid not null references plans.plan,
  line_key uuid,
  at timestamptz not null,
  by_id uuid not null,
  by_label text not null,
  kind text not null check (kind in ('added', 'changed', 'removed', 'restored', 'sent_back', 'withdrawn', 'reason')),
  before jsonb not null default '{}',
  after jsonb not null default '{}'
);
create index change_plan on plans.change (plan_id, at);

grant usage on schema plans to lastmetre_app;
grant select, insert, update, delete on all tables in schema plans to lastmetre_app;
-- What was signed or written stands; a plan of the past cannot disappear.
revoke update, delete on plans.signature, plans.change from lastmetre_app;
revoke delete on plans.template_measure, plans.plan, plans.line from lastmetre_app;
