create schema requests;

create sequence requests.number_seq;

-- One call, scan or visit (rules 1).
create table requests.contact (
  id uuid primary key,
  at timestamptz not null,
  channel text not null,
  operator_id uuid,
  caller_key bytea,
  -- requests | information | nudge | dropped; null while the call runs
  outcome text check (outcome in ('requests', 'information', 'nudge', 'dropped'))
);
create index contact_caller on requests.contact (caller_key, at desc) where caller_key is not null;

-- One need of one person: its clocks and its verdict. `work` and what belongs to it mirror the case, so that every
-- queue reads this one table.
create table requests.request (
  id uuid primary key,
  number text not null unique,
  contact_id uuid references requests.contact,
  channel text not null,
  confidentiality text not null check (confidentiality in ('open', 'confidential', 'anonymous')),
  class text not null check (class in ('normal', 'personal', 'health')),
  category_id integer not null,
  first_category_id integer not null,
  unit_id integer,
  site_id integer,
  stage_code text,
  priority text not null check (priority in ('urgent', 'high', 'normal24', 'normal48', 'normal72')),
  requester_id uuid,
  registrar_id uuid,
  device_id text,
  code_hmac bytea not null,
  code_dies_at timestamptz,
  submitted_at timestamptz not null,
  received_at timestamptz not null,
  state text not null default 'received' check (state in ('received', 'in_work', 'handled', 'reopened',
    'resolved_confirmed', 'closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn')),
  open boolean generated always as (state in ('received', 'in_work', 'handled', 'reopened')) stored,
  verdict_by text check (verdict_by in ('requester', 'code', 'followup')),
  -- Clocks: all from submitted_at. resolve_due is the original and never changes; resolve_now may be extended.
  triage_due timestamptz not null,
  contact_due timestamptz not null,
  resolve_due timestamptz not null,
  resolve_now timestamptz not null,
  promise_at timestamptz not null,
  next_due timestamptz,
  contacted_at timestamptz,
  dispatched_at timestamptz,
  handled_at timestamptz,
  closed_at timestamptz,
  noticed_at timestamptz,
  -- The work, mirrored from the case.
  work text not null default 'new' check (work in ('new', 'dispatched', 'accepted', 'in_progress', 'suspended',
    'handled', 'returned', 'reopened')),
  case_id uuid,
  line_id integer,
  lead_unit_id integer,
  handler_id uuid,
  handler_label text,
  silently_accepted boolean not null default false,
  asked boolean not null default false,
  returns smallint not null default 0,
  about_line_id integer,
  about_unit_id integer,
  nudges smallint not null default 0,
  reopens smallint not null default 0,
  said_by_other boolean not null default false,
  rating_result smallint check (rating_result between 1 and 5),
  rating_speed smallint check (rating_speed between 1 and 5),
  rating_attitude smallint check (rating_attitude between 1 and 5),
  version integer not null default 0,
  check (work in ('new', 'returned') or case_id is not null or state in ('handled', 'resolved_confirmed', 'closed_explained',
    'closed_unverified', 'closed_unreachable', 'withdrawn', 'reopened')),
  check ((state in ('resolved_confirmed', 'closed_unreachable', 'closed_unverified', 'closed_explained', 'withdrawn')) = (closed_at is not null))
);
-- Queues: who sees it, then what is due first. Partial on open: closed rows never cost a live queue anything; partial on
-- what a new request has not got yet: a create pays for four queues only. `priority` and `work` stand last so that
-- a filter by them is checked in the index, in its order, and counts never visit the rows.
create index queue_site on requests.request (site_id, next_due, id, priority, work) where open and next_due is not null;
create index queue_unit on requests.request (unit_id, next_due, id, priority, work) where open and next_due is not null;
create index queue_all on requests.request (next_due, id, priority) where open and next_due is not null;
create index queue_triage on requests.request (next_due, id, priority, work) where open and next_due is not null and work in ('new', 'returned');
create index queue_line on requests.request (line_id, lead_unit_id, next_due, id, priority, work)
  where open and next_due is not null and line_id is not null;
-- A null is no equality: without an index of its own head office's queue would be sorted at every look.
create index queue_head_office on requests.request (line_id, next_due, id, priority, work)
  where open and next_due is not null and line_id is not null and lead_unit_id is null;
create index queue_unaccepted on requests.request (next_due, id, priority) where open and next_due is not null and work = 'dispatched';
create index queue_reopened on requests.request (next_due, id, priority, unit_id, site_id, line_id, lead_unit_id)
  where open and next_due is not null and state = 'reopened';
create index queue_asked on requests.request (next_due, id) where open and next_due is not null and asked;
create index queue_handler on requests.request (handler_id, next_due, id, priority) where open and next_due is not null and handler_id is not null;
create index queue_registrar on requests.request (registrar_id, next_due, id, priority) where registrar_id is not null;
create index request_newest on requests.request (submitted_at desc, id desc);
create index request_site_newest on requests.request (site_id, submitted_at desc, id desc);
create index request_unit_newest on requests.request (unit_id, submitted_at desc, id desc);
create index request_line_newest on requests.request (line_id, submitted_at desc, id desc) where line_id is not null;
create index request_mine on requests.request (requester_id, submitted_at desc) where requester_id is not null;
create index request_case on requests.request (case_id) where case_id is not null;
create index request_contact on requests.request (contact_id);
create index request_silent on requests.request (handled_at) where state = 'handled';
create index handled_site on requests.request (site_id, submitted_at desc, id desc) where state = 'handled';
create index handled_unit on requests.request (unit_id, submitted_at desc, id desc) where state = 'handled';
create index handled_line on requests.request (line_id, lead_unit_id, submitted_at desc, id desc) where state = 'handled' and line_id is not null;

-- What people wrote. Erasing is deleting this row: the key dies with it and the journal's digest stays true.
create table requests.content (
  request_id uuid primary key references requests.request,
  key bytea not null,
  text text not null,
  point text,
  callback text,
  requester_label text,
  summary text,
  source_ref text unique
);

-- Bigrams of what may be searched (never confidential, personal, health or sealed content), filled from the journal.
create table requests.search (
  request_id uuid primary key references requests.request,
  unit_id integer,
  site_id integer,
  grams text[] not null
);
create index search_grams on requests.search using gin (grams);

create table requests.entry (
  id uuid primary key,
  request_id uuid not null references requests.request,
  at timestamptz not null,
  kind text not null,
  actor_id uuid,
  -- requester | staff | system
  side text not null check (side in ('requester', 'staff', 'system')),
  who text,
  line_id integer,
  -- everyone | staff | verifiers (frozen follow-up answers and ratings)
  audience text not null default 'everyone' check (audience in ('everyone', 'staff', 'verifiers')),
  -- True where the words are the confidential requester's own: never shown to those who handle.
  original boolean not null default false,
  text text,
  data jsonb not null default '{}',
  file_ids uuid[] not null default '{}'
);
create index entry_request on requests.entry (request_id, at, id);

-- Devices staff used on a request: its code on such a device is not the requester's own word (rules 3).
create table requests.staff_device (
  request_id uuid not null references requests.request,
  device_hash bytea not null,
  primary key (request_id, device_hash)
);
