create schema cases;

create sequence cases.number_seq;

-- The work on 1..n requests. A case never writes a request's verdict (rules 1).
create table cases.case_file (
  id uuid primary key,
  state text not null check (state in ('dispatched', 'accepted', 'in_progress', 'suspended', 'handled', 'returned', 'reopened')),
  line_id integer not null,
  lead_unit_id integer,
  priority text not null,
  arbitrated boolean not null default false,
  returns smallint not null default 0 check (returns <= 2),
  extended boolean not null default false,
  handler_id uuid,
  handler_label text,
  dispatched_at timestamptz not null,
  accepted_at timestamptz,
  silently_accepted boolean not null default false,
  suspended_at timestamptz,
  suspended_until timestamptz,
  handled_at timestamptz,
  solution text check (solution in ('solved', 'partly', 'explained', 'out_of_scope')),
  created_at timestamptz not null,
  version integer not null default 0
);
create index case_awaiting_acceptance on cases.case_file (dispatched_at) where state = 'dispatched' and not silently_accepted;
create index case_suspended on cases.case_file (suspended_until) where state = 'suspended';

-- Everyone who touched the work, for canVerifyClosure (rules 3).
create table cases.hand (
  case_id uuid not null references cases.case_file,
  account_id uuid not null,
  did text not null check (did in ('handled', 'co_handled', 'accepted', 'approved', 'returned', 'dispatched', 'arbitrated')),
  line_id integer,
  home_node_id integer,
  at timestamptz not null,
  primary key (case_id, account_id, did)
);

-- Lines that ever had the case, also after a return.
create table cases.assignment (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  line_id integer not null,
  lead_unit_id integer,
  assigned_by uuid,
  at timestamptz not null,
  ended_at timestamptz,
  return_reason text
);
create index assignment_case on cases.assignment (case_id);

create table cases.ask (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  kind text not null check (kind in ('extension', 'suspension')),
  asked_by uuid not null,
  asked_by_label text not null,
  asked_at timestamptz not null,
  until_at timestamptz not null,
  reason_code text not null,
  text text not null,
  decided_by uuid,
  decided_at timestamptz,
  approved boolean,
  check (decided_by is null or decided_by <> asked_by),
  check ((decided_at is null) = (approved is null))
);
create unique index one_ask_at_a_time on cases.ask (case_id) where decided_at is null;

create schema followups;

-- One request to be verified by a call. At most one is open per request.
create table followups.call (
  id uuid primary key,
  request_id uuid not null,
  reason text not null check (reason in ('silent', 'said_by_other', 'withdrawn')),
  site_id integer,
  unit_id integer,
  class text not null,
  due_at timestamptz not null,
  appointment_at timestamptz,
  created_at timestamptz not null,
  done_at timestamptz,
  outcome text check (outcome in ('answered', 'unreachable', 'refused', 'cancelled')),
  caller_id uuid,
  check ((done_at is null) = (outcome is null))
);
create unique index one_open_call on followups.call (request_id) where done_at is null;
create index call_due on followups.call (due_at, id) where done_at is null;
create index call_done on followups.call (done_at) where done_at is not null;

create table followups.attempt (
  id uuid primary key,
  call_id uuid not null references followups.call,
  at timestamptz not null,
  channel text not null check (channel in ('phone', 'thread', 'visit')),
  outcome text not null,
  caller_id uuid not null,
  caller_label text not null
);
create index attempt_call on followups.attempt (call_id, at);

-- Frozen on completion: inserted once, never changed.
create table followups.answer (
  call_id uuid primary key references followups.call,
  at timestamptz not null,
  caller_id uuid not null,
  contacted boolean not null,
  answer text not null check (answer in ('solved', 'better', 'not_solved', 'unclear')),
  satisfied smallint check (satisfied between 1 and 5),
  speed smallint check (speed between 1 and 5),
  attitude smallint check (attitude between 1 and 5),
  words text,
  script_version text not null
);
