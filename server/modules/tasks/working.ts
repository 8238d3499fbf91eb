import type { ParsedOf } from '../../../contract/endpoint.ts';
import type { taskEndpoints } from '../../../contract/tasks.ts';
import { badField, conflict, forbidden, notFound, Refusal } from '../../platform/errors.ts';
import { claimFiles } from '../../platform/files.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { labelsOf, leadersAbove } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { requestByNumber } from '../requests/index.ts';
import { tellIssuers, tellOwner } from './announcing.ts';
import { move } from './lifecycle.ts';
import { acceptance, mayExtend, mayOwn, onIssuingSide, readerOfTask, type TaskHand } from './policy.ts';
import {
  handsOf,
  insertHand,
  lockTask,
  meetMilestones,
  milestonesOf,
  patchTask,
  slipsOf,
  type TaskPatch,
  type TaskRecord,
} from './queries.ts';
import { note, recordOf } from './record.ts';
import { evidenceRefs } from './references.ts';
import { basisOf, colourOf, nextLook } from './slips.ts';

/** Those who worked on it, with what each of them leads: the accountable person too, who may have left it to others. */
export async function taskHands(tx: Tx, task: TaskRecord): Promise<TaskHand[]> {
  const rows = await handsOf(tx, task.id);
  const ids = [...new Set([...rows.map((row) => row.account_id), ...(task.owner_id ? [task.owner_id] : [])])];
  const leads = await leadersAbove(tx, ids);
  return ids.map((accountId) => ({
    accountId,
    at: rows.find((row) => row.account_id === accountId)?.at ?? null,
    lineId: rows.find((row) => row.account_id === accountId)?.line_id ?? null,
    leads: leads.filter((row) => row.account_id === accountId).map((row) => row.node_id),
  }));
}

/** Raised from dissatisfaction, it is recognised as done by the person's own word and by nothing else. */
export async function awaitsPerson(tx: Tx, task: Pick<TaskRecord, 'source_kind' | 'source_label'>): Promise<boolean> {
  const r = task.source_kind === 'ledger' ? await requestByNumber(tx, task.source_label) : undefined;
  return r !== undefined && r.state !== 'resolved_confirmed';
}

/** The locked task as this person may see it. @throws not_found */
async function locked(context: Context, id: string): Promise<{ task: TaskRecord; dir: Directory }> {
  const task = await lockTask(context.tx, id);
  const dir = await directory(context.tx);
  if (!task || readerOfTask(context.actor, task, dir) === null) throw notFound();
  return { task, dir };
}

/** @throws not_found, not_task_owner */
async function asOwner(context: Context, id: string): Promise<TaskRecord> {
  const { task } = await locked(context, id);
  if (!mayOwn(context.actor, task)) throw forbidden('not_task_owner');
  return task;
}

function sameVersion(task: TaskRecord, version: number): void {
  if (task.version !== version) throw conflict('stale', { state: task.state, version: task.version });
}

/**
 * Writes what changed, and with it the colour in force and the next moment at which time does something. Everything that
 * changes state, due or milestones goes through here, so that no clock runs on what is no longer so.
 */
export async function settle(context: Context, task: TaskRecord, patch: TaskPatch): Promise<TaskRecord> {
  const after = { ...task, ...patch } as TaskRecord;
  const basis = basisOf(after, await milestonesOf(context.tx, task.id));
  const written = new Set((await slipsOf(context.tx, task.id)).map((one) => one.reason));
  await patchTask(context.tx, task.id, {
    ...patch,
    colour: colourOf(basis, context.now),
    next_look_at: nextLook({ ...basis, receiveBy: after.receive_by }, written, after.next_telling_at, context.now),
  });
  return after;
}

/** Who did something for the owner: none of them accepts. */
const hand = (context: Context, task: TaskRecord): Promise<unknown> =>
  insertHand(context.tx, {
    task_id: task.id,
    account_id: context.actor.accountId!,
    line_id: task.owner_line_id,
    home_node_id: context.actor.homeNodeId,
    at: context.now,
  });

const inHand = (context: Context, task: TaskRecord): TaskPatch => ({
  holder_id: task.owner_id === null ? context.actor.accountId : null,
  holder_label: task.owner_id === null ? context.actor.label : null,
  received_at: task.received_at ?? context.now,
  first_action_at: task.first_action_at ?? context.now,
});

export async function receive(context: Context, id: string): Promise<void> {
  const task = await asOwner(context, id);
  const state = move('receive', task.state);
  await hand(context, task);
  await settle(context, task, { ...inHand(context, task), state });
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'received',
    action: 'tasks.received',
    permission: 'tasks.read',
    from: task.state,
    to: state,
  });
}

export async function progress(context: Context, input: ParsedOf<typeof taskEndpoints.progress>): Promise<void> {
  const task = await asOwner(context, input.id);
  const { tx, now, actor } = context;
  const state = move('progress', task.state);
  await claimFiles(tx, input.fileIds, 'task', task.id, actor);
  await hand(context, task);
  const met =
    input.milestoneIds.length > 0 ? await meetMilestones(tx, task.id, input.milestoneIds, now, actor.accountId!) : [];
  if (met.length !== new Set(input.milestoneIds).size) throw badField('milestoneIds', 'bad_choice');
  await settle(context, task, { ...inHand(context, task), state });
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'progress',
    action: 'tasks.progressed',
    permission: 'tasks.read',
    text: input.text,
    fileIds: input.fileIds,
    data: { milestones: met.length },
    from: task.state,
    to: state,
    figures: { milestones: met.length },
  });
}

