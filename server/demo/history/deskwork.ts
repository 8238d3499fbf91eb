/** The way of one need from the desk to *handled*: dispatch, returns, arbitration, acceptance, work, extensions. */
import { silentAfterMinutes } from '../../modules/requests/index.ts';
import { between, pick } from '../random.ts';
import { composeHandled, composeProgress } from '../sentences/compose.ts';
import { extensionReasons, fits, type Reason, summaries, suspensionReasons } from '../sentences/staff.ts';
import { hour, minute } from './calendar.ts';
import { chance, uniform, weighted } from './chance.ts';
import { backlogTarget, destinationFor, planReturn, type ReturnPlan } from './destinations.ts';
import { dispatch, join, mayJoin, takeBack } from './dispatching.ts';
import {
  accept,
  acceptSilently,
  ask,
  decide,
  mayAsk,
  progress,
  resume,
  returnCase,
  sayHandled,
  type Wish,
} from './handling.ts';
import { beginJointWork, takesOver } from './jointWork.ts';
import { isActive, type Need } from './ledger.ts';
import * as said from './sayings.ts';
import { moveToSealed, setFacts, writeSummary } from './submitting.ts';
import { bySystem, dispatcherFor, doing, type Facing, handlerFor } from './telling.ts';

type Steps<T> = Generator<number, T, void>;

const waits = (need: Need): boolean =>
  ['new', 'returned'].includes(need.row.work) && ['received', 'in_work', 'reopened'].includes(need.row.state);

/** How a dispatch ended: who it went to, and whether they will send it back. */
interface Sent {
  returning: ReturnPlan | null;
}

/** @returns true when the need stands at *handled*; false when it was withdrawn, sealed, or has not come so far by now */
export function* untilHandled(f: Facing): Steps<boolean> {
  let sent: Sent | 'joined' | null = yield* firstDispatch(f);
  while (sent !== null && sent !== 'joined') {
    const got: 'working' | 'returned' | 'stopped' = yield* takeOn(f, sent);
    if (got === 'stopped') return false;
    if (got === 'working') {
      yield* work(f);
      return f.need.row.state === 'handled';
    }
    sent = yield* sendAgain(f, sent);
  }
  return sent === 'joined' ? yield* waitForOthers(f) : false;
}

/** Others lead the work and this need lives beside it; once all before it have gone, what is left is its own. */
function* waitForOthers(f: Facing): Steps<boolean> {
  const { need, t } = f;
  const file = need.work!;
  while (isActive(need)) {
    yield t.scheduler.time() + 20 * minute;
    if (file.needs.find(isActive) !== need) continue;
    yield t.scheduler.time() + uniform(1, 4, need.random) * hour;
    if (!isActive(need)) break;
    if (file.row.state === 'returned') yield* sendAgain(f, { returning: null });
    else if (file.row.state === 'dispatched') yield* takeOn(f, { returning: null });
    else if (file.row.state !== 'suspended') yield* work(f);
  }
  return need.row.state === 'handled';
}

function* firstDispatch(f: Facing): Steps<Sent | 'joined' | null> {
  const { need, asking, t } = f;
  const { random } = need;
  const { scheduler } = t;
  const steer = asking.steer;
  if (steer?.hold === 'dispatch') return null;
  const again = need.row.state === 'reopened';
  const at = again
    ? scheduler.time() + uniform(4, 25, random) * minute
    : (steer?.dispatchAt ?? Math.max(t.habits.dispatchAt(need), asking.at + 40_000));
  const complains = asking.category.code === 'I02' ? 0.5 : asking.category.code === 'G05' ? 0.35 : 0;
  const aboutUnit = !again && chance(complains, random);
  const sealed = !again && !steer && need.row.class !== 'health' && chance(0.0017, random);
  const prepares =
    aboutUnit || asking.statedAs || (need.row.confidentiality === 'confidential' && !need.words?.summary);
  const dispatcher = dispatcherFor(f);
  if (prepares && !sealed) {
    yield Math.max(scheduler.time(), at - uniform(0.5, 3, random) * minute);
    if (!waits(need)) return null;
    if (asking.statedAs && !again) setFacts(doing(f, dispatcher), need, { category: asking.category });
    if (aboutUnit) setFacts(doing(f, dispatcher), need, { aboutUnitId: need.row.unit_id! });
    if (need.row.confidentiality === 'confidential' && need.row.class !== 'health' && !need.words!.summary) {
      writeSummary(doing(f, dispatcher), need, summaries[asking.category.code]!);
    }
  }
  yield at;
  if (!waits(need)) return null;
  if (sealed) {
    moveToSealed(doing(f, dispatcher), need, 'care');
    return null;
  }
  const into = asking.into?.() ?? (t.habits.pressesNow(need) === 'merge' ? backlogTarget(f) : null);
  if (into && mayJoin(need, into)) {
    join(doing(f, dispatcher), need, into);
    return 'joined';
  }
  const right = destinationFor(f);
  const plan = steer?.returns || (!steer && !again && chance(0.062, random)) ? planReturn(f, right) : null;
  dispatch(doing(f, dispatcher), need, plan?.first ?? right, { arbitrated: false, note: null });
  if (!plan) beginJointWork(f);
  return { returning: plan };
}

