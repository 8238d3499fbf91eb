import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestEndpoints as api } from '../../../contract/requests.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { badField, notFound, Refusal } from '../../platform/errors.ts';
import { sendStoredFile } from '../../platform/file-answer.ts';
import {
  checkUpload,
  mostDocumentBytes,
  readFileOf,
  refuseOverQuota,
  type Sender,
  storeFile,
} from '../../platform/files.ts';
import { deviceCookie } from '../../platform/http.ts';
import { type Desk, parseInput } from '../../platform/serve.ts';
import { inStatement, inTransaction } from '../../platform/transaction.ts';
import { directory } from '../organization/index.ts';
import { requestByCode } from './codes.ts';
import { noteCodeFailure } from './contacts/queries.ts';
import type { Reader } from './policy.ts';
import type { RequestRecord } from './queries.ts';
import { readRequest, threadOf } from './thread.ts';

/** Uploads and downloads (rules 7): files are addressed through their record and served only to who may see it there. */
export async function mountFiles(desk: Desk, deps: { keys: Keys; folder: string }): Promise<void> {
  await desk.app.register(multipart, { limits: { fileSize: mostDocumentBytes, files: 1, fields: 4 } });

  const upload = (publicDoor: boolean) => async (request: FastifyRequest, reply: FastifyReply) => {
    const actor = await desk.identify(request);
    if (!publicDoor && actor.kind !== 'account') throw new Refusal(401, 'sign_in_first');
    const as: Actor = publicDoor ? { ...actor, kind: 'visitor', accountId: null } : actor;
    const sender: Sender = await inStatement(desk.pool, async (tx) => {
      const { timezone } = (await directory(tx)).group;
      const device = request.cookies[deviceCookie] ?? null;
      const one = { accountId: as.accountId, device, now: desk.now(), zone: timezone };
      await refuseOverQuota(tx, one);
      return one;
    });
    const part = await request.file();
    if (!part) throw badField('file', 'required');
    let bytes: Buffer;
    try {
      bytes = await part.toBuffer();
    } catch {
      throw new Refusal(413, 'file_too_large', { values: { mb: mostDocumentBytes / 1024 / 1024 } });
    }
    const checked = await checkUpload(deps.folder, as, { name: part.filename, mediaType: part.mimetype, bytes });
    const file = await inTransaction(desk.pool, (tx) => storeFile(tx, deps.folder, sender, checked));
    return reply.send({ id: file.id, kind: file.kind, name: file.name });
  };
  desk.app.post('/api/files', { schema: { hide: true }, bodyLimit: mostDocumentBytes + 65_536 }, upload(false));
  desk.app.post('/api/public/files', { schema: { hide: true }, bodyLimit: mostDocumentBytes + 65_536 }, upload(true));

  /** Through the thread as this reader sees it: what the thread does not show, the file door does not open. */
  const sendFile = async (reply: FastifyReply, actor: Actor, reader: Reader, r: RequestRecord, fileId: string) => {
    const file = await inStatement(desk.pool, async (tx) => {
      const thread = await threadOf(tx, await directory(tx), actor, reader, r, desk.now());
      if (!thread.entries.some((entry) => entry.files.some((one) => one.id === fileId))) throw notFound();
      return readFileOf(tx, deps.folder, r.id, fileId);
    });
    return sendStoredFile(reply, file);
  };

  desk.app.get<{ Params: { id: string; fileId: string } }>(
    '/api/requests/:id/files/:fileId',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      const { id, fileId } = request.params;
      if (!/^[0-9a-f-]{36}$/.test(id) || !/^[0-9a-f-]{36}$/.test(fileId)) throw notFound();
      const { r, reader } = await inStatement(desk.pool, (tx) => readRequest(tx, actor, id));
      return sendFile(reply, actor, reader, r, fileId);
    },
  );

  desk.app.post<{ Body: { number: string; code: string; fileId: string } }>(
    '/api/public/requests/file',
    { schema: { hide: true } },
    async (request, reply) => {
      const actor = await desk.identify(request);
      const input = parseInput(api.follow, request.body);
      const now = desk.now();
      const r = await inStatement(desk.pool, (tx) =>
        requestByCode(tx, deps.keys, input.number, input.code, now, (number) =>
          inTransaction(desk.pool, async (own) => void (await noteCodeFailure(own, number, now))),
        ),
      );
      return sendFile(reply, { ...actor, accountId: null }, 'requester', r, String(request.body.fileId));
    },
  );
}
