-- Copies among measure sets: what a set is recognised by, kept so that an approval need not read every other set again,
-- and the looks at all of them together.
create table plans.sketch (
  plan_id uuid primary key references plans.plan,
  -- The 256 least hashes of its own pieces, 4 bytes each, ascending (docs/plans.md).
  hashes bytea not null
);

create table plans.copy_look (
  id uuid primary key,
  started_at timestamptz not null,
  -- Null: the nightly one.
  by_id uuid,
  by_label text,
  -- Null while it runs, or where the program ended before it did.
  finished_at timestamptz,
  sets integer,
  -- Sets it found to be copies that nobody knew to be.
  found integer,
  check ((finished_at is null) = (sets is null) and (finished_at is null) = (found is null))
);
create index copy_look_started on plans.copy_look (started_at desc);

grant select, insert, update on plans.sketch, plans.copy_look to lastmetre_app;
