/** What happens beside the work: people urge, write, withdraw. Each is a short life of its own. */
import { pick } from '../random.ts';
import { hour, minute } from './calendar.ts';
import { planCall } from './calling.ts';
import { ringUp } from './callwork.ts';
import { chance, idAt, uniform } from './chance.ts';
import { message, nudge, withdraw } from './closing.ts';
import { write } from './ledger.ts';
import * as said from './sayings.ts';
import type { Life } from './scheduler.ts';
import { asRequester, doing, type Facing } from './telling.ts';

const urgeable = (f: Facing): boolean => ['received', 'in_work', 'reopened'].includes(f.need.row.state);

/** Begins the side lives of one need, each with its chance. */
export function beginSidelines(f: Facing): void {
  const { need, asking, t } = f;
  const { random } = need;
  const span = need.row.resolve_due.getTime() - need.row.submitted_at.getTime();
  const begun = need.row.received_at.getTime();
  const start = (at: number, life: Life): void => t.scheduler.start(Math.ceil(at), life);
  const pressed = !asking.steer && t.habits.pressesNow(need) === 'withdrawal';
  if (pressed) start(begun + span * uniform(0.04, 0.35, random), withdrawing(f, true));
  else if (!asking.steer && chance(0.018, random))
    start(begun + span * uniform(0.05, 0.6, random), withdrawing(f, false));
  if (!asking.steer && chance(0.13, random)) start(begun + span * uniform(0.45, 1.1, random), urging(f));
  if (chance(0.1, random)) start(begun + span * uniform(0.08, 0.4, random), talking(f));
  for (const at of asking.steer?.nudgeAt ?? []) start(at, urging(f, 1));
}

function* urging(f: Facing, most = 3): Life {
  const { need, t } = f;
  const { random } = need;
  for (let i = 0; i < most && urgeable(f); i++) {
    urge(f);
    if (!chance(0.38, random)) return;
    yield t.scheduler.time() + uniform(2, 14, random) * hour;
  }
}

/** By one's own page, or by ringing the hotline: then the call is a contact of its own. */
function urge(f: Facing): void {
  const { need, asking, t } = f;
  const { random } = need;
  const { ledger, scheduler } = t;
  if (!need.words?.callback || asking.channel === 'qr_form' || chance(0.3, random)) {
    const unsaid = said.nudges.filter((words) => !need.entries.some((entry) => entry.text === words));
    nudge(asRequester(f), need, chance(0.6, random) ? pick(unsaid, random) : null);
    return;
  }
  const operator = doing(f, pick(ledger.cast.operators, random));
  const id = idAt(scheduler.time(), need.order++, random);
  if (need.words?.callback) ledger.extensions.set(id, need.words.callback);
  ledger.contacts.push({
    id,
    at: operator.now,
    channel: 'hotline',
    operator_id: operator.actor.accountId,
    caller_key: null,
    outcome: 'nudge',
  });
  nudge(operator, need, null);
  write(ledger, {
    at: operator.now,
    actorId: operator.actor.accountId,
    role: 'operator',
    action: 'hotline.call_ended',
    recordKind: 'contact',
    recordId: id,
    class: 'normal',
    reason: 'nudge',
  });
}

/** The handler asks something back; often the person answers. */
function* talking(f: Facing): Life {
  const { need, t } = f;
  const { random } = need;
  const { handler_id: handlerId, state } = need.row;
  if (state !== 'in_work' || !handlerId) return;
  const { question, replies } = pick(said.asked, random);
  message(doing(f, t.ledger.cast.byId.get(handlerId)!), need, 'staff', question);
  if (!chance(0.6, random)) return;
  yield t.scheduler.time() + uniform(4, 90, random) * minute;
  if (['in_work', 'handled'].includes(need.row.state))
    message(asRequester(f), need, 'requester', pick(replies, random));
}

/** Through the requester's own channel; every withdrawal is followed up (rules 1). */
function* withdrawing(f: Facing, pressed: boolean): Life {
  const { need, t } = f;
  const { random } = need;
  if (!urgeable(f)) return;
  withdraw(asRequester(f), need, pick(pressed ? said.pressed : said.withdrew, random));
  const call = planCall(need, 'withdrawn', new Date(t.scheduler.time()));
  yield* ringUp(f, call, pressed ? chance(0.12, random) : chance(0.93, random));
}
