-- The draw of follow-up calls (rules 9) and what surrounds a call: rates, frames, scripts, hand-over, after-sales visits.

-- What share of each stratum is called. A plan is never changed: a later one with its own first day takes its place.
create table followups.rates (
  no integer generated always as identity primary key,
  -- First day it holds for, in the group's time zone; always after the day it was made on.
  from_day text not null check (from_day ~ '^\d{4}-\d\d-\d\d$'),
  -- Per ten thousand, as the exceptions are: the first line that fits a stratum decides, else the base.
  base integer not null check (base between 100 and 10000),
  again integer not null check (again between 0 and 10000),
  lines jsonb not null default '[]',
  made_by uuid,
  made_by_label text,
  made_at timestamptz not null
);

-- One calendar day of the group: its commitment, its frame, its draw, its frozen result.
create table followups.day (
  day text primary key check (day ~ '^\d{4}-\d\d-\d\d$'),
  rates_no integer references followups.rates,
  committed_at timestamptz not null,
  commitment bytea not null,
  -- Committed after the day had begun to be handled without it: then everybody silent is called.
  late boolean not null default false,
  -- The secret under the server's key, until the day's calls are frozen and it is told.
  secret_locked bytea,
  secret bytea,
  closed_at timestamptz,
  framed integer,
  frame_digest bytea,
  seal_no bigint,
  seal_root bytea,
  -- The seal with its commitment stands in the anchors file outside the database.
  anchored_at timestamptz,
  frozen_at timestamptz,
  check ((secret_locked is null) = (secret is not null))
);
create index day_unsettled on followups.day (day) where frozen_at is null;

-- Every request that was handled or withdrawn on a day.
create table followups.frame (
  day text not null,
  request_id uuid not null,
  at timestamptz not null,
  exit text not null check (exit in ('handled', 'withdrawn')),
  unit_id integer,
  site_id integer,
  category_id integer,
  priority text,
  on_time boolean,
  -- Why it is called for certain; null where chance decides.
  mandatory text,
  -- How often it had been reopened when it was handled: more of them means the person denied it since.
  reopens smallint not null default 0,
  -- What was decided when the person's own day was over; null until then.
  disposed text check (disposed in ('drawn', 'mandatory', 'not_drawn', 'own_solved', 'own_not')),
  disposed_at timestamptz,
  call_id uuid references followups.call,
  -- What had become of the call when the day was frozen. gone: it had left before anybody could ring.
  outcome text check (outcome in ('solved', 'better', 'not_solved', 'unclear', 'refused', 'unreachable', 'cancelled', 'open', 'gone')),
  primary key (day, request_id)
);
create index frame_undisposed on followups.frame (at) where disposed is null;
create index frame_request on followups.frame (request_id, at);

alter table followups.call
  add column kind text not null default 'closure' check (kind in ('closure', 'again', 'visit')),
  add column day text,
  -- Not on the list before this moment; null = at once.
  add column opens_at timestamptz,
  -- The call whose answer is asked a second time.
  add column first_call_id uuid references followups.call,
  -- Hours after the confirmed closing (visits only).
  add column after_hours smallint,
  -- Whose the appointment is; moves on with a hand-over.
  add column keeper_id uuid,
  add column keeper_label text,
  -- Who is ringing at this moment; lapses by itself.
  add column claimed_by uuid,
  add column claimed_label text,
  add column claimed_until timestamptz,
  -- The account the request is for, so that a good hour is learnt from earlier calls.
  add column person_id uuid,
  drop constraint call_reason_check,
  add constraint call_reason_check check (reason in ('silent', 'said_by_other', 'withdrawn', 'drawn', 'urgent', 'confidential',
    'reopened', 'complaint', 'late', 'again', 'correction', 'after_sales'));
drop index followups.one_open_call;
create unique index one_open_call on followups.call (request_id, kind, coalesce(after_hours, 0)) where done_at is null;
create index call_person on followups.call (person_id, done_at) where person_id is not null and outcome = 'answered';
create index call_again on followups.call (first_call_id) where first_call_id is not null;
create index call_site_done on followups.call (site_id, done_at) where outcome = 'answered';

alter table followups.answer
  add column seconds integer check (seconds between 0 and 14400),
  add column call_ref text,
  add column ticks text[] not null default '{}';

-- An after-sales visit: whether it stayed solved. Apart from the answers, so that it can never be counted as one.
create table followups.visit_result (
  call_id uuid primary key references followups.call,
  at timestamptz not null,
  caller_id uuid not null,
  result text not null check (result in ('still_good', 'came_back', 'unclear')),
  -- Came back after its relapse window: told, and a new request is needed.
  too_late boolean not null default false,
  words text,
  script_version text not null,
  seconds integer,
  call_ref text
);

-- Hours after a confirmed closing at which somebody asks again, by category.
create table followups.visit_rule (
  category_id integer not null,
  after_hours smallint not null check (after_hours between 1 and 720),
  primary key (category_id, after_hours)
);

-- What the caller says. A version is never changed; answers store the one that was read out.
create table followups.script (
  purpose text not null check (purpose in ('closure', 'withdrawn', 'again', 'visit')),
  version integer not null check (version > 0),
  lines jsonb not null,
  made_by_label text,
  made_at timestamptz not null,
  primary key (purpose, version)
);