function* takeOn(f: Facing, { returning }: Sent): Steps<'working' | 'returned' | 'stopped'> {
  const { need, asking, t } = f;
  const steer = asking.steer;
  const dispatchedAt = t.scheduler.time();
  if (steer?.hold === 'acceptance' && !returning) return 'stopped';
  if (!steer && !returning && need.row.returns === 0 && chance(0.006, need.random)) {
    yield dispatchedAt + uniform(1, 4, need.random) * minute;
    if (!isActive(need) || need.work!.row.state !== 'dispatched') return 'stopped';
    takeBack(doing(f, dispatcherFor(f)), need.work!, pick(said.takenBack, need.random));
    return 'returned';
  }
  const silentAt =
    Math.ceil((dispatchedAt + silentAfterMinutes(need.work!.row.priority as 'urgent') * minute) / minute) * minute;
  // A steered moment is that of the first dispatch; who gets it after a return accepts in their own time.
  const steered = steer?.acceptAt !== undefined && steer.acceptAt > dispatchedAt ? steer.acceptAt : undefined;
  const acceptAt = steered ?? dispatchedAt + t.habits.acceptMinutes(need, dispatchedAt) * minute;
  const handler = handlerFor(f, need.work!.row.line_id, need.work!.row.lead_unit_id);
  const silently = steer?.silent || acceptAt >= silentAt;
  if (returning) {
    yield Math.min(Math.max(acceptAt, dispatchedAt + minute), silentAt - 20_000);
    if (!isActive(need)) return 'stopped';
    returnCase(doing(f, handler), need.work!, returning);
    return 'returned';
  }
  yield silently ? silentAt : acceptAt;
  // Withdrawn meanwhile: the sweep still finds the case, but nobody's need hangs on it.
  if (!need.work!.needs.some(isActive) || need.work!.row.state !== 'dispatched') return 'stopped';
  if (silently) acceptSilently(bySystem(f), need.work!);
  else if (takesOver(f)) return 'working';
  else accept(doing(f, handler), need.work!);
  return steer?.hold === 'contact' ? 'stopped' : 'working';
}

/** Sent out again after a return; after the second one the arbiter decides. */
function* sendAgain(f: Facing, { returning }: Sent): Steps<Sent | null> {
  const { need, asking, t } = f;
  const { random } = need;
  const steer = asking.steer;
  const right = returning?.right ?? destinationFor(f);
  const twice = need.row.returns >= 2;
  if (steer?.hold === 'return' && need.row.returns >= (steer.returns ?? 1)) return null;
  yield t.scheduler.time() + (twice ? uniform(15, 120, random) : uniform(5, 40, random)) * minute;
  if (!waits(need)) return null;
  if (twice) {
    dispatch(doing(f, pick(t.ledger.cast.arbiters, random)), need, right, {
      arbitrated: true,
      note: pick(said.arbitrated, random),
    });
    return { returning: null };
  }
  dispatch(doing(f, dispatcherFor(f)), need, right, { arbitrated: false, note: null });
  const second = (steer?.returns ?? 0) >= 2 || (!steer && need.row.returns === 1 && chance(0.16, random));
  return { returning: second ? planReturn(f, right, true) : null };
}

const moment = (f: Facing, at: number): number => Math.max(at, f.t.scheduler.time() + 30_000);

