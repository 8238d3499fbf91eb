import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId } from './endpoint.ts';
import { permissions, roles } from './permissions.ts';

/** What a program's token opens. Those of Open311 open that door and nothing else. */
export const tokenScopes = ['requests:create', 'requests:read', 'open311:create', 'open311:read'] as const;

export const locales = ['zh-CN', 'en'] as const;

export const me = z.object({
  id,
  login: z.string(),
  label: z.string(),
  locale: z.enum(locales),
  roles: z.array(z.enum(roles)),
  permissions: z.array(z.enum(permissions)),
  homeNodeId: z.number().nullable(),
  /** `password` = must be changed, `enrol` = second factor must be set up, `code` = must be entered. */
  pending: z.enum(['password', 'enrol', 'code']).nullable(),
  csrf: z.string(),
});
export type Me = z.infer<typeof me>;

const nothing = z.object({});

export const accessEndpoints = {
  signIn: endpoint({
    method: 'POST',
    path: '/api/session',
    gate: 'public',
    scope: null,
    summary: 'Sign in with login and password',
    input: z.object({ login: z.string().trim().min(1).max(80), password: z.string().min(1).max(200) }),
    output: me,
  }),
  demoAccounts: endpoint({
    method: 'GET',
    path: '/api/public/demo-accounts',
    gate: 'public',
    scope: null,
    summary: 'Accounts for one-click sign-in; empty unless this is a demo opened on this machine',
    input: nothing,
    output: z.object({
      accounts: z.array(
        z.object({ login: z.string(), label: z.string(), roles: z.array(z.enum(roles)), place: z.string() }),
      ),
    }),
  }),
  demoSignIn: endpoint({
    method: 'POST',
    path: '/api/session/demo',
    gate: 'public',
    scope: null,
    summary: 'Sign in as a demo account by one click',
    input: z.object({ login: z.string().max(80) }),
    output: me,
  }),
  /** Null for a visitor: to ask who one is is no fault. */
  me: endpoint({
    method: 'GET',
    path: '/api/session',
    gate: 'public',
    scope: null,
    summary: 'Who is signed in; null for nobody',
    input: nothing,
    output: me.nullable(),
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/api/session',
    gate: 'signedIn',
    scope: null,
    summary: 'Sign out',
    input: nothing,
    output: done,
  }),
  secondFactor: endpoint({
    method: 'POST',
    path: '/api/session/second-factor',
    gate: 'public',
    scope: null,
    summary: 'Enter the six-digit code',
    input: z.object({
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/),
    }),
    output: me,
  }),
  enrol: endpoint({
    method: 'POST',
    path: '/api/session/second-factor/enrolment',
    gate: 'public',
    scope: null,
    summary: 'Begin setting up the second factor: a secret for an authenticator app',
    input: nothing,
    output: z.object({ uri: z.string(), secret: z.string(), qr: z.string() }),
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/api/session/password',
    gate: 'public',
    scope: null,
    summary: 'Change the password',
    input: z.object({ current: z.string().max(200), next: z.string().min(10).max(200) }),
    output: me,
  }),
  setLocale: endpoint({
    method: 'PUT',
    path: '/api/session/locale',
    gate: 'signedIn',
    scope: null,
    summary: 'Choose the language of the interface',
    input: z.object({ locale: z.enum(locales) }),
    output: done,
  }),
  sessions: endpoint({
    method: 'GET',
    path: '/api/sessions',
    gate: 'signedIn',
    scope: null,
    summary: 'My sessions on other devices',
    input: nothing,
    output: z.object({
      sessions: z.array(
        z.object({ id, device: z.string(), createdAt: instant, lastSeenAt: instant, current: z.boolean() }),
      ),
    }),
  }),
  revokeSession: endpoint({
    method: 'DELETE',
    path: '/api/sessions/:id',
    gate: 'signedIn',
    scope: null,
    summary: 'End one of my sessions',
    input: z.object({ id }),
    output: done,
  }),
  accounts: endpoint({
    method: 'GET',
    path: '/api/accounts',
    gate: 'signedIn',
    scope: null,
    summary: 'Accounts with their grants (system and security administrators)',
    input: z.object({ search: z.string().trim().max(80).optional(), after: z.string().max(120).optional() }),
    output: z.object({
      accounts: z.array(
        z.object({
          id,
          login: z.string(),
          label: z.string(),
          staffNo: z.string().nullable(),
          homeNodeId: z.number().nullable(),
          disabled: z.boolean(),
          lockedUntil: instant.nullable(),
          secondFactor: z.boolean(),
          lastSeenAt: instant.nullable(),
          grants: z.array(
            z.object({
              id,
              role: z.enum(roles),
              nodeId: z.number(),
              lineId: z.number().nullable(),
              grantedAt: instant,
            }),
          ),
        }),
      ),
      next: z.string().nullable(),
    }),
  }),
  createAccount: endpoint({
    method: 'POST',
    path: '/api/accounts',
    gate: 'accounts.manage',
    scope: null,
    summary: 'Create an account with a one-time password',
    input: z.object({
      login: z
        .string()
        .trim()
        .min(2)
        .max(40)
        .regex(/^[a-z0-9_.-]+$/i),
      label: z.string().trim().min(1).max(60),
      staffNo: z.string().trim().max(40).optional(),
      homeNodeId: nodeId,
    }),
    output: z.object({ id, oneTimePassword: z.string() }),
  }),
  disableAccount: endpoint({
    method: 'PUT',
    path: '/api/accounts/:id/disabled',
    gate: 'accounts.manage',
    scope: null,
    summary: 'Disable or enable an account; disabling ends its sessions',
    input: z.object({ id, disabled: z.boolean() }),
    output: done,
  }),
  resetPassword: endpoint({
    method: 'POST',
    path: '/api/accounts/:id/one-time-password',
    gate: 'accounts.manage',
    scope: null,
    summary: 'Give an account a new one-time password',
    input: z.object({ id }),
    output: z.object({ oneTimePassword: z.string() }),
  }),
  grant: endpoint({
    method: 'POST',
    path: '/api/accounts/:id/grants',
    gate: 'grants.manage',
    scope: null,
    summary: 'Grant a role over a part of the group and, for some roles, a line',
    input: z.object({ id, role: z.enum(roles), nodeId, lineId: lineId.nullable() }),
    output: z.object({ grantId: id }),
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/grants/:id',
    gate: 'grants.manage',
    scope: null,
    summary: 'Take a grant back; effective within five seconds everywhere',
    input: z.object({ id }),
    output: done,
  }),
  tokens: endpoint({
    method: 'GET',
    path: '/api/tokens',
    gate: 'tokens.manage',
    scope: null,
    summary: 'Tokens given to programs',
    input: nothing,
    output: z.object({
      tokens: z.array(
        z.object({
          id,
          name: z.string(),
          scopes: z.array(z.string()),
          siteId: z.number().nullable(),
          createdAt: instant,
          lastUsedAt: instant.nullable(),
          revokedAt: instant.nullable(),
        }),
      ),
    }),
  }),
  createToken: endpoint({
    method: 'POST',
    path: '/api/tokens',
    gate: 'tokens.manage',
    scope: null,
    summary: 'Give a program a token; shown once',
    input: z.object({
      name: z.string().trim().min(2).max(60),
      scopes: z.array(z.enum(tokenScopes)).min(1),
      siteId: nodeId.nullable(),
    }),
    output: z.object({ id, token: z.string() }),
  }),
  revokeToken: endpoint({
    method: 'DELETE',
    path: '/api/tokens/:id',
    gate: 'tokens.manage',
    scope: null,
    summary: 'Revoke a token',
    input: z.object({ id }),
    output: done,
  }),
};
