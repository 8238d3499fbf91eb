-- A paragraph may be mapped to the wrong task: the mapping stays as what was done, and so does its undoing, by whom and why.
-- The same two may be mapped again later, so a mapping has an id of its own.
alter table tasks.mapping drop constraint mapping_pkey;
alter table tasks.mapping add column id uuid primary key default gen_random_uuid();
create index mapping_paragraph on tasks.mapping (paragraph_id);

create table tasks.unmapping (
  mapping_id uuid primary key references tasks.mapping,
  reason text not null,
  undone_by uuid not null,
  undone_at timestamptz not null
);
grant select, insert on tasks.unmapping to lastmetre_app;

-- What went out to other systems is forgotten after a while; what still waits never is. The only way a delivery is deleted.
create function webhooks.forget_deliveries(before timestamptz) returns bigint language sql security definer set search_path = '' as
$$
  with gone as (
    delete from webhooks.delivery where created_at < before and done_at < before and state in ('sent', 'dead', 'dropped')
    returning 1)
  select count(*) from gone
$$;
revoke all on function webhooks.forget_deliveries(timestamptz) from public;
grant execute on function webhooks.forget_deliveries(timestamptz) to lastmetre_app;