/** @throws evidence_needed_task where neither a file nor a record proves it */
export async function submit(context: Context, input: ParsedOf<typeof taskEndpoints.submit>): Promise<void> {
  const task = await asOwner(context, input.id);
  sameVersion(task, input.version);
  const { tx, now, actor } = context;
  const state = move('submit', task.state);
  if (input.fileIds.length + input.references.length === 0)
    throw new Refusal(422, 'evidence_needed_task', { fields: [{ field: 'fileIds', code: 'required' }] });
  const refs = await evidenceRefs(context, input.references);
  await claimFiles(tx, input.fileIds, 'task', task.id, actor);
  await hand(context, task);
  const after = await settle(context, task, { ...inHand(context, task), state, submitted_at: now });
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'submitted',
    action: 'tasks.submitted',
    permission: 'tasks.read',
    text: input.text,
    fileIds: input.fileIds,
    data: { refs, onTime: now <= task.due_original },
    from: task.state,
    to: state,
    figures: { references: input.references.length, onTime: now <= task.due_original },
  });
  await tellIssuers(context, after);
}

/** The issuing side, free of every part in it. @throws not_independent_task */
async function asAcceptor(context: Context, id: string, version: number): Promise<TaskRecord> {
  const { task, dir } = await locked(context, id);
  const rules = acceptance(context.actor, task, await taskHands(context.tx, task), dir);
  const broken = rules.find((one) => !one.holds);
  if (broken) throw new Refusal(403, 'not_independent_task', { values: { rule: broken.rule } });
  sameVersion(task, version);
  return task;
}

/** @throws not_said_solved where the person whose dissatisfaction it came from has not said so */
export async function accept(context: Context, id: string, version: number, text: string): Promise<void> {
  const task = await asAcceptor(context, id, version);
  const state = move('accept', task.state);
  if (await awaitsPerson(context.tx, task)) throw conflict('not_said_solved');
  await settle(context, task, { state, accepted_at: context.now, accepted_by: context.actor.accountId });
  const onTime = task.submitted_at! <= task.due_original;
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'accepted',
    action: 'tasks.accepted',
    permission: 'tasks.issue',
    text,
    data: { onTime },
    from: task.state,
    to: state,
    figures: { onTime, returns: task.returns },
  });
}

export async function returnTask(context: Context, id: string, version: number, text: string): Promise<void> {
  const task = await asAcceptor(context, id, version);
  const state = move('return', task.state);
  const returns = task.returns + 1;
  await settle(context, task, { state, returns, returned_at: context.now });
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'returned',
    action: 'tasks.returned',
    permission: 'tasks.issue',
    text,
    data: { returns },
    from: task.state,
    to: state,
    figures: { returns },
  });
  await tellOwner(context, task, 'task.returned');
}

/** The issuing side, and not whoever answers for it. @throws not_issuing_side */
async function asIssuer(context: Context, id: string, version: number): Promise<TaskRecord> {
  const { task, dir } = await locked(context, id);
  if (!onIssuingSide(context.actor, task, dir) || mayOwn(context.actor, task)) throw forbidden('not_issuing_side');
  sameVersion(task, version);
  return task;
}

/** Once, before it is overdue; the original due stays for every statistic. @throws extended_once, after_due, not_after_due */
export async function extend(context: Context, input: ParsedOf<typeof taskEndpoints.extend>): Promise<void> {
  const task = await asIssuer(context, input.id, input.version);
  const state = move('extend', task.state);
  if (task.extended_at !== null) throw conflict('extended_once');
  if (!mayExtend(task, context.now)) throw conflict('after_due');
  const until = new Date(input.until);
  if (until <= task.due_at)
    throw new Refusal(422, 'not_after_due', { fields: [{ field: 'until', code: 'bad_choice' }] });
  await settle(context, task, { state, due_at: until, extended_at: context.now });
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'extended',
    action: 'tasks.extended',
    permission: 'tasks.issue',
    text: input.text,
    data: { until: until.toISOString() },
    from: task.state,
    to: state,
    figures: { until: until.toISOString() },
  });
}

export async function voidTask(context: Context, id: string, version: number, text: string): Promise<void> {
  const task = await asIssuer(context, id, version);
  const state = move('void', task.state);
  await settle(context, task, { state, voided_at: context.now });
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'voided',
    action: 'tasks.voided',
    permission: 'tasks.issue',
    text,
    from: task.state,
    to: state,
  });
}

/** Home of the accountable person, where one is named. */
export async function ownerHome(tx: Tx, task: Pick<TaskRecord, 'owner_id'>): Promise<number | null> {
  if (task.owner_id === null) return null;
  return (await labelsOf(tx, [task.owner_id]))[0]?.home_node_id ?? null;
}
