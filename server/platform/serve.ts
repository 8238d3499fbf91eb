import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Endpoint, type OutputOf, type ParsedOf, problem } from '../../contract/endpoint.ts';
import { type Actor, admits } from './actor.ts';
import type { Now } from './clock.ts';
import type { Pool } from './database.ts';
import { type FieldFault, forbidden, Refusal } from './errors.ts';
import { actingIn } from './journal.ts';
import { connectionOf, inStatement, inTransaction, type Tx } from './transaction.ts';
import { faultWords, refusalWords, say } from './words.ts';

/** What a command or a reading works with, passed explicitly and never changed. */
export interface Context {
  tx: Tx;
  actor: Actor;
  now: Date;
}

/** A command sent twice is done once: who sent it, under which key, with which body. */
export interface Once {
  key: string;
  sender: string;
  bodyHash: Buffer;
}

export interface HttpContext extends Context {
  request: FastifyRequest;
  reply: FastifyReply;
  once: Once | null;
}

export interface Desk {
  app: FastifyInstance;
  pool: Pool;
  now: Now;
  /** Who sent this request; throws a refusal for a forged or stale session. */
  identify(request: FastifyRequest): Promise<Actor>;
  /** Who is behind each of these open pages now; null where the session has ended. */
  identifyPages(requests: readonly FastifyRequest[]): Promise<(Actor | null)[]>;
  /** Called after a command has committed. */
  committed(): void;
}

type Handler<E> = (context: HttpContext, input: ParsedOf<E>) => Promise<OutputOf<E>>;

export interface ServeOptions {
  /** The command is one statement and keeps its own idempotency: no BEGIN and COMMIT around it. */
  oneStatement?: boolean;
  /** The answer holds what people wrote, or a secret shown once: it is never kept for a repeat of the command. */
  privateAnswer?: boolean;
}

function faults(error: z.ZodError): FieldFault[] {
  return error.issues.map((issue): FieldFault => {
    const field = issue.path.join('.') || 'body';
    switch (issue.code) {
      case 'too_small':
        return issue.origin === 'string'
          ? {
              field,
              code: Number(issue.minimum) <= 1 ? 'required' : 'too_short',
              values: { least: Number(issue.minimum) },
            }
          : { field, code: 'too_small', values: { least: Number(issue.minimum) } };
      case 'too_big':
        return {
          field,
          code: issue.origin === 'string' ? 'too_long' : 'too_big',
          values: { most: Number(issue.maximum) },
        };
      case 'invalid_format':
        return { field, code: 'bad_format' };
      case 'invalid_value':
        return { field, code: 'bad_choice' };
      case 'invalid_type':
        return { field, code: issue.input === undefined || issue.input === null ? 'required' : 'bad_type' };
      default:
        return { field, code: 'bad_format' };
    }
  });
}

export function parseInput<E extends Endpoint>(endpoint: E, raw: unknown): ParsedOf<E> {
  const result = endpoint.input.safeParse(raw, { reportInput: true });
  if (!result.success) throw new Refusal(422, 'bad_input', { fields: faults(result.error) });
  return storable(result.data, '') as ParsedOf<E>;
}

/**
 * What no text in PostgreSQL can hold: a zero character is refused by its field; half a rare character, as a page that cuts
 * at so many units leaves it, becomes the mark for an unreadable one.
 */
function storable(value: unknown, field: string): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new Refusal(422, 'bad_input', { fields: [{ field, code: 'bad_format' }] });
    return value.toWellFormed();
  }
  if (Array.isArray(value)) return value.map((one, i) => storable(one, `${field}.${i}`));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, storable(one, field === '' ? name : `${field}.${name}`)]),
  );
}

/** RFC 9457 answer for a refusal, in the reader's language. */
export function problemFor(refusal: Refusal, locale: 'zh-CN' | 'en'): z.infer<typeof problem> {
  return {
    type: `/problems/${refusal.code}`,
    title: say(refusalWords, refusal.code, locale, refusal.values),
    status: refusal.status,
    code: refusal.code,
    detail: say(refusalWords, refusal.code, locale, refusal.values),
    ...(refusal.fields.length > 0
      ? {
          fields: refusal.fields.map(({ field, code, values }) => ({
            field,
            code,
            message: say(faultWords, code, locale, values),
          })),
        }
      : {}),
    ...(refusal.current === undefined ? {} : { current: refusal.current }),
  };
}

function onceFor(request: FastifyRequest, actor: Actor, input: unknown): Once | null {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 100) return null;
  const device = (input as { deviceId?: string } | undefined)?.deviceId;
  const sender =
    actor.accountId ?? (actor.kind === 'program' ? `program:${actor.label}` : `device:${device ?? 'unknown'}`);
  // `sentAt` says when this attempt left; it differs in a repeat of the same command.
  const { sentAt: _sentAt, ...rest } = (input ?? {}) as Record<string, unknown>;
  return { key, sender, bodyHash: createHash('sha256').update(request.url).update(JSON.stringify(rest)).digest() };
}

interface Kept {
  body_hash: Buffer;
  status: number;
  answer: unknown;
}

