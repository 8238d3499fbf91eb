/** The life of one need, from the moment it is asked to its verdict, and beyond where it comes back. */

import { pick } from '../random.ts';
import { composeAnswer } from '../sentences/compose.ts';
import type { Asking } from './asking.ts';
import { day, hour, minute } from './calendar.ts';
import { planCall } from './calling.ts';
import { ringUp, unverifiedAt } from './callwork.ts';
import { stranger } from './cast.ts';
import { chance, lognormal, uniform } from './chance.ts';
import { closeWithoutVerdict, confirm, deny, noteSaidSolved, rate, withdraw } from './closing.ts';
import { drawnFor } from './days.ts';
import { untilHandled } from './deskwork.ts';
import { lineOf } from './frames.ts';
import type { Call, Need } from './ledger.ts';
import { workAgain } from './rework.ts';
import * as said from './sayings.ts';
import type { Life } from './scheduler.ts';
import { beginSidelines } from './sidelines.ts';
import { answerAtOnce, submit } from './submitting.ts';
import { asRequester, bySystem, doing, type Facing, type Telling, verdictWords, voiceOf } from './telling.ts';
import { planVisits } from './visiting.ts';

/** The article of the need's own category, where the group has one. */
function articleFor(t: Telling, need: Need): string | null {
  const category = t.ledger.dir.categories.get(need.row.category_id)?.code;
  return t.scene.world.kb_articles.find((article) => article.category === category)?.code ?? null;
}

export function* lifeOf(t: Telling, asking: Asking): Life {
  const need = submit(t.ledger, asking, t.scene.seed);
  const f: Facing = { t, asking, need, gamed: false };
  const { random } = need;
  beginSidelines(f);
  const answers =
    !asking.steer &&
    asking.channel === 'hotline' &&
    !asking.into &&
    !asking.statedAs &&
    asking.story.lines.answer !== undefined &&
    chance(0.75, random);
  if (answers) {
    yield t.scheduler.time() + uniform(1, 5, random) * minute;
    if (need.row.state !== 'received') return;
    const text = composeAnswer(asking.story, new Date(t.scheduler.time()))!;
    answerAtOnce(doing(f, asking.registrar!), need, text, articleFor(t, need));
  } else if (!(yield* untilHandled(f))) return;
  for (let round = 0; need.row.state === 'handled'; round++) {
    yield* verdict(f, round);
    if ((need.row.state as string) !== 'reopened') return;
    if (!(yield* workAgain(f))) return;
  }
}

/** It came back after it had been confirmed: worked on and judged as before. */
export function* backAgain(f: Facing): Life {
  for (let round = 1; ; round++) {
    if (!(yield* workAgain(f))) return;
    yield* verdict(f, round);
    if (f.need.row.state !== 'reopened') return;
  }
}

/** Their own word, or silence and a call. Ends where the need is denied, closed, or waits for what has not happened yet. */
function* verdict(f: Facing, round: number): Generator<number, void, void> {
  const { need, asking, t } = f;
  const { random } = need;
  const { habits, scheduler } = t;
  const steer = asking.steer;
  if (steer?.hold === 'verdict') return;
  const handledAt = need.row.handled_at!.getTime();
  const games = round === 0 && f.gamed;
  const solved = steer?.own
    ? steer.own !== 'denied' || round >= (steer.denials ?? 1)
    : !games && habits.solves(need, round, need.work?.row.solution ?? 'solved');
  const own = ownWordAt(f, solved, handledAt);
  if (own !== null) {
    yield own;
    if (need.row.state !== 'handled') return;
    yield* ownWord(f, solved);
    return;
  }
  const proxy = saidBy(f, solved);
  if (proxy) {
    yield handledAt + uniform(0.3, 9, random) * hour;
    if (need.row.state !== 'handled') return;
    noteSaidSolved(doing(f, stranger), need, proxy);
    yield Math.ceil((scheduler.time() + 1) / minute) * minute;
  } else {
    if (steer?.withdraws) {
      yield steer.verdictAt!;
      withdraw(asRequester(f), need, pick(said.withdrew, random));
    } else yield Math.ceil((handledAt + day + 1) / minute) * minute;
  }
  const state = need.row.state as string;
  if (state !== 'handled' && state !== 'withdrawn') return;
  const call = callFor(f, state === 'withdrawn' ? 'withdrawn' : proxy ? 'said_by_other' : null);
  yield* ringUp(f, call, solved);
  if ((need.row.state as string) === 'resolved_confirmed') planVisits(f, backAgain);
  if (need.row.state !== 'handled' || call.row.done_at === null) return;
  yield Math.max(unverifiedAt(f), scheduler.time());
  if (need.row.state === 'handled') closeWithoutVerdict(bySystem(f), need, 'unverified', 'silent');
}

