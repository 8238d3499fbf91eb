import { Refusal } from '../../platform/errors.ts';

/** Life cycle of the work (rules 2) as one table. `handled` is as far as those who work can move it. */
export type CaseState =
  | 'dispatched'
  | 'accepted'
  | 'in_progress'
  | 'suspended'
  | 'handled'
  | 'returned'
  | 'reopened'
  | 'ended';

export const transitions = {
  accept: { dispatched: 'accepted' },
  progress: { dispatched: 'in_progress', accepted: 'in_progress', in_progress: 'in_progress', reopened: 'in_progress' },
  return: { dispatched: 'returned', accepted: 'returned' },
  takeBack: { dispatched: 'returned' },
  assign: { returned: 'dispatched' },
  /** To another line, before it says anything of its own (移交). */
  handOver: {
    dispatched: 'returned',
    accepted: 'returned',
    in_progress: 'returned',
    suspended: 'returned',
    reopened: 'returned',
    returned: 'returned',
  },
  /** The backup line of an overloaded one goes on with it. */
  takeOver: { dispatched: 'accepted', accepted: 'accepted', in_progress: 'in_progress', reopened: 'reopened' },
  /** Back to the line it was taken from, which is asked anew. */
  handBack: { accepted: 'dispatched', in_progress: 'dispatched', reopened: 'dispatched' },
  suspend: { accepted: 'suspended', in_progress: 'suspended', reopened: 'suspended' },
  resume: { suspended: 'in_progress' },
  handle: { accepted: 'handled', in_progress: 'handled', reopened: 'handled', dispatched: 'handled' },
  /** None of its requests is open any more: withdrawn, or moved to a sealed line. */
  end: {
    dispatched: 'ended',
    accepted: 'ended',
    in_progress: 'ended',
    suspended: 'ended',
    reopened: 'ended',
  },
  /** What was left to do is gone, what was handled still waits for its verdict. */
  rest: {
    dispatched: 'handled',
    accepted: 'handled',
    in_progress: 'handled',
    suspended: 'handled',
    reopened: 'handled',
  },
  reopen: {
    handled: 'reopened',
    ended: 'reopened',
    in_progress: 'in_progress',
    accepted: 'accepted',
    suspended: 'suspended',
    dispatched: 'dispatched',
    reopened: 'reopened',
    returned: 'returned',
  },
  /** Reopened, but nobody ever accepted it: the line is asked anew, and may say that it is not theirs. */
  offerAgain: { ended: 'dispatched', handled: 'dispatched' },
} as const satisfies Record<string, Partial<Record<CaseState, CaseState>>>;

export type CaseEvent = keyof typeof transitions;

export const mayMove = (event: CaseEvent, from: CaseState): boolean => from in transitions[event];

/** @throws not_in_this_state */
export function move(event: CaseEvent, from: CaseState): CaseState {
  const to = (transitions[event] as Partial<Record<CaseState, CaseState>>)[from];
  if (!to) throw new Refusal(409, 'not_in_this_state', { values: { state: from } });
  return to;
}
