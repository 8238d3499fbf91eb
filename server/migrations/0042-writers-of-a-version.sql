-- Everybody who wrote on a version, not only who wrote last: none of them puts it in force.
alter table knowledge.version add column writers uuid[] not null default '{}';
update knowledge.version set writers = array[author_id] where author_id is not null;
alter table knowledge.version add check (reviewer_id is null or not reviewer_id = any (writers));
