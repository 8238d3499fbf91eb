-- What lies with each line is counted in the order of this index, without a look at the requests and without sorting their
-- cases.
create index load_of_lines on requests.request (line_id, lead_unit_id, case_id, next_due)
  where open and next_due is not null and line_id is not null and work not in ('new', 'returned');
