import type { Node } from '../../../contract/organization.ts';
import type { Tx } from '../../platform/transaction.ts';
import { accountsInRoles, handlerPosts } from '../access/index.ts';
import { type Directory, directory } from '../organization/index.ts';
import { bothWays, type Wording } from './wording.ts';

/** A piece of ground nobody answers for (domain row 18). */
export interface Orphan {
  kind: 'site' | 'line' | 'measure' | 'unit' | 'risk';
  label: Wording;
  /** Page of the desk where it is mended. */
  route?: string;
}

export interface OrphanSource {
  key: string;
  words: Wording;
  /** All under this node at this moment, in the order of the organisation. */
  find(tx: Tx, scope: { nodeId: number }, at: Date): Promise<Orphan[]>;
}

const sources = new Map<string, OrphanSource>();

/** A module says which of its ground nobody answers for; a second registration under a key takes the place of the first. */
export function provideOrphans(source: OrphanSource): void {
  sources.set(source.key, source);
}

export const orphanSources = (): OrphanSource[] => [...sources.values()];

/** What the organisation itself knows: sites, units and lines in units that nobody with an account answers for. */
export function provideGround(): void {
  const under = (dir: Directory, nodeId: number, kind: Node['kind']): Node[] =>
    [...dir.nodes.values()].filter((node) => node.kind === kind && dir.ancestors(node.id).includes(nodeId));
  provideOrphans({
    key: 'sites',
    words: { zh: '工地没有保障专员', en: 'Sites without a site officer' },
    async find(tx, { nodeId }) {
      const dir = await directory(tx);
      const held = new Set((await accountsInRoles(tx, ['site_officer'])).map((row) => row.node_id));
      return under(dir, nodeId, 'site')
        .filter((site) => !held.has(site.id))
        .map((site) => ({ kind: 'site', label: { zh: site.zh, en: site.en } }));
    },
  });
  provideOrphans({
    key: 'units',
    words: { zh: '单位没有领导或联络员', en: 'Units without a leader or a liaison' },
    async find(tx, { nodeId }) {
      const dir = await directory(tx);
      const rows = await accountsInRoles(tx, ['unit_leader', 'unit_liaison']);
      const missing = (unit: Node, role: string): boolean =>
        !rows.some((row) => row.role === role && row.node_id === unit.id);
      return under(dir, nodeId, 'unit').flatMap((unit): Orphan[] => [
        ...(missing(unit, 'unit_leader')
          ? [{ kind: 'unit' as const, label: { zh: `${unit.zh}：没有单位领导`, en: `${unit.en}: no unit leader` } }]
          : []),
        ...(missing(unit, 'unit_liaison')
          ? [{ kind: 'unit' as const, label: { zh: `${unit.zh}：没有联络员`, en: `${unit.en}: no liaison` } }]
          : []),
      ]);
    },
  });
  provideOrphans({
    key: 'lines',
    words: { zh: '单位的条线没有承办人', en: 'Lines of a unit without a handler' },
    async find(tx, { nodeId }) {
      const dir = await directory(tx);
      const held = new Set((await handlerPosts(tx)).map((row) => `${row.lineId}/${row.nodeId}`));
      // A line answers for what the catalogue sends it; its people in the unit, or above it, are accountable.
      const working = new Set([...dir.categories.values()].flatMap((one) => (one.lineId === null ? [] : [one.lineId])));
      return under(dir, nodeId, 'unit').flatMap((unit) =>
        [...working]
          .filter((lineId) => !dir.ancestors(unit.id).some((place) => held.has(`${lineId}/${place}`)))
          .map((lineId): Orphan => {
            const line = dir.lines.get(lineId)!;
            return { kind: 'line', label: { zh: `${unit.zh} × ${line.zh}`, en: `${unit.en} × ${line.en}` } };
          }),
      );
    },
  });
}

/** Everything nobody answers for under a node, by source. */
export async function orphansUnder(tx: Tx, nodeId: number, at: Date) {
  const sources = [];
  for (const source of orphanSources())
    sources.push({
      key: source.key,
      words: bothWays(source.words),
      orphans: (await source.find(tx, { nodeId }, at)).map((one) => ({
        kind: one.kind,
        label: bothWays(one.label),
        route: one.route ?? null,
      })),
    });
  return { sources, total: sources.reduce((sum, one) => sum + one.orphans.length, 0) };
}
