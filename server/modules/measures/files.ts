import { notFound } from '../../platform/errors.ts';
import { sendStoredFile } from '../../platform/file-answer.ts';
import { readFileOf } from '../../platform/files.ts';
import type { Desk } from '../../platform/serve.ts';
import { inStatement } from '../../platform/transaction.ts';
import { mayRead } from './policy.ts';
import { dueById, marksOf } from './queries.ts';

/** The evidence of a measure, to whoever may read the measure. */
export function mountMeasureFiles(desk: Desk, deps: { folder: string }): void {
  const isId = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id);
  desk.app.get<{ Params: { id: string; fileId: string } }>(
    '/api/measures/:id/files/:fileId',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      const { id, fileId } = request.params;
      if (!isId(id) || !isId(fileId)) throw notFound();
      const file = await inStatement(desk.pool, async (tx) => {
        const due = await dueById(tx, id);
        if (!due || !mayRead(actor, due)) return null;
        const mark = (await marksOf(tx, [id])).find((one) => one.file_ids.includes(fileId));
        return mark ? readFileOf(tx, deps.folder, mark.id, fileId) : null;
      });
      return sendStoredFile(reply, file);
    },
  );
}
