import { uuidv7 } from 'uuidv7';
import { abandonFiles } from '../../platform/files.ts';
import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { forgetMarks } from './queries.ts';

const dayMs = 86_400_000;
/** A handful at a time. */
const atOnce = 1_000;

/**
 * Forgets the notes, signers and pictures of measures done longer ago than that; who did what and when stays, and so does
 * every figure. @returns how many marks; the caller asks again until none is left
 */
export async function forgetEvidence({ tx, now }: Context, days: number): Promise<number> {
  const marks = await forgetMarks(tx, [new Date(now.getTime() - days * dayMs), atOnce]);
  for (const { id } of marks) await abandonFiles(tx, id);
  if (marks.length > 0)
    await append(tx, {
      at: now,
      actorId: null,
      role: 'system',
      action: 'measures.forgotten',
      recordKind: 'measure',
      recordId: uuidv7(),
      class: 'audit',
      figures: { marks: marks.length, days },
    });
  return marks.length;
}