/** @throws 409 when the key came before with another body. */
export async function answeredBefore(tx: Tx, once: Once): Promise<Kept | null> {
  const { rows } = await connectionOf(tx).query({
    name: 'platform.answered',
    text: 'select body_hash, status, answer from platform.idempotency where sender = $1 and key = $2',
    values: [once.sender, once.key],
  });
  const kept = rows[0] as Kept | undefined;
  if (kept && !kept.body_hash.equals(once.bodyHash)) throw new Refusal(409, 'idempotency_mismatch');
  return kept ?? null;
}

async function keepAnswer(tx: Tx, once: Once, answer: unknown): Promise<void> {
  await connectionOf(tx).query({
    name: 'platform.keep_answer',
    text: 'insert into platform.idempotency (sender, key, body_hash, status, answer) values ($1, $2, $3, 200, $4)',
    values: [once.sender, once.key, once.bodyHash, JSON.stringify(answer)],
  });
}

const wakeEveryMs = 50;
const waking = new WeakMap<Desk, { at: number; timer: NodeJS.Timeout | null }>();

/**
 * Tells that something was committed: the first time at once, then at most every 50 ms, the last never lost. Told after
 * each command of a rush, the settler would commit once or twice for every one of them (measured: half the creates).
 */
function tellCommitted(desk: Desk): void {
  const told = waking.get(desk) ?? { at: 0, timer: null };
  waking.set(desk, told);
  if (told.timer) return;
  const tell = (): void => {
    told.timer = null;
    told.at = performance.now();
    desk.committed();
  };
  const left = told.at + wakeEveryMs - performance.now();
  if (left <= 0) tell();
  else told.timer = setTimeout(tell, left);
}

/** Whichever unique row the second of two meets first: its own record's, where the client gave the id, or the key's. */
const isTwice = (error: unknown): boolean => (error as { code?: string }).code === '23505';

async function runCommand<E extends Endpoint>(
  desk: Desk,
  endpoint: E,
  handler: Handler<E>,
  base: Omit<HttpContext, 'tx'>,
  input: ParsedOf<E>,
): Promise<OutputOf<E>> {
  const { once } = base;
  const work = () =>
    inTransaction(desk.pool, async (tx) => {
      actingIn(tx, base.actor);
      if (!once) return handler({ ...base, tx }, input);
      const kept = await answeredBefore(tx, once);
      if (kept) return kept.answer as OutputOf<E>;
      const answer = await handler({ ...base, tx }, input);
      await keepAnswer(tx, once, endpoint.output.parse(answer));
      return answer;
    });
  try {
    return await work();
  } catch (error) {
    // The same command arrived twice at once; the first has committed by now and its answer stands.
    if (once && (isTwice(error) || error instanceof Refusal)) {
      const kept = await inStatement(desk.pool, (tx) => answeredBefore(tx, once));
      if (kept) return kept.answer as OutputOf<E>;
    }
    throw error;
  }
}

/**
 * Mounts one endpoint: who is it, may they, is the input right, one transaction, and nothing leaves but what the
 * contract declares.
 */
export function serve<E extends Endpoint>(
  desk: Desk,
  endpoint: E,
  handler: Handler<E>,
  options: ServeOptions = {},
): void {
  const pathNames = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const shape = endpoint.input.shape;
  const pick = (names: string[]) => z.object(Object.fromEntries(names.map((name) => [name, shape[name] as z.ZodType])));
  const others = Object.keys(shape).filter((name) => !pathNames.includes(name));
  desk.app.route({
    method: endpoint.method,
    url: endpoint.path,
    schema: {
      summary: endpoint.summary,
      tags: [endpoint.path.split('/')[2] === 'public' ? endpoint.path.split('/')[3]! : endpoint.path.split('/')[2]!],
      description: `Needs: ${endpoint.gate}${endpoint.scope ? `; token scope ${endpoint.scope}` : ''}`,
      ...(pathNames.length > 0 ? { params: pick(pathNames) } : {}),
      ...(others.length > 0
        ? endpoint.method === 'GET'
          ? { querystring: pick(others) }
          : { body: pick(others) }
        : {}),
      response: { 200: endpoint.output, default: problem },
    },
    handler: async (request, reply) => {
      const actor = await desk.identify(request);
      if (!admits(actor, endpoint.gate, endpoint.scope)) {
        if (actor.kind === 'program') throw forbidden('programs_cannot');
        throw actor.kind === 'visitor' ? new Refusal(401, 'sign_in_first') : forbidden();
      }
      const reading = endpoint.method === 'GET';
      const input = parseInput(endpoint, {
        // The address is for readings: what people send with a command stands in no log of addresses.
        ...(reading ? (request.query as object) : {}),
        ...(typeof request.body === 'object' ? request.body : {}),
        ...(request.params as object),
      });
      const base = {
        actor,
        now: desk.now(),
        request,
        reply,
        once: reading || options.privateAnswer ? null : onceFor(request, actor, input),
      };
      const answer =
        reading || options.oneStatement
          ? await inStatement(desk.pool, (tx) => handler({ ...base, tx }, input))
          : await runCommand(desk, endpoint, handler, base, input);
      if (!reading) tellCommitted(desk);
      reply.type('application/json; charset=utf-8');
      return JSON.stringify(endpoint.output.parse(answer));
    },
  });
}
