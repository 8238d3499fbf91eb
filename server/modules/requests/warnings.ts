/** Warning steps before and after a clock is due: each tells once, whichever program comes first (rules 4). */
import { system } from '../../platform/actor.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { stepsOf, type Timetable, timetable } from '../clocks/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { runningClock } from './clocks.ts';
import { dueWarnings, insertWarnings, lookAgain, type RequestRecord, setWarnAt, stepsWarned } from './queries.ts';
import { trace } from './record.ts';
import { tellWarning } from './telling.ts';
import { type SpokenStep, warningChain, withChain } from './warningChains.ts';

const minute = 60_000;
const hour = 60 * minute;
// A handful: whoever acts on a request of it waits until all of it is said.
const mostAtOnce = 10;

export interface Warned {
  clock: 'triage' | 'contact' | 'resolve';
  due: Date;
  step: SpokenStep;
}

/** Whom the catalogue names for late work of this request, and whether the request was raised above its category. */
export interface Chain {
  steps: readonly SpokenStep[];
  raised: boolean;
}

/**
 * What is to be said of a request at this moment. Of several steps that have passed unsaid only the last speaks: what was
 * dispatched late is not warned of three times in one minute.
 * @param chain stands in place of what the clock of the work would say once it is late
 * @param said ids of the steps that have spoken for this clock and due time
 */
export function warningNow(
  table: Timetable,
  r: Pick<
    RequestRecord,
    | 'priority'
    | 'confidentiality'
    | 'state'
    | 'work'
    | 'triage_due'
    | 'contact_due'
    | 'resolve_due'
    | 'resolve_now'
    | 'contacted_at'
    | 'next_due'
  >,
  chain: Chain,
  said: (clock: string, due: Date) => ReadonlySet<string>,
  now: Date,
): { warned: Warned | null; passed: Warned[]; next: Date | null } {
  const running = runningOf(r);
  // A clock that stands still warns nobody; what wakes it has it looked at anew.
  if (!running || running.paused) return { warned: null, passed: [], next: null };
  const { kind: clock, due } = running;
  const usual = stepsOf(table, r.priority, clock, now);
  const steps = clock === 'resolve' ? withChain(usual, chain.steps, chain.raised) : usual;
  const before = said(clock, due);
  // Of one asked in confidence on a full hour, as its times are shown: from the minute of a warning the minute it was
  // asked at could be counted back (decision 10). What is urgent, and the desk's own clock, is not told later for that.
  const rounded = r.confidentiality === 'confidential' && r.priority !== 'urgent' && clock !== 'triage';
  const at = (step: SpokenStep): number => {
    const exact = due.getTime() + step.afterMinutes * minute;
    return rounded ? Math.ceil(exact / hour) * hour : exact;
  };
  const passed = steps
    .filter((step) => at(step) <= now.getTime() && !before.has(step.id))
    .map((step) => ({ clock, due, step }));
  const coming = steps.find((step) => at(step) > now.getTime());
  return { warned: passed.at(-1) ?? null, passed, next: coming ? new Date(at(coming)) : null };
}

/** The clock that runs, due when the queue says: what a denial brought back to the desk has a new time there. */
function runningOf(r: Parameters<typeof warningNow>[1]): ReturnType<typeof runningClock> {
  return runningClock({
    state: r.state,
    work: r.work,
    triageDue: r.next_due ?? r.triage_due,
    contactDue: r.contact_due,
    resolveDue: r.resolve_due,
    resolveNow: r.resolve_now,
    contactedAt: r.contacted_at,
  });
}

/** One turn: whatever is due, up to `mostAtOnce`. @returns how many were looked at */
export async function warnDue(context: Context): Promise<number> {
  const { tx, now } = context;
  const rows = await dueWarnings(tx, [now, mostAtOnce]);
  if (rows.length === 0) return 0;
  const table = await timetable(tx);
  const dir = await directory(tx);
  const spoken = await stepsWarned(
    tx,
    rows.map((r) => r.id),
  );
  for (const r of rows) {
    const said = (clock: string, due: Date): ReadonlySet<string> =>
      spoken.get(`${r.id} ${clock} ${due.getTime()}`) ?? new Set();
    const { warned, passed, next } = warningNow(table, r, await chainOf(tx, dir, r), said, now);
    if (warned) {
      await insertWarnings(
        tx,
        passed.map(({ clock, due, step }) => ({
          request_id: r.id,
          clock,
          step_id: step.id,
          due_at: due,
          at: now,
          told: step === warned.step ? step.tells : null,
        })),
      );
      await say(context, dir, r, warned);
    }
    await setWarnAt(tx, r.id, next);
  }
  return rows.length;
}

/** By what the catalogue said when it was submitted, as for its service level. */
const chainOf = async (tx: Tx, dir: Directory, r: RequestRecord): Promise<Chain> => ({
  steps: await warningChain(tx, dir, {
    categoryId: r.category_id,
    nodeId: r.site_id ?? r.unit_id ?? dir.groupNode.id,
    at: r.submitted_at,
  }),
  raised: r.priority !== dir.categories.get(r.category_id)?.priority,
});

async function say(context: Context, dir: Directory, r: RequestRecord, warned: Warned): Promise<void> {
  const { clock, step } = warned;
  const data = { clock, minutes: step.afterMinutes, tells: step.tells };
  await trace({ ...context, actor: system }, [r], {
    kind: 'warned',
    action: 'requests.warned',
    side: 'system',
    permission: null,
    who: null,
    audience: 'staff',
    data,
    figures: data,
  });
  await tellWarning(context, dir, r, warned);
}

/** Steps of a priority were changed: what is open is looked at anew. */
export const lookAtPriority = ({ tx }: Context, priority: string): Promise<unknown> => lookAgain(tx, priority);
