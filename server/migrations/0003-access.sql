create schema access;

create table access.account (
  id uuid primary key,
  login text not null,
  label text not null,
  person_id uuid unique references organization.person,
  home_node_id integer not null references organization.node,
  password_hash text,
  must_change_password boolean not null default false,
  totp_secret text,
  totp_confirmed boolean not null default false,
  -- The last accepted time step: a code works once.
  totp_step bigint not null default 0,
  failures smallint not null default 0,
  locked_until timestamptz,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  disabled boolean not null default false,
  last_seen_at timestamptz,
  created_at timestamptz not null
);
create unique index account_login on access.account (lower(login));

create table access.session (
  id uuid primary key,
  secret_hash bytea not null unique,
  account_id uuid not null references access.account,
  pending text check (pending in ('password', 'enrol', 'code')),
  device text not null,
  demo boolean not null default false,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz
);
create index session_account on access.session (account_id) where ended_at is null;

create table access.grant_ (
  id uuid primary key,
  account_id uuid not null references access.account,
  role text not null,
  node_id integer not null references organization.node,
  line_id integer references organization.line,
  granted_by uuid,
  granted_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid
);
create index grant_account on access.grant_ (account_id) where revoked_at is null;
create unique index grant_once on access.grant_ (account_id, role, node_id, coalesce(line_id, 0)) where revoked_at is null;
-- System, security and audit administrators are three different people.
create unique index one_administrator_role on access.grant_ (account_id)
  where revoked_at is null and role in ('sysadmin', 'secadmin', 'auditor');

create table access.token (
  id uuid primary key,
  name text not null,
  secret_hash bytea not null unique,
  scopes text[] not null,
  site_id integer references organization.node,
  created_by uuid not null references access.account,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
