import type { RequestState } from '../../../contract/requests.ts';
import type { Context } from '../../platform/serve.ts';
import { tellRequester } from '../messages/index.ts';
import type { Directory } from '../organization/index.ts';
import { codeDiesAt } from './codes.ts';
import { duesAnew } from './dues.ts';
import { isOpen, move, notInThisState } from './lifecycle.ts';
import { isWaiting, mayConfirm, mayDeny, mayNudge, mayRate, relapseDays } from './policy.ts';
import { patchRequest, type RequestRecord } from './queries.ts';
import { trace } from './record.ts';
import { tellNudged, tellOneLevelUp } from './telling.ts';

/** Who spoke: the account the request is for, its code, or a follow-up caller with the answer. */
export type Voice = 'requester' | 'code' | 'followup';
/** Who may reopen: the person, a caller on their word, or a panel that found the service owed was not given. */
export type Reopener = Voice | 'panel';

/** What was said to a caller stays with who verifies; who called is told to nobody who handled it. */
const byCaller = (voice: Reopener): { who?: null } => (voice === 'followup' || voice === 'panel' ? { who: null } : {});

/** From which state, and on whose word. */
export interface Reopening {
  from: RequestState;
  voice: Reopener;
}
type Reopened = (context: Context, request: RequestRecord, how: Reopening) => Promise<void>;
const reopened = new Map<string, Reopened>();
type Confirmed = (context: Context, request: RequestRecord) => Promise<void>;
const confirmed = new Map<string, Confirmed>();
type Withdrawn = (context: Context, request: RequestRecord) => Promise<void>;
const withdrawn = new Map<string, Withdrawn>();
type Rated = (context: Context, request: RequestRecord) => Promise<void>;
const rated = new Map<string, Rated>();

/** Modules further out join here: the work is reopened in the same transaction as the verdict. */
export function whenReopened(module: string, react: Reopened): void {
  reopened.set(module, react);
}
export function whenConfirmed(module: string, react: Confirmed): void {
  confirmed.set(module, react);
}
export function whenWithdrawn(module: string, react: Withdrawn): void {
  withdrawn.set(module, react);
}
/** With the request as it stands after the rating. */
export function whenRated(module: string, react: Rated): void {
  rated.set(module, react);
}

type Objection = (context: Context, request: RequestRecord, why: string) => Promise<void>;
let objection: Objection = async (_, request) => {
  throw notInThisState(request);
};
/** `ledger` decides here what an objection to a deferral does. */
export function provideObjection(take: Objection): void {
  objection = take;
}
/** The person served does not accept that their need was put off. @throws not_in_this_state */
export const object: Objection = (context, request, why) => objection(context, request, why);

/** One priority up. */
export const raised: Record<string, string> = {
  normal72: 'normal48',
  normal48: 'normal24',
  normal24: 'high',
  high: 'urgent',
  urgent: 'urgent',
};

/** The person served says solved: the one way to `resolved_confirmed`. */
export async function confirm(
  context: Context,
  r: RequestRecord,
  voice: Voice,
  text: string | null,
  at = context.now,
): Promise<void> {
  const state = move('confirm', r.state as 'handled');
  await patchRequest(context.tx, r.id, {
    state,
    verdict_by: voice,
    closed_at: context.now,
    next_due: null,
    code_dies_at: codeDiesAt(context.now),
  });
  await trace(context, [r], {
    kind: 'solved',
    action: 'requests.confirmed',
    side: voice === 'followup' ? 'staff' : 'requester',
    permission: 'requests.judge',
    ...byCaller(voice),
    text,
    original: true,
    from: r.state,
    to: state,
    reason: voice,
    figures: { offline: at.getTime() !== context.now.getTime() },
  });
  for (const react of confirmed.values()) await react(context, { ...r, state });
}

/**
 * Not solved: reopened, one priority up, in front of the handler again. The original due stays what it was; the working
 * due is set anew from the raised priority so that somebody has a time to meet.
 */
export async function deny(
  context: Context,
  dir: Directory,
  r: RequestRecord,
  voice: Reopener,
  why: string,
): Promise<void> {
  if (!mayDeny(r, voice, relapseDays(dir, r.category_id), context.now)) throw notInThisState(r);
  const relapse = r.state === 'resolved_confirmed';
  const state = move('deny', r.state as 'handled');
  const priority = raised[r.priority] ?? r.priority;
  const due = await duesAnew(context.tx, dir, r, priority, context.now);
  const waiting = r.case_id === null;
  await patchRequest(context.tx, r.id, {
    state,
    priority,
    resolve_now: due.resolve,
    next_due: waiting ? due.triage : due.resolve,
    closed_at: null,
    code_dies_at: null,
    verdict_by: null,
    handled_at: null,
    said_by_other: false,
    reopens: r.reopens + 1,
    // "Explained" is objected to once; after that a panel has spoken.
    objected: r.objected || (r.state === 'closed_explained' && voice !== 'panel'),
    work: waiting ? 'new' : 'reopened',
  });
  await trace(context, [r], {
    kind: 'not_solved',
    action: 'requests.denied',
    side: voice === 'followup' || voice === 'panel' ? 'staff' : 'requester',
    permission: 'requests.judge',
    ...byCaller(voice),
    text: why || null,
    // A caller passes on what is missing in their own words, never the person's.
    original: voice === 'requester' || voice === 'code',
    from: r.state,
    to: state,
    reason: relapse && voice !== 'panel' ? 'relapse' : voice,
    data: { reopens: r.reopens + 1, priority },
    figures: { reopens: r.reopens + 1, relapse },
  });
  const now = { ...r, state, priority, resolve_now: due.resolve, reopens: r.reopens + 1 };
  for (const react of reopened.values()) await react(context, now, { from: r.state as RequestState, voice });
}

