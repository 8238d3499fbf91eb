/** Ringing the person up: attempts over every channel they left, on more than one day, until they answer or it is enough. */
import { pick } from '../random.ts';
import { day, hour, minute } from './calendar.ts';
import { attempt, closeUnreachable, complete, isIndependent, planCall, triedEnough } from './calling.ts';
import { chance, uniform, weighted } from './chance.ts';
import { closeWithoutVerdict } from './closing.ts';
import { isRungAgain } from './days.ts';
import type { Call } from './ledger.ts';
import * as said from './sayings.ts';
import { callerFor, doing, type Facing, verdictWords } from './telling.ts';

/** Callers ring between nine and half past eight in the evening. */
export function inCallingHours(f: Facing, at: number): number {
  const h = f.t.scene.calendar.hourOf(at);
  const spread = uniform(0, 100, f.need.random) * minute;
  if (h < 9) return at + (9 - h) * hour + spread;
  if (h >= 20.5) return at + (33 - h) * hour + spread;
  return at;
}

const day24 = 24 * hour;

const failures = [
  ['no_answer', 0.6],
  ['busy', 0.16],
  ['asked_later', 0.12],
  ['cut_off', 0.08],
  ['wrong_number', 0.04],
] as const;

function tryOnce(f: Facing, call: Call): void {
  const { need, t } = f;
  const phone = Boolean(need.words?.callback);
  const tried = call.attempts.length;
  const thread = !phone || (tried === 1 && !call.attempts.some((one) => one.channel === 'thread'));
  const outcome = thread ? 'notice_sent' : weighted(failures, need.random);
  const later =
    outcome === 'asked_later'
      ? new Date(inCallingHours(f, t.scheduler.time() + uniform(2, 22, need.random) * hour))
      : null;
  attempt(doing(f, callerFor(f)), need, call, thread ? 'thread' : 'phone', outcome, later);
}

/** @param truth whether it is solved, as the person will say once reached */
export function* ringUp(f: Facing, call: Call, truth: boolean): Generator<number, void, void> {
  const { need, asking, t } = f;
  const { random } = need;
  const { scheduler, habits } = t;
  const steer = asking.steer;
  const { reached, solved } = habits.reaches(need, call.row.created_at.getTime(), truth);
  const phone = Boolean(need.words?.callback);
  const refuses = !reached && phone && chance(0.15, random);
  const failed = reached
    ? Math.max(
        phone ? 0 : 1,
        weighted(
          [
            [0, 0.6],
            [1, 0.28],
            [2, 0.12],
          ],
          random,
        ),
      )
    : refuses
      ? weighted(
          [
            [0, 0.7],
            [1, 0.3],
          ],
          random,
        )
      : 12;
  let at = inCallingHours(f, scheduler.time() + uniform(1, 18, random) * hour);
  for (let i = 0; i < (steer?.attempts ?? failed); i++) {
    if (steer?.attempts !== undefined) at = steer.attemptAt!(i);
    yield Math.max(at, scheduler.time() + minute);
    if (call.row.done_at) return;
    tryOnce(f, call);
    if (!reached && !refuses && steer?.attempts === undefined && triedEnough(need, call)) {
      yield scheduler.time() + uniform(2, 30, random) * minute;
      if (!call.row.done_at) closeUnreachable(doing(f, callerFor(f)), need, call);
      return;
    }
    const appointed = call.row.appointment_at?.getTime();
    at = inCallingHours(
      f,
      appointed ?? scheduler.time() + (i >= 1 ? uniform(15, 26, random) : uniform(2.5, 7, random)) * hour,
    );
  }
  if (steer?.hold === 'call') return;
  yield Math.max(at, scheduler.time() + minute);
  if (call.row.done_at) return;
  const caller = doing(f, callerFor(f));
  if (refuses) {
    attempt(caller, need, call, 'phone', 'refused');
    return;
  }
  const now = scheduler.time();
  const withdrawn = need.row.state === 'withdrawn';
  const solution = need.work?.row.solution ?? null;
  const explained =
    !withdrawn && !solved && (solution === 'explained' || solution === 'out_of_scope') && chance(0.65, random);
  const unclear = explained || (!withdrawn && chance(0.025, random));
  const answer = unclear ? 'unclear' : solved ? 'solved' : chance(0.25, random) ? 'better' : 'not_solved';
  const words = explained
    ? pick(said.explainedWords, random)
    : withdrawn
      ? pick(solved ? said.withdrawnFine : said.pressedLater, random)
      : verdictWords(f, solved);
  complete(caller, need, call, {
    contacted: chance(0.94, random),
    answer,
    satisfied: habits.satisfaction(need, call.row.created_at.getTime(), solved),
    speed: habits.speed(need),
    attitude: habits.attitude(need, now),
    words: answer === 'solved' && chance(0.35, random) ? null : words,
    seconds: Math.round(uniform(45, 210, random)),
  });
  checkAgain(f, call);
  // The person understood why it cannot be done: neither solved nor reopened.
  if (explained && need.row.state === 'handled') closeWithoutVerdict(caller, need, 'explain', solution!);
}

/** Of what was answered, the draw of the same day has somebody else ask once more; most say the same. */
function checkAgain(f: Facing, first: Call): void {
  const { need, t } = f;
  const day = t.ledger.days.get(first.row.day ?? '');
  if (!day) return;
  // Rung before its day was drawn, as after a withdrawal: the draw decides when the day of their own is over.
  if (!day.root) {
    t.scheduler.start(t.scheduler.time() + day24, again24(f, first));
    return;
  }
  if (!isRungAgain(day, need)) return;
  const now = new Date(t.scheduler.time());
  const again = planCall(need, 'again', now, {
    kind: 'again',
    first_call_id: first.row.id,
    opens_at: new Date(now.getTime() + 4 * hour),
  });
  t.scheduler.start(inCallingHours(f, now.getTime() + uniform(5, 22, need.random) * hour), askAgain(f, first, again));
}

function* again24(f: Facing, first: Call): Generator<number, void, void> {
  yield f.t.scheduler.time();
  checkAgain(f, first);
}

function* askAgain(f: Facing, first: Call, again: Call): Generator<number, void, void> {
  const { need, t } = f;
  yield t.scheduler.time();
  if (again.row.done_at || need.row.state === 'closed_explained') return;
  const caller = t.ledger.cast.callers.find(
    (one) => one.accountId !== first.answer!.caller_id && isIndependent(t.ledger, one, need),
  );
  if (!caller) return;
  const { contacted, answer, satisfied, speed, attitude } = first.answer!;
  const warmer = chance(0.12, need.random) ? 2 : chance(0.2, need.random) ? 1 : 0;
  complete(doing(f, caller), need, again, {
    contacted,
    answer: answer as 'solved',
    satisfied: satisfied === null ? null : Math.max(1, satisfied - warmer),
    speed,
    attitude,
    words: null,
    seconds: Math.round(uniform(40, 120, need.random)),
  });
}

/** Seven days after the last notice without a word of theirs: unverified, never satisfied. */
export const unverifiedAt = (f: Facing): number => {
  const { noticed_at, handled_at } = f.need.row;
  const last = Math.max(noticed_at?.getTime() ?? 0, handled_at!.getTime());
  return Math.ceil((last + 7 * day + 1) / (10 * minute)) * 10 * minute;
};
