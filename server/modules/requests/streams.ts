import type { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/actor.ts';
import { Refusal } from '../../platform/errors.ts';
import { hearersOf, type Settled } from '../../platform/live.ts';
import type { Desk } from '../../platform/serve.ts';
import { inStatement, type Tx } from '../../platform/transaction.ts';
import { type EntryRow, entriesBetween } from '../journal/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { readerAt } from './policy.ts';
import { requestsByIds } from './queries.ts';

/** Readers by something else than place: of these records, which such an actor may read. */
interface Audience {
  admits(actor: Actor): boolean;
  among(tx: Tx, ids: string[]): Promise<Set<string>>;
}
let audience: Audience = { admits: () => false, among: async () => new Set() };

/** `followups` says here what is on the call list; `requests` stays below it. */
export function provideAudience(further: Audience): void {
  audience = further;
}

interface Stream {
  actor: Actor;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Told up to here; null until the first position is known. */
  after: number | null;
}

/**
 * Acts that only the person and callers read of in the thread. Nobody else hears that there was one: a handler who sees a
 * request move, and nothing new in it, would know whom the draw named (rules 9).
 */
const amongVerifiers = new Set([
  'followups.attempted',
  'followups.answered',
  'followups.answered_again',
  'followups.visited',
  'requests.rated',
]);
/** A notice in the thread stands there for everybody. */
const isForVerifiers = ({ action, figures }: Pick<EntryRow, 'action' | 'figures'>): boolean =>
  amongVerifiers.has(action) && figures.channel !== 'thread';

interface Change {
  position: number;
  kind: string;
  id: string;
  /** Whether this session may know that this record changed. */
  mayHear(actor: Actor): boolean;
}

const pageSize = 2000;
/** Who was away for longer asks for everything anew, as every page does when it connects. */
const farthestBack = 20_000;

/**
 * Live pages: each stream gets only {position, kind, id} of what its session may read now, in the order of the journal
 * and each position once, also across programs: a stream that comes back with its last position goes on from there. The
 * page refetches through the normal path. Who the streams belong to is asked again every two seconds, of all of them at
 * once, so a revoked grant is felt within five.
 */
export function mountStreams(desk: Desk, journal: EventEmitter<{ settled: [Settled] }>): { close(): void } {
  const streams = new Set<Stream>();
  const send = (stream: Stream, text: string): void => void stream.reply.raw.write(text);

  const drop = (stream: Stream): void => {
    streams.delete(stream);
    stream.reply.raw.end();
  };

  /** Requests are heard of by exactly those who may read them now, and what callers did by those who read that (rules 6). */
  async function changedRequests(
    tx: Tx,
    dir: Directory,
    last: Map<string, number>,
    readers: 'all' | 'verifiers',
  ): Promise<Change[]> {
    const ids = [...last.keys()];
    const rows = await requestsByIds(tx, ids);
    // On the call list now or before.
    const called =
      ids.length > 0 && [...streams].some(({ actor }) => audience.admits(actor))
        ? await audience.among(tx, ids)
        : new Set<string>();
    return rows.map((r) => ({
      position: last.get(r.id)!,
      kind: 'request',
      id: r.id,
      mayHear: (actor) => {
        if (called.has(r.id) && audience.admits(actor)) return true;
        const reader = readerAt(dir, actor, r);
        return readers === 'all' ? reader !== null : reader === 'requester';
      },
    }));
  }

  /** Last change of each record on this page of the journal; read once for all streams. */
  async function changesOf(tx: Tx, entries: Awaited<ReturnType<typeof entriesBetween>>): Promise<Change[]> {
    const requests = { all: new Map<string, number>(), verifiers: new Map<string, number>() };
    const kinds = new Map<string, Map<string, number>>();
    for (const entry of entries) {
      const { record_kind: kind, record_id: id, position } = entry;
      if (kind === 'request') requests[isForVerifiers(entry) ? 'verifiers' : 'all'].set(id, position);
      else if (hearersOf(kind)) kinds.set(kind, (kinds.get(kind) ?? new Map<string, number>()).set(id, position));
    }
    const changes: Change[] = [];
    for (const readers of ['all', 'verifiers'] as const)
      if (requests[readers].size > 0)
        changes.push(...(await changedRequests(tx, await directory(tx), requests[readers], readers)));
    for (const [kind, last] of kinds) {
      const hears = await hearersOf(kind)!(tx, [...last.keys()]);
      for (const [id, position] of last) changes.push({ position, kind, id, mayHear: (actor) => hears(actor, id) });
    }
    return changes.sort((a, b) => a.position - b.position);
  }

  let known: number | null = null;
  const isBehind = (): boolean => [...streams].some(({ after }) => after !== null && after < known!);

  /** One page of the journal to every stream that has not got it. */
  async function tellPage(upTo: number): Promise<void> {
    const from = Math.min(...[...streams].map((stream) => stream.after ?? upTo));
    await inStatement(desk.pool, async (tx) => {
      const entries = await entriesBetween(tx, [from, upTo]);
      const reached = entries.length < pageSize ? upTo : entries.at(-1)!.position;
      const changes = await changesOf(tx, entries);
      let told = 0;
      for (const stream of streams) {
        const { after } = stream;
        // One that has just come back from farther behind is not led over what it missed; it gets its own page next.
        if (after === null || after < from || after >= reached) continue;
        for (const change of changes)
          if (change.position > after && change.mayHear(stream.actor)) {
            const { position, kind, id } = change;
            send(stream, `id: ${position}\ndata: ${JSON.stringify({ position, kind, id })}\n\n`);
          }
        stream.after = reached;
        // A thousand streams must not make those wait who only ask for a page.
        if (++told % 100 === 0) await setImmediate();
      }
    });
  }

  let telling = false;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  /** One at a time, until nobody is behind what is known. */
  async function tell(): Promise<void> {
    if (telling || known === null) return;
    telling = true;
    try {
      while (!closed && isBehind()) await tellPage(known);
    } catch {
      // The database is away for a moment: nobody is told less, only later.
      if (!closed) retry = setTimeout(() => void tell(), 500);
    } finally {
      telling = false;
    }
  }

  const listener = ({ after, upTo }: Settled): void => {
    for (const stream of streams) stream.after ??= after;
    known = Math.max(known ?? 0, upTo);
    void tell();
  };
  journal.on('settled', listener);

  let asking = false;
  const recheck = setInterval(async () => {
    if (asking || streams.size === 0) return;
    asking = true;
    try {
      const open = [...streams];
      const actors = await desk.identifyPages(open.map((stream) => stream.request));
      for (const [i, stream] of open.entries()) {
        const actor = actors[i];
        if (!actor) drop(stream);
        else {
          stream.actor = actor;
          if (streams.has(stream)) send(stream, ': here\n\n');
        }
      }
    } catch {
      // The database is away for a moment: who is still there is asked again in two seconds.
    } finally {
      asking = false;
    }
  }, 2_000);
  recheck.unref();

  /**
   * Where a stream begins: after what its browser heard last, unless that is long ago or from another life of the database.
   * Another program may have told it what has not reached this one yet.
   */
  async function beginning(request: FastifyRequest): Promise<number | null> {
    const last = request.headers['last-event-id'];
    if (typeof last !== 'string' || !/^\d{1,15}$/.test(last)) return known;
    const position = Number(last);
    const [heard] = await inStatement(desk.pool, (tx) => entriesBetween(tx, [position - 1, position]));
    return heard && (known === null || position >= known - farthestBack) ? position : known;
  }

  desk.app.get('/api/live', { schema: { hide: true } }, async (request, reply) => {
    const actor = await desk.identify(request);
    if (actor.kind !== 'account') throw new Refusal(401, 'sign_in_first');
    const after = await beginning(request);
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stream: Stream = { actor, request, reply, after };
    streams.add(stream);
    send(stream, 'retry: 2000\n: welcome\n\n');
    request.raw.on('close', () => streams.delete(stream));
    void tell();
  });

  return {
    close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(recheck);
      journal.off('settled', listener);
      for (const stream of streams) drop(stream);
    },
  };
}
