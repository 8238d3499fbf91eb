/** What every life in the history holds in its hands. */

import type { Actor } from '../../platform/actor.ts';
import { system } from '../../platform/actor.ts';
import { pick } from '../random.ts';
import { composeVerdict, type Solution } from '../sentences/compose.ts';
import type { Asking, Scene } from './asking.ts';
import { isIndependent } from './calling.ts';
import { stranger } from './cast.ts';
import type { Habits } from './habits.ts';
import type { Doing, Ledger, Need } from './ledger.ts';
import type { Scheduler } from './scheduler.ts';

export interface Telling {
  scene: Scene;
  ledger: Ledger;
  scheduler: Scheduler;
  habits: Habits;
}

export interface Facing {
  t: Telling;
  asking: Asking;
  need: Need;
  /** Said to be handled though nothing was delivered. */
  gamed: boolean;
}

export const doing = (f: Facing, actor: Actor): Doing => ({
  ledger: f.t.ledger,
  actor,
  now: new Date(f.t.scheduler.time()),
});
export const bySystem = (f: Facing): Doing => doing(f, system);

/** The person it is for: their account, or nobody's name with the code. */
export const asRequester = (f: Facing): Doing =>
  doing(f, f.need.row.requester_id ? f.t.ledger.cast.byId.get(f.need.row.requester_id)! : stranger);
export const voiceOf = (f: Facing): 'requester' | 'code' => (f.need.row.requester_id ? 'requester' : 'code');

export const dispatcherFor = (f: Facing): Actor => pick(f.t.ledger.cast.dispatchers, f.need.random);

/** A caller who took no part in it; the rule decides, not the list. */
export function callerFor(f: Facing): Actor {
  const { callers } = f.t.ledger.cast;
  const first = Math.floor(f.need.random() * callers.length);
  for (let i = 0; i < callers.length; i++) {
    const caller = callers[(first + i) % callers.length]!;
    if (isIndependent(f.t.ledger, caller, f.need)) return caller;
  }
  throw new Error(`Nobody may verify ${f.need.key}.`);
}

/** Who handles a line here; at head office the three named handlers of the story take most of it. */
export function handlerFor(f: Facing, lineId: number, unitId: number | null): Actor {
  const { cast } = f.t.ledger;
  const here = cast.handlersOf(lineId, unitId);
  const steered = f.asking.steer?.handler && cast.byLogin.get(f.asking.steer.handler);
  if (steered && here.includes(steered)) return steered;
  return here.length > 1 && f.need.random() < 0.7 ? here[0]! : pick(here, f.need.random);
}

/** How the person says that it is solved, or is not, by what was said to have been done. */
export const verdictWords = (f: Facing, solved: boolean): string =>
  composeVerdict(
    f.asking.story,
    new Date(f.t.scheduler.time()),
    solved,
    (f.need.work?.row.solution as Solution | null | undefined) ?? 'solved',
  );