/** "Solved" from somebody whose word closes nothing: recorded; the request stays in the mandatory frame (rules 3). */
export async function noteSaidSolved(
  context: Context,
  r: RequestRecord,
  reason: 'anonymous_code' | 'proxy',
): Promise<void> {
  if (!mayConfirm(r)) throw notInThisState(r);
  await patchRequest(context.tx, r.id, { said_by_other: true });
  await trace(context, [r], {
    kind: 'said_solved',
    action: 'requests.said_solved',
    side: 'requester',
    permission: null,
    reason,
    data: { reason },
  });
}

export async function rate(
  context: Context,
  r: RequestRecord,
  rating: { result: number | null; speed: number | null; attitude: number | null },
): Promise<void> {
  if (!mayRate(r)) throw notInThisState(r);
  await patchRequest(context.tx, r.id, {
    rating_result: rating.result,
    rating_speed: rating.speed,
    rating_attitude: rating.attitude,
  });
  await trace(context, [r], {
    kind: 'rated',
    action: 'requests.rated',
    side: 'requester',
    permission: 'requests.judge',
    audience: 'verifiers',
    data: { ...rating },
    figures: { ...rating },
  });
  const now = { ...r, rating_result: rating.result, rating_speed: rating.speed, rating_attitude: rating.attitude };
  for (const react of rated.values()) await react(context, now);
}

/** Counted, tells the owner, and at the third one level up; it resets nothing (rules 4). */
export async function nudge(context: Context, r: RequestRecord, text: string | null): Promise<number> {
  if (!mayNudge(r)) throw notInThisState(r);
  const nudges = r.nudges + 1;
  await patchRequest(context.tx, r.id, { nudges });
  await trace(context, [r], {
    kind: 'nudged',
    action: 'requests.nudged',
    side: 'requester',
    permission: 'requests.judge',
    text,
    // Words like those of the request itself: of one asked in confidence the line learns that it was nudged.
    original: true,
    data: { nudges, upward: nudges >= 3 },
    figures: { nudges, upward: nudges >= 3 },
  });
  await tellNudged(context, r, nudges);
  if (nudges === 3) await tellOneLevelUp(context, r, nudges);
  return nudges;
}

/** Through the requester's own channel only; every withdrawal is followed up. */
export async function withdraw(context: Context, r: RequestRecord, why: string | null): Promise<void> {
  const state = move('withdraw', r.state as 'received');
  await patchRequest(context.tx, r.id, {
    state,
    closed_at: context.now,
    next_due: null,
    // What was asked for the work may go on for the other requests of the case, not for this one.
    asked: false,
    code_dies_at: codeDiesAt(context.now),
  });
  await trace(context, [r], {
    kind: 'withdrawn',
    action: 'requests.withdrawn',
    side: 'requester',
    permission: 'requests.judge',
    text: why,
    original: true,
    from: r.state,
    to: state,
  });
  for (const react of withdrawn.values()) await react(context, { ...r, state });
}

export async function message(
  context: Context,
  r: RequestRecord,
  side: 'requester' | 'staff',
  text: string,
  fileIds: string[],
  lineId: number | null,
): Promise<void> {
  if (!isOpen(r.state as 'received')) throw notInThisState(r);
  // Staff wrote and the person answered: that is a two-way human contact.
  const contacted = side === 'requester' && r.noticed_at !== null && r.contacted_at === null;
  if (side === 'staff') await patchRequest(context.tx, r.id, { noticed_at: context.now });
  else if (contacted)
    await patchRequest(context.tx, r.id, {
      contacted_at: context.now,
      // Only the contact clock stops: what waits for the dispatcher is due as it was.
      next_due: isWaiting(r) ? r.next_due : r.next_due && r.resolve_now,
    });
  await trace(context, [r], {
    kind: side === 'staff' ? 'message' : 'reply',
    action: side === 'staff' ? 'requests.written_to' : 'requests.replied',
    side,
    permission: null,
    text,
    fileIds,
    lineId,
    figures: { contacted },
  });
  if (side === 'staff') await tellRequester(context, r.id, `written ${context.now.toISOString()}`);
}

/** Closings that are never satisfied (rules 2). */
export async function closeWithoutVerdict(
  context: Context,
  r: RequestRecord,
  event: 'unreachable' | 'unverified' | 'explain',
  reason: string,
  /** Of an explanation: what the person was told. */
  text: string | null = null,
): Promise<void> {
  const state = move(event, r.state as 'handled');
  await patchRequest(context.tx, r.id, {
    state,
    closed_at: context.now,
    next_due: null,
    code_dies_at: codeDiesAt(context.now),
  });
  await trace(context, [r], {
    kind: state as 'closed_unreachable',
    action: `requests.${state}`,
    side: 'system',
    permission: null,
    text,
    from: r.state,
    to: state,
    reason,
    data: { reason },
  });
}
