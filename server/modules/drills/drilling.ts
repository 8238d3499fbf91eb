import { uuidv7 } from 'uuidv7';
import type { drillEndpoints as api, ContingencyPlan, DrillState } from '../../../contract/drills.ts';
import type { ParsedOf } from '../../../contract/endpoint.ts';
import { sameHand } from '../../platform/actor.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { labelsOf } from '../access/index.ts';
import { dayNumber, instantAt } from '../clocks/index.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { raiseTask, tasksByIds } from '../tasks/index.ts';
import { holdsAt, isOutside, mayRead } from './policy.ts';
import {
  contingenciesOf,
  type DrillRecord,
  findingsOf,
  type HandRecord,
  handsOf,
  insertDrills,
  insertFindings,
  insertHands,
  insertSteps,
  judgeStep,
  lockDrill,
  markStep as markQuery,
  patchDrill,
  patchRisk,
  stepsOf,
} from './queries.ts';
import { note, numbered } from './record.ts';
import { notPast, atHand as riskAtHand } from './risks.ts';

/** Life cycle of a drill: event → from → to. Whoever runs it neither assesses nor closes it. */
const transitions = {
  start: { planned: 'running' },
  end: { running: 'held' },
  assess: { held: 'assessed' },
  close: { assessed: 'closed' },
  cancel: { planned: 'cancelled' },
} as const satisfies Record<string, Partial<Record<DrillState, DrillState>>>;

export const mayMove = (event: keyof typeof transitions, state: string): boolean => state in transitions[event];

/** @throws not_in_this_state */
function move(event: keyof typeof transitions, state: string): DrillState {
  const to = (transitions[event] as Partial<Record<string, DrillState>>)[state];
  if (!to) throw new Refusal(409, 'not_in_this_state', { values: { state: `drill_${state}` } });
  return to;
}

interface AtHand {
  drill: DrillRecord;
  hands: HandRecord[];
  dir: Directory;
}

/** @throws not_found */
async function locked(context: Context, id: string): Promise<AtHand> {
  const dir = await directory(context.tx);
  const drill = await lockDrill(context.tx, id);
  if (!drill) throw notFound();
  const hands = await handsOf(context.tx, [id]);
  const named = hands.some((one) => one.account_id === context.actor.accountId);
  if (!named && !mayRead(context.actor, drill.unit_id, dir)) throw notFound();
  return { drill, hands, dir };
}

const partOf = (hands: readonly HandRecord[], accountId: string | null): string | null =>
  hands.find((one) => one.account_id === accountId)?.part ?? null;

/** Whoever led it neither judges nor closes it. */
const ranIt = (actor: Context['actor'], drill: DrillRecord, hands: readonly HandRecord[]): boolean =>
  hands.some((one) => one.part === 'leader' && sameHand(actor, one.account_id, drill.started_at));

const journal = (
  context: Context,
  drill: Pick<DrillRecord, 'id' | 'unit_id' | 'site_id' | 'state'>,
  action: string,
  to: DrillState,
  figures: Record<string, string | number | boolean | null> = {},
): Promise<void> =>
  note(context, {
    kind: 'drill',
    id: drill.id,
    nodeId: drill.site_id ?? drill.unit_id,
    action,
    permission: 'drills.read',
    from: action === 'drill_planned' ? null : drill.state,
    to,
    figures,
  });

const about = (drill: { id: string; number: string }) => ({
  kind: 'drill' as const,
  id: drill.id,
  label: drill.number,
  route: `/readiness/drills/${drill.id}`,
});

/**
 * Plans a drill of what is approved to be done. Its observers come from outside the unit, and none of them runs it.
 * @throws no_contingency, bad_input naming unitId, siteId, plannedFor, leaderId or observerIds
 */
