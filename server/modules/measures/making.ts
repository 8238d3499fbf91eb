import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import type { Tx } from '../../platform/transaction.ts';
import { zoneOffset } from '../clocks/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { linesInForce, type MeasureLine } from '../plans/index.ts';
import { endLines, endOpen, insertLines, type LineRecord, makeOnce, makeWindows, rhythmsInForce } from './queries.ts';
import { dayAfter, dayAt, isFever, type Rhythm, readFrequency, windowsOf, type Zone } from './windows.ts';

/** Windows are made for tomorrow too, so that a phone without signal has its list in the morning. */
const daysAhead = 1;
/** A program that stood still for a night or two still shows what was owed meanwhile. */
const daysBack = 3;

export const zoneOf = (dir: Directory): Zone => ({ offset: (at) => zoneOffset(dir.group.timezone, at) });
export const today = (dir: Directory, now: Date): string => dayAt(zoneOf(dir), now);

function asLine(dir: Directory, one: MeasureLine): LineRecord {
  const { zh, en } = one.title;
  const words = [zh, one.how, one.where];
  const reading = readFrequency(one.frequency, words);
  return {
    id: one.lineId,
    plan_id: one.planId,
    level: one.level,
    unit_id: one.unitId ?? (one.siteId === null ? null : dir.unitOf(one.siteId)),
    site_id: one.siteId,
    stage: one.stage,
    template_code: one.templateCode,
    zh,
    en,
    place: one.where,
    how: one.how,
    work_line_id: one.workLineId,
    owner_id: one.ownerAccountId,
    phase: one.phase,
    nature: one.nature,
    frequency: one.frequency,
    rhythm: reading.rhythm,
    due_minute: reading.dueMinute,
    within_minutes: reading.withinMinutes,
    evidence: one.evidence,
    evidence_count: one.evidenceCount,
    red: one.red,
    fever: one.red && isFever(words, reading),
    in_force_from: one.inForceFrom,
    ended_at: null,
  };
}

/** How many lines go to the database in one statement. */
const together = 10_000;

/** The lines of these plans, or of all that are in force, as they came into force; known ones are left as they were. */
async function takeLinesInForce(tx: Tx, dir: Directory, of: { planIds: string[] } | 'all', now: Date): Promise<number> {
  const lines = await linesInForce(tx, of, now);
  for (let i = 0; i < lines.length; i += together)
    await insertLines(
      tx,
      lines.slice(i, i + together).map((one) => asLine(dir, one)),
    );
  return lines.length;
}

/** Makes what these plans, or all, bring from some days back to tomorrow; twice makes nothing twice. @returns how many are new */
export async function makeDays(
  tx: Tx,
  dir: Directory,
  now: Date,
  planIds: string[] | null,
  back = daysBack,
): Promise<number> {
  const zone = zoneOf(dir);
  const first = dayAfter(dayAt(zone, now), -back);
  const days = Array.from({ length: back + 1 + daysAhead }, (_, i) => dayAfter(first, i));
  const windows = (await rhythmsInForce(tx, planIds)).flatMap(({ rhythm, due_minute }) =>
    windowsOf(rhythm as Rhythm, due_minute, days, zone),
  );
  return (await makeWindows(tx, windows, planIds)) + (await makeOnce(tx, dir.group.timezone, planIds));
}

const note = ({ tx, actor, now }: Context, action: string, planId: string, figures: Record<string, number>) =>
  append(tx, {
    at: now,
    actorId: actor.accountId,
    role: 'system',
    action: `measures.${action}`,
    recordKind: 'plan',
    recordId: planId,
    class: 'normal',
    figures,
  });

/** Plans came into force: their measures are work from this moment. */
export async function began(context: Context, planIds: string[]): Promise<void> {
  if (planIds.length === 0) return;
  const dir = await directory(context.tx);
  const lines = await takeLinesInForce(context.tx, dir, { planIds }, context.now);
  const made = await makeDays(context.tx, dir, context.now, planIds, 0);
  await note(context, 'began', planIds[0]!, { plans: planIds.length, lines, made });
}

/** Plans were superseded: what is open of them is over with them; what was done or lapsed stays as it is. */
export async function ended(context: Context, planIds: string[]): Promise<void> {
  if (planIds.length === 0) return;
  const lines = await endLines(context.tx, planIds, context.now);
  const open = await endOpen(context.tx, planIds);
  if (lines + open > 0) await note(context, 'ended', planIds[0]!, { plans: planIds.length, lines, open });
}

/** Each evening for the next day, and for days on which no program ran. */
export async function makeNextDay(context: Context): Promise<void> {
  const { tx, now } = context;
  const dir = await directory(tx);
  await takeLinesInForce(tx, dir, 'all', now);
  const made = await makeDays(tx, dir, now, null);
  if (made > 0) await note(context, 'made', '00000000-0000-0000-0000-000000000000', { made });
}

/** For loaders: what is in force brought its windows of these days back too. */
export async function makePast({ tx, now }: Context, back: number): Promise<number> {
  const dir = await directory(tx);
  await takeLinesInForce(tx, dir, 'all', now);
  return makeDays(tx, dir, now, null, back);
}
