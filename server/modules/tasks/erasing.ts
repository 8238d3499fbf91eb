import { abandonFiles } from '../../platform/files.ts';
import type { Context } from '../../platform/serve.ts';
import { isOpenTask, move } from './lifecycle.ts';
import { eraseProblem, eraseTask, eraseWords, lockTask, problemsOfSource, tasksOfSource } from './queries.ts';
import { note, recordOf } from './record.ts';
import { settle } from './working.ts';

/**
 * A request was moved to a sealed line: what was drawn from it goes too, and what was drawn from that. The task stays as a
 * number without a word, void if it was still open; nobody is asked for what nobody may read (rules 5).
 */
export async function eraseDrawnFrom(context: Context, sourceId: string): Promise<void> {
  for (const { id } of await tasksOfSource(context.tx, sourceId)) {
    await eraseOneTask(context, id);
    await eraseDrawnFrom(context, id);
  }
  for (const { id } of await problemsOfSource(context.tx, sourceId)) {
    await eraseWords(context.tx, id);
    await abandonFiles(context.tx, id);
    await eraseProblem(context.tx, id);
    await eraseDrawnFrom(context, id);
  }
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
