/** Parts that other lines do, and how they end: as `cases/parts.ts`, on the rows in memory. */
import type { PartRecord } from '../../modules/cases/index.ts';
import { postKey } from '../../modules/requests/index.ts';
import type { Random } from '../random.ts';
import { type Doing, isActive, type Need, patch, trace, type Work } from './ledger.ts';

/** Draws from a row of chance of its own, so that the story of the need itself stays as it was told. */
export function apart<T>(needs: Need[], random: Random, act: () => T): T {
  const kept = needs.map((need) => need.random);
  for (const need of needs) need.random = random;
  try {
    return act();
  } finally {
    needs.forEach((need, i) => {
      need.random = kept[i]!;
    });
  }
}

/** Each joint case's own row of chance. */
export const rows = new WeakMap<Work, Random>();
export const isOpen = (part: PartRecord): boolean => ['asked', 'accepted', 'in_progress'].includes(part.state);

/** As each need carries it, so that whoever does a part may read it. */
export function mirror(work: Work): void {
  const posts = [
    ...new Set(
      work.parts.filter((part) => part.state !== 'released').map((part) => postKey(part.line_id, part.unit_id)),
    ),
  ];
  for (const need of work.needs) patch(need, { co_posts: posts });
}

/** The work leaves its line, is reported handled, or is for nobody any more: parts that are open end with it. */
export function releaseParts(by: Doing, work: Work, reason: 'handled' | 'returned' | 'ended'): void {
  const random = rows.get(work);
  const open = work.parts.filter(isOpen);
  for (const part of open) {
    const from = part.state;
    Object.assign(part, { state: 'released', released_at: by.now, version: part.version + 1 });
    const onTime = by.now <= part.due;
    const touched = reason === 'ended' ? work.needs : work.needs.filter(isActive);
    apart(touched, random!, () =>
      trace(by, touched, {
        kind: 'part_released',
        action: 'cases.part_released',
        side: reason === 'handled' ? 'staff' : 'system',
        permission: reason === 'handled' ? 'cases.handle' : null,
        audience: 'staff',
        lineId: part.line_id,
        text: reason === 'handled' ? '主办先到位办成了，这一份不用再等。' : null,
        from,
        to: 'released',
        reason,
        data: { reason, onTime },
        figures: { case: work.row.id, part: part.id, onTime },
      }),
    );
  }
  if (open.length > 0) mirror(work);
  const taken = work.takeovers.at(-1);
  if (taken && taken.ended_at === null) Object.assign(taken, { ended_at: by.now, ended: reason });
}
