import { notFound } from '../../platform/errors.ts';
import { sendStoredFile } from '../../platform/file-answer.ts';
import { readFileOf } from '../../platform/files.ts';
import type { Desk } from '../../platform/serve.ts';
import { inStatement } from '../../platform/transaction.ts';
import { entryView } from './view.ts';

/**
 * The evidence in an entry's thread, to whoever reads it there: who judges or signs need not be a reader of the request,
 * and must see what the line's word rests on.
 */
export function mountLedgerFiles(desk: Desk, deps: { folder: string }): void {
  const isId = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id);
  desk.app.get<{ Params: { id: string; fileId: string } }>(
    '/api/ledger/:id/files/:fileId',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      const { id, fileId } = request.params;
      if (actor.kind !== 'account' || !isId(id) || !isId(fileId)) throw notFound();
      const file = await inStatement(desk.pool, async (tx) => {
        const { thread } = await entryView(tx, actor, id, desk.now());
        if (!thread.entries.some((entry) => entry.files.some((one) => one.id === fileId))) return null;
        return readFileOf(tx, deps.folder, thread.id, fileId);
      });
      return sendStoredFile(reply, file);
    },
  );
}
