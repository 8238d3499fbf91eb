import type { Tx } from '../../platform/transaction.ts';
import { type EntryRow, entriesOfRecords } from '../journal/index.ts';
import { needsOfTouches, type TouchRecord, touchesAfter } from './queries.ts';

/** What came of laying touches and found needs beside the journal. */
export interface OutreachCheck {
  touches: number;
  needs: number;
  /** What one says and the other does not, as `touch id: what`. */
  differences: string[];
}

const batch = 500;
/** What was recorded a moment ago may not have its place in the journal yet. */
const settlingMs = 5 * 60_000;
const told = ['outreach.touch_begun', 'outreach.need_found', 'outreach.touch_ended', 'outreach.touch_left'];

/**
 * Every touch, its kind, place, moment and outcome, and every need found on one, as the journal tells them; and nothing the
 * journal tells is missing. A need that was moved to a sealed line leaves no link (rules 5). Writes nothing.
 */
export async function checkOutreach(tx: Tx, now: Date): Promise<OutreachCheck> {
  const check: OutreachCheck = { touches: 0, needs: 0, differences: [] };
  const before = new Date(now.getTime() - settlingMs);
  for (let after: TouchRecord | undefined; ; ) {
    const touches = await touchesAfter(tx, after, before, batch);
    if (touches.length > 0) await compare(tx, touches, before, check);
    after = touches.at(-1);
    if (!after || touches.length < batch) return check;
  }
}

async function compare(tx: Tx, touches: TouchRecord[], before: Date, check: OutreachCheck): Promise<void> {
  const ids = touches.map((touch) => touch.id);
  const entries = new Map<string, EntryRow[]>();
  for (const entry of await entriesOfRecords(tx, [ids, told]))
    entries.set(entry.record_id, [...(entries.get(entry.record_id) ?? []), entry]);
  const needs = new Map<string, string[]>();
  for (const need of await needsOfTouches(tx, ids))
    needs.set(need.touch_id, [...(needs.get(need.touch_id) ?? []), need.request_id]);
  const lost = new Map<string, string>();
  for (const touch of touches) {
    const said = entries.get(touch.id) ?? [];
    const links = needs.get(touch.id) ?? [];
    check.touches++;
    check.needs += links.length;
    check.differences.push(...differencesOf(touch, said, links, before).map((what) => `touch ${touch.id}: ${what}`));
    for (const request of foundIn(said)) if (!links.includes(request)) lost.set(request, touch.id);
  }
  if (lost.size === 0) return;
  const sealed = await entriesOfRecords(tx, [[...lost.keys()], ['requests.moved_to_sealed']]);
  for (const entry of sealed) lost.delete(entry.record_id);
  for (const [request, touch] of lost) check.differences.push(`touch ${touch}: its need ${request} is missing`);
}

const foundIn = (said: readonly EntryRow[]): string[] =>
  said.filter((one) => one.action === 'outreach.need_found').map((one) => one.figures.request as string);

function differencesOf(
  touch: TouchRecord,
  said: readonly EntryRow[],
  links: readonly string[],
  before: Date,
): string[] {
  const differences: string[] = [];
  const begun = said.find((one) => one.action === 'outreach.touch_begun');
  if (!begun) return ['the journal does not know it'];
  if (begun.at.getTime() !== touch.began_at.getTime()) differences.push('began at another moment');
  if (begun.site_id !== touch.site_id || begun.unit_id !== touch.unit_id) differences.push('at another place');
  if (begun.figures.kind !== touch.kind) differences.push('of another kind');
  const ended = said.find((one) => one.action === 'outreach.touch_ended' || one.action === 'outreach.touch_left');
  if (touch.ended_at === null ? ended : touch.ended_at < before && ended?.figures.found !== touch.found)
    differences.push('ended otherwise');
  const found = foundIn(said);
  for (const request of links) if (!found.includes(request)) differences.push(`its need ${request} was never told`);
  return differences;
}
