import { uuidv7 } from 'uuidv7';
import type { Context } from '../../platform/serve.ts';
import { accountsInRoles, leadersAbove } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { tellLeaders, tellOwner } from './announcing.ts';
import { ladderOf, type Rung, rungAt } from './ladder.ts';
import { move } from './lifecycle.ts';
import { insertSlips, insertTelling, lockTask, milestonesOf, slipsOf, type TaskRecord, tellingsOf } from './queries.ts';
import { note, recordOf } from './record.ts';
import { basisOf, slipsDue, tellingDueAt, tellingEvery } from './slips.ts';
import { ownerHome, settle } from './working.ts';

/**
 * What time does to one task: silent receipt after four hours, the slips that are due, and telling one level higher every
 * 24 h while it is red. Looked at under lock, so that two programs do each of them once.
 */
export async function lookAtTask(context: Context, id: string): Promise<void> {
  let task = await lockTask(context.tx, id);
  if (!task?.next_look_at || task.next_look_at > context.now) return;
  if (task.state === 'issued' && task.receive_by <= context.now) task = await receiveSilently(context, task);
  const basis = basisOf(task, await milestonesOf(context.tx, id));
  const written = await slipsOf(context.tx, id);
  const due = slipsDue(basis, new Set(written.map((one) => one.reason)), context.now);
  await insertSlips(
    context.tx,
    due.map((one, i) => ({
      id: uuidv7(),
      task_id: id,
      no: written.length + i + 1,
      colour: one.colour,
      reason: one.reason,
      why: one.why,
      due_at: basis.dueAt,
      occurred_at: one.occurredAt,
      issued_at: context.now,
    })),
  );
  for (const [i, one] of due.entries())
    await note(context, {
      recordKind: 'task',
      record: recordOf(task),
      kind: 'slip',
      action: 'tasks.slip_issued',
      permission: null,
      data: { colour: one.colour, why: one.why, no: written.length + i + 1 },
      reason: one.why,
      figures: { colour: one.colour, no: written.length + i + 1, occurred: one.occurredAt.toISOString() },
    });
  if (due.some((one) => one.colour === 'red')) await tellOwner(context, task, 'task.slipped');
  else if (due.length > 0) await tellOwner(context, task, 'task.due');

  const tellAt = tellingDueAt(basis, task.next_telling_at);
  if (tellAt && tellAt <= context.now) {
    await tellUpward(context, task);
    const next = new Date(context.now.getTime() + tellingEvery);
    await settle(context, task, { told_upward: task.told_upward + 1, next_telling_at: next });
  } else await settle(context, task, {});
}

/** Four hours without a word count as received, and the thread says so; nobody has acted on it yet. */
async function receiveSilently(context: Context, task: TaskRecord): Promise<TaskRecord> {
  const state = move('receive', task.state);
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'silently_received',
    action: 'tasks.silently_received',
    permission: null,
    from: task.state,
    to: state,
  });
  return settle(context, task, { state, received_at: context.now, silently_received: true });
}

interface Told {
  rung: number;
  step: Rung;
  accountIds: string[];
}

/** The first step from here upward on which somebody stands: a post that is vacant holds nothing up. */
async function standingOn(context: Context, dir: Directory, ladder: Rung[], from: number): Promise<Told> {
  const people = await accountsInRoles(context.tx, [...new Set(ladder.map((one) => one.role))]);
  for (let rung = from; rung < ladder.length; rung++) {
    const step = ladder[rung]!;
    const accountIds = people
      .filter((one) => one.role === step.role && one.line_id === null && one.node_id === step.nodeId)
      .map((one) => one.id);
    if (accountIds.length > 0) return { rung, step, accountIds };
  }
  const rung = ladder.length - 1;
  return { rung, step: ladder[rung] ?? { role: 'group_leader', nodeId: dir.groupNode.id }, accountIds: [] };
}

/** One step higher each time; a step on which nobody stands is passed over. */
async function tellUpward(context: Context, task: TaskRecord): Promise<void> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const leads = task.owner_id ? await leadersAbove(tx, [task.owner_id]) : [];
  const ladder = ladderOf(dir, {
    homeNodeId: await ownerHome(tx, task),
    lineId: task.owner_line_id,
    unitId: task.owner_unit_id,
    leadsUnit: leads.length > 0 || (task.owner_unit_id !== null && task.owner_line_id === null),
  });
  const before = (await tellingsOf(tx, task.id)).at(-1)?.rung ?? -1;
  const { rung, step, accountIds } = await standingOn(context, dir, ladder, rungAt(ladder, before + 1));
  const no = task.told_upward + 1;
  await insertTelling(tx, {
    id: uuidv7(),
    task_id: task.id,
    no,
    rung,
    role: step.role,
    node_id: step.nodeId,
    addressees: accountIds.length,
    at: now,
  });
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'told_upward',
    action: 'tasks.told_upward',
    permission: null,
    data: { role: step.role, node: step.nodeId, no, addressees: accountIds.length },
    figures: { role: step.role, node: step.nodeId, no, addressees: accountIds.length },
  });
  await tellLeaders(context, task, accountIds, no);
}
