import type { Tx } from '../../platform/transaction.ts';
import { type ClosureCall, closureCallsAbout } from '../followups/index.ts';
import type { Directory } from '../organization/index.ts';
import { type CourseRow, coursesOf } from '../requests/index.ts';
import { lastBegan } from '../stages/index.ts';
import type { Duration } from './quantiles.ts';

/** The stage with which a campaign begins: closed loop. */
const firstStage = 'S2';
/** How a person was put down when the need was registered; what says neither is in neither group. */
const contractorWords = '分包|劳务|外包|派遣|contract|agency';
const staffWords = '职工|员工|正式|staff|employee';
const idsAtOnce = 10_000;

/** One need as it had gone at the moment of reckoning. Times in per cent of the clock, and in minutes. */
export interface Course {
  row: CourseRow;
  contact: Duration;
  contactMinutes: Duration;
  handling: Duration;
  handlingMinutes: Duration;
  /** Follow-up calls due by then, and of them those in which the person answered: nobody reached is nobody asked. */
  due: number;
  reached: number;
  /** What the person said of attitude to a caller, 1 to 5; the last that was heard. */
  attitude: number | null;
  /** Somebody has heard the person: through a call, by their own verdict, by a denial. */
  heard: boolean;
  callId: string | null;
  /** A clock, a call or the person's own days to answer still run. */
  unfinished: boolean;
}

export async function campaignStarts(tx: Tx, dir: Directory, at: Date): Promise<Map<number, Date>> {
  const starts = new Map<number, Date>();
  for (const node of dir.nodes.values()) {
    const start = node.kind === 'unit' ? await lastBegan(tx, dir.ancestors(node.id), firstStage, at) : null;
    if (start) starts.set(node.id, start);
  }
  return starts;
}

const minute = 60_000;

function until(from: Date, due: Date, event: Date | null, asOf: Date): { share: Duration; minutes: Duration } {
  const happened = event !== null && event <= asOf;
  const minutes = Math.max(0, ((happened ? event : asOf).getTime() - from.getTime()) / minute);
  const allowed = Math.max(1, (due.getTime() - from.getTime()) / minute);
  return {
    share: { time: (100 * minutes) / allowed, open: !happened },
    minutes: { time: minutes, open: !happened },
  };
}

/** How one need had gone at `asOf`: only what had happened by then counts. */
export function courseOf(row: CourseRow, calls: readonly ClosureCall[], asOf: Date): Course {
  const contact = until(row.submitted_at, row.contact_due, row.contacted_at, asOf);
  const handling = until(row.submitted_at, row.resolve_due, row.handled_at, asOf);
  const isDone = (call: ClosureCall): boolean => call.done_at !== null && call.done_at <= asOf;
  const answers = calls.filter((call) => call.answered_at !== null && call.answered_at <= asOf);
  return {
    row,
    contact: contact.share,
    contactMinutes: contact.minutes,
    handling: handling.share,
    handlingMinutes: handling.minutes,
    due: calls.filter((call) => isDone(call) || call.due_at <= asOf).length,
    reached: answers.length,
    attitude: answers.findLast(({ attitude }) => attitude !== null)?.attitude ?? null,
    heard: answers.length > 0 || row.state === 'resolved_confirmed' || row.reopens > 0,
    callId: calls.at(-1)?.id ?? null,
    unfinished:
      row.state === 'handled' ||
      row.contact_due > asOf ||
      row.resolve_due > asOf ||
      calls.some((call) => !isDone(call)),
  };
}

/** Needs of one unit submitted within [from, to), as they stood at `asOf`, which is now or a moment before. */
export async function readCourses(
  tx: Tx,
  dir: Directory,
  unitId: number,
  from: Date,
  to: Date,
  asOf: Date,
): Promise<Course[]> {
  const rows = await coursesOf(tx, [unitId, from, to, dir.group.timezone, contractorWords, staffWords]);
  const calls = new Map<string, ClosureCall[]>();
  for (let i = 0; i < rows.length; i += idsAtOnce) {
    const ids = rows.slice(i, i + idsAtOnce).map(({ id }) => id);
    for (const call of await closureCallsAbout(tx, [ids]))
      calls.set(call.request_id, [...(calls.get(call.request_id) ?? []), call]);
  }
  return rows.map((row) => courseOf(row, calls.get(row.id) ?? [], asOf));
}
