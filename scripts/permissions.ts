/**
 * Writes docs/permissions.md from the contract: which role is let in at which endpoint. A generated test walks every
 * endpoint with every role and compares. `tsx scripts/permissions.ts --check` writes nothing and fails on drift.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from '../contract/endpoint.ts';
import { endpoints } from '../contract/index.ts';
import { type Permission, type Role, rolePermissions, roles } from '../contract/permissions.ts';

export const file = fileURLToPath(new URL('../docs/permissions.md', import.meta.url));

/** Endpoints whose gate is wider than what the handler lets in: any one of these permissions is asked for inside. */
const narrowed: Record<string, readonly Permission[]> = { 'access.accounts': ['accounts.manage', 'grants.manage'] };

/** Endpoints served to a half-open session: they ask for a session of their own accord. */
const bySession: readonly string[] = ['access.me', 'access.signOut', 'access.secondFactor', 'access.enrol', 'access.changePassword'];

export const programs = { 'requests:create': 'program (create)', 'requests:read': 'program (read)' } as const;
export type Caller = Role | 'visitor' | (typeof programs)[keyof typeof programs];
export const callers: readonly Caller[] = ['visitor', ...roles, ...Object.values(programs)];

export interface Door {
  name: string;
  module: string;
  endpoint: Endpoint;
}

export const doors: readonly Door[] = Object.entries(endpoints).flatMap(([module, group]) =>
  Object.entries(group as Record<string, Endpoint>).map(([name, endpoint]) => ({ name: `${module}.${name}`, module, endpoint })),
);

export function admitted({ name, endpoint }: Door, caller: Caller): boolean {
  const scope = Object.entries(programs).find(([, label]) => label === caller)?.[0];
  if (scope !== undefined) return endpoint.gate !== 'public' && endpoint.scope === scope;
  if (bySession.includes(name)) return caller !== 'visitor';
  if (endpoint.gate === 'public') return true;
  if (caller === 'visitor') return false;
  const permissions = rolePermissions[caller as Role];
  const inside = narrowed[name];
  if (inside) return inside.some((permission) => permissions.includes(permission));
  return endpoint.gate === 'signedIn' || permissions.includes(endpoint.gate);
}

/** Roles with the same rights everywhere share a column. */
function columns(): Caller[][] {
  const groups = new Map<string, Caller[]>();
  for (const caller of callers) {
    const key = doors.map((door) => (admitted(door, caller) ? '1' : '0')).join('');
    groups.set(key, [...(groups.get(key) ?? []), caller]);
  }
  return [...groups.values()];
}

export function document(): string {
  const groups = columns();
  const label = (i: number): string => String.fromCharCode(65 + i);
  const lines = [
    '# Who may call what',
    '',
    'Generated from the contract by `scripts/permissions.ts`; not edited by hand. A test walks every endpoint with every',
    'role and fails where the program differs. ● = let in; what is then seen or done is decided per record (rules 3, 5, 6).',
    '',
    '| Column | Who |',
    '|---|---|',
    ...groups.map((group, i) => `| ${label(i)} | ${group.join(', ')} |`),
    '',
  ];
  for (const module of Object.keys(endpoints)) {
    lines.push(`## ${module}`, '', `| Endpoint | What | ${groups.map((_, i) => label(i)).join(' | ')} |`, `|---|---|${groups.map(() => ':-:').join('|')}|`);
    for (const door of doors.filter((one) => one.module === module)) {
      const cells = groups.map((group) => (admitted(door, group[0]!) ? '●' : ''));
      lines.push(`| \`${door.endpoint.method} ${door.endpoint.path}\` | ${door.endpoint.summary} | ${cells.join(' | ')} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = document();
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) throw new Error('docs/permissions.md is out of date: run npx tsx scripts/permissions.ts.');
}
