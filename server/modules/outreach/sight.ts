import type { Touch } from '../../../contract/outreach.ts';
import { type Actor, areasFor, covers } from '../../platform/actor.ts';
import type { Directory } from '../organization/index.ts';
import { isSmallSite } from '../requests/index.ts';
import { touchMs } from './places.ts';
import type { TouchRecord } from './queries.ts';

/** Who may read a touch, and how much of it. Pure (rules 6). */
export type TouchReader = 'maker' | 'overseer';

export function touchReaderOf(
  actor: Actor,
  touch: Pick<TouchRecord, 'by_id' | 'unit_id' | 'site_id'>,
): TouchReader | null {
  if (actor.kind !== 'account') return null;
  if (touch.by_id === actor.accountId) return 'maker';
  const place = { unitId: touch.unit_id, siteId: touch.site_id };
  return areasFor(actor, 'outreach.read').some((area) => covers(area, place)) ? 'overseer' : null;
}

/**
 * The touch as this reader sees it. Whoever oversees must not read off a touch who asked in confidence: where it found a
 * need, in confidence or not, they see its day and neither crew, point, words nor hour; where the site has under 30 people
 * they see its unit, whatever it found, and not whose round it was, for site officers are named by their site.
 */
export function touchView(dir: Directory, reader: TouchReader, touch: TouchRecord, now: Date): Touch {
  const whole = reader === 'maker';
  const small = !whole && isSmallSite(dir, touch.site_id);
  const running = touch.ended_at === null;
  const left = now.getTime() - touch.began_at.getTime() > touchMs;
  // While it runs nobody knows yet whether it will have found a need.
  const bare = !whole && (small || running || touch.found === 'need');
  return {
    id: touch.id,
    kind: touch.kind as Touch['kind'],
    siteId: small ? null : touch.site_id,
    unitId: touch.unit_id,
    day: touch.day,
    beganAt: bare ? null : touch.began_at.toISOString(),
    endedAt: bare ? null : (touch.ended_at?.toISOString() ?? null),
    open: running,
    takesNeeds: running && !left,
    minutes:
      bare || touch.ended_at === null || touch.found === 'unfinished'
        ? null
        : Math.round((touch.ended_at.getTime() - touch.began_at.getTime()) / 60_000),
    by: small ? null : touch.by_label,
    role: touch.role,
    own: whole,
    crew: bare ? null : touch.crew,
    point: bare ? null : touch.point,
    topics: touch.topics,
    found: (touch.found as Touch['found']) ?? (left ? 'unfinished' : null),
    words: bare ? null : touch.words,
    withheld: small ? 'small_site' : bare ? 'need' : null,
  };
}