create table followups.handover (
  id uuid primary key,
  at timestamptz not null,
  from_id uuid not null,
  from_label text not null,
  note text,
  taken_at timestamptz,
  taken_by uuid,
  taken_label text
);
create index handover_waiting on followups.handover (at) where taken_at is null;
create table followups.handover_item (
  handover_id uuid not null references followups.handover,
  call_id uuid not null references followups.call,
  note text,
  primary key (handover_id, call_id)
);
create index handover_item_call on followups.handover_item (call_id);

grant select, insert, update on followups.day, followups.frame, followups.handover to lastmetre_app;
grant select, insert on followups.rates, followups.visit_result, followups.script, followups.handover_item to lastmetre_app;
grant select, insert, delete on followups.visit_rule to lastmetre_app;
grant usage on all sequences in schema followups to lastmetre_app;

-- What callers wrote down about a request goes with the rest when it is moved to a sealed line (decision 15); the note of a
-- shift that speaks of it, too.
create or replace function followups.erase_words(needed uuid) returns void language sql security definer set search_path = '' as
$$
  update followups.answer set words = null, call_ref = null
  where call_id in (select id from followups.call where request_id = needed);
  update followups.visit_result set words = null, call_ref = null
  where call_id in (select id from followups.call where request_id = needed);
  update followups.handover set note = null
  where note is not null and id in (
    select i.handover_id from followups.handover_item i join followups.call c on c.id = i.call_id where c.request_id = needed);
  update followups.handover_item set note = null
  where note is not null and call_id in (select id from followups.call where request_id = needed);
$$;

insert into followups.rates (from_day, base, again, made_at) values ('2000-01-01', 10000, 300, '2000-01-01T00:00:00Z');

insert into followups.script (purpose, version, made_at, lines) values
('closure', 1, '2000-01-01T00:00:00Z', '{
  "opening": ["您好，我是综合保障随访专员，不是办这件事的人。三个问题，一分钟。您说没解决，对您没有任何影响。", "Hello, I call for the support group; I am not the one who handled this. Three questions, one minute. If you say it is not solved, nothing happens to you."],
  "contacted": ["办这件事的人，联系过您吗？", "Has anyone dealing with it been in touch with you?"],
  "answer": ["{subject}这件事，现在解决了没有？", "Is it solved now — {subject}?"],
  "satisfied": ["对结果，您满意吗？", "Are you satisfied with the result?"],
  "speed": ["对处理快慢，您满意吗？", "With how fast it was dealt with?"],
  "attitude": ["对办事人的态度，您满意吗？", "With the manner of those who dealt with it?"],
  "closing": ["谢谢您。以后又不行了，在诉求里点“没解决”，或者直接打热线。", "Thank you. If it comes back, say \"not solved\" in your request, or ring the hotline."]
}'),
('withdrawn', 1, '2000-01-01T00:00:00Z', '{
  "opening": ["您好，我是综合保障随访专员，不是办这件事的人。您撤回了一件诉求，我想问清楚这是不是您自己的意思。您怎么说都没有影响。", "Hello, I call for the support group; I am not the one who handled this. You withdrew a request and I would like to hear whether that was your own wish. Whatever you say, nothing happens to you."],
  "contacted": ["办这件事的人，联系过您吗？", "Has anyone dealing with it been in touch with you?"],
  "answer": ["{subject}这件事，现在解决了没有？", "Is it solved now — {subject}?"],
  "satisfied": ["对结果，您满意吗？", "Are you satisfied with the result?"],
  "speed": ["对处理快慢，您满意吗？", "With how fast it was dealt with?"],
  "attitude": ["对办事人的态度，您满意吗？", "With the manner of those who dealt with it?"],
  "closing": ["谢谢您。您随时可以再提，谁也不能要求您撤回。", "Thank you. You may ask again at any time; nobody may ask you to withdraw."]
}'),
('again', 1, '2000-01-01T00:00:00Z', '{
  "opening": ["您好，我是综合保障随访专员。前几天同事可能给您打过电话，我们抽查一下，再问您同样的几个问题。", "Hello, I call for the support group. A colleague may have rung you some days ago; we check a few calls and ask the same questions once more."],
  "contacted": ["办这件事的人，联系过您吗？", "Has anyone dealing with it been in touch with you?"],
  "answer": ["{subject}这件事，现在解决了没有？", "Is it solved now — {subject}?"],
  "satisfied": ["对结果，您满意吗？", "Are you satisfied with the result?"],
  "speed": ["对处理快慢，您满意吗？", "With how fast it was dealt with?"],
  "attitude": ["对办事人的态度，您满意吗？", "With the manner of those who dealt with it?"],
  "closing": ["谢谢您再说一遍。", "Thank you for saying it once more."]
}'),
('visit', 1, '2000-01-01T00:00:00Z', '{
  "opening": ["您好，我是综合保障随访专员。您前些天说{subject}解决了，我来问一声：现在还好吗？", "Hello, I call for the support group. Some days ago you said {subject} was solved; I ask whether it still is."],
  "visit": ["现在还好，还是又出问题了？", "Is it still all right, or has it come back?"],
  "closing": ["谢谢您。又出问题随时告诉我们。", "Thank you. Tell us at any time if it comes back."]
}');
