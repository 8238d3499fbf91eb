import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keys } from '../../../platform/crypto.ts';
import type { Pool } from '../../../platform/database.ts';
import { append, type JournalEntry } from '../../../platform/journal.ts';
import { anchorSeal, sealJournal } from '../../../platform/seal.ts';
import { inTransaction, type Tx } from '../../../platform/transaction.ts';
import { catchUp, entriesOfRecords, sealOver } from '../../journal/index.ts';
import { type Directory, directory } from '../../organization/index.ts';
import { requestsByIds } from '../../requests/index.ts';
import { dayAfter, dayIn, endOf, startOf } from './calendar.ts';
import { commitmentOf, dayRecord, type FrameLine, frameDigest } from './draw.ts';
import { frameReader } from './framing.ts';
import {
  type DayRecord,
  describeFrame,
  frameOf,
  insertDay,
  lastDay,
  lockDay,
  patchDay,
  planFrom,
  ratesFor,
  unsettledDays,
} from './queries.ts';
import { certainly, planText, stratumCode, type Timing } from './rates.ts';

export interface Turning {
  pool: Pool;
  keys: Keys;
  anchorsFile: string;
  now(): Date;
  committed(): void;
}

/** A commitment is in time within the first minutes of its day; later, everybody silent of that day is called. */
const lateAfterMs = 10 * 60_000;
/** What was said at the very end of a day has settled by then. */
const graceMs = 60_000;

/** An entry about a day as a whole: kept under the record that is made from the day alone. */
export const dayEntry = (day: string, action: string, at: Date, figures: JournalEntry['figures']): JournalEntry => ({
  at,
  actorId: null,
  role: 'system',
  action,
  recordKind: 'followup_day',
  recordId: dayRecord(day),
  class: 'normal',
  figures: { day, ...figures },
});

/** What the closing of a frame writes into the journal; the demo history writes the same. */
export const frameEntries = (day: string, at: Date, lines: readonly FrameLine[]): JournalEntry[] => [
  ...lines.map(({ request, stratum, mandatory }) =>
    dayEntry(day, 'followups.framed', at, { request, stratum, mandatory }),
  ),
  dayEntry(day, 'followups.frame_closed', at, { framed: lines.length, digest: frameDigest(lines).toString('hex') }),
];

export const commitEntry = (day: string, at: Date, commitment: Buffer, plan: string, late: boolean): JournalEntry =>
  dayEntry(day, 'followups.day_committed', at, { commitment: commitment.toString('hex'), plan, late });

/** A secret for a day, sealed by its commitment. A day the program slept through is committed late. */
async function commit(tx: Tx, deps: Turning, zone: string, day: string, now: Date, first: boolean): Promise<void> {
  const rates = await ratesFor(tx, day);
  const secret = randomBytes(32);
  // On its first day the system begins in the middle: nothing of that day was handled under it before.
  const late = !first && now.getTime() - startOf(zone, day).getTime() > lateAfterMs;
  const row = {
    day,
    rates_no: rates.no,
    committed_at: now,
    commitment: commitmentOf(secret),
    late,
    secret_locked: deps.keys.seal('draw', secret.toString('hex')),
  };
  if (await insertDay(tx, row))
    await append(tx, commitEntry(day, now, row.commitment, planText(planFrom(rates)), late));
}

