import { uuidv7 } from 'uuidv7';
import type { ReadinessCell } from '../../../contract/drills.ts';
import { badField, forbidden, Refusal } from '../../platform/errors.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { dateOf, dayNumber, instantAt } from '../clocks/index.ts';
import { holdersOf, tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { stageAt } from '../stages/index.ts';
import { type Frequency, periodsBack, standing } from './calendar.ts';
import { holdsAt } from './policy.ts';
import { allDuties, assessedDrills, type DutyRecord, doneSince, insertDone } from './queries.ts';
import { note, today } from './record.ts';

/** How many periods back a duty is looked at: what lies before is history. */
const looked: Record<Frequency, number> = { monthly: 6, quarterly: 4, yearly: 2 };
const longest = 740;

/** One thing that was done for a duty: words, or a drill. */
interface Act {
  day: number;
  words: string | null;
  who: string | null;
  drillId: string | null;
}

interface Standing {
  duty: DutyRecord;
  unitId: number;
  /** Newest first: the running period, and those before it. */
  cells: ReadinessCell[];
}

/** The stage in force at a unit on each of the last days, newest first; asked from the time line held in memory. */
async function stagesOn(tx: Tx, dir: Directory, unitId: number, now: Date): Promise<(string | null)[]> {
  const lineage = dir.ancestors(unitId);
  const last = today(dir, now);
  const codes: (string | null)[] = [(await stageAt(tx, lineage, now))?.code ?? null];
  for (let back = 1; back <= longest; back++)
    codes.push((await stageAt(tx, lineage, instantAt(dir.group.timezone, last - back, 12 * 60)))?.code ?? null);
  return codes;
}

/** How every duty of these units stands, over the periods that are looked at. */
export async function standingOf(tx: Tx, dir: Directory, unitIds: readonly number[], now: Date): Promise<Standing[]> {
  const duties = await allDuties(tx);
  const last = today(dir, now);
  const drills = await assessedDrills(tx);
  const records = await doneSince(tx, dateOf(last - longest));
  const result: Standing[] = [];
  for (const unitId of unitIds) {
    const stages = await stagesOn(tx, dir, unitId, now);
    for (const duty of duties) {
      const acts: Act[] =
        duty.kind === 'drill'
          ? drills
              .filter((one) => one.unit_id === unitId && one.ended_at !== null)
              .map((one) => ({
                day: today(dir, one.ended_at!),
                words: one.number,
                who: one.assessed_label,
                drillId: one.id,
              }))
          : records
              .filter((one) => one.unit_id === unitId && one.duty_code === duty.code)
              .map((one) => ({ day: dayNumber(one.day)!, words: one.words, who: one.done_label, drillId: null }));
      const resting = !duty.stages.includes(stages[0] ?? '');
      const cells = periodsBack(duty.frequency as Frequency, last, looked[duty.frequency as Frequency]).map(
        (period) => {
          let stood = 0;
          for (let day = period.from; day < period.to && day <= last; day++)
            if (duty.stages.includes(stages[last - day] ?? '')) stood++;
          const { state, doneOn } = standing(period, { today: last, stood, acts: acts.map((one) => one.day), resting });
          const act = doneOn === null ? undefined : acts.find((one) => one.day === doneOn);
          return {
            code: duty.code,
            period: period.key,
            state,
            dueAt: new Date(instantAt(dir.group.timezone, period.to, 0).getTime() - 1000).toISOString(),
            doneAt: doneOn === null ? null : instantAt(dir.group.timezone, doneOn, 12 * 60).toISOString(),
            words: act?.words ?? null,
            who: act?.who ?? null,
            drillId: act?.drillId ?? null,
          };
        },
      );
      result.push({ duty, unitId, cells });
    }
  }
  return result;
}

/** The period that speaks loudest: red before what is due now, that before what is done. */
export const loudest = (cells: readonly ReadinessCell[]): ReadinessCell =>
  cells.find((cell) => cell.state === 'overdue') ?? cells[0]!;

/** @throws duty_is_drilled, bad_input naming code or unitId */
export async function recordDuty(
  context: Context,
  input: { code: string; unitId: number; words: string },
): Promise<void> {
  const { tx, actor, now } = context;
  const dir = await directory(tx);
  if (dir.nodes.get(input.unitId)?.kind !== 'unit') throw badField('unitId', 'bad_choice');
  if (!holdsAt(actor, 'drills.work', input.unitId, dir)) throw forbidden();
  const duty = (await allDuties(tx)).find((one) => one.code === input.code);
  if (!duty) throw badField('code', 'bad_choice');
  if (duty.kind === 'drill') throw new Refusal(409, 'duty_is_drilled');
  const id = uuidv7();
  const day = dateOf(today(dir, now));
  const made = await insertDone(tx, [
    {
      id,
      duty_code: duty.code,
      unit_id: input.unitId,
      day,
      words: input.words,
      done_by: actor.accountId,
      done_label: actor.label,
      at: now,
    },
  ]);
  if (made.length === 0) throw new Refusal(409, 'recorded_today');
  await note(context, {
    kind: 'readiness',
    id,
    nodeId: input.unitId,
    action: 'duty_recorded',
    permission: 'drills.work',
    to: 'done',
    figures: { duty: duty.code, day },
  });
}

/** Days after which what is overdue is told to the unit's leader too. */
const leaderAfterDays = 7;
const day = 86_400_000;

/**
 * What is overdue is told to the unit's liaison, once a period; a week later to its leader. A unit without a liaison tells
 * its leader at once.
 * @returns how many messages went out
 */
export async function tellOverdue(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const units = [...dir.nodes.values()].filter((node) => node.kind === 'unit');
  let told = 0;
  for (const { duty, unitId, cells } of await standingOf(
    tx,
    dir,
    units.map((unit) => unit.id),
    now,
  ))
    for (const cell of cells.filter((one) => one.state === 'overdue')) {
      const unit = dir.nodes.get(unitId)!;
      const about = {
        kind: 'drill' as const,
        id: `${duty.code}.${unit.code}`,
        label: unit.code,
        route: '/readiness',
      };
      const values = { duty: duty.code, period: cell.period };
      const key = `readiness.${duty.code}.${unit.code}.${cell.period}`;
      const liaisons = await holdersOf(tx, dir, { role: 'unit_liaison', nodeId: unitId });
      told += await tell(context, {
        kind: 'drill.overdue',
        to: { accountIds: liaisons },
        about,
        values,
        level: 'important',
        once: key,
      });
      const late = now.getTime() - Date.parse(cell.dueAt) >= leaderAfterDays * day;
      if (late || liaisons.length === 0)
        told += await tell(context, {
          kind: 'drill.overdue',
          to: { role: 'unit_leader', nodeId: unitId },
          about,
          values,
          level: 'urgent',
          once: `${key}.leader`,
        });
    }
  return told;
}
