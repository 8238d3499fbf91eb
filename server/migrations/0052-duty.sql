-- Duty (值班): which posts must be manned in which stage, who holds them hour by hour, hand-overs, teams and lent staff,
-- where people are in the campaign, and delegation in boxes of time.
create schema duty;

-- What must be manned: at a node, for a line where one is named. A standing officer 带班 rests at the place; a watch is awake.
create table duty.post (
  id uuid primary key,
  node_id integer not null references organization.node,
  line_id integer references organization.line,
  zh text not null check (length(zh) between 1 and 40),
  en text not null check (length(en) between 1 and 60),
  -- Codes of the hours, as in contract/duty.ts: D E N H.
  hours text[] not null check (cardinality(hours) > 0),
  standby boolean not null,
  -- Stages in which it must be manned.
  stages text[] not null check (cardinality(stages) > 0),
  -- The number of the post: it rings whoever is on.
  phone text check (length(phone) <= 40),
  from_at timestamptz not null,
  ended_at timestamptz,
  made_by uuid references access.account,
  made_at timestamptz not null,
  version integer not null default 0
);
create unique index one_post_of_a_name on duty.post (node_id, coalesce(line_id, 0), zh) where ended_at is null;

create table duty.shift (
  id uuid primary key,
  post_id uuid not null references duty.post,
  account_id uuid not null references access.account,
  label text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  -- swapped: given to another before it began; missed: nobody took it. Neither names anybody for its hours.
  state text not null check (state in ('planned', 'taken', 'handed_over', 'missed', 'swapped')),
  planned_by uuid references access.account,
  planned_at timestamptz not null,
  -- Why it stands beyond the limits of fatigue, and which leader said so.
  beyond_reason text,
  beyond_by uuid references access.account,
  taken_at timestamptz,
  over_at timestamptz,
  version integer not null default 0,
  check (to_at > from_at and to_at - from_at <= interval '24 hours'),
  check ((beyond_reason is null) = (beyond_by is null)),
  check (beyond_by is null or beyond_by <> account_id),
  -- Nobody is in two places at the same time, and a post has one person an hour, whoever plans at the same moment.
  constraint one_place_at_a_time exclude using gist (account_id with =, tstzrange(from_at, to_at) with &&)
    where (state in ('planned', 'taken', 'handed_over')),
  constraint one_person_a_post exclude using gist (post_id with =, tstzrange(from_at, to_at) with &&)
    where (state in ('planned', 'taken', 'handed_over'))
);
create index shift_of on duty.shift (account_id, from_at desc);
create index shift_post on duty.shift (post_id, from_at);
create index shift_open on duty.shift (to_at) where state in ('planned', 'taken');

-- A hand-over is given by who leaves and received by who comes: never the same person.
create table duty.handover (
  id uuid primary key,
  post_id uuid not null references duty.post,
  from_shift uuid not null unique references duty.shift,
  to_shift uuid references duty.shift,
  note text not null check (length(note) between 1 and 4000),
  -- Numbers of what is open: requests and tasks, as they were written.
  open_matters text[] not null default '{}',
  given_by uuid not null references access.account,
  given_label text not null,
  given_at timestamptz not null,
  received_by uuid references access.account,
  received_label text,
  received_at timestamptz,
  check (received_by is null or received_by <> given_by),
  check ((received_by is null) = (received_at is null))
);
create index handover_post on duty.handover (post_id, given_at desc);

create table duty.team (
  id uuid primary key,
  kind text not null check (kind in ('task_force', 'vanguard_team', 'vanguard_post')),
  node_id integer not null references organization.node,
  name text not null check (length(name) between 1 and 60),
  purpose text not null check (length(purpose) between 1 and 400),
  head_id uuid not null references access.account,
  head_label text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  ended_at timestamptz,
  made_by uuid references access.account,
  made_at timestamptz not null,
  version integer not null default 0,
  check (to_at > from_at)
);
create index team_node on duty.team (node_id) where ended_at is null;
-- Of a vanguard team or post: members of the Party. Shown to the organisation line and to the team, to nobody else (row 8).
create table duty.team_member (
  id uuid primary key,
  team_id uuid not null references duty.team,
  account_id uuid not null references access.account,
  label text not null,
  from_at timestamptz not null,
  to_at timestamptz,
  added_by uuid references access.account,
  check (to_at is null or to_at > from_at),
  constraint once_in_a_team exclude using gist (team_id with =, account_id with =, tstzrange(from_at, to_at) with &&)
);
create index team_member_of on duty.team_member (account_id);

