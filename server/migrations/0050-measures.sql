-- Measures become work (措施打卡): every line of a plan in force falls due in its rhythm, is done with evidence, and lapses
-- where everybody sees it. Who did it does not say that it was done well: that is checked from outside.
create schema measures;

-- The line as it came into force. Its plan may be superseded; what was done under it still says what it was about.
create table measures.line (
  id uuid primary key,
  plan_id uuid not null,
  level text not null check (level in ('group', 'unit', 'site')),
  unit_id integer references organization.node,
  site_id integer references organization.node,
  stage text not null,
  template_code text,
  zh text not null,
  en text not null,
  place text not null,
  how text not null,
  work_line_id integer references organization.line,
  owner_id uuid references access.account,
  phase text not null,
  nature text not null,
  -- As the plan says it; `rhythm` is its first word: daily, per_shift, weekly, monthly, quarterly, yearly, once, per_event.
  frequency text not null,
  rhythm text not null,
  -- Minute of the group's day by which a day's, week's or month's is due.
  due_minute integer not null,
  -- After coming into force (once) or after it happened (per_event).
  within_minutes integer,
  evidence text not null check (evidence in ('record', 'doc', 'count', 'photo', 'sign')),
  evidence_count integer not null,
  red boolean not null,
  -- Somebody is ill: the phone shows this one as a button of its own.
  fever boolean not null,
  in_force_from timestamptz not null,
  ended_at timestamptz
);
create index line_plan on measures.line (plan_id);
create index line_rhythm on measures.line (rhythm, due_minute) where ended_at is null;
create index line_site on measures.line (site_id) where ended_at is null;

create table measures.occurrence (
  id uuid primary key,
  line_id uuid not null references measures.line,
  -- The window of the rhythm: a line has one of each, however often it is made.
  key text not null,
  plan_id uuid not null,
  unit_id integer,
  site_id integer,
  red boolean not null,
  -- Group-local day of the due.
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  window_from timestamptz not null,
  window_to timestamptz not null,
  due_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'lapsed', 'cannot', 'ended')),
  -- Stays, whatever is done later.
  lapsed_at timestamptz,
  done_at timestamptz,
  done_by uuid references access.account,
  done_label text,
  -- Done after its due: for ever late.
  late boolean not null default false,
  made_offline boolean not null default false,
  cannot_at timestamptz,
  cannot_by uuid references access.account,
  answer text check (answer in ('help', 'excused')),
  answered_at timestamptz,
  task_id uuid,
  task_number text,
  -- What somebody outside said of it.
  verdict text check (verdict in ('agreed', 'refused')),
  version integer not null default 0,
  unique (line_id, key),
  check ((state = 'done') = (done_at is not null)),
  check (state <> 'cannot' or cannot_at is not null)
);
create index occurrence_due on measures.occurrence (due_at) where state = 'open';
create index occurrence_site on measures.occurrence (site_id, day) where site_id is not null;
create index occurrence_above on measures.occurrence (day) where site_id is null;
create index occurrence_day on measures.occurrence (day, unit_id, site_id);
create index occurrence_plan_open on measures.occurrence (plan_id) where state = 'open';
create index occurrence_cannot on measures.occurrence (cannot_at) where state = 'cannot' and answered_at is null;

-- What was said and shown, by whom and when: a second phone's tick is a further one.
create table measures.mark (
  id uuid primary key,
  occurrence_id uuid not null references measures.occurrence,
  kind text not null check (kind in ('happened', 'done', 'more', 'cannot', 'help', 'excused', 'agreed', 'refused')),
  -- The time that counts; `made_at` is what the device said.
  at timestamptz not null,
  made_at timestamptz,
  received_at timestamptz not null,
  offline boolean not null default false,
  by_id uuid not null references access.account,
  by_label text not null,
  role text not null,
  words text,
  number integer,
  signer text,
  file_ids uuid[] not null default '{}'
);
create index mark_of on measures.mark (occurrence_id, received_at);
create index mark_received on measures.mark (received_at);

grant usage on schema measures to lastmetre_app;
grant select, insert, update on measures.line, measures.occurrence to lastmetre_app;
-- What was said is never changed; it is forgotten through one door.
grant select, insert on measures.mark to lastmetre_app;
create function measures.forget_evidence(before timestamptz, most integer) returns setof uuid
language sql security definer set search_path = '' as
$$ update measures.mark m set words = null, signer = null, file_ids = '{}'
   where m.id in (select id from measures.mark
                  where received_at < before and (words is not null or signer is not null or file_ids <> '{}')
                  order by received_at limit most)
   returning m.id $$;
revoke all on function measures.forget_evidence(timestamptz, integer) from public;
grant execute on function measures.forget_evidence(timestamptz, integer) to lastmetre_app;
