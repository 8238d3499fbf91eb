/** After sales: a day and a week after somebody confirmed, by category; what came back is open again. */
import { visitTimes } from '../../modules/followups/index.ts';
import { pick } from '../random.ts';
import { hour } from './calendar.ts';
import { planCall, visit } from './calling.ts';
import { inCallingHours } from './callwork.ts';
import { uniform, weighted } from './chance.ts';
import type { Call } from './ledger.ts';
import * as said from './sayings.ts';
import type { Life } from './scheduler.ts';
import { callerFor, doing, type Facing } from './telling.ts';

/** Hours after the confirmed closing, by category, as the follow-up lead has set them. */
export const visitHours: Readonly<Record<string, readonly number[]>> = {
  A02: [24],
  A03: [168],
  B01: [24],
  B03: [168],
  E05: [24, 168],
  C03: [24, 168],
};

/**
 * Once a need is confirmed, whoever confirmed it.
 * @param backAgain what follows where it came back
 */
export function planVisits(f: Facing, backAgain: (f: Facing) => Life): void {
  const { need, t } = f;
  const code = t.ledger.dir.categories.get(need.row.category_id)!.code;
  const now = new Date(t.scheduler.time());
  for (const hours of visitHours[code] ?? []) {
    const { opens, due } = visitTimes(now, hours);
    const call = planCall(need, 'after_sales', now, {
      kind: 'visit',
      after_hours: hours,
      opens_at: opens,
      due_at: due,
    });
    t.scheduler.start(
      inCallingHours(f, opens.getTime() + uniform(1, 20, need.random) * hour),
      askLater(f, call, backAgain),
    );
  }
}

function* askLater(f: Facing, call: Call, backAgain: (f: Facing) => Life): Life {
  const { need, t } = f;
  yield t.scheduler.time();
  if (call.row.done_at || need.row.state !== 'resolved_confirmed') return;
  const result = weighted(
    [
      ['still_good', 0.95],
      ['came_back', 0.035],
      ['unclear', 0.015],
    ] as const,
    need.random,
  );
  const words = result === 'came_back' ? pick(said.relapsed, need.random) : null;
  const seconds = Math.round(uniform(20, 70, need.random));
  const steered = f.asking.steer !== undefined;
  const reopened = visit(doing(f, callerFor(f)), need, call, {
    result: steered && result === 'came_back' ? 'still_good' : result,
    words: steered ? null : words,
    seconds,
  });
  if (reopened) yield* backAgain(f);
}
