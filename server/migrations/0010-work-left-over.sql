-- Until work for nobody ended by itself (decision 16), a withdrawal or a sealing left it where it stood. It ends here, so
-- that time neither accepts nor resumes it and nobody is asked about it.
with left_over as (
  select id, exists (select from requests.request r where r.case_id = f.id and r.state = 'handled') as awaits_verdict
  from cases.case_file f
  where state in ('dispatched', 'accepted', 'in_progress', 'suspended', 'reopened')
    and not exists (select from requests.request r where r.case_id = f.id and r.state in ('in_work', 'reopened'))
)
update cases.case_file f
set state = case when awaits_verdict then 'handled' else 'ended' end, suspended_at = null, suspended_until = null,
  version = version + 1
from left_over where left_over.id = f.id;

update cases.ask a set decided_at = now(), approved = false
where decided_at is null
  and not exists (select from requests.request r where r.case_id = a.case_id and r.state in ('in_work', 'reopened'));
update requests.request set asked = false where asked and state not in ('in_work', 'reopened');
