-- The journal in months (decision 12). `month` is the month in which PostgreSQL took the entry, in UTC; never the
-- event's time, which an import or a phone's clock may set years back. What was written before this migration stays where
-- it lies, as one partition before all months.
alter table journal.settled drop constraint settled_seq_fkey;
alter table journal.entry rename to entry_before;
alter table journal.entry_before drop constraint entry_pkey, alter column seq drop default;
alter index journal.entry_record rename to entry_before_record;

do $$
declare
  first date := date_trunc('month', now() at time zone 'UTC');
  before date := first - interval '1 month';
  of_table text;
begin
  -- A constant default is a note in the catalogue: no row is rewritten.
  foreach of_table in array array['entry_before', 'settled'] loop
    execute format('alter table journal.%I add column month date not null default %L', of_table, before);
    execute format('alter table journal.%I alter column month drop default', of_table);
  end loop;
  create table journal.entry (like journal.entry_before) partition by range (month);
  alter table journal.entry
    alter column seq set default nextval('journal.entry_seq'),
    alter column month set default (date_trunc('month', now() at time zone 'UTC'))::date,
    add primary key (seq, month);
  create index entry_record on journal.entry (record_id);
  execute format('alter table journal.entry attach partition journal.entry_before for values from (minvalue) to (%L)', first);
  create table journal.entry_default partition of journal.entry default;
end $$;

grant select, insert on journal.entry to lastmetre_app;
grant select on journal.entry to lastmetre_audit;
revoke all on journal.entry_before, journal.entry_default from lastmetre_app, lastmetre_audit;

-- Makes the partitions of this month and the next three where they are missing. The application owns no table, so the owner
-- lends it this one act; what the default partition took meanwhile goes where it belongs.
create function journal.make_months(today date) returns integer language plpgsql security definer
  set search_path = '' set lock_timeout = '5s' as
$$
declare
  first date := date_trunc('month', greatest(today, (now() at time zone 'UTC')::date));
  from_day date;
  to_day date;
  name text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(7301, 6);
  for ahead in 0..3 loop
    from_day := first + make_interval(months => ahead);
    to_day := from_day + interval '1 month';
    name := 'entry_' || to_char(from_day, 'YYYY_MM');
    continue when to_regclass('journal.' || name) is not null;
    -- Made beside and attached: inserts into other months go on meanwhile.
    execute format('create table journal.%I (like journal.entry)', name);
    if exists (select from journal.entry_default where month >= from_day and month < to_day) then
      lock table journal.entry_default in access exclusive mode;
      execute format('with moved as (delete from journal.entry_default where month >= %L and month < %L returning *)
        insert into journal.%I select * from moved', from_day, to_day, name);
    end if;
    execute format('alter table journal.entry attach partition journal.%I for values from (%L) to (%L)', name, from_day, to_day);
    made := made + 1;
  end loop;
  return made;
end
$$;
revoke all on function journal.make_months(date) from public;
grant execute on function journal.make_months(date) to lastmetre_app;
select journal.make_months(current_date);

-- What somebody has uploaded on a day, apart from the files: a request without a name leaves no trace of who sent its
-- pictures, and still counts. Rows of past days are swept.
create table platform.upload_tally (
  sender text not null,
  day date not null,
  files integer not null,
  bytes bigint not null,
  primary key (sender, day)
);
grant select, insert, update, delete on platform.upload_tally to lastmetre_app;

-- An owner who is no superuser made the role and yet, since PostgreSQL 16, may not take it.
do $$
begin
  if not pg_has_role(current_user, 'lastmetre_app',
      case when current_setting('server_version_num')::integer >= 160000 then 'SET' else 'MEMBER' end) then
    execute format('grant lastmetre_app to %I', current_user);
  end if;
end $$;

-- A login of the application's own tells pending migrations from none.
grant select on public.lastmetre_migration to lastmetre_app;