/** The frame of a day that is over: strata as they stand, who is called for certain, and one digest over all of it. */
async function closeFrame(tx: Tx, dir: Directory, day: DayRecord, now: Date): Promise<void> {
  const locked = await lockDay(tx, day.day);
  if (!locked || locked.closed_at) return;
  const rows = await frameOf(tx, day.day);
  const requests = new Map(
    (
      await requestsByIds(
        tx,
        rows.map((row) => row.request_id),
      )
    ).map((r) => [r.id, r]),
  );
  const lines = rows.flatMap((row) => {
    const r = requests.get(row.request_id);
    if (!r) return [];
    const timing: Timing =
      row.exit === 'withdrawn' ? 'withdrawn' : row.at.getTime() <= r.resolve_due.getTime() ? 'on_time' : 'late';
    const first = dir.categories.get(r.first_category_id)?.code ?? '?';
    // As it was when it was handled: a denial since, on the same day, is the person's own word on it.
    const deniedSince = row.exit === 'handled' && r.handled_at?.getTime() !== row.at.getTime();
    const reopens = r.reopens - (deniedSince ? 1 : 0);
    const mandatory = day.late
      ? 'late'
      : certainly({
          exit: row.exit as 'handled',
          priority: r.priority,
          confidentiality: r.confidentiality,
          reopens,
          categoryCode: dir.categories.get(r.category_id)?.code ?? '?',
          saidByOther: r.said_by_other,
        });
    return [{ r, timing, mandatory, reopens, stratum: stratumCode({ category: first, priority: r.priority, timing }) }];
  });
  await describeFrame(tx, [
    day.day,
    lines.map(({ r }) => r.id),
    lines.map(({ r }) => r.first_category_id),
    lines.map(({ r }) => r.priority),
    lines.map(({ timing }) => (timing === 'withdrawn' ? null : timing === 'on_time')),
    lines.map(({ mandatory }) => mandatory),
    lines.map(({ reopens }) => reopens),
  ]);
  const framed = lines.map(({ r, stratum, mandatory }) => ({ request: r.id, stratum, mandatory }));
  await append(tx, ...frameEntries(day.day, now, framed));
  await patchDay(tx, day.day, { closed_at: now, framed: framed.length, frame_digest: frameDigest(framed) });
}

/** Notes the seal over each closed frame, and that the commitment stands outside the database. */
async function noteSeals(tx: Tx): Promise<{ waits: boolean; toAnchor: string[] }> {
  const days = await unsettledDays(tx);
  const entries = await entriesOfRecords(tx, [
    days.map((day) => dayRecord(day.day)),
    ['followups.day_committed', 'followups.frame_closed'],
  ]);
  let waits = false;
  const toAnchor: string[] = [];
  for (const day of days) {
    const own = entries.filter((entry) => entry.record_id === dayRecord(day.day));
    const committed = own.find((entry) => entry.action === 'followups.day_committed');
    if (day.anchored_at === null) {
      if (committed && (await sealOver(tx, [committed.position]))[0]) toAnchor.push(day.day);
      else waits = true;
    }
    if (day.closed_at === null || day.seal_root !== null) continue;
    const closed = own.find((entry) => entry.action === 'followups.frame_closed');
    const seal = closed && (await sealOver(tx, [closed.position]))[0];
    if (seal) await patchDay(tx, day.day, { seal_no: seal.no, seal_root: seal.root });
    else waits = true;
  }
  return { waits, toAnchor };
}

/**
 * The turn of the day (rules 9): the frame of each day that is over is closed, the next day's commitment is made, both are
 * sealed and the seal is anchored outside the database. Runs every minute and may run twice; a day on which no program
 * ran is made up for, late.
 */
export async function turnDays(deps: Turning): Promise<void> {
  await catchUp(deps.pool, frameReader);
  const now = deps.now();
  await inTransaction(deps.pool, async (tx) => {
    const dir = await directory(tx);
    const zone = dir.group.timezone;
    const today = dayIn(zone)(now);
    const last = await lastDay(tx);
    for (let day = last ? dayAfter(last.day) : today; day <= today; day = dayAfter(day))
      await commit(tx, deps, zone, day, now, last === undefined);
    for (const day of await unsettledDays(tx))
      if (day.closed_at === null && now.getTime() >= endOf(zone, day.day).getTime() + graceMs)
        await closeFrame(tx, dir, day, now);
  });
  deps.committed();
  await sealAndAnchor(deps);
}

/** What the turn has written settles within moments; where it does not, the next minute goes on from here. */
async function sealAndAnchor(deps: Turning): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { waits, toAnchor } = await inTransaction(deps.pool, noteSeals);
    if (toAnchor.length > 0) {
      await anchorSeal(deps.pool, deps.anchorsFile, deps.now());
      await inTransaction(deps.pool, async (tx) => {
        for (const day of toAnchor) await patchDay(tx, day, { anchored_at: deps.now() });
      });
    }
    if (!waits || attempt >= 20) return;
    await sealJournal(deps.pool, deps.keys, deps.now());
    if (attempt > 0) await sleep(100);
  }
}
