import type { ClockLog } from '../../../contract/clocks.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import type { RequestThread, requestEndpoints } from '../../../contract/requests.ts';
import { call, callForBlob } from '../../app/api.ts';
import { keep, recall } from '../../app/database.ts';
import { deviceId, uuid } from '../../app/identifiers.ts';
import type { Call, Item } from '../../app/outbox.ts';
import { post } from '../../app/pending.ts';
import { me } from '../../app/session.ts';
import type { Score } from '../../kit/rating.tsx';
import { uploads } from './asking.ts';

/** How this phone may open a request: from the account it is for, or by its number and query code. */
export type Hold = { by: 'account'; id: string } | { by: 'code'; number: string; code: string };

/** Under what a request is known in the outbox and on the disk. */
export const subjectOf = (hold: Hold): string => (hold.by === 'account' ? hold.id : hold.number);

type Act = 'verdict' | 'rating' | 'nudge' | 'withdrawal' | 'messages' | 'sms' | 'objection';

/** Under what the words of an act are kept on the disk while they are written. */
export const draftOf = (hold: Hold, act: Act): string => `draft:${subjectOf(hold)}:${act}`;

function pathOf(hold: Hold, act: Act): string {
  return hold.by === 'account' ? `/api/requests/${hold.id}/${act}` : `/api/public/requests/${act}`;
}

const proof = (hold: Hold) =>
  hold.by === 'account' ? {} : { number: hold.number, code: hold.code, deviceId: deviceId() };

export async function loadThread(hold: Hold): Promise<RequestThread> {
  const thread =
    hold.by === 'account'
      ? await call<RequestThread>(`/api/requests/${hold.id}`)
      : await call<RequestThread>('/api/public/requests/follow', { method: 'POST', json: proof(hold) });
  await keep(`thread:${subjectOf(hold)}`, { thread, at: new Date().toISOString() });
  return thread;
}

/** Why the promised time is what it is. */
export const loadClocks = (hold: Hold): Promise<ClockLog> =>
  hold.by === 'account'
    ? call<ClockLog>(`/api/requests/${hold.id}/clocks`)
    : call<ClockLog>('/api/public/requests/clocks', { method: 'POST', json: proof(hold) });

export function lastThread(hold: Hold): Promise<{ thread: RequestThread; at: string } | undefined> {
  return recall(`thread:${subjectOf(hold)}`);
}

export function loadPicture(hold: Hold, request: string, fileId: string): Promise<Blob> {
  return hold.by === 'account'
    ? callForBlob(`/api/requests/${request}/files/${fileId}`)
    : callForBlob('/api/public/requests/file', { method: 'POST', json: { ...proof(hold), fileId } });
}

export async function nudge(hold: Hold): Promise<number> {
  type Nudged = OutputOf<(typeof requestEndpoints)['nudge']>;
  const json = proof(hold);
  return (await call<Nudged>(pathOf(hold, 'nudge'), { method: 'POST', key: uuid(), json })).nudges;
}

/** Without a word, how it stands. */
export function newsBySms(hold: Hold, agree?: boolean): Promise<{ available: boolean; agreed: boolean }> {
  return call(pathOf(hold, 'sms'), { method: 'POST', key: uuid(), json: { ...proof(hold), agree } });
}

export async function withdraw(hold: Hold, why: string): Promise<void> {
  const json = { ...proof(hold), why: why.trim() || undefined };
  await call(pathOf(hold, 'withdrawal'), { method: 'POST', key: uuid(), json });
  await keep(draftOf(hold, 'withdrawal'), undefined);
}

/** Not content that it was put off: others judge. */
export async function object(hold: Hold, why: string): Promise<void> {
  await call(pathOf(hold, 'objection'), { method: 'POST', key: uuid(), json: { ...proof(hold), why: why.trim() } });
  await keep(draftOf(hold, 'objection'), undefined);
}

export async function rate(hold: Hold, score: Score): Promise<void> {
  await call(pathOf(hold, 'rating'), { method: 'POST', key: uuid(), json: { ...proof(hold), ...score } });
}

function item(kind: Item['kind'], hold: Hold, calls: Call[]): Item {
  return {
    id: uuid(),
    kind,
    subject: subjectOf(hold),
    account: hold.by === 'account' ? (me.get()?.id ?? null) : null,
    urgent: false,
    ring: [],
    madeAt: new Date().toISOString(),
    phase: 'waiting',
    tries: 0,
    notBefore: 0,
    problem: null,
    calls,
  };
}

/** The person's word. Made now, even without network; by an account it counts from now (rules 13). */
export async function judge(
  hold: Hold,
  verdict: { solved: boolean; why?: string },
  score: Score | null,
): Promise<void> {
  const byAccount = hold.by === 'account';
  const madeAt = byAccount ? { madeAt: new Date().toISOString() } : {};
  const word: Call = {
    path: pathOf(hold, 'verdict'),
    key: uuid(),
    body: { ...proof(hold), ...verdict, ...madeAt },
    photo: null,
    stamped: byAccount,
  };
  const rating: Call[] = score
    ? [{ path: pathOf(hold, 'rating'), key: uuid(), body: { ...proof(hold), ...score }, photo: null, stamped: false }]
    : [];
  const clears = [`verdict:${subjectOf(hold)}`, draftOf(hold, 'verdict')];
  await post(item('verdict', hold, [word, ...rating]), { clears });
}

export async function write(hold: Hold, text: string, photos: string[]): Promise<void> {
  const files = uploads(photos, hold.by === 'account' ? '/api/files' : '/api/public/files');
  const message: Call = {
    path: pathOf(hold, 'messages'),
    key: uuid(),
    body: { ...proof(hold), text: text.trim() },
    photo: null,
    stamped: false,
  };
  await post(item('message', hold, [...files, message]), { clears: [draftOf(hold, 'messages')] });
}

/** What became of the last word: whether it counted as the person's own (rules 3), and when it was said. */
export interface Verdict {
  counted: boolean;
  at: string;
}

/** `undefined` until it has arrived. */
export function lastVerdict(hold: Hold): Promise<Verdict | undefined> {
  return recall(`verdict:${subjectOf(hold)}`);
}