create table duty.lent (
  id uuid primary key,
  account_id uuid not null references access.account,
  label text not null,
  from_node integer not null references organization.node,
  to_node integer not null references organization.node,
  from_at timestamptz not null,
  -- Expected back then; they are away until somebody says they are back.
  return_at timestamptz not null,
  returned_at timestamptz,
  purpose text not null check (length(purpose) between 1 and 200),
  lent_by uuid references access.account,
  told_at timestamptz,
  version integer not null default 0,
  check (from_node <> to_node),
  check (return_at > from_at),
  check (returned_at is null or returned_at > from_at),
  constraint lent_once_at_a_time exclude using gist (account_id with =, tstzrange(from_at, returned_at) with &&)
);

-- Where a person is in the campaign: 一心战疫, 安心居家, 全心复工. Never why in terms of health.
create table duty.status (
  id uuid primary key,
  account_id uuid references access.account,
  person_id uuid references organization.person,
  label text not null,
  node_id integer not null references organization.node,
  state text not null check (state in ('on_duty', 'at_home', 'returning')),
  from_at timestamptz not null,
  to_at timestamptz,
  reason text not null,
  set_by uuid references access.account,
  set_at timestamptz not null,
  version integer not null default 0,
  check ((account_id is null) <> (person_id is null)),
  check (to_at is null or to_at > from_at),
  constraint one_status_at_a_time exclude using gist
    ((coalesce(account_id, person_id)) with =, tstzrange(from_at, to_at) with &&)
);
create index status_node on duty.status (node_id, from_at desc);

-- Delegation 代理: one role at one place for at most fourteen days, approved by somebody who is neither.
create table duty.delegation (
  id uuid primary key,
  from_id uuid not null references access.account,
  from_label text not null,
  to_id uuid not null references access.account,
  to_label text not null,
  role text not null,
  node_id integer not null references organization.node,
  line_id integer references organization.line,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reason text not null check (length(reason) between 1 and 200),
  state text not null check (state in ('asked', 'approved', 'refused', 'ended')),
  asked_at timestamptz not null,
  decided_by uuid references access.account,
  decided_label text,
  decided_at timestamptz,
  decision text,
  ended_at timestamptz,
  version integer not null default 0,
  check (from_id <> to_id),
  check (decided_by is null or (decided_by <> from_id and decided_by <> to_id)),
  check (state not in ('approved', 'refused') or decided_by is not null),
  check (to_at > from_at and to_at - from_at <= interval '14 days'),
  constraint delegated_once_at_a_time exclude using gist
    (from_id with =, role with =, node_id with =, (coalesce(line_id, 0)) with =, tstzrange(from_at, to_at) with &&)
    where (state = 'approved')
);
create index delegation_to on duty.delegation (to_id, to_at);

grant usage on schema duty to lastmetre_app;
grant select, insert, update on all tables in schema duty to lastmetre_app;

-- A grant for a box of time, on behalf of another account: read with every session, over by itself.
create table access.boxed_grant (
  id uuid primary key,
  account_id uuid not null references access.account,
  behalf_id uuid not null references access.account,
  role text not null,
  node_id integer not null references organization.node,
  line_id integer references organization.line,
  from_at timestamptz not null,
  to_at timestamptz not null,
  ended_at timestamptz,
  check (account_id <> behalf_id),
  check (to_at > from_at and to_at - from_at <= interval '14 days'),
  check (role not in ('sysadmin', 'secadmin', 'auditor'))
);
create index boxed_grant_account on access.boxed_grant (account_id) where ended_at is null;
grant select, insert, update on access.boxed_grant to lastmetre_app;
