import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import type { Actor } from '../../platform/actor.ts';
import { type Keys, sha256 } from '../../platform/crypto.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Desk } from '../../platform/serve.ts';
import { openThrottle } from '../../platform/throttle.ts';
import { inStatement, inTransaction, type Tx } from '../../platform/transaction.ts';
import { programOf } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { fileForProgram, listOutside, type RequestRecord, requestsByIds } from '../requests/index.ts';
import {
  type Format,
  faultWords,
  GeoFault,
  inWords,
  type Locale,
  type Said,
  sayDefinition,
  sayFault,
  sayList,
} from './answers.ts';
import { callbackOf, idsOf, siteMeant, wordsOf } from './filing.ts';
import { allPlaces, doorNow } from './queries.ts';
import { requestRow, type Service, serviceRow } from './reading.ts';
import { servicesInForce } from './settings.ts';

type Given = Record<string, string | undefined>;
const scopes = { file: 'open311:create', read: 'open311:read' } as const;
const mostDays = 90;
const dayMs = 86_400_000;
/** As the standard has it: a list without dates holds at most so many, of the last 90 days. */
const mostRows = 1000;
/** A key that was let in has its own pace for so long; there are never more of them. */
const knownForMs = 10 * 60_000;
const mostKeys = 1_000;

interface Visit {
  tx: Tx;
  actor: Actor;
  dir: Directory;
  services: Map<number, Service>;
  given: Given;
  locale: Locale;
  now: Date;
}

const localeOf = (request: FastifyRequest): Locale =>
  /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN';
const formatOf = (name: string): { name: string; format: Format } | null => {
  const match = /^(.+)\.(json|xml)$/.exec(name);
  return match && { name: match[1]!, format: match[2] as Format };
};

/** Words come in the body only: what people write stands in no log of addresses. */
const inAddress = ['jurisdiction_id', 'api_key', 'service_code', 'lat', 'long', 'address_string', 'address_id'];

function givenBy(request: FastifyRequest): Given {
  const asked = request.query as Record<string, unknown>;
  const body = (request.body ?? {}) as Record<string, unknown>;
  const all =
    request.method === 'GET' ? asked : { ...Object.fromEntries(inAddress.map((n) => [n, asked[n]])), ...body };
  // A name that comes twice counts as it came first.
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => {
      const one = Array.isArray(value) ? value[0] : value;
      return [name, typeof one === 'string' ? one : one === undefined || one === null ? undefined : String(one)];
    }),
  );
}

function categoriesNamed(visit: Visit, codes: string | undefined): number[] {
  if (!codes) return [...visit.services.keys()];
  return codes.split(',').map((code) => {
    const category = visit.dir.categoriesByCode.get(code.trim().toUpperCase());
    if (!category || !visit.services.has(category.id))
      throw new GeoFault(404, 'service_unknown', { value: code.trim().slice(0, 40) });
    return category.id;
  });
}

/** W3C date and time, with its zone; a bare date is the beginning of that day, UTC. */
function timeOf(given: Given, field: 'start_date' | 'end_date'): Date | null {
  const text = given[field];
  if (!text) return null;
  // `+` of a zone comes as a blank where the client did not write %2B.
  const iso = text.replace(' ', '+');
  const at = new Date(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(iso) ? iso : Number.NaN,
  );
  if (Number.isNaN(at.getTime())) throw new GeoFault(400, 'bad_date', { field });
  return at;
}

/** At most 90 days: those asked for, or the last ones. @throws GeoFault 400 */
function rangeOf({ given, now }: Visit): { from: Date; to: Date } {
  const [start, end] = [timeOf(given, 'start_date'), timeOf(given, 'end_date')];
  const to =
    end ??
    (start
      ? new Date(Math.min(start.getTime() + mostDays * dayMs, now.getTime() + dayMs))
      : new Date(now.getTime() + 1));
  const from = start ?? new Date(to.getTime() - mostDays * dayMs);
  if (from > to || to.getTime() - from.getTime() > mostDays * dayMs) throw new GeoFault(400, 'bad_range');
  return { from, to };
}

function pageOf(given: Given): { limit: number; offset: number } {
  if (given.page === undefined && given.page_size === undefined) return { limit: mostRows, offset: 0 };
  const [page, size] = [Number(given.page ?? 1), Number(given.page_size ?? 50)];
  if (!Number.isInteger(page) || !Number.isInteger(size) || page < 1 || page > 10_000 || size < 1 || size > mostRows)
    throw new GeoFault(400, 'bad_page');
  return { limit: size, offset: (page - 1) * size };
}

