/** Who can act in the history: the accounts of the demo, with what each may do, found by the work they are needed for. */
import { type Role, rolePermissions } from '../../../contract/permissions.ts';
import { resolveAreas } from '../../modules/access/index.ts';
import type { Directory } from '../../modules/organization/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { visitor } from '../../platform/actor.ts';

export interface DemoAccount {
  id: string;
  login: string;
  label: string;
  homeNodeId: number;
  grants: { role: string; node_id: number; line_id: number | null }[];
}

export interface Cast {
  byLogin: Map<string, Actor>;
  byId: Map<string, Actor>;
  operators: Actor[];
  dispatchers: Actor[];
  arbiters: Actor[];
  callers: Actor[];
  officersOf(siteId: number): Actor[];
  workersOf(siteId: number): Actor[];
  /** Who handles a line at head office (`unitId` null) or in a unit. */
  handlersOf(lineId: number, unitId: number | null): Actor[];
  leadersOf(unitId: number): Actor[];
  /** Nodes this account leads. */
  leads(accountId: string): number[];
}

/** Someone without an account, at the public door. */
export const stranger: Actor = visitor('zh-CN');

const key = (lineId: number, unitId: number | null): string => `${lineId}/${unitId ?? 'head'}`;

export function castOf(dir: Directory, accounts: DemoAccount[]): Cast {
  const byLogin = new Map<string, Actor>();
  const byId = new Map<string, Actor>();
  const byRole = new Map<Role, Actor[]>();
  const bySite = new Map<string, Actor[]>();
  const handlers = new Map<string, Actor[]>();
  const leaders = new Map<number, Actor[]>();
  const push = <K>(map: Map<K, Actor[]>, at: K, actor: Actor): void =>
    void map.set(at, [...(map.get(at) ?? []), actor]);

  for (const account of accounts) {
    const areas = resolveAreas(dir, account.grants);
    const actor: Actor = {
      ...visitor('zh-CN'),
      kind: 'account',
      accountId: account.id,
      label: account.label,
      areas,
      permissions: new Set(areas.flatMap((area) => [...rolePermissions[area.role]])),
      homeNodeId: account.homeNodeId,
    };
    byLogin.set(account.login, actor);
    byId.set(account.id, actor);
    for (const area of areas) {
      push(byRole, area.role, actor);
      if (area.role === 'handler' && area.lineId !== null) {
        if (area.everywhere) push(handlers, key(area.lineId, null), actor);
        for (const unitId of area.unitIds) push(handlers, key(area.lineId, unitId), actor);
      }
      if (area.role === 'unit_leader') for (const unitId of area.unitIds) push(leaders, unitId, actor);
      for (const siteId of area.siteIds) push(bySite, `${area.role}/${siteId}`, actor);
    }
  }
  const role = (name: Role): Actor[] => {
    const found = byRole.get(name);
    if (!found) throw new Error(`The demo has no account in the role ${name}.`);
    return found;
  };
  return {
    byLogin,
    byId,
    operators: role('operator'),
    dispatchers: role('dispatcher'),
    arbiters: role('dispatcher_lead'),
    callers: role('followup_caller'),
    officersOf: (siteId) => bySite.get(`site_officer/${siteId}`) ?? [],
    workersOf: (siteId) => bySite.get(`worker/${siteId}`) ?? [],
    handlersOf: (lineId, unitId) => handlers.get(key(lineId, unitId)) ?? [],
    leadersOf: (unitId) => leaders.get(unitId) ?? [],
    leads: (accountId) =>
      (byId.get(accountId)?.areas ?? [])
        .filter((area) => area.role === 'unit_leader' || area.role === 'group_leader')
        .map((area) => area.nodeId),
  };
}
