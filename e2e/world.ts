/**
 * The program as a browser story needs it: the built pages before a server in this process, on a database of its own
 * with the demo organisation and nothing else. In this process, because a story must be able to let a day pass.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint, InputOf, OutputOf, Problem } from '../contract/endpoint.ts';
import { endpoints as api } from '../contract/index.ts';
import { makeQueryCode } from '../contract/query-code.ts';
import type { confidentialities } from '../contract/requests.ts';
import { demoLogins } from '../server/demo/world.ts';
import { forgetSessions } from '../server/modules/access/index.ts';
import { system } from '../server/platform/actor.ts';
import type { Config } from '../server/platform/config.ts';
import type { Context } from '../server/platform/serve.ts';
import { inTransaction } from '../server/platform/transaction.ts';
import { startProgram } from '../server/program.ts';
import { cloneDatabase, demoPassword, rootFolder, type Server, startServer } from '../server/testing/database.ts';
import { timers } from '../server/timers.ts';
import { type Browser, newPage, openBrowser, type Page } from './browser.ts';

export { api };
export const minute = 60_000;
export const hour = 60 * minute;

/** How long a page may take to show what it should; generous, for two cores share everything. */
export const patience = 15_000;

/** Somebody who talks to the program without a page: to prepare a story, and to look at what really happened. */
export interface Client {
  do<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<OutputOf<E>>;
  /** The stable code of the refusal; null when it was done after all. */
  refused<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<string | null>;
  /** The bare answer, for what no contract describes. */
  fetch(method: string, path: string, body?: BodyInit | object): Promise<Response>;
}

export interface Asked {
  by?: string;
  category?: string;
  site?: string;
  confidentiality?: (typeof confidentialities)[number];
  text?: string;
  callback?: string;
  /** How far it has come. */
  until?: 'received' | 'dispatched' | 'accepted' | 'handled';
  line?: string;
  unit?: string;
  handler?: string;
  summary?: string;
}

export interface Given {
  id: string;
  number: string;
  code: string;
  caseId: string;
  text: string;
}

export interface OpenOptions {
  viewport?: 'desk' | 'phone';
  locale?: 'zh-CN' | 'en';
  /** Where to go first; the desk's or the phone's first page unless told. */
  path?: string;
}

export interface World {
  origin: string;
  /** For a command of the command line, run beside the program as on one machine. */
  config: Config;
  /** Runs at its natural pace; `forward` lets time pass. The desk takes the server's time, so its pages follow. */
  clock: { now(): Date; forward(ms: number): void };
  as(login: string): Promise<Client>;
  visitor(): Client;
  /** The pages opened so far, and what the program wrote to its log: what one wants to see when a story fails. */
  pages: readonly Page[];
  log: readonly string[];
  /** A page of somebody who is signed in, in a browser of their own. */
  page(login: string | null, options?: OpenOptions): Promise<Page>;
  /** Prepares a request through the public interface, acted on by the right people. */
  request(asked?: Asked): Promise<Given>;
  /** What time does by itself, done now. */
  timer(name: string): Promise<void>;
  /** What no page does: in one transaction of the program itself. */
  within<T>(work: (context: Context) => Promise<T>): Promise<T>;
  site(code: string): number;
  line(code: string): number;
  category(code: string): number;
  stop(): Promise<void>;
}

/** A refusal or a missing network is part of many stories; anything else a browser complains about is a fault of the page. */
const partOfTheStory = /^Failed to load resource|net::ERR_INTERNET_DISCONNECTED/;

