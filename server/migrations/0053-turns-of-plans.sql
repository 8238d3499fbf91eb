-- A plan sent back is signed anew by everyone: each turn has its own signatures, and those of earlier turns stay.
alter table plans.plan add column turn smallint not null default 1 check (turn > 0);
alter table plans.signature add column turn smallint not null default 1;
alter table plans.signature drop constraint signature_pkey;
alter table plans.signature drop constraint signature_plan_id_round_account_id_key;
alter table plans.signature add primary key (plan_id, turn, step);
alter table plans.signature add constraint one_step_each unique (plan_id, turn, round, account_id);
-- The matrix reads the sets of a unit's sites that still say something.
create index plan_standing on plans.plan (kind, site_id) where state not in ('superseded', 'withdrawn');
