import type { FastifyReply } from 'fastify';
import { notFound } from '../../platform/errors.ts';
import { sendStoredFile } from '../../platform/file-answer.ts';
import { readFileOf } from '../../platform/files.ts';
import type { Desk } from '../../platform/serve.ts';
import { inStatement, type Tx } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { mayReadWords, readerOfTask } from './policy.ts';
import { readerIn } from './problems.ts';
import { membersOf, problemsByIds, taskById } from './queries.ts';

/** The evidence of a task or a hard problem, to whoever may read its words. */
export function mountTaskFiles(desk: Desk, deps: { folder: string }): void {
  const isId = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id);
  const send = async (
    reply: FastifyReply,
    recordId: string,
    fileId: string,
    mayRead: (tx: Tx) => Promise<boolean>,
  ): Promise<FastifyReply> => {
    if (!isId(recordId) || !isId(fileId)) throw notFound();
    const file = await inStatement(desk.pool, async (tx) =>
      (await mayRead(tx)) ? readFileOf(tx, deps.folder, recordId, fileId) : null,
    );
    return sendStoredFile(reply, file);
  };
  desk.app.get<{ Params: { id: string; fileId: string } }>(
    '/api/tasks/:id/files/:fileId',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      const { id, fileId } = request.params;
      return send(reply, id, fileId, async (tx) => {
        const task = await taskById(tx, id);
        const reader = task && readerOfTask(actor, task, await directory(tx));
        return Boolean(task && reader && mayReadWords(reader, task));
      });
    },
  );
  desk.app.get<{ Params: { id: string; fileId: string } }>(
    '/api/problems/:id/files/:fileId',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      const { id, fileId } = request.params;
      return send(reply, id, fileId, async (tx) => {
        const [problem] = await problemsByIds(tx, [id]);
        const reader = problem && readerIn(actor, problem, await membersOf(tx, [id]));
        return Boolean(problem && reader && (reader === 'party' || !problem.guarded));
      });
    },
  );
}
