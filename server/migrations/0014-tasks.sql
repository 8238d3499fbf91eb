create schema tasks;

-- Documents have no gaps: the last number of a kind and year, taken and held until the transaction ends.
create table tasks.counter (
  kind text not null check (kind in ('task', 'problem')),
  year integer not null,
  last integer not null check (last >= 0),
  primary key (kind, year)
);

-- A supervised task (督办): who answers for what by when, and by what it is recognised as done.
create table tasks.task (
  id uuid primary key,
  number text not null unique,
  state text not null check (state in ('issued', 'received', 'in_progress', 'submitted', 'accepted', 'returned', 'void')),
  source_kind text not null check (source_kind in
    ('request', 'case', 'instruction', 'resolution', 'finding', 'measure', 'ledger', 'directive', 'problem')),
  source_id uuid,
  source_label text not null,
  title text not null,
  criterion text not null,
  priority text not null check (priority in ('urgent', 'high', 'normal24', 'normal48', 'normal72')),
  class text not null,
  -- Drawn from a request that is confidential or of a class that is not normal: in no export, told to its own parties only.
  guarded boolean not null default false,
  -- Where it lies.
  unit_id integer,
  site_id integer,
  -- One accountable owner: a person, the post of a line (at head office or in a unit), or the leader of a unit.
  owner_id uuid,
  owner_label text,
  owner_line_id integer,
  owner_unit_id integer,
  check (owner_id is not null or owner_line_id is not null or owner_unit_id is not null),
  -- Who took it in hand for a post.
  holder_id uuid,
  holder_label text,
  -- The issuing side: this place and everything above it accepts. No issuer: the program raised it.
  issuer_id uuid,
  issuer_label text not null,
  issuer_node_id integer not null,
  issued_at timestamptz not null,
  -- Statistics use this one, whatever was granted later.
  due_original timestamptz not null,
  due_at timestamptz not null,
  extended_at timestamptz,
  receive_by timestamptz not null,
  received_at timestamptz,
  silently_received boolean not null default false,
  -- First time somebody did something about it: received by a person, or progress.
  first_action_at timestamptz,
  submitted_at timestamptz,
  accepted_at timestamptz,
  accepted_by uuid,
  returned_at timestamptz,
  returns smallint not null default 0,
  voided_at timestamptz,
  -- The colour in force: recorded, so that a list shows it without asking every slip.
  colour text check (colour in ('blue', 'yellow', 'red')),
  -- When time does the next thing to it by itself: receipt, a slip, or the next step of telling upward.
  next_look_at timestamptz,
  told_upward smallint not null default 0,
  next_telling_at timestamptz,
  once_key text unique,
  version integer not null default 0,
  check (due_original > issued_at),
  check (due_at >= due_original),
  check ((state = 'accepted') = (accepted_at is not null)),
  check ((state = 'void') = (voided_at is not null))
);
create index task_look on tasks.task (next_look_at) where next_look_at is not null;
create index task_open on tasks.task (due_at, id) where state not in ('accepted', 'void');
create index task_closed on tasks.task (issued_at desc, id) where state in ('accepted', 'void');
create index task_owner on tasks.task (owner_id) where owner_id is not null;
create index task_source on tasks.task (source_id) where source_id is not null;

-- A step on the way with a day of its own; met when somebody says so with the words of progress.
create table tasks.milestone (
  id uuid primary key,
  task_id uuid not null references tasks.task,
  due_at timestamptz not null,
  what text not null,
  met_at timestamptz,
  met_by uuid
);
create index milestone_task on tasks.milestone (task_id, due_at);

-- Everyone who did something for the owner: none of them accepts.
create table tasks.hand (
  task_id uuid not null references tasks.task,
  account_id uuid not null,
  line_id integer,
  home_node_id integer,
  at timestamptz not null,
  primary key (task_id, account_id)
);

-- Three-colour slips. `reason` names the one occasion, so that each is issued once.
create table tasks.slip (
  id uuid primary key,
  task_id uuid not null references tasks.task,
  no integer not null,
  colour text not null check (colour in ('blue', 'yellow', 'red')),
  reason text not null,
  why text not null check (why in ('near_due', 'milestone', 'quality', 'overdue')),
  due_at timestamptz not null,
  -- When the occasion arose; `issued_at` is when the slip was written.
  occurred_at timestamptz not null,
  issued_at timestamptz not null,
  unique (task_id, reason),
  unique (task_id, no)
);

-- Each telling upward of a red one: step of the ladder, to whom, how many.
create table tasks.telling (
  id uuid primary key,
  task_id uuid not null references tasks.task,
  no integer not null,
  rung smallint not null,
  role text not null,
  node_id integer not null,
  addressees integer not null,
  at timestamptz not null,
  unique (task_id, no)
);

