/**
 * Roles and permissions, the closed lists both sides agree on.
 * Source: domain bible section 2 (roles) and rules 3, 5, 6 (who may verify, who may see).
 */
export const roles = [
  'worker',
  'site_officer',
  'operator',
  'dispatcher',
  'dispatcher_lead',
  'handler',
  'followup_caller',
  'unit_liaison',
  'unit_leader',
  'group_leader',
  'keeper',
  'driver',
  'buyer',
  'buyer_lead',
  'counsellor',
  'care_lead',
  'inspector',
  'publicity',
  'resumption',
  'gate_reviewer',
  'panel',
  'sysadmin',
  'secadmin',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  'requests.ask',
  'requests.register',
  'requests.read',
  'requests.judge',
  'requests.export',
  'cases.dispatch',
  'cases.arbitrate',
  'cases.handle',
  'cases.approve',
  'followups.call',
  'hotline.take',
  'knowledge.read',
  'organization.read',
  'organization.manage',
  'accounts.manage',
  'grants.manage',
  'tokens.manage',
  'journal.read',
] as const;
export type Permission = (typeof permissions)[number];

/** `public` needs no account; `signedIn` needs one but no particular right. */
export type Gate = Permission | 'public' | 'signedIn';

const everyone: Permission[] = ['requests.ask', 'requests.judge', 'knowledge.read', 'organization.read'];

/** What each role may do; over what part of the group is decided by its grants. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  worker: everyone,
  site_officer: [...everyone, 'requests.register', 'requests.read', 'requests.export'],
  operator: [...everyone, 'hotline.take', 'requests.register', 'requests.read'],
  dispatcher: [...everyone, 'requests.read', 'requests.export', 'cases.dispatch'],
  dispatcher_lead: [
    ...everyone,
    'requests.read',
    'requests.export',
    'cases.dispatch',
    'cases.arbitrate',
    'cases.approve',
  ],
  handler: [...everyone, 'requests.read', 'requests.export', 'cases.handle'],
  followup_caller: [...everyone, 'followups.call'],
  unit_liaison: [...everyone, 'requests.read', 'requests.export'],
  unit_leader: [...everyone, 'requests.read', 'requests.export', 'cases.approve'],
  group_leader: [...everyone, 'requests.read', 'requests.export'],
  keeper: everyone,
  driver: everyone,
  buyer: everyone,
  buyer_lead: everyone,
  counsellor: everyone,
  care_lead: everyone,
  inspector: everyone,
  publicity: everyone,
  resumption: everyone,
  gate_reviewer: everyone,
  panel: everyone,
  sysadmin: ['organization.read', 'organization.manage', 'accounts.manage'],
  secadmin: ['organization.read', 'grants.manage', 'tokens.manage'],
  auditor: ['organization.read', 'journal.read'],
};

/** Roles that no two of which one person may hold (等保 L3: system, security and audit are separate). */
export const administratorRoles: readonly Role[] = ['sysadmin', 'secadmin', 'auditor'];

/** Roles that must pass a second factor at sign-in. */
export const secondFactorRoles: readonly Role[] = ['sysadmin', 'secadmin', 'auditor', 'counsellor', 'care_lead'];
