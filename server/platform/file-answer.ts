import type { FastifyReply } from 'fastify';
import { notFound } from './errors.ts';
import type { readFileOf } from './files.ts';

type Found = Awaited<ReturnType<typeof readFileOf>> | null;

/** A stored file as an answer: a picture is shown, anything else downloaded; nothing in it runs, nothing is cached. */
export function sendStoredFile(reply: FastifyReply, file: Found): FastifyReply {
  if (!file) throw notFound();
  reply
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .header('content-security-policy', "sandbox; default-src 'none'");
  if (file.kind !== 'picture')
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  return reply.type(file.mediaType).send(file.stream);
}
