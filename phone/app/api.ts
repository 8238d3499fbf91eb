import type { Problem } from '../../contract/endpoint.ts';
import { recall } from './database.ts';
import { hearClock } from './device-clock.ts';
import { heardFromServer } from './online.ts';

/** The server answered, and said no. */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** No answer came, or none that makes sense. */
export class Unreachable extends Error {}

export interface Sending {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  json?: unknown;
  form?: FormData;
  /** Idempotency key. */
  key?: string;
}

/** An unanswered call counts as lost after this long; a photo over a weak signal may need most of it. */
const patience = 45_000;

async function problemOf(answer: Response): Promise<Problem> {
  const fallback = {
    type: 'about:blank',
    title: answer.statusText,
    status: answer.status,
    code: 'unknown',
    detail: '',
  };
  try {
    return { ...fallback, ...(await answer.json()), status: answer.status };
  } catch {
    return fallback;
  }
}

/** One exchange with the server; throws `Unreachable` when nothing came back. */
export async function exchange(path: string, sending: Sending = {}): Promise<Response> {
  const method = sending.method ?? 'GET';
  const headers = new Headers({ accept: 'application/json' });
  if ('document' in globalThis) headers.set('x-locale', document.documentElement.lang);
  if (sending.json !== undefined) headers.set('content-type', 'application/json');
  if (sending.key) headers.set('idempotency-key', sending.key);
  if (method !== 'GET') {
    const csrf = (await recall<{ csrf: string }>('me'))?.csrf;
    if (csrf) headers.set('x-csrf', csrf);
  }
  const stop = new AbortController();
  const askedAt = performance.now();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const answer = await fetch(path, {
      method,
      headers,
      body: sending.form ?? (sending.json === undefined ? undefined : JSON.stringify(sending.json)),
      cache: 'no-store',
      signal: stop.signal,
    });
    heardFromServer(true, askedAt);
    hearClock(answer.headers.get('date'));
    return answer;
  } catch {
    heardFromServer(false);
    throw new Unreachable(path);
  } finally {
    clearTimeout(timer);
  }
}

/** The answer as JSON, or `Refusal` with the server's reason. */
export async function call<T>(path: string, sending?: Sending): Promise<T> {
  const answer = await exchange(path, sending);
  if (!answer.ok) throw new Refusal(await problemOf(answer));
  try {
    return (await answer.json()) as T;
  } catch {
    throw new Unreachable(path);
  }
}

/** The answer as bytes, for pictures. */
export async function callForBlob(path: string, sending?: Sending): Promise<Blob> {
  const answer = await exchange(path, sending);
  if (!answer.ok) throw new Refusal(await problemOf(answer));
  return answer.blob();
}
