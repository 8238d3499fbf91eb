-- Handled and called solved by somebody whose word closes nothing: looked for every minute, and there are few.
create index request_said_by_other on requests.request (handled_at, id) where state = 'handled' and said_by_other;
