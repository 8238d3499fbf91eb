-- Every character and pair of characters of what may be searched (never confidential, personal, health or sealed words),
-- each turned by the eight days it is from, with the keys of its site and unit among them: see search/keys.ts. A search
-- reads the lists of the newest days first and ends when its page is full. The reader of the journal fills it anew.
drop table requests.search;
create table requests.search (
  request_id uuid primary key references requests.request,
  -- When it was submitted; never changes.
  at timestamptz not null,
  keys integer[] not null
);
create index search_keys on requests.search using gin (keys) with (fastupdate = off);
grant select, insert, update, delete on requests.search to lastmetre_app;
delete from journal.cursor where reader = 'requests.search';