function openness(status: string | undefined): boolean | null {
  if (!status) return null;
  const asked = new Set(status.split(',').map((one) => one.trim()));
  if ([...asked].some((one) => one !== 'open' && one !== 'closed')) throw new GeoFault(400, 'bad_status');
  return asked.size > 1 ? null : asked.has('open');
}

/** Numbers of requests are looked up as they are, without dates. */
async function found(visit: Visit, numbers: string[]): Promise<RequestRecord[]> {
  const categoryIds = [...visit.services.keys()];
  const everything = { from: null, to: null, open: null, limit: 200, offset: 0 };
  return listOutside(visit.tx, { ...everything, categoryIds, numbers, siteId: visit.actor.tokenSiteId });
}

async function sayRequests(visit: Visit, format: Format, rows: RequestRecord[]): Promise<Said> {
  const places = await allPlaces(visit.tx);
  const said = rows.map((r) => requestRow(visit.dir, places, visit.services, r, visit.locale));
  return sayList(format, 'service_requests', 'request', said);
}

async function list(visit: Visit, format: Format): Promise<Said> {
  const { given, actor, tx } = visit;
  if (given.service_request_id) {
    const numbers = given.service_request_id.split(',').map((one) => one.trim());
    return sayRequests(visit, format, await found(visit, numbers.slice(0, 200)));
  }
  const rows = await listOutside(tx, {
    categoryIds: categoriesNamed(visit, given.service_code),
    numbers: null,
    ...rangeOf(visit),
    open: openness(given.status),
    siteId: actor.tokenSiteId,
    ...pageOf(given),
  });
  return sayRequests(visit, format, rows);
}

async function file(visit: Visit, keys: Keys): Promise<string> {
  const { tx, given, actor, dir, now, locale } = visit;
  if (!given.service_code) throw new GeoFault(400, 'service_needed');
  const [categoryId] = categoriesNamed(visit, given.service_code.replaceAll(',', '，'));
  const category = dir.categories.get(categoryId!)!;
  const siteId = siteMeant(dir, await allPlaces(tx), actor, given);
  const text = wordsOf(given, locale === 'en' ? category.en : category.zh);
  const callback = callbackOf(given.phone);
  const device = given.device_id?.trim();
  const [id, yesterday] = device
    ? idsOf(keys, actor, device, now, [category.code, String(siteId), text, callback ?? ''])
    : [uuidv7(), null];
  const [before] = await requestsByIds(tx, yesterday ? [id, yesterday] : [id]);
  if (before && now.getTime() - before.submitted_at.getTime() < dayMs) return before.number;
  const filed = await fileForProgram(tx, keys, actor, { id, categoryId: categoryId!, siteId, text, callback }, now);
  return filed.number;
}

/**
 * Open311 GeoReport v2 below `/open311/v2/`: what city systems and existing clients speak. Only while it is switched on,
 * only with a key, only categories that were made public.
 */
