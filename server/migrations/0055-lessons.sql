-- Lessons (经验教训): on leaving a stage every unit looks back; what was observed is analysed, proposed, decided by somebody
-- else, adopted where it is worked by, and looked at again a month later.
create schema lessons;

create table lessons.counter (
  year integer primary key,
  last integer not null check (last >= 0)
);

-- One unit's look back upon one stage it has left.
create table lessons.review (
  id uuid primary key,
  -- The period that ended, and the order that had begun it: it closes when every unit has answered.
  period_id uuid not null,
  order_id uuid,
  stage_code text not null,
  left_at timestamptz not null,
  unit_id integer not null references organization.node,
  due_at timestamptz not null,
  state text not null check (state in ('open', 'none_asked', 'answered')),
  -- "None" is said with a reason by one and signed by the unit's leader.
  none_reason text,
  none_asked_by uuid references access.account,
  none_asked_label text,
  none_signed_by uuid references access.account,
  none_signed_label text,
  answered_at timestamptz,
  answered_by uuid references access.account,
  answered_label text,
  version integer not null default 0,
  unique (period_id, unit_id),
  constraint none_signed_by_another check (none_signed_by is null or none_signed_by is distinct from none_asked_by),
  check (state <> 'none_asked' or (none_reason is not null and none_asked_by is not null)),
  check ((state = 'answered') = (answered_at is not null))
);
create index review_order on lessons.review (order_id) where order_id is not null;
create index review_open on lessons.review (due_at) where state <> 'answered';

create table lessons.lesson (
  id uuid primary key,
  number text not null unique,
  review_id uuid references lessons.review,
  stage_code text not null,
  -- Null: of the whole group.
  unit_id integer references organization.node,
  line_id integer references organization.line,
  kind text not null check (kind in ('good', 'bad')),
  -- Who decides: the unit's leader, or the support group for everybody.
  level text not null check (level in ('unit', 'group')),
  state text not null check (state in ('observed', 'analysed', 'proposed', 'adopted', 'rejected', 'effect_reviewed')),
  title text not null check (length(title) between 2 and 80),
  title_en text not null default '' check (length(title_en) <= 160),
  observed text not null check (length(observed) between 2 and 1000),
  cause text,
  proposal text,
  author_label text not null,
  -- Everybody who wrote on it: none of them decides on it or says what it did.
  writers uuid[] not null,
  observed_at timestamptz not null,
  analysed_at timestamptz,
  proposed_at timestamptz,
  decided_by uuid references access.account,
  decided_label text,
  decided_at timestamptz,
  decision text,
  effect_due timestamptz,
  effect text check (effect in ('better', 'same', 'worse')),
  -- What is counted, and how it stood before and after.
  effect_measure text,
  effect_before double precision,
  effect_after double precision,
  effect_words text,
  effect_by uuid references access.account,
  effect_label text,
  effect_at timestamptz,
  version integer not null default 0,
  check (level = 'group' or unit_id is not null),
  check (state = 'observed' or cause is not null),
  check (state in ('observed', 'analysed') or proposal is not null),
  check ((state in ('adopted', 'rejected', 'effect_reviewed')) = (decided_at is not null)),
  check (state <> 'rejected' or decision is not null),
  check ((state = 'effect_reviewed') = (effect_at is not null)),
  constraint decided_by_another check (decided_by is null or not (decided_by = any (writers))),
  constraint effect_by_another check (effect_by is null or not (effect_by = any (writers))),
  constraint effect_says_something check (
    effect is null or effect_words is not null or (effect_measure is not null and effect_before is not null and effect_after is not null))
);
create index lesson_review on lessons.lesson (review_id) where review_id is not null;
create index lesson_stage on lessons.lesson (stage_code, observed_at desc);
create index lesson_effect on lessons.lesson (effect_due) where state = 'adopted';

-- What it rests on: records of the house. A lesson without any is an opinion.
create table lessons.evidence (
  lesson_id uuid not null references lessons.lesson,
  kind text not null check (kind in ('request', 'task', 'drill', 'near_miss')),
  record_id uuid not null,
  number text not null,
  added_by uuid references access.account,
  added_at timestamptz not null,
  primary key (lesson_id, record_id)
);
create index evidence_record on lessons.evidence (record_id);

-- Where it is worked by since: a plan, a line of one, an article, a contingency.
create table lessons.adoption (
  lesson_id uuid not null references lessons.lesson,
  kind text not null check (kind in ('plan', 'measure', 'article', 'contingency')),
  -- Id of the record; of an article its code.
  record_id text not null,
  zh text not null,
  en text not null,
  route text not null,
  at timestamptz not null,
  primary key (lesson_id, kind, record_id)
);
create index adoption_record on lessons.adoption (kind, record_id);

-- At the end of the transaction a lesson rests on something, and what is adopted is adopted somewhere.
create function lessons.rests_on_something() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from lessons.evidence e where e.lesson_id = new.id) then
    raise exception 'a lesson rests on a record' using errcode = 'check_violation', constraint = 'rests_on_something';
  end if;
  if (select l.state from lessons.lesson l where l.id = new.id) in ('adopted', 'effect_reviewed')
    and not exists (select from lessons.adoption a where a.lesson_id = new.id) then
    raise exception 'adopted means adopted somewhere' using errcode = 'check_violation', constraint = 'adopted_somewhere';
  end if;
  return null;
end $$;
create constraint trigger rests_on_something after insert or update on lessons.lesson
  deferrable initially deferred for each row execute function lessons.rests_on_something();

grant usage on schema lessons to lastmetre_app;
grant select, insert, update on all tables in schema lessons to lastmetre_app;
revoke update on lessons.evidence, lessons.adoption from lastmetre_app;
