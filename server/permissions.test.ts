import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles } from '../contract/permissions.ts';
import {
  admitted,
  admittedAt,
  type Caller,
  callers,
  document,
  doors,
  file,
  otherDoors,
  programs,
} from '../scripts/permissions.ts';
import { api, type Client, type House, openHouse } from './testing/program.ts';

let house: House;
const logins = new Map<Role, string>();
beforeAll(async () => {
  house = await openHouse();
  const rows = await house.sql<{ role: Role; login: string }>(
    'select distinct on (g.role) g.role, a.login from access.grant_ g join access.account a on a.id = g.account_id where g.revoked_at is null order by g.role, a.login',
  );
  for (const { role, login } of rows) logins.set(role, login);
  // Switched off, the door of city systems answers nobody.
  const secadmin = await house.as(logins.get('secadmin')!);
  const { version } = await secadmin.do(api.open311.settings, {});
  await secadmin.do(api.open311.save, {
    version,
    enabled: true,
    jurisdictionId: null,
    services: [{ categoryId: house.category('A05'), zh: '住宿的公开说明', en: 'What is public of lodging' }],
  });
});
afterAll(() => house.stop());

async function clientFor(caller: Caller): Promise<Client> {
  const scope = Object.entries(programs).find(([, label]) => label === caller)?.[0];
  if (scope) return house.given.token([scope as keyof typeof programs]);
  return caller === 'visitor' ? house.visitor() : house.as(logins.get(caller as Role)!);
}

/** Knocks with as little as possible: an unknown id, nothing else. Let in is whatever is not turned away at the gate. */
async function letIn(endpoint: { method: string; path: string }, client: Client): Promise<boolean> {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    ['id', 'fileId'].includes(name)
      ? randomUUID()
      : name === 'siteId'
        ? '999999'
        : endpoint.path.startsWith('/open311/')
          ? 'x.json'
          : 'x',
  );
  const response = await client.fetch(
    endpoint.method,
    path,
    endpoint.method === 'GET' || endpoint.method === 'DELETE' ? undefined : {},
  );
  if (response.status >= 500) throw new Error(`${endpoint.method} ${path}: ${response.status}`);
  // A workbook or a stream is let go at once: that it came is all that is asked.
  await response.body?.cancel();
  return response.status !== 401 && response.status !== 403;
}

test('docs/permissions.md is what the contract says', () => {
  expect(readFileSync(file, 'utf8')).toBe(document());
});

test('every role has somebody in the demo, and every endpoint a gate', () => {
  expect(roles.filter((role) => !logins.has(role))).toEqual([]);
  expect(doors.length).toBeGreaterThan(50);
  for (const door of doors) expect(door.endpoint.gate, door.name).toBeTruthy();
});

describe('every endpoint lets in exactly whom docs/permissions.md names', () => {
  test.each(callers.map((caller) => [caller]))('%s', async (caller) => {
    const wrong: string[] = [];
    for (const door of doors) {
      const client = await clientFor(caller);
      const open = await letIn(door.endpoint, client);
      if (open !== admitted(door, caller)) wrong.push(`${door.name}: ${open ? 'let in' : 'turned away'}`);
      // Signing out is one of the doors: they come in anew.
      if (door.name === 'access.signOut' && client.login) house.clock.forward(11 * 60_000);
    }
    for (const door of otherDoors) {
      const open = await letIn(door, await clientFor(caller));
      if (open !== admittedAt(door, caller))
        wrong.push(`${door.method} ${door.path}: ${open ? 'let in' : 'turned away'}`);
    }
    expect(wrong).toEqual([]);
  });
});

test('every route the program opens stands in docs/permissions.md', () => {
  const known = new Set([
    ...doors.map((door) => `${door.endpoint.method} ${door.endpoint.path}`),
    ...otherDoors.map((door) => `${door.method} ${door.path}`),
  ]);
  const opened = [...flatten(house.program.app.printRoutes({ commonPrefix: false, includeHooks: false }))].filter(
    (route) =>
      !/^(HEAD|OPTIONS) /.test(route) &&
      /^\/(api|open311)\//.test(route.split(' ')[1]!) &&
      !route.includes('/api/docs'),
  );
  expect(opened.length).toBeGreaterThan(50);
  expect(opened.filter((route) => !known.has(route))).toEqual([]);
  expect([...known].filter((route) => !opened.includes(route))).toEqual([]);
});

/** `METHOD /path` of each route in Fastify's drawing of its tree. */
function* flatten(drawing: string): Generator<string> {
  const path: string[] = [];
  for (const line of drawing.split('\n')) {
    const match = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!match) continue;
    const depth = match[1]!.length / 4;
    path.length = depth;
    path[depth] = match[2]!;
    for (const method of match[3]?.split(', ') ?? []) yield `${method} ${path.join('').replace(/(.)\/$/, '$1')}`;
  }
}
