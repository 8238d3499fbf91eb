/**
 * A whole program on a database of its own, driven through HTTP, with a clock the test sets.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { tokenScopes } from '../../contract/access.ts';
import type { Endpoint, InputOf, OutputOf, Problem } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/index.ts';
import { makeQueryCode } from '../../contract/query-code.ts';
import type { RequestThread } from '../../contract/requests.ts';
import { demoLogins } from '../demo/world.ts';
import { forgetSessions, openSession } from '../modules/access/index.ts';
import { csrfOf } from '../modules/access/sessions.ts';
import { type Directory, directory } from '../modules/organization/index.ts';
import { inspectSql } from '../platform/sql.ts';
import { inStatement, inTransaction } from '../platform/transaction.ts';
import { type Program, startProgram } from '../program.ts';
import { timers } from '../timers.ts';
import { cloneDatabase, rootFolder, type TestDatabase } from './database.ts';
import { foreignSchemas } from './foreign-sql.ts';

export const api = endpoints;
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A time the test sets; it stands still otherwise. */
export interface Clock {
  now(): Date;
  set(at: Date | string): void;
  forward(ms: number): void;
}

export interface Reply<T> {
  status: number;
  /** The stable code of the refusal, null when it was done. */
  code: string | null;
  body: T;
  problem: Problem;
  headers: Headers;
}

export interface CallOptions {
  headers?: Record<string, string>;
  key?: string;
}

/** Somebody at a device: an account, a program with a token, or a visitor. */
export interface Client {
  login: string | null;
  /** Does it, or throws with the code of the refusal. */
  do<E extends Endpoint>(endpoint: E, input: InputOf<E>, options?: CallOptions): Promise<OutputOf<E>>;
  /** Tries it and tells how it went. */
  try<E extends Endpoint>(endpoint: E, input: InputOf<E>, options?: CallOptions): Promise<Reply<OutputOf<E>>>;
  /** The bare door, for what no contract describes. */
  fetch(method: string, path: string, body?: BodyInit | object, options?: CallOptions): Promise<Response>;
  cookies: Map<string, string>;
}

export interface Wanted {
  by?: string;
  category?: string;
  site?: string;
  confidentiality?: 'open' | 'confidential' | 'anonymous';
  text?: string;
  callback?: string;
  line?: string;
  unit?: string;
  handler?: string;
  summary?: string;
  /** How far it has come. */
  until?: 'received' | 'dispatched' | 'accepted' | 'in_progress' | 'handled' | 'confirmed';
}

export interface Given {
  id: string;
  number: string;
  code: string;
  caseId: string;
  text: string;
}

export interface House {
  program: Program;
  database: TestDatabase;
  clock: Clock;
  dir: Directory;
  /** Everything the program wrote to its log. */
  log: string[];
  dataFolder: string;
  as(login: string): Promise<Client>;
  visitor(): Promise<Client>;
  withToken(token: string): Client;
  given: {
    request(wanted?: Wanted): Promise<Given>;
    token(scopes: (typeof tokenScopes)[number][], site?: string): Promise<Client>;
  };
  timers: { run(name: string): Promise<unknown> };
  /** The request as it stands for the dispatcher. */
  standing(id: string): Promise<RequestThread>;
  /** Straight into the database as its owner. */
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Waits until the settler has given every committed entry its place, and the search index has read it. */
  settled(): Promise<void>;
  site(code: string): number;
  unit(code: string): number;
  line(code: string): number;
  category(code: string): number;
  stop(): Promise<void>;
}

/** SQL texts of modules that named a schema they do not own; a house does not close while there are any. */
const foreign: string[] = [];
let inspected = 0;
export const inspectedTexts = (): number => inspected;

export const newCode = (): string => makeQueryCode(randomBytes(9));

const evidence = '水泵换好了，两层龙头都试过，有水。';

