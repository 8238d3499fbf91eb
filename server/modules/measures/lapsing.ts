import { append } from '../../platform/journal.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { lapseDue, lapsedThreeDays, type OccurrenceRecord, oneLapsing } from './queries.ts';
import { dayAfter } from './windows.ts';

/** How many lapse in one transaction, or a few more; the timer goes on until none is left. */
export const lapsedTogether = 2_000;

/** Where lapses are told together: a site, a unit's own, or the group's. */
const placeOf = ({ site_id, unit_id }: OccurrenceRecord): string => `${site_id ?? ''}/${unit_id ?? ''}`;

/**
 * What is past its due lapses, once, and says so: to who answers for it, at once to the liaison where a red line is among
 * them, and to the unit's leader where the same measure lapsed three days running.
 * @returns how many lapsed
 */
export async function lapse(context: Context): Promise<number> {
  const { tx, now } = context;
  await oneLapsing(tx, []);
  const lapsed = await lapseDue(tx, [now, lapsedTogether]);
  if (lapsed.length === 0) return 0;
  const dir = await directory(tx);
  const places = new Map<string, OccurrenceRecord[]>();
  for (const one of lapsed.sort((a, b) => a.due_at.getTime() - b.due_at.getTime() || a.id.localeCompare(b.id)))
    places.set(placeOf(one), [...(places.get(placeOf(one)) ?? []), one]);
  await append(
    tx,
    ...[...places.values()].map((ones) => ({
      at: now,
      actorId: null,
      role: 'system',
      action: 'measures.lapsed',
      recordKind: 'measure',
      recordId: ones[0]!.id,
      class: 'normal',
      unitId: ones[0]!.unit_id,
      siteId: ones[0]!.site_id,
      from: 'open',
      to: 'lapsed',
      figures: { n: ones.length, red: ones.filter((one) => one.red).length, day: ones[0]!.day },
    })),
  );
  for (const ones of places.values()) await tellOf(context, dir, ones);
  return lapsed.length;
}

async function tellOf(context: Context, dir: Directory, ones: OccurrenceRecord[]): Promise<void> {
  const { site_id: siteId, unit_id: unitId, day } = ones.at(-1)!;
  const place = siteId ?? unitId ?? dir.groupNode.id;
  const about = {
    kind: 'measure' as const,
    id: String(place),
    label: dir.nodes.get(place)?.code ?? '',
    route: '/measures',
  };
  const red = ones.filter((one) => one.red).length;
  await tell(context, {
    kind: 'measure.lapsed',
    to: siteId
      ? { role: 'site_officer', nodeId: siteId }
      : unitId
        ? { role: 'unit_liaison', nodeId: unitId }
        : { role: 'support_group' },
    about,
    values: { n: ones.length },
    level: red > 0 ? 'urgent' : 'important',
  });
  if (red > 0 && unitId !== null)
    await tell(context, {
      kind: 'measure.red_lapsed',
      to: siteId ? { role: 'unit_liaison', nodeId: unitId } : { role: 'unit_leader', nodeId: unitId },
      about,
      values: { n: red },
      level: 'urgent',
    });
  if (unitId === null) return;
  const days = [0, -1, -2].map((back) => dayAfter(day, back));
  const again = await lapsedThreeDays(context.tx, [ones.map((one) => one.line_id), days]);
  if (again.length > 0)
    await tell(context, {
      kind: 'measure.lapsing',
      to: { role: 'unit_leader', nodeId: unitId },
      about,
      values: { n: again.length },
      level: 'important',
      once: `measure.lapsing:${place}:${day}`,
    });
}
