import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Webhook } from 'standardwebhooks';
import { uuidv7 } from 'uuidv7';
import { hotlineEndpoints as api, ctiEvent } from '../../../contract/hotline.ts';
import { roleFor, system } from '../../platform/actor.ts';
import type { Keys } from '../../platform/crypto.ts';
import { notFound, Refusal } from '../../platform/errors.ts';
import { append } from '../../platform/journal.ts';
import { type Context, type Desk, parseInput, serve } from '../../platform/serve.ts';
import { inStatement, inTransaction } from '../../platform/transaction.ts';
import { hear } from './calls.ts';
import { allExchanges, insertExchange, liveExchange, patchExchange } from './queries.ts';

const dayMs = 86_400_000;
const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;
/** More than any event needs. */
const mostBytes = 8_192;

const journal = (context: Context, id: string, action: string): Promise<void> =>
  append(context.tx, {
    at: context.now,
    actorId: context.actor.accountId,
    role: roleFor(context.actor, 'integrations.manage'),
    action: `hotline.exchange_${action}`,
    recordKind: 'exchange',
    recordId: id,
    class: 'audit',
  });

/** Whether one of the secrets signed these very bytes within the last five minutes (Standard Webhooks). */
function isSigned(secrets: (string | null)[], body: string, headers: FastifyRequest['headers']): boolean {
  const signed = Object.fromEntries(
    (['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const).map((name) => [
      name,
      String(headers[name] ?? ''),
    ]),
  );
  return secrets.some((secret) => {
    if (!secret) return false;
    try {
      new Webhook(secret).verify(body, signed, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  });
}

/** The door for telephone exchanges (docs/cti.md), and who may open it. */
export async function mountExchanges(desk: Desk, deps: { keys: Keys; publicUrl: () => string }): Promise<void> {
  const { keys } = deps;
  const addressOf = (id: string): string => `${deps.publicUrl()}/api/cti/${id}`;

  await desk.app.register(async (scope) => {
    // The signature is over the bytes as they came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: mostBytes },
      (_request, body, done) => done(null, body),
    );
    scope.post('/api/cti/:exchange', { schema: { hide: true } }, async (request, reply) => {
      const { exchange: id } = request.params as { exchange: string };
      const body = String(request.body ?? '');
      const eventId = String(request.headers['webhook-id'] ?? '');
      const known = /^[0-9a-f-]{36}$/.test(id) ? await inStatement(desk.pool, (tx) => liveExchange(tx, id)) : undefined;
      const before =
        known?.secret_before && known.before_until && known.before_until > desk.now() ? known.secret_before : null;
      const secrets = known ? [keys.unseal('exchange', known.secret), before && keys.unseal('exchange', before)] : [];
      if (!known || eventId.length > 120 || !isSigned(secrets, body, request.headers))
        throw new Refusal(401, 'not_signed');
      let told: unknown;
      try {
        told = JSON.parse(body);
      } catch {
        throw new Refusal(422, 'bad_input', { fields: [{ field: 'body', code: 'bad_format' }] });
      }
      const event = parseInput({ input: ctiEvent } as never, told);
      await inTransaction(desk.pool, (tx) =>
        hear({ tx, actor: system, now: desk.now() }, keys, id, eventId, event as never),
      );
      desk.committed();
      return reply.code(200).send({ done: true });
    });
  });

  serve(desk, api.exchanges, async ({ tx }) => ({
    exchanges: (await allExchanges(tx)).map((row) => ({
      id: row.id,
      name: row.name,
      madeAt: row.made_at.toISOString(),
      lastHeardAt: row.last_heard_at?.toISOString() ?? null,
      ended: row.ended_at !== null,
    })),
  }));
  serve(
    desk,
    api.addExchange,
    async (context, { name }) => {
      const id = uuidv7();
      const secret = newSecret();
      await insertExchange(context.tx, {
        id,
        name,
        secret: keys.seal('exchange', secret),
        made_by: context.actor.accountId!,
        made_at: context.now,
      });
      await journal(context, id, 'made');
      return { id, address: addressOf(id), secret };
    },
    { privateAnswer: true },
  );
  serve(
    desk,
    api.renewExchange,
    async (context, { id }) => {
      const known = await liveExchange(context.tx, id);
      if (!known) throw notFound();
      const secret = newSecret();
      await patchExchange(context.tx, id, {
        secret: keys.seal('exchange', secret),
        secret_before: known.secret,
        before_until: new Date(context.now.getTime() + dayMs),
      });
      await journal(context, id, 'renewed');
      return { id, address: addressOf(id), secret };
    },
    { privateAnswer: true },
  );
  serve(desk, api.endExchange, async (context, { id }) => {
    if ((await patchExchange(context.tx, id, { ended_at: context.now })).length === 0) throw notFound();
    await journal(context, id, 'ended');
    return { done: true as const };
  });
}
