/** What follows a denial: the same people take it up again, with a higher priority and a time of its own. */
import { composeHandled, composeProgress } from '../sentences/compose.ts';
import { hour, minute } from './calendar.ts';
import { chance, uniform } from './chance.ts';
import { untilHandled } from './deskwork.ts';
import { progress, sayHandled } from './handling.ts';
import { isActive } from './ledger.ts';
import { doing, type Facing, handlerFor } from './telling.ts';

/** @returns true when it stands at *handled* again */
export function* workAgain(f: Facing): Generator<number, boolean, void> {
  const { need, asking, t } = f;
  const { random } = need;
  if (!need.work) return yield* untilHandled(f);
  const file = need.work;
  if (asking.steer?.hold === 'rework') return false;
  const now = (): Date => new Date(t.scheduler.time());
  const mayWork = (): boolean => ['accepted', 'in_progress', 'reopened'].includes(file.row.state);
  const begun = t.scheduler.time();
  const handledAt = t.habits.handledAt(need, begun);
  yield begun + Math.min(uniform(0.3, 3, random) * hour, (handledAt - begun) * 0.4);
  if (!isActive(need)) return need.row.state === 'handled';
  const handler =
    (file.row.handler_id && t.ledger.cast.byId.get(file.row.handler_id)) ||
    handlerFor(f, file.row.line_id, file.row.lead_unit_id);
  if (mayWork()) progress(doing(f, handler), file, composeProgress(asking.story, now(), true), chance(0.6, random));
  if (asking.steer?.hold === 'rework_begun') return false;
  yield Math.max(handledAt, t.scheduler.time() + 10 * minute);
  for (let i = 0; isActive(need) && !mayWork() && i < 400; i++) yield t.scheduler.time() + hour;
  if (isActive(need) && mayWork())
    sayHandled(doing(f, handler), file, 'solved', composeHandled(asking.story, now(), 'solved', true));
  return need.row.state === ('handled' as string);
}
