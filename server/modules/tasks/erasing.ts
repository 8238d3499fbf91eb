import { abandonFiles } from '../../platform/files.ts';
import type { Context } from '../../platform/serve.ts';
import { isOpenTask, move } from './lifecycle.ts';
import {
  drawnByLedger,
  eraseProblem,
  eraseTask,
  eraseWords,
  lockTask,
  problemsOfSource,
  tasksOfSource,
} from './queries.ts';
import { note, recordOf } from './record.ts';
import { settle } from './working.ts';

/**
 * A request was moved to a sealed line: what was drawn from it goes too, by whomever and through the ledger, and what was
 * drawn from that. The task stays as a number without a word, void if it was still open; nobody is asked for what nobody may
 * read (rules 5).
 */
export async function eraseDrawnFrom(context: Context, request: { id: string; number: string }): Promise<void> {
  const { tx } = context;
  const byLedger = await drawnByLedger(tx, request.number);
  await eraseAll(context, {
    tasks: [...(await tasksOfSource(tx, request.id)), ...byLedger.tasks],
    problems: [...(await problemsOfSource(tx, request.id)), ...byLedger.problems],
  });
}

async function eraseAll(
  context: Context,
  drawn: { tasks: { id: string }[]; problems: { id: string }[] },
): Promise<void> {
  const { tx } = context;
  for (const { id } of drawn.tasks) await eraseOneTask(context, id);
  for (const { id } of drawn.problems) {
    await eraseWords(tx, id);
    await abandonFiles(tx, id);
    await eraseProblem(tx, id);
  }
  for (const { id } of [...drawn.tasks, ...drawn.problems])
    await eraseAll(context, { tasks: await tasksOfSource(tx, id), problems: await problemsOfSource(tx, id) });
}

async function eraseOneTask(context: Context, id: string): Promise<void> {
  const { tx } = context;
  const task = (await lockTask(tx, id))!;
  await eraseWords(tx, id);
  await abandonFiles(tx, id);
  await eraseTask(tx, id);
  if (!isOpenTask(task)) return;
  const state = move('void', task.state);
  await settle(context, task, { state, voided_at: context.now });
  await note(context, {
    recordKind: 'task',
    record: recordOf(task),
    kind: 'voided',
    action: 'tasks.voided',
    permission: null,
    reason: 'sealed',
    data: { reason: 'sealed' },
    from: task.state,
    to: state,
  });
}
