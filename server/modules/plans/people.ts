import type { Role } from '../../../contract/permissions.ts';
import type { PlanStep } from '../../../contract/plans.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsActing, accountsInRoles, joinedOf, labelsOf } from '../access/index.ts';
import type { Directory } from '../organization/index.ts';
import { type Hand, mayTake, type PlanPlace, rolesFor } from './policy.ts';

interface Place extends PlanPlace {
  node_id: number;
}

const answering: readonly Role[] = [
  'site_officer',
  'unit_liaison',
  'unit_leader',
  'handler',
  'keeper',
  'support_group',
  'group_leader',
];

/** Whoever a line of this plan may name as answerable: people who work at its place, or for a site at its unit. */
export async function peopleFor(tx: Tx, dir: Directory, plan: Place): Promise<{ id: string; label: string }[]> {
  const within = (nodeId: number): boolean =>
    plan.unit_id === null
      ? nodeId === plan.node_id
      : [plan.node_id, plan.unit_id].includes(nodeId) || isBelow(dir, plan, nodeId);
  const found = (await accountsInRoles(tx, answering)).filter((one) => within(one.node_id));
  return [...new Map(found.map(({ id, label }) => [id, { id, label }])).values()];
}

/** A site of the unit, where the plan is the unit's. */
const isBelow = (dir: Directory, plan: Place, nodeId: number): boolean =>
  plan.kind === 'unit_plan' && dir.unitOf(nodeId) === plan.unit_id;

const signing: readonly Role[] = ['site_officer', 'unit_liaison', 'unit_leader', 'support_group', 'group_leader'];

/** Somebody who takes part in making plans, by one of their roles; in their own right or on behalf of another. */
export interface Holder extends Pick<Actor, 'joined'> {
  accountId: string;
  role: Role;
  nodeId: number;
}

/** Everybody whose role takes part in making plans, at this moment. */
export async function holders(tx: Tx, now: Date): Promise<Holder[]> {
  const found = (await accountsInRoles(tx, signing)).map(({ id, role, node_id }) => ({
    id,
    role: role as Role,
    node_id,
  }));
  for (const role of signing)
    for (const { id, node_id } of await accountsActing(tx, { roles: [role], nodeIds: null, lineId: undefined }, now))
      found.push({ id, role, node_id });
  const joined = await joinedOf(tx, [...new Set(found.map(({ id }) => id))], now);
  return found.map(({ id, role, node_id }) => ({ accountId: id, role, nodeId: node_id, joined: joined.get(id) ?? [] }));
}

/**
 * For whom a step of a plan waits: of those who may take it, whoever is nearest to its place; those whose words or
 * signature keep them from it are passed over.
 */
export function waitsFor(
  dir: Directory,
  everybody: readonly Holder[],
  plan: Place,
  steps: readonly PlanStep[],
  signed: readonly Hand[],
  writers: readonly string[],
): string[] {
  const lineage = dir.ancestors(plan.node_id);
  const far = (nodeId: number): number => (isBelow(dir, plan, nodeId) ? 0 : lineage.indexOf(nodeId));
  const able = everybody.filter(
    (one) =>
      far(one.nodeId) >= 0 &&
      steps.some(
        (step) =>
          rolesFor(plan.kind, step).includes(one.role) && mayTake(one, plan, step, one.role, signed, writers) === null,
      ),
  );
  const nearest = Math.min(...able.map((one) => far(one.nodeId)));
  return [...new Set(able.filter((one) => far(one.nodeId) === nearest).map(({ accountId }) => accountId))];
}

/** Names of those who answer for lines, or did before a change, by account. */
export async function ownersOf(tx: Tx, lines: readonly { owner_id?: unknown }[]): Promise<Map<string, string>> {
  const ids = [...new Set(lines.flatMap(({ owner_id }) => (typeof owner_id === 'string' ? [owner_id] : [])))];
  return new Map((ids.length === 0 ? [] : await labelsOf(tx, ids)).map((one) => [one.id, one.label]));
}
