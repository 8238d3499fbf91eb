import type { DutyGap, DutyShift, HoursCode } from '../../../contract/duty.ts';
import type { Tx } from '../../platform/transaction.ts';
import { zoneOffset } from '../clocks/index.ts';
import type { Directory } from '../organization/index.ts';
import { stageAt } from '../stages/index.ts';
import { type Cell, cellsOf, clipped, daysTouching, gapsIn, hoursIn, type Span } from './gaps.ts';
import { type PostRecord, type ShiftRecord, shiftsBetween } from './queries.ts';

export const shiftView = (row: ShiftRecord): DutyShift => ({
  id: row.id,
  postId: row.post_id,
  accountId: row.account_id,
  name: row.label,
  from: row.from_at.toISOString(),
  to: row.to_at.toISOString(),
  state: row.state as DutyShift['state'],
  takenAt: row.taken_at?.toISOString() ?? null,
  beyondReason: row.beyond_reason,
  version: row.version,
});

export const postView = (row: PostRecord) => ({
  id: row.id,
  nodeId: row.node_id,
  lineId: row.line_id,
  zh: row.zh,
  en: row.en,
  hours: row.hours as HoursCode[],
  standby: row.standby,
  stages: row.stages,
  phone: row.phone,
  version: row.version,
});

/** The cells of a post that reach into [from, to), each with whether the stage at its beginning asks for it. */
export async function cellsWithin(
  tx: Tx,
  dir: Directory,
  post: PostRecord,
  from: Date,
  to: Date,
): Promise<(Cell & { required: boolean })[]> {
  const { first, days } = daysTouching(dir.group.timezone, from, to);
  const lineage = dir.ancestors(post.node_id);
  const cells: (Cell & { required: boolean })[] = [];
  for (const cell of cellsOf(dir.group.timezone, post.hours as HoursCode[], first, days)) {
    if (cell.to <= from || cell.from >= to) continue;
    const stands = post.from_at < cell.to && (post.ended_at === null || post.ended_at > cell.from);
    const stage = stands ? await stageAt(tx, lineage, cell.from) : null;
    cells.push({ ...cell, required: stage !== null && post.stages.includes(stage.code) });
  }
  return cells;
}

export interface Coverage {
  gaps: DutyGap[];
  /** Hours the stages ask for, and of them those with a named officer. */
  asked: number;
  named: number;
}

/**
 * Which hours of these posts in [from, to) name nobody, though the stage in force asks for them.
 * @param asIf a stage to reckon with in place of the one in force
 */
export async function coverageOf(
  tx: Tx,
  dir: Directory,
  posts: readonly PostRecord[],
  { from, to }: Span,
  asIf?: string,
): Promise<Coverage> {
  const shifts = await shiftsBetween(
    tx,
    posts.map((post) => post.id),
    from,
    to,
  );
  const byPost = new Map<string, Span[]>();
  for (const row of shifts) {
    const mine = byPost.get(row.post_id) ?? [];
    mine.push({ from: row.from_at, to: row.to_at });
    byPost.set(row.post_id, mine);
  }
  const gaps: DutyGap[] = [];
  let asked = 0;
  let open = 0;
  for (const post of posts) {
    const begins = new Date(Math.max(post.from_at.getTime(), from.getTime()));
    const ends = new Date(Math.min(post.ended_at?.getTime() ?? Number.POSITIVE_INFINITY, to.getTime()));
    const cells =
      asIf === undefined
        ? (await cellsWithin(tx, dir, post, from, to)).filter((cell) => cell.required)
        : post.stages.includes(asIf)
          ? await cellsWithin(tx, dir, post, from, to)
          : [];
    const wanted = clipped(cells, begins, ends);
    const missing = gapsIn(wanted, byPost.get(post.id) ?? []);
    asked += hoursIn(wanted);
    open += hoursIn(missing);
    for (const gap of missing)
      gaps.push({
        postId: post.id,
        nodeId: post.node_id,
        zh: post.zh,
        en: post.en,
        from: gap.from.toISOString(),
        to: gap.to.toISOString(),
      });
  }
  gaps.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return { gaps, asked: Math.round(asked), named: Math.round(asked - open) };
}

const two = (n: number): string => String(n).padStart(2, '0');
/** As people write an hour: 11-24 00:00 on the group's clock. */
export function clockText(zone: string, at: Date): string {
  const local = new Date(at.getTime() + zoneOffset(zone, at) * 60_000);
  return `${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}