function* work(f: Facing): Steps<void> {
  const { need, asking, t } = f;
  const { random } = need;
  const { habits, scheduler } = t;
  const file = need.work!;
  const steer = asking.steer;
  const now = (): Date => new Date(scheduler.time());
  const { story } = asking;
  const handler =
    (file.row.handler_id && t.ledger.cast.byId.get(file.row.handler_id)) ||
    handlerFor(f, file.row.line_id, file.row.lead_unit_id);
  const begun = scheduler.time();
  const games = !steer && habits.gamesNow(need);
  f.gamed = games;
  let handledAt = steer?.handledAt ?? habits.handledAt(need);
  if (games) handledAt = need.row.submitted_at.getTime() + (handledAt - need.row.submitted_at.getTime()) * 0.35;
  handledAt = Math.max(handledAt, begun + uniform(6, 25, random) * minute);
  let contactAt = steer?.contactAt ?? habits.contactAt(need);
  if (contactAt >= handledAt - minute && chance(0.7, random))
    contactAt = begun + (handledAt - begun) * uniform(0.2, 0.7, random);

  const steps: { at: number; act: 'contact' | 'note' | 'ask' | 'handle' }[] = [];
  if (!games && contactAt < handledAt - minute) steps.push({ at: moment(f, contactAt), act: 'contact' });
  const notes = games
    ? 0
    : weighted(
        [
          [0, 0.5],
          [1, 0.35],
          [2, 0.15],
        ],
        random,
      );
  for (let i = 0; i < notes; i++)
    steps.push({ at: begun + (handledAt - begun) * uniform(0.3, 0.95, random), act: 'note' });
  const due = need.row.resolve_now.getTime();
  const kind = steer
    ? steer.wish
    : handledAt > due && chance(0.32, random)
      ? 'extension'
      : chance(0.022, random)
        ? 'suspension'
        : undefined;
  const asksAt =
    steer?.askAt ??
    (kind === 'extension'
      ? begun + (due - begun) * uniform(0.5, 0.95, random)
      : begun + (handledAt - begun) * uniform(0.2, 0.6, random));
  if (kind) steps.push({ at: asksAt, act: 'ask' });
  steps.push({ at: handledAt, act: 'handle' });

  let delay = 0;
  for (const step of steps.sort((a, b) => a.at - b.at)) {
    if (step.act === 'handle' && (steer?.hold === 'work' || steer?.hold === 'decision' || steer?.hold === 'resume'))
      return;
    yield moment(f, step.at + delay);
    if (!file.needs.some(isActive) || file.row.state === 'handled' || file.row.state === 'returned') return;
    if (step.act === 'contact') progress(doing(f, handler), file, composeProgress(story, now()), true);
    else if (step.act === 'note') progress(doing(f, handler), file, composeProgress(story, now()), false);
    else if (step.act === 'ask') {
      const waited: number | null = yield* moreTime(f, kind!);
      if (waited === null) return;
      delay += waited;
    } else {
      // Only a question or a claim can end in an explanation; water, meals and safety are seen to.
      const consult = ['E01', 'F01', 'F06', 'I01', 'G03', 'H04'].includes(asking.category.code);
      const refusable = consult || ['F02', 'F03', 'G01', 'G02', 'G04', 'I02'].includes(asking.category.code);
      const solution = games
        ? 'solved'
        : weighted(
            [
              ['solved', 0.85],
              ['partly', 0.06],
              ['explained', refusable ? (consult ? 0.18 : 0.05) : 0],
              ['out_of_scope', refusable ? (consult ? 0.04 : 0.012) : 0],
            ] as const,
            random,
          );
      sayHandled(doing(f, handler), file, solution, composeHandled(story, now(), solution));
    }
  }
}

/** Asks for more time, waits for the decision, and through a suspension. @returns milliseconds lost, null where it stops */
function* moreTime(f: Facing, kind: 'extension' | 'suspension'): Steps<number | null> {
  const { need, asking, t } = f;
  const { random } = need;
  const file = need.work!;
  const steer = asking.steer;
  const handler =
    (file.row.handler_id && t.ledger.cast.byId.get(file.row.handler_id)) ||
    handlerFor(f, file.row.line_id, file.row.lead_unit_id);
  const reasons: (Reason & { hours?: number })[] = kind === 'extension' ? extensionReasons : suspensionReasons;
  const reason = pick(
    reasons.filter((one) => fits(one, asking.category.code)),
    random,
  );
  const from = kind === 'extension' ? need.row.resolve_now.getTime() : t.scheduler.time();
  const hours = reason.hours ?? between(8, 70, random);
  const wish: Wish = {
    kind,
    until: new Date(steer?.until ?? from + hours * hour),
    reasonCode: reason.code,
    text: reason.text,
  };
  const now = new Date(t.scheduler.time());
  if (!mayAsk(file, wish, now)) return 0;
  ask(doing(f, handler), file, wish);
  if (steer?.hold === 'decision') return null;
  const begun = t.scheduler.time();
  yield begun + uniform(8, steer ? 15 : 110, random) * minute;
  // Withdrawn meanwhile: the work ended, and with it what was asked for it.
  if (file.asks.at(-1)!.decided_at) return null;
  const unitId = file.row.lead_unit_id;
  const approver = pick(unitId === null ? t.ledger.cast.arbiters : t.ledger.cast.leadersOf(unitId), random);
  const approve = steer !== undefined || chance(0.82, random);
  decide(doing(f, approver), file, approve, pick(approve ? said.decidedYes : said.decidedNo, random));
  if (kind === 'suspension' && approve) {
    yield Math.ceil(wish.until.getTime() / minute) * minute;
    if (file.row.state === 'suspended') resume(bySystem(f), file);
  }
  return t.scheduler.time() - begun;
}
