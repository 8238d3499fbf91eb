-- Why a form is asked no more, and since when: what a phone made before then still comes in.
alter table reports.form
  add column retired_at timestamptz,
  add column retired_label text,
  add column retired_words text;
-- What nobody has answered yet is asked no more with its form; a filing with a version cannot be deleted, its versions hold it.
grant delete on reports.filing to lastmetre_app;

-- The board of 1,000 sites counts a day from the index alone; a unit reads its slice of it.
drop index measures.occurrence_day;
create index occurrence_day on measures.occurrence (day, unit_id, site_id) include (state, late, red, verdict);
-- What lapsed is a few in a hundred of the days it is looked for in.
create index occurrence_lapsed on measures.occurrence (day, unit_id) where state = 'lapsed';
-- The draw of a day stands in its order: the first dozen are read and no more.
create index occurrence_drawn on measures.occurrence (day, red desc, md5(day || id::text)) where state = 'done' and verdict is null;