export async function planDrill(
  context: Context,
  input: ParsedOf<typeof api.planDrill>,
): Promise<{ id: string; number: string }> {
  const { tx, actor, now } = context;
  const { risk, dir } = await riskAtHand(context, input.riskId);
  if (dir.nodes.get(input.unitId)?.kind !== 'unit') throw badField('unitId', 'bad_choice');
  if (!holdsAt(actor, 'drills.work', input.unitId, dir)) throw forbidden();
  const of = dir.unitOf(risk.node_id);
  if (of !== null && of !== input.unitId) throw badField('unitId', 'bad_choice');
  if (input.siteId !== null && dir.unitOf(input.siteId) !== input.unitId) throw badField('siteId', 'bad_choice');
  const plannedFor = new Date(input.plannedFor);
  if (plannedFor <= now) throw badField('plannedFor', 'in_the_past');
  const approved = (await contingenciesOf(tx, risk.id)).find((one) => one.state === 'approved');
  if (!approved) throw conflict('no_contingency');
  if (input.observerIds.includes(input.leaderId)) throw badField('observerIds', 'runs_and_watches');
  const observerIds = [...new Set(input.observerIds)];
  const people = await labelsOf(tx, [input.leaderId, ...observerIds]);
  const byId = new Map(people.map((one) => [one.id, one]));
  const leader = byId.get(input.leaderId);
  if (!leader) throw badField('leaderId', 'bad_choice');
  for (const id of observerIds) {
    const observer = byId.get(id);
    if (!observer) throw badField('observerIds', 'bad_choice');
    if (!isOutside(observer.home_node_id, input.unitId, dir)) throw badField('observerIds', 'inside_the_unit');
  }
  const id = uuidv7();
  const number = await numbered(tx, dir, 'drill', now);
  const plan = approved.plan as unknown as ContingencyPlan;
  await insertDrills(tx, [
    {
      id,
      number,
      risk_id: risk.id,
      contingency_id: approved.id,
      unit_id: input.unitId,
      site_id: input.siteId,
      state: 'planned',
      planned_for: plannedFor,
      announced: input.announced,
      planned_by: actor.accountId,
      planned_label: actor.label,
    },
  ]);
  await insertHands(tx, [
    { drill_id: id, account_id: input.leaderId, part: 'leader', label: leader.label },
    ...observerIds.map((one) => ({ drill_id: id, account_id: one, part: 'observer', label: byId.get(one)!.label })),
  ]);
  await insertSteps(
    tx,
    plan.steps.map((step, i) => ({ drill_id: id, n: i + 1, within: step.within })),
  );
  await journal(
    context,
    { id, unit_id: input.unitId, site_id: input.siteId, state: 'planned' },
    'drill_planned',
    'planned',
    {
      announced: input.announced,
      observers: observerIds.length,
    },
  );
  await tell(context, {
    kind: 'drill.planned',
    to: { accountIds: [input.leaderId, ...observerIds].filter((one) => one !== actor.accountId) },
    about: about({ id, number }),
    level: 'important',
  });
  return { id, number };
}

/** @throws not_drill_leader */
export async function startDrill(context: Context, id: string): Promise<void> {
  const { drill, hands } = await locked(context, id);
  if (partOf(hands, context.actor.accountId) !== 'leader') throw forbidden('not_drill_leader');
  const state = move('start', drill.state);
  await patchDrill(context.tx, id, { state, started_at: context.now });
  await journal(context, drill, 'drill_started', state);
}

/** The first mark of a step stands; a second one changes nothing. @throws not_on_drill */
export async function markStep(context: Context, id: string, n: number): Promise<void> {
  const { drill, hands } = await locked(context, id);
  if (partOf(hands, context.actor.accountId) === null) throw forbidden('not_on_drill');
  if (drill.state !== 'running')
    throw new Refusal(409, 'not_in_this_state', { values: { state: `drill_${drill.state}` } });
  if (!(await stepsOf(context.tx, [id])).some((step) => step.n === n)) throw badField('n', 'bad_choice');
  await markQuery(context.tx, id, n, context.now, context.actor.accountId!);
}

/** @throws not_drill_leader */
export async function endDrill(context: Context, id: string, heads: number): Promise<void> {
  const { drill, hands } = await locked(context, id);
  if (partOf(hands, context.actor.accountId) !== 'leader') throw forbidden('not_drill_leader');
  const state = move('end', drill.state);
  await patchDrill(context.tx, id, { state, ended_at: context.now, heads });
  const reached = (await stepsOf(context.tx, [id])).filter((step) => step.reached_at !== null).length;
  await journal(context, drill, 'drill_held', state, { heads, reached });
  await tell(context, {
    kind: 'drill.assess',
    to: { accountIds: hands.filter((one) => one.part === 'observer').map((one) => one.account_id) },
    about: about(drill),
    level: 'important',
  });
}

/** By which minute of the stopwatch a step was reached; null where it was not. */
export const minuteOf = (startedAt: Date, reachedAt: Date | null): number | null =>
  reachedAt === null ? null : (reachedAt.getTime() - startedAt.getTime()) / 60_000;

/**
 * Somebody who was named to watch says of each step whether it was reached in time. The watch does not bend: a step that was
 * not marked, or marked too late, is not "in time". Every finding becomes a supervised task of the unit's, accepted outside it.
 * @throws not_observer, stale, bad_input naming a step
 */
