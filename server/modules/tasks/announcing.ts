import type { MessageKind } from '../../../contract/messages.ts';
import type { Context } from '../../platform/serve.ts';
import { type Addressees, type Telling, tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import type { TaskRecord } from './queries.ts';

const about = (task: TaskRecord): Telling['about'] => ({
  kind: 'task',
  id: task.id,
  label: task.number,
  route: `/tasks/${task.id}`,
  mayBeNamed: !task.guarded,
});

/** The accountable person, or whoever holds the post. */
async function ownerSide(context: Context, task: TaskRecord): Promise<Addressees> {
  if (task.owner_id !== null) return { accountIds: [task.owner_id] };
  const nodeId = task.owner_unit_id ?? (await directory(context.tx)).groupNode.id;
  return task.owner_line_id === null
    ? { role: 'unit_leader', nodeId }
    : { role: 'handler', nodeId, lineId: task.owner_line_id };
}

/** Whoever issued it; where the program did, whoever issues at that place. */
const issuingSide = (task: TaskRecord): Addressees =>
  task.issuer_id === null
    ? { permission: 'tasks.issue', nodeId: task.issuer_node_id }
    : { accountIds: [task.issuer_id] };

const levels = {
  'task.assigned': 'important',
  'task.due': 'info',
  'task.slipped': 'important',
  'task.returned': 'important',
} as const satisfies Partial<Record<MessageKind, Telling['level']>>;

export const tellOwner = async (context: Context, task: TaskRecord, kind: keyof typeof levels): Promise<number> =>
  tell(context, { kind, to: await ownerSide(context, task), about: about(task), level: levels[kind] });

/** Handed in: it waits for somebody who had no part in it. */
export const tellIssuers = (context: Context, task: TaskRecord): Promise<number> =>
  tell(context, { kind: 'task.done', to: issuingSide(task), about: about(task), level: 'important' });

/** Red, one level higher. */
export const tellLeaders = (context: Context, task: TaskRecord, accountIds: string[], no: number): Promise<number> =>
  tell(context, {
    kind: 'task.upward',
    to: { accountIds },
    about: about(task),
    values: { no },
    level: 'urgent',
    once: `task.upward:${task.id}:${no}`,
  });
