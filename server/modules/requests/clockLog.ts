import type { ClockLog } from '../../../contract/clocks.ts';
import { priorities } from '../../../contract/organization.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Timetable, timetable } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { allStages } from '../stages/index.ts';
import { type Reckoned, reckon } from './dues.ts';
import { type Explained, explain, type Line, pausedOf } from './explain.ts';
import { type Reader, type Sight, sightOf } from './policy.ts';
import { type RequestRecord, threadPartsOf } from './queries.ts';
import { dayOf, mayReadEntry, told } from './view.ts';

/**
 * The rules its dues come from. A denial raises the priority and leaves the original due: then it is that of a priority
 * below. Null where none fits.
 */
export function reckonedOf(
  table: Timetable,
  dir: Directory,
  r: RequestRecord,
  stage: { code: string; workingTime: boolean } | null,
): (Reckoned & { priority: string }) | null {
  for (const priority of priorities.slice(priorities.indexOf(r.priority as 'urgent'))) {
    const reckoned = reckon(table, dir, { priority, stage, unitId: r.unit_id }, r.submitted_at);
    if (reckoned.dues.resolve.getTime() === r.resolve_due.getTime()) return { ...reckoned, priority };
  }
  return null;
}

const instants = new Set(['until']);

function lineFor(sight: Sight, zone: string, line: Line): ClockLog['clocks'][number]['lines'][number] {
  const { at, own, code, values } = line;
  const masked = !sight.exactTime && own;
  return {
    at: at && (masked ? dayOf(at, zone) : at.toISOString()),
    // How long a phone was offline says when somebody sat down to write.
    code: masked && code === 'asked_offline' ? 'asked' : code,
    values: masked
      ? {}
      : Object.fromEntries(
          Object.entries(values).map(([name, value]) => [
            name,
            instants.has(name) && value !== null ? told(sight, new Date(String(value))) : value,
          ]),
        ),
  };
}

const clockFor = (sight: Sight, zone: string, one: Explained): ClockLog['clocks'][number] => ({
  kind: one.kind,
  due: told(sight, one.due),
  originalDue: told(sight, one.originalDue),
  stoppedAt: one.stoppedAt && told(sight, one.stoppedAt),
  met: one.met,
  lines: one.lines.map((line) => lineFor(sight, zone, line)),
});

/** As far as this reader may know it. The requester is told about the promise, in what they may read of the thread. */
export async function clockLogOf(
  tx: Tx,
  dir: Directory,
  reader: Reader,
  r: RequestRecord,
  now: Date,
): Promise<ClockLog> {
  const { entries } = await threadPartsOf(tx, r);
  const stages = await allStages(tx);
  const stage = stages.find((one) => one.code === r.stage_code);
  const reckoned = reckonedOf(
    await timetable(tx),
    dir,
    r,
    stage ? { code: stage.code, workingTime: stage.working_time } : null,
  );
  const facts = {
    r,
    reckoned,
    stage: stage ?? null,
    entries: entries.filter((entry) => mayReadEntry(reader, entry)),
    now,
  };
  const sight = sightOf(reader, r);
  const clocks = explain(facts).map((one) => clockFor(sight, dir.group.timezone, one));
  if (reader !== 'requester') return { clocks, ...pausedOf(facts) };
  // Who of the staff decided is the desk's business.
  const promise = clocks.filter((one) => one.kind === 'promise');
  for (const line of promise.flatMap((one) => one.lines)) delete line.values.who;
  return { clocks: promise, ...pausedOf(facts) };
}
