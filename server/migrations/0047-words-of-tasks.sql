-- What the program itself raises is named in both languages; what a person wrote stays as they wrote it.
alter table tasks.task add column title_en text, add column criterion_en text;
alter table tasks.problem add column title_en text;

update tasks.task set
  title_en = source_label || ' not solved after being redone twice',
  criterion_en = 'Confirmed as solved by the person, or to a caller from outside the line; says why it failed the first two times and which 1 practice was changed'
where issuer_id is null and source_kind = 'ledger' and title = source_label || ' 两次重办仍未解决';
update tasks.problem set title_en = source_label || ' not solved after being redone three times'
where opened_by is null and source_kind = 'ledger' and title = source_label || ' 三次重办仍未解决';
