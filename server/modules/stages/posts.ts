/** What every switch needs of a unit whatever else it brings: its people on the register, and its posts with somebody in them. */
import { accountsInRoles } from '../access/index.ts';
import { type Directory, directory, peopleAt } from '../organization/index.ts';
import { provideReadinessCheck, type StageScope, type UnitReadiness } from './registry.ts';

type Granted = Awaited<ReturnType<typeof accountsInRoles>>;

const postRoles = ['unit_leader', 'unit_liaison', 'site_officer', 'support_group'] as const;

const sitesOf = (dir: Directory, scope: StageScope, unitId: number): number[] =>
  scope.siteIds.filter((siteId) => dir.unitOf(siteId) === unitId);

/** Who of these roles is granted at the place itself. */
const holding = (granted: Granted, role: string, nodeId: number): string[] =>
  granted.filter((one) => one.role === role && one.node_id === nodeId).map(({ id }) => id);

/** Whoever looks after a unit's people; head office where it has nobody yet. */
function keepers(dir: Directory, granted: Granted, unitId: number): string[] {
  const own = [...holding(granted, 'unit_liaison', unitId), ...holding(granted, 'unit_leader', unitId)];
  return own.length > 0 ? own : holding(granted, 'support_group', dir.groupNode.id);
}

const shown = (names: { zh: string; en: string }, what: { zh: string; en: string }) => ({
  zh: `${names.zh}：${what.zh}`,
  en: `${names.en}: ${what.en}`,
});

export function provideOwnChecks(): void {
  provideReadinessCheck({
    key: 'register',
    words: { zh: '台账', en: 'Register' },
    order: 80,
    async check(tx, { scope }) {
      const dir = await directory(tx);
      const people = await peopleAt(tx);
      const granted = await accountsInRoles(tx, postRoles);
      return scope.unitIds.map((unitId): UnitReadiness => {
        const sites = sitesOf(dir, scope, unitId);
        const bare = sites.filter((siteId) => {
          const heads = dir.nodes.get(siteId)?.heads ?? null;
          return heads === null || (heads > 0 && (people.get(siteId) ?? 0) === 0);
        });
        return {
          unitId,
          have: sites.length - bare.length,
          need: sites.length,
          ready: bare.length === 0,
          missing: bare.map((siteId) => ({
            label: shown(dir.nodes.get(siteId)!, { zh: '实名台账没有人', en: 'nobody on the register' }),
            accountIds: [...keepers(dir, granted, unitId), ...holding(granted, 'site_officer', siteId)],
          })),
        };
      });
    },
  });
  provideReadinessCheck({
    key: 'posts',
    words: { zh: '岗位', en: 'Posts' },
    order: 90,
    async check(tx, { scope }) {
      const dir = await directory(tx);
      const granted = await accountsInRoles(tx, postRoles);
      return scope.unitIds.map((unitId): UnitReadiness => {
        const posts = [
          { nodeId: unitId, role: 'unit_leader', zh: '没有分管领导账号', en: 'no leader with an account' },
          { nodeId: unitId, role: 'unit_liaison', zh: '没有联络员账号', en: 'no liaison with an account' },
          ...sitesOf(dir, scope, unitId).map((nodeId) => ({
            nodeId,
            role: 'site_officer',
            zh: '没有工地保障员账号',
            en: 'no site officer with an account',
          })),
        ];
        const empty = posts.filter(({ role, nodeId }) => holding(granted, role, nodeId).length === 0);
        return {
          unitId,
          have: posts.length - empty.length,
          need: posts.length,
          ready: empty.length === 0,
          missing: empty.map(({ nodeId, zh, en }) => ({
            label: shown(dir.nodes.get(nodeId)!, { zh, en }),
            accountIds: keepers(dir, granted, unitId),
          })),
        };
      });
    },
  });
}
