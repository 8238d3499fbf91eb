-- What a plan waits for, and since when: whoever may do it is told once, and finds it among their duties.
alter table plans.plan
  add column waits_for text check (waits_for in ('feasible', 'reviewed', 'approved', 'still_fits', 'begun', 'effect')),
  add column waits_since timestamptz,
  add check ((waits_for is null) = (waits_since is null));
create index plan_waits on plans.plan (waits_for) where waits_for is not null;
alter table plans.signature add column waited_since timestamptz;
create index signature_account on plans.signature (account_id, at);
