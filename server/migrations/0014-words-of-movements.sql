-- What a week of a hard problem brought is words too: they go with the thread's when its request is moved to a sealed line.
create or replace function tasks.erase_words(record uuid) returns void language sql security definer set search_path = '' as
$$
  update tasks.entry set text = null, file_ids = '{}' where record_id = record and text is not null;
  update tasks.movement set text = '' where problem_id = record and text <> '';
$$;
