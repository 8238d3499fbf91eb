import type { dutyEndpoints as api, PersonState } from '../../../contract/duty.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { Role } from '../../../contract/permissions.ts';
import { badField, forbidden, notFound } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { accountsInRoles, correspondents } from '../access/index.ts';
import { directory } from '../organization/index.ts';
import { listOf } from './fulfilment.ts';
import { personStatusesAt, shiftsAt, statusesAt } from './queries.ts';
import { nodesFor, reaches } from './rights.ts';

type Input<K extends keyof typeof api> = ParsedOf<(typeof api)[K]>;

/** Everybody who supports at one of the three levels. */
const supporting: readonly Role[] = [
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
  'support_group',
];

/** The roster of support workers at all levels: duty, line, deputy, and where each of them is (domain rows 5 and 68). */
export async function people({ tx, actor, now }: Context, input: Input<'people'>) {
  const dir = await directory(tx);
  if (input.nodeId !== undefined && !reaches(actor, dir, 'duty.plan', input.nodeId)) throw forbidden();
  const mine = nodesFor(actor, dir, 'duty.plan');
  const wanted = (nodeId: number): boolean =>
    (mine === null || mine.includes(nodeId)) &&
    (input.nodeId === undefined || dir.ancestors(nodeId).includes(input.nodeId));
  const rows = await accountsInRoles(tx, supporting);
  const byAccount = new Map<string, typeof rows>();
  for (const row of rows.filter((one) => wanted(one.node_id)))
    byAccount.set(row.id, [...(byAccount.get(row.id) ?? []), row]);
  const ids = [...byAccount.keys()];
  const status = new Map((await statusesAt(tx, ids, now)).map((row) => [row.account_id!, row]));
  const on = new Map((await shiftsAt(tx, [...dir.nodes.keys()], now)).map((row) => [row.account_id, row]));
  const deputyOf = (own: (typeof rows)[number]): string | null => {
    const same = (line: number | null) =>
      rows.find(
        (one) => one.id !== own.id && one.role === own.role && one.node_id === own.node_id && one.line_id === line,
      );
    const backup = own.line_id === null ? null : (dir.lines.get(own.line_id)?.backupId ?? null);
    return (same(own.line_id) ?? (backup === null ? undefined : same(backup)))?.label ?? null;
  };
  const all = [...byAccount].map(([accountId, held]) => {
    const period = status.get(accountId);
    const shift = on.get(accountId);
    return {
      accountId,
      name: held[0]!.label,
      nodeId: held[0]!.home_node_id,
      roles: held.map((one) => ({ role: one.role, lineId: one.line_id })),
      state: (period?.state ?? null) as PersonState | null,
      since: period?.from_at.toISOString() ?? null,
      until: period?.to_at?.toISOString() ?? null,
      onNow: shift ? { zh: shift.zh, en: shift.en } : null,
      deputy: deputyOf(held[0]!),
    };
  });
  // People of the roster without an account appear once somebody has said where they are.
  for (const row of await personStatusesAt(tx, mine, now))
    if (wanted(row.node_id))
      all.push({
        accountId: row.person_id!,
        name: row.label,
        nodeId: row.node_id,
        roles: [],
        state: row.state as PersonState,
        since: row.from_at.toISOString(),
        until: row.to_at?.toISOString() ?? null,
        onNow: null,
        deputy: null,
      });
  const counts: Record<string, number> = { all: all.length, on_duty: 0, at_home: 0, returning: 0, unsaid: 0 };
  for (const one of all) counts[one.state ?? 'unsaid']!++;
  const order = new Map([...dir.nodes.keys()].map((id, i) => [id, i]));
  const shown = all.filter((one) => input.state === undefined || one.state === input.state);
  shown.sort((a, b) => order.get(a.nodeId)! - order.get(b.nodeId)! || a.name.localeCompare(b.name));
  return { people: shown, counts };
}

/** One's own list, or that of somebody one leads or plans for: by name, within one's part of the group. */
export async function fulfilment({ tx, actor, now }: Context, input: Input<'fulfilment'>) {
  const dir = await directory(tx);
  const [account] = await correspondents(tx, [input.id]);
  if (!account) throw notFound();
  const own = account.id === actor.accountId;
  if (
    !own &&
    !reaches(actor, dir, 'duty.plan', account.home_node_id) &&
    !reaches(actor, dir, 'duty.delegate', account.home_node_id)
  )
    throw forbidden();
  return { accountId: account.id, name: account.label, ...(await listOf(tx, dir, account.id, input.week, now)) };
}

/** @throws bad_input where there is no such node */
export function nodeAsked(dir: { nodes: ReadonlyMap<number, unknown> }, nodeId: number): number {
  if (!dir.nodes.has(nodeId)) throw badField('nodeId', 'unknown_site');
  return nodeId;
}
