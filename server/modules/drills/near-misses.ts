import type { drillEndpoints as api } from '../../../contract/drills.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { raiseTask } from '../tasks/index.ts';
import { endOf } from './drilling.ts';
import { holdsAt, mayRead } from './policy.ts';
import { insertNearMisses, lockNearMiss, nearMissById, patchNearMiss, riskById } from './queries.ts';
import { note, numbered } from './record.ts';
import { notPast } from './risks.ts';

/** A device's clock may be ahead by this much (rules 13). */
const clockTolerance = 5 * 60_000;

/**
 * What nearly happened, told by anybody of a place of theirs: without blame. The journal does not say by whom either. Sent
 * twice under one id it is there once.
 * @throws bad_input naming nodeId or happenedAt
 */
export async function recordNearMiss(
  context: Context,
  input: ParsedOf<typeof api.recordNearMiss>,
): Promise<{ id: string; number: string }> {
  const { tx, actor, now } = context;
  const before = await nearMissById(tx, input.id);
  if (before) {
    if (before.reporter_id !== actor.accountId) throw notFound();
    return { id: before.id, number: before.number };
  }
  const dir = await directory(tx);
  const node = dir.nodes.get(input.nodeId);
  const unitId = dir.unitOf(input.nodeId);
  if (!node || unitId === null) throw badField('nodeId', 'bad_choice');
  const own = actor.homeNodeId !== null && dir.unitOf(actor.homeNodeId) === unitId;
  if (!own && !holdsAt(actor, 'drills.report', input.nodeId, dir)) throw badField('nodeId', 'bad_choice');
  const said = new Date(input.happenedAt);
  if (said.getTime() > now.getTime() + clockTolerance) throw badField('happenedAt', 'not_yet');
  const happenedAt = said > now ? now : said;
  const number = await numbered(tx, dir, 'near_miss', now);
  const siteId = node.kind === 'site' ? node.id : null;
  await insertNearMisses(tx, [
    {
      id: input.id,
      number,
      unit_id: unitId,
      site_id: siteId,
      happened_at: happenedAt,
      what: input.what,
      place: input.place,
      stopped_by: input.stoppedBy,
      reporter_id: actor.accountId,
      reporter_label: actor.label,
      recorded_at: now,
    },
  ]);
  await note(context, {
    kind: 'near_miss',
    id: input.id,
    nodeId: input.nodeId,
    action: 'near_miss_recorded',
    permission: null,
    to: 'recorded',
    as: { accountId: null },
  });
  await tell(
    { ...context, actor: { ...actor, accountId: null, label: '' } },
    {
      kind: 'drill.near_miss',
      to: { role: 'unit_liaison', nodeId: unitId },
      about: { kind: 'drill', id: input.id, label: number, route: '/readiness/near-misses?view=waiting' },
      level: 'info',
    },
  );
  return { id: input.id, number };
}

/** @throws own_report, triaged_already, stale, bad_input naming riskId or task */
export async function triageNearMiss(context: Context, input: ParsedOf<typeof api.triageNearMiss>): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  const found = await lockNearMiss(tx, input.id);
  if (!found || !mayRead(actor, found.unit_id, dir)) throw notFound();
  if (!holdsAt(actor, 'drills.work', found.unit_id, dir)) throw forbidden();
  if (sameHand(actor, found.reporter_id, found.recorded_at)) throw forbidden('own_report');
  if (found.triaged_at) throw conflict('triaged_already');
  if (found.version !== input.version) throw conflict('stale', { version: found.version });
  const risk = input.riskId === null ? undefined : await riskById(tx, input.riskId);
  if (input.riskId !== null && (!risk || risk.retired_at || !mayRead(actor, risk.node_id, dir)))
    throw badField('riskId', 'bad_choice');
  if (input.outcome === 'risk' && !risk) throw badField('riskId', 'required');
  if (input.outcome === 'task' && !input.task) throw badField('task', 'required');
  let task: { id: string; number: string } | null = null;
  if (input.outcome === 'task' && input.task) {
    notPast(dir, now, 'task.dueOn', input.task.dueOn);
    task = await raiseTask(context, {
      source: { kind: 'finding', id: found.id, label: found.number },
      title: input.task.title,
      criterion: input.task.criterion,
      owner: { lineId: input.task.lineId, unitId: found.unit_id },
      dueAt: endOf(dir, input.task.dueOn),
      priority: 'high',
      unitId: found.unit_id,
      siteId: found.site_id,
      class: 'normal',
      once: `near_miss.${found.id}`,
    });
  }
  await patchNearMiss(tx, found.id, {
    outcome: input.outcome,
    risk_id: risk?.id ?? null,
    task_id: task?.id ?? null,
    task_number: task?.number ?? null,
    triage: input.words,
    triaged_by: actor.accountId,
    triaged_label: actor.label,
    triaged_at: now,
  });
  await note(context, {
    kind: 'near_miss',
    id: found.id,
    nodeId: found.site_id ?? found.unit_id,
    action: 'near_miss_triaged',
    permission: 'drills.work',
    from: 'recorded',
    to: input.outcome,
  });
}
