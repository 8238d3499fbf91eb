/** Ringing the person up: attempts over every channel they left, on more than one day, until they answer or it is enough. */
import { pick, type Random } from '../random.ts';
import { type Calendar, day, hour, minute } from './calendar.ts';
import { attempt, closeUnreachable, complete, triedEnough } from './calling.ts';
import { chance, uniform, weighted } from './chance.ts';
import { closeWithoutVerdict } from './closing.ts';
import type { Call } from './ledger.ts';
import * as said from './sayings.ts';
import { callerFor, doing, type Facing, verdictWords } from './telling.ts';

/** Callers ring between nine and half past eight in the evening. */
export const inCallingHours = (f: Facing, at: number): number => callingHours(f.t.scene.calendar, f.need.random, at);

export function callingHours(calendar: Calendar, random: Random, at: number): number {
  const h = calendar.hourOf(at);
  const spread = uniform(0, 100, random) * minute;
  if (h < 9) return at + (9 - h) * hour + spread;
  if (h >= 20.5) return at + (33 - h) * hour + spread;
  return at;
}

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
  // The person understood why it cannot be done: neither solved nor reopened.
  if (explained && need.row.state === 'handled') closeWithoutVerdict(caller, need, 'explain', solution!);
}

/** Seven days after the last notice without a word of theirs: unverified, never satisfied. */
export const unverifiedAt = (f: Facing): number => {
  const { noticed_at, handled_at } = f.need.row;
  const last = Math.max(noticed_at?.getTime() ?? 0, handled_at!.getTime());
  return Math.ceil((last + 7 * day + 1) / (10 * minute)) * 10 * minute;
};
