import type { WatchRecord } from '../../../contract/watch.ts';
import { type Actor, areasFor, covers } from '../../platform/actor.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Directory } from '../organization/index.ts';
import {
  hidesSite,
  type RequestRecord,
  readerAt,
  requestsByIds,
  type Sight,
  sightOf,
  toldDay,
} from '../requests/index.ts';
import type { Course } from './courses.ts';
import { hidden } from './drifting.ts';
import type { Duration } from './quantiles.ts';

/** What a measure says of one need. `mark`: what the person told a caller in confidence. */
export interface Told {
  course: Course;
  value: number | null;
  open: boolean;
  mark: boolean;
}

export const toldTime = (course: Course, { time, open }: Duration): Told => ({
  course,
  value: time,
  open,
  mark: false,
});

/** The list stands for a figure; nobody reads a thousand of them one by one. */
const most = 300;

interface Readable {
  told: Told;
  r: RequestRecord;
  sight: Sight;
  opens: boolean;
}

/**
 * The records behind a figure, as far as this reader may know them. A caller's lead reads every one, as callers do; others
 * those in their sight. What somebody said of attitude is for callers only, and of a confidential request nothing is told
 * from which its hour could be reckoned (rules 6).
 * @param admits what this list would give away of a record by its title alone
 */
export async function recordsOf(
  tx: Tx,
  dir: Directory,
  actor: Actor,
  tolds: readonly Told[],
  admits: (sight: Sight, r: RequestRecord) => boolean,
): Promise<{ rows: WatchRecord[]; kept: number | null; more: boolean }> {
  const calls = areasFor(actor, 'followups.call');
  const byId = new Map(tolds.map((told) => [told.course.row.id, told]));
  const readable: Readable[] = [];
  for (const r of await requestsByIds(tx, [...byId.keys()])) {
    const reader = readerAt(dir, actor, r);
    const rings = calls.some((area) => covers(area, { unitId: r.unit_id, siteId: r.site_id }));
    if (!reader && !rings) continue;
    const sight = sightOf(reader ?? 'verifier', r);
    if (admits(sight, r)) readable.push({ told: byId.get(r.id)!, r, sight, opens: reader !== null });
  }
  const listed = withoutFew(readable, tolds.length);
  const kept = tolds.length - listed.length;
  const rows = listed.map((one): WatchRecord => {
    const { told, r, sight } = one;
    const known = told.mark ? calls.length > 0 : sight.exactTime;
    return {
      requestId: r.id,
      number: r.number,
      day: toldDay(dir, sight, r.submitted_at),
      state: r.state as WatchRecord['state'],
      work: r.work as WatchRecord['work'],
      categoryId: sight.detail ? r.category_id : r.first_category_id,
      unitId: r.unit_id,
      siteId: hidesSite(dir, sight, r.site_id) ? null : r.site_id,
      lineId: r.line_id,
      value: known ? told.value : null,
      open: known && told.open,
      opens: one.opens,
      callId: calls.length > 0 ? told.course.callId : null,
    };
  });
  // The slowest first; of those without a figure the order tells nothing.
  rows.sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || a.number.localeCompare(b.number));
  return { rows: rows.slice(0, most), kept: kept === 0 || kept >= hidden ? kept : null, more: rows.length > most };
}

/**
 * Where fewer than ten are kept back, their number could be told from what is missing: others are kept back with them
 * until they are ten, always the same ones.
 */
function withoutFew(readable: Readable[], all: number): Readable[] {
  const kept = all - readable.length;
  if (kept === 0 || kept >= hidden) return readable;
  const order = [...readable].sort((a, b) => a.r.id.slice(-12).localeCompare(b.r.id.slice(-12)));
  return order.slice(0, Math.max(0, all - hidden));
}