/** Starts a house; `clock` begins at the real time unless told. */
export async function openHouse(options: { at?: Date | string; demo?: boolean; host?: string } = {}): Promise<House> {
  const database = await cloneDatabase(inject('server'));
  const dataFolder = await mkdtemp(join(tmpdir(), 'lastmetre-house-'));
  let now = options.at ? new Date(options.at) : new Date();
  const clock: Clock = {
    now: () => new Date(now),
    set: (at) => {
      now = new Date(at);
    },
    forward: (ms) => {
      now = new Date(now.getTime() + ms);
    },
  };
  inspectSql((schema, text) => {
    inspected++;
    for (const name of foreignSchemas(schema, text)) foreign.push(`${schema} names ${name}: ${text.slice(0, 200)}`);
  });
  const log: string[] = [];
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  owner.on('error', () => {});
  const program = await startProgram({
    config: {
      host: options.host ?? '127.0.0.1',
      port: 0,
      databaseUrl: null,
      dataFolder,
      publicUrl: null,
      distFolder: join(dataFolder, 'dist'),
      rootFolder,
      secureCookies: false,
    },
    appUrl: database.appUrl,
    role: database.role,
    demoLogins,
    now: clock.now,
    log: (line) => void log.push(line),
    withTimers: false,
    readersRestMs: 0,
  });
  const { pool } = program;
  const dir = await inStatement(pool, (tx) => directory(tx));
  const byCode =
    <T extends { id: number }>(map: Map<string, T>, what: string) =>
    (code: string): number => {
      const found = map.get(code);
      if (!found) throw new Error(`There is no ${what} ${code} in the demo world.`);
      return found.id;
    };
  const site = byCode(dir.nodesByCode, 'site');
  const line = byCode(dir.linesByCode, 'line');
  const category = byCode(dir.categoriesByCode, 'category');

  async function signIn(login: string): Promise<string> {
    return inTransaction(pool, async (tx) => {
      const { accountByLogin } = await import('../modules/access/index.ts');
      const account = await accountByLogin(tx, login);
      if (!account) throw new Error(`There is no account ${login} in the demo world.`);
      return (await openSession(tx, account, { device: 'test', demo: true, now: now })).secret;
    });
  }

  function client(login: string | null, token: string | null): Client {
    const cookies = new Map<string, string>();
    let signedInAt = 0;
    let csrf = '';
    const self: Client = {
      login,
      cookies,
      async fetch(method, path, body, more = {}) {
        // Tests leap over days; the person signs in again as they would in the morning.
        if (login && Math.abs(now.getTime() - signedInAt) > 10 * minute) {
          const secret = await signIn(login);
          cookies.set('lm_session', secret);
          csrf = csrfOf(secret);
          signedInAt = now.getTime();
        }
        const form = body instanceof FormData || typeof body === 'string';
        const response = await fetch(`${program.address}${path}`, {
          method,
          body: body === undefined ? undefined : form ? (body as BodyInit) : JSON.stringify(body),
          headers: {
            ...(cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
            ...(csrf ? { 'x-csrf': csrf } : {}),
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(body !== undefined && !form ? { 'content-type': 'application/json' } : {}),
            ...(more.key ? { 'idempotency-key': more.key } : {}),
            ...more.headers,
          },
          redirect: 'manual',
        });
        for (const line of response.headers.getSetCookie()) {
          const [pair] = line.split(';');
          const at = pair!.indexOf('=');
          cookies.set(pair!.slice(0, at), pair!.slice(at + 1));
        }
        return response;
      },
      async try(endpoint, input, more) {
        const rest: Record<string, unknown> = { ...(input as object) };
        const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
          const value = String(rest[name]);
          delete rest[name];
          return encodeURIComponent(value);
        });
        const query = Object.entries(rest).filter(([, value]) => value !== undefined);
        const address =
          endpoint.method === 'GET' && query.length > 0
            ? `${path}?${new URLSearchParams(query.map(([name, value]) => [name, String(value)]))}`
            : path;
        const response = await self.fetch(
          endpoint.method,
          address,
          endpoint.method === 'GET' || (endpoint.method === 'DELETE' && query.length === 0) ? undefined : rest,
          more,
        );
        const text = await response.text();
        const body = text ? JSON.parse(text) : null;
        return {
          status: response.status,
          code: response.ok ? null : ((body as Problem | null)?.code ?? 'none'),
          body,
          problem: body,
          headers: response.headers,
        };
      },
      async do(endpoint, input, more) {
        const reply = await self.try(endpoint, input, more);
        if (reply.code !== null)
          throw new Error(
            `${login ?? (token ? 'program' : 'visitor')} ${endpoint.method} ${endpoint.path}: ${reply.status} ${reply.code} ${JSON.stringify(reply.problem?.fields ?? '')}`,
          );
        return reply.body;
      },
    };
    return self;
  }

  const clients = new Map<string, Client>();
  const as = async (login: string): Promise<Client> => {
    let known = clients.get(login);
    if (!known) {
      known = client(login, null);
      clients.set(login, known);
      await known.fetch('GET', '/api/session');
    }
    return known;
  };

  async function standing(id: string): Promise<RequestThread> {
    return (await as('disp01')).do(api.requests.thread, { id });
  }

  const house: House = {
    program,
    database,
    clock,
    dir,
    log,
    dataFolder,
    as,
    async visitor() {
      const someone = client(null, null);
      await someone.fetch('GET', '/api/public/directory');
      return someone;
    },
    withToken: (token) => client(null, token),
    given: {
      async token(scopes, siteCode) {
        const { token } = await (await as('sec01')).do(api.access.createToken, {
          name: 'A program',
          scopes,
          siteId: siteCode ? site(siteCode) : null,
        });
        return client(null, token);
      },
      async request(wanted = {}) {
        const until = wanted.until ?? 'received';
        const by = await as(wanted.by ?? 'worker01');
        const id = randomUUID();
        const code = newCode();
        const text = wanted.text ?? '板房区早上停水两个小时，洗漱都成问题。';
        const confidentiality = wanted.confidentiality ?? 'open';
        const created = await by.do(confidentiality === 'anonymous' ? api.requests.createPublic : api.requests.create, {
          id,
          queryCode: code,
          categoryId: category(wanted.category ?? 'A02'),
          text,
          siteId: site(wanted.site ?? 'U04-01'),
          confidentiality,
          callback: wanted.callback,
        });
        const given: Given = { id, number: created.number, code, caseId: '', text };
        const steps = ['received', 'dispatched', 'accepted', 'in_progress', 'handled', 'confirmed'];
        const reaches = (step: string): boolean => steps.indexOf(step) <= steps.indexOf(until);
        if (!reaches('dispatched')) return given;
        const dispatcher = await as('disp01');
        if (confidentiality === 'confidential') {
          await dispatcher.do(api.requests.writeSummary, {
            id,
            version: (await standing(id)).version,
            summary: wanted.summary ?? '生活区供水不稳定，请尽快检修。',
          });
        }
        const thread = await standing(id);
        given.caseId = (
          await dispatcher.do(api.cases.dispatch, {
            id,
            version: thread.version,
            lineId: line(wanted.line ?? 'L11'),
            unitId: wanted.unit ? site(wanted.unit) : null,
          })
        ).caseId;
        const handler = await as(
          wanted.handler ??
            (wanted.unit
              ? `${wanted.unit.toLowerCase()}-${(wanted.line ?? 'L11').toLowerCase()}`
              : `ho-${(wanted.line ?? 'L11').toLowerCase()}`),
        );
        if (reaches('accepted')) await handler.do(api.cases.accept, { id: given.caseId });
        if (reaches('in_progress'))
          await handler.do(api.cases.progress, { id: given.caseId, text: '已联系本人，正在修。', contacted: true });
        if (reaches('handled'))
          await handler.do(api.cases.handled, { id: given.caseId, solution: 'solved', text: evidence });
        if (reaches('confirmed')) await by.do(api.requests.judge, { id, solved: true });
        return given;
      },
    },
    timers: {
      async run(name) {
        const task = timers({
          pool,
          keys: program.keys,
          anchorsFile: program.anchorsFile,
          filesFolder: join(dataFolder, 'files'),
          rootFolder,
          now: clock.now,
          committed: program.desk.committed,
        }).find((one) => one.name === name);
        if (!task) throw new Error(`There is no timer ${name}.`);
        return task.run();
      },
    },
    standing,
    async sql<Row>(text: string, values: unknown[] = []) {
      return (await owner.query(text, values)).rows as Row[];
    },
    async settled() {
      // The frame of a day is read by a timer, which a test runs when it wants to.
      for (let i = 0; i < 3000; i++) {
        const rows = await house.sql<{ waiting: string; behind: string }>(
          `select (select count(*) from journal.entry e where not exists (select from journal.settled s where s.seq = e.seq)) as waiting,
             (select coalesce(max(position), 0) from journal.settled) - coalesce((select min(position) from journal.cursor where reader <> 'followups.frame'), 0) as behind`,
        );
        if (Number(rows[0]!.waiting) === 0 && Number(rows[0]!.behind) === 0) return;
        await new Promise((wait) => setTimeout(wait, 10));
      }
      throw new Error(
        `The journal did not settle: ${JSON.stringify(await house.sql('select (select last_value from journal.entry_seq) as seq, (select max(position) from journal.settled) as settled, (select max(seq) from journal.settled) as upto, (select json_object_agg(reader, position) from journal.cursor) as read, (select seq from journal.low_water) as low, (select count(*) from journal.entry) as entries'))} ${log.join(' | ')}`,
      );
    },
    site,
    unit: site,
    line,
    category,
    async stop() {
      await program.stop();
      await owner.end();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
      inspectSql(null);
      const found = foreign.splice(0);
      if (found.length > 0)
        throw new Error(`A module named a schema it does not own:\n${[...new Set(found)].join('\n')}`);
    },
  };
  forgetSessions();
  return house;
}
