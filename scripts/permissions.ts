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
const narrowed: Record<string, readonly Permission[]> = {
  'access.accounts': ['accounts.manage', 'grants.manage'],
  'followups.days': ['followups.call', 'journal.read'],
  'followups.day': ['followups.call', 'journal.read'],
  'followups.rates': ['followups.call', 'journal.read'],
};

/** Endpoints served to a half-open session: they ask for a session of their own accord. */
const bySession: readonly string[] = ['access.signOut', 'access.enrol'];

export const programs = {
  'requests:create': 'program (create)',
  'requests:read': 'program (read)',
  'open311:create': 'city system (create)',
  'open311:read': 'city system (read)',
} as const;
export type Caller = Role | 'visitor' | (typeof programs)[keyof typeof programs];
export const callers: readonly Caller[] = ['visitor', ...roles, ...Object.values(programs)];

export interface Door {
  name: string;
  module: string;
  endpoint: Endpoint;
}

export const doors: readonly Door[] = Object.entries(endpoints).flatMap(([module, group]) =>
  Object.entries(group as Record<string, Endpoint>).map(([name, endpoint]) => ({
    name: `${module}.${name}`,
    module,
    endpoint,
  })),
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

/** Files and streams, which no JSON contract describes. A route that stands in neither list fails a test. */
export interface OtherDoor {
  method: 'GET' | 'POST';
  path: string;
  what: string;
  /** Any one of these permissions; `signedIn`, any account; `anyone`, decided per record. */
  who: readonly Permission[] | 'signedIn' | 'anyone';
  /** A program with this scope, besides. */
  scope?: keyof typeof programs;
}

/** Open311, where it is switched on and for what was made public (docs/open311.md). */
const cityDoors: readonly OtherDoor[] = [
  ...(['json', 'xml'] as const).flatMap((format): OtherDoor[] => [
    {
      method: 'GET',
      path: `/open311/v2/services.${format}`,
      what: 'Open311: what may be asked',
      who: [],
      scope: 'open311:read',
    },
    {
      method: 'GET',
      path: `/open311/v2/requests.${format}`,
      what: 'Open311: requests of public categories',
      who: [],
      scope: 'open311:read',
    },
    {
      method: 'POST',
      path: `/open311/v2/requests.${format}`,
      what: 'Open311: file a request',
      who: [],
      scope: 'open311:create',
    },
  ]),
  ...(
    [
      ['services', 'what one service asks'],
      ['requests', 'one request'],
      ['request', 'one request, as the published description has it'],
      ['tokens', 'the number behind a token'],
    ] as const
  ).map(
    ([part, what]): OtherDoor => ({
      method: 'GET',
      path: `/open311/v2/${part}/:name`,
      what: `Open311: ${what}`,
      who: [],
      scope: 'open311:read',
    }),
  ),
];

export const otherDoors: readonly OtherDoor[] = [
  {
    method: 'GET',
    path: '/api/live',
    what: 'Live pages: what changed, as far as this session may know',
    who: 'signedIn',
  },
  {
    method: 'POST',
    path: '/api/cti/:exchange',
    what: 'What a telephone exchange tells, signed by it (docs/cti.md)',
    who: [],
  },
  { method: 'GET', path: '/api/openapi.json', what: 'This interface as OpenAPI', who: 'anyone' },
  { method: 'POST', path: '/api/files', what: 'Upload a picture or document', who: 'signedIn' },
  { method: 'POST', path: '/api/public/files', what: 'Upload a picture', who: 'anyone' },
  {
    method: 'GET',
    path: '/api/requests/:id/files/:fileId',
    what: 'A file of a request one may read there',
    who: 'anyone',
  },
  {
    method: 'POST',
    path: '/api/public/requests/file',
    what: 'A file of a request by number and query code',
    who: 'anyone',
  },
  { method: 'GET', path: '/api/requests/export.xlsx', what: 'The queue as a workbook', who: ['requests.export'] },
  { method: 'GET', path: '/api/tasks/:id/files/:fileId', what: 'A file of a task one may read there', who: 'anyone' },
  {
    method: 'GET',
    path: '/api/measures/:id/files/:fileId',
    what: 'The evidence of a measure one may read there',
    who: 'anyone',
  },
  {
    method: 'GET',
    path: '/api/problems/:id/files/:fileId',
    what: 'A file of a hard problem one may read there',
    who: 'anyone',
  },
  {
    method: 'GET',
    path: '/api/ledger/:id/files/:fileId',
    what: 'A file in the thread of a ledger entry one may read',
    who: 'anyone',
  },
  { method: 'GET', path: '/api/tasks/export.xlsx', what: 'Supervised tasks as a workbook', who: ['tasks.read'] },
  {
    method: 'GET',
    path: '/api/reports/export.xlsx',
    what: 'Reports of one form and day as a workbook',
    who: ['reports.read'],
  },
  {
    method: 'GET',
    path: '/api/ledger/export.xlsx',
    what: 'The ledger of dissatisfaction as a workbook',
    who: ['ledger.read'],
  },
  { method: 'GET', path: '/api/followups/export.xlsx', what: 'Follow-ups as a workbook', who: ['followups.call'] },
  {
    method: 'GET',
    path: '/api/accounts/export.xlsx',
    what: 'Accounts and grants as a workbook',
    who: ['accounts.manage', 'grants.manage'],
  },
  { method: 'GET', path: '/api/journal/export.xlsx', what: 'The journal as a workbook', who: ['journal.read'] },
  {
    method: 'GET',
    path: '/api/import/organization/template.xlsx',
    what: 'The workbook to fill in',
    who: ['organization.manage'],
  },
  {
    method: 'POST',
    path: '/api/import/organization',
    what: 'Check or take in the organisation',
    who: ['organization.manage'],
  },
  {
    method: 'GET',
    path: '/api/import/organization/:id/rejected.xlsx',
    what: 'Rows to mend',
    who: ['organization.manage'],
  },
  {
    method: 'GET',
    path: '/api/import/organization/:id/passwords.xlsx',
    what: 'One-time passwords, once',
    who: ['organization.manage'],
  },
  {
    method: 'GET',
    path: '/api/plans/:id/table.xlsx',
    what: 'The lines of a plan as a workbook',
    who: ['plans.read'],
  },
  {
    method: 'GET',
    path: '/api/plans/:id/paper.docx',
    what: 'A plan as an official paper for Word',
    who: ['plans.read'],
  },
  {
    method: 'POST',
    path: '/api/plans/:id/table',
    what: 'Check a table of measures or put it into the draft of a plan',
    who: ['plans.write'],
  },
  {
    method: 'GET',
    path: '/api/import/plans/:id/rejected.xlsx',
    what: 'The table that was refused, with its faults marked',
    who: ['plans.write'],
  },
  {
    method: 'GET',
    path: '/api/duty/roster.xlsx',
    what: 'The roster of a node for a week, as a workbook (sheet 11)',
    who: ['duty.read'],
  },
  {
    method: 'POST',
    path: '/api/import/duty',
    what: 'Check a table of the roster or plan it',
    who: ['duty.plan'],
  },
  {
    method: 'GET',
    path: '/api/import/duty/:id/rejected.xlsx',
    what: 'A rejected table of the roster with its faults marked',
    who: ['duty.plan'],
  },
  {
    method: 'GET',
    path: '/api/catalogue/table.xlsx',
    what: 'The dispatch catalogue in force, or its draft, as a workbook',
    who: ['catalogue.read'],
  },
  {
    method: 'POST',
    path: '/api/import/catalogue',
    what: 'Check a table of the catalogue or put it into the draft',
    who: ['catalogue.manage'],
  },
  {
    method: 'GET',
    path: '/api/import/catalogue/:id/rejected.xlsx',
    what: 'Lines to mend',
    who: ['catalogue.manage'],
  },
  ...cityDoors,
];

export function admittedAt({ who, scope }: OtherDoor, caller: Caller): boolean {
  if (who === 'anyone') return true;
  if (scope && programs[scope] === caller) return true;
  const role = (roles as readonly string[]).includes(caller) ? (caller as Role) : null;
  return role !== null && (who === 'signedIn' || who.some((permission) => rolePermissions[role].includes(permission)));
}

/** Roles with the same rights everywhere share a column. */
function columns(): Caller[][] {
  const groups = new Map<string, Caller[]>();
  for (const caller of callers) {
    const key = [
      ...doors.map((door) => admitted(door, caller)),
      ...otherDoors.map((door) => admittedAt(door, caller)),
    ].join();
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
    lines.push(
      `## ${module}`,
      '',
      `| Endpoint | What | ${groups.map((_, i) => label(i)).join(' | ')} |`,
      `|---|---|${groups.map(() => ':-:').join('|')}|`,
    );
    for (const door of doors.filter((one) => one.module === module)) {
      const cells = groups.map((group) => (admitted(door, group[0]!) ? '●' : ''));
      lines.push(
        `| \`${door.endpoint.method} ${door.endpoint.path}\` | ${door.endpoint.summary} | ${cells.join(' | ')} |`,
      );
    }
    lines.push('');
  }
  lines.push(
    '## files and streams',
    '',
    `| Endpoint | What | ${groups.map((_, i) => label(i)).join(' | ')} |`,
    `|---|---|${groups.map(() => ':-:').join('|')}|`,
  );
  for (const door of otherDoors) {
    lines.push(
      `| \`${door.method} ${door.path}\` | ${door.what} | ${groups.map((group) => (admittedAt(door, group[0]!) ? '●' : '')).join(' | ')} |`,
    );
  }
  lines.push('');
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = document();
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text)
    throw new Error('docs/permissions.md is out of date: run npx tsx scripts/permissions.ts.');
}
