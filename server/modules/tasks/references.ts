import { badField } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import { directory } from '../organization/index.ts';
import { readerAt, requestByNumber } from '../requests/index.ts';
import { readerOfTask } from './policy.ts';
import { taskByNumber } from './queries.ts';

export interface Reference {
  kind: 'request' | 'task';
  id: string;
  number: string;
}

/** The record of this number, if this person may read it. 督办〔2026〕3号 and 督办[2026]3号 are the same. */
export async function referenceTo(context: Context, written: string): Promise<Reference | null> {
  const { tx, actor } = context;
  const dir = await directory(tx);
  const number = written
    .trim()
    .replace(/[[［【(（]/g, '〔')
    .replace(/[\]］】)）]/g, '〕')
    .toUpperCase();
  if (number.startsWith('督办')) {
    const task = await taskByNumber(tx, number);
    return task && readerOfTask(actor, task, dir) !== null ? { kind: 'task', id: task.id, number } : null;
  }
  const request = await requestByNumber(tx, /^\d/.test(number) ? `${dir.group.prefix}-${number}` : number);
  return request && readerAt(dir, actor, request) !== null
    ? { kind: 'request', id: request.id, number: request.number }
    : null;
}

/**
 * Records that prove something, as one line of the thread keeps them: `kind:id:number`, parted by bars.
 * @throws bad_input naming the reference that is not there, or not this person's to read
 */
export async function evidenceRefs(context: Context, written: string[]): Promise<string | null> {
  const found: string[] = [];
  for (const [i, one] of written.entries()) {
    const reference = await referenceTo(context, one);
    if (!reference) throw badField(`references.${i}`, 'no_such_record', { number: one });
    found.push(`${reference.kind}:${reference.id}:${reference.number}`);
  }
  return found.length > 0 ? found.join('|') : null;
}