/** @param shared the database server of the test run; one of its own is started where there is none */
export async function startWorld(shared?: Server): Promise<World> {
  const own = shared ? null : await startServer();
  const database = await cloneDatabase(shared ?? own!.server);
  const dataFolder = await mkdtemp(join(tmpdir(), 'lastmetre-story-'));
  // A copy, so that a build made meanwhile does not pull the pages from under a story.
  const distFolder = join(dataFolder, 'dist');
  for (const page of ['desk', 'phone'])
    await cp(join(rootFolder, 'dist', page), join(distFolder, page), { recursive: true });

  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const log: string[] = [];
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: null,
    dataFolder,
    publicUrl: null,
    distFolder,
    rootFolder,
    secureCookies: false,
    demo: 'organization',
  };
  forgetSessions();
  const program = await startProgram({
    config,
    appUrl: database.appUrl,
    role: database.role,
    demoLogins,
    now,
    log: (line) => void log.push(line),
    withTimers: false,
    readersRestMs: 0,
  });
  program.app.server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (ahead > 0) response.setHeader('date', now().toUTCString());
  });
  const origin = program.address;

  function client(login: string | null): Client {
    const cookies = new Map<string, string>();
    let csrf = '';
    async function fetchOnce(method: string, path: string, body?: BodyInit | object): Promise<Response> {
      const form = body instanceof FormData;
      const answer = await fetch(`${origin}${path}`, {
        method,
        body: body === undefined ? undefined : form ? body : JSON.stringify(body),
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'x-csrf': csrf,
          ...(body !== undefined && !form ? { 'content-type': 'application/json' } : {}),
        },
        redirect: 'manual',
      });
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      return answer;
    }
    async function enter(): Promise<void> {
      const demo = demoLogins.includes(login ?? '');
      const answer = demo
        ? await fetchOnce('POST', '/api/session/demo', { login })
        : await fetchOnce('POST', '/api/session', { login, password: demoPassword });
      if (!answer.ok) throw new Error(`${login} could not sign in: ${await answer.text()}`);
      csrf = ((await answer.json()) as { csrf: string }).csrf;
    }
    const self: Client = {
      async fetch(method, path, body) {
        if (login && !csrf) await enter();
        const answer = await fetchOnce(method, path, body);
        // A story leaps over days; the person signs in again as they would in the morning.
        if (answer.status !== 401 || !login) return answer;
        await enter();
        return fetchOnce(method, path, body);
      },
      async do(endpoint, input) {
        const answer = await send(endpoint, input);
        if (!answer.ok)
          throw new Error(
            `${login ?? 'visitor'} ${endpoint.method} ${endpoint.path}: ${answer.status} ${await answer.text()}`,
          );
        return (await answer.json()) as OutputOf<typeof endpoint>;
      },
      async refused(endpoint, input) {
        const answer = await send(endpoint, input);
        return answer.ok ? null : ((await answer.json()) as Problem).code;
      },
    };
    async function send(endpoint: Endpoint, input: object): Promise<Response> {
      const rest: Record<string, unknown> = { ...input };
      const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
        const value = String(rest[name]);
        delete rest[name];
        return encodeURIComponent(value);
      });
      const left = Object.entries(rest).filter(([, value]) => value !== undefined);
      if (endpoint.method !== 'GET') {
        return self.fetch(endpoint.method, path, endpoint.method === 'DELETE' && left.length === 0 ? undefined : rest);
      }
      const query = new URLSearchParams(left.map(([name, value]) => [name, String(value)]));
      return self.fetch('GET', left.length > 0 ? `${path}?${query}` : path);
    }
    return self;
  }

  const clients = new Map<string, Client>();
  const as = async (login: string): Promise<Client> => {
    const known = clients.get(login) ?? client(login);
    clients.set(login, known);
    return known;
  };

  const directory = await (await as('disp01')).do(api.organization.directory, {});
  const idOf = (rows: readonly { id: number; code: string }[], what: string) => {
    const ids = new Map(rows.map((row) => [row.code, row.id]));
    return (code: string): number => {
      const found = ids.get(code);
      if (found === undefined) throw new Error(`There is no ${what} ${code} in the demo world.`);
      return found;
    };
  };
  const site = idOf(directory.nodes, 'site');
  const line = idOf(directory.lines, 'line');
  const category = idOf(directory.categories, 'category');

  const browser: Browser = await openBrowser();
  const pages: Page[] = [];
  const faults: string[] = [];

  const world: World = {
    origin,
    config: { ...config, databaseUrl: database.ownerUrl },
    clock: {
      now,
      forward(ms) {
        ahead += ms;
        forgetSessions();
      },
    },
    as,
    pages,
    log,
    visitor: () => client(null),
    site,
    line,
    category,
    async page(login, { viewport = 'desk', locale = 'zh-CN', path } = {}) {
      const page = await newPage(browser, {
        viewport,
        locale,
        origin,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      page.context().setDefaultTimeout(patience);
      page.on('pageerror', (error) => void faults.push(`${page.url()} threw ${error.stack ?? error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' && !partOfTheStory.test(message.text()))
          faults.push(`${page.url()} said ${message.text()}`);
      });
      pages.push(page);
      if (login && viewport === 'desk') await signIn(page, login);
      if (login && viewport === 'phone') await signInOnPhone(page, login);
      if (path || !login) await page.goto(path ?? (viewport === 'desk' ? '/desk/' : '/p/'));
      return page;
    },
    async request(asked = {}) {
      const by = await as(asked.by ?? 'worker01');
      const id = randomUUID();
      const code = makeQueryCode(randomBytes(9));
      const confidentiality = asked.confidentiality ?? 'open';
      const text = asked.text ?? '板房区早上停水两个小时，洗漱都成问题。';
      const create = confidentiality === 'anonymous' ? api.requests.createPublic : api.requests.create;
      const { number } = await by.do(create, {
        id,
        queryCode: code,
        categoryId: category(asked.category ?? 'A02'),
        text,
        siteId: site(asked.site ?? 'U04-01'),
        confidentiality,
        callback: asked.callback,
      });
      const given: Given = { id, number, code, caseId: '', text };
      const steps = ['received', 'dispatched', 'accepted', 'handled'];
      const reaches = (step: string): boolean => steps.indexOf(step) <= steps.indexOf(asked.until ?? 'received');
      if (!reaches('dispatched')) return given;
      const dispatcher = await as('disp01');
      const version = async () => (await dispatcher.do(api.requests.thread, { id })).version;
      if (confidentiality === 'confidential') {
        await dispatcher.do(api.requests.writeSummary, {
          id,
          version: await version(),
          summary: asked.summary ?? '生活区供水不稳定，请尽快检修。',
        });
      }
      given.caseId = (
        await dispatcher.do(api.cases.dispatch, {
          id,
          version: await version(),
          lineId: line(asked.line ?? 'L11'),
          unitId: asked.unit ? site(asked.unit) : null,
        })
      ).caseId;
      const handler = await as(asked.handler ?? 'hand11');
      if (reaches('accepted')) await handler.do(api.cases.accept, { id: given.caseId });
      if (reaches('handled')) {
        await handler.do(api.cases.progress, { id: given.caseId, text: '已联系本人，正在修。', contacted: true });
        await handler.do(api.cases.handled, {
          id: given.caseId,
          solution: 'solved',
          text: '水泵换好了，两层龙头都试过，有水。',
        });
      }
      return given;
    },
    within: (work) => inTransaction(program.pool, (tx) => work({ tx, actor: system, now: now() })),
    async timer(name) {
      const tasks = timers({
        pool: program.pool,
        keys: program.keys,
        anchorsFile: program.anchorsFile,
        filesFolder: join(dataFolder, 'files'),
        rootFolder,
        now,
        committed: program.desk.committed,
      });
      const task = tasks.find((one) => one.name === name);
      if (!task) throw new Error(`There is no timer ${name}.`);
      await task.run();
    },
    async stop() {
      for (const page of pages) await page.context().close();
      await program.stop();
      await database.drop();
      await own?.stop();
      await rm(dataFolder, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`Pages threw, or the policy refused:\n${faults.join('\n')}`);
    },
  };
  return world;
}

const labels = new Map<string, string>();

async function labelOf(page: Page, login: string): Promise<string> {
  if (labels.size === 0) {
    const answer = await page.request.get('/api/public/demo-accounts');
    for (const account of ((await answer.json()) as OutputOf<typeof api.access.demoAccounts>).accounts)
      labels.set(account.login, account.label);
  }
  const label = labels.get(login);
  if (!label) throw new Error(`${login} is not among the people of the demo.`);
  return label;
}

/** One click on the person in the list of the real sign-in page. */
export async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/desk/sign-in');
  const label = await labelOf(page, login);
  const person = page.getByRole('button', { name: new RegExp(`^${label}`) });
  // A role with many people shows the first three.
  const more = page.getByRole('button', { name: /^(另外 \d+ 个|\d+ more)$/ });
  await page.getByRole('list').getByRole('button').first().waitFor();
  while ((await person.count()) === 0) await more.first().click();
  // Somebody with two roles stands in the list under each.
  await person.first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

async function signInOnPhone(page: Page, login: string): Promise<void> {
  await page.goto('/p/#/sign-in');
  const label = await labelOf(page, login);
  await page
    .getByRole('listitem')
    .getByRole('button', { name: new RegExp(`^${label}`) })
    .first()
    .click();
  await page.waitForURL(/#\/$/);
}
