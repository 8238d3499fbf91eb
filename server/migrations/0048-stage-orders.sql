-- Stage orders (阶段令): a stage begins somewhere by one signed act, on a basis, at an hour, and what it changes changes with it.

-- Which stage may follow which; the database refuses every other order.
create table stages.transition (
  from_code text not null references stages.stage,
  to_code text not null references stages.stage,
  primary key (from_code, to_code),
  check (from_code <> to_code)
);
-- A group that was there before this had its stages from the standard work.
insert into stages.transition (from_code, to_code)
select a.code, b.code
from (values ('S0', 'S1'), ('S1', 'S2'), ('S1', 'S0'), ('S2', 'S3'), ('S3', 'S4'), ('S3', 'S2'), ('S4', 'S1'), ('S4', 'S0'), ('S4', 'S2')) as standard (from_code, to_code)
join stages.stage a on a.code = standard.from_code
join stages.stage b on b.code = standard.to_code;

-- Numbers have no gaps: the last of a year, held until the transaction that signs has ended.
create table stages.counter (
  year integer primary key,
  last integer not null check (last >= 0)
);

create table stages.stage_order (
  id uuid primary key,
  -- Given when it is signed.
  number text unique,
  -- The group, a unit or a site.
  node_id integer not null references organization.node,
  from_code text not null,
  to_code text not null,
  constraint listed_transition foreign key (from_code, to_code) references stages.transition,
  basis_number text not null check (basis_number <> ''),
  basis_title text not null check (basis_title <> ''),
  -- The first moment, in the group's zone, of the day of the basis document.
  basis_at timestamptz not null,
  effective_at timestamptz not null,
  constraint not_before_its_basis check (effective_at >= basis_at),
  -- What brought it about, in words.
  trigger text not null check (trigger <> ''),
  emergency boolean not null default false,
  -- Emergency only: takes effect with the second signature, whatever hour was written down.
  at_once boolean not null default false,
  check (emergency or not at_once),
  state text not null check (state in
    ('draft', 'reviewed', 'countersigning', 'signed', 'in_force', 'closing_review', 'closed', 'withdrawn')),
  drafted_by uuid not null,
  drafted_label text not null,
  drafted_at timestamptz not null,
  reviewed_by uuid,
  reviewed_label text,
  reviewed_at timestamptz,
  signed_by uuid,
  signed_label text,
  signed_at timestamptz,
  -- Emergency: the second leader.
  second_by uuid,
  second_label text,
  second_at timestamptz,
  -- Three hands, and in an emergency the drafter and two leaders: never two by one person.
  constraint different_hands check (
    reviewed_by is distinct from drafted_by and signed_by is distinct from drafted_by and second_by is distinct from drafted_by
    and (signed_by is null or signed_by is distinct from reviewed_by)
    and (second_by is null or (second_by is distinct from signed_by and second_by is distinct from reviewed_by))),
  constraint signed_in_full check (
    state not in ('signed', 'in_force', 'closing_review', 'closed')
    or (number is not null and signed_by is not null and case when emergency then second_by is not null else reviewed_by is not null end)),
  -- As the signer saw them, and both ticks (rules: the switch stays locked until both consequences are ticked).
  readiness_seen jsonb,
  effects_seen jsonb,
  seen_unready boolean not null default false,
  seen_consequences boolean not null default false,
  constraint consequences_seen check (
    state not in ('signed', 'in_force', 'closing_review', 'closed') or (seen_unready and seen_consequences)),
  in_force_at timestamptz,
  closing_at timestamptz,
  closed_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_label text,
  check ((state = 'withdrawn') = (withdrawn_at is not null)),
  version integer not null default 0
);
-- At most one order on its way per scope.
create unique index one_open_order on stages.stage_order (node_id)
  where state in ('draft', 'reviewed', 'countersigning', 'signed');
create index order_of_node on stages.stage_order (node_id, effective_at desc);

-- What happened to an order, with the words said: inserted, never changed.
create table stages.entry (
  id uuid primary key,
  order_id uuid not null references stages.stage_order,
  at timestamptz not null,
  actor_id uuid,
  actor_label text not null,
  kind text not null check (kind in
    ('drafted', 'changed', 'reviewed', 'returned', 'signed', 'countersigned', 'withdrawn', 'activated', 'rejoined',
     'chased', 'closing', 'closed')),
  unit_id integer,
  text text,
  data jsonb not null default '{}'
);
create index entry_of_order on stages.entry (order_id, at);

-- Whether a unit stood ready for a stage when it was last looked at. The journal's flips are the truth; this is the last one.
create table stages.readiness (
  id uuid primary key,
  unit_id integer not null references organization.node,
  to_code text not null references stages.stage,
  ready boolean not null,
  since timestamptz not null,
  checked_at timestamptz not null,
  unique (unit_id, to_code)
);

-- A period of an order: begun by it, on its basis, and applied once.
alter table stages.period
  add column order_id uuid references stages.stage_order,
  add column basis_at timestamptz,
  add column applied_at timestamptz,
  add constraint period_not_before_its_basis check (basis_at is null or from_at >= basis_at);
create index period_of_order on stages.period (order_id) where order_id is not null;

-- A period that an order began must be the order's own stage, place and hour.
create function stages.period_keeps_its_order() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.order_id is not null and not exists (
    select from stages.stage_order o
    where o.id = new.order_id and o.node_id = new.node_id and o.to_code = new.stage_code and o.effective_at = new.from_at
  ) then
    raise exception 'a period begins with its order' using errcode = 'check_violation', constraint = 'period_keeps_its_order';
  end if;
  return new;
end $$;
create trigger period_keeps_its_order before insert or update on stages.period
  for each row execute function stages.period_keeps_its_order();

grant select, insert, update, delete on stages.transition, stages.counter, stages.stage_order, stages.entry, stages.readiness
  to lastmetre_app;
revoke delete on stages.stage_order from lastmetre_app;
revoke update, delete on stages.entry from lastmetre_app;
