import type { TouchKind } from '../../../contract/outreach.ts';
import { system } from '../../platform/actor.ts';
import type { Context } from '../../platform/serve.ts';
import { tell } from '../messages/index.ts';
import { directory } from '../organization/index.ts';
import { isSmallSite } from '../requests/index.ts';
import { duesOf } from './places.ts';

/** Callers ring the whole group from a list that is theirs alone; these two have places of their own. */
const reminded = [
  ['round', 'site_officer'],
  ['survey', 'unit_liaison'],
] as const satisfies readonly (readonly [TouchKind, string])[];

/**
 * Who is expected somewhere is told that nobody has been there for longer than the rhythm says: a site officer of the site,
 * a liaison of the unit with how many of its places. Told once for the place that fell due last, so that a morning on which
 * nothing more is late says nothing.
 */
export async function remindOfPlaces(context: Context): Promise<void> {
  const { tx, now } = context;
  const dir = await directory(tx);
  const sites = [...dir.nodes.values()].filter((node) => node.kind === 'site').map((node) => node.id);
  for (const [kind, role] of reminded) {
    const byNode = new Map<number, string[]>();
    for (const { siteId, state, dueDay } of await duesOf(tx, dir, system, sites, [kind], now)) {
      // A liaison does not learn on which day a small site was touched (rules 6): it stands in the list alone.
      if (state !== 'overdue' || (kind === 'survey' && isSmallSite(dir, siteId))) continue;
      const nodeId = kind === 'round' ? siteId : dir.unitOf(siteId)!;
      byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), dueDay]);
    }
    for (const [nodeId, dueDays] of byNode)
      await tell(context, {
        kind: 'outreach.late',
        to: { role, nodeId },
        about: { kind: 'outreach', id: String(nodeId), label: dir.nodes.get(nodeId)!.code, route: '/outreach' },
        values: { n: dueDays.length },
        level: 'info',
        once: `outreach.late:${kind}:${nodeId}:${dueDays.sort().at(-1)}`,
      });
  }
}
