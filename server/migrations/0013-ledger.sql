create schema ledger;

-- Dissatisfaction with one need (不满意台账): at most one open per request; a new one adds to it. What was said stays in the
-- request's thread. Place, line and class mirror the request, so that the queue reads this one table.
create table ledger.entry (
  id uuid primary key,
  request_id uuid not null,
  opened_at timestamptz not null,
  source text not null check (source in ('denial', 'followup', 'rating', 'relapse', 'objection', 'repeat', 'cannot_solve')),
  -- The latest voice and how many there were.
  last_at timestamptz not null,
  last_source text not null check (last_source in ('denial', 'followup', 'rating', 'relapse', 'objection', 'repeat', 'cannot_solve')),
  voices smallint not null default 1,
  -- Reopenings of the request and new requests for the same need, counted together.
  reopens smallint not null default 0,
  state text not null default 'open' check (state in ('open', 'deferred', 'handed_over', 'judging', 'closed')),
  -- A measure that waits for somebody's decision.
  pending text check (pending in ('deferral', 'handover', 'explanation')),
  verdict text check (verdict in ('given', 'not_given')),
  deferrals smallint not null default 0 check (deferrals <= 2),
  -- Deferred until, or when the person is asked about what was handed over.
  until_at timestamptz,
  exit text check (exit in ('redone', 'explained', 'judged', 'withdrawn', 'sealed')),
  closed_at timestamptz,
  unit_id integer,
  site_id integer,
  line_id integer,
  lead_unit_id integer,
  category_id integer not null,
  first_category_id integer not null,
  class text not null,
  confidentiality text not null,
  version integer not null default 0,
  check ((state = 'closed') = (closed_at is not null)),
  check ((closed_at is null) = (exit is null)),
  check (state not in ('deferred', 'handed_over') or until_at is not null)
);
create unique index one_open_entry on ledger.entry (request_id) where closed_at is null;
create index entry_of_request on ledger.entry (request_id);
create index entry_standing on ledger.entry (opened_at, id) where closed_at is null;
create index entry_unit on ledger.entry (unit_id, opened_at, id) where closed_at is null;
create index entry_line on ledger.entry (line_id, opened_at, id) where closed_at is null;
create index entry_until on ledger.entry (until_at) where state in ('deferred', 'handed_over');
create index entry_closed on ledger.entry (closed_at desc, id desc) where closed_at is not null;

-- Numbers of documents, without gaps within a year.
create table ledger.counter (
  year smallint primary key,
  last integer not null
);

-- One of the ways out, with its document: proposed by the line, decided by somebody outside it.
create table ledger.measure (
  id uuid primary key,
  entry_id uuid not null references ledger.entry,
  kind text not null check (kind in ('redo', 'deferral', 'handover', 'panel', 'explanation')),
  year smallint not null,
  no integer not null,
  state text not null check (state in ('proposed', 'in_force', 'refused', 'ended', 'given', 'not_given')),
  proposed_at timestamptz not null,
  -- Null: by the person served, or by time.
  proposed_by uuid,
  proposed_label text,
  -- What a panel is asked: whether the service owed was given, whether a deferral or an explanation stands.
  about text check (about in ('service', 'deferral', 'explanation')),
  reason text,
  plan text,
  until_at timestamptz,
  receiver text,
  receiver_line_id integer,
  receiver_unit_id integer,
  received_by text,
  received_at timestamptz,
  clause text,
  contact_entry_id uuid,
  contact_at timestamptz,
  objected_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  decided_label text,
  decision text,
  unique (year, no),
  check (decided_by is null or proposed_by is null or decided_by <> proposed_by)
);
create index measure_entry on ledger.measure (entry_id, proposed_at);
create unique index one_proposal on ledger.measure (entry_id) where state = 'proposed';

-- Who sits on a panel: drawn, never chosen. A seat that was left goes to another.
create table ledger.seat (
  measure_id uuid not null references ledger.measure,
  account_id uuid not null,
  label text not null,
  at timestamptz not null,
  left_at timestamptz,
  primary key (measure_id, account_id)
);
create index seat_account on ledger.seat (account_id) where left_at is null;

-- Cast blind and once.
create table ledger.vote (
  measure_id uuid not null references ledger.measure,
  account_id uuid not null,
  at timestamptz not null,
  given boolean not null,
  reason text,
  primary key (measure_id, account_id)
);

-- A new request for a need that was asked before: same person, category and site within 14 days.
create table ledger.repeat (
  request_id uuid primary key,
  first_request_id uuid not null,
  at timestamptz not null
);
create index repeat_first on ledger.repeat (first_request_id);

-- What has been raised for a request: once each, however many programs run.
create table ledger.escalation (
  request_id uuid not null,
  step text not null check (step in ('task', 'hard_problem')),
  at timestamptz not null,
  primary key (request_id, step)
);

grant usage on schema ledger to lastmetre_app;
grant select, insert, update, delete on all tables in schema ledger to lastmetre_app;
revoke delete on ledger.entry, ledger.measure, ledger.seat, ledger.repeat, ledger.escalation from lastmetre_app;
revoke update, delete on ledger.vote from lastmetre_app;

-- What was written about a request that was moved to a sealed line goes with the rest (decision 15).
create function ledger.erase_words(needed uuid) returns void language sql security definer set search_path = '' as
$$
  update ledger.measure set reason = null, plan = null, receiver = null, received_by = null, clause = null, decision = null
  where entry_id in (select id from ledger.entry where request_id = needed);
  update ledger.vote set reason = null
  where measure_id in (select m.id from ledger.measure m join ledger.entry e on e.id = m.entry_id where e.request_id = needed)
$$;
revoke all on function ledger.erase_words(uuid) from public;
grant execute on function ledger.erase_words(uuid) to lastmetre_app;

-- "Explained" may be objected to once.
alter table requests.request add column objected boolean not null default false;
