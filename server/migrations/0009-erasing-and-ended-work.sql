-- What a caller wrote down goes with the rest when a request is moved to a sealed line (decision 15).
create function followups.erase_words(needed uuid) returns void language sql security definer set search_path = '' as
$$
  update followups.answer set words = null
  where words is not null and call_id in (select id from followups.call where request_id = needed)
$$;
revoke all on function followups.erase_words(uuid) from public;
grant execute on function followups.erase_words(uuid) to lastmetre_app;
create index call_request on followups.call (request_id);

-- What staff wrote once into the threads of all requests of a case is erased from each of them: it may be about the one.
create or replace function requests.erase_words(request uuid) returns void language sql security definer set search_path = '' as
$$
  update requests.entry copy set text = null
  from requests.entry original
  where original.request_id = $1 and original.side = 'staff' and original.text is not null
    and copy.request_id in (
      select other.id from requests.request one join requests.request other on other.case_id = one.case_id
      where one.id = $1 and other.id <> $1)
    and copy.side = 'staff' and copy.at = original.at and copy.kind = original.kind and copy.text = original.text;
  update requests.entry set text = null, file_ids = '{}',
    who = case when side = 'requester' then null else who end,
    actor_id = case when side = 'requester' then null else actor_id end
  where request_id = $1
$$;

-- Work none of whose requests is open any more ends: no clock runs, nobody accepts or resumes it (decision 16).
alter table cases.case_file drop constraint case_file_state_check, add constraint case_file_state_check
  check (state in ('dispatched', 'accepted', 'in_progress', 'suspended', 'handled', 'returned', 'reopened', 'ended'));
