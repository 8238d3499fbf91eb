import { touchKinds } from '../../../contract/outreach.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { isSmallSite } from '../requests/index.ts';
import { dayOf, duesAt } from './places.ts';
import { mondayFrom } from './rhythm.ts';

/** So many rhythms late: the unit hears of it; twice as late, who plans for the whole group does too. */
const unitHears = 1;
const groupHears = 2;

interface Missed {
  places: number;
  /** Of the longest, days. */
  days: number;
  rhythms: number;
}

/**
 * Who plans a unit's rounds is told once a week of its places that were passed over a whole rhythm, and who plans for the
 * group where it was two. Figures of a unit only: on which day a small site was touched nobody reads off an alarm (rules 6).
 * @returns how many units were told
 */
export async function tellOverdue(context: Context): Promise<number> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const week = mondayFrom(dayOf(dir, now));
  let told = 0;
  for (const [unitId, missed] of await missedByUnit(context, dir)) {
    const telling = {
      kind: 'outreach.overdue' as const,
      about: {
        kind: 'outreach' as const,
        id: String(unitId),
        label: dir.nodes.get(unitId)?.code ?? '',
        route: `/outreach/share?${new URLSearchParams({ show: 'late', unit: String(unitId) })}`,
      },
      values: { places: missed.places, days: missed.days },
      level: 'important' as const,
    };
    const once = `outreach.overdue:${unitId}:${week}`;
    if ((await tell(context, { ...telling, to: { permission: 'outreach.plan', nodeId: unitId }, once })) > 0) told++;
    if (missed.rhythms >= groupHears)
      await tell(context, {
        ...telling,
        to: { permission: 'outreach.plan', nodeId: dir.groupNode.id },
        once: `${once}:group`,
      });
  }
  return told;
}

async function missedByUnit({ tx, now }: Context, dir: Directory): Promise<Map<number, Missed>> {
  const sites = [...dir.nodes.values()].filter((node) => node.kind === 'site').map((node) => node.id);
  const late = (await duesAt(tx, dir, sites, touchKinds, now, (siteId) => isSmallSite(dir, siteId))).filter(
    (one) => one.daysLate >= one.everyDays * unitHears,
  );
  const units = new Map<number, Missed>();
  const seen = new Set<number>();
  for (const one of late) {
    const unitId = dir.unitOf(one.siteId);
    if (unitId === null) continue;
    const so = units.get(unitId) ?? { places: 0, days: 0, rhythms: 0 };
    units.set(unitId, {
      places: so.places + (seen.has(one.siteId) ? 0 : 1),
      days: Math.max(so.days, one.daysLate),
      rhythms: Math.max(so.rhythms, Math.floor(one.daysLate / one.everyDays)),
    });
    seen.add(one.siteId);
  }
  return units;
}
