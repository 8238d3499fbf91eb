/** Warnings as the timer would have said them: told from when each clock ran and towards which due time. */
import { stepsOf } from '../../modules/clocks/index.ts';
import { type SpokenStep, type WarningRecord, withChain } from '../../modules/requests/index.ts';
import { system } from '../../platform/actor.ts';
import { chainsOf } from '../catalogue.ts';
import { minute } from './calendar.ts';
import { type Ledger, type Need, trace } from './ledger.ts';

/** The timer comes once a minute. */
const turn = (at: number): number => Math.ceil(at / minute) * minute;

/** Steps of the clock of a stretch, as `requests/warnings.ts` finds them. */
type StepsAt = (need: Need, stretch: Need['dues'][number], at: number) => readonly SpokenStep[];

function stepsIn(ledger: Ledger): StepsAt {
  const { dir, calendar } = ledger;
  const chainFor = chainsOf(dir, new Date(calendar.now));
  return (need, { clock, priority }, at) => {
    if (!clock) return [];
    const usual = stepsOf(calendar.table, priority, clock.kind, new Date(at));
    if (clock.kind !== 'resolve') return usual;
    return withChain(usual, chainFor(need.row), priority !== dir.categories.get(need.row.category_id)?.priority);
  };
}

/** Of one stretch in which a clock ran towards one due time. Steps that had passed at its beginning speak as one. */
function warn(
  ledger: Ledger,
  steps: StepsAt,
  need: Need,
  stretch: Need['dues'][number],
  end: number,
  spoken: Set<string>,
): WarningRecord[] {
  const { clock } = stretch;
  if (!clock) return [];
  const due = clock.due.getTime();
  const key = (step: SpokenStep): string => `${clock.kind} ${due} ${step.id}`;
  const said: { step: SpokenStep; at: number }[] = steps(need, stretch, stretch.at)
    .map((step) => ({ step, at: turn(Math.max(due + step.afterMinutes * minute, stretch.at + 1)) }))
    .filter(({ step, at }) => at < end && !spoken.has(key(step)));
  for (const { step } of said) spoken.add(key(step));
  return said.map(({ step, at }, i) => {
    const silent = said[i + 1]?.at === at;
    if (!silent) {
      const data = { clock: clock.kind, minutes: step.afterMinutes, tells: step.tells };
      trace({ ledger, actor: system, now: new Date(at) }, [need], {
        kind: 'warned',
        action: 'requests.warned',
        side: 'system',
        permission: null,
        who: null,
        audience: 'staff',
        data,
        figures: data,
      });
    }
    return {
      request_id: need.row.id,
      clock: clock.kind,
      step_id: step.id,
      due_at: clock.due,
      at: new Date(at),
      told: silent ? null : step.tells,
    };
  });
}

/** Adds to threads and journal what was warned of until now, and sets when each open need is looked at next. */
export function tellWarnings(ledger: Ledger): WarningRecord[] {
  const { now } = ledger.calendar;
  const steps = stepsIn(ledger);
  const rows: WarningRecord[] = [];
  for (const need of ledger.needs) {
    const stretches = [...need.dues];
    // A clock may come back to the same due time: what was said stays said.
    const spoken = new Set<string>();
    for (const [i, stretch] of stretches.entries())
      rows.push(...warn(ledger, steps, need, stretch, stretches[i + 1]?.at ?? now, spoken));
    need.entries.sort((a, b) => a.at.getTime() - b.at.getTime());
    const last = stretches.at(-1)!;
    if (!last.clock) continue;
    const due = last.clock.due.getTime();
    const next = steps(need, last, now).find((step) => due + step.afterMinutes * minute >= now - minute);
    need.row.warn_at = next ? new Date(due + next.afterMinutes * minute) : null;
  }
  return rows;
}
