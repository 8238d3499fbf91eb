-- Content removed to a sealed line takes with it who said it and every picture, also where no words stood beside them.
create or replace function requests.erase_words(request uuid) returns void language sql security definer set search_path = '' as
$$
  update requests.entry set text = null, file_ids = '{}',
    who = case when side = 'requester' then null else who end,
    actor_id = case when side = 'requester' then null else actor_id end
  where request_id = request
$$;
