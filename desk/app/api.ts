import type { Endpoint, InputOf, OutputOf, Problem } from '../../contract/endpoint.ts';
import { randomId } from './identifier.ts';
import { learnServerTime } from './now.ts';
import { locale } from './words.ts';

/** The server answered, and said no. `code` is stable; words for it are in `problems.ts`. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly fields: NonNullable<Problem['fields']>;
  /** The record as it stands now, when somebody else was first. */
  readonly current: unknown;
  constructor(problem: Problem) {
    super(problem.code);
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.fields = problem.fields ?? [];
    this.current = problem.current;
  }
}

/** No answer came. Nothing was lost: what was typed is still here, and sending it again cannot do it twice. */
export class NetworkError extends Error {}

/** The person wanted to leave and could not: whoever sits down next would find the session open. */
export class StillSignedIn extends Error {}

export interface CallOptions {
  /** Idempotency key of the intention: a second try after a lost answer passes the same one. */
  key?: string;
  signal?: AbortSignal;
}

let csrf = '';
let signedOut: () => void = () => {};

export function setSessionToken(token: string): void {
  csrf = token;
}

/** Who is told when the server no longer knows the session. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

async function problemOf(answer: Response): Promise<Problem> {
  const unknown = { type: 'about:blank', title: answer.statusText, status: answer.status, code: 'unknown', detail: '' };
  try {
    return { ...unknown, ...(await answer.json()) };
  } catch {
    return unknown;
  }
}

async function exchange(
  method: string,
  address: string,
  body: BodyInit | undefined,
  options: CallOptions,
): Promise<Response> {
  // The page says which language it is read in: an account that never chose one has only the program's own.
  const headers = new Headers({ accept: 'application/json', 'x-locale': locale() });
  if (typeof body === 'string') headers.set('content-type', 'application/json');
  if (method !== 'GET') {
    headers.set('x-csrf', csrf);
    headers.set('idempotency-key', options.key ?? randomId());
  }
  let answer: Response;
  try {
    answer = await fetch(address, { method, headers, body, signal: options.signal, credentials: 'same-origin' });
  } catch (fault) {
    if (options.signal?.aborted) throw fault;
    throw new NetworkError(address);
  }
  learnServerTime(answer.headers.get('date'));
  // A proxy in front says 502–504 when the server restarts: the same to a person as no answer.
  if (answer.status >= 502 && answer.status <= 504) throw new NetworkError(address);
  if (!answer.ok) throw new ProblemError(await problemOf(answer));
  return answer;
}

/** Where a call goes: path parameters filled in; for GET the rest as query string. */
export function addressOf(
  endpoint: Pick<Endpoint, 'method' | 'path'>,
  input: Record<string, unknown>,
): { address: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  if (endpoint.method !== 'GET') return { address: path, rest };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  return { address: query.size > 0 ? `${path}?${query}` : path, rest: {} };
}

/** Calls one endpoint of the contract and gives its answer, or throws `ProblemError` or `NetworkError`. */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: CallOptions = {},
): Promise<OutputOf<E>> {
  const { address, rest } = addressOf(endpoint, input as Record<string, unknown>);
  const body = endpoint.method === 'GET' ? undefined : JSON.stringify(rest);
  try {
    const answer = await exchange(endpoint.method, address, body, options);
    return (await answer.json()) as OutputOf<E>;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401 && endpoint.gate !== 'public') signedOut();
    throw error;
  }
}

export interface StoredFile {
  id: string;
  kind: 'picture' | 'document';
  name: string;
}

/** Stores a file and gives its id, to be named in the act that uses it. */
export async function upload(file: File, options: CallOptions = {}): Promise<StoredFile> {
  const form = new FormData();
  form.append('file', file);
  const answer = await exchange('POST', '/api/files', form, options);
  return (await answer.json()) as StoredFile;
}

/** Sends a form with a file to an address outside the contract's JSON endpoints, such as an import. */
export async function send<T>(address: string, form: FormData, options: CallOptions = {}): Promise<T> {
  const answer = await exchange('POST', address, form, options);
  return (await answer.json()) as T;
}
