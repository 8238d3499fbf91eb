import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { dayMs } from './gaps.ts';
import { note } from './noting.ts';
import { orphansUnder } from './orphans.ts';
import { lockShift, patchShift, postsAt, shiftsToLookAt } from './queries.ts';
import { coverageOf } from './roster.ts';
import { tellLate } from './teams.ts';

/** What time does to shifts: nobody took it, nobody handed it over. Told once each; a shift nobody took is missed when over. */
export async function lookAtShifts(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const found = await shiftsToLookAt(tx, now);
  for (const { id, node_id } of found) {
    // Taken or handed over a moment ago by whoever was faster.
    const row = await lockShift(tx, id);
    if (!row || (row.state !== 'planned' && row.state !== 'taken')) continue;
    const untaken = row.state === 'planned';
    const kind = untaken ? ('duty.untaken' as const) : ('duty.unhanded' as const);
    await tell(context, {
      kind,
      to: { permission: 'duty.plan', nodeId: node_id },
      about: { kind: 'duty', id, label: dir.nodes.get(node_id)!.code, route: `/duty?node=${node_id}` },
      level: 'important',
      once: `${kind}:${id}`,
    });
    if (!untaken || row.to_at > now) continue;
    await patchShift(tx, id, { state: 'missed', version: row.version + 1 });
    await note(context, dir, {
      action: 'duty.shift_missed',
      recordKind: 'shift',
      recordId: id,
      nodeId: node_id,
      from: 'planned',
      to: 'missed',
    });
  }
  return found.length;
}

/** Once a day: hours of the next seven days without a named officer are told to who plans them, and who is late back. */
export async function lookAhead(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const to = new Date(now.getTime() + 7 * dayMs);
  const { gaps } = await coverageOf(tx, dir, await postsAt(tx, null, now), { from: now, to });
  const hours = new Map<number, number>();
  for (const gap of gaps)
    hours.set(gap.nodeId, (hours.get(gap.nodeId) ?? 0) + (Date.parse(gap.to) - Date.parse(gap.from)) / 3_600_000);
  const day = now.toISOString().slice(0, 10);
  for (const [nodeId, open] of hours)
    await tell(context, {
      kind: 'duty.gap',
      to: { permission: 'duty.plan', nodeId },
      about: { kind: 'duty', id: String(nodeId), label: dir.nodes.get(nodeId)!.code, route: `/duty?node=${nodeId}` },
      values: { hours: Math.ceil(open) },
      level: 'important',
      once: `duty.gap:${nodeId}:${day}`,
    });
  await tellLate(context);
  return hours.size;
}

/** Once a day: the monitored figure of ground without an accountable person stands in the journal; above 0 it is told. */
export async function watchOrphans(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const { sources, total } = await orphansUnder(tx, dir.groupNode.id, now);
  await note(context, dir, {
    action: 'duty.orphans_counted',
    recordKind: 'duty_orphans',
    // The figure of the whole group has one record that all its entries stand under.
    recordId: orphanRecord,
    nodeId: dir.groupNode.id,
    figures: Object.fromEntries([['total', total], ...sources.map((one) => [one.key, one.orphans.length] as const)]),
  });
  if (total > 0)
    await tell(context, {
      kind: 'duty.orphans',
      to: { role: 'support_group' },
      about: { kind: 'duty', id: 'orphans', label: dir.group.short || dir.groupNode.code, route: '/duty/orphans' },
      values: { n: total },
      level: 'important',
      once: `duty.orphans:${now.toISOString().slice(0, 10)}`,
    });
  return total;
}
const orphanRecord = '0d07a9d0-0000-7000-8000-000000000018';