export function mountDoor(desk: Desk, { keys, log }: { keys: Keys; log: (line: string) => void }): void {
  const byAddress = openThrottle({ perSecond: 20, burst: 200, mostWaitMs: 2_000 });
  const byKey = openThrottle({ perSecond: 10, burst: 100, mostWaitMs: 2_000 });
  /** Digests of keys that were let in lately. Each keeps its own pace only; what just claims to be a key also shares its address's. */
  const known = new Map<string, number>();
  const keepPace = async (throttle: typeof byKey, who: string): Promise<void> => {
    const wait = throttle.delay(who, Date.now());
    if (wait === null) throw new GeoFault(429, 'too_busy');
    if (wait > 0) await sleep(wait);
  };

  const keyOf = (request: FastifyRequest): string | undefined =>
    (givenBy(request).api_key ?? /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1])?.slice(0, 200);
  /** Before a connection is taken: whoever is slowed keeps nobody else from the database. */
  const slow = async (request: FastifyRequest): Promise<void> => {
    const name = nameOf(keyOf(request));
    const letIn = name !== null && Date.now() - (known.get(name) ?? 0) < knownForMs;
    if (!letIn) await keepPace(byAddress, request.ip);
    if (name !== null) await keepPace(byKey, name);
  };
  const nameOf = (key: string | undefined): string | null => (key ? sha256('open311:', key).toString('base64') : null);
  const remember = (key: string, letIn: boolean): void => {
    const name = nameOf(key)!;
    known.delete(name);
    if (letIn) known.set(name, Date.now());
    if (known.size > mostKeys) known.delete(known.keys().next().value!);
  };

  const enter = async (tx: Tx, request: FastifyRequest, scope: string): Promise<Visit> => {
    const now = desk.now();
    const locale = localeOf(request);
    const given = givenBy(request);
    const door = await doorNow(tx);
    if (!door?.enabled) throw new GeoFault(404, 'off');
    const key = keyOf(request);
    if (!key) throw new GeoFault(403, 'key_needed');
    const actor = await programOf(tx, key, now, locale).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
      remember(key, false);
      throw new GeoFault(403, 'key_refused');
    });
    remember(key, true);
    if (!actor.scopes.includes(scope)) throw new GeoFault(403, 'key_refused');
    if (door.jurisdiction_id && given.jurisdiction_id === undefined) throw new GeoFault(400, 'jurisdiction_needed');
    if (door.jurisdiction_id && given.jurisdiction_id !== door.jurisdiction_id)
      throw new GeoFault(404, 'jurisdiction_unknown');
    const dir = await directory(tx);
    const services = new Map((await servicesInForce(tx, dir)).map((service) => [service.category_id, service]));
    return { tx, actor, dir, services, given, locale, now };
  };

  const answer = (reply: FastifyReply, { type, body }: Said) =>
    reply.header('cache-control', 'no-store').type(type).send(body);

  const reading =
    (say: (visit: Visit, format: Format, name: string) => Promise<Said>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const asked = formatOf((request.params as { name: string }).name);
      if (!asked) throw new GeoFault(404, 'request_unknown');
      await slow(request);
      const said = await inStatement(desk.pool, async (tx) =>
        say(await enter(tx, request, scopes.read), asked.format, asked.name),
      );
      return answer(reply, said);
    };

  void desk.app.register(
    async (door) => {
      door.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string' },
        (_request, body: string, done) => done(null, Object.fromEntries([...new URLSearchParams(body)].reverse())),
      );
      door.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
        const fault =
          error instanceof GeoFault
            ? error
            : error.statusCode && error.statusCode < 500
              ? new GeoFault(400, 'bad_body')
              : new GeoFault(500, 'internal');
        // Never the body or the address with its query: they hold what people wrote, and the key.
        if (fault.status >= 500) log(`open311 ${request.method} failed: ${error.stack ?? error.message}`);
        const format = /\.xml(\?|$)/.test(request.url) ? 'xml' : 'json';
        const words = inWords(faultWords[fault.code], localeOf(request), fault.values);
        return answer(reply.code(fault.status), sayFault(format, fault.status, words));
      });
      const hidden = { schema: { hide: true } };

      for (const format of ['json', 'xml'] as const) {
        const named = (say: (visit: Visit) => Promise<Said>) => (request: FastifyRequest, reply: FastifyReply) => {
          request.params = { name: `list.${format}` };
          return reading(say)(request, reply);
        };
        door.get(
          `/services.${format}`,
          hidden,
          named(async ({ dir, services, locale }) =>
            sayList(
              format,
              'services',
              'service',
              [...services.values()].map((one) => serviceRow(dir, one, locale)),
            ),
          ),
        );
        door.get(
          `/requests.${format}`,
          hidden,
          named((visit) => list(visit, format)),
        );
        door.post(`/requests.${format}`, hidden, async (request, reply) => {
          await slow(request);
          const once = () => inTransaction(desk.pool, async (tx) => file(await enter(tx, request, scopes.file), keys));
          // Sent twice at once: whoever comes second finds what the first has stored.
          const number = await once().catch((error) => {
            if (['request_pkey', 'content_pkey'].includes((error as { constraint?: string }).constraint ?? ''))
              return once();
            throw error;
          });
          desk.committed();
          const row = { service_request_id: number, service_notice: null, account_id: null };
          return answer(reply, sayList(format, 'service_requests', 'request', [row]));
        });
      }
      door.get(
        '/services/:name',
        hidden,
        reading(async (visit, format, code) => {
          const [id] = categoriesNamed(visit, code.replaceAll(',', '，'));
          return sayDefinition(format, visit.dir.categories.get(id!)!.code);
        }),
      );
      const one = reading(async (visit, format, number) => {
        const rows = await found(visit, [number]);
        if (rows.length === 0) throw new GeoFault(404, 'request_unknown');
        return sayRequests(visit, format, rows);
      });
      door.get('/requests/:name', hidden, one);
      // As the published swagger file has it; the standard's own text has the line above.
      door.get('/request/:name', hidden, one);
      // A number is given at once, never a token to wait with: what a client kept as its token is the number.
      door.get(
        '/tokens/:name',
        hidden,
        reading(async (visit, format, token) => {
          const [r] = await found(visit, [token]);
          if (!r) throw new GeoFault(404, 'request_unknown');
          return sayList(format, 'service_requests', 'request', [{ service_request_id: r.number, token }]);
        }),
      );
    },
    { prefix: '/open311/v2' },
  );
}
