import type { clockEndpoints } from '../../../contract/clocks.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { priorities } from '../../../contract/organization.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type ClockDraft, checkDraft, type Timetable, timetable, withDraft } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { allStages } from '../stages/index.ts';
import { reckon } from './dues.ts';
import { askedSince } from './looks/queries.ts';

type Rehearsal = OutputOf<typeof clockEndpoints.preview>;

const days = 7;
/** The newest of them, where a week held more: the shares are the same. */
const most = 20_000;

/**
 * What the requests of the last week would have been due by, had the draft held: counts by priority, nothing is changed.
 * Left out is what does not come from today's rules: imported, or reopened and raised since.
 */
export async function rehearse(tx: Tx, dir: Directory, draft: ClockDraft, now: Date): Promise<Rehearsal> {
  const table = await timetable(tx);
  checkDraft(table, draft);
  const drafted = withDraft(table, draft);
  const stages = new Map(
    (await allStages(tx)).map((one) => [one.code, { code: one.code, workingTime: one.working_time }]),
  );
  const rows = await askedSince(tx, [new Date(now.getTime() - days * 86_400_000), most]);
  const tallies = new Map<string, Rehearsal['rows'][number]>();
  for (const r of rows) {
    const one = {
      priority: r.priority as 'urgent',
      stage: stages.get(r.stage_code ?? '') ?? null,
      unitId: r.unit_id,
    };
    const due = (of: Timetable): Date => reckon(of, dir, one, r.submitted_at).dues.resolve;
    const today = due(table);
    if (today.getTime() !== r.resolve_due.getTime()) continue;
    const then = due(drafted);
    let tally = tallies.get(r.priority);
    if (!tally) {
      tally = { priority: one.priority, requests: 0, earlier: 0, later: 0, decided: 0, onTimeNow: 0, onTimeThen: 0 };
      tallies.set(r.priority, tally);
    }
    tally.requests += 1;
    if (then < today) tally.earlier += 1;
    if (then > today) tally.later += 1;
    if (!r.handled_at && (now <= today || now <= then)) continue;
    tally.decided += 1;
    if (r.handled_at && r.handled_at <= today) tally.onTimeNow += 1;
    if (r.handled_at && r.handled_at <= then) tally.onTimeThen += 1;
  }
  return { days, rows: priorities.flatMap((priority) => tallies.get(priority) ?? []) };
}
