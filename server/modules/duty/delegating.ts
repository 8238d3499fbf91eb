import type { dutyEndpoints as api, DelegationView } from '../../../contract/duty.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Role } from '../../../contract/permissions.ts';
import { crossing, delegable } from '../../../contract/separation.ts';
import { type Actor, sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import {
  accountsInRoles,
  correspondents,
  endBoxedGrant,
  forgetSessions,
  grantsOf,
  insertBoxedGrant,
} from '../access/index.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { dayMs } from './gaps.ts';
import { note } from './noting.ts';
import {
  boxesOf,
  type DelegationRecord,
  delegationsSince,
  insertDelegations,
  lockDelegation,
  lockPeople,
  patchDelegation,
} from './queries.ts';
import { leads, reaches } from './rights.ts';

type Input<K extends keyof typeof api> = ParsedOf<(typeof api)[K]>;
const longestMs = 14 * dayMs;

/** Who decides: a leader over the place who is neither of the two. */
const mayDecide = (actor: Actor, dir: Directory, row: DelegationRecord): boolean =>
  row.state === 'asked' &&
  !sameHand(actor, row.from_id) &&
  !sameHand(actor, row.to_id) &&
  // A power one holds on behalf of another hands on no powers.
  leads({ ...actor, areas: actor.areas.filter((area) => area.behalfOf === undefined) }, dir, row.node_id);

export function delegationView(actor: Actor, dir: Directory, row: DelegationRecord, now: Date): DelegationView {
  const over = row.state === 'approved' && row.to_at <= now;
  return {
    id: row.id,
    fromId: row.from_id,
    fromName: row.from_label,
    toId: row.to_id,
    toName: row.to_label,
    role: row.role,
    nodeId: row.node_id,
    lineId: row.line_id,
    from: row.from_at.toISOString(),
    to: row.to_at.toISOString(),
    reason: row.reason,
    state: over ? 'ended' : (row.state as DelegationView['state']),
    decidedBy: row.decided_label,
    decision: row.decision,
    endedAt: row.ended_at?.toISOString() ?? (over ? row.to_at.toISOString() : null),
    version: row.version,
    can: { decide: mayDecide(actor, dir, row), end: !over && mayEnd(actor, dir, row) },
  };
}

const mayEnd = (actor: Actor, dir: Directory, row: DelegationRecord): boolean =>
  (row.state === 'approved' || row.state === 'asked') &&
  (actor.accountId === row.from_id || actor.accountId === row.to_id || leads(actor, dir, row.node_id));

/** All roles of an account in a stretch of time: its own, and those it holds or asked to hold for others. */
async function rolesHeld(tx: Tx, accountId: string, from: Date, to: Date, except?: string): Promise<Role[]> {
  const own = (await grantsOf(tx, [accountId])).map((grant) => grant.role as Role);
  const boxes = (await boxesOf(tx, accountId, from, to)).filter((box) => box.id !== except);
  return [...own, ...boxes.map((box) => box.role as Role)];
}

/** @throws crosses_separation with the pair in words */
async function checkSeparation(
  tx: Tx,
  locale: Actor['locale'],
  row: { id?: string; to_id: string; role: string; from_at: Date; to_at: Date },
) {
  const crossed = crossing(await rolesHeld(tx, row.to_id, row.from_at, row.to_at, row.id), row.role as Role);
  if (crossed)
    throw new Refusal(409, 'crosses_separation', {
      values: { pair: locale === 'en' ? crossed.en : crossed.zh },
      current: { crosses: crossed },
    });
}

const ownGrants = async (tx: Tx, accountId: string) =>
  (await grantsOf(tx, [accountId])).filter((grant) => delegable.includes(grant.role as Role));

/** Roles of one's own that another could hold for a while. */
export const delegableOf = async (tx: Tx, accountId: string) =>
  (await ownGrants(tx, accountId)).map((grant) => ({ role: grant.role, nodeId: grant.node_id, lineId: grant.line_id }));

/** Colleagues of the same place or above, with what separation of duties says of each. */
export async function delegates(
  { tx, actor }: Context,
  input: Input<'delegates'>,
): Promise<{ people: { accountId: string; name: string; crosses: { zh: string; en: string } | null }[] }> {
  const dir = await directory(tx);
  const grants = await ownGrants(tx, actor.accountId!);
  if (
    !grants.some(
      (one) => one.role === input.role && one.node_id === input.nodeId && one.line_id === (input.lineId ?? null),
    )
  )
    throw forbidden();
  const place = new Set(dir.ancestors(input.nodeId));
  const unit = dir.unitOf(input.nodeId);
  const all = await accountsInRoles(tx, delegable);
  const roles = new Map<string, { name: string; held: Role[]; near: boolean }>();
  for (const row of all) {
    if (row.id === actor.accountId) continue;
    if (!place.has(row.node_id) && !(unit !== null && dir.unitOf(row.node_id) === unit)) continue;
    const one = roles.get(row.id) ?? { name: row.label, held: [], near: false };
    one.held.push(row.role as Role);
    one.near ||= row.node_id === input.nodeId || (unit !== null && dir.unitOf(row.node_id) === unit);
    roles.set(row.id, one);
  }
  const people = [...roles].map(([accountId, { name, held, near }]) => ({
    accountId,
    name,
    crosses: crossing(held, input.role as Role),
    near,
  }));
  // Those of the same place before those of head office.
  people.sort(
    (a, b) =>
      Number(a.crosses !== null) - Number(b.crosses !== null) ||
      Number(b.near) - Number(a.near) ||
      a.name.localeCompare(b.name),
  );
  return { people: people.slice(0, 200).map(({ near: _, ...one }) => one) };
}

export async function askDelegation(context: Context, input: Input<'askDelegation'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const fromId = actor.accountId!;
  if (input.toId === fromId) throw badField('toId', 'not_oneself');
  const [to] = await correspondents(tx, [input.toId]);
  if (!to || to.disabled) throw badField('toId', 'bad_choice');
  const grant = (await ownGrants(tx, fromId)).find(
    (one) => one.role === input.role && one.node_id === input.nodeId && one.line_id === input.lineId,
  );
  if (!grant) throw badField('role', 'bad_choice');
  const from_at = new Date(input.from);
  const to_at = new Date(input.to);
  if (to_at <= from_at) throw badField('to', 'not_after');
  if (to_at <= now) throw badField('to', 'in_the_past');
  if (to_at.getTime() - from_at.getTime() > longestMs) throw badField('to', 'longer_than_days', { days: 14 });
  await lockPeople(tx, [fromId, input.toId]);
  await checkSeparation(tx, actor.locale, { to_id: input.toId, role: input.role, from_at, to_at });
  await insertDelegations(tx, [
    {
      id: input.id,
      from_id: fromId,
      from_label: actor.label,
      to_id: input.toId,
      to_label: to.label,
      role: input.role,
      node_id: input.nodeId,
      line_id: input.lineId,
      from_at,
      to_at,
      reason: input.reason,
      state: 'asked',
      asked_at: now,
    },
  ]);
  await note(context, dir, {
    action: 'duty.delegation_asked',
    recordKind: 'delegation',
    recordId: input.id,
    nodeId: input.nodeId,
    lineId: input.lineId,
    to: 'asked',
    figures: { role: input.role, hours: Math.round((to_at.getTime() - from_at.getTime()) / 3_600_000) },
  });
  await tell(context, {
    kind: 'duty.delegation_asked',
    to: { permission: 'duty.delegate', nodeId: input.nodeId },
    about: { kind: 'duty', id: input.id, label: dir.nodes.get(input.nodeId)!.code, route: '/duty/people' },
    level: 'important',
  });
}

/** Approved, the role is held from `from` to `to` and not a moment longer: sessions read the box itself. */
export async function decideDelegation(context: Context, input: Input<'decideDelegation'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const row = await lockDelegation(tx, input.id);
  if (!row) throw notFound();
  if (!reaches(actor, dir, 'duty.delegate', row.node_id)) throw notFound();
  if (sameHand(actor, row.from_id) || sameHand(actor, row.to_id)) throw forbidden('not_for_oneself');
  if (row.version !== input.version || row.state !== 'asked') throw conflict('stale');
  if (!mayDecide(actor, dir, row)) throw forbidden();
  const state = input.approve ? 'approved' : 'refused';
  if (input.approve) {
    if (row.to_at <= now) throw new Refusal(409, 'in_the_past');
    await lockPeople(tx, [row.from_id, row.to_id]);
    // What either of them was granted since it was asked counts as well.
    await checkSeparation(tx, actor.locale, row);
    const still = (await ownGrants(tx, row.from_id)).some(
      (one) => one.role === row.role && one.node_id === row.node_id && one.line_id === row.line_id,
    );
    if (!still) throw conflict('role_gone');
  }
  try {
    await patchDelegation(tx, row.id, {
      state,
      decided_by: actor.accountId,
      decided_label: actor.label,
      decided_at: now,
      decision: input.words || null,
      version: row.version + 1,
    });
  } catch (error) {
    throw (error as { code?: string }).code === '23P01' ? conflict('delegated_already') : error;
  }
  if (input.approve)
    await insertBoxedGrant(tx, {
      id: row.id,
      account_id: row.to_id,
      behalf_id: row.from_id,
      role: row.role,
      node_id: row.node_id,
      line_id: row.line_id,
      from_at: row.from_at,
      to_at: row.to_at,
    });
  forgetSessions();
  await note(context, dir, {
    action: 'duty.delegation_decided',
    recordKind: 'delegation',
    recordId: row.id,
    nodeId: row.node_id,
    lineId: row.line_id,
    from: 'asked',
    to: state,
    figures: { role: row.role },
  });
  await tell(context, {
    kind: 'duty.delegation_decided',
    to: { accountIds: [row.from_id, row.to_id] },
    about: { kind: 'duty', id: row.id, label: dir.nodes.get(row.node_id)!.code, route: '/me' },
    level: 'important',
  });
}

export async function endDelegation(context: Context, input: Input<'endDelegation'>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const row = await lockDelegation(tx, input.id);
  if (!row) throw notFound();
  if (!mayEnd(actor, dir, row)) throw forbidden();
  if (row.version !== input.version) throw conflict('stale');
  await patchDelegation(tx, row.id, { state: 'ended', ended_at: now, version: row.version + 1 });
  await endBoxedGrant(tx, row.id, now);
  forgetSessions();
  await note(context, dir, {
    action: 'duty.delegation_ended',
    recordKind: 'delegation',
    recordId: row.id,
    nodeId: row.node_id,
    from: row.state,
    to: 'ended',
    figures: { role: row.role },
  });
}

export async function delegations({ tx, actor, now }: Context) {
  const dir = await directory(tx);
  const found = await delegationsSince(tx, new Date(now.getTime() - 30 * dayMs));
  return {
    delegations: found
      .filter((row) => reaches(actor, dir, 'duty.delegate', row.node_id))
      .map((row) => delegationView(actor, dir, row, now)),
  };
}
