-- Articles with versions: what operators answer from is written by one, reviewed by another, and comes up for review.
-- The row of an article holds the text in force, so that reading and suggesting touch one table.
alter table knowledge.article
  add column id uuid not null default gen_random_uuid() unique,
  add column keywords text not null default '',
  add column category_id integer references organization.category,
  -- Null until the first version is in force, and again after it was withdrawn.
  add column in_force integer,
  add column owner_id uuid references access.account,
  add column owner_label text,
  -- Group-local day, as it is written: sorts as text and knows no zone.
  add column review_by text check (review_by ~ '^\d{4}-\d{2}-\d{2}$'),
  add column withdrawn_at timestamptz;
update knowledge.article set in_force = 1;

create table knowledge.version (
  article_code text not null references knowledge.article,
  no integer not null check (no > 0),
  state text not null check (state in ('draft', 'in_review', 'in_force', 'superseded', 'refused')),
  zh text not null,
  en text not null,
  body_zh text not null,
  body_en text not null,
  keywords text not null default '',
  category_id integer references organization.category,
  author_id uuid references access.account,
  author_label text not null,
  written_at timestamptz not null,
  -- Counts the saves of a draft: two people on one draft do not overwrite each other unseen.
  saves integer not null default 1,
  reviewer_id uuid references access.account,
  reviewer_label text,
  reviewed_at timestamptz,
  review_words text,
  primary key (article_code, no),
  check (state in ('draft', 'in_review') or reviewed_at is not null),
  check (reviewer_id is null or reviewer_id <> author_id)
);
create unique index one_version_in_force on knowledge.version (article_code) where state = 'in_force';
create unique index one_open_draft on knowledge.version (article_code) where state in ('draft', 'in_review');
insert into knowledge.version (article_code, no, state, zh, en, body_zh, body_en, author_label, written_at, reviewer_label, reviewed_at)
  select code, 1, 'in_force', zh, en, body_zh, body_en, 'system', now(), 'system', now() from knowledge.article;

-- "Answered with": which request was answered from which version. What came of it is asked of the requests.
create table knowledge.use (
  request_id uuid primary key,
  article_code text not null references knowledge.article,
  version_no integer not null,
  at timestamptz not null
);
create index use_article on knowledge.use (article_code, at desc);

grant select, insert, update, delete on knowledge.version to lastmetre_app;
grant select, insert on knowledge.use to lastmetre_app;
revoke delete on knowledge.article, knowledge.version from lastmetre_app;
create sequence knowledge.article_number start 100;
grant usage on sequence knowledge.article_number to lastmetre_app;
