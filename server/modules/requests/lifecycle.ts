import type { RequestState } from '../../../contract/requests.ts';
import { Refusal } from '../../platform/errors.ts';

/** Life cycle of a need (rules 2) as one table: event → from → to. */
export const transitions = {
  dispatch: { received: 'in_work', reopened: 'reopened', in_work: 'in_work' },
  handle: { in_work: 'handled', reopened: 'handled', received: 'handled' },
  confirm: { handled: 'resolved_confirmed' },
  deny: {
    handled: 'reopened',
    resolved_confirmed: 'reopened',
    closed_unverified: 'reopened',
    closed_unreachable: 'reopened',
    closed_explained: 'reopened',
    withdrawn: 'reopened',
  },
  unreachable: { handled: 'closed_unreachable' },
  unverified: { handled: 'closed_unverified' },
  /** "Cannot be solved": the policy's clause, explained to the person, signed by a leader outside the line. */
  explain: { handled: 'closed_explained', reopened: 'closed_explained' },
  /** What was closed before keeps its exit: only its content goes. */
  seal: {
    received: 'closed_explained',
    in_work: 'closed_explained',
    handled: 'closed_explained',
    reopened: 'closed_explained',
    resolved_confirmed: 'resolved_confirmed',
    closed_unreachable: 'closed_unreachable',
    closed_unverified: 'closed_unverified',
    closed_explained: 'closed_explained',
    withdrawn: 'withdrawn',
  },
  withdraw: { received: 'withdrawn', in_work: 'withdrawn', handled: 'withdrawn', reopened: 'withdrawn' },
} as const satisfies Record<string, Partial<Record<RequestState, RequestState>>>;

export type RequestEvent = keyof typeof transitions;

export function mayMove(event: RequestEvent, from: RequestState): boolean {
  return from in transitions[event];
}

/** Tells where the request stands: open ones by their work. */
export const notInThisState = (r: { state: string; work: string }): Refusal =>
  new Refusal(409, 'not_in_this_state', { values: { state: isOpen(r.state as RequestState) ? r.work : r.state } });

/** @throws not_in_this_state */
export function move(event: RequestEvent, from: RequestState): RequestState {
  const to = (transitions[event] as Partial<Record<RequestState, RequestState>>)[from];
  if (!to) throw new Refusal(409, 'not_in_this_state', { values: { state: from } });
  return to;
}

export const openStates: readonly RequestState[] = ['received', 'in_work', 'handled', 'reopened'];
export const isOpen = (state: RequestState): boolean => openStates.includes(state);
export const isOpenRequest = (r: { state: string }): boolean => isOpen(r.state as RequestState);