/** At once where it was withdrawn or another said "solved"; else when the day of their own is over. */
function callFor(f: Facing, atOnce: 'withdrawn' | 'said_by_other' | null): Call {
  const { need, t } = f;
  const now = t.scheduler.time();
  const found = lineOf(t.ledger, need);
  const drawn = atOnce === null ? drawnFor(t.ledger, need, now) : { day: found?.day ?? null, reason: atOnce };
  const call = planCall(need, drawn.reason, new Date(now), { day: drawn.day?.day ?? null });
  if (found) {
    found.line.call = call;
    if (atOnce !== null) found.line.disposed = 'mandatory';
  }
  return call;
}

/** When they speak of their own accord within a day, if they do; nobody does so in the small hours. */
function ownWordAt(f: Facing, solved: boolean, handledAt: number): number | null {
  const { need, asking, t } = f;
  const { random } = need;
  if (asking.steer?.own) {
    const { verdictAt } = asking.steer;
    // The word given after it was done a second time has no moment of its own.
    return verdictAt !== undefined && verdictAt > handledAt ? verdictAt : handledAt + hour;
  }
  if (asking.steer?.hold === 'call') return null;
  const anonymous = need.row.confidentiality === 'anonymous';
  if (anonymous && solved) return null;
  const likely = need.row.requester_id
    ? 0.58
    : { qr_form: 0.4, hotline: 0.2, site_officer: 0.22, paper_or_face: 0.1, proactive: 0.16 }[asking.channel];
  if (!chance(likely * t.habits.voice(solved), random)) return null;
  let at = handledAt + lognormal(2.5, 1, random) * hour;
  const h = t.scene.calendar.hourOf(at);
  if (h >= 23 || h < 6) at += ((30.5 - h) % 24) * hour;
  return at < handledAt + 23.5 * hour ? at : null;
}

function* ownWord(f: Facing, solved: boolean): Generator<number, void, void> {
  const { need, asking, t } = f;
  const { random } = need;
  if (!solved) {
    deny(asRequester(f), need, voiceOf(f), verdictWords(f, false));
    if (chance(0.3, random)) rateNow(f, false);
    return;
  }
  confirm(asRequester(f), need, voiceOf(f), chance(0.55, random) ? verdictWords(f, true) : null);
  planVisits(f, backAgain);
  if (chance(0.66, random)) {
    yield t.scheduler.time() + uniform(0.3, 6, random) * minute;
    if (need.row.state === 'resolved_confirmed') rateNow(f, true);
  }
  if (asking.steer || !chance(0.02, random)) return;
  const days = t.ledger.dir.categories.get(need.row.category_id)?.relapseDays ?? 7;
  yield t.scheduler.time() + uniform(0.6, days * 0.8, random) * day;
  if (need.row.state === 'resolved_confirmed') deny(asRequester(f), need, voiceOf(f), pick(said.relapsed, random));
}

function rateNow(f: Facing, solved: boolean): void {
  const { need, t } = f;
  const at = t.scheduler.time();
  rate(asRequester(f), need, {
    result: t.habits.satisfaction(need, at, solved),
    speed: t.habits.speed(need),
    attitude: t.habits.attitude(need, at),
  });
}

/** "Solved" by somebody whose word closes nothing: an anonymous code, or the one who registered it. */
function saidBy(f: Facing, solved: boolean): 'anonymous_code' | 'proxy' | null {
  const { need, asking } = f;
  if (asking.steer?.saidBy) return asking.steer.saidBy;
  if (asking.steer || !solved) return null;
  if (need.row.confidentiality === 'anonymous') return chance(0.3, need.random) ? 'anonymous_code' : null;
  return asking.channel === 'site_officer' && chance(0.09, need.random) ? 'proxy' : null;
}