export async function assessDrill(context: Context, input: ParsedOf<typeof api.assessDrill>): Promise<void> {
  const { tx, actor, now } = context;
  const { drill, hands, dir } = await locked(context, input.id);
  if (partOf(hands, actor.accountId) !== 'observer') throw forbidden('not_observer');
  if (ranIt(actor, drill, hands)) throw forbidden('ran_it_yourself');
  const state = move('assess', drill.state);
  if (drill.version !== input.version) throw conflict('stale', { version: drill.version });
  const steps = await stepsOf(tx, [drill.id]);
  const said = new Map(input.steps.map((one) => [one.n, one]));
  for (const step of steps) {
    const one = said.get(step.n);
    if (!one) throw badField(`steps.${step.n - 1}`, 'required');
    const minute = minuteOf(drill.started_at!, step.reached_at);
    if (one.verdict === 'in_time' && (minute === null || minute > step.within))
      throw badField(`steps.${step.n - 1}.verdict`, minute === null ? 'not_marked' : 'marked_late');
    if (one.verdict !== 'in_time' && one.remark.length < 2) throw badField(`steps.${step.n - 1}.remark`, 'required');
  }
  for (const step of steps) await judgeStep(tx, drill.id, step.n, said.get(step.n)!.verdict, said.get(step.n)!.remark);
  await patchDrill(tx, drill.id, {
    state,
    assessed_by: actor.accountId,
    assessed_label: actor.label,
    assessed_at: now,
    assessment: input.words,
  });
  for (const [i, finding] of input.findings.entries()) {
    notPast(dir, now, `findings.${i}.dueOn`, finding.dueOn);
    const task = await raiseTask(context, {
      source: { kind: 'finding', id: drill.id, label: drill.number },
      title: finding.text,
      criterion: finding.criterion,
      owner: { lineId: finding.lineId, unitId: drill.unit_id },
      dueAt: endOf(dir, finding.dueOn),
      priority: 'high',
      unitId: drill.unit_id,
      siteId: drill.site_id,
      class: 'normal',
      once: `drill.${drill.id}.${i}`,
    });
    await insertFindings(tx, [
      { id: uuidv7(), drill_id: drill.id, text: finding.text, task_id: task.id, task_number: task.number, at: now },
    ]);
  }
  await journal(context, drill, 'drill_assessed', state, {
    steps: steps.length,
    inTime: input.steps.filter((one) => one.verdict === 'in_time').length,
    findings: input.findings.length,
  });
}

/** The last minute of a group-local day. */
export const endOf = (dir: Directory, day: string): Date =>
  instantAt(dir.group.timezone, dayNumber(day)!, 23 * 60 + 59);

/** Findings whose task is accepted or void: nothing of them is open. */
export async function settledTasks(tx: Tx, taskIds: string[]): Promise<Set<string>> {
  const tasks = await tasksByIds(tx, taskIds);
  return new Set(tasks.filter((one) => one.state === 'accepted' || one.state === 'void').map((one) => one.id));
}

/** @throws ran_it_yourself, findings_open */
export async function closeDrill(context: Context, input: ParsedOf<typeof api.closeDrill>): Promise<void> {
  const { tx, actor, now } = context;
  const { drill, hands, dir } = await locked(context, input.id);
  if (!holdsAt(actor, 'drills.work', drill.unit_id, dir)) throw forbidden();
  if (ranIt(actor, drill, hands)) throw forbidden('ran_it_yourself');
  const state = move('close', drill.state);
  if (drill.version !== input.version) throw conflict('stale', { version: drill.version });
  const findings = await findingsOf(tx, [drill.id]);
  const settled = await settledTasks(
    tx,
    findings.map((one) => one.task_id),
  );
  const open = findings.filter((one) => !settled.has(one.task_id));
  if (open.length > 0)
    throw new Refusal(409, 'findings_open', { values: { n: open.length, number: open[0]!.task_number } });
  notPast(dir, now, 'nextDrillOn', input.nextDrillOn);
  await patchDrill(tx, drill.id, { state, closed_at: now, closed_by: actor.accountId, closed_label: actor.label });
  if (input.nextDrillOn !== null) await patchRisk(tx, drill.risk_id, { next_drill_on: input.nextDrillOn });
  await journal(context, drill, 'drill_closed', state, { nextDrillOn: input.nextDrillOn });
}

export async function cancelDrill(context: Context, input: ParsedOf<typeof api.cancelDrill>): Promise<void> {
  const { drill, dir } = await locked(context, input.id);
  if (!holdsAt(context.actor, 'drills.work', drill.unit_id, dir)) throw forbidden();
  const state = move('cancel', drill.state);
  if (drill.version !== input.version) throw conflict('stale', { version: drill.version });
  await patchDrill(context.tx, drill.id, { state, cancelled_why: input.why });
  await journal(context, drill, 'drill_cancelled', state);
}
