-- A box joins two people's hands while it runs, asked from either side with every session, and of boxes that are over as well:
-- what one did for the other stays done by both.
drop index access.boxed_grant_account;
create index boxed_grant_account on access.boxed_grant (account_id);
create index boxed_grant_behalf on access.boxed_grant (behalf_id);
