-- Roles: owner migrates; app works; figures reads published views; audit reads the journal. None but the owner may
-- change what has happened.
do $$
begin
  if not exists (select from pg_roles where rolname = 'lastmetre_app') then create role lastmetre_app; end if;
  if not exists (select from pg_roles where rolname = 'lastmetre_audit') then create role lastmetre_audit; end if;
  if not exists (select from pg_roles where rolname = 'lastmetre_figures') then create role lastmetre_figures; end if;
end $$;

do $$
declare s text;
begin
  foreach s in array array['platform', 'organization', 'stages', 'knowledge', 'access', 'requests', 'cases', 'followups'] loop
    execute format('grant usage on schema %I to lastmetre_app', s);
    execute format('grant select, insert, update, delete on all tables in schema %I to lastmetre_app', s);
    execute format('grant usage on all sequences in schema %I to lastmetre_app', s);
  end loop;
end $$;
-- What happened is inserted, never updated.
revoke update, delete on requests.entry, cases.hand, followups.attempt, followups.answer from lastmetre_app;
revoke delete on requests.request, cases.case_file, cases.ask, followups.call, access.account, access.grant_ from lastmetre_app;
-- Erasing content on removal to a sealed line blanks the thread's words too, through this door only.
create function requests.erase_words(request uuid) returns void language sql security definer set search_path = '' as
$$ update requests.entry set text = null, file_ids = '{}' where request_id = request and text is not null $$;
revoke all on function requests.erase_words(uuid) from public;
grant execute on function requests.erase_words(uuid) to lastmetre_app;

grant usage on schema journal to lastmetre_app, lastmetre_audit;
grant select, insert on journal.entry, journal.settled, journal.seal, journal.cursor, journal.low_water to lastmetre_app;
grant update on journal.cursor, journal.low_water to lastmetre_app;
grant usage, select on sequence journal.entry_seq to lastmetre_app;
grant select on journal.entry, journal.settled, journal.seal to lastmetre_audit;
