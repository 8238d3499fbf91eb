import type { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, areasFor, covers } from '../../platform/actor.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Settled } from '../../platform/live.ts';
import type { Desk } from '../../platform/serve.ts';
import { inStatement } from '../../platform/transaction.ts';
import { type EntryRow, entriesBetween } from '../journal/index.ts';
import { mineAmong } from './queries.ts';

interface Stream {
  actor: Actor;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Whether this session may know that this record changed: the same areas its lists begin with. */
export function mayHear(
  actor: Actor,
  entry: Pick<EntryRow, 'record_kind' | 'unit_id' | 'site_id' | 'line_id'>,
): boolean {
  if (entry.record_kind !== 'request') return false;
  if (actor.permissions.has('followups.call')) return true;
  return areasFor(actor, 'requests.read').some((area) =>
    area.role === 'handler'
      ? area.lineId === entry.line_id
      : area.role !== 'operator' && covers({ ...area, lineId: null }, { unitId: entry.unit_id, siteId: entry.site_id }),
  );
}

/**
 * Live pages: each stream gets only {position, kind, id} of what its session may see now; the page refetches through the
 * normal path. Who a stream belongs to is asked again every two and a half seconds and a session is remembered for two, so a
 * revoked grant is felt within five.
 */
export function mountStreams(desk: Desk, journal: EventEmitter<{ settled: [Settled] }>): { close(): void } {
  const streams = new Set<Stream>();
  const send = (stream: Stream, text: string): void => void stream.reply.raw.write(text);

  const drop = (stream: Stream): void => {
    streams.delete(stream);
    stream.reply.raw.end();
  };

  async function tell({ after, upTo }: Settled): Promise<void> {
    if (streams.size === 0) return;
    await inStatement(desk.pool, async (tx) => {
      const entries = (await entriesBetween(tx, [Math.max(after, upTo - 2000), upTo])).filter(
        (entry) => entry.record_kind === 'request',
      );
      const ids = [...new Set(entries.map((entry) => entry.record_id))];
      if (ids.length === 0) return;
      for (const stream of streams) {
        const mine = stream.actor.accountId ? await mineAmong(tx, stream.actor.accountId, ids) : new Set<string>();
        const told = new Map<string, number>();
        for (const entry of entries)
          if (mine.has(entry.record_id) || mayHear(stream.actor, entry)) told.set(entry.record_id, entry.position);
        for (const [id, position] of told)
          send(stream, `id: ${position}\ndata: ${JSON.stringify({ position, kind: 'request', id })}\n\n`);
      }
    });
  }
  const listener = (settled: Settled): void => void tell(settled).catch(() => {});
  journal.on('settled', listener);

  const recheck = setInterval(async () => {
    for (const stream of streams) {
      const actor = await desk.identify(stream.request).catch(() => null);
      if (actor?.kind !== 'account') drop(stream);
      else {
        stream.actor = actor;
        send(stream, ': here\n\n');
      }
    }
  }, 2_500);
  recheck.unref();

  desk.app.get('/api/live', { schema: { hide: true } }, async (request, reply) => {
    const actor = await desk.identify(request);
    if (actor.kind !== 'account') throw new Refusal(401, 'sign_in_first');
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stream: Stream = { actor, request, reply };
    streams.add(stream);
    send(stream, 'retry: 2000\n: welcome\n\n');
    request.raw.on('close', () => streams.delete(stream));
  });

  return {
    close() {
      clearInterval(recheck);
      journal.off('settled', listener);
      for (const stream of streams) drop(stream);
    },
  };
}
