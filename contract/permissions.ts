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
  'followup_lead',
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
  'clocks.manage',
  'catalogue.read',
  'catalogue.manage',
  'triage.manage',
  'followups.call',
  'followups.plan',
  'ledger.read',
  'ledger.judge',
  'ledger.explain',
  'tasks.read',
  'tasks.issue',
  'hotline.take',
  'hotline.lead',
  'knowledge.read',
  'knowledge.write',
  'messages.manage',
  'outreach.record',
  'integrations.manage',
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
  site_officer: [...everyone, 'requests.register', 'requests.read', 'requests.export', 'tasks.read', 'outreach.record'],
  operator: [...everyone, 'hotline.take', 'requests.register', 'requests.read', 'knowledge.write'],
  dispatcher: [
    ...everyone,
    'requests.read',
    'requests.export',
    'cases.dispatch',
    'catalogue.read',
    'ledger.read',
    'tasks.read',
    'knowledge.write',
  ],
  dispatcher_lead: [
    ...everyone,
    'requests.read',
    'requests.export',
    'cases.dispatch',
    'cases.arbitrate',
    'cases.approve',
    'clocks.manage',
    'catalogue.read',
    'catalogue.manage',
    'triage.manage',
    'ledger.read',
    'tasks.read',
    'tasks.issue',
    'hotline.lead',
    'knowledge.write',
  ],
  handler: [
    ...everyone,
    'requests.read',
    'requests.export',
    'cases.handle',
    'catalogue.read',
    'ledger.read',
    'tasks.read',
    'knowledge.write',
  ],
  followup_caller: [...everyone, 'followups.call', 'outreach.record'],
  followup_lead: [...everyone, 'followups.call', 'followups.plan', 'ledger.read'],
  unit_liaison: [...everyone, 'requests.read', 'requests.export', 'tasks.read', 'outreach.record'],
  unit_leader: [
    ...everyone,
    'requests.read',
    'requests.export',
    'cases.approve',
    'ledger.read',
    'ledger.explain',
    'tasks.read',
    'tasks.issue',
  ],
  group_leader: [...everyone, 'requests.read', 'requests.export', 'ledger.read', 'tasks.read', 'tasks.issue'],
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
  panel: [...everyone, 'ledger.read', 'ledger.judge'],
  sysadmin: ['organization.read', 'organization.manage', 'accounts.manage', 'messages.manage'],
  secadmin: ['organization.read', 'grants.manage', 'tokens.manage', 'integrations.manage'],
  auditor: ['organization.read', 'journal.read'],
};

/** Roles that no two of which one person may hold (等保 L3: system, security and audit are separate). */
export const administratorRoles: readonly Role[] = ['sysadmin', 'secadmin', 'auditor'];

/** Roles that must pass a second factor at sign-in. */
export const secondFactorRoles: readonly Role[] = ['sysadmin', 'secadmin', 'auditor', 'counsellor', 'care_lead'];