-- The thread of a task, a hard problem or a directive.
create table tasks.entry (
  id uuid primary key,
  record_id uuid not null,
  at timestamptz not null,
  kind text not null,
  actor_id uuid,
  who text,
  text text,
  data jsonb not null default '{}',
  file_ids uuid[] not null default '{}'
);
create index entry_record on tasks.entry (record_id, at, id);

-- A directive (党委号召有所指): each paragraph leads to tasks or to a signed reason why not.
create table tasks.directive (
  id uuid primary key,
  title text not null,
  document_number text not null,
  issued_by text not null,
  issued_at timestamptz not null,
  node_id integer not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  version integer not null default 0
);
create unique index directive_document on tasks.directive (document_number, node_id);

create table tasks.paragraph (
  id uuid primary key,
  directive_id uuid not null references tasks.directive,
  n integer not null check (n > 0),
  text text not null,
  -- No action, with a reason and a signature.
  no_action text,
  signed_by uuid,
  signed_label text,
  signed_at timestamptz,
  unique (directive_id, n),
  check ((no_action is null) = (signed_by is null) and (no_action is null) = (signed_at is null))
);

create table tasks.mapping (
  paragraph_id uuid not null references tasks.paragraph,
  task_id uuid not null references tasks.task,
  mapped_by uuid not null,
  mapped_at timestamptz not null,
  primary key (paragraph_id, task_id)
);
create index mapping_task on tasks.mapping (task_id);

-- A hard problem (难点): worked on by a joint team, looked at every week.
create table tasks.problem (
  id uuid primary key,
  number text not null unique,
  state text not null check (state in ('open', 'closed')),
  title text not null,
  matter text not null,
  source_kind text not null,
  source_id uuid,
  source_label text not null,
  class text not null,
  guarded boolean not null default false,
  unit_id integer,
  site_id integer,
  -- Classes of line the team must have: party, business, oversight.
  required_classes text[] not null default '{}',
  opened_by uuid,
  opened_label text not null,
  opened_at timestamptz not null,
  closed_by uuid,
  closed_label text,
  closed_at timestamptz,
  once_key text unique,
  version integer not null default 0,
  check ((state = 'closed') = (closed_at is not null))
);
create index problem_open on tasks.problem (opened_at) where state = 'open';
create index problem_source on tasks.problem (source_id) where source_id is not null;

create table tasks.member (
  id uuid primary key,
  problem_id uuid not null references tasks.problem,
  account_id uuid not null,
  label text not null,
  level text not null check (level in ('head_office', 'unit', 'site')),
  line_id integer,
  line_class text check (line_class in ('party', 'business', 'oversight')),
  home_node_id integer,
  leads boolean not null default false,
  -- Lent by its own unit until this day.
  return_due timestamptz,
  returned_at timestamptz,
  added_by uuid not null,
  added_at timestamptz not null,
  left_at timestamptz,
  -- Oversight watches; it does not lead what it inspects.
  check (not leads or line_class is distinct from 'oversight')
);
create unique index member_once on tasks.member (problem_id, account_id) where left_at is null;
create unique index one_leader on tasks.member (problem_id) where leads and left_at is null;

-- What a week brought. A week without a row has no movement recorded, which is not "the same".
create table tasks.movement (
  id uuid primary key,
  problem_id uuid not null references tasks.problem,
  -- Monday of the week in the group's zone, as yyyy-mm-dd.
  week text not null check (week ~ '^\d{4}-\d{2}-\d{2}$'),
  direction text not null check (direction in ('better', 'same', 'worse')),
  text text not null,
  recorded_by uuid not null,
  recorded_label text not null,
  at timestamptz not null
);
create index movement_problem on tasks.movement (problem_id, week, at);

create table tasks.link (
  problem_id uuid not null references tasks.problem,
  kind text not null check (kind in ('request', 'task', 'ledger')),
  record_id uuid not null,
  label text not null,
  linked_by uuid,
  linked_at timestamptz not null,
  primary key (problem_id, kind, record_id)
);
create index link_record on tasks.link (record_id);

grant usage on schema tasks to lastmetre_app;
grant select, insert, update, delete on all tables in schema tasks to lastmetre_app;
-- What happened is inserted, never changed; and no document disappears.
revoke update, delete on tasks.hand, tasks.slip, tasks.telling, tasks.entry, tasks.mapping, tasks.movement, tasks.link from lastmetre_app;
revoke delete on tasks.counter, tasks.task, tasks.milestone, tasks.directive, tasks.paragraph, tasks.problem, tasks.member from lastmetre_app;
-- Erasing what a request said, where it was moved to a sealed line, blanks the thread's words too, through this door only.
create function tasks.erase_words(record uuid) returns void language sql security definer set search_path = '' as
$$ update tasks.entry set text = null, file_ids = '{}' where record_id = record and text is not null $$;
revoke all on function tasks.erase_words(uuid) from public;
grant execute on function tasks.erase_words(uuid) to lastmetre_app;
